"""Building TEI through the lxml API: no markup in strings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from tei_edition.tei import TEI, XML_ID

# Kinds of blocks whose elements (label, dateline, salute, signed) have no room for a bibl: the words stand without it.
WITHOUT_BIBL = frozenset({"heading", "label", "dateline", "salute", "complimentary-close", "signature"})

def element(name: str, /, **attributes: str) -> etree._Element:
    """Return a TEI element with attributes (`xml_id` for `xml:id`, `from_` for `from`; empty ones are left out)."""
    made = etree.Element(f"{TEI}{name}")
    for key, value in attributes.items():
        if value:
            made.set(XML_ID if key == "xml_id" else key.rstrip("_"), value)
    return made


def add(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Append a TEI element with text and attributes to `parent`, and return it."""
    made = element(name, **attributes)
    made.text = text or None
    parent.append(made)
    return made


def dated(attributes: Mapping[str, str] | Iterable[tuple[str, str]]) -> dict[str, str]:
    """W3C dating attributes as keyword arguments of `add` (`from` is a word of Python)."""
    return {("from_" if key == "from" else key): value for key, value in dict(attributes).items()}
