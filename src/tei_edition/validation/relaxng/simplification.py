"""From the file of a schema to its nodes: one tree without annotations, with its other files in their places.

What the specification does in sections 4.1 to 4.11 is done here while the file is read: white space, the library of
datatypes and the namespace that a node inherits, names with prefixes, `externalRef`, and `include` with what it
overrides. What the nodes refer to is looked up in `references`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import UnusableInput
from tei_edition.validation.relaxng.name_classes import qualified_name, read_name_class, wrong_attribute_name
from tei_edition.validation.relaxng.names import NameClass
from tei_edition.validation.relaxng.schema_error import SchemaError
from tei_edition.validation.relaxng.syntax import (
    BLANKS,
    NAMES,
    PATTERNS,
    RNG,
    check_syntax,
    children_of,
    kind_of,
    text_of,
)

if TYPE_CHECKING:
    from tei_edition.validation.relaxng.references import Definition

Resolve = Callable[[str, str], bytes]
Context = tuple[tuple[str, str], ...]

_BASE = f"{{{tei.XML_NS}}}base"
_MOST_NODES = 500_000  # TEI All has 14,000; files that include each other twice over grow without bound


@dataclass(slots=True)
class Node:
    """One element of a schema: its kind, where it stands, and what it says, by kind.

    `name` is that of a define, ref or datatype, `names` the class of an element or attribute, `params` the facets of a
    datatype, `text` the characters of a value and `context` the namespaces that its prefixes stand for, `define` the
    define that the node stands in. `target` is what a ref or a grammar leads to; `references` sets it.
    """

    kind: str
    line: int
    path: str
    define: str = ""
    name: str = ""
    combine: str = ""
    library: str = ""
    text: str = ""
    names: NameClass | None = None
    params: tuple[tuple[str, str], ...] = ()
    context: Context = ()
    children: list[Node] = field(default_factory=list)
    excepted: Node | None = None
    target: Definition | None = None

    def error(self, message: str) -> SchemaError:
        """Return the SchemaError that says this of the node."""
        return SchemaError(message, self.line, self.path)


@dataclass(slots=True, frozen=True)
class _Inherited:
    """What a node has of those around it."""

    base: str  # where the file lies that it stands in
    ns: str = ""
    library: str = ""
    define: str = ""
    within: tuple[str, ...] = ()  # the files that led here
    path: str = ""  # the file as messages name it; empty for the schema itself


class Simplifier:
    """Reads a schema and the files that it refers to; `resolve(href, base)` gives the bytes of those."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve
        self._count = 0

    def read(self, data: bytes, base: str) -> Node:
        """Return the node of a schema. Raises SchemaError."""
        inherited = _Inherited(base, within=(base,))
        return self._pattern(_parsed(data, inherited.path), inherited)

    def _pattern(self, xml: etree._Element, inherited: _Inherited) -> Node:
        """Return the node of a pattern, which is all that a schema or an `externalRef` can be."""
        if not str(xml.tag).startswith(RNG):
            raise SchemaError(f"this is no RELAX NG: the outermost element is <{etree.QName(xml).localname}>",
                              xml.sourceline or 0, inherited.path)
        if kind_of(xml) not in PATTERNS:
            raise SchemaError(f"<{kind_of(xml)}> cannot be the outermost element", xml.sourceline or 0, inherited.path)
        return self._node(xml, inherited)

    def _node(self, xml: etree._Element, outer: _Inherited) -> Node:
        kind = check_syntax(xml, outer.path)
        self._count += 1
        if self._count > _MOST_NODES:
            raise SchemaError(f"the schema has more than {_MOST_NODES:,} elements", xml.sourceline or 0, outer.path)
        get = xml.attrib.get
        base, ns, library = get(_BASE), get("ns"), get("datatypeLibrary")
        define = str(get("name", "")).strip(BLANKS) if kind == "define" else outer.define
        inside = outer if base is None and ns is None and library is None and define == outer.define else _Inherited(
            outer.base if base is None else urljoin(outer.base, str(base)), outer.ns if ns is None else str(ns),
            outer.library if library is None else str(library), define, outer.within, outer.path)
        if kind == "externalRef":
            return self._external(xml, inside)
        node = Node(kind, xml.sourceline or 0, outer.path, define)
        if kind in ("element", "attribute"):
            self._named(node, xml, inside)
        elif kind == "value":
            _value(node, xml, inside)
        elif kind == "data":
            self._data(node, xml, inside)
        elif kind == "include":
            self._include(node, xml, inside)
        else:
            node.name = str(get("name", "")).strip(BLANKS)
            node.combine = str(get("combine", "")).strip(BLANKS)
            node.children = self._children(xml, inside)
        return node

    def _children(self, xml: etree._Element, inside: _Inherited) -> list[Node]:
        nodes = []
        for child in children_of(xml):
            if kind_of(child) in ("name", "anyName", "nsName", "param") or (
                    kind_of(child) == "except" and kind_of(xml) != "data"):
                raise SchemaError(f"<{kind_of(child)}> stands where a pattern belongs", child.sourceline or 0,
                                  inside.path)
            nodes.append(self._node(child, inside))
        return nodes

    def _named(self, node: Node, xml: etree._Element, inside: _Inherited) -> None:
        """Read an element or attribute: its names stand in its attribute `name` or in its first child."""
        name = xml.get("name")
        children = list(children_of(xml))
        if name is not None:
            # The name of an attribute is in no namespace unless it says so itself (section 4.8).
            ns = xml.get("ns", "") if node.kind == "attribute" else inside.ns
            node.names = ("name", qualified_name(name, ns, xml, inside.path))
        elif not children or kind_of(children[0]) not in NAMES:
            raise node.error(f"<{node.kind}> has no name")
        else:
            node.names = read_name_class(children.pop(0), inside.ns, inside.path)
        if node.kind == "attribute" and (wrong := wrong_attribute_name(node.names)):
            raise node.error(wrong)
        if len(children) > 1 and node.kind == "attribute":
            raise node.error("<attribute> holds more than one pattern; put them into a <group>")
        if not children and node.kind == "element":
            raise node.error("<element> holds no pattern; write <empty/> where it holds nothing")
        for child in children:
            if kind_of(child) in ("name", "anyName", "nsName"):
                raise node.error(f"<{node.kind}> has two names")
            node.children.append(self._node(child, inside))

    def _data(self, node: Node, xml: etree._Element, inside: _Inherited) -> None:
        node.name, node.library = xml.get("type", "").strip(BLANKS), inside.library
        params = []
        for child in children_of(xml):
            check_syntax(child, inside.path)
            if node.excepted is not None:
                raise node.error("<data> holds something behind its <except>")
            if kind_of(child) == "param":
                params.append((child.get("name", "").strip(BLANKS), text_of(child)))
            else:
                node.excepted = self._node(child, inside)
        node.params = tuple(params)

    def _external(self, xml: etree._Element, inside: _Inherited) -> Node:
        root, there = self._other_file(xml, inside)
        return self._pattern(root, there)

    def _include(self, node: Node, xml: etree._Element, inside: _Inherited) -> None:
        """Read an `include` as the `div` that it stands for (section 4.7): the grammar but for what is overridden."""
        root, there = self._other_file(xml, inside)
        if root.tag != f"{RNG}grammar":
            raise node.error("what is included is no <grammar>")
        if any(kind_of(child) == "include" for div in xml.iterchildren(f"{RNG}div") for child in children_of(div)):
            raise node.error("<include> cannot stand in an <include>")
        node.kind = "div"
        own = self._children(xml, inside)
        replaced = {(part.kind, part.name) for part in components(own)}
        included = self._node(root, there)
        missing = replaced - {(part.kind, part.name) for part in components(included.children)}
        for kind, name in sorted(missing):
            raise node.error(f"<{kind}{f' name={chr(34)}{name}{chr(34)}' if name else ''}> replaces nothing: the "
                             "included grammar has none")
        node.children = [*_without(included.children, replaced), *own]

    def _other_file(self, xml: etree._Element, inside: _Inherited) -> tuple[etree._Element, _Inherited]:
        """Return the root of the file that an `include` or `externalRef` names, and what holds there."""
        href = xml.get("href", "").strip(BLANKS)
        place = urljoin(inside.base, href)
        if place in inside.within:
            raise SchemaError(f"{href} refers to itself in the end", xml.sourceline or 0, inside.path)
        try:
            data = self._resolve(href, inside.base)
        except (OSError, ValueError) as error:
            raise SchemaError(f"{href} cannot be read: {getattr(error, 'strerror', None) or error}",
                              xml.sourceline or 0, inside.path) from None
        return _parsed(data, href), _Inherited(place, inside.ns, "", inside.define, (*inside.within, place), href)


def components(nodes: list[Node]) -> Iterator[Node]:
    """Yield the starts and defines of a grammar, also those in its divs (section 4.11)."""
    for node in nodes:
        if node.kind == "div":
            yield from components(node.children)
        else:
            yield node


def _without(nodes: list[Node], replaced: set[tuple[str, str]]) -> list[Node]:
    return [node for node in components(nodes) if (node.kind, node.name) not in replaced]


def _value(node: Node, xml: etree._Element, inside: _Inherited) -> None:
    # A value without a type is a token of the built-in library, whatever library is inherited (section 4.4).
    kind = xml.get("type")
    node.name, node.library = ("token", "") if kind is None else (kind.strip(BLANKS), inside.library)
    node.text = text_of(xml)
    if node.name in ("QName", "NOTATION"):
        bound = {prefix: uri for prefix, uri in xml.nsmap.items() if prefix}
        node.context = tuple(sorted({**bound, "": inside.ns}.items()))


def _parsed(data: bytes, path: str) -> etree._Element:
    try:
        return tei.parse(data, path)
    except UnusableInput as error:
        found = error.diagnostic
        raise SchemaError(found.message, found.location.line or 0 if found.location else 0, path) from None
