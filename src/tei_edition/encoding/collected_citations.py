"""`standOff/listBibl`: each place of an archive that a document cites, once, with all its parts.

In the text a citation has the words that were printed, an id, and two pointers, each with one meaning:

    <bibl type="archival" xml:id="cite2" corresp="#cite1" ref="#file2">Ibid., <idno …>POL 27 VIET S</idno></bibl>

`@corresp` is what "ibid." repeats (or the first citation with the same words): the citation in the text that this one
is to be read with. `@ref` (att.canonical, as on persName and placeName) is the entry that says in full what is meant:

    <listBibl type="archival">
      <bibl type="archival" xml:id="file2"><orgName type="repository">Department of State</orgName>,
        <title type="collection">Central Files</title>, <idno type="subject-numeric-file">POL 27 VIET S</idno></bibl>

A citation of several numbers leads to several entries. An "ibid." that repeats nothing here has no entry, unless it
names a place itself. A citation in a sub-heading or a dateline, where TEI has no room for a bibl, is listed all the
same: an "ibid." behind it has no @corresp, and its @ref leads to the entry. What is inherited by a guess says so by
`@cert`, unless another citation is sure of it.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from tei_edition.citation import Citation, Part, places, read_citations, same_place
from tei_edition.encoding.elements import WITHOUT_BIBL, add, element
from tei_edition.encoding.header import RESPONSIBLE
from tei_edition.model import Tagged


@dataclass(frozen=True, slots=True)
class Place:
    """A place of an archive: its id (`file1`), its parts, and how sure the surest of its citations is."""

    id: str
    parts: tuple[Part, ...]
    cert: str


def collect_citations(tagged: Tagged) -> tuple[Tagged, list[Place]]:
    """Return the document with each citation pointed to its places (`@ref`), and the places in the order of print."""
    citations = read_citations(tagged)
    if not citations:
        return tagged, []
    collected: dict[tuple[tuple[str, str], ...], Place] = {}
    pointers = {c.id: " ".join(f"#{place.id}" for place in _places(c, collected)) for c in citations}
    unwritten = _unwritten(tagged)
    spans = []
    for span in tagged.spans:
        if span.kind == "citation" and span.ref in unwritten:
            span = span._replace(ref="")
        pointer = pointers.get(dict(span.attributes).get("xml:id", "")) if span.kind == "citation" else ""
        spans.append(span._replace(attributes=(*span.attributes, ("ref", pointer))) if pointer else span)
    return replace(tagged, spans=tuple(spans)), list(collected.values())


def _unwritten(tagged: Tagged) -> frozenset[str]:
    """The ids of the citations that the text will have no bibl for."""
    bare = [block for block in tagged.document.blocks if block.kind in WITHOUT_BIBL]
    cited = [span for span in tagged.spans if span.kind == "citation"] if bare else []
    starts = [span.start for span in cited]
    ids: set[str] = set()
    for block in bare:
        inside = cited[bisect.bisect_left(starts, block.start) : bisect.bisect_left(starts, block.end)]
        ids.update(dict(span.attributes).get("xml:id", "") for span in inside)
    return frozenset(ids)


_CERTAINTIES = ("high", "medium", "low", "unknown")


def _places(citation: Citation, collected: dict[tuple[tuple[str, str], ...], Place]) -> Iterable[Place]:
    for parts in places(citation):
        key = same_place(parts)
        known = collected.get(key) or Place(f"file{len(collected) + 1}", parts, citation.cert)
        surest = min(known.cert, citation.cert, key=_CERTAINTIES.index)
        collected[key] = replace(known, cert=surest)
        yield collected[key]


def write_collected(places: Sequence[Place]) -> etree._Element | None:
    """Return the `listBibl` of the places; None where there are none."""
    if not places:
        return None
    made = element("listBibl", type="archival")
    for place in places:
        guessed = place.cert != "high"
        bibl = add(
            made,
            "bibl",
            type="archival",
            xml_id=place.id,
            cert=place.cert if guessed else "",
            resp=RESPONSIBLE if guessed else "",
        )
        for part in place.parts:
            _write(bibl, part)
        for child in bibl[:-1]:
            child.tail = ", "
    return made


def _write(bibl: etree._Element, part: Part) -> None:
    """A part as the text has it: orgName, title, idno or biblScope."""
    if part.name in ("repository", "division"):
        kind = "repository" if part.name == "repository" else "department"
        add(bibl, "orgName", part.words, type=kind)
    elif part.name == "file-number":
        add(bibl, "idno", part.words, type=part.scheme)
    elif part.name in ("record-group", "lot", "accession", "job"):
        add(bibl, "idno", part.words, type=part.name)
    elif part.name in ("collection", "series", "subseries"):
        add(bibl, "title", part.words, type="collection", subtype="" if part.name == "collection" else part.name)
    else:
        add(bibl, "biblScope", part.words, unit=part.name)
