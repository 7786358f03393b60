"""Leftovers of conversion: signs of the plain text that should have become markup, or have gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import TEI
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

_PAGE = re.compile(r"\[(?:Page|p\.|pp?\.)\s*[\divxlcIVXLC]+\]")
_BACK = re.compile("↩")
# Letters and one or two digits glued to them, as markers of notes are: `Congo1`. Capitals (U2, CH53) are no words.
_MARKER = re.compile(r"(?<![\w/.-])[A-Za-zÀ-ÿ’'-]*[a-zà-ÿ]{3}\d{1,2}(?![\w/-]|\.\d)")
_UNTOUCHED = frozenset(TEI + name for name in ("idno", "ref", "ptr", "code", "num", "biblScope", "formula"))


def leftovers(inventory: Inventory) -> Iterator[Fault]:
    """VA303–305: signs of the plain text that should have become markup, or have gone."""
    for owner, text, tail in _texts(inventory):
        for match in _PAGE.finditer(text):
            yield Fault("VA303", f"“{match[0]}” still stands in the text", owner, words=match[0], tail=tail)
        for match in _BACK.finditer(text):
            yield Fault("VA304", "the back-link “↩” still stands in the text", owner, words=match[0], tail=tail)
        for match in _MARKER.finditer(text):
            yield Fault("VA305", f"“{match[0]}” ends in what may be the marker of a note", owner,
                        words=match[0], tail=tail)


def _texts(inventory: Inventory) -> Iterator[tuple[etree._Element, str, bool]]:
    """Yield the texts of the document (not of the header) with the element that they stand in or behind."""
    for text in inventory.texts:
        for element in text.iter("*"):
            parent = element.getparent()
            if element.text and element.tag not in _UNTOUCHED:
                yield element, element.text, False
            if element.tail and parent is not None and parent.tag not in _UNTOUCHED and element is not text:
                yield element, element.tail, True
