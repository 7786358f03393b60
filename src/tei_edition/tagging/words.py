"""Words and their dictionary: how names are found in a text without one long regular expression.

A wording is looked up by its first word; then the longest one that stands there in full wins. Comparison is folded:
case and diacritics do not count, a no-break blank or a line end is a blank, and each character keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

Payload = TypeVar("Payload")
WORD = re.compile(r"[^\W_]+(?:[’'](?!s\b)[^\W\d_]+)*")


class Word(NamedTuple):
    """A word of a view: its folded form and its place in the view."""

    folded: str
    start: int
    end: int


class _Fold(dict[int, str]):
    """Character → its folded form, one character long, made when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            folded = " "
        elif character in "’‘ʼ":
            folded = "'"
        elif character in "‐‑–":
            folded = "-"
        else:
            base = unicodedata.normalize("NFKD", character)[0].lower()
            folded = base if len(base) == 1 else character
        self[code] = folded
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """Return a text for comparison, character for character: the same length, offsets stay valid."""
    return text.translate(_FOLD)


def words_of(folded: str) -> list[Word]:
    """Return the words of a folded text in order."""
    return [Word(match.group(), match.start(), match.end()) for match in WORD.finditer(folded)]


class Dictionary(Generic[Payload]):
    """Wordings by their first word, the longest first."""

    def __init__(self, wordings: Iterable[tuple[str, Payload]]) -> None:
        gathered: dict[str, dict[str, list[Payload]]] = defaultdict(dict)
        for wording, payload in wordings:
            folded = fold(wording)
            first = WORD.search(folded)
            if first and first.start() == 0:
                payloads = gathered[first.group()].setdefault(folded, [])
                if payload not in payloads:
                    payloads.append(payload)
        self._by_first = {
            first: sorted(forms.items(), key=lambda form: (-len(form[0]), form[0])) for first, forms in gathered.items()
        }

    def find(self, folded: str, words: Iterable[Word]) -> Iterator[tuple[int, int, list[Payload]]]:
        """Yield start, end and payloads of the longest wording at each word; overlapping ones are left to the
        caller.
        """
        for word in words:
            for form, payloads in self._by_first.get(word.folded, ()):
                end = word.start + len(form)
                if folded.startswith(form, word.start) and not folded[end : end + 1].isalnum():
                    yield word.start, end, payloads
                    break
