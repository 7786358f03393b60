"""Dates: possible, in order, and the same in the words and in the attributes; the day of the week, too.

That a value is a date at all the grammar says. These rules read what is written: "Monday, August 18, 1962" with
@when="1962-08-19" has two mistakes, for the 18th was a Saturday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from lxml import etree

from tei_edition.dates import WEEKDAYS, impossible_days
from tei_edition.dates.days import MONTHS, month_number, weekday_number
from tei_edition.late_patterns import late
from tei_edition.tei import TEI, local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.running_text import Place, plain_words
from tei_edition.validation.editorial.temporal import (
    DATABLE,
    POINTS,
    Value,
    is_impossible,
    order,
    read_span,
    read_value,
)
from tei_edition.validation.editorial.written_dates import contradicted, dates_in, end_of_value, hour_contradicted
from tei_edition.validation.fault import Fault

_SPELLED = ("date", "docDate", "origDate", "time")  # whose words are dates and hours
_DATE = TEI + "date"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_BEFORE = late(rf"\b({_WEEKDAY}),?\s+(?:the\s+)?\[?$")
_INSIDE = late(rf"\b{_WEEKDAY}\b")
# A whole date in the running text: found by "day", for days of the week are rarer than the names of months.
_IN_TEXT = late(rf"day,?\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<day>\d\d?),?\s+(?P<year>(?:1[7-9]|20)\d\d)(?!\d)")
_NEAR = 24  # characters before a date in which its day of the week is looked for
_MAY_BE_IMPOSSIBLE = late(r"(?<!\d)(?:29|[3-9]\d)(?!\d)")  # every month has a 28th
_STEM = late(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)$")


def dates_possible(inventory: Inventory) -> Iterator[Fault]:
    """VA350: an attribute names a day or an hour that there is; VA351: so do the words."""
    for element in inventory.named(*DATABLE):
        for name, value in element.items():
            if name in POINTS and is_impossible(value):
                yield Fault("VA350", f"{name}=\"{value}\" names no day or hour that there is", element, attribute=name)
    for element in inventory.named("date", "dateline", "docDate"):
        text = element.text
        if not text or not _MAY_BE_IMPOSSIBLE.search(text):
            continue
        for start, end in impossible_days(text):
            words = text[start:end]
            yield Fault("VA351", f"“{' '.join(words.split())}” is a day that no calendar has", element, words=words)


def dates_ordered(inventory: Inventory) -> Iterator[Fault]:
    """VA212–214 for schemas without our Schematron: spans of time begin before they end, and are no day besides."""
    for element in inventory.named(*DATABLE):
        given = {name: value for name, value in element.items() if name in POINTS}
        if len(given) < 2:
            continue
        if "when" in given and len(given) > 1:
            other = next(name for name in POINTS[1:] if name in given)
            yield Fault("VA214", f"<{local_name(element)}> has both @when and @{other}", element, attribute=other)
        for code, first, last in (("VA212", "from", "to"), ("VA213", "notBefore", "notAfter")):
            begin, end = read_value(given.get(first, "")), read_value(given.get(last, ""))
            if begin and end and _is_after(begin, end):
                yield Fault(code, f"{first}=\"{given[first]}\" is later than {last}=\"{given[last]}\"", element,
                            attribute=last)


def _is_after(begin: Value, end: Value) -> bool:
    """Hours alone may pass midnight: a meeting from 23:00 to 01:00."""
    return order(begin, end) > 0 and not (begin.year is None and begin.month is None)


def dates_in_words(inventory: Inventory) -> Iterator[Fault]:
    """VA352: the words of a date and its attributes name the same day; VA353: the same hour."""
    for element in inventory.named(*_SPELLED):
        end = end_of_value(element.text or "") if len(element) == 0 else ""
        if end and (element.get("when") or "").endswith(end):
            continue
        attributes = dict(element.items())
        if not attributes or "calendar" in attributes or "datingMethod" in attributes:
            continue
        span = read_span(attributes)
        if span.empty:
            continue
        words = plain_words(element)
        if not words or element.find(f"{TEI}choice") is not None:
            continue
        timed = element.tag == f"{TEI}time"
        if not timed:
            date = contradicted(words, span)
            if date is not None:
                yield _fault("VA352", element, words[date.start : date.end], attributes)
                continue
        hour = hour_contradicted(words, span, of_day=timed)
        if hour:
            yield _fault("VA353", element, hour, attributes)


def _fault(code: str, element: etree._Element, words: str, attributes: Mapping[str, str]) -> Fault:
    given = [name for name in POINTS if name in attributes]
    said = " ".join(f"{name}=\"{attributes[name]}\"" for name in given)
    return Fault(code, f"the words say “{words}”, the markup {said}", element, attribute=given[0])


def weekdays(inventory: Inventory) -> Iterator[Fault]:
    """VA354: the day of the week is that of the date, in a <date>, before one, and in the running text."""
    for element in inventory.named("date"):
        name, place = _weekday_of(element)
        if not name:
            continue
        span = read_span(dict(element.items()))
        day = (span.when or span.first or Value(None, None, None)).date
        words = plain_words(element)
        if day is None or element.get("calendar") or len(dates_in(words)) > 1 or contradicted(words, span):
            continue
        if weekday_number(name) != day.weekday():
            yield _not_that_day(name, day, place)
    yield from _weekdays_in_text(inventory)


def _not_that_day(name: str, day: dt.date, place: Place) -> Fault:
    message = f"“{name}” stands with {day.isoformat()}, which was a {WEEKDAYS[day.weekday()]}"
    return Fault("VA354", message, place.element, words=place.words, tail=place.tail, before=place.before)


def _weekday_of(element: etree._Element) -> tuple[str, Place]:
    """Return the day of the week that stands in a date or before it (the empty string: none), and where it stands."""
    inside = _INSIDE.search(element.text or "")
    if inside:
        return inside[0], Place(element, False, inside[0])
    before, parent = element.getprevious(), element.getparent()
    owner = parent if before is None else before
    text = (owner.text if before is None else owner.tail) if owner is not None else ""
    near = (text or "")[-_NEAR:]
    match = _BEFORE.search(near)
    if match is None or owner is None:
        return "", Place(element, False, "")
    return match[1], Place(owner, before is not None, near[match.start() :])


def _weekdays_in_text(inventory: Inventory) -> Iterator[Fault]:
    running = inventory.running
    if not _IN_TEXT.search(running.words):
        return
    for match in _IN_TEXT.finditer(running.string):
        stem = _STEM.search(running.string, max(0, match.start() - 6), match.start())
        value = read_value(f"{match['year']}-{month_number(match['month']):02d}-{int(match['day']):02d}")
        day = value.date if value else None
        if stem is None or day is None:
            continue
        name = f"{stem[0]}day"
        place = running.place(stem.start(), match.end())
        if weekday_number(name) != day.weekday() and (place.tail or place.element.tag != _DATE):
            yield _not_that_day(name, day, place)
