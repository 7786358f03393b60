"""The settlements of GeoNames as `make gazetteer` cut them: one compressed text, parsed line by line when asked.

The file's parts, each parted from the next by an empty line: what it is and whose; time zones; countries (GeoNames'
number, time zone where it has one only, population); flags of curated wordings; places; wordings by first word.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tei_edition.gazetteer.wording import ABBREVIATION, Wording
from tei_edition.model import Place
from tei_edition.resources import data_path
from tei_edition.words import fold

FILE = "gazetteer.txt.gz"
PREFIX = "geonames-"
_KINDS = {"n": "name", "f": "former", "v": "variant", "a": ABBREVIATION}  # "a" counts as it is written: "Pará"


class CountryFacts(NamedTuple):
    """What GeoNames says of a country or a state: how many live there, and its time zone where it has only one."""

    population: int = 0
    timezone: str = ""


class Bundled:
    """Settlements by id and by the first word of their names."""

    def __init__(self, text: str) -> None:
        about, zones, countries, flags, places, wordings = text.rstrip("\n").split("\n\n")
        self.about = about
        self._zones = zones.split("\n")
        self.countries: Mapping[int, CountryFacts] = {
            int(number): CountryFacts(int(population), zone)
            for number, population, zone in (line.split("\t") for line in countries.split("\n"))
        }
        self.flags: Mapping[str, str] = dict(line.split("\t") for line in flags.split("\n"))
        self._places = places.split("\n")
        self._wordings = {line.partition("\t")[0]: line for line in wordings.split("\n")}
        self._by_number: dict[str, str] = {}

    @property
    def beginnings(self) -> frozenset[str]:
        """The folded words with which a wording begins."""
        return frozenset(self._wordings)

    def wordings(self, first: str) -> Sequence[Wording]:
        """Return the wordings that begin with a folded word."""
        line = self._wordings.get(first)
        return [self._wording(field) for field in line.split("\t")[1:]] if line else ()

    def _wording(self, field: str) -> Wording:
        """`Elisabethville|f|3` → the wording with the id of the place on that line; `|n|17,219`: its usual name."""
        written, flags, numbers = field.split("|")
        lines = [self._places[int(number)].split("\t", 2) for number in numbers.split(",")]
        ids = tuple(PREFIX + line[0] for line in lines)
        written = written or lines[0][1]
        return Wording(fold(written), written, ids, _KINDS[flags[0]], "c" in flags, "p" in flags)

    def place(self, identifier: str, country_id: Callable[[int], str]) -> Place:
        """Return the place with an id; `country_id` makes the id of a country out of GeoNames' number."""
        if not self._by_number:
            self._by_number = {line.partition("\t")[0]: line for line in self._places}
        if not identifier.startswith(PREFIX):
            raise KeyError(identifier)
        line = self._by_number[identifier.removeprefix(PREFIX)]
        number, name, country, region, latitude, longitude, population, zone, flags = line.split("\t")
        return Place(
            identifier,
            name,
            "settlement",
            country_id(int(country)),
            float(latitude),
            float(longitude),
            int(population),
            "c" in flags,
            "p" in flags,
            self._zones[int(zone)],
            int(number),
            region=country_id(int(region)) if region else "",
        )


def read_bundled() -> Bundled:
    """Read the file that travels with the program."""
    return Bundled(gzip.decompress(data_path(FILE).read_bytes()).decode("utf-8"))
