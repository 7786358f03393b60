"""TEI as XML: namespaces, parsing without network or entities, writing the same bytes each time.

Whatever reads or writes TEI goes through here, so that security and byte-for-byte stability are settled once.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from tei_edition.diagnostics import Location, UnusableInput, finding

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


def parse(data: bytes, path: str = "") -> etree._Element:
    """Return the root of an XML document.

    No network, no external DTD, no entity expansion; libxml2's bounds on depth and size stand. Duplicate `xml:id`s are
    left to the checks that report them.

    Raises UnusableInput (`VA001`, with line and column) where it is not well-formed
    and `VA002` where it declares or uses entities, the five of XML apart.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    parser.resolvers.add(_NothingOutside())
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = (error.msg or "not well-formed").split(", line ")[0]
        raise UnusableInput(
            finding("VA001", f"not well-formed XML: {message}", Location(path, line or 1, max(column, 1)))
        ) from None
    _refuse_entities(root, parser, path)
    return root


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
