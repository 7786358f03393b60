"""DOCUMENT → CLAIMS: recognisers read, and what they claim is settled at one place."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Dating, Document, Facts, Party, Span, Tagged
from tei_edition.tagging.calendar import contradicted_weekdays, dateline_place, impossible_datelines, recognise_dates
from tei_edition.tagging.citations import recognise_citations
from tei_edition.tagging.collector import collector_resting
from tei_edition.tagging.context import Known, Reading
from tei_edition.tagging.correspondence import read_head
from tei_edition.tagging.dating import (
    bounds,
    contradicted_evidence,
    date_attachments,
    date_context,
    date_document,
)
from tei_edition.tagging.ibid import ibid_without_antecedent, link_citations
from tei_edition.tagging.known_names import recognise_known_names
from tei_edition.tagging.persons import RECOGNISER as PERSONS
from tei_edition.tagging.persons import recognise_persons, take_census
from tei_edition.tagging.persons.plurals import RECOGNISER as PLURALS
from tei_edition.tagging.persons.spelling import suggest_spellings
from tei_edition.tagging.places import recognise_places, told_from_persons, with_datelines
from tei_edition.tagging.quotations import recognise_quotations
from tei_edition.tagging.references import notes_that_are_not_there, recognise_references
from tei_edition.tagging.resolve import resolve
from tei_edition.tagging.source_note import read_source_note
from tei_edition.tagging.source_note.keepers import keepers
from tei_edition.tagging.terms.mentions import UNPUBLISHED, recognise_terms, terms_not_told_apart
from tei_edition.tagging.unlisted import RECOGNISER as UNLISTED
from tei_edition.tagging.unlisted import recognise_unlisted
from tei_edition.tagging.words import fold
from tei_edition.vocabulary import REFERENCES

__all__ = ["Known", "date_reading", "resolve", "tag_document", "take_census"]

# Recognisers that need nothing but the document, its date and what is known, in alphabetical order: their order
# cannot matter.
RECOGNISERS: tuple[Callable[[Reading], Iterator[Span]], ...] = (
    dateline_place,
    recognise_known_names,
    recognise_persons,
    recognise_places,
    recognise_quotations,
    recognise_references,
    recognise_terms,
    recognise_unlisted,
)


@collector_resting()
def tag_document(document: Document, known: Known, *, profile: str = "edition") -> Tagged:
    """Return the document with every claim that stands, those that lost, and the facts for its header."""
    reading = Reading(document, known, profile=profile)
    cited, dating, known_date = date_reading(reading)
    attached = date_attachments(reading)
    claims = [*cited, *(span for recogniser in RECOGNISERS for span in recogniser(reading))]
    claims = told_from_persons(with_datelines(claims), known.gazetteer if profile != "frus" else None)
    claims.extend(recognise_dates(reading, known_date, attached, time_inside=profile == "frus", places=claims))
    head = read_head(reading, [span for span in claims if span.kind == "person"])
    tail = read_source_note(reading)
    claims = _merge_persons([*claims, *head.spans, *tail.spans])
    if profile == "frus":
        claims = [_as_listed(span, reading) for span in claims if _published(span, document)]
    spans, rejected = resolve(claims)
    spans = link_citations(reading, spans)
    if profile != "frus":
        spans = tuple(suggest_spellings(reading, spans))
    parties = _with_place(_standing(head.parties, spans), spans, reading)
    facts = Facts(
        head.kind,
        dating,
        (*parties, *tail.parties(spans)),
        tail.standing_markings(),
        tail.responsibilities(spans),
        _answers(reading, spans),
        tuple(tail.stated),
        tuple(keepers(document, spans)),
    )
    findings = (
        *_findings(document, spans),
        *impossible_datelines(reading),
        *contradicted_evidence(document, dating),
    )
    return Tagged(document, spans, rejected, facts, findings)


def date_reading(reading: Reading) -> tuple[list[Span], Dating | None, Dating | None]:
    """Find the date of the document, which tells who held which office; return the citations that it may come from,
    the date, and the date by which years are supplied.
    """
    cited = list(recognise_citations(reading))
    numbers = [span for span in cited if span.kind == "file-number"]
    dating = date_document(reading, numbers)
    context = date_context(reading, numbers, dating)
    known = dating or context
    reading.date = bounds(known) if known else None
    return cited, dating, context


def _merge_persons(claims: Sequence[Span]) -> list[Span]:
    """One claim a range: what the lists know of a person, with the role that the head gives."""
    best: dict[tuple[int, int], Span] = {}
    others = []
    for span in sorted(claims):
        if span.kind != "person":
            others.append(span)
            continue
        key = (span.start, span.end)
        known = best.get(key)
        if known is None:
            best[key] = span
            continue
        stronger, weaker = (
            (span, known)
            if (bool(span.ref), bool(span.candidates)) > (bool(known.ref), bool(known.candidates))
            else (known, span)
        )
        best[key] = stronger._replace(attributes=tuple(sorted({*stronger.attributes, *weaker.attributes})))
    return [*others, *_without_wider(best)]


def _without_wider(persons: Mapping[tuple[int, int], Span]) -> list[Span]:
    """Drop what is a name by its looks and holds one that is linked for sure: "Ball Rusk Kennedy" are three."""
    linked = sorted(span[:2] for span in persons.values() if span.ref and span.cert == "high")
    kept = []
    for (start, end), span in persons.items():
        at = bisect.bisect_left(linked, (start, start))
        holds = at < len(linked) and linked[at][1] <= end
        if span.ref or span.recogniser != UNLISTED or not holds:
            kept.append(span)
    return kept


def _published(span: Span, document: Document) -> bool:
    """Whether the published series tags this: listed persons, correspondents and signers, listed terms,
    cross-references, datelines.
    """
    if span.kind in ("date", "place"):
        return any(
            block.kind == "dateline" and block.start <= span.start and span.end <= block.end
            for block in document.blocks
        )
    if span.kind == "person":
        listed = bool(span.ref or span.candidates) and span.recogniser != PLURALS
        return listed or any(name == "type" for name, _ in span.attributes) or span.evidence == "the signature"
    if span.recogniser == UNPUBLISHED:
        return False
    if span.kind in ("organisation", "office"):
        return any(name == "type" for name, _ in span.attributes)
    return span.kind == "term" or (span.kind in REFERENCES and bool(span.ref))


def _as_listed(span: Span, reading: Reading) -> Span:
    """The series links a name to the line of its list that has this wording, one that sends to another, too: "Diem" to
    "Diem, see Ngo Dinh Diem". The profile `edition` links to the person.
    """
    if span.kind != "person" or not span.ref:
        return span
    wording = fold(reading.document.source.text[span.start : span.end])
    return span._replace(ref=reading.known.persons.listed_as.get((span.ref, wording), span.ref))


def _standing(parties: tuple[Party, ...], spans: Sequence[Span]) -> tuple[Party, ...]:
    ranges = {(span.start, span.end) for span in spans if span.kind == "person"}
    return tuple(party._replace(persons=tuple(r for r in party.persons if r in ranges)) for party in parties)


def _with_place(parties: tuple[Party, ...], spans: Sequence[Span], reading: Reading) -> tuple[Party, ...]:
    """The sender wrote where the dateline says, and is the signer where the head names none."""
    if not parties or parties[0].action != "sent":
        return parties
    sender = parties[0]
    signed = [(b.start, b.end) for b in reading.document.blocks if b.kind == "signature"][:1]
    if not sender.persons and signed:
        signers = tuple(
            (s.start, s.end) for s in spans if s.kind == "person" and signed[0][0] <= s.start and s.end <= signed[0][1]
        )
        sender = sender._replace(persons=signers, offices=() if signers else sender.offices)
    dateline = next((b for b in reading.document.blocks if b.kind == "dateline"), None)
    place = next(
        (
            (s.start, s.end)
            for s in spans
            if s.kind == "place" and dateline and dateline.start <= s.start < dateline.end
        ),
        None,
    )
    return (sender._replace(place=place), *parties[1:])


# A message does not answer those of its own sender: the Department's are Deptels, an embassy's Embtels and mytels.
_OWN: dict[bool, tuple[str, ...]] = {
    True: ("deptel", "dept", "depc", "reftel"),
    False: ("embtel", "mytel", "my ", "contel", "legtel", "reftel"),
}


def _answers(reading: Reading, spans: Sequence[Span]) -> tuple[tuple[int, int, str], ...]:
    """The telegrams that the first words of a message refer to are those that it answers."""
    first = next(iter(reading.of_kind("p")), None)
    if first is None:
        return ()
    limit = min(first.block.start + 120, first.block.end)
    head = next(iter(reading.of_kind("head")), None)
    own = _OWN[head is not None and "from the department" in head.folded]
    found = [s for s in spans if s.kind == "telegram" and first.block.start <= s.start < limit]
    words = {s: reading.document.source.text[s.start : s.end].lower() for s in found}
    return tuple((s.start, s.end, s.ref) for s in found if not words[s].startswith(own))


def _findings(document: Document, spans: Sequence[Span]) -> Iterator[Diagnostic]:
    yield from notes_that_are_not_there(document, spans)
    yield from terms_not_told_apart(document, spans)
    yield from ibid_without_antecedent(document, spans)
    yield from contradicted_weekdays(document, spans)
    place = document.source.lines().location
    for span in spans:
        if span.kind == "person" and span.candidates and not span.ref and span.recogniser == PERSONS:
            words = " ".join(document.source.text[span.start : span.end].split())
            yield finding(
                "TG001",
                f"“{words}” could be {' or '.join(span.candidates[:5])}: tagged, not linked",
                place(span.start, span.end),
            )
