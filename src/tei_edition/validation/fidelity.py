"""Fidelity: are the words of the edition the words of the source?

The edition is rendered as plain text again (by `exporting`, which the command line calls) and compared with the source,
blanks aside. Signs of layout that an edition may leave out (bullets, `↩`, the `- ` of lists, the `1.` of note lists) do
not count. What differs is shown at its place in the source.
"""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, Lines, finding

_LAYOUT = re.compile(r"[•◦▪↩\ufeff\ufe0e]|^[ \t]*-(?=[ \t])|^[ \t]*(?:\d+|\*+)\.(?=[ \t])", re.MULTILINE)
_WORD = re.compile(r"\S+")
_RUNS = (4, 2, 1)  # words in a row that mark a place both texts have once: many, if there are such places
_LARGE = 400_000  # pairs of words beyond which a stretch is reported as a whole and not compared word by word
_MOST = 200  # findings of one document; what follows is counted
_OTHER = 0.3  # the share of common words under which the source is taken for another document's


class _Word(NamedTuple):
    """A word, and where it starts in its text; `layout` where it may be absent."""

    text: str
    start: int
    layout: bool


class _Change(NamedTuple):
    """Words `a` to `b` of the source stand as words `c` to `d` in the edition."""

    a: int
    b: int
    c: int
    d: int


def check_fidelity(
    rendered: str, source: str, path: str = "", *, part: tuple[int, int] | None = None
) -> list[Diagnostic]:
    """Return where the words of an edition, rendered as plain text, are not the words of its source.

    `path` is the source's: findings point into it. With `part`, the edition is that of the characters from the one up
    to the other. An empty list says that every character that is not blank or layout stands in both, in the same order.
    """
    start, end = part or (0, len(source))
    lines = Lines(source[start:end], path, offset=start, first=Lines(source).location(start).line or 1)
    source = source[start:end]
    if _bare(rendered) == _bare(source):
        return []
    theirs, ours = _words(source), _words(rendered)
    changes = [change for change in _changes([w.text for w in theirs], [w.text for w in ours], 0, 0)
               if not _same(theirs[change.a:change.b], ours[change.c:change.d])]
    touched = sum(change.b - change.a for change in changes)
    if touched > (1 - _OTHER) * max(len(theirs), 1):
        return [finding("VA404", f"{touched:,} of the {len(theirs):,} words of the source do not stand in the edition",
                        lines.location(0))]
    found = [_describe(change, theirs, ours, lines, source) for change in changes[:_MOST]]
    if len(changes) > _MOST:
        rest = changes[_MOST]
        found.append(finding("VA403", f"{len(changes) - _MOST:,} more differences follow",
                             lines.location(theirs[min(rest.a, len(theirs) - 1)].start)))
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _words(text: str) -> list[_Word]:
    """Return the words of a text, signs of layout apart from the words that they are glued to."""
    signs = [match.span() for match in _LAYOUT.finditer(text)]
    starts = [start for start, _ in signs]
    words: list[_Word] = []
    for match in _WORD.finditer(text):
        at, end = match.span()
        index = max(bisect.bisect_right(starts, at) - 1, 0)
        while index < len(signs) and signs[index][0] < end:
            start, stop = max(signs[index][0], at), signs[index][1]
            index += 1
            if stop <= at or not text[start:stop].strip():
                continue
            start = stop - len(text[start:stop].lstrip())
            if start > at:
                words.append(_Word(text[at:start], at, False))
            words.append(_Word(text[start:stop], start, True))
            at = stop
        if at < end:
            words.append(_Word(text[at:end], at, False))
    return words


def _same(theirs: list[_Word], ours: list[_Word]) -> bool:
    """Tell whether two stretches differ in blanks and layout only."""
    return any("".join(w.text for w in theirs if not (drop and w.layout))
               == "".join(w.text for w in ours if not (drop and w.layout)) for drop in (False, True))


def _describe(change: _Change, theirs: list[_Word], ours: list[_Word], lines: Lines, source: str) -> Diagnostic:
    a, b, c, d = change
    missing, added = _quoted(theirs[a:b]), _quoted(ours[c:d])
    if a < b:
        place = lines.location(theirs[a].start, theirs[b - 1].start + len(theirs[b - 1].text))
    elif a:
        place = lines.location(theirs[a - 1].start + len(theirs[a - 1].text))
    else:
        place = lines.location(0)
    if a == b:
        before = f"behind {_quoted(theirs[max(a - 3, 0):a], end=True)}" if a else "at the beginning"
        return finding("VA402", f"the edition adds {added} {before}", place)
    if c == d:
        return finding("VA401", f"the edition lacks {missing}", place)
    return finding("VA403", f"the source has {missing}, the edition {added}", place)


def _quoted(words: list[_Word], *, end: bool = False) -> str:
    """Return words in quotation marks, the middle of many left out."""
    texts = [word.text for word in words]
    if len(texts) > 12 and not end:
        return f"“{' '.join(texts[:6])} … {' '.join(texts[-3:])}” ({len(texts):,} words)"
    return f"“{' '.join(texts)}”"


def _changes(theirs: list[str], ours: list[str], a0: int, c0: int) -> Iterator[_Change]:
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
            yield from _changes(theirs[at_a:a + found_a], ours[at_c:c + found_c], a0 + at_a, c0 + at_c)
            at_a, at_c = a + found_a, c + found_c
    elif a == b or c == d or (b - a) * (d - c) > _LARGE:
        yield _Change(a0 + a, a0 + b, c0 + c, c0 + d)
    else:
        matcher = difflib.SequenceMatcher(None, theirs[a:b], ours[c:d], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag != "equal":
                yield _Change(a0 + a + i, a0 + a + j, c0 + c + k, c0 + c + m)


def _anchors(theirs: list[str], ours: list[str], length: int) -> list[tuple[int, int]]:
    """Return the places of runs of words that each list has once: the longest series in which none crosses another."""
    in_ours = _once(ours, length)
    pairs = sorted((place, in_ours[run]) for run, place in _once(theirs, length).items() if run in in_ours)
    tails: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        at = bisect.bisect_left(tails, other)
        tails[at:at + 1] = [other]
        heads[at:at + 1] = [number]
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
        run = tuple(words[place:place + length])
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}
