"""The one sweep that writes a block's words, marks and spans as mixed content.

Text is copied slice by slice from the source, verbatim; elements are built through the lxml API only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from tei_edition.model import Block, Mark, Span
from tei_edition.vocabulary import KINDS

MakeSpan = Callable[[Span], etree._Element | None]
MakeMark = Callable[[Mark], etree._Element | None]


def append_text(element: etree._Element, text: str) -> None:
    """Put text behind everything that the element holds so far."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def write_block(
    parent: etree._Element,
    text: str,
    block: Block,
    spans: Sequence[Span],
    marks: Iterable[Mark],
    make_span: MakeSpan,
    make_mark: MakeMark,
) -> list[tuple[int, int]]:
    """Write the words of a block into `parent`; return the ranges of the source that were written as text.

    `spans` (properly nested, in writing order) and `marks` lie inside the block. A `make_` function that returns None
    leaves the words as they are: the profile does not tag such a span, or the mark leaves no element.
    """
    stack: list[tuple[etree._Element, int]] = [(parent, block.end)]
    written: list[tuple[int, int]] = []
    at = block.start

    def copy(upto: int) -> None:
        nonlocal at
        if upto > at:
            append_text(stack[-1][0], text[at:upto])
            written.append((at, upto))
            at = upto

    def close(position: int) -> None:
        while len(stack) > 1 and stack[-1][1] <= position:
            copy(stack[-1][1])
            stack.pop()

    events: list[Mark | Span] = [*marks, *spans]
    for event in sorted(events, key=_order):
        close(event.start)
        copy(event.start)
        element = make_mark(event) if isinstance(event, Mark) else make_span(event)
        if element is not None:
            stack[-1][0].append(element)
        if isinstance(event, Mark):
            at = event.end
        elif element is not None:
            stack.append((element, event.end))
    close(block.end)
    copy(block.end)
    return written


def _order(event: Mark | Span) -> tuple[int, int, int]:
    """Spans that open where a mark stands open behind it, unless the mark is inside: marks never begin a name."""
    if isinstance(event, Mark):
        return event.start, 0, 0
    return event.start, 1, -event.end * 64 - len(KINDS[event.kind].holds)
