"""Identifiers: given once, well-formed, and made of what they name."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault


def duplicate_ids(inventory: Inventory) -> Iterator[Fault]:
    """VA301: an id is given once. Published volumes break this, so it is a finding here and no parse error."""
    first: dict[str, etree._Element] = {}
    for name, element in inventory.ids:
        if name in first:
            yield Fault("VA301", f"the xml:id {name} of <{local_name(element)}> is given to another element already",
                        element, related=(first[name],))
        first.setdefault(name, element)
