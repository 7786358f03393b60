"""Pointers: whatever begins with `#`, or names a file of the edition and an id in it, leads somewhere.

In the profile `frus` a person's entry stands in another file of the folder (the volume's list of persons) or in an
authority file, so ids are looked up there too.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.tei import XML_ID, local_name
from tei_edition.validation.fault import Fault

# The attributes that point. Not @rendition: it names styles, which may be described elsewhere.
POINTERS = ("target", "ref", "corresp", "source", "resp", "who", "scheme", "class", "sameAs", "copyOf", "next", "prev",
            "facs", "spanTo", "scribe", "edRef", "change")
_ID = re.compile(rb"""\sxml:id\s*=\s*(?:"([^"]*)"|'([^']*)')""")


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


class Neighbours:
    """The files that pointers may lead to: those of the document's folder, and the authority files."""

    def __init__(self, path: Path | None, authorities: Iterable[Path] = (), *, folder: bool = True) -> None:
        self._path = path
        self._authorities = tuple(authorities)
        self._folder = folder

    def knows(self, name: str) -> bool:
        """Tell whether one of the files has an element of that id."""
        if any(name in ids_of(path) for path in self._authorities):
            return True
        siblings = sorted(self._path.parent.glob("*.xml")) if self._folder and self._path else []
        return any(name in ids_of(path) for path in siblings if path != self._path)

    def file(self, name: str) -> Path | None:
        """Return the file that a relative pointer names, if it is there."""
        for path in self._authorities:
            if path.name == Path(name).name:
                return path
        path = (self._path or Path()).parent / name
        return path if path.is_file() else None


def pointer_faults(root: etree._Element, neighbours: Neighbours | None, *, local: bool = True,
                   ana: bool = True) -> Iterator[Fault]:
    """Yield a fault (VA302) for each pointer that leads nowhere.

    With local=False pointers without a file (`#p_BGW1`) are left alone: the lists they lead to are not known.
    """
    own = {name for name, _ in ids_in_order(root)}
    for element in root.iter("*"):
        for attribute in (*POINTERS, "ana") if ana else POINTERS:
            for pointer in (element.get(attribute) or "").split():
                file, mark, name = pointer.partition("#")
                if not (mark and name):
                    continue
                reason = ""
                if not file and local and name not in own and not (neighbours and neighbours.knows(name)):
                    reason = "neither this file nor one that belongs to it has" if neighbours else "this file has not"
                elif file.endswith(".xml") and ":" not in file and neighbours:
                    path = neighbours.file(file)
                    if path is None or name not in ids_of(path):
                        reason = f"{file} does not have" if path else f"there is no file {file} with"
                if reason:
                    yield _nowhere(element, attribute, pointer, f"{reason} the xml:id {name}")


def _nowhere(element: etree._Element, attribute: str, pointer: str, reason: str) -> Fault:
    return Fault("VA302", f'@{attribute}="{pointer}" of <{local_name(element)}> leads nowhere: {reason}', element)


def ids_in_order(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield each `xml:id` with its element, in document order."""
    for element in root.iter("*"):
        name = element.get(XML_ID)
        if name is not None:
            yield name, element
