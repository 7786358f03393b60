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

from tei_edition.late_patterns import late
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
        self._counted = [0]
        self._tag: tuple[int, dict[tuple[bool, bytes], int], int] | None = None
        self._text: tuple[int, int, dict[str, list[int]]] | None = None
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
           attribute: str = "", before: int = 0) -> tuple[int | None, int | None]:
        """Return line and column of the start tag, of an attribute in it (named as lxml does: `{…}id`), or of `words`
        in the element's text (or behind it, with `tail`), up to the next tag. Of equal words in one text those are
        meant that `before` others precede.
        """
        span = self._spans.get(element)
        if span is None:
            return element.sourceline, None
        offset = span[0]
        if attribute:
            space, _, local = attribute.rpartition("}")
            offset = self._start_tag(offset)[0].get((bool(space), local.encode()), offset)
        if words:
            begin = self._behind_end_tag(span[1]) if tail else self._start_tag(span[0])[1]
            found = self._found(words, begin, before)
            offset = found if found >= 0 else offset
        return self._place(offset)

    def _start_tag(self, offset: int) -> tuple[dict[tuple[bool, bytes], int], int]:
        """Return the offsets of the attributes of the start tag at `offset`, and the offset behind the last of them.

        An attribute is named by whether it has a prefix, and its local name. The last tag is remembered: what is wrong
        with one attribute is often wrong with the next.
        """
        if self._tag is None or self._tag[0] != offset:
            tag = _START_TAG.match(self._data, offset)
            at = tag.end() if tag else offset
            attributes: dict[tuple[bool, bytes], int] = {}
            while found := _ATTRIBUTE.match(self._data, at):
                attributes.setdefault((bool(found[1]), found[2]), found.start(1 if found[1] else 2))
                at = found.end()
            self._tag = (offset, attributes, at)
        return self._tag[1], self._tag[2]

    def _behind_end_tag(self, offset: int) -> int:
        return self._data.find(b">", offset) + 1 if self._data.startswith(b"</", offset) else offset

    def _found(self, words: str, begin: int, before: int) -> int:
        """Return the offset of the words between `begin` and the next tag, as they stand or as references; else -1.

        The last text is remembered, with the places of words in it: it may be long, and have thousands of findings.
        """
        if self._text is None or self._text[0] != begin:
            tag = _NEXT_TAG.search(self._data, begin)
            self._text = (begin, tag.start() if tag else len(self._data), {})
        _, end, places = self._text
        known = places.setdefault(words, [])
        while len(known) <= before and (not known or known[-1] >= 0):
            known.append(self._next(words, known[-1] + len(words) if known else begin, end))
        return known[before] if before < len(known) and known[before] >= 0 else known[max(len(known) - 2, 0)]

    def _next(self, words: str, begin: int, end: int) -> int:
        found = self._data.find(words.encode(), begin, end)
        if found < 0:
            match = re.compile(b"".join(map(_written, words))).search(self._data, begin, end)
            found = match.start() if match else -1
        return found

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect.bisect_right(self._lines, offset)
        return line, self._characters(offset) - self._characters(self._lines[line - 1]) + 1

    def _characters(self, offset: int) -> int:
        """Return how many code points stand before an offset: counted once in blocks, then in the last block alone."""
        block, rest = divmod(offset, _BLOCK)
        while len(self._counted) <= block:
            begin = (len(self._counted) - 1) * _BLOCK
            self._counted.append(self._counted[-1] + _code_points(self._data[begin:begin + _BLOCK]))
        return self._counted[block] + _code_points(self._data[offset - rest:offset])


_ATTRIBUTE = late(rb"""\s+(?:([^\s=<>"':]+):)?([^\s=<>"':]+)\s*=\s*("[^"]*"|'[^']*')""")
_START_TAG = late(rb"<[^\s/>]+")
_NEXT_TAG = late(rb"<[^!?]")
_BLOCK = 4096
_CONTINUED = bytes(range(0x80, 0xC0))  # the bytes that continue a character of UTF-8


def _code_points(data: bytes) -> int:
    return len(data.translate(None, _CONTINUED))


def _written(char: str) -> bytes:
    """Return an expression for the ways to write a character in XML: itself, a reference; a blank as any blanks."""
    if char.isspace():
        return rb"(?:\s|%s)+" % re.escape(char.encode())
    if char.isascii() and (char.isalnum()):
        return char.encode()
    ways = [re.escape(char.encode()), b"&#0*%d;" % ord(char), b"&#x0*(?i:%x);" % ord(char)]
    ways += [_NAMED[char]] if char in _NAMED else []
    return b"(?:%s)" % b"|".join(ways)


_NAMED = {"&": b"&amp;", "<": b"&lt;", ">": b"&gt;", '"': b"&quot;", "'": b"&apos;"}


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
