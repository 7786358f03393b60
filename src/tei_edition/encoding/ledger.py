"""Every character of the source is text, markup or layout: the check that runs on each conversion.

Two independent looks: the source's characters must be parted among the three uses without gap or overlap, and the text
must be found again, to the character, in the elements of the finished tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Block, Document, Use
from tei_edition.tei import TEI
from tei_edition.view import UNSEEN

_INVISIBLE = dict.fromkeys(map(ord, UNSEEN))  # alone on a line they are layout as a blank is


@dataclass(frozen=True, slots=True)
class Entry:
    """A range of the source and what became of it."""

    start: int
    end: int
    use: Use


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account of a conversion, by range and in sum."""

    entries: tuple[Entry, ...]

    def count(self, use: Use) -> int:
        """How many characters had this use."""
        return sum(entry.end - entry.start for entry in self.entries if entry.use is use)

    @property
    def total(self) -> int:
        """How many characters the source has."""
        return self.entries[-1].end if self.entries else 0


def account(document: Document, written: Iterable[tuple[int, int]]) -> tuple[Ledger, list[Diagnostic]]:
    """Return the ledger of a document of which the ranges `written` became text, and an error for each fault in it."""
    text = document.source.text
    parts = [Entry(a, b, Use.TEXT) for a, b in written]
    parts += [Entry(m.start, m.end, Use.LAYOUT if m.kind == "cr" else Use.MARKUP) for m in document.marks]
    parts += [Entry(d.start, d.end, Use.LAYOUT) for d in document.decorations]
    parts.sort(key=lambda entry: (entry.start, entry.end))
    place = document.source.lines().location
    entries: list[Entry] = []
    faults: list[Diagnostic] = []
    at = 0
    for part in [*parts, Entry(len(text), len(text), Use.LAYOUT)]:
        if part.start < at:
            faults.append(
                finding(
                    "EN001", f"“{_words(text, part.start, at)}” would stand in the edition twice", place(part.start, at)
                )
            )
        gap = text[at : part.start]
        if gap.translate(_INVISIBLE).strip():
            faults.append(finding("EN001", f"“{_words(text, at, part.start)}” would be lost", place(at, part.start)))
        if gap:
            entries.append(Entry(at, part.start, Use.LAYOUT))
        if part.end > part.start:
            entries.append(part)
        at = max(at, part.end)
    return Ledger(tuple(entries)), faults


def verify(document: Document, homes: Sequence[tuple[etree._Element, Block]]) -> list[Diagnostic]:
    """Read the finished tree again: does each block's element hold the words of its block, all of them and no
    others?
    """
    place = document.source.lines().location
    faults = []
    for element, block in homes:
        expected = _expected(document, block)
        found = "".join(_own_text(element))
        if found != expected:
            faults.append(
                finding(
                    "EN001",
                    f"the edition has “{found[:60]}” where the source has “{expected[:60]}”",
                    place(block.start, block.end),
                )
            )
    return faults


def _expected(document: Document, block: Block) -> str:
    at, pieces = block.start, []
    for mark in document.marks_in(block.start, block.end):
        pieces.append(document.source.text[at : mark.start])
        at = mark.end
    pieces.append(document.source.text[at : block.end])
    return "".join(pieces)


def _own_text(element: etree._Element) -> Iterable[str]:
    """The text of an element without the notes that are anchored in it and the lists that are nested in it."""
    yield element.text or ""
    for child in element:
        if not (child.tag == f"{TEI}note" and child.get("n")) and child.tag != f"{TEI}list":
            yield from _own_text(child)
        yield child.tail or ""


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())[:60]
