"""Who had a hand in a document: "Drafted by Ball on August 17, cleared with S/S, and approved by Rusk"."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tei_edition.tagging.correspondence.parties import BODY, OFFICE, PERSON, kind_of
from tei_edition.tagging.name_vocabulary import title_words
from tei_edition.tagging.source_note.circumstances import MONTH
from tei_edition.tagging.source_note.sentences import Sentence
from tei_edition.tagging.unlisted.names import WORDS_AND_NAMES, Name, Page, name_at

_FAR = 60  # characters between one act's names and the next act of the same sentence
_VERBS = (
    r"drafted|redrafted|cleared|approved|initial(?:l?ed)|concurred in|prepared|transmitted|signed|countersigned|typed"
    r"|dictated|transcribed|submitted|written|reviewed|revised|authorized|released|coordinated|translated|endorsed"
)
_HOW = (
    r"(?: (?:in draft|in substance|jointly|orally|verbally|by telephone|by phone|for transmission|\(in (?:draft"
    r"|substance)\)|(?:on|at) [\w., :]{1,30}?|(?:at|in|within) (?:the )?[A-Z][\w/& -]{1,30}?))"
)
_ACT = re.compile(
    rf"\b(?P<acts>(?:{_VERBS})(?:(?:,? and |, )(?:{_VERBS})){{0,3}}){_HOW}{{0,2}} (?:jointly )?"
    r"(?:(?P<by>by)|(?<=cleared )with|(?<=coordinated )with|(?<=cleared in draft )with"
    r"|(?<=cleared in substance )with) (?:both )?"
    r"|\b(?P<inside>drafted|prepared|cleared|approved) (?:in|at|with)(?: the)? (?=[A-Z])"
    r"|\bwith (?:the )?(?P<concurrence>concurrences?) (?:from|of|by) ",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"(?:,? and |, |; |,? as well as )(?:\(?in (?:draft|substance)\)? )?(?:(?:by|with|from) )?"
    r"(?:(?:at|in|within) (?:the )?[A-Z][^,;.()]{0,30}? (?:by|with) )?(?:\(?in (?:draft|substance)\)? )?"
    r"(?:in (?:the )?(?=[A-Z]))?(?:\(?in (?:draft|substance)\)? )?"
)
_ON_DAY = re.compile(rf",? on (?:{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH}\.?)(?:,? \d{{4}})?")
_AND = re.compile(r",? and (?=[A-Z])")
_OFFICE = re.compile(
    r" ?\([^()]{1,80}\)| (?:of|in|for) (?:the )?[A-Z][\w/.&-]*(?: [A-Z][\w/’-]*)*(?: and [A-Z/]{2,}(?![a-z])"
    r"| and (?:[A-Z][\w/’-]* )+(?:Staff|Affairs|Office|Division|Bureau|Section|Group|Council))?(?: ?\([^()]{1,40}\))?"
    r"| in (?:draft|substance)"
)
# "INR", "S/MSA", "FE": how the Department writes its offices; other departments go by one word.
_BODY = re.compile(
    r"(?:the )?(?P<body>[A-Z]+[A-Za-z]?(?:/[A-Za-z-]+)+|[A-Z]{1,7}\b(?![.’']| [A-Z][a-z])"
    r"|(?:Departments? of )?(?:State|Defense|the Treasury|Treasury|Commerce|Justice|Agriculture|Labor|the Interior"
    r"|Interior|Energy|Transportation|the Army|Army|the Navy|Navy|the Air Force|Air Force)\b"
    r"|White House|(?:[A-Z]{2,}[’']s )?(?:Embassy|Bureau|Office|Division|Department|Directorate|Mission|Delegation)"
    r" (?:in|of|for|at) (?:the )?[A-Z][\w’'-]*(?:,? (?:and )?[A-Z][\w’'-]*){0,3})(?![’']s\b)|in (?:draft|substance)\b"
)
# "the Director of Central Intelligence", "the U.S. Intelligence Board": known by the chief word.
_PHRASE = re.compile(
    rf"(?:the )?(?P<phrase>(?:U\.S\.|[A-Z][\w’'/-]*)"
    rf"(?: (?:(?:of|for|on|in)(?: the)? )?(?!{MONTH})[A-Z][\w’'/-]*){{0,7}})"
)
_WHOSE = re.compile(r"(?:Division|Office|Bureau|Directorate|Department) (?:of|for) ")
_WITHHELD = re.compile(r"\[[^\[\]]{0,20}not declassified\]")
_MOST_TITLES = 5  # words of titles before a name: "Deputy Assistant Secretary Davies"


class Deed(NamedTuple):
    """An act and who did it, in offsets of the view; `clause` is where its date may stand."""

    act: str
    kind: str
    start: int
    end: int
    clause: tuple[int, int]


class Clause(NamedTuple):
    """The words of an act up to the next one, with those who did it."""

    start: int
    end: int
    deeds: tuple[Deed, ...]


def clauses(page: Page, found: list[Sentence], tail: frozenset[int]) -> Iterator[Clause]:
    """Yield the clauses of the acts in each sentence that begins with one: "Drafted by Ball; cleared by Williams".

    "A memorandum, drafted by Smith, is ibid." speaks of another paper. `tail` are the beginnings of sentences that are
    about this one's way: "Also sent to Saigon; drafted by Hoey".
    """
    at = {word.start: i for i, word in enumerate(page.words)}
    seen: set[tuple[str, str]] = set()
    for sentence in found:
        yield from _of_sentence(page, at, sentence, seen, sentence.start in tail)


def _of_sentence(
    page: Page, at: Mapping[int, int], sentence: Sentence, seen: set[tuple[str, str]], of_this: bool
) -> Iterator[Clause]:
    text = page.text.text
    acts = [match for match in _ACT.finditer(text, *sentence)]
    reached = -1
    for i, match in enumerate(acts):
        opens = match.start() == sentence.start or match.group()[0].isupper()
        joined = text[match.start() - 2 : match.start()] == "; " and of_this
        if not (opens or joined) and (reached < 0 or match.start() - reached > _FAR):
            continue
        ends = acts[i + 1].start() if i + 1 < len(acts) else sentence.end
        named = list(_named(page, at, match.end(), sentence.end))
        if not named:
            continue
        reached = named[-1][2]
        clause = (match.start(), max(reached, _with_date(text, reached, ends)))
        dated = list(_clauses_with_days(text, clause, named))
        deeds = []
        for act in _acts_of(match):
            for (kind, start, end), own in zip(named, dated, strict=True):
                if (act, text[start:end]) not in seen:
                    seen.add((act, text[start:end]))
                    deeds.append(Deed(act, kind, start, end, own))
        yield Clause(*clause, tuple(deeds))


def _clauses_with_days(
    text: str, clause: tuple[int, int], named: list[tuple[str, int, int]]
) -> Iterator[tuple[int, int]]:
    """For each of those of an act, where the day is said that he did it: "Ball on August 17 and Godley" says Ball's."""
    starts = [clause[0]]
    for (_, _, last), (_, start, _) in itertools.pairwise(named):
        starts.append(start if _ON_DAY.search(text, last, start) else starts[-1])
    for own in starts:
        yield own, next((start for start in starts if start > own), clause[1])


def _with_date(text: str, at: int, end: int) -> int:
    """Where the words of an act end: behind the last name, what it is in, and the day: "Ball (U) on August 17"."""
    office = _OFFICE.match(text, at, end)
    at = office.end() if office else at
    day = re.compile(
        r",? (?:on|at|in) [^,;.()]*\d(?:, \d{4})?|,? (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+\.?)(?:,? \d{4})?"
    ).match(text, at, end)
    return day.end() if day else at


def _acts_of(match: re.Match[str]) -> list[str]:
    if match["concurrence"]:
        return ["concurred in by"]
    if match["inside"]:
        return [f"{match['inside'].lower()} by" if match["inside"].lower() != "cleared" else "cleared with"]
    by = "by" if match["by"] else "with"
    acts = [act.lower() for act in re.findall(_VERBS, match["acts"], re.IGNORECASE)]
    # "drafted and cleared with" is said of what was cleared alone.
    return [f"{act} by" if by == "by" or act not in ("cleared", "coordinated") else f"{act} with" for act in acts]


def _named(page: Page, at: Mapping[int, int], offset: int, limit: int) -> Iterator[tuple[str, int, int]]:
    """Those of an act, with offices between and behind them: "Ball (NEA), INR, and Deputy Secretary Fox"."""
    text = page.text.text
    while offset < limit:
        withheld = _WITHHELD.match(text, offset)
        body = _BODY.match(text, offset, limit)
        name = None if withheld else _name(page, at.get(offset), limit)
        if name is not None and not (body and body["body"] and body.end() >= name.end):
            yield PERSON, name.start, name.end
            office = _OFFICE.match(text, name.end)
            offset = office.end() if office else name.end
        elif withheld:
            yield "withheld", withheld.start(), withheld.end()
            offset = withheld.end()
        elif body:
            # "Donald F. Barnes, Division of Language Services" is one: the office is his.
            aside_of = text[offset - 2 : offset] == ", " and text[offset - 3] != ")" and _WHOSE.match(text, offset)
            if body["body"] and not aside_of:
                yield BODY, *body.span("body")
            offset = body.end()
            aside = re.compile(r" ?\([^()]{1,60}\)| in (?:draft|substance)").match(text, offset)
            offset = aside.end() if aside else offset
        else:
            phrase = _PHRASE.match(text, offset, limit)
            kind = kind_of(phrase["phrase"]) if phrase else ""
            if phrase is None or kind not in (BODY, OFFICE):
                return
            named = _name_behind(page, phrase.start(), phrase.end())
            if named is not None:  # "the Director of Western European Affairs Francis E. Meloy"
                offset = named.end
                yield PERSON, named.start, named.end
            else:
                yield kind, *phrase.span("phrase")
                offset = phrase.end()
        day = _ON_DAY.match(text, offset, limit)
        between = _AND.match(text, day.end()) if day else _BETWEEN.match(text, offset)
        if not between or _ACT.match(text, between.end()):
            return
        offset = between.end()


def _name(page: Page, i: int | None, limit: int) -> Name | None:
    for _ in range(_MOST_TITLES):
        if i is None or i >= len(page.words) or page.words[i].start >= limit:
            return None  # "approved by the Secretary. Received …": behind the sentence stands no name of it
        if page.initial(i) or page.words[i].folded in WORDS_AND_NAMES or page.words[i].folded not in title_words():
            return name_at(page, i, titled=True)
        i += 1
    return None


def _name_behind(page: Page, start: int, end: int) -> Name | None:
    """The name into which a phrase runs, if it ends in an initial: "… Affairs Francis E" of "Francis E. Meloy"."""
    if page.text.text[end : end + 1] != "." or page.text.text[end - 2 : end - 1] != " ":
        return None
    first = bisect.bisect_left(page.words, start, key=lambda word: word.start)
    for i in range(first, len(page.words)):
        if page.words[i].start >= end:
            return None
        name = name_at(page, i, titled=True)
        if name is not None and name.end > end:
            return name
    return None


def name_within(page: Page, start: int, end: int) -> Name | None:
    """The name at the end of a phrase: "Deputy Secretary of Defense Vance" → Vance."""
    for i, word in enumerate(page.words):
        if word.start >= end:
            return None
        if word.start >= start and word.folded not in title_words():
            name = name_at(page, i, titled=True)
            if name is not None and name.end == end:
                return name
    return None
