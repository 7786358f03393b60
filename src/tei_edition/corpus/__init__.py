"""ALL OF IT, MANY TIMES: which texts a run reads and where each edition goes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding


class Job(NamedTuple):
    """A source to read and the file that its edition goes to (None: standard output)."""

    source: Path
    output: Path | None


def plan(source: Path, output: str | Path | None) -> Sequence[Job]:
    """Return the jobs of a run: one for a file, one for each `*.txt` of a folder, in the order of their names.

    `output` is a file or a folder; a name that ends in a slash is a folder, whether it is there or not.

    Raises UnusableInput (`CO001`) where the source is missing, `CO004` where a folder holds no text, and WrongUsage
    (`CO005`) where a folder has no output folder.
    """
    target = Path(output) if output is not None else None
    if not source.is_dir():
        if target is not None and (target.is_dir() or str(output).endswith(("/", os.sep))):
            target = target / f"{source.stem}.xml"
        return [Job(source, target)]
    texts = sorted(path for path in source.glob("*.txt") if path.is_file())
    if not texts:
        raise UnusableInput(finding("CO004", "this folder holds no *.txt", Location(str(source))))
    if target is None:
        raise WrongUsage(finding("CO005", "a folder of texts needs a folder for the editions", Location(str(source))))
    if target.exists() and not target.is_dir():
        raise WrongUsage(
            finding("CO005", "the output is a file, and a folder of texts needs a folder", Location(str(target)))
        )
    return [Job(path, target / f"{path.stem}.xml") for path in texts]
