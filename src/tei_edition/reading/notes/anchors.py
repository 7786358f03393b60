"""Where each note's marker stands: in the text before the notes, run by run, or in the text of another note.

`markers` places the numbers 1 to n of one run in one stretch of text. Here it is decided which stretch that is: the
text since the notes of the last page, the text behind the markers of the run before, the gap between two markers that
are set apart (`Congo¹`, `Congo[1]`), the words of the note that cites another.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.layout import SUPERSCRIPTS
from tei_edition.reading.chunks import Line
from tei_edition.reading.markers.placement import Placement, place_markers
from tei_edition.reading.notes.order import Place, cheapest_order, glued_numbers
from tei_edition.reading.notes.sections import NoteSection, RawNote
from tei_edition.reading.notes.symbols import SymbolNote

_RAISED = re.compile(rf"[{SUPERSCRIPTS}]+")
_SQUARE = re.compile(r"\[\d{1,4}\]")
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789", "[]")
_UNIT = re.compile(r"(?:\b[kcm]?m|\bft|\bsq|\bmi|\bR|\d)$")
_BEHIND = re.compile(r"[^\W\d_]|[.,;:!?)\]”’\"…]")
_READ_OF_HOST = 4000  # characters of a note, behind the last marker in it, in which the next is looked for
_DEEPEST = 3  # a note in a note in a note in a note: no page goes further


@dataclasses.dataclass(slots=True)
class Anchored:
    """A note with the place of its marker (None: it has none), and the note in whose text that stands (`host`; None:
    the main text).
    """

    note: RawNote
    place: Placement | None = None
    host: int | None = None
    depth: int = 0

    @property
    def well_placed(self) -> bool:
        """Whether its marker stands in a good place."""
        return self.place is not None and not self.place.weak


class Stretch(NamedTuple):
    """A part of the text in which markers are looked for, and the ranges in it that hold none."""

    text: str
    start: int
    end: int
    holes: Sequence[tuple[int, int]]

    def part(self, start: int, end: int) -> Stretch:
        """The same from `start` to `end`, with the holes that matter there."""
        low = max(0, bisect.bisect_right(self.holes, (start, start)) - 1)
        high = bisect.bisect_left(self.holes, (end, end))
        return Stretch(self.text, start, max(start, end), self.holes[low:high])

    def place(self, words: Sequence[str], first: int) -> dict[int, Placement]:
        """The places of the markers `first`, `first` + 1 … of notes with these words."""
        return place_markers(self.text, self.start, self.end, words, self.holes, first=first)


def anchor_notes(
    text: str,
    lines: Sequence[Line],
    sections: Sequence[NoteSection],
    symbols: Sequence[SymbolNote],
    holes: Sequence[tuple[int, int]],
) -> list[Anchored]:
    """Return the notes of all sections in order, each with its marker where one was found."""
    start = next((line.start for line in lines if not line.blank), 0)
    markers = {symbol.content: Placement(0, *symbol.marker) for symbol in symbols if symbol.marker}
    closed = sorted(
        [*holes, *(symbol.marker for symbol in symbols if symbol.marker), *_ranges_of_symbol_notes(sections)]
    )
    found: list[Anchored] = []
    for section in sections:
        notes = [Anchored(note, markers.get(note.start)) for note in section.notes]
        numbered = [note for note in notes if note.note.label.isdigit()]
        if numbered:
            end = lines[section.first_line].start
            _anchor_runs(Stretch(text, start, end, closed).part(start, end), numbered)
            _anchor_in_notes(Stretch(text, 0, len(text), closed), notes)
            start = lines[section.end_line - 1].end
        found.extend(notes)
    return found


def _ranges_of_symbol_notes(sections: Sequence[NoteSection]) -> Iterator[tuple[int, int]]:
    for section in sections:
        if not any(note.label.isdigit() for note in section.notes):
            yield from ((note.start, note.end) for note in section.notes)


def runs_of(labels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the index ranges of the runs of numbers that grow: 1 2 3 1 2 has two, and so has 1 2 2 3."""
    first = 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] <= labels[i - 1]:
            yield first, i
            first = i


def _anchor_runs(stretch: Stretch, notes: list[Anchored]) -> None:
    numbers = [int(note.note.label) for note in notes]
    if _anchor_set_apart(stretch, notes):
        return
    runs = list(runs_of(numbers))
    for (a, b), part in zip(runs, _parts(stretch, numbers, runs), strict=True):
        placed = _place_run(part, notes, numbers, range(a, b))
        for i in range(a, b):
            notes[i].place = placed.get(numbers[i])


def _parts(stretch: Stretch, numbers: list[int], runs: list[tuple[int, int]]) -> Iterator[Stretch]:
    """The part of the text in which each run's markers stand: behind those of the run before."""
    if len(runs) == 1:
        yield stretch
        return
    labels = [str(number) for number in numbers]
    chosen = cheapest_order(labels, _without_holes(stretch, labels))
    starts, at = [], stretch.start
    for a, b in runs:
        first = next((chosen[i] for i in range(a, b) if i in chosen), None)
        if a and first:
            at = max(at, stretch.text.rfind("\n", at, first.start) + 1)
        starts.append(at)
        at = max((chosen[i].end for i in range(a, b) if i in chosen), default=at)
    for start, end in zip(starts, [*starts[1:], stretch.end], strict=True):
        yield stretch.part(start, end)


def _without_holes(stretch: Stretch, labels: list[str]) -> dict[str, list[Place]]:
    places = glued_numbers(stretch.text, stretch.start, stretch.end, labels)
    return {label: [p for p in found if not _in_hole(p.start, stretch.holes)] for label, found in places.items()}


def _in_hole(at: int, holes: Sequence[tuple[int, int]]) -> bool:
    k = bisect.bisect_right(holes, at, key=lambda hole: hole[0]) - 1
    return k >= 0 and holes[k][1] > at


def _words(text: str, note: RawNote) -> str:
    return text[note.start : note.end]


# -- markers that are set apart from the words -----------------------------------------------------


def _anchor_set_apart(stretch: Stretch, notes: list[Anchored]) -> bool:
    """Place markers that are raised or bracketed, where the page has those; the few others go between them."""
    for shape in (_RAISED, _SQUARE):
        places: dict[str, list[Place]] = {}
        for match in shape.finditer(stretch.text, stretch.start, stretch.end):
            label = match.group().translate(_PLAIN)
            if not _in_hole(match.start(), stretch.holes):
                place = Place(*match.span(), _cost_set_apart(stretch, match.start()))
                places.setdefault(label, []).append(place)
        if not places:
            continue
        chosen = cheapest_order([note.note.label for note in notes], places)
        if 2 * len(chosen) >= len(notes):
            _between(stretch, notes, chosen)
            return True
    return False


def _cost_set_apart(stretch: Stretch, start: int) -> float:
    before = stretch.text[max(stretch.start, start - 4) : start]
    if not before or before[-1] == "\n":
        return 6.0
    if _UNIT.search(before) and stretch.text[start] in SUPERSCRIPTS:
        return 5.0  # "m²", "10³"
    return 1.5 if before[-1].isspace() else 0.0


def _between(stretch: Stretch, notes: list[Anchored], chosen: dict[int, Place]) -> None:
    """Give the chosen notes their places, and look for the others between their neighbours, all of a gap at once."""
    numbers = [int(note.note.label) for note in notes]
    for i, place in chosen.items():
        notes[i].place = Placement(numbers[i], place.start, place.end)
    borders = [-1, *sorted(chosen), len(notes)]
    for before, behind in itertools.pairwise(borders):
        if behind - before < 2:
            continue
        start = chosen[before].end if before in chosen else stretch.start
        end = chosen[behind].start if behind in chosen else stretch.end
        between = range(before + 1, behind)
        for a, b in runs_of([numbers[i] for i in between]):
            placed = _place_run(stretch.part(start, end), notes, numbers, between[a:b])
            for i in between[a:b]:
                found = placed.get(numbers[i])
                # Where the others are set apart, a mere number is none.
                good = found and not found.weak and _is_glued(stretch.text, found, start)
                notes[i].place = found if good else None


def _place_run(
    part: Stretch, notes: Sequence[Anchored], numbers: Sequence[int], members: Sequence[int]
) -> dict[int, Placement]:
    """Place notes whose numbers grow; a number that is left out has a marker, perhaps: nothing else takes its place."""
    words = {numbers[i]: _words(part.text, notes[i].note) for i in members}
    first, last = numbers[members[0]], numbers[members[-1]]
    return part.place([words.get(n, "") for n in range(first, last + 1)], first)


# -- markers in the text of other notes ------------------------------------------------------------


def _anchor_in_notes(whole: Stretch, notes: list[Anchored]) -> None:
    """A note that has no good place in the text may be cited from the note before it, or from that one's host."""
    ends: dict[int, int] = {}
    for i, note in enumerate(notes):
        if note.well_placed or i == 0 or not note.note.label.isdigit():
            continue
        host: int | None = i - 1
        while host is not None:
            start = max(notes[host].note.start, ends.get(host, 0))
            found = _in_note(whole, start, min(notes[host].note.end, start + _READ_OF_HOST), note.note)
            if found and notes[host].depth < _DEEPEST:
                note.place, note.host, note.depth = found, host, notes[host].depth + 1
                ends[host] = found.end
                break
            host = notes[host].host


def _in_note(whole: Stretch, start: int, end: int, note: RawNote) -> Placement | None:
    number = int(note.label)
    for shape in (_RAISED, _SQUARE):
        for match in shape.finditer(whole.text, start, end):
            if match.group().translate(_PLAIN) == note.label and _cost_set_apart(whole, match.start()) < 5.0:
                return Placement(number, *match.span())
    part = whole.part(start, end)
    place = part.place([_words(whole.text, note)], number).get(number)
    return place if place and not place.weak and _is_glued(whole.text, place, start) else None


def _is_glued(text: str, place: Placement, low: int) -> bool:
    """Whether a marker is glued to a word or a closing sign, and is no part of a longer number."""
    before, behind = text[max(low, place.start - 2) : place.start], text[place.end : place.end + 1]
    ends_word = bool(_BEHIND.match(before[-1:])) and not (before[-1:] in ".,:" and before[:1].isdigit())
    return ends_word and not (behind.isalnum() or behind in "/-–")
