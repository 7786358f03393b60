"""What every recogniser reads: the passages of a document, folded and cut into words once, and what is known."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tei_edition.model import Block, Document, Entry, Passage, Span
from tei_edition.tagging.person_index import PersonIndex
from tei_edition.tagging.terms.wordings import TermIndex
from tei_edition.tagging.words import Dictionary, Word, fold, words_of


class Text(NamedTuple):
    """A passage as recognisers read it: its words without marks, folded, and a way back to the source."""

    passage: Passage
    text: str
    folded: str
    words: Sequence[Word]

    @property
    def block(self) -> Block:
        """The block that it is."""
        return self.passage.block

    @property
    def note(self) -> str:
        """The label of the note that it belongs to; empty: the main text."""
        return self.passage.note

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

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries
        self.persons = PersonIndex(entries)
        self.census: Mapping[str, int] = {}  # by entry, how many texts of a run name the person in full
        self.places: Dictionary[str] = Dictionary(
            (f, e.id) for e in entries.values() if e.kind == "place" for f in e.forms
        )
        self.organisations: Dictionary[str] = Dictionary(
            (f, e.id) for e in entries.values() if e.kind == "organisation" for f in e.forms
        )
        self.terms = TermIndex(e for e in entries.values() if e.kind == "term")


class Reading:
    """A document in the hands of the recognisers."""

    def __init__(self, document: Document, known: Known, *, profile: str = "edition") -> None:
        self.document = document
        self.known = known
        self.profile = profile
        self.date: tuple[str, str] | None = None  # the document's own date, or what bounds it: two W3C dates
        self.texts: list[Text] = []
        self._attached = [block.start for block in document.blocks if block.kind == "attachment"]
        for passage in document.passages():
            folded = fold(passage.view.text)
            self.texts.append(Text(passage, passage.view.text, folded, words_of(folded)))

    @functools.cached_property
    def ordinary_words(self) -> frozenset[str]:
        """The words that the document has in small letters, too: a capital at the beginning of a sentence says
        nothing of them.
        """
        return frozenset(word.folded for text in self.texts for word in text.words if text.text[word.start].islower())

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
