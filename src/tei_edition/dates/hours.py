"""The time of day: "4 p.m.", "3:25–4:55 p.m.", "noon", "1630Z", "0900 hours", "7 p.m. EDT"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.late_patterns import late

_HOUR = r"(?:2[0-3]|1\d|0?[1-9])"
_UNTIL = r"(?:[ ]?[–—-][ ]?|[ ]to[ ])"
# Zones of the clock as they are written behind an hour; "local time" and "Washington time" are known by the place.
_ZONE = (
    r"(?:(?:[ ]\(|,?[ ])(?P<zone>[ECMP][SDW]T|GMT|UTC|BST|CET"
    r"|(?!(?:This|That|The|Next|Last|First|Second|Same|Some|Any|Each|Every|Only|No|What|By|At|In|On|All)[ ])"
    r"[A-Z]\w+(?:[ ](?:[A-Z]\w+|standard|daylight|mean))?[ ][Tt]ime|[Ll]ocal[ ]time|[Zz]ulu(?:[ ]time)?|ZULU"
    r")\b(?P<close>\))?)?"
)
_CLOCK = rf"""(?:(?:(?P<h>{_HOUR})(?:[:.](?P<min>[0-5]\d))?(?:[ ]?(?P<half>[ap])\.?[ ]?m\b\.?)?{_UNTIL})?
        (?P<h2>{_HOUR})(?:[:.](?P<min2>[0-5]\d))?[ ]?(?P<half2>[ap])\.?[ ]?m\b\.?
       | (?P<noon>[Nn]oon|[Mm]idnight)\b
       | (?P<zulu>[01]\d[0-5]\d|2[0-3][0-5]\d|(?<!\d)\d[0-5]\d)[ ]?Z\b
       | (?P<military>[01]\d[0-5]\d|2[0-3][0-5]\d)[ ](?:hours|hrs\.?)(?!\w))"""
_BEHIND = late(rf"(?P<sep>,[ ]?|[ ]?[—–-]{{1,2}}[ ]?|[ ]at[ ]|[ ]|[ ],[ ]){_CLOCK}{_ZONE}", re.VERBOSE)
_ALONE = late(_CLOCK + _ZONE, re.VERBOSE)
# Where an hour may end: before "a.m.", "p. m.", "Z", "hours"; or as a word.
_ANCHOR = late(r"\d(?=[ ]?(?:[ap]\.?[ ]?m|Z)\b|[ ](?:hours|hrs)\b)")
# With a capital behind a word it is somebody's name: "Colonel Noon".
_WORDS = late(r"(?<![\w-])(?:noon|midnight|(?:(?<=at )|(?<=by )|(?<![A-Za-z.] ))(?:Noon|Midnight))\b(?!-)")
_START = late(rf"(?<![\w.:/$–-])(?:{_HOUR}(?:[:.][0-5]\d)?(?:[ ]?[ap]\.?[ ]?m\b\.?)?{_UNTIL})?[\d:.]{{1,5}}$")
_LONGEST = 24  # characters before the last digit of an hour: "10:30 a. m. to 12:45"


class TimeOfDay(NamedTuple):
    """A time of day as written; `until` is the end of a range of hours, `zone` the words of its zone."""

    value: str
    start: int
    end: int
    until: str = ""
    zone: str = ""


NO_TIME = TimeOfDay("", 0, 0)


def time_behind(text: str, at: int) -> TimeOfDay:
    """Return the time of day that follows a date which ends at `at`; `NO_TIME` where none does."""
    match = _BEHIND.match(text, at)
    return _read(match, match.end("sep")) if match else NO_TIME


def find_times(text: str) -> Iterator[TimeOfDay]:
    """Yield the times of day of a text, those that follow a date too."""
    anchors = [anchor.start() for anchor in _ANCHOR.finditer(text)]
    if "noon" in text or "idnight" in text or "Noon" in text:
        anchors = sorted([*anchors, *(word.start() for word in _WORDS.finditer(text))])
    end = 0
    for at in anchors:
        if at < end:
            continue
        start = at
        if text[at].isdigit():
            before = _START.search(text, max(end, at - _LONGEST), at + 1)
            if before is None:
                continue
            start = before.start()
        match = _ALONE.match(text, start)
        if match:
            end = match.end()
            yield _read(match, start)


def _read(match: re.Match[str], start: int) -> TimeOfDay:
    until = ""
    if match["noon"]:
        value = "12:00:00" if match["noon"].lower() == "noon" else "00:00:00"
    elif match["zulu"] or match["military"]:
        digits = (match["zulu"] or match["military"]).zfill(4)
        value = f"{digits[:2]}:{digits[2:]}:00" + ("Z" if match["zulu"] else "")
    else:
        value = _clock(match["h2"], match["min2"], match["half2"])
        if match["h"]:
            until = value
            value = _clock(match["h"], match["min"], match["half"] or match["half2"])
            if not match["half"] and value > until:
                value = _clock(match["h"], match["min"], "a")  # "11–12:30 p.m." began in the morning
    zone = match["zone"] or ""
    end = match.end()
    bracket = zone and match.string[match.start("zone") - 1] == "("
    if bracket and not match["close"]:
        end = match.start("zone") - 2  # "4 p.m. (EST, delayed)": the bracket says more
        zone = ""
    elif match["close"] and not bracket:
        end = match.end("zone")
    return TimeOfDay(value, start, end, until, zone)


def _clock(hour: str, minutes: str | None, half: str) -> str:
    number = int(hour)
    if number <= 12:  # "14:31 p.m." is printed, too
        number = number % 12 + (12 if half == "p" else 0)
    return f"{number:02d}:{minutes or '00'}:00"
