"""The lines of a file that a finding quotes, and what of them it is about.

A finding knows where something begins; how far it goes is read off the line: `<persName` for a start tag,
`when="1962-08-19"` for an attribute, else the word. Files may be hostile: what would move the cursor of a terminal or
turn the direction of writing is shown as a sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from tei_edition.diagnostics import LINE_END, Location
from tei_edition.late_patterns import late

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ENCODING = late(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")
# The `<` and the name of a tag, an attribute with its value, or a word.
_THING = late(r"""</?[^\s<>/="']+ | [^\s<>/="'&]+\s*=\s*(?:"[^"<]*"|'[^'<]*') | &[\w#]+;? | \w+ | \S""",
                    re.VERBOSE)
_LONGEST = 500  # characters that a region goes on for: an attribute may be megabytes long
_KEPT = 4  # files whose lines are kept: findings come sorted by file, with some of a second one (a source) between
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
_CONTROLS |= dict.fromkeys([*range(0x80, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)],
                           "\ufffd")


class SourceLines:
    """The lines of files by the places of findings; `given` are files that lie nowhere (standard input)."""

    def __init__(self, given: Mapping[str, bytes] | None = None) -> None:
        self._given = dict(given or {})
        self._kept: dict[tuple[str, bool], list[str]] = {}

    def line(self, place: Location) -> str:
        """Return the line that a place is on, without its end; the empty string where it cannot be had."""
        if not (place.path and place.line):
            return ""
        lines = self._lines(place.path, plain=place.start is not None)
        return lines[place.line - 1].rstrip("\r") if place.line <= len(lines) else ""

    def _lines(self, path: str, *, plain: bool) -> list[str]:
        key = path, plain
        if key not in self._kept:
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            text = _decoded(self._given[path] if path in self._given else _bytes_of(Path(path)))
            # Only a line feed ends a line for the parsers that counted those of XML; a plain text has other ends, too.
            self._kept[key] = re.split(LINE_END, text) if plain else text.split("\n")
        return self._kept[key]


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file; none where it is gone, or a pipe: what has been read from that cannot be read again."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except (OSError, ValueError):
        return b""


def _decoded(data: bytes) -> str:
    """The text of a file, for quoting only: what is wrong with its encoding is told elsewhere."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark):].decode(encoding, "replace")
    declared = _ENCODING.match(data)
    try:
        return data.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")


def thing_at(line: str, place: Location) -> str:
    """Return what stands at a place of its line: a tag's beginning, an attribute, a word, the characters meant."""
    if not place.column or place.column > len(line):
        return ""
    at = place.column - 1
    if place.start is not None and place.end is not None:
        return line[at:at + max(min(place.end - place.start, _LONGEST), 0)]
    found = _THING.match(line, at, at + _LONGEST)
    return found[0] if found else ""


def end_column(line: str, place: Location) -> int | None:
    """Return the column behind what stands at a place, None where nothing is known of it."""
    thing = thing_at(line, place)
    return place.column + len(thing) if place.column and thing else None


def visible(words: str) -> str:
    """Return words with a sign in place of each character that a terminal would act on; as many as before."""
    return words.translate(_CONTROLS)


def one_line(words: str) -> str:
    """Return words on one line, fit for a terminal."""
    return visible(" ".join(words.split()))


def width(words: str) -> int:
    """How many columns of a terminal words take: Chinese signs are two wide, accents that combine none."""
    if words.isascii():
        return len(words)
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
               for sign in words)
