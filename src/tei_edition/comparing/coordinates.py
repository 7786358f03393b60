"""One ruler for two texts, so that spans of both can be laid side by side.

Where the words are the same, both texts have the same places on the ruler. Words that replaced others share a
stretch. Words that only one text has take no room: a paragraph or a name that grew by them has kept its place.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass

from tei_edition.comparing.alignment import Region


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A region as one of the two texts sees it."""

    start: int
    end: int
    begins: int  # where it begins on the ruler
    room: int  # how much of the ruler it takes
    equal: bool
    other: str  # the words of the other text


class Ruler:
    """Turns offsets of one text into places on the common ruler."""

    def __init__(self, text: str, other: str, regions: list[Region], *, of_b: bool) -> None:
        other = f"\n{other}"
        self._text = f"\n{text}"  # as the regions see it
        self._stretches: list[_Stretch] = []
        begins = 0
        for region in regions:
            a, b = region.a_end - region.a_start, region.b_end - region.b_start
            room = max(a, b) if a and b else 0
            places = (region.a_start, region.a_end), (region.b_start, region.b_end)
            (start, end), there = reversed(places) if of_b else places
            if end > start:
                words = "" if region.equal else other[slice(*there)]
                self._stretches.append(_Stretch(start, end, begins, room, region.equal, words))
            begins += room
        self._starts = [stretch.start for stretch in self._stretches]

    def start(self, offset: int) -> int:
        """Where a span that begins at `offset` begins on the ruler."""
        offset += 1
        index = bisect.bisect_right(self._starts, offset) - 1
        stretch = self._stretches[index]
        if stretch.room or index + 1 == len(self._stretches):
            return stretch.begins + min(offset - stretch.start, stretch.room)
        if not self._text[stretch.start:offset].strip(" \t\n\r") and self._text[offset] in " \t\n\r":
            return stretch.begins
        # It begins with a word that the other text lacks: there it begins with the next word that both have.
        after = self._stretches[index + 1]
        words = self._text[after.start:after.end]
        return stretch.begins + len(words) - len(words.lstrip(" \t\n\r"))

    def end(self, offset: int) -> int:
        """Where a span that ends at `offset` ends on the ruler."""
        offset += 1
        index = max(bisect.bisect_left(self._starts, offset) - 1, 0)
        stretch = self._stretches[index]
        if stretch.room or index == 0:
            # What was replaced ends together, however long it is.
            inside = stretch.room if offset == stretch.end else min(offset - stretch.start, stretch.room)
            return stretch.begins + inside
        before = self._stretches[index - 1]
        words = self._text[before.start:before.end]
        return stretch.begins - (len(words) - len(words.rstrip(" \t\n\r")))

    def is_alone(self, start: int, end: int) -> bool:
        """Whether these characters stand in words that only this text has: marks on them came or went with them."""
        stretch = self._stretches[bisect.bisect_right(self._starts, start + 1) - 1]
        if stretch.equal or end + 1 > stretch.end:
            return False
        words = self._text[start + 1:end + 1]
        all_of_it = words == self._text[stretch.start:stretch.end].strip()
        return not stretch.room or (bool(words) and not all_of_it and words not in stretch.other)
