"""Places of the gazetteer that travels with the program, as entries of `standOff/listPlace`; and whose data they are.

"Elisabethville" in the text points to `place[@xml:id='geonames-922704']`: Lubumbashi, with country, coordinates and
number in GeoNames. A state that is no more has its years, and what held its ground before it and after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from tei_edition.encoding.elements import add, element
from tei_edition.gazetteer import gazetteer
from tei_edition.model import Entry, Place, Span
from tei_edition.tei import TEI

CREDIT = "Places are identified with GeoNames (https://www.geonames.org), CC BY 4.0."


def gazetteer_places(spans: Iterable[Span], entries: Mapping[str, Entry]) -> dict[str, Place]:
    """Return the places of the gazetteer that spans point to, by id; an entry of the user's with the id wins."""
    linked = {span.ref for span in spans if span.kind == "place" and span.ref and span.ref not in entries}
    if not linked:
        return {}
    known = gazetteer()
    return {ref: place for ref in sorted(linked) if (place := known.get(ref))}


def credit_geonames(header: etree._Element, places: Iterable[Place]) -> None:
    """Say in the header whose data the places are, where GeoNames has one of them."""
    if any(place.geonames for place in places):
        for interpretation in header.iter(f"{TEI}interpretation"):
            add(interpretation, "p", CREDIT)


def write_place(place: Place) -> etree._Element:
    """Return a place of the gazetteer as an element `place`."""
    known = gazetteer()
    made = element("place", xml_id=place.id, type=place.kind)
    add(made, "placeName", place.name, from_=place.start, to=place.end)
    if place.region:
        add(made, "region", known.place(place.region).name)
    if place.country:
        add(made, "country", known.place(place.country).name)
    if place.latitude is not None and place.longitude is not None:
        add(add(made, "location"), "geo", f"{place.latitude:g} {place.longitude:g}")
    if place.end:
        succession = _succession(place)
        if succession:
            add(made, "desc", succession)
    if place.geonames:
        add(made, "idno", str(place.geonames), type="GeoNames")
    return made


def _succession(place: Place) -> str:
    """What held the ground of a former state: "Before: Congo Free State. After: Congo (Léopoldville). Today: …"."""
    known = gazetteer()
    today = () if set(place.modern) == set(place.after) else place.modern
    return " ".join(
        f"{when}: {', '.join(known.place(identifier).name for identifier in ids)}."
        for when, ids in (("Before", place.before), ("After", place.after), ("Today", today))
        if ids
    )
