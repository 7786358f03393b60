"""Who stands on one side of a head: persons by name, offices, bodies.

"the Ambassador in France (Bruce)" is Bruce, "Secretary of State Rusk" is Rusk, "Robert H. Johnson of the National
Security Council Staff" is Johnson; "the Embassy in Japan" is a body and "the Acting Secretary of State" an office.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.resources import data_rows
from tei_edition.tagging.name_vocabulary import given_names, no_persons, offices, title_words
from tei_edition.tagging.titles import NAME, NOT_A_NAME, TITLE
from tei_edition.tagging.words import fold

PERSON, BODY, OFFICE, UNKNOWN = "person", "body", "office", ""
Range = tuple[int, int]
_PARENTHESIS = re.compile(r"\(\s?(?P<name>[^()]{2,40}?)\s?\)")
_TITLED = re.compile(rf"(?:^|[ ,(]){TITLE} (?P<name>{NAME}|de Gaulle)\s*(?=,| (?:at|in|of) |$)")
_OFFICE_AND_NAME = re.compile(
    r"[A-Z][^,()]* (?<!\bin )(?<!\bat )(?<!\bto )(?<!\bof )(?<!\bfor )(?<!\band )(?<!\bthe )"
    r"(?P<name>(?:(?:de|von|van|da|al|el) )?[A-Z][\w’'-]+)(?=,|\s*$)"
)
_PLAIN = re.compile(
    r"(?:(?:Mr|Mrs|Messrs|Dr|Miss|Sir|Señor|M)\.? )?"
    r"(?P<name>(?:[A-Z]\. ?){0,3}[A-Z][a-zà-ÿ]\S*?(?: [A-Z]\.){0,3}(?: (?:de|von|van|al|la|da))?"
    r"(?: (?:[A-Z][\w’'-]+|[A-Z]\.)){1,3}(?:, (?:Jr|Sr)\.)?)(?=,| of | in | at |\s*$| and )"
)
_ADDRESSED = re.compile(
    r"(?:Mr|Mrs|Messrs|Dr|Miss|Sir|Lord|Count|Baron|Earl|Señor|Senhor|Signor|M)\.? "
    r"(?P<name>(?:(?:de|von|van|da) )?[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){0,3})"
)
_JOINT = re.compile(r",? and (?=\S)|, (?=the [A-Z]|[A-Z])")
_HEAD_WORDS = re.compile(r"(?=,| (?:of|in|at|to|for|on|from|with|and|by|commanding)\b|\s*$|\s?\()")
_AT = re.compile(r", (?:at|in|then in|temporarily) ")


class Member(NamedTuple):
    """One of a side: the characters that call it, and what it is."""

    start: int
    end: int
    kind: str


def same_length(text: str) -> str:
    """The text with every kind of blank as a blank."""
    return re.sub(r"\s", " ", text)


@functools.cache
def chief_words() -> dict[str, str]:
    """The chief words of bodies and offices, and which of the two they are."""
    return {fold(row[0]): row[1] for row in data_rows("correspondents.tsv")}


def kind_of(words: str) -> str:
    """Whether words call a body or an office ("Acting Secretary of State"), by their chief word; else empty."""
    front = _front(words)
    for length in (2, 1):
        kind = chief_words().get(" ".join(front[-length:])) if len(front) >= length else None
        if kind:
            return kind
    return UNKNOWN


def begins_party(head: str, start: int) -> bool:
    """Whether somebody who writes or speaks can be called here: "the …", a title, an office, a name."""
    if head.startswith(("the ", "The ", "his ", "His "), start):
        stop = _JOINT.search(head, start)
        words = head[start + 4 : stop.start() if stop else len(head)]
        return kind_of(words) != UNKNOWN or "(" in words
    first = re.match(r"[^\W\d_]+", head[start:])
    if first is None or not first.group()[0].isupper():
        return False
    return fold(first.group()) in offices() | title_words() or _plain_name(head[start:]) is not None


def members(head: str, start: int, end: int, named: Sequence[Range]) -> Iterator[Member]:
    """Yield who stands on a side of a head. `named` are the ranges of persons already recognised there."""
    for low, high in _segments(head, start, end):
        found = _member(head, low, high, named)
        if found:
            yield found


def _segments(head: str, start: int, end: int) -> Iterator[Range]:
    """The side, cut where another party begins: "the Under Secretary (Ball) and the Director (Cline)"."""
    low = start
    for joint in _JOINT.finditer(head, start, end):
        if joint.start() < low:
            continue
        closed = head[joint.start() - 1] == ")"
        comma_only = "and" not in joint.group()
        if closed and (
            not comma_only
            or "(" in head[joint.end() : end]
            or _begins_another(head, joint.end(), end, comma_only=False)
        ):
            pass
        elif "(" in head[low : joint.start()] or not _begins_another(head, joint.end(), end, comma_only=comma_only):
            continue
        yield low, joint.start()
        low = joint.end()
    yield low, end


def _begins_another(head: str, start: int, end: int, *, comma_only: bool) -> bool:
    """Whether a second party begins, though no name in parentheses closes the first."""
    if head.startswith("the ", start):
        return not comma_only and kind_of(head[start + 4 : end]) != UNKNOWN
    name = _plain_name(head[start:end])
    if comma_only:
        return name is not None and fold(name.split()[0]) in given_names()
    return name is not None or _TITLED.match(head[start:end]) is not None


def _member(head: str, low: int, high: int, named: Sequence[Range]) -> Member | None:
    words = head[low:high]
    parenthesis = next((m for m in _PARENTHESIS.finditer(words) if _is_name(m["name"])), None)
    if parenthesis:
        return Member(low + parenthesis.start("name"), low + parenthesis.end("name"), PERSON)
    article = words.startswith(("the ", "The "))
    person = _named(head, low, high, named, article=article)
    if person is None and not article:
        match = _plain_match(words) or _ADDRESSED.match(words) or _TITLED.search(words) or _behind_office(words)
        if match and _is_name(match["name"]):
            person = low + match.start("name"), low + match.end("name")
    if person:
        return Member(*person, PERSON)
    return _unnamed(words, low + 4 if article else low, low, high)


def _named(head: str, low: int, high: int, named: Sequence[Range], *, article: bool) -> Range | None:
    """The person already recognised in a party. "the President of Kennedy's choice" names another: behind an article,
    only a name that closes the party is its own.
    """
    stop = re.search(r",(?! Jr| Sr)| of | in | at ", head[low:high])
    limit = low + stop.start() if stop else high
    inside = [(a, b) for a, b in named if low <= a and b <= high and not re.match(r"[’']s?\b|[’']", head[b : b + 2])]
    if article:
        inside = [(a, b) for a, b in inside if b == limit]
        return inside[0] if inside and kind_of(head[low + 4 : limit]) == UNKNOWN else None
    return min(inside, key=lambda r: (r[0], -r[1])) if inside else None


def _unnamed(words: str, start: int, low: int, high: int) -> Member | None:
    placed = _AT.search(words)
    end = low + placed.start() if placed else high
    end = low + len(words[: end - low].rstrip(" ,"))
    if end <= start:
        return None
    called = words[start - low : end - low]
    kind = kind_of(called)
    return Member(start, end, kind) if kind or _calls_by_office(called) else None


def _calls_by_office(words: str) -> bool:
    """Whether words that no row of the list knows call somebody all the same: "Shah of Iran"; not "United States"."""
    front = _front(words)
    return bool(front) and front[-1] in offices() | title_words()


def _front(words: str) -> list[str]:
    """The folded words up to the chief word: "acting secretary" of "Acting Secretary of State"."""
    chief = _HEAD_WORDS.search(words)
    return fold(words[: chief.start()] if chief else words).split()


def _behind_office(words: str) -> re.Match[str] | None:
    """A name that closes an office without article: "Acting Secretary of State Katzenbach"."""
    match = _OFFICE_AND_NAME.match(words)
    if match is None or fold(match["name"]) in no_persons() | chief_words().keys():
        return None
    return match if fold(words.split()[0]) in offices() | title_words() else None


def _plain_match(words: str) -> re.Match[str] | None:
    match = _PLAIN.match(words)
    return match if match and not _called_by_words(match["name"]) else None


def _plain_name(words: str) -> str | None:
    match = _plain_match(words)
    return match["name"] if match else None


def _called_by_words(name: str) -> bool:
    """Whether a capitalised sequence holds a word that names nobody: "Certain Posts", "African Affairs"."""
    words = re.findall(r"[^\W\d_]{2,}", name)
    if any(NOT_A_NAME.match(word) or fold(word) in chief_words() for word in words):
        return True
    return fold(words[0]) not in given_names() and any(fold(word) in no_persons() for word in words)


def _is_name(name: str) -> bool:
    words = re.sub(r"^(?:de|von|van|al|el|ben|bin|da|di|la|le) ?-?", "", name)
    return bool(
        words[:1].isupper()
        and re.search(r"[a-z]", words)
        and not re.search(r"\d", words)
        and not NOT_A_NAME.match(words)
    )
