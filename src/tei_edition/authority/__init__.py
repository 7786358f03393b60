"""WHO AND WHAT IS KNOWN: authority files, and the index that finds their names in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tei_edition.authority.tei_lists import read_tei
from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, finding
from tei_edition.files import read_bytes
from tei_edition.model import Entry

__all__ = ["load_authorities"]

# The ids that an edition makes itself: of documents, their notes and parts, pages, citations, telegrams, the header.
_RESERVED = re.compile(
    r"d\d+[a-z]?(?:fn\w+|s\d+|a\d+|source)?|pg_\w+|cite\d+|telegram-\d+|tei-edition|classification|class-.+"
    r"|telegraphic-.+"
)


def load_authorities(paths: Sequence[str | Path]) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Return the entries of authority files by id, and what is wrong with them.

    An id given twice: the first stands (`AU002`). An id that editions make themselves: passed over (`AU005`).

    Raises UnusableInput (`AU001`) where a file is not XML, `CO001` where it cannot be read.
    """
    entries: dict[str, Entry] = {}
    findings: list[Diagnostic] = []
    for path in paths:
        found, faults = read_tei(_checked(read_bytes(path), str(path)), str(path))
        findings.extend(faults)
        if not found:
            findings.append(
                finding("AU003", "no persons, places, organisations or terms were found in it", Location(str(path)))
            )
        for entry in found:
            fault = _fault(entry, entries)
            if fault:
                findings.append(finding(*fault, Location(str(path))))
            else:
                entries[entry.id] = entry
    return entries, findings


def _fault(entry: Entry, entries: dict[str, Entry]) -> tuple[str, str] | None:
    """Return the code and the words for what is wrong with the id of an entry, None where nothing is."""
    if _RESERVED.fullmatch(entry.id):
        return "AU005", f"the id {entry.id} of “{entry.name}” is one that editions make themselves; it is passed over"
    if entry.id in entries:
        first = entries[entry.id].name
        return "AU002", f"the id {entry.id} is given to “{first}” and to “{entry.name}”; the first stands"
    return None


def _checked(data: bytes, path: str) -> bytes:
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise UnusableInput(finding("AU001", "this authority file is no XML", Location(path, 1, 1)))
    return data
