"""ALL OF IT, MANY TIMES: which texts a run reads and where each edition goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding


class Job(NamedTuple):
    """A source to read and the file that its edition goes to (None: standard output)."""

    source: Path
    output: Path | None


def plan(source: Path, output: Path | None) -> Sequence[Job]:
    """Return the jobs of a run: one for a file, one for each `*.txt` of a folder, in the order of their names.

    Raises UnusableInput (`CO001`) where the source is missing, `CO004` where a folder holds no text, and WrongUsage
    (`CO005`) where a folder has no output folder.
    """
    if not source.is_dir():
        if output is not None and output.is_dir():
            output = output / f"{source.stem}.xml"
        return [Job(source, output)]
    texts = sorted(path for path in source.glob("*.txt") if path.is_file())
    if not texts:
        raise UnusableInput(finding("CO004", "this folder holds no *.txt", Location(str(source))))
    if output is None:
        raise WrongUsage(finding("CO005", "a folder of texts needs a folder for the editions", Location(str(source))))
    if output.exists() and not output.is_dir():
        raise WrongUsage(
            finding("CO005", "the output is a file, and a folder of texts needs a folder", Location(str(output)))
        )
    return [Job(path, output / f"{path.stem}.xml") for path in texts]
