"""Findings that an editor has looked at and leaves as they are, with the reason, in tei-edition.toml:

    [[ignore]]
    code = "VA305"                  # or the beginning of codes: VA30
    path = "d28*.xml"               # from the folder of this file; a name alone is looked for in all its folders
    words = "Katanga2"              # in the message, or in the line within 200 characters from the place on
    xpath = "/tei:TEI/tei:text"     # the element, or one that it is in; without numbers any of its name
    reason = "K2 is the mountain; it stands so in the original"

The nearest settings file above a document counts. An ignore that no finding answers to is a finding itself: what it was
for is mended, or its path is misspelt.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from tei_edition.checking.selection import Selection
from tei_edition.diagnostics import Diagnostic, Location, WrongUsage, catalogue, finding, layer_of
from tei_edition.files import read_bytes
from tei_edition.reporting import SourceLines
from tei_edition.reporting.paths import relative_path
from tei_edition.reporting.quoting import one_line
from tei_edition.settings_file import find_settings

_KEYS = ("code", "path", "words", "xpath", "reason")
_TABLE = re.compile(r"^[ \t]*\[\[[ \t]*ignore[ \t]*\]\]", re.MULTILINE)
_NEAR = 200  # characters: a line may be megabytes long, and have thousands of findings
_NUMBER = re.compile(r"\[\d+\]")


class Ignore(NamedTuple):
    """One `[[ignore]]` of a settings file, which lies in `folder`; `place` is where it stands there."""

    code: str
    reason: str
    folder: Path
    place: Location
    path: str = "*"
    words: str = ""
    xpath: str = ""

    def covers(self, path: str) -> bool:
        """Whether the ignore is about a file, given by its real path."""
        folder = f"{self.folder}{os.sep}".replace(os.sep * 2, os.sep)
        if not path.startswith(folder):
            return False
        inside = path[len(folder):].replace(os.sep, "/")
        return _matches(self.path, inside if "/" in self.path else inside.rpartition("/")[2])

    def fits(self, diagnostic: Diagnostic, sources: SourceLines) -> bool:
        """Whether the ignore is about a finding of a file that it covers."""
        if not diagnostic.code.startswith(self.code):
            return False
        if self.xpath:
            known = diagnostic.location.xpath
            known = known if _NUMBER.search(self.xpath) else _NUMBER.sub("", known)
            if not f"{known}/".startswith(f"{self.xpath.rstrip('/')}/"):
                return False
        if not self.words or self.words in diagnostic.message:
            return True
        place = diagnostic.location
        at = (place.column or 1) - 1
        return self.words in sources.line(place)[at:at + _NEAR]


@dataclass(slots=True)
class Ignores:
    """All ignores that are about the files of a run, and which of them were met. `of` finds and reads them."""

    ignores: Sequence[Ignore]
    met: set[int] = field(default_factory=set)
    number: int = 0  # findings that were left out
    _real: dict[str, str] = field(default_factory=dict)  # the real paths of files: looked up once, not once an ignore

    @classmethod
    def of(cls, paths: Iterable[Path], settings: Path | None = None) -> Ignores:
        """Return the ignores of the settings file given, or of those nearest to the files.

        Raises WrongUsage (`ST001` no TOML, `ST002` an unknown key, `ST003` a wrong value, or a reason missing).
        """
        if settings is not None:
            return cls(_read(settings))
        folders = {path.parent for path in paths}
        found = {file for folder in sorted(folders) if (file := find_settings(folder))}
        return cls([ignore for file in sorted(found) for ignore in _read(file)])

    def left(self, path: str, found: Sequence[Diagnostic], sources: SourceLines) -> list[Diagnostic]:
        """Return the findings of a file that no ignore is about."""
        if not found or not self.ignores:
            return list(found)
        real = self._real_path(path)
        own = [(number, ignore) for number, ignore in enumerate(self.ignores) if ignore.covers(real)]
        left = []
        for diagnostic in found:
            met = {number for number, ignore in own if ignore.fits(diagnostic, sources)}
            self.met |= met
            self.number += bool(met)
            if not met:
                left.append(diagnostic)
        return left

    def unmet(self, paths: Sequence[str], selection: Selection, layers: Collection[str]) -> list[Diagnostic]:
        """Return a finding for each ignore that nothing answered to (`CO031`), of those that could have been met.

        One whose files were not looked at in this run (`paths`), whose codes were not selected or whose layer did not
        run is left in peace; one whose path no file answers to at all is not.
        """
        found = []
        _files_below.cache_clear()
        for number, ignore in enumerate(self.ignores):
            wanted = any(selection.takes(code) for code in catalogue() if code.startswith(ignore.code))
            if number in self.met or not wanted or layer_of(ignore.code) not in (*layers, ""):
                continue
            if any(ignore.covers(self._real_path(path)) for path in paths):
                message = f"no finding {ignore.code} in {ignore.path} answers to this ignore"
            elif not any(map(ignore.covers, _files_below(ignore.folder))):
                message = f"no file answers to the path “{ignore.path}” of this ignore"
            else:
                continue
            found.append(finding("CO031", f"{message} (its reason: {one_line(ignore.reason)})", ignore.place))
        return found

    def _real_path(self, path: str) -> str:
        if path not in self._real:
            self._real[path] = os.path.realpath(path)
        return self._real[path]


@functools.lru_cache(maxsize=8)
def _files_below(folder: Path) -> list[str]:
    return [os.path.realpath(file) for file in folder.rglob("*.xml")]


def _matches(pattern: str, path: str) -> bool:
    """Whether a path is one of a pattern with `*` and `?` (within a name) and `**` (any folders)."""
    names = path.split("/")
    # Where in the path the part of the pattern that has been read may end: each part is read once.
    ends = {0}
    for part in pattern.split("/"):
        if part == "**":
            ends = set(range(min(ends), len(names) + 1)) if ends else ends
        else:
            plain = part.replace("[", "[[]")
            ends = {end + 1 for end in ends if end < len(names) and fnmatchcase(names[end], plain)}
    return len(names) in ends


def _read(file: Path) -> list[Ignore]:
    """Return the ignores of a settings file."""
    import tomllib  # imported where used: most editions have no such file

    try:
        text = read_bytes(file).decode("utf-8")
        tables = tomllib.loads(text).get("ignore", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUsage(finding("ST001", f"no valid TOML: {str(error).split(' (at')[0]}",
                                 Location(str(file)))) from None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise WrongUsage(finding("ST003", "“ignore” must be a list of tables: write [[ignore]]", Location(str(file))))
    lines = [text.count("\n", 0, found.start()) + 1 for found in _TABLE.finditer(text)]
    places = lines if len(lines) == len(tables) else [None] * len(tables)
    return [_ignore(table, file, Location(relative_path(str(file)), line, 1 if line else None))
            for table, line in zip(tables, places, strict=True)]


def _ignore(table: Mapping[str, object], file: Path, place: Location) -> Ignore:
    for key, value in table.items():
        if key not in _KEYS:
            raise WrongUsage(finding("ST002", f"unknown key “{key}” of an ignore", place,
                                     hint=f"an ignore has {', '.join(_KEYS)}"))
        if not isinstance(value, str) or not value.strip():
            raise WrongUsage(finding("ST003", f"“{key}” of an ignore must be a text", place))
    missing = next((key for key in ("code", "reason") if key not in table), "")
    if missing:
        raise WrongUsage(finding("ST003", f"an ignore lacks its {missing}", place,
                                 hint="say why the finding stands, for whoever reads this after you"
                                 if missing == "reason" else "name the code of the findings, such as VA305"))
    values = {key: str(value) for key, value in table.items()}
    if not any(code.startswith(values["code"]) for code in catalogue()):
        raise WrongUsage(finding("ST003", f"no code begins with “{values['code']}”", place,
                                 hint="tei-edition explain lists all codes"))
    return Ignore(folder=file.resolve().parent, place=place, **values)
