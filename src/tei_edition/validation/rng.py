"""Reading a RELAX NG grammar (`.rng`) into patterns.

Only what can be explained is read here; whether a document is valid is libxml2's verdict. A grammar that does what this
reader does not know (externalRef, grammars in grammars) raises Unreadable, and the findings then say less.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

from lxml import etree

from tei_edition.validation.patterns import (
    EMPTY,
    NEVER,
    TEXT,
    Attribute,
    Data,
    Element,
    Listed,
    NameClass,
    Pattern,
    choice,
    pair,
    repeated,
)

_NS = "http://relaxng.org/ns/structure/1.0"
_RNG = f"{{{_NS}}}"

# The datatypes that an editor meets, in words.
_TYPES = {
    "date": "a date such as 1962-08-18", "gYearMonth": "a month such as 1962-08", "gYear": "a year such as 1962",
    "dateTime": "a date with its time",
    "gMonthDay": "a day without its year such as --08-18", "time": "a time such as 14:30:00",
    "anyURI": "a pointer or an address",
    "ID": "an id (a letter first, then letters, digits, . _ -)", "NCName": "a name without colon and blanks",
    "Name": "a name", "nonNegativeInteger": "a number", "positiveInteger": "a number from 1", "integer": "a number",
    "decimal": "a number", "boolean": "true or false", "language": "a language tag such as en", "token": "text",
    "string": "text", "double": "a number",
}
# Our own datatypes, and the TEI's, by the name of their define.
_FORMS = {
    "data.pageNumber": "a page number such as 557, xii or [3]", "data.documentNumber": "a number such as 280 or [281]",
    "data.noteNumber": "the number or sign of a note, such as 2, 2a or *", "data.word": "one word without blanks",
    "data.enumerated": "one word of letters, digits, - . _",
    "data.coordinates": "latitude and longitude, as in -11.66 27.47",
    "teidata.word": "one word without blanks", "teidata.enumerated": "one word without blanks",
    "teidata.version": "a version number such as 4.12.0",
}


class Unreadable(Exception):
    """The grammar uses what this reader does not know."""


def _children(node: etree._Element) -> Iterator[etree._Element]:
    return (child for child in node.iterchildren("*") if str(child.tag).startswith(_RNG))


def _inherited(node: etree._Element, name: str) -> str:
    for ancestor in (node, *node.iterancestors()):
        if (value := ancestor.get(name)) is not None:
            return value
    return ""


class Grammar:
    """A grammar: its start, and every element it knows by name."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        self._defines: dict[str, list[etree._Element]] = {}
        self._starts: list[etree._Element] = []
        self._defined: dict[str, Pattern] = {}
        self._elements: dict[etree._Element, Element] = {}
        if root.tag != f"{_RNG}grammar":
            raise Unreadable("not a grammar")
        self._collect(root)
        self.start = choice([self._group(node) for node in self._starts])
        self._root = root

    def _collect(self, node: etree._Element) -> None:
        for child in _children(node):
            kind = etree.QName(child).localname
            if kind == "define":
                self._defines.setdefault(child.get("name", ""), []).append(child)
            elif kind == "start":
                self._starts.append(child)
            elif kind == "div":
                self._collect(child)
            else:
                raise Unreadable(kind)

    @functools.cached_property
    def by_name(self) -> dict[str, tuple[Element, ...]]:
        """Every element of the grammar by its name."""
        table: dict[str, list[Element]] = {}
        for node in self._root.iter(f"{_RNG}element"):
            element = self._element(node)
            for name in element.names.names:
                table.setdefault(name, []).append(element)
        return {name: tuple(elements) for name, elements in sorted(table.items())}

    def _ref(self, name: str) -> Pattern:
        if name not in self._defined:
            nodes = self._defines.get(name)
            if not nodes:
                raise Unreadable(f"no define {name}")
            self._defined[name] = NEVER  # a loop without an element between is not allowed in RELAX NG
            mixed = any(node.get("combine") == "interleave" for node in nodes)
            patterns = [self._group(node) for node in nodes]
            self._defined[name] = _joined(patterns, mixed=True) if mixed else choice(patterns)
        return self._defined[name]

    def _group(self, node: etree._Element, *, skip: int = 0, mixed: bool = False) -> Pattern:
        return _joined([self._pattern(child) for child in list(_children(node))[skip:]], mixed=mixed)

    def _element(self, node: etree._Element) -> Element:
        if node not in self._elements:
            skip = 0 if node.get("name") else 1
            self._elements[node] = Element(_names(node), lambda: self._group(node, skip=skip))
        return self._elements[node]

    def _attribute(self, node: etree._Element) -> Pattern:
        skip = 0 if node.get("name") else 1
        return Attribute(_names(node), self._group(node, skip=skip) if len(list(_children(node))) > skip else TEXT)

    def _pattern(self, node: etree._Element) -> Pattern:
        kind = etree.QName(node).localname
        simple: dict[str, Callable[[], Pattern]] = {
            "element": lambda: self._element(node),
            "attribute": lambda: self._attribute(node),
            "ref": lambda: self._ref(node.get("name", "").strip()),
            "empty": lambda: EMPTY,
            "notAllowed": lambda: NEVER,
            "text": lambda: TEXT,
            "data": lambda: _data(node),
            "value": lambda: _value(node),
            "choice": lambda: choice([self._pattern(child) for child in _children(node)]),
            "group": lambda: self._group(node),
            "interleave": lambda: self._group(node, mixed=True),
            "oneOrMore": lambda: repeated(self._group(node)),
            "zeroOrMore": lambda: choice((repeated(self._group(node)), EMPTY)),
            "optional": lambda: choice((self._group(node), EMPTY)),
            "mixed": lambda: pair(TEXT, self._group(node), mixed=True),
            "list": lambda: Listed(self._group(node)),
        }
        if kind not in simple:
            raise Unreadable(kind)
        return simple[kind]()


def _joined(patterns: list[Pattern], *, mixed: bool) -> Pattern:
    result = EMPTY
    for pattern in reversed(patterns):
        result = pair(pattern, result, mixed=mixed)
    return result


def _names(node: etree._Element) -> NameClass:
    """Return the names of an element or attribute pattern: its `name`, or its first child."""
    name = node.get("name")
    if name is None:
        return _name_class(next(_children(node)))
    # An attribute without an ns of its own is in no namespace; an element inherits one.
    space = node.get("ns", "") if node.tag == f"{_RNG}attribute" else _inherited(node, "ns")
    return NameClass(frozenset([_clark(node, name.strip(), space)]))


def _clark(node: etree._Element, name: str, space: str) -> str:
    prefix, colon, local = name.rpartition(":")
    if colon:
        space = {"xml": "http://www.w3.org/XML/1998/namespace", **node.nsmap}[prefix]
    return f"{{{space}}}{local}" if space else local


def _name_class(node: etree._Element) -> NameClass:
    kind = etree.QName(node).localname
    if kind == "name":
        return NameClass(frozenset([_clark(node, (node.text or "").strip(), _inherited(node, "ns"))]))
    if kind == "choice":
        classes = [_name_class(child) for child in _children(node)]
        if any(part.excluded for part in classes):
            raise Unreadable("a choice of names with exceptions")
        return NameClass(frozenset().union(*(part.names for part in classes)),
                         frozenset().union(*(part.spaces for part in classes)), any(part.any for part in classes))
    excluded = None
    for exception in _children(node):
        parts = [_name_class(child) for child in _children(exception)]
        excluded = NameClass(frozenset().union(*(part.names for part in parts)),
                             frozenset().union(*(part.spaces for part in parts)))
    if kind == "anyName":
        return NameClass(any=True, excluded=excluded)
    return NameClass(spaces=frozenset([_inherited(node, "ns")]), excluded=excluded)


def _value(node: etree._Element) -> Data:
    wanted = node.text or ""
    if node.get("type") == "string":
        return Data(lambda text: text == wanted, f"“{wanted}”", True)
    words = wanted.split()
    return Data(lambda text: text.split() == words, f"“{' '.join(words)}”", True)


def _data(node: etree._Element) -> Data:
    """A datatype is checked by libxml2: by a grammar of one element that holds nothing but it."""
    kind = node.get("type", "")
    top = etree.Element(f"{_RNG}element", name="v", datatypeLibrary=_inherited(node, "datatypeLibrary"))
    top.append(deepcopy(node))
    checker: list[etree.RelaxNG] = []

    @functools.lru_cache(maxsize=4096)
    def accepts(text: str) -> bool:
        if not checker:
            checker.append(etree.RelaxNG(top))
        element = etree.Element("v")
        element.text = text
        return bool(checker[0].validate(element))

    patterns = [child.text or "" for child in _children(node) if child.get("name") == "pattern"]
    words = _TYPES.get(kind, f"a value of the type {kind}")
    if patterns and kind in ("token", "string"):
        define = next(node.iterancestors(f"{_RNG}define"), None)
        form = f"text of the form {' and '.join(patterns)}"
        words = form if define is None else _FORMS.get(define.get("name", ""), form)
    plain = kind in ("token", "string") and not len(node)
    return Data((lambda _text: True) if plain else accepts, words, False)
