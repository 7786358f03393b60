"""The plain text of a list of persons or of abbreviations as a volume prints it: name, comma, what it is.

    Ball, George W., Under Secretary of State for Economic Affairs from February until December 1961;
    thereafter Under Secretary of State
    Diem, see Ngo Dinh Diem

A line that goes on from the one before is joined to it (`authority/list_lines.py`). Persons and abbreviations are told
apart by the heading above them, else by what more of the items look like.
"""

from __future__ import annotations

from tei_edition.authority.list_item import parted
from tei_edition.authority.list_lines import items_of
from tei_edition.authority.listed import Listed
from tei_edition.diagnostics import Diagnostic, Location, finding

_LONGEST = 6  # words of a name of which nothing is said
_LONGEST_TERM = 12


def read_printed_list(text: str, path: str, kind: str = "") -> tuple[list[Listed], list[Diagnostic]]:
    """Return the entries of a printed list, and a finding for each piece of it that is none.

    `kind` (`person`, `term` …) settles what the entries are; without it headings and the entries themselves do.
    """
    listed: list[Listed] = []
    findings: list[Diagnostic] = []
    for item in items_of(text, kind):
        name, description = parted(item.words, item.kind)
        for line, words in item.doubtful:
            message = f"“{words[:50]}” is taken to go on from the line before; it could be an entry"
            findings.append(finding("AU019", message, Location(path, line, 1)))
        if _is_entry(item.kind, name, description):
            listed.append(Listed(item.kind, name, description, item.line))
        else:
            message = f"“{item.words[:50]}” is no name with what it is, and is passed over"
            findings.append(finding("AU007", message, Location(path, item.line, 1)))
    return listed, findings


def _is_entry(kind: str, name: str, description: str) -> bool:
    if not name or name[0] in "{[<" or (kind == "term" and len(name.split()) > _LONGEST_TERM):
        return False
    return bool(description) or (kind != "term" and _is_name(name))


def _is_name(words: str) -> bool:
    """Whether words of which nothing is said can be a name: few, and no sentence."""
    sentence = words.endswith((".", "?", "!")) and not words.endswith("Jr.")
    return words[0].isalpha() and not sentence and len(words.split()) <= _LONGEST
