"""What a block rule sees: the chunks of a text, the words without their marks, and the blocks made so far."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tei_edition.model import Block, Decoration, Mark
from tei_edition.reading.chunks import Chunk, Line
from tei_edition.reading.pages import PAGE_MARKER
from tei_edition.view import View

_OPENING = frozenset({"head", "source-line", "attachment-head", "dateline", "handling", "salute"})
LONG_LINE = 60  # characters; what is shorter need not be running text


class Made(NamedTuple):
    """What a rule made: its blocks, how many chunks it used, and the characters that became layout."""

    blocks: tuple[Block, ...]
    used: int = 1
    decorations: tuple[Decoration, ...] = ()


class Page:
    """The text between its beginning and its notes, as block rules read it."""

    def __init__(self, text: str, chunks: Sequence[Chunk], marks: Sequence[Mark], style: str) -> None:
        self.text = text
        self.chunks = chunks
        self.style = style
        self.blocks: list[Block] = []
        self._marks = marks
        self._mark_starts = [mark.start for mark in marks]
        self._lines: dict[tuple[int, int], str] = {}  # the words of lines that more than one rule asks for
        self._words = [self.view(chunk.start, chunk.end).strip() for chunk in chunks]
        self._next_worded = [len(chunks)] * (len(chunks) + 1)
        for i in range(len(chunks) - 1, -1, -1):
            self._next_worded[i] = i if self._words[i] else self._next_worded[i + 1]
        self._parted = self._count_parted()
        self.kinds: set[str] = set()  # of the blocks made so far
        self.part_kinds: set[str] = set()  # of those since the last attachment began
        self.opening = True  # only a head, datelines and the like since the beginning or the last attachment
        self.opening_lists = True  # no running text yet: only the opening, lists and short lines such as "Secret"
        self.headings: dict[int, str] | None = None  # the chunks that read as headings: see rules/heading.py
        self.parted_lists: dict[int, int] | None = None  # which chunk goes on with a list: see rules/bullets.py

    def _count_parted(self) -> list[int]:
        """How many of the borders before each chunk hold words that are no part of the text: notes, navigation."""
        counts = [0, 0]
        for above, below in itertools.pairwise(self.chunks):
            between = PAGE_MARKER.sub("", self.text[above.end : below.start])
            counts.append(counts[-1] + bool(between.strip()))
        return counts

    def is_parted(self, i: int, used: int) -> bool:
        """Whether words that are no part of the text stand between these chunks: no block may hold both sides."""
        return self._parted[i + used] != self._parted[i + 1]

    def view(self, start: int, end: int) -> str:
        """The characters `start` to `end` without page markers and note markers."""
        return View(self.text, start, end, self.marks_in(start, end)).text

    def marks_in(self, start: int, end: int) -> Iterable[Mark]:
        """The marks from `start` up to `end`."""
        low = bisect.bisect_left(self._mark_starts, start)
        high = bisect.bisect_left(self._mark_starts, end, low)
        return self._marks[low:high]

    def words(self, i: int) -> str:
        """The words of chunk `i` without marks; the empty string behind the last one."""
        return self._words[i] if 0 <= i < len(self.chunks) else ""

    def line_words(self, line: Line) -> str:
        """The words of one line without marks."""
        place = line.start, line.end
        if place not in self._lines:
            self._lines[place] = self.view(*place).strip()
        return self._lines[place]

    def next_worded(self, i: int) -> int:
        """The index of the first chunk from `i` on that holds more than marks (the number of chunks: none)."""
        return self._next_worded[min(i, len(self.chunks))]

    def block(self, i: int, kind: str, rule: str) -> Made:
        """Chunk `i` as a block of one kind."""
        return Made((Block(kind, self.chunks[i].start, self.chunks[i].end, rule),))

    def add(self, blocks: Iterable[Block]) -> None:
        """Add blocks, and keep in mind what rules ask for, so that none has to look back over all of them."""
        for block in blocks:
            self.blocks.append(block)
            self.kinds.add(block.kind)
            if block.kind == "attachment":
                self.part_kinds = set()
                self.opening = True
            else:
                self.part_kinds.add(block.kind)
                self.opening = self.opening and block.kind in _OPENING
            if block.kind == "p" and block.end - block.start >= LONG_LINE:
                self.opening_lists = False
