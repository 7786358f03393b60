#!/usr/bin/env python3
"""How fast `tei-edition validate` is beside `xmllint` and `jing`, in one run, with the floors that it has to keep.

python bench/validate_speed.py --editions EDITIONS --gold VOLUMES --tei-all tei_all.rng

EDITIONS holds documents of the profile edition (*.xml), VOLUMES published volumes. What is told is the median of some
rounds; in a round all are run one after the other, each in a process of its own, so that a busy machine is busy for
all of them. CPU time stands beside the time on the clock. Our cache lies in a folder of this run. Exit code 1 where a
floor is not kept. What has no folder or schema is left out.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

SCHEMA = Path(__file__).resolve().parents[1] / "schemas" / "tei-edition.rng"
_GRAMMAR = ("--layers", "well-formed,grammar")
_VOLUME = 3_000_000  # bytes of the one volume, or the nearest that there is
_VOLUMES = 100


class Took(NamedTuple):
    """What a process took: seconds on the clock, and of the processors."""

    wall: float
    cpu: float


@dataclass
class Contest:
    """Runs that are held against each other: what each took in each round, by name."""

    title: str
    runs: dict[str, Callable[[], Took]]
    took: dict[str, list[Took]] = field(default_factory=dict)

    def round(self) -> None:
        """Run each once."""
        for name, run in self.runs.items():
            self.took.setdefault(name, []).append(run())

    def median(self, name: str) -> Took:
        """Return the median of a run."""
        return Took(*(statistics.median(column) for column in zip(*self.took[name], strict=True)))

    def show(self) -> None:
        """Print the medians."""
        print(f"\n{self.title}")
        for name in self.runs:
            median = self.median(name)
            print(f"  {name:44}{median.wall:9.2f} s{median.cpu:9.2f} s CPU")


class Floor(NamedTuple):
    """`ours` may take at most `most` times as long as `beside`; without `beside` at most so many seconds."""

    contest: Contest
    ours: str
    most: float
    beside: str = ""

    def kept(self) -> bool:
        """Print whether it is kept, and return it."""
        ours = self.contest.median(self.ours)
        beside = self.contest.median(self.beside) if self.beside else Took(1.0, 1.0)
        value, cpu = ours.wall / beside.wall, ours.cpu / beside.cpu
        unit, name = (" ×", self.beside) if self.beside else (" s", "(seconds)")
        kept = value <= self.most
        print(f"  {'kept  ' if kept else 'BROKEN'} {self.ours:36} ≤ {self.most:5.3g}{unit} {name:38}"
              f"{value:8.3f}{unit} (CPU {cpu:.3f})")
        return kept


class Bench:
    """Runs programs in an environment of its own, in which our cache and our compiled code lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        folders = {"TEI_EDITION_CACHE": self.cache, "PYTHONPYCACHEPREFIX": folder / "compiled"}
        self._environment = os.environ | {name: str(path) for name, path in folders.items()}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self._ours = (sys.executable, "-m", "tei_edition", "validate", "-q")

    def ours(self, *arguments: str | Path, cold: bool = False) -> Callable[[], Took]:
        """Return a run of `tei-edition validate`; `cold`: with an empty cache, so that the schema is prepared anew."""

        def run() -> Took:
            if cold:
                for file in self.cache.rglob("*.json"):
                    file.unlink()
            return self._timed(*self._ours, *arguments)

        return run

    def other(self, *command: str | Path) -> Callable[[], Took]:
        """Return a run of another program."""
        return lambda: self._timed(*command)

    def each(self, command: Sequence[str | Path], files: Sequence[Path], sample: int) -> Callable[[], Took]:
        """Return a program that is called once a file: some of them are measured, and all reckoned from these."""
        chosen = files[:: max(1, len(files) // sample)][:sample]

        def run() -> Took:
            took = [self._timed(*command, file) for file in chosen]
            return Took(*(sum(column) * len(files) / len(chosen) for column in zip(*took, strict=True)))

        return run

    def _timed(self, *command: str | Path) -> Took:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.perf_counter()
        done = subprocess.run(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                              env=self._environment)
        wall = time.perf_counter() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1, 3) or b"Traceback" in done.stderr:  # 3: xmllint's “not valid”
            raise SystemExit(f"{command[0]}: {done.stderr.decode(errors='replace')[-500:]}")
        return Took(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def many_documents(bench: Bench, editions: Path, sample: int) -> tuple[Contest, list[Floor]]:
    """Many documents with our schema, and the start on one of them."""
    files = sorted(editions.glob("*.xml"))
    jing = f"jing once a document ({sample} measured)"
    xmllint = "xmllint once on all"
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    contest = Contest(f"{len(files)} documents, {megabytes:.1f} MB, our schema", {
        "ours, grammar": bench.ours(editions, "--schema", "edition", *_GRAMMAR),
        "ours, grammar, one process": bench.ours(editions, "--schema", "edition", *_GRAMMAR, "--jobs", "1"),
        "ours, all layers": bench.ours(editions, "--schema", "edition"),
        "ours, all layers, one process": bench.ours(editions, "--schema", "edition", "--jobs", "1"),
        xmllint: bench.other("xmllint", "--noout", "--relaxng", SCHEMA, *files),
        jing: bench.each(("jing", SCHEMA), files, sample),
        "ours, one document, all layers": bench.ours(files[0], "--schema", "edition"),
    })
    return contest, [
        Floor(contest, "ours, grammar", 0.1, jing),
        Floor(contest, "ours, grammar", 1.5, xmllint),
        Floor(contest, "ours, all layers", 4.0, xmllint),
        Floor(contest, "ours, one document, all layers", 0.35),
    ]


def one_document(bench: Bench, editions: Path, tei_all: Path) -> tuple[Contest, list[Floor]]:
    """One document with TEI All, each a fresh process."""
    file = min(editions.glob("*.xml"), key=lambda path: (abs(path.stat().st_size - 20_000), path.name))
    ours = bench.ours(file, "--schema", tei_all, *_GRAMMAR)
    contest = Contest(f"one document, {file.stat().st_size / 1e3:.0f} KB, TEI All, fresh processes", {
        "ours, the schema prepared anew": bench.ours(file, "--schema", tei_all, *_GRAMMAR, cold=True),
        "ours, the schema in the cache": ours,
        "xmllint": bench.other("xmllint", "--noout", "--relaxng", tei_all, file),
        "jing": bench.other("jing", tei_all, file),
    })
    return contest, [
        Floor(contest, "ours, the schema in the cache", 1 / 8, "xmllint"),
        Floor(contest, "ours, the schema in the cache", 2.0, "jing"),
    ]


def volumes(bench: Bench, gold: Path, tei_all: Path) -> tuple[Contest, list[Floor]]:
    """A volume, and a folder of a hundred, with TEI All."""
    files = sorted(gold.glob("*.xml"))
    one = min(files, key=lambda path: (abs(path.stat().st_size - _VOLUME), path.name))
    folder = bench.folder / "volumes"
    folder.mkdir()
    for number, file in enumerate(islice(cycle(files), _VOLUMES)):
        (folder / f"{number:03d}-{file.name}").symlink_to(file.resolve())
    many = sorted(folder.iterdir())
    contest = Contest(f"a volume of {one.stat().st_size / 1e6:.1f} MB; {_VOLUMES} volumes; TEI All", {
        "ours, a volume": bench.ours(one, "--schema", tei_all, *_GRAMMAR),
        "jing, a volume": bench.other("jing", tei_all, one),
        "ours, the volumes": bench.ours(folder, "--schema", tei_all, *_GRAMMAR),
        "ours, the volumes, one process": bench.ours(folder, "--schema", tei_all, *_GRAMMAR, "--jobs", "1"),
        "jing, the volumes, one process": bench.other("jing", tei_all, *many),
    })
    return contest, [
        Floor(contest, "ours, a volume", 1.0, "jing, a volume"),
        Floor(contest, "ours, the volumes", 3.0, "jing, the volumes, one process"),
    ]


def main() -> None:
    """Run the contests, print what each took, and whether the floors are kept."""
    parser = argparse.ArgumentParser(description="How fast validate is beside xmllint and jing.")
    parser.add_argument("--editions", type=Path, help="a folder of editions, *.xml")
    parser.add_argument("--gold", type=Path, help="a folder of published volumes, *.xml")
    parser.add_argument("--tei-all", type=Path, help="the RELAX NG schema of TEI All")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jing-sample", type=int, default=30, help="so many documents are given to jing one by one")
    options = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        made: list[tuple[Contest, list[Floor]]] = []
        if options.editions:
            made.append(many_documents(bench, options.editions, options.jing_sample))
        if options.editions and options.tei_all:
            made.append(one_document(bench, options.editions, options.tei_all))
        if options.gold and options.tei_all:
            made.append(volumes(bench, options.gold, options.tei_all))
        for contest, _ in made:
            next(iter(contest.runs.values()))()  # the first process finds nothing compiled
            for _ in range(options.rounds):
                contest.round()
            contest.show()
        print(f"\nfloors, by the clock, medians of {options.rounds} rounds")
        for _, floors in made:
            kept &= all([floor.kept() for floor in floors])
    sys.exit(not kept)


if __name__ == "__main__":
    main()
