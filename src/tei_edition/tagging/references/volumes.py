"""References to other volumes of the series: "Foreign Relations, 1961–1963, vol. XX, Document 12".

The series names its volumes by a rule of its own (history.state.gov): the years, the volume, the part; so
`frus1961-63v20#d12` can be told from the words. A volume without its years ("volume XIV, Document 3") is one of the
years of this volume, which are known where the name of the file tells them; else it stays untagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Document
from tei_edition.tagging.context import Text
from tei_edition.tagging.references.elsewhere import Elsewhere
from tei_edition.tagging.references.reference import NUMBERS, Reference, each

_VOLUME = re.compile(
    r"\b(?:(?:Foreign\sRelations,{1,2}|[Ii]bid\.,)\s(?P<first>1[89]\d\d)(?:[–-](?P<last>1[89]\d\d))?,\s)?"
    r"\b[Vv]ol(?:ume|\.)\s(?:(?P<roman>[IVXLC]+|[ivxlc]+)|E[–-](?P<electronic>\d{1,2}))\b(?:,\s[Pp](?:ar)?t\.?\s(?P<part>\d)\b)?"
)
_DOCUMENTS = re.compile(rf"(?:,\s(?:(?!\b[Ss]ee\b)[^.()\n]){{1,120}}?)?,\sDocuments?\s(?P<numbers>{NUMBERS})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_YEARS = re.compile(r"frus(?P<years>1[89]\d\d(?:-\d\d)?)")
EVIDENCE = "the volume, named by the rule of the series"


def years_of(document: Document) -> str:
    """The years that the volume of a document covers, as its file's name tells them: `1961-63`; empty: it does not."""
    match = _YEARS.match(document.source.file_name)
    return match["years"] if match else ""


def volumes(text: Text, elsewhere: Elsewhere, years: str) -> Iterator[Reference]:
    """Yield a claim for each volume of the series that the text names with its years, and for its documents; without
    years for its documents alone: "vol. II" may be of any work.
    """
    if "olume" not in text.text and "ol." not in text.text:
        return
    for match in _VOLUME.finditer(text.text):
        found = _DOCUMENTS.match(text.text, match.end())
        if not match["first"] and not (years and found and elsewhere.begins(match.start())):
            continue
        volume = _volume(match, years)
        if found is None:
            yield Reference(*match.span(), "volume-reference", volume, EVIDENCE)
            continue
        for i, (start, end, number) in enumerate(each(text.text, found.start("numbers"), found.end())):
            yield Reference(start if i else match.start(), end, "volume-reference", f"{volume}#d{number}", EVIDENCE)


def _volume(match: re.Match[str], years: str) -> str:
    """The id of a volume: `frus1952-54v01p1`, `frus1947v03`, `frus1969-76ve06`."""
    if match["first"]:
        years = match["first"] + (f"-{match['last'][2:]}" if match["last"] else "")
    volume = f"ve{int(match['electronic']):02}" if match["electronic"] else f"v{_arabic(match['roman']):02}"
    return f"frus{years}{volume}" + (f"p{match['part']}" if match["part"] else "")


def _arabic(roman: str) -> int:
    """XIV → 14."""
    values = [_ROMAN[letter] for letter in roman.lower()]
    return sum(-value if i + 1 < len(values) and value < values[i + 1] else value for i, value in enumerate(values))
