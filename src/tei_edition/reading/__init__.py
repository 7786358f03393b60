"""SOURCE TEXT → DOCUMENT: what the text says of its own structure, with every character accounted for."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator

from tei_edition.diagnostics import Diagnostic, Lines, Location, finding
from tei_edition.model import Block, Document, Mark, Note, Source
from tei_edition.reading.blocks import make_blocks
from tei_edition.reading.chunks import STYLES, Line, guess_style, is_wrapped, split_chunks, split_lines
from tei_edition.reading.markers import Placement, find_leftovers, place_markers
from tei_edition.reading.notes import NoteSection, RawNote, find_notes
from tei_edition.reading.pages import find_pages
from tei_edition.reading.rules.head import NUMBER, document_number
from tei_edition.reading.source import decode

__all__ = ["STYLES", "decode", "read_document"]


def read_document(source: Source, *, style: str | None = None) -> Document:
    """Return the structure of a source: blocks, notes at their markers, page markers, layout and findings.

    `style` overrides what is detected: `page` (blank lines part the blocks) or `list` (each line is a block).
    """
    text = source.text
    lines = split_lines(text)
    style = style or guess_style(text, lines)
    pages = find_pages(text)
    section = find_notes(text, lines, style)
    placed = _place(text, lines, section, pages)
    if section and not section.certain and len(placed) < len(section.notes):
        section, placed = None, {}  # numbered paragraphs, and no marker anywhere refers to them
    body = lines[: section.first_line] if section else lines
    marks = _marks(text, lines, section, pages, placed, wrapped=is_wrapped(body))
    blocks, decorations = make_blocks(text, list(split_chunks(body, style)), marks, style)
    if section:
        decorations.extend(section.decorations)
    notes = tuple(_note(note, placed) for note in section.notes) if section else ()
    document = Document(
        source,
        style,
        _number(text, blocks, source.name),
        tuple(blocks),
        notes,
        _only_inside(marks, blocks, notes),
        tuple(sorted(decorations)),
    )
    return _with_findings(document, placed, pages)


def _place(text: str, lines: list[Line], section: NoteSection | None, pages: list[Mark]) -> dict[int, Placement]:
    if section is None:
        return {}
    start = next((line.start for line in lines if not line.blank), 0)
    end = lines[section.first_line].start
    number = NUMBER.match(text, start)
    holes = [(mark.start, mark.end) for mark in pages] + ([number.span()] if number else [])
    words = [text[note.lines[0].start : note.lines[-1].end] for note in section.notes]
    return place_markers(text, start, end, words, holes, first=int(section.notes[0].label))


def _marks(
    text: str,
    lines: list[Line],
    section: NoteSection | None,
    pages: list[Mark],
    placed: dict[int, Placement],
    *,
    wrapped: bool,
) -> list[Mark]:
    marks = list(pages)
    marks.extend(Mark("note", place.start, place.end, str(number)) for number, place in placed.items())
    for match in re.finditer(r"\r(?=\n)", text):
        marks.append(Mark("cr", *match.span(), ""))
    if not wrapped:
        marks.extend(Mark("lb", line_end, line_end + 1, "") for line_end in _line_ends(text))
    return sorted(marks, key=lambda mark: mark.start)


def _line_ends(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def _note(raw: RawNote, placed: dict[int, Placement]) -> Note:
    start, end = raw.lines[0].start, raw.lines[-1].end
    place = placed.get(int(raw.label))
    return Note(raw.label, start, end, (Block("note", start, end, "note"),), place.start if place else None)


def _only_inside(marks: list[Mark], blocks: list[Block], notes: tuple[Note, ...]) -> tuple[Mark, ...]:
    """Line ends are marks only inside a block; between blocks they are layout. Page markers are marks everywhere."""
    ranges = sorted((b.start, b.end) for b in [*blocks, *(b for note in notes for b in note.blocks)])
    kept, at = [], 0
    for mark in marks:
        while at < len(ranges) and ranges[at][1] <= mark.start:
            at += 1
        inside = at < len(ranges) and ranges[at][0] <= mark.start
        if inside or mark.kind in ("pb", "note"):
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


def _with_findings(document: Document, placed: dict[int, Placement], pages: list[Mark]) -> Document:
    text = document.source.text
    place = Lines(text, document.source.path).location
    found = [*_about_notes(document, place), *_about_markers(text, placed, place)]
    end = document.notes[0].start if document.notes else len(text)
    holes = [(mark.start, mark.end) for mark in pages]
    for start, stop in find_leftovers(text, 0, end, placed.values(), holes):
        what = f"“{_around(text, start)}” looks like the marker of a note {text[start:stop]}, but there is none"
        found.append(finding("RD011", what, place(start, stop)))
    if not any(block.kind == "head" for block in document.blocks):
        found.append(finding("RD013", "the text begins without a head", place(0, 0)))
    return dataclasses.replace(document, findings=tuple(found))


def _about_notes(document: Document, place: Callable[[int, int], Location]) -> Iterator[Diagnostic]:
    for note in document.notes:
        if note.anchor is None:
            words = document.source.text[note.start : note.start + 40].replace("\n", " ")
            what = f"note {note.label} (“{words}…”) has no marker in the text"
            yield finding("RD010", what, place(note.start, note.end))


def _about_markers(
    text: str, placed: dict[int, Placement], place: Callable[[int, int], Location]
) -> Iterator[Diagnostic]:
    for number, marker in sorted(placed.items()):
        here, length = place(marker.start, marker.end), marker.end - marker.start
        if marker.rivals:
            rivals = [place(start, start + length) for start in marker.rivals[:3]]
            where = f"{rivals[0].line}:{rivals[0].column} ({_around(text, marker.rivals[0])})"
            yield finding("RD012", f"the marker of note {number} could also stand at {where}", here, related=rivals)
        if marker.weak:
            words = f"the marker of note {number} was found at “{_around(text, marker.start)}”"
            yield finding("RD014", f"{words}, which is no good place for one", here)


def _around(text: str, at: int) -> str:
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return " ".join(text[start : at + 12].split("\n")[0].split())
