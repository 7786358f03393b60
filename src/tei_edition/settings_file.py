"""Where the settings of an edition lie: the nearest tei-edition.toml.

Apart from `settings`, which knows what may stand in it: to check a document takes the file only if there is one.
"""

from __future__ import annotations

from pathlib import Path

FILE_NAME = "tei-edition.toml"


def find_settings(start: Path) -> Path | None:
    """Return the nearest tei-edition.toml in the folder of `start` or above it, None where there is none."""
    folder = start.resolve() if start.is_dir() else start.resolve().parent
    return next((path for f in (folder, *folder.parents) if (path := f / FILE_NAME).is_file()), None)
