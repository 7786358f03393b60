"""Lists that several files share: entries that nobody mentions, and one id for two persons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from tei_edition.diagnostics import UnusableInput
from tei_edition.late_patterns import late
from tei_edition.validation.across.facts import Facts, Named
from tei_edition.validation.across.places import Astray
from tei_edition.validation.pointers import ids_of

_WORD = late(r"[^\W\d_]{2,}")


def entries_unmentioned(facts: Sequence[Facts]) -> Iterator[Astray]:
    """VA343: an entry of a list in a file of its own to which no document of the run points.

    Silent where none of the list's entries is used: then it belongs to other documents than these.
    """
    used = frozenset(name for one in facts for name in one.used)
    for one in facts:
        if one.documents or not any(entry.name in used for entry in one.entries):
            continue
        for entry in one.entries:
            if entry.name not in used:
                yield Astray("VA343", f"no document mentions “{entry.label}” ({entry.name})", one.path, entry)


def entries_disagree(facts: Sequence[Facts]) -> Iterator[Astray]:
    """VA344: the same id stands for one person in one file and for another in another file of the volume."""
    first: dict[tuple[str, str], tuple[str, Named]] = {}
    for one in facts:
        if not one.volume:
            continue
        for entry in one.entries:
            path, known = first.setdefault((one.volume, entry.name), (one.path, entry))
            if path != one.path and known.label != entry.label and not _same(known.label, entry.label):
                where = f"“{known.label}” in {PurePath(path).name}"
                yield Astray("VA344", f"{entry.name} is “{entry.label}” here and {where}", one.path, entry,
                             related=((path, known),))


def _same(one: str, other: str) -> bool:
    """Tell whether two names can be one person's: all full words of the shorter are in the longer."""
    words, others = (frozenset(_WORD.findall(name.casefold())) for name in (one, other))
    return words <= others or others <= words


def pointers_to_volumes(facts: Sequence[Facts]) -> Iterator[Astray]:
    """VA302: a pointer into another volume of the run (`frus1961-63v20#d280`) that leads nowhere.

    A volume that lies here in single documents may be incomplete, and is not asked.
    """
    volumes = {one.volume: one.path for one in facts if one.volume and len(one.documents) > 1}
    known: dict[str, frozenset[str] | None] = {}
    for one in facts:
        for pointer in one.outward:
            volume, _, name = pointer.name.partition("#")
            if volume not in volumes:
                continue
            if volume not in known:
                known[volume] = _ids(volumes[volume])
            ids = known[volume]
            if ids is not None and name not in ids:
                yield Astray("VA302", f"“{pointer.name}” leads nowhere: {volume} has not the xml:id {name}", one.path,
                             pointer)


def _ids(path: str) -> frozenset[str] | None:
    try:
        return ids_of(Path(path))
    except (UnusableInput, OSError):
        return None  # read from standard input, or gone
