"""The documents of a volume: their source notes, their numbers, and what stands before them in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import TEI
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.opening import opening_words
from tei_edition.validation.editorial.volumes import year_of
from tei_edition.validation.fault import Fault


def no_instructions(inventory: Inventory) -> Iterator[Fault]:
    """VA311: the Office of the Historian's files carry no processing instruction before the root."""
    node = inventory.root.getprevious()
    while node is not None:
        if isinstance(node, etree._ProcessingInstruction):
            yield Fault("VA311", f"the processing instruction “{node.target}” stands before the TEI element",
                        inventory.root)
        node = node.getprevious()


_NO_SOURCE = frozenset(("editorial-note", "referral", "index", "errata"))


def _is_source(note: etree._Element) -> bool:
    """Tell whether a note is the source note: by its type or, where volumes give none, by its number 0 or its words."""
    if note.get("type") == "source" or note.get("n") == "0":
        return True
    return not note.get("type") and _begins_with_source(note)


def _begins_with_source(element: etree._Element) -> bool:
    """Tell whether the words of an element begin with “Source:”, in brackets where a document is withheld."""
    start = (element.text or "").lstrip(" \t\r\n[")
    if start and start[0] != "S":
        return False  # most notes; the words of the others are put together
    return opening_words(element, 80).lstrip(" [").startswith("Source:")


def source_notes(inventory: Inventory) -> Iterator[Fault]:
    """VA312: a historical document names its source, in a note of its head that begins with “Source:”.

    Volumes on the years before 1955 are older than this custom. An excision has it in brackets; a document that is
    withheld has nothing but a paragraph in brackets: “[Source: … 2 pages not declassified.]”.
    """
    year = year_of(inventory.root)
    if year is not None and year < 1955:
        return
    for document in inventory.documents:
        if document.get("subtype") in _NO_SOURCE:
            continue
        sources = [note for note in document.iter(f"{TEI}note", f"{TEI}seg") if _is_source(note)]
        head = document.find(f"{TEI}head")
        if head is not None and "Editorial Note" in " ".join("".join(head.itertext()).split()):
            continue
        if not sources and not any(_begins_with_source(paragraph) for paragraph in document.iterchildren(f"{TEI}p")):
            yield Fault("VA312", f"document {document.get('n', '')} has no source note".replace("  ", " "), document)
        for note in sources:
            words = opening_words(note, 30)
            if not words.lstrip("[").startswith("Source:"):
                yield Fault("VA312", f"the source note does not begin with “Source:” but with “{words}”", note)


def head_numbers(inventory: Inventory) -> Iterator[Fault]:
    """VA314: where the head begins with a number (`280.`, `No. 82`), it is the number of the document."""
    for document in inventory.documents:
        number, head = number_of(document.get("n", "")), document.find(f"{TEI}head")
        if head is None or number is None:
            continue
        found = re.match(r"\s*\[?(?:No\.\s*)?(\d{1,6})(?:\.(?!\d)|\])", "".join(head.itertext()))
        if found and int(found[1]) != number:
            yield Fault("VA314", f"the head begins with the number {found[1]}, the document’s is {number}", head)


def source_note_first(inventory: Inventory) -> Iterator[Fault]:
    """VA335: the source note is the first note of its document; that of an attachment is of it."""
    for document in inventory.documents:
        before: etree._Element | None = None
        for note in document.iter(f"{TEI}note"):
            if note.get("type") == "source" and shares_document(note, document):
                if before is None:
                    break  # what comes later is the source of an enclosure
                yield Fault("VA335", f"the source note of document {document.get('n', '')} comes after note"
                                     f" {before.get('n')}", note, related=(before,))
                break
            if note.get("n"):
                before = note


def shares_document(note: etree._Element, document: etree._Element) -> bool:
    """Tell whether a note belongs to the document itself and not to an attachment or a text in it."""
    for parent in note.iterancestors("*"):
        if parent is document:
            return True
        if parent.tag == f"{TEI}floatingText" or not str(parent.tag).startswith(TEI) or parent.tag == f"{TEI}div":
            return False
    return False


def number_of(label: str) -> int | None:
    """Return the number of a document as `@n` has it, perhaps in brackets; None where it is no number (`280a`)."""
    number = label.strip("[]. ")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 7 else None


def document_numbers(inventory: Inventory) -> Iterator[Fault]:
    """VA336: the documents of a volume run 1, 2, 3 through all its chapters: none twice, none back, none left out."""
    seen: dict[int, etree._Element] = {}
    highest = last = 0
    for document in inventory.documents:
        number = number_of(document.get("n", ""))
        if number is None:
            continue
        if number in seen:
            yield Fault("VA336", f"document {number} is there twice", document, related=(seen[number],), attribute="n")
        elif highest and number < highest and number != last + 1:
            yield Fault("VA336", f"document {number} comes after document {highest}", document,
                        related=(seen[highest],), attribute="n")
        elif highest and number > highest + 1:
            yield Fault("VA336", f"{missing(highest, number)} before document {number}", document, attribute="n")
        seen.setdefault(number, document)
        highest, last = max(highest, number), number


def missing(before: int, after: int) -> str:
    """Say which documents are not there: “document 281 is missing”, “documents 281–283 are missing”."""
    if after - before == 2:
        return f"document {before + 1} is missing"
    return f"documents {before + 1}–{after - 1} are missing"
