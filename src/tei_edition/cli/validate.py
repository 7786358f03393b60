"""`tei-edition validate`: check TEI files and say what is wrong, where, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tei_edition.diagnostics import LAYERS, Location, Severity, WrongUsage, catalogue, finding, layer_of
from tei_edition.reporting import FORMATS, Report, console, encoded

if TYPE_CHECKING:
    from tei_edition.checking import Check, Counting, File, Result

_CLEAN, _FINDINGS, _UNREADABLE = 0, 1, 3
# Options that say something to one layer.
_OF_LAYERS = (("schematron", "--schematron", "schematron"), ("phase", "--phase", "schematron"),
              ("exports", "--for", "editorial"), ("source", "--source", "fidelity"))
_MANY = 20  # files from which on a terminal shows how far we are


def _layers(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """The names of layers, which stand with commas between them, in their order."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    unknown = next((name for name in names if name not in LAYERS), None)
    if unknown is not None or not names:
        raise click.BadParameter(f"{unknown or 'none'}: the layers are {', '.join(LAYERS)}")
    return tuple(layer for layer in LAYERS if layer in names)


def _reports(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, Path]]:
    """Formats with the files that they are written to: sarif=findings.sarif."""
    reports = []
    for value in values:
        output, _, file = value.partition("=")
        if not file or output not in FORMATS:
            raise click.BadParameter(f"{value}: give FORMAT=FILE, where FORMAT is {', '.join(FORMATS)}")
        if file == "-":
            raise click.BadParameter(f"{value}: give a file; --format {output} writes to standard output")
        reports.append((output, Path(file)))
    return reports


_PATH = click.Path(path_type=Path)
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--schema", default="auto", show_default=True, metavar="NAME|PATH",
                 help="edition, frus, tei-all, tei-lite, tei-simpleprint, cmif (tei-edition schema list), the path of "
                      "an .rng, .rnc or .xsd, or auto: what the document names itself, else frus where the header has "
                      "idno type=frus and there is no standOff, or the document has the subtype of that profile; else "
                      "edition."),
    click.option("--schematron", multiple=True, type=_PATH, metavar="FILE",
                 help="Rules in ISO Schematron, in addition to those of the schema (may be repeated)."),
    click.option("--phase", default="", metavar="NAME",
                 help="Only the patterns of this phase of --schematron, or else of the schema's own rules."),
    click.option("--layers", callback=_layers, default=",".join(LAYERS), metavar="NAME,…",
                 help=f"Only these layers, of {', '.join(LAYERS)}; well-formed always runs. Each runs only where the "
                      "ones before found no error."),
    click.option("--source", type=_PATH, metavar="TEXT",
                 help="The plain text that FILE was made from, alone or among others: its words are compared. For "
                      "several files, a folder with the text of each: by the same name, or by that in its header."),
    click.option("--authority", "authorities", multiple=True, type=_PATH, metavar="FILE",
                 help="A file with entries that pointers may lead to: TEI, a printed list, a table (may be repeated)."),
    click.option("--for", "exports", default="", metavar="EXPORT,…",
                 help="Exports that the header must serve: cmif, dts, epub, frus, html, jats, tei-publisher."),
    click.option("--select", multiple=True, metavar="CODE,…",
                 help="Only findings of these codes; VA3 stands for all that begin so (may be repeated)."),
    click.option("--ignore", multiple=True, metavar="CODE,…",
                 help="No findings of these codes; of two that fit a code the longer decides (may be repeated)."),
    click.option("--settings", type=_PATH, metavar="FILE",
                 help="The settings whose [[ignore]] tables count, in place of the nearest tei-edition.toml."),
    click.option("--baseline", type=_PATH, metavar="FILE", help="Only findings that are not in this file count."),
    click.option("--update-baseline", "update", is_flag=True,
                 help="Write the findings to the baseline; from then on only new ones count."),
    click.option("--changed-since", default="", metavar="REV",
                 help="Only files that differ from this revision of git, or that git does not know yet."),
    click.option("--fail-on", type=click.Choice(["error", "warning"]), default="warning", show_default=True,
                 help="What makes the exit code 1: errors alone, or warnings, too."),
    click.option("--fix", is_flag=True,
                 help="Mend what is safe (ids, @n from the order, blanks around notes and page breaks), never a word; "
                      "then check again."),
    click.option("--dry-run", is_flag=True, help="With --fix: show what would change as a diff, and write nothing."),
    click.option("--format", "output", type=click.Choice(list(FORMATS)), default="text", show_default=True,
                 help="How findings are written to stdout."),
    click.option("--report", "reports", callback=_reports, multiple=True, metavar="FORMAT=FILE",
                 help="Write the findings to a file, too (may be repeated)."),
    click.option("--all", "everything", is_flag=True, help="All findings; as text the first 20 of a code are shown."),
    click.option("--jobs", type=click.IntRange(1, 256), metavar="N",
                 help="How many processes check the files; by default one for few files, else one for each core."),
    click.option("--stdin-name", default="", metavar="NAME",
                 help="What standard input (FILE is -) is called in findings; the files beside it are found by it."),
    click.option("-q", "--quiet", is_flag=True,
                 help="No closing line and no progress; the findings and the exit code only."),
)


def _with_options(command: Callable[..., int]) -> Callable[..., int]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("validate")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_PATH)
@_with_options
def command(files: tuple[Path, ...], **given: Any) -> int:
    """Check TEI files, or folders of *.xml: well-formed, grammar, Schematron, editorial rules, fidelity.

    A FILE of - is standard input; of a folder the *.xml files in it are checked, not those of its folders.
    Findings that are to stay stand in tei-edition.toml, each with its reason ([[ignore]]).

    Exit code: 0 nothing found (notes do not count), 1 findings, 2 wrong usage, 3 a file cannot be read.

    \b
    tei-edition validate d280.xml
    tei-edition validate d280.xml --source sources/frus1961-63v20_d280.txt
    tei-edition validate edition/ --schema frus --authority sources/authority/congo-1962.xml --format json
    tei-edition validate edition/ --baseline known.json --format github --report sarif=findings.sarif
    """
    from tei_edition.checking import named_files, run

    _refuse_nonsense(files, given)
    check = _check(given)
    named = named_files(files, stdin_name=given["stdin_name"], changed_since=given["changed_since"])
    if check.source is not None and len(named) > 1 and not check.source.is_dir():
        raise click.UsageError("--source is one text for one file; for several files give a folder of texts")
    _refuse_overwriting(named, given)

    def check_all() -> Result:
        with _progress(len(named), quiet=given["quiet"]) as tell:
            return run(named, check, _counting(named, given), jobs=given["jobs"], tell=tell)

    result = check_all()
    if given["fix"] and _mend(result.report, named, check, given):
        result = check_all()
    _write(result.report, given)
    if not given["quiet"]:
        click.echo(_closing_line(result, given), err=True)
    return _UNREADABLE if result.unreadable else _CLEAN if result.report.clean else _FINDINGS


def _check(given: dict[str, Any]) -> Check:
    from tei_edition.checking import Check
    from tei_edition.validation.schemas import choose

    if given["schema"] != "auto":
        choose(given["schema"])  # that there is none of this name is said before the work starts
    check = Check(schema=given["schema"], layers=given["layers"], source=given["source"],
                  schematron=given["schematron"], phase=given["phase"], exports=_exports(given["exports"]))
    return check.with_authorities(given["authorities"])


def _exports(words: str) -> tuple[str, ...]:
    """The names of exports, which stand with commas between them."""
    names = tuple(name.strip() for name in words.split(",") if name.strip())
    if names:
        from tei_edition.validation.editorial.exports import EXPORTS

        unknown = next((name for name in names if name not in EXPORTS), None)
        if unknown is not None:
            raise click.BadParameter(f"{unknown}: the exports are {', '.join(EXPORTS)}", param_hint="--for")
    return names


def _refuse_nonsense(files: Sequence[Path], given: dict[str, Any]) -> None:
    """Refuse options that do not go together."""
    if given["update"] and given["baseline"] is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    if given["dry_run"] and not given["fix"]:
        raise click.UsageError("--dry-run shows what --fix would do: give both")
    if given["fix"] and Path("-") in files:
        raise click.UsageError("--fix mends files; give the file in place of standard input")
    if given["fix"] and given["update"]:
        raise click.UsageError("--fix and --update-baseline go one after the other: fix first")
    for name, option, layer in _OF_LAYERS:
        if given[name] and layer not in given["layers"]:
            raise click.UsageError(f"{option} belongs to the layer {layer}, which --layers leaves out")
    if "fidelity" in given["layers"] and given["layers"] != LAYERS and given["source"] is None:
        raise click.UsageError("--layers fidelity compares with a text: give it with --source")


def _refuse_silence(select: Sequence[str], given: dict[str, Any]) -> None:
    """Refuse rules that cannot run in this call: that nothing is found would be taken for an answer."""
    for prefix in (prefix for prefix in select if prefix.startswith("VA")):
        codes = [code for code in catalogue() if code.startswith(prefix)]
        layers = {layer_of(code) for code in codes}
        if layers.isdisjoint((*given["layers"], "well-formed")):
            raise click.UsageError(f"--select {prefix}: --layers leaves out the layer {', '.join(sorted(layers))}")
        if layers == {"fidelity"} and given["source"] is None:
            raise click.UsageError(f"--select {prefix}: these rules compare with a text: give it with --source")
        if codes == ["VA345"] and not given["exports"]:
            raise click.UsageError(f"--select {prefix}: this rule needs to know what the edition is made for: --for")


def _mend(report: Report, named: Sequence[File], check: Check, given: dict[str, Any]) -> bool:
    """Mend the files, and return whether one was written; with --dry-run print the difference."""
    from tei_edition.checking.mending import mend

    mended = mend(report, [file for file in named if file.whole], check, write=not given["dry_run"])
    for one in mended:
        if given["dry_run"]:
            click.echo(encoded(one.diff), nl=False)
        if not given["quiet"]:
            click.echo(encoded(str(one)), err=True)
    return not given["dry_run"] and any(one.codes for one in mended)


def _counting(named: Sequence[File], given: dict[str, Any]) -> Counting:
    from tei_edition.checking import Counting, Selection
    from tei_edition.checking.ignores import Ignores

    baseline = None
    if given["baseline"] is not None:
        from tei_edition.checking.baseline import Baseline

        baseline = Baseline.read(given["baseline"], missing=given["update"])
    selection = Selection.of(given["select"], given["ignore"])
    _refuse_silence(selection.select, given)
    return Counting(
        selection=selection,
        ignores=Ignores.of([file.path for file in named if file.whole], given["settings"]),
        baseline=baseline,
        update=given["update"],
        fails_on=Severity(given["fail_on"]),
    )


def _refuse_overwriting(named: Sequence[File], given: dict[str, Any]) -> None:
    """Refuse to write over what is read: a report that takes the place of an edition destroys it."""
    read = [*(file.path for file in named), *given["authorities"], *given["schematron"], Path(given["schema"]),
            *filter(None, (given["source"], given["settings"]))]
    inputs = {path.resolve() for path in read if path.is_file()}
    written = [path for _, path in given["reports"]] + ([given["baseline"]] if given["update"] else [])
    outputs = [path.resolve() for path in written]
    for path, real in zip(written, outputs, strict=True):
        if real in inputs or outputs.count(real) > 1:
            raise WrongUsage(finding("CO007", "this file is given for two things", Location(str(path)),
                                     hint="give each report, and the baseline, a file of its own"))


@contextmanager
def _progress(number: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many files are done, where they are many."""
    if quiet or number < _MANY or not sys.stderr.isatty():
        yield lambda more: None
        return
    from rich.console import Console  # imported where used: --help starts fast
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # Without a thread of its own: processes are forked while it is shown.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as progress:
        task = progress.add_task("checking", total=number)
        step = max(number // 200, 1)
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            progress.update(task, advance=more, refresh=done % step == 0)

        yield tell


def _write(report: Report, given: dict[str, Any]) -> None:
    from tei_edition.files import write_bytes

    for output, path in given["reports"]:
        write_bytes(path, encoded(_rendered(report, output, most=None)), force=True)
    if given["dry_run"]:
        return  # stdout holds the difference, to be looked at or given to `patch`
    most = None if given["everything"] else console.MOST
    if given["output"] == "text":
        console.show(report, sys.stdout, most=most, tables=True)
    else:
        click.echo(encoded(_rendered(report, given["output"], most=most)), nl=False)


def _rendered(report: Report, output: str, *, most: int | None) -> str:
    return console.render(report, most=most, tables=True) if output == "text" else FORMATS[output](report)


def _closing_line(result: Result, given: dict[str, Any]) -> str:
    """The counts, with what does not count: `1 error in 1 of 3 files (2 ignored, 5 in the baseline)`."""
    aside = [f"{result.ignored:,} ignored"] if result.ignored else []
    if given["update"]:
        aside.append(f"{result.known:,} written to {given['baseline']}")
    elif result.known or result.gone:
        aside.append(f"{result.known:,} in the baseline" + (f", {result.gone:,} of it are gone: --update-baseline"
                                                           if result.gone else ""))
    return console.summary(result.report) + (f" ({', '.join(aside)})" if aside else "")
