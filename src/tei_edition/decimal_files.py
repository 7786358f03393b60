"""What the number of a file says of its subject: 770G.00/8–1862 is on internal political affairs of the Congo.

The Department of State's central files were numbered by subject: from 1910 by a decimal scheme, revised on January 1,
1950 (861.00 is Russia's internal affairs before, 761.00 after), and from February 1963 to 1973 by subject, number and
country (POL 27 VIET S). The tables of countries hold what is certain and no more, so a country may go unnamed.

The subject is the file's. That of a single paper in it may be another, so this is evidence and no fact.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tei_edition.dates import file_number_date
from tei_edition.resources import data_rows

_OLD, _NEW, _NUMERIC = "1910", "1950", "1963"
_DECIMAL = re.compile(
    r"(?:F\.? ?W\.? ?)?(?P<number>\d{3}[A-Za-z]?\d{0,2})"
    r"(?: ?\. ?(?P<point>[A-Za-z0-9]{1,9}(?:\.\d{1,4})?))?"
    r"(?: ?[–—-] ?(?P<initials>[A-Z]{2,5})\b| (?P<words>[A-Z][^/]*))?(?P<item> ?/ ?\S.*)?$"
)
_SUBJECT = re.compile(
    r"(?P<primary>[A-Z]{1,4})(?: ?\((?P<donor>[A-Z ]+)\))?(?: (?P<section>\d{1,2}(?: ?[–-] ?\d{1,2})*))?"
    r"(?: (?P<tail>\S.*))?$"
)
_COUNTRY = re.compile(r"\d\d[A-Z]?")
# In these numbers two countries stand behind the point: visits, and the representatives of one in the other.
_PAIRS = frozenset({"033", "601", "701"})
# The classes whose number names a country before the point, and those that name another behind it.
_ONE: Mapping[str, str] = {_OLD: "678", _NEW: "456789"}
_TWO: Mapping[str, str] = {_OLD: "67", _NEW: "456"}


class Decoded(NamedTuple):
    """A file number's scheme by its first year (1910, 1950, 1963), its class, what that is on, which countries, the
    date of the paper where the number holds it, and the subfile in its own words ("Palestine", "MSP").
    """

    scheme: str
    file_class: str
    subject: str
    countries: tuple[str, ...] = ()
    date: dt.date | None = None
    subfile: str = ""


def decode(number: str, *, year: int | None = None) -> Decoded | None:
    """Return what a file number of the central files says: None for lots and other numbers, and where the scheme is
    not certain. `year`: that of the paper, for a number that has no date in it (751.00).

    >>> decode("611.93/4–1961").countries
    ('United States', 'China')
    """
    words = " ".join(number.split())
    decimal = _DECIMAL.fullmatch(words)
    if decimal:
        return _decimal(words, decimal, year)
    subject = _SUBJECT.fullmatch(words)
    return _subject_numeric(subject) if subject and subject["primary"] in _subjects() else None


def _decimal(words: str, match: re.Match[str], year: int | None) -> Decoded | None:
    number, point = match["number"].upper(), (match["point"] or "").upper()
    date = file_number_date(words)
    scheme = _scheme(number, match["item"], date.year if date else year)
    if not scheme:
        return None
    countries = dict.fromkeys(_named(scheme, number, point))
    subfile = match["initials"] or (match["words"] or "").strip()
    return Decoded(scheme, number[0], _class_words(scheme, number, point), tuple(countries), date, subfile)


def _scheme(number: str, item: str | None, year: int | None) -> str:
    """The scheme by its first year; empty where nothing tells. A paper that is counted and not dated is of before
    1944, and some countries have a number in one scheme alone.
    """
    if year is not None:
        return _NEW if year >= int(_NEW) else _OLD
    if item and re.fullmatch(r" ?/ ?\d+½?", item):
        return _OLD
    has = [scheme for scheme in (_OLD, _NEW) if f"{scheme}:{number[1:]}" in _countries()]
    return has[0] if len(has) == 1 and len(number) > 3 else ""


def _named(scheme: str, number: str, point: str) -> Iterator[str]:
    """The countries of a number, those that the tables know."""
    codes: list[str] = []
    if number in _PAIRS:
        codes = _COUNTRY.findall(point)[:2]
    elif number[0] in _ONE[scheme] and number != "501":
        codes = [number[1:]]
        second = _COUNTRY.match(point)
        if number[0] in _TWO[scheme] and second:
            codes.append(second.group())
    yield from (_countries()[f"{scheme}:{code}"] for code in codes if f"{scheme}:{code}" in _countries())


def _class_words(scheme: str, number: str, point: str) -> str:
    """What the number is on: the longest that the table knows, "7xx.56" before "7xx.5" before "7"."""
    known = _table("decimal-classes.tsv")
    tries = [f"{number}.{point[:n]}" for n in range(len(point), 0, -1)] + [number]
    tries += [f"{number[0]}xx.{point[:n]}" for n in range(len(point), 0, -1)] + [number[0]]
    return next((known[f"{scheme}:{key}"] for key in tries if f"{scheme}:{key}" in known), "")


def _subject_numeric(match: re.Match[str]) -> Decoded:
    primary, section = match["primary"], re.sub(r"\s?[–-]\s?", "-", match["section"] or "")
    subjects = _subjects()
    keys = [f"{primary} {section}", f"{primary} {section.split('-')[0]}", primary]
    words = next(subjects[key] for key in keys if key in subjects)
    abbreviated = [match["donor"] or "", *re.split(r"\s?[–/-]\s?", match["tail"] or "")]
    countries = [_abbreviations()[word.upper()] for word in abbreviated if word.upper() in _abbreviations()]
    return Decoded(_NUMERIC, f"{primary} {section}".strip(), words, tuple(dict.fromkeys(countries)))


@functools.cache
def _table(name: str) -> Mapping[str, str]:
    return dict(data_rows(name))


def _countries() -> Mapping[str, str]:
    return _table("decimal-countries.tsv")


def _subjects() -> Mapping[str, str]:
    return _table("subject-numeric.tsv")


def _abbreviations() -> Mapping[str, str]:
    return _table("subject-numeric-countries.tsv")
