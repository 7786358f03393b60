"""Places: recognised by the gazetteers and by their own words, told from persons and institutions, and linked.

What a wording may mean is looked up; its surroundings say whether a place is meant at all, and the date, the country
that the document is about and the names beside it say which. A place that no gazetteer knows, or that could be
several, is tagged without a link.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from tei_edition.gazetteer import OTHERWISE, Gazetteer
from tei_edition.model import Entry, Place, Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.places.features import find_features
from tei_edition.tagging.places.mentions import Mention, find_mentions
from tei_edition.tagging.places.referent import (
    EVERYWHERE,
    STATES,
    Choice,
    Clues,
    Company,
    choose,
    lies_in,
    living,
    renowned,
)
from tei_edition.tagging.places.surroundings import (
    ENOUGH,
    SURE,
    WEIGHTS,
    Beside,
    beside,
    foremost,
    pairs,
    prior,
    surroundings,
)
from tei_edition.tagging.words import fold
from tei_edition.vocabulary import DATELINE_PLACE

__all__ = ["RECOGNISER", "recognise_places", "told_from_persons", "with_datelines"]

RECOGNISER = "places"
_PLACE = "in, at or near"  # the evidence that a name is a place's wherever else it stands
_TELLING = frozenset(
    {_PLACE, "the town, port … of", "a post before it", "a geographic noun behind it", "its country or state behind it"}
)
UNLISTED = "unlisted"  # the recogniser of persons on no list
_OFFICE = re.compile(r"title|office")
_PERSON = frozenset({"a title before it", "a given name or initial before it"})
_LOOKS = re.compile(r"^(?:with the given name|in company with)|is a usual given name$")
_TOWN = re.compile(r"\b(?:of|in|at|from|near|to) (?P<town>(?:(?:St|Ste|Ft|Mt)\. )?[A-Z][\w’]+(?: [A-Z][\w’]+){0,2}), $")
_QUALIFIER = re.compile(r", ?| \(|, the ")


class Weighed(NamedTuple):
    """A mention with its candidates, what stands beside it, and what speaks for and against a place."""

    mention: Mention
    places: Sequence[Place]
    near: Beside
    evidence: list[str]
    renowned: bool  # everybody thinks of a place first: a state, a capital, a post, an entry of the user's
    prior: float

    @property
    def weight(self) -> float:
        """The sum of what is known of the wording and of its surroundings."""
        return self.prior + sum([WEIGHTS[name] for name in self.evidence])


def told_from_persons(claims: Sequence[Span], gazetteer: Gazetteer | None) -> list[Span]:
    """Return claims without the persons that are places: "Bandar Abbas" has a given name, "Dubai, Sharjah, Ajman" are
    no company of persons, a despatch "from Buenos Aires" has no author of that name; and nobody is named within "Ciudad
    Trujillo" or "Fort Bragg".
    """
    places = [span for span in claims if span.recogniser == RECOGNISER and span.kind == "place"]
    known = {span[:2]: span for span in places if span.ref and span.cert == "high"}
    ranges = sorted(span[:2] for span in places)
    return [
        span
        for span in claims
        if span.kind != "person"
        or not (_within(span, ranges) or (span.recogniser == UNLISTED and _no_person(span, known, gazetteer)))
    ]


def _no_person(span: Span, known: Mapping[tuple[int, int], Span], gazetteer: Gazetteer | None) -> bool:
    """Whether somebody on no list is a place that everybody knows, and no title or office says otherwise."""
    place = known.get(span[:2])
    if place is None or _OFFICE.search(span.evidence):
        return False
    if _LOOKS.search(span.evidence):
        return True
    meant = gazetteer.get(place.ref) if gazetteer else None
    if meant is None or not (meant.kind in SURE or meant.capital or meant.post):
        return False
    return span.end - span.start > len(meant.name.split()[0]) + 1 or any(sign in place.evidence for sign in _TELLING)


def _within(span: Span, ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether a longer name of a place holds a claim."""
    at = bisect.bisect_right(ranges, (span.start, span.end - 1)) - 1
    near = ranges[max(0, at - 1) : at + 2]
    return any(start <= span.start and span.end <= end and (start, end) != span[:2] for start, end in near)


def with_datelines(claims: Sequence[Span]) -> list[Span]:
    """Return claims in which the place of a dateline has the link that its words have as a name; "Colorado Springs,
    Colorado" is the town.
    """
    named = {span.start: span for span in claims if span.recogniser == RECOGNISER and span.kind == "place"}
    linked = []
    for span in claims:
        known = named.get(span.start) if span.recogniser == DATELINE_PLACE else None
        if known and known.end <= span.end:
            span = known._replace(end=span.end, recogniser=DATELINE_PLACE)
        linked.append(span)
    return linked


def recognise_places(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each place that the document names. The published series tags those of datelines only."""
    if reading.profile == "frus":
        return
    weighed = _weigh(reading)
    standing = [one for one in weighed if one.weight >= ENOUGH]
    company = _company(reading, standing)
    choices = _choices(reading, standing, company)
    claims = [_claim(reading, one, choice) for one, choice in zip(standing, choices, strict=True)]
    yield from _one_sense(standing, claims)
    known = {(id(one.mention.text), one.mention.start, one.mention.end) for one in standing}
    yield from _unknown_towns(standing, known)
    for feature in find_features(reading):
        if (id(feature.text), feature.start, feature.end) not in known:
            yield feature.text.span(
                feature.start, feature.end, "place", RECOGNISER, cert="medium", evidence=feature.evidence
            )


def _one_sense(standing: Sequence[Weighed], claims: Sequence[Span]) -> Iterator[Span]:
    """Link what could not be told apart here as the document links it elsewhere."""
    meant: dict[str, set[str]] = defaultdict(set)
    for one, claim in zip(standing, claims, strict=True):
        if claim.ref:
            meant[one.mention.folded].add(claim.ref)
    for one, claim in zip(standing, claims, strict=True):
        elsewhere = meant.get(one.mention.folded, set()) & set(claim.candidates) if not claim.ref else set()
        if len(elsewhere) == 1:
            claim = claim._replace(ref=next(iter(elsewhere)), evidence="the same as elsewhere in the document")
        yield claim


def _unknown_towns(standing: Sequence[Weighed], known: Set[tuple[int, int, int]]) -> Iterator[Span]:
    """Yield towns that no gazetteer has, before a state that it has: "of Wazata, Minnesota"."""
    for one in standing:
        if one.places and one.places[0].kind == "first-level":
            text, start = one.mention.text, one.mention.start
            town = _TOWN.search(text.text, max(0, start - 60), start)
            if town and (id(text), *town.span("town")) not in known:
                evidence = f"before {one.places[0].name}, a state"
                yield text.span(*town.span("town"), "place", RECOGNISER, cert="medium", evidence=evidence)


def _weigh(reading: Reading) -> list[Weighed]:
    """All mentions with their evidence; what one tells of a wording counts for the others, and so does company."""
    gazetteer = reading.known.gazetteer
    weighed = []
    for mention in find_mentions(reading):
        places = gazetteer.places(mention.wording.ids) if gazetteer and mention.wording else ()
        near, first = beside(mention), bool(mention.own) or foremost(mention, places)
        evidence = list(surroundings(reading, mention, near, renowned=first))
        weighed.append(Weighed(mention, places, near, evidence, first, prior(mention, places)))
    company = Company(gazetteer, None)
    sure = [one.weight >= ENOUGH and one.renowned for one in weighed]
    mentions = [one.mention for one in weighed]
    for one, paired in zip(weighed, pairs(mentions, sure), strict=True):
        if paired:
            one.evidence.append("beside another place")
    for i, one in enumerate(weighed):
        if _stand_together(weighed, i, company):
            one.evidence.append("its country or state behind it")
    _mark_persons(weighed)
    told = {one.mention.folded for one in weighed if _TELLING.intersection(one.evidence) and one.weight >= ENOUGH}
    named = {p.id for one, is_sure in zip(weighed, sure, strict=True) if is_sure for p in one.places if p.kind in SURE}
    named -= EVERYWHERE
    for one in weighed:
        if one.mention.folded in told and not _TELLING.intersection(one.evidence):
            one.evidence.append("named as a place elsewhere")
        if not one.renowned and any(place.country in named for place in one.places):
            one.evidence.append("its country is named")
    return weighed


def _mark_persons(weighed: Sequence[Weighed]) -> None:
    """Two names that persons have, too, side by side are one person's ("Hamilton Jordan"); and whoever has a title or a
    given name somewhere ("Mr. Jordan") is likely meant where the name stands alone.
    """
    named = {one.mention.folded for one in weighed if _PERSON.intersection(one.evidence)}
    for one, two in itertools.pairwise(weighed):
        first, second = one.mention, two.mention
        beside_ = first.text is second.text and first.text.text[first.end : second.start] == " "
        if beside_ and not (first.own or second.own) and all(m.wording and m.wording.personal for m in (first, second)):
            one.evidence.append("a family name behind it")
            two.evidence.append("a given name or initial before it")
            named.add(second.folded)
    for one in weighed:
        if one.mention.folded in named and not _PERSON.intersection(one.evidence):
            one.evidence.append("somebody is called so here")


def _behind(weighed: Sequence[Weighed], i: int) -> Weighed | None:
    """The mention that stands behind another after a comma or in brackets."""
    if i + 1 >= len(weighed):
        return None
    one, two = weighed[i].mention, weighed[i + 1].mention
    near = one.text is two.text and 0 < two.start - one.end < 8
    return weighed[i + 1] if near and _QUALIFIER.fullmatch(one.text.text, one.end, two.start) else None


def _stand_together(weighed: Sequence[Weighed], i: int, company: Company) -> bool:
    """Whether a town stands before the state that it lies in: "Springfield, Illinois"."""
    behind = _behind(weighed, i) if i >= 0 else None
    if behind is None or not behind.places or behind.places[0].kind not in SURE:
        return False  # "London, Paris, Rome": there is a Paris in Ontario, as there is a London
    if behind.places[0].kind != "first-level" and any(place.kind in SURE for place in weighed[i].places):
        return False  # "Lebanon, Pennsylvania" is a town; "Jordan, Israel" are two states
    return any(lies_in(town, state, company) for town in weighed[i].places for state in behind.places)


def _company(reading: Reading, standing: Sequence[Weighed]) -> Company:
    """The countries that the document names beyond doubt, those of its head and subject marked."""
    gazetteer = reading.known.gazetteer
    year = reading.year
    company = Company(gazetteer, year)
    first: dict[str, Place | None] = {}
    for one in standing:
        folded = one.mention.folded
        if folded not in first:
            then = living(one.places, year)
            place = renowned(then, company)
            first[folded] = place if place and (place.kind in STATES or len(then) == 1) else None
        place = first[folded]
        if place is not None:
            block = one.mention.text.block.kind
            company.add(place, head=not one.mention.text.note and block in ("head", "list-head", "heading"))
    return company


def _claim(reading: Reading, one: Weighed, choice: Choice) -> Span:
    mention = one.mention
    reasons = "; ".join(one.evidence)
    return mention.text.span(
        mention.start,
        mention.end,
        "place",
        RECOGNISER,
        ref=_free(choice.ref, mention, reading),
        cert=choice.cert,
        evidence=f"{choice.evidence}{f' ({reasons})' if reasons else ''}",
        candidates=choice.candidates,
    )


def _choices(reading: Reading, standing: Sequence[Weighed], company: Company) -> Iterator[Choice]:
    """What each mention means; the same words in the same surroundings mean the same."""
    known: dict[tuple[str, Clues], Choice] = {}
    clues = [_clues(standing, i, company) for i in range(len(standing))]
    senses = _senses(standing, clues, company)
    for one, near in zip(standing, clues, strict=True):
        if one.mention.own:
            yield _own(reading, one.mention)
            continue
        key = one.mention.folded, near._replace(senses=senses.get(one.mention.folded, frozenset()))
        if key not in known:
            known[key] = choose(one.mention.folded, one.places, company, key[1])
        yield known[key]


def _senses(standing: Sequence[Weighed], clues: Sequence[Clues], company: Company) -> dict[str, frozenset[str]]:
    """What names mean that somewhere stand with their state: "Birmingham, Alabama" is what "Birmingham" is, too."""
    senses: dict[str, frozenset[str]] = {}
    for one, near in zip(standing, clues, strict=True):
        if near.behind and not one.mention.own:
            meant = choose(one.mention.folded, one.places, company, near).ref
            senses[one.mention.folded] = senses.get(one.mention.folded, frozenset()) | ({meant} if meant else set())
    return senses


def _free(identifier: str, mention: Mention, reading: Reading) -> str:
    """The id of a place, told apart from that of somebody or something else in the authority files."""
    entry = reading.known.entries.get(identifier)
    same = entry is None or (entry.kind == "place" and (mention.own or mention.folded in map(fold, entry.forms)))
    return identifier if same else OTHERWISE + identifier


def _clues(standing: Sequence[Weighed], i: int, company: Company) -> Clues:
    one = standing[i]
    behind = standing[i + 1].places if _stand_together(standing, i, company) else ()
    before = standing[i - 1].places if _stand_together(standing, i - 1, company) else ()
    post = "a post before it" in one.evidence or one.mention.text.block.kind == "dateline"
    return Clues(behind, before, post, one.near.before == "of" and one.near.earlier in ("state", "province"))


def _own(reading: Reading, mention: Mention) -> Choice:
    """An entry of the user's authority files; of several that share the name, those that existed then."""
    entries, year = reading.known.entries, reading.year
    ids = mention.own
    if len(ids) > 1 and year is not None:
        ids = tuple(one for one in ids if _existed(entries[one], year)) or ids
    if len(ids) == 1:
        return Choice(ids[0], "high", f"“{reading.known.entries[ids[0]].name}” of the authority files")
    return Choice("", "medium", f"{len(ids)} entries share this name", ids)


def _existed(entry: Entry, year: int) -> bool:
    """Whether a place of the user's existed in a year; one without years, or with words for them, always did."""
    start, end = (int(part[:4]) if part[:4].isdigit() else None for part in (entry.start, entry.end))
    return (start is None or start <= year) and (end is None or year <= end)
