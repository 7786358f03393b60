#!/usr/bin/env python3
"""How sure is sure? The links of `convert`, by their certainty, beside those of published volumes.

python bench/report_links.py --bench ../shared/bench --gold ../shared/gold [--docs 40] [--differ high]

Where both tag the same words and the published link leads to the volume's list: how many links are high, medium and
low, and how often each was the published one. --differ prints those of one certainty that differ, with the words around
them (blanks are left out, as in the bench), to be read by hand: who is right?
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
from pathlib import Path
from typing import NamedTuple

from published import read_volume, side_by_side

from tei_edition.tagging import Known, tag_document, take_census


class Link(NamedTuple):
    """A link of ours beside the published one."""

    document: str
    cert: str
    ours: str
    theirs: str
    around: str
    evidence: str


def links_of(task: tuple[Path, Path, int]) -> list[Link]:
    """Return the links of a volume's documents where both tag the same words."""
    bench, path, wanted = task
    volume = read_volume(bench, path, wanted)
    known = Known(volume.entries)
    documents = list(volume.documents)
    take_census(known, (published.document.source.text for published in documents))
    links = []
    for published in documents:
        spans = [span for span in tag_document(published.document, known).spans if span.kind == "person"]
        for span, theirs, _, around in side_by_side(bench, published, spans):
            if theirs in volume.listed:
                theirs = known.persons.same.get(theirs, theirs)  # "Diem, see Ngo Dinh Diem" is the same person
                name = f"{volume.name} {published.name}"
                cert = span.cert if span.ref else "not linked"
                links.append(Link(name, cert, span.ref, theirs, around, span.evidence))
    return links


def main() -> None:
    """Print the table, and the differences that are asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bench", type=Path, required=True)
    options.add_argument("--gold", type=Path, required=True)
    options.add_argument("--docs", type=int, default=40, help="documents a volume, evenly spaced (0: all)")
    options.add_argument("--differ", choices=["high", "medium", "low", "not linked"], help="print those that differ")
    given = options.parse_args()
    tasks = [(given.bench, path, given.docs) for path in sorted(given.gold.glob("*.xml.xz"))]
    with multiprocessing.Pool(2) as pool:
        links = [link for found in pool.imap(links_of, tasks) for link in found]
    same = collections.Counter(link.cert for link in links if link.ours == link.theirs)
    every = collections.Counter(link.cert for link in links)
    linked = sum(count for cert, count in every.items() if cert != "not linked")
    for cert in ("high", "medium", "low"):
        right = same[cert] / every[cert] if every[cert] else 0.0
        print(f"{cert:12}{every[cert]:>8} links, {every[cert] / linked:.4f} of all, {right:.4f} as published")
    print(f"{'not linked':12}{every['not linked']:>8}")
    print(f"{'all':12}{len(links):>8}, {sum(same.values()) / len(links):.4f} as published")
    for link in links:
        if link.cert == given.differ and link.ours != link.theirs:
            print(f"{link.document}\t{link.ours or '–'} (published: {link.theirs})\t{link.around}\t{link.evidence}")


if __name__ == "__main__":
    main()
