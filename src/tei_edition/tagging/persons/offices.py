"""Titles and offices beside a name, held against what the list says of a person at the document's date.

"Secretary Dulles" in 1957 is who was Secretary of State then; "the Assistant Secretary of State for Far Eastern Affairs
(Robertson)" who held that office; "Admiral Burke" who bears the rank.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.model import Entry, Office
from tei_edition.resources import data_rows
from tei_edition.tagging.context import Text
from tei_edition.tagging.person_index import content, names_of
from tei_edition.tagging.persons.mentions import Mention, mens_names
from tei_edition.tagging.words import Word, fold

_FAR = 14  # words of an office beside a name
_JOINS = frozenset(["of", "for", "the", "and", "to", "at", "in", "s", "on", "a", "by"])
_GAP_BEFORE = re.compile(r"[ ,’'/&\n-]*[(\[“\"]?|\.[ \n]?|: ?| ?— ?")
_GAP_BEHIND = re.compile(r"[ ’'/&\n.-]*|, |,? ?[(\[]| ?— ?|: ")
_PARTS_OF_HEADS = frozenset(["from", "between", "by"])  # "Memorandum From the Under Secretary (Hale)"
_WOMAN = re.compile(r"\b(?:mrs|miss|madame|wife|widow|queen|princess)\b")


class Title(NamedTuple):
    """A kind of title before names, and how a list describes those who bear it: patterns on folded words."""

    name: str
    title: re.Pattern[str]
    office: re.Pattern[str]


@functools.cache
def titles() -> tuple[Title, ...]:
    """The kinds of titles, the more special first."""
    kinds = data_rows("title-offices.tsv")
    return tuple(Title(name, re.compile(rf"(?<!\w)(?:{title})$"), re.compile(office)) for name, title, office in kinds)


class Beside(NamedTuple):
    """What stands beside a mention: the words of an office before and behind it, nearest first, and the title."""

    before: tuple[str, ...]
    behind: tuple[str, ...]
    title: str
    form: str


def beside(mention: Mention) -> Beside:
    """Read the office or title beside a mention."""
    text = mention.text
    before = tuple(_before(text, mention.at))
    behind = content(_behind(text, mention.behind))
    return Beside(tuple(content(before)), tuple(behind), _class(before), before[0] if before else "")


def _before(text: Text, at: int) -> Iterator[str]:
    begin = text.words[at].start
    for i in range(at - 1, max(-1, at - 1 - _FAR), -1):
        word = text.words[i]
        if not _GAP_BEFORE.fullmatch(text.text, word.end, begin) or not _of_office(text, word):
            return
        if word.folded in _PARTS_OF_HEADS:
            return
        if text.text[word.end : begin].startswith((".", ":")) and word.end - word.start > 4:
            return
        yield word.folded
        begin = word.start


def _behind(text: Text, at: int) -> Iterator[str]:
    end = text.words[at - 1].end
    for word in text.words[at : at + _FAR]:
        if not _GAP_BEHIND.fullmatch(text.text, end, word.start) or not _of_office(text, word):
            return
        yield word.folded
        end = word.end


def _of_office(text: Text, word: Word) -> bool:
    return text.text[word.start].isupper() or word.folded in _JOINS


def _class(before: Sequence[str]) -> str:
    """The class of the title directly before a name: "Secretary of Defense" → secretary."""
    if not before:
        return ""
    return _class_of(" ".join(reversed(before[:6])))


@functools.lru_cache(maxsize=10_000)
def _class_of(words: str) -> str:
    return next((kind.name for kind in titles() if kind.title.search(words)), "")


class Terms(NamedTuple):
    """An entry as offices are held against it: each office with its words and whether it was held at the date; whether
    it is in office at all (`now`, `not`, empty: not known); whether it is a woman's, or bears a man's given name.
    """

    offices: tuple[tuple[str, frozenset[str], bool], ...]
    whole: frozenset[str]
    active: str
    woman: bool
    man: bool


def held(office: Office, date: tuple[str, str] | None) -> bool:
    """Whether an office was held at a date (an interval of W3C dates); where nothing is said, it was."""
    if date is None:
        return True
    first, last = date
    if office.start and office.start[: len(last)] > last[: len(office.start)]:
        return False
    return not (office.end and office.end[: len(first)] < first[: len(office.end)])


def terms_of(entry: Entry, whole: frozenset[str], date: tuple[str, str] | None) -> Terms:
    """Prepare an entry for the documents of one date."""
    offices = entry.offices or (Office(entry.description),)
    ranks = " ".join(title for name in names_of(entry) for title in name.titles)
    rows = [(*_office_words(office.title), held(office, date)) for office in offices]
    if ranks:
        rows.append((*_office_words(ranks), True))
    dated = [row[2] for office, row in zip(offices, rows, strict=False) if office.start or office.end]
    active = "" if not dated else "now" if any(dated) else "not"
    woman = _is_womans(f"{ranks} {entry.description}")
    given = [name.forenames[0] for name in names_of(entry) if name.forenames]
    return Terms(tuple(rows), whole, active, woman, not woman and any(map(_is_mans, given)))


# An entry is the same in each of the thousand documents of a volume.
@functools.lru_cache(maxsize=20_000)
def _office_words(office: str) -> tuple[str, frozenset[str]]:
    folded = fold(office)
    return folded, frozenset(content(re.findall(r"[^\W\d_]{2,}", folded)))


@functools.lru_cache(maxsize=20_000)
def _is_womans(description: str) -> bool:
    return _WOMAN.search(fold(description)) is not None


@functools.lru_cache(maxsize=20_000)
def _is_mans(forename: str) -> bool:
    return fold(forename) in mens_names()


def run(words: Sequence[str], offices: frozenset[str]) -> int:
    """How many words of an office, beginning next to the name, are those of an entry."""
    count = 0
    for word in words:
        if word not in offices:
            break
        count += 1
    return count


def title_fits(title: str, terms: Terms) -> str:
    """Whether a title is that of an office: `now` (held at the date), `once`, `not`; empty: no title."""
    if not title:
        return ""
    borne = [is_held for office, _, is_held in terms.offices if _is_office_of(title, office)]
    return "now" if any(borne) else "once" if borne else "not"


@functools.lru_cache(maxsize=50_000)
def _is_office_of(title: str, office: str) -> bool:
    pattern = next(kind.office for kind in titles() if kind.name == title)
    return pattern.search(office) is not None
