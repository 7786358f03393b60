"""The small words around the names of places, by class (`data/place-words.txt`)."""

from __future__ import annotations

import functools
from collections import defaultdict

from tei_edition.resources import data_path
from tei_edition.words import fold


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in data_path("place-words.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, words = line.partition(":")
            found[name].update(words.split())
    return {name: frozenset(words) for name, words in found.items()}


def words(name: str) -> frozenset[str]:
    """Return the words of a class as the file writes them: `words("compass")` holds "northern"."""
    return _classes()[name]


@functools.cache
def no_places() -> frozenset[str]:
    """Return what a gazetteer has as towns, and documents as buildings and offices: "white house", folded."""
    lines = data_path("no-places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line) for line in lines if line and not line.startswith("#"))
