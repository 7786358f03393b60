"""Dates in figures: "8/18/62", the two calendars of "January 12/24, 1878", the date–time groups of messages.

In American prose the month comes first; where only the second number can be a month, the day does.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tei_edition.dates.days import CalendarDay, DateExpression, month_number
from tei_edition.dates.written import DAY, MONTH, SP, STANDS_ALONE, YEAR
from tei_edition.late_patterns import late

_SLASHED = late(r"(?<![\w/.,$–-])(\d{1,2})/(\d{1,2})(?:/((?:1[89]|20)\d\d|\d\d))?(?![\w/–-]|[.,]\d)")
# Without a year a fraction looks the same: "on 8/18" is a day, "of 1/2" is none.
_DAY_LEAD = late(r"\b(?:on|dated)[ ]$")
# "251430Z Aug 62": day, hour and minute by Greenwich, then the month and the year, which messages may leave out.
_GROUP = late(
    r"(?<![\w.:–-])([0-3]\d)[ ]?([01]\d[0-5]\d|2[0-3][0-5]\d)[ ]?Z(?!\w)"
    rf"(?:[ ]?({MONTH})(?![ ]\d\d?,)(?:[ ]?[’']?((?:19)?\d\d))?(?!\w))?"
)
_OLD_STYLE = late(
    rf"(?<![\w/.-])(?:(?P<m1>{MONTH}){SP}(?P<d1>{DAY})(?:,{SP}(?P<y1>{YEAR}))?|(?P<d2>{DAY})(?:{SP}(?P<m2>{MONTH}))?"
    rf"(?:{SP}(?P<y2>{YEAR}))?)$"
)
_NEW_STYLE = late(
    rf"(?:(?P<m1>{MONTH}){SP}(?P<d1>{DAY})(?:,?{SP}(?P<y1>{YEAR}))?|(?P<d2>{DAY})(?:{SP}(?P<m2>{MONTH}))?"
    rf"(?:,?{SP}(?P<y2>{YEAR}))?)(?![\w/])"
)
_LONGEST = 26  # "September 24th, 1878/"
APART = (10, 13)  # days between the Julian and the Gregorian calendar, from the 16th century to the 20th


def find_figures(text: str) -> Iterator[DateExpression]:
    """Yield the dates that are known by a slash, or by the Z of Greenwich time."""
    at = text.find("/")
    end = 0
    while at >= 0:
        found = (_slashed(text, at, end) or _two_calendars(text, at, end)) if at >= end else None
        if found:
            yield found
            end = found.end
        at = text.find("/", max(at + 1, end))
    if "Z" in text:
        yield from _groups(text)


def _slashed(text: str, at: int, end: int) -> DateExpression | None:
    start = at - 1
    while start > max(end, at - 2) and text[start - 1].isdigit():
        start -= 1
    match = _SLASHED.match(text, start) if start >= end else None
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    month, day = (first, second) if first <= 12 else (second, first)
    if not (1 <= month <= 12 and day >= 1):
        return None
    if match[3] is None:
        lead = _DAY_LEAD.search(text, max(0, start - 7), start)
        found = CalendarDay(None, month, day)
        good = lead and first <= 12 and STANDS_ALONE.match(text, match.end())
        return DateExpression(start, match.end(), found) if good and found.exists() else None
    year = int(match[3])
    found = CalendarDay(year if year > 99 else 1900 + year, month, day)
    return DateExpression(start, match.end(), found, short=year <= 99) if found.exists() else None


def _two_calendars(text: str, at: int, end: int) -> DateExpression | None:
    """Return the day in the new style, if both sides of a slash name one day in the two calendars; or a night, by the
    two days that it joins.
    """
    old = _OLD_STYLE.search(text, max(end, at - _LONGEST), at)
    new = _NEW_STYLE.match(text, at + 1) if old else None
    if not old or not new:
        return None
    year = new["y1"] or new["y2"]
    month = new["m1"] or new["m2"] or old["m1"]
    old_month = old["m1"] or old["m2"] or month
    if not month or not old_month:
        return None
    known = int(year) if year else 1899
    julian = CalendarDay(known, month_number(old_month), _number(old["d1"] or old["d2"]))
    gregorian = CalendarDay(known, month_number(month), _number(new["d1"] or new["d2"]))
    if not (julian.exists() and gregorian.exists()):
        return None
    if (julian.month or 0) > (gregorian.month or 0):
        julian = julian._replace(year=known - 1)
    first, last = (day if year else day._replace(year=None) for day in (julian, gregorian))
    apart = (gregorian.earliest() - julian.earliest()).days
    if apart == 1:
        return DateExpression(old.start(), new.end(), first, last)  # "the night of November 11/12"
    return DateExpression(old.start(), new.end(), last) if APART[0] <= apart <= APART[1] else None


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _groups(text: str) -> Iterator[DateExpression]:
    for match in _GROUP.finditer(text):
        if not match[3]:
            continue  # without a month: it says a day of the month that `find_relative` counts from
        year = int(match[4]) if match[4] else None
        short = year is not None and year <= 99
        day = CalendarDay(1900 + year if year is not None and short else year, month_number(match[3]), int(match[1]))
        if day.exists() and int(match[1]):
            moment = f"{match[2][:2]}:{match[2][2:]}:00+00:00"
            yield DateExpression(match.start(), match.end(), day, short=short, moment=moment)


def groups_without_month(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield start, end, day and hour of the groups that name no month: "040531Z"."""
    for match in _GROUP.finditer(text):
        if not match[3] and 1 <= int(match[1]) <= 31:
            yield match.start(), match.end(), int(match[1]), f"{match[2][:2]}:{match[2][2:]}:00+00:00"


def in_century(found: DateExpression, reference: dt.date | None) -> DateExpression:
    """Return a date whose year has two digits with the century that brings it nearest to `reference`."""
    if not found.short or reference is None or found.first.year is None:
        return found
    tail = found.first.year % 100
    year = min(
        range(reference.year - 50, reference.year + 51), key=lambda y: (y % 100 != tail, abs(y - reference.year))
    )
    return found._replace(first=found.first._replace(year=year))
