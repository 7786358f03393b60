"""Which place a wording means: Tripoli in Libya or in Lebanon, the Congo of 1962, Georgetown.

A user's own gazetteer wins. Of the bundled one's places those that existed at the date of the document are weighed:
states, capitals and posts first, then large towns; the country that a document is about or that stands behind the name
decides between towns. What is not clearly best is tagged, not linked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tei_edition.gazetteer import Gazetteer
from tei_edition.model import Place
from tei_edition.tagging.words import fold

CLEAR, LIKELY = 1.0, 0.5  # how far the best must be ahead of the next
SURE, MEDIUM, LOW = 1.5, 1.0, 0.5  # how much speaks for it at all
EVERYWHERE = frozenset({"united-states", "united-kingdom"})  # named in nearly every document: little evidence
_SIZES = ((1_000_000, 2.0), (300_000, 1.5), (100_000, 1.0), (30_000, 0.5))  # inhabitants, and what that weighs
STATES = frozenset({"country", "dependency", "former-state"})


def renowned(places: Sequence[Place], company: Company) -> Place | None:
    """Return the one of some places that everybody thinks of first; None where there is no such one."""
    ranked = sorted(((company.renown(place), place) for place in places), key=lambda one: (-one[0], one[1].id))
    if not ranked or ranked[0][0] < SURE:
        return None
    if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= LIKELY or _same_ground(ranked[0][1], ranked[1][1]):
        return ranked[0][1]
    return None


class Choice(NamedTuple):
    """The place meant (empty: none clearly), how sure that is, why, and what else it could be."""

    ref: str
    cert: str
    evidence: str
    candidates: tuple[str, ...] = ()


class Company:
    """The countries that a document names, and those of its head and subject, with what they are called today."""

    def __init__(self, gazetteer: Gazetteer | None, year: int | None) -> None:
        self.gazetteer = gazetteer
        self.year = year
        self.countries: Counter[str] = Counter()
        self.subject: set[str] = set()

    def add(self, place: Place, *, head: bool) -> None:
        """Take note of a place that is meant for sure: a state, or a town that lies in one."""
        for country in self.within(place):
            self.countries[country] += 1
            if head:
                self.subject.add(country)

    def within(self, place: Place) -> set[str]:
        """The states that a place is or lies in (Missouri, too), under their names of the time and of today."""
        found = {place.id, *place.modern} if place.kind in STATES or place.kind == "first-level" else set()
        if place.region:
            found.add(place.region)
        if place.country and self.gazetteer:
            found |= {place.country, *self.gazetteer.place(place.country).modern}
        return found

    def renown(self, place: Place) -> float:
        """How likely a place is meant when nothing is said of it: large states, small ones, capitals, posts, towns."""
        if self.constituent(place):
            return 2.0
        if place.kind in STATES:
            return max(3.0, 1.5 + math.log10(self._people(place) + 1) / 2)
        if place.kind == "settlement":
            people = place.population
            size = next((weight for least, weight in _SIZES if people >= least), 0.25)
            capital = place.capital and not self._colonial(place)
            return max(3.25 * capital, 2.5 * place.post, size) + min(people, 10**7) / 10**7
        return 2.0 if place.kind == "first-level" else 3.0

    def constituent(self, place: Place) -> bool:
        """Whether what had a name of its own was a part of another: the Georgian SSR."""
        whole = self.gazetteer.get(place.country) if self.gazetteer and place.kind == "former-state" else None
        return whole is not None and whole.kind == "former-state"

    def _colonial(self, place: Place) -> bool:
        """Whether a town was then the capital of a colony that the document does not name: Plymouth is Montserrat's."""
        country = self.gazetteer.get(place.country) if self.gazetteer else None
        while country is not None and self.year is not None and not existed(country, self.year):
            earlier = self.gazetteer.get(country.before[0]) if self.gazetteer and country.before else None
            country = earlier if earlier is not None and earlier.id != country.id else None
        return country is not None and country.kind == "dependency" and country.id not in self.countries

    def _people(self, place: Place) -> int:
        """The inhabitants of a state; of a former one those of the largest that came after it."""
        if place.population or not self.gazetteer:
            return place.population
        return max((self.gazetteer.place(modern).population for modern in place.modern), default=0)


def living(places: Sequence[Place], year: int | None) -> list[Place]:
    """Return those of some places that existed in a year; where none did, those of a year before or after (news of an
    end goes on being written), and all where none is near.
    """
    if year is None:
        return list(places)
    for slack in (0, 1):
        near = [place for place in places if existed(place, year, slack)]
        if any(place.kind != "settlement" or place.capital or place.post for place in near):
            return near
    return list(places)  # Malaya in 1965 is what was Malaya, and no village of the name


def existed(place: Place, year: int, slack: int = 0) -> bool:
    """Whether a state existed in a year, or near it; what is no state always did."""
    begun = not place.start or int(place.start[:4]) <= year + slack
    return begun and (not place.end or year <= int(place.end[:4]) + slack)


class Clues(NamedTuple):
    """What stands beside a name: the state behind it ("Tripoli, Libya"), the towns before it ("Athens, Georgia"), a
    post (where an embassy or a dateline is, there is a town), or "the State of"; and what the same name means where the
    document names its state.
    """

    behind: Sequence[Place] = ()
    before: Sequence[Place] = ()
    post: bool = False
    state: bool = False
    senses: frozenset[str] = frozenset()


def choose(folded: str, places: Sequence[Place], company: Company, near: Clues) -> Choice:
    """Return which of some places a wording means."""
    then = living(places, company.year)
    weighed = sorted(
        ((_weight(folded, place, company, near), place) for place in then), key=lambda one: (-one[0], one[1].id)
    )
    best, place = weighed[0]
    if len(weighed) > 1 and _same_ground(place, weighed[1][1]):
        place = _one_of(place, weighed[1][1], post=near.post)
        weighed = [weighed[0], *weighed[2:]]
    ahead = best - weighed[1][0] if len(weighed) > 1 else math.inf
    others = tuple(other.id for _, other in weighed)
    if best < LOW or ahead < LIKELY:
        why = f"{len(others)} places are called so" if len(others) > 1 else "little speaks for the only one known"
        return Choice("", "medium", why, others)
    if not _supported(place, company, near):
        return Choice("", "medium", f"nothing else says that {place.name} is meant", others)
    sure = best >= SURE and ahead >= (LIKELY if place.kind in STATES or place.capital or place.post else CLEAR)
    then_or_near = company.year is None or existed(place, company.year, 1)
    several = len(near.senses) > 1 and not near.behind
    cert = "high" if sure and then_or_near and not several else "medium" if best >= MEDIUM else "low"
    return Choice(place.id, cert, _why(place, company, near, len(then)), others if len(others) > 1 else ())


def _supported(place: Place, company: Company, near: Clues) -> bool:
    """Whether more than its name speaks for a town that is no capital and no post: its country, the state behind it,
    or that it is a large one.
    """
    if place.kind != "settlement" or place.capital or place.post or place.population >= _SIZES[0][0]:
        return True
    if any(lies_in(place, state, company) for state in near.behind):
        return True
    named = company.within(place) & company.countries.keys()
    return bool(named - EVERYWHERE) or (bool(named) and place.population >= _SIZES[1][0])


def _same_ground(one: Place, two: Place) -> bool:
    """Whether of two places with one name one lies in the other (a state and its capital), or came after it."""
    return one.country == two.id or two.country == one.id or one.id in two.modern or two.id in one.modern


def _one_of(one: Place, two: Place, *, post: bool) -> Place:
    """Which of two on the same ground: of Luxembourg and Luxembourg the state, and where posts are named its capital;
    of Viet-Nam and the State of Viet-Nam that of the time.
    """
    if one.kind in STATES and two.kind in STATES:
        return one if two.id in one.modern else two
    return next((place for place in (one, two) if (place.kind == "settlement") == post), one)


def _weight(folded: str, place: Place, company: Company, near: Clues) -> float:
    weight = company.renown(place) + (0.5 if fold(place.name) == folded else 0.0)
    weight += 4.0 * (place.id in near.senses and not near.behind)
    weight -= 1.0 * (company.year is not None and not existed(place, company.year, 1))
    weight += 1.0 * (near.post and place.kind == "settlement") + 3.0 * (near.state and place.kind == "first-level")
    within = company.within(place) - {place.id}
    if any(lies_in(place, state, company) for state in near.behind):
        weight += 5.0
    if any(lies_in(town, place, company) for town in near.before):
        weight += 3.0
    named = within & company.countries.keys()
    if named and (place.kind not in STATES or company.constituent(place)):
        weight += 0.5 if named <= EVERYWHERE else 1.5
    if within & company.subject - EVERYWHERE:
        weight += 2.5
    if place.id in company.subject:
        weight += 1.0
    return weight


def lies_in(place: Place, state: Place, company: Company) -> bool:
    """Whether a town lies in a state: Springfield in Illinois, Tripoli in Libya, Stanleyville in the Congo of 1962."""
    if state.kind == "first-level":
        return place.region == state.id if place.region else bool(state.country) and place.country == state.country
    return state.kind in STATES and place.country in {state.id, *state.modern}


def _why(place: Place, company: Company, near: Clues, many: int) -> str:
    called = f"“{place.name}” of the gazetteer"
    if near.behind and many > 1:
        return f"{called}: {near.behind[0].name} stands behind it"
    if many == 1:
        return called
    if place.capital or place.post:
        return f"{called}: {'a capital, then or now' if place.capital else 'a seat of missions or of conferences'}"
    if company.within(place) & company.countries.keys():
        return f"{called}: its country is named"
    return f"{called}: the largest of {many}"
