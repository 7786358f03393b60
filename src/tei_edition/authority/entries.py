"""Entries out of a name as printed and what is said of it; their TEI has the parts of the name and the offices.

What is written here reads back as the same entry (`authority/tei_lists.py`): the first `persName` holds the name as it
was printed, its parts marked; further names are variants; `state` has the offices, `note` the original wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lxml import etree

from tei_edition.authority.marked_names import mark_up, spell_out
from tei_edition.authority.names import forms_of, parse_name
from tei_edition.authority.offices import parse_offices
from tei_edition.model import Entry, Office, PersonName
from tei_edition.tei import TEI, TEI_NS, XML_ID


class WherePlaced(NamedTuple):
    """What a table says of a place beside its names: what sort it is (`type`), the country, latitude and longitude, and
    the dates between which it was called so or was there.
    """

    type: str = ""
    country: str = ""
    coordinates: str = ""
    start: str = ""
    end: str = ""


NOWHERE = WherePlaced()
Identifiers = Sequence[tuple[str, str]]  # what kind of number, and the number: ("VIAF", "66470282")


def person_entry(
    identifier: str,
    printed: str,
    description: str = "",
    *,
    names: Sequence[PersonName] = (),
    variants: Iterable[str] = (),
    offices: Sequence[Office] = (),
    idnos: Identifiers = (),
) -> Entry:
    """Return a person: `names` and `offices` where they are known in parts, else those that the wording holds."""
    known = [*(names or parse_name(printed)), *(name for variant in variants for name in parse_name(variant))]
    parsed = tuple(dict.fromkeys(known)) or (PersonName(printed, order="single"),)
    held = tuple(dict.fromkeys(offices)) or parse_offices(description)
    return Entry(
        identifier,
        "person",
        printed,
        tuple(dict.fromkeys(form for name in parsed for form in forms_of(name))),
        parsed[0].surname,
        parsed[0].forenames,
        description,
        _person(identifier, printed, parsed, held, description, idnos),
        parsed,
        held,
    )


def named_entry(
    identifier: str,
    kind: str,
    name: str,
    description: str = "",
    *,
    variants: Iterable[str] = (),
    idnos: Identifiers = (),
    placed: WherePlaced = NOWHERE,
) -> Entry:
    """Return a place, an organisation or a term with its names; `placed` is what is known of a place."""
    forms = tuple(dict.fromkeys([name, *variants]))
    if kind == "place":
        tei = _place(identifier, forms, description, idnos, placed)
    else:
        tei = {"organisation": _organisation, "term": _term}[kind](identifier, forms, description, idnos)
    years = placed.start[:4], placed.end[:4]
    return Entry(identifier, kind, name, forms, "", (), description, tei, (), (), *years)


def _person(
    identifier: str,
    printed: str,
    names: Sequence[PersonName],
    offices: Sequence[Office],
    description: str,
    idnos: Identifiers,
) -> bytes:
    person = _element("person", identifier)
    person.append(mark_up(printed, names))
    reread = parse_name(printed)
    for name in names[1:]:
        if names[0] != reread[0] or name not in reread or len(person[0]):
            person.append(spell_out(name, nickname=_is_nickname(name, names[0], printed)))
    if any(office.start or office.end for office in offices) or tuple(offices) != parse_offices(description):
        add_offices(person, offices)
    _add(person, "idno", idnos)
    if description:
        etree.SubElement(person, f"{TEI}note").text = description
    return etree.tostring(person, encoding="UTF-8")


def _is_nickname(name: PersonName, first: PersonName, printed: str) -> bool:
    """Whether a further name is what somebody was called: "Robert S. (Bob)", "Henry M. “Scoop”"."""
    if len(name.forenames) != 1 or name.surname != first.surname or not first.forenames:
        return False
    quoted = re.search(rf"[“\"‘(]{re.escape(name.forenames[0])}[”\"’),]", printed)
    return name.order == "given-first" and quoted is not None


def add_offices(person: etree._Element, offices: Iterable[Office]) -> None:
    """A `state` for each office, behind the names and the states that are there."""
    at = 1 + max(i for i, part in enumerate(person) if part.tag in (f"{TEI}persName", f"{TEI}state"))
    for office in offices:
        state = etree.Element(f"{TEI}state", type="office")
        for attribute, value in (("from", office.start), ("to", office.end)):
            if value:
                state.set(attribute, value)
        etree.SubElement(state, f"{TEI}label").text = office.title
        person.insert(at, state)
        at += 1


def _place(identifier: str, names: Sequence[str], description: str, idnos: Identifiers, placed: WherePlaced) -> bytes:
    made = _named("place", "placeName", identifier, names)
    for element, attribute, value in (
        (made, "type", placed.type),
        (made[0], "from", placed.start),
        (made[0], "to", placed.end),
    ):
        if value:
            element.set(attribute, value)
    if placed.country:
        etree.SubElement(made, f"{TEI}country").text = placed.country
    if placed.coordinates:
        etree.SubElement(etree.SubElement(made, f"{TEI}location"), f"{TEI}geo").text = placed.coordinates
    return _closed(made, description, idnos)


def _organisation(identifier: str, names: Sequence[str], description: str, idnos: Identifiers) -> bytes:
    return _closed(_named("org", "orgName", identifier, names), description, idnos)


def _named(holder: str, tag: str, identifier: str, names: Sequence[str]) -> etree._Element:
    made = _element(holder, identifier)
    for name in names:
        etree.SubElement(made, f"{TEI}{tag}").text = name
    return made


def _closed(made: etree._Element, description: str, idnos: Identifiers) -> bytes:
    _add(made, "idno", idnos)
    if description:
        etree.SubElement(made, f"{TEI}note").text = description
    return etree.tostring(made, encoding="UTF-8")


def _term(identifier: str, names: Sequence[str], description: str, idnos: Identifiers) -> bytes:
    item = _element("item", "")
    for number, name in enumerate(names):
        term = etree.SubElement(item, f"{TEI}term")
        if number:
            item[number - 1].tail = ", "
        else:
            term.set(XML_ID, identifier)
        term.text = name
    if description:
        item[-1].tail = ", "
        etree.SubElement(item, f"{TEI}gloss").text = description
    _add(item, "idno", idnos)
    return etree.tostring(item, encoding="UTF-8")


def _element(name: str, identifier: str) -> etree._Element:
    made = etree.Element(f"{TEI}{name}", nsmap={None: TEI_NS})
    if identifier:
        made.set(XML_ID, identifier)
    return made


def _add(parent: etree._Element, tag: str, idnos: Identifiers) -> None:
    for kind, number in idnos:
        etree.SubElement(parent, f"{TEI}{tag}", type=kind).text = number
