"""ALL OF IT, MANY TIMES: which texts a run reads and where each edition goes."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding


class Job(NamedTuple):
    """A source to read (None: standard input) and the file that its edition goes to (None: standard output).

    Where the source holds several documents, `part` is the place of this one among them, from 0.
    """

    source: Path | None
    output: Path | None
    part: int | None = None

    @property
    def invalid(self) -> Path | None:
        """The file that a result goes to that is not valid: `d280.invalid.xml` beside `d280.xml`."""
        return self.output.with_suffix(".invalid.xml") if self.output else None


def plan(source: Path | None, output: str | Path | None) -> Sequence[Job]:
    """Return the jobs of a run: one for a file, one for each `*.txt` of a folder, in the order of their names.

    `output` is a file or a folder; a name that ends in a slash is a folder, whether it is there or not.

    Raises UnusableInput (`CO001`) where the source is missing, `CO004` where a folder holds no text, and WrongUsage
    (`CO005`) where a folder has no output folder.
    """
    target = Path(output) if output is not None else None
    if source is None or not source.is_dir():
        if target is not None and (target.is_dir() or str(output).endswith(("/", os.sep))):
            target = target / f"{source.stem if source else 'document'}.xml"
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


def divide(job: Job, names: Sequence[str], output: str | Path | None) -> list[Job]:
    """Return a job for each of the documents that the source of a job holds: `volume_d280.xml` in the output folder.

    `output` is what the user gave: a folder, there already or to be made. Raises WrongUsage (`CO005`) where it is a
    file, or nothing.
    """
    many = f"this text holds {len(names):,} documents"
    where = Location(str(job.source or "standard input"))
    if job.output is None or output is None:
        raise WrongUsage(finding("CO005", f"{many}, and one of them only can go to standard output", where))
    folder = job.output.parent
    if job.output == Path(output):  # one text, and no folder of that name is there
        if job.output.exists() or job.output.suffix.lower() in (".xml", ".tei"):
            raise WrongUsage(finding("CO005", f"{many}, and {output} is one file", where))
        folder = job.output
    return [Job(job.source, folder / f"{name}.xml", part) for part, name in enumerate(names)]


def check_paths(jobs: Sequence[Job], review: Path | None, inputs: Iterable[Path], *, force: bool) -> None:
    """Look at what a run would write before it reads anything: nothing may take the place of what it reads.

    `inputs` are the settings file and the authority files; the sources are in the jobs. `force` overwrites an older
    output, never an input. Raises WrongUsage: `CO007` where a file is needed twice, `CO002` where the list for review
    is there already (its bytes cannot be known before the work), `CO003` where it is a folder.
    """
    read = {path.resolve() for path in (*(job.source for job in jobs), *inputs) if path}
    written = [path for job in jobs for path in (job.output, job.invalid) if path]
    for path in [*written, *([review] if review else [])]:
        if path.resolve() in read:
            message = "this run reads this file, and would write over it"
            raise WrongUsage(finding("CO007", message, Location(str(path))))
    for path, times in Counter(written).items():
        if times > 1:
            message = "two documents of this run would go to this file"
            raise WrongUsage(finding("CO007", message, Location(str(path))))
    if review is None:
        return
    if review.resolve() in {path.resolve() for path in written}:
        message = "both an edition and the list for review would go here"
        raise WrongUsage(finding("CO007", message, Location(str(review))))
    if review.is_dir():
        raise WrongUsage(finding("CO003", "cannot be written: is a directory", Location(str(review))))
    if review.exists() and not force:
        raise WrongUsage(finding("CO002", "is there already; nothing was converted", Location(str(review))))
