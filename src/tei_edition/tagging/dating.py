"""The document's own date: its dateline, else what its file number and the telegrams that it answers allow to say.

In the published volumes the date in a decimal file number is the date of the document in 84 of 100 cases, and earlier
in 12: so it gives a "not before" of medium certainty, and nothing stronger.
"""

from __future__ import annotations

import datetime as dt

from tei_edition.dates import MONTHS, CalendarDay, DateExpression, file_number_date, find_dates, nearest
from tei_edition.model import Dating, Span
from tei_edition.tagging.context import Reading

ATTACHED = "the attachment's dateline"  # where the years of an attachment come from


def date_document(reading: Reading, citations: list[Span]) -> Dating | None:
    """Return the date of the document with its evidence, None where nothing is known of it."""
    for text in [*reading.of_kind("dateline"), *reading.of_kind("head")]:
        written = [d for d in find_dates(text.text) if d.complete and (d.first.day or text.block.kind == "dateline")]
        found = next((d for d in written if text.block.kind == "dateline" or _ends_with(text.text, d)), None)
        if found:
            words = " ".join(text.text[found.start : found.end].split())
            cert = "" if text.block.kind == "dateline" else "medium"
            return Dating(_value(found), f"{words}, at the end of the head" if cert else words, cert=cert)
    return _from_file_number(reading, citations)


def bounds(dating: Dating) -> tuple[str, str]:
    """Return the earliest and the latest date that a dating allows, in W3C form; an open end is far away."""
    value = dating.attributes
    when = value.get("when", "")
    first = when or value.get("from") or value.get("notBefore") or "0001"
    last = when or value.get("to") or value.get("notAfter") or "9999"
    return first, last


def date_attachments(reading: Reading) -> dict[int, Dating]:
    """Return the date of each attachment whose own dateline gives one, by its number: years in it are those of its
    day, and not of the day of the document that it is attached to.
    """
    found: dict[int, Dating] = {}
    for text in reading.everywhere("dateline"):
        number = reading.attachment_of(text)
        date = next((d for d in find_dates(text.text) if d.complete), None)
        if number and date and number not in found:
            found[number] = Dating(_value(date), ATTACHED)
    return found


def _value(found: DateExpression) -> dict[str, str]:
    last = found.last
    return {"from": found.first.iso, "to": last.iso} if last and last.year else {"when": found.first.iso}


def _ends_with(head: str, found: DateExpression) -> bool:
    """Whether a head closes with its date, as those of the electronic volumes do; another date in it is its subject."""
    return not head[max(found.end, found.time_end) :].strip(" .,Z\n")


def date_context(reading: Reading, citations: list[Span]) -> Dating | None:
    """Return a date by which years can be supplied where the document itself has none (an editorial note).

    It is that of the first file number or of the first full date in the text: evidence for a year, not for the
    document.
    """
    text = reading.document.source.text
    days = (file_number_date(text[span.start : span.end]) for span in sorted(citations) if span.kind == "file-number")
    day = next((day for day in days if day), None)
    if day:
        return Dating({"when": day.isoformat()}, "a file number in the document", cert="medium")
    written = (found for t in reading.texts for found in find_dates(t.text) if found.complete and found.first.day)
    first = next(written, None)
    return Dating({"when": first.first.iso}, "the first full date in the document", cert="medium") if first else None


def _from_file_number(reading: Reading, citations: list[Span]) -> Dating | None:
    ranges = reading.document.source_ranges()
    for span in sorted(citations):
        number = reading.document.source.text[span.start : span.end]
        inside = next((start for start, end in ranges if start <= span.start < end), None)
        if span.kind != "file-number" or inside is None:
            continue
        if ". " in reading.document.source.text[inside : span.start]:
            return None  # a later sentence cites the file of another paper
        day = file_number_date(number)
        if day:
            evidence = f"not before {MONTHS[day.month - 1]} {day.day}, {day.year}: the file number of the source note"
            evidence += " and the telegrams that this one answers" if _answered_on(reading, day) else ""
            note = reading.document.source_note()
            return Dating({"notBefore": day.isoformat()}, evidence, cert="medium", source=note.name if note else "")
        return None
    return None


def _answered_on(reading: Reading, day: dt.date) -> bool:
    """Whether a note dates a telegram that the opening of the text refers to on the very day of the file number."""
    opening = next(iter(reading.of_kind("p")), None)
    if opening is None:
        return False
    for text in reading.texts:
        if not text.note or not text.folded.startswith("telegram"):
            continue
        number = next((word.folded for word in text.words if word.folded.isdigit()), "")
        dates = (nearest(found.first, day) for found in find_dates(text.text))
        if number and number in opening.text[:200] and any(_same(date, day) for date in dates):
            return True
    return False


def _same(date: CalendarDay, day: dt.date) -> bool:
    return (date.year, date.month, date.day) == (day.year, day.month, day.day)
