"""Which files are meant: files, folders with *.xml files in them, standard input; of these those that changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tei_edition.checking.check import File
from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding
from tei_edition.files import read_standard_input
from tei_edition.validation.layers import STANDARD_INPUT


def named_files(paths: Sequence[Path], *, stdin_name: str = "", changed_since: str = "") -> list[File]:
    """Return the files to check, a folder as its *.xml files in the order of their names, each file once.

    `-` is standard input, which is called `stdin_name` where that is given. With `changed_since`, a revision of git,
    only those that differ from it, or that git does not know yet, are checked whole.

    Raises UnusableInput (`CO001`) for a folder without *.xml files and WrongUsage (`CO033`) where git cannot tell.
    """
    files = [_standard_input(stdin_name) if path == STANDARD_INPUT else File(path) for path in _expanded(paths)]
    if not changed_since:
        return files
    changed = _changed([file.path for file in files if file.data is None], changed_since)
    return [file._replace(whole=file.data is not None or _real(file.path) in changed) for file in files]


def _standard_input(name: str) -> File:
    return File(Path(name) if name else STANDARD_INPUT, read_standard_input())


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for path in paths:
        files = sorted(path.glob("*.xml")) if path != STANDARD_INPUT and path.is_dir() else [path]
        if not files:
            raise UnusableInput(finding("CO001", "this folder holds no *.xml file", Location(str(path)),
                                        hint="name a folder with TEI files in it, or the files themselves"))
        for file in files:
            real = "-" if file == STANDARD_INPUT else _real(file)  # one file may be named in several ways
            if real not in seen:
                seen.add(real)
                yield file


def _changed(paths: Iterable[Path], revision: str) -> set[str]:
    """Return those of the files that differ from a revision or are not in git, as real paths."""
    import shutil  # imported where used: one file is checked as fast as can be

    git = shutil.which("git")
    if git is None:
        raise WrongUsage(finding("CO033", "git is not installed", Location(""), hint="leave --changed-since out"))
    changed: set[str] = set()
    tops: set[str] = set()
    for folder in sorted({os.path.realpath(path.parent) for path in paths}):
        if any(folder == top or folder.startswith(top + os.sep) for top in tops):
            continue
        top = _git(git, folder, "rev-parse", "--show-toplevel", wrong="this folder is in no git repository")[0]
        tops.add(os.path.realpath(top))
        # The name is looked up first, so that one that begins with - is never taken for an option.
        commit = _git(git, top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
                      wrong=f"git knows no revision “{revision}”")[0]
        names = _git(git, top, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", commit, "--")
        names += _git(git, top, "ls-files", "--others", "--exclude-standard", "-z")
        changed |= {os.path.realpath(os.path.join(top, name)) for name in names}  # noqa: PTH118 - no Path for each
    return changed


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _git(git: str, folder: str, *arguments: str, wrong: str = "git failed") -> list[str]:
    """Return the lines, or the names parted by NUL, that git prints. Raises WrongUsage (`CO033`)."""
    import subprocess

    try:
        done = subprocess.run([git, "-C", folder, *arguments], capture_output=True, check=False,  # noqa: S603
                              stdin=subprocess.DEVNULL, env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"})
    except OSError as error:
        raise WrongUsage(finding("CO033", f"git cannot be run: {error.strerror}", Location(folder))) from None
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().splitlines()
        detail = f" ({said[-1]})" if said and wrong == "git failed" else ""
        raise WrongUsage(finding("CO033", f"{wrong}{detail}", Location(folder)))
    parted = done.stdout.split(b"\0") if "-z" in arguments else done.stdout.splitlines()
    return [os.fsdecode(one) for one in parted if one]
