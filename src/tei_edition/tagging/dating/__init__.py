"""The document's own date: its dateline, else an interval by what else is known of it.

The date in a decimal file number is the date of the document in 84 of 100 published ones, earlier in 12 (the paper
answers another) and later in 4 (it was filed with another): alone it proves nothing. So it gives an interval as wide as
experience says (`data/dating-lags.tsv`), and what the source note says of drafting and receipt, the names of folders,
the telegrams that it answers and the neighbours in the volume narrow it. Each of these says so in `Dating.evidence`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from tei_edition.dates import DateExpression, file_number_date, find_dates
from tei_edition.model import Dating, Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.dating.acts import acts
from tei_edition.tagging.dating.evidence import Evidence, Interval, combine
from tei_edition.tagging.dating.neighbours import neighbours
from tei_edition.tagging.dating.numbers import file_number, folders
from tei_edition.tagging.dating.papers import is_editorial, kind_of
from tei_edition.tagging.dating.stamps import answered, mentioned, stamps

__all__ = ["ATTACHED", "bounds", "date_attachments", "date_context", "date_document", "evidence_for"]

ATTACHED = "the attachment's dateline"  # where the years of an attachment come from
_CENTURY = "19"  # begins the years of the series
_AGREED = 0.7  # of the full dates of a text are in one year, if that is taken for its own
_NARROW = 60  # days: an interval that is wider says little


def date_document(reading: Reading, citations: list[Span]) -> Dating | None:
    """Return the date of the document with its evidence, None where nothing is known of it."""
    for text in [*reading.of_kind("dateline"), *reading.of_kind("head")]:
        written = [d for d in find_dates(text.text) if d.complete and (d.first.day or text.block.kind == "dateline")]
        found = next((d for d in written if text.block.kind == "dateline" or _ends_with(text.text, d)), None)
        if found:
            words = " ".join(text.text[found.start : found.end].split())
            cert = "" if text.block.kind == "dateline" else "medium"
            return Dating(_value(found), f"{words}, at the end of the head" if cert else words, cert=cert)
    return None if is_editorial(reading) else _dating(combine(evidence_for(reading, citations)))


def evidence_for(reading: Reading, citations: list[Span]) -> list[Evidence]:
    """Return every piece of evidence for the date of a document that has no dateline."""
    kind = kind_of(reading)
    found = [*stamps(reading), *folders(reading)]
    beside = neighbours(reading.known.folders, reading.document.source.name)
    number = file_number(reading, citations, kind)
    found += [beside] if beside else []
    found += [number[0]] if number else []
    reference = number[1] if number else _middle([*([beside] if beside else []), *found])
    if reference is None:
        reference = _usual_year(reading)
    return [*found, *acts(reading, kind, reference), *answered(reading, reference), *mentioned(reading)]


def _middle(found: Iterable[Evidence]) -> dt.date | None:
    """The middle of the first interval that is short enough for a year to follow from it."""
    for piece in found:
        if piece.first and piece.last and (piece.last - piece.first).days <= 366:
            return piece.first + (piece.last - piece.first) / 2
    return None


def _usual_year(reading: Reading) -> dt.date | None:
    """The middle of the year that most of the full dates of the text are in; None where they do not agree."""
    written = (found for t in reading.texts if _CENTURY in t.text for found in find_dates(t.text))
    years = Counter(found.first.year for found in written if found.first.year and found.first.day)
    year, times = next(iter(years.most_common(1)), (0, 0))
    return dt.date(year, 7, 1) if year and times >= _AGREED * years.total() else None


def _dating(interval: Interval) -> Dating | None:
    """The interval in W3C attributes, never a single fact."""
    ends = {"notBefore": interval.first, "notAfter": interval.last}
    attributes = {name: day.isoformat() for name, day in ends.items() if day}
    if not attributes:
        return None
    wide = interval.first is None or interval.last is None or (interval.last - interval.first).days > _NARROW
    words = "; ".join(dict.fromkeys(piece.words for piece in interval.kept))
    against = "; ".join(dict.fromkeys(piece.words for piece in interval.contradicted))
    evidence = f"{words}; set aside, for it contradicts this: {against}" if against else words
    source = next((piece.source for piece in interval.kept if piece.source), "")
    return Dating(attributes, evidence, cert="low" if wide or against else "medium", source=source)


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
