"""Persons whom no authority file knows, recognised by their surroundings: a title, an office, a signature.

"Ambassador Gullion", "Mr. Ball", and in the source note those who drafted, cleared and approved. Once a surname
is known
in this way, its other mentions in the document are tagged, too. Nobody is linked: who it is cannot be told from a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.persons import INSTITUTION
from tei_edition.tagging.titles import NOT_A_NAME, TITLE
from tei_edition.tagging.words import Dictionary

RECOGNISER = "named-by-title"
NAME = (
    r"(?:[A-Z]\.[ ]?){0,3}(?:(?:de|von|van|ben|al|el|bin)[ -])?"
    r"[A-Z](?:[’'][A-Z])?[a-zà-ÿ][\wà-ÿ’'-]*(?: (?:[A-Z]\. ?)?[A-Z][a-zà-ÿ][\wà-ÿ-]+)?"
)
_TITLED = re.compile(rf"\b{TITLE} (?P<name>{NAME})")


def recognise_titled(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each name behind a title, each signature, and the later mentions of those surnames."""
    surnames: dict[str, str] = {}
    for text in reading.texts:
        for match in _TITLED.finditer(text.text):
            start, end = match.span("name")
            end = _end_of_name(text.text, start, end)
            if end > start and not INSTITUTION.match(text.text, end):
                yield text.span(
                    start,
                    end,
                    "person",
                    RECOGNISER,
                    cert="medium",
                    evidence=f"behind the title {match.group()[: start - match.start()].strip()}",
                )
                surnames.setdefault(text.text[start:end].split()[-1], text.text[match.start() : end])
    for text in reading.everywhere("signature"):
        first = text.text.split("\n")[0].strip().removeprefix("/s/").strip(" *")
        if first and len(first) > 2:
            start = text.text.find(first)
            yield text.span(start, start + len(first), "person", RECOGNISER, cert="medium", evidence="the signature")
    yield from _again(reading, surnames)


def _end_of_name(text: str, start: int, end: int) -> int:
    """Cut off what is no name: "Mr. Ball That" ends behind Ball, "President The" has none."""
    at = start
    for word in re.finditer(r"\S+", text[start:end]):
        if NOT_A_NAME.match(word.group()):
            break
        at = start + word.end()
        if re.search(r"[’']s$", word.group()):
            break  # "Saud’s Continuing Interest": the name ends with its genitive
    name = text[start:at]
    if re.search(r"’s?$|'s$", name):
        at -= len(re.search(r"[’']s?$", name).group())  # type: ignore[union-attr]
    return at if re.search(r"[a-z]", text[start:at]) else start


def _again(reading: Reading, surnames: dict[str, str]) -> Iterator[Span]:
    dictionary = Dictionary((surname, surname) for surname in surnames if len(surname) > 3)
    for text in reading.texts:
        for start, end, found in dictionary.find(text.folded, text.words):
            if (
                text.text[start].isupper()
                and not INSTITUTION.match(text.text, end)
                and not _opens_sentence(text, start)
            ):
                yield text.span(
                    start,
                    end,
                    "person",
                    RECOGNISER,
                    cert="medium",
                    evidence=f"“{surnames[found[0]]}” stands in this document",
                )


def _opens_sentence(text: Text, start: int) -> bool:
    before = text.text[max(0, start - 40) : start].rstrip()
    return (
        bool(before)
        and before[-1] in ".!?"
        and text.folded[start:].split(" ", 1)[0] in {"will", "may", "long", "young", "brown", "white", "black", "king"}
    )
