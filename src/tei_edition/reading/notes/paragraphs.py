"""The paragraphs of a note: `1. Source: … Secret.` and, below it, `The text of the telegram reads: …`.

A blank line parts them. So does a line end behind a sentence, unless the notes are broken to a width as in an e-mail:
then a line end is a mere blank, except where the next word would still have found room.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from tei_edition.reading.chunks import Line
from tei_edition.reading.notes.sections import RawNote
from tei_edition.reading.pages import PAGE

_CLOSED = re.compile(rf"[.?!…:][”’\"')\]]*(?:{PAGE})?$")
_OPENS = re.compile(r"[A-Z0-9“‘\"'(\[•*–—-]|[^\W\d_a-z]")
_WIDEST = 110  # characters; no page is broken to longer lines


class Widths:
    """How long the lines of the notes are, and whether they are broken to a width."""

    def __init__(self, text: str, notes: Iterable[RawNote]) -> None:
        self.text = text
        self.widest = 0
        broken = False
        for note in notes:
            for a, b in itertools.pairwise(note.lines):
                if not a.blank and not b.blank:
                    self.widest = max(self.widest, a.indent + a.end - a.start)
                    broken = broken or not self._is_closed(a)
            last = note.lines[-1]
            self.widest = max(self.widest, last.indent + last.end - last.start)
        self.wrapped = broken and self.widest <= _WIDEST

    def _is_closed(self, line: Line) -> bool:
        return bool(_CLOSED.search(self.text, max(line.start, line.end - 24), line.end))

    def parts(self, a: Line, b: Line) -> bool:
        """Whether a new paragraph begins on line `b`, directly below line `a`."""
        if not self._is_closed(a) or self.text[a.end - 1] == ":" or not _OPENS.match(self.text, b.start):
            return False
        room = self.widest - (a.indent + a.end - a.start)
        word = next(itertools.takewhile(len, iter(self.text[b.start : b.end].split(maxsplit=1))), "")
        return not self.wrapped or len(word) + 1 <= room


def paragraphs(note: RawNote, widths: Widths) -> Iterator[tuple[int, int]]:
    """Yield the range of each paragraph of a note."""
    for lines in _parted(note.lines, widths):
        yield lines[0].start, lines[-1].end


def _parted(lines: Sequence[Line], widths: Widths) -> Iterator[list[Line]]:
    run: list[Line] = []
    for line in lines:
        if run and (line.blank or widths.parts(run[-1], line)):
            yield run
            run = []
        if not line.blank:
            run.append(line)
    if run:
        yield run
    elif all(line.blank for line in lines):
        yield [lines[0]]
