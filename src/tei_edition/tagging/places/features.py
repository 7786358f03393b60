"""Places that no gazetteer knows, told by their own words: "Lake Kioga", "the Atbara River", "the village of Derac".

Rivers, camps and villages are named once and known to few lists; the noun beside the name says what they are. Such a
place is tagged, and not linked.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.tagging import name_vocabulary as persons
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.places.mentions import in_capitals
from tei_edition.tagging.places.vocabulary import words
from tei_edition.tagging.words import Dictionary

_SPOTS = frozenset({"at", "near", "outside", "off"})  # behind these a name is a place's rather than anything's else
_ENOUGH = 1.0
_MOST = 3  # words of a name


class Feature(NamedTuple):
    """A place in the view of a text, with the reason."""

    text: Text
    start: int
    end: int
    evidence: str


class _Told:
    """The names that a document tells to be places, and what it took to tell it."""

    def __init__(self) -> None:
        self._scores: dict[str, float] = defaultdict(float)
        self.names: dict[str, str] = {}

    def add(self, name: str, evidence: str, weight: float) -> None:
        """Count a sign; behind "in" alone stands much that is no place."""
        self._scores[name] += weight
        if self._scores[name] >= _ENOUGH:
            self.names.setdefault(name, evidence)


def find_features(reading: Reading) -> Iterator[Feature]:
    """Yield the places of a document that their own words tell, wherever they are named again."""
    told = _Told()
    for text in reading.texts:
        if not in_capitals(text.text):
            yield from _in_text(text, reading, told)
    if told.names:
        again = Dictionary((name, evidence) for name, evidence in told.names.items())
        for text in reading.texts:
            for start, end, evidence in again.find(text.folded, text.words):
                if text.text[start].isupper():
                    yield Feature(text, start, end, evidence[0])


def _in_text(text: Text, reading: Reading, told: _Told) -> Iterator[Feature]:
    words_, written = text.words, text.text
    for i in itertools.compress(range(len(words_)), text.upper):
        feature = spot = None
        if written[words_[i].start : words_[i].end] in _nouns():
            feature = _of_noun(text, i, reading)
        before = words_[i - 1].folded if i else ""
        if feature is None and before == "of":
            feature = _of_kind(text, i, reading)
        elif feature is None and (before == "in" or before in _SPOTS):
            spot = _at_spot(text, i, reading)
        if feature:
            yield feature
            if feature.evidence.startswith("the "):  # "the village of Derac": Derac is its name
                told.add(text.folded[feature.start : feature.end], feature.evidence, 1.0)
        elif spot:
            weight = 0.4 if before == "in" else 1.0
            told.add(text.folded[spot.start : spot.end], spot.evidence, weight)


@functools.cache
def _nouns() -> frozenset[str]:
    return words("feature-before") | words("feature-of") | words("feature-behind")


def _written(text: Text, i: int) -> str:
    word = text.words[i]
    return text.text[word.start : word.end]


def _blank(text: Text, i: int) -> bool:
    """Whether only a blank or a hyphen parts a word from the one behind it."""
    if not 0 <= i < len(text.words) - 1:
        return False
    gap = text.text[text.words[i].end : text.words[i + 1].start]
    return gap in (" ", "-", "\n", ". ", "’")


def _capital(text: Text, i: int) -> bool:
    if not 0 <= i < len(text.words):
        return False
    written = _written(text, i)
    return written[0].isupper() and not written.isdigit() and (len(written) > 1 or written in "ÀAOU")


def _of_noun(text: Text, i: int, reading: Reading) -> Feature | None:
    """ "Lake Kioga", "Gulf of Paria", "Atbara River"."""
    written = _written(text, i)
    if written in words("feature-before") and _blank(text, i) and _name(text, i + 1):
        last = i + 1
        while _blank(text, last) and last - i < _MOST and _name(text, last + 1) and "." not in _gap(text, last):
            last += 1
        return Feature(text, text.words[i].start, text.words[last].end, f"{written} before its name")
    if written in words("feature-of") and _blank(text, i) and i + 2 < len(text.words):
        last = i + 2
        if text.words[i + 1].folded == "of" and text.words[last].folded == "the" and last + 1 < len(text.words):
            last += 1
        if text.words[i + 1].folded == "of" and _capital(text, last):
            return Feature(text, text.words[i].start, text.words[last].end, f"{written} of")
    if written in words("feature-behind") and i and _blank(text, i - 1) and _gap(text, i - 1) == " ":
        first = i - 1
        folded, gazetteer = text.words[first].folded, reading.known.gazetteer
        known = gazetteer is not None and bool(gazetteer.named(folded))  # "Kontum Province"
        if not (_name(text, first) or (known and _capital(text, first))) or folded in words("compass"):
            return None
        while _blank(text, first - 1) and i - first < _MOST and _name(text, first - 1) and _gap(text, first - 1) == " ":
            first -= 1
        return Feature(text, text.words[first].start, text.words[i].end, f"{written} behind its name")
    return None


def _gap(text: Text, i: int) -> str:
    return text.text[text.words[i].end : text.words[i + 1].start]


def _name(text: Text, i: int) -> bool:
    """Whether a word may be a name: a capital, and no word that only begins sentences or names an office."""
    if not _capital(text, i):
        return False
    return text.words[i].folded not in persons.no_persons()


def _of_kind(text: Text, i: int, reading: Reading) -> Feature | None:
    """ "the village of Derac": the noun says it."""
    if i < 2 or text.words[i - 1].folded != "of" or not _blank(text, i - 1) or not _blank(text, i - 2):
        return None
    kind = _written(text, i - 2)
    if kind not in words("named-kind") or not _name(text, i) or text.words[i].folded in reading.ordinary_words:
        return None
    last = i
    while last - i < _MOST - 1 and _blank(text, last) and _gap(text, last) in " -" and _name(text, last + 1):
        last += 1
    return Feature(text, text.words[i].start, text.words[last].end, f"the {kind} of")


def _at_spot(text: Text, i: int, reading: Reading) -> Feature | None:
    """ "at Marienborn": behind such a preposition, and nothing else that has a capital."""
    if i < 1 or _gap(text, i - 1) != " ":
        return None
    before = _written(text, i - 1)
    folded = text.words[i].folded
    written = _written(text, i)
    if (before not in _SPOTS and before != "in") or not _name(text, i) or len(written) < 4 or written.isupper():
        return None
    if written in words("no-name") or folded in reading.ordinary_words or folded in persons.title_words():
        return None
    if (
        not written.isalpha()
        or folded in persons.family_names()
        or folded in persons.given_names()
        or folded in reading.known.persons.surnames
    ):
        return None
    last = i
    if _blank(text, i) and _gap(text, i) in " -" and _capital(text, i + 1):
        if not _name(text, i + 1) or (_blank(text, i + 1) and _capital(text, i + 2)):
            return None  # "at Headquarters Allied Forces": a name of several words is an institution's
        last = i + 1
    if text.text.startswith(("’s ", "'s "), text.words[last].end):
        return None  # "at Khanh's request"
    return Feature(text, text.words[i].start, text.words[last].end, f"behind “{before}”")
