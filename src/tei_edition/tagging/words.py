"""Words and their dictionary: how names are found in a text without one long regular expression.

A wording is looked up by its first word; then the longest one that stands there in full wins. Comparison is folded:
case and diacritics do not count, a no-break blank or a line end is a blank, and each character keeps its place.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from tei_edition.words import WORD, fold

__all__ = ["WORD", "Dictionary", "Word", "columns_of", "fold", "words_of"]

Payload = TypeVar("Payload")


class Word(tuple[str, int, int]):
    """A word of a view: its folded form and its place in the view.

    A tuple with names, as a `NamedTuple` is, but made without a step of Python: of a volume there are a million.
    """

    __slots__ = ()
    folded: str = property(operator.itemgetter(0))  # type: ignore[assignment]
    start: int = property(operator.itemgetter(1))  # type: ignore[assignment]
    end: int = property(operator.itemgetter(2))  # type: ignore[assignment]


_PARTS = re.compile(f"({WORD.pattern})")


class Columns(NamedTuple):
    """The words of a text, column by column: their folded forms, and where they begin and end."""

    folded: list[str]
    starts: list[int]
    ends: list[int]


def columns_of(folded: str) -> Columns:
    """Return the words of a folded text in order, as columns."""
    # Cut by one call, counted by another, without a step of Python for each.
    parts = _PARTS.split(folded)  # what stands between words and the words, in turn
    ends = list(itertools.accumulate(map(len, parts)))
    return Columns(parts[1::2], ends[:-1:2], ends[1::2])


def words_of(folded: str) -> list[Word]:
    """Return the words of a folded text in order."""
    return list(map(Word, zip(*columns_of(folded), strict=True)))


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
            first: (tuple(sorted({len(form) for form in forms}, reverse=True)), dict(forms))
            for first, forms in gathered.items()
        }
        self._firsts = frozenset(self._by_first)

    def find(
        self, folded: str, words: Iterable[Word], vocabulary: frozenset[str] | None = None
    ) -> Iterator[tuple[int, int, list[Payload]]]:
        """Yield start, end and payloads of the longest wording at each word; overlapping ones are left to the
        caller. `vocabulary` are the different words of the text, where they are known: most texts have none that
        matters, and need not be looked through.
        """
        by_first = self._by_first
        # many lists have no places, no organisations
        if not by_first or (vocabulary is not None and self._firsts.isdisjoint(vocabulary)):
            return
        for first, start, _ in [word for word in words if word[0] in by_first]:
            lengths, forms = by_first[first]
            for length in lengths:
                written = folded[start : start + length]
                payloads = forms.get(written)
                # the text may end before the length does
                if payloads and len(written) == length and not folded[start + length : start + length + 1].isalnum():
                    yield start, start + length, payloads
                    break
