"""`standOff`: entries of authority files and places of the gazetteer that this document names, each once, by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from lxml import etree

from tei_edition.encoding.elements import add, element
from tei_edition.encoding.places import write_place
from tei_edition.model import Entry, Place, Span
from tei_edition.tei import TEI

_PLAIN = {
    "person": ("person", "persName"),
    "place": ("place", "placeName"),
    "organisation": ("org", "orgName"),
    "term": ("item", "term"),
}
_LISTS = {"person": "listPerson", "place": "listPlace", "organisation": "listOrg", "term": "list"}


def write_standoff(
    spans: Iterable[Span], entries: Mapping[str, Entry], places: Mapping[str, Place] = MappingProxyType({})
) -> etree._Element | None:
    """Return the `standOff` with the entries and the places of the gazetteer that spans link to; None where they link
    to none.

    Entries come as the authority file has them, identifiers (`idno`) included (Guidelines, 16.10 and 14.3).
    """
    linked = {span.ref for span in spans if span.ref in entries}
    stand_off = element("standOff")
    for kind, name in _LISTS.items():
        made = {
            ref: _fresh(etree.fromstring(entries[ref].tei)) if entries[ref].tei else _plain(entries[ref])
            for ref in linked
            if entries[ref].kind == kind
        }
        if kind == "place":
            made |= {ref: write_place(place) for ref, place in places.items()}
        if made:
            add(stand_off, name, type="terms" if kind == "term" else "").extend(made[ref] for ref in sorted(made))
    return stand_off if len(stand_off) else None


def _plain(entry: Entry) -> etree._Element:
    """An entry that no TEI file describes, made by a program: its name and what is said of it."""
    holder, name = _PLAIN[entry.kind]
    made = element(holder, xml_id="" if holder == "item" else entry.id)
    add(made, name, entry.name, xml_id=entry.id if holder == "item" else "")
    if entry.description:
        add(made, "gloss" if holder == "item" else "note", entry.description)
    return made


def _fresh(entry: etree._Element) -> etree._Element:
    """The entry without white space that indented it elsewhere, and in our namespace declaration."""
    entry.tail = None
    for part in entry.iter(etree.Element):
        words = (part.text or "").strip()
        if len(part) and not words and all(not (child.tail or "").strip() for child in part) and part.tag not in _MIXED:
            part.text = None
            for child in part:
                child.tail = None
    return entry


_MIXED = frozenset(
    f"{TEI}{name}" for name in ("persName", "placeName", "orgName", "note", "p", "label", "desc", "item")
)
