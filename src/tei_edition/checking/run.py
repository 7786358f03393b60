"""A run: the files are checked, and of what was found that is kept which is wanted, not ignored, and new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tei_edition.checking.check import Check, File, Outcome
from tei_edition.checking.ignores import Ignores
from tei_edition.checking.selection import Selection, stops
from tei_edition.checking.workers import number_of_jobs, outcomes
from tei_edition.diagnostics import Diagnostic, Severity, WrongUsage
from tei_edition.reporting import Report, SourceLines
from tei_edition.validation.across import faults_across

if TYPE_CHECKING:
    from tei_edition.checking.baseline import Baseline


@dataclass(frozen=True, slots=True)
class Counting:
    """Which findings count: codes that are wanted, ignores with reasons, what is known already, what fails."""

    selection: Selection = field(default_factory=Selection)
    ignores: Ignores = field(default_factory=lambda: Ignores([]))
    baseline: Baseline | None = None
    update: bool = False  # the findings are written to the baseline in place of being told
    fails_on: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Result:
    """What a run came to. `ignored`, `known` and `gone`: findings that are ignored, in the baseline, there no more."""

    report: Report
    unreadable: bool = False
    ignored: int = 0
    known: int = 0
    gone: int = 0


def run(files: Sequence[File], check: Check, counting: Counting, *, jobs: int | None = None,
        tell: Callable[[int], None] = lambda number: None) -> Result:
    """Check the files and return what counts. `jobs` is the number of processes, None for as many as are worth while.

    `tell` is called with how many more files are done. Raises WrongUsage where the call itself is wrong.
    """
    jobs = number_of_jobs(files) if jobs is None else jobs
    check = replace(check, across=check.across and len(files) > 1 and "editorial" in check.layers)
    done = outcomes(check, files, jobs, tell)
    wrong = next((outcome.wrong for outcome in done if outcome.wrong), None)
    if wrong:
        raise WrongUsage(wrong)
    sources = SourceLines({str(file.path): file.data for file in files if file.data is not None})
    looked_at = [str(file.path) for file in files if file.whole]
    found = _across(done, check, set(looked_at))
    kept: list[Diagnostic] = []
    for path in looked_at:
        own = counting.selection.of_file(path, found.pop(path, []))
        kept += counting.ignores.left(path, own, sources)
    for path, others in found.items():  # of other files: the texts that editions are compared with
        own = [diagnostic for diagnostic in others if counting.selection.takes(diagnostic.code)]
        kept += counting.ignores.left(path, own, sources)
    kept += _unmet(looked_at, done, check, counting)
    unreadable = any(outcome.unreadable for outcome in done)
    report = Report.of(looked_at, kept, fails_on=counting.fails_on, sources=sources)
    return _compared(Result(report, unreadable, counting.ignores.number), counting)


def _unmet(looked_at: Sequence[str], done: Sequence[Outcome], check: Check, counting: Counting) -> list[Diagnostic]:
    """Return what is to be said of ignores that nothing answered to: of files that all layers looked at."""
    stopped = {outcome.path for outcome in done if outcome.unreadable or any(map(stops, outcome.findings))}
    layers = [layer for layer in check.layers if layer != "fidelity" or check.source is not None]
    unmet = counting.ignores.unmet([path for path in looked_at if path not in stopped], counting.selection, layers)
    return [diagnostic for diagnostic in unmet if counting.selection.takes(diagnostic.code)]


def _across(done: Sequence[Outcome], check: Check, looked_at: set[str]) -> dict[str, list[Diagnostic]]:
    """Return the findings by file, with those that need several files; these only of files that are looked at."""
    found: dict[str, list[Diagnostic]] = {}
    for outcome in done:
        for diagnostic in outcome.findings:
            found.setdefault(diagnostic.location.path, []).append(diagnostic)
    if check.across:
        for diagnostic in faults_across(facts for outcome in done for facts in outcome.facts):
            concerned = {diagnostic.location.path, *(place.path for place in diagnostic.related)}
            if concerned & looked_at:
                found.setdefault(diagnostic.location.path, []).append(diagnostic)
    return found


def _compared(result: Result, counting: Counting) -> Result:
    """Return the result without what the baseline knows; or write the baseline."""
    baseline, report = counting.baseline, result.report
    if baseline is None:
        return result
    # A file that could not be read is never a known finding: it would never be looked at again.
    lasting = [one for one in report.findings if not one.code.startswith("CO")]
    passing = [one for one in report.findings if one.code.startswith("CO")]
    if counting.update:
        baseline.write(lasting, report.files, report.sources)
        new: list[Diagnostic] = []
        known, gone = len(lasting), 0
    else:
        concerned = {*report.files, *(one.location.path for one in lasting)}
        new, known, gone = baseline.of_files(concerned).new(lasting, report.sources)
    left = Report.of(report.files, [*passing, *new], fails_on=report.fails_on, sources=report.sources)
    return Result(left, result.unreadable, result.ignored, known, gone)
