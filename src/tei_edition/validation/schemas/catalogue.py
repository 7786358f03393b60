"""The schemas that are known by name: which travel with the program, and where the others are to be had."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tei_edition.resources import data_path, schema_path


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that is fetched: its name in the cache, the addresses that have it, its SHA-256 where that is known."""

    name: str
    urls: tuple[str, ...]
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A schema with a name. Its grammar is the first of its files, a Schematron may follow; `shipped` names ours."""

    name: str
    title: str
    version: str = ""
    shipped: tuple[str, ...] = ()
    files: tuple[Remote, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of a schema that travels with the program."""
        return tuple(schema_path(name) for name in self.shipped)


@functools.cache
def known_schemas() -> Mapping[str, Known]:
    """Return the schemas of `data/schemas.toml` by name, in its order."""
    return read_catalogue(data_path("schemas.toml"))


def read_catalogue(path: Path) -> Mapping[str, Known]:
    """Return the schemas of a catalogue, a file in the form of `data/schemas.toml`."""
    import tomllib  # imported where used: most documents are checked with ours, which are known without it

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Known(name, entry["title"], entry.get("version", ""), tuple(entry.get("shipped", ())),
                        tuple(Remote(file["name"], tuple(file["urls"]), file.get("sha256", ""))
                              for file in entry.get("files", ())),
                        tuple(entry["also"]))
            for name, entry in table.items()}


@functools.cache
def _by_address() -> Mapping[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name, known in known_schemas().items():
        for number, file in enumerate(known.files):
            found.update((bare_address(url), (name, number)) for url in file.urls)
        found.update((bare_address(address), (name, 0)) for address in known.also)
    return found


def named_by(address: str) -> tuple[Known, int] | None:
    """Return the schema that an address leads to, and which of its files; None where the catalogue has none.

    `http://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng` is the first file of `tei-all`, of the
    version that is pinned: that address itself is always the newest release.
    """
    found = _by_address().get(bare_address(address))
    return (known_schemas()[found[0]], found[1]) if found else None


def bare_address(address: str) -> str:
    """Return an address without what does not tell one schema from another: scheme, `www.`, query and fragment."""
    bare = re.sub(r"^[a-z]+://(www\.)?", "", address.strip(), flags=re.IGNORECASE)
    host, slash, path = re.split(r"[?#]", bare, maxsplit=1)[0].partition("/")
    return f"{host.lower()}{slash}{path}"
