#!/usr/bin/env python3
"""Read the source notes of published volumes, and say how many yield a citation with a repository, and of which kind.

python bench/source_notes.py --gold ../shared/gold [--draw 100 --seed 1] [--missed]

The notes are read as documents of their own, so that this takes seconds. --draw prints notes at random with their
citations and parts, to be read by hand; --missed prints the notes that begin with "Source:" and yield none.
"""

from __future__ import annotations

import argparse
import collections
import lzma
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tei_edition.model import Document, Span
from tei_edition.reading import decode, read_document
from tei_edition.tagging import Known
from tei_edition.tagging.citations import recognise_citations
from tei_edition.tagging.citations.catalogue import repository
from tei_edition.tagging.context import Reading
from tei_edition.tagging.resolve import resolve

TEI = "{http://www.tei-c.org/ns/1.0}"
# What the published notes hold, as the issue counts them (per cent).
EXPECTED = {
    "central decimal and subject-numeric files": 73,
    "libraries": 11,
    "lot files": 5.5,
    "National Archives": 4,
    "other series": 2,
    "electronic telegrams": 1.5,
}
_PUBLISHED = re.compile(
    r"(?:Public Papers|Department of State Bulletin|[^.]{0,60}(?:Documents?, \d{4}|, pp?\. \d|Congressional Record"
    r"|vol\. [IVX]+, p))"
)


def source_notes(gold: Path) -> Iterator[tuple[str, str]]:
    """Yield the volume and the words of each note that says where a document comes from."""
    parser = etree.XMLParser(recover=True, collect_ids=False, huge_tree=True)
    for path in sorted([*gold.glob("*.xml"), *gold.glob("*.xml.xz")]):
        data = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        for note in etree.fromstring(data, parser).iter(TEI + "note"):
            words = " ".join("".join(map(str, note.itertext())).split())
            if note.get("type") == "source" or words.startswith("Source:"):
                yield path.name.split(".")[0], words


def cited(words: str) -> tuple[Document, list[Span]]:
    """Read a note as the source note of a document, and return the citations in it with their parts."""
    document = read_document(decode(f"1. Memorandum1\n\nWe met.\n\n  1. {words}\n".encode()))
    spans, _ = resolve(recognise_citations(Reading(document, Known({}))))
    return document, [span for span in spans if document.source.text[span.start : span.end] != "1. Memorandum"]


def kind_of(document: Document, spans: list[Span]) -> str:
    """Say what kind of place the first citation of a note names."""
    first = next((span for span in spans if span.kind == "citation"), None)
    if first is None:
        return "none"
    parts = [span for span in spans if first.start <= span.start and span.end <= first.end]
    types = {value for span in parts for name, value in span.attributes if name == "type"}
    names = [document.source.text[span.start : span.end] for span in parts if span.kind == "repository"]
    keeper = repository(names[0]) if names else None
    if types & {"electronic-telegram", "film"}:
        return "electronic telegrams"
    if "Library" in "".join(names):
        return "libraries"
    if types & {"central-decimal-file", "subject-numeric-file"}:
        return "central decimal and subject-numeric files"
    if "lot" in types:
        return "lot files"
    if keeper and keeper.kind in ("archive", "records-center"):
        return "National Archives"
    if keeper and keeper.id in ("cia", "nsa"):
        return "intelligence"
    return "other series" if names else "no repository"


def main() -> None:
    """Read, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="published volumes (.xml or .xml.xz)")
    parser.add_argument("--draw", type=int, default=0, help="print so many notes at random with their parts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="print the notes that yield no repository")
    options = parser.parse_args()
    kinds: collections.Counter[str] = collections.Counter()
    begin = archival = yields = 0
    read = [(volume, words, *cited(words)) for volume, words in source_notes(options.gold)]
    for volume, words, document, spans in read:
        kinds[kind_of(document, spans)] += 1
        if not words.startswith("Source:"):
            continue
        found = any(span.kind == "repository" for span in spans)
        published = bool(_PUBLISHED.match(words.removeprefix("Source:").strip()))
        begin, yields, archival = begin + 1, yields + found, archival + (found or not published)
        if options.missed and not found:
            print(f"{volume}\t{'published' if published else 'missed'}\t{words[:150]}", file=sys.stderr)
    print(
        f"{len(read)} source notes; {begin} begin with “Source:”, {yields} of them yield a repository: "
        f"{yields / begin:.2%}"
    )
    print(f"of the {archival} that name no printed work first: {yields / archival:.2%} (floor 97 %)\n")
    for kind, count in kinds.most_common():
        expected = f"{EXPECTED[kind]:>6}" if kind in EXPECTED else "      "
        print(f"{count:>6} {count / len(read):>7.1%}  expected {expected}  {kind}")
    for volume, words, document, spans in random.Random(options.seed).sample(read, options.draw):
        print(f"\n{volume}: {words[:300]}")
        for span in spans:
            attributes = " ".join(value for _, value in span.attributes)
            indent = "  " if span.kind == "citation" else "    "
            print(f"{indent}{span.kind} {attributes}: {document.source.text[span.start : span.end]}")


if __name__ == "__main__":
    main()
