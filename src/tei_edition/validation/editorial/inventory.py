"""What the rules look at, gathered in one walk over the tree: elements by their names, ids, pointers, documents.

Dozens of rules ask for the notes, the page breaks, the dates of an edition. Each walk over a volume of 100,000 elements
costs as much as all the rules together; so the tree is walked once, and what was seen lies ready here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import TEI, XML_ID, XML_LANG
from tei_edition.validation.editorial.running_text import RunningText
from tei_edition.validation.pointers import POINTERS

NUMBER = late(r"[0-9]{1,6}")
_NONE: list[etree._Element] = []

Pointer = tuple[etree._Element, str, str]


class Inventory:
    """The elements of a TEI tree in document order, made once a file and handed to every rule.

    `root` is the outermost element, `elements` are all elements; `ids` each `xml:id` with its element, those given
    twice twice; `pointers` each attribute that holds a `#` with its element and its value, `pointing` each attribute
    that is a pointer (`@target`, `@ref` …), with or without `#`; `languages` each `xml:lang`. All are in document
    order. The tree must not be changed while it is in use.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements: list[etree._Element] = list(root.iter("*"))
        self.ids: list[tuple[str, etree._Element]] = []
        self.pointers: list[Pointer] = []
        self.pointing: list[Pointer] = []
        self.languages: list[tuple[str, etree._Element]] = []
        self._named: defaultdict[object, list[etree._Element]] = defaultdict(list)
        self._look()

    def _look(self) -> None:
        named, ids, pointers, pointing = self._named, self.ids, self.pointers, self.pointing
        for element in self.elements:
            named[element.tag].append(element)
            for name, value in element.items():
                if name in POINTERS:
                    pointing.append((element, name, value))
                    if "#" in value:
                        pointers.append((element, name, value))
                elif name == XML_ID:
                    ids.append((value, element))
                elif "#" in value:
                    pointers.append((element, name, value))
                elif name == XML_LANG:
                    self.languages.append((value, element))

    def named(self, *names: str) -> list[etree._Element]:
        """Return the TEI elements of a name (`"note"`), in document order; of several, those of each name in turn."""
        if len(names) == 1:
            return self._named.get(TEI + names[0], _NONE)
        return [element for name in names for element in self._named.get(TEI + name, _NONE)]

    @cached_property
    def by_id(self) -> dict[str, etree._Element]:
        """The element of each `xml:id`, the first of those that share one."""
        first: dict[str, etree._Element] = {}
        for name, element in self.ids:
            first.setdefault(name, element)
        return first

    @cached_property
    def pointed_at(self) -> frozenset[str]:
        """The ids that pointers without a file name: `#ball` gives `ball`."""
        return frozenset(word[1:] for _, _, value in self.pointers for word in value.split() if word[0] == "#")

    @cached_property
    def documents(self) -> list[etree._Element]:
        """The documents of a volume, or the one of the file: `<div type="document">`."""
        return [div for div in self.named("div") if div.get("type") == "document"]

    @cached_property
    def texts(self) -> list[etree._Element]:
        """The outermost `<text>` elements: what is the edition itself and not its header."""
        return [text for text in self.named("text") if next(text.iterancestors(f"{TEI}text"), None) is None]

    @cached_property
    def running(self) -> RunningText:
        """The words of the edition (not of its header) as one string, with the way back to their elements."""
        return RunningText(self.texts)

    def numbered_notes(self, document: etree._Element) -> Iterator[etree._Element]:
        """Yield the notes of a document whose `@n` is a number (of six figures at most: what is longer is none)."""
        return (note for note in document.iter(f"{TEI}note") if NUMBER.fullmatch(note.get("n") or ""))
