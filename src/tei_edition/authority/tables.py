"""Authority files as tables: CSV or TSV with a header row (`id, name, office, from, to, VIAF …`).

One row is one entry; rows with one id, or with one name and no id, are one person with several offices.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tei_edition.authority.entries import WherePlaced
from tei_edition.authority.identifiers import ncname
from tei_edition.authority.listed import Listed
from tei_edition.authority.names import parse_name
from tei_edition.authority.offices import parse_date, parse_offices
from tei_edition.diagnostics import LINE_END, Diagnostic, Location, finding
from tei_edition.model import Office, PersonName

if TYPE_CHECKING:
    from _csv import Reader as CSVReader

# What a column may be called, and what it holds.
COLUMNS = {
    "id": ("id", "xml:id", "xmlid", "identifier", "key"),
    "name": ("name", "person", "place", "organisation", "organization", "term", "abbreviation", "label", "wording"),
    "surname": ("surname", "lastname", "last name", "family name", "familyname"),
    "forenames": ("forename", "forenames", "firstname", "first name", "given name", "given names", "givenname"),
    "suffix": ("suffix", "genname"),
    "title": ("title", "titles", "rank", "honorific", "rolename"),
    "description": ("description", "note", "notes", "expansion", "meaning", "remarks", "role"),
    "office": ("office", "offices", "occupation", "position"),
    "from": ("from", "start", "since", "notbefore"),
    "to": ("to", "end", "until", "notafter"),
    "kind": ("kind", "category"),
    "type": ("type", "place type", "feature"),
    "country": ("country", "state"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "long", "lon", "lng"),
    "coordinates": ("coordinates", "geo", "location"),
    "variants": ("variants", "variant", "other names", "aliases", "alias", "alternative names", "also"),
}
IDNOS = {"viaf": "VIAF", "wikidata": "Wikidata", "gnd": "GND", "lc": "LC", "lccn": "LC", "loc": "LC",
         "geonames": "GeoNames", "isni": "ISNI", "orcid": "ORCID"}  # fmt: skip
_KINDS = {"person": "person", "persons": "person", "people": "person", "place": "place", "places": "place",
          "organisation": "organisation", "organization": "organisation", "org": "organisation",
          "term": "term", "terms": "term", "abbreviation": "term"}  # fmt: skip
_HEADED = {"place": "place", "organisation": "organisation", "organization": "organisation", "term": "term",
           "abbreviation": "term", "person": "person"}  # fmt: skip
# What only a gazetteer has, of columns and of sorts: a table of places need not say that they are places.
_OF_PLACES = frozenset({"latitude", "longitude", "coordinates", "GeoNames"})
_OF_PERSONS = frozenset({"surname", "forenames", "office"})
_SORTS = frozenset(
    [
        *("settlement", "city", "town", "village", "country", "dependency", "former-state", "first-level", "region"),
        *("water", "river", "sea", "feature", "mountain", "island"),
    ]
)
_COORDINATES = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)(?:\s*[,;]\s*|\s+)([+-]?\d{1,3}(?:\.\d+)?)")
_DELIMITERS = "\t;,|"
_HEADER = 4096  # characters that the line of a header has at most


def delimiter_of(text: str) -> str:
    """Return what parts the columns, where the first line is a header row; the empty string where it is none."""
    first = next((line for line in re.split(LINE_END, text) if line.strip()), "")
    if len(first) > _HEADER:
        return ""
    for delimiter in _DELIMITERS:
        names = [_column(field) for field in next(csv.reader([first], delimiter=delimiter), [])]
        known = {name for name in names if name}
        if {"name", "surname"} & known and (len(names) == 1 or len(known) > 1 or first == first.lower()):
            return delimiter
    return ""


def _column(field: str) -> str:
    folded = " ".join(field.replace("_", " ").split()).lower()
    return IDNOS.get(folded, "") or next((name for name, words in COLUMNS.items() if folded in words), "")


def read_table(text: str, path: str, kind: str = "") -> tuple[list[Listed], list[Diagnostic]]:
    """Return the entries of a table, and findings for columns, rows and dates that cannot be used."""
    findings: list[Diagnostic] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    header = next((row for row in reader if any(row)), [])
    columns = [_column(field) for field in header]
    for number, (field, column) in enumerate(zip(header, columns, strict=True)):
        if column and column not in columns[:number]:
            continue
        why = "stands for the same as one before" if column else "is none that is known"
        columns[number] = ""
        message = f"the column “{field.strip()}” {why}; it is passed over"
        findings.append(finding("AU008", message, Location(path, reader.line_num, 1)))
    located = _OF_PLACES.intersection(columns) and not _OF_PERSONS.intersection(columns)
    usual = "place" if located else "person"
    headed = next((_HEADED[f.strip().lower()] for f in header if f.strip().lower() in _HEADED), usual)
    rows: list[Listed] = []
    for at, row in _rows(reader, path, findings):
        if not any(field.strip() for field in row):
            continue
        if len(row) != len(columns):
            message = f"this row has {len(row)} fields, the header {len(columns)}; it is passed over"
            findings.append(finding("AU009", message, Location(path, at, 1)))
            continue
        values = {column: field.strip() for column, field in zip(columns, row, strict=True) if column}
        one = _row(values, kind or headed, Location(path, at, 1), findings)
        if one:
            rows.append(one)
    return list(_joined(rows)), findings


def _rows(reader: CSVReader, path: str, findings: list[Diagnostic]) -> Iterator[tuple[int, list[str]]]:
    """The rows with the lines that they begin on, as far as they can be read."""
    while True:
        at = reader.line_num + 1
        try:
            yield at, next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a quote that is never closed takes the rest of the file for one field
            message = f"the row that begins here cannot be read ({error}); it and what follows are passed over"
            findings.append(finding("AU009", message, Location(path, at, 1)))
            return


def _row(values: Mapping[str, str], kind: str, place: Location, findings: list[Diagnostic]) -> Listed | None:
    said = values.get("kind", "").lower(), values.get("type", "").lower()
    kind = next((_KINDS[words] for words in said if words in _KINDS), "place" if said[1] in _SORTS else kind)
    name, names = values.get("name", ""), _names(values)
    if names and not name:
        given = " ".join([*names[0].titles, *names[0].forenames])
        name = ", ".join(part for part in (names[0].surname, given, names[0].suffix) if part)
    elif names and parse_name(name)[:1] and parse_name(name)[0].surname == names[0].surname:
        names = ()  # the name as a whole says more: in which order it is said, and other names
    if not name:
        findings.append(finding("AU004", "this row has no name, and is passed over", place))
        return None
    dates = [_date(values.get(column, ""), place, findings) for column in ("from", "to")]
    office = values.get("office", "")
    if not office and any(dates):
        office = values.get("description", "")
    return Listed(
        kind,
        name,
        values.get("description", ""),
        place.line or 0,
        values.get("id", ""),
        tuple(v for v in re.split(r"\s*[;|]\s*", values.get("variants", "")) if v),
        tuple((column, values[column]) for column in sorted(set(IDNOS.values())) if values.get(column)),
        names if kind == "person" else (),
        _offices(office, dates) if kind == "person" else (),
        _placed(values, dates, place, findings) if kind == "place" else WherePlaced(),
    )


def _placed(
    values: Mapping[str, str], dates: Sequence[str], place: Location, findings: list[Diagnostic]
) -> WherePlaced:
    """Where a place lies: its country, and its coordinates in one column ("-11.66, 27.48") or in two."""
    words = values.get("coordinates", "")
    if not words and (values.get("latitude") or values.get("longitude")):
        words = f"{values.get('latitude', '')} {values.get('longitude', '')}".strip()
    coordinates = _COORDINATES.fullmatch(words)
    held = [float(number) for number in coordinates.groups()] if coordinates else []
    if words and not (held and abs(held[0]) <= 90 and abs(held[1]) <= 180):
        message = f"“{words}” are no coordinates; they are left out"
        findings.append(finding("AU020", message, place))
        coordinates = None
    sort = values.get("type", "").lower()
    return WherePlaced(
        "" if sort in _KINDS else ncname("-".join(sort.split())),
        values.get("country", ""),
        " ".join(coordinates.groups()) if coordinates else "",
        *dates,
    )


def _names(values: Mapping[str, str]) -> tuple[PersonName, ...]:
    if not values.get("surname"):
        return ()
    titles = (values["title"],) if values.get("title") else ()
    forenames = tuple(values.get("forenames", "").split())
    return (PersonName(values["surname"], forenames, values.get("suffix", ""), titles),)


def _offices(office: str, dates: Sequence[str]) -> tuple[Office, ...]:
    """The office with the dates of their columns, or with those in its own wording: "Consul until 1961"."""
    if not any(dates):
        return parse_offices(office)
    return (Office(office, *dates),) if office else ()


def _date(words: str, place: Location, findings: list[Diagnostic]) -> str:
    value = parse_date(words)
    if words and not value:
        message = f"“{words}” is no date; it is left out"
        findings.append(finding("AU010", message, place))
    return value


def _joined(rows: Sequence[Listed]) -> Iterator[Listed]:
    """Join the rows about one person: those with one id, or without an id and with one name."""
    first: dict[tuple[str, str, str], Listed] = {}
    for row in rows:
        key = (row.kind, row.id, "" if row.id else row.name)
        known = first.get(key)
        two = known and any(n[0] == m[0] and n != m for n in known.idnos for m in row.idnos)  # two numbers in VIAF
        if known is None or known.name != row.name or two or not (known.offices and row.offices):
            first[(*key[:2], key[2] if known is None else f"{key[2]}\n{row.line}")] = row
            continue
        first[key] = known._replace(
            offices=(*known.offices, *row.offices),
            description="; ".join(dict.fromkeys(d for d in (known.description, row.description) if d)),
            variants=tuple(dict.fromkeys([*known.variants, *row.variants])),
            idnos=tuple(dict.fromkeys([*known.idnos, *row.idnos])),
        )
    yield from first.values()
