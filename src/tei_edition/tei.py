"""TEI as XML: namespaces, parsing without network or entities, writing the same bytes each time.

Whatever reads or writes TEI goes through here, so that security and byte-for-byte stability are settled once.
"""

from __future__ import annotations

from lxml import etree

from tei_edition.diagnostics import Location, UnusableInput, finding

TEI_NS = "http://www.tei-c.org/ns/1.0"
XML_NS = "http://www.w3.org/XML/1998/namespace"
TEI = f"{{{TEI_NS}}}"
XML_ID = f"{{{XML_NS}}}id"
XML_LANG = f"{{{XML_NS}}}lang"


def parse(data: bytes, path: str = "") -> etree._Element:
    """Return the root of an XML document.

    No network, no external DTD, no entity expansion; libxml2's bounds on depth and size stand. Duplicate `xml:id`s are
    left to the checks that report them.

    Raises UnusableInput (`VA001`, with line and column) where it is not well-formed
    and `VA002` where it declares entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = (error.msg or "not well-formed").split(", line ")[0]
        raise UnusableInput(
            finding("VA001", f"not well-formed XML: {message}", Location(path, line or 1, max(column, 1)))
        ) from None
    if any(isinstance(node, etree._Entity) for node in root.iter(etree.Entity)):
        node = next(root.iter(etree.Entity))
        raise UnusableInput(
            finding(
                "VA002",
                f"the entity {node.text} is used; entities are not expanded here",
                Location(path, node.sourceline),
            )
        )
    return root


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
