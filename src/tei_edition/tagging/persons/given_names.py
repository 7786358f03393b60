"""Persons named by a given name or by initials: "Walt" under a memorandum, "Dear Bob:", "Sir Roger", "McG. B.".

Only somebody whom the document names otherwise, or the one of the list whom the initials fit, can be meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from tei_edition.model import Entry, Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.person_index import names_of
from tei_edition.tagging.persons.mentions import short_forms
from tei_edition.tagging.words import fold

RECOGNISER = "given-names"
_LONE = re.compile(r"^[\s/s*\[]*(?P<name>[A-Z][a-z]{1,11})[\s*\]]*$")
_DEAR = re.compile(r"^(?:My )?(?:Dear|dear|DEAR) (?P<name>[A-Z][a-z]{1,11})\s?[:,—]")
_SIR = re.compile(r"\bSir (?P<name>[A-Z][a-z]{2,11})\b(?![’']?s? ?[A-Z])")
_INITIALS = re.compile(r"^[\s/s*\[]*(?P<name>(?:(?:Mc|Mac)?[A-Z]\.? ?){2,4})[\s*\]]*$")


def given_names(reading: Reading, named: Mapping[str, int], taken: Collection[tuple[int, int]]) -> Iterator[Span]:
    """Yield a claim for each such name. `named` counts how often the document names an entry otherwise; `taken` are
    the ranges that are claimed already.
    """
    entries = reading.known.entries
    by_given: dict[str, list[str]] = defaultdict(list)
    for entry in sorted(named):
        for name in _given(entries[entry]):
            by_given[name].append(entry)
    for text in reading.texts:
        for start, end in _places(text):
            span = text.span(start, end, "person", RECOGNISER)
            if any(a < span.end and span.start < b for a, b in taken):
                continue
            written = text.text[start:end]
            found = by_given.get(fold(written), [])
            if found:
                yield _claim(span, written, found, entries)
    yield from _initials(reading, named, taken)


def _places(text: Text) -> Iterator[tuple[int, int]]:
    if text.block.kind == "signature" and not text.note and (lone := _LONE.match(text.text)):
        yield lone.span("name")
    elif text.block.kind in ("salute", "p") and (dear := _DEAR.match(text.text)):
        yield dear.span("name")
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


def _initials(reading: Reading, named: Mapping[str, int], taken: Collection[tuple[int, int]]) -> Iterator[Span]:
    """Initials in place of a signature: those of the one person of the list whom they fit, one named here first."""
    texts = [text for text in reading.everywhere("signature") if _INITIALS.match(text.text)]
    if not texts:
        return
    by_initials: dict[str, list[str]] = defaultdict(list)
    for entry in reading.known.entries.values():
        if entry.kind == "person":
            for name in names_of(entry):
                letters = [*(part[0] for part in name.forenames if part), *name.surname[:1]]
                if len(letters) > 1:
                    by_initials["".join(letters).upper()].append(entry.id)
    for text in texts:
        match = _INITIALS.match(text.text)
        if match is None:
            continue
        start, end = match.start("name"), match.start("name") + len(match["name"].rstrip())
        letters = re.sub(r"(?<=M)a?c[A-Z]?|[^A-Z]", "", match["name"])
        span = text.span(start, end, "person", RECOGNISER)
        fitting = sorted(set(by_initials.get(letters, ())))
        found = [entry for entry in fitting if entry in named] or fitting
        if found and not any(a < span.end and span.start < b for a, b in taken):
            yield _claim_initials(span, match["name"].strip(), found, named, reading.known.entries)


def _claim_initials(
    span: Span, written: str, found: list[str], named: Mapping[str, int], entries: Mapping[str, Entry]
) -> Span:
    if len(found) > 1:
        return span._replace(cert="medium", candidates=tuple(found), evidence=f"{written}: the initials of several")
    where = "named in this document" if found[0] in named else "the only one of the list with these initials"
    reason = f"{written}: the initials of {entries[found[0]].name}, {where}"
    return span._replace(ref=found[0], cert="medium" if found[0] in named else "low", evidence=reason)
