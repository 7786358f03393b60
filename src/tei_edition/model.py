"""The values that travel through the house: one frozen type a stage.

Offsets are code points in `Source.text`, zero-based and half-open, called `start` and `end`.
"""

from __future__ import annotations

import bisect
import enum
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, Lines
from tei_edition.view import View

# How a note begins that says where the document is kept ("Source: Department of State, Central Files …").
SOURCE_NOTE = re.compile(
    r"\[?[Ss]ources?(?: text)?[:;.]|Source (?=[A-Z])|(?:Department of State|National Archives"
    r"|Washington National Records|Library of Congress|Central Intelligence Agency|\w+ Library"
    r"|Nixon Presidential Materials|Naval Historical Center), "
)


class Use(enum.StrEnum):
    """What became of a character of the source: every one is exactly one of these."""

    TEXT = "text"  # it stands in the TEI
    MARKUP = "markup"  # it became an element: `[Page 557]`, the marker of a note
    LAYOUT = "layout"  # white space between blocks, bullets, labels of notes


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it was read: decoded strictly, never changed. `name` is the file's name without its suffix.

    One of several documents of a file knows where it begins in it: behind `offset` characters, on the line `line`;
    `whole` is then the name of the file, and `sha256` is the file's. Its own name tells it apart: `volume_d280`.
    """

    text: str
    sha256: str
    path: str = ""
    name: str = "document"
    whole: str = ""
    offset: int = 0
    line: int = 1

    @property
    def file_name(self) -> str:
        """The name of the file without its suffix, whether the source is all of it or a part."""
        return self.whole or self.name

    def lines(self) -> Lines:
        """Return what turns offsets of this text into places of the file."""
        return Lines(self.text, self.path, offset=self.offset, first=self.line)


class Block(NamedTuple):
    """A paragraph, head, item … : the characters `start` to `end` of the source, and the rule that said so.

    `group` is the kind of list that an item or a list's head belongs to, or what an attachment is called (`tab`);
    `depth` its nesting; `first` marks the block that opens a new group, so that two lists that follow each other stay
    two. `n` is the number that a paragraph begins with, where paragraphs are numbered in order.
    """

    kind: str
    start: int
    end: int
    rule: str
    group: str = ""
    depth: int = 0
    first: bool = False
    n: str = ""


class Mark(NamedTuple):
    """Characters that became an element: kind `pb` (label: the page), `note` (label: the note's number) or `lb`.

    Kind `gap` (label: its attributes) has no characters: it stands before the words that say what was left out.
    Kind `cr` is the carriage return of a `\\r\\n`: XML has one line end only (XML 1.0, 2.11), so it is layout; so is a
    form feed at the beginning or the end of a line, which XML cannot hold.
    """

    kind: str
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its label as printed ("2", "*"), its blocks, and the place of its marker in the text (`anchor`), None
    where none was found.

    `name` is the label for identifiers, unique in the document: "2", "2_2" for the second note 2, "asterisk".
    `evidence` says why its marker stands where it stands.
    """

    label: str
    start: int
    end: int
    blocks: tuple[Block, ...]
    anchor: int | None = None
    name: str = ""
    evidence: str = ""


class Decoration(NamedTuple):
    """Characters that are layout though they are not blank: a bullet, the label of a note, a back-link."""

    start: int
    end: int
    what: str


@dataclass(frozen=True, slots=True)
class Document:
    """What reading makes of a source: flat blocks in order, marks, notes, decorations and findings."""

    source: Source
    style: str
    number: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    marks: tuple[Mark, ...]
    decorations: tuple[Decoration, ...]
    findings: tuple[Diagnostic, ...] = ()

    def passages(self) -> Iterable[Passage]:
        """Yield every block as a passage: those of the main text in order, then those of each note."""
        text = self.source.text
        starts = [mark.start for mark in self.marks]
        of_notes = ((block, note.name) for note in self.notes for block in note.blocks)
        for block, name in itertools.chain(zip(self.blocks, itertools.repeat("")), of_notes):
            start, end = block.start, block.end
            low, high = bisect.bisect_left(starts, start), bisect.bisect_right(starts, end)
            marks = [mark for mark in self.marks[low:high] if mark.end <= end] if low < high else []
            yield Passage(block, name, View(text, start, end, marks))

    def source_note(self) -> Note | None:
        """Return the note that says where the document is kept: the first with a number (or, where none has
        one, the first), if it begins as such do.
        """
        first = self.notes[0] if self.notes else None
        note = next((note for note in self.notes if note.label.isdigit()), first)
        return note if note and SOURCE_NOTE.match(self.source.text, note.start, note.end) else None

    def source_ranges(self) -> list[tuple[int, int]]:
        """Return the ranges that say where the document is kept: the line above an old head, the source note."""
        note = self.source_note()
        lines = [(block.start, block.end) for block in self.blocks if block.kind == "source-line"]
        return lines + ([(note.start, note.end)] if note else [])

    def marks_in(self, start: int, end: int) -> tuple[Mark, ...]:
        """Return the marks from `start` up to `end`, those at either border included."""
        low = bisect.bisect_left(self.marks, start, key=lambda mark: mark.start)
        high = bisect.bisect_right(self.marks, end, key=lambda mark: mark.start)
        return tuple(mark for mark in self.marks[low:high] if mark.end <= end)


class Passage(NamedTuple):
    """A block with the note that it belongs to (empty: the main text) and the view that recognisers read."""

    block: Block
    note: str
    view: View


class Span(NamedTuple):
    """A claim of a recogniser about the source: "characters `start` to `end` are a `kind`", with what it knows of it.

    `ref` is the entry meant, without `#` (empty: tagged, not linked); `attributes` what else the TEI says; `cert` is
    `high`, `medium` or `low`, and `evidence` the reason in an editor's words.
    """

    start: int
    end: int
    kind: str
    recogniser: str
    ref: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    cert: str = "high"
    evidence: str = ""
    candidates: tuple[str, ...] = ()


class PersonName(NamedTuple):
    """A name of a person in its parts (Guidelines, 14.2.1): "Ball, George W." → surname Ball, forenames George, W.

    `order` says how the whole name is said: `given-first` (George W. Ball), `family-first` (Mao Tse-tung), `single`
    (Hassan II: the surname is the name, with its numeral). `titles` are ranks and honorifics printed with the name.
    """

    surname: str
    forenames: tuple[str, ...] = ()
    suffix: str = ""
    titles: tuple[str, ...] = ()
    order: str = "given-first"


class Office(NamedTuple):
    """An office somebody held; `start` and `end` are W3C dates of any precision ("1961-08"; empty: not said)."""

    title: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who or what an authority file knows: `kind` is `person`, `place`, `organisation` or `term`.

    `forms` are the wordings to look for; a person is found by `surname` with `forenames` before it. `names` are all
    names of a person in their parts, the one of the list first; `offices` what the list says that the person was, and
    when. `tei` is the entry as an element of TEI, to be written into `standOff`. `description` is the original wording
    behind the name. `start` and `end` are the years of a place that was not always there ("1960", "1963").
    """

    id: str
    kind: str
    name: str
    forms: tuple[str, ...]
    surname: str = ""
    forenames: tuple[str, ...] = ()
    description: str = ""
    tei: bytes = b""
    names: tuple[PersonName, ...] = ()
    offices: tuple[Office, ...] = ()
    start: str = ""
    end: str = ""


class Place(NamedTuple):
    """Where a gazetteer knows something to lie: Paris, the Soviet Union, the Straits of Tiran.

    `id` is `geonames-2988507` for a row of GeoNames, a speaking name (`soviet-union`) for one of the curated table.
    `kind` is `settlement`, `country`, `dependency`, `former-state`, `first-level` (a state of a federation, a
    province), `region`, `water` or `feature` (a mountain, a canal, an island). `country` and `region` are the ids of
    the country and the state where it lies. `capital` says that it is or was one of a state or dependency, `post` that
    a mission, a consulate or an international body has its seat there. `start` and `end` are years ("1922", "1991");
    `before` and `after` what held the ground then, `modern` what does so today.
    """

    id: str
    name: str
    kind: str
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    capital: bool = False
    post: bool = False
    timezone: str = ""
    geonames: int = 0
    start: str = ""
    end: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    modern: tuple[str, ...] = ()
    region: str = ""


class Rejected(NamedTuple):
    """A claim that lost, the claim that it lost to, and why."""

    span: Span
    winner: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Dating:
    """The document's own date in the W3C attributes, with its evidence. `guessed`: it is not the dateline's.

    `contradicted` is the evidence that was set aside, for it contradicts what is more reliable.
    """

    attributes: Mapping[str, str]
    evidence: str = ""
    cert: str = ""
    source: str = ""
    contradicted: str = ""

    @property
    def guessed(self) -> bool:
        """Whether the date was inferred, and not written in the dateline."""
        return bool(self.cert)


class Party(NamedTuple):
    """Sender or addressee: organisations, persons (ranges of the source that persName spans cover), a place.

    `offices` are how the head calls those whom it does not name: "the Secretary of State". Those who got the paper
    too ("Repeated to Brussels and USUN") stand in `note`: `posts` are cities of posts, `way` how they got it.
    """

    action: str
    organisations: tuple[tuple[int, int], ...] = ()
    persons: tuple[tuple[int, int], ...] = ()
    place: tuple[int, int] | None = None
    offices: tuple[tuple[int, int], ...] = ()
    posts: tuple[tuple[int, int], ...] = ()
    way: str = ""
    note: str = ""


class Responsibility(NamedTuple):
    """Who drafted, cleared or approved: the act, the range of the name, and the day in W3C attributes if it is said.

    `kind`: a `person`, a `body` ("INR"), or an `office` ("the President"); `note` is the note that says so.
    """

    act: str
    start: int
    end: int
    kind: str = "person"
    note: str = ""
    dated: tuple[tuple[str, str], ...] = ()


class Marking(NamedTuple):
    """How the document is marked: `kind` is classification, handling or precedence; `name` as the list has it."""

    kind: str
    name: str
    start: int
    end: int
    note: str = ""


class Circumstance(NamedTuple):
    """What else is said of the paper: `kind` is `held` (where they met), `received` (when it came), `witness` (of what
    sort the copy is, or what it does not say).
    """

    kind: str
    start: int
    end: int
    note: str = ""


class Keeper(NamedTuple):
    """A repository that the source note cites: the range of its words, its name in the catalogue, the town it is in."""

    start: int
    end: int
    name: str
    settlement: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the header can say of the document, found in its head, dateline and notes."""

    kind: str = ""
    dating: Dating | None = None
    parties: tuple[Party, ...] = ()
    markings: tuple[Marking, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    answers: tuple[tuple[int, int, str], ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    keepers: tuple[Keeper, ...] = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """A document with the claims that stand (sorted, properly nested), those that lost, and the facts for the
    header.
    """

    document: Document
    spans: tuple[Span, ...]
    rejected: tuple[Rejected, ...] = ()
    facts: Facts = field(default_factory=Facts)
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """The TEI of one document as bytes, with what was found on the way to it."""

    tei: bytes
    tagged: Tagged
    findings: tuple[Diagnostic, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether no error was found in it."""
        return not any(f.severity == "error" for f in self.findings)
