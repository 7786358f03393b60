#!/usr/bin/env python3
"""Fit what the evidence for persons weighs, on published volumes: data/person-weights.tsv.

python bench/fit_persons.py --bench ../shared/bench --gold ../shared/gold [--docs 40] [--check] [--write]

The documents are rendered as the bench renders them and read as `convert` reads them. Each mention of a listed person
is held against the published encoding: does it tag these words (`person`, a logistic regression), and whom does it link
(`link`, a comparison of all readings)? Kinds of titles, of words and of places weigh; no name and no word of a document
does. --check fits on one half of the volumes and links in the other, so that the figures are those of unseen volumes.
Needs numpy and scipy, which nothing else here does.
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from published import read_volume, side_by_side
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tei_edition.model import Span
from tei_edition.reading import decode, read_document
from tei_edition.resources import data_path
from tei_edition.tagging import Known, date_reading, take_census
from tei_edition.tagging.context import Reading
from tei_edition.tagging.persons import weigh
from tei_edition.tagging.persons.evidence import NOBODY

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import casefiles
from person_lists import listed

STRENGTH = 3.0  # of the regularisation: the variance of a weight
RARE = 5  # evidence that is seen less often has no weight
TIMES = 20  # how often a case counts: volumes hold thousands of plain mentions
BANDS = ("0.99", "0.98", "0.97", "0.95", "0.9", "0.8", "0.6", "0.0")
SLIGHT = 0.03  # weights below are left out


class Sample(NamedTuple):
    """A mention with its evidence, whether the published encoding tags it (None: other words of the same name), and
    the reading that it links (None: none of the list's)."""

    volume: str
    person: list[str]
    tagged: bool | None
    readings: list[str]
    evidence: list[list[str]]
    link: str | None


def samples_of(task: tuple[Path, Path, int]) -> list[Sample]:
    """Read a volume's documents and hold their mentions against its encoding."""
    bench, path, wanted = task
    volume = read_volume(bench, path, wanted)
    known = Known(volume.entries)
    documents = list(volume.documents)
    take_census(known, (published.document.source.text for published in documents))
    found = []
    for published in documents:
        reading = Reading(published.document, known)
        date_reading(reading)
        mentions = {}
        for weighed in weigh(reading):
            start, end = weighed.mention.text.passage.view.span(weighed.mention.start, weighed.mention.end)
            mentions[Span(start, end, "person", "fit")] = weighed
        for span, link, overlap, _ in side_by_side(bench, published, list(mentions)):
            weighed = mentions[span]
            tagged = True if link is not None else None if overlap else False
            known_link = known.persons.same.get(link, link) if link in volume.listed else None
            found.append(
                Sample(volume.name, weighed.person, tagged, weighed.readings, weighed.evidence, known_link)
            )
    return found


def cases() -> list[Sample]:
    """Return the mentions of the cases that the tests hold recognition to, so that what is rare weighs, too."""
    found = []
    for case in casefiles.read_cases("persons"):
        reading = Reading(read_document(decode(case["text"].encode(), "case.txt")), Known(listed(case["list"])))
        date_reading(reading)
        linked = [line.rsplit(" ", 1)[0].split(" → ") for line in case["persons"].splitlines() if "→" in line]
        for weighed in weigh(reading):
            words = weighed.mention.text.text[weighed.mention.start : weighed.mention.end]
            one = len(weighed.readings) == 2  # a person of the list, or somebody else
            link = next((pair for pair in linked if pair[0] == words), None)
            if link:
                linked.remove(link)
            entry = link[1] if link else NOBODY if f"{words} ?" in case["persons"] and one else None
            named = bool(link) or entry == NOBODY
            found += [Sample("cases", weighed.person, named, weighed.readings, weighed.evidence, entry)] * TIMES
    return found


def matrix(rows: Iterable[list[str]], names: list[str]) -> csr_matrix:
    """Return the rows and what evidence they have (columns)."""
    place = {name: i for i, name in enumerate(names)}
    columns = [[place[name] for name in row if name in place] for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = [i for row in columns for i in row]
    return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(columns), len(names)))


# What can only speak for a reading, and what only against it: a few hundred names that several share, some of them
# linked wrongly in print, are no reason to believe the contrary.
FOR = re.compile(
    r"title:now|title:once|office \w+, held|office \w+:[1-4w]|named in full|title elsewhere|the only|signs"
    r"|in office:now|is |in the volume:most|given:name|given:short|title:mr|title:office|word:nation\+named|named here"
)
AGAINST = re.compile(r"title:not|in office:not|woman|office \w+:0")


def least(loss: Any, names: list[str]) -> dict[str, float]:
    """Return the weights with the least loss, those of evidence that can speak one way only within its bounds."""
    bounds = [(0, None) if FOR.match(name) else (None, 0) if AGAINST.match(name) else (None, None) for name in names]
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip(names, map(float, found.x), strict=True))


def known_names(rows: Iterable[list[str]]) -> list[str]:
    """Return the evidence that is seen often enough to weigh."""
    counts = collections.Counter(name for row in rows for name in row)
    return sorted(name for name, count in counts.items() if count >= RARE)


def fit_person(samples: list[Sample]) -> dict[str, float]:
    """Return the weights of what speaks for a person at all, by a logistic regression."""
    rows = [["always", *s.person] for s in samples if s.tagged is not None]
    truth: Any = np.array([float(bool(s.tagged)) for s in samples if s.tagged is not None])
    names = known_names(rows)
    x = matrix(rows, names)

    def loss(w: Any) -> tuple[float, Any]:
        scores = x @ w
        value = float(np.sum(np.logaddexp(0, scores) - truth * scores)) + float(w @ w) / (2 * STRENGTH)
        return value, x.T @ (1 / (1 + np.exp(-scores)) - truth) + w / STRENGTH

    return least(loss, names)


def truth_of(sample: Sample) -> str | None:
    """Return the reading that is right; None where nothing can be learnt: a link left out in print (of one person as
    often as of another), or one to a person of another name.
    """
    return sample.link if sample.link in sample.readings else None


def fit_link(samples: list[Sample]) -> dict[str, float]:
    """Return the weights of what speaks for one reading of a mention, by comparing all of its readings."""
    taken = [s for s in samples if s.tagged and len(s.readings) > 1 and truth_of(s) is not None]
    rows = [row for s in taken for row in s.evidence]
    names = known_names(rows)
    x = matrix(rows, names)
    sizes: Any = np.array([len(s.readings) for s in taken])
    starts: Any = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group: Any = np.repeat(np.arange(len(taken)), sizes)
    places = [s.readings.index(truth_of(s) or NOBODY) for s in taken]
    right: Any = starts + np.array(places)

    def loss(w: Any) -> tuple[float, Any]:
        scores = x @ w
        shifted = scores - np.maximum.reduceat(scores, starts)[group]
        sums = np.add.reduceat(np.exp(shifted), starts)
        shares = np.exp(shifted) / sums[group]
        value = float(np.sum(np.log(sums)) - np.sum(shifted[right])) + float(w @ w) / (2 * STRENGTH)
        residual = shares.copy()
        residual[right] -= 1
        return value, x.T @ residual + w / STRENGTH

    return least(loss, names)


def check(samples: list[Sample], person: dict[str, float], link: dict[str, float]) -> None:
    """Print how the weights do on samples: who is a person, and who is linked."""
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6):
        tp = fp = fn = 0
        for s in samples:
            if s.tagged is None:
                continue
            p = 1 / (1 + np.exp(-sum(person.get(n, 0) for n in ["always", *s.person])))
            tp += bool(s.tagged) and p >= threshold
            fp += not s.tagged and p >= threshold
            fn += bool(s.tagged) and p < threshold
        print(f"person from {threshold}: precision {tp / (tp + fp):.4f} recall of mentions {tp / (tp + fn):.4f}")
    bands: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    right = total = 0
    for s in samples:
        if not s.tagged or not s.link or len(s.readings) < 2:
            continue
        sums: Any = np.array([sum(link.get(n, 0) for n in row) for row in s.evidence])
        shares = np.exp(sums - sums.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        ok = s.readings[best] == s.link
        total += 1
        right += ok
        p = shares[best]
        band = next(b for b in BANDS if p >= float(b)) if s.readings[best] else "nobody"
        bands[band][0] += ok
        bands[band][1] += 1
    print(f"link: {right} of {total} right, {right / total:.4f}")
    for band in sorted(bands, reverse=True):
        print(f"  share from {band}: {bands[band][0]} of {bands[band][1]}, {bands[band][0] / bands[band][1]:.4f}")


def main() -> None:
    """Gather, fit, check, and write what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bench", type=Path, required=True)
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--docs", type=int, default=40, help="documents a volume, evenly spaced (0: all)")
    options.add_argument("--check", action="store_true", help="fit on one half of the volumes, link in the other")
    options.add_argument("--write", action="store_true", help="write data/person-weights.tsv")
    given = options.parse_args()
    tasks = [(given.bench, path, given.docs) for path in sorted(given.gold.glob("*.xml.xz"))]
    with multiprocessing.Pool(2) as pool:
        samples = [s for found in pool.imap(samples_of, tasks) for s in found]
    print(f"{len(samples)} mentions, {sum(bool(s.tagged) for s in samples)} of them tagged")
    if given.check:
        volumes = sorted({s.volume for s in samples})
        for part in (0, 1):
            fitted = [s for s in samples if volumes.index(s.volume) % 2 != part]
            held = [s for s in samples if volumes.index(s.volume) % 2 == part]
            taught = [*fitted, *cases()]
            check(held, fit_person(taught), fit_link(taught))
    taught = [*samples, *cases()]
    person, link = fit_person(taught), fit_link(taught)
    check(samples, person, link)
    if given.write:
        write(person, link)


def write(person: dict[str, float], link: dict[str, float]) -> None:
    """Write the weights, the evidence in alphabetical order."""
    lines = ["# What evidence weighs, in log-odds; fitted by bench/fit_persons.py. part: evidence <tab> weight"]
    for part, table in (("person", person), ("link", link)):
        lines += [f"{part}: {name}\t{value:.2f}" for name, value in sorted(table.items()) if abs(value) >= SLIGHT]
    data_path("person-weights.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
