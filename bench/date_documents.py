#!/usr/bin/env python3
"""When was it written? The intervals that `convert` gives to documents without a dateline, beside the true dates.

python bench/date_documents.py --bench ../shared/bench --gold ../shared/gold [--half 0|1] [--fit] [--errors KIND]

Every document of the published volumes is rendered without its dateline (style `reader`) and dated by what is left, in
two settings: among others that have lost theirs, too, and as one of ten that has lost it in a volume whose other
datelines stand. For each kind of evidence: documents that it was found for, how often the interval holds the true date,
its width, how many are narrower than 60 days. Below, the two floors of the issue.

--fit prints what the rows of `data/dating-lags.tsv` for file numbers would be by these volumes (or half of them),
--errors the documents whose interval misses, with the evidence.
"""

from __future__ import annotations

import argparse
import collections
import datetime as dt
import hashlib
import importlib
import lzma
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tei_edition.model import Document, Source
from tei_edition.reading import read_document
from tei_edition.tagging import Known, date_reading
from tei_edition.tagging.citations import recognise_citations
from tei_edition.tagging.context import Reading
from tei_edition.tagging.dating import evidence_for
from tei_edition.tagging.dating.neighbours import Survey
from tei_edition.tagging.dating.numbers import file_number
from tei_edition.tagging.dating.papers import kind_of

_NARROW = 60
_ONE_IN = 10  # in the second setting, one dateline in so many is withheld
_COVERED = 0.975  # what the fitted range of days is to hold


class Paper(NamedTuple):
    """A document without its dateline, the text that still has it, and the true date."""

    document: Document
    dated: str
    true: dt.date | None


class Result(NamedTuple):
    """An interval beside the true date: by what evidence it was given, None for an end that is open."""

    name: str
    true: dt.date
    kinds: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    words: str

    @property
    def holds(self) -> bool:
        """Whether the true date lies in it."""
        return (self.first or dt.date.min) <= self.true <= (self.last or dt.date.max)

    @property
    def width(self) -> int | None:
        """Its days, None where an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None


def papers_of(bench: Path, path: Path) -> list[Paper]:
    """Return the documents of a volume, read without their datelines."""
    render = _module(bench, "render")
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        root = etree.fromstring(file.read(), etree.XMLParser(recover=True, collect_ids=False, huge_tree=True))
    volume = path.name.split(".")[0]
    found = []
    for div in render.documents(root):
        text = render.Renderer("reader").render(div)
        name = f"{volume}_{div.get(render.XID)}"
        source = Source(text, hashlib.sha256(text.encode()).hexdigest(), name=name)
        found.append(Paper(read_document(source), render.Renderer("page").render(div), _true_date(render, div)))
    return found


def _true_date(render: Any, div: Any) -> dt.date | None:
    """The date of the document's own dateline, that of no attachment."""
    for dateline in div.iter(render.TEI + "dateline"):
        if not any(render.local(a) == "attachment" for a in dateline.iterancestors()):
            for date in dateline.iter(render.TEI + "date"):
                try:
                    return dt.date.fromisoformat((date.get("when") or date.get("from") or "")[:10])
                except ValueError:
                    continue
    return None


def none_dated(papers: list[Paper]) -> Iterator[tuple[Paper, Known]]:
    """Yield each document in a folder where no document has its dateline."""
    known = _surveyed((p.document.source.name, p.document.source.text) for p in papers)
    yield from ((paper, known) for paper in papers if paper.true)


def others_dated(papers: list[Paper]) -> Iterator[tuple[Paper, Known]]:
    """Yield each document in a folder where nine of ten have theirs: ten folders, so that each loses it once."""
    for turn in range(_ONE_IN):
        known = _surveyed(
            (p.document.source.name, p.document.source.text if i % _ONE_IN == turn else p.dated)
            for i, p in enumerate(papers)
        )
        yield from ((paper, known) for paper in papers[turn::_ONE_IN] if paper.true)


def _surveyed(texts: Iterable[tuple[str, str]]) -> Known:
    survey, known = Survey(), Known({})
    for _ in survey.reading(texts):
        pass
    known.folders = survey.folders()
    return known


def date_papers(papers: Iterable[tuple[Paper, Known]]) -> Iterator[tuple[Result | None, bool]]:
    """Yield the interval of each document (None: there is none), and whether the second floor counts it: its source
    note has a dated file number, or its neighbours are dated.
    """
    for paper, known in papers:
        reading = Reading(paper.document, known)
        cited, dating, _ = date_reading(reading)
        numbers = [span for span in cited if span.kind == "file-number"]
        kinds = tuple(sorted({piece.kind for piece in evidence_for(reading, numbers)}))
        counts = "file-number" in kinds or "neighbours" in kinds
        if dating is None or paper.true is None:
            yield None, counts
            continue
        value = dating.attributes
        if "notBefore" not in value and "notAfter" not in value:
            kinds = ("the head's own date" if dating.guessed else "a dateline left",)
        first = value.get("when") or value.get("from") or value.get("notBefore")
        last = value.get("when") or value.get("to") or value.get("notAfter")
        yield Result(paper.document.source.name, paper.true, kinds, _day(first), _day(last), dating.evidence), counts


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat((value + "-01-01")[:10]) if value else None


def lags_by_kind(papers: Iterable[Paper]) -> Mapping[str, list[int]]:
    """Return by kind of document how many days its date lies behind that in its file number."""
    lags = collections.defaultdict(list)
    for paper in papers:
        if paper.true:
            reading = Reading(paper.document, Known({}))
            numbers = [span for span in recognise_citations(reading) if span.kind == "file-number"]
            found = file_number(reading, numbers, kind_of(reading))
            if found:
                lags[kind_of(reading)].append((paper.true - found[1]).days)
    return lags


def shortest(lags: list[int]) -> tuple[int, int]:
    """Return the shortest range of days around 0, at least one on either side, that holds nearly all."""
    wanted = _COVERED * len(lags)
    options = []
    for before in range(1, 121):
        inside = sorted(lag for lag in lags if lag >= -before)
        if len(inside) >= wanted:
            after = max(1, inside[min(len(inside) - 1, int(wanted))])
            options.append((before + after, before))
    width, before = min(options, default=(240, 120))
    return before, width - before


def show(title: str, results: list[tuple[Result | None, bool]], *, errors: str | None) -> None:
    """Print the table of a setting and its floors."""
    print(f"\n{title}: {len(results):,} documents")
    print(f"{'evidence':24}{'documents':>10}{'holds':>9}{'median width':>14}{'< 60 days':>11}")
    given = [result for result, _ in results if result]
    for kind in sorted({kind for result in given for kind in result.kinds}):
        _row(kind, [result for result in given if kind in result.kinds])
    for kind in sorted({result.kinds[0] for result in given if len(result.kinds) == 1}):
        _row(f"{kind} alone", [result for result in given if result.kinds == (kind,)])
    _row("all that were given", given)
    counted = [result for result, counts in results if counts]
    narrow = sum(bool(r and r.width and r.width < _NARROW) for r in counted)
    print(f"the true date lies in {sum(r.holds for r in given) / max(1, len(given)):.4f} of those given (floor 0.97)")
    print(f"narrower than 60 days: {narrow / max(1, len(counted)):.4f} of {len(counted):,} with evidence (floor 0.70)")
    for r in given:
        if errors is not None and not r.holds and errors in ("all", *r.kinds):
            print(f"{r.name}\t{r.true}\t{r.first} … {r.last}\t{','.join(r.kinds)}\t{r.words}")


def _row(title: str, results: list[Result]) -> None:
    widths = [result.width or 100_000 for result in results]
    if results:
        median = statistics.median(widths)
        held = sum(result.holds for result in results) / len(results)
        narrow = sum(width < _NARROW for width in widths) / len(results)
        print(f"{title:24}{len(results):>10,}{held:>9.4f}{median if median < 50_000 else 'open':>14}{narrow:>11.3f}")


def _module(bench: Path, name: str) -> Any:
    if not (bench / f"{name}.py").is_file():
        sys.exit(f"{bench}: there is no {name}.py; --bench is the shared folder of the benchmarks")
    if str(bench) not in sys.path:
        sys.path.insert(0, str(bench))
    return importlib.import_module(name)


def main() -> None:
    """Print the tables."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bench", type=Path, required=True)
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--half", type=int, choices=[0, 1], help="each second volume only")
    options.add_argument("--fit", action="store_true", help="print the rows of file numbers that these volumes give")
    options.add_argument("--errors", metavar="KIND", help="print what misses, by a kind of evidence or `all`")
    given = options.parse_args()
    paths = sorted([*given.gold.glob("*.xml.xz")] or given.gold.glob("*.xml"))
    if not paths:
        sys.exit(f"{given.gold}: there are no volumes (*.xml.xz) here; --gold is the shared folder of the gold")
    lags: dict[str, list[int]] = collections.defaultdict(list)
    results: dict[str, list[tuple[Result | None, bool]]] = collections.defaultdict(list)
    for path in paths if given.half is None else paths[given.half :: 2]:
        papers = papers_of(given.bench, path)
        if given.fit:
            for kind, days in lags_by_kind(papers).items():
                lags[kind].extend(days)
            continue
        results["no document has its dateline"] += date_papers(none_dated(papers))
        results["nine of ten have theirs"] += date_papers(others_dated(papers))
    for kind, days in sorted(lags.items()):
        before, after = shortest(days)
        print(f"file-number\t{kind}\t{before}\t{after}\t# {len(days)} documents")
    for title, found in results.items():
        show(title, found, errors=given.errors)


if __name__ == "__main__":
    main()
