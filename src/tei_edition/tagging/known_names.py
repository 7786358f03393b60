"""Organisations of the authority files: the longest wording that stands there."""

from __future__ import annotations

from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.places.mentions import same_case_as_listed

RECOGNISER = "known-names"


def recognise_known_names(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each organisation of the lists. Letter case must agree: "WHO" is no "who"."""
    known = reading.known
    for text in reading.texts:
        for start, end, ids in known.organisations.find(text.folded, text.words, text.vocabulary):
            written = text.text[start:end]
            same = [one for one in sorted(ids) if same_case_as_listed(written, known.entries[one].forms)]
            if same:
                yield _claim(text, start, end, same, known.entries[same[0]].name)


def _claim(text: Text, start: int, end: int, ids: list[str], name: str) -> Span:
    if len(ids) > 1:
        evidence = f"{len(ids)} entries share this name"
        return text.span(start, end, "organisation", RECOGNISER, cert="medium", candidates=ids, evidence=evidence)
    evidence = f"“{name}” of the authority files"
    return text.span(start, end, "organisation", RECOGNISER, ref=ids[0], evidence=evidence)
