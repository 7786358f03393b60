"""Where fetched schemas lie: in the cache folder of the user, or where `TEI_EDITION_CACHE` says.

Beside the files of a schema stands `fetched.json` with their checksums. A file that differs from its checksum is not
used: a schema that somebody has changed in the cache would give another verdict here than elsewhere.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tei_edition.diagnostics import Location, UnusableInput, finding
from tei_edition.files import write_bytes

if TYPE_CHECKING:
    from tei_edition.validation.schemas.catalogue import Known

RECORD = "fetched.json"


def cache_folder() -> Path:
    """Return the folder of what is fetched and prepared: `~/.cache/tei-edition` on Linux, `TEI_EDITION_CACHE` first."""
    chosen = os.environ.get("TEI_EDITION_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("tei-edition", appauthor=False))


def folder_of(known: Known) -> Path:
    """Return the folder of a schema in the cache: one for each of its versions."""
    return cache_folder() / "schemas" / known.name / known.version


def checksum(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    import hashlib  # imported where used: the library of checksums takes long to load

    return hashlib.sha256(data).hexdigest()


def recorded(known: Known) -> Mapping[str, str]:
    """Return the checksums of the files of a schema as they were fetched; nothing where it was not."""
    try:
        record = json.loads((folder_of(known) / RECORD).read_text(encoding="utf-8"))
        return {str(name): str(checked) for name, checked in record["sha256"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def cached(known: Known) -> tuple[Path, ...]:
    """Return the files of a schema in the cache; nothing where it has not been fetched as a whole.

    Raises UnusableInput (`CO044`) where a file is not what was fetched.
    """
    sums = recorded(known)
    paths = tuple(folder_of(known) / file.name for file in known.files)
    if not paths or not all(path.is_file() and path.name in sums for path in paths):
        return ()
    for path in paths:
        state = path.stat()
        if _checksum_of(path, state.st_mtime_ns, state.st_size) != sums[path.name]:
            raise UnusableInput(finding("CO044", f"the schema {known.name} in the cache is not what was fetched",
                                        Location(str(path)),
                                        hint=f"run: tei-edition schema fetch {known.name} --force"))
    return paths


@functools.lru_cache(maxsize=64)
def _checksum_of(path: Path, _changed: int, _size: int) -> str:
    return checksum(path.read_bytes())


def store(known: Known, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Put the files of a schema into the cache, each moved into place as a whole, the record last.

    Raises WrongUsage (`CO003`) where the folder cannot be written.
    """
    folder = folder_of(known)
    for name, data in files.items():
        write_bytes(folder / name, data, force=True)
    record = {"name": known.name, "version": known.version,
              "sha256": {name: checksum(data) for name, data in sorted(files.items())}}
    write_bytes(folder / RECORD, json.dumps(record, indent=2).encode() + b"\n", force=True)
    return tuple(folder / file.name for file in known.files)
