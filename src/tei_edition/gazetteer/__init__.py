"""The gazetteer that travels with the program: places by what they are called, read only when a text is tagged.

Two sources: settlements of GeoNames, cut by `make gazetteer` (`data/gazetteer.txt.gz`), and a curated table of states,
dependencies, regions and waters of 1861 to 1992 (`data/places.tsv`). "Congo" is Léopoldville's, Brazzaville's, and the
Belgian Congo: which one a text means, tagging decides.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable

from tei_edition.gazetteer.bundled import Bundled, read_bundled
from tei_edition.gazetteer.curated import Curated, read_curated
from tei_edition.gazetteer.wording import ABBREVIATION, KINDS, Wording
from tei_edition.model import Place
from tei_edition.words import WORD

__all__ = ["OTHERWISE", "Gazetteer", "Wording", "gazetteer"]

OTHERWISE = "place-"  # stands before the id of a place that a person or a term of the authority files has

# Of several places with one name: states before their capitals, these before posts, and those before other towns.
_KIND_RANK = {"country": 0, "dependency": 1, "former-state": 2, "first-level": 5, "region": 5, "water": 5, "feature": 6}


_GOING_ON = 3  # characters behind the first word of a wording by which most that stands there is told from it
# Of a first word: the lengths of its wordings, these by their folded form, and how they go on.
_Standing = tuple[tuple[int, ...], dict[str, tuple[Wording, ...]], frozenset[str] | None]


class Gazetteer:
    """Places, looked up by id or by the first word of what they are called."""

    def __init__(self, curated: Curated, bundled: Bundled) -> None:
        self._curated = curated
        self._bundled = bundled
        self._by_first: dict[str, tuple[Wording, ...]] = {}
        self._by_length: dict[str, _Standing] = {}
        self._places: dict[str, Place] = {}
        self._together: dict[tuple[str, ...], tuple[Place, ...]] = {}

    def wordings(self, first: str) -> tuple[Wording, ...]:
        """Return what begins with a folded word, the longest first: `salt` → "Salt Lake City", "Salto" not."""
        known = self._by_first.get(first)
        if known is None:
            known = self._by_first[first] = self._joined(first)
        return known

    @functools.cached_property
    def beginnings(self) -> frozenset[str]:
        """The folded words with which a wording begins; most words begin none."""
        return self._bundled.beginnings | self._curated.beginnings

    def places(self, identifiers: tuple[str, ...]) -> tuple[Place, ...]:
        """Return the places with some ids, which stand together in a wording."""
        known = self._together.get(identifiers)
        if known is None:
            known = self._together[identifiers] = tuple(map(self.place, identifiers))
        return known

    def standing(self, first: str, folded: str, start: int) -> Iterable[Wording]:
        """Return the wordings that stand at a character of a folded text, whose word there is `first`, the longest
        first.
        """
        known = self._by_length.get(first)
        if known is None:
            known = self._by_length[first] = self._lengths(first)
        lengths, wordings, going_on = known
        behind = start + len(first)
        if going_on is not None and folded[behind : behind + _GOING_ON] not in going_on:
            return ()  # "the" begins The Hague and much besides, and what follows is none of that
        found: list[Wording] = []
        for length in lengths:
            end = start + length
            key = folded[start:end]
            here = wordings.get(key) or ("-" in key and wordings.get(key.replace("-", " "))) or None  # "Saudi-Arabia"
            if here and not folded[end : end + 1].isalnum():
                found += here
        return found

    def _lengths(self, first: str) -> _Standing:
        """The wordings of a first word by their folded form, how long they are (of "san" there are hundreds), and how
        they go on behind the first word, where none is that word alone.
        """
        gathered: dict[str, tuple[Wording, ...]] = {}
        for wording in self.wordings(first):
            gathered[wording.folded] = (*gathered.get(wording.folded, ()), wording)
        rest = {folded[len(first) : len(first) + _GOING_ON] for folded in gathered}
        alike = any(len(part) < _GOING_ON for part in rest)
        rest |= {part.replace(" ", "-") for part in rest}
        lengths = tuple(sorted({len(folded) for folded in gathered}, reverse=True))
        return lengths, gathered, None if alike else frozenset(rest)

    def place(self, identifier: str) -> Place:
        """Return the place with an id. Raises KeyError where there is none."""
        place = self._places.get(identifier) or self._curated.places.get(identifier)
        if place is None:
            place = self._places[identifier] = self._bundled.place(identifier, self._curated.of_country)
        return place

    def get(self, identifier: str) -> Place | None:
        """Return the place with an id, None where there is none. `place-jordan` is Jordan's, where somebody else of the
        authority files has the id `jordan`.
        """
        plain = identifier.removeprefix(OTHERWISE)
        try:
            place = self.place(plain)
        except KeyError:
            return None
        return place if plain == identifier else place._replace(id=identifier)

    def named(self, folded: str) -> tuple[str, ...]:
        """Return the ids of the places that are called so, abbreviations aside: `tripoli` → Libya's, Lebanon's."""
        first = WORD.match(folded)
        found = self.wordings(first.group()) if first else ()
        return next((w.ids for w in found if w.folded == folded and w.kind != ABBREVIATION), ())

    def _joined(self, first: str) -> tuple[Wording, ...]:
        """One wording for each way to write it, with all that are called so in the order of their weight."""
        gathered: dict[tuple[str, str], list[Wording]] = defaultdict(list)
        for wording in (*self._curated.wordings(first), *self._bundled.wordings(first)):
            exact = wording.written if wording.kind == ABBREVIATION else ""
            gathered[wording.folded, exact].append(wording)
        flags = self._bundled.flags
        joined = [
            Wording(
                folded,
                ones[0].written,
                tuple(sorted(dict.fromkeys(i for one in ones for i in one.ids), key=self._rank)),
                min((one.kind for one in ones), key=KINDS.index),
                any(one.common for one in ones) or "c" in flags.get(folded, ""),
                any(one.personal for one in ones) or "p" in flags.get(folded, ""),
            )
            for (folded, _), ones in gathered.items()
        ]
        return tuple(sorted(joined, key=lambda wording: (-len(wording.folded), wording.folded, wording.written)))

    def _rank(self, identifier: str) -> tuple[int, int, str]:
        place = self.place(identifier)
        rank = _KIND_RANK.get(place.kind, 7)
        if place.kind == "settlement":
            rank = 3 if place.capital else 4 if place.post else 7
        return rank + (10 if place.end and place.kind == "first-level" else 0), -place.population, identifier


@functools.cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that travels with the program, read when it is first asked for."""
    bundled = read_bundled()
    return Gazetteer(read_curated(bundled.countries), bundled)
