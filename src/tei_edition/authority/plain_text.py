"""The text of a list or a table: strictly UTF-8, and nothing in it that XML cannot hold."""

from __future__ import annotations

import re

from tei_edition.diagnostics import Lines, Location, UnusableInput, finding

_NOT_XML = re.compile("[^\t\n\r\x0b\x0c\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def decode_list(data: bytes, path: str) -> str:
    """Return the text of a file. Raises UnusableInput (`AU006`) with the place of what is no UTF-8 or no text."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        place = Lines(before, path).location(len(before))
        message = f"the byte 0x{body[error.start]:02X} is no UTF-8"
        raise UnusableInput(finding("AU006", message, place)) from None
    bad = _NOT_XML.search(text)
    if bad:
        message = f"the character U+{ord(bad[0]):04X} cannot stand in XML"
        raise UnusableInput(finding("AU006", message, Lines(text, path).location(bad.start(), bad.end())))
    if not text.strip():
        raise UnusableInput(finding("AU001", "this authority file holds no text", Location(path, 1, 1)))
    return text.replace("\x0b", "\n").replace("\x0c", "\n")
