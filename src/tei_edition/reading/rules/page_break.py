"""A chunk of nothing but page markers makes no block: its page breaks stand between blocks."""

from __future__ import annotations

from tei_edition.reading.page import Made, Page


def page_break(page: Page, i: int) -> Made | None:
    """Take a chunk that holds no words besides its page markers."""
    chunk = page.chunks[i]
    rest = list(page.marks_in(chunk.start, chunk.end))
    if page.words(i) or any(mark.kind != "pb" for mark in rest):
        return None
    return Made(())
