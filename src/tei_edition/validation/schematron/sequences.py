"""XPath 2 and 3 by elementpath: what libxml2 cannot say, at one node after the other.

elementpath is slow to load and to ask, so it is asked last, and only of nodes that a rule is about. Where it looks
through the whole document for each node (`preceding::`, `id()`, `<<`), an index of ours answers. Nothing outside the
document is read: `doc()` and its like say that they cannot be run; `document('')` is the schema itself.
"""

from __future__ import annotations

import datetime
import inspect
import os
from collections.abc import Callable
from typing import Any

import elementpath
from elementpath.xpath31 import XPath31Parser
from elementpath.xpath_nodes import AttributeNode, DocumentNode, TextNode, XPathNode
from lxml import etree

from tei_edition.validation.schematron.model import Let, Procedure, Schema
from tei_edition.validation.schematron.native import CannotRun, FailedHere, Place
from tei_edition.validation.schematron.node_index import NodeIndex, overridden
from tei_edition.validation.schematron.procedures import Procedures
from tei_edition.validation.schematron.scope import Binding, Scope

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_FAILURES = (elementpath.ElementPathError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


class _Variables(dict[str, Any]):
    """The variables of an expression, each evaluated when it is first asked for: one may need the network."""

    def __init__(self, value_of: Callable[[str], Any]) -> None:
        super().__init__()
        self._value_of = value_of

    def __missing__(self, name: str) -> Any:
        value = self._value_of(name)
        self[name] = value
        return value

    def copy(self) -> _Variables:
        """As elementpath makes one for the variables of `for` and `some`."""
        other = _Variables(self._value_of)
        other.update(self)
        return other


class Elementpath:
    """The expressions of one schema, compiled once; `begin` a document, then ask."""

    def __init__(self, schema: Schema, scope: Scope) -> None:
        self._schema = schema
        self._scope = scope
        self._tokens: dict[str, Any] = {}
        self._procedures = Procedures(schema, self._evaluate_in_procedure)
        self._own_tree: Any = None
        self._now = _today()
        self._parser = XPath31Parser(namespaces=schema.prefixes)
        self._parser.symbol_table = overridden(dict(self._parser.symbol_table), lambda: self._index)
        self._register()

    def begin(self, root: etree._Element, path: str = "") -> None:
        """Forget the document before. `path` is where it lies, for `base-uri()`."""
        self._root = root
        self._tree: Any = None
        self._uri = path
        self.current = Place(root)
        self._of_document: dict[Binding, Any] = {}
        self._of_node: dict[Binding, Any] = {}
        self._keys: dict[str, dict[str, list[Any]]] = {}

    def look_at(self, place: Place) -> None:
        """Make a node the current one."""
        if place != self.current:
            self.current = place
            self._of_node = {}

    # -- asking ----------------------------------------------------------------------------------

    def holds(self, expression: str, place: Place, scope: Scope) -> bool:
        """Tell whether a test holds at a node. Raises CannotRun."""
        token = self._token(expression)
        return bool(self._guarded(lambda: token.boolean_value(self._items(token, self._node(place), scope))))

    def shown(self, expression: str, place: Place, scope: Scope) -> str:
        """Return what a message shows of an expression: its values with a blank between them. Raises CannotRun."""
        token = self._token(expression)

        def joined() -> str:
            return " ".join(token.string_value(item) for item in self._items(token, self._node(place), scope))

        return str(self._guarded(joined))

    def places(self, expression: str, place: Place, scope: Scope) -> list[Place]:
        """Return the places of the nodes that an expression finds. Raises CannotRun."""
        token = self._token(expression)
        items = self._guarded(lambda: self._items(token, self._node(place), scope))
        return [found for item in items if (found := self._place(item)) is not None]

    def number(self, expression: str, place: Place, scope: Scope) -> bool:
        """Tell whether an expression gives a number, which as a predicate would count nodes. Raises CannotRun."""
        token = self._token(expression)
        items = self._guarded(lambda: self._items(token, self._node(place), scope))
        return len(items) == 1 and isinstance(items[0], int | float) and not isinstance(items[0], bool)

    def _token(self, expression: str) -> Any:
        if expression not in self._tokens:
            try:
                self._tokens[expression] = self._parser.parse(expression)
            except _FAILURES as error:
                self._tokens[expression] = CannotRun(f"its expression cannot be read ({_words(error)})")
        token = self._tokens[expression]
        if isinstance(token, CannotRun):
            raise token
        return token

    def _guarded(self, ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        except _FAILURES as error:
            raise FailedHere(_words(error)) from None

    def _items(self, token: Any, node: Any, scope: Scope, more: dict[str, Any] | None = None) -> list[Any]:
        context = elementpath.XPathContext(self._index.root, item=node, current_dt=self._now)
        context.variables = _Variables(lambda name: self._variable(name, scope))
        context.variables.update(more or {})
        return list(token.select(context))

    # -- variables -------------------------------------------------------------------------------

    def _variable(self, name: str, scope: Scope) -> Any:
        binding = scope.get(name)
        if binding is None:
            raise KeyError(name)
        known = self._of_node if binding.of_node else self._of_document
        if binding not in known:
            try:
                known[binding] = self._value(binding)
            except CannotRun as error:
                known[binding] = error  # a file that is not there is not looked for again at each node
        if isinstance(known[binding], CannotRun):
            raise known[binding]
        return known[binding]

    def _value(self, binding: Binding) -> Any:
        let: Let = binding.let
        if let.content is not None:
            if not any(True for child in let.content.iterchildren() for _ in child.iter(f"{_XSL}*")):
                return _tree_of(let.content)
            return _one_or_all(self._procedures.value(let.content))
        token = self._token(let.value)
        place = self.current
        if not binding.of_node:
            self.current = Place(self._root, part="root")  # `current()` in a variable of the schema is the document
        try:
            return _one_or_all(self._guarded(lambda: self._items(token, self._node(self.current), binding.before)))
        finally:
            self.current = place

    # -- nodes -----------------------------------------------------------------------------------

    @property
    def _index(self) -> NodeIndex:
        if self._tree is None:
            self._tree = NodeIndex(_tree_of(self._root.getroottree(), self._uri))
        index: NodeIndex = self._tree
        return index

    def _node(self, place: Place) -> Any:
        index = self._index
        if place.part == "root":
            return index.root
        node = index.elements[place.element]
        if place.attribute:
            return next(attribute for attribute in node.attributes if attribute.name == place.attribute)
        if place.part == "text":
            return node.children[0]
        if place.part == "tail":
            siblings = node.parent.children
            return siblings[siblings.index(node) + 1]
        return node

    def _place(self, item: Any) -> Place | None:
        if isinstance(item, DocumentNode):
            return Place(self._root, part="root") if item is self._index.root else None
        if isinstance(item, AttributeNode) and item.parent is not None:
            return Place(item.parent.value, attribute=item.name or "")  # type: ignore[arg-type]
        if isinstance(item, TextNode) and item.parent is not None:
            at = item.parent.children.index(item)
            if at == 0:
                return Place(item.parent.value, part="text")  # type: ignore[arg-type]
            return Place(item.parent.children[at - 1].value, part="tail")  # type: ignore[arg-type]
        value: Any = item.value if isinstance(item, XPathNode) else None
        return Place(value) if value in self._index.elements else None

    # -- what XSLT adds --------------------------------------------------------------------------

    def _register(self) -> None:
        # A path may begin at what such a function gives: `current()/@n`.
        self._parser.PATH_STEP_LABELS = (*self._parser.PATH_STEP_LABELS, "external function")  # type: ignore[misc, assignment]
        register = self._parser.external_function
        register(lambda: self._node(self.current), "current", sequence_types=("item()",))
        register(lambda name, value: self._key(name, value), "key",
                 sequence_types=("xs:string", "item()*", "node()*"))
        register(lambda address: self._document(address), "document",
                 sequence_types=("item()*", "node()*"))
        for function in self._schema.functions:
            self._register_function(function)

    def _register_function(self, function: Procedure) -> None:
        uri, _, local = function.name.removeprefix("{").rpartition("}")
        prefix = next((prefix for prefix, known in self._schema.namespaces if known == uri), None)
        if prefix is None:
            return  # no expression can call it
        count = sum(1 for _ in function.element.iterchildren(f"{_XSL}param"))
        types = ("item()*",) * (count + 1)

        def call(*arguments: Any) -> Any:
            return self._procedures.call(function, [one if isinstance(one, list) else [one] for one in arguments])

        names = [f"a{number}" for number in range(count)]
        # elementpath asks a function how many arguments it takes.
        call.__signature__ = _signature(names)  # type: ignore[attr-defined]
        try:
            self._parser.external_function(call, local, prefix, types)
        except _FAILURES:
            return  # of two with one name, the first

    def _evaluate_in_procedure(self, expression: str, variables: dict[str, list[Any]]) -> list[Any]:
        token = self._token(expression)
        more = {name: _one_or_all(value) for name, value in variables.items()}
        return list(self._guarded(lambda: self._items(token, self._node(self.current), self._scope, more)))

    def _document(self, address: Any) -> Any:
        items = address if isinstance(address, list) else [address]
        if [self._parser_string(item) for item in items] != [""] or self._schema.source is None:
            raise CannotRun("document() asks for another file")
        if self._own_tree is None:
            self._own_tree = _tree_of(self._schema.source.getroottree())
        return self._own_tree

    def _parser_string(self, item: Any) -> str:
        return item.string_value if isinstance(item, XPathNode) else str(item)

    def _key(self, name: str, value: Any) -> list[Any]:
        if name not in self._keys:
            self._keys[name] = {}
            self._keys[name] = self._key_index(name)
        items = value if isinstance(value, list) else [value]
        found = {id(node): node for item in items for node in self._keys[name].get(self._parser_string(item), ())}
        return sorted(found.values(), key=lambda node: node.position)

    def _key_index(self, name: str) -> dict[str, list[Any]]:
        keys = [key for key in self._schema.keys if key.name == name]
        if not keys:
            raise CannotRun(f"there is no key “{name}”")
        index: dict[str, list[Any]] = {}
        for key in keys:
            use = self._token(key.use)
            for node in self._items(self._token(f"//({key.match})"), self._index.root, self._scope):
                for item in self._items(use, node, self._scope):
                    index.setdefault(self._parser_string(item), []).append(node)
        return index


def _one_or_all(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items


def _words(error: Exception) -> str:
    """Return what an error of elementpath says, without the name of the token and in one line."""
    text = " ".join(str(error).split())
    return text.partition("] ")[2] or text if text.startswith("[err:") or "[err:" in text[:60] else text


def _today() -> datetime.datetime | None:
    """Return the date for `current-date()`: that of SOURCE_DATE_EPOCH where it is set, else the day of the run.

    A rule that asks for today's date (TEI: @validUntil is not past) cannot have another answer.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not seconds.isdigit():
        return None
    return datetime.datetime.fromtimestamp(int(seconds), tz=datetime.UTC)


def _signature(names: list[str]) -> inspect.Signature:
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature([inspect.Parameter(name, kind) for name in names])


def _tree_of(tree: Any, uri: str = "") -> Any:
    """Return the nodes of elementpath for a tree of lxml, which its types do not know."""
    return elementpath.get_node_tree(tree, uri=uri or None)
