"""Places of the gazetteer in the edition: once each in `standOff`, with what is known of them and whose data it is."""

from __future__ import annotations

from typing import Literal

from lxml import etree

from tei_edition.authority.entries import named_entry
from tei_edition.encoding import encode_document
from tei_edition.encoding.places import CREDIT
from tei_edition.model import Entry, Source, Span, Tagged
from tei_edition.reading import read_document
from tei_edition.settings import Settings
from tei_edition.tei import TEI, XML_ID, parse
from tei_edition.validation import validate_tree

TEXT = "The Soviet Union has no consul at Elisabethville. Elisabethville lies in Katanga."


def encoded(
    *linked: tuple[str, str], profile: str = "edition", entries: dict[str, Entry] | None = None
) -> etree._Element:
    document = read_document(Source(TEXT, "0" * 64))
    spans, at = [], 0
    for wording, ref in linked:
        at = TEXT.index(wording, at)
        spans.append(Span(at, at + len(wording), "place", "places", ref))
        at += len(wording)
    tei = encode_document(Tagged(document, tuple(spans)), Settings(profile=profile), entries or {}).tei
    root = parse(tei, "d.xml")
    schema: Literal["frus", "edition"] = "frus" if profile == "frus" else "edition"
    assert not [f for f in validate_tree(root, "d.xml", schema=schema) if f.severity == "error"]
    return root


def written(root: etree._Element, identifier: str) -> dict[str, str]:
    place = next(p for p in root.iter(f"{TEI}place") if p.get(XML_ID) == identifier)
    assert sum(p.get(XML_ID) == identifier for p in root.iter(f"{TEI}place")) == 1
    return {str(part.tag).removeprefix(TEI): "".join(part.itertext()).strip() for part in place}


def credited(root: etree._Element) -> bool:
    return any("".join(p.itertext()) == CREDIT for p in root.iter(f"{TEI}p"))


def test_a_town_stands_in_the_list_once_with_country_coordinates_and_number() -> None:
    root = encoded(("Elisabethville", "geonames-922704"), ("Elisabethville", "geonames-922704"))
    assert written(root, "geonames-922704") == {
        "placeName": "Lubumbashi",
        "country": "Democratic Republic of the Congo",
        "location": "-11.66 27.48",
        "idno": "922704",
    }
    refs = [name.get("ref") for name in root.iter(f"{TEI}placeName") if name.get("ref")]
    assert refs == ["#geonames-922704"] * 2
    assert credited(root)


def test_a_former_state_has_its_years_and_what_came_after() -> None:
    root = encoded(("Soviet Union", "soviet-union"))
    place = next(root.iter(f"{TEI}place"))
    name = place[0]
    assert (name.text, name.get("from"), name.get("to")) == ("Soviet Union", "1922", "1991")
    said = written(root, "soviet-union")["desc"]
    assert said.startswith("Before: Russian Empire. After: ")
    assert "Ukraine" in said
    assert not credited(root), "it is not GeoNames'"


def test_a_place_of_the_users_own_stands_in_its_stead() -> None:
    own = named_entry("katanga", "place", "Katanga", "the province")
    root = encoded(("Katanga", "katanga"), entries={"katanga": own})
    assert written(root, "katanga") == {"placeName": "Katanga", "note": "the province"}
    assert not credited(root)


def test_the_profile_frus_points_to_no_list() -> None:
    root = encoded(("Elisabethville", "geonames-922704"), profile="frus")
    assert not list(root.iter(f"{TEI}listPlace"))
    assert all("geonames" not in value for element in root.iter(etree.Element) for value in element.attrib.values())


def test_nothing_is_said_where_no_place_is_linked() -> None:
    root = encoded()
    assert not list(root.iter(f"{TEI}listPlace"))
    assert not credited(root)
