"""Which note of the source is which of the edition, wherever the page has it.

A page has its notes at its foot, under the document or behind an attachment; the plain text of an edition has all of
them below. So each note is compared with its own, and what is left of both texts with each other. Pairs say only what
is compared with what: a word that one side lacks is missing, in whatever pair it stands.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from typing import NamedTuple

from tei_edition.late_patterns import late
from tei_edition.layout import PLAIN_FIGURES, SUPERSCRIPTS
from tei_edition.validation.page_words import NoteStart, PageWords, Word

MARKER = late(rf"\[(\d{{1,4}})\]|\^(\d{{1,4}})|([{SUPERSCRIPTS}]{{1,4}})")  # `Congo[1]`, `Congo^1`, `Congo¹`
_KEY = 24  # characters at the beginning of a note that tell which it is
_TRIES = 20  # notes with the same label and beginning that are looked at for the one that ends as it should


class Stretch(NamedTuple):
    """Words of the source and those of the edition that should be the same; `note`: the note's label, "" the text."""

    theirs: list[Word]
    ours: list[Word]
    note: str = ""


def pair_notes(theirs: PageWords, ours: PageWords) -> list[Stretch]:
    """Return the text of the source beside that of the edition, then each note that both have beside its own."""
    entries = _entries(ours)
    chosen = _Chooser(theirs, ours, entries).choose()
    places = ((theirs.notes[k], note, end) for (note, end), k in zip(entries, chosen, strict=True) if k >= 0)
    pairs = sorted(places, key=lambda pair: pair[0].first)
    their_words, notes = list(theirs.words), []
    taken, given = [], []
    for at, (found, note, end) in enumerate(pairs):
        limit = _begin(pairs[at + 1][0]) if at + 1 < len(pairs) else len(their_words)
        size = ours.lengths[end] - ours.lengths[note.content]
        stop = _nearest_line_end(theirs, found.content, size, limit)
        notes.append(
            Stretch(theirs.words[found.content : stop], ours.words[note.content : end], note.label or found.label)
        )
        taken.append((found.first, stop))
        given.append((note.first, end))
        if found.heading >= 0:
            their_words[found.heading] = their_words[found.heading]._replace(optional=True)
    return [Stretch(_without(their_words, taken), _without(ours.words, sorted(given))), *notes]


def _begin(note: NoteStart) -> int:
    return note.heading if note.heading >= 0 else note.first


def _without(words: list[Word], ranges: list[tuple[int, int]]) -> list[Word]:
    kept, at = [], 0
    for start, end in ranges:
        kept += words[at:start]
        at = end
    return kept + words[at:]


def _entries(ours: PageWords) -> list[tuple[NoteStart, int]]:
    """The notes of an edition's plain text, each with the index behind its last word: up to the next, or a gap."""
    found = []
    firsts = [note.first for note in ours.notes] + [len(ours.words)]
    for note, end in zip(ours.notes, firsts[1:], strict=True):
        gap = bisect.bisect_right(ours.gaps, note.content)
        found.append((note, min(end, ours.gaps[gap]) if gap < len(ours.gaps) else end))
    return found


def _nearest_line_end(page: PageWords, content: int, size: int, limit: int) -> int:
    """The end of the line with which a note of so many characters ends most nearly; before `limit`, the next note."""
    low = bisect.bisect_right(page.line_ends, content)
    high = max(bisect.bisect_right(page.line_ends, limit), low + 1)
    target = page.lengths[content] + size
    at = bisect.bisect_left(page.line_ends, target, low, high, key=lambda end: page.lengths[end])
    if at > low and (
        at == high or target - page.lengths[page.line_ends[at - 1]] <= page.lengths[page.line_ends[at]] - target
    ):
        at -= 1
    return page.line_ends[at]


class _Chooser:
    """For each note of the edition the place in the source where it begins: with its label and its first words, or
    with its label between its neighbours. The last places first, for what looks like a note above them is text.
    """

    def __init__(self, theirs: PageWords, ours: PageWords, entries: list[tuple[NoteStart, int]]) -> None:
        self._page = theirs
        self._entries = entries
        self._sizes = [ours.lengths[end] - ours.lengths[note.content] for note, end in entries]
        self._keys = [_folded(ours.bare(note.content, end, 2 * _KEY))[:_KEY] for note, end in entries]
        count = len(theirs.words)
        self._starts = [_folded(theirs.bare(note.content, count, 2 * _KEY))[:_KEY] for note in theirs.notes]
        self._ends = {theirs.lengths[end] for end in theirs.line_ends}
        self._used: set[int] = set()  # the first words of notes that have been chosen

    def choose(self) -> list[int]:
        """Return the index of a note start of the source for each note of the edition, -1 where there is none."""
        chosen = [-1] * len(self._entries)
        places: dict[int, dict[tuple[str, str], list[int]]] = {}
        for e in range(len(self._entries) - 1, -1, -1):
            label, key = self._entries[e][0].label, self._keys[e]
            if len(key) not in places:
                places[len(key)] = self._table(len(key))
            table = places[len(key)]
            for name in (label, "") if label else ("any",):
                if chosen[e] < 0 and key:
                    chosen[e] = self._last_free(table.get((name, key), []), self._sizes[e])
        return self._by_label(chosen)

    def _table(self, length: int) -> dict[tuple[str, str], list[int]]:
        """The places by label and so many first characters; by "any", whatever their label is."""
        table: dict[tuple[str, str], list[int]] = defaultdict(list)
        for k, note in enumerate(self._page.notes):
            for name in (note.label, "any"):
                table[name, self._starts[k][:length]].append(k)
        return table

    def _last_free(self, places: list[int], size: int) -> int:
        """The last place that is free; rather one from which so many characters lead to the end of a line."""
        while places and self._page.notes[places[-1]].first in self._used:
            places.pop()
        free = [k for k in places[: -_TRIES - 1 : -1] if self._page.notes[k].first not in self._used]
        exact = (k for k in free if self._page.lengths[self._page.notes[k].content] + size in self._ends)
        return self._take(next(exact, free[0] if free else -1))

    def _take(self, k: int) -> int:
        if k >= 0:
            self._used.add(self._page.notes[k].first)
        return k

    def _by_label(self, chosen: list[int]) -> list[int]:
        """Choose for notes whose first words were changed: the last place with their label before the next note's."""
        labelled: dict[str, list[int]] = defaultdict(list)
        for k, note in enumerate(self._page.notes):
            if note.label and note.first not in self._used:
                labelled[note.label].append(k)
        after = len(self._page.notes)
        for e in range(len(chosen) - 1, -1, -1):
            if chosen[e] >= 0:
                after = chosen[e]
                continue
            places = labelled[self._entries[e][0].label]
            at = bisect.bisect_left(places, after) - 1
            if at >= 0:
                chosen[e] = after = self._take(places[at])
                del places[at:]
        return chosen


def _folded(text: str) -> str:
    """Markers as figures: "Congo[1]", "Congo¹" and "Congo^1" are "Congo1"."""
    return MARKER.sub(lambda match: match[match.lastindex or 0].translate(PLAIN_FIGURES), text)
