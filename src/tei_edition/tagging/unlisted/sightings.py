"""Where names were seen, and by what evidence: at each place the longest name, and the first evidence given for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.tagging.unlisted.names import Name, Page

SIGNATURE = "the signature"  # the series tags those who sign, listed or not


class Sighting(NamedTuple):
    """A name at its place, and why it is one."""

    page: Page
    name: Name
    evidence: str


class Sightings:
    """The names seen in a document, by passage and first word."""

    def __init__(self) -> None:
        self._at: dict[tuple[int, int], Sighting] = {}

    def add(self, sighting: Sighting) -> None:
        """Keep a sighting, unless a longer name is known to begin with the same word. A signature tells more than the
        name does.
        """
        key = (id(sighting.page), sighting.name.first)
        known = self._at.get(key)
        longer = known is None or sighting.name.end > known.name.end
        if longer or (known is not None and sighting.evidence == SIGNATURE and sighting.name.end == known.name.end):
            self._at[key] = sighting

    def __iter__(self) -> Iterator[Sighting]:
        return iter(self._at.values())
