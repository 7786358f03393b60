"""Notes that a symbol marks: `Congo*` in the text, `* Not printed.` at the foot of the page.

A line that begins with an asterisk may be an item of a list as well; it is a note only where a marker of its own stands
glued to a word above it. Symbols return on each page, so the first marker that is free belongs to the first note.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tei_edition.layout import SYMBOLS
from tei_edition.reading.chunks import Line
from tei_edition.reading.notes.labels import is_worded_as_note, symbol_label

_MARKER = re.compile(rf"(?<=[\w.,;:!?)\]”’\"'…])(?:{SYMBOLS})(?=[\s.,;:!?)\]”’\"'…—\d]|$)")


class SymbolNote(NamedTuple):
    """The first line of a note that a symbol marks: where its words begin, and where its marker stands (None: nowhere,
    and the line says by itself that it is a note).
    """

    symbol: str
    content: int
    marker: tuple[int, int] | None


def find_symbol_notes(text: str, lines: Sequence[Line]) -> dict[int, SymbolNote]:
    """Return the notes with symbols by the index of their line."""
    labels = {i: label for i, line in enumerate(lines) if (label := symbol_label(text, line))}
    if not labels:
        return {}
    notes = Counter(label.printed for label in labels.values())
    free: dict[str, deque[tuple[int, int]]] = defaultdict(deque)
    for match in _MARKER.finditer(text):
        free[match.group()].append(match.span())
    found = {}
    for i, label in labels.items():
        bullets = any(k in labels and labels[k].printed == label.printed for k in (i - 1, i + 1))
        queue = free[label.printed]
        if len(queue) > notes[label.printed]:
            continue  # items of a list that are starred: "the starred ones are not yet approved"
        worded = is_worded_as_note(text, label.end)
        if queue and queue[0][0] < lines[i].start and (not bullets or worded):
            found[i] = SymbolNote(label.printed, label.end, queue.popleft())
        elif worded and not bullets:
            found[i] = SymbolNote(label.printed, label.end, None)
        notes[label.printed] -= 1
    return found


def lines_of_symbol_note(lines: Sequence[Line], symbols: Mapping[int, SymbolNote], first: int) -> int:
    """Return the index behind the last line of a note that stands by itself: up to a blank line or the next note."""
    end = first + 1
    while end < len(lines) and not lines[end].blank and end not in symbols and lines[end].indent >= 2:
        end += 1
    return end
