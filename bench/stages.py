#!/usr/bin/env python3
"""How fast each stage is, in characters a second, beside lxml parsing and writing the same TEI: ratios, not assertions.

python bench/stages.py [FOLDER] [--authority FILE]      FOLDER holds *.txt; without one the telegram is repeated

Below stands what each recogniser takes of tagging. The texts are documents; FILE is the authority file of their volume.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lxml import etree

import tei_edition
from tei_edition.encoding import encode_document
from tei_edition.model import Document, Source, Span
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tagging import RECOGNISERS, Known, date_reading, tag_document
from tei_edition.tagging.context import Reading
from tei_edition.tei import parse
from tei_edition.validation import validate_tree

HERE = Path(__file__).resolve().parent
A = TypeVar("A")
B = TypeVar("B")
ROUNDS = 3


def timed(
    name: str, inputs: list[A], work: Callable[[A], B], characters: int, beside: float = 0.0
) -> tuple[list[B], float]:
    """Run a stage over all inputs, print the best of some rounds, and return its outputs."""
    best, outputs = float("inf"), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        outputs = [work(value) for value in inputs]
        best = min(best, time.perf_counter() - start)
    ratio = f"{best / beside:8.1f} × lxml" if beside else ""
    print(f"{name:28}{best * 1000:10.1f} ms{characters / best / 1e6:10.2f} M characters/s{ratio}")
    return outputs, best


def by_recogniser(documents: list[Document], known: Known, characters: int, whole: float) -> None:
    """Print what each recogniser takes, the dearest first, and its share of tagging as a whole (`whole` seconds)."""
    recognisers: list[tuple[str, Callable[[Reading], list[Span]]]] = [
        (recogniser.__name__, lambda reading, one=recogniser: list(one(reading)))  # type: ignore[misc]
        for recogniser in RECOGNISERS
    ]

    def made(document: Document) -> Reading:
        return Reading(document, known)

    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        taken: dict[str, float] = defaultdict(float)
        for document in documents:
            reading = _clocked(taken, "words of the text", made, document)
            _clocked(taken, "ordinary words", lambda reading: reading.ordinary_words, reading)
            _clocked(taken, "citations and the date", date_reading, reading)
            for name, recognise in recognisers:
                _clocked(taken, name, recognise, reading)
        best = {name: min(seconds, best.get(name, seconds)) for name, seconds in taken.items()}
    best["all else"] = whole - sum(best.values())  # dates in the text, the head, settling the claims
    print("\ntagging, by recogniser")
    for name, seconds in sorted(best.items(), key=lambda row: -row[1]):
        print(f"{name:28}{seconds * 1000:10.1f} ms{seconds / characters * 1e6:10.3f} s/M chars{seconds / whole:8.0%}")


def _clocked(taken: dict[str, float], name: str, work: Callable[[A], B], value: A) -> B:
    start = time.perf_counter()
    result = work(value)
    taken[name] += time.perf_counter() - start
    return result


def main() -> None:
    """Time the stages over the same documents."""
    parser = argparse.ArgumentParser(description="How fast each stage is.")
    parser.add_argument("folder", type=Path, nargs="?", help="holds *.txt")
    authority = HERE.parent / "sources" / "authority" / "congo-1962.xml"
    parser.add_argument("--authority", type=Path, default=authority, help="the authority file of the texts")
    options = parser.parse_args()
    if options.folder:
        sources = [decode(path.read_bytes(), str(path)) for path in sorted(options.folder.glob("*.txt"))]
    else:
        path = HERE.parent / "sources" / "frus1961-63v20_d280.txt"
        sources = [decode(path.read_bytes(), str(path))] * 100
    entries = tei_edition.load_authorities(options.authority)
    known, settings = Known(entries), Settings()
    characters = sum(len(source.text) for source in sources)
    print(f"{len(sources)} documents, {characters / 1e6:.2f} M characters; best of {ROUNDS} rounds")

    def whole(source: Source) -> bytes:
        return encode_document(tag_document(read_document(source), known), settings, entries).tei

    editions = [whole(source) for source in sources]
    _, lxml = timed("lxml: parse and write", editions, lambda tei: etree.tostring(etree.fromstring(tei)), characters)
    documents, _ = timed("reading", sources, read_document, characters, lxml)
    tagged, tagging = timed("tagging", documents, lambda document: tag_document(document, known), characters, lxml)
    encoded, _ = timed(
        "encoding and ledger", tagged, lambda t: encode_document(t, settings, entries).tei, characters, lxml
    )
    timed("validation", encoded, lambda tei: validate_tree(parse(tei), schema="edition"), characters, lxml)
    by_recogniser(documents, known, characters, tagging)


if __name__ == "__main__":
    main()
