#!/usr/bin/env python3
"""Fit what each piece of evidence for a note's marker weighs, on published volumes: data/marker-weights.tsv.

python bench/fit_markers.py --bench ../shared/bench --gold ../shared/gold [--check] [--write]

The volumes' documents are rendered as the bench renders them, with the true places of the markers kept. A logistic
regression over all candidates, plus a softmax over those between a marker's two neighbours, gives the weights: names
of places and kinds of numbers weigh, no word of a document does. --check fits on one half of the volumes and places
the markers of the other, so that the figures are those of unseen volumes.
Needs numpy and scipy, which nothing else here does.
"""

from __future__ import annotations

import argparse
import collections
import lzma
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from lxml import etree
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tei_edition.reading.markers import placement as markers
from tei_edition.reading.markers.context import Context, habit_evidence
from tei_edition.reading.pages import find_pages
from tei_edition.reading.rules.head import NUMBER
from tei_edition.resources import data_path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import casefiles

STRENGTH = 3.0  # of the regularisation: the variance of a weight
_MARKED = re.compile("(\ue010[^\ue011]*\ue011)")
TIMES = 3  # how often a case counts: volumes hold thousands of plain markers
RARE = 3  # evidence that is seen less often has no weight
SLIGHT = 0.05  # weights below are left out


class Sample(NamedTuple):
    """A document's text and notes, where no marker may be, the true places, and each candidate's evidence."""

    volume: str
    text: str
    notes: list[str]
    holes: list[tuple[int, int]]
    true: dict[int, int]
    rows: list[tuple[markers.Candidate, list[str]]]


def read_volume(path: Path, renderer: Any, documents: Any) -> Iterator[tuple[str, dict[int, int], list[str]]]:
    """Yield each document's text before its notes, the offset of each note's marker in it, and the notes' words."""
    parser = etree.XMLParser(recover=True, collect_ids=False, huge_tree=True)
    with lzma.open(path) as file:
        root = etree.fromstring(file.read(), parser)
    for div in documents(root):
        renderer.render(div)
        pieces, length, true = [], 0, {}
        for piece in _MARKED.split("\n\n".join(block for block in renderer.blocks if block.strip())):
            if piece.startswith("\ue010"):
                piece = piece[1:-1]
                true[int(piece)] = length
            pieces.append(piece)
            length += len(piece)
        yield "".join(pieces), true, [_MARKED.sub("", words) for _, words in renderer.notes]


def sample(volume: str, text: str, true: dict[int, int], notes: list[str]) -> Sample:
    """Gather the evidence of one document."""
    number = NUMBER.match(text)
    holes = sorted([(mark.start, mark.end) for mark in find_pages(text)] + ([number.span()] if number else []))
    context = Context(text, 0, len(text), notes, 1)
    found = markers.find_candidates(text, 0, len(text), range(1, len(notes) + 1), holes)
    rows = [(c, context.evidence(c)) for candidates in found.values() for c in candidates]
    return Sample(volume, text, notes, holes, true, rows)


def read_cases() -> Iterator[Sample]:
    """Yield the cases that the tests hold the placement to, so that rare places that no volume has weigh, too."""
    for case in casefiles.read_cases("markers"):
        true: dict[int, int] = {}
        length = 0
        for piece in re.split("(⟨\\d+⟩)", case["shown"]):
            number = piece.strip("⟨⟩")
            if piece != number:
                true[int(number)] = length
            length += len(number)
        if not case.xfail:
            yield from [sample("cases", case["text"], true, case["notes"].split("\n"))] * TIMES


def with_habit(one: Sample) -> Iterable[tuple[markers.Candidate, list[str]]]:
    """Yield the candidates with the evidence of the page's ways, as the other true markers show them."""
    places = {c.number: e[0] for c, e in one.rows if one.true.get(c.number) == c.start and c.number > 1}
    blank = sum(1 for place in places.values() if place.startswith("before:gap"))
    for c, evidence in one.rows:
        own = places.get(c.number, "")
        habit = habit_evidence(blank - own.startswith("before:gap"), len(places) - bool(own), evidence[0])
        yield c, [*evidence, habit] if habit else evidence


def between_neighbours(one: Sample, c: markers.Candidate) -> bool:
    """Whether a candidate lies between the true markers before and behind its own."""
    low, high = one.true.get(c.number - 1, -1), one.true.get(c.number + 1, len(one.text))
    return low < c.start < high


def fit(samples: list[Sample]) -> dict[str, float]:
    """Return the weights, by name; `always` is what each candidate begins with."""
    rows: list[list[str]] = []
    truth: list[int] = []
    groups: list[list[int]] = []
    for one in samples:
        together = collections.defaultdict(list)
        for c, evidence in with_habit(one):
            if between_neighbours(one, c):
                together[c.number].append(len(rows))
            truth.append(int(one.true.get(c.number) == c.start))
            rows.append(evidence)
        groups += [g for g in together.values() if len(g) > 1 and sum(truth[i] for i in g) == 1]
    counts = collections.Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    weights = least(matrix(rows, names), np.array(truth, float), groups)
    return {"always": float(weights[-1])} | dict(zip(names, map(float, weights[:-1]), strict=True))


def matrix(rows: list[list[str]], names: list[str]) -> csr_matrix:
    """Return the candidates (rows) and what evidence they have (columns)."""
    place = {name: i for i, name in enumerate(names)}
    columns = [[place[name] for name in row if name in place] for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = [i for row in columns for i in row]
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))


def least(x: csr_matrix, truth: Any, groups: list[list[int]]) -> Any:
    """Minimise the loss: logistic over all candidates, softmax within each group, and the weights kept small."""
    members: Any = np.array([i for group in groups for i in group])
    group_of: Any = np.repeat(np.arange(len(groups)), [len(group) for group in groups])

    def loss(parameters: Any) -> tuple[float, Any]:
        weights, always = parameters[:-1], parameters[-1]
        scores = x @ weights + always
        value = float(np.sum(np.logaddexp(0, scores) - truth * scores))
        residual = 1 / (1 + np.exp(-scores)) - truth
        inside = scores[members]
        highest = np.full(len(groups), -np.inf)
        np.maximum.at(highest, group_of, inside)
        exponents = np.exp(inside - highest[group_of])
        total = np.bincount(group_of, exponents)
        value += float(np.sum(np.log(total) + highest) - np.sum(inside * truth[members]))
        np.add.at(residual, members, exponents / total[group_of] - truth[members])
        value += 0.5 / STRENGTH * float(weights @ weights)
        return value, np.append(x.T @ residual + weights / STRENGTH, residual.sum())

    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 800}).x


def check(samples: list[Sample], weights: Mapping[str, float], *, show: bool = False) -> tuple[int, int, int]:
    """Place the markers of documents with these weights: how many, how many wrong, in how many documents."""
    markers.marker_weights = lambda: weights  # type: ignore[assignment]
    count = wrong = documents = 0
    for one in samples:
        placed = markers.place_markers(one.text, 0, len(one.text), one.notes, one.holes)
        bad = [n for n, at in one.true.items() if n not in placed or placed[n].start != at]
        count, wrong, documents = count + len(one.true), wrong + len(bad), documents + bool(bad)
        for n in bad if show else ():
            at = one.true[n]
            print(f"  {one.volume} {n}: {one.text[max(0, at - 40) : at]!r}", file=sys.stderr)
    return count, wrong, documents


def write(weights: Mapping[str, float], target: Path) -> None:
    """Write the weights, sorted by name."""
    lines = ["# What each piece of evidence for a note's marker weighs (log-odds); made by bench/fit_markers.py", ""]
    lines += [
        f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items()) if abs(weight) >= SLIGHT or name == "always"
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Read the volumes, fit, check, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True, help="the folder of the bench, which renders documents")
    parser.add_argument("--gold", type=Path, required=True, help="published volumes (.xml.xz)")
    parser.add_argument("--check", action="store_true", help="fit on one half of the volumes, place in the other")
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    options = parser.parse_args()
    sys.path.insert(0, str(options.bench))
    import render

    class Marked(render.Renderer):  # type: ignore[misc]
        """Renders a document with the places of its markers."""

        def made(self, s: str) -> str:
            return s

        def note(self, el: Any) -> str:
            text = super().note(el)
            return f"\ue010{text}\ue011" if el.get("n") is not None else text

    samples = []
    for path in sorted(options.gold.glob("*.xml.xz")):
        for text, true, notes in read_volume(path, Marked("page"), render.documents):
            if true and len(notes) == len(true):  # else a note is cited from another note
                samples.append(sample(path.name.split(".")[0], text, true, notes))
    cases = list(read_cases())
    volumes = sorted({one.volume for one in samples})
    for half in (set(volumes[::2]), set(volumes[1::2])) if options.check else ():
        unseen = [one for one in samples if one.volume in half]
        count, wrong, documents = check(
            unseen, fit([one for one in samples if one.volume not in half] + cases), show=True
        )
        print(f"unseen: {count} markers, {wrong} wrong, in {documents} of {len(unseen)} documents")
    weights = fit(samples + cases)
    count, wrong, documents = check(samples, weights)
    print(f"seen: {count} markers, {wrong} wrong, in {documents} documents; {len(weights)} weights")
    if options.write:
        write(weights, data_path("marker-weights.tsv"))


if __name__ == "__main__":
    main()
