"""The compact syntax of RELAX NG (.rnc), turned into XML by trang where that is installed.

What trang makes is kept in the cache under the checksum of all that it was made from, the included files too, so that a
folder of a thousand documents starts Java once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.files import read_bytes
from tei_edition.validation.schemas.cache import cache_folder

_INCLUDED = re.compile(rb"""\b(?:include|external)\s+["']{1,3}([^"'\n]+)["']""")
_SECONDS = 60
# An include of an address must not make Java open it: its connections lead to a port where nobody listens.
_NOWHERE = " ".join(f"-D{kind}.proxyHost=127.0.0.1 -D{kind}.proxyPort=9 -D{kind}.nonProxyHosts="
                    for kind in ("http", "https", "ftp"))


def as_xml(path: Path) -> Path:
    """Return the .rng that trang makes of an .rnc. Raises WrongUsage (`CO042`) without trang, or where it refuses."""
    sources = _sources(path)
    every = b"".join(b"%s\0%d\0%s" % (name.encode(), len(data), data) for name, data in sources)
    key = hashlib.sha256(every).hexdigest()
    made = cache_folder() / "compact" / key / f"{path.stem}.rng"
    if made.is_file():
        return made
    trang = shutil.which("trang")
    if trang is None:
        raise _refused(path, "an .rnc needs the program trang, which is not installed",
                       "install trang (Debian: apt install trang), or give the .rng")
    try:
        made.parent.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=made.parent.parent))
    except OSError as error:
        raise WrongUsage(finding("CO003", f"cannot be written: {(error.strerror or '').lower()}",
                                 Location(str(made.parent.parent)))) from None
    try:
        _run(trang, path, folder / made.name)
        try:
            folder.rename(made.parent)
        except OSError:
            if not made.is_file():  # another process was faster
                raise
    finally:
        with contextlib.suppress(OSError):  # it has been renamed
            shutil.rmtree(folder)
    return made


def _sources(path: Path) -> list[tuple[str, bytes]]:
    """Return the file and what it includes, each once, by its name beside the first."""
    found: dict[Path, bytes] = {}
    pending = [path.resolve()]
    while pending:
        file = pending.pop()
        if file in found or (found and not file.is_file()):
            continue
        found[file] = read_bytes(file)
        pending += [file.parent / name.decode("utf-8", "replace") for name in _INCLUDED.findall(found[file])
                    if b"://" not in name and b"\0" not in name]
    return [(os.path.relpath(file, path.resolve().parent), data) for file, data in found.items()]


def _run(trang: str, path: Path, output: Path) -> None:
    try:
        done = subprocess.run([trang, str(path.resolve()), str(output)], capture_output=True, text=True,  # noqa: S603 (no shell)
                              encoding="utf-8", timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL,
                              env={**os.environ, "JAVA_TOOL_OPTIONS": _NOWHERE})
    except subprocess.TimeoutExpired:
        raise _refused(path, f"trang did not finish within {_SECONDS} seconds", "") from None
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, f"trang cannot be run: {error}", "") from None
    if done.returncode or not output.is_file():
        said = [line for line in (done.stdout + done.stderr).splitlines() if "error:" in line or "fatal:" in line]
        place = re.match(r".*?:(\d+):(\d+): (?:fatal: |error: )+(.*)", said[0]) if said else None
        where = Location(str(path), int(place[1]), int(place[2])) if place else Location(str(path))
        words = place[3] if place else said[0].partition("fatal: ")[2] or said[0] if said else "it says nothing"
        raise WrongUsage(finding("CO042", f"trang refuses this schema: {words}", where, hint="correct the .rnc"))


def _refused(path: Path, message: str, hint: str) -> WrongUsage:
    return WrongUsage(finding("CO042", message, Location(str(path)), hint=hint))
