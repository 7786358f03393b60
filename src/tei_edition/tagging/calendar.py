"""Dates of the text, with the year that the sentence or the document's own date gives where none is written."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tei_edition.dates import WEEKDAYS, DateExpression, find_dates, find_expressions, impossible_days
from tei_edition.dates.figures import in_century
from tei_edition.dates.hours import TimeOfDay, find_times
from tei_edition.dates.relative import RelativeDate, find_relative, resolve_relative
from tei_edition.dates.written import MONTH_ANCHOR
from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Dating, Document, Span
from tei_edition.tagging.clocks import attributes_with_offset, zones_of_link
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.dating import ATTACHED
from tei_edition.tagging.source_note.marks import behind_marks
from tei_edition.tagging.years import Reference, is_untold, reference, sentence_ends, with_year
from tei_edition.vocabulary import DATELINE_PLACE

RECOGNISER = "calendar"
# The hour may stand between the place and the date: "White House, 9:05 a.m., December 10, 1954".
_HOUR_BEFORE = re.compile(r"(?:^|[,—–\s]\s*)\d{1,2}(?:[:.]\d\d)? ?[ap]\. ?m\.?,?\s*$")
_TWO_HOURS = re.compile(r" and \d")  # "7:30 a.m. and 6 p.m." are two moments of one day
# Without one of these a passage names no day and no hour.
_DIGIT = re.compile(r"\d")
_OF_TIME = ("day", "night", "evening", "morning", "noon", "Noon", "omorrow", "date")
# A dateline, as far as it can be told by its looks: "Washington, ", "London, the ".
_LONGEST_DATELINE = 100  # characters
_PLACE_ALONE = re.compile(r"\[?(?:[A-Z][\w’.-]*,?\]? ){1,5}(?:the )?$")
_GUESS = {"resp": "#tei-edition"}
_WEEKDAY = re.compile("|".join(WEEKDAYS), re.IGNORECASE)


def recognise_dates(
    reading: Reading,
    dating: Dating | None,
    attached: Mapping[int, Dating],
    *,
    time_inside: bool,
    places: Iterable[Span] = (),
) -> Iterator[Span]:
    """Yield a claim for each date and each time of day.

    `places`: what is claimed so far, with the places of datelines, by whose clocks the hours are told.

    `attached` are the dates of attachments that have datelines of their own; what stands in those takes its year there.

    A year taken from a dateline is no guess; one taken from other evidence carries a certainty. `time_inside`:
    in a dateline the time of day belongs to the date, as the series publishes it, and only datelines are wanted;
    elsewhere it is a `time` of its own, and so are the hours from and to ("3:25–4:55 p.m."), which most volumes leave
    outside the date.
    """
    whole = reference(dating or _any_year(reading))
    telegram = any("telegram" in text.folded for text in reading.of_kind("head"))
    linked = {span.start: zones_of_link(span, reading.known) for span in places if span.recogniser == DATELINE_PLACE}
    parts = {number: reference(own) for number, own in attached.items()}
    for text in reading.texts:
        if time_inside and text.block.kind != "dateline":
            continue
        known = parts.get(reading.attachment_of(text), whole)
        place = _place(text) if text.block.kind == "dateline" else None
        zones = linked.get(text.span(*place, "place", RECOGNISER).start) if place else None
        clock = functools.partial(
            attributes_with_offset, place=_words(text, place), gazetteer=reading.known.gazetteer, linked=zones
        )
        yield from _of_passage(text, known, clock, time_inside=time_inside, telegram=telegram)
    yield from _undated(reading, dating, time_inside=time_inside)


def _undated(reading: Reading, dating: Dating | None, *, time_inside: bool) -> Iterator[Span]:
    """ "[undated]" in a dateline: where the date was inferred, it says in which interval the document lies; as the
    series publishes it, it says nothing.
    """
    inferred = {k: v for k, v in dating.attributes.items() if k in ("notBefore", "notAfter")} if dating else {}
    for text in reading.everywhere("dateline"):
        at = text.folded.find("undated")
        if at < 0 or not (time_inside or (inferred and dating and not reading.attachment_of(text))):
            continue
        if time_inside or dating is None:
            yield text.span(at, at + 7, "date", RECOGNISER, evidence="the dateline says so")
        else:
            attributes = {**inferred, "cert": dating.cert, **_GUESS}
            yield text.span(at, at + 7, "date", RECOGNISER, attributes=attributes, evidence=dating.evidence)


def _any_year(reading: Reading) -> Dating | None:
    """The first month with a year that a document names which has no better date: better than no year at all."""
    dates = (found.first for text in reading.texts for found in find_dates(text.text) if found.first.month)
    first = next((day for day in dates if day.year), None)
    return Dating({"when": first.iso}, "the first date with a year in the document", cert="low") if first else None


def _of_passage(
    text: Text, known: Reference, clock: Callable[..., dict[str, str]], *, time_inside: bool, telegram: bool
) -> Iterator[Span]:
    if not _tells_of_time(text.text):
        return
    dates = _resolved(text, known)
    dateline = text.block.kind == "dateline"
    taken = [(found.start, found.end) for found, _, _ in dates]
    for found, written, beside in dates:
        attributes, evidence = _value(found), ""
        if not written:
            evidence = "the year that stands beside it" if beside else _where_from(known)
            if known.dating is not None and known.dating.guessed and known.day and not beside:
                attributes |= {"cert": known.dating.cert, **_GUESS}
            elif not beside and is_untold(text.text, found, known):
                attributes |= {"cert": "medium", **_GUESS}
        if found.week:
            attributes |= {"cert": "medium", **_GUESS}
            evidence = "the week that holds this day"
        joined = bool(found.time) and not found.until and time_inside and dateline
        if joined and _TWO_HOURS.match(text.text, found.time_end):
            joined = False
        end = found.time_end if joined else found.end
        if joined and "when" in attributes and found.first.day and found.first.year:
            hour = clock({"when": found.time}, words=found.zone, day=found.first.earliest())["when"]
            attributes["when"] = f"{attributes['when']}T{hour}"
        yield text.span(found.start, end, "date", RECOGNISER, attributes=attributes, evidence=evidence)
    if not dateline:
        yield from _relative(text, known, dates, taken, telegram=telegram)
    if not time_inside:
        yield from _times(text, taken, dates, known, clock)


def _tells_of_time(text: str) -> bool:
    """Whether a text has anything with which a day or an hour could be named; one in two has not."""
    if _DIGIT.search(text):
        return True
    for word in _OF_TIME:  # eight plain searches take less than an expression with eight branches
        if word in text:
            return True
    return MONTH_ANCHOR.search(text) is not None


def _resolved(text: Text, known: Reference) -> list[tuple[DateExpression, bool, bool]]:
    """The dates of a passage with their years; whether each was written with it, and whether the sentence gives it."""
    dates: list[tuple[DateExpression, bool, bool]] = []
    before: DateExpression | None = None
    for expression in find_expressions(text.text):
        written = expression.complete
        found, beside = with_year(text.text, in_century(expression, known.day), known, before, editor=bool(text.note))
        if found.first.year is None and found.first.day is None:
            continue  # a month of no year has no value
        dates.append((found, written, beside))
        if written or not beside:
            before = found if written else None
    return dates


def _value(found: DateExpression) -> dict[str, str]:
    first, last = found.first, found.last
    if found.moment:
        return {"when": f"{first.iso}T{found.moment}" if first.year else first.iso}
    if found.week and first.year and first.day:
        day = first.earliest()
        monday = day if day.weekday() == 6 else day - dt.timedelta(days=day.weekday())
        return {"from": monday.isoformat(), "to": (monday + dt.timedelta(days=6)).isoformat()}
    if last is None:
        return {"when": first.iso}
    if first.year is None or last.year is None:
        return {}
    names = ("notBefore", "notAfter") if found.vague else ("from", "to")
    return dict(zip(names, (first.iso, last.iso), strict=True))


def _relative(
    text: Text,
    known: Reference,
    dates: Sequence[tuple[DateExpression, bool, bool]],
    taken: list[tuple[int, int]],
    *,
    telegram: bool,
) -> Iterator[Span]:
    """What is named by the document's own day, or by the date before it.

    A telegram tells of its day; elsewhere "today" may be these times, and what a memorandum reports was said before.

    A note speaks for the editor, whose today is not the document's; "the following day" counts from the date before
    it there, too.
    """
    dated = list(taken)  # in order, as what counts from another day is: each is asked of the date behind its beginning
    ends = [end for _, end in dated]
    for found in find_relative(text.text):
        behind = bisect.bisect_right(ends, found.start)
        if behind < len(dated) and dated[behind][0] < found.end:
            continue
        attachment = known.dating is not None and known.dating.evidence == ATTACHED
        day, evidence = known.exact, ATTACHED if attachment else "the document's own date"
        if found.unit == "text":
            day, evidence = _date_before(found, dates, ends), "the date before it"
        elif text.note:
            continue
        value = resolve_relative(found, day) if day else None
        if value is None:
            continue
        iso = f"{value.iso}T{found.moment}" if found.moment else value.iso
        sure = found.sure and (telegram or found.unit != "day")
        attributes = {"when": iso, "cert": "medium" if sure else "low", **_GUESS}
        taken.append((found.start, found.end))
        yield text.span(
            found.start, found.end, "date", RECOGNISER, attributes=attributes, evidence=f"counted from {evidence}"
        )


def _date_before(
    found: RelativeDate, dates: Sequence[tuple[DateExpression, bool, bool]], ends: Sequence[int]
) -> dt.date | None:
    """The last full day that a passage names before an expression, not further back than the sentence before."""
    at = bisect.bisect_right(ends, found.start)
    before = dates[at - 1][0] if at else None
    if before is None or before.last or not before.first.day or not before.first.year:
        return None
    return before.first.earliest() if found.start - before.end < _NEAR else None


_NEAR = 400  # characters from a date to "the following day"


def _day_of(
    text: Text,
    time: TimeOfDay,
    dates: Sequence[tuple[DateExpression, bool, bool]],
    ends: Sequence[int],
    known: Reference,
) -> dt.date | None:
    """The day by which a clock is read: that of its sentence, the one before the hour first; else the document's, if
    the passage names no other; a dateline has one.
    """
    at = bisect.bisect_right(ends, time.start)
    for beside in dates[max(0, at - 1) : at + 1]:
        day = beside[0]
        between = text.text[min(day.end, time.end) : max(day.start, time.start)]
        whole = day.first.day and day.first.year and len(between) < _NEAR and not sentence_ends(between)
        if whole or text.block.kind == "dateline":
            return day.first.earliest() if day.first.day and day.first.year else None
    return None if dates else known.day


def _times(
    text: Text,
    taken: Sequence[tuple[int, int]],
    dates: Sequence[tuple[DateExpression, bool, bool]],
    known: Reference,
    clock: Callable[..., dict[str, str]],
) -> Iterator[Span]:
    ends = [found.end for found, _, _ in dates]
    inside = iter(sorted(taken))
    start, end = next(inside, (0, 0))
    for time in find_times(text.text):
        while end <= time.start and end:
            start, end = next(inside, (0, 0))
        if end and start < time.end:
            continue
        attributes = clock(_hours(time), words=time.zone, day=_day_of(text, time, dates, ends, known))
        yield text.span(time.start, time.end, "time", RECOGNISER, attributes=attributes)


def _hours(time: TimeOfDay) -> dict[str, str]:
    if not time.until:
        return {"when": time.value}
    # "8 p.m. to 5 a.m." ends on the next day: a clock alone cannot say that.
    return {"from": time.value, "to": time.until} if time.value <= time.until else {"from": time.value}


def _where_from(known: Reference) -> str:
    """Where the year of a date comes from, in an editor's words."""
    dating = known.dating
    if dating is None or known.day is None:
        return "no year is known"
    if dating.evidence == ATTACHED:
        return f"the year from {ATTACHED}"
    if not dating.guessed:
        return "the year from the document's dateline"
    if "notBefore" in dating.attributes:
        return "the year from the document's date, which is itself inferred"
    return f"the year from {dating.evidence}"


def contradicted_weekdays(document: Document, spans: Sequence[Span]) -> Iterator[Diagnostic]:
    """Yield a finding for each day that was not the day of the week that is written with it."""
    for span in spans:
        when = dict(span.attributes).get("when", "") if span.kind == "date" and span.recogniser == RECOGNISER else ""
        weekday = _WEEKDAY.match(document.source.text, span.start) if len(when) >= 10 else None
        if weekday is None or when.startswith("-"):
            continue
        day = dt.date.fromisoformat(when[:10])
        name = WEEKDAYS[day.weekday()]
        if name != weekday.group().capitalize():
            words = " ".join(document.source.text[span.start : span.end].split())
            yield finding(
                "TG060",
                f"“{words}”: {day.isoformat()} was a {name}",
                document.source.lines().location(span.start, span.end),
            )


def impossible_datelines(reading: Reading) -> Iterator[Diagnostic]:
    """Yield a finding for each dateline whose day no calendar has: the document stays without a date.

    A line that is nothing but a place and such a day is read as a paragraph, for it holds no date.
    """
    for text in reading.everywhere("dateline", "p"):
        if len(text.text) > _LONGEST_DATELINE:
            continue
        for start, end in impossible_days(text.text):
            if text.block.kind == "p" and not (_PLACE_ALONE.match(text.text[:start]) and text.text[end:] in ("", ".")):
                continue
            place = text.span(start, end, "date", RECOGNISER)
            words = " ".join(text.text[start:end].split())
            location = reading.document.source.lines().location(place.start, place.end)
            yield finding("TG061", f"“{words}”: there is no such day", location)


def dateline_place(reading: Reading) -> Iterator[Span]:
    """Yield the place that a dateline names before its date: "Tel Aviv, January 7, 1956"."""
    for text in reading.everywhere("dateline"):
        place = _place(text)
        withheld = reading.profile != "frus" and "not declassified" in _words(text, place)
        if place and not withheld:  # the published series tags what stands for a place, too
            yield text.span(*place, "place", DATELINE_PLACE, evidence="before the date of the dateline")


def _place(text: Text) -> tuple[int, int] | None:
    """Where a dateline names its place; None where it names none."""
    date = next(find_dates(text.text), None)
    undated = text.folded.find("undated")
    end = date.start if date else undated
    place = _HOUR_BEFORE.sub("", text.text[: max(end, 0)]).rstrip(" ,—–-[(")
    start = behind_marks(place)
    start = len(place) - len(place[start:].lstrip(" [("))
    stop = len(place.rstrip(" ]),—–-"))
    if start and text.text[start - 1] == "[" and text.text[stop : stop + 1] == "]":
        start, stop = start - 1, stop + 1  # "[place not declassified]" is one thing, brackets included
    return (start, stop) if stop > start and any(c.isalpha() for c in place) else None


def _words(text: Text, place: tuple[int, int] | None) -> str:
    return text.text[slice(*place)] if place else ""
