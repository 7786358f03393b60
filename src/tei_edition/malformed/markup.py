"""Faults of markup: the first one in a document, where it begins, and what to write instead."""

from __future__ import annotations

import difflib
import html.entities
import re
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from tei_edition.malformed.tokens import FIVE, invalid_token


class Fault(NamedTuple):
    """A fault of markup: the offset in the bytes (UTF-8) where it stands, and other offsets that belong to it."""

    code: str
    message: str
    offset: int
    hint: str = ""
    related: tuple[int, ...] = ()


_NAME = re.compile(rb"[^\s/><=\"'&]{1,200}")
_NUMBER = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}))")
_NAMED = re.compile(rb"&([^\s&;<>\"'#]{1,100});")
_PREFIX = re.compile(r"Namespace prefix (\S+) (?:for \S+ )?on ")
_NAMESPACES = {
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xi": "http://www.w3.org/2001/XInclude",
    "tei": "http://www.tei-c.org/ns/1.0",
    "frus": "http://history.state.gov/frus/ns/1.0",
    "svg": "http://www.w3.org/2000/svg",
    "mml": "http://www.w3.org/1998/Math/MathML",
}


class _Stop(Exception):
    """An entity is declared: no need to read on."""


class _Reading:
    """One reading of the document by expat: the open elements, and the fault where it stopped."""

    def __init__(self, data: bytes, said: str) -> None:
        self.data = data
        self.said = said
        self.open: list[int] = []  # the offsets of the start tags
        self.entity: Fault | None = None
        self.parser = expat.ParserCreate("utf-8", "}")
        self.parser.StartElementHandler = lambda _name, _attributes: self.open.append(self.parser.CurrentByteIndex)
        self.parser.EndElementHandler = lambda _name: self.open.pop()
        self.parser.EntityDeclHandler = self._entity

    def _entity(self, name: str, *_: object) -> None:
        message = f"the entity {name} is declared; entities are not expanded here"
        self.entity = Fault("VA002", message, self.data.rfind(b"<!ENTITY", 0, self.parser.CurrentByteIndex + 9))
        raise _Stop

    def name_at(self, offset: int) -> str:
        """The name of the tag at an offset, or the name that stands there."""
        found = _NAME.match(self.data, offset + (self.data[offset:offset + 1] == b"<"))
        return found[0].decode("utf-8", "replace") if found else ""

    def line(self, offset: int) -> int:
        return self.data.count(b"\n", 0, offset) + 1


def first_fault(data: bytes, said: str, *, entities: bool = False) -> Fault | None:
    """Return the first fault of markup in a document in UTF-8, None where expat finds none.

    `said` is what libxml2 said of it. With `entities` it is only asked whether any are declared, before the root.
    """
    reading = _Reading(data, said)
    if entities:
        reading.parser.StartElementHandler = _stop
    try:
        reading.parser.Parse(data, True)
    except _Stop:
        return reading.entity
    except expat.ExpatError as error:
        offset = max(reading.parser.ErrorByteIndex, 0)
        explain = _EXPLAIN.get(error.code)
        return explain(reading, offset) if explain else None
    return None


def _stop(_name: str, _attributes: dict[str, str]) -> None:
    raise _Stop


def _mismatch(reading: _Reading, offset: int) -> Fault:
    """VA004: an end tag that does not close the element that is open."""
    found, opened = reading.name_at(offset), reading.open[-1]
    inner = reading.name_at(opened)
    at = offset - 2 if reading.data[offset - 2:offset] == b"</" else offset
    where = f"<{inner}> of line {reading.line(opened)}"
    if found.lower() == inner.lower():
        return Fault("VA004", f"</{found}> does not close {where}: it is written differently", at,
                     "capital and small letters differ in XML: write both tags the same way", (opened,))
    if any(reading.name_at(start) == found for start in reading.open[-50:]):
        return Fault("VA004", f"</{found}> stands before {where} is closed", at, f"write </{inner}> before it",
                     (opened,))
    if difflib.SequenceMatcher(None, found[:50], inner[:50]).ratio() > 0.7:
        return Fault("VA004", f"</{found}> does not close {where}", at, f"write </{inner}>", (opened,))
    return Fault("VA004", f"</{found}> closes nothing; open is {where}", at, f"remove it, or open <{found}> before",
                 (opened,))


def _ends(reading: _Reading, _offset: int) -> Fault:
    """VA005: the file ends while elements are open; VA011: it has none."""
    end = len(reading.data.rstrip())
    if not reading.open:
        return Fault("VA011", "there is no element in this file", 0, "check that the edition was saved into this file")
    names = [f"<{reading.name_at(start)}> of line {reading.line(start)}" for start in reading.open[:-4:-1]]
    more = f" and {len(reading.open) - 3} more" if len(reading.open) > 3 else ""
    verb = "are" if len(reading.open) > 1 else "is"
    return Fault("VA005", f"the file ends while {', '.join(names)}{more} {verb} open", end,
                  "get the whole file, or add the end tags that are missing", (reading.open[-1],))


def _unclosed(reading: _Reading, offset: int) -> Fault:
    """VA005: the file ends within a tag, a comment or the like."""
    start = reading.data[offset:offset + 9]
    ends = ((b"<!--", "a comment", "-->"), (b"<![CDATA[", "a CDATA section", "]]>"), (b"<?", "an instruction", "?>"),
            (b"<!", "a declaration", ">"), (b"</", "an end tag", ">"), (b"<", "a tag", ">"))
    what, end = next(((what, end) for begin, what, end in ends if start.startswith(begin)), ("what begins here", ""))
    hint = f"close it with {end}, or get the whole file" if end else "get the whole file"
    return Fault("VA005", f"the file ends within {what}", offset, hint)


def _cdata(reading: _Reading, _offset: int) -> Fault:
    return _unclosed(reading, max(reading.data.rfind(b"<![CDATA["), 0))


def _prefix(reading: _Reading, offset: int) -> Fault:
    """VA006: a prefix that is declared nowhere."""
    said = _PREFIX.search(reading.said)
    tag = reading.data[offset:offset + 4000].partition(b">")[0]
    used = re.findall(rb"(?:^<|\s)([^\s:=<\"'/]+):[^\s:=<\"'/]+", tag)
    here = {name for name in re.findall(rb"\sxmlns:([^\s=]+)\s*=", tag)} | {b"xml", b"xmlns"}
    names = [name.decode("utf-8", "replace") for name in used if name not in here]
    prefix = said[1] if said and said[1] in names else names[0] if names else said[1] if said else "?"
    address = _NAMESPACES.get(prefix, "…")
    return Fault("VA006", f"the prefix {prefix}: of <{reading.name_at(offset)}> is declared nowhere", offset,
                 f'declare it on <TEI>: xmlns:{prefix}="{address}"')


def _twice(reading: _Reading, offset: int) -> Fault:
    """VA009: an attribute that stands twice on an element."""
    start = reading.data.rfind(b"<", 0, offset + 1)
    name = reading.name_at(offset) if start != offset else ""
    what = f"@{name} stands twice" if name else "an attribute stands twice, under two prefixes,"
    return Fault("VA009", f"{what} on <{reading.name_at(start)}>", offset, "remove one of them")


def _reference(reading: _Reading, offset: int) -> Fault:
    """VA007: a number that no character has."""
    wrong = (found.start() for found in _NUMBER.finditer(reading.data, offset) if not _is_character(found))
    offset = next(wrong, offset)
    written = reading.data[offset:offset + 40].partition(b";")[0].decode("utf-8", "replace")
    return Fault("VA007", f"{written}; is no character that XML allows", offset,
                 "remove it, or write the one that is meant")


def _is_character(reference: re.Match[bytes]) -> bool:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000


def _entity(reading: _Reading, offset: int) -> Fault:
    """VA002: an entity that nobody declares, most often one of HTML."""
    # In the value of an attribute expat points at the tag.
    found = next((one for one in _NAMED.finditer(reading.data, offset) if one[1] not in FIVE), None)
    if found is None:
        return Fault("VA002", "an entity is used that is declared nowhere", offset)
    name, offset = found[1].decode("utf-8", "replace"), found.start()
    character = html.entities.html5.get(f"{name};", "")
    if not character:
        return Fault("VA002", f"the entity &{name}; is used and declared nowhere", offset)
    number = "".join(f"&#{ord(one)};" for one in character)
    shown = f"{character} itself, or {number}" if character.isprintable() and not character.isspace() else number
    return Fault("VA002", f"the entity &{name}; is one of HTML, not of XML", offset, f"write {shown}")


def _behind(reading: _Reading, offset: int) -> Fault:
    """VA016: text or a second element behind the end of the outermost."""
    if re.match(rb"<\?xml\s", reading.data[offset:offset + 6]):
        return _late_declaration(reading, offset)
    if reading.data[offset:offset + 1] == b"<":
        what = f"<{reading.name_at(offset)}> stands behind the end of the outermost element"
        return Fault("VA016", what, offset, "a file holds one outermost element: <teiCorpus> can hold several <TEI>")
    return Fault("VA016", "text stands behind the end of the outermost element", offset,
                 "move it into the edition, or remove it")


def _late_declaration(reading: _Reading, offset: int) -> Fault:
    """VA017: an XML declaration that is not the first thing."""
    blank = not reading.data[:offset].strip()
    what = "blanks or empty lines stand" if blank else "something stands"
    return Fault("VA017", f"{what} before the XML declaration <?xml …?>", offset,
                 "it must be the very first thing in the file" if blank else "it may stand once, at the very beginning")


def _declaration(_reading: _Reading, offset: int) -> Fault:
    return Fault("VA017", "the XML declaration is not written properly", offset,
                 'write <?xml version="1.0" encoding="UTF-8"?>')


def _token(reading: _Reading, offset: int) -> Fault | None:
    found = invalid_token(reading.data, offset, reading.open)
    return Fault(*found) if found else None


_EXPLAIN: dict[int, Callable[[_Reading, int], Fault | None]] = {
    2: _token,  # a syntax error before the root
    3: _ends,
    4: _token,
    5: _unclosed,
    6: _unclosed,
    7: _mismatch,
    8: _twice,
    9: _behind,
    11: _entity,
    14: _reference,
    17: _late_declaration,
    20: _cdata,
    27: _prefix,
    30: _declaration,
}
