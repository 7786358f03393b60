"""A name that was seen once by good evidence is looked for everywhere in the document: heads, notes, capitals.

"Ambassador Gullion" makes every Gullion a person, "the Gullion–Tshombe talks" and "GULLION" too; "Llewellyn E.
Thompson" every Thompson, with the given names that stand before it. Where the document gives one full name to a
surname, its mentions are one person's: their evidence says whose.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tei_edition.tagging.name_vocabulary import grammar, no_persons, title_words
from tei_edition.tagging.unlisted.company import in_company
from tei_edition.tagging.unlisted.names import WORDS_AND_NAMES, Name, Page, widened
from tei_edition.tagging.unlisted.sightings import SIGNATURE, Sighting, Sightings
from tei_edition.tagging.words import Dictionary, fold

_SHORTEST = 3


def everywhere(pages: Iterable[Page], sightings: Sightings) -> Iterator[tuple[Page, int, int, str]]:
    """Yield page, start, end and evidence of every mention; none overlaps another."""
    wordings: dict[str, str] = {}  # with the evidence that was seen first
    for sighting in sightings:
        for wording in _wordings(sighting):
            wordings.setdefault(wording, sighting.evidence)
    dictionary = Dictionary(wordings.items())
    full = _full_names(sightings)
    seen: dict[int, list[tuple[Name, str]]] = {}
    for sighting in sightings:
        seen.setdefault(id(sighting.page), []).append((sighting.name, sighting.evidence))
    for page in pages:
        claims = seen.get(id(page), [])
        claims.extend(_found(page, dictionary))
        if not claims:
            continue
        claims.extend(in_company(page, claims))
        for name, evidence in _apart(claims):
            same = "" if evidence == SIGNATURE else _same(page, name, full)
            yield page, name.start, name.end, same + evidence


def _found(page: Page, dictionary: Dictionary[str]) -> Iterator[tuple[Name, str]]:
    for start, end, evidence in dictionary.find(page.text.folded, page.words, page.text.vocabulary):
        first = bisect.bisect_left(page.starts, start)
        last = bisect.bisect_left(page.starts, end) - 1
        if page.words[last].end == end and not _is_word(page, first, last):
            name = widened(page, first, last)
            if name is not None:
                yield name, evidence[0]


def _full_names(sightings: Iterable[Sighting]) -> Mapping[str, str]:
    """Surnames with the full name that the document gives them: Ball → “George W. Ball”; none where it gives two."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for page, name, _ in sightings:
        if name.last > name.first:
            words = " ".join(page.text.text[name.start : name.end].split())
            first = page.words[name.first].folded[:1]
            known = found[page.words[name.last].folded].get(first, "")
            found[page.words[name.last].folded][first] = max(known, words, key=lambda w: (len(w), w))
    return {surname: next(iter(names.values())) for surname, names in found.items() if len(names) == 1}


def _same(page: Page, name: Name, full: Mapping[str, str]) -> str:
    whole = full.get(page.words[name.last].folded, "")
    if not whole:
        return ""
    words = " ".join(page.text.text[name.start : name.end].split())
    return f"the same as “{whole}”: " if fold(whole) != fold(words) else ""


def _wordings(sighting: Sighting) -> Iterator[str]:
    """What of a name may stand alone: the surname, and the name as it is."""
    page, name = sighting.page, sighting.name
    last = page.words[name.last]
    text = page.text.text
    yield text[page.words[name.first].start : last.end]
    no_name = last.folded in no_persons() and (last.folded not in WORDS_AND_NAMES or last.folded in title_words())
    if last.end - last.start >= _SHORTEST and not no_name:
        yield text[last.start : last.end]
    first = page.words[name.first]
    if name.last > name.first and page.family(name.first) and first.end - first.start >= _SHORTEST:
        yield text[first.start : first.end]


def _is_word(page: Page, first: int, last: int) -> bool:
    """Whether what stands there is no name: a small letter, or a word of the language that opens a sentence."""
    if not any(page.upper[first : last + 1]):
        return True
    written = page.written(last)
    if written.isupper() and len(written) < 4 and not page.capitals and first == last:
        return True
    opens = page.opens_sentence(first) or page.headline
    if first == last and page.words[first].folded in no_persons():
        return opens or _in_words(page, first)
    return first == last and opens and page.words[first].folded in page.ordinary and page.text.block.kind != "signature"


def _in_words(page: Page, i: int) -> bool:
    """Whether a word that is a name and a word is a word here: "the Black Sea", "in March", "Merchant Marine"."""
    before = page.words[i - 1].folded if i else ""
    if page.joined(i - 1) == " " and (
        before in grammar("where") or before in ("the", "of", "a") or page.capital(i - 1)
    ):
        return True
    return page.joined(i) == " " and (page.capital(i + 1) or page.written(i + 1).isdigit())


def _apart(claims: list[tuple[Name, str]]) -> Iterator[tuple[Name, str]]:
    """The longer of two names that overlap."""
    reached = -1
    for name, evidence in sorted(claims, key=lambda c: (c[0].start, -c[0].end, c[1])):
        if name.start >= reached:
            yield name, evidence
            reached = name.end
