"""SOURCE TEXT → DOCUMENT: what the text says of its own structure, with every character accounted for."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Sequence

from tei_edition.diagnostics import finding
from tei_edition.model import Block, Decoration, Document, Mark, Note, Source
from tei_edition.reading.blocks import make_blocks
from tei_edition.reading.chunks import STYLES, Line, StyleEvidence, is_wrapped, split_chunks, split_lines, weigh_style
from tei_edition.reading.documents import Parts, part_documents, split_documents
from tei_edition.reading.guesses import about_guesses
from tei_edition.reading.list_findings import about_lists, about_style
from tei_edition.reading.markers.placement import find_leftovers
from tei_edition.reading.navigation import NAVIGATION, about_navigation, find_navigation, without_navigation
from tei_edition.reading.notes.anchors import Anchored
from tei_edition.reading.notes.choice import ReadNotes, read_notes
from tei_edition.reading.notes.findings import about_notes, around
from tei_edition.reading.omissions import find_omissions
from tei_edition.reading.pages import find_pages
from tei_edition.reading.rules.head import document_number
from tei_edition.reading.rules.heading import about_headings
from tei_edition.reading.source import decode

__all__ = ["STYLES", "Parts", "decode", "part_documents", "read_document", "split_documents"]

_LAYOUT = re.compile("\r(?=\n)|\x0c")  # neither is a character of the text: see `Mark`
_LINE_END = re.compile("\n|\r(?!\n)|[\x0b\x85\u2028\u2029]")
_HARD_LINE_END = re.compile("\x0b")  # XML cannot hold it, so it is a line end also where others are mere blanks


def read_document(source: Source, *, style: str | None = None) -> Document:
    """Return the structure of a source: blocks, notes at their markers, page markers, layout and findings.

    `style` overrides what is detected: `page` (blank lines part the blocks; `reader`, a page without its datelines and
    list headings, is read in the same way) or `list` (each line is a block).
    """
    text = source.text
    lines = split_lines(text)
    navigation = find_navigation(text, lines)
    lines = without_navigation(lines, navigation)
    evidence = weigh_style(text, lines)
    style = "page" if style == "reader" else style or evidence.style
    pages = find_pages(text)
    notes_read = read_notes(text, lines, pages)
    body = notes_read.without_notes(lines)
    marks = _marks(text, pages, notes_read.notes, wrapped=is_wrapped(body))
    blocks, decorations = make_blocks(text, list(split_chunks(body, style)), marks, style)
    decorations.extend([*notes_read.decorations, *navigation.decorations])
    notes = notes_read.as_notes(text)
    kept = _only_inside(marks, blocks, notes, navigation.decorations)
    gaps = find_omissions(text, [*blocks, *(block for note in notes for block in note.blocks)], kept)
    document = Document(
        source,
        style,
        _number(text, blocks, source.name),
        tuple(blocks),
        notes,
        tuple(sorted([*kept, *gaps], key=lambda mark: (mark.start, mark.end))),
        tuple(sorted(decorations)),
    )
    return _with_findings(document, lines, evidence, notes_read, pages)


def _marks(text: str, pages: list[Mark], notes: Sequence[Anchored], *, wrapped: bool) -> list[Mark]:
    marks = list(pages)
    marks.extend(Mark("note", note.place.start, note.place.end, note.note.label) for note in notes if note.place)
    for match in _LAYOUT.finditer(text):
        marks.append(Mark("cr", *match.span(), ""))
    last = -1
    for match in (_HARD_LINE_END if wrapped else _LINE_END).finditer(text):
        # A blank line inside a block ("No. 281" above the title) is one line end, not two.
        marks.append(Mark("cr" if match.start() == last else "lb", *match.span(), ""))
        last = match.end()
    return sorted(marks, key=lambda mark: mark.start)


def _only_inside(
    marks: list[Mark], blocks: list[Block], notes: tuple[Note, ...], navigation: Sequence[Decoration]
) -> tuple[Mark, ...]:
    """Line ends are marks only inside a block; between blocks they are layout. Page markers are marks everywhere but in
    navigation.
    """
    ranges = sorted((b.start, b.end) for b in [*blocks, *(b for note in notes for b in note.blocks)])
    starts = [layout.start for layout in navigation]
    kept, at = [], 0
    for mark in marks:
        while at < len(ranges) and ranges[at][1] <= mark.start:
            at += 1
        inside = at < len(ranges) and ranges[at][0] <= mark.start
        k = bisect.bisect_right(starts, mark.start) - 1
        left_out = k >= 0 and mark.start < navigation[k].end
        if inside or (mark.kind in ("pb", "note") and not left_out):
            kept.append(mark)
    return tuple(kept)


def _number(text: str, blocks: list[Block], name: str) -> str:
    """Return the document's number: from its head, else from a file name such as `frus1961-63v20_d280`."""
    head = next((block for block in blocks if block.kind == "head"), None)
    number = document_number(text[head.start : head.end]) if head else ""
    if number:
        return number
    named = re.search(r"(?:^|[_-])d(\d{1,4}[a-z]?)$", name)
    return named.group(1) if named else ""


def _with_findings(
    document: Document, lines: list[Line], evidence: StyleEvidence, read: ReadNotes, pages: list[Mark]
) -> Document:
    text = document.source.text
    place = document.source.lines().location
    found = [*about_notes(document, read, place), *about_headings(document, place), *about_guesses(document, place)]
    found += about_navigation(document)
    found += [*about_lists(document, place), *about_style(document, lines, evidence, place)]
    holes = [(mark.start, mark.end) for mark in pages] + read.ranges(lines)
    holes += [(layout.start, layout.end) for layout in document.decorations if layout.what == NAVIGATION]
    placed = [note.place for note in read.notes if note.place]
    for start, stop in find_leftovers(text, 0, len(text), placed, holes):
        what = f"“{around(text, start)}” looks like the marker of a note {text[start:stop]}, but there is none"
        found.append(finding("RD011", what, place(start, stop)))
    if not document.blocks:
        what = "there is no text of a document here, only page markers, notes or navigation"
        found.append(finding("RD001", what, place(0, 0)))
    elif not any(block.kind == "head" for block in document.blocks):
        found.append(finding("RD013", "the text begins without a head", place(0, 0)))
    return dataclasses.replace(document, findings=tuple(found))
