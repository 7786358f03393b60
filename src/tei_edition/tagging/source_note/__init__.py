"""The tail of a source note as data: how the paper is marked, who had a hand in it, to whom else it went, when it came,
where they met, and of what sort the copy is.

"Secret; Niact. Drafted by Ball on August 17, cleared with S/S, and approved by Rusk. Repeated to Brussels and USUN.
Received at 3:12 a.m." The words stay as they are, with a span around each of these; the header is filled from them.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tei_edition.model import Circumstance, Marking, Party, Responsibility, Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.correspondence.parties import BODY, OFFICE, PERSON
from tei_edition.tagging.source_note.acts import Clause, clauses
from tei_edition.tagging.source_note.circumstances import Stated, circumstances, received, times
from tei_edition.tagging.source_note.copies import COPY, REPEATED, Copies, closing_words, copies
from tei_edition.tagging.source_note.marks import RECOGNISER, markings_above, markings_of_note
from tei_edition.tagging.source_note.notations import notations
from tei_edition.tagging.source_note.sentences import Sentence, sentences
from tei_edition.tagging.unlisted.names import Page

__all__ = ["RECOGNISER", "SourceNote", "read_source_note"]

_DATED = ("when", "from", "to", "notBefore", "notAfter")


@dataclass(slots=True)
class SourceNote:
    """What the source note and the lines around the text say, before it is settled which spans stand."""

    spans: list[Span] = field(default_factory=list)
    markings: list[Marking] = field(default_factory=list)
    acts: list[tuple[Responsibility, int, int]] = field(default_factory=list)  # with the range in which its day stands
    copies: list[tuple[str, str, tuple[tuple[int, int, str], ...]]] = field(default_factory=list)
    stated: list[Circumstance] = field(default_factory=list)

    def standing_markings(self) -> tuple[Marking, ...]:
        """How the document is marked, each mark once."""
        return tuple({(mark.kind, mark.name): mark for mark in reversed(self.markings)}.values())[::-1]

    def responsibilities(self, spans: Sequence[Span]) -> tuple[Responsibility, ...]:
        """Who did what, as far as the name stands as a person's, with the day that is said of it."""
        persons = {span[:2] for span in spans if span.kind == "person"}
        found = []
        for act, start, end in self.acts:
            if act.kind != PERSON or (act.start, act.end) in persons:
                dates = [span for span in _inside(spans, start, end) if span.kind == "date"]
                behind = [span for span in dates if span.start >= act.end]
                day = dates[0] if len(dates) == 1 else behind[0] if behind else None
                found.append(act._replace(dated=_w3c(day) if day else ()))
        return tuple(found)

    def parties(self, spans: Sequence[Span]) -> tuple[Party, ...]:
        """To whom else the paper went: posts by their city, bodies and offices by their names, persons by theirs."""
        return tuple(party for row in self.copies if (party := _party(*row, spans)) is not None)


def read_source_note(reading: Reading) -> SourceNote:
    """Read the source note, the lines of handling above the text, the dateline and the last words of a telegram."""
    tail = SourceNote()
    for text in reading.source_notes():
        _read_note(tail, reading, text)
    for marking, span in markings_above(reading):
        tail.markings.append(marking)
        tail.spans.append(span)
    for text in reading.of_kind("dateline"):
        if "eceived" in text.text:
            _state(tail, text, received(text.text, 0, len(text.text)))
    for text, one in closing_words(reading):
        _send(tail, text, one)
    if reading.profile == "frus":  # the series tags persons alone
        tail.spans = [span for span in tail.spans if span.kind == "person"]
    return tail


def _read_note(tail: SourceNote, reading: Reading, text: Text) -> None:
    found = list(sentences(text.text))
    if not tail.markings:
        marked, end = markings_of_note(text, found)
        tail.markings += [marking for marking, _ in marked]
        tail.spans += [span for _, span in marked]
        found = _behind_marks(text.text, found, end)
    page = Page(text, reading)
    ways = list(copies(text.text, found))
    for one in ways:
        _send(tail, text, one)
    stated = list(circumstances(text.text, found))
    _state(tail, text, iter(stated))
    opened = frozenset(
        sentence.start
        for sentence in found
        if any(sentence.start <= way.start < sentence.end for way in ways)
        or any(sentence.start <= one.start < sentence.end for one in stated)
    )
    for clause in clauses(page, found, opened):
        _act(tail, text, clause, "drafting")
    for clause in notations(page, found):
        _act(tail, text, clause, "notation")


def _behind_marks(text: str, found: list[Sentence], end: int) -> list[Sentence]:
    """The sentences with what follows the marks in theirs as one of its own: "Secret; drafted by Ball"."""
    made = []
    for sentence in found:
        if sentence.start < end <= sentence.end:
            start = end
            while start < sentence.end and text[start] in " ;,.":
                start += 1
            made += [Sentence(start, sentence.end)] if start < sentence.end else []
        else:
            made.append(sentence)
    return made


def _act(tail: SourceNote, text: Text, clause: Clause, kind: str) -> None:
    for deed in clause.deeds:
        start, end = text.passage.view.span(deed.start, deed.end)
        tail.acts.append(
            (Responsibility(deed.act, start, end, deed.kind, text.note), *text.passage.view.span(*deed.clause))
        )
        if deed.kind == PERSON:
            evidence = f"{deed.act}, in the source note"
            span = text.span(deed.start, deed.end, "person", RECOGNISER, cert="medium", evidence=evidence)
            tail.spans.append(span)
    tail.spans.append(text.span(clause.start, clause.end, kind, RECOGNISER, evidence="who had a hand in it"))


def _send(tail: SourceNote, text: Text, one: Copies) -> None:
    view = text.passage.view
    tail.copies.append((one.way, text.note, tuple((*view.span(a, b), kind) for a, b, kind in one.names)))
    tail.spans.append(text.span(one.start, one.end, "distribution", RECOGNISER, evidence="to whom else it went"))


def _state(tail: SourceNote, text: Text, stated: Iterator[Stated]) -> None:
    for one in stated:
        span = text.span(one.start, one.end, one.kind, RECOGNISER, evidence="what the note says of the paper")
        tail.spans.append(span)
        if one.kind == "received":
            for start, end, value in times(text.text, one.start, one.end):
                tail.spans.append(text.span(start, end, "time", RECOGNISER, attributes={"when": value}))
        tail.stated.append(Circumstance(one.kind, span.start, span.end, text.note))


def _inside(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The standing spans within a range; they come sorted by their beginnings."""
    low = bisect.bisect_left(spans, start, key=lambda span: span.start)
    high = bisect.bisect_left(spans, end, lo=low, key=lambda span: span.start)
    return [span for span in spans[low:high] if span.end <= end]


def _w3c(span: Span) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in span.attributes if name in _DATED)


def _party(way: str, note: str, names: Sequence[tuple[int, int, str]], spans: Sequence[Span]) -> Party | None:
    """Who is named as a person's got a copy; a telegram goes to posts, and a person there is no post."""
    persons: list[tuple[int, int]] = []
    bodies: list[tuple[int, int]] = []
    offices: list[tuple[int, int]] = []
    posts: list[tuple[int, int]] = []
    for start, end, kind in names:
        inside = [s for s in _inside(spans, start, end) if s.kind == "person"]
        if (way == REPEATED and len(names) > 1) or len(persons) < len(posts):
            # Among posts a name that no list has is a city's: "Stockholm, London, Colombo, and Belgrade".
            inside = [s for s in inside if s.ref or s.candidates]
        if inside:
            persons += [(span.start, span.end) for span in inside]
        elif kind == BODY:
            bodies.append((start, end))
        elif kind == OFFICE or way == COPY:
            offices.append((start, end))
        else:
            posts.append((start, end))
    if not (persons or bodies or offices or posts):
        return None
    return Party("received", tuple(bodies), tuple(persons), None, tuple(offices), tuple(posts), way, note)
