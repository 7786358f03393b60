"""What every recogniser reads: the passages of a document, folded and cut into words once, and what is known."""

from __future__ import annotations

import bisect
import functools
import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tei_edition.gazetteer import Gazetteer, gazetteer
from tei_edition.model import Block, Document, Entry, Passage, Span
from tei_edition.tagging.person_index import PersonIndex
from tei_edition.tagging.terms.wordings import TermIndex
from tei_edition.tagging.words import Dictionary, Word, columns_of, fold

if TYPE_CHECKING:
    from tei_edition.tagging.dating.neighbours import Folder


class Text:
    """A passage as recognisers read it: its words without marks, folded, and a way back to the source.

    `block` is the block that it is, `note` the label of the note that it belongs to (empty: the main text).
    """

    def __init__(self, passage: Passage) -> None:
        self.passage = passage
        self.text = passage.view.text
        self.folded = fold(self.text)
        self.folds, self.starts, self.ends = columns_of(self.folded)  # each word as it is compared, and its place
        self.words: Sequence[Word] = list(map(Word, zip(self.folds, self.starts, self.ends, strict=True)))
        self.letters = list(map(self.text.__getitem__, self.starts))  # the first of each word
        self.block: Block = passage.block
        self.note: str = passage.note

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words: a recogniser that none of them concerns can pass the text over."""
        return frozenset(self.folds)

    @functools.cached_property
    def upper(self) -> list[bool]:
        """Whether each word begins with a capital."""
        return list(map(str.isupper, self.letters))

    @functools.cached_property
    def capitalised(self) -> list[Word]:
        """The words that begin with a capital: one in six, and all that a name begins with."""
        return list(itertools.compress(self.words, self.upper))

    def word_at(self, offset: int) -> int | None:
        """The index of the word that begins at a character; None where none does."""
        i = bisect.bisect_left(self.starts, offset)
        return i if i < len(self.starts) and self.starts[i] == offset else None

    def span(
        self,
        start: int,
        end: int,
        kind: str,
        recogniser: str,
        *,
        ref: str = "",
        cert: str = "high",
        evidence: str = "",
        attributes: Mapping[str, str] | None = None,
        candidates: Sequence[str] = (),
    ) -> Span:
        """A claim on the view's characters `start` to `end`, in offsets of the source."""
        a, b = self.passage.view.span(start, end)
        return Span(
            a, b, kind, recogniser, ref, tuple(sorted((attributes or {}).items())), cert, evidence, tuple(candidates)
        )


class Known:
    """The entries of the authority files, indexed once for many documents."""

    def __init__(self, entries: Mapping[str, Entry], *, bundled: bool = True) -> None:
        self.entries = entries
        self._bundled = bundled  # whether the gazetteer that travels with the program is used, too
        self.persons = PersonIndex(entries)
        self.census: Mapping[str, int] = {}  # by entry, how many texts of a run name the person in full
        self.folders: Mapping[str, Folder] = {}  # the dated documents of the run by folder
        self.places: Dictionary[str] = Dictionary(
            (f, e.id) for e in entries.values() if e.kind == "place" for f in e.forms
        )
        self.organisations: Dictionary[str] = Dictionary(
            (f, e.id) for e in entries.values() if e.kind == "organisation" for f in e.forms
        )
        self.terms = TermIndex(e for e in entries.values() if e.kind == "term")

    @property
    def gazetteer(self) -> Gazetteer | None:
        """The gazetteer that travels with the program, read when it is first asked for; None: do without."""
        return gazetteer() if self._bundled else None


class Reading:
    """A document in the hands of the recognisers."""

    def __init__(self, document: Document, known: Known, *, profile: str = "edition") -> None:
        self.document = document
        self.known = known
        self.profile = profile
        self.date: tuple[str, str] | None = None  # the document's own date, or what bounds it: two W3C dates
        self._attached = [block.start for block in document.blocks if block.kind == "attachment"]
        self.texts = list(map(Text, document.passages()))

    @property
    def year(self) -> int | None:
        """The year of the document's own date, None where nothing is known of it."""
        first = self.date[0][:4] if self.date else ""
        return int(first) if first.isdigit() and first != "0001" else None

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the document; what is known of one is looked up once, and not wherever it stands."""
        return frozenset().union(*(text.vocabulary for text in self.texts))

    @functools.cached_property
    def ordinary_words(self) -> frozenset[str]:
        """The words that the document has in small letters, too: a capital at the beginning of a sentence says
        nothing of them.
        """
        found: set[str] = set()
        for text in self.texts:
            found.update(itertools.compress(text.folds, map(str.islower, text.letters)))
        return frozenset(found)

    def of_kind(self, *kinds: str) -> list[Text]:
        """The passages of the document itself, without its notes and attachments, of some kinds of block."""
        return [text for text in self.everywhere(*kinds) if not self.attachment_of(text)]

    def attachment_of(self, text: Text) -> int:
        """The number of the attachment that a passage belongs to; 0: the document itself, or its notes."""
        return 0 if text.note else bisect.bisect_right(self._attached, text.block.start)

    def everywhere(self, *kinds: str) -> list[Text]:
        """The passages of some kinds of block, those of attachments too."""
        return [text for text in self.texts if not text.note and text.block.kind in kinds]

    def source_notes(self) -> list[Text]:
        """The passages of the source note; none where the document has none."""
        note = self.document.source_note()
        return [text for text in self.texts if note is not None and text.note == note.name]
