"""Note markers glued to words: which digits of the text are markers (`Congo1`, `413.2 After`, `Deptel 33644`).

A placement problem for the whole document: each marker once, in order. Every digit run that ends in a note's number is
a candidate; the evidence for and against it (`evidence`, `context`) is weighed, the sum is the log-odds
that it is the marker, and its cost is the negative of that. Dynamic programming finds the cheapest sequence; `MISSING`
is what it costs to leave a marker out.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tei_edition.reading.markers.context import Candidate, Context, habit_evidence
from tei_edition.resources import data_rows

__all__ = ["MISSING", "Candidate", "Placement", "find_leftovers", "place_markers"]

MISSING = 10.0  # what it costs to leave a marker out
WEAK = 2.0  # a place that costs this much is reported: such digits are a marker once in eight times
NEARLY = 2.0  # a rival that costs at most this much more is reported
_GIVEN_UP = 100.0  # partial placements that cost this much more than the best are given up
_TOLD = 4  # pieces of evidence that are told of a place

_RUN = re.compile(r"[0-9]+")


class Placement(NamedTuple):
    """Where a marker stands; `rivals` are other places that are nearly as good, `weak` tells that even this one
    is not good; `evidence` what spoke most for it and against it, with the weights.
    """

    number: int
    start: int
    end: int
    rivals: tuple[int, ...] = ()
    weak: bool = False
    evidence: tuple[tuple[str, float], ...] = ()
    log_odds: float = 0.0

    def told(self) -> str:
        """The evidence in one line, with its weights: "log-odds +7.9: before:word +3.1, behind:end +5.2"."""
        weighed = ", ".join(f"{name} {weight:+.1f}" for name, weight in self.evidence)
        return f"log-odds {self.log_odds:+.1f}: {weighed}" if weighed else ""


@functools.cache
def marker_weights() -> Mapping[str, float]:
    """Return what each piece of evidence weighs (log-odds), by name; `data/marker-weights.tsv`."""
    return {name: float(weight) for name, weight in data_rows("marker-weights.tsv")}


def place_markers(
    text: str, start: int, end: int, notes: Sequence[str], holes: Iterable[tuple[int, int]] = (), *, first: int = 1
) -> dict[int, Placement]:
    """Return the best placement of the markers of `notes` (their words, in order) in `text[start:end]`, by number.

    `holes` are ranges that hold no markers (page markers, labels). A number without a plausible place is left out.
    `first` is the first note's number: 1, or 0 where the source note is numbered so.
    """
    if not notes:
        return {}
    numbers = range(first, first + len(notes))
    context = Context(text, start, end, notes, first)
    by_number: dict[int, list[Candidate]] = {}
    for number, found in find_candidates(text, start, end, numbers, sorted(holes)).items():
        by_number[number] = [c._replace(cost=-_weigh(context.evidence(c))) for c in found]
    chosen = _best_sequence(by_number, numbers)
    by_number = _by_habit(by_number, chosen, context)
    chosen = _best_sequence(by_number, numbers)
    return _with_rivals(chosen, by_number, numbers, end, context)


def _weigh(evidence: Iterable[str]) -> float:
    weights = marker_weights()
    return weights["always"] + sum(weights.get(name, 0.0) for name in evidence)


def _by_habit(
    by_number: Mapping[int, list[Candidate]], chosen: Mapping[int, Candidate], context: Context
) -> dict[int, list[Candidate]]:
    """Weigh each candidate by the ways of the page, as the places of the other markers show them.

    A page sets its markers behind a blank ("676 3 that") or glues them ("10493"). The first marker, mostly at the end
    of the head, has ways of its own.
    """
    weights = marker_weights()
    places = {number: context.place(c) for number, c in chosen.items() if number > 1}
    blank = sum(1 for place in places.values() if place.startswith("before:gap"))
    changed: dict[int, list[Candidate]] = {}
    for number, found in by_number.items():
        own = places.get(number, "")
        others = len(places) - bool(own)
        behind_blanks = blank - own.startswith("before:gap")
        changed[number] = [
            c._replace(cost=c.cost - weights.get(habit_evidence(behind_blanks, others, context.place(c)), 0.0))
            for c in found
        ]
    return changed


def find_candidates(
    text: str, start: int, end: int, numbers: range, holes: Sequence[tuple[int, int]]
) -> dict[int, list[Candidate]]:
    """Return the digits that may be markers, by number: the end of each run of digits, as far as it is a number."""
    found: dict[int, list[Candidate]] = defaultdict(list)
    digits = len(str(numbers[-1]))
    for run in _RUN.finditer(text, start, end):
        a, b = run.span()
        hole = bisect.bisect_right(holes, (a, end)) - 1
        if hole >= 0 and holes[hole][1] > a:
            continue
        for length in range(1, min(digits, b - a) + 1):
            number = int(text[b - length : b])
            if number in numbers and (text[b - length] != "0" or length == 1):
                found[number].append(Candidate(number, b - length, b, 0.0, a))
            following = str(int(text[a : a + length]) + 1)
            if text[a] != "0" and text[a + length : b] == following and int(following) in numbers:
                # Two markers that touch: "plan12" with notes 1 and 2.
                found[int(following) - 1].append(Candidate(int(following) - 1, a, a + length, 0.0, a, pair=True))
    return found


class _Step(NamedTuple):
    end: int
    cost: float
    chosen: Candidate | None
    previous: _Step | None


def _best_sequence(by_number: dict[int, list[Candidate]], numbers: range) -> dict[int, Candidate]:
    """Dynamic programming over the numbers; the front holds the partial placements that no other beats in both
    place and cost.
    """
    front: list[_Step] = [_Step(-1, 0.0, None, None)]
    for number in numbers:
        ends = [step.end for step in front]
        steps = [_Step(step.end, step.cost + MISSING, None, step) for step in front]
        for candidate in by_number.get(number, ()):
            at = bisect.bisect_right(ends, candidate.start) - 1
            if at >= 0:
                steps.append(_Step(candidate.end, front[at].cost + candidate.cost, candidate, front[at]))
        steps.sort(key=lambda step: (step.end, step.cost))
        limit = min(step.cost for step in steps) + _GIVEN_UP
        front = []
        for step in steps:
            if step.cost <= limit and (not front or step.cost < front[-1].cost):
                front.append(step)
    chosen: dict[int, Candidate] = {}
    last: _Step | None = front[-1]
    while last is not None:
        if last.chosen:
            chosen[last.chosen.number] = last.chosen
        last = last.previous
    return chosen


def _with_rivals(
    chosen: Mapping[int, Candidate],
    by_number: Mapping[int, list[Candidate]],
    numbers: range,
    end: int,
    context: Context,
) -> dict[int, Placement]:
    placed: dict[int, Placement] = {}
    after = end
    low_ends = {}
    low = -1
    for number in numbers:
        low_ends[number] = low
        low = chosen[number].end if number in chosen else low
    for number in sorted(chosen, reverse=True):
        best = chosen[number]
        rivals = tuple(
            c.start
            for c in by_number[number]
            if c.start >= low_ends[number] and c.end <= after and c.start != best.start and c.cost <= best.cost + NEARLY
        )
        evidence = _strongest(context.evidence(best))
        placed[number] = Placement(number, best.start, best.end, rivals, best.cost >= WEAK, evidence, -best.cost)
        after = best.start
    return placed


def _strongest(evidence: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """The pieces of evidence that weigh most, the place itself first."""
    weights = marker_weights()
    weighed = [(name, weights.get(name, 0.0)) for name in evidence[2:]]
    rest = sorted((pair for pair in weighed if pair[1]), key=lambda pair: (-abs(pair[1]), pair[0]))
    return tuple((name, weights.get(name, 0.0)) for name in evidence[:2]) + tuple(rest[:_TOLD])


_BEFORE_LEFTOVER = re.compile(r"(?P<glued>[a-z]{3})$|[a-z][.,;:”’)]$")
_BEHIND_LEFTOVER = re.compile(r"(?P<glued>[\w./–-])|\s|$")


def find_leftovers(
    text: str, start: int, end: int, placed: Iterable[Placement], holes: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the places where digits glued to a word look like a marker, but no note took them."""
    taken = {p.start for p in placed}
    closed = sorted(holes)
    found = []
    for match in _RUN.finditer(text, start, end):
        a, b = match.span()
        if b - a > 2 or a in taken:
            continue
        before = _BEFORE_LEFTOVER.search(text[max(start, a - 3) : a])
        behind = _BEHIND_LEFTOVER.match(text, b, end)
        if not before or (behind["glued"] if behind else not before["glued"]):
            continue
        hole = bisect.bisect_right(closed, (a, end)) - 1
        if not (hole >= 0 and closed[hole][1] > a):
            found.append((a, b))
    return found
