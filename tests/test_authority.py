"""Authority files: TEI lists, the lists of printed volumes, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei_edition.authority import load_authorities
from tei_edition.authority.names import forms_of, parse_name
from tei_edition.diagnostics import UnusableInput
from tei_edition.model import Entry
from tei_edition.pipeline import Converter
from tei_edition.reading import decode
from tei_edition.tei import XML_ID, parse

NS = "xmlns='http://www.tei-c.org/ns/1.0'"


def load(tmp_path: Path, *fragments: str) -> tuple[dict[str, Entry], list[str]]:
    paths = []
    for number, fragment in enumerate(fragments):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_text(f"<TEI {NS}>{fragment}</TEI>", "utf-8")
    entries, findings = load_authorities(paths)
    return entries, [found.code for found in findings]


def test_a_person_described(tmp_path: Path) -> None:
    person = (
        "<standOff><listPerson><person xml:id='ball'><persName><surname>Ball</surname>, <forename>George</forename> "
        "<forename>W.</forename></persName><note>Under Secretary</note></person></listPerson></standOff>"
    )
    entries, codes = load(tmp_path, person)
    ball = entries["ball"]
    assert (codes, ball.kind, ball.name, ball.surname, ball.forenames) == (
        [],
        "person",
        "Ball, George W.",
        "Ball",
        ("George", "W."),
    )
    assert "George W. Ball" in ball.forms
    assert b"<note>Under Secretary</note>" in ball.tei, "the entry is kept as it is"


def test_a_name_without_parts_is_read_as_printed(tmp_path: Path) -> None:
    entries, _ = load(
        tmp_path,
        "<standOff><listPerson><person xml:id='b'><persName>Bundy, McGeorge</persName></person>"
        "</listPerson></standOff>",
    )
    assert (entries["b"].surname, entries["b"].forenames) == ("Bundy", ("McGeorge",))


def test_a_place_has_all_its_names_but_the_modern_ones(tmp_path: Path) -> None:
    entries, _ = load(
        tmp_path,
        "<standOff><listPlace><place xml:id='e'><placeName>Elisabethville</placeName>"
        "<placeName>Élisabethville</placeName>"
        "<placeName type='modern'>Lubumbashi</placeName></place></listPlace></standOff>",
    )
    assert entries["e"].forms == ("Elisabethville", "Élisabethville")


def test_an_organisation(tmp_path: Path) -> None:
    entries, _ = load(
        tmp_path, "<standOff><listOrg><org xml:id='un'><orgName>United Nations</orgName></org></listOrg></standOff>"
    )
    assert (entries["un"].kind, entries["un"].forms) == ("organisation", ("United Nations",))


def test_the_lists_of_a_printed_volume(tmp_path: Path) -> None:
    lists = (
        "<text><front><list type='names'><item><hi><persName xml:id='p_BGW1'>Ball, George W.,</persName></hi> "
        "Under Secretary of State</item>"
        "</list><list><item><term xml:id='t_UNOC1'>UNOC</term>, United Nations Operation in the Congo</item></list>"
        "</front>"
        "<body><p>A <persName>Rusk</persName> in the text is no entry.</p></body></text>"
    )
    entries, codes = load(tmp_path, lists)
    assert codes == [] and sorted(entries) == ["p_BGW1", "t_UNOC1"]
    assert (entries["p_BGW1"].surname, entries["p_BGW1"].description) == ("Ball", "Under Secretary of State")
    assert (entries["t_UNOC1"].kind, entries["t_UNOC1"].description) == (
        "term",
        "United Nations Operation in the Congo",
    )


@pytest.mark.parametrize(
    ("printed", "surname", "forenames", "form"),
    [
        ("Ball, George W.", "Ball", ("George", "W."), "George W. Ball"),
        ("Hassan II", "Hassan II", (), "Hassan II"),
        ("Mao Tse-tung", "Mao", ("Tse-tung",), "Mao Tse-tung"),
        ("Taylor, General Maxwell D.", "Taylor", ("Maxwell", "D."), "Maxwell D. Taylor"),
        ("Byrd, Harry F., Jr.", "Byrd", ("Harry", "F."), "Harry F. Byrd"),
        ("de Gaulle, Charles", "de Gaulle", ("Charles",), "Charles de Gaulle"),
        ("Home, Lord (Alexander Frederick Douglas-Home)", "Home", (), "Home"),
    ],
)
def test_names_as_lists_print_them(printed: str, surname: str, forenames: tuple[str, ...], form: str) -> None:
    first, *others = parse_name(printed)
    assert (first.surname, first.forenames) == (surname, forenames)
    assert form in [whole for name in (first, *others) for whole in forms_of(name)]


def test_an_id_given_twice_the_first_stands(tmp_path: Path) -> None:
    def place(name: str) -> str:
        return f"<standOff><listPlace><place xml:id='x'><placeName>{name}</placeName></place></listPlace></standOff>"

    entries, codes = load(tmp_path, place("Congo"), place("Katanga"))
    assert (entries["x"].name, codes) == ("Congo", ["AU002"])


def test_entries_that_cannot_be_used_are_told_and_passed_over(tmp_path: Path) -> None:
    entries, codes = load(
        tmp_path,
        "<standOff><listPerson><person><persName>Ball</persName></person><person xml:id='x'/>"
        "<person xml:id='b'><persName>Bundy, McGeorge</persName></person></listPerson></standOff>",
    )
    assert (sorted(entries), codes) == (["b"], ["AU004", "AU004"])


RESERVED = ["d9", "d9a", "d9fn1", "d9s1", "d9a2", "d9source", "pg_5", "pg_5_2", "cite1", "telegram-412", "tei-edition",
            "classification", "class-secret"]
OTHERS = ["secret", "d-day", "dc9", "d9-x", "page", "cited", "telegram", "p_BGW1"]


@pytest.mark.parametrize("identifier", [*RESERVED, *OTHERS])
def test_ids_that_an_edition_makes_itself_are_told_and_passed_over(tmp_path: Path, identifier: str) -> None:
    entries, codes = load(
        tmp_path,
        f"<standOff><listPlace><place xml:id='{identifier}'><placeName>Congo</placeName></place>"
        "<place xml:id='katanga'><placeName>Katanga</placeName></place></listPlace></standOff>",
    )
    if identifier in RESERVED:
        assert (sorted(entries), codes) == (["katanga"], ["AU005"])
    else:
        assert (sorted(entries), codes) == (sorted([identifier, "katanga"]), [])


def test_what_the_header_and_the_text_make_is_reserved(tmp_path: Path) -> None:
    """Every id of an edition that no entry has is one that no entry may have."""
    telegram = Path(__file__).parents[1] / "sources" / "frus1961-63v20_d280.txt"
    known = load_authorities([telegram.parent / "authority" / "congo-1962.xml"])[0]
    root = parse(Converter(entries=known).convert(decode(telegram.read_bytes(), str(telegram))).edition.tei)
    made = {str(e.get(XML_ID)) for e in root.iter("*") if e.get(XML_ID) and e is not root} - set(known)
    assert {"tei-edition", "classification", "class-secret", "d280", "d280fn1", "pg_557"} <= made
    for identifier in made:
        place = f"<place xml:id='{identifier}'><placeName>Congo</placeName></place>"
        assert load(tmp_path, f"<standOff><listPlace>{place}</listPlace></standOff>") == ({}, ["AU005"]), identifier


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "AU001"),
        (b"\xef\xbb\xbf", "AU001"),
        (b'{"persons": []}', "AU001"),
        (b"The President resigned in the morning.", "AU001"),
        (b"Ball, Fran\xe7ois", "AU006"),
        (b"Ball, George\x07 W.", "AU006"),
        (b"<TEI><person></TEI>", "VA004"),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "VA002"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "persons.xml"
    path.write_bytes(data)
    with pytest.raises(UnusableInput) as caught:
        load_authorities([path])
    assert (caught.value.diagnostic.code, caught.value.exit_code) == (code, 3)


def test_a_file_without_entries_is_told(tmp_path: Path) -> None:
    assert load(tmp_path, "<text><body><p>Ball</p></body></text>") == ({}, ["AU003"])


def test_the_order_of_files_does_not_change_what_is_known(tmp_path: Path) -> None:
    a = "<standOff><listPlace><place xml:id='a'><placeName>Congo</placeName></place></listPlace></standOff>"
    b = "<standOff><listPlace><place xml:id='b'><placeName>Katanga</placeName></place></listPlace></standOff>"
    assert load(tmp_path, a, b)[0] == load(tmp_path, b, a)[0]
