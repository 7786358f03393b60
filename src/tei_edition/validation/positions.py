"""Where an element stands in its file: the line and the column of the `<` of its start tag.

libxml2 remembers a line only (of the end of the start tag, and not beyond 65,535 in older versions) and no column. So
the bytes are read a second time, by expat, when there is a finding to place: both parsers see the same elements in the
same order.
"""

from __future__ import annotations

import bisect
import codecs
import re
from xml.parsers import expat

from lxml import etree

from tei_edition.tei import local_name

_BOM = b"\xef\xbb\xbf"
_WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def as_utf8(data: bytes, encoding: str | None) -> bytes:
    """Return the bytes as UTF-8 without a byte order mark, so that offsets can be counted in one way."""
    wide = data.startswith(_WIDE_BOMS)  # the mark counts, whatever the XML declaration says
    name = ("UTF-32" if data[:4] in _WIDE_BOMS[:2] else "UTF-16") if wide else (encoding or "UTF-8").upper()
    if name not in ("UTF-8", "US-ASCII", "ASCII"):
        return data.decode(name, "replace").lstrip("\ufeff").encode()
    return data.removeprefix(_BOM)


class Positions:
    """The places of all elements of a document. Made once a document, and only if something is to be placed."""

    def __init__(self, root: etree._Element, data: bytes) -> None:
        self._data = as_utf8(data, root.getroottree().docinfo.encoding)
        self._lines = [0]
        newline = self._data.find(b"\n")
        while newline >= 0:
            self._lines.append(newline + 1)
            newline = self._data.find(b"\n", newline + 1)
        starts, ends = self._scan()
        # The elements are kept: lxml makes a new proxy for a node whose old one nobody holds.
        self._elements = list(root.iter("*"))
        usable = len(starts) == len(self._elements) == len(ends)
        self._spans = dict(zip(self._elements, zip(starts, ends, strict=True), strict=True)) if usable else {}

    def _scan(self) -> tuple[list[int], list[int]]:
        """Return for each element the offset of its `<`, and the offset of its end tag (behind an empty one)."""
        starts: list[int] = []
        ends: list[int] = []
        open_elements: list[int] = []
        parser = expat.ParserCreate("utf-8")

        def start(_name: str, _attributes: dict[str, str]) -> None:
            open_elements.append(len(starts))
            starts.append(parser.CurrentByteIndex)
            ends.append(0)

        def end(_name: str) -> None:
            ends[open_elements.pop()] = parser.CurrentByteIndex

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        try:
            parser.Parse(self._data, True)
        except expat.ExpatError:
            return [], []  # what lxml accepts and expat does not: findings keep the line that lxml knows
        return starts, ends

    def of(self, element: etree._Element, *, words: str = "", tail: bool = False,
           attribute: str = "") -> tuple[int | None, int | None]:
        """Return line and column of the start tag, of an attribute in it (named as lxml does: `{…}id`), or of `words`
        in the element's text (or behind it, with `tail`).
        """
        span = self._spans.get(element)
        if span is None:
            return element.sourceline, None
        offset = span[0]
        if attribute:
            offset = attribute_offset(self._data, offset, attribute)
        if words:
            found = self._data.find(words.encode(), span[1] if tail else span[0])
            offset = found if found >= 0 else offset
        return self._place(offset)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._lines, offset)
        return line, len(self._data[self._lines[line - 1]:offset].decode("utf-8", "replace")) + 1


_ATTRIBUTE = re.compile(rb"""\s+(?:([^\s=<>"':]+):)?([^\s=<>"':]+)\s*=\s*("[^"]*"|'[^']*')""")
_START_TAG = re.compile(rb"<[^\s/>]+")


def attribute_offset(data: bytes, offset: int, name: str) -> int:
    """Return the offset of an attribute of the start tag at `offset`; that of the tag where it has no such attribute.

    The name is as lxml writes it; of the prefix only is asked whether there is one.
    """
    space, _, local = name.rpartition("}")
    tag = _START_TAG.match(data, offset)
    at = tag.end() if tag else offset
    while found := _ATTRIBUTE.match(data, at):
        if found[2] == local.encode() and bool(found[1]) == bool(space):
            return found.start(1 if found[1] else 2)
        at = found.end()
    return offset


def xpath_of(element: etree._Element, memo: dict[etree._Element, dict[etree._Element, int]] | None = None) -> str:
    """Return a path to the element that a person can read and, with the prefix `tei` bound, a tool can run.

    `/tei:TEI/tei:text/tei:body/tei:div/tei:p[3]`: numbers stand only where there are several of a name. With a `memo`
    the children of an element are counted once for all paths that lead through it.
    """
    memo = {} if memo is None else memo
    steps: list[str] = []
    node: etree._Element | None = element
    while node is not None:
        name = local_name(node)
        parent = node.getparent()
        in_tei = str(node.tag).startswith("{http://www.tei-c.org/ns/1.0}")
        step = f"tei:{name}" if in_tei else f"*[local-name()='{name}']"
        if parent is not None and in_tei:
            if parent not in memo:
                memo[parent] = _numbers(parent)
            step += f"[{memo[parent][node]}]" if node in memo[parent] else ""
        steps.append(step)
        node = parent
    return "/" + "/".join(reversed(steps))


def _numbers(parent: etree._Element) -> dict[etree._Element, int]:
    """Return the number of each child among those of its name, where there are several of them."""
    named: dict[object, list[etree._Element]] = {}
    for child in parent:
        named.setdefault(child.tag, []).append(child)
    return {child: number for same in named.values() if len(same) > 1 for number, child in enumerate(same, 1)}
