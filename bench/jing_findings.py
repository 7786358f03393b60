"""What `jing` finds, by the element that it is about: the programs that hold our grammar check against it share this.

jing says where the parser was when the fault came to light: behind the `>` of a start tag, behind an end tag, in a run
of text. Ours points at the start tag, an attribute of it, or words. Both are led back to the element, counted in the
order of the document.
"""

from __future__ import annotations

import bisect
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

_LINE = re.compile(r"(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?:fatal|error|warning): (?P<message>.*)", re.DOTALL)
_TEXT = "text not allowed here"
_IDS = re.compile(r'ID "[^"]*" has already been|first occurrence of ID|IDREF .* without matching ID')
_ABOUT = re.compile(r'element "(?:[^":]+:)?([^"]+)" (?:not allowed|incomplete|missing)')
_ATTRIBUTE = re.compile(r'(?:value of )?attribute "(?:[^":]+:)?([^"]+)"')


class Found(NamedTuple):
    """A finding of jing's: the position that it gives, and its words."""

    line: int
    column: int
    message: str

    @property
    def about_ids(self) -> bool:
        """Whether it is about an `xml:id` that is given twice, which is no matter of grammar."""
        return _IDS.match(self.message) is not None


def run_jing(schema: Path, files: Sequence[Path], *options: str) -> dict[Path, list[Found]]:
    """Return what one process of jing finds in many files."""
    found: dict[Path, list[Found]] = {file: [] for file in files}
    names = {str(file): file for file in files}
    command = ["jing", *options, str(schema), *names]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    for line in run.stdout.splitlines():
        if (match := _LINE.fullmatch(line)) and match["path"] in names:
            found[names[match["path"]]].append(Found(int(match["line"]), int(match["column"]), match["message"]))
        elif line.strip():
            raise SystemExit(f"jing: {line}")
    return found


class Elements:
    """The elements of a document by their number in its order, to be looked up by a position of either checker."""

    def __init__(self, data: bytes) -> None:
        self._lines = [line.encode() for line in data.decode().split("\n")]
        self._offsets = [0]
        for line in self._lines:
            self._offsets.append(self._offsets[-1] + len(line) + 1)
        self.names: list[str] = []
        self.starts: list[int] = []  # the offset of each `<`
        self.parents: list[int] = []
        self._ends: dict[int, tuple[int, bool]] = {}  # offset behind a tag → element, whether it is a start tag
        self._attributes: list[frozenset[str]] = []
        self._changes: list[tuple[int, int]] = []  # from this offset on, this element is the innermost
        self._scan(data)

    def _scan(self, data: bytes) -> None:
        parser = expat.ParserCreate("utf-8")
        stack: list[int] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            number, offset = len(self.names), parser.CurrentByteIndex
            self._attributes.append(frozenset(map(self._local, attributes)))
            self.names.append(name)
            self.starts.append(offset)
            self.parents.append(stack[-1] if stack else number)
            self._changes.append((offset, number))
            stack.append(number)
            self._ends[_behind_tag(data, offset)] = number, True

        def end(_name: str) -> None:
            number, offset = stack.pop(), parser.CurrentByteIndex
            if data[offset : offset + 2] == b"</":
                offset = data.index(b">", offset) + 1
                self._ends[offset] = number, False
            self._changes.append((offset, self.parents[number]))

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.Parse(data, True)

    def of_jing(self, found: Found) -> int | None:
        """Return the element that a finding of jing's is about.

        None where jing repeats itself: at a tag behind an element that it does not know, it may say a second time what
        it said last, so the element or the attribute in the message is not that of the tag.
        """
        line = self._lines[found.line - 1].decode().encode("utf-16-le")[: 2 * (found.column - 1)]
        offset = self._offsets[found.line - 1] + len(line.decode("utf-16-le").encode())
        element, starts = self._ends.get(offset, (-1, False))
        if found.message.startswith(_TEXT):  # text that might have been a value is judged when the next tag comes
            return self._innermost(offset - 1) if element < 0 else self.parents[element] if starts else element
        if element < 0:
            raise SystemExit(f"jing points at {found.line}:{found.column}, where no tag ends: {found.message}")
        named, attribute = _ABOUT.match(found.message), _ATTRIBUTE.match(found.message)
        repeated = named and named[1] != self._local(self.names[element])
        repeated = repeated or (attribute and attribute[1] not in self._attributes[element])
        return None if repeated else element

    def at(self, line: int, column: int | None) -> int:
        """Return the innermost element at a line and a column (of characters, from 1)."""
        words = self._lines[line - 1].decode()[: (column or 1) - 1]
        offset = self._offsets[line - 1] + len(words.encode())
        return self._innermost(offset)

    @staticmethod
    def _local(name: str) -> str:
        return name.rpartition(":")[2]

    def _innermost(self, offset: int) -> int:
        at = bisect.bisect_right(self._changes, (offset, len(self.names))) - 1
        return self._changes[max(at, 0)][1]

    def line(self, element: int) -> int:
        """Return the line of an element's start tag."""
        return bisect.bisect_right(self._offsets, self.starts[element])


def _behind_tag(data: bytes, offset: int) -> int:
    """Return the offset behind the start tag at `offset`; a `>` inside a value does not end it."""
    while data[offset] != ord(">"):
        if data[offset] in b"\"'":
            offset = data.index(data[offset : offset + 1], offset + 1)
        offset += 1
    return offset + 1


def by_element(numbers: Iterable[tuple[int | None, str]]) -> dict[int, list[str]]:
    """Return the messages of each element: the second and later ones of one element do not count."""
    found: dict[int, list[str]] = defaultdict(list)
    for element, message in numbers:
        if element is not None:
            found[element].append(message)
    return found
