"""Whether the words of a date and its attributes say the same: "August 18, 1962" and @when="1962-08-19" do not.

What the words leave open (the year of "August 18", the day of "August 1962") the attributes may add; what both say must
be equal. The words are read by the one grammar of dates (`tei_edition.dates`), by which `convert` reads them too.
"""

from __future__ import annotations

import functools

from tei_edition.dates import CalendarDay, DateExpression, find_expressions
from tei_edition.dates.days import MONTHS, month_number
from tei_edition.dates.hours import TimeOfDay, find_times
from tei_edition.late_patterns import late
from tei_edition.validation.editorial.temporal import DAY, Span, Value, fits, order
from tei_edition.zones import written_offset

_YEAR_ALONE = late(r"(?:1[6-9]|20)\d\d")
_YEAR = late(r"\W{0,3}((?:1[6-9]|20)\d\d)\W{0,3}")
_DAY = late(r"\W{0,3}(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?:, ((?:1[6-9]|20)\d\d))?\W{0,3}")
_LONGEST = 200  # characters of the words of a date; what is longer says more than a date
_REST = 40  # characters beside a date that may stand in its element: a place, "at the latest"
_TWELVE = late(r"12(?::00)?\s?[apm]")  # 12 m. is noon, 12 p.m. noon for some and midnight for others
# "January 12/24, 1878" is one day in two calendars, and the attribute may follow either.
_TWO_CALENDARS = late(r"(?=.*[A-Z][a-z]{2}).*?\d(?:st|nd|rd|th)?(?: [A-Z][a-z]{2,8})?/(?:[A-Z][a-z]{2,8} )?\d")
_OLDEST = 1600  # before, years begin in March and calendars differ


# Nine dates of ten are written in one of two ways, which the grammar reads as they stand.
_PLAIN = late(
    rf"(?:(?P<month>{'|'.join(MONTHS)}) (?P<day>[1-9]\d?)(?:, (?P<year>(?:1[789]|20)\d\d))?"
    rf"|(?P<of>{'|'.join(MONTHS)}) (?P<in>(?:1[789]|20)\d\d))"
)


def _plain_date(words: str) -> DateExpression | None:
    match = _PLAIN.fullmatch(words)
    if match is None:
        return None
    year = match["year"] or match["in"]
    month = month_number(match["month"] or match["of"])
    day = CalendarDay(int(year) if year else None, month, int(match["day"]) if match["day"] else None)
    return DateExpression(0, len(words), day) if day.exists() else None


def end_of_value(words: str) -> str:
    """Return what a @when ends with that says what a plain date says: "August 18" → `-08-18`; empty for others.

    Most dates of an edition are told to be right by this comparison alone.
    """
    return _end_of_value(words) if len(words) <= _LONGEST else ""


@functools.lru_cache(maxsize=65536)
def _end_of_value(words: str) -> str:
    if _YEAR_ALONE.fullmatch(words):
        return words
    date = _plain_date(words)
    return "" if date is None else date.first.iso.removeprefix("-")


def dates_in(words: str) -> tuple[DateExpression, ...]:
    """Return the dates that the words of an element name; none where most of them say something else."""
    return _dates_in(words) if len(words) <= _LONGEST else ()


@functools.lru_cache(maxsize=65536)
def _dates_in(words: str) -> tuple[DateExpression, ...]:
    plain = _plain_date(words)
    found = (plain,) if plain else tuple(find_expressions(words))
    if found:
        rest = len(words) - sum(max(date.end, date.time_end) - date.start for date in found)
        return found if rest <= _REST else ()
    if match := _YEAR.fullmatch(words):
        return (DateExpression(0, len(words), CalendarDay(int(match[1]))),)
    if match := _DAY.fullmatch(words):  # "4" and "23, 1946" of a list: "November 4 and 23, 1946"
        year = int(match[2]) if match[2] else None
        return (DateExpression(0, len(words), CalendarDay(year, None, int(match[1]))),)
    return ()


def times_in(words: str) -> tuple[TimeOfDay, ...]:
    """Return the times of day that the words of an element name."""
    return _times_in(words) if len(words) <= _LONGEST else ()


@functools.lru_cache(maxsize=16384)
def _times_in(words: str) -> tuple[TimeOfDay, ...]:
    return tuple(find_times(words))


def contradicted(words: str, span: Span) -> DateExpression | None:
    """Return the date of the words that the attributes contradict; None where they agree, or nothing can be told.

    Of several dates in the words one has to agree, or the first and the last as the ends of a span.
    """
    dates = dates_in(words)
    if not dates or _TWO_CALENDARS.match(words) or any(_is_old(value) for value in span.ends):
        return None
    if any(_agree(date, span) for date in dates):
        return None
    if len(dates) > 1 and _agree(dates[0]._replace(last=dates[-1].last or dates[-1].first), span):
        return None
    return dates[0]


def _is_old(value: Value | None) -> bool:
    return value is not None and value.year is not None and value.year < _OLDEST


def _agree(date: DateExpression, span: Span) -> bool:
    if date.week:
        return True
    if date.short and date.first.day and date.first.month and date.first.day <= 12 and date.last is None:
        swapped = date.first._replace(month=date.first.day, day=date.first.month)  # 8/9/62: August or September
        if _says(date._replace(first=swapped), span):
            return True
    return _says(date, span)


def _says(date: DateExpression, span: Span) -> bool:
    first, last = date.first, date.last or date.first
    if span.when is not None:
        return any(_on(first, last, value, short=date.short) for value in _days_meant(date, span.when))
    if date.short:
        return True
    low, high = span.ends
    if span.bounds or date.vague or (date.last is None and low and high):
        return _overlap(first, last, low, high)
    return (low is None or fits(first, low)) and (high is None or fits(last, high))


def _days_meant(date: DateExpression, value: Value) -> list[Value]:
    """The value and, where the hour allows another day, that day too.

    Midnight belongs to both days; an hour that is given for Greenwich may be one of the day before or after.
    """
    values = [value]
    if value.minute in (0, DAY) or (date.time and value.zone == 0):
        values += [value.next_day(), value.previous_day()]
    return values


def _on(first: CalendarDay, last: CalendarDay, value: Value, *, short: bool) -> bool:
    if first == last:
        return fits(first, value, short=short)
    return short or _overlap(first, last, value, value)


def _overlap(first: CalendarDay, last: CalendarDay, low: Value | None, high: Value | None) -> bool:
    """Whether a span as written and one of values have a day in common, as far as can be told."""
    years = {value.year for value in (low, high) if value is not None}
    if len(years) == 1:
        year = years.pop()
        first, last = _in_year(first, year), _in_year(last, year)
    begin, end = _value(first), _value(last)
    if order(end, begin) < 0:
        return True  # "December 30–January 2": which of the two years is meant is not said
    too_early = low is not None and order(end, low) < 0 and order(end.next_day(), low) < 0
    too_late = high is not None and order(begin, high) > 0 and order(begin.previous_day(), high) > 0
    return not (too_early or too_late)


def _in_year(day: CalendarDay, year: int | None) -> CalendarDay:
    return day._replace(year=year) if day.year is None and year is not None else day


def _value(day: CalendarDay) -> Value:
    return Value(day.year, day.month, day.day if day.exists() else None)


def hour_contradicted(words: str, span: Span, *, of_day: bool) -> str:
    """Return the hour as written that the attributes contradict; the empty string where they agree or say nothing.

    `of_day`: the words are those of a <time>, which need not name a day.
    """
    times: list[TimeOfDay] = []
    if of_day:
        times = list(times_in(words))
    else:
        for date in dates_in(words):
            if date.moment:
                times.append(TimeOfDay(date.moment, date.start, date.end))
            elif date.time:
                times.append(TimeOfDay(date.time, date.time_start, date.time_end, date.until, date.zone))
    if len(times) != 1:
        return ""
    time = times[0]
    begin, end = span.ends
    if _TWELVE.match(words, time.start):
        return ""
    good = _same_hour(time.value, time.zone, begin) and (
        not time.until or span.when is not None or _same_hour(time.until, time.zone, end)
    )
    if not good and span.when is None and not time.until:
        good = begin is None or end is None or begin.minute != end.minute
    return "" if good else words[time.start : time.end]


def _same_hour(written: str, zone: str, value: Value | None) -> bool:
    if value is None or value.minute is None:
        return True
    minute = int(written[:2]) * 60 + int(written[3:5])
    offset = _offset(written, zone, value)
    if offset is not None and value.zone is not None:
        return (minute - offset - value.minute + value.zone) % DAY == 0
    if offset is None and value.zone == 0:
        return True  # the hour of a place, counted for Greenwich
    return (minute - value.minute) % DAY == 0


def _offset(written: str, zone: str, value: Value) -> int | None:
    """The minutes east of Greenwich that the words give; None where they give none."""
    if written.endswith(("Z", "+00:00")):
        return 0
    known = written_offset(zone, value.date, written[:8]) if zone else None
    if not known:
        return None
    minutes = int(known[1:3]) * 60 + int(known[4:6])
    return -minutes if known[0] == "-" else minutes
