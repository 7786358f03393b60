"""Which clock a time of day is told by: the zone that is written with it, else that of the dateline's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tei_edition.gazetteer import Gazetteer
from tei_edition.model import Place
from tei_edition.tagging.words import fold
from tei_edition.zones import offset_of, written_offset


def with_offset(clock: str, words: str, place: str, day: dt.date | None, gazetteer: Gazetteer | None) -> str:
    """Return a time of day with its offset from Greenwich: 21:11:00 in Washington on a day of summer → 21:11:00-04:00.

    `words` are those of the zone ("EDT", "Paris time"), `place` the dateline's. Without either, or where a place of
    that name lies in several zones, the time has no offset.
    """
    if clock.endswith("Z"):
        return f"{clock[:-1]}+00:00"
    if words and words.lower() != "local time":
        offset = written_offset(words, day, clock)
        if offset is None:
            offset = _of_place(words.rpartition(" ")[0], clock, day, gazetteer)
        return clock + offset
    return clock + _of_place(place, clock, day, gazetteer)


def attributes_with_offset(
    hours: Mapping[str, str], words: str, place: str, day: dt.date | None, gazetteer: Gazetteer | None
) -> dict[str, str]:
    """Return the attributes of a `time` with the offset in each of its values."""
    return {name: with_offset(clock, words, place, day, gazetteer) for name, clock in hours.items()}


def _of_place(words: str, clock: str, day: dt.date | None, gazetteer: Gazetteer | None) -> str:
    if gazetteer is None or day is None or not words:
        return ""
    zones = _zones(words, gazetteer)
    offsets = {offset_of(zone, day, clock) for zone in zones}
    return offsets.pop() if len(offsets) == 1 else ""


def _zones(words: str, gazetteer: Gazetteer) -> set[str]:
    """The zones of the places that a dateline can mean: of "Paris" that of the likeliest, of "Augusta, Georgia" those
    of the places called Augusta that lie in a Georgia.
    """
    parts = [fold(part).strip(" []()") for part in words.split(",")]
    parts = [part for part in parts if part]
    if not parts:
        return set()
    named = [gazetteer.place(identifier) for identifier in gazetteer.named(parts[0])]
    if len(parts) == 1:
        return {place.timezone for place in named[:1] if place.timezone}
    around = [gazetteer.place(identifier) for part in parts[1:] for identifier in gazetteer.named(part)]
    inside = [place for place in named if any(_lies_in(place, other) for other in around)]
    return {place.timezone for place in inside or named[:1] if place.timezone}


def _lies_in(place: Place, other: Place) -> bool:
    return other.id in (place.country, place.region) and place.id != other.id
