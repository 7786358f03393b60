"""What sort of document it is: its kind, classification, handling and precedence, and where people met.

Guidelines, 2.3.7 (taxonomies), 2.4.3 (`textClass`) and 16.2.3 (`settingDesc`).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from tei_edition.encoding.elements import add
from tei_edition.encoding.names import ncname
from tei_edition.model import Facts

if TYPE_CHECKING:
    from tei_edition.encoding.header import Header

_SCHEMES = ("classification", "handling", "precedence")
KINDS = "document-kind"
_UNSAID = "other"  # a head that names no kind of document


class Category(NamedTuple):
    """A category of a scheme: its id, its name, and the notes that say that the document has it."""

    scheme: str
    id: str
    name: str
    notes: tuple[str, ...]


def _categories(facts: Facts) -> list[Category]:
    """The categories of the document in the order of the schemes, each with an id of its own: `class-secret`."""
    named = [(mark.kind, mark.name, mark.note) for scheme in _SCHEMES for mark in facts.markings if mark.kind == scheme]
    if facts.kind and facts.kind != _UNSAID:
        named.append((KINDS, facts.kind.replace("-", " ").capitalize(), ""))
    found: dict[str, Category] = {}
    for scheme, name, note in named:
        identifier = f"class-{ncname(name)}"
        while identifier in found and found[identifier][:1] + found[identifier][2:3] != (scheme, name):
            identifier += "-2"  # a code word that is written like a mark: "[Secret]"
        notes = found[identifier].notes if identifier in found else ()
        found[identifier] = Category(
            scheme, identifier, name, tuple(dict.fromkeys([*notes, *([note] if note else [])]))
        )
    return list(found.values())


def declare_classes(encoding: etree._Element, facts: Facts) -> None:
    """Append `classDecl`: a taxonomy for each scheme with the categories that the document has."""
    categories = _categories(facts)
    declaration = add(encoding, "classDecl") if categories else encoding
    for scheme, members in itertools.groupby(categories, key=lambda category: category.scheme):
        taxonomy = add(declaration, "taxonomy", xml_id=scheme)
        for category in members:
            add(add(taxonomy, "category", xml_id=category.id), "catDesc", category.name)


def refer_to_classes(profile: etree._Element, header: Header) -> None:
    """Append `textClass`: a `catRef` for each scheme, with the note that says so as its source."""
    categories = _categories(header.facts)
    classes = add(profile, "textClass") if categories else profile
    for scheme, group in itertools.groupby(categories, key=lambda category: category.scheme):
        members = list(group)
        targets = " ".join(f"#{category.id}" for category in members)
        sources = " ".join(dict.fromkeys(header.note(note) for category in members for note in category.notes))
        add(classes, "catRef", scheme=f"#{scheme}", target=targets, source=sources)


def add_setting(profile: etree._Element, header: Header) -> None:
    """Append `settingDesc`: where the meeting was held, in the note's words."""
    held = [fact for fact in header.facts.circumstances if fact.kind == "held"]
    if not held:
        return
    settings = add(profile, "settingDesc")
    for fact in held:
        place = header.span_at(fact.start, fact.end, "place")
        setting = add(settings, "setting", source=header.note(fact.note))
        if place:
            add(setting, "placeName", header.words(fact.start, fact.end), ref=f"#{place.ref}" if place.ref else "")
        else:
            add(setting, "locale", header.words(fact.start, fact.end))
