"""The document's own date: its dateline, else an interval by what else is known of it.

The date in a decimal file number is the date of the document in 84 of 100 published ones, earlier in 12 (the paper
answers another) and later in 4 (it was filed with another): alone it proves nothing. So it gives an interval as wide as
experience says (`data/dating-lags.tsv`), and what the source note says of drafting and receipt, the names of folders,
the telegrams that it answers and the neighbours in the volume narrow it. Each of these says so in `Dating.evidence`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from tei_edition.dates import DateExpression, file_number_date, find_dates
from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Dating, Document, Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.dating.acts import acts
from tei_edition.tagging.dating.evidence import Evidence, Interval, combine, in_words
from tei_edition.tagging.dating.neighbours import neighbours
from tei_edition.tagging.dating.numbers import file_number, folders
from tei_edition.tagging.dating.papers import is_editorial, kind_of
from tei_edition.tagging.dating.stamps import answered, mentioned, stamps

__all__ = [
    "ATTACHED",
    "bounds",
    "contradicted_evidence",
    "date_attachments",
    "date_context",
    "date_document",
    "evidence_for",
]

ATTACHED = "the attachment's dateline"  # where the years of an attachment come from
_CENTURY = "19"  # begins the years of the series
_AGREED = 0.7  # of the full dates of a text are in one year, if that is taken for its own
_YEAR = 366  # days: from a longer interval no year follows
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
        if piece.first and piece.last and (piece.last - piece.first).days <= _YEAR:
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
    evidence = f"{_in_words(interval)}: {words}"
    evidence += f"; set aside, for it contradicts this: {against}" if against else ""
    source = next((piece.source for piece in interval.kept if piece.source), "")
    return Dating(attributes, evidence, "low" if wide or against else "medium", source, against)


def contradicted_evidence(document: Document, dating: Dating | None) -> Iterator[Diagnostic]:
    """Yield a finding where pieces of evidence for the date exclude each other: an editor can tell which is wrong."""
    if dating is None or not dating.contradicted:
        return
    note = document.source_note()
    start, end = (note.start, note.end) if note else (0, 1)
    first, last = bounds(dating)
    message = f"the document is dated {first} to {last}, but {dating.contradicted}"
    yield finding("TG065", message, document.source.lines().location(start, end))


def _in_words(interval: Interval) -> str:
    first = f"not before {in_words(interval.first)}" if interval.first else ""
    last = f"not after {in_words(interval.last)}" if interval.last else ""
    return ", ".join(filter(None, (first, last)))


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


def date_context(reading: Reading, citations: list[Span], dating: Dating | None) -> Dating | None:
    """Return a date by which years can be supplied: the document's own, if a year follows from it.

    Where it has none (an editorial note) or one that is too wide, it is that of its neighbours, of the first file
    number, or of the first full date in the text: evidence for a year, not for the document.
    """
    if dating is not None and _tells_year(dating):
        return dating
    earliest, latest = bounds(dating) if dating else ("0001", "9999")
    beside = neighbours(reading.known.folders, reading.document.source.name)
    if beside and (context := _dating(combine([beside]))):
        return context
    for day, words in _days_of(reading, citations):
        if earliest <= day.isoformat() <= latest:
            return Dating({"when": day.isoformat()}, words, cert="medium")
    return dating


def _tells_year(dating: Dating) -> bool:
    """Whether a date is that of a day, or an interval of no more than a year."""
    if not {"notBefore", "notAfter"} & dating.attributes.keys():
        return True
    first, last = (dating.attributes.get(name) for name in ("notBefore", "notAfter"))
    return bool(first and last) and (dt.date.fromisoformat(str(last)) - dt.date.fromisoformat(str(first))).days <= _YEAR


def _days_of(reading: Reading, citations: list[Span]) -> Iterator[tuple[dt.date, str]]:
    """The days in the file numbers of a text, then its full dates."""
    text = reading.document.source.text
    for span in sorted(citations):
        day = file_number_date(text[span.start : span.end]) if span.kind == "file-number" else None
        if day:
            yield day, "a file number in the document"
    for passage in reading.texts:
        for found in find_dates(passage.text):
            if found.complete and found.first.day:
                yield found.first.earliest(), "the first full date in the document"
