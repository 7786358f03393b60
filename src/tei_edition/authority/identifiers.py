"""Ids for entries, made of their names: letters and digits of any script, without the marks on them."""

from __future__ import annotations

import re
import unicodedata

_NOT_IN_IDS = re.compile(r"[^\w.-]+")
_NCNAME = re.compile(r"[^\W\d][\w.-]*")
_APART = {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L"}
_APART |= {"đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i"}


def identifier_of(words: str, *, keep_case: bool = False) -> str:
    """Return words as a part of an id: "García Robles, Alfonso" → `garcia-robles-alfonso`."""
    plain = words.replace("&", " and ")
    if not words.isascii():
        apart = "".join(_APART.get(c, c) for c in plain.replace("\u00ad", ""))
        plain = "".join(c for c in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(c))
    plain = re.sub(r"[’'ʻ‘“”\"().]", "", plain)
    name = re.sub(r"-{2,}", "-", _NOT_IN_IDS.sub("-", plain)).strip("-._")
    return name if keep_case else name.lower()


def ncname(words: str) -> str:
    """Return an id as XML allows it: as it is where it may stand, else with hyphens for what may not; "" where
    nothing is left.
    """
    if _NCNAME.fullmatch(words):
        return words
    name = _NOT_IN_IDS.sub("-", words).strip("-.")
    return name if _NCNAME.fullmatch(name) else f"x-{name}" if name else ""
