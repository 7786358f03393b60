"""`tei-edition schema`: the schemas that travel with the program, for editors such as oXygen."""

from __future__ import annotations

from pathlib import Path

import click

from tei_edition.files import read_bytes, write_bytes
from tei_edition.resources import schema_path

FILES = (
    "tei-edition.rnc",
    "tei-edition.rng",
    "tei-edition.xsd",
    "xml.xsd",
    "tei-edition.sch",
    "tei-edition.odd",
    "tei-edition-frus.rnc",
    "tei-edition-frus.rng",
)


@click.command("schema")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite schemas that are there and differ.")
def command(folder: Path, *, force: bool) -> int:
    """Copy the schemas (RELAX NG, XSD, Schematron, ODD) into FOLDER.

    An edition's xml-model instructions name tei-edition.rng and tei-edition.sch beside the edition: with the schemas in
    the same folder, oXygen and other editors validate while you type.

    \b
    tei-edition schema editions/
    """
    for name in FILES:
        written = write_bytes(folder / name, read_bytes(schema_path(name)), force=force)
        click.echo(f"{folder / name}{'' if written else ' (there already)'}")
    return 0
