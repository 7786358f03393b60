"""Cross-references: what the words say and where the pointer leads agree.

“See footnote 2, Document 40” leads to note 2 of document 40, and not to note 3, or to document 41.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import TEI
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.opening import opening_words
from tei_edition.validation.editorial.pages import page_number
from tei_edition.validation.fault import Fault

_BARE = late(r"\W{0,3}(\d{1,4})\W{0,3}")
_DOCUMENT = late(r"\b(?:[Dd]ocuments?|[Dd]ocs?\.?|[Nn]os?\.)\s+(\d{1,4})\b(?![–-]|\s*(?:,|and|or|to)\s+\d)")
_NOTE = late(r"\b(?:[Ff]oot)?[Nn]otes?\s+(\d{1,3})\b(?![–-]|\s*(?:,|and|or|to)\s+\d)")
_NOTE_FIRST = late(r"(\d{1,3}),\s+(?:[Dd]ocument|[Dd]oc\.)\s+\d")
_PAGE = late(r"(?:pp?\.|[Pp]ages?)?\s*(\d{1,5}|[ivxlcIVXLC]{1,9})(?:\s*n{1,2})?\.?")
_LONGEST = 80  # characters: what is longer is a sentence, and no cross-reference


def reference_words(inventory: Inventory) -> Iterator[Fault]:
    """VA333: the number that a cross-reference names is not that of the document, note or page that it leads to."""
    own = inventory.by_id
    for element, attribute, value in inventory.pointers:
        if attribute != "target" or value[0] != "#" or " " in value or element.tag != f"{TEI}ref":
            continue
        target = own.get(value[1:])
        if target is None:
            continue
        words = _words(element)
        wrong = _disagrees(words, target) if words else ""
        if wrong:
            yield Fault("VA333", f"“{words}” points to {wrong} ({value})", element, attribute="target",
                        related=(target,))


def _words(element: etree._Element) -> str:
    """The words of a short reference on one line; empty where it is long."""
    words = opening_words(element, _LONGEST)
    return "" if words.endswith("…") else words


def _disagrees(words: str, target: etree._Element) -> str:
    """Return what a reference leads to where that is not what its words name; the empty string where they agree."""
    if target.tag == f"{TEI}pb":
        return _other_page(words, target)
    if target.tag == f"{TEI}note":
        return _other_note(words, target)
    if target.get("type") == "document" and target.tag == f"{TEI}div":
        named = _BARE.fullmatch(words) or _DOCUMENT.search(words)
        return f"document {target.get('n')}" if named and _differ(named[1], target) else ""
    return ""


def _other_page(words: str, page: etree._Element) -> str:
    named = _PAGE.fullmatch(words)
    given, number = page_number(named[1]) if named else None, page_number(page.get("n") or "")
    return f"page {page.get('n')}" if given and number and given != number else ""


def _other_note(words: str, note: etree._Element) -> str:
    named = _BARE.fullmatch(words) or _NOTE.search(words) or _NOTE_FIRST.match(words)
    if named and note.get("n") != "0" and _differ(named[1], note):
        return f"note {note.get('n')}"
    document = next((div for div in note.iterancestors(f"{TEI}div") if div.get("type") == "document"), None)
    in_document = _DOCUMENT.search(words)
    if in_document and document is not None and _differ(in_document[1], document):
        return f"a note of document {document.get('n')}"
    return ""


def _differ(number: str, target: etree._Element) -> bool:
    """Tell whether a number is another than the `@n` of its target; where that is no number nobody can know."""
    own = (target.get("n") or "").strip("[]")
    return own.isascii() and own.isdigit() and int(own) != int(number)
