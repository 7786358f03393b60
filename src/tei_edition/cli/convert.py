"""`tei-edition convert`: plain text → validated TEI."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tei_edition.diagnostics import Diagnostic, Location, Severity, UnusableInput, WrongUsage, finding
from tei_edition.reading.chunks import STYLES
from tei_edition.settings import KEYS, Settings, load_settings, with_values
from tei_edition.settings_file import find_settings
from tei_edition.vocabulary import PROFILES

if TYPE_CHECKING:
    from tei_edition.cli.convert_documents import Texts
    from tei_edition.corpus import Job
    from tei_edition.pipeline import Conversion, Converter

CLEAN, FINDINGS, UNREADABLE = 0, 1, 3


@dataclass
class _Run:
    """What a run has seen so far."""

    converted: int = 0
    findings: list[Diagnostic] = field(default_factory=list)
    guesses: int = 0
    code: int = CLEAN
    reviews: list[list[str]] = field(default_factory=list)

    def worse(self, code: int) -> None:
        self.code = max(self.code, code)

    def tell(self, findings: Iterable[Diagnostic]) -> None:
        """Keep what was found; what is more than a note makes the run one with findings."""
        found = list(findings)
        self.findings.extend(found)
        if any(f.severity is not Severity.NOTE for f in found):
            self.worse(FINDINGS)


@click.command("convert")
@click.argument("source", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=str,
    metavar="OUT",
    help="The file to write; for a folder of texts, or a text of several documents, the folder. Without it a single "
    "document goes to stdout.",
)
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A list of persons, places or terms to link to: TEI, CSV or plain text (may be repeated).",
)
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="edition: our customisation of TEI (default); frus: the Office of the Historian's.",
)
@click.option(
    "--style",
    type=click.Choice(STYLES),
    help="How the page was pasted, if detection errs: page or reader (blank lines part blocks), or list (lines do).",
)
@click.option("--one", is_flag=True, help="A text is one document, whatever looks like the head of another in it.")
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The settings to use in place of the nearest tei-edition.toml.",
)
@click.option(
    "--set",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    help=f"One setting (may be repeated). Keys: {', '.join(KEYS)}.",
)
@click.option(
    "--review",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Write the list of what was guessed, for an editor to look at.",
)
@click.option(
    "--explain", is_flag=True, help="Print the evidence for each tag, and which claims lost against it, to stderr."
)
@click.option("--strict", is_flag=True, help="Guesses count as findings (exit code 1).")
@click.option("--force", is_flag=True, help="Overwrite editions that are there and differ.")
@click.option("-q", "--quiet", is_flag=True, help="No summary; findings and the exit code only.")
def command(
    source: str,
    output: str | None,
    authorities: tuple[Path, ...],
    profile: str | None,
    style: str | None,
    settings_file: Path | None,
    given: tuple[str, ...],
    review: Path | None,
    *,
    one: bool,
    explain: bool,
    strict: bool,
    force: bool,
    quiet: bool,
) -> int:
    """Convert a plain text, or every *.txt of a folder, to TEI that has been validated before it is written.

    A text of several documents, a whole volume even, is split at their heads: volume.txt gives volume_d280.xml and so
    on. A SOURCE of - is standard input. Exit code: 0 clean, 1 findings, 2 wrong usage or settings, 3 an input cannot be
    read. An invalid result goes to OUT.invalid.xml, never to OUT.

    \b
    tei-edition convert sources/frus1961-63v20_d280.txt --authority sources/authority/congo-1962.xml -o d280.xml
    tei-edition convert texts/ -o editions/ --profile frus --set volume=frus1961-63v20
    tei-edition convert volume.txt -o editions/
    """
    from tei_edition.authority import load_authorities
    from tei_edition.cli.convert_documents import Texts, plan_documents
    from tei_edition.cli.convert_report import explain_tags, review_rows, show_summary, write_review
    from tei_edition.corpus import check_paths
    from tei_edition.pipeline import Converter

    path = None if source == "-" else Path(source)
    settings_file = settings_file or find_settings(path or Path())
    settings = _settings(settings_file, given, profile)
    texts = Texts(one=one)
    jobs = plan_documents(path, output, texts)
    known = [*map(Path, settings.authority), *authorities]
    check_paths(jobs, review, [*known, *([settings_file] if settings_file else [])], force=force)
    entries, faults = load_authorities(known)
    run = _Run(findings=faults, code=FINDINGS if faults else CLEAN)
    converter = Converter(settings, entries, style=style)
    if len(jobs) > 1:
        converter.survey(texts.readable(jobs))
    last: Conversion | None = None
    for job in jobs:
        conversion = _convert(job, texts, converter, run, force=force)
        if conversion is None:
            continue
        last = conversion
        rows = list(review_rows(conversion))
        run.guesses += len(rows)
        if review:
            run.reviews.extend(rows)
        if explain:
            explain_tags(conversion, sys.stderr)
    if strict and run.guesses:
        run.worse(FINDINGS)
    _report(run.findings, quiet=quiet)
    if not quiet:
        show_summary(jobs, last, run.converted, run.guesses, sys.stderr)
    if review and run.converted:
        write_review(review, run.reviews, force=force)
    return run.code


def _settings(path: Path | None, given: Iterable[str], profile: str | None) -> Settings:
    settings = load_settings(path) if path else Settings()
    for pair in given:
        key, sign, value = pair.partition("=")
        if not sign:
            raise WrongUsage(finding("ST003", f"--set {pair}: give KEY=VALUE", Location("--set")))
        settings = with_values(settings, {key.strip(): value.strip()}, "--set")
    return with_values(settings, {"profile": profile}, "--profile") if profile else settings


def _convert(job: Job, texts: Texts, converter: Converter, run: _Run, *, force: bool) -> Conversion | None:
    """Convert one document and write it; whatever goes wrong with it becomes a finding and the run goes on."""
    name = str(job.source or "")
    try:
        if not job.part:  # what was found about the text as a whole is told once
            run.tell(texts.parts(job.source).findings)
        conversion = converter.convert(texts.document(job), str(job.output or ""))
    except UnusableInput as error:
        run.findings.append(error.diagnostic)
        run.worse(error.exit_code)
        return None
    except Exception as error:
        if job.output is None:
            raise
        run.findings.append(finding("CO006", f"{type(error).__name__}: {error}", Location(name)))
        run.worse(FINDINGS)
        return None
    edition = conversion.edition
    run.tell(edition.findings)
    try:
        _write(job, edition.tei, valid=edition.valid, force=force)
        run.converted += edition.valid
    except WrongUsage as error:
        run.findings.append(error.diagnostic)
        run.worse(error.exit_code)
    return conversion


def _write(job: Job, tei: bytes, *, valid: bool, force: bool) -> None:
    from tei_edition.files import write_bytes

    if job.output is None or job.invalid is None:
        if valid and sys.stdout is None:
            raise WrongUsage(finding("CO003", "cannot be written: it is closed", Location("standard output")))
        if valid:
            click.echo(tei, nl=False)
        else:
            click.echo("the result is not valid and was not written; with -o OUT it goes to OUT.invalid.xml", err=True)
    elif valid:
        write_bytes(job.output, tei, force=force)
        job.invalid.unlink(missing_ok=True)
    else:
        write_bytes(job.invalid, tei, force=True)
        click.echo(f"{job.invalid}: the result is not valid; {job.output.name} was not written", err=True)


def _report(findings: Sequence[Diagnostic], *, quiet: bool) -> None:
    from tei_edition.reporting import Report, console

    shown = [f for f in findings if not quiet or f.severity is not Severity.NOTE]
    console.show(Report.of([], shown), sys.stderr, brief=True)
