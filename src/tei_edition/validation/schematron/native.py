"""XPath 1 by libxml2, with the functions that XSLT adds to it, at any node: also attributes, text and the root.

lxml evaluates an expression at an element only. At an attribute it is asked within a predicate: `@*[name]` stands for
the attribute, and a function of ours, called in it with the expression as its argument, gets the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from tei_edition.tei import XML_ID, XML_NS
from tei_edition.validation.schematron.functions import Refused
from tei_edition.validation.schematron.model import Key
from tei_edition.validation.schematron.scope import Binding
from tei_edition.validation.schematron.selecting import (
    ROOT,
    alternatives,
    conjuncts,
    parts,
    without_last_predicate,
    written_selection,
)
from tei_edition.validation.schematron.translation import Writer, meaning_of

_OURS = "https://tei-edition/schematron"
_STRING = etree.XPath("string()")


class CannotRun(Exception):
    """A rule that cannot be run, with the reason in words."""


class FailedHere(CannotRun):
    """An expression that fails on what the document says: `@n < 1` where @n is “a”."""


class Place(NamedTuple):
    """A node: an element (also a comment), an attribute of it, its text or tail; or the document above `element`."""

    element: etree._Element
    attribute: str = ""
    part: str = ""  # "", "text", "tail" or "root"


class Expression(NamedTuple):
    """What was written for libxml2: the variables that it needs, the functions of XSLT that it calls."""

    text: str
    used: dict[str, Binding]
    asked: frozenset[str]

    @classmethod
    def of(cls, text: str, writer: Writer) -> Expression:
        """Take what a writer wrote together with what it needs."""
        return cls(text, dict(writer.used), frozenset(writer.asked))


def place_of(node: Any) -> Place | None:
    """Return the place of a node as lxml gives it: an element, or a string that knows where it stands."""
    if isinstance(node, etree._Element):
        return Place(node)
    parent = node.getparent() if hasattr(node, "getparent") else None
    if parent is None:
        return None
    if node.is_attribute:
        return Place(parent, attribute=node.attrname)
    return Place(parent, part="tail" if node.is_tail else "text")


class Selection(NamedTuple):
    """How to find what an alternative of a match pattern matches: `predicates` are left to elementpath."""

    expression: Expression
    predicates: tuple[str, ...] = ()
    attribute: str = ""  # the expression finds elements, and this attribute of them is what is matched
    condition: str = ""  # the predicates of that attribute


def selections(pattern: str, writer: Callable[[], Writer], *, strict: bool) -> list[Selection]:
    """Return how to find what a match pattern matches, one for each alternative. Raises Refused.

    In XPath 2 (`strict`), the predicates at the end of an alternative may be such that XPath 1 cannot say them.
    """
    found = []
    for part in parts(pattern) if strict else [pattern]:
        found.extend(_selections(part, writer, strict=strict))
    return found


def _selections(pattern: str, writer: Callable[[], Writer], *, strict: bool) -> list[Selection]:
    left: list[str] = []
    before: list[str] = []
    while True:
        try:
            found = []
            for alternative in alternatives(pattern + "".join(before)):
                own = writer()
                text, attribute, condition = written_selection(alternative, own)
                found.append(Selection(Expression.of(text, own), tuple(left), attribute, condition))
            return found
        except Refused:
            shorter = without_last_predicate(pattern) if strict else None
            if shorter is None or "position(" in shorter[1] or "last(" in shorter[1]:
                raise
            pattern, predicate = shorter
            operands = conjuncts(predicate)
            said = [operand for operand in operands if writer().accepts(operand)]
            # What libxml2 can say chooses the nodes of which the rest is asked.
            left = [*(operand for operand in operands if operand not in said), *left]
            before = [*(f"[boolean({operand})]" for operand in said), *before]


class Libxml2:
    """The expressions of one schema, compiled once; `begin` a document, then ask."""

    def __init__(self, prefixes: dict[str, str], keys: tuple[Key, ...], writer: Callable[[], Writer],
                 *, strict: bool) -> None:
        self._prefixes = {**prefixes, "tei-edition-sch": _OURS}
        self._keys = keys
        self._writer = writer
        self._strict = strict
        self._compiled: dict[tuple[str, bool], etree.XPath] = {}
        self._functions: dict[tuple[str | None, str], Callable[..., Any]] = {
            (_OURS, "catch"): self._catch, (_OURS, "current-node"): self._current_node,
            (None, "current"): self._current, (None, "key"): self._key,
            (None, "generate-id"): self._generate_id, (_OURS, "id"): self._id}

    def begin(self, root: etree._Element) -> None:
        """Forget the document before."""
        self._root = root
        self.current = Place(root)
        self._caught: Any = None
        self._of_document: dict[Binding, Any] = {}
        self._of_node: dict[Binding, Any] = {}
        self._indices: dict[str, dict[str, list[Any]]] = {}
        self._numbers: dict[etree._Element, int] = {}

    def look_at(self, place: Place) -> None:
        """Make a node the current one: its variables are evaluated anew, each when it is first asked for."""
        if place != self.current:
            self.current = place
            self._of_node = {}

    def select(self, selection: Selection, *, condition: Expression | None = None) -> list[Place]:
        """Return the nodes that a pattern matches and of which a condition holds, in order."""
        text, used, asked = selection.expression
        if text == ROOT:
            place = Place(self._root, part="root")
            return [place] if condition is None or self.value(condition, place) else []
        more = ""
        if condition is not None:
            more, used, asked = f"[{condition.text}]", {**used, **condition.used}, asked | condition.asked
        _refuse_following(selection.attribute, more)
        if selection.attribute:
            more = f"[@{selection.attribute}{selection.condition}{more}]"
        found = self._ask(text + more, used, bool(asked), self._root)
        if selection.attribute:
            prefix, _, local = selection.attribute.rpartition(":")
            name = f"{{{XML_NS if prefix == 'xml' else self._prefixes.get(prefix, '')}}}{local}" if prefix else local
            return [Place(element, attribute=name) for element in found]
        return [place for place in map(place_of, found) if place is not None]

    def value(self, expression: Expression, place: Place) -> Any:
        """Return the value of an expression at a node: a truth value, a number, a string, or a list of nodes."""
        text, used, asked = expression
        if not place.attribute and not place.part and "position()" not in text and "last()" not in text:
            return self._ask(text, used, bool(asked), place.element)
        _refuse_following(place.attribute, text)
        catch = f"[tei-edition-sch:catch({text})]"
        if not place.attribute:
            here = {"": "self::node()", "text": "node()[1]", "tail": "following-sibling::node()[1]",
                    "root": "/self::node()"}[place.part]
        else:
            name = etree.QName(place.attribute)
            here = f"@*[local-name() = '{name.localname}' and namespace-uri() = '{name.namespace or ''}']"
        self._caught = None
        self._ask(here + catch, used, True, place.element)
        return self._caught

    def _ask(self, text: str, used: dict[str, Binding], extended: bool, element: etree._Element) -> Any:
        values = {name: self._variable(binding) for name, binding in used.items()}
        compiled = self._compiled.get((text, extended))
        try:
            if compiled is None:
                functions = self._functions if extended else None
                compiled = etree.XPath(text, namespaces=self._prefixes, extensions=functions, regexp=False)
                self._compiled[text, extended] = compiled
            return compiled(element, **values)
        except etree.LxmlError as error:
            raise CannotRun(f"libxml2 says: {error}") from None

    def _variable(self, binding: Binding) -> Any:
        known = self._of_node if binding.of_node else self._of_document
        if binding not in known:
            meaning = meaning_of(binding, strict=self._strict, at_once=False)
            expression = Expression(meaning.written.text, meaning.used, frozenset(meaning.asked))
            before = self.current
            if not binding.of_node:
                self.current = Place(self._root, part="root")
            try:
                known[binding] = _as_elements(self.value(expression, self.current))
            finally:
                self.current = before
        return known[binding]

    # -- what XSLT adds to XPath ------------------------------------------------------------------

    def _catch(self, _context: Any, value: Any) -> bool:
        self._caught = value
        return True

    def _current_node(self, _context: Any) -> Any:
        """`current()` where steps lead on from it: from an attribute libxml2 would find no way."""
        if self.current.part or self.current.attribute:
            raise CannotRun("steps lead from current(), which is no element here")
        return [self.current.element]

    def _current(self, _context: Any) -> Any:
        if self.current.part == "root" or self.current.attribute or self.current.part:
            return self.value(Expression(".", {}, frozenset()), self.current)
        return [self.current.element]

    def _key(self, _context: Any, name: str, value: Any) -> list[Any]:
        if name not in self._indices:
            self._indices[name] = {}  # a key that asks for itself finds nothing
            self._indices[name] = self._index(name)
        index = self._indices[name]
        found = {id(node): node for text in _strings(value) for node in index.get(text, ())}
        return list(found.values())

    def _index(self, name: str) -> dict[str, list[Any]]:
        keys = [key for key in self._keys if key.name == name]
        if not keys:
            raise CannotRun(f"there is no key “{name}”")
        index: dict[str, list[Any]] = {}
        for key in keys:
            writer = self._writer()
            try:
                use = Expression.of(writer.value(key.use).text, writer)
                found = [place for selection in selections(key.match, self._writer, strict=False)
                         for place in self.select(selection)]
            except Refused as error:
                raise CannotRun(f"the key “{name}”: {error}") from None
            for place in found:
                if not place.attribute and not place.part:
                    for text in _strings(self.value(use, place)):
                        index.setdefault(text, []).append(place.element)
        return index

    def _id(self, _context: Any, value: Any) -> list[Any]:
        """`id()`: libxml2's own knows no xml:id where the parser did not collect them, and cannot be replaced."""
        if "" not in self._indices:
            index: dict[str, list[Any]] = {}
            for element in self._root.getroottree().iter("*"):
                name = element.get(XML_ID)
                if name is not None:
                    index.setdefault(name, [element])
            self._indices[""] = index
        wanted = dict.fromkeys(word for text in _strings(value) for word in text.split())
        return [element for word in wanted for element in self._indices[""].get(word, ())]

    def _generate_id(self, context: Any, nodes: Any = None) -> str:
        if nodes is None:
            nodes = [context.context_node]
        if not nodes:
            return ""
        place = place_of(nodes[0])
        if place is None:
            raise CannotRun("generate-id() of a node that is not in the document")
        if not self._numbers:
            self._numbers = {node: number for number, node in enumerate(self._root.getroottree().iter())}
        extra = place.attribute or place.part
        return f"d{self._numbers[place.element]}" + ("-" + "".join(f"{ord(c):x}" for c in extra) if extra else "")


def _refuse_following(attribute: str, text: str) -> None:
    """What follows an attribute is also what its element holds; libxml2 leaves that out."""
    if attribute and "following::" in text:
        raise CannotRun("following:: from an attribute")


def _as_elements(value: Any) -> Any:
    """Return nodes such that lxml takes them for a variable: for attributes and text, elements of the same string."""
    if not isinstance(value, list) or all(isinstance(node, etree._Element) for node in value):
        return value
    whole = etree.Element("values")
    for node in value:
        etree.SubElement(whole, "value").text = str(_STRING(node)) if isinstance(node, etree._Element) else str(node)
    return list(whole)


def _strings(value: Any) -> Iterator[str]:
    """Yield the string values of what a function was given."""
    if isinstance(value, list):
        for node in value:
            yield str(_STRING(node)) if isinstance(node, etree._Element) else str(node)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif isinstance(value, float):
        yield str(int(value)) if value.is_integer() else str(value)
    else:
        yield str(value)
