"""How a text may write the terms of a list: "LINC, LINCOLN" is two wordings, "UN(O)" is UN and UNO.

Printed lists join what belongs together in one entry: "UFCO, UNFC, UNIFRUIT", "WEO or WEOG", "bn(s)",
"Exim (Eximbank)", "B–52 (Stratofortress)". Each is looked for alone; what the entry has as a whole comes before what is
derived from it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from tei_edition.model import Entry
from tei_edition.tagging.words import WORD, Word, fold
from tei_edition.telegraphic import telegraphic_words

LISTED, DERIVED, DOTTED = range(3)  # the entry's own wording; a part of it; with or without full stops

_PARTS = re.compile(r"\s*[,;]\s*|\s+or\s+")
_GLUED = re.compile(r"(?P<before>[^\s()]+)\(/?(?P<inside>[^\s()]+)\)(?P<behind>[^\s()]*)")
_BEHIND = re.compile(r"(?P<before>[^()]+?)\s+\((?P<inside>[^()]+)\)")
_INITIALS = re.compile(r"[A-Z](?:\.?[A-Z]){1,4}\.?")
_AMPERSAND = re.compile(r" ?& ?")
_PLURAL = re.compile(r"[A-Z][A-Z/&]+s")
_DIGITS = re.compile(r"[0-9]+$")


_MOST_WORDS = 50_000  # of the texts, of which an index remembers what begins there


class Wording(NamedTuple):
    """One way to write an entry: its id, the letters, and how far from the list's own wording it is."""

    entry: str
    written: str
    distance: int


class Found(NamedTuple):
    """A place where a wording may stand; whether its letters agree is still to be asked."""

    start: int
    end: int
    wordings: Sequence[Wording]


def wordings_of(entry: Entry) -> Iterator[Wording]:
    """Yield the ways to write an entry, the list's own first: "UK(G)" is looked for as UK(G), UK and UKG."""
    direct = dict.fromkeys(entry.forms or (entry.name,))
    derived = dict.fromkeys(part for form in direct for part in _parts(form) if part not in direct)
    for form in direct:
        yield Wording(entry.id, form, LISTED)
    for form in derived:
        yield Wording(entry.id, form, DERIVED)
    for form in [*direct, *derived]:
        other = _other_stops(form)
        if other and other not in direct and other not in derived:
            yield Wording(entry.id, other, DOTTED)


def _parts(form: str) -> Iterator[str]:
    parts = [part for part in _PARTS.split(form) if part]
    if len(parts) > 1:
        if all(" " not in part or "(" in part for part in parts):  # "S.J. Res., joint resolution" is no two terms
            for part in parts:
                yield part
                yield from _parts(part)
        return
    glued = _GLUED.fullmatch(form)
    if glued:
        yield glued["before"] + glued["behind"]
        yield glued["before"] + glued["inside"] + glued["behind"]
    behind = _BEHIND.fullmatch(form)
    if behind:
        yield behind["before"]
        if _is_another_name(behind["before"], behind["inside"]):
            yield behind["inside"]
    if _PLURAL.fullmatch(form) or (form.endswith("s") and f"telegraphic-{form[:-1].lower()}" in telegraphic_words()):
        yield form[:-1]  # "FSOs", "Embtels"
    if "&" in form:
        yield _AMPERSAND.sub(" & " if " &" not in form else "&", form)


def _is_another_name(name: str, inside: str) -> bool:
    """Whether a bracket holds another name, "Exim (Eximbank)", "GCR (GOCR)"; not of whom or where, "PRG (SV)"."""
    if not inside.isupper():
        return True
    one, other = ({c for c in words if c.isalpha()} for words in (name, inside))
    return one <= other or other <= one


def _other_stops(form: str) -> str:
    """Initials with full stops where the list has none, and without them where it has: UN and U.N."""
    if not _INITIALS.fullmatch(form):
        return ""
    plain = form.replace(".", "")
    return plain if "." in form else "".join(f"{letter}." for letter in plain)


_Forms = tuple[tuple[int, ...], dict[str, list[Wording]]]  # lengths, the longest first, and wordings by their form


class TermIndex:
    """The wordings of many entries by their first word: a character costs the same with 20,000 entries and with 200."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        gathered: dict[str, dict[str, list[Wording]]] = defaultdict(lambda: defaultdict(list))
        for entry in entries:
            for wording in wordings_of(entry):
                folded = fold(wording.written)
                first = WORD.match(folded)
                if first:
                    gathered[first.group()][folded].append(wording)
        self._by_first: dict[str, _Forms] = {
            first: (tuple(sorted({len(form) for form in forms}, reverse=True)), dict(forms))
            for first, forms in gathered.items()
        }
        self._met: dict[str, tuple[_Forms, ...]] = {}  # each word of the texts, and what may begin there; bounded

    def find(self, folded: str, words: Sequence[Word], beginning: Set[str] | None = None) -> Iterator[Found]:
        """Yield, at each word, the wordings that stand there, the longest first. `beginning` are the words with which
        one may begin, if they have been looked up for the whole document.

        A plural ("ICBMs") and a year without a blank ("FY57") are found by the term before them, as the word that
        they are written in is not the list's.
        """
        if beginning is None:
            beginning = self.beginning({word.folded for word in words})
        for word in [word for word in words if word[0] in beginning]:
            for lengths, forms in self._beginning(word.folded):
                for length in lengths:
                    written = folded[word.start : word.start + length]
                    wordings = forms.get(written) if len(written) == length else None  # the passage may end before
                    if wordings and _ends(folded, word.start + length):
                        yield Found(word.start, word.start + length, wordings)

    def beginning(self, words: Set[str]) -> frozenset[str]:
        """Those of the words of a document with which a wording may begin."""
        if not self._by_first:
            return frozenset()
        met = self._met
        return frozenset([word for word in words if (met[word] if word in met else self._beginning(word))])

    def _beginning(self, word: str) -> tuple[_Forms, ...]:
        """The wordings that may begin with a word; found once for each word, as texts repeat their words."""
        known = self._met.get(word)
        if known is None:
            if len(self._met) >= _MOST_WORDS:
                self._met.clear()
            known = tuple(self._by_first[first] for first in _first_words(word) if first in self._by_first)
            self._met[word] = known
        return known


def _first_words(word: str) -> Iterator[str]:
    yield word
    if word.endswith("s") and len(word) > 2:
        yield word[:-1]
    digits = _DIGITS.search(word)
    if digits and digits.start() > 1:
        yield word[: digits.start()]


def _ends(folded: str, end: int) -> bool:
    """Whether a wording may end here: before no letter, but before the s of a plural or the two digits of a year."""
    behind = folded[end : end + 3]
    if not behind[:1].isalnum() or not folded[end - 1].isalnum():
        return True
    if folded[end - 1].isdigit():
        return behind[0] == "s" and not behind[1:2].isalnum()
    return (behind[0] == "s" and not behind[1:2].isalnum()) or (behind[:2].isdigit() and not behind[2:3].isalnum())
