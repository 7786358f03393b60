"""Findings as lines for people: the place as a link, the source line with a caret, and what to do.

    d280.xml:98:311: VA103 error: the attribute @certainty is not allowed on <date>; did you mean cert?
      | …also <date when="1962-08-18" certainty="high">August 18</date>, provided…
      |       ^
      = allowed here: @calendar, @cert, …

On a terminal the same lines are coloured by rich; what is piped is plain, and never wrapped.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from tei_edition.diagnostics import Diagnostic, Location
from tei_edition.reporting.report import Report

_MOST = 20  # findings shown of one code; the rest is counted
_WIDTH = 110  # characters shown of a source line: a paragraph of TEI is often one line of thousands
_COLOURS = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def render(report: Report, *, most: int = _MOST, brief: bool = False) -> str:
    """Return the findings as plain text, the empty string where there are none. `brief`: one line a finding."""
    return "".join(line + "\n" for line, _ in _lines(report, most, brief=brief))


def show(report: Report, stream: TextIO, *, brief: bool = False) -> None:
    """Write the findings to a stream, coloured where that is a terminal. `brief`: one line a finding."""
    if not stream.isatty():
        stream.write(render(report, brief=brief))
        return
    from rich.console import Console  # imported where used: --help starts fast
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for line, style in _lines(report, _MOST, brief=brief):
        console.print(Text(line, style=style), soft_wrap=True)


def summary(report: Report) -> str:
    """Return the closing line: `2 errors and 1 warning in 1 of 3 files`."""
    files = len(report.files)
    of_files = f"{files:,} file{'' if files == 1 else 's'}"
    if not report.findings:
        return f"{of_files}: nothing found"
    counted = [f"{number:,} {severity}{'' if number == 1 else 's'}"
               for severity, number in report.counts().items() if number]
    what = counted[0] if len(counted) == 1 else f"{', '.join(counted[:-1])} and {counted[-1]}"
    concerned = len({diagnostic.location.path for diagnostic in report.findings})
    return f"{what} in {concerned:,} of {of_files}" if files > 1 else f"{what} in {of_files}"


def _lines(report: Report, most: int, *, brief: bool) -> Iterator[tuple[str, str]]:
    """Yield each line with its style."""
    seen: Counter[str] = Counter()
    totals = report.codes()
    for diagnostic in report.findings:
        seen[diagnostic.code] += 1
        if seen[diagnostic.code] <= most:
            yield from [(str(diagnostic), _COLOURS[str(diagnostic.severity)])] if brief else _finding(diagnostic)
        elif seen[diagnostic.code] == totals[diagnostic.code]:
            yield f"… and {totals[diagnostic.code] - most:,} more {diagnostic.code}: the first {most} are shown", "dim"


def _finding(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    head = f"{diagnostic.location}: {diagnostic.code} {diagnostic.severity}: {diagnostic.message}"
    yield head, _COLOURS[str(diagnostic.severity)]
    excerpt = _excerpt(diagnostic.location)
    if excerpt:
        yield f"  | {excerpt[0]}", ""
        yield f"  | {' ' * excerpt[1]}^", "green"
    for other in diagnostic.related:
        yield f"  = see {other}", ""
    if diagnostic.hint:
        yield f"  = {diagnostic.hint}", ""


@functools.lru_cache(maxsize=8)
def _source_lines(path: str) -> list[str]:
    try:
        # Only a line feed ends a line, as in the parsers that counted them.
        return Path(path).read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def _excerpt(place: Location) -> tuple[str, int] | None:
    """Return the part of the source line around the place, and where in it the place is."""
    if not (place.path and place.line and place.column):
        return None
    lines = _source_lines(place.path)
    if place.line > len(lines):
        return None
    line = lines[place.line - 1].rstrip("\r").replace("\t", " ")
    at = min(place.column - 1, len(line))
    start = 0 if len(line) <= _WIDTH else max(0, min(at - _WIDTH // 3, len(line) - _WIDTH))
    part = line[start:start + _WIDTH]
    before, after = "…" if start else "", "…" if start + _WIDTH < len(line) else ""
    if not start:  # the indentation says nothing here
        bare = part.lstrip()
        at -= min(len(part) - len(bare), at)
        part = bare
    return before + part + after, at - start + len(before)
