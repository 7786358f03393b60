"""Reading and writing files: strictly decoded, never half-written, never overwritten by accident."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding

_PART = 2**24  # bytes that are read at once: all of most files
MOST_BYTES = 512 * 2**20  # what is read into memory of one file or stream


def read_bytes(path: Path | str, *, most: int = MOST_BYTES) -> bytes:
    """Return the bytes of a file. Raises UnusableInput (`CO001`) where it is missing or cannot be read, and `CO049`
    where it has more than `most` bytes or has no end, as /dev/zero.
    """
    try:
        with Path(path).open("rb") as file:
            return _bounded(file, str(path), most)
    except IsADirectoryError:
        raise UnusableInput(finding("CO001", "this is a folder, a file is needed here", Location(str(path)))) from None
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UnusableInput(finding("CO001", f"cannot be read: {reason}", Location(str(path)))) from None


def read_standard_input() -> bytes:
    """Return the bytes of standard input. Raises UnusableInput (`CO001`) where it is closed or cannot be read,
    `CO049` where it is too long."""
    if sys.stdin is None:
        raise UnusableInput(finding("CO001", "standard input is closed", Location("")))
    try:
        return _bounded(sys.stdin.buffer, "", MOST_BYTES)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UnusableInput(finding("CO001", f"standard input cannot be read: {reason}", Location(""))) from None


def _bounded(file: BinaryIO, path: str, most: int) -> bytes:
    """Read to the end, in parts, so that what has no end cannot fill the memory."""
    parts: list[bytes] = []
    left = most + 1
    while left > 0 and (part := file.read(min(left, _PART))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise UnusableInput(finding("CO049", f"has more than {most / 2**20:.3g} MB, and is not read", Location(path)))
    return parts[0] if len(parts) == 1 else b"".join(parts)


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
    import tempfile  # imported where used: what only reads starts faster

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
