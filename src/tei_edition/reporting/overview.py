"""Which files have findings, and of which codes: two tables below the findings, where there are several files.

    by file                errors  warnings  notes  codes
      edition/d280.xml          2         1      0  VA103 ×2, VA305
    by code                   all     files
      VA103                     2         1  error: An attribute is not allowed here
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tei_edition.diagnostics import Severity, catalogue
from tei_edition.reporting.quoting import one_line, width
from tei_edition.reporting.report import Report

_CODES = 6  # named of one file


def overview(report: Report, most: int | None) -> Iterator[str]:
    """Yield the lines of both tables, of the files only the `most` with most findings; nothing where nothing is."""
    of_file: dict[str, Counter[str]] = defaultdict(Counter)
    severities: dict[str, Counter[str]] = defaultdict(Counter)
    for diagnostic in report.findings:
        of_file[diagnostic.location.path][diagnostic.code] += 1
        severities[diagnostic.location.path][str(diagnostic.severity)] += 1
    if not of_file:
        return
    paths = list(of_file)
    if most is not None and len(paths) > most:  # the worst; ties in their order, as all are
        worst = set(sorted(paths, key=lambda path: -of_file[path].total())[:most])
        paths = [path for path in paths if path in worst]
    rows = [[one_line(path) or "-", *(f"{severities[path][str(severity)]:,}" for severity in Severity),
             _codes(of_file[path])] for path in paths]
    yield from _table(["by file", *(f"{severity}s" for severity in Severity), "codes"], rows)
    if len(paths) < len(of_file):
        yield f"  … and {len(of_file) - len(paths):,} more files: the {len(paths)} with most findings are shown"
    rows = [[code, f"{number:,}", f"{sum(code in codes for codes in of_file.values()):,}",
             f"{catalogue()[code].severity}: {catalogue()[code].title}"] for code, number in report.codes().items()]
    yield from _table(["by code", "all", "files", ""], rows)


def _codes(counted: Counter[str]) -> str:
    named = [f"{code} ×{number:,}" if number > 1 else code for code, number in sorted(counted.items())]
    return ", ".join(named[:_CODES]) + (f" and {len(named) - _CODES} more" if len(named) > _CODES else "")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a table: the first column to the left, the last as it is, the numbers between them to the right."""
    indented = [list(head), *([f"  {row[0]}", *row[1:]] for row in rows)]
    sizes = [max(width(row[n]) for row in indented) for n in range(len(head) - 1)]
    for first, *numbers, last in indented:
        cells = [" " * (size - width(cell)) + cell for cell, size in zip(numbers, sizes[1:], strict=True)]
        yield "  ".join([first + " " * (sizes[0] - width(first)), *cells, last]).rstrip()
