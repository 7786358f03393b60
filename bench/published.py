"""The documents of published volumes, read as `convert` reads them, and the published encoding beside our spans.

Shared by the programs of this folder that learn from the volumes or hold themselves against them.
"""

from __future__ import annotations

import hashlib
import importlib
import lzma
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tei_edition.authority import load_authorities
from tei_edition.encoding import encode_document
from tei_edition.model import Document, Entry, Source, Span, Tagged
from tei_edition.reading import read_document
from tei_edition.settings import Settings


class Published(NamedTuple):
    """A document of a volume as it was read, with its streams of characters and spans as the bench flattens them."""

    name: str
    document: Document
    flat: Any


class Volume(NamedTuple):
    """A published volume: its documents, the entries of its lists, and the ids that these hold."""

    name: str
    documents: Iterator[Published]
    entries: Mapping[str, Entry]
    listed: frozenset[str]


def read_volume(bench: Path, path: Path, wanted: int) -> Volume:
    """Return a volume with some of its documents, evenly spaced (0: all), in the style `page`."""
    run, render = _module(bench, "run"), _module(bench, "render")
    with lzma.open(path) as file:
        data = file.read()
    root = etree.fromstring(data, etree.XMLParser(**run.PARSER))
    entries_of = root.iter(run.TEI + "persName", run.TEI + "term")
    listed = frozenset(e.get(render.XID) for e in entries_of if e.get(render.XID))
    with tempfile.TemporaryDirectory() as folder:
        lists = Path(folder) / "authority.xml"
        run.authority(etree.fromstring(data, etree.XMLParser(**run.PARSER)), lists)
        entries = load_authorities([lists])[0]
    chosen = run.pick(render.documents(root), wanted)
    return Volume(path.name.split(".")[0], _documents(bench, chosen), entries, listed)


def _documents(bench: Path, divs: Sequence[Any]) -> Iterator[Published]:
    render, score = _module(bench, "render"), _module(bench, "score")
    for div in divs:
        text = render.Renderer("page").render(div)
        source = Source(text, hashlib.sha256(text.encode()).hexdigest(), name=div.get(render.XID))
        yield Published(div.get(render.XID), read_document(source), score.Flat(div, "page"))


def side_by_side(
    bench: Path, published: Published, spans: Sequence[Span]
) -> Iterator[tuple[Span, str | None, bool, str]]:
    """Yield each span on a person (none may overlap another) with what the published encoding links the same words to
    (None: it does not tag them), whether it tags other words there, and the words around.
    """
    score = _module(bench, "score")
    numbered = tuple(Span(s.start, s.end, "person", "bench", ref=f"m{i}") for i, s in enumerate(spans))
    tei = encode_document(Tagged(published.document, numbered), Settings(profile="frus"), {}).tei
    ours = score.Flat(score.find_document(etree.fromstring(tei)))
    for key, stream in ours.streams.items():
        theirs = published.flat.streams.get(key)
        if theirs is None or theirs.text != stream.text:
            continue
        tagged = {(a, b): value for kind, a, b, value in theirs.spans if kind == "persName"}
        for kind, a, b, value in stream.spans:
            if kind == "persName" and value.startswith("m"):
                around = "".join(
                    [*stream.text[max(0, a - 60) : a], "⟦", *stream.text[a:b], "⟧", *stream.text[b : b + 60]]
                )
                overlap = any(x < b and a < y for x, y in tagged)
                yield spans[int(value[1:])], tagged.get((a, b)), overlap, around


def _module(bench: Path, name: str) -> Any:
    if str(bench) not in sys.path:
        sys.path.insert(0, str(bench))
    return importlib.import_module(name)
