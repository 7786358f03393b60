"""Answers to what elementpath would look through the whole document for, again for each node that asks.

`preceding::tei:div` and `following::` by name, `id()`, `<<` and `>>`; and no answer from outside the document. The
tokens of elementpath stay what they are, but for what they evaluate to.
"""

from __future__ import annotations

import bisect
import copy
from collections.abc import Callable, Iterator
from typing import Any

import elementpath
from elementpath.xpath_nodes import ElementNode

from tei_edition.tei import XML_ID
from tei_edition.validation.schematron.native import CannotRun

_ERRORS = (elementpath.ElementPathError, ArithmeticError, ValueError)
# What they ask for lies outside the document: other files, the network, the machine.
_OUTSIDE = ("doc", "doc-available", "collection", "uri-collection", "unparsed-text", "unparsed-text-lines",
            "unparsed-text-available", "json-doc", "environment-variable", "available-environment-variables",
            "load-xquery-module", "transform", "parse-xml", "parse-xml-fragment", "random-number-generator")


class NodeIndex:
    """A document as elementpath has it, with its elements by name and by id, in order."""

    def __init__(self, tree: Any) -> None:
        self.root = tree
        self.elements: dict[Any, Any] = tree.elements if hasattr(tree, "elements") else tree.tree.elements
        self._named: dict[str | None, list[Any]] | None = None
        self._ids: dict[str, Any] | None = None

    def named(self, name: str) -> list[Any]:
        """Return the elements of a name (`{namespace}local`), in the order of the document."""
        if self._named is None:
            self._named = {}
            for node in self.root.iter():
                if isinstance(node, ElementNode):
                    self._named.setdefault(node.name, []).append(node)
        return self._named.get(name, [])

    def by_id(self, words: list[str]) -> list[Any]:
        """Return the elements with these xml:ids, in the order of the document, each once."""
        if self._ids is None:
            self._ids = {}
            for element, node in self.elements.items():
                name = element.get(XML_ID) if isinstance(element.tag, str) else None
                if name is not None:
                    self._ids.setdefault(name, node)
        found = {id(node): node for word in words if (node := self._ids.get(word)) is not None}
        return sorted(found.values(), key=lambda node: node.position)

    def before(self, item: Any, name: str) -> Iterator[Any]:
        """Yield the elements of a name before a node that do not hold it, in the order of the document."""
        ancestors = set()
        node = item
        while node is not None:
            ancestors.add(id(node))
            node = node.parent
        for other in self._until(name, item.position):
            if id(other) not in ancestors:
                yield other

    def _until(self, name: str, position: int) -> list[Any]:
        same = self.named(name)
        return same[:bisect.bisect_left(same, position, key=lambda node: node.position)]


def overridden(table: dict[str, Any], index: Callable[[], NodeIndex]) -> dict[str, Any]:
    """Return a table of tokens in which those of this module take the place of elementpath's own."""
    for name in _OUTSIDE:
        if name in table:
            table[name] = _outside(table[name], name)
    table["preceding"] = _preceding(table["preceding"], index)
    table["id"] = _id(table["id"], index)
    for name in ("<<", ">>"):
        table[name] = _in_order(table[name], first=name == "<<")
    for name in ("or", "and"):
        table[name] = _settled(table[name], by=name == "or")
    return table


def _outside(token: Any, name: str) -> Any:
    def refuse(self: Any, context: Any = None) -> Any:
        raise CannotRun(f"{name}() asks for what is not in the document")

    return type(token.__name__, (token,), {"evaluate": refuse, "select": refuse})


def _preceding(token: Any, index: Callable[[], NodeIndex]) -> Any:
    def select(self: Any, context: Any = None) -> Iterator[Any]:
        test = self[0]
        name = _name_of(test, self.parser.namespaces)
        item = None if context is None else context.item
        if not name or getattr(item, "position", None) is None or context.root is not index().root:
            yield from token.select(self, context)
            return
        axis = context.axis
        for other in index().before(item, name):
            context.item, context.axis = other, "preceding"
            yield other
        context.item, context.axis = item, axis

    return type(token.__name__, (token,), {"select": select})


def _name_of(test: Any, namespaces: dict[str, str]) -> str:
    """Return the expanded name that a step asks for; empty where it asks for something else than a name."""
    if test.symbol == "(name)":
        return str(test.value)
    if test.symbol == ":" and len(test) == 2 and test[0].symbol == "(name)" and test[1].symbol == "(name)":
        return f"{{{namespaces.get(test[0].value, '')}}}{test[1].value}"
    return ""


def _id(token: Any, index: Callable[[], NodeIndex]) -> Any:
    def select(self: Any, context: Any = None) -> Iterator[Any]:
        words = [word for item in self[0].select(context) for word in self.string_value(item).split()]
        yield from index().by_id(words)

    def evaluate(self: Any, context: Any = None) -> Any:
        return list(select(self, context))

    return type(token.__name__, (token,), {"select": select, "evaluate": evaluate})


def _in_order(token: Any, *, first: bool) -> Any:
    def evaluate(self: Any, context: Any = None) -> Any:
        left, right = list(self[0].select(context)), list(self[1].select(context))
        if not left or not right:
            return []
        one, two = left[0], right[0]
        if len(left) > 1 or len(right) > 1 or not all(hasattr(node, "position") for node in (one, two)):
            raise self.error("XPTY0004", "one node is compared with one node")
        return one.position < two.position if first else one.position > two.position

    return type(token.__name__, (token,), {"evaluate": evaluate})


def _settled(token: Any, *, by: bool) -> Any:
    """Return `or` (settled by a true operand) or `and` (by a false one), which one operand may settle alone.

    `@maxOccurs > 1 or @maxOccurs eq 'unbounded'`: that “unbounded” is no number is no error then. XPath leaves it to
    the processor (XPath 3.1, 2.3.4); authors write their rules with Saxon, which does so.
    """
    def evaluate(self: Any, context: Any = None) -> bool:
        try:
            if bool(self.boolean_value(self[0].select(copy.copy(context)))) is by:
                return by
        except _ERRORS:
            if bool(self.boolean_value(self[1].select(copy.copy(context)))) is by:
                return by
            raise
        return bool(self.boolean_value(self[1].select(copy.copy(context))))

    return type(token.__name__, (token,), {"evaluate": evaluate})
