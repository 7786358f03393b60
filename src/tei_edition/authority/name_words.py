"""What a word is in a name: title, suffix, particle, initial, given name, family name that stands first.

The words stand in data files (`title-words.txt`, `given-names.txt`, `family-first-names.tsv`), by language and kind.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from tei_edition.resources import data_lines, data_path, data_rows

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?,?|(?:II|III|IV|2d|3d|2nd|3rd)\.?,?")
_INITIAL = re.compile(r"(?:[A-Z][a-z]?\.[-‑]?){1,4}|[A-Z]|[A-Za-z][a-z]{1,2}[A-Z]\.")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth")
_PARTICLES = re.compile("da|das|de|del|della|den|der|di|do|dos|du|d’|el|el-|al|al-|la|le|ter|van|von|zu")
# East Asian family names are one syllable, and so are most parts of the given name, joined by a hyphen or not.
_SYLLABLES = re.compile(r"[A-Z][\w’'ʻ]{0,6}(?:[-‑—][\w’'ʻ]{1,6})?")
_TWO_SYLLABLES = re.compile(r"[A-Z][\w’'ʻ]{0,5}[-‑—][A-Za-z][\w’'ʻ]{0,5}")

_KOREAN = re.compile(  # Sam, Young, Jung
    r"(?:ch|kh|ph|th|kk|tt|[bcdghjkmnprstwy])?[wy]?(?:yeo|ae|oo|ou|eo|eu|oe|ui|wa|[aeiou])(?:ng|ck|[bhklmnp])?",
    re.IGNORECASE,
)
_PINYIN = re.compile(r"(?:(?:[bpmfdtnlgkhjqxzcsrwy]|zh|ch|sh)?[aeiouü]+(?:ng|n|r)?){2}", re.IGNORECASE)  # Xiaoping


@functools.cache
def _words(name: str) -> frozenset[str]:
    """The words of a data file, its comments left out."""
    return frozenset(word for line in data_lines(name) for word in line.split())


@functools.cache
def _first_names() -> dict[str, frozenset[str]]:
    """The family names that stand first, by language."""
    return {language: frozenset(names.split()) for language, names in data_rows("family-first-names.tsv")}


@functools.cache
def _title_words() -> dict[str, frozenset[str]]:
    """The words of titles by the section of the file: Forms, Ranks, Services, Rulers, Nobility, Offices."""
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in data_path("title-words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            current = sections.setdefault(line.split()[1], set())
        else:
            current.update(word.rstrip(".") for word in line.split())
    return {section: frozenset(words) for section, words in sections.items()}


@functools.cache
def _titles() -> frozenset[str]:
    return frozenset().union(*_title_words().values())


def is_rank(word: str) -> bool:
    """Whether a word is a title that belongs to a name, and no office: "Gen.", "Lord", "USN", "Jr." is none."""
    return is_title(word) and word.strip("(),").rstrip(".") not in _title_words()["Offices"]


def is_title(word: str) -> bool:
    """Whether a word is a title, a rank, an honour or a service: "Gen.", "Sir", "USN", "(ret.)"."""
    bare = word.strip("(),").rstrip(".")
    return bare in _titles() or bool(_ORDINAL.fullmatch(bare))


def is_royal(title: str) -> bool:
    """Whether a title is that of a ruler or his house, who has no family name: "King", "Crown Prince of Iraq"."""
    return any(word.strip(",") in _title_words()["Rulers"] for word in title.split())


def is_title_phrase(part: str) -> bool:
    """Whether a part between commas is a title as a whole: "King of Morocco", "Third Earl of Avon", "USN (ret.)"."""
    words = part.split()
    if not words or not is_title(words[0]):
        return False
    if all(is_title(word) for word in words):
        return True
    of = next((at for at, word in enumerate(words) if word in ("of", "to", "for")), 0)
    return of > 0 and all(is_title(word) for word in words[:of])


def is_suffix(word: str) -> bool:
    """Whether a word tells generations apart: "Jr.", "III"."""
    return bool(_SUFFIX.fullmatch(word))


def is_particle(word: str) -> bool:
    """Whether a word belongs to the family name behind it: "de", "von", "al-"."""
    return bool(_PARTICLES.fullmatch(word.lower().replace("'", "’"))) and word not in (
        "Den",
        "Do",
        "Le",
        "La",
        "Di",
        "Du",
        "Da",
    )


def is_initial(word: str) -> bool:
    """Whether a word is one or more initials: "W.", "Ya.", "J.C."."""
    return bool(_INITIAL.fullmatch(word.strip(",")))


def is_given_name(word: str) -> bool:
    """Whether a word is a usual given name in one of the languages of the data file."""
    return word.strip(",") in _words("given-names.txt")


def is_eastern(word: str) -> bool:
    """Whether a given name is one of Asia or Africa, where it may be the name by which somebody is known.

    Prince Souvanna Phouma is Souvanna, Haile Selassie never Selassie.
    """
    return word in _eastern()


@functools.cache
def _eastern() -> frozenset[str]:
    """The given names of the last section of the data file."""
    text = data_path("given-names.txt").read_text(encoding="utf-8")
    return frozenset(text.rpartition("# South and East Asian")[2].partition("\n")[2].split())


def family_name_first(words: Sequence[str]) -> bool:
    """Whether a name is said with the family name first: "Mao Tse-tung", "Kim Il Sung", "Nguyen Van Thieu".

    It begins with such a family name, and all of it is syllables; of two words that could be a name of the West
    ("Ho Lee", "Park John") the second has a hyphen, or the first is a family name of Viet-Nam or China.
    """
    if not 1 < len(words) < 6 or is_given_name(words[0]):
        return False
    first, *rest = words
    if len(rest) == 1 and len(rest[0]) > 7 and _PINYIN.fullmatch(rest[0]):
        return first in _first_names()["Chinese"]
    if not all(_SYLLABLES.fullmatch(word) for word in rest) or any(is_initial(word) for word in rest[:-1]):
        return False
    if len(rest) == 1 and _TWO_SYLLABLES.fullmatch(rest[0]) and len(first) < 8 and len(rest[0]) < 13:
        return any(first in names for names in _first_names().values()) or rest[0].split("-")[-1].islower()
    if first in _first_names()["Korean"] and len(rest) == 2 and all(_KOREAN.fullmatch(word) for word in rest):
        return True
    if any(is_given_name(word) for word in rest):
        return first in _first_names()["Vietnamese"] and len(rest) > 1
    return any(first in names for names in _first_names().values())
