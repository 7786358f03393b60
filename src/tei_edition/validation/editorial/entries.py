"""The entries of lists (persons, places, organisations, terms) and what points to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tei_edition.diagnostics import Severity
from tei_edition.tei import TEI, XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.opening import opening_words
from tei_edition.validation.fault import Fault

# What stands for one person, place or thing in a list (TEI Guidelines, chapter 13: names, dates, people and places).
_ENTRIES = frozenset(TEI + name for name in ("person", "personGrp", "place", "org", "event", "object", "nym"))
# What has the id in a list as printed, where an item holds the name and the words about it (profile frus).
_NAMES = frozenset(TEI + name for name in ("persName", "term", "orgName", "placeName", "gloss"))
_LABELS = _NAMES | {TEI + name for name in ("name", "label", "objectName", "eventName", "form")}
_SHOWN = 5  # entries that are named where one note stands for many


def entries_of(inventory: Inventory) -> Iterator[etree._Element]:
    """Yield the entries that have an `xml:id`: `<person>` and its like, and names in items of lists."""
    for _, element in inventory.ids:
        tag = element.tag
        if tag in _ENTRIES or (tag in _NAMES and _in_item(element)):
            yield element


def _archives(inventory: Inventory) -> Iterator[etree._Element]:
    """Yield the entries of cited archives that stand beside the text; a bibliography at its end is read for itself."""
    for bibl in inventory.named("bibl"):
        parent = bibl.getparent()
        if (bibl.get(XML_ID) is not None and parent is not None and parent.tag == f"{TEI}listBibl"
                and next(bibl.iterancestors(f"{TEI}standOff"), None) is not None):
            yield bibl


def _in_item(name: etree._Element) -> bool:
    """Tell whether a name stands in an item of a list, perhaps in `<hi>`: `<item><hi><persName xml:id="p_BGW1">`."""
    parent = name.getparent()
    if parent is not None and parent.tag == f"{TEI}hi":
        parent = parent.getparent()
    return parent is not None and parent.tag == f"{TEI}item"


def label_of(entry: etree._Element) -> str:
    """Return the words by which an entry is known, on one line of at most 60 characters: “Ball, George W.”."""
    named = entry
    if entry.tag not in _LABELS:
        named = next((child for child in entry.iter("*") if child.tag in _LABELS), entry)
    return opening_words(named, 60).rstrip(" ,;:")


def entries_unused(inventory: Inventory) -> Iterator[Fault]:
    """VA334: an entry that nothing in the file points to, where other entries of its kind are pointed to.

    Of a list as printed it is one note for all: the list is the source's, and not every name of the text is marked.
    """
    used = inventory.pointed_at
    unused: dict[object, list[etree._Element]] = {}
    counts: Counter[object] = Counter()
    for entry in (*entries_of(inventory), *_archives(inventory)):
        counts[entry.tag] += 1
        # A pointer may name one of several forms of the name.
        if entry.get(XML_ID) not in used and not any(name.get(XML_ID) in used for name in entry.iter("*")):
            unused.setdefault(entry.tag, []).append(entry)
    for tag, entries in unused.items():
        if len(entries) == counts[tag] and (tag in _NAMES or not inventory.documents):
            continue  # nothing points to this kind at all: a list for other files
        if tag in _NAMES:
            yield _unused_of_list(entries, counts[tag])
            continue
        for entry in entries:
            yield Fault("VA334", f"nothing points to the entry “{label_of(entry)}” ({entry.get(XML_ID)})", entry,
                        attribute=XML_ID)


def _unused_of_list(entries: list[etree._Element], count: int) -> Fault:
    """Return one note about the entries of a printed list that nothing points to, the first of them by name."""
    named = ", ".join(f"“{label_of(entry)}”" for entry in entries[:_SHOWN])
    more = f" and {len(entries) - _SHOWN} more" if len(entries) > _SHOWN else ""
    return Fault("VA334", f"nothing points to {len(entries)} of the {count} entries of the list: {named}{more}",
                 entries[0], severity=Severity.NOTE, attribute=XML_ID, related=tuple(entries[1:_SHOWN]))
