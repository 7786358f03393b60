"""An entry as a printed list or a table has it, before it has an id; and the ids, made from the names.

`Ball, George W.` is `p_ball-george-w`, `NATO` is `t_NATO`: the same name gives the same id in every file, wherever it
stands. Two persons of one name are told apart by the first words of what is said of them (`p_brown-harold-secretary`).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from tei_edition.authority.entries import Identifiers, named_entry, person_entry
from tei_edition.authority.identifiers import identifier_of, ncname
from tei_edition.authority.names import parse_name
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Entry, Office, PersonName

_PREFIXES = {"person": "p_", "place": "pl_", "organisation": "org_", "term": "t_"}
_EMPTY = frozenset("a an and at for from in of on or since the to until with".split())  # noqa: SIM905
_WORDS = 4  # words of the description that an id takes at most


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


def identified(listed: Sequence[Listed], path: str) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries with their ids, and a finding for each id that XML does not allow."""
    findings: list[Diagnostic] = []
    given = [_valid(one, path, findings) for one in listed]
    made = _made([one for one in given if not one.id])
    return [_entry(one, one.id or made[_key(one)]) for one in given], findings


def _valid(one: Listed, path: str, findings: list[Diagnostic]) -> Listed:
    if not one.id or one.id == ncname(one.id):
        return one
    better = ncname(one.id) or ncname(f"{_PREFIXES[one.kind]}{one.id}")
    findings.append(
        finding("AU011", f"the id “{one.id}” cannot be an xml:id; it is written {better}", Location(path, one.line))
    )
    return one._replace(id=better)


def _key(one: Listed) -> tuple[str, str, str]:
    return one.kind, one.name, one.description


def _made(listed: Sequence[Listed]) -> dict[tuple[str, str, str], str]:
    """The ids of entries that bring none, by what they are; the order of the entries changes nothing."""
    alike: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for one in listed:
        alike[_PREFIXES[one.kind] + identifier_of(_plain_name(one), keep_case=one.kind == "term")].add(_key(one))
    return {
        key: f"{base}{told}"
        for base, keys in alike.items()
        for key, told in zip(sorted(keys), _told_apart(sorted(keys)), strict=True)
    }


def _plain_name(one: Listed) -> str:
    """The name without titles and other names: "Taylor, General Maxwell D., USA" is taylor-maxwell-d."""
    names = one.names or parse_name(one.name) if one.kind == "person" else ()
    if not names:
        return one.name
    first = names[0]
    return " ".join([first.surname, *(first.forenames or first.titles), first.suffix])


def _told_apart(keys: Sequence[tuple[str, str, str]]) -> list[str]:
    """What is added to the id that several entries share: as few words of each description as do, else a checksum."""
    if len(keys) == 1:
        return [""]
    words = [[w for w in re.findall(r"\w+", key[2].lower()) if w not in _EMPTY][:_WORDS] for key in keys]
    for length in range(1, _WORDS + 1):
        told = ["-".join(["", *(identifier_of(w) for w in some[:length])]) for some in words]
        if len(set(told)) == len(told):
            return told
    return ["-" + hashlib.sha256("\n".join(key).encode()).hexdigest()[:8] for key in keys]


def _entry(one: Listed, identifier: str) -> Entry:
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
    return named_entry(identifier, one.kind, one.name, one.description, variants=one.variants, idnos=one.idnos)
