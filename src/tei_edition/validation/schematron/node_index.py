"""Answers to what elementpath would look through the whole document for, again for each node that asks.

`preceding::tei:div` and `following::` by name, `id()`, `<<` and `>>`; and no answer from outside the document. The
tokens of elementpath stay what they are, but for what they evaluate to.
"""

from __future__ import annotations

import bisect
import copy
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, cast

import elementpath
from elementpath.datatypes import Integer, UntypedAtomic
from elementpath.xpath_nodes import AttributeNode, ElementNode, EtreeElementNode
from lxml import etree

from tei_edition.tei import XML_ID
from tei_edition.validation.schematron.expressions import in_linear_time, may_not_end
from tei_edition.validation.schematron.native import CannotRun

_ERRORS = (elementpath.ElementPathError, ArithmeticError, ValueError)
_MOST_NUMBERS = 1_000_000
_STRING = etree.XPath("string()")
# What they ask for lies outside the document: other files, the network, the machine.
_OUTSIDE = ("doc", "doc-available", "collection", "uri-collection", "unparsed-text", "unparsed-text-lines",
            "unparsed-text-available", "json-doc", "environment-variable", "available-environment-variables",
            "load-xquery-module", "transform", "parse-xml", "parse-xml-fragment", "random-number-generator")


class _Element(EtreeElementNode):
    """An element that holds a comment somewhere: elementpath (5.1) loses the text behind it."""

    __slots__ = ()

    @property
    def string_value(self) -> str:
        """The text of the element and of all in it."""
        return str(_STRING(cast(etree._Element, self.value)))

    @property
    def iter_typed_values(self) -> Iterator[Any]:
        """The same as a value without a type."""
        yield UntypedAtomic(self.string_value)


class NodeIndex:
    """A document as elementpath has it, with its elements by name and by id, in order."""

    def __init__(self, tree: Any) -> None:
        self.root = tree
        self.elements: dict[Any, Any] = tree.elements if hasattr(tree, "elements") else tree.tree.elements
        if any(not isinstance(element.tag, str) for element in self.elements):
            for node in self.elements.values():
                if type(node) is EtreeElementNode:
                    node.__class__ = _Element
        self._named: dict[str | None, list[Any]] | None = None
        self._places: dict[int, dict[int, int]] = {}
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
        """Yield the elements of a name before a node that do not hold it, the nearest first."""
        ancestors = set()
        node = item
        while node is not None:
            ancestors.add(id(node))
            node = node.parent
        same = self.named(name)
        for at in range(bisect.bisect_left(same, item.position, key=lambda node: node.position) - 1, -1, -1):
            if id(same[at]) not in ancestors:
                yield same[at]

    def siblings(self, item: Any, *, before: bool) -> Iterator[Any]:
        """Yield the siblings before a node, or behind it, the nearest first."""
        children = item.parent.children if getattr(item, "parent", None) is not None else ()
        places = self._places.get(id(children))
        if places is None:
            places = self._places[id(children)] = {id(child): at for at, child in enumerate(children)}
        at = places.get(id(item))
        if at is not None:  # an attribute has no siblings
            for other in range(at - 1, -1, -1) if before else range(at + 1, len(children)):
                yield children[other]


def nearest_first(step: Any, context: Any, index: NodeIndex) -> Iterator[Any] | None:
    """Return the nodes of `preceding::name`, `preceding-sibling::…` or `following-sibling::…`, the nearest first.

    Predicates may follow that ask what a node is and not the how many-th (`[@n]`). None for any other step.
    """
    item = context.item
    if not hasattr(item, "position") or context.root is not index.root:
        return None
    if step.symbol == "[":
        found = nearest_first(step[0], context, index) if _is_plain(step[1]) else None
        return None if found is None else _holding(found, step[1], context)
    if step.symbol == "preceding":
        name = _name_of(step[0], step.parser.namespaces)
        return index.before(item, name) if name else None
    if step.symbol in ("preceding-sibling", "following-sibling"):
        return _tested(index.siblings(item, before=step.symbol == "preceding-sibling"), step, context)
    return None


def _is_plain(predicate: Any) -> bool:
    """Tell whether a predicate is sure to be no number, and asks for none: an attribute, a comparison."""
    return predicate.symbol in ("@", "=", "eq", "!=", "ne", "and", "or", "not") and not any(
        token.symbol in ("position", "last") for token in predicate.iter())


def _holding(nodes: Iterator[Any], predicate: Any, context: Any) -> Iterator[Any]:
    for node in nodes:
        inside = copy.copy(context)
        inside.item, inside.axis = node, None
        if predicate.boolean_value(list(predicate.select(inside))):
            yield node


def _tested(nodes: Iterator[Any], step: Any, context: Any) -> Iterator[Any]:
    for node in nodes:
        inside = copy.copy(context)
        inside.item, inside.axis = node, step.symbol
        if next(iter(step[0].select(inside)), None) is not None:
            yield node


def _name_of(test: Any, namespaces: dict[str, str]) -> str:
    """Return the expanded name that a step asks for; empty where it asks for something else than a name."""
    if test.symbol == "(name)":
        return str(test.value)
    if test.symbol == ":" and len(test) == 2 and test[0].symbol == "(name)" and test[1].symbol == "(name)":
        return f"{{{namespaces.get(test[0].value, '')}}}{test[1].value}"
    return ""


def overridden(table: dict[str, Any], index: Callable[[], NodeIndex]) -> dict[str, Any]:
    """Return a table of tokens in which those of this module take the place of elementpath's own."""
    for name in _OUTSIDE:
        if name in table:
            table[name] = _outside(table[name], name)
    table["preceding"] = _preceding(table["preceding"], index)
    table["["] = _numbered(table["["], index)
    table["id"] = _id(table["id"], index)
    table["matches"] = _matching(table["matches"])
    for name in ("tokenize", "replace"):
        table[name] = _ending(table[name], name)
    table["to"] = _counted(table["to"])
    for name in ("<<", ">>"):
        table[name] = _in_order(table[name], first=name == "<<")
    for name in ("@", "attribute", "following", "following-sibling", "preceding-sibling"):
        table[name] = _from_attributes(table[name], name)
    for name in ("or", "and"):
        table[name] = _settled(table[name], by=name == "or")
    return table


def _outside(token: Any, name: str) -> Any:
    def refuse(self: Any, context: Any = None) -> Any:
        raise CannotRun(f"{name}() asks for what is not in the document")

    return type(token.__name__, (token,), {"evaluate": refuse, "select": refuse})


def _matching(token: Any) -> Any:
    def evaluate(self: Any, context: Any = None) -> Any:
        if context is not None and len(self) == 2:
            expression = in_linear_time(self.get_argument(context, 1, required=True, cls=str))
            if expression is not None:
                return expression.matches(self.get_argument(context, default="", cls=str))
        _refuse_endless(self, context, "matches")
        return token.evaluate(self, context)

    return type(token.__name__, (token,), {"evaluate": evaluate})


def _refuse_endless(token: Any, context: Any, name: str) -> None:
    if context is not None and len(token) > 1 and may_not_end(
            token.get_argument(context, 1, default="", cls=str)):
        raise CannotRun(f"the expression of {name}() repeats what is repeated in it already, and may never end")


def _ending(token: Any, name: str) -> Any:
    def evaluate(self: Any, context: Any = None) -> Any:
        _refuse_endless(self, context, name)
        return token.evaluate(self, context)

    def select(self: Any, context: Any = None) -> Iterator[Any]:
        _refuse_endless(self, context, name)
        yield from token.select(self, context)

    return type(token.__name__, (token,), {"evaluate": evaluate, "select": select})


def _counted(token: Any) -> Any:
    """Return `to`, which makes every number between two: so many that nobody waits for them are refused."""
    def evaluate(self: Any, context: Any = None) -> Any:
        start, stop = self.get_operands(context, cls=Integer)
        if isinstance(start, int) and isinstance(stop, int) and stop - start > _MOST_NUMBERS:
            raise CannotRun(f"{start} to {stop} are more numbers than are counted here")
        return token.evaluate(self, context)

    return type(token.__name__, (token,), {"evaluate": evaluate})


def _preceding(token: Any, index: Callable[[], NodeIndex]) -> Any:
    def select(self: Any, context: Any = None) -> Iterator[Any]:
        if context is not None and isinstance(context.item, AttributeNode):
            # The same as from its element; elementpath would take what holds the element for something before it.
            context = copy.copy(context)
            context.item = context.item.parent
        found = None if context is None else nearest_first(self, context, index())
        if found is None:
            yield from token.select(self, context)
            return
        item, axis = context.item, context.axis
        for other in reversed(list(found)):
            context.item, context.axis = other, "preceding"
            yield other
        context.item, context.axis = item, axis

    return type(token.__name__, (token,), {"select": select})


def _numbered(token: Any, index: Callable[[], NodeIndex]) -> Any:
    """Return `[`, which for `preceding-sibling::node()[1]` looks at one node, and not at all of them."""
    def select(self: Any, context: Any = None) -> Iterator[Any]:
        literal = self[1].symbol == "(integer)"
        found = nearest_first(self[0], context, index()) if literal and context is not None else None
        if found is None:
            yield from token.select(self, context)
            return
        chosen = next(islice(found, max(int(self[1].value) - 1, 0), None), None)
        if chosen is not None and int(self[1].value) > 0:
            status = context.item, context.size, context.position, context.axis
            context.item, context.size, context.position, context.axis = chosen, 1, 1, None
            yield chosen
            context.item, context.size, context.position, context.axis = status

    return type(token.__name__, (token,), {"select": select})


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


def _from_attributes(token: Any, name: str) -> Any:
    """Return an axis that knows that an attribute has no attributes or siblings; elementpath takes its element's."""
    def select(self: Any, context: Any = None) -> Iterator[Any]:
        if not isinstance(getattr(context, "item", None), AttributeNode):
            yield from token.select(self, context)
        elif name == "following":
            raise CannotRun("following:: of an attribute is not known here")

    return type(token.__name__, (token,), {"select": select})
