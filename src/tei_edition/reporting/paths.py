"""Paths as services for checking code read them: relative to the folder of the run, with `/`."""

from __future__ import annotations

import os
from pathlib import Path, PurePath


def relative_path(path: str) -> str:
    """Return a path relative to the working folder where it lies in it: `./a/d1.xml` → `a/d1.xml`."""
    if path in ("", "-"):
        return path
    if PurePath(path).is_absolute():
        try:
            path = os.path.relpath(path) if Path(path).is_relative_to(Path.cwd()) else path
        except (OSError, ValueError):  # the folder is gone; another drive
            return PurePath(path).as_posix()
    return PurePath(os.path.normpath(path)).as_posix()


def relative_uri(path: str) -> str:
    """Return the reference to a file, percent-encoded: `a/d 1.xml` → `a/d%201.xml`; what lies elsewhere by file:."""
    from urllib.parse import quote

    made = relative_path(path)
    encoded = quote(made.encode("utf-8", "surrogateescape"), safe="/~")
    return f"file://{encoded}" if made.startswith("/") else encoded
