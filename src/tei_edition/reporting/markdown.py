"""Findings as a page in Markdown: the summary of a job on GitHub, a comment on a merge request.

A line of numbers, a table by code and a table of the first findings, each with its place. Words of files are escaped,
so that none becomes markup, a link or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.diagnostics import catalogue
from tei_edition.reporting.console import summary
from tei_edition.reporting.paths import relative_path
from tei_edition.reporting.quoting import one_line
from tei_edition.reporting.report import Report

MOST = 50  # findings in the table: GitHub takes a summary of up to 1 MB, and nobody reads on
_LONGEST = 300  # characters of a message
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~@&:$])")


def render(report: Report) -> str:
    """Return the page; a line only where nothing was found."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"### TEI: {summary(report)}"
    if not report.findings:
        return
    yield from ("", "| code | | how many | files |", "|---|---|---:|---:|")
    for code, number in report.codes().items():
        rule = catalogue()[code]
        files = len({one.location.path for one in report.findings if one.code == code})
        yield f"| {code} | {rule.severity}: {_plain(rule.title)} | {number:,} | {files:,} |"
    yield from ("", "| where | code | what | what to do |", "|---|---|---|---|")
    for one in report.findings[:MOST]:
        place = ":".join(str(part) for part in (relative_path(one.location.path) or "-", one.location.line,
                                                one.location.column) if part is not None)
        yield f"| {_plain(place)} | {one.code} | {_plain(one.message)} | {_plain(one.hint)} |"
    if len(report.findings) > MOST:
        yield from ("", f"… and {len(report.findings) - MOST:,} more: the first {MOST} are shown")


def _plain(words: str) -> str:
    """Return words as Markdown that shows just them, on one line, cut where they are long."""
    line = one_line(words)
    line = line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
    return _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", line)
