"""Bytes → Source: decoded strictly as UTF-8, and refused with one clear line where they are no plain text."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from tei_edition.diagnostics import Diagnostic, Lines, Location, UnusableInput, finding
from tei_edition.model import Source
from tei_edition.view import UNSEEN

# XML 1.0, production [2]: what cannot stand in XML at all. A vertical tab is a line end (word processors write it for
# one), and a form feed at the beginning or the end of a line is layout, as on a printed page.
_NOT_XML = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_FED_LINE = re.compile("[^\n\r\x0b\x85\u2028\u2029]+")
_SEEN = re.compile(rf"[^\s{UNSEEN}]")
_MARKUP = re.compile(r"\ufeff?\s*<(?:\?xml\b|!DOCTYPE\b|(?:\w+:)?(?:TEI|teiCorpus|html)\b)")
_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive (a word processor's file?)",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xd0\xcf\x11\xe0": "an old word processor's file",
    b"\x1f\x8b": "a gzip archive",
    b"{\\rtf": "an RTF file",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}


def decode(data: bytes, path: str = "") -> Source:
    """Return the Source of a file's bytes.

    Raises UnusableInput: `RD001` empty, `RD002` no plain text, `RD003` not UTF-8 (with the first bad byte),
    `RD004` TEI or HTML in place of text, `RD005` a character that cannot stand in XML.
    """
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnusableInput(finding("RD002", f"this is {what}, not a plain text", Location(path)))
    if b"\x00" in data:
        raise UnusableInput(finding("RD002", "this is a binary file, not a plain text", Location(path)))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnusableInput(_not_utf8(data, error, path)) from None
    if not _SEEN.search(text):
        raise UnusableInput(finding("RD001", "the file holds no text", Location(path)))
    if _MARKUP.match(text):
        raise UnusableInput(finding("RD004", "this is XML or HTML, and convert reads plain text", Location(path, 1, 1)))
    at = _not_in_xml(text)
    if at >= 0:
        what = f"the character U+{ord(text[at]):04X} cannot stand in XML"
        raise UnusableInput(finding("RD005", what, Lines(text, path).location(at, at + 1)))
    return Source(text, hashlib.sha256(data).hexdigest(), path, PurePath(path).stem or "document")


def _not_in_xml(text: str) -> int:
    """Return the offset of the first character that cannot stand in XML, -1 where there is none."""
    bad = [match.start() for match in [_NOT_XML.search(text)] if match]
    for line in _FED_LINE.finditer(text) if "\x0c" in text else ():
        inside = line.group().strip().find("\x0c")
        if inside >= 0:
            bad.append(line.end() - len(line.group().lstrip()) + inside)
            break
    return min(bad, default=-1)


def _not_utf8(data: bytes, error: UnicodeDecodeError, path: str) -> Diagnostic:
    before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8")) + 1
    likely = data[error.start : error.start + 1].decode("cp1252", "replace")
    return finding(
        "RD003",
        f"not UTF-8: byte 0x{data[error.start]:02X} (in Windows-1252 it would be “{likely}”)",
        Location(path, line, column),
    )
