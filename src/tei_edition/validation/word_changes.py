"""What differs between two lists of words, in time that grows with their length and not with its square."""

from __future__ import annotations

import bisect
import difflib
from collections.abc import Iterator
from typing import NamedTuple

_RUNS = (4, 2, 1)  # words in a row that mark a place both texts have once: many, if there are such places
_LARGE = 400_000  # pairs of words beyond which a stretch is reported as a whole and not compared word by word


class Change(NamedTuple):
    """Words `a` to `b` of the one list stand as words `c` to `d` in the other."""

    a: int
    b: int
    c: int
    d: int


def word_changes(theirs: list[str], ours: list[str], a0: int = 0, c0: int = 0) -> Iterator[Change]:
    """Yield what differs between two lists of words, in order.

    What both begin and end with is cut off first. A long rest is cut at runs of words which both have exactly once
    (patience), and only what is between them is compared word by word: the time grows with the length, not its square.
    """
    start = 0
    while start < min(len(theirs), len(ours)) and theirs[start] == ours[start]:
        start += 1
    end = 0
    while end < min(len(theirs), len(ours)) - start and theirs[-1 - end] == ours[-1 - end]:
        end += 1
    a, b, c, d = start, len(theirs) - end, start, len(ours) - end
    if a == b and c == d:
        return
    large = (b - a) * (d - c) > _LARGE // 10
    anchors = next(filter(None, (_anchors(theirs[a:b], ours[c:d], run) for run in _RUNS)), []) if large else []
    if anchors:
        at_a, at_c = a, c
        for found_a, found_c in [*anchors, (b - a, d - c)]:
            yield from word_changes(theirs[at_a : a + found_a], ours[at_c : c + found_c], a0 + at_a, c0 + at_c)
            at_a, at_c = a + found_a, c + found_c
    elif a == b or c == d or (b - a) * (d - c) > _LARGE:
        yield Change(a0 + a, a0 + b, c0 + c, c0 + d)
    else:
        matcher = difflib.SequenceMatcher(None, theirs[a:b], ours[c:d], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag != "equal":
                yield Change(a0 + a + i, a0 + a + j, c0 + c + k, c0 + c + m)


def _anchors(theirs: list[str], ours: list[str], length: int) -> list[tuple[int, int]]:
    """Return the places of runs of words that each list has once: the longest series in which none crosses another."""
    in_ours = _once(ours, length)
    pairs = sorted((place, in_ours[run]) for run, place in _once(theirs, length).items() if run in in_ours)
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        at = bisect.bisect_left(tails, other)
        tails[at : at + 1] = [other]
        heads[at : at + 1] = [number]
        before.append(heads[at - 1] if at else -1)
    series: list[tuple[int, int]] = []
    number = heads[-1] if heads else -1
    while number >= 0:
        series.append(pairs[number])
        number = before[number]
    return series[::-1]


def _once(words: list[str], length: int) -> dict[tuple[str, ...], int]:
    """Return each run of that many words that stands in the list once, with its place."""
    places: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - length + 1):
        run = tuple(words[place : place + length])
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}
