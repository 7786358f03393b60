"""Names that are spelt nearly as one of the list: "Khrushchov" and Khrushchev, "Tschombe" and Tshombe.

Likeness is no evidence of identity: it never links. It puts the entries as candidates into the review list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from tei_edition.model import Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.person_index import PersonIndex
from tei_edition.tagging.words import fold

ALIKE = 84  # of 100; Khrushchov and Khrushchev have 90, Smith and Smuts 60
_LONGER = 2  # characters that one of two names alike may have more
_SHORT = 5  # characters; shorter names are alike by chance


def suggest_spellings(reading: Reading, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the spans; a person who is linked to nobody has those of the list as candidates whose name is the same, or
    alike.
    """
    surnames = reading.known.persons.surnames
    for span in spans:
        if span.kind != "person" or span.ref or span.candidates or not surnames:
            yield span
            continue
        words = fold(reading.document.source.text[span.start : span.end]).split()
        last = words[-1].strip(".,’'") if words else ""
        same = surnames.get(last) or reading.known.persons.initials.get(last.upper())
        if same and len(words) == 1:
            names = " or ".join(reading.known.entries[entry].name for entry in sorted(same)[:3])
            reason = f"{span.evidence}; of this name the list has {names}"
            yield span._replace(candidates=tuple(sorted(same)), evidence=reason)
            continue
        found = _alike(reading.known.persons, last) if len(last) >= _SHORT else ()
        entries = sorted({entry for name in found for entry in surnames[name]})
        if not entries:
            yield span
            continue
        like = " or ".join(reading.known.entries[entry].name for entry in entries[:3])
        yield span._replace(
            candidates=tuple(entries), evidence=f"{span.evidence}; spelt nearly as {like}", cert="low"
        )


def _alike(index: PersonIndex, name: str) -> tuple[str, ...]:
    """The surnames of the list that are alike and begin with the same letter; each wording is looked up once."""
    if name not in index.alike:
        near = [other for other in index.by_letter.get(name[:1], ()) if abs(len(other) - len(name)) <= _LONGER]
        found = process.extract(name, near, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=3)
        index.alike[name] = tuple(sorted(other for other, _, _ in found if other != name))
    return index.alike[name]
