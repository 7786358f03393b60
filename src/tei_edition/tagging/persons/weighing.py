"""What the evidence weighs: a name is a person's by a logistic sum, and one of several by comparison of their sums."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence

from tei_edition.resources import data_rows


@functools.cache
def weights(part: str) -> Mapping[str, float]:
    """Return the weights of `person` (is a person named?) or `link` (who is it?), by the names of evidence."""
    table = {}
    for name, value in data_rows("person-weights.tsv"):
        if name.startswith(f"{part}: "):
            table[name.removeprefix(f"{part}: ")] = float(value)
    return table


# A document says the same of many mentions, and a volume of many more.
@functools.lru_cache(maxsize=50_000)
def total(part: str, names: tuple[str, ...]) -> float:
    """Return the sum of what evidence weighs; evidence without a weight weighs nothing."""
    table = weights(part)
    return math.fsum([table.get(name, 0.0) for name in names])


def likely(names: Iterable[str]) -> float:
    """Return how probable it is that a person is named."""
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total("person", ("always", *names))))))


def shares(evidence: Sequence[Iterable[str]]) -> list[float]:
    """Return how probable each reading is, held against the others."""
    sums = [total("link", tuple(names)) for names in evidence]
    most = max(sums)
    parts = [math.exp(value - most) for value in sums]
    whole = math.fsum(parts)
    return [part / whole for part in parts]
