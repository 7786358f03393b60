"""The documents of an edition, over all its files: each number once, and none left out."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from tei_edition.validation.across.facts import Facts, Named
from tei_edition.validation.across.places import Astray
from tei_edition.validation.editorial.documents import missing, number_of

Held = tuple[str, Named]


def by_edition(facts: Sequence[Facts]) -> dict[str, list[Facts]]:
    """Return the files by the volume that they belong to; those whose header names none, by their folder."""
    editions: dict[str, list[Facts]] = defaultdict(list)
    for one in facts:
        if one.documents:
            editions[one.volume or f"{PurePath(one.path).parent}/"].append(one)
    return editions


def documents_twice(facts: Sequence[Facts]) -> Iterator[Astray]:
    """VA341: two files hold the same document of a volume: `d280.xml` and a copy of it that somebody put aside."""
    for files in by_edition(facts).values():
        first: dict[int, Held] = {}
        for one in files:
            for document in one.documents:
                number = number_of(document.label)
                known = first.setdefault(number, (one.path, document)) if number is not None else None
                if known and known[0] != one.path:
                    yield Astray("VA341", f"document {document.label} is also in {PurePath(known[0]).name}", one.path,
                                 document, related=(known,))


def documents_missing(facts: Sequence[Facts]) -> Iterator[Astray]:
    """VA340: a number between two documents of the edition that no file has.

    Where fewer than half of the numbers are there, the files are a selection, and nothing is missing. Nor is anything
    said beside a file that cannot be read: the number may be in it, and that is said already.
    """
    if not all(one.readable for one in facts):
        return
    for files in by_edition(facts).values():
        if len(files) < 2:
            continue  # one file alone shows its gaps itself
        held = sorted((number, one.path, document.at, document) for one in files for document in one.documents
                      if (number := number_of(document.label)) is not None)
        numbers = sorted({number for number, *_ in held})
        if not numbers or 2 * len(numbers) < numbers[-1] - numbers[0] + 1:
            continue
        for (before, *_), (number, path, _, document) in itertools.pairwise(held):
            if number > before + 1:
                yield Astray("VA340", f"{missing(before, number)} before document {number}: the one before is {before}",
                             path, document)
