"""Persons named by a given name or by initials: "Walt" under a memorandum, "Dear Bob:", "Sir Roger", "McG. B.".

Only somebody whom the document names otherwise, or the one of the list whom the initials fit, can be meant.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tei_edition.model import Entry, Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.person_index import names_of
from tei_edition.tagging.persons.mentions import short_forms
from tei_edition.tagging.words import fold

RECOGNISER = "given-names"
_NO_INITIAL = re.compile(r"(?<=M)a?c[A-Z]?|[^A-Z]")
_LONE = re.compile(r"^[\s/s*\[]*(?P<name>[A-Z][a-z]{1,11})[\s*\]]*$")
_DEAR = re.compile(r"^(?:My )?(?:Dear|dear|DEAR) (?P<name>[A-Z][a-z]{1,11}|[A-Z]{2,12})\s?[:,—]")
_SIR = re.compile(r"\bSir (?P<name>[A-Z][a-z]{2,11})\b(?![’']?s? ?[A-Z])")
_LETTER = re.compile(r"\b(?:Mr|Mrs|Dr|Comrade)\.? (?P<name>[A-Z])(?=[ ,;:?!’']|\.?$|\. [A-Z][a-z]+ [a-z])")
_ADDRESSES = ("Mr", "Dr", "Comrade")  # one of which stands before each letter
_INITIALS = re.compile(r"^[\s/s*\[]*(?P<name>(?:(?:Mc|Mac)?[A-Z]\.? ?){2,4})[\s*\]]*$")


def given_names(reading: Reading, named: Mapping[str, int], taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Yield a claim for each such name. `named` counts how often the document names an entry otherwise; `taken` are
    the ranges that are claimed already, in order.
    """
    entries = reading.known.entries
    by_given: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(named):
        for name in _given(entries[entry]):
            by_given[name].append(entry)
    for text in reading.texts:
        for start, end in _places(text):
            span = text.span(start, end, "person", RECOGNISER)
            if _is_taken(span, taken):
                continue
            written = text.text[start:end]
            found = by_given.get(fold(written), [])
            if found:
                yield _claim(span, written, found, entries)
    yield from _initials(reading, named, taken)
    yield from _letters(reading, named, taken)


def _is_taken(span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a range of `taken` (in order, none overlapping another) shares a character with a span."""
    at = bisect.bisect_right(taken, (span.start, span.start))
    return any(a < span.end and span.start < b for a, b in taken[max(0, at - 1) : at + 1])


def _places(text: Text) -> Iterator[tuple[int, int]]:
    if text.block.kind == "signature" and not text.note and (lone := _LONE.match(text.text)):
        yield lone.span("name")
    elif text.block.kind in ("salute", "p") and (dear := _DEAR.match(text.text)):
        yield dear.span("name")
    if "Sir " in text.text:
        for sir in _SIR.finditer(text.text):
            yield sir.span("name")


def _given(entry: Entry) -> set[str]:
    """The given names of a person and their short forms, folded."""
    names = {fold(name.rstrip(".")) for one in names_of(entry) for name in one.forenames}
    full = {name for name in names if len(name) > 2}
    return full | {short for name in full for short in short_forms().get(name, ())}


def _claim(span: Span, written: str, found: list[str], entries: Mapping[str, Entry]) -> Span:
    if len(found) > 1:
        names = " and ".join(entries[entry].name for entry in found[:4])
        return span._replace(cert="medium", candidates=tuple(found), evidence=f"{written}: the document names {names}")
    reason = f"{written}: {entries[found[0]].name} is named in this document"
    return span._replace(ref=found[0], cert="medium", evidence=reason)


def _initials(reading: Reading, named: Mapping[str, int], taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Initials: in place of a signature those of anybody on the list, in the text ("RFK") of those who are named."""
    known = reading.known
    for text in reading.texts:
        for start, end in _initial_places(text):
            letters = _NO_INITIAL.sub("", text.text[start:end])
            fitting = sorted(known.persons.initials.get(letters, ()))
            found = [entry for entry in fitting if entry in named]
            if text.block.kind == "signature" and not text.note:
                found = found or fitting
            span = text.span(start, end, "person", RECOGNISER) if found else None
            if span and not _is_taken(span, taken):
                yield _claim_initials(span, text.text[start:end], found, named, known.entries)


def _letters(reading: Reading, named: Mapping[str, int], taken: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """A single letter behind a form of address: "Mr. K" is one of those named here whose surname begins with it."""
    entries = reading.known.entries
    for text in reading.texts:
        if not any(address in text.text for address in _ADDRESSES):
            continue
        for match in _LETTER.finditer(text.text):
            span = text.span(*match.span("name"), "person", RECOGNISER, cert="medium")
            if _is_taken(span, taken):
                continue
            letter = match["name"]
            found = sorted(e for e in named if fold(names_of(entries[e])[0].surname[:1]).upper() == letter)
            reason = f"{letter}: " + (" or ".join(entries[e].name for e in found[:4]) or "nobody named here")
            if len(found) == 1:
                yield span._replace(ref=found[0], evidence=f"{reason} is named in this document")
            else:
                yield span._replace(candidates=tuple(found), evidence=reason)


def _initial_places(text: Text) -> Iterator[tuple[int, int]]:
    """Where initials stand: a whole signature, and three or four capitals in a text that is not in capitals."""
    if text.block.kind == "signature" and not text.note:
        match = _INITIALS.match(text.text)
        if match:
            yield match.start("name"), match.start("name") + len(match["name"].rstrip())
        return
    for word in [word for word in text.capitalised if 2 < len(word[0]) < 5]:
        if text.text[word.start : word.end].isupper():
            around = text.text[max(0, word.start - 20) : word.start] + text.text[word.end : word.end + 20]
            if not around.isupper():
                yield word.start, word.end


def _claim_initials(
    span: Span, written: str, found: list[str], named: Mapping[str, int], entries: Mapping[str, Entry]
) -> Span:
    if len(found) > 1:
        return span._replace(cert="medium", candidates=tuple(found), evidence=f"{written}: the initials of several")
    where = "named in this document" if found[0] in named else "the only one of the list with these initials"
    reason = f"{written}: the initials of {entries[found[0]].name}, {where}"
    return span._replace(ref=found[0], cert="medium" if found[0] in named else "low", evidence=reason)
