"""Dates: the cases that an editor can read, and what must hold for any text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.dates import (
    MONTHS,
    WEEKDAYS,
    CalendarDay,
    DateExpression,
    file_number_date,
    find_dates,
    find_expressions,
    impossible_days,
    nearest,
)
from tei_edition.dates.figures import in_century
from tei_edition.dates.hours import find_times, time_behind
from tei_edition.dates.periods import fiscal_year
from tei_edition.dates.relative import find_relative, resolve_relative
from tei_edition.gazetteer import gazetteer
from tei_edition.model import Dating
from tei_edition.reading import decode, read_document
from tei_edition.resources import data_rows
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.calendar import dateline_place, recognise_dates
from tei_edition.tagging.clocks import with_offset
from tei_edition.tagging.context import Reading
from tei_edition.zones import offset_of, written_offset, zone


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


# -- running text ----------------------------------------------------------------------------------


def expression(text: str, found: DateExpression) -> str:
    """A date with its value, and what else is known of it."""
    value = [found.first.iso if found.first.year or found.first.month else ""]
    if found.last:
        value.append(found.last.iso)
    said = [
        "between" if found.vague else "",
        "week" if found.week else "",
        WEEKDAYS[found.weekday] if found.weekday is not None else "",
        {-1: "past", 1: "to come"}.get(found.turn, ""),
        "century open" if found.short else "",
        found.moment,
    ]
    words = " ".join(text[found.start : found.end].split())
    return f"{words} = {' … '.join(value)}" + "".join(f" ({what})" for what in said if what)


@pytest.mark.parametrize("case", parameters("expressions"))
def test_expression(case: Case) -> None:
    text = case["text"]
    assert "\n".join(expression(text, found) for found in find_expressions(text)) == case["dates"]


@pytest.mark.parametrize("case", parameters("relative"))
def test_what_counts_from_another_day(case: Case) -> None:
    text, day = case["text"], dt.date.fromisoformat(case["day"])
    lines = []
    for found in find_relative(text):
        value = resolve_relative(found, day)
        lines.append(f"{text[found.start : found.end]} = {value.iso if value else 'no such day'}")
    assert "\n".join(lines) == case["dates"]


_FORMS = st.sampled_from(
    [
        "{m} {d}, {y}",
        "{d} {m} {y}",
        "{s} {d}, {y}",
        "{d} {s} {y}",
        "{n}/{d}/{y}",
        "{w}, {m} {d}, {y}",
        "{d}th of {m} {y}",
        "{m} {d} and {m} {d}, {y}",
    ]
)


@given(st.dates(dt.date(1861, 1, 1), dt.date(1992, 12, 31)), _FORMS)
def test_every_day_in_every_form_is_read_as_itself(day: dt.date, form: str) -> None:
    month = MONTHS[day.month - 1]
    short = {"May": "May", "June": "June", "July": "July", "September": "Sept."}.get(month, f"{month[:3]}.")
    words = form.format(m=month, s=short, n=day.month, d=day.day, y=day.year, w=WEEKDAYS[day.weekday()])
    found = list(find_expressions(f"They met on {words} in the town."))
    assert {one.first.iso for one in found} == {day.isoformat()}


@given(st.dates(dt.date(1861, 1, 1), dt.date(1992, 12, 31)))
def test_the_century_of_a_short_year_is_the_documents(day: dt.date) -> None:
    text = f"On {day.month}/{day.day}/{day.year % 100:02d}, they met."
    (found,) = find_expressions(text) if (day.month, day.day) != (2, 29) or day.year != 1900 else (None,)
    assert found and in_century(found, day).first.iso == day.isoformat()


@given(st.datetimes(dt.datetime(1945, 1, 1), dt.datetime(1992, 12, 31)))
def test_every_date_time_group_is_read(moment: dt.datetime) -> None:
    words = f"{moment:%d%H%M}Z {MONTHS[moment.month - 1][:3]} {moment:%y}"
    (found,) = find_expressions(f"Ref: CINCPAC {words}.")
    assert (found.first.iso, found.moment) == (f"{moment:%Y-%m-%d}", f"{moment:%H:%M}:00+00:00")


_MORE_PIECES = st.sampled_from(
    [
        "Friday, ",
        "mid-",
        "early ",
        "the week of ",
        "last ",
        "FY ",
        "fiscal year ",
        "summer of ",
        "/",
        "8/18/62",
        "11/12",
        "251430Z",
        " Aug ",
        "’62",
        "the 18th",
        "yesterday",
        "the following day",
        "1960–61",
        "1930s",
        "first quarter of ",
        "1961",
        "in ",
        "(",
        ")",
        " hours",
        "EDT",
        "next Tuesday",
        " instant",
        "July",
        "and ",
        ", ",
    ]
)


@given(st.lists(_MORE_PIECES | _PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_whatever_the_text_expressions_stand_in_order_and_exist(text: str) -> None:
    end = 0
    for found in find_expressions(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        for day in (found.first, found.last):
            assert day is None or day.exists()
            assert day is None or day.month or day.year
    for relative in find_relative(text):
        value = resolve_relative(relative, dt.date(1962, 8, 18))
        assert value is None or value.exists()
    for time in find_times(text):
        assert 0 <= time.start < time.end <= len(text)
        dt.time.fromisoformat(time.value.rstrip("Z"))


@pytest.mark.parametrize(
    "piece",
    [
        "8/18/62 ",
        "1/",
        "in 1961 and ",
        "FY 62, ",
        "early ",
        "the 18th and ",
        "251430Z ",
        "last Friday ",
        "July and ",
        "July 3, ",
        "3 p.m. to ",
        "today",
        "Monday, ",
        "20 January/1 February/",
        "1960–",
        "mid-",
    ],
)
def test_eight_times_the_running_text_takes_about_eight_times_the_time(piece: str) -> None:
    def finding(size: int) -> Callable[[], object]:
        text = piece * (size // len(piece))
        return lambda: (list(find_expressions(text)), list(find_relative(text)), list(find_times(text)))

    assert_in_proportion(finding, 20_000)


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [
        (1962, "1961-07-01", "1962-06-30"),
        (1976, "1975-07-01", "1976-06-30"),
        (1977, "1976-10-01", "1977-09-30"),
        (1990, "1989-10-01", "1990-09-30"),
    ],
)
def test_fiscal_years(year: int, first: str, last: str) -> None:
    assert tuple(day.iso for day in fiscal_year(year)) == (first, last)


# -- clocks -----------------------------------------------------------------------------------------


def test_every_zone_is_read_behind_an_hour_and_has_an_offset() -> None:
    for words, *_ in data_rows("zones.tsv"):
        written = words.capitalize() if words.endswith("time") else words
        time = time_behind(f"August 18, 1962, 9:11 p.m. {written}, they met.", 15)
        assert time.zone == written
        assert written_offset(time.zone, dt.date(1962, 8, 18), time.value), words


@pytest.mark.parametrize(
    ("place", "day", "clock", "expected"),
    [
        ("Washington", "1962-08-18", "21:11:00", "21:11:00-04:00"),
        ("Washington", "1962-12-18", "21:11:00", "21:11:00-05:00"),
        ("Léopoldville", "1962-08-18", "21:11:00", "21:11:00+01:00"),
        ("Elisabethville", "1962-08-18", "21:11:00", "21:11:00+02:00"),
        ("Tehran", "1968-05-01", "08:00:00", "08:00:00+03:30"),
        ("Moscow", "1962-08-18", "08:00:00", "08:00:00+03:00"),
        ("Augusta, Georgia", "1959-12-29", "10:15:00", "10:15:00-05:00"),
        ("Nowhere at All", "1962-08-18", "08:00:00", "08:00:00"),
        ("Paris", "1900-08-18", "08:00:00", "08:00:00"),  # before the zones the clock was the sun's
    ],
)
def test_the_offset_is_that_of_the_place_and_the_day(place: str, day: str, clock: str, expected: str) -> None:
    assert with_offset(clock, "", place, dt.date.fromisoformat(day), gazetteer()) == expected


def test_a_written_zone_wins_over_the_place() -> None:
    day = dt.date(1962, 8, 18)
    assert with_offset("09:00:00", "EDT", "Paris", day, gazetteer()) == "09:00:00-04:00"
    assert with_offset("09:00:00", "Saigon time", "Washington", day, gazetteer()) == "09:00:00+08:00"
    assert with_offset("09:00:00", "local time", "Paris", day, gazetteer()) == "09:00:00+01:00"
    assert with_offset("09:00:00Z", "", "Paris", day, gazetteer()) == "09:00:00+00:00"
    assert with_offset("09:00:00", "EDT", "Paris", day, None) == "09:00:00-04:00", "that needs no gazetteer"


def test_a_zone_that_is_none_has_no_offset() -> None:
    assert zone("../../etc/passwd") is None and zone("Nowhere") is None
    assert offset_of("Nowhere", dt.date(1962, 8, 18), "09:00:00") == ""


# -- the year, by sentence, tense and weekday ------------------------------------------------------------


def values(text: str, profile: str = "edition") -> list[str]:
    """The dates of a text with their values, the dateline's left out."""
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}), profile=profile)
    dates = [span for span in tagged.spans if span.kind == "date"]
    return [
        f"{text[s.start : s.end]} = "
        + " … ".join(value for name, value in sorted(s.attributes) if name not in ("cert", "resp"))
        for s in dates[1:]
    ]


@pytest.mark.parametrize(
    ("day", "sentence", "expected"),
    [
        ("January 10, 1962", "He came last December.", "last December = 1961-12"),
        ("January 10, 1962", "On September 5 the Assembly will meet.", "September 5 = 1962-09-05"),
        ("January 10, 1962", "I refer to your letter of June 20.", "June 20 = 1961-06-20"),
        ("January 10, 1962", "In next March they vote.", "next March = 1962-03"),
        ("December 20, 1962", "They will meet on January 5.", "January 5 = 1963-01-05"),
        ("August 18, 1962", "In 1959, on March 3, he left.", "1959 = 1959; March 3 = 1959-03-03"),
        (
            "August 18, 1962",
            "On May 3, 1959, he came, and on June 5 he left.",
            "May 3, 1959 = 1959-05-03; June 5 = 1959-06-05",
        ),
        (
            "August 18, 1962",
            "He came on May 3, 1959. On June 5 he left.",
            "May 3, 1959 = 1959-05-03; June 5 = 1962-06-05",
        ),
        ("August 18, 1962", "The meeting took place on January 20.", "January 20 = 1962-01-20"),
        ("August 18, 1962", "On January 5 he told us.", "January 5 = 1962-01-05"),
        ("August 18, 1962", "On January 5 the Assembly met.", "January 5 = 1962-01-05"),
        ("August 28, 1962", "Reference your telegram of October 3.", "October 3 = 1961-10-03"),
        ("August 28, 1962", "In his speech of October 10 he left.", "October 10 = 1961-10-10"),
        ("August 28, 1962", "See your telegram of August 30.", "August 30 = 1962-08-30"),
        ("December 28, 1962", "He plans to leave July 1.", "July 1 = 1963-07-01"),
        ("January 10, 1962", "They vote this August.", "this August = 1962-08"),
        ("January 2, 1963", "The talks of December 30–January 2.", "December 30–January 2 = 1962-12-30 … 1963-01-02"),
        ("January 10, 1962", "We wait for Wednesday, July 18.", "Wednesday, July 18 = 1962-07-18"),
        ("January 10, 1962", "He comes in the week of May 9.", "the week of May 9 = 1962-05-07 … 1962-05-13"),
        ("August 18, 1962", "He spoke in mid-June.", "mid-June = 1962-06-20 … 1962-06-11"),
        ("August 18, 1878", "I saw him on 8/3/78.", "8/3/78 = 1878-08-03"),
    ],
)
def test_a_missing_year_is_that_of_the_sentence_or_the_tense(day: str, sentence: str, expected: str) -> None:
    assert "; ".join(values(f"2. Letter\n\nParis, {day}.\n\n{sentence}\n")) == expected


@pytest.mark.parametrize(
    ("sentence", "cert"),
    [("Cuba, March 3.", "medium"), ("He came on March 3.", ""), ("Cuba, July 3.", ""), ("Cuba, last March.", "")],
)
def test_a_year_months_away_that_no_tense_confirms_is_a_guess(sentence: str, cert: str) -> None:
    text = f"2. Letter\n\nParis, August 18, 1962.\n\n{sentence}\n"
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}))
    date = [dict(s.attributes) for s in tagged.spans if s.kind == "date"][1]
    assert date.get("cert", "") == cert


def hours(text: str, profile: str = "edition") -> list[str]:
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}), profile=profile)
    kind = "date" if profile == "frus" else "time"
    return [dict(s.attributes)["when"] for s in tagged.spans if s.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("On January 5, 1962 he came. On August 18, 1962 at 7 p.m. Eastern time he left.", "19:00:00-04:00"),
        ("On August 18, 1962, he came. At 7 p.m. Eastern time on January 5, 1962, he left.", "19:00:00-05:00"),
        ("On January 5, 1962 he came. At 7 p.m. Eastern time he left.", "19:00:00"),
        ("At 7 p.m. Eastern time he left.", "19:00:00-04:00"),
    ],
)
def test_an_hour_is_told_by_the_day_of_its_sentence(sentence: str, expected: str) -> None:
    assert hours(f"2. Letter\n\nParis, August 18, 1962.\n\n{sentence}\n") == [expected]


@pytest.mark.parametrize("profile", ["edition", "frus"])
@pytest.mark.parametrize(
    ("place", "offset"),
    [("Springfield", ""), ("Washington", "-04:00"), ("Paris", "+01:00"), ("Nowhere at All", "")],
)
def test_a_place_that_is_not_told_apart_gives_no_offset(profile: str, place: str, offset: str) -> None:
    text = f"2. Letter\n\n{place}, August 18, 1962, 7 p.m.\n\nWe met.\n"
    day = "1962-08-18T" if profile == "frus" else ""
    assert hours(text, profile) == [f"{day}19:00:00{offset}"]


@pytest.mark.parametrize(
    "piece", ["today ", "the 3rd ", "last Friday, ", "251430Z ", "May 3, 1962, the following day. "]
)
def test_eight_times_the_passage_takes_about_eight_times_the_time(piece: str) -> None:
    def tagging(size: int) -> Callable[[], object]:
        text = f"2. Letter\n\nParis, August 18, 1962.\n\n{piece * (size // len(piece))}\n"
        reading = Reading(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}))
        dating = Dating({"when": "1962-08-18"}, "")
        return lambda: list(recognise_dates(reading, dating, {}, time_inside=False))

    assert_in_proportion(tagging, 4_000)


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("February 30, 1962", ["February 30, 1962"]),
        ("31 June 1962", ["31 June 1962"]),
        ("June 45, 1962", ["June 45, 1962"]),
        ("February 29, 1964", []),
        ("August 18", []),
    ],
)
def test_days_that_no_calendar_has(dateline: str, expected: list[str]) -> None:
    text = f"Paris, {dateline}."
    assert [text[start:end] for start, end in impossible_days(text)] == expected


def test_in_an_attachment_today_is_the_day_of_the_attachment() -> None:
    text = (
        "2. Letter\n\nParis, August 18, 1962.\n\nWe met.\n\n"
        "Attachment\n\nMemorandum\n\nParis, August 3, 1962.\n\nYesterday he left.\n"
    )
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}))
    evidence = [s.evidence for s in tagged.spans if s.kind == "date" and text[s.start : s.end] == "Yesterday"]
    assert evidence == ["counted from the attachment's dateline"]


def test_today_is_the_documents_day_but_not_the_editors() -> None:
    text = "2. Telegram From the Embassy in France1\n\nParis, August 18, 1962.\n\nHe left yesterday.\n"
    assert values(f"{text}  1. The file is lost today.\n") == ["yesterday = 1962-08-17"]
    assert values("2. Telegram\n\nHe left yesterday.\n") == [], "nobody knows the day"


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("SECRET Washington, May 5, 1948—7 p. m.", "Washington"),
        ("TOP SECRET [WASHINGTON,] May 5, 1948.", "WASHINGTON"),
        ("TOP SECRET—URGENT LONDON, May 5, 1948.", "LONDON"),
        ("SECRETARIAT, May 5, 1948.", "SECRETARIAT"),
    ],
)
def test_marks_in_capitals_are_no_part_of_the_place_of_a_dateline(dateline: str, place: str) -> None:
    document = read_document(decode(f"280. Memorandum From A to B\n\n{dateline}\n\nWe met.\n".encode(), "d.txt"))
    assert [document.source.text[slice(*span[:2])] for span in dateline_place(Reading(document, Known({})))] == [place]


def test_in_a_dateline_the_published_value_is_the_moment() -> None:
    text = "2. Letter\n\nWashington, August 18, 1962, 9:11 p.m.\n\nWe met.\n"
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}), profile="frus")
    assert [dict(s.attributes)["when"] for s in tagged.spans if s.kind == "date"] == ["1962-08-18T21:11:00-04:00"]
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}))
    found = [(s.kind, dict(s.attributes)["when"]) for s in tagged.spans if s.kind in ("date", "time")]
    assert found == [("date", "1962-08-18"), ("time", "21:11:00-04:00")]


def test_undated_says_what_was_inferred() -> None:
    text = (
        "2. Memorandum1\n\nWashington, undated.\n\nWe met.\n"
        "  1. Source: Department of State, Central Files, 770G.00/8–1862. Secret.\n"
    )
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}))
    (date,) = [dict(s.attributes) for s in tagged.spans if s.kind == "date"]
    assert date["notBefore"] < date["notAfter"] and date["cert"]


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("We met on Tuesday, August 20, 1962.", {"TG060"}),
        ("We met on Monday, August 20, 1962.", set()),
        ("We met on Tuesday, August 14.", set()),
        ("We met on Friday, August 14.", {"TG060"}),
    ],
)
def test_the_weekday_checks_the_date(sentence: str, codes: set[str]) -> None:
    text = f"2. Letter\n\nParis, August 18, 1962.\n\n{sentence}\n"
    tagged = tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), Known({}))
    assert {found.code for found in tagged.findings if found.code == "TG060"} == codes
