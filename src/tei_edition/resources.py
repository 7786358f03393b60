"""Where the files that travel with the program lie: schemas and data.

In a wheel the schemas are inside the package; in a checkout (editable install) they stand in `schemas/` at the top,
where people of the TEI look for them. Nothing here depends on the working folder.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@functools.cache
def schema_path(name: str) -> Path:
    """Return the path of one of our schemas, e.g. `schema_path("tei-edition.rng")`.

    Raises FileNotFoundError where the installation lacks it, which is a fault of the packaging.
    """
    for folder in (_PACKAGE / "schemas", _PACKAGE.parents[1] / "schemas"):
        path = folder / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"the schema {name} is missing from this installation of tei-edition")


def data_path(name: str) -> Path:
    """Return the path of a data file of the package, e.g. `data_path("repositories.tsv")`."""
    return _PACKAGE / "data" / name


def data_lines(name: str) -> list[str]:
    """Return the lines of a data file without its comments (`#`) and empty lines."""
    lines = data_path(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def data_rows(name: str) -> list[list[str]]:
    """Return the rows of a table of the package, cut into their cells at tabs."""
    return [line.split("\t") for line in data_lines(name)]


@functools.cache
def data_classes(name: str) -> Mapping[str, frozenset[str]]:
    """Return the words of a data file by class, where each line says `class: word word`; a class may have several."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in data_lines(name):
        kind, _, words = line.partition(":")
        found[kind].update(words.split())
    return {kind: frozenset(words) for kind, words in found.items()}
