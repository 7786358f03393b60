"""Notes that stand apart from the text (at its end, in a division of notes) and the markers that lead to them.

Where notes stand in the text, at the place of their marker, there is nothing to compare. Where they stand apart, marker
and note are one to one and in the same order: a marker too many is a note lost, or a cross-reference misread.
(TEI Guidelines, chapter 3.9: notes, annotation, and indexing.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import TEI, XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

# What holds notes that stand apart; a note in a paragraph, a head or a cell stands at its place.
_APART = frozenset(TEI + name for name in ("div", "div1", "back", "body", "text", "noteGrp", "standOff", "list",
                                           "listAnnotation"))
_MARKER_TYPES = late(r"note|\bfn\b|footnote|marker|anchor", re.IGNORECASE)
_SYMBOL = late(r"[\[(]?(\d{1,3}|[*†‡§¶‖║]{1,4}|[a-z])[\])]?")

Marker = tuple[etree._Element, etree._Element]


def markers_of(inventory: Inventory) -> list[Marker]:
    """Return the markers of the text, each with the note that it leads to, in document order.

    A marker is a `<ref>` or `<ptr>` to a note that says so by its `@type`, or whose words are the note's number and
    stand directly behind a word or raised. “See footnote 3” is none.
    """
    own = inventory.by_id
    found = []
    for element, attribute, value in inventory.pointers:
        if attribute != "target" or value[0] != "#" or element.tag not in (f"{TEI}ref", f"{TEI}ptr"):
            continue
        note = own.get(value[1:].rstrip())
        if note is not None and note.tag == f"{TEI}note" and _is_marker(element, note):
            found.append((element, note))
    return found


def _is_marker(element: etree._Element, note: etree._Element) -> bool:
    if next(element.iterancestors(f"{TEI}note"), None) is note:
        return False  # the way back from the note
    words = "".join(element.itertext()).strip() if len(element) < 3 else "long"
    if len(words) < 7 and _MARKER_TYPES.search(element.get("type", "")):
        return True
    if element.tag == f"{TEI}ptr":
        group = note.getparent()
        return group is not None and group.tag in _APART and not element.get("type")
    symbol = _SYMBOL.fullmatch(words) if len(words) < 7 else None
    return symbol is not None and symbol[1] == note.get("n", symbol[1]) and (_raised(element) or _glued(element))


def _raised(element: etree._Element) -> bool:
    parent = element.getparent()
    looks = [element, *element, *([parent] if parent is not None and parent.tag == f"{TEI}hi" else [])]
    return any("sup" in f"{one.get('rend', '')}{one.get('rendition', '')}" for one in looks)


def _glued(element: etree._Element) -> bool:
    """Tell whether a word or its full stop stands directly before the element; a dash joins two references."""
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return text is not None and text != "" and not text[-1].isspace() and text[-1] not in "([–—-/&"


def _apart(inventory: Inventory) -> dict[etree._Element | None, list[etree._Element]]:
    """Return the notes with an id that stand apart, group by group: those of one division or list."""
    groups: dict[etree._Element | None, list[etree._Element]] = {}
    for note in inventory.named("note"):
        parent = note.getparent()
        if parent is not None and parent.tag in _APART and note.get(XML_ID) and not note.get("target"):
            groups.setdefault(parent, []).append(note)
    return groups


def note_markers(inventory: Inventory) -> Iterator[Fault]:
    """VA320–322: two markers of one note; a note apart that has no marker; markers in another order than their notes.

    Only where markers are used at all. A note that says that it has no marker (`anchored="false"`) is believed, and so
    is one that names its place itself (`@target`).
    """
    if not inventory.named("note") or not inventory.named("ref", "ptr"):
        return
    markers = markers_of(inventory)
    first: dict[etree._Element, etree._Element] = {}
    for marker, note in markers:
        if note in first:
            yield Fault("VA320", f"note {_name(note)} has a second marker", marker, related=(first[note],))
        first.setdefault(note, marker)
    if not first:
        return
    order = {marker: i for i, (marker, _) in enumerate(markers)}
    for notes in _apart(inventory).values():
        if not any(note in first for note in notes):
            continue
        last = -1
        for note in notes:
            if note not in first:
                if note.get("anchored") != "false" and note.get("n"):
                    yield Fault("VA321", f"note {_name(note)} has no marker in the text", note)
            elif order[first[note]] < last:
                yield Fault("VA322", f"the marker of note {_name(note)} stands before that of the note before it",
                            first[note], related=(note,))
            else:
                last = order[first[note]]


def _name(note: etree._Element) -> str:
    return note.get("n") or str(note.get(XML_ID) or "without a number")
