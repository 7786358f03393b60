"""Authority files in TEI: `listPerson`, `listPlace`, `listOrg`, and the lists of persons and terms of printed volumes.

The volumes' lists are `list[@type='names']/item//persName[@xml:id]` ("Ball, George W., Under Secretary of State …") and
`list//item//term[@xml:id]`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.authority.names import forms_of, parse_name
from tei_edition.authority.name_words import family_name_first
from tei_edition.authority.offices import parse_offices
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Entry, Office, PersonName
from tei_edition.tei import TEI, TEI_NS, XML_ID, parse

_KINDS = {
    f"{TEI}person": ("person", "persName"),
    f"{TEI}place": ("place", "placeName"),
    f"{TEI}org": ("organisation", "orgName"),
}


def read_tei(data: bytes, path: str) -> tuple[list[Entry], list[Diagnostic]]:
    """Return the entries of a TEI file in its order, and a finding for each entry without an id or a name."""
    root = parse(data, path)
    entries: list[Entry] = []
    findings: list[Diagnostic] = []
    for element in root.iter(*_KINDS, f"{TEI}persName", f"{TEI}term"):
        if element.tag in _KINDS:
            entry = _described(element)
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
            entries.append(entry)
    return entries, findings


def _described(element: etree._Element) -> Entry | None:
    """A `person`, `place` or `org`: every name in it is a wording to look for."""
    kind, name_tag = _KINDS[str(element.tag)]
    names = list(element.iterchildren(f"{TEI}{name_tag}"))
    identifier = element.get(XML_ID)
    if not identifier or not names or not _words(names[0]):
        return None
    tei = _serialised(element)
    label = _words(names[0])
    if kind != "person":
        return Entry(
            identifier,
            kind,
            label,
            tuple(dict.fromkeys(_words(n) for n in names if n.get("type") != "modern")),
            tei=tei,
        )
    parsed = tuple(dict.fromkeys(parts for name in names for parts in _name_parts(name)))
    forms = dict.fromkeys(form for parts in parsed for form in forms_of(parts))
    description = _description(element)
    return Entry(
        identifier,
        kind,
        label,
        tuple(forms),
        parsed[0].surname if parsed else label,
        parsed[0].forenames if parsed else (),
        description,
        tei,
        parsed,
        _offices(element) or parse_offices(description),
    )


def _name_parts(name: etree._Element) -> tuple[PersonName, ...]:
    """The parts as they are marked; a name without marked parts is read as it is printed."""
    surname = " ".join(_words(part) for part in name.iterchildren(f"{TEI}nameLink", f"{TEI}surname"))
    forenames = " ".join(_words(part) for part in name.iterchildren(f"{TEI}forename")).split()
    if not surname:
        return parse_name(_words(name))
    suffix = " ".join(_words(part) for part in name.iterchildren(f"{TEI}genName"))
    titles = tuple(_words(part) for part in name.iterchildren(f"{TEI}roleName"))
    parts = [str(part.tag) for part in name.iterchildren(f"{TEI}surname", f"{TEI}forename")]
    order = "given-first"
    if not forenames:
        order = "single" if suffix else order
        surname, suffix = (f"{surname} {suffix}", "") if suffix else (surname, suffix)
    elif parts[0] == f"{TEI}surname" and "," not in _words(name) and family_name_first([surname, *forenames]):
        order = "family-first"
    main = PersonName(surname, tuple(forenames), suffix, titles, order)
    called = [_words(part) for part in name.iterchildren(f"{TEI}addName")]
    return main, *(PersonName(surname, (nickname,), suffix) for nickname in called if nickname)


def _offices(person: etree._Element) -> tuple[Office, ...]:
    """What a described person was, and when: `state`, `occupation` and `affiliation` with their dates."""
    return tuple(
        Office(_words(state), state.get("from", state.get("notBefore", "")), state.get("to", state.get("notAfter", "")))
        if not state.get("when")
        else Office(_words(state), state.get("when", ""), state.get("when", ""))
        for state in person.iterchildren(f"{TEI}state", f"{TEI}occupation", f"{TEI}affiliation")
        if _words(state)
    )


def _description(person: etree._Element) -> str:
    return " ".join(_words(note) for note in person.iterchildren(f"{TEI}note"))


def _listed(element: etree._Element) -> Entry | None:
    """An item of a volume's list: the name before the comma, the description behind it."""
    identifier, name = element.get(XML_ID, ""), _words(element).strip(" ,;:")
    if not name:
        return None
    item = next(element.iterancestors(f"{TEI}item"))
    description = _words(item)
    description = description[description.find(name) + len(name) :].strip(" ,;")
    if element.tag == f"{TEI}term":
        return Entry(
            identifier, "term", name, (name,), description=description, tei=_term_item(identifier, name, description)
        )
    parsed = parse_name(name)
    forms = dict.fromkeys(form for parts in parsed for form in forms_of(parts))
    return Entry(
        identifier,
        "person",
        name,
        tuple(forms) or (name,),
        parsed[0].surname if parsed else name,
        parsed[0].forenames if parsed else (),
        description,
        _person(identifier, name, description),
        parsed,
        parse_offices(description),
    )


def _person(identifier: str, name: str, description: str) -> bytes:
    person = etree.Element(f"{TEI}person", nsmap={None: TEI_NS})
    person.set(XML_ID, identifier)
    pers_name = etree.SubElement(person, f"{TEI}persName")
    pers_name.text = name
    if description:
        etree.SubElement(person, f"{TEI}note").text = description
    return etree.tostring(person, encoding="UTF-8")


def _term_item(identifier: str, name: str, description: str) -> bytes:
    item = etree.Element(f"{TEI}item", nsmap={None: TEI_NS})
    term = etree.SubElement(item, f"{TEI}term")
    term.set(XML_ID, identifier)
    term.text = name
    if description:
        term.tail = ", "
        etree.SubElement(item, f"{TEI}gloss").text = description
    return etree.tostring(item, encoding="UTF-8")


def _serialised(element: etree._Element) -> bytes:
    alone = copy.deepcopy(element)
    alone.tail = None
    etree.cleanup_namespaces(alone, top_nsmap={None: TEI_NS})
    return etree.tostring(alone, encoding="UTF-8")


def _words(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext(etree.Element))).strip()
