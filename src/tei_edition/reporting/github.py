"""Findings as commands that GitHub Actions turns into annotations beside the lines of a change.

    ::error file=edition/d280.xml,line=98,col=311,endColumn=329,title=VA103%3A An attribute …::the attribute …

GitHub shows ten annotations of each kind a step; all of them stand in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from tei_edition.diagnostics import Diagnostic, catalogue
from tei_edition.reporting.paths import relative_path
from tei_edition.reporting.quoting import end_column, one_line
from tei_edition.reporting.report import Report

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> str:
    """Return a line a finding, the empty string where there are none."""
    return "".join(line + "\n" for line in _commands(report))


def _commands(report: Report) -> Iterator[str]:
    for diagnostic in report.findings:
        place = diagnostic.location
        given = {
            "file": relative_path(place.path),
            "line": place.line,
            "col": place.column,
            "endColumn": end_column(report.sources.line(place), place),
            "title": f"{diagnostic.code}: {catalogue()[diagnostic.code].title}",
        }
        properties = ",".join(f"{key}={_property(value)}" for key, value in given.items()
                              if value not in (None, "", "-"))
        yield f"::{_COMMANDS[str(diagnostic.severity)]} {properties}::{_escaped(_words(diagnostic))}"


def _words(diagnostic: Diagnostic) -> str:
    advice = f" ({one_line(diagnostic.hint)})" if diagnostic.hint else ""
    return one_line(diagnostic.message) + advice


def _escaped(words: str) -> str:
    """What the runner's own toolkit escapes in a message: %, and what ends a line."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _escaped(str(value)).replace(":", "%3A").replace(",", "%2C")
