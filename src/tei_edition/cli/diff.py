"""`tei-edition diff`: what differs between two editions."""

from __future__ import annotations

from pathlib import Path

import click

from tei_edition.comparing import as_json, as_text, compare
from tei_edition.files import read_bytes
from tei_edition.tei import parse


@click.command("diff", short_help="what differs between two editions: words, or only markup")
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="For people, or for programs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing: the exit code is the answer.")
def command(a: Path, b: Path, form: str, quiet: bool) -> int:
    """Say whether a word changed between the editions A and B, or only markup, and where.

    \b
    tei-edition diff d280.xml d280-edited.xml
    tei-edition diff --format json d280.xml d280-edited.xml

    Changes are told apart by layer: text (words, signs, white space that matters, whole notes), structure (blocks,
    page and line breaks), markup (a span added, removed, over other words, of another kind), links (the same span
    with another ref, target, corresp, when, cert …), notes (markers moved or renumbered), metadata (header and
    standOff, by field). Not compared, and so no change: xml:id, the order of attributes, prefixes of namespaces,
    comments, and how the XML is laid out.

    Exit code 0: no difference; 1: different; 2: wrong usage; 3: a file cannot be read.
    """
    changes = compare(parse(read_bytes(a), str(a)), parse(read_bytes(b), str(b)))
    if not quiet:
        click.echo((as_json if form == "json" else as_text)(changes, str(a), str(b)), nl=False)
    return 1 if changes else 0
