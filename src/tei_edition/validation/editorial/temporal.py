"""Dates and hours as attributes give them (the W3C formats of XML Schema, Part 2, that TEI's att.datable.w3c takes).

"1962-08-18T13:00:00-05:00" is taken apart into what it says: year, month, day, the minute of the day and the zone. What
it does not say stays None, so that "1962-08" and "August 18, 1962" do not contradict each other.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from tei_edition.dates import CalendarDay
from tei_edition.late_patterns import late

DAY = 1440  # minutes
_LONGEST = 64  # characters of a value; what is longer is none, and is not remembered
POINTS = ("when", "from", "to", "notBefore", "notAfter")
# The elements whose @from and @to are dates, and not pages or pointers.
DATABLE = ("date", "time", "docDate", "origDate", "birth", "death", "floruit", "state", "event", "affiliation",
           "residence", "occupation", "education", "change", "creation", "origin", "provenance", "acquisition",
           "relation")
_VALUE = late(
    r"(?:(?P<year>-?\d{4,9})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?|--(?P<m>\d\d)(?:-(?P<d>\d\d))?|---(?P<alone>\d\d))?"
    r"(?:(?:T|^)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{1,12})?)?)?(?P<zone>Z|[+-]\d\d:\d\d)?"
)


class Value(NamedTuple):
    """A value of @when and its kin.

    `minute` counts from midnight, 1440 for 24:00; `zone` are minutes east of Greenwich.
    """

    year: int | None
    month: int | None
    day: int | None
    minute: int | None = None
    zone: int | None = None

    @property
    def date(self) -> dt.date | None:
        """The day, where the value names one in a year that the calendar of the standard library has."""
        if self.year is None or self.month is None or self.day is None or not 1 <= self.year <= 9999:
            return None
        return dt.date(self.year, self.month, self.day)

    def next_day(self) -> Value:
        """Return the same hour a day later; the value itself where it names no day."""
        return self._moved(1)

    def previous_day(self) -> Value:
        """Return the same hour a day earlier; the value itself where it names no day."""
        return self._moved(-1)

    def _moved(self, days: int) -> Value:
        day = self.date
        if day is None or day in (dt.date.min, dt.date.max):
            return self
        day += dt.timedelta(days=days)
        return self._replace(year=day.year, month=day.month, day=day.day)


def read_value(text: str) -> Value | None:
    """Return what a value says; None where it is no date or hour of these formats, or names a day that never was."""
    return _read(text) if len(text) <= _LONGEST else None


def is_impossible(text: str) -> bool:
    """Whether a value is written like a date or an hour and names none: "1962-02-31", "1962-13", "T25:00"."""
    return len(text) <= _LONGEST and _is_impossible(text)


@functools.lru_cache(maxsize=65536)
def _read(text: str) -> Value | None:
    match = _VALUE.fullmatch(text)
    if match is None or not text:
        return None
    value = _parts(match)
    return value if _exists(value) else None


@functools.lru_cache(maxsize=65536)
def _is_impossible(text: str) -> bool:
    match = _VALUE.fullmatch(text)
    return bool(text and match and not _exists(_parts(match)))


def _parts(match: re.Match[str]) -> Value:
    def number(*names: str) -> int | None:
        return next((int(match[name]) for name in names if match[name]), None)

    minute = zone = None
    if match["hour"]:
        minute = int(match["hour"]) * 60 + int(match["minute"])
        if int(match["minute"]) > 59 or int(match["second"] or 0) > 59:
            minute = -1
    if match["zone"]:
        hours, _, minutes = match["zone"][1:].partition(":")
        zone = (int(hours or 0) * 60 + int(minutes or 0)) * (-1 if match["zone"][0] == "-" else 1)
    return Value(number("year"), number("month", "m"), number("day", "d", "alone"), minute, zone)


def _exists(value: Value) -> bool:
    if value.minute is not None and not 0 <= value.minute <= DAY:
        return False
    if value.zone is not None and abs(value.zone) > 840:
        return False
    if value.month is not None and not 1 <= value.month <= 12:
        return False
    if value.day is None:
        return True
    if value.month is None:
        return 1 <= value.day <= 31
    year = value.year if value.year is not None and 1 <= value.year <= 9999 else 2000
    return 1 <= value.day <= calendar.monthrange(year, value.month)[1]


class Span(NamedTuple):
    """What the attributes of one element say: a point (`when`), or the ends of a span, each None where not given."""

    when: Value | None
    first: Value | None
    last: Value | None
    bounds: bool  # the ends are @notBefore and @notAfter: the day lies between them

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return self.when is None and self.first is None and self.last is None

    @property
    def ends(self) -> tuple[Value | None, Value | None]:
        """The first and the last point: twice the same for one point."""
        return (self.when, self.when) if self.when else (self.first, self.last)


def read_span(attributes: Mapping[str, str]) -> Span:
    """Return what the dating attributes of an element say; what is no date counts as not given."""
    given = {name: read_value(value) for name in POINTS if (value := attributes.get(name))}
    bounds = "from" not in given and "to" not in given
    names = ("notBefore", "notAfter") if bounds else ("from", "to")
    return Span(given.get("when"), given.get(names[0]), given.get(names[1]), bounds)


def fits(day: CalendarDay, value: Value, *, short: bool = False) -> bool:
    """Whether a day as written and a value can be the same: all that both of them say is equal.

    `short`: the year is written with two digits.
    """
    if day.year is not None and value.year is not None:
        if short and day.year % 100 != value.year % 100:
            return False
        if not short and day.year != value.year:
            return False
    if day.month is not None and value.month is not None and day.month != value.month:
        return False
    return day.day is None or value.day is None or day.day == value.day


def order(a: Value, b: Value) -> int:
    """Return -1, 0 or 1 as `a` lies before, with or behind `b`, as far as both say; 0 where that cannot be told."""
    if (a.year is None) != (b.year is None):
        return 0
    for one, other in zip(a[:3], b[:3], strict=True):
        if one is None or other is None:
            if one is None and other is None:
                continue
            return 0
        if one != other:
            return -1 if one < other else 1
    if a.minute is None or b.minute is None:
        return 0
    one, other = a.minute, b.minute
    if a.zone is not None and b.zone is not None:
        one, other = one - a.zone, other - b.zone
    elif a.zone != b.zone:
        return 0
    return (one > other) - (one < other)
