"""Note markers: the cases that an editor can read, what must hold for any text, and a slow reference."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.reading.markers import placement as markers
from tei_edition.reading.markers.placement import MISSING, Candidate, Placement, find_leftovers, place_markers
from tei_edition.reading.pages import find_pages
from tei_edition.reading.rules.head import NUMBER


def holes_of(text: str) -> list[tuple[int, int]]:
    number = NUMBER.match(text)
    return [mark[1:3] for mark in find_pages(text)] + ([number.span()] if number else [])


def shown(text: str, placed: dict[int, Placement]) -> str:
    pieces, at = [], 0
    for number, place in sorted(placed.items()):
        pieces += [text[at : place.start], f"⟨{number}⟩"]
        at = place.end
    return "".join([*pieces, text[at:]])


@pytest.mark.parametrize("case", parameters("markers"))
def test_case(case: Case) -> None:
    text = case["text"]
    assert shown(text, place_markers(text, 0, len(text), case["notes"].split("\n"), holes_of(text))) == case["shown"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("markers")) >= 30


def test_two_good_places_are_told() -> None:
    text = "The King1 said that the King1 had left."
    (place,) = place_markers(text, 0, len(text), ["Not printed."]).values()
    assert place.rivals == (text.index("King1", 10) + 4,)


def test_a_marker_without_a_note_is_found() -> None:
    text = "The President resigned yesterday.2 He left1 in 1974 with 12 men."
    placed = place_markers(text, 0, len(text), ["Not printed."])
    assert [text[a:b] for a, b in find_leftovers(text, 0, len(text), placed.values(), [])] == ["2"]


# -- for any text --------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "word",
        "Congo",
        "U",
        ". ",
        ", ",
        " ",
        "\n",
        "1",
        "2",
        "3",
        "12",
        "23",
        "10",
        "11",
        "412",
        "1962",
        "$",
        "–",
        "/",
        "(",
        ")",
        "”",
        "May ",
        "telegram ",
        "770G.00/8–1862",
        "[Page 2]",
        "nd",
        " percent",
        "%",
        ":",
        ";",
        "’",
    ]
)
texts = st.lists(_PIECES, max_size=40).map("".join)
notes = st.lists(st.sampled_from(["Not printed.", "Telegram 41, May 2.", "See Document 12."]), min_size=1, max_size=12)


@given(texts, notes)
def test_markers_stand_in_order_each_once_and_are_the_numbers_digits(text: str, words: list[str]) -> None:
    placed = place_markers(text, 0, len(text), words, holes_of(text))
    at = 0
    for number, place in sorted(placed.items()):
        assert place.number == number and 1 <= number <= len(words)
        assert text[place.start : place.end] == str(number)
        assert place.start >= at
        at = place.end


@given(texts, notes)
def test_no_marker_stands_in_a_hole(text: str, words: list[str]) -> None:
    holes = holes_of(text)
    for place in place_markers(text, 0, len(text), words, holes).values():
        assert not any(a <= place.start < b for a, b in holes)


@given(texts, notes, st.text("ab. 12\n", max_size=20), st.text("ab. 12\n", max_size=20))
def test_only_the_range_that_is_asked_for_counts(text: str, words: list[str], before: str, after: str) -> None:
    whole = f"{before}\n{text}\n{after}"
    start = len(before) + 1
    inside = place_markers(whole, start, start + len(text), words)
    assert all(start <= p.start and p.end <= start + len(text) for p in inside.values())


# -- the slow, obvious reference -----------------------------------------------------------------


def cheapest(by_number: dict[int, list[Candidate]], count: int) -> float:
    """Try every sequence: each number at one of its places or nowhere, in order; return the least cost."""
    choices: list[Sequence[Candidate | None]] = [[None, *by_number.get(number, [])] for number in range(1, count + 1)]
    best = float("inf")
    for sequence in itertools.product(*choices):
        chosen = [c for c in sequence if c]
        if all(a.end <= b.start for a, b in itertools.pairwise(chosen)):
            best = min(best, sum(c.cost for c in chosen) + MISSING * (count - len(chosen)))
    return best


@st.composite
def candidates(draw: st.DrawFn) -> tuple[dict[int, list[Candidate]], int]:
    count = draw(st.integers(1, 5))
    by_number: dict[int, list[Candidate]] = {}
    for number in range(1, count + 1):
        starts = draw(st.lists(st.integers(0, 12), unique=True, max_size=4))
        by_number[number] = [
            Candidate(
                number, a, a + draw(st.integers(1, 2)), draw(st.sampled_from([-1.5, 0.0, 0.3, 2.0, 4.0, 9.0, 14.0]))
            )
            for a in sorted(starts)
        ]
    return by_number, count


@given(candidates())
def test_the_placement_is_as_cheap_as_the_best_of_all_sequences(drawn: tuple[dict[int, list[Candidate]], int]) -> None:
    by_number, count = drawn
    chosen = markers._best_sequence(by_number, range(1, count + 1))
    cost = sum(c.cost for c in chosen.values()) + MISSING * (count - len(chosen))
    assert cost == pytest.approx(cheapest(by_number, count))
    ordered = [chosen[number] for number in sorted(chosen)]
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
    assert all(chosen[number] in by_number[number] for number in chosen)


# -- worst cases ---------------------------------------------------------------------------------


WORST: dict[str, Callable[[int], tuple[str, int]]] = {
    "notes in order": lambda n: (" ".join(f"word{k}" for k in range(1, n + 1)), n),
    "the same digit everywhere": lambda n: ("word1 " * 4 * n, 9),
    "one run of digits": lambda n: ("12" * 12 * n, 9),
    "all in reverse": lambda n: (" ".join(f"word{k}" for k in range(n, 0, -1)), n),
    "nothing to find": lambda n: ("word " * 20 * n, n),
}


@pytest.mark.parametrize("name", WORST)
def test_eight_times_the_text_takes_about_eight_times_the_time(name: str) -> None:
    def placing(size: int) -> Callable[[], object]:
        text, count = WORST[name](size)
        return lambda: place_markers(text, 0, len(text), ["Not printed."] * count)

    assert_in_proportion(placing, 500)


def test_the_case_files_show_each_note_once() -> None:
    """The case files themselves: no shown marker has a number that no note has."""
    for case in read_cases("markers"):
        numbers = [int(n) for n in re.findall(r"⟨(\d+)⟩", case["shown"])]
        assert numbers == sorted(set(numbers)) and max(numbers, default=0) <= len(case["notes"].split("\n")), case.title
