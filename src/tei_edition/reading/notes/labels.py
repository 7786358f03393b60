"""What stands before and behind a note on the page and is not its text: labels, links back, headings.

`1. See …`, `(1) See …`, `[1] See …`, `¹ See …`, `* See …`, `1. ^ a b See …`, `↑ See …`, `See … ↩`; above them all
`Notes` or `Footnotes`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tei_edition.layout import LINK_BACK, NOTE_LABEL, NOTE_SYMBOL, NOTES_HEADING, PLAIN_FIGURES
from tei_edition.reading.chunks import Line

_NOTE_LIKE = re.compile(
    r"(?:\[?Source:|Department of State,|See |Not (?:printed|found|attached)|Neither printed|Printed |Ibid|Document \d"
    r"|Reference is to|Telegram |For (?:the )?(?:text|documentation)|Dated |Drafted |Foreign Relations,|Brackets in"
    r"|Footnote in|Text in )"
)
_NAMES = {
    "*": "asterisk",
    "†": "dagger",
    "‡": "doubledagger",
    "§": "section",
    "‖": "parallel",
    "║": "bars",
    "¶": "pilcrow",
}
_TIMES = ("", "", "double-", "triple-", "fourfold-")


class Label(NamedTuple):
    """The label of a note: what is printed ("3", "*"; empty for a mere link back), its form, where the words begin."""

    printed: str
    form: str
    end: int


def note_label(text: str, line: Line) -> Label | None:
    """Return the number that a line begins with as notes do, or None."""
    match = NOTE_LABEL.match(text, line.start, line.end)
    if not match:
        return None
    form = match.lastgroup or "link"
    return Label((match[form] if match.lastgroup else "").translate(PLAIN_FIGURES), form, match.end())


def symbol_label(text: str, line: Line) -> Label | None:
    """Return the symbol that a line begins with as notes do (`* Not printed.`), or None."""
    match = NOTE_SYMBOL.match(text, line.start, line.end)
    return Label(match["symbol"], "symbol", match.end()) if match else None


def is_heading(text: str, line: Line) -> bool:
    """Whether a line says that notes follow: "Notes", "Footnotes", "Endnotes:"."""
    return bool(NOTES_HEADING.fullmatch(text, line.start, line.end))


def is_worded_as_note(text: str, at: int) -> bool:
    """Whether words begin as those of notes do: "See Document 12", "Not printed"."""
    return bool(_NOTE_LIKE.match(text, at))


def link_back(text: str, line: Line) -> int | None:
    """Return where the links back at the end of a line begin ("… of the plan. ↩"), or None."""
    near = max(line.start, line.end - 60)
    match = LINK_BACK.search(text, near, line.end)
    return match.start() if match else None


def label_name(printed: str) -> str:
    """Return a label as part of an identifier: "3", "asterisk", "double-dagger"."""
    name = _NAMES.get(printed[:1], printed)
    return name if name == printed else f"{_TIMES[len(printed)]}{name}"
