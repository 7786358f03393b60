"""The cheapest places for labels that return: `1 2 3 1 2` in a text that has several runs of notes.

`markers` places one run of numbers; which stretch of the text belongs to which run is found here, by the same reasoning
over all runs at once: each marker once, in order.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_DIGITS = re.compile(r"\d+")
_MISSING = 10.0  # what it costs to leave a label without a place
_PLAIN = 1.0  # a place that costs less is a marker glued to a word or a closing sign
_AT_MOST = 400_000  # pairs of a label and a place that are weighed; beyond that the first good place is taken
_KEEP = 60.0  # partial orders that cost this much more than the best can never win


class Place(NamedTuple):
    """Characters that may be the marker of a note, and what that would cost."""

    start: int
    end: int
    cost: float


class _Step(NamedTuple):
    end: int
    cost: float
    chosen: tuple[int, Place] | None
    previous: _Step | None


def glued_numbers(text: str, start: int, end: int, labels: Sequence[str]) -> dict[str, list[Place]]:
    """Return the places where the digits of each label end a run of digits and may be a marker."""
    found: dict[str, list[Place]] = {label: [] for label in labels}
    longest = max(map(len, labels), default=0)
    for run in _DIGITS.finditer(text, start, end):
        a, b = run.span()
        for length in range(1, min(longest, b - a) + 1):
            label = text[b - length : b]
            if label in found:
                cost = _rough_cost(text[max(start, a - 2) : a], length < b - a, text[b : min(end, b + 2)])
                if cost < _MISSING:
                    found[label].append(Place(b - length, b, cost))
    return found


def _rough_cost(before: str, broken: bool, behind: str) -> float:
    """What it costs to take digits for a marker, by their neighbours alone: enough to tell runs of notes apart."""
    last = before[-1:]
    cost = 0.0 if not behind or behind[0].isspace() else 0.4
    if behind[:1].isalnum() or behind[:1] in "-–/%" or (behind[:1] in ".,:" and behind[1:].isdigit()):
        cost += 5.0
    if broken:
        return cost + 3.5
    if not last or last in "\n$£#":
        return cost + (9.0 if behind[:1] not in ("", "\n") else 3.0)
    if last.isalpha():
        return cost + (0.0 if before[:1].isalpha() else 3.0)
    if last in '.,;:!?)]”’"…':
        return cost + (0.3 if not before[:1].isdigit() else 2.0)
    return cost + (2.5 if last.isspace() else 6.0)


def cheapest_order(labels: Sequence[str], places: Mapping[str, Sequence[Place]]) -> dict[int, Place]:
    """Return a place for each label (by its index) that has one: all in order, at the least cost together."""
    if sum(len(places.get(label, ())) for label in labels) > _AT_MOST:
        return _first_places(labels, places)
    front: list[_Step] = [_Step(-1, 0.0, None, None)]
    for i, label in enumerate(labels):
        ends = [step.end for step in front]
        steps = [_Step(step.end, step.cost + _MISSING, None, step) for step in front]
        for place in places.get(label, ()):
            at = bisect.bisect_right(ends, place.start) - 1
            if at >= 0:
                steps.append(_Step(place.end, front[at].cost + place.cost, (i, place), front[at]))
        steps.sort(key=lambda step: (step.end, step.cost))
        limit = min(step.cost for step in steps) + _KEEP
        front = []
        for step in steps:
            if step.cost <= limit and (not front or step.cost < front[-1].cost):
                front.append(step)
    chosen: dict[int, Place] = {}
    last: _Step | None = front[-1]
    while last is not None:
        if last.chosen:
            chosen[last.chosen[0]] = last.chosen[1]
        last = last.previous
    return chosen


def numbers_that_begin_again(text: str, end: int, notes: int) -> list[int]:
    """Return the numbers of notes that have no labels (`- Not printed. ↩`), where the markers of the text before `end`
    begin again at 1: 1 2 3 1 2 for five notes. Empty, unless there is a plain marker for each note and no other.
    """
    labels = [str(n) for n in range(1, notes + 1)]
    found = glued_numbers(text, 0, end, labels)
    plain = sorted((p.end, int(label)) for label, places in found.items() for p in places if p.cost < _PLAIN)
    numbers: list[int] = []
    for _, number in plain:
        if number == 1 or (numbers and number == numbers[-1] + 1):
            numbers.append(number)
    return numbers if len(numbers) == notes and numbers.count(1) > 1 else []


def _first_places(labels: Sequence[str], places: Mapping[str, Sequence[Place]]) -> dict[int, Place]:
    chosen: dict[int, Place] = {}
    at = -1
    starts = {label: [p.start for p in found if p.cost < _PLAIN] for label, found in places.items()}
    good = {label: [p for p in found if p.cost < _PLAIN] for label, found in places.items()}
    for i, label in enumerate(labels):
        k = bisect.bisect_left(starts.get(label, []), at)
        if k < len(good.get(label, [])):
            chosen[i] = good[label][k]
            at = chosen[i].end
    return chosen
