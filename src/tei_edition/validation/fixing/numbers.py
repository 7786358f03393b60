"""`@n` from the order: one number that does not fit between two that do, 1, 2, 5, 4 → 1, 2, 3, 4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.tei import TEI, XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fixing.edits import Edit
from tei_edition.validation.fixing.markup import Markup
from tei_edition.validation.fixing.wanted import Wanted

if TYPE_CHECKING:
    from tei_edition.validation.fixing.ids import Renaming

NOTE_CODES = ("VA210", "VA221", "VA313")
PAGE_CODES = ("VA211", "VA323", "VA324", "VA325")
_LONGEST = 6  # figures of a number that is one


def numbers_from_order(inventory: Inventory, wanted: Wanted) -> dict[etree._Element, tuple[str, str]]:
    """Return the notes and page breaks whose number is mended: the new number, and the code that is mended.

    Only one number between two that leave room for one is a slip; more may be notes that were lost, or an attachment.
    """
    found: dict[etree._Element, tuple[str, str]] = {}
    code = wanted.code(*NOTE_CODES)
    if code:
        for document in inventory.documents:
            notes = [note for note in document.iter(f"{TEI}note") if _is_counted(note, document)]
            found |= {note: (number, code) for note, number in _misnumbered(notes)}
    code = wanted.code(*PAGE_CODES)
    if code:
        layers = {page.get("ed") for page in inventory.named("pb")}
        pages = inventory.named("pb") if len(layers) == 1 else []
        found |= {page: (number, code) for page, number in _misnumbered(pages)}
    return found


def followed(numbers: dict[etree._Element, tuple[str, str]],
             planned: Iterable[Renaming]) -> dict[etree._Element, tuple[str, str]]:
    """Return the numbers but those of elements whose id says the old one and stays: a 2 must not be called d280fn5."""
    renamed = {renaming.element for renaming in planned}
    return {element: new for element, new in numbers.items() if element in renamed or not _says_number(element)}


def _says_number(element: etree._Element) -> bool:
    number = element.get("n", "").strip("[]")
    return bool(number) and element.get(XML_ID, "").endswith((f"fn{number}", f"pg_{number}"))


def _is_counted(note: etree._Element, document: etree._Element) -> bool:
    """Whether a note is numbered with those of its document, not with those of another in it, nor a second marker."""
    if note.get("target") or note.get("type") == "source":
        return False
    for ancestor in note.iterancestors():
        if ancestor is document:
            return True
        if ancestor.tag in (f"{TEI}floatingText", f"{TEI}note") or ancestor.get("type") == "document":
            return False
    return False


def _misnumbered(elements: Sequence[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    labels = [element.get("n", "") for element in elements]
    numbers = [int(label) if label.isascii() and label.isdigit() and len(label) <= _LONGEST else None
               for label in labels]
    for i in range(1, len(elements) - 1):
        before, after = numbers[i - 1], numbers[i + 1]
        if before is None or after != before + 2 or numbers[i] == before + 1:
            continue
        if numbers[i] is None and labels[i]:
            continue  # * or 2a: a label of its own kind
        numbers[i] = before + 1
        yield elements[i], str(before + 1)


def number_edits(markup: Markup, numbers: dict[etree._Element, tuple[str, str]]) -> Iterator[Edit]:
    """Yield the edits that write the numbers."""
    for element, (number, code) in numbers.items():
        given = markup.attribute(element, "n")
        line = markup.line(markup.start(element))
        if given is None:
            at = markup.place_for(element)
            yield Edit(at, at, f' n="{number}"'.encode(), code, f"n=\"{number}\" from the order", line)
        else:
            reason = f"n=\"{given.value}\" → n=\"{number}\", from the order"
            yield Edit(given.start, given.end, number.encode(), code, reason, line)
