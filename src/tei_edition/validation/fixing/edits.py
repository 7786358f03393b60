"""Edits at places of a file: its other bytes stay as they are, quotes, order of attributes and indentation included."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes from `start` up to `end` by `new`.

    `code` is the finding that it mends, `reason` what is done in an editor's words, `line` where.
    """

    start: int
    end: int
    new: bytes
    code: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fixes:
    """What was mended in a file: its new bytes (the old ones where nothing was), and each edit with its reason.

    `refused` says why edits that could have been made were not; it is empty where all were made.
    """

    before: bytes
    data: bytes
    edits: tuple[Edit, ...] = ()
    refused: str = ""

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.data != self.before

    def diff(self, path: str) -> str:
        """Return the changes as a unified diff, as `patch` and `git apply` take it; empty where nothing changes."""
        if not self.changed:
            return ""
        old, new = (_lines(data) for data in (self.before, self.data))
        lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(data: bytes) -> list[str]:
    """The lines of a file with their ends; only a line feed ends a line, as in other tools that make diffs."""
    pieces = data.decode("utf-8").split("\n")
    lines = [f"{piece}\n" for piece in pieces[:-1]]
    return [*lines, pieces[-1]] if pieces[-1] else lines


def apply(data: bytes, edits: Iterable[Edit]) -> tuple[bytes, tuple[Edit, ...]]:
    """Return the bytes with the edits made, and the edits in the order of the file. One that overlaps is left out."""
    pieces: list[bytes] = []
    made: list[Edit] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end, edit.new)):
        if edit.start < at or data[edit.start : edit.end] == edit.new:
            continue
        pieces += [data[at : edit.start], edit.new]
        at = edit.end
        made.append(edit)
    return b"".join([*pieces, data[at:]]), tuple(made)
