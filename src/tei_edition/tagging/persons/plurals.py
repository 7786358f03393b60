"""Families: "the Kennedys" are several persons of one name, and which of them are meant only an editor can say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading

RECOGNISER = "plurals"
_BEFORE = re.compile(r"(?:\b(?:[Tt]he|both|two|all) (?:\w+ )?)$")


def recognise_plurals(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each surname of the list that stands in the plural behind an article, without a link."""
    surnames, plurals = reading.known.persons.surnames, reading.known.persons.plurals
    here = frozenset([word for word in reading.vocabulary if word in plurals])
    for text in reading.texts if here else ():
        for word in [word for word in text.capitalised if word[0] in here]:
            name = plurals[word.folded]
            if _BEFORE.search(text.text, max(0, word.start - 24), word.start):
                yield text.span(
                    word.start,
                    word.end,
                    "person",
                    RECOGNISER,
                    cert="medium",
                    candidates=sorted(surnames[name]),
                    evidence=f"several of the name {text.text[word.start : word.start + len(name)]}",
                )
