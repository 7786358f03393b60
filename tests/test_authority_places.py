"""A gazetteer of one's own: places of tables and TEI files with where they lie and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei_edition.authority import load_authorities
from tei_edition.authority.importing import import_authority
from tei_edition.model import Entry

TABLE = """place,type,country,latitude,longitude,GeoNames,from,to,variants
Elisabethville,settlement,Congo,-11.66,27.48,922704,,,Élisabethville
Katanga,former state,,,,,1960-07-11,January 1963,State of Katanga; Shaba
"""


def loaded(folder: Path, name: str, text: str) -> tuple[list[Entry], list[str]]:
    (folder / name).write_text(text, "utf-8")
    entries, findings = load_authorities([folder / name])
    return list(entries.values()), [f.code for f in findings]


def test_a_table_of_places_keeps_where_they_lie_and_when(tmp_path: Path) -> None:
    (town, state), codes = loaded(tmp_path, "places.csv", TABLE)
    assert not codes
    assert (town.kind, town.forms) == ("place", ("Elisabethville", "Élisabethville"))
    for part in (b'type="settlement"', b"<country>Congo<", b"<geo>-11.66 27.48<", b'<idno type="GeoNames">922704<'):
        assert part in town.tei
    assert (state.start, state.end) == ("1960", "1963")
    assert b'type="former-state"' in state.tei
    assert b'<placeName from="1960-07-11" to="1963-01">Katanga<' in state.tei


def test_what_is_imported_loads_again_as_the_same_places(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text(TABLE, "utf-8")
    imported = import_authority([tmp_path / "places.csv"])
    again, codes = loaded(tmp_path, "places.xml", imported.tei.decode("utf-8"))
    assert not codes
    assert again == list(imported.entries.values())


@pytest.mark.parametrize(
    ("written", "kept", "codes"),
    [
        ("-11.66,27.48", "-11.66 27.48", []),
        ("-11.66 27.48", "-11.66 27.48", []),
        ("-11.66; 27.48", "-11.66 27.48", []),
        ("11°40'S 27°29'E", "", ["AU020"]),
        ("100 20", "", ["AU020"]),
        ("-11.66", "", ["AU020"]),
        ("", "", []),
    ],
)
def test_coordinates_in_one_column(tmp_path: Path, written: str, kept: str, codes: list[str]) -> None:
    (town,), found = loaded(tmp_path, "places.csv", f'place,coordinates\nElisabethville,"{written}"\n')
    assert found == codes
    assert (f"<geo>{kept}</geo>" in town.tei.decode("utf-8")) is bool(kept)


def test_the_column_type_still_says_what_a_row_is(tmp_path: Path) -> None:
    entries, _ = loaded(tmp_path, "mixed.csv", 'name,type\n"Ball, George W.",person\nBrussels,place\n')
    assert [entry.kind for entry in entries] == ["person", "place"]


@pytest.mark.parametrize(
    ("attributes", "name", "years"),
    [
        ("", 'from="1960-07" to="1963"', ("1960", "1963")),
        ('from="1960" to="1971"', 'to="1964"', ("1960", "1971")),
        ('notBefore="1919"', "", ("1919", "")),
        ("", "", ("", "")),
    ],
)
def test_years_of_a_place_in_tei(tmp_path: Path, attributes: str, name: str, years: tuple[str, str]) -> None:
    place = f'<place xml:id="katanga" {attributes}><placeName {name}>Katanga</placeName></place>'
    tei = f'<standOff xmlns="http://www.tei-c.org/ns/1.0"><listPlace>{place}</listPlace></standOff>'
    (entry,), _ = loaded(tmp_path, "places.xml", tei)
    assert (entry.start, entry.end) == years


def test_a_table_of_places_need_not_say_that_they_are_places(tmp_path: Path) -> None:
    for header, row in (
        ("name,type,from,to", "Congo,country,1960,1971"),
        ("name,latitude,longitude", "Kitona,-5.9,12.4"),
        ("name,GeoNames", "Kitona,2314000"),
    ):
        table = tmp_path / "own.csv"
        table.write_text(f"{header}\n{row}\n", encoding="utf-8")
        (entry,) = load_authorities([table])[0].values()
        assert entry.kind == "place", header
