"""Citations of archives as a table: one row each, as CSV for people and as JSON Lines for programs.

"Ibid., POL 23–9 THE CONGO" has in its row the repository and the collection that it repeats; `inherited` says which.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from tei_edition.citation import CENTRAL_FILES, Citation, in_full
from tei_edition.decimal_files import decode

# The columns in their order, with what each of them holds: the data dictionary of the help and of the documentation.
COLUMNS: Mapping[str, str] = {
    "file": "the text or the edition, as it was named",
    "document": "the id of the document: d280",
    "number": "its number in the volume: 280",
    "note": "the number of the note; empty: the text itself",
    "id": "the id of the citation in its document: cite1",
    "words": "the citation as printed, on one line",
    "start": "its first character in the file, counted from 0 in code points; empty for an edition",
    "end": "the character behind its last; empty for an edition",
    "line": "its line in the file",
    "repository": "who keeps it: Department of State",
    "division": "the department of the repository: Manuscript Division",
    "record_group": "RG 59",
    "collection": "Central Files 1964–66, Kissinger Papers",
    "series": "Country File; Entry 3051B",
    "subseries": "a part of a series",
    "lot": "Lot 66 D 204",
    "accession": "FRC 71 A 2701",
    "job": "Job 79–00123A",
    "file_number": "770G.00/8–1862; several are parted by semicolons",
    "file_number_full": "each number with its file: 770G.00/8–1962 for the second of “770G.00/8–1862 and 8–1962”",
    "file_number_kind": "the scheme of each number: central-decimal-file, subject-numeric-file",
    "file_class": "the class of each number of the central files, in their order: 7, POL 27; empty: not known",
    "file_subject": "what each class is on: political affairs, military operations",
    "file_countries": "the countries that each number names, several parted by commas",
    "file_date": "the date that each number holds: 1962-08-18",
    "box": "Box 12",
    "folder": "the name or number of a folder, a file, a volume of papers",
    "title": "the title or sign of the paper: NSC 5519, Tab A",
    "reel": "the reel of a microfilm",
    "frame": "the frame of a microfilm",
    "page": "p. 5",
    "inherited": "the columns that “ibid.” takes from the citation before it",
    "repeats": "the id of the citation that it repeats",
    "certainty": "how sure the link to what it repeats is: high, medium, low",
    "evidence": "why it is taken to repeat that",
}
_PARTS = {"record_group": "record-group", "title": "document"}
_NAMES = {name: column for column, name in _PARTS.items()} | {"file-number": "file_number"}
_SINGLE = ("repository", "division", "record_group", "collection", "series", "subseries", "lot", "accession", "job",
           "box", "folder", "title", "reel", "frame", "page")  # fmt: skip
# What spreadsheets take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | list[str] | None


class Found(NamedTuple):
    """A citation with the place where it was found."""

    file: str
    document: str
    number: str
    line: int
    citation: Citation


def row_of(found: Found) -> dict[str, Cell]:
    """Return the row of a citation: a value for each column; lists where a citation can have several."""
    citation = found.citation
    known = citation.start >= 0
    row: dict[str, Cell] = {
        "file": found.file,
        "document": found.document,
        "number": found.number,
        "note": citation.note,
        "id": citation.id,
        "words": citation.words,
        "start": citation.start if known else None,
        "end": citation.end if known else None,
        "line": found.line,
        **{column: citation.part(_PARTS.get(column, column)) for column in _SINGLE},
        **_numbers(citation),
        "inherited": list(dict.fromkeys(_NAMES.get(p.name, p.name) for p in citation.parts if p.inherited)),
        "repeats": citation.repeats,
        "certainty": citation.cert,
        "evidence": citation.evidence,
    }
    return {column: row[column] for column in COLUMNS}


def _numbers(citation: Citation) -> dict[str, Cell]:
    """The file numbers of a citation, and what they say themselves: a value for each number, in their order."""
    numbers = [part for part in citation.parts if part.name == "file-number"]
    full = [part for part in in_full(citation.parts) if part.name == "file-number"]
    said = [decode(part.words) if part.scheme in CENTRAL_FILES else None for part in full]
    return {
        "file_number": [part.words for part in numbers],
        "file_number_full": [part.words for part in full],
        "file_number_kind": [part.scheme for part in numbers],
        "file_class": _each(one.file_class if one else "" for one in said),
        "file_subject": _each(one.subject if one else "" for one in said),
        "file_countries": _each(", ".join(one.countries) if one else "" for one in said),
        "file_date": _each(one.date.isoformat() if one and one.date else "" for one in said),
    }


def _each(words: Iterable[str]) -> list[str]:
    """A value for each number, empty where it says nothing; none at all where no number says anything."""
    values = list(words)
    return values if any(values) else []


def as_csv(found: Iterable[Found]) -> str:
    """Return the rows as CSV (RFC 4180), the first with the names of the columns.

    What a spreadsheet would take for a formula gets an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in found:
        writer.writerow(_cell(value) for value in row_of(one).values())
    return out.getvalue()


def _cell(value: Cell) -> str:
    words = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words


def as_json_lines(found: Iterable[Found]) -> str:
    """Return the rows as JSON Lines: one object a line, lists where a citation can have several."""
    return "".join(f"{json.dumps(row_of(one), ensure_ascii=False)}\n" for one in found)


FORMATS: Mapping[str, Callable[[Iterable[Found]], str]] = {"csv": as_csv, "jsonl": as_json_lines}
