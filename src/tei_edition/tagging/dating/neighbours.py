"""The documents that stand before and behind one in its folder or volume: an edition prints them in the order of their
dates, so that those of the dated ones hold the undated between them.

The texts of a run are looked through once, before they are converted (`Survey`), by the form of a dateline only: to
read each of them twice would take as long again. Only where the dates around a document stand in order do they say
anything: a volume of several compilations begins anew with each.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_edition.dates import file_number_date, find_dates
from tei_edition.tagging.dating.evidence import Evidence, in_words

_WINDOW = 4  # dated documents on either side
_NEAR = 12  # numbers: what stands further off is no neighbour
_GAP = 250  # days between two neighbours: where more are missing, another compilation may begin between them
_MARGIN = 3  # days that a document may stand out of order
_LOOSE = 10  # the same where its neighbours are dated by their file numbers
_HEAD = 1500  # characters at the beginning of a text that its head and its dateline stand in
_LONGEST = 250  # characters of a line that can be a head or a dateline
_NUMBERED = re.compile(r"(?P<folder>.*?)(?P<number>\d+)(?P<letter>[a-z]?)$", re.DOTALL)
_YEAR = re.compile(r"\b(?:1[789]\d\d|20\d\d)(?!\d)")
_AFTER = re.compile(
    r"[\s.,;:\])\d—–-]*(?:[ap]\. ?m\.|noon|midnight|[A-Z]{1,3}T?)?[\s.,;\])\d]*(?:to [\d:]+ [ap]\.m\.)?\s*$"
)
_EDITORIAL = re.compile(r"^\s*(?:\[Page \w+\]\s*)?(?:\[?\d+\]?\. )?\[?Editorial Note", re.IGNORECASE)


class Dated(NamedTuple):
    """A document of a folder: its place in it, its date, and whether that is the one that it bears (or the one in
    its file number).
    """

    place: tuple[int, str]
    day: dt.date
    sure: bool


class Folder:
    """The dated documents of a folder or volume, in the order of their numbers."""

    def __init__(self, documents: Iterable[Dated]) -> None:
        self._documents = sorted(documents)
        self._places = [document.place for document in self._documents]

    def around(self, place: tuple[int, str]) -> tuple[Sequence[Dated], Sequence[Dated]]:
        """Return the dated documents before and behind a place, the nearest last and first."""
        low = bisect.bisect_left(self._places, place)
        high = bisect.bisect_right(self._places, place)
        before = [d for d in self._documents[max(0, low - _WINDOW) : low] if place[0] - d.place[0] <= _NEAR]
        return before, [d for d in self._documents[high : high + _WINDOW] if d.place[0] - place[0] <= _NEAR]


def place_of(name: str) -> tuple[str, tuple[int, str]] | None:
    """Return the folder that the name of a text puts it into, and its place there: `frus1961-63v20_d280` is the 280th
    of frus1961-63v20; None: its name has no number.
    """
    match = _NUMBERED.match(name)
    return (match["folder"], (int(match["number"]), match["letter"])) if match else None


class Survey:
    """Gathers the dates of the texts of a run while they go by."""

    def __init__(self) -> None:
        self._dated: dict[str, list[Dated]] = defaultdict(list)

    def reading(self, documents: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Yield the words of each document, given with its name, and note its date."""
        for name, text in documents:
            where = place_of(name)
            found = where and day_of(text)
            if where and found:
                self._dated[where[0]].append(Dated(where[1], *found))
            yield text

    def folders(self) -> Mapping[str, Folder]:
        """Return the folders of the run by name."""
        return {name: Folder(documents) for name, documents in self._dated.items()}


def day_of(text: str) -> tuple[dt.date, bool] | None:
    """Return the day of a text by its dateline, or that of its first file number; whether it is the dateline's.

    The first line that ends with a full date is taken for the dateline, or for a head that closes with one.
    """
    if _EDITORIAL.match(text):
        return None
    for line in text[:_HEAD].split("\n"):
        if len(line) > _LONGEST:
            break  # here the text begins
        for found in find_dates(line) if _YEAR.search(line) else ():
            closes = _AFTER.match(line, max(found.end, found.time_end))
            if found.complete and found.first.day and closes:
                return found.first.earliest(), True
    at = text.find("Source: ")
    start = max(at, 0)
    day = file_number_date(text[start : start + 300])
    return (day, False) if day else None


def neighbours(folders: Mapping[str, Folder], name: str) -> Evidence | None:
    """Return what the neighbours of a document say of its date; None where they are not in order, or not there."""
    where = place_of(name)
    folder = folders.get(where[0]) if where else None
    if where is None or folder is None:
        return None
    before, after = folder.around(where[1])
    bounds = _sure(before, after) or _loose(before, after)
    if bounds is None or (bounds[1].day - bounds[0].day).days > _GAP:
        return None
    low, high = bounds
    words = f"it stands between documents of {in_words(low.day)} and {in_words(high.day)}"
    words += "" if low.sure and high.sure else " (dated by file numbers)"
    margin = dt.timedelta(_MARGIN if low.sure and high.sure else _LOOSE)
    return Evidence("neighbours", low.day - margin, high.day + margin, words)


def _sure(before: Sequence[Dated], after: Sequence[Dated]) -> tuple[Dated, Dated] | None:
    """The nearest on both sides, if both bear their dates and stand in order, with one more that does."""
    if not before or not after or not (before[-1].sure and after[0].sure and before[-1].day <= after[0].day):
        return None
    further = [*before[-2:-1], *after[1:2]]
    in_order = [d.day <= before[-1].day if d.place < before[-1].place else d.day >= after[0].day for d in further]
    return (before[-1], after[0]) if any(in_order) or not in_order else None


def _loose(before: Sequence[Dated], after: Sequence[Dated]) -> tuple[Dated, Dated] | None:
    """The nearest on both sides of those that stand in order, if nearly all around do: a file number may be that of
    another paper.
    """
    window = [*before, *after]
    chain = _longest_in_order(window)
    if len(window) < 4 or len(chain) < len(window) - len(window) // 4:
        return None
    low = [d for d in chain if d in before]
    high = [d for d in chain if d in after]
    return (low[-1], high[0]) if low and high else None


def _longest_in_order(documents: Sequence[Dated]) -> list[Dated]:
    """The longest run of documents whose dates do not go back, others left out; of several the first."""
    best: list[list[Dated]] = []
    for document in documents:
        runs = [run for run in best if run[-1].day <= document.day]
        best.append([*max(runs, key=len, default=[]), document])
    return max(best, key=len, default=[])
