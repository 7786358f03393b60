"""What an editor is told about lists and about the page style where they were decided on little evidence."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Block, Document
from tei_edition.reading.chunks import Line, StyleEvidence, is_wrapped

Place = Callable[[int, int], Location]
_SIGNS = ("• ", "‣ ", "- ", "– ", "* ")


def about_lists(document: Document, place: Place) -> Iterator[Diagnostic]:
    """Yield a note for each list that no bullet marks (RD040, RD041), one for bullets left in the text (RD042)."""
    text = document.source.text
    for rule, blocks in itertools.groupby(document.blocks, key=lambda block: block.rule):
        run = list(blocks)
        items = [block for block in run if block.kind == "item"]
        if rule == "numbered_items" and items:
            what = f"{len(items)} lines that begin with numbers, from “{_words(text, run[0])}…”, were read as a list"
            yield finding("RD040", what, place(run[0].start, run[-1].end))
        elif rule == "named_items" and items:
            what = f"{len(items)} lines below “{_words(text, run[0])}” were read as a list, though they have no bullets"
            yield finding("RD041", what, place(run[0].start, run[-1].end))
    left = [b for b in document.blocks if b.rule == "paragraph" and text.startswith(_SIGNS, b.start)]
    if left:
        more = f" and {len(left) - 1} more" if len(left) > 1 else ""
        what = f"“{_words(text, left[0])}…”{more}: a paragraph that begins with a bullet and stands alone or is long"
        yield finding("RD042", what, place(left[0].start, left[0].start + 1))


def about_style(
    document: Document, lines: list[Line], evidence: StyleEvidence, place: Place
) -> Iterator[Diagnostic]:
    """Yield a note where the text speaks for both page styles (RD043), or for none (RD044)."""
    if document.style == "list" and is_wrapped(lines) and _run_on(document.source.text, lines):
        what = "the lines are broken to a width, and no blank lines part the paragraphs: each line became one"
        yield finding("RD044", what, place(0, 0))
        return
    if evidence.doubtful and evidence.style == document.style:
        what = (
            f"paragraphs are parted by blank lines {evidence.parted} times, by ends of lines {evidence.adjacent} times:"
            f" read in the style “{document.style}”"
        )
        yield finding("RD043", what, place(0, 0))


def _run_on(text: str, lines: list[Line]) -> bool:
    """Whether most lines end in the midst of a sentence."""
    written = [line for line in lines if not line.blank]
    ended = sum(1 for line in written if text[line.end - 1] in ".?!:↩”\"")
    return 2 * ended < len(written)


def _words(text: str, block: Block) -> str:
    return " ".join(text[block.start : min(block.end, block.start + 40)].split())
