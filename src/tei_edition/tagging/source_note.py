"""The tail of a source note as data: classification and handling, who drafted, cleared and approved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tei_edition.model import Responsibility, Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.name_vocabulary import title_words
from tei_edition.tagging.unlisted.names import WORDS_AND_NAMES, Name, Page, name_at

RECOGNISER = "source-note"
_FAR = 60  # characters between one act's names and the next act of the same sentence
_CLASSIFICATION = re.compile(
    r"(?:(?<=[.,] )|(?<=^))(?P<words>(?:Top Secret|Secret|Confidential|Restricted|Official Use Only"
    r"|Limited Official Use|Unclassified"
    r"|No classification marking|Personal|Eyes Only)\b[^.]*)\."
)
_ACT = re.compile(
    r"\b(?P<act>drafted|cleared|approved|initialed|concurred in|prepared|transmitted)\b(?: (?:in draft|in substance"
    r"|jointly|and (?:approved|initialed|signed)|(?:on|at) [\w., :]{1,30}?)){0,2} (?:by|(?<=cleared )with"
    r"|(?<=cleared in draft )with|(?<=cleared in substance )with) ",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?:,? and |, |; )(?:in (?:draft|substance) (?:by|with) |by |with )?")
_OFFICE = re.compile(
    r" ?\([^()]{1,80}\)| (?:of|in|for) (?:the )?[A-Z][\w/.&-]*(?: and [A-Z/]{2,}(?![a-z]))?(?: ?\([^()]{1,40}\))?"
    r"| in (?:draft|substance)"
)
_ROOM = re.compile(r"(?:in )?[A-Z]+[A-Za-z]?(?:/[A-Za-z]+)*\b(?! [a-z])|in (?:draft|substance)\b")
_MOST_TITLES = 5  # words of titles before a name: "Deputy Assistant Secretary Davies"


def classification(reading: Reading) -> tuple[str, ...]:
    """Return the classification and handling of the source note: ("Secret", "Limit Distribution")."""
    for text in reading.source_notes():
        match = _CLASSIFICATION.search(text.text)
        if match:
            parts = (part.strip() for part in match["words"].split(";"))
            return tuple(dict.fromkeys(part for part in parts if part and len(part) < 60))
    return ()


def responsibilities(reading: Reading) -> tuple[tuple[Responsibility, ...], tuple[Span, ...]]:
    """Return who drafted, cleared and approved according to the source note, with a claim on each name."""
    found, spans = [], []
    for text in reading.source_notes():
        for act, start, end in _named(Page(text, reading)):
            evidence = f"{act} by, in the source note"
            span = text.span(start, end, "person", RECOGNISER, cert="medium", evidence=evidence)
            spans.append(span)
            found.append(Responsibility(f"{act} by", span.start, span.end))
    return tuple(found), tuple(spans)


def _named(page: Page) -> Iterator[tuple[str, int, int]]:
    """Yield each act with a name, as far as a sentence begins with the act: "Drafted by Ball, cleared by Williams".

    "A memorandum, drafted by Smith, is ibid." speaks of another paper.
    """
    text = page.text.text
    at = {word.start: i for i, word in enumerate(page.words)}
    reached = -1
    seen: set[tuple[str, str]] = set()
    for match in _ACT.finditer(text):
        opens = match["act"][0].isupper()
        if not opens and (reached < 0 or match.start() - reached > _FAR or ". " in text[reached : match.start()]):
            continue
        for start, end in _names(page, at, match.end()):
            reached = end
            if (match["act"].lower(), text[start:end]) not in seen:
                seen.add((match["act"].lower(), text[start:end]))
                yield match["act"].lower(), start, end


def _names(page: Page, at: Mapping[int, int], offset: int) -> Iterator[tuple[int, int]]:
    """The names of an act, with offices between and behind them: "Ball (NEA), INR, and Deputy Secretary Fox"."""
    text = page.text.text
    while True:
        name = _name(page, at.get(offset))
        if name is not None:
            yield name.start, name.end
            office = _OFFICE.match(text, name.end)
            offset = office.end() if office else name.end
        else:
            room = _ROOM.match(text, offset)
            if room is None:
                return
            offset = room.end()
        between = _BETWEEN.match(text, offset)
        if not between or _ACT.match(text, between.end()):
            return
        offset = between.end()


def _name(page: Page, i: int | None) -> Name | None:
    for _ in range(_MOST_TITLES):
        if i is None or i >= len(page.words):
            return None
        if page.initial(i) or page.words[i].folded in WORDS_AND_NAMES or page.words[i].folded not in title_words():
            return name_at(page, i, titled=True)
        i += 1
    return None
