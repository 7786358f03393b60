"""The lines of a printed list, joined to items: where does an entry begin, and which line goes on from the one before?

Blank lines between the items settle it, or an indent; else an entry begins with a name, and in the order of the
alphabet. Headings, page numbers, letters of the alphabet and the editors' introduction are left out.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import NamedTuple

from tei_edition.authority.identifiers import identifier_of
from tei_edition.authority.list_item import looks_like, person_name
from tei_edition.authority.name_words import is_particle
from tei_edition.dates import MONTHS
from tei_edition.diagnostics import LINE_END

_PERSONS = re.compile(r"(?:list of )?(?:principal |important )?(?:persons|names|people|participants)\b.{0,40}", re.I)
_TERMS = re.compile(r"(?:list of )?(?:abbreviations|acronyms|terms|symbols|glossary|code names)\b.{0,60}", re.I)
_PAGE = re.compile(r"\[?(?:page |p\. ?)?[0-9IVXLCivxlc]+\]?|[A-Z]|[-–—_*=#\s]+|(?:contents|top|back|continued)", re.I)
_NOTE = re.compile(r"(?:editor[’']s note|note:|this list|the (?:following|identification)|all titles)", re.I)
_BULLET = re.compile(r"^[•·▪*–—-]\s+")
_GOES_ON = re.compile(
    rf"(?:[,;–—&/-]|\b(?:of|and|the|for|to|in|from|until|on|at|with|by|or|a|[;,] thereafter|{'|'.join(MONTHS)}))$"
)
_YEAR = re.compile(r"1[789]\d\d[.;,]?")
_LINKS = re.compile(r"(?:bin|ben|ibn|bint|abd|[’']t) [A-Z]")  # begin a name with a small letter, as particles do
_AROUND = 20  # lines that show how long a line is
_SORTED = 0.8  # so many of the sure names in order: the list is sorted


class Item(NamedTuple):
    """An item of the list: its words on one line, the line of the file it begins on, and its kind."""

    words: str
    line: int
    kind: str
    doubtful: tuple[tuple[int, str], ...] = ()  # lines that go on, and could be an entry: their numbers and words


class _Line(NamedTuple):
    number: int
    words: str
    indented: bool
    after_blank: bool
    kind: str  # that of the heading above it


def items_of(text: str, kind: str = "") -> list[Item]:
    """Return the items of a list in its order."""
    lines = _lines(text, kind)
    whole = kind or _kind(lines)
    lines = [line._replace(kind=line.kind or whole) for line in lines]
    starts, doubtful = _starts(lines)
    groups: list[list[_Line]] = []
    for line, begins in zip(lines, starts, strict=True):
        if begins or not groups:
            groups.append([])
        groups[-1].append(line)
    items = [
        Item(
            _joined([line.words for line in group]),
            group[0].number,
            group[0].kind,
            tuple((line.number, line.words) for line in group[1:] if line.number in doubtful),
        )
        for group in groups
    ]
    return [item for item in items if not _NOTE.match(item.words)]


def _joined(lines: Sequence[str]) -> str:
    """Join lines; a word that was parted at a line's end is made whole."""
    pieces: list[str] = []
    for words, following in zip(lines, [*lines[1:], ""], strict=True):
        parted = re.search(r"[a-z]-$", words) and following[:1].islower()
        pieces.append(words[:-1] if parted else f"{words} ")
    return "".join(pieces).strip()


def _lines(text: str, kind: str) -> list[_Line]:
    """The lines that hold words of the list, each with the kind that the heading above it announces."""
    found: list[_Line] = []
    blank, headed = False, ""
    for number, line in enumerate(re.split(LINE_END, text), 1):
        words = _BULLET.sub("", line.strip())
        if not words:
            blank = True
            continue
        goes_on = found and _YEAR.fullmatch(words) and _GOES_ON.search(found[-1].words)
        heading = None if goes_on else _heading(words)
        if heading is not None:
            headed, blank = kind or heading or headed, blank or bool(heading)
            continue
        found.append(_Line(number, words, line[:1] in " \t", blank, kind or headed))
        blank = False
    return found


def _heading(words: str) -> str | None:
    """The kind that a heading announces (empty: a page number, a letter of the alphabet); None: no heading."""
    if _PERSONS.fullmatch(words) and "," not in words:
        return "person"
    if _TERMS.fullmatch(words) and words.count(",") < 2 and len(words.split()) < 8:
        return "term"
    return "" if _PAGE.fullmatch(words) else None


def _kind(lines: Sequence[_Line]) -> str:
    """Whether a list is one of persons or of terms: by what more of its lines are sure to be."""
    persons = sum(looks_like("person", line.words) == "sure" for line in lines)
    terms = sum(looks_like("term", line.words) == "sure" for line in lines)
    return "person" if persons >= terms else "term"


def _starts(lines: Sequence[_Line]) -> tuple[list[bool], set[int]]:
    """Which lines begin an item, and the numbers of the others that might."""
    parted = sum(line.after_blank for line in lines[1:])
    if parted * 3 > len(lines) - 1 > 0:  # blank lines stand between the items
        return [line.after_blank and not _unfinished(lines, i) for i, line in enumerate(lines)], set()
    indented = sum(line.indented for line in lines)
    if 0 < indented < len(lines) * 0.8 and not lines[0].indented:  # what goes on is indented
        return [not line.indented for line in lines], set()
    return _by_their_looks(lines)


def _by_their_looks(lines: Sequence[_Line]) -> tuple[list[bool], set[int]]:
    looks = ["" if i and _goes_on(lines, i) else looks_like(line.kind, line.words) for i, line in enumerate(lines)]
    sure = [i for i, look in enumerate(looks) if look == "sure"]
    keys = [_key(line.words) for line in lines]
    in_order = _longest_run([keys[i] for i in sure])
    if len(in_order) < _SORTED * len(sure):
        return [bool(look) for look in looks], set()
    fixed = [sure[k] for k in in_order]
    starts = [look == "sure" for look in looks]
    for i, look in enumerate(looks):
        if look == "perhaps":  # between the names around it, in the order of the alphabet
            at = bisect.bisect(fixed, i)
            after_before = at == 0 or keys[fixed[at - 1]][:1] <= keys[i][:1]
            before_next = at == len(fixed) or keys[i][:1] <= keys[fixed[at]][:1]
            starts[i] = (after_before and before_next) or _ends_early(lines, i)
    joined = [line for line, look, begins in zip(lines, looks, starts, strict=True) if look and not begins]
    return starts, {line.number for line in joined if line.kind == "person" and "," in person_name(line.words)[0]}


def _ends_early(lines: Sequence[_Line], i: int) -> bool:
    """Whether the line before was ended, and not wrapped: the next word would have had its place in it."""
    width = max(len(line.words) for line in lines[max(0, i - _AROUND) : i + _AROUND])
    return i > 0 and len(lines[i - 1].words) + 1 + len(lines[i].words.split()[0]) < width * 0.85


def _goes_on(lines: Sequence[_Line], i: int) -> bool:
    """Whether a line cannot begin an item: it has a small letter, a figure or a month in front."""
    words = lines[i].words
    first = words.split()[0]
    if first in MONTHS or first[0].isdigit() or first[0] == "(":
        return True
    if first[0].islower() and not (is_particle(first.strip("-")) or is_particle(first)) and "\t" not in words:
        return not re.match(r"(?:al|el)-[A-Z]|d[’'][A-Z]", words) and not _LINKS.match(words) and not (
            lines[i].kind == "term" and re.match(r"[\w ]+(?:, |:|\t)", words) and not _unfinished(lines, i)
        )
    return _unfinished(lines, i)


def _unfinished(lines: Sequence[_Line], i: int) -> bool:
    """Whether the line before ends in the middle of something."""
    return i > 0 and bool(_GOES_ON.search(lines[i - 1].words)) and looks_like(lines[i].kind, lines[i].words) != "sure"


def _key(words: str) -> str:
    """What a line is sorted by: its first letters, particles left out, or not where they are capitals ("De Gaulle")."""
    tokens = words.split()
    while len(tokens) > 1 and is_particle(tokens[0]) and tokens[0][0].islower():
        tokens = tokens[1:]
    return identifier_of(tokens[0])[:3]


def _longest_run(keys: Sequence[str]) -> list[int]:
    """The places of the longest run of keys in order (a later key may equal the one before)."""
    tails: list[str] = []
    at_tail: list[int] = []
    before: list[int] = []
    for i, key in enumerate(keys):
        place = bisect.bisect_right(tails, key)
        before.append(at_tail[place - 1] if place else -1)
        tails[place : place + 1] = [key]
        at_tail[place : place + 1] = [i]
    run: list[int] = []
    i = at_tail[-1] if at_tail else -1
    while i >= 0:
        run.append(i)
        i = before[i]
    return run[::-1]
