"""What is wrong with a file that no XML parser can read, in an editor's words: which tag, opened where, what to write.

libxml2 says "Opening and ending tag mismatch: hi line 12 and p" at the end of the tag, or "Invalid bytes in character
encoding". So the bytes are looked at again: first whether they are XML at all and in which encoding, then by expat,
which knows where its tokens begin. XML 1.0 (5th edition), section 2 and 4; Namespaces in XML 1.0, section 3.
"""

from __future__ import annotations

import re

from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.malformed.encodings import as_utf8, declared_encoding
from tei_edition.malformed.kinds import kind_of_file
from tei_edition.malformed.markup import Fault, first_fault

__all__ = ["as_utf8", "declared_encoding", "entity_declared", "explain", "place_of"]

_LONGEST = 200  # characters of a message: names can have thousands
_DEPTH = re.compile(r"Excessive depth in document: (\d+)")
_TOO_LONG = {
    "Text node too long": "10 million characters without any markup",
    "Buffer size limit": "10 million characters without an end",
    "too long": "a name of more than 50,000 characters",
    "too big": "a comment or an instruction of more than 10 million characters",
}


def explain(data: bytes, path: str, said: str, line: int, column: int) -> Diagnostic:
    """Return the finding for bytes that libxml2 refuses; `said` and the place are libxml2's, where ours say no more.

    Codes: VA011 no XML at all, VA012 wrong encoding, VA013 nested too deep, VA015 something too long, VA002 an unknown
    entity, VA004 to VA010, VA016, VA017 faults of markup, and VA001 for whatever is left.
    """
    kind = kind_of_file(data)
    if kind:
        return finding("VA011", kind.message, Location(path, 1, 1), hint=kind.hint)
    text, fault = as_utf8(data)
    if fault is not None:
        return finding("VA012", fault.message, Location(path, fault.line, fault.column), hint=fault.hint)
    if deep := _DEPTH.search(said):
        return finding("VA013", f"elements are nested more than {deep[1]} deep", Location(path, line, column))
    for words, what in _TOO_LONG.items():
        if words in said:
            return finding("VA015", f"{what}: more than any edition has", Location(path, line, column))
    if said.startswith("Unsupported encoding"):
        name = declared_encoding(data)
        return finding("VA012", f"the encoding “{name}” is not known by this name", Location(path, line, column))
    found = first_fault(text, said)
    if found is not None:
        return _placed(found, text, path)
    return finding("VA001", f"not well-formed XML: {said}", Location(path, line, column))


def entity_declared(data: bytes, path: str) -> Diagnostic | None:
    """Return the finding (VA002) for the first entity that a document declares, before anything expands it."""
    text, fault = as_utf8(data)
    found = first_fault(text, "", entities=True) if fault is None else None
    return _placed(found, text, path) if found is not None and found.code == "VA002" else None


def _placed(fault: Fault, data: bytes, path: str) -> Diagnostic:
    line, column = place_of(data, fault.offset)
    related = [Location(path, *place_of(data, other)) for other in fault.related]
    return finding(fault.code, _shortened(fault.message), Location(path, line, column), hint=_shortened(fault.hint),
                   related=related)


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def place_of(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column (from 1, in code points) of an offset in UTF-8."""
    start = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[start:offset].decode("utf-8", "replace")) + 1
