"""What is known of repositories and of the bodies of files in them: the data files, read once.

`repositories.tsv` and `collections.tsv` give each wording that print has ("Department of Stale" among them) with what
it means: the id, the kind, and the record group of the National Archives that such papers go to.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import NamedTuple

from tei_edition.resources import data_rows
from tei_edition.tagging.words import Dictionary
from tei_edition.words import fold


class Repository(NamedTuple):
    """Who keeps documents: its id, its name, its kind, the record group that its papers form, the town it is in."""

    id: str
    name: str
    kind: str
    record_group: str
    settlement: str


class Collection(NamedTuple):
    """A named body of files: its name, its kind (collection, papers, series, division), who keeps it."""

    name: str
    kind: str
    repository: str
    record_group: str


def rows(name: str) -> list[list[str]]:
    """Return the rows of a data file, cell by cell; "-" is an empty one."""
    return [["" if cell == "-" else cell for cell in row] for row in data_rows(name)]


@functools.cache
def repositories() -> Mapping[str, Repository]:
    """Return the repositories by wording."""
    names: dict[str, str] = {}
    found = {}
    for wording, identifier, kind, group, settlement in rows("repositories.tsv"):
        name = names.setdefault(identifier, wording)
        found[wording] = Repository(identifier, name, kind, group, settlement)
    return found


def repository(words: str) -> Repository | None:
    """Return the repository that words name, whatever their case and spaces: "Department of state"."""
    return _folded_repositories().get(fold(" ".join(words.split())))


@functools.cache
def repository_index() -> Dictionary[str]:
    """Return the wordings of all repositories, to be found by their first word."""
    return Dictionary((wording, wording) for wording in repositories())


@functools.cache
def _folded_repositories() -> Mapping[str, Repository]:
    return {fold(wording): found for wording, found in repositories().items()}


@functools.cache
def collections() -> Mapping[str, Collection]:
    """Return the bodies of files by wording."""
    return {wording: Collection(wording, *rest) for wording, *rest in rows("collections.tsv")}


def collection(words: str) -> Collection | None:
    """Return the body of files that words name: "PPS files" and "PPS Files" are one, "Central Files 1964–66" is
    "Central Files".
    """
    folded = fold(" ".join(words.split()))
    plain = folded.rstrip("0123456789-–/ ,")
    return _folded_collections().get(plain)


@functools.cache
def _folded_collections() -> Mapping[str, Collection]:
    return {fold(wording): found for wording, found in collections().items()}
