"""The schemas that a document itself names, as editors such as oXygen read them.

`<?xml-model href="…" schematypens="…"?>` (W3C note "Associating Schemas with XML documents", 3rd edition, 2012), the
older `<?oxygen RNGSchema="…"?>`, and `xsi:schemaLocation` or `xsi:noNamespaceSchemaLocation` (XML Schema part 1, 2.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree

from tei_edition.late_patterns import late

Kind = Literal["relax-ng", "xsd", "schematron", ""]

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_BY_NAMESPACE: dict[str, Kind] = {
    "http://relaxng.org/ns/structure/1.0": "relax-ng",
    "http://purl.oclc.org/dsdl/schematron": "schematron",
    "http://www.ascc.net/xml/schematron": "schematron",
    "http://www.w3.org/2001/XMLSchema": "xsd",
}
_BY_ENDING: dict[str, Kind] = {".rng": "relax-ng", ".rnc": "relax-ng", ".xsd": "xsd", ".sch": "schematron"}
_PSEUDO = late(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ESCAPED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Named(NamedTuple):
    """A schema that a document names: its address, its kind (empty: none that is known here), and the line."""

    href: str
    kind: Kind
    line: int | None


def named_schemas(root: etree._Element) -> Iterator[Named]:
    """Yield the schemas that a document names, those of processing instructions first, in the document's order."""
    for node in reversed(list(root.itersiblings(preceding=True))):
        if isinstance(node, etree._ProcessingInstruction):
            yield from _of_instruction(node)
    pairs = (root.get(f"{_XSI}schemaLocation") or "").split()
    # Of several namespaces that of the document counts: the schemas of the others are imported by its own.
    own = [href for space, href in zip(pairs[::2], pairs[1::2], strict=False) if space == etree.QName(root).namespace]
    for href in (*(own or pairs[1::2])[:1], *(root.get(f"{_XSI}noNamespaceSchemaLocation") or "").split()[:1]):
        yield Named(href, "xsd", root.sourceline)


def _of_instruction(node: etree._ProcessingInstruction) -> Iterator[Named]:
    values = {name: _plain(double or single) for name, double, single in _PSEUDO.findall(node.text or "")}
    line = node.sourceline
    if node.target == "xml-model" and values.get("href"):
        href, compact = values["href"], "relax-ng-compact" in values.get("type", "")
        kind = _BY_NAMESPACE.get(values.get("schematypens", ""))
        yield Named(href, kind or ("relax-ng" if compact else _kind_of(href, values)), line)
    elif node.target == "oxygen":
        if values.get("RNGSchema"):
            yield Named(values["RNGSchema"], "relax-ng", line)
        if values.get("SCHSchema"):
            yield Named(values["SCHSchema"], "schematron", line)


def _kind_of(href: str, values: dict[str, str]) -> Kind:
    """Tell the kind by the ending of the address, where the instruction does not say it or says what we do not know."""
    return "" if values.get("schematypens") else _BY_ENDING.get(href[-4:].lower(), "")


def _plain(value: str) -> str:
    return re.sub(r"&(lt|gt|amp|quot|apos);", lambda m: _ESCAPED[m[1]], value)
