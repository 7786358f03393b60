"""What an editor is told about the notes: markers that are missing or doubtful, numbers that are, too."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Document, Note
from tei_edition.reading.notes.anchors import Anchored
from tei_edition.reading.notes.choice import ReadNotes

_AROUND = 40  # characters of a word that are shown before a place in it
Place = Callable[[int, int], Location]


def about_notes(document: Document, read: ReadNotes, place: Place) -> Iterator[Diagnostic]:
    """Yield what is to be said of the notes and of their markers."""
    text = document.source.text
    for note in document.notes:
        if note.anchor is None:
            what = f"note {note.label} (“{_first_words(text, note)}…”) has no marker in the text"
            yield finding("RD010", what, place(note.start, note.end))
    for anchored in sorted(read.notes, key=lambda anchored: anchored.place.start if anchored.place else -1):
        yield from _about_marker(text, anchored, place)
    yield from _about_numbers(document, place)
    yield from _about_text_behind(text, read, place)
    for note, anchored in zip(document.notes, read.notes, strict=True):
        if anchored.host is not None and anchored.place:
            start, end = anchored.place.start, anchored.place.end
            words = f"the marker of note {note.label} was found in another note, at “{around(text, start)}”"
            yield finding("RD033", words, place(start, end))


def _about_marker(text: str, anchored: Anchored, place: Place) -> Iterator[Diagnostic]:
    marker, label = anchored.place, anchored.note.label
    if marker is None:
        return
    here, length = place(marker.start, marker.end), marker.end - marker.start
    if marker.rivals:
        rivals = [place(start, start + length) for start in marker.rivals[:3]]
        where = f"{rivals[0].line}:{rivals[0].column} ({around(text, marker.rivals[0])})"
        yield finding("RD012", f"the marker of note {label} could also stand at {where}", here, related=rivals)
    if marker.weak:
        words = f"the marker of note {label} was found at “{around(text, marker.start)}”"
        yield finding("RD014", f"{words}, which is no good place for one", here)


def _about_numbers(document: Document, place: Place) -> Iterator[Diagnostic]:
    """Numbers that are left out, that come twice, or that begin again."""
    numbered = [note for note in document.notes if note.label.isdigit()]
    for before, note in itertools.pairwise(numbered):
        last, number = int(before.label), int(note.label)
        here = place(note.start, note.end)
        if number > last + 1:
            lost = f"note {last + 1} is" if number == last + 2 else f"notes {last + 1} to {number - 1} are"
            yield finding("RD030", f"{lost} missing: note {number} follows note {last}", here)
        elif number == last:
            yield finding(
                "RD031", f"there are two notes {number} (“{_first_words(document.source.text, note)}…”)", here
            )
        elif number < last:
            yield finding("RD032", f"the numbers of the notes begin again: note {number} follows note {last}", here)


def _about_text_behind(text: str, read: ReadNotes, place: Place) -> Iterator[Diagnostic]:
    """Paragraphs behind the last note, at the margin: are they the note's, or does the text go on?"""
    last = max((anchored.note for anchored in read.notes), key=lambda note: note.start, default=None)
    if last is None:
        return
    for above, line in itertools.pairwise(last.lines):
        if above.blank and not line.blank and line.indent < 2:
            words = " ".join(text[line.start : min(line.end, line.start + 40)].split())
            yield finding("RD034", f"“{words}…” is read as a part of note {last.label}", place(line.start, last.end))
            return


def _first_words(text: str, note: Note) -> str:
    return " ".join(text[note.start : min(note.end, note.start + 40)].split())


def around(text: str, at: int) -> str:
    """The word at a place, and what follows it, for a message."""
    before = text[max(0, at - _AROUND) : at]
    word = "" if before[-1:].isspace() else (before.split() or [""])[-1]
    return " ".join((word + text[at : at + 12]).split("\n")[0].split())
