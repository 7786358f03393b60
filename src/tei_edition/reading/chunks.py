"""A text's lines and chunks: what blank lines (or, in the style `list`, line ends) part from each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.diagnostics import LINE_END
from tei_edition.view import BLANKS, UNSEEN

STYLES = ("page", "reader", "list")  # a reader view has the lines of a page, without datelines and list headings
_LINE = re.compile(f"[^\n\r\x0b\x85\u2028\u2029]*(?:{LINE_END}|$)")
_MARKED = re.compile(
    r"[-–•‣◦▪●*†‡^↩]|\(?\w{1,3}[.)]?[ \t]{2}|\[Page |[^\n]*\t|[^\n]*↩\ufe0e?[ \t]*$"
)  # an item, note, row
# Unseen characters that the web has before a bullet, a label or the indentation; before words they are text.
_HIDDEN = re.compile(
    rf"[{UNSEEN}](?:[{UNSEEN}{BLANKS}]*[{BLANKS}]|[{UNSEEN}]*(?=[•‣◦▪●*†‡^\[–-]|\d{{1,3}}[.)]?[{BLANKS}]))"
)
_STOPS = '.:;?!”"’)]'
LONGEST_SHORT = 60  # characters; what is shorter need not be running text


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
    """Return every line of a text, blank ones too. What a line begins with is its words or the sign before them."""
    lines = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if start == end:
            continue  # behind the last line end
        begin = start
        while begin < end and (text[begin].isspace() or (text[begin] == "\ufeff" and begin == 0)):
            begin += 1
        hidden = _HIDDEN.match(text, begin, end)
        unseen = sum(1 for sign in hidden.group() if sign in UNSEEN) if hidden else 0
        begin = hidden.end() if hidden else begin
        while end > begin and text[end - 1].isspace():
            end -= 1
        if begin < end and not text[begin:end].strip(UNSEEN):
            begin = end  # a paste from the web: nothing but a zero-width space
        lines.append(Line(begin, end, begin - start - unseen))
    return lines


class StyleEvidence(NamedTuple):
    """What speaks for a page style: how often a blank line parts two lines of running text, and how often none does."""

    parted: int
    adjacent: int

    @property
    def style(self) -> str:
        """The style that more of them speak for: `list` where ends of lines part paragraphs, else `page`."""
        return "list" if self.adjacent > self.parted else "page"

    @property
    def doubtful(self) -> bool:
        """Whether more than a quarter of them speaks for the other style."""
        return min(self.parted, self.adjacent) * 4 > self.parted + self.adjacent


def weigh_style(text: str, lines: list[Line]) -> StyleEvidence:
    """Count what speaks for either style in the running text, which notes and items of lists are not.

    In the style `page` a line that ends a sentence has a blank line below it, in the style `list` the next paragraph.
    Where lines are broken to a width, their ends say nothing, and blank lines part the paragraphs.
    """
    parted = adjacent = short = written = gaps = 0
    above: Line | None = None
    blank = False
    for line in lines:
        if line.blank:
            blank = True
            continue
        gaps += blank and written > 0
        written += 1
        if line.indent or _MARKED.match(text, line.start, line.end):
            above = None
        else:
            if above is not None and blank:
                parted += 1
            elif above is not None and above.end - above.start > LONGEST_SHORT and text[above.end - 1] in _STOPS:
                adjacent += 1
            elif above is not None:
                short += 1
            above = line
        blank = False
    if not parted and not adjacent and ((short and gaps < 2) or (written > 1 and not gaps)):
        adjacent = 1
    return StyleEvidence(parted, 0 if parted and is_wrapped(lines) else adjacent)


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
