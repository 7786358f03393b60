"""Citations: what the markup says of them is what their words say.

A citation is said twice: in its words ("Department of State, Central Files, 770G.00/8–1862") and in what is made of
them: numbers as attributes, the entry of the list that it points to, the description of the witness in the header.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from tei_edition.citation import is_ibid
from tei_edition.dates import file_number_date
from tei_edition.late_patterns import late
from tei_edition.tei import TEI, local_name
from tei_edition.validation.editorial.datelines import dates_by_document
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.running_text import plain_words
from tei_edition.validation.editorial.temporal import read_value
from tei_edition.validation.fault import Fault

_RANGE = late(
    r"(?:pp?\.|pages?|nos?\.|documents?|docs?\.|vols?\.|box(?:es)?|folders?|reels?)?\s*"
    r"(\d{1,9}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})(?:\s?[–—-]\s?(\d{1,9}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}))?[.,;]?",
    re.IGNORECASE,
)
_FIGURES = late(r"\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,9})?")
_DASHES = str.maketrans("–—‑‐−’", "-----'")
# The parts of an archival citation that name a place of the archive.
_PARTS = tuple(TEI + name for name in ("orgName", "title", "idno", "biblScope"))
_IDENTIFIER = tuple(TEI + name for name in ("institution", "repository", "collection", "idno"))
# What a part calls itself by its first word, and the units that it can be.
_UNITS = {
    "box": ("box", "boxes"), "folder": ("folder", "folders"), "reel": ("reel", "reels"), "lot": ("lot",),
    "page": ("page", "pages", "p.", "pp."), "tab": ("tab", "tabs"), "frame": ("frame", "frames"),
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words}
_NUMBERED = late(r"([A-Za-z]{1,8}\.?)\s+(?:No\.\s*)?[\dA-Z][\w–-]*")
_TELLING = 4  # letters of a word that tells one repository from another
_NEAR = 160  # characters of a source note in which the number of its file stands


def numbers_in_words(inventory: Inventory) -> Iterator[Fault]:
    """VA362: @from and @to of a scope, @value of a number and @quantity of a measure are those of the words."""
    for element in inventory.named("biblScope", "citedRange"):
        given = {name: value for name in ("from", "to") if (value := element.get(name))}
        found = _RANGE.fullmatch(plain_words(element)) if given else None
        if found is None:
            continue
        first, last = found[1], _in_full(found[1], found[2]) if found[2] else found[1]
        for name, said in (("from", first), ("to", last)):
            if name in given and given[name].casefold() != said.casefold():
                yield _numbers(element, name, found[0])
    for element in inventory.named("num", "measure"):
        name = "value" if element.tag == f"{TEI}num" else "quantity"
        value = element.get(name)
        words = plain_words(element) if value else ""
        if value and _FIGURES.fullmatch(words) and not _same_number(words, value):
            yield _numbers(element, name, words)


def _numbers(element: etree._Element, name: str, words: str) -> Fault:
    said = f"the words say “{words}”, the markup {name}=\"{element.get(name)}\""
    return Fault("VA362", said, element, attribute=name)


def _in_full(first: str, last: str) -> str:
    """The second number of a range as it is meant: 255–57 is 255 to 257."""
    missing = len(first) - len(last)
    return first[:missing] + last if missing > 0 and first.isdigit() and last.isdigit() else last


def _same_number(words: str, value: str) -> bool:
    try:
        return float(words.replace(",", "")) == float(value)
    except ValueError:
        return True  # no number: the grammar says so


def parts_of_entries(inventory: Inventory) -> Iterator[Fault]:
    """VA363: a citation that points to an entry of the list names what the entry names.

    What "ibid." takes over is in the entry and not in the words; so only what both name is compared.
    """
    known: dict[str, tuple[dict[tuple[str, str], dict[str, etree._Element]], str]] = {}
    for citation in inventory.named("bibl"):
        pointer = citation.get("ref") or citation.get("sameAs") or ""
        if not pointer.startswith("#") or " " in pointer:
            continue
        entry = inventory.by_id.get(pointer[1:])
        if entry is None or entry.tag not in (f"{TEI}bibl", f"{TEI}msDesc") or entry is citation:
            continue
        if pointer not in known:
            known[pointer] = _parts(entry), _plain(plain_words(entry))
        entries, whole = known[pointer]
        for kind, parts in _parts(citation).items():
            for words, part in parts.items():
                others = entries.get(kind)
                if others and words not in whole and not is_ibid(plain_words(part)):
                    said = " and ".join(f"“{plain_words(other)}”" for other in others.values())
                    yield Fault("VA363", f"the citation says “{plain_words(part)}”, its entry {pointer} {said}", part,
                                related=(entry,))


def _parts(citation: etree._Element) -> dict[tuple[str, str], dict[str, etree._Element]]:
    """The parts of a citation by their kind and their words, folded."""
    found: dict[tuple[str, str], dict[str, etree._Element]] = defaultdict(dict)
    for part in citation.iter(*_PARTS):
        kind = part.get("subtype") or part.get("type") or part.get("unit") or ""
        if kind:
            found[local_name(part), kind][_plain(plain_words(part))] = part
    return found


def _plain(words: str) -> str:
    return " ".join(words.translate(_DASHES).split()).casefold().strip(" .,;")


def witnesses(inventory: Inventory) -> Iterator[Fault]:
    """VA364: what the header says of the witness stands in the note that it names as its source.

    A repository may have its full name in the header ("National Archives and Records Administration"): one word of it
    is enough. A number stands there as it is, or in its parts.
    """
    notes: dict[str, str] = {}
    for description in inventory.named("msDesc"):
        pointer = description.get("source", "")
        note = inventory.by_id.get(pointer[1:]) if pointer.startswith("#") else None
        if note is None:
            continue
        if pointer not in notes:
            notes[pointer] = _plain(plain_words_with_notes(note))
        words = notes[pointer]
        for part in description.iter(*_IDENTIFIER):
            said = _plain(plain_words(part))
            if said and said not in words and not _partly_in(part, said, words):
                yield Fault("VA364", f"the header names “{plain_words(part)}”, the note {pointer} does not", part,
                            related=(note,))


def _partly_in(part: etree._Element, said: str, words: str) -> bool:
    if part.tag == f"{TEI}idno":
        return all(piece in words for piece in said.split(", "))  # "RG 200, Box 40": with the collection between them
    return any(word in words for word in said.split() if len(word) >= _TELLING)


def plain_words_with_notes(element: etree._Element) -> str:
    """Return all the words of an element on one line, those of notes too."""
    return " ".join(str(element.xpath("string()")).split())


def units_in_words(inventory: Inventory) -> Iterator[Fault]:
    """VA365: a part of a citation is what it calls itself: "Box 7" is no folder."""
    for element in inventory.named("biblScope", "citedRange", "idno"):
        said = element.get("unit") or element.get("type") or ""
        if said not in _UNITS:
            continue
        found = _NUMBERED.fullmatch(plain_words(element))
        unit = _UNIT_OF.get(found[1].casefold()) if found else None
        if unit and unit != said:
            name = "unit" if element.get("unit") else "type"
            yield Fault("VA365", f"“{plain_words(element)}” is marked as {said}", element, attribute=name)


def years_of_files(inventory: Inventory) -> Iterator[Fault]:
    """VA366: the day in the file number of a source note is not that of the document in another year.

    The Department of State filed a paper by its day: 770G.00/8–1862 is of August 18, 1962. A paper may be filed with
    others of another day; the same day of another year is a slip, in the number or in the date.
    """
    for document, dates in dates_by_document(inventory).items():
        note = next((note for note in document.iter(f"{TEI}note") if _is_source(note)), None)
        if len(dates) != 1 or note is None:
            continue
        value = read_value(dates[0].get("when", ""))
        day = value.date if value else None
        words = plain_words_with_notes(note)[:_NEAR]
        filed = file_number_date(words) if day else None
        if day and filed and filed.year != day.year and (filed.month, filed.day) == (day.month, day.day):
            said = f"the file number in “{words[:60].strip()}” is of {filed}, the dateline of {day}"
            yield Fault("VA366", said, dates[0], attribute="when", related=(note,))


def _is_source(note: etree._Element) -> bool:
    return note.get("type") == "source" or note.get("n") == "0"
