#!/usr/bin/env python3
"""How fast each stage is, in characters a second, beside lxml parsing and writing the same TEI: ratios, not assertions.

python bench/stages.py [FOLDER]      FOLDER holds *.txt; without one the telegram is repeated
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lxml import etree

import tei_edition
from tei_edition.encoding import encode_document
from tei_edition.model import Source
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document
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


def main() -> None:
    """Time the stages over the same documents."""
    if len(sys.argv) > 1:
        paths = sorted(Path(sys.argv[1]).glob("*.txt"))
        sources = [decode(path.read_bytes(), str(path)) for path in paths]
    else:
        path = HERE.parent / "sources" / "frus1961-63v20_d280.txt"
        sources = [decode(path.read_bytes(), str(path))] * 100
    entries = tei_edition.load_authorities(HERE.parent / "sources" / "authority" / "congo-1962.xml")
    known, settings = Known(entries), Settings()
    characters = sum(len(source.text) for source in sources)
    print(f"{len(sources)} documents, {characters / 1e6:.2f} M characters; best of {ROUNDS} rounds")

    def whole(source: Source) -> bytes:
        return encode_document(tag_document(read_document(source), known), settings, entries).tei

    editions = [whole(source) for source in sources]
    _, lxml = timed("lxml: parse and write", editions, lambda tei: etree.tostring(etree.fromstring(tei)), characters)
    documents, _ = timed("reading", sources, read_document, characters, lxml)
    tagged, _ = timed("tagging", documents, lambda document: tag_document(document, known), characters, lxml)
    encoded, _ = timed(
        "encoding and ledger", tagged, lambda t: encode_document(t, settings, entries).tei, characters, lxml
    )
    timed("validation", encoded, lambda tei: validate_tree(parse(tei), schema="edition"), characters, lxml)


if __name__ == "__main__":
    main()
