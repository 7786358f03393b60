"""How a paper is marked: classification, handling and precedence ("Secret; Niact; Limit Distribution").

The source note says it in a sentence of its own; old telegrams print it above the text ("secret niact").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tei_edition.model import Marking, Span
from tei_edition.resources import data_rows
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.source_note.sentences import Sentence

RECOGNISER = "source-note"
_LONGEST = 60  # characters of a mark that is on no list: a code word, a channel
_MOST_WORDS = 6
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "\u2010": "-", "\n": " ", "\t": " "})
_PART = re.compile(r"[^;,]+")
_FOR = re.compile(r" (?:for|from|to) (?=[A-Z]|the )")
_JOINED = re.compile(r"\s*(?:-|/| and )\s*")
# A mark on no list: a code word ("Omega", "PBSUCCESS"), or words that were not declassified, in brackets.
_CODE_WORD = re.compile(r"\[[^\[\]]{3,50}\]$|[A-Z0-9][\w/'’-]*(?: (?:[A-Z0-9][\w/'’-]*|of|to|and|the|by)){0,4}$")
_RUN_ON = re.compile(
    r" (?=(?:Drafted|Cleared|Approved|Repeated|Received|Sent|Also|Prepared|Transmitted|Passed|Initialed)\b)"
)
_WORD = re.compile(r"[^\s,;.()\[\]—–-]+")


# Sentences that go on to other papers: "Attached is a memorandum to Rusk. Top Secret."
_ANOTHER = re.compile(
    r"(?:Attached|Another|According|A copy|The (?:source text|original|memorandum|telegram|letter|attach)"
    r"|For (?:text|the)|In (?:an?|the|his) [a-z]|On [A-Z][a-z]+ \d|Not printed|See )"
)


class Mark(NamedTuple):
    """A mark of the list: its kind, and the name that the header gives it."""

    kind: str
    name: str


@functools.cache
def marks() -> dict[str, Mark]:
    """Return the marks of the data file by their words, folded."""
    return {_folded(words): Mark(kind, name) for words, kind, name in data_rows("document-marks.tsv")}


def _folded(words: str) -> str:
    return " ".join(words.translate(_DASHES).lower().split())


def markings_of_note(text: Text, found: Iterable[Sentence]) -> tuple[list[tuple[Marking, Span]], int]:
    """Return how the source note says that the document is marked, and where that ends; nothing and 0 where it does
    not say so. What is said of other papers further on does not count.
    """
    for i, sentence in enumerate(found):
        if i and _ANOTHER.match(text.text, sentence.start):
            return [], 0
        parts = [(match.start(), match.end()) for match in _PART.finditer(text.text, *sentence)]
        for at in range(len(parts)):
            # A full stop that is missing or a comma: "Whitman File, International Series, Confidential."
            listed = _listed(text, *parts[at], opens=at == 0)
            if listed and (at == 0 or listed[0][0].kind == "classification"):
                return _sequence(text, parts[at:], listed)
    return [], 0


_Marked = tuple[Marking, Span]


def _sequence(text: Text, parts: list[tuple[int, int]], first: list[_Marked]) -> tuple[list[_Marked], int]:
    found, end = list(first), _end(text, *parts[0])
    for start, stop in parts[1:]:
        listed = _listed(text, start, stop)
        if not listed and text.text[start - 1] == ";":
            listed = _code_word(text, start, stop)
        if not listed:
            break
        found += listed
        end = _end(text, start, stop)
    return found, end


def _end(text: Text, start: int, stop: int) -> int:
    """Where a part ends; a sentence that runs on into the next one is cut there."""
    run_on = _RUN_ON.search(text.text, start, stop)
    return run_on.start() if run_on else stop


def _listed(text: Text, start: int, end: int, *, opens: bool = True) -> list[_Marked]:
    """The marks of one part: one of the list, one with those for whom it is ("Eyes Only for the Ambassador"), or
    several in one ("Secret–Limit Distribution").
    """
    start, end = _trimmed(text.text, start, end)
    words = text.text[start:end]
    if not words or len(words) > 2 * _LONGEST or words[0].islower():
        return []
    mark = marks().get(_folded(words))
    if mark:
        return [_marked(text, start, end, mark)]
    run_on = _RUN_ON.search(words)  # a full stop that is missing: "Niact Repeated to Heidelberg"
    if run_on:
        mark = marks().get(_folded(words[: run_on.start()]))
        return [_marked(text, start, start + run_on.start(), mark)] if mark else []
    tail = _FOR.search(words)
    if tail and opens:
        mark = marks().get(_folded(words[: tail.start()]))
        return [_marked(text, start, end, mark)] if mark else []
    joint = _JOINED.search(words.translate(_DASHES))
    if joint:
        left, right = words[: joint.start()], words[joint.end() :]
        first, second = marks().get(_folded(left)), marks().get(_folded(right))
        if first and second:
            here = start + joint.end()
            return [_marked(text, start, start + joint.start(), first), _marked(text, here, end, second)]
        if first and first.kind == "handling" and _CODE_WORD.match(right):
            return [_marked(text, start, end, Mark("handling", " ".join(words.split())))]  # "Exdis–TAG"
    return []


def _code_word(text: Text, start: int, end: int) -> list[_Marked]:
    start, end = _trimmed(text.text, start, end)
    words = text.text[start:end]
    if len(words) > _LONGEST or not _CODE_WORD.match(words):
        return []
    return [_marked(text, start, end, Mark("handling", " ".join(words.split())))]


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start].isspace():
        start += 1
    while end > start and (words[end - 1].isspace() or words[end - 1] == "."):
        end -= 1
    return start, end


def _marked(text: Text, start: int, end: int, mark: Mark) -> _Marked:
    span = text.span(start, end, mark.kind, RECOGNISER, evidence="how the document is marked")
    return Marking(mark.kind, mark.name, span.start, span.end, text.note), span


def markings_above(reading: Reading) -> Iterator[_Marked]:
    """Yield the marks in the lines above the text: "top secret", "us urgent", "SECRET NIACT"."""
    for text in reading.of_kind("handling"):
        words = list(_WORD.finditer(text.text))
        at = 0
        while at < len(words):
            for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
                start, end = words[at].start(), words[at + length - 1].end()
                mark = marks().get(_folded(text.text[start:end]))
                if mark:
                    yield _marked(text, start, end, mark)
                    at += length - 1
                    break
            at += 1


_CAPITALS = re.compile(r"[\[( ]*(?P<words>[A-Z]{2,}(?:[ —–-][A-Z]+)*)")


def behind_marks(line: str) -> int:
    """Where the marks in capitals end that a line begins with: "SECRET Washington" is the place behind a mark."""
    end = 0
    while run := _CAPITALS.match(line, end):
        start = run.start("words")
        ends = [start + word.end() for word in _WORD.finditer(run["words"])][:_MOST_WORDS]
        marked = next((stop for stop in reversed(ends) if _folded(line[start:stop]) in marks()), 0)
        if not marked:
            break
        end = marked + len(line[marked:]) - len(line[marked:].lstrip(" ,.;—–-])"))
    return end
