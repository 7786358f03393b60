"""Words for comparison: what a name and its mention are reduced to before they are held against each other.

Case and diacritics do not count, a no-break blank or a line end is a blank, and each character keeps its place.
"""

from __future__ import annotations

import unicodedata

from tei_edition.late_patterns import late

WORD = late(r"[^\W_]+(?:[’'](?!s\b)[^\W\d_]+)*")


class _Fold(dict[int, str]):
    """Character → its folded form, one character long, made when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isspace():
            folded = " "
        else:
            base = unicodedata.normalize("NFKD", character)[0].lower()
            folded = base if len(base) == 1 else character
            folded = "'" if folded in "’‘ʼ" else "-" if folded in "‐‑–" else folded
        self[code] = folded
        return folded


_FOLD = _Fold()
_ODD = late("[^ -~]")
_MANY = 40  # of different ones; from there on each character is looked up


def fold(text: str) -> str:
    """Return a text for comparison, character for character: the same length, offsets stay valid."""
    odd = set(_ODD.findall(text))
    if len(odd) > _MANY:
        return text.translate(_FOLD)
    # In English few characters are others than plain ones, and each of them is replaced at one go.
    for character in odd:
        text = text.replace(character, _FOLD[ord(character)])
    return text.lower()
