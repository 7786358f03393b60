"""`validate --fix`: the files of a run are mended where that is safe, or the difference is shown (`--dry-run`).

Only what is found, and wanted, is mended: `--select`, ignores and the baseline hold. A file is written as a whole or
not at all, and not where it would have more findings than before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tei_edition.checking.check import Check, File, check_file
from tei_edition.checking.selection import stops
from tei_edition.diagnostics import Diagnostic
from tei_edition.files import read_bytes, write_bytes
from tei_edition.reporting import Report
from tei_edition.validation.fixing import FIXABLE, Fixes, fixed


class Mended(NamedTuple):
    """What was done to one file: the difference, how often each code was mended, and why the rest was left."""

    path: str
    diff: str
    codes: Counter[str]
    refused: str = ""

    def __str__(self) -> str:
        """The file on one line: `d280.xml: 3 mended (VA315 ×2, VA316)`."""
        named = ", ".join(code + (f" ×{number:,}" if number > 1 else "") for code, number in sorted(self.codes.items()))
        parts = [f"{self.codes.total():,} mended ({named})"] if self.codes else []
        parts += [f"not mended: {self.refused}"] if self.refused else []
        return f"{self.path}: {'; '.join(parts)}"


def mend(report: Report, files: Sequence[File], check: Check, *, write: bool) -> list[Mended]:
    """Mend the files of a report, or with `write` not set only tell what would be done; those that change nothing and
    refuse nothing are left out.

    Raises WrongUsage (`CO003`) where a file cannot be written.
    """
    of_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in report.findings:
        of_file.setdefault(diagnostic.location.path, []).append(diagnostic)
    mended = []
    for file in files:
        found = of_file.get(str(file.path), [])
        if file.data is not None or FIXABLE.isdisjoint(diagnostic.code for diagnostic in found):
            continue
        data = read_bytes(file.path)
        fixes = fixed(data, file.path, found, check=_Comparison(check, file.path, data, found))
        if fixes.changed and write:
            write_bytes(file.path, fixes.data, force=True)
        if fixes.changed or fixes.refused:
            mended.append(_told(file.path, fixes))
    return mended


def _told(path: Path, fixes: Fixes) -> Mended:
    return Mended(str(path), fixes.diff(str(path)), Counter(edit.code for edit in fixes.edits), fixes.refused)


class _Comparison:
    """The check of changed bytes as `fixed` asks for it: the findings that it knows, and what came in addition.

    Findings that are ignored, or known in the baseline, are in the file before and after.
    """

    def __init__(self, check: Check, path: Path, data: bytes, found: Sequence[Diagnostic]) -> None:
        self._check, self._path, self._found = check, path, found
        self._before = Counter(one.code for one in self._findings(data))

    def __call__(self, data: bytes) -> list[Diagnostic]:
        left = Counter(self._before)
        more = []
        for diagnostic in self._findings(data):
            left[diagnostic.code] -= 1
            if left[diagnostic.code] < 0:
                more.append(diagnostic)
        return [*self._found, *more]

    def _findings(self, data: bytes) -> list[Diagnostic]:
        file = File(self._path, data)
        found = check_file(self._check, file).findings
        later = self._check.behind_grammar() if any(map(stops, found)) else None
        return found + check_file(later, file).findings if later else found
