"""Names as lists of persons print them, in their parts: "Ball, George W.", "Hassan II", "Mao Tse-tung (Mao Zedong)".

What stands before the first comma is the family name; behind it stand given names, titles and a suffix in any order
("Taylor, General Maxwell D.", "Byrd, Harry F., Jr."). Without a comma the name is one of a ruler, of East Asia, or of
somebody known under it as a whole. What stands in brackets or quotes is another name of the same person
(`authority/other_names.py`).
"""

from __future__ import annotations

import functools
import re

from tei_edition.authority.name_words import (
    family_name_first,
    is_eastern,
    is_given_name,
    is_initial,
    is_particle,
    is_royal,
    is_suffix,
    is_title,
    is_title_phrase,
)
from tei_edition.authority.other_names import Other, take_out
from tei_edition.model import PersonName

__all__ = ["forms_of", "parse_name"]

_NUMERAL = re.compile(r"[IVX]+|1er|\d+(?:st|nd|rd|th)?")
_KIN = re.compile(r" (?:ibn|bin|ben|bint|abd|Abd|al|Al|of|na|y|e) | (?:al|el|ul|ed|as|ar)-| d[’']")
_HYPHENATED = re.compile(r"[A-Z][a-z’'ʻ]*[-‑—][A-Za-z][\w’'ʻ]*")  # Tse-tung, En-Lai
_GIVEN_TOO = frozenset(("Earl", "Duke", "Judge", "Major", "Marshal", "Prince"))
_LONGEST = 1000  # characters of a name; what is longer is none
_WIVES = ("Mrs", "Madame", "Mme")
_OPTIONAL = re.compile(r"(?<=\w)\((\w{1,2})\)")


@functools.lru_cache(maxsize=1 << 16)  # a list asks for each of its names several times
def parse_name(printed: str) -> tuple[PersonName, ...]:
    """Return all names that a list prints for one person, the one that it is listed under first.

    "Meir, Golda (née Mabovitch)" is Golda Meir and Golda Mabovitch; "Kosygin, Aleksei N. (Alexei)" Aleksei N. Kosygin
    and Alexei Kosygin. A title that stands alone behind the comma is kept with the name: "Home, Lord".
    """
    printed = _small(" ".join(printed.replace("\u00ad", "").split()).strip(" ,;:"))
    if len(printed) > _LONGEST:
        return (PersonName(printed, order="single"),)
    spellings = dict.fromkeys([_OPTIONAL.sub("", printed), _OPTIONAL.sub(r"\1", printed)])
    names: dict[PersonName, None] = {}
    for spelling in spellings:
        plain, others = take_out(spelling)
        first = _burmese(plain) or _main(plain or " ".join(other.words for other in others))
        if not first.surname:
            continue
        if "," not in plain and first.order == "given-first" and first.forenames and is_eastern(first.forenames[0]):
            names[PersonName(" ".join([*first.forenames, first.surname]), order="single", titles=first.titles)] = None
        if others and first.forenames and [t.rstrip(".") for t in first.titles[:1]] in ([w] for w in _WIVES):
            names |= dict.fromkeys(_of_a_wife(first, others[0].words))
            continue
        names[first] = None
        if first.order == "family-first" and plain.startswith(f"{first.surname},"):
            names[first._replace(order="given-first")] = None  # "Paik, Sun-yup" is Paik Sun-yup and Sun-yup Paik
        if first.titles == ("U",):
            names[PersonName(f"U {first.surname}", order="single")] = None
        for other in others:
            names |= dict.fromkeys(_other(first, other))
    return tuple(names)


def _of_a_wife(listed: PersonName, own: str) -> tuple[PersonName, ...]:
    """ "Roosevelt, Mrs. Franklin D. (Eleanor)": Eleanor; Mrs. Franklin D. Roosevelt as a whole, not her husband."""
    whole = _single(" ".join([*listed.titles, *listed.forenames, listed.surname]))
    given = own.split()
    if not _all_given(given):
        return listed, *_other(listed, Other(own, "bracket", False))
    return listed._replace(forenames=tuple(given), titles=()), whole


def _small(printed: str) -> str:
    """ "NGO DINH DIEM" is Ngo Dinh Diem: a name of several words that is printed in capitals; numerals stay."""
    head, comma, rest = printed.partition(",")
    words = head.split()
    if len(words) < 2 or not head.isupper() or any("." in word for word in words):
        return printed
    small = [word if _NUMERAL.fullmatch(word) or is_suffix(word) else word.capitalize() for word in words]
    return " ".join(small) + comma + rest


def forms_of(name: PersonName) -> tuple[str, ...]:
    """Return the whole name as it is said: "George W. Ball"; with a suffix also "Harry F. Byrd, Jr."."""
    if name.order == "family-first":
        return (" ".join([name.surname, *name.forenames]),)
    whole = " ".join([*name.forenames, name.surname])
    return (whole, f"{whole}, {name.suffix}") if name.suffix else (whole,)


def _burmese(plain: str) -> PersonName | None:
    """ "U Thant" and "Thant, U": Burmese names have no family name, and U is a form of address."""
    found = re.fullmatch(r"U (?P<name>[A-Z][a-z]+(?: [A-Z][a-z]+)*)|(?P<listed>[A-Z][a-z ]+), U", plain)
    return PersonName(found["name"] or found["listed"], (), "", ("U",), "single") if found else None


def _main(plain: str) -> PersonName:
    head, *behind = [part.strip() for part in plain.split(",")]
    titles: list[str] = []
    suffix, forenames = "", list[str]()
    for part in filter(None, behind):
        if is_title_phrase(part) and (" " in head or not (len(behind) == 1 and part in _GIVEN_TOO)):
            titles.append(part)
            continue
        rank, words, own = _sorted_out(part.split())
        if forenames and words and not all(is_initial(word) for word in words):
            continue  # "McGhee, George C., Counselor": the description begins here
        titles += rank
        forenames += words
        suffix = suffix or own
    if not forenames:
        return _without_comma(head, tuple(titles), suffix, listed=bool(behind))
    words = head.split()
    if len(words) > 1 and is_suffix(words[-1]) and not suffix:
        suffix = words.pop().strip(",")  # "Byrd Jr., Harry F."
    while forenames and is_particle(forenames[-1]) and len(forenames) > 1:
        words.insert(0, forenames.pop())  # "Gaulle, Charles de"
    surname = " ".join(words).replace("- ", "-")
    syllables = len(forenames) > 1 or _HYPHENATED.fullmatch(forenames[0])  # "Paik, Sun-yup", but "Rhee, Syngman"
    order = "family-first" if syllables and family_name_first([surname, *forenames]) else "given-first"
    return PersonName(surname, tuple(forenames), suffix, tuple(titles), order)


def _sorted_out(words: list[str]) -> tuple[list[str], list[str], str]:
    """Titles, given names and the suffix among the words of one part: "General Maxwell D.", "Jr.", "Prince Saif".

    A title is one where a name follows or nothing else is there: "King, Ernest" but "Prince Norodom".
    """
    titles: list[str] = []
    names: list[str] = []
    suffix = ""
    for word in words:
        if is_suffix(word):
            suffix = suffix or word.strip(",")
        elif is_title(word) and (not names or (word not in _GIVEN_TOO and is_title(words[-1]))):
            titles.append(word)
        else:
            names.append(word)
    if not names and len(titles) == 1 and titles[0] in _GIVEN_TOO:
        return [], titles, suffix  # "Warren, Earl": no title, his name
    if names and is_initial(names[0]) and titles and titles[-1] in _GIVEN_TOO:
        names.insert(0, titles.pop())  # "Long, Earl K."
    return [" ".join(titles)] if titles else [], names, suffix


def _without_comma(head: str, titles: tuple[str, ...], suffix: str, *, listed: bool) -> PersonName:
    """A name without given names behind a comma. `listed`: a title stands there."""
    words = head.split()
    if not words:
        return PersonName("")
    rank: list[str] = []
    while len(words) > 1 and is_title(words[0]) and not (is_given_name(words[0]) or words[1] in ("bin", "ibn", "ben")):
        rank.append(words.pop(0))  # "Ambassador Gullion"; "General Le Quang Vinh"
    titles = (*([" ".join(rank)] if rank else []), *titles)
    if len(words) > 1 and is_suffix(words[-1]) and not _NUMERAL.fullmatch(words[-1]):
        suffix = words.pop().strip(",")
    whole = " ".join(words)
    if family_name_first(words):
        return PersonName(words[0], tuple(words[1:]), suffix, titles, "family-first")
    if is_particle(words[0]) or (len(words) == 1 and titles and not any(map(is_royal, titles))):
        return PersonName(whole, (), suffix, titles)
    if len(words) == 1 or _NUMERAL.fullmatch(words[-1]) or (listed and not is_initial(words[-1])):
        return PersonName(whole, (), suffix, titles, "single")
    if is_initial(words[-1]):
        return PersonName(words[0], tuple(words[1:]), suffix, titles)  # "Bolshakov Georgi N.": the comma is missing
    return _said_in_order(words, suffix, titles)


def _said_in_order(words: list[str], suffix: str, titles: tuple[str, ...]) -> PersonName:
    """ "Charles de Gaulle" and "G. Mennen Williams" have given names before; "Souvanna Phouma" is one name."""
    whole = " ".join(words)
    western = is_given_name(words[0]) or is_initial(words[0])
    at = len(words) - 1
    while at > 1 and is_particle(words[at - 1]):
        at -= 1
    if western and not _KIN.search(" ".join([*words[:at], ""])):
        return PersonName(" ".join(words[at:]), tuple(words[:at]), suffix, titles)
    return PersonName(whole, (), suffix, titles, "single")


def _other(first: PersonName, other: Other) -> tuple[PersonName, ...]:
    """The names that a bracket, a quotation or a word like "formerly" adds to the name that it stands with."""
    words = other.words
    if "," in words:
        return tuple(name for name in (_main(words),) if name.surname)
    tokens = words.split()
    at_surname = other.kind == "bracket" and other.behind_surname
    if first.order != "family-first" and (at_surname or (other.kind == "surname" and len(tokens) == 1)):
        return (first._replace(surname=words),)
    if other.kind == "nickname" or (len(tokens) == 1 and _is_given(first, words)):
        return (_called(first, words),)
    if tokens[0].rstrip(".") in _WIVES and all(is_given_name(t) or is_initial(t) for t in tokens[1:]):
        return (_single(" ".join([*tokens, first.surname, *filter(None, [first.suffix])])),)
    if len(tokens) == 1:
        return (PersonName(words, first.forenames, "", ()),) if first.order == "given-first" else (_single(words),)
    bare = [token for token in tokens if not is_title(token)]
    if bare and (bare[-1] == first.surname or bare[-1].endswith(f"-{first.surname}")):
        return (PersonName(bare[-1], tuple(bare[:-1])),)
    given = bare[-1:] == list(first.forenames[-1:]) or (not first.forenames and _all_given(bare))
    given = given or all(is_given_name(word) or is_initial(word) for word in bare)  # "Howe, Sir (Richard) Geoffrey"
    if first.order == "given-first" and given:
        return (first._replace(forenames=tuple(bare)),)  # "Home, Lord (Alexander Frederick)"
    if bare and bare[0] == first.surname:
        return (PersonName(bare[0], tuple(bare[1:]), order="family-first"),)
    name = _main(words)
    return (name._replace(order="given-first"),) if len(bare) == 1 else (name,)


def _called(first: PersonName, nickname: str) -> PersonName:
    """ "Robert S. (Bob)" McNamara is Bob McNamara; "Big Minh" holds the name already."""
    own = {first.surname, *first.forenames}
    if first.order != "given-first" or set(nickname.split()) & own:
        return _single(nickname)
    return PersonName(first.surname, (nickname,), first.suffix, ())


def _single(words: str) -> PersonName:
    return PersonName(words, order="single")


def _is_given(first: PersonName, word: str) -> bool:
    """Whether one word in brackets is a given name: a usual one, or another spelling of one that stands there."""
    return (
        is_given_name(word)
        or is_initial(word)
        or len(word) < 5
        or any(name[:2].lower() == word[:2].lower() and len(name) > 2 for name in first.forenames)
    ) and first.order == "given-first"


def _all_given(words: list[str]) -> bool:
    return bool(words) and all(is_given_name(word) or is_initial(word) for word in words[:2])
