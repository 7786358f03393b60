"""Findings as lines for people: the place as a link, the source line with a caret, and what to do.

    d280.xml:98:311: VA103 error: the attribute @certainty is not allowed on <date>; did you mean cert?
      | …also <date when="1962-08-18" certainty="high">August 18</date>, provided…
      |       ^
      = allowed here: @calendar, @cert, …

On a terminal the same lines are coloured by rich; what is piped is plain, and never wrapped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TextIO

from tei_edition.diagnostics import Diagnostic, Location
from tei_edition.reporting.overview import overview
from tei_edition.reporting.quoting import SourceLines, one_line, visible, width
from tei_edition.reporting.report import Report

MOST = 20  # findings shown of one code; the rest is counted
_WIDTH = 110  # characters shown of a source line: a paragraph of TEI is often one line of thousands
_COLOURS = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}


def render(report: Report, *, most: int | None = MOST, brief: bool = False, tables: bool = False) -> str:
    """Return the findings as plain text, the empty string where there are none.

    `most`: how many of a code are shown, None for all; `brief`: one line a finding; `tables`: which files and codes.
    """
    return "".join(line + "\n" for line, _ in _lines(report, most, brief=brief, tables=tables))


def show(report: Report, stream: TextIO, *, most: int | None = MOST, brief: bool = False,
         tables: bool = False) -> None:
    """Write the findings to a stream, coloured where that is a terminal; otherwise as `render`."""
    if not stream.isatty():
        stream.write(_writable(render(report, most=most, brief=brief, tables=tables), stream))
        return
    from rich.console import Console  # imported where used: --help starts fast
    from rich.text import Text

    console = Console(file=stream, highlight=False)
    for line, style in _lines(report, most, brief=brief, tables=tables):
        console.print(Text(_writable(line, stream), style=style), soft_wrap=True)


def _writable(words: str, stream: TextIO) -> str:
    """Words with what the stream cannot write as `\\xe9`: a name of a file that is no UTF-8, a terminal of ASCII."""
    encoding = stream.encoding or "utf-8"
    return words.encode(encoding, "backslashreplace").decode(encoding)


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
    return f"{what} in {concerned:,} of {of_files}" if 0 < concerned <= files > 1 else f"{what} in {of_files}"


def _lines(report: Report, most: int | None, *, brief: bool, tables: bool) -> Iterator[tuple[str, str]]:
    """Yield each line with its style."""
    seen: Counter[str] = Counter()
    totals = report.codes()
    for diagnostic in report.findings:
        code = diagnostic.code
        seen[code] += 1
        if most is None or seen[code] <= most:
            yield from _brief(diagnostic) if brief else _finding(diagnostic, report.sources)
        elif seen[code] == totals[code]:
            yield f"… and {totals[code] - most:,} more {code}: the first {most} are shown", "dim"
    if tables and len(report.files) > 1:
        for number, line in enumerate(overview(report, most)):
            yield from [("", "")] if not number else []
            yield line, "" if line.startswith(" ") else "bold"


def _brief(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    yield one_line(str(diagnostic)), _COLOURS[str(diagnostic.severity)]


def _finding(diagnostic: Diagnostic, sources: SourceLines) -> Iterator[tuple[str, str]]:
    head = f"{diagnostic.location}: {diagnostic.code} {diagnostic.severity}: {diagnostic.message}"
    yield one_line(head), _COLOURS[str(diagnostic.severity)]
    excerpt = _excerpt(diagnostic.location, sources)
    if excerpt:
        yield f"  | {excerpt[0]}", ""
        yield f"  | {' ' * excerpt[1]}^", "green"
    for other in diagnostic.related:
        yield f"  = see {visible(str(other))}", ""
    if diagnostic.hint:
        yield f"  = {one_line(diagnostic.hint)}", ""


def _excerpt(place: Location, sources: SourceLines) -> tuple[str, int] | None:
    """Return the part of the source line around the place, and how many columns before the place it takes."""
    line = sources.line(place)
    if not line or not place.column:
        return None
    at = min(place.column - 1, len(line))
    start = 0 if len(line) <= _WIDTH else max(0, min(at - _WIDTH // 3, len(line) - _WIDTH))
    part = visible(line[start:start + _WIDTH].replace("\t", " "))  # cut first: a line may be megabytes long
    before, after = "…" if start else "", "…" if start + _WIDTH < len(line) else ""
    if not start:  # the indentation says nothing here
        bare = part.lstrip()
        at -= min(len(part) - len(bare), at)
        part = bare
    return before + part + after, width(part[:at - start]) + len(before)
