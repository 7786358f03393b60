"""The ordered table of block rules, and the pass that asks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tei_edition.model import Block, Decoration, Mark
from tei_edition.reading.chunks import Chunk
from tei_edition.reading.openings import part_openings
from tei_edition.reading.page import Made, Page
from tei_edition.reading.paragraph_numbers import number_paragraphs
from tei_edition.reading.rules.attachment import attachment, attachment_head
from tei_edition.reading.rules.closing import closing, postscript
from tei_edition.reading.rules.dateline import dateline, handling
from tei_edition.reading.rules.enclosures import enclosure_line
from tei_edition.reading.rules.head import head, source_line
from tei_edition.reading.rules.heading import heading
from tei_edition.reading.rules.listing import items, led_items, list_head
from tei_edition.reading.rules.opening_lines import opening_lines
from tei_edition.reading.rules.page_break import page_break
from tei_edition.reading.rules.paragraph import paragraph
from tei_edition.reading.rules.plain_list import named_items, numbered_items
from tei_edition.reading.rules.quotation import quotation
from tei_edition.reading.rules.salute import salute
from tei_edition.reading.rules.signature import office, signature
from tei_edition.reading.rules.table import table

# The first rule that takes a chunk has it; the paragraph takes whatever is left.
RULES: tuple[Callable[[Page, int], Made | None], ...] = (
    page_break,
    enclosure_line,
    source_line,
    head,
    dateline,
    handling,
    salute,
    list_head,
    items,
    led_items,
    named_items,
    numbered_items,
    table,
    opening_lines,
    attachment,
    attachment_head,
    office,
    closing,
    signature,
    postscript,
    quotation,
    heading,
    paragraph,
)


def make_blocks(
    text: str, chunks: Sequence[Chunk], marks: Sequence[Mark], style: str
) -> tuple[list[Block], list[Decoration]]:
    """Return the blocks of a text in order, and the characters (bullets) that are layout."""
    page = Page(text, part_openings(text, chunks, marks, style), marks, style)
    decorations: list[Decoration] = []
    i = 0
    while i < len(page.chunks):
        made = next(
            result for rule in RULES if (result := rule(page, i)) is not None and not page.is_parted(i, result.used)
        )
        page.add(made.blocks)
        decorations.extend(made.decorations)
        i += made.used
    return number_paragraphs(page.view, page.blocks), decorations
