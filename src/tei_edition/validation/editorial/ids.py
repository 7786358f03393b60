"""Identifiers: given once, well-formed, and made of what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import TEI, XML_ID, local_name
from tei_edition.validation.editorial.documents import number_of
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

_NOTE_ID = late(r"fn(\d{1,5})(?:_\d{1,3})?$", re.ASCII)


def duplicate_ids(inventory: Inventory) -> Iterator[Fault]:
    """VA301: an id is given once. Published volumes break this, so it is a finding here and no parse error."""
    first: dict[str, etree._Element] = {}
    for name, element in inventory.ids:
        if name in first:
            yield Fault("VA301", f"the xml:id {name} of <{local_name(element)}> is given to another element already",
                        element, related=(first[name],))
        first.setdefault(name, element)


# What programs make up and make up anew each time: Saxon (d1e45), libxslt (id20145, idp1400, idm45), Xalan (N1002A),
# word processors (_Toc123456, docx4j_id4711), and ids of chance: UUIDs and long hexadecimal numbers.
_GENERATED = late(r"d\d{1,6}(?:e\d{1,7}){1,3}|id[pm]?\d{4,20}|N[0-9A-F]{5,8}|_(?:Toc|Ref|Hlk)\d{5,12}"
                        r"|[A-Za-z_-]{0,12}[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_LASTING = frozenset(("bibl", "biblStruct", "biblFull", "msDesc"))


def generated_ids(inventory: Inventory) -> Iterator[Fault]:
    """VA327: ids that a program made up and will make up otherwise next time. Said once a file, at the first of them.

    The source of a list of letters may have a UUID: there it is the custom, and it stays (CMIF).
    """
    found = [(name, element) for name, element in inventory.ids
             if _GENERATED.fullmatch(name) and local_name(element) not in _LASTING]
    if found:
        name, element = found[0]
        others = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
        yield Fault("VA327", f"the xml:id {name} looks made up by a program{others}", element, attribute=XML_ID)


def document_ids(inventory: Inventory) -> Iterator[Fault]:
    """VA328: the id of a document is `d` and its number, also where that is in brackets."""
    for document in inventory.documents:
        given, number = document.get(XML_ID), number_of(document.get("n", ""))
        if number is not None and given != f"d{number}":
            what = f"has the xml:id {given}" if given else "has no xml:id"
            yield Fault("VA328", f"document {number} {what}", document, f'write xml:id="d{number}"',
                        attribute=XML_ID if given else "")


def note_id_numbers(inventory: Inventory) -> Iterator[Fault]:
    """VA329: the number in the id of a note is the note's: `d280fn2` is note 2.

    Where notes have signs (*, †), or begin again at 1 on each page, old volumes count them all in their ids; there the
    ids say nothing about the numbers, and nothing is said. Nor where the notes of an enclosure have a figure more
    (`d162fn11`), nor where the ids count 1, 2, 3 and the notes go on behind those of another document.
    """
    for document in inventory.documents:
        numbered = [(note, found[1]) for note in document.iter(f"{TEI}note")
                    if (found := _NOTE_ID.search(note.get(XML_ID) or ""))]
        numbers = [number_of(note.get("n") or "") for note, _ in numbered]
        counted = [int(number) for _, number in numbered] == list(range(1, len(numbered) + 1))
        if None in numbers or len(set(numbers)) < len(numbers) or counted:
            continue
        for note, number in numbered:
            given = note.get("n")
            if given and number_of(given) != int(number) and not number.startswith(given):
                yield Fault("VA329", f"note {given} has the xml:id {note.get(XML_ID)}", note,
                            f'write xml:id="{document.get(XML_ID)}fn{given}", and look at the pointers to it',
                            attribute=XML_ID)
