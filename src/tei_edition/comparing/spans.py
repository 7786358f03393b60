"""Which spans of two editions are the same, which changed, and which only one of them has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass

from tei_edition.comparing.streams import Span, names

# Attributes that point to something or say what is meant; the others say what kind of thing the span is.
LINKS = names("""
    ref target corresp key cert resp source when from to notBefore notAfter when-iso from-iso to-iso notBefore-iso
    notAfter-iso sameAs copyOf next prev who facs url calendar period
""")


@dataclass(frozen=True, slots=True)
class Placed:
    """A span with its places on the common ruler."""

    start: int
    end: int
    span: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """A span that A has, B has, or both have, but not alike."""

    kind: str  # added, removed, attributes, retyped, moved, split, merged
    a: Placed | None
    b: Placed | None
    parts: int = 0


# A pair of spans belongs together if all of this is the same; the strictest first.
_SAME: tuple[tuple[str, Callable[[Placed], Hashable]], ...] = (
    ("", lambda p: (p.start, p.end, p.span.name, p.span.attributes)),
    ("attributes", lambda p: (p.start, p.end, p.span.name)),
    ("retyped", lambda p: (p.start, p.end, p.span.block, p.span.start == p.span.end)),
)


def differences(a: list[Placed], b: list[Placed]) -> list[Difference]:
    """Return what differs. Spans alike in place, name and attributes are paired first, then those nearly alike."""
    found: list[Difference] = []
    for kind, key in _SAME:
        a, b, pairs = _paired(a, b, key)
        if kind:
            found.extend(Difference(kind, x, y) for x, y in pairs)
    a, b, divided = _divided(a, b)
    found.extend(divided)
    a, b, moved = _moved(a, b)
    found.extend(moved)
    found.extend(Difference("removed", x, None) for x in a)
    found.extend(Difference("added", None, y) for y in b)
    return found


_Pairs = list[tuple[Placed, Placed]]


def _paired(a: list[Placed], b: list[Placed],
            key: Callable[[Placed], Hashable]) -> tuple[list[Placed], list[Placed], _Pairs]:
    waiting: dict[Hashable, list[Placed]] = defaultdict(list)
    for placed in reversed(b):
        waiting[key(placed)].append(placed)
    pairs: _Pairs = []
    left: list[Placed] = []
    for placed in a:
        others = waiting.get(key(placed))
        if others:
            pairs.append((placed, others.pop()))
        else:
            left.append(placed)
    taken = {id(y) for _, y in pairs}
    return left, [y for y in b if id(y) not in taken], pairs


def _divided(a: list[Placed], b: list[Placed]) -> tuple[list[Placed], list[Placed], list[Difference]]:
    """A block that became several of its kind, or several that became one."""
    found: list[Difference] = []
    a, b = list(a), list(b)
    for kind, wholes, parts in (("split", a, b), ("merged", b, a)):
        for whole, pieces in list(_cover(wholes, parts)):
            wholes.remove(whole)
            for piece in pieces:
                parts.remove(piece)
            first = pieces[0]
            found.append(Difference(kind, *((whole, first) if kind == "split" else (first, whole)), parts=len(pieces)))
    return a, b, found


def _cover(wholes: list[Placed], parts: list[Placed]) -> Iterator[tuple[Placed, list[Placed]]]:
    """For each block the run of blocks of its kind that begins and ends where it does, without other words between."""
    starting: dict[tuple[int, str], Placed] = {(p.start, p.span.name): p for p in parts if p.span.block}
    for whole in wholes:
        if not whole.span.block:
            continue
        pieces: list[Placed] = []
        at = whole.start
        while (piece := starting.get((at, whole.span.name))) is not None and at < piece.end <= whole.end:
            pieces.append(piece)
            at = piece.end + 1
        if len(pieces) > 1 and pieces[-1].end == whole.end:
            yield whole, pieces


def _moved(a: list[Placed], b: list[Placed]) -> tuple[list[Placed], list[Placed], list[Difference]]:
    """The same element over more or fewer words; a page break with its number at another place."""
    found: list[Difference] = []
    by_name: dict[tuple[str, object], list[Placed]] = defaultdict(list)
    for y in b:
        by_name[y.span.name, _point(y)].append(y)
    left: list[Placed] = []
    taken: set[int] = set()
    for x in a:
        others = by_name[x.span.name, _point(x)]
        while others and (id(others[0]) in taken or (_point(x) is None and others[0].end <= x.start)):
            others.pop(0)
        match = next((y for y in others[:8] if id(y) not in taken and _belong(x, y)), None)
        if match is None:
            left.append(x)
        else:
            taken.add(id(match))
            found.append(Difference("moved", x, match))
    return left, [y for y in b if id(y) not in taken], found


def _point(placed: Placed) -> object:
    """What tells a point from others of its name; None for a span over words."""
    return dict(placed.span.attributes).get("n", "") if placed.start == placed.end else None


def _belong(x: Placed, y: Placed) -> bool:
    if x.start == x.end:
        return bool(_point(x))  # a point without a number is known by its place alone
    return x.start < y.end and y.start < x.end
