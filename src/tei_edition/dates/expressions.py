"""All that names a day, a month, a year or a span of them in running text, joined and read with its surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tei_edition.dates.days import THIS, CalendarDay, DateExpression, month_number, weekday_number
from tei_edition.dates.figures import find_figures
from tei_edition.dates.periods import find_periods
from tei_edition.dates.written import MONTH, MONTH_ANCHOR, STANDS_ALONE, find_months, timed
from tei_edition.late_patterns import late

_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
    r"|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
)
# What may stand before a date and belongs to it.
_BEFORE = late(
    rf"(?:\b(?P<weekday>{_WEEKDAY}),?[ \n](?:the[ ])?"
    r"|\b(?P<part>[Ee]arly|[Ll]ate|[Mm]id)(?:-|[ \n]in[ \n]|[ \n])"
    r"|\b(?P<week>(?:the[ \n])?[Ww]eek[ \n]of[ \n](?:the[ \n])?(?:(?:Mon|Sun)day,?[ \n])?)"
    r"|\b(?P<turn>[Ll]ast|this[ \n]past|this[ \n]coming|coming|[Nn]ext|[Tt]his)[ \n])$"
)
_WIDEST = 24
_SHORT_YEAR = late(r"(?:,?[ ]?[’'](?P<a>\d\d)|[ ](?P<b>3[2-9]|[4-9]\d))(?![\w’'/–-]|[.,:]\d)")
_BEHIND = late(
    r",?[ \n](?P<turn>last|ultimo|ult\.|past|next|proximo|prox\.)(?![\w])(?=[^ \n]|[ \n](?!year|month|week|[A-Z]))"
)
_TURNS = {"last": -1, "ultimo": -1, "ult.": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}
_TURNS |= {"proximo": 1, "prox.": 1, "this": THIS}

_ALONE = late(rf"{MONTH}(?![\w/]|[–—-]?\d|[ \n]+\d)")
_LEAD = late(
    r"\b(?:in|since|during|until|till|by|for|of|last|next|this|coming|past|early|late|mid|from|to|through|after|before"
    r"|between|and|or|the|following|previous|around|about|beginning|ending|In|Since|During|Until|By|Last|The|Early|Late"
    r"|From|After|Before)[ \n]$|\b[Mm]id-$"
)
# Names of months that are names of persons or words, too: no capital may follow ("in April Glaspie’s house").
_AMBIGUOUS = frozenset({"March", "April", "May", "June", "August", "Mar", "Jan", "MAY", "MARCH"})
# What is called after a month is no date: the October Revolution, May Day, the June War.
_CALLED_AFTER = late(r"[ \n](?:Revolution|War|Day|Manifesto|Movement|Uprising|Plan|Group|Massacre)\b")
_LAST = late(r"[ \n]last[ ,.;)]")  # "as long ago as April last"
_FROM_TO = late(r"[ ]?[–—-][ ]?|,?[ \n](?:to|through|until|thru)[ \n]")
_AND = late(r",?[ \n](?:and|or|&)[ \n]|,[ \n]|/")
_LISTED = late(f"{_FROM_TO.pattern}|{_AND.pattern}")
_DIGIT = late(r"\d")
_OTHER_HALF = late(r"[–/-](\d\d)(?![\w/–-]|\.\d)")  # the second year of "Dec.–Jan. 1962–63"
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def find_expressions(text: str) -> Iterator[DateExpression]:
    """Yield what names a date in a text, in order, with offsets in that text; nothing overlaps."""
    found_here = list(_dates(text))
    if _DIGIT.search(text):
        found_here += find_figures(text)
        found_here += find_periods(text)
        found_here.sort(key=_place)
    end = 0
    last: DateExpression | None = None
    for found in found_here:
        if found.start < end:
            continue
        end = max(found.end, found.time_end) if found.time else found.end
        if last is not None:
            last, found = _joined(text, last, found)
            if last is not None:
                yield last
        last = found
    if last is not None:
        yield last


def _place(found: DateExpression) -> tuple[int, int]:
    return found.start, -found.end


def _dates(text: str) -> Iterator[DateExpression]:
    """Dates with the name of a month, and such names alone, with what stands before them."""
    if not MONTH_ANCHOR.search(text):
        return
    end = 0
    for found in _with_months_alone(text, find_months(text)):
        widened = _widened(text, found, end)
        end = widened.end
        yield widened


def _with_months_alone(text: str, dates: Iterable[DateExpression]) -> Iterator[DateExpression]:
    end = 0
    for found in dates:
        yield from _months_alone(text, end, found.start)
        end = found.end
        yield found
    yield from _months_alone(text, end, len(text))


def _months_alone(text: str, start: int, stop: int) -> Iterator[DateExpression]:
    listed = 0
    for anchor in MONTH_ANCHOR.finditer(text, start, stop):
        at = anchor.start()
        before = text[at - 1 : at]
        if before.isalnum() or before in tuple("_/."):
            continue
        match = _ALONE.match(text, at)
        if not match or not (_stands(text, at, match.end()) or _LISTED.fullmatch(text, listed, at)):
            continue
        listed = match.end()
        yield DateExpression(at, match.end(), CalendarDay(None, month_number(match.group())))


def _stands(text: str, at: int, end: int) -> bool:
    """Whether the name of a month stands for a month."""
    name = text[at:end].rstrip(".")
    behind = text[end : end + 2]
    if _CALLED_AFTER.match(text, end) or (name in _AMBIGUOUS and behind[:1].isspace() and behind[1:].isupper()):
        return False
    if _LEAD.search(text, max(0, at - 11), at) or _LAST.match(text, end):
        return True
    link = _FROM_TO.match(text, end) or _AND.match(text, end)
    return bool(link and re.match(MONTH, text[link.end() : link.end() + 10]))


def _widened(text: str, found: DateExpression, end: int) -> DateExpression:
    """Return a date with the weekday, the year of two digits and the words that belong to it."""
    if found.first.year is None and found.last is None and not found.time:
        found = _with_short_year(text, found)
    before = _BEFORE.search(text, max(end, found.start - _WIDEST), found.start)
    if before is None:
        return _with_turn(text, found)
    day = found.first.day
    if before["weekday"] and day:
        return _with_turn(text, found._replace(start=before.start(), weekday=weekday_number(before["weekday"])))
    if before["week"] and day and found.last is None:
        return found._replace(start=before.start(), week=True)
    if before["part"] and not day and found.last is None:
        low, high = _THIRDS[before["part"].lower()]
        month = found.first
        last = month._replace(day=high if high < 31 else _month_end(month))
        return found._replace(start=before.start(), first=month._replace(day=low), last=last, vague=True)
    if before["turn"] and found.first.year is None and (not day or found.weekday is None):
        turn = _TURNS.get(" ".join(before["turn"].lower().split()), 0)
        return found._replace(start=before.start(), turn=turn) if not day or abs(turn) == 1 else found
    return _with_turn(text, found)


def _month_end(month: CalendarDay) -> int:
    return (month._replace(year=month.year or 2001)).latest().day


def _with_short_year(text: str, found: DateExpression) -> DateExpression:
    match = _SHORT_YEAR.match(text, found.end)
    if not match or (match["b"] and not (text[found.start].isdigit() and STANDS_ALONE.match(text, match.end()))):
        return found
    year = 1900 + int(match["a"] or match["b"])
    return timed(text, found._replace(end=match.end(), first=found.first._replace(year=year), short=True))


def _with_turn(text: str, found: DateExpression) -> DateExpression:
    """ "Your letter of June 5th last": the year lies before."""
    if found.first.year is not None or found.time:
        return found
    behind = _BEHIND.match(text, found.end)
    return found._replace(turn=_TURNS[behind["turn"]]) if behind else found


def _joined(text: str, a: DateExpression, b: DateExpression) -> tuple[DateExpression | None, DateExpression]:
    """Two dates in a row as one span of time, or the first with the year that the second has."""
    apart = b.start - max(a.end, a.time_end)
    if not 0 < apart <= 11 or a.moment or b.moment or a.week or b.week or not _alike(a.first, b.last or b.first):
        return a, b
    single = not (a.last or b.last or a.vague or b.vague or a.time)
    first = _with_year(a.first, b.first)
    if _FROM_TO.fullmatch(text, a.end, b.start):
        if single and (joined := _over_two_years(text, a, b)):
            return None, joined
        both = (first.year is None) == (b.first.year is None)
        if single and both and (first.year is None or first.earliest() <= b.first.earliest()):
            return None, b._replace(start=a.start, first=first, last=b.first, weekday=a.weekday, turn=a.turn)
        return _moved(a, b.first), b
    if a.first.year is None and b.first.year is not None and _AND.fullmatch(text, a.end, b.start):
        following = b.first.month == (a.first.month or 0) + 1 and a.first.day is None
        if single and following and text[a.end : b.start].strip() == "and":
            return None, b._replace(start=a.start, first=first, last=b.first)
        return _moved(a, b.first), b
    return a, b


def _over_two_years(text: str, a: DateExpression, b: DateExpression) -> DateExpression | None:
    """Return the span of "December–January 1962–63", whose second month is in the second year; None for other dates."""
    year = b.first.year
    tail = _OTHER_HALF.match(text, b.end) if year and not a.first.year and not b.first.day else None
    if year is None or tail is None or int(tail[1]) != (year + 1) % 100 or (a.first.month or 0) <= (b.first.month or 0):
        return None
    first, last = a.first._replace(year=year), b.first._replace(year=year + 1)
    return b._replace(start=a.start, end=tail.end(), first=first, last=last)


def _moved(found: DateExpression, other: CalendarDay) -> DateExpression:
    """Return a date with the year of another that it is listed with."""
    last = _with_year(found.last, other) if found.last else None
    return found._replace(first=_with_year(found.first, other), last=last)


def _alike(a: CalendarDay, b: CalendarDay) -> bool:
    return a.month is not None and b.month is not None and (a.day is None) == (b.day is None)


def _with_year(day: CalendarDay, other: CalendarDay) -> CalendarDay:
    if day.year is not None or other.year is None:
        return day
    later = (day.month or 0, day.day or 0) > (other.month or 0, other.day or 0)
    return day._replace(year=other.year - 1 if later else other.year)
