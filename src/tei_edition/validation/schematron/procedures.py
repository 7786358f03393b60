"""Functions and named templates of XSLT that stand in a Schematron schema, as far as they are simple.

The Schematron of the Office of the Historian turns roman page numbers into figures by a function that calls a template
that calls itself. Such things are run: parameters, variables, choices, calls, values and text (W3C, XSL Transformations
3.0, chapters 8 to 11). What makes elements, walks through nodes or reads files says that it cannot be run.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from elementpath.datatypes import UntypedAtomic
from elementpath.xpath_nodes import XPathNode
from lxml import etree

from tei_edition.validation.schematron.model import Procedure, Schema
from tei_edition.validation.schematron.native import CannotRun

# An expression, and the variables that it sees beside those of the schema, by the names that they have there.
Evaluate = Callable[[str, dict[str, list[Any]]], list[Any]]
Variables = dict[str, list[Any]]

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_DEEPEST = 100  # calls within calls
_FRAMES = 20_000
# What `as` may say of single values; of nodes it says nothing that matters here.
_ATOMIC = ("integer", "decimal", "double", "float", "string", "boolean", "date", "dateTime", "time", "anyURI")


class Procedures:
    """The functions and templates of one schema, over an evaluator of expressions."""

    def __init__(self, schema: Schema, evaluate: Evaluate) -> None:
        self._templates = {template.name: template for template in schema.templates}
        self._ask = evaluate
        self._depth = 0

    def call(self, function: Procedure, arguments: Sequence[list[Any]]) -> list[Any]:
        """Return the items that a function gives for its arguments. Raises CannotRun."""
        parameters = list(function.element.iterchildren(f"{_XSL}param"))
        if len(parameters) != len(arguments):
            raise CannotRun(f"{function.element.get('name')}() takes {len(parameters)} arguments")
        variables = {parameter.get("name", ""): self._typed(parameter, list(value))
                     for parameter, value in zip(parameters, arguments, strict=True)}
        return self._typed(function.element, self._called(function.element, variables))

    def value(self, holder: etree._Element) -> list[Any]:
        """Return what an `xsl:variable` or `let` holds by its content: one text, or items if `as` is said.

        Raises CannotRun.
        """
        return self._held(holder, {})

    def _called(self, element: etree._Element, variables: Variables) -> list[Any]:
        if self._depth >= _DEEPEST:
            raise CannotRun(f"{element.get('name')} calls itself more than {_DEEPEST} times")
        before = sys.getrecursionlimit()
        if not self._depth:
            # A call through elementpath takes some forty frames of Python; how many are left must not decide.
            sys.setrecursionlimit(max(before, _FRAMES))
        self._depth += 1
        try:
            return list(self._content(element, variables))
        finally:
            self._depth -= 1
            if not self._depth:
                sys.setrecursionlimit(before)

    # -- the content of an instruction -----------------------------------------------------------

    def _content(self, parent: etree._Element, variables: Variables) -> Iterator[Any]:
        """Yield the items that the instructions and the text of an element make; its variables end with it."""
        variables = dict(variables)
        yield from _text(parent.text)
        for child in parent.iterchildren():
            if not isinstance(child.tag, str):
                pass  # a comment
            elif child.tag == f"{_XSL}variable":
                variables[child.get("name", "")] = self._given(child, variables)
            elif not child.tag.startswith(_XSL):
                raise CannotRun(f"elements are not made here: {etree.QName(child).localname}")
            elif child.tag != f"{_XSL}param":
                yield from self._instruction(child, variables)
            yield from _text(child.tail)

    def _instruction(self, node: etree._Element, variables: Variables) -> Iterator[Any]:
        match etree.QName(node).localname:
            case "sequence" | "copy-of":
                yield from self._given(node, variables)
            case "value-of":
                separator = node.get("separator", " " if node.get("select") else "")
                yield UntypedAtomic(separator.join(map(_string, self._given(node, variables, plain=True))))
            case "text":
                yield UntypedAtomic(node.text or "")
            case "if":
                if self._holds(node, variables):
                    yield from self._content(node, variables)
            case "choose":
                for branch in node.iterchildren(f"{_XSL}when", f"{_XSL}otherwise"):
                    if branch.tag == f"{_XSL}otherwise" or self._holds(branch, variables):
                        yield from self._content(branch, variables)
                        return
            case "call-template":
                yield from self._template(node, variables)
            case "message" | "fallback":
                return
            case name:
                raise CannotRun(f"xsl:{name} is not run here")

    def _template(self, node: etree._Element, variables: Variables) -> list[Any]:
        name = node.get("name", "")
        template = self._templates.get(_expanded(node, name))
        if template is None:
            raise CannotRun(f"there is no template “{name}”")
        given = {one.get("name"): one for one in node.iterchildren(f"{_XSL}with-param")}
        inside: Variables = {}
        for parameter in template.element.iterchildren(f"{_XSL}param"):
            wanted = parameter.get("name", "")
            if wanted in given:
                inside[wanted] = self._typed(parameter, self._given(given[wanted], variables))
            elif parameter.get("required") in ("yes", "true", "1"):
                raise CannotRun(f"the template “{name}” needs the parameter “{wanted}”")
            else:
                inside[wanted] = self._given(parameter, inside)
        return self._typed(template.element, self._called(template.element, inside))

    # -- values ----------------------------------------------------------------------------------

    def _given(self, node: etree._Element, variables: Variables, *, plain: bool = False) -> list[Any]:
        """Return what `select` gives, or else the content; `plain`: the items of the content one by one."""
        select = node.get("select")
        if select is not None:
            return self._typed(node, self._ask(select, variables))
        return list(self._content(node, variables)) if plain else self._held(node, variables)

    def _held(self, node: etree._Element, variables: Variables) -> list[Any]:
        """Return the content as a variable holds it: a text, unless `as` says that it is a sequence (XSLT, 9.3)."""
        items = list(self._content(node, variables))
        if node.get("as") or node.tag == f"{_XSL}sequence":
            return self._typed(node, items)
        return [UntypedAtomic("".join(map(_string, items)))]

    def _typed(self, node: etree._Element, items: list[Any]) -> list[Any]:
        """Return items as values of the type that `as` names: text that was made becomes a number where it says so."""
        prefix, _, name = node.get("as", "").rstrip("?*+").rpartition(":")
        if name not in _ATOMIC or not prefix:
            return items
        typed: list[Any] = []
        for item in items:
            untyped = isinstance(item, UntypedAtomic | XPathNode)
            typed += self._ask(f"xs:{name}($item)", {"item": [item]}) if untyped else [item]
        return typed

    def _holds(self, node: etree._Element, variables: Variables) -> bool:
        return bool(self._ask(f"boolean({node.get('test', '')})", variables)[0])


def _text(text: str | None) -> Iterator[UntypedAtomic]:
    """Yield the text between instructions; white space alone is layout."""
    if text and text.strip():
        yield UntypedAtomic(text)


def _string(item: Any) -> str:
    if isinstance(item, XPathNode):
        return item.string_value
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, float):
        return str(int(item)) if item.is_integer() else "NaN" if item != item else str(item)
    return str(item)


def _expanded(node: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{node.nsmap.get(prefix, '')}}}{local}" if prefix else local
