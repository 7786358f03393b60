"""The calendar expressions of the genre: what they say, and what is left open.

`find_dates` reads "August 18", "18 August 1962", "May 31–June 2, 1961", "July 1960", with the time of day where one
follows. It claims nothing that is not written: a missing year stays None until `nearest` supplies it from evidence.
Values follow the W3C formats that TEI's att.datable.w3c takes (TEI Guidelines, 13.4 and 3.6.4).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

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
_SHORT = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|"
    r"APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    r"|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:1[789]\d\d|20\d\d)(?!\d)"
_DASH = r"[ ]?[-–—][ ]?"
_SP = r"[ \u00a0\n]+"

_PATTERN = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<m1>{_MONTH}){_SP}(?P<d1>{_DAY})(?:[ ]\[(?P<d0>{_DAY})(?P<doubt>\?)?\])?
          (?:(?:{_DASH}|{_SP}(?P<link>and|to|through){_SP})(?:(?P<m2>{_MONTH}){_SP})?(?P<d2>{_DAY}))?
          (?:[ ]?,(?:{_SP})?(?P<y1>{_YEAR}))?
    | (?P<d3>{_DAY})(?:{_SP}(?P<m4>{_MONTH}))?(?:{_DASH}(?P<d4>{_DAY}))?{_SP}(?:of{_SP})?
        (?P<m3>{_MONTH})(?:,?{_SP}(?P<y3>{_YEAR}))?
    | (?P<m5>{_MONTH})(?:,?{_SP}(?:of{_SP})?(?P<y5>{_YEAR}))(?:{_DASH}(?P<m6>{_MONTH})(?:,?{_SP}(?P<y6>{_YEAR})))?
    )(?![\w/])""",
    re.VERBOSE,
)

_HOUR = r"(?:2[0-3]|1\d|0?[1-9])"
_UNTIL = r"(?:[ ]?[–—-][ ]?|[ ]to[ ])"
_TIME = re.compile(
    rf"""(?P<sep>,[ ]?|[ ]?[—–-]{{1,2}}[ ]?|[ ]at[ ]|[ ]|[ ],[ ])
      (?:(?:(?P<h>{_HOUR})(?:[:.](?P<min>[0-5]\d))?(?:[ ]?(?P<half>[ap])\.?[ ]?m\b\.?)?{_UNTIL})?
        (?P<h2>{_HOUR})(?:[:.](?P<min2>[0-5]\d))?[ ]?(?P<half2>[ap])\.?[ ]?m\b\.?
       | (?P<noon>[Nn]oon|[Mm]idnight)\b
       | (?P<zulu>[01]\d[0-5]\d|2[0-3][0-5]\d|(?<!\d)\d[0-5]\d)[ ]?Z\b)""",
    re.VERBOSE,
)

_BARE_YEAR = re.compile(
    r"(?<=[ \u00a0(])(?<=in |of |ce |ng |il |by |om |to |ly |te |id |ar )(?P<y>1[89]\d\d)(?![\w/]|[-–]\d|\.\d)"
)
_YEAR_LEAD = re.compile(r"\b(?:in|of|since|during|until|till|by|from|to|early|late|mid|year) $", re.IGNORECASE)


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
        try:
            dt.date(self.year or 2000, self.month, self.day)
        except ValueError:
            return False
        return True

    def earliest(self) -> dt.date:
        """The first day that this can mean; it needs a year."""
        return dt.date(self.year or 1, self.month or 1, self.day or 1)


class DateExpression(NamedTuple):
    """A date as written: its place in the text, one day or a range, and the time of day that follows it.

    `until` is the end of a range of hours: "3:25–4:55 p.m.".
    """

    start: int
    end: int
    first: CalendarDay
    last: CalendarDay | None = None
    time: str = ""
    time_start: int = 0
    time_end: int = 0
    until: str = ""

    @property
    def complete(self) -> bool:
        """Whether the year is written."""
        return self.first.year is not None


def _month(name: str) -> int:
    return _SHORT[name[:3].lower()]


def _day(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _read(match: re.Match[str]) -> tuple[CalendarDay, CalendarDay | None]:
    g = match.groupdict()
    if g["m1"]:
        year = _year(g["y1"])
        # "May 23 [24], 1949": the editors put the day right.
        first = CalendarDay(year, _month(g["m1"]), _day(g["d1"] if g["doubt"] else g["d0"] or g["d1"]))
        last = CalendarDay(year, _month(g["m2"] or g["m1"]), _day(g["d2"])) if g["d2"] else None
    elif g["m3"]:
        year = _year(g["y3"])
        first = CalendarDay(year, _month(g["m4"] or g["m3"]), _day(g["d3"]))
        last = CalendarDay(year, _month(g["m3"]), _day(g["d4"])) if g["d4"] else None
    else:
        first = CalendarDay(_year(g["y5"]), _month(g["m5"]))
        last = CalendarDay(_year(g["y6"]), _month(g["m6"])) if g["m6"] else None
    if first.year and last and last.year == first.year and (last.month or 0) < (first.month or 0):
        first = first._replace(year=first.year - 1)  # "December 28–January 2, 1962"
    return first, last


def _is_range(match: re.Match[str], first: CalendarDay, last: CalendarDay) -> bool:
    """ "June 3 and 4" is a range of two days; "August 3 and 18" names two days that have nothing between them."""
    if match["link"] != "and":
        return True
    return first.month == last.month and (last.day or 0) == (first.day or 0) + 1


def _time(text: str, at: int) -> tuple[str, int, int, str]:
    match = _TIME.match(text, at)
    if not match:
        return "", 0, 0, ""
    until = ""
    if match["noon"]:
        value = "12:00:00" if match["noon"].lower() == "noon" else "00:00:00"
    elif match["zulu"]:
        zulu = match["zulu"].zfill(4)
        value = f"{zulu[:2]}:{zulu[2:]}:00Z"
    else:
        value = _clock(match["h2"], match["min2"], match["half2"])
        if match["h"]:
            until = value
            value = _clock(match["h"], match["min"], match["half"] or match["half2"])
            if not match["half"] and value > until:
                value = _clock(match["h"], match["min"], "a")  # "11–12:30 p.m." began in the morning
    return value, match.end("sep"), match.end(), until


def _clock(hour: str, minutes: str | None, half: str) -> str:
    number = int(hour)
    if number <= 12:  # "14:31 p.m." is printed, too
        number = number % 12 + (12 if half == "p" else 0)
    return f"{number:02d}:{minutes or '00'}:00"


def find_dates(text: str) -> Iterator[DateExpression]:
    """Yield the calendar expressions of a text in order, with offsets in that text.

    Impossible days ("February 31") and ranges that run backwards are left out: they are no dates.
    """
    end = 0
    for match in _PATTERN.finditer(text):
        if match["m4"] and not match["d4"]:
            continue
        first, last = _read(match)
        if not first.exists() or (
            last
            and (
                not last.exists()
                or ((last.month or 0, last.day or 0) < (first.month or 0, first.day or 0) and last.year == first.year)
            )
        ):
            continue
        stop = match.end()
        if last and not _is_range(match, first, last):
            last, stop = None, match.end("d1")
        yield from _bare_years(text, end, match.start())
        end = stop
        yield DateExpression(match.start(), stop, first, last, *_time(text, stop))
    yield from _bare_years(text, end, len(text))


def _bare_years(text: str, start: int, end: int) -> Iterator[DateExpression]:
    """Years alone, only behind a word that makes them one ("in 1961", "since 1958"): other four-digit numbers
    abound.
    """
    for match in _BARE_YEAR.finditer(text, start, end):
        if _YEAR_LEAD.search(text, max(0, match.start() - 12), match.start()):
            yield DateExpression(match.start(), match.end(), CalendarDay(int(match["y"])))


def nearest(day: CalendarDay, reference: dt.date) -> CalendarDay:
    """Return `day` with the year that brings it nearest to `reference`; unchanged where it has a year."""
    if day.year is not None or day.month is None:
        return day
    years = [y for y in (reference.year - 1, reference.year, reference.year + 1) if day._replace(year=y).exists()]
    if not years:
        return day
    best = min(years, key=lambda y: (abs((day._replace(year=y).earliest() - reference).days), y))
    return day._replace(year=best)


def file_number_date(number: str) -> dt.date | None:
    """Return the date inside a decimal file number, `770G.00/8–1862` → 1962-08-18; None where it holds none.

    The item is month, dash, day and the year's last two digits (the Department's filing manual); the central decimal
    file with such items ran from 1944 to January 1963.
    """
    match = re.search(r"/(1[0-2]|[1-9])[–—-](3[01]|[12]\d|[1-9])(4[4-9]|5\d|6[0-3])(?!\d)", number)
    if not match:
        return None
    month, day, year = (int(part) for part in match.groups())
    try:
        return dt.date(1900 + year, month, day)
    except ValueError:
        return None
