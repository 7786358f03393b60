"""Entries with one name: one person or several? And the ids of those that bring none.

Files are read one after the other and know nothing of each other. "Brown, Harold, Secretary of Defense" in one list and
"Brown, Harold" in another are one person: nothing contradicts. "Brown, Harold, Labour Member of Parliament" is another
one; both then have ids that say which (`p_brown-harold-secretary-defense`), and a finding names them. The order of the
files changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_edition.authority.identifiers import identifier_of
from tei_edition.authority.joining import joined, numbers_of
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Entry

_EMPTY = frozenset("a an and at for from in of on or since the to until with".split())  # noqa: SIM905
_WORDS = 4  # words of the description that an id takes at most
_COMPARED = 8  # entries of one name that an entry is compared with, for each thing they share
_GUESSED = ("office", "words")  # what makes two entries one on the strength of their likeness
_MANY = 5  # ids that a message names


class Found(NamedTuple):
    """An entry of a file, where it stands, and whether its id stands there too (else it is made of the name)."""

    entry: Entry
    place: Location
    declared: bool
    base: str  # the id that is made of the name


class Settled(NamedTuple):
    """What a name stands for: the entry, where it stands first, and its number in the order of the files."""

    entry: Entry
    place: Location
    number: int


class _One:
    """The entries taken for one person, and what they say that another entry could contradict."""

    def __init__(self) -> None:
        self.members: list[tuple[int, Found]] = []
        self.declared = ""
        self.numbers: dict[str, set[str]] = defaultdict(set)
        self.said: dict[str, set[str]] = defaultdict(set)  # by file
        self.words: list[frozenset[str]] = []
        self.guess: Found | None = None  # the first that was taken for the same by likeness

    def add(self, number: int, found: Found, numbers: Iterable[tuple[str, str]]) -> None:
        self.members.append((number, found))
        self.declared = self.declared or (found.entry.id if found.declared else "")
        self.said[found.place.path].add(_folded(found.entry.description))
        self.words.append(_content(found.entry.description))
        for kind, value in numbers:
            self.numbers[kind].add(value)

    def contradicts(self, found: Found, numbers: Sequence[tuple[str, str]]) -> bool:
        """Whether an entry must be another: another id or number; or the same file has both, and says so."""
        if found.declared and self.declared:
            return found.entry.id != self.declared
        if self.differs(numbers):
            return True
        shared = any(value in self.numbers[kind] for kind, value in numbers if kind in self.numbers)
        said = self.said.get(found.place.path)
        return said is not None and not shared and _folded(found.entry.description) not in said

    def differs(self, numbers: Sequence[tuple[str, str]]) -> bool:
        """Whether a register of persons (VIAF …) has another number for the entry."""
        theirs: dict[str, set[str]] = defaultdict(set)
        for kind, value in numbers:
            theirs[kind].add(value)
        return any(kind in self.numbers and not values & self.numbers[kind] for kind, values in theirs.items())


def settled(found: Sequence[Found]) -> tuple[list[Settled], list[Diagnostic]]:
    """Return the entries with their final ids in the order of the files, and what had to be guessed."""
    by_base: dict[str, list[tuple[int, Found]]] = defaultdict(list)
    for number, one in enumerate(found):
        by_base[one.base].append((number, one))
    taken = Counter({one.entry.id for one in found if one.declared})
    groups = [(base, _ones(group) if len(group) > 1 else [_alone(group[0])]) for base, group in by_base.items()]
    names = {base: _ids(base, ones, taken) for base, ones in groups}
    pairs = [pair for base, ones in groups for pair in zip(ones, names[base], strict=True)]
    made = Counter(name for one, name in pairs if not one.declared)
    entries: list[Settled] = []
    findings: list[Diagnostic] = []
    for base, ones in groups:
        ids = [
            name if one.declared or (made[name] == 1 and name not in taken) else f"{name}-{_checksum(one)}"
            for one, name in zip(ones, names[base], strict=True)
        ]
        entries += [_settled(one, name) for one, name in zip(ones, ids, strict=True)]
        findings += _findings(ones, ids)
    return sorted(entries, key=lambda one: one.number), findings


def _alone(found: tuple[int, Found]) -> _One:
    one = _One()
    one.members.append(found)
    one.declared = found[1].entry.id if found[1].declared else ""
    return one


def _settled(one: _One, identifier: str) -> Settled:
    number, first = min(one.members)
    entry = joined([found.entry for found in _by_weight(one)], identifier)
    return Settled(entry, first.place, number)


def _by_weight(one: _One) -> list[Found]:
    """The entries of one person, those with an id of their own first, whatever the order of the files."""
    weighed = sorted(one.members, key=lambda member: _weight(member[1]))
    return [found for _, found in weighed]


def _weight(found: Found) -> tuple[bool, int, bool, str, bytes]:
    """What comes first: an id of its own, a name with its accents, a description."""
    entry = found.entry
    accents = sum(not c.isascii() for c in entry.name)
    return not found.declared, -accents, not entry.description, entry.description, entry.tei


def _ones(group: Sequence[tuple[int, Found]]) -> list[_One]:
    """Part the entries of one name into persons: what they say first, then those of whom nothing is said."""
    ones: list[_One] = []
    sharing: dict[tuple[str, ...], list[_One]] = defaultdict(list)
    described = 0
    for number, found in sorted(group, key=lambda member: (not member[1].entry.description, _weight(member[1]))):
        numbers = numbers_of(found.entry)
        keys = _keys(found, numbers)
        one, why = _same(found, numbers, keys, sharing, ones[:_COMPARED])
        if one is None and not found.entry.description and described == 1 and not ones[0].contradicts(found, numbers):
            one = ones[0]
        if one is None:
            one = _One()
            ones.append(one)
            described += bool(found.entry.description)
        elif why in _GUESSED or one.differs(numbers):
            one.guess = one.guess or found
        one.add(number, found, numbers)
        for key in keys:
            if len(sharing[key]) < _COMPARED and one not in sharing[key]:
                sharing[key].append(one)
    return sorted(ones, key=lambda one: min(one.members)[0])


def _same(found: Found, numbers: Sequence[tuple[str, str]], keys: Iterable[tuple[str, ...]],
          sharing: Mapping[tuple[str, ...], list[_One]], ones: Sequence[_One]) -> tuple[_One | None, str]:
    """Return who is the same as an entry, and by what: the id, a number, the description, an office, its words."""
    for key in keys:
        for one in sharing.get(key, ()):
            if not one.contradicts(found, numbers):
                return one, key[0]
    words = _content(found.entry.description)
    if found.entry.kind != "person" and words:
        for one in ones:
            if not one.contradicts(found, numbers) and any(_alike(words, others) for others in one.words):
                return one, "words"
    return None, ""


def _keys(found: Found, numbers: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """What two entries of one name can share that makes them one, the surest first."""
    entry = found.entry
    keys: list[tuple[str, ...]] = [("id", entry.id)] if found.declared else []
    keys += [("number", *number) for number in numbers]
    keys.append(("said", _folded(entry.description)))
    if entry.kind == "person":
        keys += [("office", _folded(office.title)) for office in entry.offices]
    return keys


def _folded(words: str) -> str:
    return identifier_of(words)


def _content(description: str) -> frozenset[str]:
    return frozenset(word for word in _folded(description).split("-") if word and word not in _EMPTY)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two explanations of a term are one in other words: "Department of Defense", "Defense Department"."""
    return bool(one and other) and 2 * len(one & other) > min(len(one), len(other))


def _ids(base: str, ones: Sequence[_One], taken: Mapping[str, int]) -> list[str]:
    """The ids: those that are there; else the name, and for namesakes the first words of what is said of them.

    All four words are taken at once, so that a third namesake does not change the ids of the first two.
    """
    made = [one for one in ones if not one.declared]
    alone = len(made) == 1 and base not in taken
    told = {id(one): base if alone else f"{base}-{_said(one)}" for one in made}
    return [one.declared or told[id(one)] for one in ones]


def _said(one: _One) -> str:
    words = re.findall(r"\w+", _by_weight(one)[0].entry.description.lower())
    told = [identifier_of(word) for word in words if word not in _EMPTY][:_WORDS]
    return "-".join(filter(None, told)) or _checksum(one)


def _checksum(one: _One) -> str:
    """What tells apart those of whom the same is said, or nothing: made of all that the entry holds."""
    entry = _by_weight(one)[0].entry
    key = "\n".join([entry.kind, entry.name, entry.description, *("=".join(n) for n in numbers_of(entry))])
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def _findings(ones: Sequence[_One], ids: Sequence[str]) -> Iterator[Diagnostic]:
    for one, identifier in zip(ones, ids, strict=True):
        yield from _twice(one, identifier)
        if one.guess:
            name = one.guess.entry.name
            others = [found.place for _, found in sorted(one.members) if found is not one.guess]
            message = f"“{name}” of {len(one.members)} entries is taken for one ({identifier}): they are alike in part"
            yield finding("AU018", message, one.guess.place, related=others[:_MANY])
    if len(ones) > 1 and not all(one.declared for one in ones):
        places = [min(one.members)[1].place for one in ones]
        name = min(ones[0].members)[1].entry.name
        some = ", ".join(ids[:_MANY]) + (f" and {len(ids) - _MANY} more" if len(ids) > _MANY else "")
        message = f"“{name}” stands for {len(ids)}, told apart by what is said of them: {some}"
        yield finding("AU017", message, places[1], related=[places[0], *places[2:_MANY]])


def _twice(one: _One, identifier: str) -> Iterator[Diagnostic]:
    """The same entry twice in one file."""
    first: dict[tuple[str, str], Location] = {}
    for _, found in sorted(one.members):
        key = found.place.path, "" if found.declared else _folded(found.entry.description)
        if key in first:
            message = f"“{found.entry.name}” ({identifier}) stands twice; the two are taken as one entry"
            yield finding("AU002", message, found.place, related=[first[key]])
        first.setdefault(key, found.place)
