"""References to messages: "Embtel 412 and 413", "telegram 1234 from Bonn", "Secto 12", "airgram A–86", "reftel".

One is linked where a note of the document describes it ("Telegram 412, August 18, reported that …"), or names the
document of this volume that it is ("Printed as Document 40"). The number alone does not tell a message: Deptel 412
went from the Department, Embtel 412 to it.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.model import Span
from tei_edition.resources import data_rows
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.words import Dictionary

RECOGNISER = "references"
OUT, IN = "from the Department", "to the Department"
_NUMBERS = re.compile(
    r"\s(?:[Nn]os?\.\s)?(?P<first>(?:[A-Z]{1,3}[–-])?\d{1,6}(?![\w/]|[–-]\w))"
    r"(?P<more>(?:(?:,\s|,?\sand\s)\d{1,6}(?!\w|[./–-]\w))*)"
)
_INSTRUCTION = re.compile(r"\bCA[–-]\d{2,5}(?![\w–-])")
_NUMBER = re.compile(r"(?:[A-Z]{1,3}[–-])?\d+")
_WAY = re.compile(r"\s(?P<way>from|to)\s(?:the\s)?(?P<place>[A-Z][^\W\d_]+(?:\s[A-Z][^\W\d_]+)?)")
_REFERRED = re.compile(r"\b[Rr]eftels?\b")
OPENING = 120  # characters in which a message names those that it answers
_OPENING_NUMBER = re.compile(r"(?P<n>\d{1,6})\. ")
_PRINTED = re.compile(r"[^.;()\n]{0,80}?\bprinted\s(?:as|in)\sDocument\s(?P<n>\d{1,4})(?![\d/])")
_NOTE_PRINTED = re.compile(r"(?:See\s|Printed\sas\s|Printed\sin\s|Text\sin\s|In\s)?Document\s(?P<n>\d{1,4})\.?$")


class Message(NamedTuple):
    """A message as a text names it: its place there, its number, its series (Secto), which way it went, its post."""

    text: int
    start: int
    end: int
    number: str
    series: str
    way: str
    post: str
    first: bool
    opens: bool

    def may_be(self, other: Message) -> bool:
        """Whether both may be the same message: nothing that is said of the two speaks against it."""
        return self.series == other.series and all(
            not mine or not its or mine == its for mine, its in ((self.way, other.way), (self.post, other.post))
        )


@functools.cache
def message_words() -> dict[str, str]:
    """Return the words for messages of the data file, folded, each with the way that its messages went."""
    return dict(data_rows("messages.tsv"))


@functools.cache
def _dictionary() -> Dictionary[tuple[str, str]]:
    return Dictionary((word, (word.lower(), way)) for word, way in message_words().items())


def recognise_telegrams(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each message that a text names by its number, and for the number of the document itself."""
    own = _own_way(reading)
    messages = [m for i, text in enumerate(reading.texts) for m in _messages(text, i, own)]
    targets = _Targets(reading, messages)
    for message in messages:
        text = reading.texts[message.text]
        name = targets.names.get((message.text, message.start))
        if name:
            yield text.span(
                message.start,
                message.end,
                "telegram-named",
                RECOGNISER,
                attributes={"xml:id": name},
                evidence="a note describes it here",
            )
        else:
            ref, evidence = targets.of(message)
            yield text.span(message.start, message.end, "telegram", RECOGNISER, ref=ref, evidence=evidence)
    yield from _referred(reading, messages, targets)
    yield from _telegram_number(reading)


def _own_way(reading: Reading) -> str:
    """Which way the document itself went; empty: its head does not say."""
    head = next(iter(reading.of_kind("head")), None)
    folded = head.folded if head else ""
    return OUT if "from the department" in folded else IN if "to the department" in folded else ""


def _way(said: re.Match[str]) -> tuple[str, str]:
    """Which way a message went, and the post: "from Bonn" came in from there, "to the Department" came in."""
    if said["place"].startswith("Department"):
        return (OUT if said["way"] == "from" else IN), ""
    return (IN if said["way"] == "from" else OUT), said["place"]


def _messages(text: Text, index: int, own: str) -> Iterator[Message]:
    ways = {"the writer's": own, "the reader's": {OUT: IN, IN: OUT}.get(own, ""), OUT: OUT, IN: IN}
    until = 0
    for start, end, payloads in _dictionary().find(text.folded, text.words, text.vocabulary):
        match = _NUMBERS.match(text.text, end)
        if match is None or start < until:
            continue
        until = match.end()
        word, way = payloads[0]
        said = _WAY.match(text.text, match.end())
        went, post = _way(said) if said else (ways.get(way, ""), "")
        before = text.text[max(0, start - 4) : start].rstrip()
        opens = (not before or before[-1] in ".”)") and word.startswith("telegram") and not match["more"]
        for i, number in enumerate(_NUMBER.finditer(text.text, match.start("first"), match.end())):
            series = word if way == "series" else "airgram" if "gram" in word and "tele" not in word else ""
            series = "despatch" if "desp" in word else series
            yield Message(
                index, number.start() if i else start, number.end(), number.group(), series, went, post, not i, opens
            )
    if "CA" not in text.text:
        return
    for match in _INSTRUCTION.finditer(text.text):
        yield Message(index, match.start(), match.end(), match.group(), "instruction", "", "", True, False)


class _Targets:
    """Where the messages of a document lead: to the note that describes one, or to a document of this volume."""

    def __init__(self, reading: Reading, messages: list[Message]) -> None:
        self.names: dict[tuple[int, int], str] = {}
        self._known: dict[str, list[tuple[Message, str, str]]] = defaultdict(list)
        printed = _printed(reading)
        for message in messages:
            text = reading.texts[message.text]
            match = _PRINTED.match(text.text, message.end) if text.note else None
            number = match["n"] if match else printed.get(text.passage.view.span(message.start, message.end)[1])
            if number and message.first:
                evidence = "a note says which document it is"
                self._known[message.number].append((message, f"d{int(number)}", evidence))
        for message in messages:
            text = reading.texts[message.text]
            described = text.note and message.opens and not self._matching(message)
            if described:
                count = len(self._known[message.number])
                name = f"telegram-{message.number}" + (f"_{count + 1}" if count else "")
                self.names[message.text, message.start] = name
                self._known[message.number].append((message, name, "a note describes it"))

    def _matching(self, message: Message) -> list[tuple[str, str]]:
        found = [(ref, why) for known, ref, why in self._known.get(message.number, [])[:9] if message.may_be(known)]
        return sorted(set(found))

    def of(self, message: Message) -> tuple[str, str]:
        """The id that a message leads to and why; two that it may be: neither."""
        found = self._matching(message)
        return found[0] if len(found) == 1 else ("", "")


def _printed(reading: Reading) -> dict[int, str]:
    """The place of each note's marker → the number of the document that the note consists of: "Document 40." """
    first: dict[str, str] = {}
    for text in reading.texts:
        first.setdefault(text.note, text.text)
    found = {note.anchor: _NOTE_PRINTED.match(first.get(note.name, "")) for note in reading.document.notes}
    return {anchor: match["n"] for anchor, match in found.items() if anchor is not None and match}


def _referred(reading: Reading, messages: list[Message], targets: _Targets) -> Iterator[Span]:
    """ "Reftel" is the telegram that the document names first, if its first sentence names one only."""
    first = next((i for i, text in enumerate(reading.texts) if text.block.kind == "p" and not text.note), -1)
    named = [message for message in messages if message.text == first and message.start < OPENING]
    ref = targets.of(named[0])[0] if len(named) == 1 else ""
    for text in reading.texts:
        if not text.note and "eftel" in text.text:
            for match in _REFERRED.finditer(text.text):
                yield text.span(
                    *match.span(), "telegram", RECOGNISER, ref=ref, evidence="the telegram that the message begins with"
                )


def _telegram_number(reading: Reading) -> Iterator[Span]:
    """The number that a telegram begins with: "293. For Ambassador from Secretary." """
    head = next(iter(reading.of_kind("head")), None)
    first = next(iter(reading.of_kind("p")), None)
    if head is None or first is None or "telegram" not in head.folded:
        return
    match = _OPENING_NUMBER.match(first.text)
    if match:
        yield first.span(*match.span("n"), "telegram-number", RECOGNISER, attributes={"value": match["n"]})
