"""Who keeps what the source note cites, as the catalogue knows it: the name without misprints, and the town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tei_edition.model import Document, Keeper, Span
from tei_edition.tagging.citations.catalogue import repository


def keepers(document: Document, spans: Sequence[Span]) -> Iterator[Keeper]:
    """Yield each repository that the source note and the line above an old head name and the catalogue knows."""
    ranges = document.source_ranges()
    for span in spans:
        if span.kind == "repository" and any(start <= span.start and span.end <= end for start, end in ranges):
            known = repository(document.source.text[span.start : span.end])
            if known is not None:
                yield Keeper(span.start, span.end, known.name, known.settlement)
