"""Dates of the text, with the year that the document's own date gives where none is written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from tei_edition.dates import CalendarDay, DateExpression, find_dates, nearest
from tei_edition.model import Dating, Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.dating import ATTACHED
from tei_edition.vocabulary import DATELINE_PLACE

RECOGNISER = "calendar"
# The hour may stand between the place and the date: "White House, 9:05 a.m., December 10, 1954".
_HOUR_BEFORE = re.compile(r"(?:^|[,—–\s]\s*)\d{1,2}(?:[:.]\d\d)? ?[ap]\. ?m\.?,?\s*$")


def recognise_dates(
    reading: Reading, dating: Dating | None, attached: Mapping[int, Dating], *, time_inside: bool
) -> Iterator[Span]:
    """Yield a claim for each date and each time of day that follows one.

    `attached` are the dates of attachments that have datelines of their own; what stands in those takes its year there.

    A year taken from a dateline is no guess; one taken from other evidence carries a certainty. `time_inside`:
    in a dateline the time of day belongs to the date, as the series publishes it; elsewhere it is a `time` of its
    own, and so are the hours from and to ("3:25–4:55 p.m."), which most volumes leave outside the date.
    """
    whole = dating, _reference(dating)
    parts = {number: (own, _reference(own)) for number, own in attached.items()}
    for text in reading.texts:
        known, reference = parts.get(reading.attachment_of(text), whole)
        for found in find_dates(text.text):
            attributes = _value(found, reference)
            guessed = not found.complete and known is not None and known.guessed
            evidence = "" if found.complete else _where_from(known, reference)
            if guessed and reference:
                attributes |= {"cert": known.cert if known else "", "resp": "#tei-edition"}
            joined = bool(found.time) and not found.until and time_inside and text.block.kind == "dateline"
            yield text.span(
                found.start,
                found.time_end if joined else found.end,
                "date",
                RECOGNISER,
                attributes=attributes,
                evidence=evidence,
            )
            if found.time and not joined:
                hours = {"from": found.time, "to": found.until} if found.until else {"when": found.time}
                yield text.span(found.time_start, found.time_end, "time", RECOGNISER, attributes=hours)
    for text in reading.everywhere("dateline") if time_inside else ():
        at = text.folded.find("undated")
        if at >= 0:
            yield text.span(at, at + 7, "date", RECOGNISER, evidence="the dateline says so")


def _where_from(dating: Dating | None, reference: dt.date | None) -> str:
    """Where the year of a date comes from, in an editor's words."""
    if dating is None or reference is None:
        return "no year is known"
    if dating.evidence == ATTACHED:
        return f"the year from {ATTACHED}"
    if not dating.guessed:
        return "the year from the document's dateline"
    if "notBefore" in dating.attributes:
        return "the year from the document's date, which is itself inferred"
    return f"the year from {dating.evidence}"


def dateline_place(reading: Reading) -> Iterator[Span]:
    """Yield the place that a dateline names before its date: "Tel Aviv, January 7, 1956"."""
    for text in reading.everywhere("dateline"):
        date = next(find_dates(text.text), None)
        undated = text.folded.find("undated")
        end = date.start if date else undated
        place = _HOUR_BEFORE.sub("", text.text[: max(end, 0)]).rstrip(" ,—–-[(")
        start = len(place) - len(place.lstrip(" [("))
        stop = len(place.rstrip(" ]),—–-"))
        if start and text.text[start - 1] == "[" and text.text[stop : stop + 1] == "]":
            start, stop = start - 1, stop + 1  # "[place not declassified]" is one thing, brackets included
        if stop > start and any(c.isalpha() for c in place):
            yield text.span(start, stop, "place", DATELINE_PLACE, evidence="before the date of the dateline")


def _reference(dating: Dating | None) -> dt.date | None:
    if dating is None:
        return None
    value = next((v for k in ("when", "notBefore", "from") if (v := dating.attributes.get(k))), "")
    try:
        return dt.date.fromisoformat((value[:10] + "-01-01")[:10])
    except ValueError:
        return None


def _value(found: DateExpression, reference: dt.date | None) -> dict[str, str]:
    first, last = found.first, found.last
    if reference:
        first = nearest(first, reference)
        last = _after(first, nearest(last, reference)) if last else None
    if last is None:
        return {"when": first.iso}
    if first.year is None and last.year is not None:
        first = first._replace(year=last.year)
    if first.year is None or last.year is None:
        return {"when": first.iso} if first.year else {}
    return {"from": first.iso, "to": last.iso}


def _after(first: CalendarDay, last: CalendarDay) -> CalendarDay:
    """The end of a range lies behind its beginning: "December 30–January 2"."""
    if first.year is not None and last.year is not None and last.earliest() < first.earliest():
        return last._replace(year=first.year + 1)
    return last
