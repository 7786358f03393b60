"""`tei-edition validate`: check TEI files and say what is wrong, where, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, WrongUsage, finding
from tei_edition.reporting import FORMATS, Report, console

if TYPE_CHECKING:
    from lxml import etree

_CLEAN, _FINDINGS, _UNREADABLE = 0, 1, 3


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files, a folder as its *.xml files in the order of their names, each file once."""
    seen: set[Path] = set()
    for path in paths:
        files = sorted(path.glob("*.xml")) if path.is_dir() else [path]
        if not files:
            raise UnusableInput(finding("CO001", "this folder holds no *.xml file", Location(str(path)),
                                        hint="name a folder with TEI files in it, or the files themselves"))
        for file in files:
            if file not in seen:
                seen.add(file)
                yield file


def _schema(name: str) -> Literal["edition", "frus", "auto"] | Path:
    if name in ("edition", "frus", "auto"):
        return name  # type: ignore[return-value]
    path = Path(name)
    if path.suffix not in (".rng", ".xsd"):
        raise click.BadParameter(f"{name}: give auto, edition, frus, or the path of an .rng or .xsd",
                                 param_hint="--schema")
    if not path.is_file():
        raise click.BadParameter(f"{name}: there is no such file", param_hint="--schema")
    return path


def _source(source: Path | None, file: Path) -> tuple[str | None, str]:
    """Return the source of a file, and its path: the text given, or the text of the same name in the folder given."""
    if source is None:
        return None, ""
    from tei_edition.files import read_bytes
    from tei_edition.reading.source import decode

    path = source / f"{file.stem}.txt" if source.is_dir() else source
    if source.is_dir() and not path.is_file():
        path = source / (_recorded_file(file) or path.name)  # one of several documents of a text
    return decode(read_bytes(path), str(path)).text, str(path)


def _recorded_file(file: Path) -> str:
    """The name of the text that an edition was made from, as its header has it; empty where it says nothing usable."""
    from tei_edition import tei
    from tei_edition.files import read_bytes
    from tei_edition.validation.recorded_source import recorded_source

    try:
        recorded = recorded_source(tei.parse(read_bytes(file), str(file)))
    except UnusableInput:
        return ""
    return Path(recorded.file).name if recorded else ""


def _render(root: etree._Element) -> Iterator[str]:
    from tei_edition.exporting.text import STYLES, export_text

    return (export_text(root, style=style) for style in STYLES)


@click.command("validate")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--schema", default="auto", show_default=True, metavar="NAME|PATH",
              help="edition, frus, the path of an .rng or .xsd, or auto: frus where the header has idno type=frus "
                   "and there is no standOff, or the document has the subtype of that profile; else edition.")
@click.option("--source", type=click.Path(path_type=Path), metavar="TEXT",
              help="The plain text that FILE was made from, alone or among others: its words are compared. For several "
                   "files, a folder with the text of each: by the same name, or by the name in its header.")
@click.option("--authority", "authorities", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="A file with entries that pointers may lead to: TEI, a printed list, a table (may be repeated).")
@click.option("--format", "output", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How findings are written to stdout.")
@click.option("-q", "--quiet", is_flag=True, help="No closing line; the findings and the exit code only.")
def command(files: tuple[Path, ...], schema: str, source: Path | None, authorities: tuple[Path, ...], output: str,
            quiet: bool) -> int:
    """Check TEI files, or folders of *.xml: well-formed, grammar, Schematron, editorial rules, fidelity.

    Exit code: 0 nothing found (notes do not count), 1 findings, 2 wrong usage, 3 a file cannot be read.

    \b
    tei-edition validate d280.xml
    tei-edition validate d280.xml --source sources/frus1961-63v20_d280.txt
    tei-edition validate edition/ --schema frus --authority sources/authority/congo-1962.xml --format json
    """
    from tei_edition.validation import validate_file

    chosen = _schema(schema)
    paths = list(_expanded(files))
    if source is not None and len(paths) > 1 and not source.is_dir():
        raise click.UsageError("--source is one text for one file; for several files give a folder of texts")
    lists, ids = _known(authorities)
    found: list[Diagnostic] = []
    code = _CLEAN
    for path in paths:
        try:
            text, text_path = _source(source, path)
            found += validate_file(path, schema=chosen, source=text, source_path=text_path, render=_render,
                                   authorities=lists, ids=ids)
        except WrongUsage:
            raise
        except UnusableInput as error:  # one file that cannot be read does not hide what is wrong with the others
            found.append(error.diagnostic)
            code = _UNREADABLE
    report = Report.of(map(str, paths), found)
    _write(report, output)
    if not quiet:
        click.echo(console.summary(report), err=True)
    return code or (_CLEAN if report.clean else _FINDINGS)


def _known(authorities: Sequence[Path]) -> tuple[list[Path], frozenset[str]]:
    """The authority files that are TEI, and the ids of the entries of those that are not: printed lists, tables.

    All are looked at before the work starts: later what is wrong with one would be one complaint a document.
    """
    from tei_edition import tei
    from tei_edition.files import read_bytes

    lists = []
    for path in authorities:
        data = read_bytes(path)
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            tei.parse(data, str(path))
            lists.append(path)
    if len(lists) == len(authorities):
        return lists, frozenset()
    from tei_edition.authority import load_authorities

    return lists, frozenset(load_authorities(authorities)[0])  # with the TEI: an id of it goes before one that is made


def _write(report: Report, output: str) -> None:
    if output == "text":
        console.show(report, sys.stdout)
    else:
        click.echo(FORMATS[output](report), nl=False)
