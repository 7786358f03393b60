"""Archival citations: where a document is kept, from the repository to the last element that locates it.

"Department of State, Central Files, 770G.00/8–1862"; "Kennedy Library, President’s Office Files,
Congo-Security, 1962 (A)"; "Ibid., 611.41/1–1253".

A citation (kind `citation`) holds its parts, in the order of the words; no attribute where the table has a dash:

kind         attribute                     what it is
repository   -                             who keeps it: "Department of State", "Kennedy Library", "National Archives"
collection   -                             a named body of files: "Central Files 1964–66", "National Security File"
collection   subtype=papers                a person's papers: "Kissinger Papers", "Papers of George Ball"
collection   subtype=series                a part of the collection named before it: "Country File", "NSC 5519 Series"
collection   subtype=subseries             a part of the series named before it
collection   subtype=division              a department of the repository: "Manuscript Division"
file-number  type=record-group             "RG 59", "Record Group 330"
file-number  type=entry                    "Entry 3051B": the entry of a series in the inventory of a record group
file-number  type=lot                      "Lot 64 D 199", "lot 57 F 139", "Lot M–88"
file-number  type=accession                "FRC 71 A 2701", "Acc. 71–A–2701"
file-number  type=job                      "Job 79–01025A"
file-number  type=central-decimal-file     "770G.00/8–1862", "F.W. 861.00/1234", "123 Stanton, Edwin F."
file-number  type=subject-numeric-file     "POL 27 VIET S", "DEF 18–6 GENEVA", "AID (US) 9 VIET S"
file-number  type=numerical-file           "774/12–13", the Department's files of 1906–1910
file-number  type=office-file              of an office, a post, another department: "CCS 092 Japan", "350 Laos"
file-number  type=electronic-telegram      "D780012–0345", "N760001–0123"
file-number  type=film                     "P750123–1234", paper filmed: the frame in the central foreign policy file
file-number  type=foreign-file             "FO 371/12345", "PREM 11/2754", of another country's archives
file-number  type=document                 the paper's own sign: "NSC 5519", "CFEP 520/2", "US(P)/A/C.1/127", "CF 156"
scope        unit=box, folder, reel, frame, page, tab, item, volume, document
                                           "Box 12"; a folder by its name or number; "Reel 3"; "p. 5"; "Tab A"

"ibid." is a word of the citation and no part. A collection's number may stand twice or more ("611.93/4–1961 and
4–2161"): each is a file-number of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.citations.beginnings import Beginning, find_beginnings, is_foreign, stands_alone
from tei_edition.tagging.citations.catalogue import repositories, repository
from tei_edition.tagging.citations.numbers import FILE_NUMBER, ITEM
from tei_edition.tagging.citations.parts import Part, locates, read_parts
from tei_edition.tagging.context import Reading, Text

__all__ = ["FILE_NUMBER", "RECOGNISER", "recognise_citations", "repositories"]

RECOGNISER = "citations"
_AND_ITEM = re.compile(r"(?:,| and|, and) ")


def recognise_citations(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each archival citation and for each of its parts."""
    sources = reading.document.source_ranges()
    for text in reading.texts:
        is_source = any(start <= text.block.start < end for start, end in sources)
        reached = 0
        for beginning in find_beginnings(text, is_source=is_source):
            if beginning.start < reached:
                continue
            parts = _parts(text.text, beginning)
            if parts is not None:
                end = parts[-1].end if parts else beginning.end
                yield from _claims(text, beginning.start, end, parts)
                reached = end


def _parts(text: str, beginning: Beginning) -> list[Part] | None:
    """The parts of the citation that begins there; None where it proves to be none."""
    if beginning.kind == "number":
        return _numbers(text, beginning)
    parts = read_parts(text, beginning.end, repeated=beginning.kind == "ibid")
    if beginning.kind == "ibid":
        closed = parts and text[parts[-1].end : parts[-1].end + 1] in (")", ".")
        return parts if closed or locates(parts, text) else []
    if beginning.kind == "source":
        named = [Part(beginning.start, beginning.end, "repository", {})]
        return [*named, *parts] if parts or repository(text[beginning.start : beginning.end]) else None
    if beginning.kind == "repository":
        named = [Part(beginning.start, beginning.end, "repository", {})]
        abroad = parts and is_foreign(text[beginning.start : beginning.end])
        numbered = abroad and any(map(str.isdigit, text[parts[0].start : parts[-1].end]))  # "A1838, 3034/2/1 Part 5"
        found = numbered or locates(parts, text) or stands_alone(text, beginning, parts)
        return [*named, *parts] if found else None
    if beginning.kind == "files" and not any(
        part.kind == "file-number" or part.attributes.get("unit") == "box" or text[part.start] == "“" for part in parts
    ):
        return None  # "not found in Department of State files"
    return parts if locates(parts, text) else None


def _numbers(text: str, beginning: Beginning) -> list[Part]:
    """A file number by itself, in parentheses or as the line above an old document's head, with those that follow."""
    kind = {"type": "central-decimal-file"}
    parts = [Part(beginning.start, beginning.end, "file-number", kind)]
    while between := _AND_ITEM.match(text, parts[-1].end):
        found = FILE_NUMBER.match(text, between.end()) or ITEM.match(text, between.end())
        if found is None:
            break
        parts.append(Part(*found.span(), "file-number", kind))
    return parts


def _claims(text: Text, start: int, end: int, parts: list[Part]) -> Iterator[Span]:
    yield text.span(start, end, "citation", RECOGNISER)
    for part in parts:
        yield text.span(part.start, part.end, part.kind, RECOGNISER, attributes=part.attributes)
