"""The running text of an edition as one string, with the way back from a place in it to its element.

Rules that look for signs in the words (a page marker that stayed, "â€™", "Monday, August 18, 1962") search one string
once each, and not every text node of a volume again. Most texts have none of these signs, so the words are looked at
first without knowing where they stand.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import TEI

APART = "\0"  # between two text nodes; no XML can hold it, so no sign is found across a tag
# Numbers, addresses, formulas and code are written as they are: in them digits are glued to letters.
NO_PROSE = frozenset(
    TEI + name for name in ("idno", "ref", "ptr", "code", "num", "biblScope", "formula", "eg", "ident", "gi", "att")
)
_AS_WRITTEN = late("[^&<>\n\r\0]*")  # what stands in the file as it stands in the tree
_FAR = 20_000  # characters
_LONGEST = 60  # characters that tell one occurrence of a word from another


class Place(NamedTuple):
    """A place in the text of `element` or, where `tail` is set, behind it; `words` point at it, of which as many stand
    `before` it in that text.
    """

    element: etree._Element
    tail: bool
    words: str
    before: int = 0


class RunningText:
    """The texts of elements: made once a file. Each part is made when it is asked for."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._roots = list(roots)
        self._owners: list[tuple[etree._Element, bool]] = []
        self._starts: list[int] = []
        self._counted: dict[str, tuple[int, int, int]] = {}

    @cached_property
    def words(self) -> str:
        """All the words, text nodes side by side: to see quickly what does not occur."""
        return APART.join(str(root.xpath("string()")) for root in self._roots)

    @cached_property
    def string(self) -> str:
        """The prose, its text nodes parted by `APART`; what stands in elements of `NO_PROSE` is left out."""
        pieces: list[str] = []
        for root in self._roots:
            for element in root.iter("*"):
                if element.text and element.tag not in NO_PROSE:
                    pieces.append(element.text)
                    self._owners.append((element, False))
                if element.tail and element is not root and _parent_tag(element) not in NO_PROSE:
                    pieces.append(element.tail)
                    self._owners.append((element, True))
        at = 0
        for piece in pieces:
            self._starts.append(at)
            at += len(piece) + 1
        return APART.join(pieces)

    def place(self, start: int, end: int) -> Place:
        """Return where the characters of `string` from `start` up to `end` stand; they are those of one text node.

        The words are those characters; far in a long node, where to count those before them would take too long, more
        of what follows.
        """
        string, words = self.string, self.string[start:end]
        at = bisect.bisect_right(self._starts, start) - 1
        element, tail = self._owners[at]
        begin, number = self._starts[at], 0
        known = self._counted.get(words)
        if known and known[0] == at and known[1] <= start:
            begin, number = known[1:]
        elif start - begin > _FAR:
            longer = _AS_WRITTEN.match(string, start, start + _LONGEST)
            return Place(element, tail, string[start:max(longer.end(), end)] if longer else words)
        number += string.count(words, begin, start)
        self._counted[words] = at, start, number
        return Place(element, tail, words, number)


_ASIDE = frozenset(TEI + name for name in ("note", "fw", "figure", "del", "surplus"))


def plain_words(element: etree._Element) -> str:
    """Return the words of an element on one line, without its notes: `May 18,<note>…</note> 1948` → May 18, 1948."""
    if not len(element):
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    silent: etree._Element | None = None
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start" and silent is None:
            if node.tag in _ASIDE and node is not element:
                silent = node
            else:
                pieces.append(node.text or "")
        elif event != "start":
            if event != "end" and silent is not None:
                continue
            silent = None if node is silent else silent
            if silent is None and node is not element:
                pieces.append(node.tail or "")
    return " ".join("".join(pieces).split())


def _parent_tag(element: etree._Element) -> object:
    parent = element.getparent()
    return None if parent is None else parent.tag
