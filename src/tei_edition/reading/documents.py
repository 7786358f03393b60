"""Several documents in one text, a whole volume even: where each of them begins.

A document begins at its head. Numbered paragraphs, items of an agenda and notes begin with numbers, too; so a line
counts as a head by what stands in it and around it (`volume_heads`), and by the number, which goes on from the head
before. A head without a number counts where notes stand above it, and a line that says where the paper is kept.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Source
from tei_edition.reading.chunks import Line, split_lines
from tei_edition.reading.navigation import is_navigation
from tei_edition.reading.volume_heads import CERTAIN, ENOUGH, Head, numbered_heads, unnumbered_heads


class Parts(NamedTuple):
    """The documents of a text in order, and what their numbers say: which are missing, which stand twice."""

    sources: tuple[Source, ...]
    findings: tuple[Diagnostic, ...]


def split_documents(source: Source) -> list[Source]:
    """Return the documents that a text holds, each with its place in the file; a single document as it is.

    The parts tile the text: no character is lost and none stands twice. What stands before the first head, and is more
    than the navigation of a page, is a part of its own, named `…_front`.
    """
    return list(part_documents(source).sources)


def part_documents(source: Source) -> Parts:
    """Return the documents of a text with the findings about their numbers (RD020 to RD023)."""
    lines = split_lines(source.text)
    numbered = _with_pages(_choose(list(numbered_heads(source.text, lines)), _top(lines)))
    known = {line for head in numbered for line in range(head.page, head.line + 1)}
    others = list(unnumbered_heads(source.text, lines, known))
    heads = _with_unnumbered(numbered, [head for head, plain in others if plain], _top(lines))
    findings = (*_findings(source, lines, heads), *_told(source, lines, others))
    return Parts(tuple(_tiles(source, lines, heads)) if len(heads) > 1 else (source,), findings)


def _with_unnumbered(numbered: list[Head], plain: list[Head], top: int) -> list[Head]:
    """All heads in order. Where the first that was found has no number, the text begins with a document, too: the
    notes above that head are its own.
    """
    heads = sorted([*numbered, *(head._replace(first=head.page) for head in plain)])
    if heads and not heads[0].number:
        heads.insert(0, Head(top, top, top, False, "", 0))
    return heads


# -- which of them are heads ---------------------------------------------------------------------


def _choose(candidates: Sequence[Head], top: int) -> list[Head]:
    """Return the heads: the best series whose numbers increase, and those that are certain whatever their number is,
    because the text begins with them (on the line `top`) or they follow notes. A number that follows the one before
    directly counts for 1.
    """
    plain = [head for head in candidates if head.score >= ENOUGH]
    if not plain:
        return []
    if plain[0].page == top:
        # Below the head of document 280, "1. Report by the Secretary" is a part of it, unless notes stand above.
        plain = [head for head in plain if head is plain[0] or head.below_notes or head.order >= plain[0].order]
    best: list[tuple[int, int]] = []  # the weight of the best series that ends in each head, and the head before
    orders: list[int] = []  # increasing, with the best weight so far: a staircase
    tops: list[tuple[int, int]] = []
    ends: dict[int, tuple[int, int]] = {}
    for number, head in enumerate(plain):
        own = head.score - ENOUGH + 1
        at = bisect.bisect_left(orders, head.order)
        weight, before = tops[at - 1] if at else (0, -1)
        for previous in (head.order - 1, (head.order // 27 - 1) * 27):
            follows = ends.get(previous)
            if follows and follows[0] + 1 > weight:
                weight, before = follows[0] + 1, follows[1]
        best.append((weight + own, before))
        if head.order not in ends or ends[head.order][0] < weight + own:
            ends[head.order] = (weight + own, number)
        _keep(orders, tops, head.order, (weight + own, number))
    number = max(range(len(plain)), key=lambda i: best[i][0])
    series = set()
    while number >= 0:
        series.add(number)
        number = best[number][1]
    return [
        head
        for i, head in enumerate(plain)
        if i in series or head.page == top or (head.below_notes and head.score >= CERTAIN)
    ]


def _top(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if not line.blank), 0)


def _with_pages(heads: list[Head]) -> list[Head]:
    """Decide whom a page marker above a head belongs to where no notes part it from the text before.

    Below notes it belongs to the head that follows, and so it does elsewhere, unless the text has notes above its heads
    and no page marker between these.
    """
    below = [head for head in heads if head.below_notes]
    if below and not any(head.page < head.first for head in below):
        return heads
    return [head._replace(first=head.page) for head in heads]


def _keep(orders: list[int], tops: list[tuple[int, int]], order: int, top: tuple[int, int]) -> None:
    """Put a series into the staircase, unless one that ends with a smaller number weighs as much."""
    at = bisect.bisect_right(orders, order)
    if at and tops[at - 1][0] >= top[0]:
        return
    low = bisect.bisect_left(orders, order)
    high = at
    while high < len(orders) and tops[high][0] <= top[0]:
        high += 1
    orders[low:high] = [order]
    tops[low:high] = [top]


# -- the documents, and what their numbers say ---------------------------------------------------


def _tiles(source: Source, lines: Sequence[Line], heads: Sequence[Head]) -> Iterator[Source]:
    """Yield the parts of a text: the front, if there is one, and each document up to the head of the next."""
    starts = [lines[head.first].start - lines[head.first].indent for head in heads]
    if not _has_front(source.text, lines, heads[0]):
        starts[0] = 0
    elif starts[0]:
        yield _part(source, 0, starts[0], 1, "front")
    seen: dict[str, int] = {}
    for head, start, end in zip(heads, starts, [*starts[1:], len(source.text)], strict=True):
        seen[head.number] = seen.get(head.number, 0) + 1
        again = f"-{seen[head.number]}" if seen[head.number] > 1 else ""
        name = f"d{head.number}{again}" if head.number else f"u{seen['']}"
        yield _part(source, start, end, head.first + 1 if start else 1, name)


def _part(source: Source, start: int, end: int, line: int, name: str) -> Source:
    return dataclasses.replace(
        source,
        text=source.text[start:end],
        name=f"{source.name}_{name}",
        whole=source.name,
        offset=source.offset + start,
        line=source.line + line - 1,
    )


def _has_front(text: str, lines: Sequence[Line], first: Head) -> bool:
    """Whether more than navigation stands before the first head."""
    return any(not line.blank and not is_navigation(text[line.start : line.end]) for line in lines[: first.first])


def _findings(source: Source, lines: Sequence[Line], heads: Sequence[Head]) -> Iterator[Diagnostic]:
    if len(heads) < 2:
        return
    place = source.lines().location
    if _has_front(source.text, lines, heads[0]):
        what = f"what stands before document {heads[0].number} became a document of its own, {source.name}_front"
        yield finding("RD022", what, place(0, lines[heads[0].first].start))
    for before, head in itertools.pairwise(head for head in heads if head.number):
        here = place(lines[head.line].start, lines[head.line].end)
        low, high = before.order // 27 + 1, head.order // 27 - 1
        if head.order <= before.order:
            what = "stands a second time" if head.order == before.order else f"follows document {before.number}"
            yield finding("RD021", f"document {head.number} {what}", here)
        elif low <= high:
            between = "and" if high == low + 1 else "to"
            which = f"documents {low} {between} {high} are" if low < high else f"document {low} is"
            yield finding("RD020", f"{which} missing between {before.number} and {head.number}", here)


def _told(source: Source, lines: Sequence[Line], others: Sequence[tuple[Head, bool]]) -> Iterator[Diagnostic]:
    """Say of each head without a number what became of it."""
    place = source.lines().location if others else None
    for head, plain in others:
        line = lines[head.line]
        words = " ".join(source.text[line.start : line.end].split())[:60]
        if place and plain:
            what = f"“{words}” begins a document without a number, below the notes of the one before"
            yield finding("RD070", what, place(line.start, line.end))
        elif place:
            what = f"“{words}” seems to be the head of a document without a number; it stays with the document before"
            yield finding("RD023", what, place(line.start, line.end))
