"""Where in the bytes of a file the start tags and their attributes stand."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

_NAME = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"']+)\s*=\s*("[^"]*"|'[^']*')""")
BLANKS = b" \t\r\n"


class Attribute(NamedTuple):
    """An attribute of a start tag as it is written: its name, its value, and the offsets of the value."""

    name: str
    value: str
    start: int
    end: int


class Markup:
    """The bytes of a file (UTF-8, without a byte order mark) beside the tree that was read from them."""

    def __init__(self, data: bytes, root: etree._Element) -> None:
        self.data = data
        self.root = root
        self._lines = [0, *(match.end() for match in re.finditer(b"\n", data))]
        self.elements = list(root.iter("*"))
        starts = self._scan()
        self.usable = len(starts) == len(self.elements)
        self._starts = dict(zip(self.elements, starts, strict=False)) if self.usable else {}

    def _scan(self) -> list[int]:
        starts: list[int] = []
        parser = expat.ParserCreate("utf-8")

        def begin(_name: str, _attributes: dict[str, str]) -> None:
            starts.append(parser.CurrentByteIndex)

        parser.StartElementHandler = begin
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError:
            return []
        return starts

    def start(self, element: etree._Element) -> int:
        """Return the offset of the `<` of an element."""
        return self._starts[element]

    def line(self, offset: int) -> int:
        """Return the line of an offset, from 1."""
        return bisect.bisect_right(self._lines, offset)

    def attributes(self, element: etree._Element) -> Iterator[Attribute]:
        """Yield the attributes of an element as they are written."""
        at = self._behind_name(element)
        while found := _ATTRIBUTE.match(self.data, at):
            at = found.end()
            value = found[2][1:-1].decode("utf-8")
            yield Attribute(found[1].decode("utf-8"), value, found.start(2) + 1, found.end(2) - 1)

    def attribute(self, element: etree._Element, name: str) -> Attribute | None:
        """Return an attribute by its name as written (`n`, `xml:id`), None where the element has none."""
        return next((one for one in self.attributes(element) if one.name == name), None)

    def place_for(self, element: etree._Element) -> int:
        """Return the offset where a new attribute is written: behind @n, or behind the last one."""
        last = self._behind_name(element)
        for one in self.attributes(element):
            last = one.end + 1
            if one.name == "n":
                break
        return last

    def _behind_name(self, element: etree._Element) -> int:
        name = _NAME.match(self.data, self._starts[element])
        return name.end() if name else self._starts[element]
