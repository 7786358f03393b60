"""What a block rule sees: the chunks of a text, the words without their marks, and the blocks made so far."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tei_edition.model import Block, Decoration, Mark, View
from tei_edition.reading.chunks import Chunk, Line


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
        self._words = [self.view(chunk.start, chunk.end) for chunk in chunks]

    def view(self, start: int, end: int) -> str:
        """The characters `start` to `end` without page markers and note markers."""
        return View(self.text, start, end, self.marks_in(start, end)).text

    def marks_in(self, start: int, end: int) -> Iterable[Mark]:
        """The marks from `start` up to `end`."""
        low = bisect.bisect_left(self._marks, start, key=lambda mark: mark.start)
        high = bisect.bisect_left(self._marks, end, key=lambda mark: mark.start)
        return self._marks[low:high]

    def words(self, i: int) -> str:
        """The words of chunk `i` without marks; the empty string behind the last one."""
        return self._words[i].strip() if 0 <= i < len(self.chunks) else ""

    def line_words(self, line: Line) -> str:
        """The words of one line without marks."""
        return self.view(line.start, line.end).strip()

    def next_worded(self, i: int) -> int:
        """The index of the first chunk from `i` on that holds more than marks (the number of chunks: none)."""
        while i < len(self.chunks) and not self.words(i):
            i += 1
        return i

    def block(self, i: int, kind: str, rule: str) -> Made:
        """Chunk `i` as a block of one kind."""
        return Made((Block(kind, self.chunks[i].start, self.chunks[i].end, rule),))

    def made_kinds(self) -> set[str]:
        """The kinds of the blocks made so far."""
        return {block.kind for block in self.blocks}

    def opening_lists(self) -> bool:
        """Whether no running text stands before: only the opening, the lists in it and short lines such as "Secret"."""
        return all(block.kind != "p" or block.end - block.start < 60 for block in self.blocks)

    def opening(self) -> bool:
        """Whether only a head, a source line, datelines and the like stand before: no running text yet.

        An attachment opens anew.
        """
        for block in reversed(self.blocks):
            if block.kind == "attachment":
                return True
            if block.kind not in ("head", "source-line", "dateline", "handling", "salute"):
                return False
        return True
