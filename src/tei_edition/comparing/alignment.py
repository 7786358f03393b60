"""What two sequences have in common, in steps that stay near-linear: ends first, then what occurs once, then the rest.

Words that occur once in both texts are fixed points (patience alignment); between two of them the search begins anew.
Only short stretches without such a word are compared in full. A stretch too long for that counts as replaced as a
whole: coarse, never wrong.
"""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_FULL = 250_000  # up to this product of lengths a stretch is compared in full
_TOKENS = re.compile(r"([ \t\n\r]*)(\w+|[^\w \t\n\r])")


@dataclass(frozen=True, slots=True)
class Region:
    """Characters of A and of B that belong together: the same words, or words that replaced others."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    equal: bool


def common_runs(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return runs `(i, j, n)` with `a[i:i+n] == b[j:j+n]`, in order, none touching another on both sides."""
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(a), 0, len(b))]
    while todo:
        a0, a1, b0, b1 = todo.pop()
        begin = a0
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        if a0 > begin:
            found.append((begin, b0 - (a0 - begin), a0 - begin))
        end = a1
        while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
        if a1 < end:
            found.append((a1, b1, end - a1))
        if a0 == a1 or b0 == b1:
            continue
        fixed = _fixed_points(a, b, (a0, a1, b0, b1))
        if fixed:
            found.extend((i, j, 1) for i, j in fixed)
            ends = [(a0 - 1, b0 - 1), *fixed, (a1, b1)]
            todo.extend((i + 1, k, j + 1, m) for (i, j), (k, m) in itertools.pairwise(ends))
        elif (a1 - a0) * (b1 - b0) <= _FULL:
            blocks = difflib.SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False).get_matching_blocks()
            found.extend((a0 + block.a, b0 + block.b, block.size) for block in blocks if block.size)
    return _joined(sorted(found))


def _fixed_points(a: Sequence[Hashable], b: Sequence[Hashable], box: tuple[int, int, int, int]) -> list[tuple[int,
int]]:
    """What occurs once in both, as far as the order is the same (the longest rising sequence)."""
    a0, a1, b0, b1 = box
    in_a, in_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    place_in_b = {item: j for j, item in enumerate(b[b0:b1], b0) if in_b[item] == 1}
    pairs = [(i, place_in_b[item]) for i, item in enumerate(a[a0:a1], a0) if in_a[item] == 1 and item in place_in_b]
    tails: list[int] = []
    top: list[int] = []
    before: list[int | None] = []
    for index, (_, j) in enumerate(pairs):
        depth = bisect.bisect_left(tails, j)
        before.append(top[depth - 1] if depth else None)
        if depth == len(tails):
            tails.append(j)
            top.append(index)
        else:
            tails[depth], top[depth] = j, index
    chain: list[tuple[int, int]] = []
    at: int | None = top[-1] if top else None
    while at is not None:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _joined(runs: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for i, j, n in runs:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + n)
        else:
            joined.append((i, j, n))
    return joined


def regions(a: str, b: str) -> list[Region]:
    """Align two texts of streams, each with a line end before it; the regions cover both from end to end.

    Each word then has white space before it, and two words are the same if that is too. Blocks are aligned first, then
    the words of those blocks that differ. Where a block begins is no difference of the words: `… Congo.` and `After …`
    are the same words in one paragraph or two.
    """
    a, b = f"\n{a}", f"\n{b}"
    if a.replace("\n", " ") == b.replace("\n", " "):
        return [Region(0, len(a), 0, len(b), True)]
    a_lines, b_lines = a.split("\n")[1:], b.split("\n")[1:]
    a_at, b_at = _offsets([len(line) + 1 for line in a_lines]), _offsets([len(line) + 1 for line in b_lines])
    found: list[Region] = []
    i0 = j0 = 0
    for i, j, n in [*common_runs(a_lines, b_lines), (len(a_lines), len(b_lines), 0)]:
        if i > i0 or j > j0:
            found.extend(_words_aligned(a, b, (a_at[i0], a_at[i], b_at[j0], b_at[j])))
        if n:
            found.append(Region(a_at[i], a_at[i + n], b_at[j], b_at[j + n], True))
        i0, j0 = i + n, j + n
    return _merged(found)


def _words_aligned(a: str, b: str, box: tuple[int, int, int, int]) -> list[Region]:
    a0, a1, b0, b1 = box
    if a0 == a1 or b0 == b1:
        return [Region(a0, a1, b0, b1, False)]
    a_keys, a_at = _tokens(a, a0, a1)
    b_keys, b_at = _tokens(b, b0, b1)
    found: list[Region] = []
    i0 = j0 = 0
    for i, j, n in [*common_runs(a_keys, b_keys), (len(a_keys), len(b_keys), 0)]:
        if i > i0 or j > j0:
            found.extend(_by_line(a, b, (a_at[i0], a_at[i], b_at[j0], b_at[j])))
        if n:
            found.append(Region(a_at[i], a_at[i + n], b_at[j], b_at[j + n], True))
        i0, j0 = i + n, j + n
    return found


def _by_line(a: str, b: str, box: tuple[int, int, int, int]) -> list[Region]:
    """Words of several blocks that replaced words of as many: block for block, so that each stays itself."""
    a0, a1, b0, b1 = box
    a_ends = [at for at in range(a0, a1) if a[at] == "\n"]
    b_ends = [at for at in range(b0, b1) if b[at] == "\n"]
    if len(a_ends) != len(b_ends):
        return [Region(a0, a1, b0, b1, False)]
    a_parts, b_parts = itertools.pairwise([a0, *a_ends, a1]), itertools.pairwise([b0, *b_ends, b1])
    return [Region(i, k, j, m, a[i:k] == b[j:m]) for (i, k), (j, m) in zip(a_parts, b_parts, strict=True)
            if k > i or m > j]


def _tokens(text: str, start: int, end: int) -> tuple[list[tuple[str, str]], list[int]]:
    """Words and signs, each with the white space before it; and where they begin, and where the last one ends."""
    keys: list[tuple[str, str]] = []
    offsets = [start]
    for match in _TOKENS.finditer(text, start, end):
        keys.append((match[1].replace("\n", " "), match[2]))
        offsets.append(match.end())
    return (keys, offsets) if keys else ([(" ", "")], [start, end])  # a text without words


def _offsets(lengths: list[int]) -> list[int]:
    at = [0]
    for length in lengths:
        at.append(at[-1] + length)
    return at


def _merged(found: list[Region]) -> list[Region]:
    merged: list[Region] = []
    for region in found:
        if merged and merged[-1].equal and region.equal:
            last = merged.pop()
            region = Region(last.a_start, region.a_end, last.b_start, region.b_end, region.equal)
        merged.append(region)
    return merged
