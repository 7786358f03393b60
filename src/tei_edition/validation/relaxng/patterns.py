"""The patterns of a schema as one table: each pattern is a number, equal patterns are one number.

So a pattern is compared, remembered and stored as quickly as a number, and what follows from it is found once. The
table is plain data (numbers, texts, tuples), which the cache stores as it stands.

    patterns = Patterns()
    body = patterns.group(patterns.element(head), patterns.more(patterns.element(paragraph)))

The kinds are those of the simple syntax (RELAX NG specification, section 5), but that a choice has any number of
parts: `("choice", a, b, …)`, `("group", a, b)`, `("interleave", a, b)`, `("more", a)`, `("list", a)`,
`("element", number of the element)`, `("attribute", name class, value)`,
`("data", library, type, params, except, define)`, `("value", library, type, text, context, define)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tei_edition.validation.relaxng.names import NameClass
from tei_edition.validation.relaxng.numbering import Node, Numbering

EMPTY, NEVER, TEXT = 0, 1, 2


@dataclass(slots=True)
class Element:
    """An element that the schema describes: its names, the pattern of its attributes and content, and its define."""

    names: NameClass
    content: int = NEVER
    define: str = ""  # the name of the `define` that it stands in, for messages


class Patterns(Numbering):
    """The table of patterns: `nodes[pattern]` is what it is made of, `nullable[pattern]` whether it may be nothing."""

    __slots__ = ("elements", "start")

    def __init__(self, nodes: Sequence[Node] = (("empty",), ("never",), ("text",)),
                 nullable: Sequence[bool] = (True, False, True), elements: Sequence[Element] = (),
                 start: int = NEVER) -> None:
        super().__init__(nodes, nullable)
        self.elements = list(elements)
        self.start = start

    def choice(self, parts: Iterable[int]) -> int:
        """One of the parts: flat, without doubles and in a fixed order, so that equal choices are one pattern."""
        flat: set[int] = set()
        for part in parts:
            node = self.nodes[part]
            flat.update(node[1:] if node[0] == "choice" else (part,))
        flat.discard(NEVER)
        if EMPTY in flat and any(self.nullable[part] for part in flat if part != EMPTY):
            flat.discard(EMPTY)
        if len(flat) < 2:
            return next(iter(flat), NEVER)
        return self._number(("choice", *sorted(flat)), any(self.nullable[part] for part in flat))

    def group(self, first: int, second: int) -> int:
        """Both, one after the other. Text before what begins with any text is nothing more: so states repeat."""
        return second if first == TEXT and self._begins_with_text(second) else self._pair("group", first, second)

    def _begins_with_text(self, pattern: int) -> bool:
        kind, *parts = self.nodes[pattern]
        if kind == "group":
            return self._begins_with_text(parts[0])
        if kind == "more":
            inner = self.nodes[parts[0]]
            return inner[0] == "choice" and TEXT in inner[1:]
        return pattern == TEXT

    def interleave(self, first: int, second: int) -> int:
        """Both, in any order, mixed."""
        return self._pair("interleave", min(first, second), max(first, second))

    def _pair(self, kind: str, first: int, second: int) -> int:
        if first == NEVER or second == NEVER:
            return NEVER
        if first == EMPTY:
            return second
        if second == EMPTY:
            return first
        return self._number((kind, first, second), self.nullable[first] and self.nullable[second])

    def more(self, part: int) -> int:
        """One or more of a pattern."""
        if part in (EMPTY, NEVER, TEXT) or self.nodes[part][0] == "more":
            return part
        return self._number(("more", part), self.nullable[part])

    def list(self, part: int) -> int:
        """Several values with blanks between them, as in `target="#a #b"`."""
        return NEVER if part == NEVER else self._number(("list", part), False)

    def new_element(self, names: NameClass, define: str = "") -> int:
        """Return the number of a new element; its content is set later, as grammars are recursive."""
        self.elements.append(Element(names, NEVER, define))
        return len(self.elements) - 1

    def element(self, number: int) -> int:
        """The pattern of an element of the table."""
        return self._number(("element", number), False)

    def attribute(self, names: NameClass, value: int) -> int:
        """An attribute with the pattern of its value."""
        return NEVER if value == NEVER else self._number(("attribute", names, value), False)

    def data(self, library: str, kind: str, params: tuple[tuple[str, str], ...] = (), excluded: int = NEVER,
             define: str = "") -> int:
        """Characters of a datatype, with its facets; `define` is where it stands in the schema, for messages."""
        return self._number(("data", library, kind, params, excluded, define), False)

    def value(self, library: str, kind: str, text: str, context: tuple[tuple[str, str], ...] = (),
              define: str = "") -> int:
        """One value of a datatype; `context` has the namespaces of the schema at that place, for names with prefix."""
        return self._number(("value", library, kind, text, context, define), False)
