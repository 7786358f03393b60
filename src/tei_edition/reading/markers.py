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

MISSING = 10.0
_NEVER = 12.0  # more than leaving the marker out: money, hours, ordinals
WEAK = 6.0  # a place that costs this much is reported
NEARLY = 1.0  # a rival that costs at most this much more is reported
_SPEAKS_OF = 400  # how many characters of a note are read for the numbers that it names
_KEEP = 60.0  # partial placements that cost this much more than the best can never win

_RUN = re.compile(r"\d+")
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:pages?|pp?\.|nos?\.|numbers?|chapter|parts?|articles?|sections?|vols?\.|volume|documents?|(?:foot)?notes?"
    r"|tabs?|annex|option|recommendations?|steps?|proposals?|enclosures?|maps?|questions?|alternatives?|schedule|art"
    r"|figure|para(?:graph)?s?|phase|stage|group|title|items?|points?|lines?|class|book|world war"
    r"|sess\.|cong\.|res\.|art\.|par\.|about|than|least|most|of|the|for|in|to|at|by|and|or|first|last|next)$",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"(?:\b(?:(?:tele?grams?|cables?|airgrams?|despatch(?:es)?|messages?|circular|instruction"
    r"|letters?)(?:[ \u00a0][Nn]os?\.?)?"
    r"|[A-Za-z]*tels?|secto|tosec|polto|topol|dulte|tedul|cirtel|[A-Z][a-z]+’s|re|ref:?|reur|your|my|our"
    r"|res(?:olution)?)[ \u00a0]"
    r"(?:[\d, –-]|and )*)$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"[ \u00a0]?[ap]\. ?m\b")
_MONTH_BEHIND = re.compile(r"[ \u00a0](?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\b")
_LINE_END = re.compile(r"(?:[ \u00a0]?\d{1,2})*[ \t]*(?:\n|$)")
_DATE_TIME_GROUP = re.compile(r"\d{4,6}Z? ?[A-Za-z]{3,9} ?$")
_BULLETS = "•‣◦▪●*-–"
_UNIT = re.compile(r" (?:percent|per cent|p\.?m\b|a\.?m\b|million|billion|thousand|hundred|[a-z])")


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
    text: str, start: int, end: int, notes: Sequence[str], holes: Iterable[tuple[int, int]] = ()
) -> dict[int, Placement]:
    """Return the best placement of the markers of `notes` (their words, in order) in `text[start:end]`, by number.

    `holes` are ranges that hold no markers (page markers, labels). A number without a plausible place is left out.
    """
    count = len(notes)
    if count == 0:
        return {}
    by_number = _candidates(text, start, end, count, sorted(holes))
    for number, words in enumerate(notes, 1):
        named = set(_RUN.findall(words[:_SPEAKS_OF]))
        by_number[number] = [_by_what_it_says(text, c, named, start) for c in by_number.get(number, ())]
    return _with_rivals(_best_sequence(by_number, count), by_number, count, end)


def _candidates(
    text: str, start: int, end: int, count: int, holes: list[tuple[int, int]]
) -> dict[int, list[Candidate]]:
    found: dict[int, list[Candidate]] = defaultdict(list)
    digits = len(str(count))
    for run in _RUN.finditer(text, start, end):
        a, b = run.span()
        hole = bisect.bisect_right(holes, (a, end)) - 1
        if hole >= 0 and holes[hole][1] > a:
            continue
        for length in range(1, min(digits, b - a) + 1):
            if text[b - length] != "0" and int(text[b - length : b]) <= count:
                number = int(text[b - length : b])
                found[number].append(Candidate(number, b - length, b, _cost(text, a, b - length, b, start, end)))
            following = str(int(text[a : a + length]) + 1)
            if text[a] != "0" and text[a + length : b] == following and int(following) <= count:
                # Two markers that touch: "plan12" with notes 1 and 2.
                before = _cost_before(text, a, a, start) + 2.0
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


def _cost(text: str, run: int, start: int, end: int, low: int, high: int) -> float:
    before = _cost_of_remainder(text, run, start, end, low) if run < start else _cost_before(text, start, end, low)
    return before + _cost_behind(text, start, end, high)


def _cost_behind(text: str, start: int, end: int, high: int) -> float:
    """What follows: a blank or a closing sign costs nothing, whatever makes the digits part of a number a lot."""
    nearby = text[end : min(high, end + 14)]
    if _HOUR.match(nearby):
        return _NEVER
    if _MONTH_BEHIND.match(nearby) and text[start - 1 : start] in (" ", "\n"):
        return 4.0  # "3 August" is a day more often than a marker
    if not nearby or nearby[0].isspace():
        return -0.5 if _LINE_END.match(text, end) else 0.0
    for pattern, cost in (
        (r"(?:st|nd|rd|th)\b", _NEVER),
        (r"[A-Z][a-z]", 2.0 if text[start - 1 : start] in ".,;:)”" else 5.0),
        (r"[A-Za-z]", 5.0),
        (r"[.:]\d", 6.5),
        (r",\d{3}", 7.0),
        (r"[-–/]\w", 6.0),
        (r"[%°½¼¢′″]", _NEVER),
        (r"[.,;:)\]”’\"'…—–?!]", 0.4 if text[start - 1 : start] != " " else 2.0),
    ):
        if re.match(pattern, nearby):
            return cost
    return 1.0


def _cost_before(text: str, start: int, end: int, low: int) -> float:
    """What precedes digits that stand by themselves: a word or a closing sign is the place for a marker."""
    if start == low or text[start - 1] == "\n":
        return 8.0 if text[end : end + 1] not in ("", "\n") else 2.0
    previous, earlier = text[start - 1], text[start - 2 : start - 1] if start - 2 >= low else ""
    if previous.isalpha():
        return _cost_of_word(text, start, low)
    if previous.isspace():
        return _cost_of_gap(text, start, end, low)
    if previous in ".,:":
        return _cost_of_point(text, start, end, earlier)
    if previous in ";!?”\"')]…’":
        return 6.0 if previous == "’" and not (earlier.isalnum() or earlier in ".,") else 0.2
    if previous in "$£#":
        return _NEVER
    return {"(": 8.0, "—": 2.0}.get(previous, 6.0 if previous in "/+=<>~*“‘[-–" else 3.0)


def _cost_of_point(text: str, start: int, end: int, earlier: str) -> float:
    """Behind a full stop, comma or colon: "reported.2" costs next to nothing, "413.2" may be a decimal."""
    previous = text[start - 1]
    if not earlier.isdigit():
        return 0.3 if earlier.isalpha() or earlier in ')]”’"' else 1.0
    if previous == ",":
        return 5.0 if end - start == 3 else 1.0  # "1,200" has three digits behind its comma
    follows = 4.0 if _UNIT.match(text, end) or text[end : end + 1] == "%" else 0.0
    return {".": 2.0, ":": 6.0}[previous] + follows


def _cost_of_word(text: str, start: int, low: int) -> float:
    """`Congo1` costs nothing; `U2` and `F104` are names of things more often than words with a marker."""
    first = start
    while first > low and text[first - 1].isalpha() and start - first < 20:
        first -= 1
    word = text[first:start]
    if len(word) == 1:
        if word in "sZ" and first > low and text[first - 1].isdigit():
            return 1.5 if word == "s" else 0.3  # "F–4s2", "0915Z1"
        return 2.5 if text[first - 1 : first] == " " and first - 2 > low and text[first - 2].islower() else 5.0
    return 0.8 if word.isupper() else 0.0


def _cost_of_gap(text: str, start: int, end: int, low: int) -> float:
    """A number between blanks: `466. 2 It appears`, `State 1` at a line's end; not `May 2` or `2 weeks`."""
    head = text[max(low, start - 24) : start].rstrip(" \t\u00a0")
    behind = text[end : end + 2]
    if not head or head[-1] == "\n" or (head[-1] in _BULLETS and head[-2:-1] in ("", "\n", " ")):
        return 8.0  # the number of a paragraph or of an item
    if text[start - 1] == "\t" and behind[:1] in ("", "\t", "\n"):
        return 7.0  # a cell of a table
    cost = 6.0 if _MONTH.search(head) or _COUNTED.search(head) else 2.0 if re.search(r"\d,$", head) else 0.0
    if behind[:1] in ("", "\n"):
        return cost + 0.6
    if _UNIT.match(text, end):
        cost += 1.5
    if head[-1:] in '.,;:)]”’"…':
        return cost + (0.8 if not head[-2:-1].isdigit() else 1.4)
    return cost + (1.2 if re.match(r" *[)\],.;:”]", behind) else 1.8)


def _cost_of_remainder(text: str, run: int, start: int, end: int, low: int) -> float:
    """Digits glued to digits: is what remains (`3364` of `33644`) the number of a telegram, a year, a file's item?"""
    remainder, whole, head = text[run:start], text[run:end], text[max(low, run - 30) : run]
    if re.fullmatch(r"1[789]\d\d|20[0-4]\d", whole):
        return 8.0
    if head[-1:] in ("$", "£", "#"):
        return _NEVER
    if head[-1:] == ":" or head[-1:].isalpha() or _DATE_TIME_GROUP.search(head):
        return 7.0
    if head[-1:] == "/" and len(whole) == 4:
        return _NEVER  # "S/5002" is whole; "NSC 5508/17" and "S/50025" need not be
    if (not head or head[-1] in "\n(") and text[end : end + 1] in (".", ")"):
        return 8.0  # "16. " at the beginning of a paragraph
    if re.fullmatch(r"1[789]\d\d", remainder):
        return 1.0
    if re.search(r"/\d{1,2}[–-]$", head):
        # An item of the decimal file: `770G.00/8–1862` is whole, `770G.00/8–18624` has a digit too many.
        return 1.5 if re.fullmatch(r"\d{1,2}[4-6]\d", remainder) and len(whole) >= 4 else 6.0
    if _MONTH.search(head.rstrip()):
        # "April 251": there is no such day, so the day is the 25th; "July 11" may well be one.
        return 0.5 if int(whole) > 31 and int(remainder) <= 31 else 6.5
    if _MESSAGE.search(head):
        return 2.0 if len(remainder) > 2 else 3.0
    if head[-1:] in "-–/.,":
        return 4.5
    if len(whole) < 3:
        return 4.5
    return 2.5 if len(whole) >= 5 else 3.0 if len(whole) == 4 and re.search(r"[A-Za-z] $", head) else 3.5


class _Step(NamedTuple):
    end: int
    cost: float
    chosen: Candidate | None
    previous: _Step | None


def _best_sequence(by_number: dict[int, list[Candidate]], count: int) -> dict[int, Candidate]:
    """Dynamic programming over the numbers; the front holds the partial placements that no other beats in both
    place and cost.
    """
    front: list[_Step] = [_Step(-1, 0.0, None, None)]
    for number in range(1, count + 1):
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
    chosen: dict[int, Candidate], by_number: dict[int, list[Candidate]], count: int, end: int
) -> dict[int, Placement]:
    placed: dict[int, Placement] = {}
    after = end
    low_ends = {}
    low = -1
    for number in range(1, count + 1):
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
