"""Editorial rules: what neither a grammar nor our Schematron says. Two visible tables, one a profile.

Each rule reads the tree and yields faults. A new rule is a function here (in a file of its own, when there are
many), a line in a table, and an entry with examples in the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from tei_edition.tei import TEI, XML_ID, local_name
from tei_edition.validation.fault import Fault
from tei_edition.validation.pointers import ids_in_order

Rule = Callable[[etree._Element], Iterator[Fault]]

_PAGE = re.compile(r"\[(?:Page|p\.|pp?\.)\s*[\divxlcIVXLC]+\]")
_BACK = re.compile("↩")
# Letters and one or two digits glued to them, as markers of notes are: `Congo1`. Capitals (U2, CH53) are no words.
_MARKER = re.compile(r"(?<![\w/.-])[A-Za-zÀ-ÿ’'-]*[a-zà-ÿ]{3}\d{1,2}(?![\w/-]|\.\d)")
_UNTOUCHED = frozenset(TEI + name for name in ("idno", "ref", "ptr", "code", "num", "biblScope", "formula"))


def duplicate_ids(root: etree._Element) -> Iterator[Fault]:
    """VA301: an id is given once. Published volumes break this, so it is a finding here and no parse error."""
    first: dict[str, etree._Element] = {}
    for name, element in ids_in_order(root):
        if name in first:
            yield Fault("VA301", f"the xml:id {name} of <{local_name(element)}> is given to another element already",
                        element, related=(first[name],))
        first.setdefault(name, element)


def leftovers(root: etree._Element) -> Iterator[Fault]:
    """VA303–305: signs of the plain text that should have become markup, or have gone."""
    for owner, text, tail in _texts(root):
        for match in _PAGE.finditer(text):
            yield Fault("VA303", f"“{match[0]}” still stands in the text", owner, words=match[0], tail=tail)
        for match in _BACK.finditer(text):
            yield Fault("VA304", "the back-link “↩” still stands in the text", owner, words=match[0], tail=tail)
        for match in _MARKER.finditer(text):
            yield Fault("VA305", f"“{match[0]}” ends in what may be the marker of a note", owner,
                        words=match[0], tail=tail)


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, str, bool]]:
    """Yield the texts of the document (not of the header) with the element that they stand in or behind."""
    for text in root.iter(f"{TEI}text"):
        for element in text.iter("*"):
            parent = element.getparent()
            if element.text and element.tag not in _UNTOUCHED:
                yield element, element.text, False
            if element.tail and parent is not None and parent.tag not in _UNTOUCHED and element is not text:
                yield element, element.tail, True


def _documents(root: etree._Element) -> Iterator[etree._Element]:
    return (div for div in root.iter(f"{TEI}div") if div.get("type") == "document")


def _numbered_notes(document: etree._Element) -> Iterator[etree._Element]:
    return (note for note in document.iter(f"{TEI}note") if (note.get("n") or "").isdigit())


def no_instructions(root: etree._Element) -> Iterator[Fault]:
    """VA311: the Office of the Historian's files carry no processing instruction before the root."""
    node = root.getprevious()
    while node is not None:
        if isinstance(node, etree._ProcessingInstruction):
            yield Fault("VA311", f"the processing instruction “{node.target}” stands before the TEI element", root)
        node = node.getprevious()


_NO_SOURCE = frozenset(("editorial-note", "referral", "index", "errata"))


def _is_source(note: etree._Element) -> bool:
    """Tell whether a note is the source note: by its type or, where volumes give none, by its number 0 or its words."""
    if note.get("type") == "source" or note.get("n") == "0":
        return True
    return not note.get("type") and "".join(note.itertext()).lstrip(" \t\n[").startswith("Source:")


def source_notes(root: etree._Element) -> Iterator[Fault]:
    """VA312: a historical document names its source, in a note of its head that begins with “Source:”.

    Volumes on the years before 1955 are older than this custom. An excision or a withheld document has it in brackets.
    """
    volume = root.get(XML_ID) or root.findtext(f".//{TEI}idno[@type='frus']") or ""
    year = re.match(r"frus(\d{4})", volume)
    if year and int(year[1]) < 1955:
        return
    for document in _documents(root):
        head = " ".join(document.xpath("string(tei:head)", namespaces={"tei": TEI[1:-1]}).split())
        if document.get("subtype") in _NO_SOURCE or "Editorial Note" in head:
            continue
        sources = [note for note in document.iter(f"{TEI}note", f"{TEI}seg") if _is_source(note)]
        if not sources:
            yield Fault("VA312", f"document {document.get('n', '')} has no source note".replace("  ", " "), document)
        for note in sources:
            words = " ".join("".join(note.itertext()).split())
            if not words.lstrip("[").startswith("Source:"):
                yield Fault("VA312", f"the source note does not begin with “Source:” but with “{words[:30]}”", note)


def note_numbers(root: etree._Element) -> Iterator[Fault]:
    """VA313: the notes of a document are numbered 1, 2, 3 (or 0, 1, 2, where the source note has the 0).

    The notes of another page begin again at 1, with ids of their own (`d280fn1_2`).
    """
    for document in _documents(root):
        notes = list(_numbered_notes(document))
        expected = 0 if notes and notes[0].get("n") == "0" else 1
        for note in notes:
            number = note.get("n", "0")
            again = re.search(rf"fn{number}_[2-9]", note.get(XML_ID) or "") and number in ("1", str(expected - 1))
            if int(number) != expected and not again:
                yield Fault("VA313", f"note {number} stands where note {expected} is expected", note)
                break  # those behind it are out of step for the same reason
            expected = int(number) + 1


def head_numbers(root: etree._Element) -> Iterator[Fault]:
    """VA314: where the head begins with a number (`280.`, `No. 82`), it is the number of the document."""
    for document in _documents(root):
        number, head = document.get("n", "").strip("[]"), document.find(f"{TEI}head")
        if head is None or not number.isdigit():
            continue
        found = re.match(r"\s*\[?(?:No\.\s*)?(\d+)(?:\.(?!\d)|\])", "".join(head.itertext()))
        if found and int(found[1]) != int(number):
            yield Fault("VA314", f"the head begins with the number {found[1]}, the document’s is {number}", head)


def blanks_before_notes(root: etree._Element) -> Iterator[Fault]:
    """VA315: a note stands directly behind its word."""
    for note in root.iter(f"{TEI}note"):
        before = note.getprevious()
        parent = note.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else None
        after_note = before is not None and before.tag == note.tag
        if note.get("n") and text and text[-1].isspace() and text.strip() and not after_note:
            yield Fault("VA315", f"a blank stands before note {note.get('n')}", note)


def note_ids(root: etree._Element) -> Iterator[Fault]:
    """VA316: the id of a numbered note begins with its document's id and `fn`."""
    for document in _documents(root):
        start = f"{document.get(XML_ID)}fn"
        for note in _numbered_notes(document) if document.get(XML_ID) else ():
            given = note.get(XML_ID) or ""
            if not given.startswith(start):
                what = f"the xml:id {given}" if given else "no xml:id"
                yield Fault("VA316", f"note {note.get('n')} has {what}", note,
                            f'write xml:id="{start}{note.get("n")}"')


EDITION_RULES: tuple[Rule, ...] = (duplicate_ids, leftovers)
FRUS_RULES: tuple[Rule, ...] = (duplicate_ids, leftovers, no_instructions, source_notes, note_numbers, head_numbers,
                                blanks_before_notes, note_ids)


def editorial_faults(root: etree._Element, rules: tuple[Rule, ...]) -> Iterator[Fault]:
    """Yield the faults that the rules find, rule by rule."""
    for rule in rules:
        yield from rule(root)
