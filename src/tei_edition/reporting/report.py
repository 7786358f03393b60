"""What is reported: the files that were looked at, and what was found in them, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tei_edition.diagnostics import Diagnostic, Severity


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.location
    return place.path, place.line or 0, place.column or 0, diagnostic.code, diagnostic.message


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check. `of` sorts the findings by file, line, column and code."""

    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, files: Iterable[str], findings: Iterable[Diagnostic]) -> Report:
        """Make a report whose order does not depend on who found what first."""
        return cls(tuple(files), tuple(sorted(findings, key=_order)))

    def counts(self) -> dict[str, int]:
        """How many findings of each severity, all three always named."""
        found = Counter(str(diagnostic.severity) for diagnostic in self.findings)
        return {str(severity): found[str(severity)] for severity in Severity}

    def codes(self) -> dict[str, int]:
        """How many findings of each code, in the order of the codes."""
        return dict(sorted(Counter(diagnostic.code for diagnostic in self.findings).items()))

    @property
    def clean(self) -> bool:
        """True where there is no error and no warning; notes are none."""
        return all(diagnostic.severity is Severity.NOTE for diagnostic in self.findings)
