"""The values that the datatypes of XML Schema stand for: numbers, dates, durations, so that they can be compared.

`1.0` and `01` are one decimal, `12:00:00Z` and `13:00:00+01:00` one time. XML Schema part 2 (second edition, 2004),
section 3.2; dates after its appendix E. Each function takes the characters of a value that has the right form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAY = 86_400
_ZONE = 14 * 3600  # no clock is further from UTC (section 3.2.7.4)


class Moment(NamedTuple):
    """A date or time: seconds from the beginning of the first year, in UTC where its zone is known."""

    seconds: Fraction
    zoned: bool


class Duration(NamedTuple):
    """A duration: months and seconds do not add up, as months differ in length."""

    months: int
    seconds: Fraction


def days_of_month(year: int, month: int) -> int:
    """Return the days of a month; the year counts as XML Schema counts, -1 before 1."""
    year = year if year > 0 else year + 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _DAYS[month - 1]


def is_moment(year: str | None, month: str | None, day: str | None, hour: str | None, minute: str | None,
              second: str | None, zone: str | None) -> bool:
    """Tell whether there is a date or time of these parts (as written; None: it has no such part): 30 February is none.

    What a type leaves out counts as in the leap year 1972, the first of January, midnight.
    """
    if (year is not None and (int(year) == 0 or (len(year.lstrip("-")) > 4 and year.lstrip("-").startswith("0")))) or (
            month is not None and not 1 <= int(month) <= 12):
        return False
    if not 1 <= int(day or 1) <= days_of_month(int(year or 1972), int(month or 1)):
        return False
    # The day ends at 24:00:00, and no later.
    if hour is not None and int(hour) > 23 and (int(hour) > 24 or (f"{minute}{second}").strip("0.")):
        return False
    offset = _offset(zone)
    return offset is None or abs(offset) <= _ZONE


def moment(year: str | None, month: str | None, day: str | None, hour: str | None, minute: str | None,
           second: str | None, zone: str | None) -> Moment | None:
    """Return a date or time of these parts; None where there is no such day, or no such time (see `is_moment`)."""
    if not is_moment(year, month, day, hour, minute, second, zone):
        return None
    from fractions import Fraction  # imported where used: to tell what is a date takes none

    clock = Fraction(second or 0) + 60 * int(minute or 0) + 3600 * int(hour or 0)
    offset = _offset(zone)
    days = _days(int(year or 1972), int(month or 1), int(day or 1))
    return Moment(_DAY * days + clock - (offset or 0), offset is not None)


def _offset(zone: str | None) -> int | None:
    """Return the seconds by which a clock is before UTC: `+01:00` → 3600, `Z` → 0."""
    if not zone:
        return None
    if zone == "Z":
        return 0
    return (-1 if zone[0] == "-" else 1) * (3600 * int(zone[1:3]) + 60 * int(zone[4:6]))


def _days(year: int, month: int, day: int) -> int:
    year = year if year > 0 else year + 1
    before = year - 1
    return (365 * before + before // 4 - before // 100 + before // 400
            + sum(days_of_month(year if year > 0 else year - 1, other) for other in range(1, month)) + day - 1)


def duration(sign: str, years: str | None, months: str | None, days: str | None, hours: str | None,
             minutes: str | None, seconds: str | None) -> Duration:
    """Return a duration of these parts."""
    from fractions import Fraction

    factor = -1 if sign == "-" else 1
    return Duration(factor * (12 * int(years or 0) + int(months or 0)),
                    factor * (_DAY * int(days or 0) + 3600 * int(hours or 0) + 60 * int(minutes or 0)
                              + Fraction(seconds or 0)))


def binary32(text: str) -> float | str:
    """Return a number of the type float, which has 32 bits; `NaN`, which equals itself here, as text."""
    import struct

    value = binary64(text)
    if isinstance(value, str):
        return value
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return float("-inf") if value < 0 else float("inf")


def binary64(text: str) -> float | str:
    """Return a number of the type double; `NaN`, which equals itself here, as text."""
    return text if text == "NaN" else float(text.replace("INF", "inf"))


if TYPE_CHECKING:
    Value = Decimal | float | str | Moment | Duration

# The moments to which durations are added to compare them (section 3.2.6.2): year and month.
_REFERENCES = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def order(first: Value, second: Value) -> int | None:
    """Return -1, 0 or 1 as the first is less than, equal to or more than the second; None where nobody can say.

    Nobody can say which is earlier of a time with a zone and one without where they are less than 14 hours apart, nor
    whether a month is more than 30 days.
    """
    if isinstance(first, Moment) and isinstance(second, Moment):
        return _order_of_moments(first, second)
    if isinstance(first, Duration) and isinstance(second, Duration):
        signs = {_sign(_added(first, *at) - _added(second, *at)) for at in _REFERENCES}
        return signs.pop() if len(signs) == 1 else None
    if isinstance(first, str) or isinstance(second, str):
        return 0 if first == second else None
    if isinstance(first, tuple) or isinstance(second, tuple):
        return None
    return (first > second) - (first < second)


def _order_of_moments(first: Moment, second: Moment) -> int | None:
    apart = first.seconds - second.seconds
    if first.zoned is not second.zoned and abs(apart) <= _ZONE:
        return None
    return _sign(apart)


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)


def _added(length: Duration, year: int, month: int) -> Fraction:
    months = 12 * year + month - 1 + length.months
    return _DAY * _days(months // 12 or -1, months % 12 + 1, 1) + length.seconds
