"""Whether the letters of a text are those of a list's term: "US" is no "us", but NIACT is Niact and Euratom EURATOM.

Capitals are what marks an abbreviation, so small letters never stand for them. Where a whole passage runs in capitals,
as telegrams do, they mark nothing: what is spelled like a common word is that word there.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Container

from tei_edition.resources import data_lines

EXACT = "written as the list has it"
_LETTERS = re.compile(r"[^\W\d_]")
_AROUND = 60  # characters on each side that tell whether a passage runs in capitals


@functools.cache
def words_like_terms() -> frozenset[str]:
    """Return the common words that abbreviations are spelled like; `data/words-like-terms.txt`."""
    return frozenset(data_lines("words-like-terms.txt"))


def case_evidence(written: str, listed: str, ordinary: Container[str], *, capitals: bool) -> str:
    """Say in which way the letters agree; empty: they do not.

    `ordinary` are the words that the document has in small letters; `capitals`: the passage runs in capitals.
    """
    like_a_word = written.lower() in words_like_terms()
    if written == listed or _plain(written) == _plain(listed):
        return "" if capitals and like_a_word and written.isupper() else EXACT
    letters = len(_LETTERS.findall(written))
    if like_a_word or letters < 3:
        return ""
    if written.isupper():
        return "the list’s word, in capitals"
    if written.islower():
        return "" if listed.isupper() or letters < 5 else "the list’s word, in small letters"
    if listed.isupper() and (letters < 4 or written.lower() in ordinary):
        return ""
    if listed.islower() and not (written[0].isupper() and written[1:].islower()):
        return ""
    return "the list’s word, with other capitals"


@functools.lru_cache(maxsize=10_000)
def _plain(words: str) -> str:
    """Words as they are compared letter by letter: blanks, dashes and apostrophes of one kind."""
    return re.sub(r"\s", " ", words).replace("’", "'").replace("–", "-").replace("‑", "-").replace("\u2010", "-")


def runs_in_capitals(text: str, start: int, end: int) -> bool:
    """Whether the words around a mention, itself left out, are in capitals."""
    around = text[max(0, start - _AROUND) : start] + text[end : end + _AROUND]
    letters = list(filter(str.isalpha, around))
    return len(letters) >= 10 and sum(map(str.isupper, letters)) > 0.8 * len(letters)
