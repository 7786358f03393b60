"""Authority files of any form, written as one in TEI: a `standOff` with lists of persons, places, terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from lxml import etree

from tei_edition.authority import load_located
from tei_edition.diagnostics import Diagnostic
from tei_edition.model import Entry
from tei_edition.tei import TEI, TEI_NS, parse, serialise

_LISTS = {"person": "listPerson", "place": "listPlace", "organisation": "listOrg", "term": "list"}


class Imported(NamedTuple):
    """An authority file in TEI, the entries in it by id, and what was wrong with the files it was made from."""

    tei: bytes
    entries: dict[str, Entry]
    findings: list[Diagnostic]


def import_authority(paths: Sequence[str | Path], *, kind: str = "", title: str = "") -> Imported:
    """Return the entries of authority files as one authority file in TEI, in the order of the files.

    Names are parsed, offices dated, the wording kept; what is written loads again as the same entries.
    `kind` settles what the entries of a plain text or a table are: `person`, `place`, `organisation`, `term`.
    Raises UnusableInput where a file cannot be read.
    """
    loaded = load_located(paths, kind=kind)
    files = [PurePath(path).name for path in map(str, paths)]
    return Imported(write_authority(loaded.entries, files, title=title), loaded.entries, loaded.findings)


def write_authority(entries: Mapping[str, Entry], files: Sequence[str] = (), *, title: str = "") -> bytes:
    """Return entries as an authority file in TEI; `files` are what they were taken from."""
    root = etree.Element(f"{TEI}TEI", nsmap={None: TEI_NS})
    description = _add(_add(root, "teiHeader"), "fileDesc")
    _add(
        _add(description, "titleStmt"),
        "title",
        title or f"Authority file: {', '.join(_kinds(entries)) or 'no entries'}",
    )
    _add(_add(description, "publicationStmt"), "p", "Not published.")
    made = f"Made by tei-edition from {', '.join(files)}." if files else "Made by tei-edition."
    _add(_add(description, "sourceDesc"), "p", made)
    stand_off = _add(root, "standOff")
    for kind, name in _LISTS.items():
        of_kind = [entry for entry in entries.values() if entry.kind == kind]
        if of_kind:
            holder = _add(stand_off, name)
            if kind == "term":
                holder.set("type", "terms")
            for entry in of_kind:
                holder.append(parse(entry.tei))
    _indent(root, 0)
    return serialise(root)


def _kinds(entries: Mapping[str, Entry]) -> list[str]:
    held = {entry.kind for entry in entries.values()}
    return [f"{kind}s" for kind in _LISTS if kind in held]


def _add(parent: etree._Element, name: str, words: str = "") -> etree._Element:
    made: etree._Element = etree.SubElement(parent, f"{TEI}{name}")
    made.text = words or None
    return made


_HOLDERS = frozenset(
    f"{TEI}{name}"
    for name in ("TEI", "teiHeader", "fileDesc", "titleStmt", "publicationStmt", "sourceDesc", "standOff", "listPerson",
                 "listPlace", "listOrg", "list")
)  # fmt: skip


def _indent(element: etree._Element, depth: int) -> None:
    """One entry a line, so that a diff shows what an editor changed; what holds words is left as it is."""
    if element.tag not in _HOLDERS or not len(element):
        return
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * (depth + 1)
    element[-1].tail = "\n" + "  " * depth
