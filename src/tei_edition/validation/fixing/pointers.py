"""Pointers follow the ids that are renamed, and get the `#` that they lack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from tei_edition.tei import XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.notes import repeats
from tei_edition.validation.fixing.edits import Edit
from tei_edition.validation.fixing.ids import Renaming
from tei_edition.validation.fixing.markup import Markup
from tei_edition.validation.fixing.wanted import Wanted
from tei_edition.validation.pointers import POINTERS

_BARE = POINTERS - {"facs"}  # the name of an image is a pointer as well


def pointer_edits(markup: Markup, inventory: Inventory, wanted: Wanted, planned: Sequence[Renaming],
                  path: Path | None) -> Iterator[Edit]:
    """Yield the edits of all attributes that point to an id which is renamed, or to one without `#` (VA331)."""
    turned = {one.old: one for one in planned if one.old and one.code != "VA301"}
    files = {"", path.name} if path else {""}
    if not turned and not wanted.code("VA331"):
        return
    for element in markup.elements:
        if not any("#" in value or name in POINTERS for name, value in element.items()):
            continue
        sharp = wanted.at(element, "VA331")
        for attribute in markup.attributes(element):
            code = ""
            words = re.split(r"(\s+)", attribute.value)
            for i, word in enumerate(words):
                file, mark, name = word.rpartition("#")
                bare = not mark and attribute.name in POINTERS
                if sharp and bare and _lacks_sign(inventory, element, attribute.name, word):
                    mark, code = "#", sharp
                if name in turned and (file in files if mark else bare):
                    name, code = turned[name].new, turned[name].code
                words[i] = f"{file}{mark}{name}"
            if code:
                said = f"@{attribute.name}: {attribute.value} → {''.join(words)}"
                yield Edit(attribute.start, attribute.end, "".join(words).encode(), code, said,
                           markup.line(markup.start(element)))


def _lacks_sign(inventory: Inventory, element: etree._Element, name: str, word: str) -> bool:
    """Whether a word is the id of an element: not that of the root, and not by the custom of repeated notes."""
    if name not in _BARE or word not in inventory.by_id or word == inventory.root.get(XML_ID):
        return False
    return not (name == "target" and repeats(element, inventory))
