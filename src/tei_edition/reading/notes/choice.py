"""Which arrangement of the notes is right: the one whose markers are found in the text.

Lines that begin with "1." are notes or numbered paragraphs, and numbers that begin again are notes of another page or a
list inside a note. The lines alone do not tell; where each note's marker stands where it must, they are notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tei_edition.model import Block, Decoration, Mark, Note
from tei_edition.reading.chunks import Line
from tei_edition.reading.notes.anchors import Anchored, anchor_notes, runs_of
from tei_edition.reading.notes.labels import is_worded_as_note, label_name
from tei_edition.reading.notes.paragraphs import Widths, paragraphs
from tei_edition.reading.notes.sections import NoteSection, RawNote, arrangements, has_restarts
from tei_edition.reading.notes.symbols import SymbolNote, find_symbol_notes, lines_of_symbol_note
from tei_edition.reading.rules.head import NUMBER


class ReadNotes(NamedTuple):
    """The notes of a text in the order of the text, the sections that they stand in, and what of them is layout."""

    sections: tuple[NoteSection, ...] = ()
    notes: tuple[Anchored, ...] = ()

    @property
    def decorations(self) -> list[Decoration]:
        """Labels, links back and headings."""
        return [decoration for section in self.sections for decoration in section.decorations]

    def ranges(self, lines: Sequence[Line]) -> list[tuple[int, int]]:
        """The ranges of the text that notes take."""
        return [(lines[s.first_line].start, lines[s.end_line - 1].end) for s in self.sections]

    def without_notes(self, lines: list[Line]) -> list[Line]:
        """The lines of the main text: blank ones stand for those of notes, and none behind the last that has words."""
        body = list(lines)
        for section in self.sections:
            for i in range(section.first_line, section.end_line):
                body[i] = Line(lines[i].start, lines[i].start, 0)
        if self.sections:
            while body and body[-1].blank:
                body.pop()
        return body

    def as_notes(self, text: str) -> tuple[Note, ...]:
        """The notes of the document, each with a name of its own and its paragraphs."""
        widths = Widths(text, (note.note for note in self.notes))
        seen: Counter[str] = Counter()
        made = []
        for anchored in self.notes:
            raw = anchored.note
            name = label_name(raw.label)
            seen[name] += 1
            if seen[name] > 1:
                name = f"{name}_{seen[name]}"
            blocks = tuple(Block("note", start, end, "note") for start, end in paragraphs(raw, widths))
            anchor = anchored.place.start if anchored.place else None
            evidence = anchored.place.told() if anchored.place else ""
            made.append(Note(raw.label, blocks[0].start, blocks[-1].end, blocks, anchor, name, evidence))
        return tuple(made)


def read_notes(text: str, lines: list[Line], pages: Sequence[Mark]) -> ReadNotes:
    """Return the notes of a text in the first arrangement that its markers bear out."""
    found = find_symbol_notes(text, lines)
    first = next((line.start for line in lines if not line.blank), 0)
    number = NUMBER.match(text, first)
    holes = sorted([*((mark.start, mark.end) for mark in pages), *([number.span()] if number else [])])
    for numbered in arrangements(text, lines, found):
        symbols = _beside_numbered(lines, numbered, found)
        sections = _with_symbols(lines, numbered, symbols)
        notes = anchor_notes(text, lines, sections, tuple(symbols.values()), holes)
        if _is_borne_out(text, numbered, notes):
            return ReadNotes(sections, tuple(notes))
    sections = _with_symbols(lines, (), found)
    return ReadNotes(sections, tuple(anchor_notes(text, lines, sections, tuple(found.values()), holes)))


def _is_borne_out(text: str, sections: Sequence[NoteSection], notes: Sequence[Anchored]) -> bool:
    """Whether the markers speak for these notes, as far as the lines do not say it themselves."""
    numbered = [note for note in notes if note.note.label.isdigit()]
    lost = sum(1 for note in numbered if not note.well_placed)
    if len(sections) > 1:
        return lost <= len(numbered) // 10
    if has_restarts(sections[0]) and not _restarts_plainly(text, numbered):
        return lost <= len(numbered) // 10
    return sections[0].certain or not lost


def _restarts_plainly(text: str, notes: Sequence[Anchored]) -> bool:
    """Whether each run of numbers begins with the words of a note, and its markers are there."""
    runs = list(runs_of([int(note.note.label) for note in notes]))
    return all(
        is_worded_as_note(text, notes[a].note.start) and any(note.place for note in notes[a:b]) for a, b in runs[1:]
    )


def _beside_numbered(
    lines: Sequence[Line], sections: Sequence[NoteSection], symbols: Mapping[int, SymbolNote]
) -> dict[int, SymbolNote]:
    """The notes with symbols that stand beside numbered ones, or at the end.

    Where a document's notes are numbered by its editors, a footnote with a symbol in the midst of the text is the
    document's own, and stands where the document has it, as the published volumes print it.
    """
    noted = {i for section in sections for i in range(section.first_line, section.end_line)}
    kept: dict[int, SymbolNote] = {}
    beside = True  # nothing but notes between here and the notes, or the end
    last = len(lines)
    for i in reversed(range(len(lines))):
        if i in symbols:
            end = min(lines_of_symbol_note(lines, symbols, i), last)
            beside = beside and all(lines[k].blank for k in range(end, last))
            if beside or i in noted:
                kept[i] = symbols[i]
            last = i
        elif i in noted:
            beside, last = True, i
    return dict(sorted(kept.items()))


def _with_symbols(
    lines: list[Line], sections: Sequence[NoteSection], symbols: Mapping[int, SymbolNote]
) -> tuple[NoteSection, ...]:
    """The sections and, between them, the notes that symbols mark and that stand by themselves."""
    closed = sorted((section.first_line, section.end_line) for section in sections)
    apart, at = list(sections), 0
    for i, symbol in symbols.items():
        while at < len(closed) and closed[at][1] <= i:
            at += 1
        if at < len(closed) and closed[at][0] <= i:
            continue
        limit = closed[at][0] if at < len(closed) else len(lines)
        end = min(limit, lines_of_symbol_note(lines, symbols, i))
        label = Decoration(lines[i].start, symbol.content, "label of a note")
        note = RawNote(symbol.symbol, (Line(symbol.content, lines[i].end, lines[i].indent), *lines[i + 1 : end]))
        apart.append(NoteSection((note,), i, end, (label,), True))
    return tuple(sorted(apart, key=lambda section: section.first_line))
