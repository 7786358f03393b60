"""Whether a wording names a place here: Jordan or Mr. Jordan, Reading or reading, Paris or the Treaty of Paris.

What speaks for a place (a preposition, "the town of", a noun such as "airport" behind it) and against one (a title, a
given name, a ship, an institution) has a name and a weight; the sum decides, and the names are the evidence shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.model import Place
from tei_edition.tagging import name_vocabulary as persons
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.places.mentions import Mention
from tei_edition.tagging.places.vocabulary import words

NEVER = -100.0  # no sum of other evidence makes a place of "USS Paris"
ENOUGH = 1.0
# The sum of these and of what is known of the wording must reach ENOUGH.
WEIGHTS: dict[str, float] = {
    "in, at or near": 2.0,
    "from, to or between": 0.75,
    "of": 0.25,
    "the town, port … of": 3.0,
    "a word of direction before it": 2.0,
    "a post before it": 2.0,
    "a geographic noun behind it": 3.0,
    "airport, region, government … behind it": 1.5,
    "beside another place": 0.75,
    "its country or state behind it": 3.0,
    "named as a place elsewhere": 0.75,
    "its country is named": 0.75,
    "a title before it": -4.0,
    "a given name or initial before it": -4.0,
    "a family name behind it": -3.0,
    "written with a small letter, too": -1.5,
    "begins a sentence": -1.5,
    "a person of the list is called so": -1.5,
    "somebody is called so here": -1.0,
    "part of an institution’s name": NEVER,
    "a ship": NEVER,
    "part of an office’s symbol": NEVER,
    "a number behind it": NEVER,
    "the pronoun, in capitals": NEVER,
    "an army": NEVER,
}
_LARGE, _MIDDLE = 300_000, 50_000  # inhabitants: towns that are named without more ado
SURE = frozenset({"country", "dependency", "former-state", "region", "water", "first-level", "feature"})
_BLANK = re.compile(r"\s+")
_PAIR = re.compile(r"(?:, (?:and |or )?| and | or | & |[/–-]| to | from )(?:the )?")
_OPENS = re.compile(r"(?:[.!?:;“\"(—•]|^)[’”)\]]*\s*$")
_INITIAL = re.compile(r"(?<=\w )[A-Z]\. ?$")  # at the beginning of a line it numbers what follows
_NUMBER = re.compile(r" \d")
_ARMY = re.compile(
    r"\b(?:General|Colonel|Major|Captain|Lieutenant|Brigadier|Admiral|Gen\.|Col\.|Maj\.|Capt\.|Lt\.)[^,\n]{0,40}, $"
)
_ACROSS = ("Pan-", "Trans-", "Inter-", "Anglo-", "Franco-", "Afro-", "Euro-")  # "Operation Pan-America"
_SYMBOL = re.compile(r"[A-Z]{2,5}/")


def foremost(mention: Mention, places: Sequence[Place]) -> bool:
    """Whether everybody thinks of a place first: a state, a sea, a capital; a post whose name is no word besides (there
    was a consulate at Nice).
    """
    common = mention.wording is not None and mention.wording.common
    return any([place.kind in SURE or place.capital or (place.post and not common) for place in places])


def prior(mention: Mention, places: Sequence[Place]) -> float:
    """What is known of a wording before its surroundings are read: a capital needs no evidence, a hamlet much."""
    if mention.own:
        return 2.5
    wording = mention.wording
    if wording is None or wording.kind == "abbreviation":
        return 2.5
    sure = foremost(mention, places)
    people = max((place.population for place in places), default=0)
    known = 2.0 if sure else 1.0 if people >= _LARGE else 0.25 if people >= _MIDDLE else 0.0
    if sure:
        return known - 0.5 * wording.common - 0.5 * wording.personal
    return known - (0.5 if people >= _LARGE else 2.0) * wording.common - 1.0 * wording.personal


class Beside(NamedTuple):
    """The words right before and behind a mention, an article skipped; empty where something parts them from it."""

    before: str  # folded
    written: str  # as it stands there
    earlier: str  # folded: the word before that
    behind: str  # as it stands there
    article: bool


def beside(mention: Mention) -> Beside:
    """Return the words beside a mention."""
    text, words_, i = mention.text, mention.text.words, mention.first
    before, article = _word_before(text, i, mention.start), False
    if before == "the" and i:
        article, i = True, i - 1
        before = _word_before(text, i, words_[i].start)
    written = text.text[words_[i - 1].start : words_[i - 1].end] if before else ""
    earlier = _word_before(text, i - 1, words_[i - 1].start) if before and i > 1 else ""
    if earlier == "the" and i > 2:
        earlier = _word_before(text, i - 2, words_[i - 2].start)
    return Beside(before, written, earlier, _word_behind(mention), article)


def _word_before(text: Text, i: int, start: int) -> str:
    if i < 1:
        return ""
    word = text.words[i - 1]
    gap = text.text[word.end : start]
    return word.folded if gap.isspace() or (gap in (". ", ".") and len(word.folded) < 4) or gap == "-" else ""


def _word_behind(mention: Mention) -> str:
    text, i = mention.text, mention.last + 1
    if i >= len(text.words):
        return ""
    word = text.words[i]
    return text.text[word.start : word.end] if text.text[mention.end : word.start].isspace() else ""


def surroundings(reading: Reading, mention: Mention, near: Beside, *, renowned: bool) -> Iterator[str]:
    """Yield the names of what speaks for or against a place here, as `WEIGHTS` has them. `renowned`: everybody thinks
    of a place first (Turkey), so that what else the word is counts for little.
    """
    yield from _before(mention, near)
    yield from _behind(mention, near)
    yield from _person(reading, mention, near, renowned=renowned)
    text, wording = mention.text, mention.wording
    if not renowned and _NUMBER.match(text.text, mention.end):
        yield "a number behind it"
    if wording is not None and wording.kind == "abbreviation":
        yield from _abbreviation(mention, near)
    if wording is not None and wording.common and not renowned:
        if mention.folded in reading.ordinary_words:
            yield "written with a small letter, too"
        if _OPENS.search(text.text[max(0, mention.start - 6) : mention.start]):
            yield "begins a sentence"


def _abbreviation(mention: Mention, near: Beside) -> Iterator[str]:
    """ "TOLD US THAT" in a telegram in capitals; "Brigadier General Lucius Clay, USA"."""
    text, start, end = mention.text.text, mention.start, mention.end
    if text[start:end] == "US" and near.written.isupper() and near.written != "THE":
        open_end = not text.startswith(" ", end) or near.behind.lower() in words("behind-us")
        if near.before in words("before-us") and not near.article and open_end:
            yield "the pronoun, in capitals"
    if text[start:end] == "USA" and _ARMY.search(text, max(0, start - 60), start):
        yield "an army"


def _before(mention: Mention, near: Beside) -> Iterator[str]:
    before, text = near.before, mention.text.text
    if before == "of":
        opener = near.earlier
        if opener.capitalize() in words("institution-of") and opener.capitalize() in text[: mention.start]:
            yield "part of an institution’s name"
        elif opener in words("kind") and not near.article:
            yield "the town, port … of"
        else:
            yield "of"
    elif before in words("at") and near.written != "Near":
        yield "in, at or near"
    elif near.written in words("compass"):
        yield "a word of direction before it"
    elif before in words("to"):
        yield "from, to or between"
    elif before in words("post") and not near.article:
        yield "a post before it"
    if near.written in words("institution-before") or text.endswith(_ACROSS, 0, mention.start):
        yield "part of an institution’s name"
    if near.written in words("ship") or text.endswith("U.S.S. ", 0, mention.start):
        yield "a ship"
    if text.endswith("/", 0, mention.start) and _SYMBOL.search(text, max(0, mention.start - 6), mention.start):
        yield "part of an office’s symbol"


def _behind(mention: Mention, near: Beside) -> Iterator[str]:
    behind, text, end = near.behind, mention.text.text, mention.end
    if behind in words("institution-behind"):
        yield "part of an institution’s name"
    elif behind in words("feature-behind"):
        yield "a geographic noun behind it"
    elif behind in words("behind"):
        yield "airport, region, government … behind it"
    if text.startswith("/", end) and text[mention.start : end].isupper() and _SYMBOL.match(text, mention.start):
        following = text[end + 1 : end + 4]
        if following.isupper() and near.before in ("", "in", "of"):
            yield "part of an office’s symbol"


def _person(reading: Reading, mention: Mention, near: Beside, *, renowned: bool) -> Iterator[str]:
    wording, text = mention.wording, mention.text.text
    if wording is None or wording.kind == "abbreviation":
        return
    before, written = near.before, near.written
    title = before in persons.single_titles() and not near.article and before not in words("post")
    if title and (wording.personal or not mention.own) and written[:1].isupper() and _person_like(mention):
        yield "a title before it"
    given = written[:1].isupper() and before in persons.given_names() and not near.article
    initial = _INITIAL.search(text, max(0, mention.start - 5), mention.start)
    if (wording.personal or not renowned) and (given or initial):
        yield "a given name or initial before it"
    behind = near.behind
    if (
        wording.personal
        and behind[:1].isupper()
        and not behind.isupper()
        and behind not in words("feature-behind")
        and behind.lower() not in persons.no_persons()
        and behind.lower() not in persons.title_words()
    ):
        yield "a family name behind it"
    if mention.folded in reading.known.persons.surnames and not renowned:
        yield "a person of the list is called so"


def _person_like(mention: Mention) -> bool:
    """Whether a title before it can be this person's: "Queen Victoria"; "the Prime Minister, Congo" has a comma."""
    return mention.wording is not None and (mention.wording.personal or mention.first == mention.last)


def pairs(mentions: list[Mention], sure: list[bool]) -> list[bool]:
    """Return for each mention whether it stands beside a sure place: "Brussels, Usumbura, and Paris"."""
    found = [False] * len(mentions)
    for i in range(len(mentions) - 1):
        one, two = mentions[i], mentions[i + 1]
        if one.text is two.text and two.start - one.end < 12 and _PAIR.fullmatch(one.text.text, one.end, two.start):
            found[i] |= sure[i + 1] or found[i + 1]
            found[i + 1] |= sure[i] or found[i]
    for i in range(len(mentions) - 2, -1, -1):  # the list is sure from its end, too
        one, two = mentions[i], mentions[i + 1]
        if found[i + 1] and one.text is two.text and _PAIR.fullmatch(one.text.text, one.end, two.start):
            found[i] = True
    return found
