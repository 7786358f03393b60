"""The small words around the names of places, by class (`data/place-words.txt`)."""

from __future__ import annotations

import functools

from tei_edition.resources import data_classes, data_lines
from tei_edition.words import fold


def words(name: str) -> frozenset[str]:
    """Return the words of a class as the file writes them: `words("compass")` holds "northern"."""
    return data_classes("place-words.txt")[name]


@functools.cache
def no_places() -> frozenset[str]:
    """Return what a gazetteer has as towns, and documents as buildings and offices: "white house", folded."""
    return frozenset(map(fold, data_lines("no-places.txt")))
