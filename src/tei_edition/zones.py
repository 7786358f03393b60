"""The offset of a clock from Greenwich: of a place on a day, or of a zone that a text names ("EDT", "GMT").

The history of the zones is that of the package tzdata, never the system's: the same text gives the same bytes on every
machine. `data/zones.tsv` holds the zones that messages name.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING

from tei_edition.resources import data_rows

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_NAME = re.compile(r"[A-Z][\w+-]*(?:/[\w+-]+)*")


@functools.cache
def zone(name: str) -> ZoneInfo | None:
    """Return the zone with a name of the tz database ("Africa/Lubumbashi"), None where there is none."""
    if not _NAME.fullmatch(name):
        return None
    # Imported where used: to check a document hardly ever takes a zone, and these take longer than its grammar.
    from importlib import resources
    from zoneinfo import ZoneInfo

    source = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
    if not source.is_file():
        return None
    with source.open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


@functools.cache
def _written() -> dict[str, str]:
    return {words: value for words, value, *_ in data_rows("zones.tsv")}


def offset_of(zone_name: str, day: dt.date, clock: str) -> str:
    """Return the offset of a zone at a clock time of a day, `-04:00`; empty where the zone is not known.

    An offset of odd seconds (local mean time, before the zones) is not given: the W3C formats have minutes.
    """
    known = zone(zone_name)
    if known is None:
        return ""
    moment = dt.datetime.combine(day, dt.time.fromisoformat(clock[:8]), tzinfo=known)
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return ""
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def written_offset(words: str, day: dt.date | None, clock: str) -> str | None:
    """Return the offset of a zone by its written name: "EDT" → -04:00, "Eastern time" → that of the day.

    None: the words name no zone of the list ("Paris time", "local time"), and a place must say.
    """
    value = _written().get(words) or _written().get(words.upper()) or _written().get(words.lower())
    if value is None:
        return None
    if "/" not in value:
        return value
    return offset_of(value, day, clock) if day else ""
