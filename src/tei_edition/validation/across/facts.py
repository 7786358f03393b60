"""What one file says that matters to the others of its edition: small enough to be sent from a worker to its master.

A folder of 1,000 documents is checked in several processes, each file alone. What cannot be seen in one file (number
281 is missing, document 280 is there twice) is found afterwards, from these facts.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import XML_ID
from tei_edition.validation.editorial.entries import entries_of, label_of
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.volumes import volume_of


class Named(NamedTuple):
    """Something that a file holds: a document, a page break, an entry, a pointer.

    `name` is its `xml:id` (of a pointer: what it points to), `label` its number or its words; `at` counts the elements
    of the file in document order, from 0, so that its place can be found again when there is something to say about it.
    """

    name: str
    label: str
    at: int


class Facts(NamedTuple):
    """The facts of one file. `volume` is the edition that it belongs to, empty where its header names none.

    `documents` have the id and the number of each document, `pages` those of each page break; `entries` are the
    persons, places and terms of its lists, `used` the ids that its pointers name, in this file (`#ball`) or
    another (`persons.xml#ball`); `outward` are pointers into other volumes, as `frus1961-63v20#d280`. Of a file that
    is not well-formed nothing is known (`readable`).
    """

    path: str
    volume: str = ""
    documents: tuple[Named, ...] = ()
    pages: tuple[Named, ...] = ()
    entries: tuple[Named, ...] = ()
    used: frozenset[str] = frozenset()
    outward: tuple[Named, ...] = ()
    readable: bool = True


# The name of a volume and an id in it; not a file (`d281.xml#d281`), which is looked for where it lies.
_OUTWARD = late(r"([A-Za-z][\w-]*)#([^#/]+)")


def facts_of(tree: etree._Element | Inventory, path: str = "") -> Facts:
    """Return the facts of a TEI tree. `path` is the file as findings name it. Raises nothing on anyone's TEI."""
    inventory = tree if isinstance(tree, Inventory) else Inventory(tree)
    documents, pages, entries = inventory.documents, inventory.named("pb"), list(entries_of(inventory))
    outward = [(element, word) for element, _, value in inventory.pointers if value[0] != "#" for word in value.split()
               if _OUTWARD.fullmatch(word)]
    wanted = {*documents, *pages, *entries, *(element for element, _ in outward)}
    at = {element: i for i, element in enumerate(inventory.elements) if element in wanted} if wanted else {}
    return Facts(
        path,
        volume_of(inventory.root),
        tuple(Named(div.get(XML_ID, ""), div.get("n", ""), at[div]) for div in documents),
        tuple(Named(pb.get(XML_ID, ""), pb.get("n", ""), at[pb]) for pb in pages),
        tuple(Named(entry.get(XML_ID, ""), label_of(entry), at[entry]) for entry in entries),
        frozenset(word.rpartition("#")[2] for _, _, value in inventory.pointers for word in value.split()
                  if "#" in word and ":" not in word),
        tuple(Named(word, "", at[element]) for element, word in outward),
    )
