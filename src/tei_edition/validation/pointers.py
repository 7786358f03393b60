"""Pointers: whatever begins with `#`, or names a file of the edition and an id in it, leads somewhere.

In the profile `frus` a person's entry stands in another file of the folder (the volume's list of persons) or in an
authority file, so ids are looked up there too.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tei_edition.files import read_bytes
from tei_edition.late_patterns import late
from tei_edition.tei import XML_NS, local_name
from tei_edition.validation.fault import Fault

if TYPE_CHECKING:
    from lxml import etree

    from tei_edition.validation.editorial.inventory import Inventory

# The attributes that point. Not @rendition: it names styles, which may be described elsewhere.
POINTERS = frozenset(("target", "ref", "corresp", "source", "resp", "who", "scheme", "class", "sameAs", "copyOf",
                      "next", "prev", "facs", "spanTo", "scribe", "edRef", "change"))
_BASE = f"{{{XML_NS}}}base"
# `#xpath(//p)`, `#range(…)`: a place that no id names (Guidelines, chapter Linking, TEI XPointer schemes).
_SCHEME = late(r"[a-z][\w.-]*\(")
_ORNAMENT = late(r"[\W_]+|(?<![0-9])0+(?=[0-9])")
_ID = late(rb"""\sxml:id\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@functools.lru_cache(maxsize=8192)
def _ids_of_version(path: Path, _size: int, _changed: int) -> frozenset[str]:
    # The attributes are searched, not parsed: a folder may hold thousands of documents, and one that is not
    # well-formed has its own finding.
    return frozenset((a or b).decode("utf-8", "replace") for a, b in _ID.findall(read_bytes(path)))


def ids_of(path: Path) -> frozenset[str]:
    """Return the `xml:id`s of a file. Raises UnusableInput where it cannot be read."""
    try:
        status = path.stat()
    except OSError:
        read_bytes(path)  # says why
        raise
    return _ids_of_version(path, status.st_size, status.st_mtime_ns)


class _Folder:
    """The ids of all TEI files of a folder, each with the files that have it. Read once for all documents in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: list[tuple[str, int, int]] = []
        self._holders: dict[str, list[str]] = {}

    def refresh(self) -> None:
        """Read the files that have changed since, as their size or their time says."""
        with os.scandir(self._folder) as entries:
            seen = sorted((entry.name, status.st_size, status.st_mtime_ns) for entry in entries
                          if entry.name.endswith(".xml") and entry.is_file() and (status := entry.stat()))
        if seen == self._seen:
            return
        self._seen = seen
        self._holders = {}
        for name, size, changed in seen:
            for one in _ids_of_version(self._folder / name, size, changed):
                self._holders.setdefault(one, []).append(name)

    def holds(self, name: str, beside: str) -> bool:
        """Tell whether another file than `beside` has an element of that id, and has it still."""
        holders = [self._folder / holder for holder in self._holders.get(name, ())[:3] if holder != beside]
        return any(name in ids_of(path) for path in holders if path.is_file())


_folder_at = functools.lru_cache(maxsize=16)(_Folder)


class Neighbours:
    """The files that pointers may lead to: those of the document's folder, and the authority files.

    `ids` are those of authority files that are no TEI: lists as printed, tables. The folder is looked at again once a
    document, and only for a pointer that what is known of it does not answer.
    """

    def __init__(self, path: Path | None, authorities: Iterable[Path] = (), *, folder: bool = True,
                 ids: Collection[str] = ()) -> None:
        self._path = path
        self._authorities = tuple(authorities)
        self._folder = _folder_at(path.parent) if folder and path is not None else None
        self._looked = False
        self._ids = ids

    def knows(self, name: str, *, folder: bool = True) -> bool:
        """Tell whether one of the files has an element of that id: an authority file, or one of the folder."""
        if name in self._ids or any(name in ids_of(path) for path in self._authorities):
            return True
        if not folder or self._folder is None or self._path is None:
            return False
        if self._folder.holds(name, self._path.name):
            return True
        if self._looked:
            return False
        self._looked = True
        self._folder.refresh()
        return self._folder.holds(name, self._path.name)

    def file(self, name: str) -> Path | None:
        """Return the file that a relative pointer names, if it is there."""
        for path in self._authorities:
            if path.name == Path(name).name:
                return path
        path = (self._path or Path()).parent / name
        return path if path.is_file() else None


def pointer_faults(inventory: Inventory, neighbours: Neighbours | None, *, local: bool = True,
                   ana: bool = True) -> Iterator[Fault]:
    """Yield a fault (VA302) for each pointer that leads nowhere.

    With local=False pointers without a file (`#p_BGW1`) are left alone: the lists they lead to are not known. A volume
    of several documents has its lists itself: another volume of the folder, whose documents have the same ids, is not
    asked.
    """
    own = inventory.by_id
    folder = len(inventory.documents) < 2
    alike: dict[str, str] = {}
    # Without # a pointer is looked at where it names a file: all else may be a name of some list.
    files = [pointer for pointer in inventory.pointing if ".xml" in pointer[2] and "#" not in pointer[2]]
    for element, attribute, value in (*inventory.pointers, *files):
        if not (attribute in POINTERS or (ana and attribute == "ana")):
            continue
        for pointer in value.split():
            reason = _astray(pointer, own, neighbours, local=local, folder=folder)
            if reason and pointer[0] != "#" and (elsewhere := _based(element, pointer)):
                reason = _astray(elsewhere, own, neighbours, local=local, folder=folder)
            if reason:
                where = f'@{attribute}="{pointer}" of <{local_name(element)}>'
                alike = alike or _alike(own)
                meant = alike.get(_skeleton(pointer[1:])) if pointer[0] == "#" else ""
                yield Fault("VA302", f"{where} leads nowhere: {reason}", element,
                            f"did you mean #{meant}?" if meant else "", attribute=attribute)


def _based(element: etree._Element, pointer: str) -> str:
    """Return a pointer by the `xml:base` of its element and those around it (Guidelines, chapter Linking): `d3.xml`
    below `xml:base="../volume/"` is `../volume/d3.xml`. The empty string where there is none.
    """
    from urllib.parse import urljoin  # imported where used: hardly any edition has one

    based = pointer
    for one in (element, *element.iterancestors()):
        given = one.get(_BASE)
        based = urljoin(given, based) if given else based
    return based if based != pointer else ""


def _skeleton(name: str) -> str:
    """Return the letters and figures of an id alone, leading zeros and capitals apart: `pWCE1` is like `p_WCE1`."""
    return _ORNAMENT.sub("", name).casefold()


def _alike(names: Iterable[str]) -> dict[str, str]:
    """Return each id by its letters and figures, where no other id has the same."""
    found: dict[str, str] = {}
    for name in names:
        skeleton = _skeleton(name)
        found[skeleton] = "" if skeleton in found else name
    return found


def _astray(pointer: str, own: Collection[str], neighbours: Neighbours | None, *, local: bool,
            folder: bool) -> str:
    """Return why a pointer leads nowhere; the empty string where it leads somewhere, or where nobody can know."""
    if "%" in pointer:
        from urllib.parse import unquote  # imported where used

        pointer = unquote(pointer)
    file, mark, name = pointer.partition("#")
    if (mark and not name) or _SCHEME.match(name):
        return ""
    if not file:
        if not local or name in own or (neighbours and neighbours.knows(name, folder=folder)):
            return ""
        where = "neither this file nor one that belongs to it has" if neighbours else "this file has not"
        return f"{where} the xml:id {name}"
    if not file.endswith(".xml") or ":" in file or file[0] == "/" or neighbours is None:
        return ""
    path = neighbours.file(file)
    if path is None:
        return f"there is no file {file}"
    return "" if not mark or name in ids_of(path) else f"{file} has not the xml:id {name}"
