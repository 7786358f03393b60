"""Persons of the authority files: recognised by their names, and linked by evidence.

Every wording of the index that stands in the text is a mention; the places around it say whether a person is meant at
all, and its title, its given name and the other mentions of the document which one. Every reason is named, and the sum
of what the reasons weigh is how sure the link is. Where no reading is clearly best the mention is tagged, not linked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from tei_edition.model import Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.person_index import content
from tei_edition.tagging.persons.census import take_census
from tei_edition.tagging.persons.elsewhere import MANY, Elsewhere
from tei_edition.tagging.persons.evidence import NOBODY, evidence, told_apart_by
from tei_edition.tagging.persons.given_names import given_names
from tei_edition.tagging.persons.mentions import Mention, find_mentions
from tei_edition.tagging.persons.offices import beside, terms_of
from tei_edition.tagging.persons.plurals import recognise_plurals
from tei_edition.tagging.persons.surroundings import NEVER, surroundings
from tei_edition.tagging.persons.weighing import likely, shares

__all__ = ["RECOGNISER", "Weighed", "recognise_persons", "take_census", "weigh"]

RECOGNISER = "persons"
_FROM = re.compile(r"\bfrom (?P<sender>.+?)(?: to | \(|$)", re.DOTALL)
# From here on a name is taken for a person's. What was learnt is what the series tags, and it leaves mentions out: an
# edition that tags everyone asks for less.
PERSON = {"edition": 0.3, "frus": 0.35}
CLEAR = 0.6  # from here on one reading is clearly best
_NAMED = ("title:", "given:name", "given:short", "given:initial")  # what leaves no doubt that a person is named
DOUBTFUL, PLAIN = 0.4, 0.6  # how likely a person is named at all
HIGH, MEDIUM = 0.95, 0.8  # shares of the readings; bench/report_links.py says how often they are right


class Weighed(NamedTuple):
    """A mention with its evidence: for a person at all, and for each reading (the last one: nobody of the list)."""

    mention: Mention
    person: list[str]
    readings: list[str]
    evidence: list[list[str]]


def weigh(reading: Reading) -> Iterator[Weighed]:
    """Yield each mention of a document with what speaks for and against its readings."""
    index, entries = reading.known.persons, reading.known.entries
    mentions = find_mentions(index, reading)
    near = [beside(mention) for mention in mentions]
    meant = sorted({entry for mention in mentions if len(mention.fits) <= MANY for entry in mention.fits})
    terms = {entry: terms_of(entries[entry], index.tokens[entry], reading.date) for entry in meant}
    elsewhere = Elsewhere(mentions, near, terms, _sender(reading))
    sure = {entry for entry, places in elsewhere.full.items() if places} | set(elsewhere.titled)
    alike: dict[Hashable, dict[str, list[str]]] = {}  # what is said of mentions that nothing tells apart
    for i, (mention, side) in enumerate(zip(mentions, near, strict=True)):
        person = list(surroundings(reading, mention, side))
        person += ["named here"] if not sure.isdisjoint(mention.fits) else []
        if len(mention.fits) > MANY:
            found: dict[str, list[str]] = {entry: [] for entry in [*sorted(mention.fits)[:MANY], NOBODY]}
        else:
            key = told_apart_by(i, mention, side, elsewhere)
            if key not in alike:
                alike[key] = dict(evidence(i, mention, side, terms, elsewhere, reading.known))
            found = alike[key]
        yield Weighed(mention, person, list(found), list(found.values()))


def _sender(reading: Reading) -> frozenset[str]:
    """The words with which the head names the sender: what stands between From and To."""
    head = next(iter(reading.of_kind("head")), None)
    found = _FROM.search(head.folded) if head else None
    return frozenset(content(re.findall(r"[^\W\d_]+", found["sender"]))) if found else frozenset()


def recognise_persons(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each mention of somebody who stands in the authority files."""
    least = PERSON[reading.profile]
    claims = [_claim(reading, weighed) for weighed in weigh(reading) if _is_person(weighed, least)]
    named = Counter(claim.ref for claim in claims if claim.ref)
    yield from claims
    yield from given_names(reading, named, sorted((claim.start, claim.end) for claim in claims))
    yield from recognise_plurals(reading)


def _is_person(weighed: Weighed, least: float) -> bool:
    never = not NEVER.isdisjoint(weighed.person) and "named here" not in weighed.person
    return not never and likely(weighed.person) >= least


def _claim(reading: Reading, weighed: Weighed) -> Span:
    mention = weighed.mention
    candidates = weighed.readings[:-1]
    if mention.foreign or not candidates:
        reason = "the given name is none of the authority files'"
        return mention.text.span(mention.start, mention.end, "person", RECOGNISER, cert="medium", evidence=reason)
    parts = shares(weighed.evidence)
    best = max(range(len(parts)), key=lambda i: (parts[i], -i))
    entry = weighed.readings[best]
    words = ", ".join(name for name in weighed.evidence[best])
    if entry == NOBODY or parts[best] < CLEAR:
        return mention.text.span(
            mention.start, mention.end, "person", RECOGNISER, cert="medium", candidates=candidates,
            evidence=f"no reading is clearly best: {_listed(reading, weighed.readings, parts)}",
        )  # fmt: skip
    cert = _certainty(weighed, best, parts[best])
    return mention.text.span(
        mention.start, mention.end, "person", RECOGNISER, ref=entry, cert=cert,
        candidates=candidates if len(candidates) > 1 else (),
        evidence=f"{reading.known.entries[entry].name} ({parts[best]:.3f}): {words}",
    )  # fmt: skip


def _certainty(weighed: Weighed, best: int, share: float) -> str:
    """How sure a link is: no surer than that a person is named at all, and not high where the title is somebody else's
    as far as the list tells.
    """
    named = any(name.startswith(_NAMED) for name in weighed.person)
    person = 1.0 if named else likely(weighed.person)
    if share < MEDIUM or person < DOUBTFUL:
        return "low"
    return "high" if share >= HIGH and person >= PLAIN and "title:not" not in weighed.evidence[best] else "medium"


def _listed(reading: Reading, readings: Sequence[str], parts: Sequence[float]) -> str:
    names = [
        f"{reading.known.entries[entry].name if entry else 'nobody of the list'} {part:.2f}"
        for entry, part in sorted(zip(readings, parts, strict=True), key=lambda pair: -pair[1])[:4]
    ]
    return ", ".join(names)
