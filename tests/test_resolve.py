"""Resolution: what stands is nested as the vocabulary allows, whatever the order in which claims came in."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.model import Rejected, Span
from tei_edition.tagging import resolve
from tei_edition.vocabulary import FRUS_NS, KINDS, PROFILES, may_hold


def span(start: int, end: int, kind: str, recogniser: str = "test", ref: str = "") -> Span:
    return Span(start, end, kind, recogniser, ref)


spans = st.builds(
    lambda start, length, kind, recogniser, ref: Span(start, start + length, kind, recogniser, ref),
    st.integers(0, 20),
    st.integers(1, 9),
    st.sampled_from(sorted(KINDS)),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "ball"]),
)
claims = st.lists(spans, max_size=12)


def overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


@given(claims)
def test_what_stands_is_properly_nested_by_the_vocabulary(found: list[Span]) -> None:
    standing, _ = resolve(found)
    for a, b in itertools.combinations(standing, 2):
        if not overlap(a, b):
            continue
        a_in_b = b.start <= a.start and a.end <= b.end
        b_in_a = a.start <= b.start and b.end <= a.end
        assert a_in_b or b_in_a, "two that stand cross"
        assert (a_in_b and may_hold(b.kind, a.kind)) or (b_in_a and may_hold(a.kind, b.kind))


@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(found: list[Span], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert resolve(shuffled) == resolve(found)


@given(claims)
def test_it_settles_once_and_for_all(found: list[Span]) -> None:
    standing, _ = resolve(found)
    assert resolve(standing) == (standing, ())


@given(claims)
def test_nobody_is_lost_and_each_loser_overlaps_its_winner(found: list[Span]) -> None:
    standing, rejected = resolve(found)
    assert {*standing, *(r.span for r in rejected)} == set(found)
    assert len(standing) + len(rejected) == len(set(found))
    for loser in rejected:
        assert loser.winner in standing
        assert overlap(loser.span, loser.winner)
        assert loser.reason in ("the same words are claimed already", "stands inside", "would hold it", "crosses")
        assert KINDS[loser.winner.kind].priority <= KINDS[loser.span.kind].priority


@given(claims)
def test_spans_come_in_the_order_in_which_they_are_written(found: list[Span]) -> None:
    """Each span opens before what it holds: a stack is enough to write them."""
    stack: list[Span] = []
    at = 0
    for standing in resolve(found)[0]:
        assert standing.start >= at
        at = standing.start
        while stack and stack[-1].end <= standing.start:
            stack.pop()
        if stack:
            assert standing.end <= stack[-1].end
            assert may_hold(stack[-1].kind, standing.kind)
        stack.append(standing)


@pytest.mark.parametrize(
    ("first", "second", "standing", "reason"),
    [
        (span(0, 20, "citation"), span(5, 9, "repository"), 2, ""),
        (span(0, 20, "citation"), span(5, 9, "place"), 1, "stands inside"),
        (span(0, 20, "citation"), span(5, 9, "date"), 1, "stands inside"),
        (span(0, 20, "organisation"), span(15, 20, "place"), 2, ""),
        (span(0, 20, "quotation"), span(5, 9, "citation"), 2, ""),
        (span(0, 20, "quotation"), span(5, 9, "quotation"), 2, ""),
        (span(0, 9, "person"), span(5, 12, "place"), 1, "crosses"),
        (span(0, 9, "person"), span(0, 9, "place"), 1, "the same words are claimed already"),
        (span(0, 9, "citation"), span(0, 9, "file-number"), 2, ""),
        (span(0, 9, "person"), span(2, 4, "person"), 1, "stands inside"),
        (span(0, 9, "term"), span(2, 4, "person"), 1, "would hold it"),
    ],
)
def test_two_claims(first: Span, second: Span, standing: int, reason: str) -> None:
    stands, rejected = resolve([second, first])
    assert len(stands) == standing
    assert [r.reason for r in rejected] == ([reason] if reason else [])


def test_the_longer_of_two_persons_stands_and_the_other_is_kept_with_the_reason() -> None:
    long, short = span(0, 12, "person", "persons", "ball"), span(7, 12, "person", "named-by-title")
    assert resolve([short, long]) == ((long,), (Rejected(short, long, "stands inside"),))


def test_many_claims_take_time_in_proportion() -> None:
    def resolving(count: int) -> Callable[[], object]:
        found = [span(k * 7, k * 7 + 10, ("person", "place", "date")[k % 3]) for k in range(count)]
        return lambda: resolve(found)

    assert_in_proportion(resolving, 2_500)


def test_the_vocabulary_names_only_kinds_that_it_has() -> None:
    for name, kind in KINDS.items():
        assert kind.holds <= set(KINDS), name
        assert kind.element or kind.frus, name
    assert PROFILES == ("edition", "frus")
    assert FRUS_NS.startswith("http://history.state.gov/")


def test_what_holds_has_a_way_to_win() -> None:
    """A part inside its holder is settled behind it or before it, but never the other way round for the same pair."""
    for outer, inner in itertools.product(KINDS, KINDS):
        if outer != inner and may_hold(outer, inner):
            assert not may_hold(inner, outer), f"{outer} and {inner} may hold each other: their order would be chance"
