"""The numbers of files, each scheme by its own form: what stands at a place of the text, how far it goes, its type.

"770G.00/8–1862", "POL 27 VIET S", "Lot 64 D 199", "D780012–0345". Recognition of print reads l for 1, O for 0 and sets
spaces around dashes ("751.00/ l0 – 261"); the forms allow for that.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from tei_edition.tagging.citations.catalogue import rows

_DASH = r"[–—-]"
_LOOSE = rf"\s?{_DASH}+\s?"
_DAY = rf"(?:[\dlO]{{1,2}}(?:{_LOOSE}|::|\s)[\dlO]{{3,4}}(?![\w/]))"  # month–day and year: 8–1862
_SERIAL = r"[\dl]{1,6}½?(?:[–-]\d{1,4})?(?:[A-Z](?!\w))?(?![\w/])"
# A subfile is named in words or by initials: " European War 1939", " Control (Germany)", "–MSP", " P.R.", " – BE".
_SUBFILE = (
    rf"(?:{_LOOSE}[A-Z][A-Za-z]{{1,4}}|\s?\([A-Z]\)|(?:\s[A-Z][\w.’]*(?:\s\([A-Z][\w.]*\))?){{1,4}}(?:\s19\d\d)?)"
)
_CLASS = r"(?:F\.?\s?W\.?\s?)?(?<![\w.])\d{3}[A-Za-z]?\d{0,2}"
_POINT = r"(?:\.|\s(?=[A-Z]{2}\s|\d\d(?:\d\d)?\s?/))\s?[\dlOA-Za-z][\dlOA-Za-z]{0,8}(?:\.\d{1,4})?"
_NAMED = (
    rf"(?:123|PPT|PER)(?:{_LOOSE}|\s)[A-Z][\w’]+(?:\s[A-Z][\w’]+)?,\s(?:[A-Z]\.\s)?[A-Z][a-z]+(?:\s[A-Z](?:\.(?=\s?[,/:)]))?)?"
    rf"(?:,\s[IVJ][IVJr.]*(?=[,.:/]|$))?(?:/(?:{_DAY}|{_SERIAL}))?"
)
FILE_NUMBER = re.compile(
    rf"{_CLASS}{_POINT}(?:{_SUBFILE})?\s?/\s?(?:{_DAY}|{_SERIAL})(?:\s\[{_DAY}\])?"
    rf"|{_CLASS}(?:{_SUBFILE})?/(?:{_DAY})"
    rf"|{_NAMED}"
)
# Without its item a decimal number stands only where a citation says that it is one.
_WITHOUT_ITEM = re.compile(
    rf"{_CLASS}\.[\dlOA-Za-z]{{1,8}}(?:(?:{_LOOSE}|\s)[A-Z][A-Za-z]{{1,3}}\b)?(?![\w/])|{_CLASS}/{_SERIAL}|123\s[A-Z][\w’]+$"
)
NAMED = re.compile(_NAMED)  # the file of a person, whose name holds a comma
_CASE = re.compile(r"(?:[Cc]ase )?\d{1,5}/\d{1,4}(?:[–-]\d{1,4})?")
ITEM = re.compile(_DAY)
_ABBREVIATED = r"(?:[A-Z]\.[A-Z][a-z]{1,4}|[A-Z][A-Z.&]*|[A-Z][a-z]{1,4})"
_TAIL = rf"{_ABBREVIATED}(?:(?:\s?[–/(-]\s?|\s){_ABBREVIATED}\)?)*"
_SECTIONS = rf"\d{{1,2}}(?:{_LOOSE}\d{{1,2}})*(?:/[A-Z]+)?"
_FORMS = (
    (
        "lot",
        r"[Ll]ots?\s(?:[Ff]iles?\s)?(?:[Nn]os?\.?\s)?(?:\d\d\s?[–-]?\s?[A-Z]{1,2}\s?[–-]?\s?\d+(?:\s?[A-Z](?=[,.;:)]|$))?|[A-Z]{1,2}[–-]\d+|\d{1,4})",
    ),
    ("record-group", r"(?:RG|R\.G\.|Record\sGroup)[\s–-]?\d+[A-Z]?(?![\w-])"),
    ("entry", r"Entry\s(?:[A-Z]{1,2}\s?)?[\d–-]+[A-Z]?(?![\w])"),
    (
        "accession",
        r"(?:FRC|FAC|FRG|Accession|Acc\.)(?:\sNo\.|#|:)?\s?(?:\d+[–\s-]+)?\d\d\s?[–-]?\s?(?:\d\s?)?(?:[A-Z]\s?)?[–-]?\s?\d+(?:[–-]\d+)*",
    ),
    ("job", r"Jobs?(?:\s(?:No|Number)s?\.?)?\s[\dA-Z][\dA-Z]?[\w]*(?:[–-][\w]*(?:\[[^\]]{1,60}\]\w*)?)*(?:/\d+)?"),
    ("electronic-telegram", rf"[DN]\d{{6}}{_LOOSE}\d{{3,4}}(?!\d)"),
    ("film", rf"P\d{{6}}{_LOOSE}\d{{3,4}}(?!\d)"),
    ("foreign-file", r"(?:FO|FCO|PREM|CAB|DEFE|DO|CO|T|WO|AB|BT)\s\d{1,4}/[\dA-Z][\w/.-]*"),
    (
        "document",
        r"(?:NSC|NSAM|NSDM|NSSM|NSDD|NSPM|NIE|SNIE|SE|CFEP|CF|PD|PRM|MTDC|RAC|SWNCC|SANACC|JCS|PPS|FMM|CIG|ORE)"
        r"(?:\sAction|\sDocument|\sMeeting)?(?:\sNos?\.)?[\s–/-]?D?[–-]?\d+(?:[./–-]\d+)*[A-Z]?(?!\w)",
    ),
    ("document", r"[A-Z][A-Za-z]{0,5}\s?(?:\([A-Z]\))?(?:/[A-Z]?[\w]*(?:\(\w+\))?(?:\.\s?\d+)?)+\d[\d.]*(?:/\w+\.?)*"),
    ("office-file", r"CCS\s\d[\d.]*(?:,\s\d[\d.]*/\d+)?(?:\s[A-Z][^,;:(]*?)?(?:\s?\([\w–\s-]+\))*"),
    ("office-file", r"\d{4}(?:/\d+)?\s\(\d{1,2}\s[A-Z][a-z]{2}\s\d\d\)(?:\s\(\d\))?(?:\s[Ss]ecs?\.\s[\w–]+)?"),
    ("office-file", r"(?:I[–-]\d|\d{3}|\d{1,3}(?=\.\d))(?:\.\d+)?\s(?!Committee)[A-Z][^,;:]*"),
)


class Number(NamedTuple):
    """A file number at a place of the text: where it ends, and its type."""

    end: int
    type: str


@functools.cache
def subjects() -> dict[str, str]:
    """Return the primary subjects of the subject-numeric file with what they stand for: POL → political affairs."""
    return {abbreviation: words for abbreviation, words in rows("subject-numeric.tsv") if " " not in abbreviation}


@functools.cache
def _subject_numeric() -> re.Pattern[str]:
    primary = "|".join(sorted(map(re.escape, subjects()), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?:{primary})(?:\s?\({_ABBREVIATED}(?:\s{_ABBREVIATED})?\))?(?:{_LOOSE}{_ABBREVIATED})?"
        rf"(?:(?:\s[A-Z]{{2,8}})?\s?{_SECTIONS}(?:(?:\s|\s?{_DASH}\s?){_TAIL}(?:(?:\s|{_DASH})[A-Z][\w’]+)?)?|\s{_TAIL})?"
        rf"(?![\w’])"
    )


@functools.cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(form + r"(?![\w])")) for name, form in _FORMS)


def number_at(text: str, at: int, end: int, *, files: str = "") -> Number | None:
    """Return the file number that stands at a place; `files`: the collection that is named before it.

    In the central files "350 Laos" is no number, and in an embassy's "350.1" is none of the Department's.
    """
    first = text[at : at + 1]
    if not (first.isdigit() or first.isupper() or first == "l"):
        return None
    central = is_central(files)
    if first.isdigit() or first == "F":
        found = FILE_NUMBER.match(text, at, end) or (_WITHOUT_ITEM.match(text, at, end) if central else None)
        if found:
            return Number(found.end(), "central-decimal-file")
    if files.startswith("Numerical"):
        case = _CASE.match(text, at, end)
        if case:
            return Number(case.end(), "numerical-file")
    for name, form in _forms():
        match = form.match(text, at, end)
        if match and not (name == "office-file" and central):
            return Number(match.end(), name)
    subject = _subject_numeric().match(text, at, end)
    return Number(subject.end(), "subject-numeric-file") if subject else None


def is_central(files: str) -> bool:
    """Whether a collection is the Department's central file, or none is named: "Central Files 1964–66"."""
    return not files or files.lower().startswith(("central f", "decimal", "department of state", "subject-num", "file"))
