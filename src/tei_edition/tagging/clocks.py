"""Which clock a time of day is told by: the zone that is written with it, else that of the dateline's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from tei_edition.gazetteer import Gazetteer
from tei_edition.model import Place, Span
from tei_edition.tagging.context import Known
from tei_edition.tagging.words import fold
from tei_edition.zones import offset_of, written_offset

_STATES = ("country", "dependency", "former-state")


def with_offset(
    clock: str,
    words: str,
    place: str,
    day: dt.date | None,
    gazetteer: Gazetteer | None,
    linked: frozenset[str] | None = None,
) -> str:
    """Return a time of day with its offset from Greenwich: 21:11:00 in Washington on a day of summer → 21:11:00-04:00.

    `words` are those of the zone ("EDT", "Paris time"), `place` the dateline's. Without either, or where a place of
    that name lies in several zones, the time has no offset. `linked` are the zones of what the dateline's place was
    linked to, which win over its words.
    """
    if clock.endswith("Z"):
        return f"{clock[:-1]}+00:00"
    if words and words.lower() != "local time":
        offset = written_offset(words, day, clock)
        if offset is None:
            offset = _of_place(words.rpartition(" ")[0], clock, day, gazetteer)
        return clock + offset
    if linked is not None:
        return clock + _common_offset(linked, clock, day)
    return clock + _of_place(place, clock, day, gazetteer)


def zones_of_link(span: Span, known: Known) -> frozenset[str] | None:
    """Return the zones of the place, or of the places not told apart, that a dateline's place was linked to; None
    where nothing was recognised in it. A place of the user's own has none: the gazetteer does not know where it lies.
    """
    identifiers = (
        (span.ref,) if span.ref and span.cert == "high" else span.candidates or ((span.ref,) if span.ref else ())
    )
    if not identifiers or known.gazetteer is None:
        return None
    if any(identifier in known.entries for identifier in identifiers):
        return frozenset()
    places = [known.gazetteer.get(identifier) for identifier in identifiers]
    return frozenset(place.timezone for place in places if place) if all(places) else frozenset()


def attributes_with_offset(
    hours: Mapping[str, str],
    words: str,
    place: str,
    day: dt.date | None,
    gazetteer: Gazetteer | None,
    linked: frozenset[str] | None = None,
) -> dict[str, str]:
    """Return the attributes of a `time` with the offset in each of its values."""
    return {name: with_offset(clock, words, place, day, gazetteer, linked) for name, clock in hours.items()}


def _of_place(words: str, clock: str, day: dt.date | None, gazetteer: Gazetteer | None) -> str:
    if gazetteer is None or day is None or not words:
        return ""
    return _common_offset(_zones(words, gazetteer), clock, day)


def _common_offset(zones: Collection[str], clock: str, day: dt.date | None) -> str:
    if day is None or "" in zones:
        return ""
    offsets = {offset_of(zone, day, clock) for zone in zones}
    return offsets.pop() if len(offsets) == 1 else ""


def _zones(words: str, gazetteer: Gazetteer) -> set[str]:
    """The zones of the places that a dateline can mean: of "Paris" that of the capital, of "Springfield" those of all
    that are called so, of "Augusta, Georgia" those of the places called Augusta that lie in a Georgia.
    """
    parts = [fold(part).strip(" []()") for part in words.split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return set()
    named = [gazetteer.place(identifier) for identifier in gazetteer.named(parts[0])]
    likely = [place for place in named if place.capital or place.post or place.kind in _STATES] or named
    if len(parts) == 1:
        return {place.timezone for place in likely}
    around = [gazetteer.place(identifier) for part in parts[1:] for identifier in gazetteer.named(part)]
    inside = [place for place in named if any(_lies_in(place, other) for other in around)]
    return {place.timezone for place in inside or likely}


def _lies_in(place: Place, other: Place) -> bool:
    return other.id in (place.country, place.region) and place.id != other.id
