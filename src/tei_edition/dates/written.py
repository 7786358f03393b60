"""Dates that are written out, found by the name of their month: "August 18, 1962", "3–4 June 1961", "July 1960".

One scan for the names of months; what stands on both sides of one is then read in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.dates.days import CalendarDay, DateExpression, month_number
from tei_edition.dates.hours import time_behind
from tei_edition.late_patterns import late

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|"
    r"APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:1[789]\d\d|20\d\d)(?!\d)"
DASH = r"[ ]?[-–—][ ]?"
SP = r"[ \u00a0\n]+"

# The first letters of a month: all alternatives begin with a letter, so that the scan leaps from one to the next.
MONTH_ANCHOR = late(
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
)
# Without a comma before it a number of four digits is a year only where it is no hour: "August 18 1830 hours".
_BLANK_YEAR = r"1[89]\d\d(?!\d|[ ]?(?:hours|hrs|Z\b|[ap]\.?[ ]?m\b))"
_MONTH_FIRST = late(
    rf"""(?P<m1>{MONTH}){SP}(?P<d1>{DAY})(?:[ ]\[(?P<d0>{DAY})(?P<doubt>\?)?\])?
          (?:(?:{DASH}|{SP}(?P<link>and|to|through){SP})(?:(?P<m2>{MONTH}){SP})?(?P<d2>{DAY}))?
          (?:[ ]?,(?:{SP})?(?P<y1>{YEAR})|{SP}(?P<y0>{_BLANK_YEAR}))?(?![\w/])
      | (?P<m5>{MONTH})(?:,?{SP}(?:of{SP})?(?P<y5>{YEAR}))
          (?:(?:{DASH}|{SP}(?:to|through|until){SP})(?P<m6>{MONTH})(?:,?{SP}(?:of{SP})?(?P<y6>{YEAR})))?(?![\w/])""",
    re.VERBOSE,
)
# "4th of May"; behind another number "of" leads to a date of its own: "your note 5 of March 31".
_OF = rf"{SP}(?:(?<=(?:st|nd|rd|th)[ \u00a0\n])of{SP})?"
_DAY_FIRST = late(
    rf"""(?P<d3>{DAY})(?:{SP}(?P<m4>{MONTH}))?(?:{DASH}(?P<d4>{DAY}))?{_OF}
        (?P<m3>{MONTH})(?:,?{SP}(?P<y3>{YEAR}))?(?![\w/])""",
    re.VERBOSE,
)
# What may stand before the month of a date that begins with its day: "18 ", "3–4 ", "31 May–2 ", "4th of ".
_DAY_BEFORE = late(rf"(?<![\w/.-]){DAY}(?:{SP}{MONTH})?(?:{DASH}{DAY})?{_OF}$")
_MONTH_BEFORE = late(rf"\b(?:{MONTH}|[Mm]id|[Ee]arly|[Ll]ate)-$")  # "July-November 1963", "mid-July"
# A day and a year follow: the number before the month is that of a paper, "Polto 20 May 12, 1962".
_FULL_DATE = late(rf"{SP}{DAY},?{SP}{YEAR}")
# A year that no document of the series has: the day in it is of no year that we know, "May 3, 1648".
_OTHER_YEAR = late(r",[ \n]?\d{3,4}(?!\d)")
_BEFORE = 32  # characters that such words take at most, blanks and line ends included
# More days of a list, "July 3, 5, and 9, 1962": only where no thing that is counted follows the last ("3 and 18 men").
_NEXT_DAY = late(rf"(?:,{SP}(?:and{SP}|or{SP}|&{SP})?|{SP}(?:and|or|&){SP})(?P<day>{DAY})(?![\w/–-])")
_LIST_YEAR = late(rf"(?:,{SP}?(?P<year>{YEAR})|{SP}(?P<blank>{_BLANK_YEAR}))(?![\w/])")
STANDS_ALONE = late(
    r"(?=[;:)\]’”\"'—!?]|\s\(|,(?!\d)|\.(?!\d)|\s*\Z|\s+(?:and|or|at|in|on|to|from|with|that|which|was|were|is|are|by|but|as"
    r"|for|he|she|we|they|I|it|the|his|our|their|my|respectively|before|after|when|where|who|until|through|inclusive|had"
    r"|has|have|will|would|should|concerning|regarding|re|between|because|if|so|not|indicates?|reported|stated)\b)"
)

_BARE_YEAR = late(
    r"1(?<=in 1|of 1|ce 1|ng 1|il 1|by 1|om 1|to 1|ly 1|te 1|id 1|ar 1)[89]\d\d(?![\w/]|[-–]\d|\.\d)"
)
_YEAR_LEAD = late(r"\b(?:in|of|since|during|until|till|by|from|to|early|late|mid|year) $", re.IGNORECASE)


_BEYOND = late(rf"{MONTH}{SP}(?:3[2-9]|[4-9]\d)(?:st|nd|rd|th)?,?{SP}{YEAR}(?![\w/])")  # "June 45, 1962"


def find_dates(text: str) -> Iterator[DateExpression]:
    """Yield the dates of a text that are written out, in order, with offsets in that text.

    Impossible days ("February 31") and ranges that run backwards are left out: they are no dates.
    """
    end = 0
    for found in find_months(text):
        yield from _bare_years(text, end, found.start)
        end = found.end
        yield found
    yield from _bare_years(text, end, len(text))


def find_months(text: str) -> Iterator[DateExpression]:
    """Yield the dates that have the name of a month and a day or a year."""
    end = 0
    for anchor in MONTH_ANCHOR.finditer(text):
        at = anchor.start()
        if at < end:
            continue
        match = _match(text, at, end)
        if match is None or _of_another_age(text, match):
            continue
        for found in _expressions(text, match):
            end = found.end
            yield found


def impossible_days(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of what is written as a date and names a day that no calendar has: "February 30, 1962"."""
    for anchor in MONTH_ANCHOR.finditer(text):
        match = _match(text, anchor.start(), 0)
        if match and not _read(match)[0].exists():
            yield match.span()
        elif beyond := _BEYOND.match(text, anchor.start()):
            yield beyond.span()


def _match(text: str, at: int, end: int) -> re.Match[str] | None:
    """The date whose month begins at `at`, with the day before it where one stands there."""
    before = text[at - 1 : at]
    if before in " \n\u00a0":
        window = max(end, at - _BEFORE)
        day = _DAY_BEFORE.search(text, window, at) if before else None
        match = _DAY_FIRST.match(text, day.start()) if day else None
        fits = match and match.start("m3") == at and not (match["m4"] and not match["d4"])
        if match and fits and (match["y3"] or not _FULL_DATE.match(text, match.end("m3"))):
            return match
    elif before.isalnum() or before in "_/." or (before == "-" and not _MONTH_BEFORE.search(text, max(0, at - 11), at)):
        return None
    return _MONTH_FIRST.match(text, at)


def _of_another_age(text: str, match: re.Match[str]) -> bool:
    """Whether a year follows that is none of these centuries: "May 3, 1648" is no day of the document's year."""
    if any(match.groupdict().get(name) for name in ("y0", "y1", "y3", "y5")):
        return False
    number = _OTHER_YEAR.match(text, match.end())
    return bool(number and STANDS_ALONE.match(text, number.end()))


def _expressions(text: str, match: re.Match[str]) -> list[DateExpression]:
    """What a match says: one date or range, or each day of a list."""
    first, last = _read(match)
    if not first.exists() or (last and not _in_order(first, last)):
        return []
    stop = match.end()
    if last and match.re.pattern == _MONTH_FIRST.pattern and match["link"] == "and" and not _consecutive(first, last):
        last, stop = None, match.end("d1")
    found = DateExpression(match.start(), stop, first, last)
    if match.re.pattern == _MONTH_FIRST.pattern and match["d1"] and last is None and stop == match.end("d1"):
        return _list_of_days(text, found)
    return [timed(text, found)]


def timed(text: str, found: DateExpression) -> DateExpression:
    """Return a date with the time of day that follows it."""
    time = time_behind(text, found.end)
    if not time.value:
        return found
    return found._replace(time=time.value, time_start=time.start, time_end=time.end, until=time.until, zone=time.zone)


def _read(match: re.Match[str]) -> tuple[CalendarDay, CalendarDay | None]:
    g = match.groupdict()
    if g.get("m1"):
        year = _year(g["y1"] or g["y0"])
        # "May 23 [24], 1949": the editors put the day right.
        first = CalendarDay(year, month_number(g["m1"]), _day(g["d1"] if g["doubt"] else g["d0"] or g["d1"]))
        last = CalendarDay(year, month_number(g["m2"] or g["m1"]), _day(g["d2"])) if g["d2"] else None
    elif g.get("m3"):
        year = _year(g["y3"])
        first = CalendarDay(year, month_number(g["m4"] or g["m3"]), _day(g["d3"]))
        last = CalendarDay(year, month_number(g["m3"]), _day(g["d4"])) if g["d4"] else None
    else:
        first = CalendarDay(_year(g["y5"]), month_number(g["m5"]))
        last = CalendarDay(_year(g["y6"]), month_number(g["m6"])) if g["m6"] else None
    if first.year and last and last.year == first.year and last.day and (last.month or 0) < (first.month or 0):
        first = first._replace(year=first.year - 1)  # "December 28–January 2, 1962"
    return first, last


def _day(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _in_order(first: CalendarDay, last: CalendarDay) -> bool:
    if not last.exists():
        return False
    backwards = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
    if first.year is None and last.year is None:
        return not backwards or first.month != last.month  # "December 30–January 2" ends in the next year
    return not (last.year is not None and first.year is not None and last.year < first.year) and not (
        backwards and last.year == first.year
    )


def _consecutive(first: CalendarDay, last: CalendarDay) -> bool:
    """ "June 3 and 4" is a range of two days; "August 3 and 18" names two days that have nothing between them."""
    return first.month == last.month and (last.day or 0) == (first.day or 0) + 1


def _list_of_days(text: str, found: DateExpression) -> list[DateExpression]:
    """The days of a list, each a date of its own: "August 3 and 18", "July 3, 5, and 9, 1962"."""
    days: list[tuple[int, int, int]] = []
    end, day = found.end, found.first.day or 0
    while more := _NEXT_DAY.match(text, end):
        number = _day(more["day"]) or 0
        if number <= day or not found.first._replace(day=number).exists():
            break
        days.append((more.start("day"), more.end("day"), number))
        end, day = more.end("day"), number
    year = _LIST_YEAR.match(text, end) if days else None
    if not days or not (year or STANDS_ALONE.match(text, end)):
        return [timed(text, found)]
    first = found.first._replace(year=int(year["year"] or year["blank"]) if year else found.first.year)
    listed = [DateExpression(start, stop, first._replace(day=number)) for start, stop, number in days]
    if year:
        listed[-1] = listed[-1]._replace(end=year.end())
    return [found._replace(first=first), *listed[:-1], timed(text, listed[-1])]


def _bare_years(text: str, start: int, end: int) -> Iterator[DateExpression]:
    """Years alone, only behind a word that makes them one ("in 1961", "since 1958"): other four-digit numbers
    abound.
    """
    for match in _BARE_YEAR.finditer(text, start, end):
        if _YEAR_LEAD.search(text, max(0, match.start() - 12), match.start()):
            yield DateExpression(match.start(), match.end(), CalendarDay(int(match.group())))
