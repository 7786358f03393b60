"""When a telegram came, where a meeting was held, and of what sort the copy is that was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.tagging.source_note.sentences import Sentence

_MEETING = (
    r"(?:meeting|conversation|discussion|conference|session|talks?|luncheon|lunch|dinner|breakfast|briefing|interview"
    r"|call|ceremony|reception)s?"
)
_HELD = re.compile(
    r"(?:According to [^,;]{1,90}, )?(?:The source text indicates (?:that )?)?(?:[Tt]he|[Tt]his|[Bb]oth)"
    rf" (?:[\w’'.-]+ ){{0,3}}?{_MEETING}(?: of [^,;]{{1,40}})?(?:,? which)?,? (?:(?:was|were) held|held|took place"
    r"|occurred|convened|began|was conducted)(?: (?:at|from|on|over|during|following|after|before|for)"
    r" (?:(?!\b(?:in|at|aboard) (?:the )?[A-Z])[^,;]){1,60}?)? (?P<in>in|at|aboard|on board|inside)"
    r" (?P<place>(?:the |his |an? )?[A-Z“‘(0-9][^;]*)"
)
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_NO_PLACE = re.compile(
    rf"\d|(?:noon|midnight|half|{MONTH})\b|(?:the )?(?:request|suggestion|invitation|initiative|end|time|course)\b"
)
_PLACE_ENDS = re.compile(
    rf"[;(\[]|,? (?:between|from|on (?:the )?(?:{MONTH}|evening|morning|afternoon|\d)|at (?:\d|noon|approximately)"
    r"|and (?:was|were|lasted|began|ended|the)|beginning|during|before|after|following|with|while|where|when|as|prior"
    rf"|immediately)\b|, (?=[a-z])| (?=in (?:{MONTH}))|, (?={MONTH} \d)|\.(?=\s+[A-Z][a-z]+ (?:was|were|of))"
)
_RECEIVED = re.compile(
    r"(?:(?<=was )|(?<=; )|(?<=^)|(?<=\. )|(?<=[(\[—] )|(?<=[(\[—]))[Rr]eceived\b"
    r"(?: (?:in|at|by) the [A-Z][^,;.()]{2,60}?(?=,| on | at ))?,?(?: (?:on|at))?"
    r" ?(?=[^;.()\[\]]{0,40}(?:\d|\bnoon\b|midnight))"
    r"(?P<when>[^;()\[\]]*)"
)
_RECEIVED_ENDS = re.compile(
    r",? (?:and|with|from|by|in|as|which|was|has|is)\b|, (?=[a-z])|\.(?=\s|$)(?<!\bm\.)(?<!\b[ap]\.m\.)"
)
_WITNESS = re.compile(
    r"(?:Printed|Published|Reproduced|Taken|Transcribed|Reprinted) from (?:an?|the|what) (?=[^.;]*(?:cop(?:y|ies)"
    r"|draft|text|version|transcript|carbon|original|photostat|typescript|telegram|ribbon|facsimile)\b)"
    r"|(?:No|The) [\w ,/]{0,40}?(?:drafting|clearance|transmission|signature|date|time|number|addressee)[\w ,/]{0,60}?"
    r" (?:is|are|was|appears?|were) (?:not )?(?:indicated|given|shown|provided|included|on|in|noted|found)\b"
    r"|The (?:source text|original|text printed here|telegram|memorandum|copy printed here|document|letter|paper)"
    r" (?:(?:is|was) (?:not (?:signed|dated|initialed)|undated|unsigned|incomplete|unnumbered)\b"
    r"|is (?:an?|the) (?:[\w’'-]+ ){0,6}?(?:cop(?:y|ies)|draft|carbon|transcript|translation|original|retyped)\b"
    r"|(?:bears|has|contains|gives|indicates) no\b|does not (?:bear|indicate|contain|have|give|show)\b|lacks\b)"
    r"|There (?:is|are|was) no (?:drafting|clearance|time|date|signature|indication of (?:the )?(?:drafting|time))\b"
    r"|(?:Unsigned|Undated)\b"
)


_HOUR = re.compile(r"\d|noon|midnight")


class Stated(NamedTuple):
    """A circumstance in offsets of the view: the words for the header, and the range that is tagged."""

    kind: str
    start: int
    end: int


def circumstances(text: str, found: list[Sentence]) -> Iterator[Stated]:
    """Yield what the sentences of a source note say of the paper itself."""
    for sentence in found:
        held = _HELD.match(text, *sentence)
        if held and not _NO_PLACE.match(held["place"]) and "incorrectly" not in held.group():
            ends = _PLACE_ENDS.search(text, held.start("place") + 1, sentence.end)
            yield Stated(
                "held", held.start("place"), _trimmed(text, held.start("place"), ends.start() if ends else sentence.end)
            )
        if _WITNESS.match(text, *sentence):
            semicolon = text.find(";", *sentence)
            yield Stated("witness", sentence.start, semicolon if semicolon >= 0 else sentence.end)
        if "eceived" in text[sentence.start : sentence.end]:
            yield from received(text, *sentence)


def received(text: str, start: int, end: int) -> Iterator[Stated]:
    """Yield when the paper came: "Received at 6:37 p.m."; above the text "[Received August 18—9:11 p.m.]"."""
    for match in _RECEIVED.finditer(text, start, min(len(text), end + 1)):
        ends = _RECEIVED_ENDS.search(text, match.start("when"), match.end())
        stop = min(ends.start() if ends else match.end(), match.start() + 90)
        stop = _trimmed(text, match.start(), stop)
        if _HOUR.search(text, match.start(), stop):
            yield Stated("received", match.start(), stop)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;”\n":
        end -= 1
    return end


_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?(?P<half>[ap])\. ?m\b\.?|\b(?P<noon>noon|midnight)\b"
)


def times(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the times of day in the words that say when a paper came, with their value: "6:37 p.m." is 18:37:00."""
    for match in _CLOCK.finditer(text, start, end):
        if match["noon"]:
            yield *match.span(), "12:00:00" if match["noon"] == "noon" else "00:00:00"
            continue
        hour = int(match["hour"])
        if 1 <= hour <= 12:
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
            yield *match.span(), f"{hour:02}:{match['minute'] or '00'}:00"
