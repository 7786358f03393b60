"""Notes: numbered in their order, directly behind their words, with the id of their document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import TEI, XML_ID
from tei_edition.validation.editorial.documents import shares_document
from tei_edition.validation.editorial.inventory import NUMBER, Inventory
from tei_edition.validation.fault import Fault


def repeats(note: etree._Element, inventory: Inventory) -> bool:
    """Tell whether a note is a second marker of one that stands before: the Office of the Historian repeats the note,
    with its number, and names the first in `@target` (`d280fn2`, without `#`).
    """
    target = (note.get("target") or "").removeprefix("#")
    first = inventory.by_id.get(target) if target else None
    return first is not None and first is not note and first.tag == note.tag and first.get("n") == note.get("n")


def note_numbers(inventory: Inventory) -> Iterator[Fault]:
    """VA313: the notes of a document are numbered 1, 2, 3 (or 0, 1, 2, where the source note has the 0).

    The notes of another page begin again at 1, with ids of their own (`d280fn1_2`). Old volumes count the notes of a
    page through, so that a document may go on where the one before it on the same page has stopped; the first of a
    chapter goes on behind the note of the chapter's head.
    """
    carried: int | None = None  # the last note of the page so far, where no page has begun since
    for document in inventory.documents:
        expected: int | None = None
        told = False
        numbered: dict[int, etree._Element] = {}
        carried = _note_before(document) or carried
        for element in document.iter(f"{TEI}note", f"{TEI}pb"):
            if element.tag == f"{TEI}pb":
                carried = None
                continue
            label = element.get("n") or ""
            if not NUMBER.fullmatch(label) or repeats(element, inventory):
                continue
            number = int(label)
            if expected is None:
                expected = number if number == 0 or number - 1 == carried else 1
            if number < expected and number in numbered and _same_words(element, numbered[number]):
                continue  # the same note at a second place, written out again
            numbered[number] = element
            if number != expected and not told and not _begins_again(element, number, expected, document):
                yield Fault("VA313", f"note {number} stands where note {expected} is expected", element)
                told = True  # those behind it are out of step for the same reason
            expected, carried = number + 1, number


def _same_words(note: etree._Element, other: etree._Element) -> bool:
    return "".join(note.itertext()).split() == "".join(other.itertext()).split()


def _begins_again(note: etree._Element, number: int, expected: int, document: etree._Element) -> bool:
    """Tell whether notes begin again: another page, whose notes have ids of their own, or an attachment."""
    if number in (1, expected - 1) and re.search(rf"fn{number}_[2-9]", note.get(XML_ID) or ""):
        return True
    return number == 1 and not shares_document(note, document)


def _note_before(document: etree._Element) -> int | None:
    """Return the number of the last note between a document and the one before it: that of a chapter's head."""
    place: etree._Element | None = document
    while place is not None and place.tag == f"{TEI}div":
        for sibling in place.itersiblings(preceding=True):
            if sibling.tag == f"{TEI}div":
                return None  # a document, or a chapter with documents of its own
            numbers = [int(label) for note in sibling.iter(f"{TEI}note")
                       if NUMBER.fullmatch(label := note.get("n") or "")]
            if numbers:
                return numbers[-1]
        place = place.getparent()
    return None


def blanks_before_notes(inventory: Inventory) -> Iterator[Fault]:
    """VA315: a note stands directly behind its word."""
    for note in inventory.named("note"):
        before = note.getprevious()
        parent = note.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else None
        after_note = before is not None and before.tag == note.tag
        if note.get("n") and text and text[-1].isspace() and text.strip() and not after_note:
            yield Fault("VA315", f"a blank stands before note {note.get('n')}", note)


def note_ids(inventory: Inventory) -> Iterator[Fault]:
    """VA316: the id of a numbered note begins with its document's id and `fn`."""
    for document in inventory.documents:
        start = f"{document.get(XML_ID)}fn"
        for note in inventory.numbered_notes(document) if document.get(XML_ID) else ():
            given = note.get(XML_ID) or ""
            if not given.startswith(start) and not repeats(note, inventory):
                what = f"the xml:id {given}" if given else "no xml:id"
                yield Fault("VA316", f"note {note.get('n')} has {what}", note,
                            f'write xml:id="{start}{note.get("n")}"')
