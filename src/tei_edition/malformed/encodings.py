"""In which encoding a file says that it is, and whether it is.

What cannot be decoded strictly is not decoded at all: an edition with the wrong letters is none.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
_WIDE = ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_HINT = "save the file as UTF-8 in your editor"


class Misread(NamedTuple):
    """Bytes that are not in the encoding that they should be in: what, where, and what to do."""

    message: str
    line: int
    column: int
    hint: str = _HINT


def declared_encoding(data: bytes) -> str:
    """Return the encoding that the XML declaration names; the empty string where it names none."""
    found = _DECLARED.match(data[:1024].removeprefix(codecs.BOM_UTF8))
    return found[1].decode("ascii") if found else ""


def as_utf8(data: bytes) -> tuple[bytes, Misread | None]:
    """Return a document as UTF-8 without a byte order mark, and what is wrong with its encoding, if anything is."""
    mark, of_mark = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), (b"", ""))
    declared = declared_encoding(data)
    if not mark and b"\x00" in data[:4]:
        of_mark = "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"
    name = of_mark or declared or "utf-8"
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return b"", Misread(f"the encoding “{declared}” that the XML declaration names is unknown", 1, 1)
    if codec in _WIDE and not of_mark:
        return b"", Misread(f"the XML declaration says {declared}, but the file is not in that encoding", 1, 1,
                            "write encoding=\"UTF-8\", which the file most likely is")
    body = data[len(mark):] if codec == "utf-8" else data
    try:
        text = body.decode(codec)
    except UnicodeDecodeError as error:
        return b"", _misread(body, error, declared or ("" if codec == "utf-8" else codec.upper()))
    except (LookupError, ValueError):
        return b"", Misread(f"“{declared}” is no encoding of text", 1, 1)
    if of_mark.endswith(("le", "be")) and not declared:
        return b"", Misread("this looks like UTF-16, but has no byte order mark and does not say so", 1, 1)
    return (body if codec == "utf-8" else text.encode("utf-8")), None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _misread(data: bytes, error: UnicodeDecodeError, declared: str) -> Misread:
    """The first byte that does not fit, and what it would be in the encoding that old files are in."""
    good = data[:error.start].decode(error.encoding)
    line, column = good.count("\n") + 1, len(good) - (good.rfind("\n") + 1) + 1
    byte, name = data[error.start], declared or "UTF-8"
    message = f"the byte 0x{byte:02X} is not {name}"
    if declared and _is_utf8(data):
        return Misread(f"{message}, which the XML declaration names", line, column, 'write encoding="UTF-8" there')
    if codecs.lookup(error.encoding).name not in ("utf-8", "ascii"):
        return Misread(message, line, column)
    if data[error.start:error.start + 3] in (b"\xed\xa0\xbd", b"\xed\xa0\xbc", b"\xed\xa0\xb5"):
        return Misread(f"{message}: half of a surrogate pair was saved as a character", line, column)
    try:
        meant = bytes([byte]).decode("windows-1252")
    except UnicodeDecodeError:
        return Misread(message, line, column)
    if byte < 0x80:
        return Misread(message, line, column)
    return Misread(f"{message}; in Windows-1252 it would be “{meant}”", line, column,
                   f"{_HINT}, or say in its first line what it is: <?xml version=\"1.0\" encoding=\"windows-1252\"?>")
