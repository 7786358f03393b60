"""The baseline: findings that are known, so that only what is new fails.

An edition of long standing has many findings, and nobody mends them all in a day. `--baseline FILE --update-baseline`
writes them down; from then on a check with `--baseline FILE` tells what came in addition. A finding is known again by
its file and its fingerprint, which survives lines that are put in above; where there are more equal ones than were
written down, the later ones are new. The file is sorted JSON, a finding a line, so that a diff shows what was mended.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, Location, WrongUsage, finding
from tei_edition.files import read_bytes, write_bytes
from tei_edition.reporting import SourceLines, encoded
from tei_edition.reporting.fingerprints import fingerprint

_VERSION = 1


class Known(NamedTuple):
    """What a line of the baseline is known by: the file (from the folder of the baseline), code and fingerprint."""

    path: str
    code: str
    fingerprint: str


class Baseline:
    """The findings that a baseline file has, with how often each; empty where there is no file yet."""

    def __init__(self, file: Path, counts: Counter[Known] | None = None,
                 messages: dict[Known, str] | None = None) -> None:
        self.file = file
        self.counts = counts or Counter()
        self.messages = messages or {}

    @classmethod
    def read(cls, file: Path, *, missing: bool = False) -> Baseline:
        """Read a baseline. Raises WrongUsage (`CO030`) where it is none; `missing`: there need be no file."""
        if missing and not file.exists():
            return cls(file)
        data = read_bytes(file)
        try:
            table = json.loads(data)
            if table["version"] != _VERSION:
                raise WrongUsage(finding("CO030", f"a baseline of version {table['version']!r}, not {_VERSION}",
                                         Location(str(file))))
            counts: Counter[Known] = Counter()
            messages = {}
            for entry in table["findings"]:
                known = Known(*(str(entry[key]) for key in Known._fields))
                counts[known] += int(entry.get("count", 1))
                messages[known] = str(entry.get("message", ""))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise WrongUsage(finding("CO030", "this is no baseline", Location(str(file)))) from None
        return cls(file, counts, messages)

    def new(self, found: Iterable[Diagnostic], sources: SourceLines) -> tuple[list[Diagnostic], int, int]:
        """Return the findings that are new, how many are known, and how many that were known are gone.

        The findings come in their order; of equal ones the first are those that are known. Gone are only those of
        files that are in the findings' files, or nowhere.
        """
        left = Counter(self.counts)
        new, number = [], 0
        for diagnostic in found:
            known = self._known(diagnostic, sources)
            if left[known] > 0:
                left[known] -= 1
                number += 1
            else:
                new.append(diagnostic)
        return new, number, left.total()

    def of_files(self, paths: Collection[str]) -> Baseline:
        """Return what the baseline knows of some files."""
        named = {self._path(path) for path in paths}
        return Baseline(self.file, Counter({one: n for one, n in self.counts.items() if one.path in named}))

    def write(self, found: Sequence[Diagnostic], paths: Collection[str], sources: SourceLines) -> None:
        """Write the findings of the files down in place of what was known of them; other files that are still there
        keep theirs. Raises WrongUsage (`CO003`) where the file cannot be written.
        """
        named = {self._path(path) for path in paths}
        folder = self.file.parent
        counts = Counter({one: number for one, number in self.counts.items()
                          if one.path not in named and (folder / one.path).is_file()})
        messages = dict(self.messages)
        for diagnostic in found:
            known = self._known(diagnostic, sources)
            if not counts[known]:
                messages[known] = diagnostic.message
            counts[known] += 1
        lines = [json.dumps({**known._asdict(), "count": number, "message": messages.get(known, "")},
                            ensure_ascii=False) for known, number in sorted(counts.items()) if number]
        body = ",\n".join(f"  {line}" for line in lines)
        text = f'{{"version": {_VERSION}, "tool": "tei-edition", "findings": [\n{body}\n]}}\n'
        write_bytes(self.file, encoded(text), force=True)

    def _known(self, diagnostic: Diagnostic, sources: SourceLines) -> Known:
        return Known(self._path(diagnostic.location.path), diagnostic.code, fingerprint(diagnostic, sources))

    def _path(self, path: str) -> str:
        """A path from the folder of the baseline, wherever the check is run."""
        try:
            return PurePath(os.path.relpath(path or "-", self.file.parent)).as_posix()
        except ValueError:  # another drive
            return PurePath(path).as_posix()
