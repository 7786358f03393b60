"""What is wrong among the entries of authority files: one name twice, names that fit each other, a "see" that leads
nowhere; and beside texts, entries that never occur and persons without an entry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_edition.authority.identifiers import identifier_of
from tei_edition.authority.names import forms_of
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Entry, PersonName

_SEE = re.compile(r"^see(?: also| under)? (?P<name>[^;.]+)", re.IGNORECASE)
_COMPARED = 40  # names of one surname and initial that one name is compared with


class Unlisted(NamedTuple):
    """Somebody whom texts name and no entry has: the wording, how often, and where first."""

    wording: str
    times: int
    place: Location


def check_entries(entries: Mapping[str, Entry], places: Mapping[str, Location]) -> list[Diagnostic]:
    """Return what is wrong among entries, in their order."""
    order = {identifier: number for number, identifier in enumerate(entries)}
    found = [*_same_names(entries), *_alike(entries), *_leading_nowhere(entries)]
    found.sort(key=lambda fault: (order[fault[1][0]], fault[0]))
    return [
        finding(code, message, places.get(ids[0]), related=[places[other] for other in ids[1:] if other in places])
        for code, ids, message in found
    ]


def check_occurrences(
    entries: Mapping[str, Entry], places: Mapping[str, Location], seen: Iterable[str], unlisted: Iterable[Unlisted]
) -> list[Diagnostic]:
    """Return a finding for each entry that no text names, and for each person named who is no entry."""
    named = set(seen)
    absent = [
        finding("AU014", f"“{entry.name}” ({entry.id}) occurs in none of the texts", places.get(entry.id))
        for entry in entries.values()
        if entry.id not in named and not _sends_to(entry)
    ]
    return absent + [
        finding("AU015", f"“{one.wording}” has no entry ({_named(one.times)})", one.place) for one in unlisted
    ]


def _named(times: int) -> str:
    return "named once" if times == 1 else f"named {times} times"


_Fault = tuple[str, list[str], str]


def _sends_to(entry: Entry) -> str:
    found = _SEE.match(entry.description)
    return found["name"].strip(" ,") if found else ""


def _main_name(entry: Entry) -> PersonName:
    return entry.names[0] if entry.names else PersonName(entry.surname or entry.name, entry.forenames)


def _same_names(entries: Mapping[str, Entry]) -> Iterator[_Fault]:
    """Entries of one kind with the same name: "Brown, Harold" twice."""
    by_name: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in entries.values():
        if entry.kind != "person":
            by_name[entry.kind, entry.name].append(entry.id)
        elif not _sends_to(entry):
            name = _main_name(entry)
            by_name["person", identifier_of(forms_of(name)[0]), identifier_of(name.suffix)].append(entry.id)
    for ids in by_name.values():
        if len(ids) > 1:
            yield "AU012", ids, f"“{entries[ids[0]].name}” stands in {len(ids)} entries: {_some(ids)}"


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")


def _alike(entries: Mapping[str, Entry]) -> Iterator[_Fault]:
    """Persons of one surname whose given names fit each other: "Johnson, Robert" and "Johnson, R. W."."""
    by_initial: dict[tuple[str, str], list[tuple[Entry, tuple[str, ...]]]] = defaultdict(list)
    by_surname: dict[str, list[str]] = defaultdict(list)
    for entry in entries.values():
        name = _main_name(entry)
        alone = name.order == "single" and " " not in name.surname  # "Smith", of whom the list knows no more
        if entry.kind == "person" and (name.order == "given-first" or alone) and not _sends_to(entry):
            given = tuple(identifier_of(forename) for forename in name.forenames)
            surname = identifier_of(name.surname)
            by_surname[surname].append(entry.id)
            by_initial[surname, given[0][:1] if given else ""].append((entry, given))
    for (surname, initial), bearers in by_initial.items():
        if not initial and len(by_surname[surname]) > 1:
            others = [identifier for identifier in by_surname[surname] if identifier != bearers[0][0].id]
            yield _fit(bearers[0][0].id, others, entries)
            continue
        for number, (entry, given) in enumerate(bearers):
            others = [
                other.id
                for other, theirs in bearers[number + 1 : number + 1 + _COMPARED]
                if given != theirs and _fits(given, theirs)
            ]
            if others:
                yield _fit(entry.id, others, entries)


def _fit(identifier: str, others: list[str], entries: Mapping[str, Entry]) -> _Fault:
    names = " and ".join(f"“{entries[other].name}”" for other in [identifier, *others][:3])
    return "AU013", [identifier, *others], f"{names} may be meant by the same words: {_some([identifier, *others])}"


def _fits(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether given names can be those of one person: each pair the same, or one the initial of the other."""
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=False))


def _leading_nowhere(entries: Mapping[str, Entry]) -> Iterator[_Fault]:
    """Entries that send to one that is not there: "Diem, see Ngo Dinh Diem"."""
    sending = {entry.id: target for entry in entries.values() if (target := _sends_to(entry))}
    if not sending:
        return
    known = {
        identifier_of(words)
        for entry in entries.values()
        for words in (entry.name, entry.surname, *entry.forms)
        if entry.id not in sending
    }
    for identifier, target in sending.items():
        if identifier_of(target) not in known and identifier_of(target.partition(",")[0]) not in known:
            yield "AU016", [identifier], f"“{entries[identifier].name}” sends to “{target}”, which is no entry"
