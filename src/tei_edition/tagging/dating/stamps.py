"""Dates that the paper itself bears without being its dateline: the date–time group of a telegram ("R 162300Z AUG 73");
and the papers that it looks back on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tei_edition.dates import MONTHS, find_dates, nearest
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.dating.evidence import Evidence, in_words

_NEAR = 3000  # characters of the beginning in which the stamp of a telegram stands
_DAY = dt.timedelta(1)
# The letters of precedence stand before a telegram's own group, not before those of the telegrams that it refers to.
_GROUP = re.compile(
    r"^(?:[RPOZY]{1,2} )+(?P<day>[0-3]\d) ?(?P<time>[0-2]\d[0-5]\d)Z "
    r"(?P<month>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* "
    r"(?P<year>19\d\d|[4-9]\d)\b",
    re.MULTILINE,
)
_MONTHS = {month[:3].upper(): number for number, month in enumerate(MONTHS, 1)}
# "Your letter of August 17, 1962": what one refers to so was there before. "The meeting of May 3" may be to come.
_LOOKS_BACK = re.compile(
    r"\b(?:[Yy]our|[Mm]y|[Oo]ur|[Hh]is|[Tt]heir) (?:\w+ ){0,2}(?:letter|telegram|memorandum|note|despatch|message|cable"
    r"|airgram|memo|report|communication)s?,? (?:No\. \d+,? )?(?:of|dated) $"
)
_TELEGRAM_DATED = re.compile(r"(?:(?:In|See|Reference is to|Not printed: )\s)?(?:circular )?telegrams? ", re.IGNORECASE)


def stamps(reading: Reading) -> Iterator[Evidence]:
    """Yield the date–time group of a telegram."""
    for text in reading.of_kind("p", "dateline", "head", "item")[:30]:
        if text.block.start > _NEAR:
            return
        group = _GROUP.search(text.text[:_NEAR]) if "Z " in text.text[:_NEAR] else None
        if group:
            year = int(group["year"])
            try:
                day = dt.date(year if year > 99 else 1900 + year, _MONTHS[group["month"].upper()], int(group["day"]))
            except ValueError:
                continue
            yield Evidence("stamp", day - _DAY, day + _DAY, f"the telegram bears the date–time group {group.group()}")
            return


def answered(reading: Reading, reference: dt.date | None) -> Iterator[Evidence]:
    """Yield the telegram that the opening of the text refers to by its number, and that a note dates."""
    opening = next(iter(reading.of_kind("p")), None)
    for text in reading.texts if opening else ():
        if not text.note or not _TELEGRAM_DATED.match(text.text):
            continue
        number = next((word.folded for word in text.words[:8] if word.folded.isdigit()), "")
        found = next(iter(find_dates(text.text[:160])), None)
        if not number or found is None or not found.first.day or not _names(opening, number):
            continue
        day = found.first if found.complete or reference is None else nearest(found.first, reference)
        if day.year is not None:
            words = f"it answers telegram {number} of {in_words(day.earliest())}, by the note on that"
            # East of Washington a day begins earlier; a file number of the same day says that it did here, too.
            first = day.earliest() if day.earliest() == reference else day.earliest() - _DAY
            yield Evidence("answered", first, None, words, text.note)


def _names(opening: Text | None, number: str) -> bool:
    return opening is not None and re.search(rf"\b{number}\b", opening.text[:200]) is not None


def mentioned(reading: Reading) -> Iterator[Evidence]:
    """Yield the latest paper with a full date that the document's own words look back on."""
    latest: tuple[dt.date, str] | None = None
    for text in reading.of_kind("p", "item"):
        for found in find_dates(text.text) if "19" in text.text else ():
            if not (found.complete and found.first.day):
                continue
            if _LOOKS_BACK.search(text.text, max(0, found.start - 60), found.start):
                day = found.first.earliest()
                latest = max(latest or (day, ""), (day, text.text[found.start : found.end]))
    if latest:
        yield Evidence("mentioned", latest[0] - _DAY, None, f"it looks back on a paper of {in_words(latest[0])}")
