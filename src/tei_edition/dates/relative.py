"""Expressions that name a day by another: "yesterday", "last Friday", "the 18th instant", "the following day".

Most count from the day of the document that says them, some from the date that stands before them in the text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.dates.days import CalendarDay, weekday_number
from tei_edition.dates.figures import groups_without_month
from tei_edition.dates.written import STANDS_ALONE
from tei_edition.late_patterns import late

_DAYS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "last evening": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
    "day after tomorrow": 2,
}
_ANAPHORA = {"following": 1, "next": 1, "same": 0, "previous": -1, "preceding": -1}
_NAMED = late(
    r"\b(?:(?:[Tt]he )?(?P<days>[Dd]ay (?:before yesterday|after tomorrow))|(?P<day>[Yy]esterday|[Tt]omorrow"
    r"|[Ll]ast (?:night|evening)|[Tt]o(?:day|night)|[Tt]his (?:morning|afternoon|evening))"
    r"|(?P<turn>[Ll]ast|[Nn]ext|[Tt]his|coming|this past) (?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"|(?:[Tt]he |that )?(?P<which>following|next|same|previous|preceding) (?:day|date)|[Ss]ame (?P<date>date))\b"
)
# How these expressions end: each is looked for as a word, and then read with what stands before it.
_SIGNS = ("day", "omorrow", "night", "evening", "morning", "afternoon", "same date")
_WIDEST = 22
_ORDINAL = late(r"\d(?:st|nd|rd|th)(?P<month> (?:instant|inst\.?|ultimo|ult\.?|proximo|prox\.?)(?!\w))?(?!\w)")
_ORDINAL_LEAD = late(r"(?:\b(?:the|[Oo]n|of|until|by|since|before|after|dated|from|to|evening|morning) |^)$")
_NOT_A_DAY = late(
    r"\s+(?:and|or|to|through)\s+(?:the\s+)?\d+(?:st|nd|rd|th)\s+(?!of\b|and\b|at\b|in\b)[a-zA-Z]"
    r"|\s+in\s+(?:a|the) (?:series|line)"
)


class RelativeDate(NamedTuple):
    """A day or span that a text names by another: what it counts (`unit`), how far (`number`), and its place.

    `unit` is `day` (from the document's day), `text` (from the date before it), `weekday` (the last or the next such
    day, `turn`) or `day-of-month` (of the month that `turn` says; 2: the nearest). `sure`: the words leave no choice.
    """

    start: int
    end: int
    unit: str
    number: int
    turn: int = 0
    moment: str = ""
    sure: bool = True


def find_relative(text: str) -> Iterator[RelativeDate]:
    """Yield what names a day by another, the longest at each place."""
    end = 0
    for found in sorted(_found(text), key=lambda found: (found.start, -found.end)):
        if found.start >= end:
            end = found.end
            yield found


def _found(text: str) -> Iterator[RelativeDate]:
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            end = at + len(sign)
            for match in _NAMED.finditer(text, max(0, at - _WIDEST), end + 1):
                if match.end() == end:
                    yield _named(match)
            at = text.find(sign, end)
    yield from _ordinals(text)
    if "Z" in text:
        for start, end, day, moment in groups_without_month(text):
            yield RelativeDate(start, end, "day-of-month", day, 2, moment)


def _named(match: re.Match[str]) -> RelativeDate:
    start, end = match.span()
    if words := match["days"] or match["day"]:
        return RelativeDate(start, end, "day", _DAYS[words.lower()])
    if match["weekday"]:
        turn = -1 if match["turn"].lower() in ("last", "this past") else 1
        return RelativeDate(start, end, "weekday", weekday_number(match["weekday"]), turn, sure=False)
    return RelativeDate(start, end, "text", _ANAPHORA[match["which"] or "same"])


def _ordinals(text: str) -> Iterator[RelativeDate]:
    """ "The 18th": a day of the month, where no session, congress or parallel follows."""
    for match in _ORDINAL.finditer(text):
        at = match.start()
        at -= text[at - 1 : at].isdecimal()
        day = int(text[at : match.start() + 1])
        if not 1 <= day <= 31 or text[at - 1 : at] != " " or not _ORDINAL_LEAD.search(text, max(0, at - 9), at):
            continue
        if not match["month"] and (not STANDS_ALONE.match(text, match.end()) or _NOT_A_DAY.match(text, match.end())):
            continue
        month = (match["month"] or "").strip()[:1]
        start = at - 4 if text[at - 4 : at].lower() == "the " else at
        if month:
            yield RelativeDate(start, match.end(), "day-of-month", day, {"i": 0, "u": -1, "p": 1}[month])
        else:
            yield RelativeDate(start, match.end(), "day-of-month", day, 2)


def resolve_relative(found: RelativeDate, day: dt.date) -> CalendarDay | None:
    """Return what an expression names, counted from `day`; None where the calendar has no such day."""
    if found.unit in ("day", "text"):
        return _calendar_day(day + dt.timedelta(days=found.number))
    if found.unit == "weekday":
        distance = (found.number - day.weekday()) % 7 or 7
        if found.turn < 0 and distance < 7:
            distance -= 7
        return _calendar_day(day + dt.timedelta(days=distance if found.turn > 0 or distance < 0 else -7))
    if found.turn < 2:
        named = CalendarDay(*_month(day, found.turn), found.number)
        return named if named.exists() else None
    months = [CalendarDay(*_month(day, step), found.number) for step in (-1, 0, 1)]
    return min(
        (named for named in months if named.exists()),
        key=lambda named: abs((named.earliest() - day).days),
        default=None,
    )


def _calendar_day(day: dt.date) -> CalendarDay:
    return CalendarDay(day.year, day.month, day.day)


def _month(day: dt.date, step: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + step
    return index // 12, index % 12 + 1
