"""A text's lines and chunks: what blank lines (or, in the style `list`, line ends) part from each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.model import UNSEEN

STYLES = ("page", "list")
# What ends a line: besides the line feed those of old Macintosh files, word processors (U+000B, U+000C) and the web.
_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
_BACK_LINK = re.compile(r"[ \t]*[-•*] .*↩\ufe0e?[ \t]*$")


class Line(NamedTuple):
    """A line without its line end and without blanks at either side; `indent` is the column where its text begins."""

    start: int
    end: int
    indent: int

    @property
    def blank(self) -> bool:
        """Whether nothing stands on it."""
        return self.end <= self.start


class Chunk(NamedTuple):
    """Lines that stand together: a candidate for one block. `start` and `end` are the first and last words' offsets."""

    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """The offset of its first character that is not blank."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """The offset behind its last character that is not blank."""
        return self.lines[-1].end


def split_lines(text: str) -> list[Line]:
    """Return every line of a text, blank ones too. A byte-order mark at the start is layout, not text."""
    lines = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if start == end:
            continue  # behind the last line end
        begin = start
        while begin < end and (text[begin].isspace() or (text[begin] == "\ufeff" and begin == 0)):
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if begin < end and not text[begin:end].strip(UNSEEN):
            begin = end  # a paste from the web: nothing but a zero-width space
        lines.append(Line(begin, end, begin - start))
    return lines


def guess_style(text: str, lines: list[Line]) -> str:
    """Return the page style: `list` where notes end in back-links or no blank line parts the paragraphs, else
    `page`.
    """
    written = [line for line in lines if not line.blank]
    if _BACK_LINK.match(text, written[-1].start):
        return "list"
    first = next(i for i, line in enumerate(lines) if not line.blank)
    last = len(lines) - next(i for i, line in enumerate(reversed(lines)) if not line.blank)
    blank_inside = any(line.blank for line in lines[first:last])
    return "page" if blank_inside or len(written) == 1 else "list"


def split_chunks(lines: list[Line], style: str) -> Iterator[Chunk]:
    """Yield the chunks: in the style `page` runs of lines between blank ones, in the style `list` each line."""
    run: list[Line] = []
    for line in lines:
        if run and (line.blank or style == "list"):
            yield Chunk(tuple(run))
            run = []
        if not line.blank:
            run.append(line)
    if run:
        yield Chunk(tuple(run))


def is_wrapped(lines: list[Line]) -> bool:
    """Whether lines were broken to a width (as in an e-mail), so that a line end inside a paragraph is a mere blank.

    Decided from the whole text: most lines that another line follows directly are of nearly the same, middling length.
    """
    inner = [a.end - a.start + a.indent for a, b in itertools.pairwise(lines) if not a.blank and not b.blank]
    if len(inner) < 4:
        return False
    widest = max(inner)
    full = sum(1 for width in inner if width > widest - 16)
    return 40 <= widest <= 110 and full >= 0.75 * len(inner)
