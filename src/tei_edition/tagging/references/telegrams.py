"""References to telegrams: "Embtel 412 and 413", "telegram 1234 from Bonn"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading, Text

RECOGNISER = "references"
_TELEGRAM = re.compile(
    r"\b(?P<name>(?:[Cc]ircular )?[Tt]elegrams?|TELEGRAMS?|[A-Z][a-z]*tels?|Secto|Tosec|Polto|Topol|Dulte|Tedul|Cedto"
    r"|Todep|Usun)"
    r" (?:No\. )?(?P<first>\d{1,6})(?P<more>(?:(?:, |,? and )\d{1,6}(?!\w|[./–-]\w))*)(?!\w|[/–-])"
)
_NUMBER = re.compile(r"\d+")
_OPENING_NUMBER = re.compile(r"(?P<n>\d{1,6})\. ")


def recognise_telegrams(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each telegram that a text names by its number, and for the number of the document itself."""
    telegrams = _named_in_notes(reading)
    for text in reading.texts:
        yield from _telegrams(text, telegrams)
    yield from _telegram_number(reading)


def _named_in_notes(reading: Reading) -> dict[str, tuple[str, int]]:
    """The telegrams that a note describes ("Telegram 412, August 18, reported"): number → the note and the place
    in it.
    """
    named: dict[str, tuple[str, int]] = {}
    for text in reading.texts:
        if text.note:
            for match in _TELEGRAM.finditer(text.text):
                before = text.text[max(0, match.start() - 40) : match.start()].rstrip()
                sentence_start = not before or before[-1] in ".”)"
                if not match["more"] and match["name"].lower().startswith("telegram") and sentence_start:
                    named.setdefault(match["first"], (text.note, match.start()))
    return named


def _telegrams(text: Text, named: dict[str, tuple[str, int]]) -> Iterator[Span]:
    for match in _TELEGRAM.finditer(text.text):
        numbers = list(_NUMBER.finditer(text.text, match.start("first"), match.end()))
        for i, number in enumerate(numbers):
            start = match.start() if i == 0 else number.start()
            target = f"telegram-{number.group()}" if number.group() in named else ""
            if named.get(number.group()) == (text.note, match.start()):
                yield text.span(start, number.end(), "telegram-named", RECOGNISER, attributes={"xml:id": target})
            else:
                yield text.span(start, number.end(), "telegram", RECOGNISER, ref=target)


def _telegram_number(reading: Reading) -> Iterator[Span]:
    """The number that a telegram begins with: "293. For Ambassador from Secretary." """
    head = next(iter(reading.of_kind("head")), None)
    first = next(iter(reading.of_kind("p")), None)
    if head is None or first is None or "telegram" not in head.folded:
        return
    match = _OPENING_NUMBER.match(first.text)
    if match:
        yield first.span(*match.span("n"), "telegram-number", RECOGNISER, attributes={"value": match["n"]})
