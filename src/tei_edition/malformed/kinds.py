"""Files that are no XML at all: what they are instead, and how to get at the TEI."""

from __future__ import annotations

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """What a file is instead of XML, and what to do about it."""

    message: str
    hint: str


_UNPACK = "unpack it, and give the .xml inside"
_BY_BEGINNING: tuple[tuple[bytes, str, str], ...] = (
    (b"\x1f\x8b", "this is a compressed file (gzip), not XML", _UNPACK),
    (b"\xfd7zXZ\x00", "this is a compressed file (xz), not XML", _UNPACK),
    (b"BZh", "this is a compressed file (bzip2), not XML", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "this is a compressed file (7z), not XML", _UNPACK),
    (b"%PDF-", "this is a PDF, not XML", "give the TEI, or convert the plain text of it"),
    (b"{\\rtf", "this is a word processor's file (RTF), not XML", "save it as plain text, and convert that"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "this is an old Word document (.doc), not XML",
     "save it as plain text, and convert that"),
    (b"\x89PNG", "this is an image, not XML", "give the TEI"),
    (b"\xff\xd8\xff", "this is an image, not XML", "give the TEI"),
)
_IN_ZIP = ((b"word/", "a Word document (.docx)"), (b"mimetypeapplication/epub", "an e-book (EPUB)"),
           (b"mimetypeapplication/vnd.oasis", "a document of LibreOffice"), (b"xl/", "a spreadsheet (.xlsx)"))
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html\b|<(?:head|body|div|meta|script)\b)",
                   re.IGNORECASE | re.DOTALL)
_TEXT_HINT = "give the TEI; a plain text is made into TEI by tei-edition convert"
_BLANKS = b" \t\r\n"
_AS_XML = (b"<", b"\x00<", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"\x00\x00\x00<")  # also in UTF-16 and UTF-32


def kind_of_file(data: bytes) -> Kind | None:
    """Return what a file is where it is no XML, None where it may be some.

    A web page that is well-formed is XML, and never comes here.
    """
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    for beginning, message, hint in _BY_BEGINNING:
        if data.startswith(beginning):
            return Kind(message, hint)
    if data.startswith(b"PK\x03\x04"):
        what = next((name for part, name in _IN_ZIP if part in data[:100_000]), "an archive (zip)")
        hint = _UNPACK if "archive" in what else "save it as plain text, and convert that"
        return Kind(f"this is {what}, not XML", hint)
    if not data.strip(_BLANKS + b"\xef\xbb\xbf"):
        return Kind("the file is empty", "check that the edition was saved into this file")
    if _HTML.match(start) and b"<TEI" not in start:
        return Kind("this is a web page (HTML), not TEI", "give the TEI itself, not the page that shows it")
    if start.lstrip(_BLANKS).startswith(_AS_XML):
        return None
    if any(byte < 32 and byte not in b"\t\r\n\x0b\x0c\x1a" for byte in start[:512]):
        return Kind("this is no text, let alone XML", "give the TEI")
    if start.lstrip(_BLANKS)[:1] in (b"{", b"["):
        return Kind("this is JSON, not XML", "give the TEI")
    return Kind("this is a plain text, not XML: it does not begin with <", _TEXT_HINT)
