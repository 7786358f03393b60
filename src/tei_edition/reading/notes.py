"""The notes at the end of a page: where they begin, and which line belongs to which.

Two forms are read: `  1. Source: …` on a line of its own (page views and reader views), and `- Source: … ↩` (notes as a
list with links back, numbered by their order).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tei_edition.model import Decoration
from tei_edition.reading.chunks import Line

_LABEL = re.compile(r"(?P<n>0|[1-9]\d{0,3})(?:\.|\)|(?=[ \t\u00a0]{2}))[ \t\u00a0]+(?=\S)")
_BULLET = re.compile(r"[-•*][ \t\u00a0]+(?=\S)")
_BACK_LINK = re.compile(r"[ \t\u00a0]*(?:↩\ufe0e?|\^)[ \t]*$")
_HEADING = re.compile(r"(?:foot|end)?notes?:?$", re.IGNORECASE)
_NOTE_LIKE = re.compile(
    r"(?:Source:|\[?Source|Department of State,|See |Not printed|Ibid|Document \d|Reference is to|Telegram )"
)


class RawNote(NamedTuple):
    """A note as found: its number, its lines, and where its text begins behind the label."""

    label: str
    lines: tuple[Line, ...]


class NoteSection(NamedTuple):
    """The notes of a text, the index of the first of their lines, and what of them is mere layout.

    `certain` is False where the lines could as well be numbered paragraphs; then the markers in the text decide.
    """

    notes: tuple[RawNote, ...]
    first_line: int
    decorations: tuple[Decoration, ...]
    certain: bool


def find_notes(text: str, lines: list[Line], style: str) -> NoteSection | None:
    """Return the section of notes at the end of a text, or None where there is none."""
    return (_listed_notes(text, lines) if style == "list" else None) or _numbered_notes(text, lines)


def _numbered_notes(text: str, lines: list[Line]) -> NoteSection | None:
    labels: dict[int, tuple[int, int]] = {}
    for i, line in enumerate(lines):
        match = _LABEL.match(text, line.start, line.end)
        if match:
            labels[i] = (int(match["n"]), match.end())
    # Some volumes number the source note 0, and the first note of the text 1.
    starts = [i for i, (n, _) in labels.items() if n == 0 or (n == 1 and labels.get(i - 1, (1, 0))[0] != 0)]
    # An indented "1." that no blank line parts from what precedes is how the page shows notes; the last such wins.
    for i in sorted(starts, key=lambda i: (_looks_like_notes(text, lines, i, labels[i][1]), i), reverse=True)[:1]:
        certain = _looks_like_notes(text, lines, i, labels[i][1]) > 0
        return _collect(text, lines, i, labels, certain=certain)
    return None


def _looks_like_notes(text: str, lines: list[Line], i: int, content: int) -> int:
    line, previous = lines[i], next((p for p in reversed(lines[:i]) if not p.blank), None)
    signs = 2 * (line.indent >= 2 and i > 0 and not lines[i - 1].blank)
    signs += 2 * (previous is not None and bool(_HEADING.fullmatch(text, previous.start, previous.end)))
    return signs + 2 * bool(_NOTE_LIKE.match(text, content))


def _collect(
    text: str, lines: list[Line], first: int, labels: dict[int, tuple[int, int]], *, certain: bool
) -> NoteSection:
    indent, expected = lines[first].indent, labels[first][0]
    runs: list[tuple[int, list[Line]]] = []
    decorations = []
    for i in range(first, len(lines)):
        line = lines[i]
        if i in labels and labels[i][0] == expected and (line.indent == indent or abs(line.indent - indent) <= 1):
            content = labels[i][1]
            decorations.append(Decoration(line.start, content, "label of a note"))
            runs.append((expected, [Line(content, line.end, line.indent)]))
            expected += 1
        elif not line.blank:
            runs[-1][1].append(line)
    notes = tuple(_without_back_link(text, RawNote(str(n), tuple(part)), decorations) for n, part in runs)
    start = first
    before = next((k for k in range(first - 1, -1, -1) if not lines[k].blank), None)
    if before is not None and _HEADING.fullmatch(text, lines[before].start, lines[before].end):
        decorations.append(Decoration(lines[before].start, lines[before].end, "heading of the notes"))
        start = before
    return NoteSection(notes, start, tuple(sorted(decorations)), certain)


def _listed_notes(text: str, lines: list[Line]) -> NoteSection | None:
    """Notes as `- text ↩`: from the end backwards, each begins with a bullet and ends in a link back."""
    runs: list[list[Line]] = []
    decorations: list[Decoration] = []
    pending: list[Line] = []
    first = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if line.blank:
            continue
        if not pending and not _BACK_LINK.search(text, line.start, line.end):
            break
        pending.insert(0, line)
        bullet = _BULLET.match(text, line.start, line.end)
        if bullet:
            decorations.append(Decoration(line.start, bullet.end(), "bullet of a note"))
            pending[0] = Line(bullet.end(), line.end, line.indent)
            runs.insert(0, pending)
            pending, first = [], i
    if not runs:
        return None
    notes = tuple(_without_back_link(text, RawNote(str(n), tuple(part)), decorations) for n, part in enumerate(runs, 1))
    return NoteSection(notes, first, tuple(sorted(decorations)), True)


def _without_back_link(text: str, note: RawNote, decorations: list[Decoration]) -> RawNote:
    last = note.lines[-1]
    link = _BACK_LINK.search(text, last.start, last.end)
    if not link or "↩" not in link.group():
        return note
    end = link.start()
    decorations.append(Decoration(end, last.end, "link back to the text"))
    return RawNote(note.label, (*note.lines[:-1], Line(last.start, max(end, last.start), last.indent)))
