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
from tei_edition.tagging.context import Text
from tei_edition.tagging.person_index import content, names_of
from tei_edition.tagging.persons.mentions import Mention
from tei_edition.tagging.words import Word, fold

_FAR = 14  # words of an office beside a name
_JOINS = frozenset("of for the and to at in s on a by".split())
_GAP_BEFORE = re.compile(r"[ ,’'/&\n-]*[(\[“\"]?|\. ?|: ?| ?— ?")
_GAP_BEHIND = re.compile(r"[ ’'/&\n.-]*|, |,? ?[(\[]| ?— ?|: ")
_ENDS = re.compile(r"[a-z]{3,}[.!?]")

# What a title before a name says of the offices of its bearer; each pattern is held against an office in small letters.
CLASSES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (name, re.compile(title), re.compile(office))
    for name, title, office in (
        ("secretary", r"(?<!under )(?<!assistant )(?<!deputy )(?<!executive )(?<!foreign )secretary(?: of (?:state|defense|the \w+|\w+))?",
         r"^(?:(?:u\.s\. |united states )?(?:acting )?secretary of |.*[;,] secretary of )(?!state for |state in )|^chief secretary"),
        ("under secretary", r"(?<!deputy )under secretary", r"^(?:acting )?under ?secretary"),
        ("assistant secretary", r"(?:assistant|asst) secretary|asst secy", r"\bassistant secretary"),
        ("deputy secretary", r"deputy secretary", r"\bdeputy secretary"),
        ("foreign minister", r"foreign (?:minister|secretary)|fonmin|minister (?:of|for) foreign affairs",
         r"foreign (?:minister|secretary)|(?:minister|secretary|secretary of state) (?:of|for) (?:foreign|external)"),
        ("prime minister", r"prime minister|premier|primin|pm", r"prime minister|premier|head of government|chairman of the council of ministers"),
        ("vice president", r"vice president", r"\bvice president"),
        ("president", r"(?<!vice )president", r"^(?:\w+ ){0,2}president(?! of the (?:senate|board|general)\b)(?!,)"),
        ("minister", r"(?<!prime )(?<!foreign )minister", r"minister|secretary of state"),
        ("ambassador", r"ambassador|amb", r"ambassador|representative|chief of (?:the )?mission|high commissioner"),
        ("senator", r"senator|sen", r"\bsenator|\bsenate\b"),
        ("congressman", r"congress(?:wo)?man|representative|rep", r"congress(?:wo)?man|representative \(?[dr]|congress\b|house of representatives|^representative"),
        ("general", r"(?:lieutenant |major |brigadier |lt |maj |brig )?gen(?:eral)?", r"general\b(?! assembly)|\busaf?\b|\bus?mc\b|army|chief of staff|command|\bmarshal\b|\bforces\b"),
        ("admiral", r"(?:vice |rear |v)?adm(?:iral)?", r"admiral|\busn\b|navy|naval|commander in chief|joint chiefs"),
        ("colonel", r"(?:lieutenant |lt )?col(?:onel)?", r"colonel|\busaf?\b|military|army"),
        ("officer", r"captain|capt|major|maj|commander|cdr|marshal|lieutenant", r"captain|major|commander|marshal|lieutenant|\bus[na]f?\b|military|army|navy|naval"),
        ("chancellor", r"chancellor", r"chancellor"),
        ("governor", r"governor|gov", r"governor"),
        ("king", r"king|queen|shah|emperor|sultan|sheikh|amir|emir", r"\bking\b|\bqueen\b|shah|emperor|sultan|sheikh|ruler|amir|emir"),
        ("prince", r"(?:crown )?prince(?:ss)?", r"prince|princess|king"),
        ("archbishop", r"archbishop|bishop|cardinal|pope|father|reverend|rev", r"archbishop|bishop|cardinal|pope|priest|patriarch|church"),
        ("chairman", r"chairman", r"chairman|president"),
        ("director", r"director", r"director|chief"),
        ("justice", r"(?:chief )?justice|judge", r"justice|judge|court"),
        ("lord", r"lord|lady|sir|dame", r"\blord\b|\bsir\b|brit|\buk\b|united kingdom|english|\blady\b"),
        ("woman", r"mrs|miss|ms|madame|mme|mlle|lady|senora", r"\bmrs\b|\bmiss\b|\bmadame\b|\bwife\b|\bwidow\b|\bsister\b|\bdaughter\b|woman"),
    )
)  # fmt: skip


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
    return Beside(
        tuple(content(before)), tuple(content(_behind(text, mention.behind))), _class(before), before[0] if before else ""
    )


def _before(text: Text, at: int) -> Iterator[str]:
    begin = text.words[at].start
    for i in range(at - 1, max(-1, at - 1 - _FAR), -1):
        word = text.words[i]
        if not _GAP_BEFORE.fullmatch(text.text, word.end, begin) or not _of_office(text, word):
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
    words = " ".join(reversed(before[:6]))
    for name, title, _ in CLASSES:
        if _title_at_end(title.pattern).search(words):
            return name
    return ""


@functools.cache
def _title_at_end(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)(?:{pattern})$".replace("(?:^|\\s)(?:(?<!", "\\b(?:(?<!"))


class Terms(NamedTuple):
    """An entry as offices are held against it: each office with its words and whether it was held at the date."""

    offices: tuple[tuple[str, frozenset[str], bool], ...]
    whole: frozenset[str]
    active: str
    woman: bool


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
    rows = []
    titles = " ".join(title for name in names_of(entry) for title in name.titles)
    for office in offices:
        folded = fold(office.title)
        rows.append((folded, frozenset(content(re.findall(r"[^\W\d_]{2,}", folded))), held(office, date)))
    if titles:
        folded = fold(titles)
        rows.append((folded, frozenset(content(re.findall(r"[^\W\d_]{2,}", folded))), True))
    dated = [row[2] for office, row in zip(offices, rows, strict=False) if office.start or office.end]
    active = "" if not dated else "now" if any(dated) else "not"
    woman = bool(re.search(r"\bmrs\b|\bmiss\b|\bmadame\b|\bwife\b|\bqueen\b|\bprincess\b", fold(f"{titles} {entry.description}")))
    return Terms(tuple(rows), whole, active, woman)


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
    pattern = next(office for name, _, office in CLASSES if name == title)
    if any(is_held and pattern.search(office) for office, _, is_held in terms.offices):
        return "now"
    return "once" if any(pattern.search(office) for office, _, _ in terms.offices) else "not"
