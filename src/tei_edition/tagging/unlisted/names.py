"""How a name is written: where it begins and ends among the words of a passage.

"Llewellyn E. Thompson, Jr.", "de Gaulle", "Yil Hyung Chyung", "Hassan II", "O’Neill"; in capitals, too. Blanks, a
hyphen or the full stop of an initial hold its words together; a genitive, a comma or a word that names no person
ends it.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import NamedTuple

from tei_edition.tagging import name_vocabulary as vocabulary
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.words import fold

_LONGEST = 9  # words of a name, initials and particles included
_GAP = re.compile(r"\.?[ \n]| ?[“\"(][A-Z]\w+[”\")] |-")
_INITIAL_GAP = re.compile(r"\. ?\n?|\.-")
_SUFFIX = re.compile(r",? (?:Jr|Sr)\b\.?|,? [IVX]+\b(?![.’'])")
WORDS_AND_NAMES = vocabulary.grammar("word-and-name")
_PARTICLES = vocabulary.grammar("particle")
_OPENING = vocabulary.grammar("opening")
_ENDS_SENTENCE = frozenset('.!?:;“”"—(•*')
_NO_ENDING = re.compile(r".{3,}(?:ese|ism|ists?|ians|ites?|tion|tions|ment|ments|ness|ing|ally|aries|ities|ity)$")
_INNER_CAPITAL = re.compile(
    r"(?!(?:Mc|Mac|De|Di|Du|Da|Des|Van|Von|La|Le|Lo|Fitz|St|Ter|Al|El|Ben|[A-Z][’'])[A-Z])[A-Z]+[a-z]+[A-Z]"
)
_GOVERNMENTS = vocabulary.grammar("government")
INSTITUTION = re.compile(
    r" (?:Library|Files?|Plan|Doctrine|Administration|(?:Sub)?[Cc]ommittee|Commission|Islands?|County|Papers"
    r"|Amendment|Act|Institut(?:e|ion)|Foundation|Center|University|College|Hospital|House|Hotel|Building|Hall|Square"
    r"|Street|Avenue|Road|Field|Lines?|Treaty|Bill|Round|Airport|Memorial|Theat(?:er|re)|Company|Corporation|Co\.|Corp"
    r"|Inc\b|Ltd|Brothers|Bros|Presidential|River|Lake|Bay|Canal|Dam|Strait|Province|Airlines|Oil|Motors|Award|Prize"
    r"|Government|Embassy|Air Base|Airfield|School|Fund|Trust|Bank|Collection|Records)\b"
)
_SMALL_INSTITUTIONS = ("committee",)  # what may be one with a small letter, too
INSTITUTION_IN_CAPITALS = re.compile(INSTITUTION.pattern, re.IGNORECASE)
_BEFORE_PLACE = vocabulary.grammar("before-place")


class Name(NamedTuple):
    """A name in a passage: the first and the last of its words, and its characters."""

    first: int
    last: int
    start: int
    end: int


class Page:
    """A passage with what its capitals tell: each word's nature is asked for by its index."""

    def __init__(self, text: Text, reading: Reading) -> None:
        self.text = text
        self.words = text.words
        self.folds = text.folds
        self.starts = text.starts
        self.ends = text.ends
        self.upper = text.upper
        self.word_at = text.word_at
        self.capitals = in_capitals(text.text)
        self.ordinary = reading.ordinary_words
        self.headline = text.block.kind in ("head", "heading", "list-head", "attachment-head", "dateline")
        self._given = vocabulary.given_names()
        self._family = vocabulary.family_names()
        self._names: dict[int, Name | None] = {}
        self.initials: set[int] = set()
        self.name_words: set[int] = set()  # the words that can be part of a name by their looks alone
        self.beginnings: list[int] = []  # both, in order
        self._look_at_capitals()

    def _look_at_capitals(self) -> None:
        text, looks_like_a_name = self.text.text, _in_text_in_capitals if self.capitals else _in_text
        for i in itertools.compress(range(len(self.upper)), self.upper):
            start, end = self.starts[i], self.ends[i]
            if end - start > 1:
                found = self.name_words if looks_like_a_name(text[start:end]) else None
            else:
                found = self.initials if self._is_initial(text[start], text[end : end + 1]) else None
            if found is not None:
                found.add(i)
                self.beginnings.append(i)

    def _is_initial(self, letter: str, behind: str) -> bool:
        return behind == "." or (letter == "U" and behind == " " and not self.capitals)

    def written(self, i: int) -> str:
        """A word as it stands there."""
        word = self.words[i]
        return self.text.text[word.start : word.end]

    def name_from(self, i: int) -> Name | None:
        """The name that begins with a word, by its looks alone; several kinds of evidence ask for it."""
        if i not in self._names:
            self._names[i] = name_at(self, i)
        return self._names[i]

    def capital(self, i: int) -> bool:
        """Whether a word begins with a capital."""
        return self.upper[i]

    def initial(self, i: int) -> bool:
        """Whether a word is an initial: "E."; the Burmese "U" goes without a full stop."""
        return i in self.initials

    def given(self, i: int) -> bool:
        """Whether a word is a usual given name."""
        return self.upper[i] and self.words[i].folded in self._given

    def family(self, i: int) -> bool:
        """Whether a word is a family name wherever it stands."""
        return self.upper[i] and self.words[i].folded in self._family

    def name_word(self, i: int, *, any_word: bool = False, capitals: bool = False, titled: bool = False) -> bool:
        """Whether a word can be part of a name. `any_word`: behind a form of address, where only offices cannot;
        `capitals`: words in capitals are no abbreviations here; `titled`: a title stands before the name.
        """
        if not (any_word or capitals or titled):
            return i in self.name_words
        if not 0 <= i < len(self.words) or not self.upper[i]:
            return False
        folded, start, end = self.words[i]
        capitals = capitals or self.capitals
        return _is_name_word(
            self.text.text[start:end], folded, any_word=any_word, capitals=capitals, titled=titled
        )

    def joined(self, i: int) -> str:
        """What stands between a word and the one behind it."""
        try:
            return self.text.text[self.ends[i] : self.starts[i + 1]]
        except IndexError:
            return "\n\n"

    def holds(self, i: int) -> bool:
        """Whether the gap behind a word can be one within a name."""
        gap = self.joined(i)
        if gap == " ":
            return True
        if gap == ", ":
            return False
        if "\n" in gap and not self._wraps(self.words[i].end):
            return False
        if self.initial(i):
            return bool(_INITIAL_GAP.fullmatch(gap)) or gap == " "
        if "." in gap:
            return self.words[i].folded in _SHORTENED
        return bool(_GAP.fullmatch(gap))

    def _wraps(self, at: int) -> bool:
        """Whether a line ends because it is full, so that what it says goes on in the next."""
        prose = self.text.block.kind in ("p", "note") or bool(self.text.note)
        return prose and at > 50 and self.text.text.rfind("\n", at - 50, at) < 0

    def opens_sentence(self, i: int, *, brackets: bool = True) -> bool:
        """Whether a word begins a sentence or a block (or what brackets hold), where a capital says nothing."""
        start, text = self.starts[i], self.text.text
        if start > 1 and text[start - 1] == " " and text[start - 2].isalpha():
            return False  # a word before it: what most ask for
        before = text[max(0, start - 3) : start].rstrip(" \n’‘'")
        if not before:
            return start < 3 or "\n" in text[max(0, start - 3) : start]
        if before[-1] == "." and i > 0 and (self.initial(i - 1) or self.words[i - 1].folded in _ABBREVIATED):
            return False
        return before[-1] in _ENDS_SENTENCE and (brackets or before[-1] not in "(“")


_NEVER = vocabulary.grammar("never")
_SHORTENED = vocabulary.grammar("shortened")
_ABBREVIATED = vocabulary.grammar("abbreviated")


# Texts repeat their words: what a word looks like by itself is found once.
@functools.lru_cache(maxsize=50_000)
def _in_text(written: str) -> bool:
    return _is_name_word(written, fold(written), any_word=False, capitals=False, titled=False)


@functools.lru_cache(maxsize=50_000)
def _in_text_in_capitals(written: str) -> bool:
    return _is_name_word(written, fold(written), any_word=False, capitals=True, titled=False)


def _is_name_word(written: str, folded: str, *, any_word: bool, capitals: bool, titled: bool) -> bool:
    """Whether a capitalised word, by itself, can be part of a name; see `Page.name_word`."""
    if len(written) < 2 or (not written.isalpha() and any(c.isdigit() for c in written)):
        return False
    family = folded in vocabulary.family_names()
    known = written in vocabulary.initials() or (family and len(written) > 3)
    if written.isupper() and not (capitals or known):
        return False
    if family or folded in vocabulary.given_names():
        return True
    if folded in vocabulary.title_words():
        return False
    if _INNER_CAPITAL.match(written) and not written.isupper():
        return False  # "DepAsst", "AmConGen"
    if any_word:
        return folded not in _NEVER
    return folded not in vocabulary.no_persons() and (titled or not _NO_ENDING.match(folded))


_CAPITALS = bytes(range(ord("A"), ord("Z") + 1))
_SMALL = _CAPITALS.lower()


def in_capitals(text: str) -> bool:
    """Whether a passage is written in capitals throughout, as telegrams of the 1970s are."""
    if len(text) <= 20:
        return False
    sample = text[:4000]
    plain = sample.encode()  # letters are counted by leaving them out: no step of Python for each
    upper = len(plain) - len(plain.translate(None, _CAPITALS))
    small = len(plain) - len(plain.translate(None, _SMALL))
    odd = len(plain) - len(sample)  # at most so many letters are none of A to Z
    if upper + odd <= 20 or upper + odd <= 3 * small:
        return False
    if odd:
        upper, small = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return upper > 20 and upper > 3 * small


def name_at(page: Page, i: int, *, any_word: bool = False, capitals: bool = False, titled: bool = False) -> Name | None:
    """The name that begins with the word `i`; None where none does."""
    first, last, words, gap = i, -1, 0, ""
    limit = min(len(page.words), i + _LONGEST)
    if _cannot_begin(page, i, titled=titled):
        return None
    while i < limit and words < 5:
        capital, folded = page.upper[i], page.folds[i]
        if i in page.initials:
            pass
        elif capital and (titled or i > first) and folded in WORDS_AND_NAMES:
            last, words = i, words + 1
        elif last >= 0 and gap == "-" and _goes_on(page, i, words):
            last = i
        elif not capital and folded in _PARTICLES:
            if last < 0 and (folded not in _OPENING or i != first):
                break
        elif capital and page.name_word(
            i,
            any_word=(any_word and last < 0) or (i > first and _particle(page, i - 1)),
            capitals=capitals,
            titled=titled,
        ):
            if (page.capitals or capitals) and last >= 0 and not page.given(last) and not page.family(i):
                break  # "FOREIGN MINISTER BOUTEFLIKA WILL"
            last, words = i, words + 1
        else:
            break
        gap = page.joined(i)
        if gap != " " and (not page.holds(i) or _pair(page, i)):
            break
        i += 1
    if last < 0 or _PARTICLES.issuperset(page.folds[first : last + 1]):
        return None  # "El Al"
    return make_name(page, first, last)


def _cannot_begin(page: Page, i: int, *, titled: bool) -> bool:
    if page.folds[i] == "m" and page.upper[i] and not (i + 1 < len(page.words) and page.initial(i + 1)):
        return True  # "M. Schuman"
    verb = not titled and page.folds[i] in vocabulary.verbs()
    return verb and page.opens_sentence(i, brackets=False)  # "Visited Van Royen this afternoon"


def _pair(page: Page, i: int) -> bool:
    """Whether a hyphen joins two persons ("the Kennedy-Johnson papers"), and no two parts of a name ("Jean-Paul")."""
    if page.joined(i) not in ("-", "–") or i + 1 >= len(page.words) or not page.capital(i + 1):
        return False
    double = page.text.folded[page.words[i].start : page.words[i + 1].end].replace("-", "-")
    if double in vocabulary.family_names() or double in vocabulary.given_names():
        return False
    if (page.family(i) and page.family(i + 1)) or page.joined(i) == "–":
        return True
    behind = page.words[i + 2].folded if i + 2 < len(page.words) else ""
    return behind in vocabulary.meetings()


def _particle(page: Page, i: int) -> bool:
    return not page.capital(i) and page.words[i].folded in _PARTICLES


def _goes_on(page: Page, i: int, words: int) -> bool:
    """Whether a word behind a hyphen belongs to the name before it, of so many words."""
    return (words > 1 and _second_syllable(page, i)) or _second_half(page, i)


def _second_half(page: Page, i: int) -> bool:
    """The second half of a double name, though it be a place's: "Mendès-France"."""
    double = page.text.folded[page.words[i - 1].start : page.words[i].end]
    return page.joined(i - 1) == "-" and double in vocabulary.family_names()


def _second_syllable(page: Page, i: int) -> bool:
    """The small-lettered part of a Chinese or Korean name: "Chiang Ching-kuo"."""
    return page.joined(i - 1) == "-" and page.written(i).islower() and page.words[i].end - page.words[i].start > 1


def make_name(page: Page, first: int, last: int) -> Name | None:
    """The words `first` to `last` as a name with its suffix; None where an institution bears it."""
    end = page.ends[last]
    behind = page.text.text[end : end + 1]
    if behind == " " and _bears_it(page, last):
        return None
    hyphen = behind == "-" and page.joined(last) == "-"
    if hyphen and page.capital(last + 1) and page.folds[last + 1] in vocabulary.no_persons():
        return None  # "Franco-American"
    if first > 0 and page.folds[first - 1] in _BEFORE_PLACE and page.joined(first - 1) in (" ", ". "):
        return None  # "Camp David"
    suffix = _SUFFIX.match(page.text.text, end) if behind in (" ", ",") else None
    if suffix and suffix.group().strip(" ,") not in ("I", "X"):
        end = suffix.end()
    return Name(first, last, page.starts[first], end)


def _bears_it(page: Page, last: int) -> bool:
    """Whether an institution follows a name and bears it: "Kennedy Library", "NYE COMMITTEE"."""
    if page.written(last).isupper():
        return INSTITUTION_IN_CAPITALS.match(page.text.text, page.ends[last]) is not None
    if last + 1 >= len(page.upper) or not (page.upper[last + 1] or page.folds[last + 1] in _SMALL_INSTITUTIONS):
        return False  # a small letter behind it, as behind most
    return INSTITUTION.match(page.text.text, page.ends[last]) is not None


def widened(page: Page, first: int, last: int) -> Name | None:
    """A surname with the given names and initials before it, and what of the name comes behind it."""
    for i in range(first - 1, max(-1, first - 5), -1):
        if not page.holds(i) or "\n" in page.joined(i) or _pair(page, i):
            break
        if page.initial(i):
            if is_government(page, i) or _is_label(page, i):
                break
        else:
            known = page.given(i) or page.family(i)
            if page.words[i].folded in _OPENING and not page.capital(i):
                known = True
            elif not page.name_word(i) or (not known and (page.opens_sentence(i) or page.headline or page.capitals)):
                break
        first = i
    if not page.headline and not page.capitals:
        while (
            page.holds(last)
            and "\n" not in page.joined(last)
            and not _pair(page, last)
            and (page.name_word(last + 1) or (last > first and _second_syllable(page, last + 1)))
            and last - first < 5
        ):
            last += 1
    return make_name(page, first, last)


def _is_label(page: Page, i: int) -> bool:
    """Whether an initial before a surname numbers a paragraph ("D. Eshkol agreed") or is French for Mr."""
    alone = i == 0 or not (page.initial(i - 1) or page.given(i - 1))
    if alone and page.written(i) == "M":
        return True
    return (
        alone
        and page.opens_sentence(i)
        and not (page.text.note and page.words[i].start < 3)
        and (page.text.block.kind == "p" or bool(page.text.note))
    )


def is_government(page: Page, i: int) -> bool:
    """Whether an initial belongs to "U.S.", "U.N.", "U.K.": no given name."""
    letters = page.words[i].folded
    k = i
    while k > 0 and page.initial(k - 1) and page.joined(k - 1) in (".", ". "):
        k -= 1
        letters = page.words[k].folded + letters
    return letters in _GOVERNMENTS
