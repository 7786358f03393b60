"""White space that an edition has its own custom for."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

_FEWEST = 5  # page breaks in running text from which a custom can be told
_MOST = 0.8  # the part of them that follows it


def blanks_behind_pages(inventory: Inventory) -> Iterator[Fault]:
    """VA374: the blank between two words stands before a page break and not behind it, where the volume has it so.

    The Office of the Historian writes `disastrous <pb n="557"/>consequences`; a second blank is printed as two.
    """
    customary = 0
    others: list[etree._Element] = []
    for page in inventory.named("pb"):
        behind = page.tail
        if not behind or not _in_running_text(page):
            continue
        if behind[0].isspace():
            others.append(page)
        elif _before(page)[-1:].isspace():
            customary += 1
    if len(others) + customary >= _FEWEST and customary >= _MOST * (len(others) + customary):
        for page in others:
            yield Fault("VA374", f"a blank stands behind page break {page.get('n', '')}", page)


def _before(page: etree._Element) -> str:
    before, parent = page.getprevious(), page.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return text or ""


def _in_running_text(page: etree._Element) -> bool:
    """Whether words follow a page break, and words or names stand before it: between paragraphs blanks are layout."""
    if not (page.tail or "").strip():
        return False
    parent = page.getparent()
    return bool(_before(page).strip()) or (parent is not None and bool((parent.text or "").strip()))
