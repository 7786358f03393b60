"""What the header of an edition says of the text that it was made from: the file, and which of its characters."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from tei_edition.tei import TEI

_SENTENCE = re.compile(
    r"(?:characters (?P<first>\d{1,12})–(?P<last>\d{1,12}) of )?the plain text (?P<file>.+\.txt) \(SHA-256"
)


class RecordedSource(NamedTuple):
    """The file's name, and the characters of it (zero-based, half-open) where the edition is not of all of them."""

    file: str
    part: tuple[int, int] | None


def recorded_source(root: etree._Element) -> RecordedSource | None:
    """Return what `convert` wrote: in the profile `edition` a bibl of the type `source-text`, in `frus` a sentence."""
    description = root.find(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}sourceDesc")
    if description is None:
        return None
    for bibl in description.iterfind(f"{TEI}bibl[@type='source-text']"):
        scope = bibl.find(f"{TEI}biblScope[@unit='character']")
        part = None if scope is None else _part(scope.get("from", ""), scope.get("to", ""))
        return RecordedSource(bibl.findtext(f"{TEI}title") or "", part)
    for paragraph in description.iterfind(f"{TEI}p"):
        said = _SENTENCE.search(" ".join("".join(paragraph.itertext()).split()))
        if said:
            return RecordedSource(said["file"], _part(said["first"] or "", said["last"] or ""))
    return None


def part_of_source(root: etree._Element, source: str) -> tuple[int, int] | None:
    """Return the characters of a text that an edition was made from; None: all, as in a text of that document alone."""
    recorded = recorded_source(root)
    part = recorded.part if recorded else None
    return part if part and part[1] <= len(source) else None


def _part(first: str, last: str) -> tuple[int, int] | None:
    """Characters 1201 to 5600, counted from 1, both of them meant, as a range."""
    if not (re.fullmatch(r"[0-9]{1,12}", first) and re.fullmatch(r"[0-9]{1,12}", last)):
        return None
    start, end = int(first) - 1, int(last)
    return (start, end) if 0 <= start < end else None
