"""An edition as streams of characters with spans over them, so that texts and markup can be compared apart.

The main text is one stream, and each numbered note is another. A span is an element with exact offsets in its stream;
an empty element (a page break) is a span of no length. White space between blocks is layout and is not in a stream:
blocks are parted by one line end. Inside a block, white space with a line end in it is layout too, and reads as one
space.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.tei import XML_ID, local_name


def names(words: str) -> frozenset[str]:
    """A set of names, written as a line of words."""
    return frozenset(words.split())


BLOCKS = names("""
    TEI teiCorpus text group floatingText front body back div div1 div2 div3 div4 div5 div6 div7 attachment p ab head
    opener closer dateline salute signed byline trailer postscript argument epigraph list item table row cell figure lg
    l sp speaker castList castItem titlePage docTitle titlePart docAuthor docImprint docDate address addrLine line
    listBibl listPerson listPlace listOrg person place org
""")
BREAKS = names("pb lb cb gb milestone")  # belong to the structure, though they are points
_METADATA = names("teiHeader standOff")
_SOURCE_READINGS = ("sic", "orig", "abbr", "lem")
_STRING = etree.XPath("string()")
_RUNS = re.compile(r"[ \t\n\r]+|[^ \t\n\r]+")

Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """An element over the characters from `start` up to `end`; `line` is where it stands in the file."""

    start: int
    end: int
    name: str
    attributes: Attributes
    line: int
    block: bool


@dataclass(slots=True)
class Stream:
    """A run of text: the main text, or a note with the marker `n`, which stands at `anchor` in the stream `within`."""

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)  # from this offset on, this line of the file
    n: str | None = None
    attributes: Attributes = ()
    anchor: int = 0
    within: int = 0  # 0 is the main text, i the i-th note
    line: int = 0

    @property
    def label(self) -> str:
        """`note 2`, or nothing for the main text."""
        return "" if self.n is None else f"note {self.n}"

    @property
    def reading(self) -> str:
        """The words alone: where blocks begin and end does not matter."""
        return self.text.replace("\n", " ")

    def line_at(self, offset: int) -> int:
        """The line of the file in which the character stands."""
        index = bisect.bisect_right(self.lines, (offset, 1 << 60)) - 1
        return self.lines[index][1] if index >= 0 else self.line


@dataclass(frozen=True, slots=True)
class Field:
    """One statement of the header or of the lists beside the text: where, what it says, and the line of the file."""

    path: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Streams:
    """An edition, taken apart: the main text first, then the notes in their order; and its metadata."""

    streams: list[Stream]
    fields: list[Field]


def streams_of(root: etree._Element) -> Streams:
    """Take an edition apart. Ids, comments and processing instructions are not part of what is compared."""
    reader = _Reader(root)
    reader.read()
    return Streams([column.stream for column in reader.columns], reader.fields)


def attributes_of(element: etree._Element) -> Attributes:
    """The attributes in a fixed order, names without prefixes, `xml:id` left out."""
    return tuple(sorted((str(name).rpartition("}")[2], str(value)) for name, value in element.attrib.items()
                        if name != XML_ID))


@dataclass(slots=True)
class _Edge:
    """The beginning (or end) of a span that fell into white space: settled when it is known what that is."""

    position: int | None = None


class _Column:
    """Writes one stream. White space is held back until the next word shows whether it is text or layout."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._pieces: list[str] = []
        self._length = 0
        self._held = ""
        self._block_ends = True  # nothing but a block's end stands between the last word and here
        self._waiting: list[tuple[_Edge, int, bool]] = []
        self.open: list[tuple[etree._Element, _Edge, int]] = []
        self._closed: list[tuple[_Edge, _Edge, str, Attributes, int, bool]] = []

    def add(self, text: str, line: int) -> None:
        """Add the text of a node that begins in `line`."""
        for run in _RUNS.findall(text):
            if run[0] in " \t\n\r":
                self._held += run
                line += run.count("\n")
                continue
            self._settle(at_end=False)
            if not self.stream.lines or self.stream.lines[-1][1] != line:
                self.stream.lines.append((self._length, line))
            self._write(run)

    def block_edge(self) -> None:
        """A block begins or ends here."""
        self._block_ends = True

    def break_line(self) -> None:
        """A line of the source ends here (`lb`): to the words, it is white space."""
        self._held += "\n"

    def edge(self, *, begins: bool) -> _Edge:
        """Return the place where the walk is."""
        if not self._held and not self._block_ends:
            return _Edge(self._length)
        edge = _Edge()
        self._waiting.append((edge, len(self._held), begins))
        return edge

    def close(self, element: etree._Element, begin: _Edge, line: int, attributes: Attributes) -> None:
        """Note the element that ends here as a span."""
        name = local_name(element)
        self._closed.append((begin, self.edge(begins=False), name, attributes, line, name in BLOCKS))

    def finish(self) -> None:
        """Settle all spans; the outer stand before the inner."""
        self._settle(at_end=True)
        self.stream.text = "".join(self._pieces)
        for begin, end, name, attributes, line, block in reversed(self._closed):
            start = min(begin.position or 0, self._length)
            self.stream.spans.append(Span(start, max(start, end.position or 0), name, attributes, line, block))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _settle(self, *, at_end: bool) -> None:
        """Decide what the white space before the next word is, and where the edges in it stand."""
        before = self._length
        if self._block_ends or at_end:
            self._write("\n" if before and not at_end else "")
        else:
            self._write(" " if "\n" in self._held else self._held)
        verbatim = self._length - before == len(self._held) and not self._block_ends
        for edge, offset, begins in self._waiting:
            if verbatim:
                edge.position = before + offset
            else:
                late = begins if self._block_ends else offset == len(self._held) or (begins and offset > 0)
                edge.position = self._length if late else before
        self._waiting.clear()
        self._held, self._block_ends = "", False


class _Reader:
    """Walks once through the tree, without recursion."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self.columns = [_Column(Stream(line=root.sourceline or 0))]
        self.fields: list[Field] = []
        self._stack = [0]
        self._anchors: list[tuple[_Column, _Edge]] = []
        self._skipped: set[etree._Element] = set()
        self._line = 0

    def read(self) -> None:
        """Fill the columns and the fields."""
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                self._line = max(self._line, node.sourceline or 0)
                if local_name(node) in _METADATA:
                    self.fields.extend(_fields_of(node))
                    self._skipped.add(node)
                if node in self._skipped:
                    walk.skip_subtree()
                else:
                    self._start(node)
                    self._add(node.text)
            else:
                if event == "end" and node not in self._skipped:
                    self._end(node)
                if node is not self._root:
                    self._add(node.tail)
        for column in self.columns:
            column.finish()
        for column, edge in self._anchors:
            column.stream.anchor = edge.position or 0

    @property
    def _column(self) -> _Column:
        return self.columns[self._stack[-1]]

    def _add(self, text: str | None) -> None:
        if text:
            self._column.add(text, self._line)
            self._line += text.count("\n")

    def _start(self, node: etree._Element) -> None:
        name = local_name(node)
        if name == "note" and node.get("n") is not None and node is not self._root:
            self._start_note(node)
            return
        if name in ("choice", "app"):
            self._skipped |= _other_readings(node)
        if name in BLOCKS:
            self._column.block_edge()
        if name == "lb" and node.get("break") != "no":
            self._column.break_line()
        self._column.open.append((node, self._column.edge(begins=True), node.sourceline or 0))

    def _start_note(self, node: etree._Element) -> None:
        attributes = tuple(pair for pair in attributes_of(node) if pair[0] != "n")
        note = Stream(n=node.get("n"), attributes=attributes, within=self._stack[-1], line=node.sourceline or 0)
        column = _Column(note)
        self._anchors.append((column, self._column.edge(begins=False)))
        self._stack.append(len(self.columns))
        self.columns.append(column)

    def _end(self, node: etree._Element) -> None:
        if not self._column.open:  # the note whose column this is
            self._stack.pop()
            return
        _, begin, line = self._column.open.pop()
        name = local_name(node)
        attributes = attributes_of(node)
        if name in ("choice", "app"):
            attributes += _readings(node, self._skipped)
        elif not attributes and self._is_reading(node):
            return  # `choice` tells which of its readings is in the text
        self._column.close(node, begin, line, attributes)
        if name in BLOCKS:
            self._column.block_edge()

    def _is_reading(self, node: etree._Element) -> bool:
        parent = node.getparent() if node is not self._root else None
        return parent is not None and local_name(parent) in ("choice", "app")


def _other_readings(choice: etree._Element) -> set[etree._Element]:
    """The readings that are not the source's: they are compared as markup, not as text."""
    readings = list(choice.iterchildren(etree.Element))
    first = readings[0] if readings else None
    kept = next((r for name in _SOURCE_READINGS for r in readings if local_name(r) == name), first)
    return {r for r in readings if r is not kept}


def _readings(choice: etree._Element, skipped: set[etree._Element]) -> Attributes:
    """Which reading is in the text, and what the others are."""
    return tuple((local_name(r), " ".join(str(_STRING(r)).split())) if r in skipped else ("reads", local_name(r))
                 for r in choice.iterchildren(etree.Element))


def _fields_of(metadata: etree._Element) -> list[Field]:
    """Each element of the header that says something: its path, its attributes and its own words."""
    found: list[Field] = []
    path: list[str] = []
    for event, node in etree.iterwalk(metadata, events=("start", "end")):
        if event == "end":
            path.pop()
            continue
        path.append(local_name(node))
        words = " ".join(" ".join([node.text or "", *(child.tail or "" for child in node)]).split())
        attributes = " ".join(f"{name}={value}" for name, value in attributes_of(node))
        value = " ".join(v for v in (attributes, words) if v)
        if value or not len(node):
            found.append(Field("/".join(path), value, node.sourceline or 0))
    return found
