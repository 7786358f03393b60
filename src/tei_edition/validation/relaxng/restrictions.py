"""What a schema may not say, after simplification (RELAX NG specification, section 7).

A pattern of the table is made after its parts, so one walk over the table from its beginning finds, for each pattern,
what stands in it; what is wrong with it counts only where a document can reach it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Any, NamedTuple

from tei_edition.validation.relaxng.name_classes import common_name, shown
from tei_edition.validation.relaxng.names import NameClass, is_open, names_in
from tei_edition.validation.relaxng.patterns import EMPTY, NEVER, TEXT, Patterns


class _In(IntFlag):
    """Kinds of patterns that stand in a pattern, elements apart, which are looked at on their own."""

    EMPTY = 1
    TEXT = 2
    DATA = 4
    VALUE = 8
    LIST = 16
    ELEMENT = 32
    ATTRIBUTE = 64
    GROUP = 128
    INTERLEAVE = 256
    MORE = 512
    PAIRED = 1024  # an attribute in a group or interleave
    UNREPEATED = 2048  # an attribute of any name that is not repeated
    MINGLED = 4096  # characters of a datatype with other content before or behind them


_WORDS = {
    _In.EMPTY: "<empty>", _In.TEXT: "<text>", _In.DATA: "<data>", _In.VALUE: "<value>", _In.LIST: "<list>",
    _In.ELEMENT: "<element>", _In.ATTRIBUTE: "<attribute>", _In.GROUP: "<group>", _In.INTERLEAVE: "<interleave>",
    _In.MORE: "<oneOrMore>",
}
_IN_ATTRIBUTE = _In.ELEMENT | _In.ATTRIBUTE
_IN_LIST = _In.LIST | _In.ELEMENT | _In.ATTRIBUTE | _In.TEXT | _In.INTERLEAVE
_IN_EXCEPT = ~(_In.DATA | _In.VALUE)
_IN_START = ~_In.ELEMENT
# The types of content of section 7.2: of nothing, of elements and text, of characters of a datatype.
_NOTHING, _COMPLEX, _CHARACTERS = 0, 1, 2


class _Names(NamedTuple):
    """The names of the attributes or elements that occur in a pattern; `classes` are those that cannot be listed."""

    listed: frozenset[str] = frozenset()
    classes: tuple[NameClass, ...] = ()

    def with_(self, other: _Names) -> _Names:
        """Return both together."""
        if not other.listed and not other.classes:
            return self
        if not self.listed and not self.classes:
            return other
        return _Names(self.listed | other.listed, tuple(dict.fromkeys(self.classes + other.classes)))

    def common(self, other: _Names) -> str | None:
        """Return a name that belongs to both; None where there is none."""
        if found := self.listed & other.listed:
            return min(found)
        for one, two in ((self, other), (other, self)):
            for names in one.classes:
                for candidate in (*(("name", name) for name in sorted(two.listed)), *two.classes):
                    if (name := common_name(names, candidate)) is not None:
                        return name
        return None


_NONE = _Names()


@dataclass(slots=True)
class _Facts:
    """What is known of each pattern of a table, by its number."""

    patterns: Patterns
    inside: list[_In] = field(default_factory=list)
    content: list[int] = field(default_factory=list)
    attributes: list[_Names] = field(default_factory=list)
    elements: list[_Names] = field(default_factory=list)
    text: list[bool] = field(default_factory=list)
    wrong: dict[int, str] = field(default_factory=dict)


def broken_restriction(patterns: Patterns) -> tuple[int | None, str]:
    """Return the first element (its number) that breaks a restriction, and what is wrong in it; nothing for none.

    The number is None where it is the start of the schema that breaks one. Elements are taken in the order in which
    the start leads to them, so that the same schema gives the same message.
    """
    facts = _Facts(patterns)
    for number, node in enumerate(patterns.nodes):
        _note(facts, number, node)
    if wrong := _first(facts.inside[patterns.start] & _IN_START):
        return None, f"{wrong} stands in <start>, which can hold nothing but a choice of elements"
    seen: set[int] = set()
    elements = dict.fromkeys(_reach(facts, patterns.start, seen)[0])
    queue = list(elements)
    for element in queue:
        content = patterns.elements[element].content
        found, wrong = _reach(facts, content, seen)
        wrong = wrong or _of_whole_content(facts.inside[content])
        if wrong:
            return element, wrong
        for other in found:
            if other not in elements:
                elements[other] = None
                queue.append(other)
    return None, ""


def _of_whole_content(inside: _In) -> str:
    """Return what is wrong with the content of an element as a whole."""
    if inside & _In.MINGLED:
        return ("<data>, <value> or <list> stands with other content before or behind it; put several values into one "
                "<list>")
    return "an attribute of any name must stand in <oneOrMore> or <zeroOrMore>" if inside & _In.UNREPEATED else ""


def _reach(facts: _Facts, start: int, seen: set[int]) -> tuple[list[int], str]:
    """Return the elements that occur in a pattern, and what is wrong with one of its patterns."""
    found: list[int] = []
    pending = [start]
    while pending:
        number = pending.pop()
        if number in seen:
            continue
        seen.add(number)
        if number in facts.wrong:
            return found, facts.wrong[number]
        node = facts.patterns.nodes[number]
        if node[0] == "element":
            found.append(node[1])
        pending.extend(reversed(_parts(node)))
    return found, ""


def _parts(node: tuple[Any, ...]) -> tuple[int, ...]:
    if node[0] in ("choice", "group", "interleave", "more", "list"):
        return node[1:]
    if node[0] == "attribute":
        return (node[2],)
    return (node[4],) if node[0] == "data" else ()


def _first(kinds: _In) -> str:
    return next((words for kind, words in _WORDS.items() if kind & kinds), "")


def _note(facts: _Facts, number: int, node: tuple[Any, ...]) -> None:
    """Add what is known of the next pattern of the table; all its parts are known already."""
    parts = _parts(node)
    kind, wrong = node[0], ""
    inside, content = _In(0), _NOTHING
    for part in parts:
        inside |= facts.inside[part]
        content = max(content, facts.content[part])
    occurring = kind in ("choice", "group", "interleave", "more")
    attributes, elements, text = _NONE, _NONE, number == TEXT
    for part in parts if occurring else ():
        attributes = attributes.with_(facts.attributes[part])
        elements = elements.with_(facts.elements[part])
        text = text or facts.text[part]
    if kind in _ONE:
        inside, content = inside | _ONE[kind][0], _ONE[kind][1]
    if kind == "attribute":
        attributes = _of(node[1])
    elif kind == "element":
        elements = _of(facts.patterns.elements[node[1]].names)
    if number in (EMPTY, NEVER):
        inside = _In.EMPTY if number == EMPTY else _In(0)
    if kind in _CHECKS:
        inside, wrong = _CHECKS[kind](facts, node, inside)
    facts.inside.append(inside)
    facts.content.append(content)
    facts.attributes.append(attributes)
    facts.elements.append(elements)
    facts.text.append(text)
    if wrong:
        facts.wrong[number] = wrong


# What stands alone: its own kind, and the type of content that it is.
_ONE = {
    "text": (_In.TEXT, _COMPLEX), "element": (_In.ELEMENT, _COMPLEX), "attribute": (_In.ATTRIBUTE, _NOTHING),
    "list": (_In.LIST, _CHARACTERS), "data": (_In.DATA, _CHARACTERS), "value": (_In.VALUE, _CHARACTERS),
}


def _of(names: NameClass) -> _Names:
    return _Names(classes=(names,)) if is_open(names) else _Names(frozenset(names_in(names)))


def _mingled(facts: _Facts, first: int, second: int) -> _In:
    """Tell whether characters of a datatype have other content before or behind them (7.2)."""
    one, two = facts.content[first], facts.content[second]
    return _In.MINGLED if one and two and max(one, two) == _CHARACTERS else _In(0)


def _check_pair(facts: _Facts, node: tuple[Any, ...], inside: _In) -> tuple[_In, str]:
    kind, first, second = node
    if inside & _In.ATTRIBUTE:
        inside |= _In.PAIRED
    inside |= _In.GROUP if kind == "group" else _In.INTERLEAVE
    inside |= _mingled(facts, first, second)
    wrong = ""
    if (name := facts.attributes[first].common(facts.attributes[second])) is not None:
        wrong = f"the attribute {shown(name)} is given twice"
    if kind == "interleave":
        if facts.text[first] and facts.text[second]:
            wrong = "<text> stands in two parts of an <interleave>"
        elif (name := facts.elements[first].common(facts.elements[second])) is not None:
            wrong = f"the element {shown(name)} stands in two parts of an <interleave>"
    return inside, wrong


def _check_more(facts: _Facts, node: tuple[Any, ...], inside: _In) -> tuple[_In, str]:
    wrong = "a group with an attribute is repeated; an attribute can be given once only"
    inside |= _In.MORE | _mingled(facts, node[1], node[1])
    return inside & ~_In.UNREPEATED, wrong if inside & _In.PAIRED else ""


def _check_attribute(facts: _Facts, node: tuple[Any, ...], inside: _In) -> tuple[_In, str]:
    wrong = _first(facts.inside[node[2]] & _IN_ATTRIBUTE)
    if is_open(node[1]):
        inside |= _In.UNREPEATED
    return inside, f"{wrong} stands in an <attribute>, which holds nothing but characters" if wrong else ""


def _check_list(facts: _Facts, node: tuple[Any, ...], inside: _In) -> tuple[_In, str]:
    wrong = _first(facts.inside[node[1]] & _IN_LIST)
    return inside & ~_In.MINGLED, f"{wrong} stands in a <list>, which holds nothing but values" if wrong else ""


def _check_data(facts: _Facts, node: tuple[Any, ...], inside: _In) -> tuple[_In, str]:
    wrong = _first(facts.inside[node[4]] & _IN_EXCEPT)
    return inside, f"{wrong} stands in the <except> of a <data>, which holds nothing but values" if wrong else ""


_CHECKS: dict[str, Callable[[_Facts, tuple[Any, ...], _In], tuple[_In, str]]] = {
    "group": _check_pair, "interleave": _check_pair, "more": _check_more, "attribute": _check_attribute,
    "list": _check_list, "data": _check_data,
}
