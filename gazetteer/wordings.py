"""Which of the other names of a settlement in GeoNames a diplomat might have written.

GeoNames has "Elisabethville" and "Léopoldville", and with them airport codes, names in all scripts and languages, and
phrases ("Lungsod ng Baghdad").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from tei_edition.words import fold

_WRITTEN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀ-ž’'ʻ`.\- ]{2,29}")
# What stands before or behind a name in other languages where English has the name alone, and what heads say.
_PHRASE = re.compile(
    r"\b(?:City of|Ciudad|Cidade|Ville|Commune|Comune|Municip\w+|Lungsod|Gorod|Grad|Kota|Horad|Misto|Stadt|Shi|Sheng"
    r"|Shahr|Shaary|Kommune?|Oras|Orasul|Powiat|Lutherstadt|Villa de|District|Province|Town|Village|Cantonment)\b"
)
# Words of Swedish, Afrikaans, Japanese, Korean and others behind a name: "Panama by", "Kuwait Stad", "Tottori shi".
_TAIL = re.compile(r" (?:by|stad|shi|si|gun|ken|xian|qu|vaard|linna|varos|miestas|sehri|city proper|kaupunki)$")
_LETTERS = re.compile(r"[^a-z]")
_SHORT = 6  # letters of the shortest name; shorter ones are codes, or words of some language ("Vien", "Paras", "Alia")
_METROPOLIS = 500_000  # inhabitants; of these, of capitals and posts, names that are quite others count, too
_CLOSE = 70  # percent of likeness of spellings of one name: Djogjakarta is Yogyakarta, not Kozlov Michurinsk


class Named(NamedTuple):
    """A name as it is written: `n` the usual one, `f` a former one, `v` another, `a` one that counts only so."""

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
    """Yield further names, each once however it is accented; not what states and greater towns are called, and of towns
    that are neither large nor capitals nor posts only other spellings of the usual name.

    `taken` are folded names of the curated table, `mains` the usual names of settlements, each with the greatest that
    has it: Jerusalem has been called Salem, but Salem is another place.
    """
    main = fold(city["name"])
    for name in sorted(city["alternatenames"], key=lambda name: (name.isascii(), name)):
        folded = fold(name)
        if folded in known or folded in taken or len(name) < _SHORT or not _WRITTEN.fullmatch(name):
            continue
        if name.isupper() or _PHRASE.search(name) or _TAIL.search(folded) or _no_other(folded, main):
            continue
        if not (seat or city["population"] >= _METROPOLIS or is_close(folded, main)):
            continue
        other = mains.get(folded)
        if other and not (seat and other["population"] * 20 < city["population"]):
            continue
        known.add(folded)
        yield name


def is_close(one: str, two: str) -> bool:
    """Whether two folded names are spellings of one: "chiengrai" and "chiang rai", "samneua" and "sam neua"."""
    return fuzz.ratio(_LETTERS.sub("", one), _LETTERS.sub("", two)) >= _CLOSE


def _no_other(folded: str, main: str) -> bool:
    """Whether a name is the usual one with words of another language around it ("Beijing Shi", not "Kuwait City"), or
    only a word of it.
    """
    if f" {folded} " in f" {main} ":
        return main != f"{folded} city"  # "Puerto" for El Puerto de Santa María, but "Kuwait" for Kuwait City
    return f" {main} " in f" {folded} " and not folded.endswith((" city", " d.c.", ", d.c."))
