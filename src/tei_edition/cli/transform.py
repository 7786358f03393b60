"""`tei-edition transform`: TEI → a page to read, or the plain text again."""

from __future__ import annotations

from pathlib import Path

import click

from tei_edition.exporting import STYLES, TARGETS, export
from tei_edition.files import read_bytes, write_bytes
from tei_edition.tei import parse


@click.command("transform", short_help="TEI → a page to read, the plain text again")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "target", required=True, type=click.Choice(list(TARGETS)), help="What to make.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; without it, standard output.")
@click.option("--style", type=click.Choice(STYLES), default=None,
              help="For text: as copied from the page (default), or with notes as a list and blocks on single lines.")
@click.option("--force", is_flag=True, help="Overwrite OUTPUT where it is there and differs.")
def command(file: Path, target: str, output: Path | None, style: str | None, force: bool) -> int:
    """Make of the TEI in FILE a page to read (html) or the plain text again (text).

    The page is one file without scripts: title, header as a table, text with notes linked both ways, index of persons
    and places. The text of what `convert` wrote is its source to the character, but for the line end at the end of
    the file. Any TEI will do, not only ours.

    \b
    tei-edition transform d280.xml --to html -o d280.html
    tei-edition transform d280.xml --to text -o d280.txt
    """
    if style is not None and target != "text":
        raise click.UsageError(f"--style belongs to --to text; {target} has no styles")
    root = parse(read_bytes(file), str(file))
    options = {"style": style} if style else {}
    data = export(root, target, **options)
    if output is None:
        click.echo(data, nl=False)
    else:
        written = write_bytes(output, data, force=force)
        click.echo(f"{output}: {'written' if written else 'is there already, the same to the byte'}", err=True)
    return 0
