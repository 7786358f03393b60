"""Several entries for one person, place or term, made one that holds what each of them says."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from tei_edition.authority.entries import add_offices, named_entry
from tei_edition.authority.identifiers import identifier_of
from tei_edition.authority.marked_names import read_name
from tei_edition.authority.offices import parse_offices
from tei_edition.authority.tei_lists import described, description_of, offices_of
from tei_edition.model import Entry
from tei_edition.tei import TEI, XML_ID, parse

_NAMES = frozenset(f"{TEI}{name}" for name in ("persName", "placeName", "orgName"))
_OFFICES = frozenset(f"{TEI}{name}" for name in ("state", "occupation", "affiliation"))
_LAST = {f"{TEI}{name}": rank for rank, name in enumerate(("idno", "bibl", "ref", "ptr", "note"), 4)}


def numbers_of(entry: Entry) -> list[tuple[str, str]]:
    """Return what numbers other registers have for an entry: `[("VIAF", "66470282")]`."""
    if b"idno" not in entry.tei:
        return []
    return [(idno.get("type", ""), (idno.text or "").strip()) for idno in parse(entry.tei).iter(f"{TEI}idno")]


def joined(entries: Sequence[Entry], identifier: str) -> Entry:
    """Return one entry with the names, offices, numbers and descriptions of all, and with the id."""
    first, *others = entries
    if first.id != identifier:
        first = _with_id(first, identifier)
    new = [entry for entry in others if entry.tei != _with_id(first, entry.id).tei]
    if not new:
        return first
    return _one_term(first, new) if first.kind == "term" else _one(first, new)


def _with_id(entry: Entry, identifier: str) -> Entry:
    if entry.id == identifier:
        return entry
    tei = parse(entry.tei)
    for element in (e for e in tei.iter("*") if e.get(XML_ID) == entry.id):
        element.set(XML_ID, identifier)
    return replace(entry, id=identifier, tei=etree.tostring(tei, encoding="UTF-8"))


def _one_term(first: Entry, others: Sequence[Entry]) -> Entry:
    entries = [first, *others]
    numbers = dict.fromkeys(number for entry in entries for number in numbers_of(entry))
    said = {identifier_of(e.description): e.description for e in reversed(entries) if e.description}
    described_so = "; ".join(dict.fromkeys(said[key] for e in entries if (key := identifier_of(e.description)) in said))
    variants = dict.fromkeys(form for entry in entries for form in entry.forms if form != first.name)
    return named_entry(first.id, "term", first.name, described_so, variants=variants, idnos=tuple(numbers))


def _one(first: Entry, others: Sequence[Entry]) -> Entry:
    """A person, place or organisation: whatever the others' elements say that is not said yet."""
    holder = parse(first.tei)
    seen = {_signature(child) for child in holder}
    names = set(first.names)
    for entry in others:
        for child in parse(entry.tei):
            if _signature(child) in seen:
                continue
            if child.tag == f"{TEI}persName":
                own = set(read_name(child))
                if own <= names:
                    continue
                names |= own
            seen.add(_signature(child))
            alone = copy.deepcopy(child)
            alone.tail = None
            holder.append(alone)
    if first.kind == "person":
        stated = offices_of(holder)
        implied = dict.fromkeys(o for e in (first, *others) for o in e.offices if o not in stated)
        if stated or tuple(implied) != parse_offices(description_of(holder)):
            add_offices(holder, implied)
    holder[:] = sorted(holder, key=_rank)
    return described(holder) or first


def _signature(child: etree._Element) -> tuple[str, ...]:
    """What an element says; a comment or an instruction says itself."""
    if not isinstance(child.tag, str):
        return ("", str(child))
    words = " ".join("".join(child.itertext(etree.Element)).split())
    attributes = [f"{name}={value}" for name, value in sorted(child.items())]
    if child.tag == f"{TEI}note":
        words = identifier_of(words) or words
    return (child.tag, words, *attributes)


def _rank(child: etree._Element) -> int:
    """The order that the schema asks for: names, what is described, numbers, notes."""
    tag = str(child.tag)
    return 0 if tag in _NAMES else 2 if tag in _OFFICES else _LAST.get(tag, 3)
