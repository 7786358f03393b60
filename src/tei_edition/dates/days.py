"""Days, months and years as a text gives them, and what stays open in them."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from tei_edition.late_patterns import late

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAY_NUMBERS = {name[:3].lower(): number for number, name in enumerate(WEEKDAYS)}
_FILE_NUMBER = late(r"/(1[0-2]|[1-9])[–—-](3[01]|[12]\d|[1-9])(4[4-9]|5\d|6[0-3])(?!\d)")

THIS = 2  # the turn of "this August"

# A weekday that disagrees with a day so near is a slip of the pen; with one further away, the year may be another.
_CLOSE, _FAR = 60, 320


class CalendarDay(NamedTuple):
    """A year, month and day, of which the year and the day may be missing."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """The W3C form, as exact as the parts allow: 1962-08-18, 1962-08, 1962, --08-18."""
        if self.month is None:
            return f"{self.year:04d}"
        tail = f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        return f"{self.year:04d}{tail}" if self.year else "-" + tail

    def exists(self) -> bool:
        """Whether the calendar has such a day (a 29 February without a year may exist)."""
        if self.month is None or self.day is None:
            return True
        year = self.year or 2000
        return 1 <= year <= 9999 and 1 <= self.day <= calendar.monthrange(year, self.month)[1]

    def earliest(self) -> dt.date:
        """The first day that this can mean; it needs a year."""
        return dt.date(self.year or 1, self.month or 1, self.day or 1)

    def latest(self) -> dt.date:
        """The last day that this can mean; it needs a year."""
        month = self.month or 12
        return dt.date(self.year or 1, month, self.day or calendar.monthrange(self.year or 1, month)[1])


class DateExpression(NamedTuple):
    """A date as written: its place in the text, one day or a range, and the time of day that follows it.

    `until` is the end of a range of hours ("3:25–4:55 p.m."), `zone` the zone written behind the hour ("EDT").
    `weekday` is the day of the week written with it (0: Monday). `vague`: the date lies somewhere from `first` to
    `last` ("mid-August"). `turn` says where a missing year lies: -1 "last December", 1 "next March", 2 "this August".
    `short`: the year has two digits ("8/18/62"), and the century is open. `moment`: hours that are part of the
    expression ("251430Z Aug 62"). `week`: the week that holds the day is meant.
    """

    start: int
    end: int
    first: CalendarDay
    last: CalendarDay | None = None
    time: str = ""
    time_start: int = 0
    time_end: int = 0
    until: str = ""
    zone: str = ""
    weekday: int | None = None
    vague: bool = False
    turn: int = 0
    short: bool = False
    moment: str = ""
    week: bool = False

    @property
    def complete(self) -> bool:
        """Whether the year is written."""
        return self.first.year is not None


def month_number(name: str) -> int:
    """Return the number of a month by its name or its short form: "Sept." → 9."""
    return _MONTH_NUMBERS[name[:3].lower()]


def weekday_number(name: str) -> int:
    """Return the number of a day of the week by its name or its short form: "Tues." → 1."""
    return _WEEKDAY_NUMBERS[name[:3].lower()]


def nearest(day: CalendarDay, reference: dt.date, turn: int = 0, weekday: int | None = None) -> CalendarDay:
    """Return `day` with the year that brings it nearest to `reference`; unchanged where it has a year.

    `turn` -1 or 1: only the past or what is to come is meant ("last December", "next March"); 2: the same year, however
    far ("this August" in January). A `weekday` that is
    written with the day decides against a nearest day that is months away, where a neighbouring year agrees with it.
    """
    if day.year is not None or day.month is None:
        return day
    years = [y for y in range(reference.year - 1, reference.year + 2) if day._replace(year=y).exists()]
    if turn == THIS:
        this = day._replace(year=reference.year)
        return this if this.exists() else day
    if turn:
        years = [y for y in years if _on_side(day._replace(year=y), reference, turn)] or years
    if not years:
        return day

    def away(year: int) -> tuple[int, int]:
        return abs((day._replace(year=year).earliest() - reference).days), year

    best = min(years, key=away)
    if weekday is not None and day.day and away(best)[0] > _CLOSE:
        agreeing = [y for y in years if day._replace(year=y).earliest().weekday() == weekday and away(y)[0] < _FAR]
        best = min(agreeing, key=away, default=best)
    return day._replace(year=best)


def _on_side(day: CalendarDay, reference: dt.date, turn: int) -> bool:
    return day.latest() < reference if turn < 0 else day.earliest() > reference


def file_number_date(number: str) -> dt.date | None:
    """Return the date inside a decimal file number, `770G.00/8–1862` → 1962-08-18; None where it holds none.

    The item is month, dash, day and the year's last two digits (the Department's filing manual); the central decimal
    file with such items ran from 1944 to January 1963.
    """
    match = _FILE_NUMBER.search(number)
    if not match:
        return None
    month, day, year = (int(part) for part in match.groups())
    try:
        return dt.date(1900 + year, month, day)
    except ValueError:
        return None
