"""Which names of places are ordinary words of English, or names of people, too: Nice, Reading; Jordan, Lincoln.

`not-names.txt` beside this script has what no list of words or of census names tells: peoples (Thai, Shan), statesmen
whose names towns had (Ho Chi Minh), weapons and gods (Jupiter, Vulcan).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from tei_edition.resources import data_path
from tei_edition.words import WORD, fold

_FREQUENT = 0.004  # percent of the people of the census who have a name
_RARE = 0.001  # enough where only smaller towns are called so (the 10,000th family name): Eden, Cabot
_SHORTEST = 4  # letters; a town of fewer (Nov, San, Mao) is more often a part of another word or name
NOT_NAMES = Path(__file__).parent / "not-names.txt"


def not_names() -> Mapping[str, set[str]]:
    """Return the folded words of `not-names.txt` by class: people, person, thing, word."""
    classes: dict[str, set[str]] = defaultdict(set)
    for line in NOT_NAMES.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, _, words = line.partition(": ")
        classes[name] |= {fold(word.replace("_", " ")) for word in words.split()}
    return classes


class WordsAlike:
    """Words and names of people, folded; lists that are read when the gazetteer is built and are not part of it."""

    def __init__(self, words: Path, names: Path) -> None:
        lines = words.read_text("utf-8").splitlines()
        self._words = {fold(word) for word in lines if word[:1].islower() and "'" not in word}
        telegraphic = data_path("telegraphic-words.tsv").read_text("utf-8").splitlines()
        self._words |= {fold(line.split("\t")[0]) for line in telegraphic if not line.startswith("#")}
        classes = not_names()
        self._people = classes["person"]
        self._never = classes["people"] | classes["word"]
        self._things = self._never | classes["thing"]
        self._names: set[str] = set()
        self._rare: set[str] = set()
        for file in ("dist.all.last", "dist.female.first", "dist.male.first"):
            for line in (names / file).read_text("utf-8").splitlines():
                name, share, *_ = line.split()
                if float(share) >= _FREQUENT:
                    self._names.add(name.lower())
                elif float(share) >= _RARE and file == "dist.all.last":
                    self._rare.add(name.lower())
        for file in ("given-names.txt", "family-names.txt"):
            for line in data_path(file).read_text("utf-8").splitlines():
                if not line.startswith("#"):
                    self._names |= {fold(name) for name in line.split()}

    def flags(self, name: str, *, small: bool = False) -> str:
        """Return `c` for a word of English, `p` for a name of people, `cp` for both; names of several words are
        neither. Where only `small` towns are called so, short words, rare names of people, and what `not-names.txt` has
        count, too: "Vulcan" is hardly ever the town in Romania.
        """
        folded = fold(name)
        common = small and folded in self._things
        personal = folded in self._people
        if WORD.fullmatch(folded):
            common |= folded in self._words or (small and len(folded) < _SHORTEST)
            personal |= folded in self._names or (small and folded in self._rare)
        return "c" * common + "p" * personal

    def is_never(self, name: str) -> bool:
        """Whether not even the usual name of a small town is wanted: Thai, Para."""
        return fold(name) in self._never

    def is_no_name(self, name: str) -> bool:
        """Whether another name of a town, which texts use rarely, had better be left out: "Thai" for Alor Setar,
        "Ho Chi Minh" for the city, "White House" for Casablanca.
        """
        folded = fold(name)
        words = folded.split()
        several = len(words) > 1 and all(word in self._words for word in words)
        return several or folded in self._things or folded in self._people or bool(self.flags(name))
