"""What expat calls an "invalid token": a bare & or <, quotation marks that are missing, control characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

Token = tuple[str, str, int, str]  # code, message, offset, advice

FIVE = (b"amp", b"lt", b"gt", b"quot", b"apos")
_REFERENCE = re.compile(rb"&#?[\w.:-]{0,100}$")
_IN_VALUE = re.compile(rb"""([^\s=<>"']+)\s*=\s*(["'])[^"']*$""")
_NO_QUOTES = re.compile(rb"([^\s=<>\"']+)\s*=\s*$")
_NO_VALUE = re.compile(rb"\s([^\s=<>\"'/]+)\s*$")
_NO_BLANK = re.compile(rb"[\"']$")
_BEFORE = re.compile(rb"""[^<>"';]*$""")
_BEHIND = re.compile(rb"""[^<>"';]*""")
_CURLY = ("“", "”", "„", "‟", "‘", "’", "«", "»", "″", "＂")
_WINDOW = 2000


def invalid_token(data: bytes, offset: int, opened: Sequence[int]) -> Token | None:
    """Return the fault at an offset of a document (UTF-8) where expat found an invalid token, None where it is unclear.

    `opened` are the elements that are open there.
    """
    character = data[offset:offset + 4].decode("utf-8", "ignore")[:1]
    if character and _forbidden(character):
        return ("VA007", f"the character U+{ord(character):04X} is not allowed in XML", offset,
                "remove it, or write the one that is meant")
    before = data[max(0, offset - _WINDOW):offset]
    if reference := _REFERENCE.search(before):
        return _ampersand(data, offset - len(before) + reference.start(), reference[0])
    if data[offset - 2:offset] == b"]]" and character == ">":
        return "VA008", "]]> stands in the text", offset - 2, "write ]]&gt;"
    if data[offset - 2:offset] == b"--" and data.rfind(b"<!--", 0, offset) > data.rfind(b"-->", 0, offset):
        return "VA001", "two hyphens stand within a comment, or three at its end", offset - 2, "write other characters"
    if data[offset - 1:offset] == b"<" and character != "!":
        return _less_than(data, offset, character, opened)
    start = before.rfind(b"<")
    if not opened and character != "<" and before.rfind(b">") >= start:
        where = "behind" if b"</" in data[:offset] or b"/>" in data[:offset] else "before"
        return "VA016", f"text stands {where} the outermost element", offset, "move it into the edition, or remove it"
    if start < 0 or (before.rfind(b">") > start and not _IN_VALUE.search(before[start:])):
        return None
    return _in_tag(before[start:], offset, character)


def _forbidden(character: str) -> bool:
    """Tell whether XML 1.0 (2.2) has no such character."""
    return (character < " " and character not in "\t\r\n") or character in "\ufffe\uffff"


def _ampersand(data: bytes, at: int, written: bytes) -> Token:
    if written[1:] in FIVE:
        name = written.decode()
        return "VA008", f"{name} lacks its semicolon", at, f"write {name};"
    around = _BEFORE.search(data[max(0, at - 15):at]), _BEHIND.match(data[at:at + 15])
    words = b"".join(found[0] for found in around if found).decode("utf-8", "ignore")
    return "VA008", f"a bare & in “{' '.join(words.split())}”", at, "write &amp;"


def _less_than(data: bytes, offset: int, character: str, opened: Sequence[int]) -> Token:
    if character == "/" and not opened:
        name = data[offset + 1:offset + 60].partition(b">")[0].decode("utf-8", "replace")
        return "VA004", f"</{name}> closes nothing: all elements are closed already", offset - 1, "remove it"
    return ("VA008", "a < that begins no tag", offset - 1, "write &lt;, or the name of the element directly behind it")


def _in_tag(tag: bytes, offset: int, character: str) -> Token | None:
    """A tag that is not written properly; `tag` is what stands of it before the offset."""
    name = tag[1:60].split(maxsplit=1)[0].decode("utf-8", "ignore") if tag[1:].strip() else ""
    if character == "<":
        if value := _IN_VALUE.search(tag):
            what = f"< stands in the value of @{value[1].decode('utf-8', 'replace')}, or its quotation mark is missing"
            return "VA008", what, offset, "close the value before it, or write &lt;"
        return "VA010", f"the tag <{name} is not closed before the next", offset, "write > at its end"
    if value := _NO_QUOTES.search(tag):
        marks = "straight quotation marks (\")" if character in _CURLY else "quotation marks"
        has = f"curly ones: {character}" if character in _CURLY else "none"
        return ("VA010", f"the value of @{value[1].decode('utf-8', 'replace')} on <{name}> needs {marks} and has {has}",
                offset, f'write {value[1].decode("utf-8", "replace")}="…"')
    if _NO_BLANK.search(tag):
        return "VA010", f"a blank is missing between two attributes of <{name}>", offset, "write one"
    if (value := _NO_VALUE.search(tag)) and character in "/> \t\r\n":
        attribute = value[1].decode("utf-8", "replace")
        return "VA010", f"@{attribute} on <{name}> has no value", offset, f'write {attribute}="…"'
    return "VA010", f"the tag <{name} is not written properly", offset, "compare it with its neighbours"
