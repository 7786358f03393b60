"""Findings in the form in which oXygen XML Editor reads the output of an external validation engine.

    Type: E
    SystemID: /home/anne/edition/d280.xml
    Line: 98
    Column: 311
    Description: VA103: the attribute @certainty is not allowed on <date> (…)

oXygen User Guide, "Linked Output Messages of an External Engine": a click on the message leads to the place.
"""

from __future__ import annotations

from collections.abc import Iterator

from tei_edition.diagnostics import Diagnostic
from tei_edition.reporting.quoting import end_column, one_line
from tei_edition.reporting.report import Report

_TYPES = {"error": "E", "warning": "W", "note": "W"}  # it knows F, E and W


def render(report: Report) -> str:
    """Return a block of lines a finding, with an empty line behind each; the empty string where there are none."""
    return "".join("\n".join(_block(report, one)) + "\n\n" for one in report.findings)


def _block(report: Report, found: Diagnostic) -> Iterator[str]:
    place = found.location
    yield f"Type: {_TYPES[str(found.severity)]}"
    if place.path and place.path != "-":
        yield f"SystemID: {one_line(place.path)}"
    yield f"Line: {place.line or 1}"
    yield f"Column: {place.column or 1}"
    if place.line and (end := end_column(report.sources.line(place), place)):
        yield from (f"EndLine: {place.line}", f"EndColumn: {end}")
    advice = f" ({one_line(found.hint)})" if found.hint else ""
    yield f"Description: {found.code}: {one_line(found.message)}{advice}"
