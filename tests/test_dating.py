"""The date of a document without a dateline: what each piece of evidence says, and what they leave together."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.model import Source, Tagged
from tei_edition.pipeline import Converter
from tei_edition.reading import decode, read_document
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.dating.evidence import RANKS, Evidence, around, combine, lags
from tei_edition.tagging.dating.neighbours import Dated, Folder, Survey, day_of, neighbours, place_of


def shown(tagged: Tagged) -> str:
    dating = tagged.facts.dating
    if dating is None:
        return "–"
    value = dating.attributes
    bounds = [value.get("notBefore", ""), value.get("notAfter", "")]
    days = value.get("when") or " … ".join(bounds).strip()
    codes = [finding.code for finding in tagged.findings if finding.code == "TG065"]
    return "\n".join([f"{days} {dating.cert}", dating.evidence, *codes])


def surveyed(texts: list[str]) -> Known:
    known, survey = Known({}), Survey()
    for _ in survey.reading((f"volume_d{number}", text) for number, text in enumerate(texts, 1)):
        pass
    known.folders = survey.folders()
    return known


@pytest.mark.parametrize("case", parameters("dating"))
def test_case(case: Case) -> None:
    texts = case.blocks.get("volume", case.blocks.get("text", "")).split("\n=====\n")
    known = surveyed(texts) if len(texts) > 1 else Known({})
    second = 1 if len(texts) > 1 else 0
    source = decode((texts[second] + "\n").encode(), f"volume_d{second + 1}.txt")
    assert shown(tag_document(read_document(source), known)) == case["dating"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("dating")) >= 18


def test_every_row_of_the_lags_is_met() -> None:
    kinds = {"telegram", "conversation", "memorandum", "letter", "other"}
    acts = {"file-number", "drafted", "approved", "received", "sent", "held"}
    assert set(lags()) == {(a, k) for a in acts for k in kinds} | {("folder", s) for s in ("day", "month", "range")}
    for evidence, kind in lags():
        first, last = around(evidence, kind, dt.date(1962, 8, 18))
        assert evidence in RANKS and first < dt.date(1962, 8, 18) < last


# -- what holds for any evidence -----------------------------------------------------------------

_DAYS = st.dates(dt.date(1945, 1, 1), dt.date(1945, 3, 1))


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    first, last = draw(st.none() | _DAYS), draw(st.none() | _DAYS)
    if first and last and first > last:
        first, last = last, first
    return Evidence(draw(st.sampled_from(RANKS)), first, last, draw(st.sampled_from(["a", "b"])))


@given(st.lists(evidence(), max_size=6), st.randoms())
def test_the_interval_is_never_reversed_and_does_not_depend_on_the_order(
    found: list[Evidence], chance: random.Random
) -> None:
    interval = combine(found)
    assert interval.first is None or interval.last is None or interval.first <= interval.last
    assert sorted(map(str, [*interval.kept, *interval.contradicted])) == sorted(map(str, found))
    for piece in interval.kept:
        assert piece.first is None or (interval.first and piece.first <= interval.first)
        assert piece.last is None or (interval.last and interval.last <= piece.last)
    chance.shuffle(found)
    assert combine(found)[:2] == interval[:2]


@given(st.lists(st.tuples(st.integers(1, 20), _DAYS, st.booleans()), max_size=12), st.integers(1, 20))
def test_neighbours_never_give_a_reversed_interval(given_days: list[tuple[int, dt.date, bool]], number: int) -> None:
    documents = [Dated((at, ""), day, sure) for at, day, sure in given_days]
    found = neighbours({"volume_d": Folder(documents)}, f"volume_d{number}")
    assert neighbours({"volume_d": Folder(documents[::-1])}, f"volume_d{number}") == found
    assert found is None or (found.first and found.last and found.first <= found.last)


# -- neighbours ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("frus1961-63v20_d280", ("frus1961-63v20_d", (280, ""))),
        ("d12a", ("d", (12, "a"))),
        ("notes", None),
    ],
)
def test_the_name_of_a_text_gives_its_place(name: str, place: tuple[str, tuple[int, str]] | None) -> None:
    assert place_of(name) == place


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1. Letter\n\nWashington, May 4, 1961, 3 p.m.\n\nWe met.\n", ("1961-05-04", True)),
        ("1. Letter, May 4, 1961.1\n\nWe met.\n", ("1961-05-04", True)),
        ("1. Letter1\n\nWe met.\n  1. Source: Department of State, 770G.00/8–1862. Secret.\n", ("1962-08-18", False)),
        ("1. Letter\n\nOn May 4, 1961, the Congress met.\n", None),
        ("1. Editorial Note\n\nWashington, May 4, 1961.\n", None),
    ],
)
def test_the_day_of_a_text_by_its_form(text: str, day: tuple[str, bool] | None) -> None:
    assert day_of(text) == (day and (dt.date.fromisoformat(day[0]), day[1]))


def test_neither_the_order_of_the_texts_nor_who_converts_them_matters() -> None:
    letters = [f"{n}. Letter\n\nWashington, May {n}, 1961.\n\nWe met.\n" for n in range(1, 8)]
    letters[3] = "4. Letter\n\nWe met.\n"
    sources = [Source(text, "", name=f"volume_d{n}") for n, text in enumerate(letters, 1)]
    made = []
    for order in (sources, sources[::-1]):
        converter = Converter()
        converter.survey(order)
        made.append({source.name: converter.convert(source).edition.tei for source in order})
    assert made[0] == made[1]
    assert b'notBefore="1961-04-30" notAfter="1961-05-08"' in made[0]["volume_d4"]
    assert b"notBefore" not in Converter().convert(sources[3]).edition.tei, "a single text has no neighbours"


def test_a_survey_takes_time_in_proportion() -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = "1. Letter, 1961\n\n" + "May 4, 1961, and Source: 770G.00/8–1862, " * size
        return lambda: [day_of(text[at:]) for at in range(0, 2000, 100)]

    assert_in_proportion(prepare, 4000)
