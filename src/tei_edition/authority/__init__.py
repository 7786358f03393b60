"""WHO AND WHAT IS KNOWN: authority files, and the index that finds their names in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tei_edition.authority.entries import with_offices
from tei_edition.authority.listed import identified
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
    r"d\d+[a-z]?(?:fn\w+|s\d+|a\d+|source)?|pg_\w+|cite\d+|telegram-\d+|tei-edition|classification|class-.+"
    r"|telegraphic-.+"
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
    An id given twice: the first stands (`AU002`); a person of the same name in another file adds offices. An id that
    editions make themselves: passed over (`AU005`).

    Raises UnusableInput (`AU001`, `AU006`) where a file is nothing of these, `CO001` where it cannot be read.
    """
    loaded = load_located(paths, kind=kind)
    return loaded.entries, loaded.findings


def load_located(paths: Sequence[str | Path], *, kind: str = "") -> Located:
    """Load authority files as `load_authorities` does, and say of each entry where it stands."""
    loaded = Located({}, {}, [])
    for path in map(str, paths):
        found, faults = _read(read_bytes(path), path, kind)
        loaded.findings.extend(faults)
        if not found:
            message = "no persons, places, organisations or terms were found in it"
            loaded.findings.append(finding("AU003", message, Location(path)))
        others = {key: entry for key, entry in loaded.entries.items() if loaded.places[key].path != path}
        for entry, line in found:
            place = Location(path, line or None)
            if entry.id in others and others[entry.id].name == entry.name:
                loaded.entries[entry.id] = _merged(loaded.entries[entry.id], entry)
                continue
            fault = _fault(entry, loaded.entries)
            if fault:
                loaded.findings.append(finding(*fault, place))
            else:
                loaded.entries[entry.id] = entry
                loaded.places[entry.id] = place
    return loaded


def _read(data: bytes, path: str, kind: str) -> tuple[list[tuple[Entry, int]], list[Diagnostic]]:
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_tei(data, path)
    text = decode_list(data, path)
    read = read_table if delimiter_of(text) else read_printed_list
    listed, findings = read(text, path, kind)
    if not listed and read is read_printed_list:
        message = "this authority file is neither TEI nor a table, and no list of names stands in it"
        raise UnusableInput(finding("AU001", message, Location(path, 1, 1)))
    entries, faults = identified(listed, path)
    return list(zip(entries, (one.line for one in listed), strict=True)), [*findings, *faults]


def _merged(first: Entry, second: Entry) -> Entry:
    """One person in several files: the first stands, with the offices that only the second has."""
    more = tuple(office for office in second.offices if office not in first.offices)
    if not more:
        return first
    return replace(first, offices=(*first.offices, *more), tei=with_offices(first, more))


def _fault(entry: Entry, entries: dict[str, Entry]) -> tuple[str, str] | None:
    """Return the code and the words for what is wrong with the id of an entry, None where nothing is."""
    if _RESERVED.fullmatch(entry.id):
        return "AU005", f"the id {entry.id} of “{entry.name}” is one that editions make themselves; it is passed over"
    if entry.id in entries:
        first = entries[entry.id].name
        return "AU002", f"the id {entry.id} is given to “{first}” and to “{entry.name}”; the first stands"
    return None
