"""tei-edition.toml → Settings: what the text itself does not hold, checked once.

The file is looked for in the source's folder and upwards. Whatever it does not say the header does not say either.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.files import read_bytes
from tei_edition.vocabulary import PROFILES


@dataclass(frozen=True, slots=True)
class Settings:
    """What an edition says of itself. Every field may be empty."""

    title: str = ""  # the volume's title
    series: str = ""  # the series that it belongs to
    volume: str = ""  # the volume's identifier, such as frus1961-63v20
    editors: tuple[str, ...] = ()
    publisher: str = ""  # who publishes this digital edition
    place: str = ""  # where it is published
    published: str = ""  # the date of publication: YYYY, YYYY-MM or YYYY-MM-DD
    licence: str = ""  # the address of the licence
    licence_text: str = ""  # the licence in words
    base_url: str = ""  # what a document's id is put behind to make its address
    language: str = "en"  # a BCP 47 code
    date: str = ""  # the date of the run, for the header's change; never taken from the clock
    profile: str = "edition"  # edition or frus
    authority: tuple[str, ...] = ()  # authority files, relative to the settings file
    gazetteer: bool = True  # whether places are looked up in the gazetteer that travels with the program, too


_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_URL = re.compile(r"(https?://|urn:)\S+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_FORMS = {
    "published": (_DATE, "a date such as 2026-11-23"),
    "date": (_DATE, "a date such as 2026-11-23"),
    "licence": (_URL, "an address that begins with https://"),
    "base_url": (_URL, "an address that begins with https://"),
    "language": (_LANGUAGE, "a language code such as en"),
    "volume": (_NAME, "an identifier such as frus1961-63v20"),
}
KEYS = tuple(field.name for field in fields(Settings))
_LISTS = ("editors", "authority")
_SWITCHES = {"true": True, "false": False}  # as TOML writes them; with --set they come as words


def load_settings(path: Path) -> Settings:
    """Return the settings of a file. Raises WrongUsage (`ST001` no TOML, `ST002` unknown key, `ST003` wrong value)."""
    try:
        table = tomllib.loads(read_bytes(path).decode("utf-8"))
        table.pop("ignore", None)  # findings that `validate` is to leave out: read there
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+), column (\d+)", str(error))
        where = Location(str(path), int(line[1]), int(line[2])) if line else Location(str(path))
        raise WrongUsage(finding("ST001", f"no valid TOML: {str(error).split(' (at')[0]}", where)) from None
    settings = with_values(Settings(), table, str(path))
    return replace(settings, authority=tuple(str(path.parent / name) for name in settings.authority))


def with_values(settings: Settings, values: Mapping[str, object], path: str = "") -> Settings:
    """Return the settings with some values replaced, each checked. Raises WrongUsage (`ST002`, `ST003`)."""
    checked = {key: _checked(key, value, Location(path)) for key, value in values.items()}
    return replace(settings, **checked)  # type: ignore[arg-type]


def _checked(key: str, value: object, where: Location) -> object:
    if key not in KEYS:
        import difflib  # imported where used: with a mistake only

        near = difflib.get_close_matches(key, KEYS, 1)
        meant = f"; did you mean “{near[0]}”?" if near else ""
        raise WrongUsage(finding("ST002", f"unknown setting “{key}”{meant}", where))
    if key in _LISTS:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise WrongUsage(finding("ST003", f"“{key}” must be a list of texts", where))
        return tuple(value)
    if key == "gazetteer":
        return _switch(key, value, where)
    if isinstance(value, dt.date):
        value = value.isoformat()
    if isinstance(value, int) and key in ("date", "published") and not isinstance(value, bool):
        value = f"{value:04d}"
    if not isinstance(value, str):
        raise WrongUsage(finding("ST003", f"“{key}” must be a text", where))
    pattern, wanted = _FORMS.get(key, (None, ""))
    if value and pattern and not pattern.fullmatch(value):
        raise WrongUsage(finding("ST003", f"“{key}” must be {wanted}, not “{value}”", where))
    if key in ("date", "published") and value and not _exists(value):
        raise WrongUsage(finding("ST003", f"“{key}”: there is no day {value}", where))
    if key == "profile" and value not in PROFILES:
        raise WrongUsage(finding("ST003", f"“profile” must be {' or '.join(PROFILES)}, not “{value}”", where))
    return value


def _switch(key: str, value: object, where: Location) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise WrongUsage(finding("ST003", f"“{key}” must be true or false, not “{value}”", where))
    return _SWITCHES[str(value)]


def _exists(value: str) -> bool:
    try:
        dt.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True
