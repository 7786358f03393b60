"""Mentions of listed persons: the wordings of the index where they stand, with the given names before them.

Which of several persons is meant, and whether a person is meant at all, is weighed later; here is only what stands
there, and whom it can mean.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from tei_edition.resources import data_rows
from tei_edition.tagging import name_vocabulary as vocabulary
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.person_index import PARTICLES, Key, PersonIndex, by_surname
from tei_edition.tagging.titles import NOT_A_NAME, is_title
from tei_edition.tagging.words import Word, fold

_SUFFIX = re.compile(r",? (?:Jr|Sr)\b\.?|,? (?:III|II|IV)\b")
_GAP = re.compile(r" ?| [“\"(]\w+[”\")] ")
_STOP_GAP = re.compile(r"\. ?")  # behind initials and shortened names only: "He told Robert. Kennedy left."
_LINE_END = re.compile(r"\.? ?\n")
_SHORTENED = frozenset(["geo", "wm", "chas", "jas", "thos", "robt", "jos", "jno", "alex", "benj", "st"])
_FULL = 40  # characters of a line that ends because it is full, and not because what it says does
_OFFICE_PHRASE = re.compile(
    r"\b(?:Secretary|Minister|Ambassador|Representative|Director|Chief|Chairman|Adviser|Assistant|Deputy|Counselor|Head"
    r"|Administrator|Commissioner|Governor|General|President|Officer|Attaché|Consul)"
    r"(?: (?:[A-Z][\w-]+|of|to|for|and|the|on))* $"
)
_ALIKE = 5  # characters of given names that are one where a single letter differs
_KEPT = 500  # of what may stand before a wording, how much is remembered
_MOST = 4  # given names before a surname
_TAKES_NO_FORENAME = frozenset({"single", "full", "first-of-two-single"})


class Fit(NamedTuple):
    """How a mention fits an entry: by which part of the name, and by which kind of given name before it.

    `given` is `name` (George), `short` (Walt for Walter, Bob for Robert), `initial` (G.) or `none`.
    """

    part: str
    given: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the text that may name a listed person: `start` to `end` in the view of `text`.

    `key` is where the surname stands; `fits` whom it can mean; `foreign` tells of a given name that is nobody's in the
    list: another person with the same surname. `at` is the index of the first word, `behind` that behind the last.
    """

    text: Text
    start: int
    end: int
    key: tuple[int, int]
    at: int
    behind: int
    fits: Mapping[str, Fit]
    foreign: bool = False

    @property
    def given(self) -> bool:
        """Whether a given name or an initial stands with the surname."""
        return self.start < self.key[0] or any(fit.part == "full" for fit in self.fits.values())


def find_mentions(index: PersonIndex, reading: Reading) -> list[Mention]:
    """Return every mention of a document in order; none overlaps another."""
    return [mention for text in reading.texts for mention in find_in_text(index, text)]


def find_in_text(index: PersonIndex, text: Text) -> Iterator[Mention]:
    """Yield the mentions of a passage in order."""
    reached = 0
    for start, end, keys in index.dictionary.find(text.folded, text.words, text.vocabulary):
        if start < reached or not _capital(text.text, start, end):
            continue
        at = bisect.bisect_left(text.starts, start)
        begin, fits, foreign = _with_given_names(index, text, at, keys)
        suffix = _SUFFIX.match(text.text, end)
        stop = suffix.end() if suffix else end
        first = at
        while first > 0 and text.words[first - 1].start >= begin:
            first -= 1
        behind = at
        while behind < len(text.words) and text.words[behind].start < stop:
            behind += 1
        reached = stop
        yield Mention(text, max(begin, 0), stop, (start, end), first, behind, fits, foreign)


def _capital(words: str, start: int, end: int) -> bool:
    """Whether a wording is written as a name: "de Gaulle" and "GAULLE", not "ball"."""
    if words[start].isupper():
        return end - start > 2 or not words[start + 1 : end].isupper() or words[end : end + 1] != "."
    return " " in words[start:end] and any(part[:1].isupper() for part in words[start:end].split())


def _with_given_names(
    index: PersonIndex, text: Text, at: int, keys: Sequence[Key]
) -> tuple[int, dict[str, Fit], bool]:
    """Walk left from a surname over given names; return where the name begins, whom it can mean, and whether a given
    name is nobody's of the list.
    """
    before = list(_capitalised_before(index, text, at))
    best, fits = _fitting(index, keys, tuple(word.folded for word in before))
    begin = before[best - 1].start if best else text.words[at].start
    rest = before[best:]
    if not rest or not _is_given_name(index, text, rest[0], begin):
        return begin, fits, False
    for word in rest:
        if not _is_given_name(index, text, word, begin):
            break
        begin = word.start
    # "W. George Ball" may be George Ball; "Paul Ball" is not
    return begin, (fits if best else {}), not best


def _fitting(index: PersonIndex, keys: Sequence[Key], before: tuple[str, ...]) -> tuple[int, dict[str, Fit]]:
    """How many of the words before a wording are given names, and whom it can mean with them; found once for each
    wording and what stands before it, for a list may have a thousand bearers of one surname.
    """
    # the index keeps the keys, so their identity stays theirs
    known: dict[tuple[str, ...], tuple[int, dict[str, Fit]]] = index.fitting.setdefault(id(keys), {})
    if before not in known:
        if len(known) > _KEPT:
            known.clear()
        best, fits = 0, {}
        for entry, of_entry in by_surname(keys).items():
            taken, fit = max((_given(before, key) for key in of_entry), key=lambda found: (found[0], found[1]))
            if taken > best:
                best, fits = taken, {entry: fit}
            elif taken == best:
                fits[entry] = fit
        known[before] = best, fits
    return known[before]


def _capitalised_before(index: PersonIndex, text: Text, at: int) -> Iterator[Word]:
    """The capitalised words directly before a surname that are no titles, the nearest first."""
    begin = text.words[at].start
    if at and text.words[at - 1].folded in PARTICLES and text.text[text.words[at - 1].end : begin] in (" ", "-"):
        at -= 1  # "Mustafa al-Barzani"
        begin = text.words[at].start
    for i in range(at - 1, max(-1, at - 1 - _MOST), -1):
        word = text.words[i]
        if not _holds(text, word, begin) or not text.text[word.start].isupper():
            return
        written = text.text[word.start : word.end]
        if len(written) > 1 and word.folded in vocabulary.title_words() and word.folded not in index.forenames:
            return  # "Secretary McNamara" is no S. McNamara
        if is_title(written) or (len(written) > 1 and not _may_be_given(index, word.folded)):
            return
        yield word
        begin = word.start


def _holds(text: Text, word: Word, begin: int) -> bool:
    """Whether what stands between a word and the next can stand inside a name; the end of a full line of prose can."""
    end = word.end
    short = end - word.start == 1 or word.folded in _SHORTENED
    if _GAP.fullmatch(text.text, end, begin) or (short and _STOP_GAP.fullmatch(text.text, end, begin)):
        return True
    prose = bool(text.note) or text.block.kind in ("p", "item", "quotation")
    full = "\n" not in text.text[max(0, end - _FULL) : end]
    between = text.text[end:begin] if short else text.text[end:begin].replace(".", "!")
    return prose and full and bool(_LINE_END.fullmatch(between))


def _may_be_given(index: PersonIndex, folded: str) -> bool:
    """Whether a capitalised word can be a given name: "Also Kissinger" is no A. Kissinger."""
    return folded in index.forenames or _is_known_given(folded) or folded not in vocabulary.no_persons()


def _is_known_given(folded: str) -> bool:
    return folded in short_forms() or folded in called() or folded in vocabulary.given_names()


def _given(before: Sequence[str], key: Key) -> tuple[int, Fit]:
    """How many of the words before a surname are given names of the entry, and how they fit.

    An initial that the list does not have ("John F." for "John") is passed over where a name follows that fits.
    """
    taken, given, upto = 0, "none", len(key.forenames)
    if key.part in _TAKES_NO_FORENAME:
        return 0, Fit(key.part, "none")
    for count, word in enumerate(before, 1):
        found = next(((i, how) for i in range(upto - 1, -1, -1) if (how := _fits(word, key.forenames[i]))), None)
        if found is None:
            if len(word) > 1:
                break
            continue
        taken, upto = count, found[0]
        given = max(given, found[1], key=_STRENGTH.index)
    return taken, Fit(key.part, given)


_STRENGTH = ["none", "initial", "short", "name"]


@functools.cache
def _fits(word: str, forename: str) -> str:
    name = fold(forename.rstrip("."))
    if word == name:
        return "name" if len(name) > 1 else "initial"
    if len(word) == 1 or (len(name) == 1 and word in vocabulary.given_names()):
        return "initial" if word[:1] == name[:1] else ""
    if word in short_forms().get(name, ()) or name in short_forms().get(word, ()):
        return "short"
    if len(word) >= _ALIKE and len(name) >= _ALIKE and Levenshtein.distance(word, name, score_cutoff=1) == 1:
        return "short"  # Malcom and Malcolm
    return "short" if len(word) > 2 and (name.startswith(word) or word.startswith(name)) and len(name) > 2 else ""


@functools.cache
def short_forms() -> dict[str, frozenset[str]]:
    """Given names and what their bearers are called: Robert → Bob, Bobby, Rob."""
    return {name: frozenset(short.split()) for name, short, _ in data_rows("short-forms.tsv")}


@functools.cache
def called() -> frozenset[str]:
    """The short forms themselves: Bob, Bill, Walt."""
    return frozenset(short for forms in short_forms().values() for short in forms)


@functools.cache
def mens_names() -> frozenset[str]:
    """Given names whose bearers are men: no Mrs. Kennedy is a John."""
    return frozenset(name for name, _, who in data_rows("short-forms.tsv") if who == "m")


def _is_given_name(index: PersonIndex, text: Text, word: Word, begin: int) -> bool:
    """Whether a capitalised word directly before a name is a given name: an initial, or no title, office or opener."""
    written = text.text[word.start : word.end]
    if written == "M" and text.text[word.end : begin] == ". ":
        return False  # "M. Spaak": Monsieur
    if len(written) == 1:
        return text.text[word.end : word.end + 1] == "." and text.text[word.start - 1 : word.start] != "."
    if is_title(written) or NOT_A_NAME.match(written):
        return False
    if word.folded in index.forenames or _is_known_given(word.folded):
        return True
    if not written[1:].islower() or text.text[word.end : begin] != " ":
        return False
    if _OFFICE_PHRASE.search(text.text, max(0, word.start - 60), word.start):
        return False  # "Representative to the United Nations Stevenson"
    before = text.text[max(0, word.start - 40) : word.start].rstrip()
    return bool(before) and before[-1] not in ".!?:;“(—–-" and text.block.kind not in ("head", "item", "cell")
