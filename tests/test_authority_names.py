"""Names and offices as printed lists have them, lists and tables as such, and the way into TEI and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.authority import load_authorities, load_located
from tei_edition.authority.checking import check_entries
from tei_edition.authority.identifiers import identifier_of, ncname
from tei_edition.authority.importing import import_authority
from tei_edition.authority.joining import numbers_of
from tei_edition.authority.name_words import family_name_first, is_title
from tei_edition.authority.names import forms_of, parse_name
from tei_edition.authority.offices import parse_date, parse_offices
from tei_edition.model import Entry, Office, PersonName
from tei_edition.resources import data_path
from tei_edition.validation import validate_file

NOTES = {"family-first": " (family first)", "single": " (one name)", "given-first": ""}


def shown_name(name: PersonName) -> str:
    """The parts of a name: titles in round brackets, the surname in square ones."""
    titles = [f"({title})" for title in name.titles]
    surname = f"[{name.surname}]"
    said = [surname, *name.forenames] if name.order == "family-first" else [*name.forenames, surname]
    return " ".join([*titles, *said, *([name.suffix] if name.suffix else [])]) + NOTES[name.order]


def shown_office(office: Office) -> str:
    return f"{office.start or '…'} – {office.end or '…'}: {office.title}"


def shown_entry(entry: Entry) -> list[str]:
    names = "; ".join([entry.name, *entry.forms[1:]]) if entry.kind != "person" else entry.name
    offices = [] if entry.description else [f"  {shown_office(office)}" for office in entry.offices]
    return [f"{entry.id}: {names} | {entry.description}", *offices]


def shown_whole(entry: Entry) -> str:
    numbers = ", ".join(f"{kind} {number}" for kind, number in numbers_of(entry))
    others = ", ".join(dict.fromkeys(form for name in entry.names[1:] for form in forms_of(name)))
    return " | ".join([f"{entry.id}: {entry.name}", entry.description, *filter(None, (numbers, others))])


def namesakes(case: Case, folder: Path) -> None:
    """Several files: the order of the files changes nothing but the order; what is written loads again."""
    paths = []
    for number, text in enumerate(case["files"].split("=== and ===")):
        paths.append(folder / f"{number}.txt")
        paths[-1].write_text(text.strip(), "utf-8")
    entries, findings = load_authorities(paths)
    assert [*map(shown_whole, entries.values()), *sorted(f.code for f in findings)] == case["entries"].splitlines()
    turned, others = load_authorities(paths[::-1])
    assert turned == entries and sorted(f.code for f in others) == sorted(f.code for f in findings)
    made = import_authority(paths)
    (folder / "made.xml").write_bytes(made.tei)
    again, findings = load_authorities([folder / "made.xml"])
    assert findings == [] and validate_file(folder / "made.xml", schema="edition") == []
    assert [replace(e, tei=b"") for e in again.values()] == [
        replace(e, tei=b"") for kind in ("person", "term") for e in made.entries.values() if e.kind == kind
    ]


@pytest.mark.parametrize("case", parameters("authority"))
def test_case(case: Case, tmp_path: Path) -> None:
    if "names" in case.blocks:
        assert [shown_name(name) for name in parse_name(case["printed"])] == case["names"].splitlines()
    elif "offices" in case.blocks:
        assert [shown_office(office) for office in parse_offices(case["printed"])] == case["offices"].splitlines()
    elif "files" in case.blocks:
        namesakes(case, tmp_path)
    else:
        (tmp_path / "list.txt").write_text(case["text"], "utf-8")
        entries, findings = load_authorities([tmp_path / "list.txt"])
        lines = [line for entry in entries.values() for line in shown_entry(entry)]
        places = [f"{f.code} {str(f.location).removeprefix(f'{tmp_path}/list.txt:')}" for f in findings]
        assert [*lines, *places] == case["entries"].splitlines()


LISTS = [case for case in read_cases("authority") if "text" in case.blocks]
NAMES = [case["printed"] for case in read_cases("authority") if "names" in case.blocks]
OFFICES = [case["printed"] for case in read_cases("authority") if "offices" in case.blocks]


def loads_again(path: Path, folder: Path) -> None:
    """What `import` writes loads as the same entries, is valid, and is written the same again."""
    made = import_authority([path])
    (folder / "made.xml").write_bytes(made.tei)
    again, findings = load_authorities([folder / "made.xml"])
    assert findings == []
    assert [replace(e, tei=b"") for e in again.values()] == [replace(e, tei=b"") for e in made.entries.values()]
    assert [f.code for f in validate_file(folder / "made.xml", schema="edition")] == []
    second = import_authority([folder / "made.xml"]).tei
    assert second.replace(b"made.xml", path.name.encode()) == made.tei


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case.title)
def test_what_import_writes_loads_as_the_same_entries(case: Case, tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text(case["text"], "utf-8")
    loads_again(tmp_path / "list.txt", tmp_path)


def test_every_name_and_office_of_the_cases_goes_into_tei_and_back(tmp_path: Path) -> None:
    rows = [(name, office) for office in OFFICES for name in NAMES]
    quoted = (
        '"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in [("name", "description"), *rows]
    )
    (tmp_path / "table.csv").write_text("\n".join(quoted), "utf-8")
    loads_again(tmp_path / "table.csv", tmp_path)


WORDS = st.text(st.sampled_from("AbcDe W.,()“”-’ éIVJr"), min_size=1, max_size=30)


@given(WORDS, WORDS)
def test_any_name_goes_into_tei_and_back(name: str, other: str) -> None:
    from tei_edition.authority.entries import person_entry
    from tei_edition.authority.tei_lists import read_tei

    printed = " ".join(name.split()).strip(" ,;:")
    if not printed:
        return
    entry = person_entry("p", printed, " ".join(other.split()).strip(" ,;:"))
    ((again, _),), findings = read_tei(entry.tei, "made.xml")
    assert findings == [] and replace(again, tei=b"") == replace(entry, tei=b"")


@pytest.mark.parametrize(
    "row",
    [line for line in data_path("family-first-names.tsv").read_text("utf-8").splitlines() if not line.startswith("#")],
    ids=lambda row: row.partition("\t")[0],
)
def test_every_family_name_that_stands_first_is_read_so(row: str) -> None:
    for name in row.partition("\t")[2].split():
        assert family_name_first([name, "Tse-tung"]) or family_name_first([name, "Van", "Minh"]), name


def test_every_word_of_titles_is_taken_for_one() -> None:
    lines = data_path("title-words.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert len(words) == len(set(words)) > 100, "a word that stands twice"
    assert all(map(is_title, words))


@pytest.mark.parametrize(
    ("words", "identifier"),
    [
        ("García Robles, Alfonso", "garcia-robles-alfonso"),
        ("O’Neill, Thomas P., Jr.", "oneill-thomas-p-jr"),
        ("Čepička Łódź Ørsted", "cepicka-lodz-orsted"),
        ("Громыко", "громыко"),
        ("A&M", "a-and-m"),
    ],
)
def test_ids_are_made_from_names(words: str, identifier: str) -> None:
    assert identifier_of(words) == identifier


@pytest.mark.parametrize(("given_id", "made"), [("p_1", "p_1"), ("1 ball", "x-1-ball"), ("a b", "a-b"), ("!", "")])
def test_ids_that_xml_does_not_allow(given_id: str, made: str) -> None:
    assert ncname(given_id) == made


@pytest.mark.parametrize(
    ("words", "date"),
    [("1961", "1961"), ("1961-02", "1961-02"), ("February 1, 1961", "1961-02-01"), ("Feb. 1961", "1961-02"),
     ("02/61", ""), ("1961-13", ""), ("", "")],
)  # fmt: skip
def test_dates_of_tables(words: str, date: str) -> None:
    assert parse_date(words) == date


def test_the_order_of_a_list_does_not_change_its_ids(tmp_path: Path) -> None:
    lines = ["Brown, Harold, Secretary of Defense", "Brown, Harold, Labour member", "Ball, George W., lawyer"]
    ids = []
    for number, order in enumerate((lines, lines[::-1])):
        (tmp_path / f"{number}.txt").write_text("\n\n".join(order), "utf-8")
        ids.append({(e.id, e.description) for e in load_authorities([tmp_path / f"{number}.txt"])[0].values()})
    assert ids[0] == ids[1] and len(ids[0]) == 3


def test_one_person_in_two_files_has_the_offices_of_both(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ball, George W., Under Secretary of State until 1966\n", "utf-8")
    both = "Ball, George W., Under Secretary of State; Representative to the United Nations in 1968\n"
    (tmp_path / "b.txt").write_text(both, "utf-8")
    entries, findings = load_authorities([tmp_path / "a.txt", tmp_path / "b.txt"])
    ball = entries["p_ball-george-w"]
    assert [f.code for f in findings] == ["AU018"] and {office.end for office in ball.offices} == {"1966", "", "1968"}
    assert ball.tei.count(b"<state") == len(ball.offices) == 3


def test_of_two_rich_entries_nothing_is_lost(tmp_path: Path) -> None:
    def place(*parts: str) -> str:
        inside = "".join(parts)
        tei = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><standOff><listPlace><place xml:id='leo'>{}</place></listPlace>"
        return f"{tei.format(inside)}</standOff></TEI>"

    name, note = "<placeName>Léopoldville</placeName>", "<note>the capital</note>"
    modern, where = "<placeName type='modern'>Kinshasa</placeName>", "<location><geo>-4.3 15.3</geo></location>"
    (tmp_path / "a.xml").write_text(place(name, modern, note), "utf-8")
    (tmp_path / "b.xml").write_text(place(name, where, "<idno type='GeoNames'>2314302</idno>", note), "utf-8")
    made = import_authority([tmp_path / "a.xml", tmp_path / "b.xml"])
    for part in (name, "Kinshasa", where, "2314302", note):
        assert made.tei.decode().count(part) == 1
    (tmp_path / "made.xml").write_bytes(made.tei)
    assert validate_file(tmp_path / "made.xml", schema="edition") == []


def test_many_namesakes_are_told_apart_in_proportion(tmp_path: Path) -> None:
    def prepare(size: int) -> object:
        path = tmp_path / f"{size}.csv"
        rows = [f'"Brown, Harold",Member of the Staff number {n},Member' for n in range(size)]
        path.write_text("\n".join(["name,description,office", *rows]), "utf-8")
        copy = tmp_path / f"{size}-again.csv"
        copy.write_text("\n".join(["name,description", *(row.rpartition(",")[0] for row in rows[::-1])]), "utf-8")
        return lambda: load_authorities([path, copy])

    assert_in_proportion(prepare, 300)  # type: ignore[arg-type]


def test_numbers_of_other_authorities_go_through(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text('name,VIAF,Wikidata,GND,LC\n"Rusk, Dean",1,Q2,3,n4\n', "utf-8")
    entry = load_authorities([tmp_path / "p.csv"])[0]["p_rusk-dean"]
    for kind, number in (("VIAF", "1"), ("Wikidata", "Q2"), ("GND", "3"), ("LC", "n4")):
        assert f'<idno type="{kind}">{number}</idno>'.encode() in entry.tei


@pytest.mark.parametrize("form", ["text", "table"])
def test_a_long_list_is_read_in_proportion(form: str, tmp_path: Path) -> None:
    def prepare(size: int) -> object:
        rows = [
            f"Name{n:05d}, George {chr(65 + n % 26)}., Ambassador to Ghana until May {1900 + n % 90}; then Chad"
            for n in range(size)
        ]
        if form == "table":
            rows = ["name,description", *(f'"Name{n:05d}, George","{row}"' for n, row in enumerate(rows))]
        path = tmp_path / f"{size}.txt"
        path.write_text("\n".join(rows), "utf-8")
        return lambda: load_authorities([path])

    assert_in_proportion(prepare, 300)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        ("Ball, George W., ", "until (from ((, thereafter, “; and until, "),
        ("Ball, George, ", "early late mid of "),
        ("Ball, George, ", "Under Secretary until 1961, thereafter "),
        ("Ball ", "(a"),
        ("Ball, George ", "“a "),
        ("Ball, George, Secretary (", "a, "),
    ],
)
def test_a_long_line_is_read_in_proportion(begin: str, more: str, tmp_path: Path) -> None:
    def prepare(size: int) -> object:
        path = tmp_path / f"{size}.txt"
        path.write_text(begin + more * size, "utf-8")
        return lambda: load_authorities([path])

    assert_in_proportion(prepare, 250)  # type: ignore[arg-type]


def test_fields_longer_than_a_table_can_have(tmp_path: Path) -> None:
    long = "of State " * 20_000
    (tmp_path / "l.txt").write_text(f"Ball, George W., Under Secretary {long}\n", "utf-8")
    assert list(load_authorities([tmp_path / "l.txt"])[0]) == ["p_ball-george-w"]
    (tmp_path / "l.csv").write_text(f'name,office\n"Rusk, Dean",Secretary\n"Ball, George W.,{long}\n', "utf-8")
    entries, findings = load_authorities([tmp_path / "l.csv"])
    assert list(entries) == ["p_rusk-dean"]
    assert [(f.code, f.location and f.location.line) for f in findings] == [("AU009", 3)]


def test_an_item_of_many_lines_is_read_in_proportion(tmp_path: Path) -> None:
    def prepare(size: int) -> object:
        path = tmp_path / f"{size}.txt"
        path.write_text("Ball, George W., lawyer\n" + "  and Under Secretary of State\n" * size, "utf-8")
        return lambda: load_authorities([path])

    assert_in_proportion(prepare, 500)  # type: ignore[arg-type]


def test_a_surname_alone_fits_all_its_bearers(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Smith, John, lawyer\n\nSmith, d\n\nSuharto, President\n", "utf-8")
    loaded = load_located([tmp_path / "p.txt"])
    found = check_entries(loaded.entries, loaded.places)
    assert [f.code for f in found] == ["AU013"] and "“Smith”" in found[0].message
