"""WHO AND WHAT IS KNOWN: authority files, and the index that finds their names in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tei_edition.authority.listed import id_of_name, identified
from tei_edition.authority.namesakes import Found, settled
from tei_edition.authority.plain_text import decode_list
from tei_edition.authority.printed_list import read_printed_list
from tei_edition.authority.tables import delimiter_of, read_table
from tei_edition.authority.tei_lists import read_tei
from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, finding
from tei_edition.files import read_bytes
from tei_edition.model import Entry

__all__ = ["Located", "load_authorities", "load_located"]

# The ids that an edition makes itself: of documents, their notes and parts, pages, citations, telegrams, the header.
_RESERVED = re.compile(
    r"d\d+[a-z]?(?:fn\w+|s\d+|a\d+|source)?|pg_\w+|cite\d+|file\d+|telegram-\d+|tei-edition|classification|handling|precedence|document-kind"
    r"|class-.+|telegraphic-.+"
)


class Located(NamedTuple):
    """The entries of authority files by id, where each of them stands, and what is wrong with the files."""

    entries: dict[str, Entry]
    places: dict[str, Location]
    findings: list[Diagnostic]


def load_authorities(paths: Sequence[str | Path], *, kind: str = "") -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Return the entries of authority files by id, and what is wrong with them.

    A file is TEI, a table (CSV, TSV) or the plain text of a printed list: what stands in it decides. `kind` settles
    what the entries of a plain text or a table are, where they do not say it themselves.
    An id given to two names: the first stands (`AU002`). An id that editions make themselves: passed over (`AU005`).
    The same name in several files: one entry with what each file says, where nothing contradicts; else several, each
    with an id that says which (`AU017`).

    Raises UnusableInput (`AU001`, `AU006`) where a file is nothing of these, `CO001` where it cannot be read.
    """
    loaded = load_located(paths, kind=kind)
    return loaded.entries, loaded.findings


def load_located(paths: Sequence[str | Path], *, kind: str = "") -> Located:
    """Load authority files as `load_authorities` does, and say of each entry where it stands."""
    found: list[Found] = []
    findings: list[Diagnostic] = []
    for path in map(str, paths):
        held, faults = _read(read_bytes(path), path, kind)
        findings.extend(faults)
        if not held:
            message = "no persons, places, organisations or terms were found in it"
            findings.append(finding("AU003", message, Location(path)))
        found += held
    entries, faults = settled(_usable(found, findings))
    findings += faults
    return Located(
        {entry.id: entry for entry, _, _ in entries}, {entry.id: place for entry, place, _ in entries}, findings
    )


def _read(data: bytes, path: str, kind: str) -> tuple[list[Found], list[Diagnostic]]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        described, findings = read_tei(data, path)
        return [_found(entry, Location(path, line or None), declared=True) for entry, line in described], findings
    text = decode_list(data, path)
    read = read_table if delimiter_of(text) else read_printed_list
    listed, findings = read(text, path, kind)
    if not listed and read is read_printed_list:
        message = "this authority file is neither TEI nor a table, and no list of names stands in it"
        raise UnusableInput(finding("AU001", message, Location(path, 1, 1)))
    entries, faults = identified(listed, path)
    return [
        _found(entry, Location(path, one.line or None), declared=declared)
        for (entry, declared), one in zip(entries, listed, strict=True)
    ], [*findings, *faults]


def _found(entry: Entry, place: Location, *, declared: bool) -> Found:
    return Found(entry, place, declared, id_of_name(entry.kind, entry.name, entry.names))


def _usable(found: Sequence[Found], findings: list[Diagnostic]) -> list[Found]:
    """Return the entries whose ids can stand: no id of an edition's own, and no id for two names."""
    usable: list[Found] = []
    first: dict[str, Found] = {}
    for one in found:
        entry = one.entry
        if one.declared and _RESERVED.fullmatch(entry.id):
            message = f"the id {entry.id} of “{entry.name}” is one that editions make themselves; it is passed over"
            findings.append(finding("AU005", message, one.place))
            continue
        known = first.setdefault(entry.id, one) if one.declared else one
        if known.base != one.base:
            message = f"the id {entry.id} is given to “{known.entry.name}” and to “{entry.name}”; the first stands"
            findings.append(finding("AU002", message, one.place, related=[known.place]))
            continue
        usable.append(one)
    return usable
