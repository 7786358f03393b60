"""Reading and writing files: strictly decoded, never half-written, never overwritten by accident."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding


def read_bytes(path: Path | str) -> bytes:
    """Return the bytes of a file. Raises UnusableInput (`CO001`) where it is missing or cannot be read."""
    try:
        return Path(path).read_bytes()
    except IsADirectoryError:
        raise UnusableInput(finding("CO001", "this is a folder, a file is needed here", Location(str(path)))) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UnusableInput(finding("CO001", f"cannot be read: {reason}", Location(str(path)))) from None


def read_standard_input() -> bytes:
    """Return the bytes of standard input. Raises UnusableInput (`CO001`) where it is closed or cannot be read."""
    if sys.stdin is None:
        raise UnusableInput(finding("CO001", "standard input is closed", Location("")))
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UnusableInput(finding("CO001", f"standard input cannot be read: {reason}", Location(""))) from None


def write_bytes(path: Path | str, data: bytes, *, force: bool = False) -> bool:
    """Write a file as a whole: to a temporary name beside it, then moved into place.

    Returns False where the same bytes are there already. A file that is there and differs is left alone unless
    `force` is set. Raises WrongUsage (`CO002`: it is there and differs; `CO003`: it cannot be written). What is no
    regular file (a pipe, /dev/stdout) is written through; a link stays, and what it leads to is replaced.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise WrongUsage(finding("CO003", "this is a folder, a file is needed here", Location(str(path))))
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return True
        if path.exists():
            if path.is_file() and path.read_bytes() == data:
                return False
            if not force:
                raise WrongUsage(
                    finding("CO002", "is there already and differs from what would be written", Location(str(path)))
                )
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path.resolve() if path.is_symlink() else path, data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise WrongUsage(finding("CO003", f"cannot be written: {reason}", Location(str(path)))) from None
    return True


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)  # mkstemp makes private files; an edition is to be read by others
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
