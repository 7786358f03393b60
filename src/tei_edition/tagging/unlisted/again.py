"""A name that was seen once by good evidence is looked for everywhere in the document: heads, notes, capitals.

"Ambassador Gullion" makes every Gullion a person, "the Gullion–Tshombe talks" and "GULLION" too; "Llewellyn E.
Thompson" every Thompson, with the given names that stand before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tei_edition.tagging.unlisted.company import in_company
from tei_edition.tagging.unlisted.names import Name, Page, widened
from tei_edition.tagging.unlisted.sightings import Sighting, Sightings
from tei_edition.tagging.unlisted.vocabulary import no_persons
from tei_edition.tagging.words import Dictionary

_SHORTEST = 3


def everywhere(pages: Iterable[Page], sightings: Sightings) -> Iterator[tuple[Page, int, int, str]]:
    """Yield page, start, end and evidence of every mention; none overlaps another."""
    dictionary = Dictionary(
        (wording, (sighting.evidence, _words(sighting))) for sighting in sightings for wording in _wordings(sighting)
    )
    seen: dict[int, list[tuple[Name, str]]] = {}
    for sighting in sightings:
        seen.setdefault(id(sighting.page), []).append((sighting.name, sighting.evidence))
    for page in pages:
        claims = seen.get(id(page), [])
        first_word = {word.start: i for i, word in enumerate(page.words)}
        last_word = {word.end: i for i, word in enumerate(page.words)}
        for start, end, found in dictionary.find(page.text.folded, page.words):
            first, last = first_word[start], last_word.get(end)
            if last is None or _is_word(page, first, last):
                continue
            name = widened(page, first, last)
            if name is not None:
                evidence, words = found[0]
                claims.append((name, _again(page, name, evidence, words)))
        claims.extend(in_company(page, claims))
        yield from _apart(page, claims)


def _words(sighting: Sighting) -> str:
    return " ".join(sighting.page.text.text[sighting.name.start : sighting.name.end].split())


def _again(page: Page, name: Name, evidence: str, words: str) -> str:
    return evidence if page.text.text[name.start : name.end] == words else f"the same as “{words}”, {evidence}"


def _wordings(sighting: Sighting) -> Iterator[str]:
    """What of a name may stand alone: the surname, and the name as it is."""
    page, name = sighting.page, sighting.name
    last = page.words[name.last]
    text = page.text.text
    yield text[page.words[name.first].start : last.end]
    if last.end - last.start >= _SHORTEST and last.folded not in no_persons():
        yield text[last.start : last.end]
    first = page.words[name.first]
    if name.last > name.first and page.family(name.first) and first.end - first.start >= _SHORTEST:
        yield text[first.start : first.end]


def _is_word(page: Page, first: int, last: int) -> bool:
    """Whether what stands there is no name: a small letter, or a word of the language that opens a sentence."""
    if not page.capital(first) and first == last:
        return True
    if not any(page.capital(i) for i in range(first, last + 1)):
        return True
    written = page.written(last)
    if written.isupper() and len(written) < 4 and not page.capitals and first == last:
        return True
    opens = page.opens_sentence(first) or page.headline
    return first == last and opens and page.words[first].folded in page.ordinary and page.text.block.kind != "signature"


def _apart(page: Page, claims: list[tuple[Name, str]]) -> Iterator[tuple[Page, int, int, str]]:
    """The longer of two names that overlap."""
    reached = -1
    for name, evidence in sorted(claims, key=lambda c: (c[0].start, -c[0].end, c[1])):
        if name.start >= reached:
            yield page, name.start, name.end, evidence
            reached = name.end
