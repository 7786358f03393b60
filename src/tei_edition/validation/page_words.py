"""The words of a page as the check of fidelity sees them: which of them may be absent, and where notes can begin."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.layout import BULLET, LINK_BACK, NOTE_LABEL, NOTE_SYMBOL, NOTES_HEADING, PLAIN_FIGURES, navigation_run
from tei_edition.view import UNSEEN

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_WORD = re.compile(r"\S+")
_SEEN = re.compile(rf"[^\s{UNSEEN}]")
_RENDERED = re.compile(r"(?<=^  )(?P<label>\S{1,12})\. +(?=\S)", re.MULTILINE)  # as `exporting` writes them
_NEAR = 60  # characters at the end of a line in which links back are looked for


class Word(NamedTuple):
    """A word, and where it starts in its text; `optional` where it is layout, which an edition may leave out."""

    text: str
    start: int
    optional: bool = False


class NoteStart(NamedTuple):
    """Where a note may begin: its label ("" for a bullet or a link back), and the indices of the first word of its
    label, of its text, and of the heading above it (-1: none).
    """

    label: str
    first: int
    content: int
    heading: int


class PageWords:
    """The words of a text in order, the places where notes may begin, and how many words there are up to each line's
    end and each blank line.
    """

    def __init__(self, text: str, *, rendered: bool) -> None:
        self._rendered = rendered
        self.words: list[Word] = []
        self.notes: list[NoteStart] = []
        self.line_ends: list[int] = []
        self.gaps: list[int] = []
        lines = [match.span() for match in _LINE.finditer(text)]
        navigation = frozenset() if rendered else _navigation(text, lines)
        heading = -1
        for i, (start, end) in enumerate(lines):
            if i and text.count("\n", lines[i - 1][1], start) > 1:
                self.gaps.append(len(self.words))
            end = start + len(text[start:end].rstrip())
            begin = _first_seen(text, start, end)
            self._add(text, start, begin, optional=True)
            if begin >= end:
                continue
            above = len(self.words)
            if i in navigation:
                self._add(text, begin, end, optional=True)
            else:
                self._read(text, begin, end, heading)
            heading = above if i not in navigation and NOTES_HEADING.fullmatch(text, begin, end) else -1
            self.line_ends.append(len(self.words))
        lengths = (0 if word.optional else len(word.text) for word in self.words)
        self.lengths = list(itertools.accumulate(lengths, initial=0))

    def bare(self, start: int, end: int, most: int) -> str:
        """Return the characters of the words from one up to another that are no layout, as many as are asked for."""
        pieces, length = [], 0
        for word in itertools.islice(self.words, start, end):
            if length >= most:
                break
            if not word.optional:
                pieces.append(word.text)
                length += len(word.text)
        return "".join(pieces)[:most]

    def _read(self, text: str, begin: int, end: int, heading: int) -> None:
        """Add the words of a line, those of its layout by themselves, and note whether a note may begin on it."""
        link = LINK_BACK.search(text, max(begin, end - _NEAR), end)
        stop = max(link.start(), begin) if link else end
        bullet = BULLET.match(text, begin, stop)
        found = self._label(text, begin, stop)
        label = found[found.lastgroup].translate(PLAIN_FIGURES) if found and found.lastgroup else ""
        lead = found or bullet
        content = min(lead.end(), stop) if lead else begin
        first = len(self.words)
        self._add(text, begin, content, optional=bool(bullet))
        if found or (bullet and text[begin] in "-•*" and (link or not self._rendered)):
            names = {label, ""} if bullet else {label}
            self.notes += [NoteStart(name, first, len(self.words), heading) for name in sorted(names)]
        self._add(text, content, stop)
        self._add(text, stop, end, optional=True)

    def _label(self, text: str, begin: int, end: int) -> re.Match[str] | None:
        if self._rendered:
            return _RENDERED.match(text, begin, end)
        return NOTE_LABEL.match(text, begin, end) or NOTE_SYMBOL.match(text, begin, end)

    def _add(self, text: str, start: int, end: int, *, optional: bool = False) -> None:
        for match in _WORD.finditer(text, start, end):
            seen = match.group().strip(UNSEEN)  # what nobody sees at a word's edge may be layout: before a number
            self.words.append(Word(seen or match.group(), match.start(), optional or not seen))


def _first_seen(text: str, start: int, end: int) -> int:
    """Where the first character of a line stands that a reader sees: pages of the web have zero-width spaces before."""
    match = _SEEN.search(text, start, end)
    return match.start() if match else end


def _navigation(text: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """The lines of a web site's navigation at the top and at the end of a page, as reading takes them."""
    found = frozenset(
        [
            *navigation_run(_written(text, lines, range(len(lines)))),
            *navigation_run(_written(text, lines, range(len(lines) - 1, -1, -1))),
        ]
    )
    return found if next(_written(text, lines, (i for i in range(len(lines)) if i not in found)), None) else frozenset()


def _written(text: str, lines: list[tuple[int, int]], order: Iterator[int] | range) -> Iterator[tuple[int, str]]:
    for i in order:
        words = text[slice(*lines[i])].strip()
        if words.strip(UNSEEN):
            yield i, words
