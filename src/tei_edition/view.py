"""What a reader sees of a text: the words without marks and unseen characters, with offsets that lead back."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tei_edition.late_patterns import late

if TYPE_CHECKING:
    from tei_edition.model import Mark

# Characters that no reader sees: soft hyphen, zero-width spaces and joiners, byte-order marks. They stay in the text.
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_UNSEEN = late(f"[{UNSEEN}]")


# Blanks of every width that part words in a line, for character classes of regular expressions.
BLANKS = r" \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
# Blanks of every width and hyphens that hold words together: they stay in the text, and are read as the common ones; so
# are the line ends of old Macintosh files and word processors.
_ALIKE = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ") | {0x2010: "-", 0x2011: "-"}
_ALIKE |= dict.fromkeys(map(ord, "\r\x0b\x85\u2028\u2029"), "\n")
_ALIKE |= dict.fromkeys([0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029], "\n")  # line ends of word processors
_UNUSUAL = late(f"[{''.join(map(chr, _ALIKE))}]")
_READ_OTHERWISE = late(f"[{UNSEEN}{''.join(map(chr, _ALIKE))}]")


class View:
    """A block's words without its marks, with offsets that lead back: "stra[Page 4]tegic" reads "strategic".

    Soft hyphens and zero-width spaces are left out, too; a no-break or thin blank is read as a blank.

    Where a page marker stands between two blanks, one of them goes with it, so that the words around it read on.
    """

    def __init__(self, text: str, start: int, end: int, marks: Iterable[Mark] = ()) -> None:
        self._origins, self._starts = [start], [0]
        if not marks and start < end and not _READ_OTHERWISE.search(text, start, end):
            self.text = text[start:end]  # as it stands there, like most blocks
            return
        pieces: list[tuple[int, int]] = []
        at = start
        for mark in marks:
            if mark.kind in ("lb", "gap"):
                continue  # the line end stays, or the words on both sides of it would run together; a gap has no words
            if mark.start > at:
                pieces.append((at, mark.start))
            at = mark.end
            blank_before = mark.start > start and text[mark.start - 1].isspace()
            if mark.kind == "pb" and blank_before and at < end and text[at].isspace():
                at += 1
        if end > at:
            pieces.append((at, end))
        if _UNSEEN.search(text, start, end):
            pieces = [piece for a, b in pieces for piece in _seen(text, a, b)]
        words = "".join(text[a:b] for a, b in pieces)
        self.text = words.translate(_ALIKE) if _UNUSUAL.search(words) else words
        self._origins = [a for a, _ in pieces]
        self._starts = []
        length = 0
        for a, b in pieces:
            self._starts.append(length)
            length += b - a

    def origin(self, offset: int) -> int:
        """Return the offset in the source of the view's character `offset`."""
        piece = bisect.bisect_right(self._starts, offset) - 1
        return self._origins[piece] + offset - self._starts[piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the source that the view's characters `start` to `end` (not empty) come from."""
        if len(self._origins) == 1:
            return self._origins[0] + start, self._origins[0] + end
        return self.origin(start), self.origin(end - 1) + 1


def _seen(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a range without the characters that no reader sees: "Kasa\u00advubu" reads "Kasavubu"."""
    at = start
    for unseen in _UNSEEN.finditer(text, start, end):
        if unseen.start() > at:
            yield at, unseen.start()
        at = unseen.end()
    if end > at:
        yield at, end
