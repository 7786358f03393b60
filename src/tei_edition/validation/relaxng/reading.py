"""Reading a RELAX NG schema (`.rng`) into the table of patterns that documents are matched against.

    schema = read_schema(path.read_bytes(), path.as_posix(), beside(path))

After James Clark and Murata Makoto, RELAX NG Specification (OASIS, 3 December 2001): sections 3 and 4 (`syntax`,
`simplification`, `references`, and here), section 7 (`restrictions`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from tei_edition.validation.relaxng.datatypes import is_known_define
from tei_edition.validation.relaxng.name_classes import title
from tei_edition.validation.relaxng.patterns import EMPTY, NEVER, TEXT, Patterns
from tei_edition.validation.relaxng.references import Definition, State, link
from tei_edition.validation.relaxng.restrictions import broken_restriction
from tei_edition.validation.relaxng.schema_error import SchemaError
from tei_edition.validation.relaxng.simplification import Node, Resolve, Simplifier


def read_schema(data: bytes, base: str = "", resolve: Resolve | None = None) -> Patterns:
    """Return the patterns of a schema, given as the bytes of an `.rng` file.

    `base` is where the file lies; `resolve(href, base)` returns the bytes of a file that it includes or refers to, and
    raises OSError or ValueError where it cannot be had; without it such a schema is refused. Raises SchemaError where
    the schema is not correct, with the line of the schema.
    """
    try:
        root = Simplifier(resolve or _nothing_else).read(data, base)
        link(root)
        reader = _Reader()
        reader.read(root)
        reader.check()
    except RecursionError:
        raise SchemaError("the patterns of the schema are nested too deeply") from None
    return reader.patterns


def beside(path: Path) -> Resolve:
    """Return the `resolve` for a schema on disk: it reads files in the schema's own folder and below, and no others."""
    folder = path.resolve().parent

    def resolve(href: str, base: str) -> bytes:
        if urlsplit(href).scheme or urlsplit(href).netloc:
            raise ValueError("a schema can refer only to files beside it; fetch that file and name it without address")
        wanted = (Path(base).parent / href).resolve()
        if not wanted.is_relative_to(folder):
            raise ValueError(f"it lies outside the folder of the schema, {folder.name}")
        return wanted.read_bytes()

    return resolve


def _nothing_else(href: str, _base: str) -> bytes:
    raise ValueError(f"the schema refers to another file, {href}, which is not at hand")


class _Reader:
    """Makes patterns of nodes. The content of elements waits in a queue, since grammars are recursive."""

    def __init__(self) -> None:
        self.patterns = Patterns()
        self._root: Node | None = None
        self._elements: list[Node] = []
        self._numbers: dict[int, int] = {}
        self._makers: dict[str, Callable[[Node], int]] = {
            "element": self._element,
            "attribute": lambda node: self.patterns.attribute(_names(node),
                                                              self._group(node.children) if node.children else TEXT),
            "empty": lambda _node: EMPTY,
            "notAllowed": lambda _node: NEVER,
            "text": lambda _node: TEXT,
            "choice": self._choice,
            "except": self._choice,
            "group": lambda node: self._group(node.children),
            "interleave": self._interleave,
            "mixed": lambda node: self.patterns.interleave(TEXT, self._group(node.children)),
            "optional": lambda node: self.patterns.choice((self._group(node.children), EMPTY)),
            "oneOrMore": lambda node: self.patterns.more(self._group(node.children)),
            "zeroOrMore": lambda node: self.patterns.choice((self.patterns.more(self._group(node.children)), EMPTY)),
            "list": lambda node: self.patterns.list(self._group(node.children)),
            "data": self._data,
            "value": lambda node: self.patterns.value(node.library, node.name, node.text, node.context),
            "ref": self._definition, "parentRef": self._definition, "grammar": self._definition,
        }

    def read(self, root: Node) -> None:
        """Read the whole schema from its outermost pattern. Raises SchemaError where a define contains itself."""
        self._root = root
        self.patterns.start = self._pattern(root)
        for number, node in enumerate(self._elements):  # the list grows on the way
            self.patterns.elements[number].content = self._group(node.children)

    def check(self) -> None:
        """Raise SchemaError where the schema says what RELAX NG does not allow it to say (section 7)."""
        number, wrong = broken_restriction(self.patterns)
        if wrong and number is None and self._root is not None:
            raise self._root.error(wrong)
        if wrong and number is not None:
            raise self._elements[number].error(f"in the element {title(self.patterns.elements[number].names)}: {wrong}")

    def _pattern(self, node: Node) -> int:
        return self._makers[node.kind](node)

    def _group(self, nodes: list[Node]) -> int:
        # All parts are read before they are joined: a mistake behind a <notAllowed/> is still one (section 4.19).
        parts = [self._pattern(node) for node in nodes]
        result = parts.pop()
        while parts:
            result = self.patterns.group(parts.pop(), result)
        return result

    def _interleave(self, node: Node) -> int:
        return self._interleaved([self._pattern(child) for child in node.children])

    def _interleaved(self, parts: list[int]) -> int:
        result = parts.pop()
        while parts:
            result = self.patterns.interleave(parts.pop(), result)
        return result

    def _choice(self, node: Node) -> int:
        return self.patterns.choice([self._pattern(child) for child in node.children])

    def _element(self, node: Node) -> int:
        number = self._numbers.get(id(node))
        if number is None:
            number = self._numbers[id(node)] = self.patterns.new_element(_names(node), node.define)
            self._elements.append(node)
        return self.patterns.element(number)

    def _data(self, node: Node) -> int:
        excluded = NEVER if node.excepted is None else self._choice(node.excepted)
        # Only a define that messages have words for is remembered: elsewhere equal datatypes are to be one pattern.
        define = node.define if is_known_define(node.define) else ""
        return self.patterns.data(node.library, node.name, node.params, excluded, define)

    def _definition(self, node: Node) -> int:
        """Return the pattern of what a ref or a grammar leads to, read when it is first met (section 4.19)."""
        definition = node.target
        if definition is None:
            raise AssertionError("link comes before")
        if definition.state is State.OPEN:
            raise node.error(f'<define name="{definition.name}"> contains itself without an element between')
        if definition.state is State.UNSEEN:
            definition.state = State.OPEN
            definition.pattern = self._combined(definition)
            definition.state = State.DONE
        return definition.pattern

    def _combined(self, definition: Definition) -> int:
        parts = [self._group(body.children) for body in definition.bodies]
        return self._interleaved(parts) if definition.combine == "interleave" else self.patterns.choice(parts)


def _names(node: Node) -> tuple[object, ...]:
    if node.names is None:
        raise AssertionError("an element or attribute has names")
    return node.names
