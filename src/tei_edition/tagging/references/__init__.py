"""References inside the edition and to other messages: "Document 158", "footnote 2, Document 87", "Ante, p. 311",
"Embtel 412 and 413".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Document, Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.references.documents import documents, neighbours
from tei_edition.tagging.references.elsewhere import Elsewhere
from tei_edition.tagging.references.notes import NO_SUCH_NOTE, Named, Notes
from tei_edition.tagging.references.pages import pages
from tei_edition.tagging.references.telegrams import recognise_telegrams
from tei_edition.tagging.references.volumes import volumes, years_of

__all__ = ["notes_that_are_not_there", "recognise_references"]

RECOGNISER = "references"
_YEAR = re.compile(r"\b(1[789]\d\d)\b")


def recognise_references(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each reference, with the id that it points to where that can be known."""
    year = _year(reading)
    years = years_of(reading.document)
    notes = Notes(reading, year)
    head = next(iter(reading.of_kind("head")), None)
    editorial = head is not None and "editorial note" in head.folded
    last = ""
    for text in reading.texts:
        elsewhere = Elsewhere(text.text)
        editors = bool(text.note) or editorial
        found = list(documents(text, elsewhere))
        if editors:
            found += neighbours(text, elsewhere, reading.document.number, year)
        named = Named(found, last)
        last = named.before(len(text.text))
        found += notes.references(text, elsewhere, named)
        found += volumes(text, elsewhere, years)
        found += pages(text, elsewhere, year, editors=editors)
        for start, end, kind, ref, evidence in found:
            yield text.span(start, end, kind, RECOGNISER, ref=ref, evidence=evidence)
    yield from recognise_telegrams(reading)


def notes_that_are_not_there(document: Document, spans: Iterable[Span]) -> Iterator[Diagnostic]:
    """Yield a finding for each "footnote 9 above" of a document that has no note 9."""
    missing = [span for span in spans if span.evidence == NO_SUCH_NOTE]
    place = document.source.lines().location if missing else None
    for span in missing:
        words = " ".join(document.source.text[span.start : span.end].split())
        if place is not None:
            yield finding("TG040", f"“{words}” is no note of this document", place(span.start, span.end))


def _year(reading: Reading) -> int:
    """The year of the document, by which the habits of the volumes differ; of an editorial note, which has no date,
    the first that it names; 0: none is known.
    """
    date = reading.date[0] if reading.date else ""
    if date and not date.startswith(("-", "0001")):
        return int(date[:4])
    named = (_YEAR.search(text.text) for text in reading.texts)
    return next((int(year.group()) for year in named if year), 0)
