"""The curated table of states, dependencies, regions and waters (`data/places.tsv`), written by hand.

What came after a state is not written but follows from what came before the others, so that both sides agree; what
holds the ground today follows from that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tei_edition.gazetteer.bundled import CountryFacts
from tei_edition.gazetteer.wording import ABBREVIATION, Wording
from tei_edition.model import Place
from tei_edition.resources import data_rows
from tei_edition.words import WORD, fold

_MARKS = {"<": "former", "=": ABBREVIATION}


class Curated:
    """The places of the table by id, and their wordings by their first words."""

    def __init__(self, places: Mapping[str, Place], wordings: Iterable[tuple[Wording, str]]) -> None:
        self.places = places
        self._by_first: dict[str, list[Wording]] = defaultdict(list)
        for wording, first in wordings:
            self._by_first[first].append(wording)
        self._countries = {place.geonames: place.id for place in places.values() if place.geonames}

    @property
    def beginnings(self) -> frozenset[str]:
        """The folded words with which a wording begins."""
        return frozenset(self._by_first)

    def wordings(self, first: str) -> Sequence[Wording]:
        """Return the wordings that begin with a folded word."""
        return self._by_first.get(first, ())

    def of_country(self, geonames: int) -> str:
        """Return the id of the country or state that has a number in GeoNames, "" where none has it."""
        return self._countries.get(geonames, "")


def read_curated(countries: Mapping[int, CountryFacts]) -> Curated:
    """Read the table; population and time zone of today's countries come from GeoNames."""
    rows = table_rows()
    after: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for earlier in several(row[5]):
            after[earlier].append(row[0])
    ends = {row[0]: years_of(row[4])[1] for row in rows}
    places = {row[0]: _place(row, after, ends, countries) for row in rows}
    return Curated(places, (made for row in rows for made in _wordings(row)))


def table_rows() -> list[list[str]]:
    """Return the rows of the table as lists of their cells."""
    return data_rows("places.tsv")


def several(cell: str) -> list[str]:
    """Return the parts of a cell that holds several: "italian-libya; cyrenaica"."""
    return [] if cell == "-" else cell.split("; ")


def years_of(cell: str) -> tuple[str, str]:
    """Return the first and the last year of a cell: "1922-1991", "1960-", "-1918", "-"."""
    start, _, end = cell.partition("-")
    return start, end


def _place(
    row: Sequence[str],
    after: Mapping[str, Sequence[str]],
    ends: Mapping[str, str],
    countries: Mapping[int, CountryFacts],
) -> Place:
    identifier, name, kind, country, years, before, geonames, coordinates, _ = row
    latitude, longitude = map(float, coordinates.split(",")) if coordinates != "-" else (None, None)
    number = int(geonames) if geonames != "-" else 0
    facts = countries.get(number, CountryFacts())
    start, end = years_of(years)
    # Korea as a whole goes on being written of, but two states of today hold the ground; GeoNames has no such country.
    return Place(
        identifier,
        name,
        kind,
        country.replace("-", "", 1) if country == "-" else country,
        latitude,
        longitude,
        facts.population,
        timezone=facts.timezone,
        geonames=number,
        start=start,
        end=end,
        before=tuple(several(before)),
        after=tuple(after.get(identifier, ())),
        modern=_modern(identifier, after, ends) if end or (kind == "country" and not number) else (),
    )


def _modern(identifier: str, after: Mapping[str, Sequence[str]], ends: Mapping[str, str]) -> tuple[str, ...]:
    """What lasts among all that came after, in the order of the table's chain: of the Soviet Union fifteen."""
    seen = {identifier}
    pending, modern = list(after.get(identifier, ())), []
    while pending:
        one = pending.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if ends[one]:
            pending += after.get(one, ())
        else:
            modern.append(one)
    return tuple(modern)


def _wordings(row: Sequence[str]) -> Iterable[tuple[Wording, str]]:
    """The heading and the other names of a row, each with its folded first word."""
    for number, name in enumerate([row[1], *several(row[8])]):
        kind = "name" if not number else _MARKS.get(name[0], "variant")
        written = name if number == 0 or kind == "variant" else name[1:]
        folded = fold(written)
        first = WORD.match(folded)
        if first:
            yield Wording(folded, written, (row[0],), kind), first.group()
