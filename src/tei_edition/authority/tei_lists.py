"""Authority files in TEI: `listPerson`, `listPlace`, `listOrg`, and the lists of persons and terms of printed volumes.

The volumes' lists are `list[@type='names']/item//persName[@xml:id]` ("Ball, George W., Under Secretary of State …") and
`list//item//term[@xml:id]`.
"""

from __future__ import annotations

import copy
import re

from lxml import etree

from tei_edition.authority.entries import named_entry, person_entry
from tei_edition.authority.marked_names import read_name
from tei_edition.authority.names import forms_of
from tei_edition.authority.offices import parse_offices
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Entry, Office
from tei_edition.tei import TEI, TEI_NS, XML_ID, parse

_KINDS = {
    f"{TEI}person": ("person", "persName"),
    f"{TEI}place": ("place", "placeName"),
    f"{TEI}org": ("organisation", "orgName"),
}


def read_tei(data: bytes, path: str) -> tuple[list[tuple[Entry, int]], list[Diagnostic]]:
    """Return the entries of a TEI file in its order with their lines, and what is wrong with them."""
    root = parse(data, path)
    entries: list[tuple[Entry, int]] = []
    findings: list[Diagnostic] = []
    for element in root.iter(*_KINDS, f"{TEI}persName", f"{TEI}term"):
        if element.tag in _KINDS:
            entry = described(element)
        elif element.get(XML_ID) and any(True for _ in element.iterancestors(f"{TEI}item")):
            entry = _listed(element)
        else:
            continue
        if entry is None:
            findings.append(
                finding(
                    "AU004",
                    f"an entry “{_words(element)[:50]}” has no xml:id or no name, and is passed over",
                    Location(path, element.sourceline),
                )
            )
        else:
            entries.append((entry, element.sourceline or 0))
    return entries, findings


def described(element: etree._Element) -> Entry | None:
    """A `person`, `place` or `org`: every name in it is a wording to look for."""
    kind, name_tag = _KINDS[str(element.tag)]
    names = list(element.iterchildren(f"{TEI}{name_tag}"))
    identifier = element.get(XML_ID)
    if not identifier or not names or not _words(names[0]):
        return None
    tei = _serialised(element)
    label = _words(names[0])
    if kind != "person":
        forms = tuple(dict.fromkeys(_words(n) for n in names if n.get("type") != "modern"))
        years = _years(element, names[0]) if kind == "place" else ("", "")
        return Entry(identifier, kind, label, forms, "", (), description_of(element), tei, (), (), *years)
    parsed = tuple(dict.fromkeys(parts for name in names for parts in read_name(name)))
    description = description_of(element)
    return Entry(
        identifier,
        kind,
        label,
        tuple(dict.fromkeys(form for parts in parsed for form in forms_of(parts))),
        parsed[0].surname if parsed else label,
        parsed[0].forenames if parsed else (),
        description,
        tei,
        parsed,
        offices_of(element) or parse_offices(description),
    )


def _years(place: etree._Element, name: etree._Element) -> tuple[str, str]:
    """The years between which a place was there, or was called so: those of the place, else of its first name."""
    first, last = (
        next((value[:4] for held in (place, name) for key in keys if (value := held.get(key, ""))), "")
        for keys in (("from", "notBefore", "when"), ("to", "notAfter", "when"))
    )
    return first, last


def offices_of(person: etree._Element) -> tuple[Office, ...]:
    """What a described person was, and when: `state`, `occupation` and `affiliation` with their dates."""
    return tuple(
        Office(_words(state), state.get("from", state.get("notBefore", "")), state.get("to", state.get("notAfter", "")))
        if not state.get("when")
        else Office(_words(state), state.get("when", ""), state.get("when", ""))
        for state in person.iterchildren(f"{TEI}state", f"{TEI}occupation", f"{TEI}affiliation")
        if _words(state)
    )


def description_of(element: etree._Element) -> str:
    """What the notes of an entry say; several are parted as the offices in a list are: "Consul; Ambassador"."""
    return "; ".join(filter(None, (_words(note) for note in element.iterchildren(f"{TEI}note"))))


def _listed(element: etree._Element) -> Entry | None:
    """An item of a volume's list: the name before the comma, the description behind it."""
    identifier, name = element.get(XML_ID, ""), _words(element).strip(" ,;:")
    if not name:
        return None
    item = next(element.iterancestors(f"{TEI}item"))
    description = _words(item)
    description = description[description.find(name) + len(name) :].strip(" ,;")
    if element.tag == f"{TEI}term":
        others = [_words(term) for term in item.iter(f"{TEI}term") if not term.get(XML_ID)]
        if others:
            description = _words(item).rpartition(others[-1])[2].strip(" ,;")
        return named_entry(identifier, "term", name, description, variants=filter(None, others))
    return person_entry(identifier, name, description)


def _serialised(element: etree._Element) -> bytes:
    alone = copy.deepcopy(element)
    alone.tail = None
    etree.cleanup_namespaces(alone, top_nsmap={None: TEI_NS})
    return etree.tostring(alone, encoding="UTF-8")


def _words(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext(etree.Element))).strip()
