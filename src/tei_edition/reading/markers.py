"""Note markers glued to words: which digits of the text are markers (`Congo1`, `413.2 After`, `Deptel 33644`).

A placement problem for the whole document: each marker once, in order. Every digit run that ends in a note's number is
a candidate with a cost, made of what stands before and behind it and of what would remain; dynamic programming finds
the cheapest sequence. Costs are small numbers with a reason each; `MISSING` is what it costs to leave a marker out.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tei_edition.reading.marker_costs import MISSING, cost_before, cost_of

__all__ = ["MISSING", "Candidate", "Placement", "find_leftovers", "place_markers"]

WEAK = 6.0  # a place that costs this much is reported
NEARLY = 1.0  # a rival that costs at most this much more is reported
_SPEAKS_OF = 400  # how many characters of a note are read for the numbers that it names
_KEEP = 60.0  # partial placements that cost this much more than the best can never win

_RUN = re.compile(r"\d+")
_TOPIC = re.compile(r"\b[A-Z][a-z]{3,}\b")
_NO_TOPIC = frozenset(
    ("Department", "State", "Secretary", "Document", "Source", "Telegram", "President", "Central", "Files", "This")
)


class Candidate(NamedTuple):
    """Digits that may be the marker of note `number`, and what that would cost."""

    number: int
    start: int
    end: int
    cost: float


class Placement(NamedTuple):
    """Where a marker stands; `rivals` are other places that are nearly as good, `weak` tells that even this one
    is not good.
    """

    number: int
    start: int
    end: int
    rivals: tuple[int, ...] = ()
    weak: bool = False


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
    by_number = _candidates(text, start, end, numbers, sorted(holes))
    head_end = _end_of_head(text, start, end)
    for number, words in zip(numbers, notes, strict=True):
        named = set(_RUN.findall(words[:_SPEAKS_OF]))
        topics = set(_TOPIC.findall(words[:_SPEAKS_OF])) - _NO_TOPIC
        found = [_by_what_it_says(text, c, named, start) for c in by_number.get(number, ())]
        found = [_by_topic(text, c, topics, start) for c in found] if len(found) > 1 else found
        if number <= 2:
            ends_line = re.compile(rf"(?: ?{number + 1})?[ \t]*(?:\n|$)")
            found = [_by_head(text, c, head_end, ends_line) for c in found]
        by_number[number] = found
    chosen = _best_sequence(by_number, numbers)
    habit = _habit(text, chosen, start)
    if habit:
        by_number = {n: [_by_habit(text, c, habit, start) for c in found] for n, found in by_number.items()}
        chosen = _best_sequence(by_number, numbers)
    return _with_rivals(chosen, by_number, numbers, end)


def _end_of_head(text: str, start: int, end: int) -> int:
    """The end of the third line that holds words: head, dateline and source line lie before it."""
    at = start
    for _ in range(3):
        at = text.find("\n", at, end)
        if at < 0:
            return end
        while at < end and text[at].isspace():
            at += 1
    return at


def _by_head(text: str, candidate: Candidate, head_end: int, ends_line: re.Pattern[str]) -> Candidate:
    """The first note belongs to the head in nearly every document, and its marker ends the line."""
    if candidate.end <= head_end and candidate.cost < 3.0 and ends_line.match(text, candidate.end):
        return candidate._replace(cost=candidate.cost - 2.0)
    return candidate


def _by_topic(text: str, candidate: Candidate, topics: set[str], low: int) -> Candidate:
    """A note speaks of what stands before its marker: names that both have speak for the place."""
    if not topics:
        return candidate
    before = set(_TOPIC.findall(text, max(low, candidate.start - 120), candidate.start))
    return candidate._replace(cost=candidate.cost - min(1.2, 0.6 * len(topics & before)))


def _habit(text: str, chosen: dict[int, Candidate], low: int) -> str:
    """Whether the page sets its markers behind a blank ("676 3 that") or glues them ("10493"), as far as it is plain.

    The marker at the end of the head has ways of its own.
    """
    blank = sum(1 for n, c in chosen.items() if n > 1 and c.start > low and text[c.start - 1].isspace())
    counted = sum(1 for n in chosen if n > 1)
    if counted < 2:
        return ""
    return "blank" if blank >= 0.6 * counted else "glued" if blank <= 0.2 * counted else ""


def _by_habit(text: str, candidate: Candidate, habit: str, low: int) -> Candidate:
    previous = text[candidate.start - 1 : candidate.start] if candidate.start > low else ""
    if habit == "blank":
        change = -1.2 if previous.isspace() else 1.0 if previous.isdigit() else 0.0
    else:
        change = 1.0 if previous.isspace() else 0.0
    return candidate._replace(cost=candidate.cost + change)


def _candidates(
    text: str, start: int, end: int, numbers: range, holes: list[tuple[int, int]]
) -> dict[int, list[Candidate]]:
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
                found[number].append(Candidate(number, b - length, b, cost_of(text, a, b - length, b, start, end)))
            following = str(int(text[a : a + length]) + 1)
            if text[a] != "0" and text[a + length : b] == following and int(following) in numbers:
                # Two markers that touch: "plan12" with notes 1 and 2.
                before = cost_before(text, a, a, start) + 2.0
                found[int(following) - 1].append(Candidate(int(following) - 1, a, a + length, before))
    return found


def _by_what_it_says(text: str, candidate: Candidate, named: set[str], low: int) -> Candidate:
    """Weigh a candidate by the numbers that its note names: a note on "telegram 412" shows that 412 is whole."""
    start, end = candidate.start, candidate.end
    first = start - 1 if start > low and text[start - 1] in ".,;:)" else start
    run = first
    while run > low and text[run - 1].isdigit():
        run -= 1
    if run == first:
        return candidate
    cost = candidate.cost - (2.0 if first - run > 2 and text[run:first] in named else 0.0)
    if first == start and text[run:end] in named:
        cost += 4.0
    return candidate._replace(cost=cost)


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
        limit = min(step.cost for step in steps) + _KEEP
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
    chosen: dict[int, Candidate], by_number: dict[int, list[Candidate]], numbers: range, end: int
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
        placed[number] = Placement(number, best.start, best.end, rivals, best.cost >= WEAK)
        after = best.start
    return placed


_LEFTOVER = re.compile(r"(?<=[a-z]{3})\d{1,2}(?![\w./–-])|(?<=[a-z][.,;:”’)])\d{1,2}(?=\s|$)")


def find_leftovers(
    text: str, start: int, end: int, placed: Iterable[Placement], holes: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the places where digits glued to a word look like a marker, but no note took them."""
    taken = {p.start for p in placed}
    closed = sorted(holes)
    found = []
    for match in _LEFTOVER.finditer(text, start, end):
        hole = bisect.bisect_right(closed, (match.start(), end)) - 1
        if match.start() not in taken and not (hole >= 0 and closed[hole][1] > match.start()):
            found.append(match.span())
    return found
