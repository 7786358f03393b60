"""The command line, run in the process of the test: what a shell would see, without the start of a Python each time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tei_edition import cli


def run(*arguments: str | Path, cwd: Path | None = None,
        given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Return the exit code of `tei-edition ARGUMENTS`, its stdout and its stderr; `given` stands on its stdin."""
    out, err = _stream(), _stream()
    with _there(cwd or Path.cwd()), _streams(_stream(given or ""), out, err):
        before, sys.argv = sys.argv, ["tei-edition", *map(str, arguments)]
        try:
            cli.main()
        except SystemExit as left:
            code = left.code
        finally:
            sys.argv = before
    assert isinstance(code, int), "the command line leaves with a number"
    return subprocess.CompletedProcess(list(map(str, arguments)), code, _read(out), _read(err))


def run_apart(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Return the same of a process of its own: for what one process may hide, as another order of its sets."""
    return subprocess.run([sys.executable, "-m", "tei_edition", *map(str, arguments)], capture_output=True, text=True,
                          encoding="utf-8", cwd=cwd, check=False)


def _stream(given: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(given.encode("utf-8")), encoding="utf-8", newline="")


def _read(stream: io.TextIOWrapper) -> str:
    stream.flush()
    written = stream.buffer
    assert isinstance(written, io.BytesIO)
    return written.getvalue().decode("utf-8").replace("\r\n", "\n")  # as subprocess reads it


@contextmanager
def _there(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _streams(stdin: io.TextIOWrapper, stdout: io.TextIOWrapper, stderr: io.TextIOWrapper) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin, sys.stdout, sys.stderr = stdin, stdout, stderr
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
