"""Dates: the cases that an editor can read, and what must hold for any text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.dates import MONTHS, CalendarDay, DateExpression, file_number_date, find_dates, nearest


def shown(text: str, found: DateExpression) -> str:
    words = " ".join(text[found.start : found.end].split())
    value = found.first.iso + (f" … {found.last.iso}" if found.last else "")
    until = f" … {found.until}" if found.until else ""
    hour = f" at {text[found.time_start : found.time_end]} = {found.time}{until}" if found.time else ""
    return f"{words} = {value}{hour}"


@pytest.mark.parametrize("case", parameters("dates"))
def test_case(case: Case) -> None:
    assert "\n".join(shown(case["text"], found) for found in find_dates(case["text"])) == case["dates"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("dates")) >= 25


@pytest.mark.parametrize(
    ("day", "reference", "expected"),
    [
        ((None, 8, 18), "1962-08-20", "1962-08-18"),
        ((None, 12, 30), "1962-01-02", "1961-12-30"),
        ((None, 1, 2), "1962-12-30", "1963-01-02"),
        ((None, 2, 29), "1960-03-01", "1960-02-29"),
        ((None, 2, 29), "1962-03-01", "--02-29"),  # no February 29 anywhere near
        ((1959, 8, 18), "1962-08-20", "1959-08-18"),
        ((None, 8, None), "1962-08-20", "1962-08"),
    ],
)
def test_a_missing_year_is_the_nearest(day: tuple[int | None, int, int | None], reference: str, expected: str) -> None:
    assert nearest(CalendarDay(*day), dt.date.fromisoformat(reference)).iso == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("770G.00/8–1862", dt.date(1962, 8, 18)),
        ("611.41/1–1253", dt.date(1953, 1, 12)),
        ("501.BC/2–2549", dt.date(1949, 2, 25)),
        ("770G.00/12–3162", dt.date(1962, 12, 31)),
        ("770G.00/8-1862", dt.date(1962, 8, 18)),  # a hyphen in place of the dash
        ("770G.00/2–3062", None),  # there is no such day
        ("770G.00/13–162", None),
        ("770G.00/8–1872", None),  # the file was closed in January 1963
        ("POL 15 THE CONGO", None),
        ("S/5002", None),
    ],
)
def test_the_date_in_a_file_number(number: str, expected: dt.date | None) -> None:
    assert file_number_date(number) == expected


# -- for any text --------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *MONTHS[:8],
        "Sept.",
        "Dec",
        "MAY",
        "2",
        "18",
        "30",
        "31",
        "32",
        "29",
        "0",
        "1962",
        "1960",
        "18th",
        "62",
        ",",
        ", ",
        " ",
        "–",
        "-",
        "—",
        " and ",
        " to ",
        " of ",
        "in ",
        "\n",
        "\u00a0",
        "4 p.m.",
        "noon",
        "1630Z",
        "/",
        ".",
        "x",
        "12:60 a.m.",
    ]
)
texts = st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=60)


@given(texts)
def test_every_day_exists_and_offsets_are_right(text: str) -> None:
    at = 0
    for found in find_dates(text):
        assert at <= found.start < found.end <= len(text), "in order, not empty"
        assert text[found.start : found.end] == text[found.start : found.end].strip()
        for day in (found.first, found.last):
            if day is not None:
                assert day.year is None or 1700 <= day.year <= 2099
                if day.month and day.day:
                    dt.date(day.year or 2000, day.month, day.day)
        if found.time:
            assert found.end <= found.time_start < found.time_end <= len(text)
            dt.time.fromisoformat(found.time.rstrip("Z"))
        at = max(found.end, found.time_end) if found.time else found.end


@given(texts)
def test_ranges_do_not_run_backwards(text: str) -> None:
    for found in find_dates(text):
        if found.last and found.first.year and found.last.year:
            assert found.first.earliest() <= found.last.earliest()


@given(
    st.dates(dt.date(1861, 1, 1), dt.date(1992, 12, 31)),
    st.sampled_from(["{m} {d}, {y}", "{d} {m} {y}", "{m} {d}, {y}.", "({m} {d}, {y})"]),
)
def test_every_day_of_the_series_is_read_as_itself(day: dt.date, form: str) -> None:
    text = form.format(m=MONTHS[day.month - 1], d=day.day, y=day.year)
    (found,) = find_dates(f"On {text} they met.")
    assert found.first.iso == day.isoformat() and found.last is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(1992, 12, 31)), st.integers(-170, 170))
def test_a_year_left_out_near_the_documents_date_is_found_again(reference: dt.date, distance: int) -> None:
    day = reference + dt.timedelta(days=distance)
    assert nearest(CalendarDay(None, day.month, day.day), reference) == CalendarDay(day.year, day.month, day.day)


@given(st.dates(dt.date(1944, 1, 1), dt.date(1963, 1, 31)))
def test_every_day_of_the_decimal_file_is_read_from_its_number(day: dt.date) -> None:
    assert file_number_date(f"770G.00/{day.month}–{day.day}{day:%y}") == day


@pytest.mark.parametrize("piece", ["May 4, ", "May ", "4 ", "in 19", "1962 ", " ", "May 4–", "at 4 p."])
def test_eight_times_the_text_takes_about_eight_times_the_time(piece: str) -> None:
    def finding_dates(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: list(find_dates(text))

    assert_in_proportion(finding_dates, 25_000)
