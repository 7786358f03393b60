"""A schema ready for use: read once, then kept in our own cache folder under the SHA-256 of its bytes.

TEI All is a long schema and takes most of a second to read; what is made of it is read back in a few hundredths. The
cache holds plain JSON (nothing that could run), with the checksums of the files that the schema includes; what does
not fit is made anew. A cache that cannot be written is no mistake: the schema is then read each time.
"""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path
from typing import Any

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.files import read_bytes, write_bytes
from tei_edition.validation.relaxng.automaton import Automaton, Checkers
from tei_edition.validation.relaxng.patterns import Element, Patterns
from tei_edition.validation.relaxng.schema_error import SchemaError

_FORMAT = 2  # of what is stored: raised whenever the patterns, or what reading makes of a schema, change


@functools.cache
def automaton_of(path: Path) -> Automaton:
    """Return the states of a schema (`.rng`). Raises WrongUsage (`CO001`) where it is none that can be used."""
    patterns = _patterns(path)
    return Automaton(patterns, Checkers(patterns))


def _patterns(path: Path) -> Patterns:
    from tei_edition.validation.schemas.cache import cache_folder

    data = read_bytes(path)
    key = hashlib.sha256(str(_FORMAT).encode() + b"\n" + data).hexdigest()
    stored = cache_folder() / "prepared" / f"{key}.json"
    patterns = _restored(stored, path)
    if patterns is None:
        patterns, included = _read(path, data)
        _keep(stored, patterns, included)
    return patterns


def _read(path: Path, data: bytes) -> tuple[Patterns, dict[str, str]]:
    """Read a schema; return its patterns, and the files that it includes with their checksums."""
    from tei_edition.validation.relaxng.reading import beside, read_schema

    included: dict[str, str] = {}
    resolve = beside(path)

    def noted(href: str, base: str) -> bytes:
        found = resolve(href, base)
        included[str((Path(base).parent / href).resolve())] = hashlib.sha256(found).hexdigest()
        return found

    try:
        return read_schema(data, str(path), noted), included
    except SchemaError as error:
        raise WrongUsage(finding("CO001", f"is no RELAX NG schema that can be used: {error}", Location(str(path)),
                                 hint="check the name given to --schema, or mend the schema")) from None


def _keep(stored: Path, patterns: Patterns, included: dict[str, str]) -> None:
    table = {"included": included, "start": patterns.start, "nodes": patterns.nodes, "nullable": patterns.nullable,
             "elements": [(element.names, element.content, element.define) for element in patterns.elements]}
    try:
        stored.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(stored, json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode(), force=True)
    except (OSError, WrongUsage):
        return


def _restored(stored: Path, path: Path) -> Patterns | None:
    """Return the patterns that were kept; None where there are none, or a file that the schema includes has changed."""
    try:
        table = json.loads(stored.read_bytes())
        if table["included"] and _changed(table["included"], path):
            return None
        return Patterns([_tuples(node) for node in table["nodes"]], table["nullable"],
                        [Element(_tuples(names), content, define) for names, content, define in table["elements"]],
                        table["start"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _changed(included: dict[str, str], path: Path) -> bool:
    folder = path.resolve().parent
    return any(not Path(name).is_relative_to(folder) or not Path(name).is_file()
               or hashlib.sha256(Path(name).read_bytes()).hexdigest() != checksum
               for name, checksum in included.items())


def _tuples(data: Any) -> Any:
    """JSON has lists where the table has tuples."""
    return tuple([_tuples(part) if part.__class__ is list else part for part in data])
