"""Ids by the scheme of the edition, with all pointers to them: `d280`, `d280fn2`, `pg_557`, and each id once."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_edition.diagnostics import UnusableInput
from tei_edition.files import read_bytes
from tei_edition.tei import TEI, XML_ID, local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fixing.edits import Edit
from tei_edition.validation.fixing.markup import Markup
from tei_edition.validation.fixing.wanted import Wanted
from tei_edition.validation.pointers import POINTERS

Numbers = dict[etree._Element, tuple[str, str]]

_NUMBER = re.compile(r"\[?(\d{1,6}[A-Za-z]?)\]?", re.ASCII)
_FIGURES = re.compile(r"\d{1,6}", re.ASCII)
_NCNAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_POINTER = re.compile(rb"#([A-Za-z_][\w.-]*)")
_WHOLE = ("div", "pb", "text", "TEI")  # two of one id are two of the thing itself: nobody may number them apart


class Renaming(NamedTuple):
    """A new id for an element, and the code that asks for it; `old` is empty where it has none."""

    element: etree._Element
    old: str
    new: str
    code: str


def renamings(inventory: Inventory, wanted: Wanted, numbers: Numbers, path: Path | None) -> list[Renaming]:
    """Return the new ids that can be given safely.

    An id is left alone where it is given twice and pointed at (to which of the two, nobody knows), where another file
    of the folder points to it, and where the new one is another element's. No id is added that a pointer without its
    `#` names already: what that one means is to be looked at.
    """
    asked = {renaming.element: renaming for renaming in _asked(inventory, wanted, numbers)}
    count = Counter(name for name, _ in inventory.ids)
    pointed = _pointed_at(inventory)
    bare = {word for element in inventory.elements for name, value in element.items() if name in POINTERS
            for word in value.split()} if asked else set()
    elsewhere = _pointers_of_neighbours(path) if asked and path is not None else frozenset()
    safe = {element: renaming for element, renaming in asked.items()
            if _NCNAME.fullmatch(renaming.new) and renaming.old not in elsewhere
            and not (count[renaming.old] > 1 and renaming.old in pointed)
            and not (not renaming.old and renaming.new in bare)}
    return _without_clashes(inventory, safe)


def _asked(inventory: Inventory, wanted: Wanted, numbers: Numbers) -> Iterator[Renaming]:
    """What is asked for; of two new ids of one element the later counts, which is that of the scheme."""
    yield from _doubles(inventory, wanted)
    for document in inventory.documents:
        old, number = document.get(XML_ID, ""), _NUMBER.fullmatch(document.get("n", ""))
        code = wanted.at(document, "VA201", "VA328")
        new = f"d{number[1]}" if number and code else old
        if new != old:
            yield Renaming(document, old, new, code)
        if new:
            yield from _notes(document, old, new, wanted, numbers)
    if wanted.code("VA203", "VA326") or numbers:
        for page in inventory.named("pb"):
            yield from _page(page, wanted, numbers)


def _notes(document: etree._Element, old: str, new: str, wanted: Wanted, numbers: Numbers) -> Iterator[Renaming]:
    """The ids of the notes of a document, by its new name where it has one, and by their new numbers."""
    for note in document.iter(f"{TEI}note"):
        given = note.get(XML_ID, "")
        number = numbers.get(note, (note.get("n", ""), ""))[0]
        if not _FIGURES.fullmatch(number):
            continue
        begin = f"{new}fn{number}"
        if given == begin or given.startswith(f"{begin}_"):
            continue
        code = wanted.at(note, "VA202", "VA316", "VA329")
        if not code and note in numbers and given == f"{old}fn{note.get('n', '')}":
            code = numbers[note][1]
        if not code and new != old and given.startswith(f"{old}fn"):
            code = wanted.at(document, "VA201", "VA328")
            begin = f"{new}{given[len(old):]}"
        if code:
            yield Renaming(note, given, begin, code)


def _page(page: etree._Element, wanted: Wanted, numbers: Numbers) -> Iterator[Renaming]:
    given = page.get(XML_ID, "")
    number = numbers.get(page, (page.get("n", ""), ""))[0].strip("[]")
    new = f"pg_{number}"
    if not given or given == new or not number:
        return
    code = wanted.at(page, "VA203", "VA326")
    if not code and page in numbers and given == f"pg_{page.get('n', '').strip('[]')}":
        code = numbers[page][1]
    if code:
        yield Renaming(page, given, new, code)


def _doubles(inventory: Inventory, wanted: Wanted) -> Iterator[Renaming]:
    """The second and later elements of one id: `p1_2`, where nothing points to it."""
    if not wanted.code("VA301"):
        return
    taken = {name for name, _ in inventory.ids}
    seen: set[str] = set()
    last: dict[str, int] = {}
    for name, element in inventory.ids:
        if name in seen and local_name(element) not in _WHOLE and wanted.at(element, "VA301"):
            number = last.get(name, 1) + 1
            while f"{name}_{number}" in taken:
                number += 1
            last[name] = number
            taken.add(f"{name}_{number}")
            yield Renaming(element, name, f"{name}_{number}", "VA301")
        seen.add(name)


def _without_clashes(inventory: Inventory, safe: dict[etree._Element, Renaming]) -> list[Renaming]:
    """Leave out renamings to an id that another element has in the end. One that is left out keeps its old id, which
    may be what another was to be called: then that one is left out, too.
    """
    final = Counter(safe[element].new if element in safe else name for name, element in inventory.ids)
    final.update(renaming.new for renaming in safe.values() if not renaming.old)
    called: dict[str, list[Renaming]] = {}
    for renaming in safe.values():
        called.setdefault(renaming.new, []).append(renaming)
    clashing = [name for name in called if final[name] > 1]
    while clashing:
        for renaming in called.pop(clashing.pop(), []):
            del safe[renaming.element]
            if renaming.old:
                final[renaming.old] += 1
                clashing += [renaming.old] if renaming.old in called and final[renaming.old] > 1 else []
    return list(safe.values())


def _pointed_at(inventory: Inventory) -> frozenset[str]:
    """The ids that any attribute of the file points to: every word of a value that begins with #, and the words of
    attributes that are pointers, for the Office of the Historian writes them without it (`target="d280fn2"`).
    """
    return frozenset(
        word.removeprefix("#")
        for element in inventory.elements
        for name, value in element.items()
        if "#" in value or name in POINTERS
        for word in value.split()
        if word.startswith("#") or name in POINTERS
    )


@functools.lru_cache(maxsize=8192)
def _pointers_of_version(path: Path, _size: int, _changed: int) -> frozenset[str]:
    return frozenset(name.decode("ascii") for name in _POINTER.findall(read_bytes(path)))


def _pointers_of_neighbours(path: Path) -> frozenset[str]:
    """The ids that other XML files of the folder point to, in this file or in themselves: who can tell?"""
    found: set[str] = set()
    for neighbour in sorted(path.parent.glob("*.xml")) if path.parent.is_dir() else ():
        if neighbour.name == path.name:
            continue
        try:
            status = neighbour.stat()
            found |= _pointers_of_version(neighbour, status.st_size, status.st_mtime_ns)
        except (OSError, UnusableInput):
            continue
    return frozenset(found)


def id_edits(markup: Markup, planned: list[Renaming]) -> Iterator[Edit]:
    """Yield the edits that write the new ids."""
    for renaming in planned:
        line = markup.line(markup.start(renaming.element))
        given = markup.attribute(renaming.element, "xml:id")
        if given is None:
            at = markup.place_for(renaming.element)
            new = f' xml:id="{renaming.new}"'
            yield Edit(at, at, new.encode(), renaming.code, f"xml:id=\"{renaming.new}\" is added", line)
        else:
            reason = f"xml:id {renaming.old} → {renaming.new}"
            yield Edit(given.start, given.end, renaming.new.encode(), renaming.code, reason, line)
