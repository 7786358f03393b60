"""`tei-edition authority`: lists of persons, places and terms, made into authority files, shown and checked."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from tei_edition.diagnostics import Location, UnusableInput, finding
from tei_edition.model import Entry, Source
from tei_edition.reporting import FORMATS, Report, console

_CLEAN, _FINDINGS = 0, 1
_KINDS = {"persons": "person", "terms": "term", "places": "place", "organisations": "organisation"}
_COLUMNS = ("id", "kind", "name", "surname", "forenames", "office", "from", "to", "description", "variants")

_files = click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
_kind = click.option("--kind", type=click.Choice(list(_KINDS)),
                     help="What the entries of a plain text or a table are, if what stands in it misleads.")


@click.group("authority", context_settings={"max_content_width": 100})
def command() -> None:
    """Make, show and check authority files: who and what is known, and linked to.

    A FILE is TEI (listPerson, listPlace, listOrg, the lists of a published volume), a table with a header row (CSV,
    TSV) or the plain text of a printed list of persons or abbreviations; what stands in it decides.

    \b
    tei-edition authority import persons.txt -o persons.xml
    tei-edition authority list persons.xml
    tei-edition authority check persons.xml --texts texts/
    """


@command.command("import")
@_files
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT.xml",
              help="The file to write; without it, standard output.")
@_kind
@click.option("--title", default="", help="The title in the header of the file.")
@click.option("--force", is_flag=True, help="Overwrite OUT.xml where it is there and differs.")
@click.option("-q", "--quiet", is_flag=True, help="No closing line; the findings and the exit code only.")
def import_command(files: tuple[Path, ...], output: Path | None, kind: str | None, title: str, *, force: bool,
                   quiet: bool) -> int:
    """Write FILEs as one authority file in TEI: names in their parts, offices with their dates, the wording kept.

    Ids are made of the names (p_ball-george-w); those that are there are kept. What was found on the way goes to
    stderr. Exit code: 0 nothing found, 1 findings, 2 wrong usage, 3 a file cannot be read.

    \b
    tei-edition authority import persons.txt abbreviations.txt -o lists.xml
    """
    from tei_edition.authority.importing import import_authority
    from tei_edition.files import write_bytes

    made = import_authority(files, kind=_KINDS.get(kind or "", ""), title=title)
    report = Report.of(map(str, files), made.findings)
    console.show(report, sys.stderr)
    if output is None:
        click.echo(made.tei, nl=False)
    else:
        written = write_bytes(output, made.tei, force=force)
        if not quiet:
            state = "written" if written else "is there already, the same to the byte"
            click.echo(f"{output}: {_counted(len(made.entries))}, {state}", err=True)
    return _CLEAN if report.clean else _FINDINGS


def _counted(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


@command.command("list")
@_files
@_kind
@click.option("--format", "output", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True,
              help="How entries are written to stdout.")
def list_command(files: tuple[Path, ...], kind: str | None, output: str) -> int:
    """Print the entries of FILEs as the program understands them: id, name in its parts, offices with their dates.

    Findings go to stderr. Exit code: 0 nothing found, 1 findings, 2 wrong usage, 3 a file cannot be read.

    \b
    tei-edition authority list persons.xml --format csv
    """
    from tei_edition.authority import load_authorities

    entries, findings = load_authorities(files, kind=_KINDS.get(kind or "", ""))
    click.echo(_LISTINGS[output](list(entries.values())), nl=False)
    report = Report.of(map(str, files), findings)
    console.show(report, sys.stderr)
    return _CLEAN if report.clean else _FINDINGS


def _as_text(entries: Sequence[Entry]) -> str:
    width = max((len(entry.id) for entry in entries), default=0)
    lines: list[str] = []
    for entry in entries:
        lines.append(f"{entry.id.ljust(width)}  {_name_in_parts(entry)}")
        if entry.offices:
            lines += [f"{' ' * width}    {_dates(office.start, office.end)}{office.title}" for office in entry.offices]
        elif entry.description:
            lines.append(f"{' ' * width}    {entry.description}")
    return "".join(f"{line}\n" for line in lines)


def _name_in_parts(entry: Entry) -> str:
    """The names with the family name in capitals: "George W. BALL; Mao → MAO Zedong"."""
    if not entry.names:
        return "; ".join(entry.forms)
    return "; ".join(
        " ".join(
            [
                *name.titles,
                *((name.surname.upper(), *name.forenames) if name.order == "family-first" else
                  (*name.forenames, name.surname.upper())),
                *([name.suffix] if name.suffix else []),
            ]
        )
        for name in entry.names
    )  # fmt: skip


def _dates(start: str, end: str) -> str:
    return f"{start or '…'}–{end or '…'} " if start or end else ""


def _as_json(entries: Sequence[Entry]) -> str:
    data = [
        {
            "id": entry.id,
            "kind": entry.kind,
            "name": entry.name,
            "forms": list(entry.forms),
            "names": [name._asdict() for name in entry.names],
            "offices": [office._asdict() for office in entry.offices],
            "description": entry.description,
        }
        for entry in entries
    ]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_csv(entries: Sequence[Entry]) -> str:
    """One row an office, so that it loads again; a cell that spreadsheets take for a formula gets an apostrophe."""
    from tei_edition.authority.joining import numbers_of
    from tei_edition.authority.tables import IDNOS

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    numbers = {entry.id: dict(numbers_of(entry)) for entry in entries}
    registers = sorted({kind for held in numbers.values() for kind in held if kind in IDNOS.values()})
    writer.writerow([*_COLUMNS, *registers])
    for entry in entries:
        variants = "; ".join(form for form in entry.forms[1:] if entry.kind != "person") or _variants(entry)
        for title, start, end in entry.offices or (("", "", ""),):
            row = [entry.id, entry.kind, entry.name, entry.surname, " ".join(entry.forenames), title, start, end,
                   entry.description, variants, *(numbers[entry.id].get(kind, "") for kind in registers)]  # fmt: skip
            writer.writerow([f"'{cell}" if cell[:1] in ("=", "+", "@") else cell for cell in row])
    return out.getvalue()


def _variants(entry: Entry) -> str:
    """The further names of a person that the name as printed does not hold: "Brown, Hal; Mao Zedong"."""
    from tei_edition.authority.names import parse_name

    held = parse_name(entry.name)
    others = [name for name in entry.names if name not in held]
    return "; ".join(
        " ".join([name.surname, *name.forenames]) if name.order != "given-first" else
        ", ".join(filter(None, [name.surname, " ".join([*name.titles, *name.forenames]), name.suffix]))
        for name in others
    )  # fmt: skip


_LISTINGS: dict[str, Callable[[Sequence[Entry]], str]] = {"text": _as_text, "json": _as_json, "csv": _as_csv}


@command.command("check")
@_files
@_kind
@click.option("--texts", type=click.Path(path_type=Path), metavar="DIR|TEXT",
              help="Plain texts to hold the entries against: a text, or a folder of *.txt.")
@click.option("--format", "output", type=click.Choice(list(FORMATS)), default="text", show_default=True,
              help="How findings are written to stdout.")
@click.option("-q", "--quiet", is_flag=True, help="No closing line; the findings and the exit code only.")
def check_command(files: tuple[Path, ...], kind: str | None, texts: Path | None, output: str, *, quiet: bool) -> int:
    """Say what is wrong with authority files: one name twice, names that cannot be told apart, a "see" to nowhere.

    With --texts also the entries that never occur (notes), and the persons whom the texts name and who have no entry.
    Exit code: 0 nothing found (notes do not count), 1 findings, 2 wrong usage, 3 a file cannot be read.

    \b
    tei-edition authority check persons.xml --texts texts/ --format json
    """
    from tei_edition.pipeline import check_authority

    sources = None if texts is None else _sources(texts)
    checked = check_authority(files, kind=_KINDS.get(kind or "", ""), texts=sources)
    report = Report.of(map(str, files), checked.findings)
    _write(report, output)
    if not quiet:
        click.echo(console.summary(report), err=True)
    return _CLEAN if report.clean else _FINDINGS


def _sources(texts: Path) -> Iterator[Source]:
    """The documents of a text, or of the texts of a folder in the order of their names."""
    from tei_edition.files import read_bytes
    from tei_edition.reading import decode, split_documents

    paths = sorted(texts.glob("*.txt")) if texts.is_dir() else [texts]
    if not paths:
        raise UnusableInput(finding("CO004", "this folder holds no *.txt file", Location(str(texts))))
    for path in paths:
        yield from split_documents(decode(read_bytes(path), str(path)))


def _write(report: Report, output: str) -> None:
    if output == "text":
        console.show(report, sys.stdout)
    else:
        click.echo(FORMATS[output](report), nl=False)

