"""The notes of a page: where they begin and end, and which line belongs to which.

Forms that are read: `  1. Source: …` on a line of its own (and what `labels` knows besides), and `- Source: … ↩`
(notes as a list with links back, numbered by their order). Notes stand at the end of the text, or at the foot of each
printed page. What the lines alone do not tell, the markers in the text decide: `choice` chooses among the
arrangements that are offered here.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_edition.model import SOURCE_NOTE, Decoration
from tei_edition.reading.chunks import Line
from tei_edition.reading.notes.labels import Label, is_heading, is_worded_as_note, link_back, note_label
from tei_edition.reading.notes.order import numbers_that_begin_again
from tei_edition.reading.notes.symbols import SymbolNote
from tei_edition.reading.pages import PAGE, PAGE_MARKER
from tei_edition.reading.rules.attachment import is_attachment_heading
from tei_edition.view import BLANKS

_BULLET = re.compile(rf"[-•*][{BLANKS}]+(?=\S)")
_PAGE_ALONE = re.compile(rf"(?:{PAGE}\s*)+$")
_CLOSED = re.compile(r"[.?!…][”’\"')\]]*(?: ?↩\ufe0e?)?$")
_GAP = 9  # more numbers than that are not lost at once: such a line begins no note


class RawNote(NamedTuple):
    """A note as found: its label, and its lines (blank ones between them, too) without the label."""

    label: str
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """The offset of its first word."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """The offset behind its last word."""
        return self.lines[-1].end


class NoteSection(NamedTuple):
    """Notes that stand together, their lines (`first_line` up to `end_line`), and what of them is mere layout.

    `certain` is False where the lines could as well be numbered paragraphs; then the markers in the text decide.
    """

    notes: tuple[RawNote, ...]
    first_line: int
    end_line: int
    decorations: tuple[Decoration, ...]
    certain: bool


class NumberedLines:
    """The lines of a text that begin as notes do, with what each says, and where each number stands."""

    def __init__(self, text: str, lines: Sequence[Line], symbols: Mapping[int, SymbolNote]) -> None:
        self.text = text
        self.lines = lines
        self.symbols = symbols
        self.labels: dict[int, Label] = {}
        self.numbers: dict[int, int] = {}
        self.places: dict[int, list[int]] = defaultdict(list)
        linked = 0  # notes that begin with nothing but a link back are numbered by their order
        for i, line in enumerate(lines):
            label = note_label(text, line)
            if label:
                linked += label.form == "link"
                number = int(label.printed or linked)
                self.labels[i], self.numbers[i] = label, number
                self.places[number].append(i)
        self._before = _last_written(lines)
        self._behind = self._next_words()

    def signs(self, i: int) -> int:
        """How much speaks for it that a note begins on line `i`: its indentation, a heading, its form, its words."""
        return self.set_apart(i) + 2 * is_worded_as_note(self.text, self.labels[i].end)

    def set_apart(self, i: int) -> int:
        """How much of that is how the page sets the line apart from the text."""
        line, label = self.lines[i], self.labels[i]
        before = self.before(i)
        signs = 2 * (line.indent >= 2 and i > 0 and not self.lines[i - 1].blank)
        signs += 2 * (before is not None and is_heading(self.text, self.lines[before]))
        return signs + 2 * (label.form in ("link", "raised"))

    def before(self, i: int) -> int | None:
        """The index of the last line above `i` that is not blank."""
        return self._before[i]

    def behind(self, i: int) -> int | None:
        """The index of the first line from `i` on that is neither blank nor a mere page marker."""
        return self._behind[i]

    def _next_words(self) -> list[int | None]:
        behind: list[int | None] = [None] * (len(self.lines) + 1)
        for i in range(len(self.lines) - 1, -1, -1):
            line = self.lines[i]
            no_words = line.blank or _PAGE_ALONE.match(self.text, line.start, line.end)
            behind[i] = behind[i + 1] if no_words else i
        return behind

    def is_aligned(self, i: int, first: int) -> bool:
        """Whether the labels of two lines have one form, and stand or end in one column (9 above 10)."""
        a, b = self.lines[i], self.lines[first]
        columns = a.indent + self.labels[i].end - a.start, b.indent + self.labels[first].end - b.start
        same = self.labels[i].form == self.labels[first].form
        return same and (abs(a.indent - b.indent) <= 1 or abs(columns[0] - columns[1]) <= 1)

    def begins_note(self, i: int, first: int, expected: int, *, restarts: bool) -> bool:
        """Whether line `i` begins the next note of those that begin on line `first`: its number is the expected one,
        begins again, is doubled, or leaves some out that do not follow later.
        """
        if i not in self.labels or not self.is_aligned(i, first):
            return False
        number = self.numbers[i]
        if number == expected:
            return True
        if number in (0, 1):
            return restarts
        if number == expected - 1:
            return is_worded_as_note(self.text, self.labels[i].end)
        return expected < number <= expected + _GAP and not self._follows(expected, i)

    def _follows(self, number: int, i: int) -> bool:
        places, ones = self.places[number], self.places[1]
        again = bisect.bisect_right(ones, i)
        limit = ones[again] if again < len(ones) else len(self.lines)
        at = bisect.bisect_right(places, i)
        return at < len(places) and places[at] < limit

    def ends_notes(self, i: int, first: int, expected: int) -> bool:
        """Whether the text goes on at line `i`: a printed page or an attachment begins there, and no note follows; or
        the link back above it has closed the last note.
        """
        line = self.lines[i]
        before = self.before(i)
        if before is not None and before >= first and line.indent < 2 and link_back(self.text, self.lines[before]):
            return not (i in self.symbols or self.begins_note(i, first, expected, restarts=True))
        if PAGE_MARKER.match(self.text, line.start, line.end):
            behind = self.behind(i)
            return behind is None or not (
                behind in self.symbols or self.begins_note(behind, first, expected, restarts=True)
            )
        if line.end - line.start >= 40 or not is_attachment_heading(self.text[line.start : line.end]):
            return False
        above = self.lines[i - 1]
        return above.blank or bool(_CLOSED.search(self.text, max(above.start, above.end - 4), above.end))


def _last_written(lines: Sequence[Line]) -> list[int | None]:
    before: list[int | None] = []
    last = None
    for i, line in enumerate(lines):
        before.append(last)
        last = last if line.blank else i
    return before


def arrangements(text: str, lines: list[Line], symbols: Mapping[int, SymbolNote]) -> Iterator[tuple[NoteSection, ...]]:
    """Yield the ways in which the notes of a text may be arranged, the one that asks for the best evidence first:
    at the foot of each page; at the end, with numbers that begin again; at the end, with one run of numbers.
    """
    listed = _listed_notes(text, lines)
    if listed:
        order = numbers_that_begin_again(text, lines[listed.first_line].start, len(listed.notes))
        if order:  # the plain order, if all its markers are there; else the numbers that the text has
            notes = tuple(note._replace(label=str(n)) for note, n in zip(listed.notes, order, strict=True))
            yield (listed._replace(certain=False),)
            yield (listed._replace(notes=notes),)
        yield (listed,)
        return
    numbered = NumberedLines(text, lines, symbols)
    first = _first_line(numbered)
    if first is None:
        return
    apart = tuple(_sections(numbered, first))
    if len(apart) > 1:
        yield apart
    outer = _first_of_all(numbered, first)
    again = _collect(numbered, outer, _end_of_all(numbered, outer), restarts=True)
    yield (again,)
    if has_restarts(again):
        yield (_collect(numbered, first, _end_of_all(numbered, first), restarts=False),)


def has_restarts(section: NoteSection) -> bool:
    """Whether the numbers of these notes begin again at 1."""
    numbers = [int(note.label) for note in section.notes if note.label.isdigit()]
    return any(b < a for a, b in itertools.pairwise(numbers))


def _first_line(page: NumberedLines) -> int | None:
    """An indented "1." that no blank line parts from what precedes is how pages show notes; the last such wins."""
    # Some volumes number the source note 0, and the first note of the text 1.
    starts = [i for i, n in page.numbers.items() if n == 0 or (n == 1 and page.numbers.get(i - 1, 1) != 0)]
    starts = [i for i in starts if page.before(i) is not None]  # the first line of all is the head of document 1
    return max(starts, key=lambda i: (page.signs(i), i), default=None)


def _first_of_all(page: NumberedLines, last: int) -> int:
    """The first line of the notes that stand together with those that begin at line `last`: earlier runs of numbers."""
    first = last
    for i in sorted([*page.places.get(0, ()), *page.places[1]], reverse=True):
        if i >= first or page.signs(i) < 2 or not page.is_aligned(i, last):
            continue
        if _end_here(page, i, first) < first:
            break
        first = i
    return first


def _end_of_all(page: NumberedLines, first: int) -> int:
    """The line behind the last of the notes at the end of a text: its end, or where text goes on."""
    expected = page.numbers[first]
    for i in range(first, len(page.lines)):
        if page.lines[i].blank:
            continue
        if page.ends_notes(i, first, expected):
            return i
        if page.begins_note(i, first, expected, restarts=True):
            expected = page.numbers[i] + 1
    return len(page.lines)


def _end_here(page: NumberedLines, first: int, limit: int | None = None) -> int:
    """The line behind notes that text follows: what a blank line parts from them is text, unless it is indented."""
    expected = page.numbers[first]
    limit = len(page.lines) if limit is None else limit
    for i in range(first, limit):
        line = page.lines[i]
        if line.blank or i in page.symbols:
            continue
        if page.ends_notes(i, first, expected):
            return i
        if page.begins_note(i, first, expected, restarts=True):
            expected = page.numbers[i] + 1
        elif page.lines[i - 1].blank and line.indent < 2:
            return i
    return limit


def _sections(page: NumberedLines, last: int) -> Iterator[NoteSection]:
    """Sections of notes at the feet of pages, each beginning at 1 or going on from the last."""
    i, going_on = 0, -1
    for start in sorted(page.labels):
        if start < i or page.numbers[start] not in (0, 1, going_on):
            continue
        goes_on = page.numbers[start] == going_on > 1 and page.lines[start].indent >= 2
        if page.signs(start) < 2 and not goes_on:
            continue
        if not page.is_aligned(start, last):
            continue  # the notes of all pages look alike
        i = _end_here(page, start)
        section = _collect(page, start, i, restarts=True)
        worded = any(is_worded_as_note(page.text, note.start) for note in section.notes)
        if section.first_line < start or worded or goes_on:
            yield section
            going_on = max((int(note.label) for note in section.notes if note.label.isdigit()), default=-2) + 1


def _collect(page: NumberedLines, first: int, end: int, *, restarts: bool) -> NoteSection:
    runs: list[tuple[str, list[Line]]] = []
    decorations = []
    expected = page.numbers[first]
    for i in range(first, end):
        line = page.lines[i]
        if i in page.symbols:
            label, content = page.symbols[i].symbol, page.symbols[i].content
        elif page.begins_note(i, first, expected, restarts=restarts):
            label, content = str(page.numbers[i]), page.labels[i].end
            expected = page.numbers[i] + 1
        else:
            runs[-1][1].append(line)
            continue
        decorations.append(Decoration(line.start, content, "label of a note"))
        runs.append((label, [Line(content, line.end, line.indent + content - line.start)]))
    notes = tuple(_trimmed(page.text, label, part, decorations) for label, part in runs)
    start = first
    before = page.before(first)
    if before is not None and is_heading(page.text, page.lines[before]):
        decorations.append(Decoration(page.lines[before].start, page.lines[before].end, "heading of the notes"))
        start = before
    certain = page.set_apart(first) > 0 or _are_worded_as_notes(page.text, notes)
    return NoteSection(notes, start, end, tuple(sorted(decorations)), certain)


def _are_worded_as_notes(text: str, notes: Sequence[RawNote]) -> bool:
    """Whether lines at the margin read as notes: the first says where the document is kept, or most of them do.

    "1. Telegram 3364 reports …" may begin a numbered paragraph as well.
    """
    worded = sum(1 for note in notes if is_worded_as_note(text, note.start))
    return bool(SOURCE_NOTE.match(text, notes[0].start)) or (len(notes) > 1 and 2 * worded > len(notes))


def _listed_notes(text: str, lines: list[Line]) -> NoteSection | None:
    """Notes as `- text ↩`: from the end backwards, each begins with a bullet and ends in a link back."""
    runs: list[list[Line]] = []
    decorations: list[Decoration] = []
    pending: list[Line] = []
    first = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        line = lines[i]
        if not pending and (line.blank or link_back(text, line) is None):
            if line.blank:
                continue
            break
        pending.append(line)
        bullet = _BULLET.match(text, line.start, line.end)
        if bullet:
            decorations.append(Decoration(line.start, bullet.end(), "bullet of a note"))
            pending[-1] = Line(bullet.end(), line.end, line.indent + bullet.end() - line.start)
            runs.append(pending[::-1])
            pending, first = [], i
    if not runs:
        return None
    notes = tuple(_trimmed(text, str(n), part, decorations) for n, part in enumerate(reversed(runs), 1))
    return NoteSection(notes, first, len(lines), tuple(sorted(decorations)), True)


def _trimmed(text: str, label: str, lines: list[Line], decorations: list[Decoration]) -> RawNote:
    """A note without the blank lines and the link back at its end; a page that begins behind it is not its own."""
    while len(lines) > 1 and (lines[-1].blank or _PAGE_ALONE.match(text, lines[-1].start, lines[-1].end)):
        lines.pop()
    last = lines[-1]
    link = link_back(text, last)
    if link is not None:
        link = max(link, last.start)
        decorations.append(Decoration(link, last.end, "link back to the text"))
        lines[-1] = Line(last.start, link, last.indent)
        while len(lines) > 1 and lines[-1].blank:
            lines.pop()
    return RawNote(label, tuple(lines))
