"""Which files a list of citations is made from: plain texts and editions, those of folders in the order of names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding

EDITIONS = (".xml", ".tei")


def cited_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files: of a folder its `*.txt`, or, where it holds none, its editions (`*.xml`, `*.tei`).

    A folder that holds both texts and the editions made from them would give each citation twice.

    Raises UnusableInput (`CO004`) where a folder holds neither, and WrongUsage (`CO020`) where a file is named twice.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith("."))
        texts = [p for p in inside if p.suffix == ".txt"]
        files = texts or [p for p in inside if p.suffix.lower() in EDITIONS]
        if not files:
            raise UnusableInput(finding("CO004", "this folder holds no *.txt, and no *.xml", Location(str(path))))
        found.extend(files)
    seen: set[Path] = set()
    for path in found:
        if path.resolve() in seen:
            message = "is named twice: each of its citations would be listed twice"
            raise WrongUsage(finding("CO020", message, Location(str(path))))
        seen.add(path.resolve())
    return found
