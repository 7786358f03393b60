"""Which of the other names of a settlement in GeoNames a diplomat might have written.

GeoNames has "Elisabethville" and "Léopoldville", and with them airport codes, names in all scripts and languages, and
phrases ("Lungsod ng Baghdad").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from tei_edition.words import fold

_WRITTEN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀ-ž’'ʻ`.\- ]{2,29}")
# What stands before or behind a name in other languages where English has the name alone, and what heads say.
_PHRASE = re.compile(
    r"\b(?:City of|Ciudad|Cidade|Ville|Commune|Comune|Municip\w+|Lungsod|Gorod|Grad|Kota|Horad|Misto|Stadt|Shi|Sheng"
    r"|Shahr|Shaary|Kommune?|Oras|Orasul|Powiat|Lutherstadt|Villa de|District|Province|Town|Village|Cantonment)\b"
)
_SHORT = 4  # characters of the shortest name; shorter ones are codes, or words of some language


class Named(NamedTuple):
    """A name as it is written: `n` the usual one, `f` a former one, `v` another."""

    written: str
    kind: str


def other_names(
    city: Mapping[str, Any],
    known: set[str],
    taken: Collection[str],
    mains: Mapping[str, Mapping[str, Any]],
    *,
    seat: bool,
) -> Iterator[str]:
    """Yield further names, each once however it is accented; not what states and greater towns are called.

    `taken` are folded names of the curated table, `mains` the usual names of settlements, each with the greatest that
    has it: Jerusalem has been called Salem, but Salem is another place.
    """
    main = fold(city["name"])
    for name in sorted(city["alternatenames"], key=lambda name: (name.isascii(), name)):
        folded = fold(name)
        if folded in known or folded in taken or len(name) < _SHORT or not _WRITTEN.fullmatch(name):
            continue
        if name.isupper() or _PHRASE.search(name) or _no_other(folded, main):
            continue
        other = mains.get(folded)
        if other and not (seat and other["population"] * 20 < city["population"]):
            continue
        known.add(folded)
        yield name


def _no_other(folded: str, main: str) -> bool:
    """Whether a name is the usual one with words of another language around it ("Beijing Shi", not "Kuwait City"), or
    only a word of it.
    """
    if f" {folded} " in f" {main} ":
        return main != f"{folded} city"  # "Puerto" for El Puerto de Santa María, but "Kuwait" for Kuwait City
    return f" {main} " in f" {folded} " and not folded.endswith((" city", " d.c.", ", d.c."))
