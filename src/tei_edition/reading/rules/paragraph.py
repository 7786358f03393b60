"""What no other rule takes is a paragraph: nothing of the text is ever left out."""

from __future__ import annotations

from tei_edition.reading.page import Made, Page


def paragraph(page: Page, i: int) -> Made:
    """Any chunk as a paragraph."""
    return page.block(i, "p", "paragraph")
