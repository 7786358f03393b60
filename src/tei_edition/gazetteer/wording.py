"""One way to write the name of a place, or of several."""

from __future__ import annotations

from typing import NamedTuple

ABBREVIATION = "abbreviation"
KINDS = ("name", "former", "variant", ABBREVIATION)  # the strongest first


class Wording(NamedTuple):
    """A wording with the places that are called so (`ids`), those that are likelier meant first.

    `kind` is `name`, `former` (Léopoldville), `variant` (Viet Nam) or `abbreviation`, which counts only as it is
    written: "US" is a country, "us" and "Us" are not. `common`: it is an ordinary word of English, too (Nice, Reading,
    Split); `personal`: people are called so (Jordan, Washington).
    """

    folded: str
    written: str
    ids: tuple[str, ...]
    kind: str = "name"
    common: bool = False
    personal: bool = False
