"""Puts in place what a schema takes from other files: `include` an element, `extends href=` what stands inside one.

Only files beside the schema are read, by relative names; never the network. ISO/IEC 19757-3, 5.4.4 and 5.4.7.
"""

from __future__ import annotations

import copy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition.tei import XML_ID

NAMESPACES = ("http://purl.oclc.org/dsdl/schematron", "http://www.ascc.net/xml/schematron")
_DEEP = 40  # files that take from files


class NotASchema(Exception):
    """What was given is no Schematron schema that can be used; the text says why."""


def parsed(path: Path) -> etree._Element:
    """Return the root of a schema file. Raises NotASchema."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.parse(path, parser).getroot()
    except (OSError, etree.LxmlError) as error:
        raise NotASchema(str(error).split("\n")[0]) from None


def is_sch(node: etree._Element, *names: str) -> bool:
    """Tell whether a node is an element of Schematron, of one of these names."""
    if not isinstance(node.tag, str):
        return False
    name = etree.QName(node)
    return name.namespace in NAMESPACES and (not names or name.localname in names)


def with_included(root: etree._Element, path: Path, read: tuple[Path, ...] = ()) -> etree._Element:
    """Return a copy of a part of a schema with all that it takes from other files. Raises NotASchema."""
    if len(read) > _DEEP or path.resolve() in read:
        raise NotASchema(f"{path.name} includes itself")
    read = (*read, path.resolve())
    whole = copy.deepcopy(root)
    for element in list(whole.iter("*")):
        if not is_sch(element, "include", "extends") or element.get("href") is None:
            continue
        file, part = _referred(element.get("href", ""), path)
        inner = with_included(part, file, read)
        inner.tail = None
        parent = element.getparent()
        if parent is None:
            raise NotASchema("the outermost element is an include")
        taken = [inner] if is_sch(element, "include") else list(inner.iterchildren())
        at = parent.index(element)
        for child in taken:  # no text is lost: between rules and asserts there is none
            parent.insert(at, child)
            at += 1
        parent.remove(element)
    return whole


def _referred(href: str, path: Path) -> tuple[Path, etree._Element]:
    link = urlsplit(href)
    if link.scheme or link.netloc or not link.path:
        raise NotASchema(f"“{href}” is to be included: only files are, by a relative name")
    file = path.parent / unquote(link.path)
    root = parsed(file)
    if not link.fragment:
        return file, root
    for element in root.iter("*"):
        if link.fragment in (element.get("id"), element.get(XML_ID)):
            return file, element
    raise NotASchema(f"“{href}” is to be included: there is no element with the id “{link.fragment}”")
