"""A citation of an archive as data: repository, collection, number, box …, and what "ibid." takes over from another.

"Department of State, Central Files, 770G.00/8–1862" has three parts. "Ibid., 611.41/1–1253" has one, and inherits two
from the citation that it repeats. The parts are ordered as an archive is: what stands in a box stands below it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tei_edition.late_patterns import late

if TYPE_CHECKING:
    from tei_edition.model import Document, Span, Tagged

# The parts of a citation with their levels, from the building down to the page. What is on a lower level (a greater
# number) lies inside what is on a higher one.
LEVELS: Mapping[str, int] = {
    "repository": 0,
    "division": 1,
    "record-group": 1,
    "collection": 2,
    "series": 3,
    "subseries": 4,
    "lot": 5,
    "accession": 5,
    "job": 5,
    "file-number": 6,
    "reel": 7,
    "box": 7,
    "folder": 8,
    "document": 9,
    "frame": 10,
    "page": 10,
}
# What recognisers call the parts, where it is not called so above; a number of any other type is a file-number.
_NAMES = {"papers": "collection", "entry": "series", "tab": "document", "item": "document", "volume": "folder"}
_NUMBERS = frozenset({"record-group", "series", "lot", "accession", "job", "document"})
# The schemes of numbers by which the Department of State filed its papers: one number is one place of them.
CENTRAL_FILES = frozenset(
    {"central-decimal-file", "subject-numeric-file", "numerical-file", "electronic-telegram", "film"}
)
# A body of papers beside the record groups: "National Archives, Nixon Presidential Materials, NSC Files".
_MATERIALS = late(r"\bPresidential Materials\b")
_CENTRAL = late(r"\bcentral (?:foreign policy )?files?\b", re.IGNORECASE)
# Names that say no more than how a series is ordered: a collection has them inside it.
_SERIES = late(
    r"\bSeries\b|^(?:\w+’s |\w+'s )?(?:Subject|Country|Countries|Agency|Name|Trip|Confidential|Chronological|Aides"
    r"|Alphabetical|International|Correspondence|Institutional|Head of State|Memos to)\b"
)
_NO_NAMES = ("File", "Files")  # "ibid., File 732.11": the word before the number names no files
_IBID = late(r"[Ii]bid\b")
# The second of "770G.00/8–1862 and 8–1962": the day alone, in the file that is named before it.
_DAY_ALONE = late(r"[\dlO]{1,2}\s?[–—-]+\s?[\dlO]{3,4}")
_DASHES = str.maketrans("–—‑‐−", "-----")


class Part(NamedTuple):
    """One part of a citation: what it is (`LEVELS`), its words, the scheme of a number ("central-decimal-file").

    `inherited`: the words stand in the citation that this one repeats.
    """

    name: str
    words: str
    scheme: str = ""
    inherited: bool = False

    @property
    def level(self) -> int:
        """How deep in the archive it lies."""
        return LEVELS["record-group"] if _MATERIALS.search(self.words) else LEVELS[self.name]


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation with all its parts, inherited ones too, in the order of the archive.

    `note` is the name of the note that it stands in (empty: the main text); `repeats` the id of the citation that it
    takes its words or parts from. `start` and `end` are offsets of the source; -1 where it is not known, in an edition.
    """

    id: str
    start: int
    end: int
    note: str
    words: str
    parts: tuple[Part, ...]
    repeats: str = ""
    cert: str = "high"
    evidence: str = ""

    @property
    def ibid(self) -> bool:
        """Whether it says "ibid." instead of a repository."""
        return is_ibid(self.words)

    @property
    def locates(self) -> bool:
        """Whether it says, by itself or by what it repeats, where something is kept."""
        return bool(self.parts)

    def part(self, name: str) -> str:
        """Return the words of the parts of one name, several parted by a semicolon; empty where there is none."""
        return "; ".join(part.words for part in self.parts if part.name == name)


def is_ibid(words: str) -> bool:
    """Whether the words of a citation begin with "Ibid." or "ibid."."""
    return bool(_IBID.match(words))


def part_of(kind: str, attributes: Mapping[str, str], words: str) -> Part:
    """Return what a span of a citation, or an element of one, says: `("scope", {"unit": "box"}, "Box 3")`."""
    said = attributes.get("subtype") or attributes.get("unit") or attributes.get("type") or kind
    name = _NAMES.get(said, said)
    if kind == "file-number":
        return Part(name, words) if name in _NUMBERS else Part("file-number", words, said)
    if kind == "scope":
        return Part(name if name in LEVELS else "folder", words)
    return Part(name if name in LEVELS else kind, words)


def inherit(earlier: Sequence[Part], own: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of a citation that repeats another: those of the other above its own first part, then its own.

    "Ibid., POL 23–9 THE CONGO" keeps the repository and the collection of the other. What stands in the other under
    the same words ("ibid., Country File, Ghana"), or under the same sign (CF 2384 for CF 2380), stays in its place.
    """
    if not own:
        return tuple(part._replace(inherited=True) for part in earlier)
    if _is_series(earlier, own):
        own = [own[0]._replace(name="series"), *own[1:]]
    level, name, sign = min(part.level for part in own), _plain(own[0].words), _sign(own[0])
    kept = list(earlier)
    for i, part in enumerate(earlier):
        if part.level >= level or _plain(part.words) == name or (sign and _sign(part) == sign):
            kept = kept[:i]
            break
    if own[0].scheme in CENTRAL_FILES and not in_central_files(earlier):
        # "Lot 66 D 110 …; ibid., 770G.00/8–1862": a number of the central files stands in no lot.
        kept = [part for part in kept if part.level <= LEVELS["record-group"]]
    return (*(part._replace(inherited=True) for part in kept), *own)


def _is_series(earlier: Sequence[Part], own: Sequence[Part]) -> bool:
    """Whether the files that an "ibid." names first are a series of the collection before: "ibid., Subject Files"."""
    in_series = any(part.name == "series" for part in earlier)
    numbered = any(part.name in ("lot", "record-group") for part in own)
    return own[0].name == "collection" and in_series and not numbered and bool(_SERIES.search(own[0].words))


def _sign(part: Part) -> str:
    """The letters that a number begins with: "CCS" of "CCS 092 (8–22–46)"; empty where it has none."""
    word = part.words.partition(" ")[0]
    return word if part.level >= LEVELS["lot"] and len(word) > 1 and word.isalpha() and word.isupper() else ""


def in_central_files(parts: Iterable[Part]) -> bool:
    """Whether the parts lead to the central files of the Department of State, by name or by a number of them."""
    return any(p.scheme in CENTRAL_FILES or (p.name == "collection" and _CENTRAL.search(p.words)) for p in parts)


def in_full(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts with the file before each number that is printed as a day alone: 8–1962 is 770G.00/8–1962."""
    full: list[Part] = []
    file = ""
    for part in parts:
        if part.scheme == "central-decimal-file":
            if file and _DAY_ALONE.fullmatch(part.words):
                part = part._replace(words=f"{file}{part.words}")
            elif "/" in part.words:
                file = part.words[: part.words.rindex("/") + 1]
        full.append(part)
    return tuple(full)


def places(citation: Citation) -> list[tuple[Part, ...]]:
    """Return the parts of each place that a citation leads to: "751K.00/10–1760 and 10–2060" are two, each in full."""
    parts = in_full(citation.parts)
    numbers = [part for part in parts if part.scheme in CENTRAL_FILES]
    if not parts:
        return []
    if len(numbers) < 2:
        return [parts]
    return [tuple(p for p in parts if p is one or p.scheme not in CENTRAL_FILES) for one in numbers]


def same_place(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    """Return what two citations of one place have in common, whatever dashes and blanks they are printed with."""
    return tuple((part.name, _plain(part.words)) for part in parts)


def _plain(words: str) -> str:
    return " ".join(words.translate(_DASHES).split()).casefold().rstrip(".")


def read_citations(tagged: Tagged) -> list[Citation]:
    """Return the citations of a tagged document in the order of the source, with all they inherit."""
    made: dict[str, Citation] = {}
    notes = sorted((note.start, note.end, note.name) for note in tagged.document.notes)
    for citation, inner in with_parts(tagged.spans):
        own = parts_of(inner, tagged.document)
        attributes = dict(citation.attributes)
        identifier = attributes.get("xml:id", "")
        words = span_words(tagged.document, citation)
        earlier = made.get(citation.ref)
        takes = earlier is not None and is_ibid(words)
        parts = inherit(earlier.parts, own) if takes and earlier else own
        certain = earlier.cert if takes and earlier and earlier.cert != "high" else citation.cert
        made[identifier] = Citation(
            identifier,
            citation.start,
            citation.end,
            _note(notes, citation.start),
            words,
            parts,
            citation.ref,
            attributes.get("cert", certain),
            citation.evidence,
        )
    return list(made.values())


def _note(notes: Sequence[tuple[int, int, str]], offset: int) -> str:
    """The name of the note that an offset lies in; `notes` are sorted."""
    at = bisect.bisect_right(notes, offset, key=lambda note: note[0]) - 1
    return notes[at][2] if at >= 0 and offset < notes[at][1] else ""


def with_parts(spans: Iterable[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """Yield each citation with the spans of its parts, in the order of the source."""
    current: tuple[Span, list[Span]] | None = None
    for span in spans:
        if span.kind == "citation":
            if current:
                yield current
            current = span, []
        elif current and span.end <= current[0].end and span.kind in _PARTS:
            current[1].append(span)
    if current:
        yield current


_PARTS = frozenset({"repository", "collection", "file-number", "scope"})


def parts_of(spans: Iterable[Span], document: Document) -> tuple[Part, ...]:
    """Return the parts that spans of a citation say."""
    said = (part_of(span.kind, dict(span.attributes), span_words(document, span)) for span in spans)
    return told_apart(part for part in said if not is_ibid(part.words) and part.words not in _NO_NAMES)


def told_apart(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return parts with those put right of which only their neighbours say what they are.

    No folder is divided into lots: "Policy Guidelines: Lot 67 D 396" are the files of the lot; "Department of the
    Treasury, Volcker Group Masters: FRC 56 86 30" are a series of the Department's. The Nixon Presidential Materials
    hold collections, as a record group does: "Nixon Presidential Materials, NSC Files, Country Files".
    """
    told: list[Part] = []
    above = {"series": "collection", "subseries": "series"}
    for part in parts:
        last = told[-1] if told else None
        if last and last.name == "folder" and part.level == LEVELS["lot"]:
            held = any(one.name == "collection" for one in told)
            told[-1] = last._replace(name="series" if held or part.name != "lot" else "collection")
        held = part.name in above and any(_MATERIALS.search(one.words) for one in told)
        told.append(part._replace(name=above[part.name]) if held else part)
    return tuple(told)


def span_words(document: Document, span: Span) -> str:
    """Return the words of a span on one line, without page breaks and markers of notes."""
    pieces, at = [], span.start
    for mark in document.marks_in(span.start, span.end):
        if mark.kind not in ("gap", "lb") and mark.start >= at and mark.end <= span.end:
            pieces.append(document.source.text[at : mark.start])
            at = mark.end
    return " ".join("".join([*pieces, document.source.text[at : span.end]]).split())
