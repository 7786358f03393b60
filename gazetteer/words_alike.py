"""Which names of places are ordinary words of English, or names of people, too: Nice, Reading; Jordan, Lincoln."""

from __future__ import annotations

from pathlib import Path

from tei_edition.resources import data_path
from tei_edition.words import WORD, fold

_FREQUENT = 0.004  # percent of the people of the census who have a name
_RARE = 0.001  # enough where only small towns are called so: Eden, Cabot
_SHORTEST = 4  # letters; a town of fewer (Nov, San, Mao) is more often a part of another word or name


class WordsAlike:
    """Words and names of people, folded; lists that are read when the gazetteer is built and are not part of it."""

    def __init__(self, words: Path, names: Path) -> None:
        lines = words.read_text("utf-8").splitlines()
        self._words = {fold(word) for word in lines if word[:1].islower() and "'" not in word}
        self._names: set[str] = set()
        self._rare: set[str] = set()
        for file in ("dist.all.last", "dist.female.first", "dist.male.first"):
            for line in (names / file).read_text("utf-8").splitlines():
                name, share, *_ = line.split()
                if float(share) >= _RARE:
                    (self._names if float(share) >= _FREQUENT else self._rare).add(name.lower())
        for file in ("given-names.txt", "family-names.txt"):
            for line in data_path(file).read_text("utf-8").splitlines():
                if not line.startswith("#"):
                    self._names |= {fold(name) for name in line.split()}

    def flags(self, name: str, *, small: bool = False) -> str:
        """Return `c` for a word of English, `p` for a name of people, `cp` for both; names of several words are
        neither. Where only `small` towns are called so, short words and rare names of people count, too.
        """
        folded = fold(name)
        if not WORD.fullmatch(folded):
            return ""
        common = folded in self._words or (small and len(folded) < _SHORTEST)
        return "c" * common + "p" * (folded in self._names or (small and folded in self._rare))
