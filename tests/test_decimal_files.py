"""What file numbers say: class, countries, date, by the scheme of their years."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_edition.decimal_files import decode
from tei_edition.resources import data_path


def rows(name: str) -> list[tuple[str, str]]:
    lines = data_path(name).read_text("utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(
    ("number", "scheme", "subject", "countries"),
    [
        ("770G.00/8–1862", "1950", "political affairs", ("Congo (Léopoldville)",)),
        ("611.93/4–1961", "1950", "international political relations", ("United States", "China")),
        ("611.00/1-2362", "1950", "international political relations", ("United States",)),
        ("761.00/3–1451", "1950", "political affairs", ("Soviet Union",)),
        ("861.00/3–1447", "1910", "political affairs", ("Soviet Union",)),
        ("F.W. 861.00/1234", "1910", "political affairs", ("Soviet Union",)),
        ("711.94/2012", "1910", "political relations of states", ("United States", "Japan")),
        ("033.70G00/8–160", "1950", "official visits and missions", ("Congo (Léopoldville)",)),
        ("033.62A11/6–2656", "1950", "official visits and missions", ("West Germany", "United States")),
        ("720.5–MSP/9–2761", "1950", "national defense affairs", ("Latin America",)),
        ("751G.5–MSP/1–855", "1950", "national defense affairs", ("Indochina",)),
        ("320/9–354", "1950", "United Nations", ()),
        ("501.BB Palestine/5–1648", "1910", "United Nations", ()),
        ("493.009/5–1457", "1950", "international trade and commerce", ("China",)),
        ("601.56D11/8–453", "1950", "international political relations", ("Indonesia", "United States")),
        ("751K.00", "1950", "political affairs", ("South Vietnam",)),
        ("POL 27 VIET S", "1963", "military operations", ("South Vietnam",)),
        ("POL 23–9 THE CONGO", "1963", "rebellion and coups", ("Congo (Léopoldville)",)),
        ("POL US–USSR", "1963", "political affairs and relations", ("United States", "Soviet Union")),
        ("AID (US) 9 VIET S", "1963", "aid", ("United States", "South Vietnam")),
        ("DEF 18–6 GENEVA", "1963", "arms control and disarmament", ()),
        ("POL 7 US/NIXON", "1963", "visits and meetings", ("United States",)),
    ],
)  # fmt: skip
def test_what_a_number_says(number: str, scheme: str, subject: str, countries: tuple[str, ...]) -> None:
    found = decode(number)
    assert found and (found.scheme, found.subject, found.countries) == (scheme, subject, countries)


def test_the_date_and_the_subfile_inside() -> None:
    found = decode("720.5–MSP/9–2761")
    assert found and found.date == dt.date(1961, 9, 27) and found.subfile == "MSP"
    other = decode("501.BB Palestine/5–1648")
    assert other and other.date == dt.date(1948, 5, 16) and other.subfile == "Palestine"


@pytest.mark.parametrize("number", ["Lot 64 D 199", "751.00", "RG 59", "", "D780012–0345", "NSC 5519", "Box 12", "123"])
def test_what_says_nothing_for_sure_is_not_decoded(number: str) -> None:
    assert decode(number) is None


def test_the_year_of_the_paper_tells_the_scheme() -> None:
    old, new = decode("861.00", year=1946), decode("861.00", year=1956)
    assert old and old.subject == "political affairs" and new and new.subject == "economic matters"


@pytest.mark.parametrize(("key", "country"), rows("decimal-countries.tsv"))
def test_every_country_is_named_by_its_number(key: str, country: str) -> None:
    scheme, code = key.split(":")
    number = f"{'8' if scheme == '1910' else '7'}{code}.00/8–18{'47' if scheme == '1910' else '56'}"
    found = decode(number)
    assert found and found.scheme == scheme and found.countries == (country,)


@pytest.mark.parametrize(("key", "subject"), rows("decimal-classes.tsv"))
def test_every_class_is_what_its_numbers_are_on(key: str, subject: str) -> None:
    scheme, number = key.split(":")
    number = number.replace("xx", "11") if "xx" in number or len(number) > 1 else f"{number}99.99"
    found = decode(f"{number}/8–18{'47' if scheme == '1910' else '56'}")
    assert found and found.subject == subject


@pytest.mark.parametrize(("abbreviation", "subject"), rows("subject-numeric.tsv"))
def test_every_subject_is_spelled_out(abbreviation: str, subject: str) -> None:
    found = decode(f"{abbreviation} CYP")
    assert found and (found.subject, found.countries) == (subject, ("Cyprus",))


@pytest.mark.parametrize(("abbreviation", "country"), rows("subject-numeric-countries.tsv"))
def test_every_abbreviation_is_a_country(abbreviation: str, country: str) -> None:
    found = decode(f"DEF 6 {abbreviation}")
    assert found and found.countries == (country,)


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{3}[A-Z]?\.[0-9A-Z]{1,6}( [A-Z]\w+)?/[0-9–]{1,8}", fullmatch=True))
def test_any_words_are_decoded_or_not(words: str) -> None:
    found = decode(words)
    assert found is None or found.scheme in ("1910", "1950", "1963")
