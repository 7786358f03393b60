"""When all claims are in: which of them stand.

Claims are accepted by priority, then the longer first, then by start, kind and recogniser. A claim that crosses an
accepted one loses; one that stands inside or around an accepted one stands only where the vocabulary lets the outer
hold the inner. With an equal range the later loses, unless the vocabulary makes it a part of the earlier or its
holder (a citation that is nothing but a file number). Every loser is kept with its winner and the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tei_edition.model import Rejected, Span
from tei_edition.vocabulary import DATELINE_PLACE, KINDS, may_hold

_STRETCH = 128  # characters; most claims lie within one or two stretches


def writing_order(span: Span) -> tuple[int, int, int, str, str]:
    """The order in which spans open in the TEI: by place, the holder before what it holds."""
    return span.start, -span.end, -len(KINDS[span.kind].holds), span.kind, span.recogniser


def resolve(claims: Iterable[Span]) -> tuple[tuple[Span, ...], tuple[Rejected, ...]]:
    """Return the claims that stand, in writing order, and those that lost, each with its winner and the reason."""
    ranked = sorted(set(claims), key=lambda s: (_priority(s), s.start - s.end, s.start, s.kind, s.recogniser, s))
    accepted = _Accepted()
    rejected: list[Rejected] = []
    for claim in ranked:
        conflict = accepted.conflict(claim)
        if conflict is None:
            accepted.add(claim)
        else:
            rejected.append(Rejected(claim, *conflict))
    return tuple(sorted(accepted.spans, key=writing_order)), tuple(sorted(rejected))


def _priority(span: Span) -> int:
    """A dateline names a place first: in "New York, May 21, 1976" nobody called York is meant."""
    return KINDS["person"].priority - 1 if span.recogniser == DATELINE_PLACE else KINDS[span.kind].priority


class _Accepted:
    """Accepted spans in stretches of the text, so that a claim is held only against those near it."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._stretches: dict[int, list[Span]] = defaultdict(list)

    def add(self, span: Span) -> None:
        self.spans.append(span)
        for stretch in range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1):
            self._stretches[stretch].append(span)

    def conflict(self, claim: Span) -> tuple[Span, str] | None:
        for stretch in range(claim.start // _STRETCH, (claim.end - 1) // _STRETCH + 1):
            for other in self._stretches.get(stretch, ()):
                if other.end > claim.start and other.start < claim.end:
                    reason = _clash(claim, other)
                    if reason:
                        return other, reason
        return None


def _clash(claim: Span, other: Span) -> str:
    equal = claim.start == other.start and claim.end == other.end
    inside = other.start <= claim.start and claim.end <= other.end
    around = claim.start <= other.start and other.end <= claim.end
    if (inside and may_hold(other.kind, claim.kind)) or (around and may_hold(claim.kind, other.kind)):
        return ""
    if equal:
        return "the same words are claimed already"
    return "stands inside" if inside else "would hold it" if around else "crosses"
