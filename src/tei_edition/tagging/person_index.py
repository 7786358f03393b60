"""The persons of the authority files, by every wording under which a text may name them.

"Ball, George W." is looked for as Ball, with given names before it; "Ngo Dinh Diem" in full, as Ngo and as Diem;
"Makarios III" in full and as Makarios. An entry that only sends to another ("Diem, see Ngo Dinh Diem") is a wording of
the other.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tei_edition.model import Entry, PersonName
from tei_edition.tagging.words import Dictionary, fold

_SEE = re.compile(r"^(?:[Ss]ee(?: also| under)?) (?P<name>[^;.]+)")
PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "del",
        "della",
        "di",
        "la",
        "le",
        "von",
        "van",
        "der",
        "den",
        "ter",
        "zu",
        "ben",
        "bin",
        "ibn",
        "al",
        "el",
        "ul",
        "abd",
    ]
)
_ARTICLE = re.compile(r"(?:al|el|as|ad|an|ar|at|ash|ul)-(?=\w)", re.IGNORECASE)
_NUMERAL = re.compile(r"[IVX]+|[0-9]+")
_KIN = re.compile(r" (?:ibn|bin|ben) .*")


class Key(NamedTuple):
    """What a wording is of a person: the entry's id, the part of the name, and the given names that may precede it."""

    entry: str
    part: str
    forenames: tuple[str, ...] = ()


class PersonIndex:
    """The wordings of all persons, and the given names that occur among them."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        persons = {e.id: e for e in entries.values() if e.kind == "person"}
        ordered = sorted(persons.values(), key=lambda e: e.id, reverse=True)
        by_name = {fold(form): entry.id for entry in ordered for form in entry.forms}
        by_name |= {fold(entry.name): entry.id for entry in ordered}  # an entry's own name before what it may be called
        self.same = {e.id: target for e in persons.values() if (target := _sent_to(e, by_name, persons))}
        # The series links "Diem" to the line "Diem, see Ngo Dinh Diem" of its list: that line's id, by whom it means.
        self.listed_as: dict[tuple[str, str], str] = {}
        wordings: list[tuple[str, Key]] = []
        for entry in persons.values():
            target = self.same.get(entry.id, entry.id)
            for name in names_of(entry):
                for wording, part in _wordings(name):
                    if target != entry.id:
                        self.listed_as.setdefault((target, fold(wording)), entry.id)
                    wordings.append((wording, Key(target, part, name.forenames)))
                    for other in _hyphened(wording) - {wording}:
                        wordings.append((other, Key(target, part, name.forenames)))
        self.dictionary: Dictionary[Key] = Dictionary(wordings)
        self.forenames = frozenset(
            fold(name.rstrip("."))
            for entry in persons.values()
            for one in names_of(entry)
            if one.order == "given-first"
            for name in one.forenames
            if len(name.rstrip(".")) > 1
        )
        self.surnames: dict[str, frozenset[str]] = _by_first_surname(persons.values(), self.same)
        self.initials: dict[str, frozenset[str]] = _by_initials(persons.values(), self.same)
        self.by_letter: dict[str, list[str]] = defaultdict(list)
        for surname in sorted(self.surnames):
            self.by_letter[surname[:1]].append(surname)
        self.fitting: dict[int, dict[tuple[str, ...], Any]] = {}  # see mentions.find_in_text
        self.alike: dict[str, tuple[str, ...]] = {}  # wordings that were looked up, and the surnames like them
        self.tokens = {entry.id: _tokens(entry) for entry in persons.values()}

    @functools.cached_property
    def plurals(self) -> dict[str, str]:
        """The surnames by their plurals: Kennedys, Harrises, Kennedies."""
        forms = {form for name in self.surnames for form in (f"{name}s", f"{name}es", f"{name[:-1]}ies", name[:-1])}
        singular = {form: self._singular(form) for form in forms if form.endswith("s") and form not in self.surnames}
        return {form: name for form, name in singular.items() if name}

    def _singular(self, form: str) -> str:
        stems = (form[:-1], form.removesuffix("es"), f"{form.removesuffix('ies')}y")
        return next((stem for stem in stems if len(stem) > 3 and stem in self.surnames), "")


def _by_first_surname(persons: Iterable[Entry], same: Mapping[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in persons:
        for name in names_of(entry):
            found[fold(name.surname)].add(same.get(entry.id, entry.id))
    return {surname: frozenset(ids) for surname, ids in found.items()}


def _by_initials(persons: Iterable[Entry], same: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The persons by their initials: "RFK" for Kennedy, Robert F."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in persons:
        for name in names_of(entry):
            letters = "".join(part[:1] for part in (*name.forenames, name.surname)).upper()
            if len(letters) > 1 and name.order == "given-first":
                found[letters].add(same.get(entry.id, entry.id))
    return {letters: frozenset(ids) for letters, ids in found.items()}


def names_of(entry: Entry) -> tuple[PersonName, ...]:
    """Return the names of a person; an entry made by a program may have its surname and given names only."""
    return entry.names or (PersonName(entry.surname or entry.name, entry.forenames),)


def _sent_to(entry: Entry, by_name: Mapping[str, str], persons: Mapping[str, Entry]) -> str:
    """The id of the entry that another one sends to: "Diem, see Ngo Dinh Diem"."""
    found = _SEE.match(entry.description)
    if not found:
        return ""
    name = fold(found["name"].strip(" ,"))
    target = by_name.get(name, "")
    if not target:
        fitting = [e.id for e in persons.values() if fold(e.surname) == name and e.id != entry.id]
        target = fitting[0] if len(fitting) == 1 else ""
    return target if target != entry.id else ""


def _hyphened(wording: str) -> set[str]:
    """A wording with its hyphens where others set them: Ben Gurion, Ben-Gurion; Park Chung Hee, Park Chung-hee."""
    first, blank, rest = wording.partition(" ")
    return {wording.replace("-", " "), wording.replace(" ", "-"), first + blank + rest.replace(" ", "-")}


def _wordings(name: PersonName) -> Iterator[tuple[str, str]]:
    """The wordings of a name without given names before it, each with the part of the name that it is."""
    words = name.surname.split()
    if not words:
        return
    if name.order == "family-first":
        given = " ".join(name.forenames).split()
        yield " ".join([name.surname, *given]), "full"
        yield name.surname, "surname"
        if given and "-" not in given[-1]:
            yield given[-1], "last"
        return
    yield name.surname, "single" if name.order == "single" else "surname"
    if name.order == "single":
        plain = _KIN.sub("", name.surname)
        bare = [word for word in plain.split() if not _NUMERAL.fullmatch(word)]
        yield " ".join(bare), "single"
        if len(bare) > 1 and len(bare[0]) > 1:
            yield bare[0], "first-of-two"
        return
    joined = _ARTICLE.match(name.surname)
    if joined:
        yield name.surname[joined.end() :], "without-particle"  # "al-Sadat": Sadat
    core = words
    while len(core) > 1 and core[0].lower() in PARTICLES:
        core = core[1:]
    if len(core) < len(words):
        yield " ".join(core), "without-particle"
    if len(core) > 1:
        yield core[0], "first-of-two"
        if len(core[-1]) > 2:
            yield core[-1], "second-of-two"


_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "to",
        "in",
        "at",
        "from",
        "until",
        "after",
        "before",
        "an",
        "a",
        "by",
        "on",
        "with",
        "thereafter",
        "then",
        "also",
        "as",
    ]
)


def stem(word: str) -> str:
    """A word's beginning, so that Turkish meets Turkey and Minister meets Ministry."""
    return word[:5] if len(word) > 5 else word


def _tokens(entry: Entry) -> frozenset[str]:
    words = _WORD.findall(fold(f"{entry.description} {' '.join(o.title for o in entry.offices)}"))
    titles = (fold(title) for name in names_of(entry) for title in name.titles)
    return frozenset(stem(word) for word in [*words, *titles] if word not in _COMMON)


def content(words: Iterable[str]) -> list[str]:
    """The words of an office that tell something, as `PersonIndex.tokens` holds them."""
    return [stem(word) for word in words if len(word) > 1 and word not in _COMMON]


def by_surname(keys: Iterable[Key]) -> dict[str, list[Key]]:
    """The keys of one wording by the entry that each leads to."""
    grouped: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        grouped[key.entry].append(key)
    return grouped
