"""Notes: numbered in their order, directly behind their words, with the id of their document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.tei import XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault


def note_numbers(inventory: Inventory) -> Iterator[Fault]:
    """VA313: the notes of a document are numbered 1, 2, 3 (or 0, 1, 2, where the source note has the 0).

    The notes of another page begin again at 1, with ids of their own (`d280fn1_2`).
    """
    for document in inventory.documents:
        notes = list(inventory.numbered_notes(document))
        expected = 0 if notes and notes[0].get("n") == "0" else 1
        for note in notes:
            number = note.get("n", "0")
            again = re.search(rf"fn{number}_[2-9]", note.get(XML_ID) or "") and number in ("1", str(expected - 1))
            if int(number) != expected and not again:
                yield Fault("VA313", f"note {number} stands where note {expected} is expected", note)
                break  # those behind it are out of step for the same reason
            expected = int(number) + 1


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
            if not given.startswith(start):
                what = f"the xml:id {given}" if given else "no xml:id"
                yield Fault("VA316", f"note {note.get('n')} has {what}", note,
                            f'write xml:id="{start}{note.get("n")}"')
