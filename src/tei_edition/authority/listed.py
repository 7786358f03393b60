"""An entry as a printed list or a table has it, before it has an id; and the ids, made from the names.

`Ball, George W.` is `p_ball-george-w`, `NATO` is `t_NATO`: the same name gives the same id in every file, wherever it
stands. Who else has the name, and how the two are told apart, is seen when all files are read
(`authority/namesakes.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tei_edition.authority.entries import Identifiers, WherePlaced, named_entry, person_entry
from tei_edition.authority.identifiers import identifier_of, ncname
from tei_edition.authority.names import parse_name
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Entry, Office, PersonName

_PREFIXES = {"person": "p_", "place": "pl_", "organisation": "org_", "term": "t_"}
_WIVES = ("Mrs", "Madame", "Mme", "Lady")  # may stand with the name of the husband


class Listed(NamedTuple):
    """One line of a list, or one row of a table."""

    kind: str
    name: str
    description: str = ""
    line: int = 0
    id: str = ""
    variants: tuple[str, ...] = ()
    idnos: Identifiers = ()
    names: tuple[PersonName, ...] = ()
    offices: tuple[Office, ...] = ()
    placed: WherePlaced = WherePlaced()


def identified(listed: Sequence[Listed], path: str) -> tuple[list[tuple[Entry, bool]], list[Diagnostic]]:
    """Return the entries, each with whether it brings its id, and a finding for each id that XML does not allow."""
    findings: list[Diagnostic] = []
    given = [_valid(one, path, findings) for one in listed]
    return [(_entry(one), bool(one.id)) for one in given], findings


def _valid(one: Listed, path: str, findings: list[Diagnostic]) -> Listed:
    if not one.id or one.id == ncname(one.id):
        return one
    better = ncname(one.id)
    if not better or better == f"x-{one.id}":  # a number: "p_12"
        better = ncname(f"{_PREFIXES[one.kind]}{one.id}")
    findings.append(
        finding("AU011", f"the id “{one.id}” cannot be an xml:id; it is written {better}", Location(path, one.line))
    )
    return one._replace(id=better)


def id_of_name(kind: str, name: str, names: Sequence[PersonName]) -> str:
    """Return the id that is made of a name: `p_taylor-maxwell-d`.

    Without other names, and without titles, which change: "Taylor, General Maxwell D., USA" is Taylor in every file.
    "Roosevelt, Mrs. Franklin D." is not her husband, and of "Home, Lord" there is nothing else.
    """
    if names:
        first = names[0]
        only = first.order == "given-first" and not first.forenames
        titles = [title for title in first.titles if only or title.rstrip(".") in _WIVES]
        name = " ".join([first.surname, *titles, *first.forenames, first.suffix])
    return _PREFIXES[kind] + identifier_of(name, keep_case=kind == "term")


def _entry(one: Listed) -> Entry:
    """The entry with the id that stands in the file, else with that of its name."""
    names = (one.names or parse_name(one.name)) if one.kind == "person" else ()
    identifier = one.id or id_of_name(one.kind, one.name, names)
    if one.kind == "person":
        return person_entry(
            identifier,
            one.name,
            one.description,
            names=one.names,
            variants=one.variants,
            offices=one.offices,
            idnos=one.idnos,
        )
    return named_entry(
        identifier, one.kind, one.name, one.description, variants=one.variants, idnos=one.idnos, placed=one.placed
    )
