"""Pointers as they are written: empty ones, those that lack their `#`, those that lead to the wrong kind of thing.

Whether a pointer leads anywhere is VA302 (`validation/pointers.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from tei_edition.late_patterns import late
from tei_edition.tei import TEI, XML_ID, local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.notes import repeats
from tei_edition.validation.editorial.opening import opening_words
from tei_edition.validation.fault import Fault

_EMAIL = late(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}")
_PERSONS = frozenset(("person", "personGrp", "persName"))
_PLACES = frozenset(("place", "placeName"))
_TERMS = frozenset(("term", "gloss"))
# What the entry of a name cannot be. An organisation may be meant by the name of a place, and the other way round.
_NEVER = {f"{TEI}persName": _PLACES | _TERMS | {"pb", "note"}, f"{TEI}placeName": _PERSONS | _TERMS | {"pb", "note"},
          f"{TEI}orgName": _PERSONS | {"pb", "note"}, f"{TEI}gloss": _PERSONS | _PLACES | {"pb", "note"}}
_KINDS = {**dict.fromkeys(_PERSONS, "a person"), **dict.fromkeys(_PLACES, "a place"), **dict.fromkeys(_TERMS, "a term"),
          "pb": "a page break", "note": "a note"}


def empty_pointers(inventory: Inventory) -> Iterator[Fault]:
    """VA330: a pointer that is empty, or a `#` with nothing behind it."""
    for element, name, value in inventory.pointing:
        for word in value.split() or [""]:
            if word in ("", "#"):
                yield Fault("VA330", f"@{name} of <{local_name(element)}> points to nothing: “{value}”", element,
                            attribute=name)
                break


def bare_pointers(inventory: Inventory) -> Iterator[Fault]:
    """VA331: a pointer that names an id of the file without `#`, an address without `mailto:`, two `#` in one."""
    own = inventory.by_id
    root_id = inventory.root.get(XML_ID)
    for element, name, value in inventory.pointing:
        if name == "facs":
            continue  # the name of an image is a pointer as well; images are named like their pages
        for word in value.split():
            hint = ""
            if word in own and word != root_id and not (name == "target" and repeats(element, inventory)):
                hint = f'write {name}="#{word}"'
            elif word.count("#") > 1:
                hint = "two pointers are parted by a blank; one has one #"
            elif name == "target" and _EMAIL.fullmatch(word):
                hint = f'write {name}="mailto:{word}"'
            if hint:
                yield Fault("VA331", f"@{name} of <{local_name(element)}> is no pointer as it stands: “{word}”",
                            element, hint, attribute=name)


def wrong_kinds(inventory: Inventory) -> Iterator[Fault]:
    """VA332: the name of a person leads to the entry of a place, that of a place to the entry of a person."""
    own = inventory.by_id
    for element, attribute, value in inventory.pointers:
        never = _NEVER.get(str(element.tag))
        if never is None or attribute not in ("ref", "corresp", "target"):
            continue
        for word in value.split():
            entry = own.get(word[1:]) if word[0] == "#" else None
            kind = local_name(entry) if entry is not None else ""
            if entry is not None and kind in never:
                who = f"<{local_name(element)}> “{opening_words(element, 40)}”"
                yield Fault("VA332", f"{who} points to {_KINDS[kind]}: {word}", element,
                            attribute=attribute, related=(entry,))
