"""`tei-edition citations`: the citations of archives as a table, one row each with all their parts."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tei_edition.diagnostics import Diagnostic, Location, Severity, UnusableInput, WrongUsage, finding
from tei_edition.reporting import Report, console

CLEAN, FINDINGS = 0, 1


@click.command("citations")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--format", "output", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True,
              help="csv: for spreadsheets; jsonl: JSON Lines, one object a citation.")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), metavar="OUT",
              help="The file to write; without it, standard output.")
@click.option("--columns", is_flag=True, expose_value=False, is_eager=True, callback=lambda *given: _columns(*given),
              help="Print the columns with what each of them holds, and leave.")
@click.option("--force", is_flag=True, help="Overwrite OUT where it is there and differs.")
@click.option("-q", "--quiet", is_flag=True, help="No notes and no closing line; the findings and the exit code only.")
def command(files: tuple[Path, ...], output: str, target: Path | None, *, force: bool, quiet: bool) -> int:
    """List the citations of archives in FILEs: repository, collection, file number, box, and what “ibid.” repeats.

    A FILE is a plain text, of one document or of many, or an edition; of a folder every *.txt is read, or, where there
    is none, every *.xml. A FILE of - is standard input. Several values in a cell of CSV are parted by semicolons; a
    cell that a spreadsheet would take for a formula gets an apostrophe. Each “ibid.” that repeats nothing in its
    document is told on stderr. Nothing is written where a FILE cannot be read. Exit code: 0 clean, 1 findings (notes do
    not count), 2 wrong usage, 3 a FILE cannot be read.

    \b
    tei-edition citations texts/ -o citations.csv
    tei-edition citations d280.xml --format jsonl
    """
    from tei_edition.corpus.cited_files import cited_files
    from tei_edition.exporting.citation_table import FORMATS, Found
    from tei_edition.files import write_bytes
    from tei_edition.pipeline import find_citations

    paths = cited_files(files)
    if target and target.resolve() in {path.resolve() for path in paths}:
        raise WrongUsage(finding("CO007", "this run reads this file, and would write over it", Location(str(target))))
    found: list[Found] = []
    findings: list[Diagnostic] = []
    code = CLEAN
    for path in paths:
        try:
            cited = find_citations(_read(path), "" if str(path) == "-" else str(path), path.stem)
        except UnusableInput as error:
            findings.append(error.diagnostic)
            code = max(code, error.exit_code)
            continue
        found.extend(cited.found)
        findings.extend(cited.findings)
    shown = [f for f in findings if not quiet or f.severity is not Severity.NOTE]
    console.show(Report.of(map(str, paths), shown), sys.stderr, brief=True)
    if code != CLEAN:
        return code
    data = FORMATS[output](found).encode("utf-8")
    if target is None:
        click.echo(data, nl=False)
    else:
        written = write_bytes(target, data, force=force)
        if not quiet:
            state = "written" if written else "is there already, the same to the byte"
            click.echo(f"{target}: {_counted(len(found))}, {state}", err=True)
    return FINDINGS if any(f.severity is not Severity.NOTE for f in findings) else CLEAN


def _read(path: Path) -> bytes:
    from tei_edition.files import read_bytes, read_standard_input

    return read_standard_input() if str(path) == "-" else read_bytes(path)


def _counted(count: int) -> str:
    return "1 citation" if count == 1 else f"{count:,} citations"


def _columns(ctx: click.Context, _option: click.Parameter, given: bool) -> None:
    """Print the data dictionary of the table."""
    if not given or ctx.resilient_parsing:
        return
    from tei_edition.exporting.citation_table import COLUMNS

    for name, words in COLUMNS.items():
        click.echo(f"{name:<17} {words}")
    ctx.exit()
