"""Pieces of evidence for the date of a document, and the interval that they leave when laid upon each other."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import NamedTuple

from tei_edition.dates import MONTHS
from tei_edition.resources import data_rows

# The kinds of evidence, the most reliable first: where two contradict each other, the earlier stands.
RANKS = (
    "stamp",
    "held",
    "received",
    "drafted",
    "sent",
    "approved",
    "neighbours",
    "file-number",
    "answered",
    "film",
    "folder",
    "mentioned",
)


class Evidence(NamedTuple):
    """What one thing says of the date: not before `first`, not after `last` (None: it does not say), in an editor's
    words, with the note that it stands in.
    """

    kind: str
    first: dt.date | None
    last: dt.date | None
    words: str
    source: str = ""


class Interval(NamedTuple):
    """The days between which a document was written, and the evidence for them and against them."""

    first: dt.date | None
    last: dt.date | None
    kept: tuple[Evidence, ...]
    contradicted: tuple[Evidence, ...]


def combine(found: Iterable[Evidence]) -> Interval:
    """Return what all evidence together leaves. What contradicts the more reliable is set aside: a file number of
    August 1962 says little of a paper that the meeting it records puts into October.
    """
    first: dt.date | None = None
    last: dt.date | None = None
    kept, contradicted = [], []
    for piece in sorted(found, key=_reliability):
        low = max((day for day in (first, piece.first) if day), default=None)
        high = min((day for day in (last, piece.last) if day), default=None)
        if low and high and low > high:
            contradicted.append(piece)
            continue
        first, last = low, high
        kept.append(piece)
    return Interval(first, last, tuple(kept), tuple(contradicted))


def _reliability(piece: Evidence) -> tuple[int, dt.date, dt.date, str]:
    return RANKS.index(piece.kind), piece.first or dt.date.min, piece.last or dt.date.max, piece.words


@functools.cache
def lags() -> dict[tuple[str, str], tuple[int, int]]:
    """Return the rows of the data file: by evidence and kind of document, the days before and after."""
    rows = data_rows("dating-lags.tsv")
    return {(evidence, kind): (int(before), int(after)) for evidence, kind, before, after in rows}


def around(evidence: str, kind: str, day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the days between which a document of a kind was written for which this evidence gives a day."""
    before, after = lags()[evidence, kind]
    return day - dt.timedelta(before), day + dt.timedelta(after)


def in_words(day: dt.date) -> str:
    """Return a day as the series prints it: August 18, 1962."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
