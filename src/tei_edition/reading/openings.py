"""Openings that no blank line parts: head, dateline and handling, or an attachment's heading and title, as one chunk.

    280. Telegram From the Consulate in Elisabethville to the Department of State
    Elisabethville, May 4, 1961.
    SECRET

A line of its own that is a dateline or says how the paper was handled ends what stands above it.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Sequence

from tei_edition.model import Mark
from tei_edition.reading.chunks import Chunk, Line
from tei_edition.reading.rules.attachment import is_attachment_heading
from tei_edition.reading.rules.dateline import is_dateline, is_handling
from tei_edition.reading.rules.head import LONGEST_HEAD, document_number
from tei_edition.view import View

_HEADS = 3  # chunks from the top among which the head is
_LINES = 8  # of an opening


def part_openings(text: str, chunks: Sequence[Chunk], marks: Sequence[Mark], style: str) -> list[Chunk]:
    """Return the chunks, with those that hold an opening parted into the lines of it; only in the style `page`."""
    if style == "list":
        return list(chunks)
    starts = [mark.start for mark in marks]
    parted: list[Chunk] = []
    for i, chunk in enumerate(chunks):
        if len(chunk.lines) > 1:
            words = [_words(text, line, marks, starts) for line in chunk.lines[:_LINES]]
            parted.extend(_parts(chunk, words, may_be_head=i < _HEADS))
        else:
            parted.append(chunk)
    return parted


def _words(text: str, line: Line, marks: Sequence[Mark], starts: Sequence[int]) -> str:
    """The words of a line without marks; none where it is too long for an opening."""
    if line.end - line.start > LONGEST_HEAD:
        return ""
    inside = marks[bisect.bisect_left(starts, line.start) : bisect.bisect_left(starts, line.end)]
    return View(text, line.start, line.end, inside).text.strip()


def _parts(chunk: Chunk, words: list[str], *, may_be_head: bool) -> Iterator[Chunk]:
    """The pieces of a chunk: heading, title, each dateline or line of handling, and what stands below them."""
    attached = is_attachment_heading(words[0])
    first = next((k for k, line in enumerate(words) if k and _is_opening(line)), 0)
    if not first or not (attached or (may_be_head and document_number(words[0]))):
        yield chunk
        return
    last = first
    while last < len(words) and _is_opening(words[last]):
        last += 1
    cuts = [0, *([1] if attached and first > 1 else []), *range(first, last + 1), len(chunk.lines)]
    for start, end in itertools.pairwise(cuts):
        if start < end:
            yield Chunk(chunk.lines[start:end])


def _is_opening(words: str) -> bool:
    return is_dateline(words) or is_handling(words)
