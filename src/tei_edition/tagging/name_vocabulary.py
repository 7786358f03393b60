"""The words that tell persons from what else has a capital: given names, family names, titles, and no persons.

They are data files, made from general knowledge and not from any volume: a document that names somebody of whom they
know nothing is read by its titles, offices and verbs.
"""

from __future__ import annotations

import functools
from typing import NamedTuple

from tei_edition.resources import data_classes, data_lines, data_rows
from tei_edition.tagging.words import Dictionary, fold


class Title(NamedTuple):
    """A title before a name: whether several names follow it ("Messrs."), it may have a small letter, it needs its
    full stop ("M. Schuman"), or is a form of address ("Mr."), behind which any word is a name.
    """

    many: bool
    small: bool
    stop: bool
    address: bool


def rows(name: str) -> list[str]:
    """The words of a data file in which blanks part them and `#` opens a comment."""
    return [word for line in data_lines(name) for word in line.split()]


@functools.cache
def given_names() -> frozenset[str]:
    """Usual given names of many languages, folded."""
    return frozenset(fold(word) for word in rows("given-names.txt"))


@functools.cache
def family_names() -> frozenset[str]:
    """Family names that are a person's wherever they stand, folded."""
    return frozenset(fold(word) for word in rows("family-names.txt"))


@functools.cache
def initials() -> frozenset[str]:
    """Initials by which persons are called: JFK."""
    return frozenset(word for word in rows("family-names.txt") if word.isupper())


@functools.cache
def no_persons() -> frozenset[str]:
    """Words with a capital that name no person: places, peoples, institutions, offices, openers of sentences."""
    return frozenset(fold(word) for word in rows("no-persons.txt"))


def grammar(name: str) -> frozenset[str]:
    """The small words of one class of `name-grammar.txt`: particles, ranks that are names, words before places."""
    return data_classes("name-grammar.txt").get(name, frozenset())


@functools.cache
def offices() -> frozenset[str]:
    """The words with which the description of an office begins, folded."""
    return frozenset(fold(word) for word in rows("offices.txt"))


@functools.cache
def saying_verbs() -> frozenset[str]:
    """Verbs whose subject is a person."""
    return frozenset(word for word in rows("saying-verbs.txt") if word[0] not in "+>=-")


@functools.cache
def between() -> frozenset[str]:
    """What may stand between a subject and its verb."""
    return frozenset(word[1:] for word in rows("saying-verbs.txt") if word[0] == "+")


@functools.cache
def telling_words() -> frozenset[str]:
    """What stands before a person who is told, asked or met: "told", "talk with"."""
    return frozenset(word[1:].replace("-", " ") for word in rows("saying-verbs.txt") if word[0] == ">")


@functools.cache
def deeds() -> frozenset[str]:
    """What only persons have or make: "Urguplu’s statement", "Riad remarks"."""
    return frozenset(word[1:] for word in rows("saying-verbs.txt") if word[0] == "=")


@functools.cache
def meetings() -> frozenset[str]:
    """What a hyphen between two persons is followed by: "the Ball-Isik talks"."""
    return frozenset(fold(word[1:]) for word in rows("saying-verbs.txt") if word[0] == "-")


@functools.cache
def verbs() -> frozenset[str]:
    """Verbs that may open a telegraphic sentence: "Told Riad so", "Accompanied Young"."""
    return saying_verbs() | frozenset(word for word in telling_words() if " " not in word)


@functools.cache
def titles() -> dict[str, Title]:
    """The titles by their wording."""
    found = {}
    for wording, flags in data_rows("titles.tsv"):
        forms = flags.split()
        found[wording] = Title("many" in forms, "small" in forms, "stop" in forms, "address" in forms)
    return found


@functools.cache
def title_dictionary() -> Dictionary[Title]:
    """The titles as recognisers look for them."""
    return Dictionary(titles().items())


@functools.cache
def title_words() -> frozenset[str]:
    """The words of titles, folded: "secretary", "prime", "mr"."""
    return frozenset(word for title in titles() for word in fold(title).replace("-", " ").split())


@functools.cache
def single_titles() -> frozenset[str]:
    """The titles of one word, folded: "president"; the "state" of "Secretary of State" is none."""
    return frozenset(fold(title) for title in titles() if " " not in title)
