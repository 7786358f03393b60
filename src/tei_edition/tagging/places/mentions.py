"""Wordings of places in a text: what the user's gazetteer and the bundled one know, the longest at each word.

A place is written with a capital, so only words with one are looked up, each by a dictionary. Letter case must agree
for abbreviations ("US" is no "us"); a heading in capitals is read as names are written elsewhere.
"""

from __future__ import annotations

import bisect
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from tei_edition.gazetteer import Gazetteer, Wording
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.places.referent import existed
from tei_edition.tagging.places.vocabulary import no_places
from tei_edition.tagging.words import Word

_LINE = 200  # characters of a line on either side that tell whether it is in capitals
_HEAD = 40  # characters that mostly tell what the others are
_SHORT = 4  # letters; longer words in capitals beside a word in capitals make a heading, shorter ones need not


_AGAINST = ("anti-", "non-", "pro-", "Anti-", "Non-", "Pro-")


class Mention(NamedTuple):
    """A wording at a place of a text: the first and the last of its words, and what is known under it.

    `own` are entries of the user's authority files, `wording` what the bundled gazetteer says; one of both may be
    missing.
    """

    text: Text
    first: int
    last: int
    start: int
    end: int
    own: tuple[str, ...]
    wording: Wording | None

    @property
    def folded(self) -> str:
        """The words in their folded form."""
        return self.text.folded[self.start : self.end]


def find_mentions(reading: Reading) -> list[Mention]:
    """Return the mentions of a document in order; of two that overlap, the one that begins first."""
    known = reading.known
    found: list[Mention] = []
    has_own = any(entry.kind == "place" for entry in known.entries.values())
    for text in reading.texts:
        own = {start: (end, ids) for start, end, ids in _listed(reading, text)} if has_own else {}
        found.extend(_mentions(text, own, known.gazetteer, reading.year))
    return found


def _mentions(
    text: Text, own: dict[int, tuple[int, tuple[str, ...]]], gazetteer: Gazetteer | None, year: int | None
) -> Iterator[Mention]:
    words, reached = text.words, 0
    begins: Set[str] = gazetteer.beginnings if gazetteer else frozenset()
    for i in itertools.compress(range(len(words)), text.upper if not own else itertools.repeat(True)):
        folded, start, _ = words[i]
        if start < reached or not (start in own or (folded in begins and text.upper[i])):
            continue
        end, ids = own.get(start, (start, ()))
        wording = _look_up(text, i, gazetteer, year) if gazetteer else None
        if wording is not None:
            length = start + len(wording.folded)
            if length < end:
                wording = None
            elif wording.folded in no_places():
                wording, reached = None, length
            elif length > end:
                end, ids = length, ()
        if end > start:
            reached = end
            yield Mention(text, i, _last(words, i, end), start, end, ids, wording)


def _last(words: Sequence[Word], i: int, end: int) -> int:
    while i + 1 < len(words) and words[i + 1].start < end:
        i += 1
    return i


def _look_up(text: Text, i: int, gazetteer: Gazetteer, year: int | None) -> Wording | None:
    """The longest wording that stands here in the right letter case; one of a state of another time only where no
    shorter one is left: in 1914 "Serbia and Montenegro" are two.
    """
    word, first = text.words[i], None
    for wording in gazetteer.standing(word.folded, text.folded, word.start):
        end = word.start + len(wording.folded)
        written = text.text[word.start : end]
        if _goes_on(text.text, end) or not _same_case(written, wording):
            continue
        if " " in written and text.text.endswith(_AGAINST, 0, word.start):
            continue  # "anti-Communist Korea" is Korea
        if written.isupper() and _abbreviates(text, i, end, wording):
            continue
        if " and " not in wording.folded or year is None:
            return wording
        if any(existed(gazetteer.place(identifier), year) for identifier in wording.ids):
            return wording
        first = first or wording
    return first


def _goes_on(text: str, end: int) -> bool:
    """Whether initials go on behind what stands here: the "U.S" of "U.S.S. Liberty"."""
    return text.startswith(".", end) and text[end + 1 : end + 2].isupper() and text[end + 2 : end + 3] == "."


def _same_case(written: str, wording: Wording) -> bool:
    """Whether the letters are capitals where a name has them: "United States", or all of them: "UNITED STATES"."""
    if wording.kind == "abbreviation":
        return written == wording.written
    if written.isupper():
        return len(written) >= _SHORT
    parts, names = written.split(), wording.written.split()
    return len(parts) == len(names) and all(
        p[0].isupper() or not p[0].isalpha() for p, name in zip(parts, names, strict=True) if name[0].isupper()
    )


@functools.lru_cache(maxsize=64)
def in_capitals(line: str) -> bool:
    """Whether a text or a line is written in capitals; a misread letter ("DECEPTIoN") does not make it prose."""
    if line.isupper():
        return True
    if sum(map(str.islower, line[:_HEAD])) > _HEAD // 2:
        return False
    capitals = sum(map(str.isupper, line))
    return capitals > 9 * sum(map(str.islower, line))


def _abbreviates(text: Text, i: int, end: int, wording: Wording) -> bool:
    """Whether a word in capitals is an abbreviation and no name: "CENTO", "CAR"; not in a line of capitals."""
    if wording.kind == "abbreviation" or in_capitals(text.text):
        return False
    start = text.words[i].start
    opens = text.text.rfind("\n", max(0, start - _LINE), start) + 1 or max(0, start - _LINE)
    closes = text.text.find("\n", end, end + _LINE)
    if in_capitals(text.text[opens : closes if closes >= 0 else end + _LINE]):
        return False
    before = text.text[text.words[i - 1].start : text.words[i - 1].end] if i else ""
    following = bisect.bisect_left(text.starts, end)
    behind = text.text[slice(*text.words[following][1:])] if following < len(text.words) else ""
    return not any(len(word) > _SHORT and word.isupper() for word in (before, behind))


def _listed(reading: Reading, text: Text) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The places of the user's authority files that stand in a text, in the right letter case."""
    known = reading.known
    for start, end, ids in known.places.find(text.folded, text.words):
        written = text.text[start:end]
        same = tuple(i for i in sorted(ids) if same_case_as_listed(written, known.entries[i].forms))
        if same:
            yield start, end, same


def same_case_as_listed(written: str, forms: Iterable[str]) -> bool:
    """Whether the words are written as a list has them; words in capitals may be a heading's."""
    flat = " ".join(written.split()).replace("’", "'")
    plain = [form.replace("’", "'") for form in forms]
    if any(flat == form or (len(form) > _SHORT - 1 and flat == form.upper()) for form in plain):
        return True
    return (
        flat[:1].isupper()
        and flat[1:].islower()
        and any(len(form) > _SHORT and form[:1].isupper() and not form.isupper() for form in plain)
    )
