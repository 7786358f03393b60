"""Terms of the lists, and words of telegrams: where a text uses them, and which entry is meant.

"GVN", "ICBMs" (the s is outside), "FY57", "LINC" of the entry "LINC, LINCOLN". A symbol of one letter (S, the Office of
the Secretary) is looked for only where offices are named: "Drafted by Stein and approved in S".
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Document, Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.terms.choosing import Choice, Descriptions, choose
from tei_edition.tagging.terms.letter_case import EXACT, case_evidence, runs_in_capitals, words_like_terms
from tei_edition.tagging.terms.wordings import DOTTED, Found, TermIndex, Wording
from tei_edition.telegraphic import telegraphic_words

RECOGNISER = "terms"
UNPUBLISHED = "terms-beyond-the-published"  # what an editor tags and the published series does not
TELEGRAPHIC = "telegraphic-words"

# A name in words, "Rolling Thunder", is no abbreviation: the published series tags it one time in twenty.
_NAME_IN_WORDS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
_ABBREVIATED_BEFORE = re.compile(r"\b[A-Z]\. ?$")
_DRAFTING = re.compile(r"\b(?:drafted|cleared|approved|concurr\w+|concurrences?|prepared|initialed)\b")
_SYMBOL_BEFORE = re.compile(r"(?:\b(?:in|of|by|with|and|from)|,|[(/])[ ]?$")
_SYMBOL_BEHIND = re.compile(r"[,;)/]| and\b| on\b| for\b|\.?$|\. ")
_OFFICE = re.compile(r"\b(?:office|bureau|division|secretary|adviser|counselor|deputy|department)\b", re.IGNORECASE)
_MARKING = re.compile(r"(?:top )?secret|confidential|unclassified|restricted", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:\W{0,4}(?:[0-9]{1,2}|[a-z])\.)?\s{0,4}\(")
_DRAFTING_REACH = 300


def recognise_terms(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each use of a term of the lists, and of the Department's words of telegrams."""
    document = Descriptions([text.folded for text in reading.texts])
    terms, telegraphic = reading.known.terms, telegraphic_index()
    of_terms, of_telegrams = terms.beginning(reading.vocabulary), telegraphic.beginning(reading.vocabulary)
    for text in reading.texts:
        listed: set[int] = set()
        for found, wordings, evidence in _fitting(reading, text, terms, of_terms):
            listed.add(found.start)
            yield _claim(reading, text, found, wordings, evidence, document)
        for found, wordings, evidence in _fitting(reading, text, telegraphic, of_telegrams):
            if found.start not in listed:
                yield _telegraphic(text, found, wordings[0], evidence)


@functools.cache
def telegraphic_index() -> TermIndex:
    """Return the index of the words of telegrams, made when first asked for."""
    return TermIndex(telegraphic_words().values())


def _fitting(
    reading: Reading, text: Text, index: TermIndex, beginning: frozenset[str]
) -> Iterator[tuple[Found, list[Wording], str]]:
    """The longest wording at each word of `beginning` whose letters agree, with the entries that are as near to it."""
    if beginning.isdisjoint(text.vocabulary):
        return
    covered = 0
    for found in index.find(text.folded, text.words, beginning):
        if found.start < covered or _part_of_initials(text, found):
            continue
        written = text.text[found.start : found.end]
        # of any other word it does not matter
        ambiguous = written.isupper() and written.lower() in words_like_terms()
        capitals = ambiguous and runs_in_capitals(text.text, found.start, found.end)
        fitting = [
            (wording, evidence)
            for wording in found.wordings
            if (evidence := case_evidence(written, wording.written, reading.ordinary_words, capitals=capitals))
            and (len(written.rstrip(".")) > 1 or _is_symbol(reading, text, found, wording))
            and _ending_fits(text, found)
        ]
        if not fitting:
            continue
        covered = found.end
        nearest = min((evidence != EXACT, wording.distance) for wording, evidence in fitting)
        best = [(w, e) for w, e in fitting if (e != EXACT, w.distance) == nearest]
        yield found, [wording for wording, _ in best], best[0][1]


def _part_of_initials(text: Text, found: Found) -> bool:
    """Whether it is cut out of longer initials: the S. of "U. S.", the G of 851G.00, the UN of "U.N.R.R.A."."""
    if "." not in text.text[found.start : min(found.end + 1, found.start + 3)]:
        return False
    return _ABBREVIATED_BEFORE.search(text.text[max(0, found.start - 3) : found.start]) is not None


def _ending_fits(text: Text, found: Found) -> bool:
    """A plural has a small s: US is not in USS Eisenhower. A term runs into digits only as FY57 does, in capitals."""
    behind = text.text[found.end : found.end + 1]
    written = text.text[found.start : found.end]
    if behind == "S" and written[-1].isalnum():
        return False
    return not behind.isdigit() or not written[-1].isalnum() or (written.isupper() and len(written) > 1)


def _is_symbol(reading: Reading, text: Text, found: Found, wording: Wording) -> bool:
    """Whether one letter is an office among the drafters, or the "(S)" with which a secret paragraph begins."""
    entry = reading.known.entries.get(wording.entry)
    if entry is None:
        return False
    behind = text.text[found.end : found.end + 1]
    if _MARKING.fullmatch(entry.description.strip(" .")):
        return behind.startswith(")") and _PARAGRAPH.fullmatch(text.text, 0, found.start) is not None
    window = text.text[max(0, found.start - 8) : found.start]
    return (
        bool(_OFFICE.search(entry.description))
        and _among_drafters(text, found)
        and _SYMBOL_BEFORE.search(window) is not None
        and _SYMBOL_BEHIND.match(text.text[found.end : found.end + 6]) is not None
    )


def _among_drafters(text: Text, found: Found) -> bool:
    """Whether the sentence says who drafted, cleared or approved a paper."""
    return _DRAFTING.search(text.folded[max(0, found.start - _DRAFTING_REACH) : found.start]) is not None


def _claim(
    reading: Reading, text: Text, found: Found, wordings: Sequence[Wording], evidence: str, document: Descriptions
) -> Span:
    order = list(dict.fromkeys(wording.entry for wording in wordings))
    entries = reading.known.entries
    first = wordings[0]
    if len(order) == 1:
        cert = "high" if evidence == EXACT or len(first.written) > 4 else "medium"
        choice = Choice(order[0], cert, f"“{entries[order[0]].name}” of the authority files, {evidence}")
    else:
        choice = choose(
            order,
            entries,
            document,
            behind=text.folded[found.end : found.end + 4],
            drafting=_among_drafters(text, found),
        )
    beyond = first.distance == DOTTED or _NAME_IN_WORDS.fullmatch(first.written) is not None
    return text.span(
        found.start,
        found.end,
        "term",
        UNPUBLISHED if beyond else RECOGNISER,
        ref=choice.entry,
        cert=choice.cert,
        evidence=choice.evidence,
        candidates=order if len(order) > 1 else (),
    )


def _telegraphic(text: Text, found: Found, wording: Wording, evidence: str) -> Span:
    word = telegraphic_words()[wording.entry]
    return text.span(
        found.start,
        found.end,
        "telegraphic-word",
        TELEGRAPHIC,
        ref=wording.entry,
        cert="high",
        evidence=f"“{word.name}”, {word.description}: a word of telegrams; {evidence}",
        attributes={"type": "abbreviation"},
    )


def terms_not_told_apart(document: Document, spans: Iterable[Span]) -> Iterator[Diagnostic]:
    """Yield a finding for each term that several entries share and nothing in the document tells apart."""
    shared = [span for span in spans if span.kind == "term" and span.candidates and not span.ref]
    place = document.source.lines().location if shared else None
    for span in shared:
        words = " ".join(document.source.text[span.start : span.end].split())
        if place is not None:
            message = f"“{words}” could be {' or '.join(span.candidates[:5])}: tagged, not linked"
            yield finding("TG020", message, place(span.start, span.end))
