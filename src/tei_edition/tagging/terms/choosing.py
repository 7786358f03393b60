"""Which entry is meant where several are written alike: GOI, the Government of Iran or of Iraq.

The descriptions decide: which of them the document speaks of (Iran, Tehran's government), a number behind a series of
papers (CA–4321 is a circular airgram), the drafters' offices. If none is clearly ahead, the term is not linked.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tei_edition.model import Entry
from tei_edition.tagging.words import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = frozenset(
    ("the", "and", "for", "with", "from", "office", "department", "government", "united", "states", "national")
)
_OFFICE = re.compile(r"\b(?:office|bureau|division|staff|adviser|secretar\w+|counselor|department of state)\b")
_SERIES = re.compile(r"\b(?:airgram|telegram|circular|record group|series|bill|resolution|public law|document)\b")
_NUMBER_BEHIND = re.compile(r"[ -]{0,2}[0-9]")


class Choice(NamedTuple):
    """The entry that is meant, empty where none is clearly ahead; how sure, and why."""

    entry: str
    cert: str
    evidence: str


class Descriptions:
    """How often a document has the words of a description; counted once a document, when first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @functools.cached_property
    def _count(self) -> Counter[str]:
        return Counter(_stem(word) for folded in self._texts for word in _WORD.findall(folded))

    def occurrences(self, words: frozenset[str]) -> int:
        """The occurrences of some stems in the document."""
        return sum(self._count[word] for word in words)


def choose(
    candidates: Sequence[str], entries: Mapping[str, Entry], document: Descriptions, *, behind: str, drafting: bool
) -> Choice:
    """Return which of several entries is meant; `behind` is the folded text after the term."""
    described = {identifier: fold(entries[identifier].description).rstrip(" .") for identifier in candidates}
    if len(set(described.values())) == 1:
        return Choice(candidates[0], "high", f"{len(candidates)} entries that say the same; the first of them")
    for fits, pattern, why in (
        (_NUMBER_BEHIND.match(behind) is not None, _SERIES, "a number behind it: the entry of a series of papers"),
        (drafting, _OFFICE, "among the drafters: the entry of an office"),
    ):
        fitting = [identifier for identifier in candidates if pattern.search(described[identifier])]
        if fits and len(fitting) == 1:
            return Choice(fitting[0], "medium", why)
    stems = {i: frozenset(_stem(w) for w in _WORD.findall(text) if w not in _EMPTY) for i, text in described.items()}
    shared = frozenset.intersection(*stems.values())
    told = sorted(((document.occurrences(stems[i] - shared), i) for i in candidates), reverse=True)
    (most, best), (second, _) = told[:2]
    if most >= 2 and most >= 3 * second:
        return Choice(best, "medium", f"the document has the words of its description {most} times, another's {second}")
    return Choice("", "medium", f"{len(candidates)} entries share this wording")


def _stem(word: str) -> str:
    """A word's beginning, so that Iranian meets Iran: but Iraq must not meet Iran."""
    return word[:4] if len(word) <= 7 else word[:6]
