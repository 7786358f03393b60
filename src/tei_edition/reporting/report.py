"""What is reported: the files that were looked at, and what was found in them, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tei_edition.diagnostics import Diagnostic, Severity
from tei_edition.reporting.quoting import SourceLines


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    place = diagnostic.location
    return place.path, place.line or 0, place.column or 0, diagnostic.code, diagnostic.message


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check. `of` sorts the findings by file, line, column and code.

    `fails_on` is the least severity that fails a check (of errors, or of warnings, too); `sources` gives the lines of
    the files, to be quoted.
    """

    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    fails_on: Severity = Severity.WARNING
    sources: SourceLines = field(default_factory=SourceLines, compare=False, repr=False)

    @classmethod
    def of(cls, files: Iterable[str], findings: Iterable[Diagnostic], *, fails_on: Severity = Severity.WARNING,
           sources: SourceLines | None = None) -> Report:
        """Make a report whose order does not depend on who found what first."""
        return cls(tuple(files), tuple(sorted(findings, key=_order)), fails_on, sources or SourceLines())

    def counts(self) -> dict[str, int]:
        """How many findings of each severity, all three always named."""
        found = Counter(str(diagnostic.severity) for diagnostic in self.findings)
        return {str(severity): found[str(severity)] for severity in Severity}

    def codes(self) -> dict[str, int]:
        """How many findings of each code, in the order of the codes."""
        return dict(sorted(Counter(diagnostic.code for diagnostic in self.findings).items()))

    def fails(self, diagnostic: Diagnostic) -> bool:
        """Whether a finding is bad enough to fail the check: notes never are."""
        return diagnostic.severity is Severity.ERROR or diagnostic.severity is self.fails_on is Severity.WARNING

    @property
    def clean(self) -> bool:
        """True where nothing fails the check: no error and, unless errors alone do, no warning."""
        return not any(map(self.fails, self.findings))
