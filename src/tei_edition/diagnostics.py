"""One type for everything that the program finds: the Diagnostic, and the catalogue of its codes.

A finding is a value; an exception is a bug or a bad call. Codes are made of the stage (RD reading, AU authority,
TG tagging, EN encoding, VA validation, ST settings, CO corpus) and a number,
and are never used again for something else.
The catalogue (`data/diagnostics.toml`) says of each code what it means, why it matters and what to do, with an example
that fires and one that does not; both run as tests.
"""

from __future__ import annotations

import bisect
import enum
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tei_edition.resources import data_path


class Severity(enum.StrEnum):
    """How bad it is. Errors and warnings are findings (exit code 1 where a command checks); notes are not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands.

    `line` and `column` count from 1, in code points; `start` and `end` are offsets in code points, zero-based and
    half-open, in the text of the file where that is a plain text; `xpath` is set where the file is XML.
    """

    path: str = ""
    line: int | None = None
    column: int | None = None
    start: int | None = None
    end: int | None = None
    xpath: str = ""

    def __str__(self) -> str:
        """`path:line:column`, as editors and terminals turn it into a link."""
        return ":".join([self.path or "-", *(str(n) for n in (self.line, self.column) if n is not None)])


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what, where, how bad, and what to do (`hint`). `related` names other places that belong to it."""

    code: str
    severity: Severity
    message: str
    location: Location = field(default_factory=Location)
    hint: str = ""
    related: tuple[Location, ...] = ()

    def __str__(self) -> str:
        """The finding on one line."""
        advice = f" ({self.hint})" if self.hint else ""
        return f"{self.location}: {self.code} {self.severity}: {self.message}{advice}"

    def at(self, path: str) -> Diagnostic:
        """Return the same finding in the file `path`."""
        return replace(self, location=replace(self.location, path=path))

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON-ready data, empty fields left out."""
        place = {
            k: v
            for k in ("path", "line", "column", "start", "end", "xpath")
            if (v := getattr(self.location, k)) not in (None, "")
        }
        data: dict[str, object] = {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "location": place,
        }
        if self.hint:
            data["hint"] = self.hint
        if self.related:
            data["related"] = [str(place) for place in self.related]
        return data


@dataclass(frozen=True, slots=True)
class Rule:
    """An entry of the catalogue: what a code means. `input` says what its examples are (text, tei, authority …),
    `since` which version had the code first.
    """

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    input: str
    bad: str
    good: str
    since: str = "0.1.0"


# The layers of validation by the digit of the codes VA000 to VA499.
LAYERS = ("well-formed", "grammar", "schematron", "editorial", "fidelity")


def layer_of(code: str) -> str:
    """Return the layer of validation that a code (or its beginning, such as VA3) belongs to; "" where it is none's.

    VA103 → grammar, VA305 → editorial, RD012 → "".
    """
    digit = code[2:3]
    return LAYERS[int(digit)] if code.startswith("VA") and digit in ("0", "1", "2", "3", "4") else ""


@functools.cache
def catalogue() -> dict[str, Rule]:
    """Return every code with its entry, in the order of the codes."""
    import tomllib  # imported where used: where nothing is found, nothing of it is said

    with data_path("diagnostics.toml").open("rb") as file:
        table = tomllib.load(file)
    return {
        code: Rule(
            code=code,
            severity=Severity(entry["severity"]),
            **{k: entry[k].strip("\n") for k in ("title", "why", "fix", "input")},
            bad=entry["bad"],
            good=entry["good"],
            since=entry.get("since", "0.1.0"),
        )
        for code, entry in sorted(table.items())
    }


def finding(
    code: str,
    message: str,
    location: Location | None = None,
    *,
    hint: str = "",
    severity: Severity | None = None,
    related: Iterable[Location] = (),
) -> Diagnostic:
    """Return a Diagnostic of the catalogue: severity and advice are the catalogue's unless given here.

    Raises KeyError for a code that the catalogue does not have.
    """
    rule = catalogue()[code]
    return Diagnostic(
        code, severity or rule.severity, message, location or Location(), hint or rule.fix, tuple(related)
    )


# What ends a line: besides the line feed those of old Macintosh files, word processors (U+000B) and the web.
LINE_END = "\r\n|[\n\r\x0b\x85\u2028\u2029]"


class Lines:
    """Turns offsets of a text into lines and columns (both from 1, in code points); reading has the same lines.

    A text that is a part of its file begins there behind `offset` characters, at the start of line `first`; the places
    are those of the file.
    """

    def __init__(self, text: str, path: str = "", *, offset: int = 0, first: int = 1) -> None:
        self._path = path
        self._offset = offset
        self._first = first
        self._text = text
        self._starts: list[int] = []  # counted when the first place is asked for: most texts have no findings

    def location(self, start: int, end: int | None = None) -> Location:
        """Return the Location of the characters from `start` up to `end`."""
        if not self._starts:
            self._starts = [0, *(line_end.end() for line_end in re.finditer(LINE_END, self._text))]
        line = bisect.bisect_right(self._starts, start)
        column = start - self._starts[line - 1] + 1
        stop = self._offset + (start if end is None else end)
        return Location(self._path, line + self._first - 1, column, self._offset + start, stop)


class UnusableInput(Exception):
    """The input cannot be read at all (exit code 3): carries the finding that says what, where and what to do."""

    exit_code = 3

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


class WrongUsage(UnusableInput):
    """A wrong call or wrong settings (exit code 2)."""

    exit_code = 2
