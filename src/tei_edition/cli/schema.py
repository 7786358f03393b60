"""`tei-edition schema`: the schemas that travel with the program, and those that are fetched once by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tei_edition.diagnostics import UnusableInput, WrongUsage, finding
from tei_edition.files import read_bytes, write_bytes
from tei_edition.resources import schema_path

if TYPE_CHECKING:
    from tei_edition.validation.schemas.catalogue import Known

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


class _CopyUnlessNamed(click.Group):
    """`schema FOLDER` is `schema copy FOLDER`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["copy", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] in ("--force",):  # an option of `copy` may stand before the folder
            args = ["copy", *args]
        return super().parse_args(ctx, args)


@click.group("schema", cls=_CopyUnlessNamed, context_settings={"max_content_width": 100})
def command() -> None:
    """The schemas: copy ours beside an edition, fetch others by name, list what is known.

    `tei-edition schema FOLDER` copies, too.

    \b
    tei-edition schema editions/
    tei-edition schema list
    tei-edition schema fetch tei-all
    """


@command.command("copy")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite schemas that are there and differ.")
def copy_command(folder: Path, *, force: bool) -> int:
    """Copy our schemas (RELAX NG, XSD, Schematron, ODD) into FOLDER.

    An edition's xml-model instructions name tei-edition.rng and tei-edition.sch beside the edition: with the schemas in
    the same folder, oXygen and other editors validate while you type.

    \b
    tei-edition schema copy editions/
    """
    for name in FILES:
        written = write_bytes(folder / name, read_bytes(schema_path(name)), force=force)
        click.echo(f"{folder / name}{'' if written else ' (there already)'}")
    return 0


@command.command("list")
def list_command() -> int:
    """List the schemas that `validate --schema NAME` knows, and where each lies.

    The columns are parted by tabs: name, version, state, file or address. `TEI_EDITION_CACHE` names another folder for
    what is fetched. Exit code: 0, also where nothing has been fetched.

    \b
    tei-edition schema list
    """
    import tei_edition
    from tei_edition.validation.schemas.catalogue import known_schemas

    for known in known_schemas().values():
        if known.shipped:
            row = (tei_edition.__version__, "travels with the program", str(known.paths[0]))
        else:
            row = (known.version, *_state(known))
        click.echo("\t".join((known.name, *row)))
    return 0


def _state(known: Known) -> tuple[str, str]:
    """Whether a schema has been fetched, and where it lies, or is to be had."""
    from tei_edition.validation.schemas.cache import cached

    try:
        found = cached(known)
    except UnusableInput as error:  # somebody has changed it
        return f"spoilt: {error.diagnostic.hint}", error.diagnostic.location.path
    return ("fetched", str(found[0])) if found else ("not fetched", known.files[0].urls[0])


@command.command("fetch")
@click.argument("name")
@click.option("--from", "origin", type=click.Path(path_type=Path), metavar="PATH",
              help="Take it from this file, or folder, instead of the web: for machines without network.")
@click.option("--force", is_flag=True,
              help="Take a file whose checksum differs from that of the first fetch; never one that differs from the "
                   "checksum of the release.")
def fetch_command(name: str, origin: Path | None, *, force: bool) -> int:
    """Fetch the schema NAME (see `tei-edition schema list`) for `validate --schema NAME`.

    Its version is pinned and its checksum compared with that of the release, where that is known, else with that of the
    first fetch. It is kept in the user's cache folder, or in that of TEI_EDITION_CACHE. The network is used by this
    command only. Exit code: 0 it is there, 2 no such name, 3 it could not be had.

    \b
    tei-edition schema fetch tei-all
    tei-edition schema fetch tei-all --from tei_all.rng
    """
    from tei_edition.validation.schemas.catalogue import known_schemas
    from tei_edition.validation.schemas.fetching import fetch

    known = known_schemas().get(name)
    to_fetch = [one.name for one in known_schemas().values() if one.files]
    if known is None:
        advice = f"give one of: {', '.join(to_fetch)}"
        raise WrongUsage(finding("CO041", f"{name}: no schema has this name", hint=advice))
    if known.shipped:
        click.echo(f"{name} travels with the program: {known.paths[0]}")
        return 0
    for path in fetch(known, origin, force=force):
        click.echo(str(path))
    return 0
