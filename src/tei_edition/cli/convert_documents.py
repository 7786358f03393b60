"""The documents of a run of `convert`: a text that holds several of them is read as so many."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tei_edition.diagnostics import UnusableInput

if TYPE_CHECKING:
    from tei_edition.corpus import Job
    from tei_edition.model import Source
    from tei_edition.reading import Parts


class Texts:
    """Reads the texts of a run, and parts them into documents unless each is said to be `one`.

    The last text is kept: the documents of a volume are converted one behind the other, and standard input cannot be
    read a second time.
    """

    def __init__(self, *, one: bool = False) -> None:
        self._one = one
        self._last: tuple[Path | None, Parts | UnusableInput] | None = None

    def parts(self, path: Path | None) -> Parts:
        """Return the documents of a text (None: standard input). Raises UnusableInput where it cannot be read."""
        if self._last is None or self._last[0] != path:
            self._last = path, self._read(path)
        found = self._last[1]
        if isinstance(found, UnusableInput):
            raise found
        return found

    def _read(self, path: Path | None) -> Parts | UnusableInput:
        from tei_edition.files import read_bytes, read_standard_input
        from tei_edition.reading import Parts, decode, part_documents

        try:
            source = decode(read_bytes(path) if path else read_standard_input(), str(path or ""))
        except UnusableInput as error:
            return error
        return Parts((source,), ()) if self._one else part_documents(source)

    def document(self, job: Job) -> Source:
        """Return the document of a job."""
        return self.parts(job.source).sources[job.part or 0]

    def readable(self, jobs: Iterable[Job]) -> Iterator[Source]:
        """Yield each document of the jobs that can be read; the others are told when their turn comes."""
        for job in jobs:
            with contextlib.suppress(UnusableInput):
                yield self.document(job)


def plan_documents(source: Path | None, output: str | None, texts: Texts) -> list[Job]:
    """Return the jobs of a run, one for each document. What cannot be read is told when its turn comes."""
    from tei_edition.corpus import divide, plan

    jobs: list[Job] = []
    for job in plan(source, output):
        try:
            found = texts.parts(job.source).sources
        except UnusableInput:
            found = ()
        jobs.extend(divide(job, [document.name for document in found], output) if len(found) > 1 else [job])
    return jobs
