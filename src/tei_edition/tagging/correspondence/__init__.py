"""Who wrote to whom: read from the head ("Telegram From the Department of State to the Embassy in the Congo").

The profile `edition` says so of everyone who wrote or received, in the head and in the header. The profile `frus` does
as the published series: it tells senders and addressees where a head names both, and the two who talk ("Memorandum of a
Conversation Between the President and Secretary Dulles"); the volumes on 1973 and later tell neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tei_edition.model import Party, Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.correspondence.heads import Range, Sides, read_sides
from tei_edition.tagging.correspondence.kinds import CONVERSATION, EDITORIAL_NOTE, OTHER, kind_of_document
from tei_edition.tagging.correspondence.parties import BODY, OFFICE, PERSON, Member, members, same_length
from tei_edition.tagging.correspondence.series import tells_parties

RECOGNISER = "correspondence"
_EVIDENCE = "a party named in the head"
_SPEAKER = "a speaker named in the head"
_ROLES = {"sent": "from", "received": "to"}


class Head(NamedTuple):
    """What a head says: the kind of document, and the parties with their spans."""

    kind: str
    parties: tuple[Party, ...]
    spans: tuple[Span, ...]


def read_head(reading: Reading, persons: Sequence[Span]) -> Head:
    """Return the kind of document and its parties. `persons` are the claims on persons so far."""
    text = next(iter(reading.of_kind("head")), None)
    if text is None:
        return Head("", (), ())
    kind = kind_of_document(text.folded)
    if kind == EDITORIAL_NOTE:
        return Head(kind, (), ())
    # The published series seldom types the parties of what is attached.
    heads = reading.everywhere("attachment-head") if reading.profile != "frus" else []
    attached = [span for other in heads for span in _of_attachment(reading, other, persons)]
    sides = read_sides(text.text)
    if sides is None:
        return Head(kind or OTHER, (), tuple(attached))
    found = _members(text, sides, persons)
    # Who takes part in a conversation does not correspond: the list of participants says more of them.
    corresponding = not sides.talk and kind != CONVERSATION
    parties = tuple(_party(text, action, side) for action, side in found if side) if corresponding else ()
    return Head(kind or OTHER, parties, (*_spans(reading, text, sides, found, persons), *attached))


def _of_attachment(reading: Reading, text: Text, persons: Sequence[Span]) -> list[Span]:
    """The parties of a letter that is attached, in its own head. The header tells of the document alone."""
    sides = read_sides(text.text)
    if sides is None or sides.addressee is None:
        return []
    return _spans(reading, text, sides, _members(text, sides, persons), persons)


_Found = list[tuple[str, list[Member]]]


def _members(text: Text, sides: Sides, persons: Iterable[Span]) -> _Found:
    named = _in_view(text, persons)
    head = same_length(text.text)
    both = (("sent", sides.sender), ("received", sides.addressee))
    return [(action, list(members(head, *side, named))) for action, side in both if side]


def _in_view(text: Text, persons: Iterable[Span]) -> list[Range]:
    """The claims on persons in a head as ranges of its view; those of the lists first."""
    begins = {text.passage.view.origin(i): i for i in range(len(text.text))}
    ends = {origin + 1: i + 1 for origin, i in begins.items()}
    inside = [span for span in persons if span.start in begins and span.end in ends]
    listed = [span for span in inside if span.recogniser == "persons"]
    return [(begins[span.start], ends[span.end]) for span in listed or inside]


def _party(text: Text, action: str, side: Sequence[Member]) -> Party:
    ranges = {
        kind: tuple(text.passage.view.span(m.start, m.end) for m in side if m.kind == kind) for kind in (PERSON, BODY)
    }
    offices = tuple(text.passage.view.span(m.start, m.end) for m in side if m.kind not in (PERSON, BODY))
    return Party(action, ranges[BODY], ranges[PERSON], offices=offices)


def _spans(reading: Reading, text: Text, sides: Sides, found: _Found, persons: Sequence[Span]) -> list[Span]:
    published = reading.profile == "frus"
    if published and (sides.addressee is None or not tells_parties(reading)):
        return []
    known = {(span.start, span.end): span for span in persons}
    spans = []
    for action, side in found:
        role = "" if sides.talk and not published else _ROLES[action]
        for member in side:
            claim = _claim(text, member, _SPEAKER if sides.talk else _EVIDENCE, published=published)
            if claim is not None:
                claim = known.get((claim.start, claim.end), claim) if claim.kind == "person" else claim
                spans.append(claim._replace(attributes=(*claim.attributes, ("type", role))) if role else claim)
    return spans


def _claim(text: Text, member: Member, evidence: str, *, published: bool) -> Span | None:
    """The span of a party. An office names nobody: the series has a `gloss` for it, the edition says it in the
    header.
    """
    if member.kind == PERSON:
        return text.span(member.start, member.end, "person", RECOGNISER, cert="medium", evidence=evidence)
    if member.kind == BODY:
        return text.span(member.start, member.end, "organisation", RECOGNISER, evidence=evidence)
    if member.kind == OFFICE and published:
        return text.span(member.start, member.end, "office", RECOGNISER, evidence=evidence)
    return None
