"""A volume's list of persons out of a case file: `id: Name, Forename, description`, one a line."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tei_edition.authority import load_authorities
from tei_edition.model import Entry


def listed(lines: str) -> dict[str, Entry]:
    """The entries of a volume's list: `id: Name, Forename, description`, as `list[@type='names']` has them."""
    items = []
    for line in lines.splitlines():
        identifier, _, words = line.partition(": ")
        name, description = _parted(words)
        items.append(f'<item><persName xml:id="{identifier}">{name}</persName>, {description}</item>')
    tei = f'<list xmlns="http://www.tei-c.org/ns/1.0" type="names">{"".join(items)}</list>'
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xml"
        path.write_text(tei, encoding="utf-8")
        entries, faults = load_authorities([path])
    assert not faults
    return entries


def _parted(words: str) -> tuple[str, str]:
    """A name ends before its description: behind the given names, or behind a name without a comma."""
    given = r"(?:[A-Z][\w.]*\.? ?){1,3}(?:al-)?(?:, Jr\.)?"
    match = re.match(rf"(?P<name>[^,]+(?:, {given}(?=, ))?), (?P<description>.*)", words)
    assert match, words
    one = re.match(r"[^,]+, (?:see |King|President|Chairman)", words)
    if one:
        return tuple(words.split(", ", 1))  # type: ignore[return-value]
    return match["name"], match["description"]
