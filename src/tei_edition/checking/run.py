"""A run: the files are checked, and of what was found that is kept which is wanted, not ignored, and new."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from tei_edition.checking.check import Check, File, Outcome
from tei_edition.checking.ignores import Ignores
from tei_edition.checking.selection import Selection, did_not_run, stops
from tei_edition.checking.workers import number_of_jobs, outcomes
from tei_edition.diagnostics import Diagnostic, Severity, WrongUsage, layer_of
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


class Result(NamedTuple):
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
    _look_behind(done, files, check, counting, sources, jobs)
    looked_at = [str(file.path) for file in files if file.whole]
    found = _across(done, check, set(looked_at))
    kept: list[Diagnostic] = []
    for path in looked_at:
        own = counting.selection.of_file(found.pop(path, []))
        kept += counting.ignores.left(path, own, sources)
    for path, others in found.items():  # of other files: the texts that editions are compared with
        own = [diagnostic for diagnostic in others if counting.selection.takes(diagnostic.code)]
        kept += counting.ignores.left(path, own, sources)
    kept += _unmet(looked_at, done, check, counting)
    unreadable = any(outcome.unreadable for outcome in done)
    report = Report.of(looked_at, kept, fails_on=counting.fails_on, sources=sources)
    return _compared(Result(report, unreadable, counting.ignores.number), counting)


def _look_behind(done: list[Outcome], files: Sequence[File], check: Check, counting: Counting, sources: SourceLines,
                 jobs: int) -> None:
    """Add what the later layers find where all that stopped them may stay: it is ignored, or in the baseline.

    Else an ignored finding of the grammar would hide whatever goes wrong in its file from then on. Of a file that is
    not well-formed a note says that nothing else was looked at (`CO032`).
    """
    stopped = {}
    for outcome in done:
        stopping = [diagnostic for diagnostic in outcome.findings if stops(diagnostic)]
        if stopping and not counting.selection.leaves_out(stopping):
            stopped[outcome.path] = stopping
    counted = _counted(stopped, counting, sources)
    broken = {path for path, stopping in stopped.items() if layer_of(stopping[0].code) == "well-formed"}
    behind = check.behind_grammar()
    passed = [file for file in files if str(file.path) in stopped.keys() - counted - broken] if behind else []
    later = {outcome.path: outcome for outcome in outcomes(behind or check, passed, jobs, lambda number: None)}
    for number, outcome in enumerate(done):
        own = list(outcome.findings)
        if outcome.path in later:  # what the document says of its schema stands in both
            own += [one for one in later[outcome.path].findings if layer_of(one.code) or one not in outcome.findings]
        elif outcome.path in broken - counted and set(check.layers) - {"well-formed"}:
            own.append(did_not_run(stopped[outcome.path], Severity.NOTE))
        done[number] = outcome._replace(findings=own, complete=outcome.path in later)


def _counted(found: Mapping[str, list[Diagnostic]], counting: Counting, sources: SourceLines) -> set[str]:
    """Return the files of which a finding is left when what is not wanted, ignored or known is taken away."""
    ignores = Ignores(counting.ignores.ignores)  # one of its own: findings are counted when all are judged
    left = [one for path, own in found.items()
            for one in ignores.left(path, [one for one in own if counting.selection.takes(one.code)], sources)]
    if left and counting.baseline is not None:
        left = [] if counting.update else counting.baseline.of_files(found).new(left, sources)[0]
    return {one.location.path for one in left}


def _unmet(looked_at: Sequence[str], done: Sequence[Outcome], check: Check, counting: Counting) -> list[Diagnostic]:
    """Return what is to be said of ignores that nothing answered to: of files that all layers looked at."""
    stopped = {outcome.path for outcome in done
               if outcome.unreadable or (any(map(stops, outcome.findings)) and not outcome.complete)}
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
