"""TEI as XML: namespaces, parsing without network or entities, writing the same bytes each time.

Whatever reads or writes TEI goes through here, so that security and byte-for-byte stability are settled once.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any, NamedTuple

from lxml import etree

from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, finding

TEI_NS = "http://www.tei-c.org/ns/1.0"
XML_NS = "http://www.w3.org/XML/1998/namespace"
TEI = f"{{{TEI_NS}}}"
XML_ID = f"{{{XML_NS}}}id"
XML_LANG = f"{{{XML_NS}}}lang"


class _NothingOutside(etree.Resolver):
    """Whatever a document type declaration names outside the document is nothing but a comment.

    Without this libxml2 reads a DTD beside the document, for all of `load_dtd=False`, as soon as `collect_ids=False`.
    """

    def resolve(self, system_url: str | None, public_id: str | None, context: object) -> Any:
        return self.resolve_string("<!-- not read -->", context)


class Bounds(NamedTuple):
    """What a document may have at most: bytes, tags, and characters in the value of one attribute.

    The largest published volumes have 4 MB and 80,000 tags. libxml2 has bounds of its own beside these: 256 levels of
    nesting, 10 million characters of text without markup.
    """

    size: int = 64 * 2**20
    tags: int = 2_000_000
    attribute: int = 1_000_000


BOUNDS = Bounds()


def parse(data: bytes, path: str = "", *, bounds: Bounds = BOUNDS) -> etree._Element:
    """Return the root of an XML document.

    No network, no external DTD, no entity expansion, bounds on size and depth. Duplicate `xml:id`s are left to the
    checks that report them. XML 1.0 (5th edition), Namespaces in XML 1.0.

    Raises UnusableInput with one finding, with line and column: where it is not well-formed what `malformed` says of
    it (`VA001`, `VA004` to `VA012`, `VA016`, `VA017`), `VA002` where it declares or uses entities, the five of XML
    apart, `VA013` to `VA015` where a bound is passed.
    """
    _refuse_size(data, path, bounds)
    if b"<!ENTITY" in data:
        _raise_if(malformed().entity_declared(data, path))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    parser.resolvers.add(_NothingOutside())
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        said = (error.msg or "no reason is given").split(", line ")[0].strip()
        raise UnusableInput(malformed().explain(data, path, said, line or 1, max(column, 1))) from None
    _refuse_entities(root, parser, path)
    if len(data) > bounds.attribute:
        _refuse_long_attributes(root, data, path, bounds.attribute)
    return root


def malformed() -> ModuleType:
    """Return the module that explains what is not well-formed: read only when there is something to explain."""
    from tei_edition import malformed as module

    return module


def _raise_if(found: Diagnostic | None) -> None:
    if found is not None:
        raise UnusableInput(found)


def _refuse_size(data: bytes, path: str, bounds: Bounds) -> None:
    """Refuse what would fill the memory, before it is parsed: a tree takes up to thirty times the bytes of its file."""
    if len(data) > bounds.size:
        message = f"the file has more than {bounds.size / 2**20:.3g} MB, and is not read"
        raise UnusableInput(finding("VA014", message, Location(path, 1, 1)))
    if len(data) > bounds.tags and data.count(b"<") > bounds.tags:
        message = f"the file has more than {bounds.tags:,} tags, and is not read"
        raise UnusableInput(finding("VA014", message, Location(path, 1, 1)))


def _refuse_long_attributes(root: etree._Element, data: bytes, path: str, most: int) -> None:
    """Refuse values that no check and no report can be expected to handle.

    A value holds no `<`, so where one is too long there is a whole stretch of half its length without any; few
    documents have one, and only those are walked through.
    """
    half = most // 2
    stretches = (start for start in range(0, len(data) - half, half) if data.find(b"<", start, start + half) < 0)
    stretch = next(stretches, None)
    if stretch is None:
        return
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            if len(value) > most:
                what = f"@{etree.QName(name).localname[:60]} of <{local_name(element)[:60]}>"
                message = f"{what} has {len(value):,} characters; at most {most:,} are read"
                place = malformed().place_of(data, data.rfind(b"<", 0, stretch))
                raise UnusableInput(finding("VA015", message, Location(path, *place)))


def _refuse_entities(root: etree._Element, parser: etree.XMLParser, path: str) -> None:
    """Refuse a document with entities: in an attribute value they leave no node behind, so what is declared counts,
    and one that is declared nowhere (in a DTD outside, which is not read) would vanish from its value.
    """
    for node in root.iter(etree.Entity):
        message = f"the entity {node.text} is used; entities are not expanded here"
        raise UnusableInput(finding("VA002", message, Location(path, node.sourceline)))
    info = root.getroottree().docinfo
    for dtd in (info.internalDTD, info.externalDTD):
        for entity in dtd.iterentities() if dtd is not None else ():
            message = f"the entity {entity.name} is declared; entities are not expanded here"
            raise UnusableInput(finding("VA002", message, Location(path)))
    for entry in parser.error_log:
        if "UNDECLARED_ENTITY" in entry.type_name:
            message = "an entity is used that is declared nowhere; entities are not expanded here"
            raise UnusableInput(finding("VA002", message, Location(path, entry.line)))


def serialise(root: etree._Element) -> bytes:
    """Return the document as UTF-8 with an XML declaration and a line feed at the end, white space as it stands
    in the tree.
    """
    before = [
        etree.tostring(node, encoding="UTF-8", with_tail=False)
        for node in reversed(list(root.itersiblings(preceding=True)))
    ]
    return b"\n".join(
        [
            b'<?xml version="1.0" encoding="UTF-8"?>',
            *before,
            etree.tostring(root, encoding="UTF-8", with_tail=False),
            b"",
        ]
    )


def local_name(element: etree._Element) -> str:
    """Return the name without its namespace; the empty string for comments and processing instructions."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
