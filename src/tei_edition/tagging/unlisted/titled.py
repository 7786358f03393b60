"""Names behind titles and offices: "Ambassador Gullion", "Messrs. Ball and Bundy", "Secretary of the Army Roderick"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.tagging.name_vocabulary import (
    Title,
    between,
    grammar,
    no_persons,
    saying_verbs,
    title_dictionary,
    title_words,
)
from tei_edition.tagging.unlisted.names import Name, Page, name_at

_AND = re.compile(r"(?:, (?:and )?| and | & |,? or )")
_GAP = re.compile(r"\.?[ \n]")
_BRACKET = re.compile(r"\.? [\[(\"“]")
_OF = re.compile(r" (?:of|for|to|in|at) (?:the )?")
_LONGEST_OFFICE = 9  # words behind "of", before the name


def behind_titles(page: Page) -> Iterator[tuple[Name, str]]:
    """Yield each name that stands behind a title, with the title."""
    for start, end, (title, *_) in title_dictionary().find(page.text.folded, page.words, page.text.vocabulary):
        words = page.text.text[start:end]
        if not (words[0].isupper() or title.small) or (title.stop and page.text.text[end : end + 1] != "."):
            continue
        first = _behind(page, end)
        if first is None:
            continue
        for name in _names(page, first, title, capitals=words.isupper() and len(words) > 1):
            yield name, f"behind the title {' '.join(words.split())}"


def _behind(page: Page, end: int) -> int | None:
    """The index of the word that a name behind a title begins with; an office may go on: "Secretary of the Army"."""
    gap = _GAP.match(page.text.text, end)
    if gap is None:
        return None
    first = page.word_at(gap.end())
    if first is None:
        bracket = _BRACKET.match(page.text.text, end)
        return page.word_at(bracket.end()) if bracket else None
    tail = _OF.match(page.text.text, end)
    if tail is None:
        return first
    i = page.word_at(tail.end())
    for _ in range(_LONGEST_OFFICE):
        if i is None or i + 1 >= len(page.words) or page.joined(i) not in (" ", "-", " & ", "’ ", "' "):
            return None
        office = page.words[i].folded in no_persons() and page.capital(i)
        if not office and page.words[i].folded not in ("the", "and", "of", "for"):
            return None
        i += 1
        if office and page.joined(i - 1) == " " and page.name_word(i):
            return i
    return None


def _names(page: Page, first: int, title: Title, *, capitals: bool) -> Iterator[Name]:
    i: int | None = first
    at_most = 12 if title.many else 1
    while i is not None and at_most:
        again = page.words[i].folded in title_words() and page.joined(i) in (" ", ". ")  # "Mr. Ball, Mr. Bundy"
        i += i > first and again and i + 1 < len(page.words)
        name = name_at(page, i, any_word=title.address, capitals=capitals, titled=True)
        if name is None or _is_word(page, name, title):
            return
        yield name
        at_most -= 1
        between = _AND.match(page.text.text, name.end)
        i = name.last + 1 if between and name.last + 1 < len(page.words) else None
        if i is not None and between and page.words[i].start < between.end():
            i += 1
        if i is not None and between and (i >= len(page.words) or page.words[i].start != between.end()):
            return


def _is_word(page: Page, name: Name, title: Title) -> bool:
    """A capitalised word of the language behind a title: "General Discussion"."""
    if title.address or name.last > name.first:
        return False
    i = name.last
    if page.capitals and not (page.family(i) or page.given(i)):
        return not _goes_on(page, name)
    return (
        page.words[i].folded in page.ordinary and not page.family(i) and (page.headline or page.opens_sentence(i - 1))
    )


def _goes_on(page: Page, name: Name) -> bool:
    """Whether a text in capitals goes on behind a name as behind a subject: "FOREIGN MINISTER BOUTEFLIKA WILL"."""
    behind = page.words[name.last + 1].folded if name.last + 1 < len(page.words) else ""
    alone = page.joined(name.last) != " "
    return alone or behind in _AUXILIARIES or behind in saying_verbs() or behind in between()


_AUXILIARIES = grammar("auxiliary")
