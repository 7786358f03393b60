"""Whom a mention means: the evidence for each of those whom it can mean, each piece with a name.

What each piece weighs was fitted to published editions (`bench/fit_persons.py`, `data/person-weights.tsv`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from tei_edition.tagging.context import Known
from tei_edition.tagging.persons.census import most_in_the_volume
from tei_edition.tagging.persons.elsewhere import Elsewhere
from tei_edition.tagging.persons.mentions import Mention
from tei_edition.tagging.persons.offices import Beside, Terms, run, title_fits

# Words of heads that tell no post apart, as `person_index.stem` cuts them.
_EVERYWHERE = frozenset(
    ["depar", "state", "teleg", "embas", "secre", "acting", "offic", "memor", "letter", "airgr", "despa", "from", "to"]
)
WOMAN = "woman"  # the kind of titles of Mrs., Miss, Madame in title-offices.tsv
NOBODY = ""  # the reading that none of the list is meant


def evidence(
    i: int, mention: Mention, side: Beside, terms: Mapping[str, Terms], elsewhere: Elsewhere, known: Known
) -> Iterator[tuple[str, list[str]]]:
    """Yield each reading of a mention with the names of what speaks for or against it; the last one is nobody of the
    list. `i` is the mention's number in the document.
    """
    fits = [entry for entry in sorted(mention.fits) if not (side.title == WOMAN and terms[entry].man)]
    found = {entry: list(_of_entry(i, mention, entry, side, terms[entry], elsewhere)) for entry in fits}
    for where, words in (("before", side.before), ("behind", side.behind)):
        if not words or len(found) < 2:
            continue
        runs = {entry: run(words, terms[entry].whole) for entry in found}
        most = max(runs.values(), default=0)
        best = [entry for entry, count in runs.items() if count == most]
        if most and len(best) == 1:
            found[best[0]].append(f"the only one, office {where}")
    for entry, names in found.items():
        yield entry, [*names, "in the volume:most"] if most_in_the_volume(known, entry, found) else names
    yield NOBODY, list(_nobody(mention, side, terms, elsewhere))


def told_apart_by(i: int, mention: Mention, side: Beside, elsewhere: Elsewhere) -> Hashable:
    """Return all of a mention that `evidence` looks at: the Ball of whom nothing is said stands a dozen times in a
    document, and its evidence need be gathered once.
    """
    fits = mention.fits  # the mentions of a document are there as long as it is weighed, so that an id stays theirs
    full, titled = elsewhere.full, elsewhere.titled
    said = [(entry, *_elsewhere(i, entry, elsewhere)) for entry in fits if entry in full or entry in titled]
    wording = mention.text.folded[slice(*mention.key)] in elsewhere.foreign if elsewhere.foreign else False
    return id(fits), side, wording, _is_signature(mention), tuple(said)


def _of_entry(
    i: int, mention: Mention, entry: str, side: Beside, about: Terms, elsewhere: Elsewhere
) -> Iterator[str]:
    """Yield what speaks for or against an entry, by itself."""
    fit = mention.fits[entry]
    yield f"given:{fit.given}"
    yield f"part:{fit.part}"
    title = title_fits(side.title, about)
    if title:
        yield f"title:{title}"
    yield from _office("before", side.before, about)
    yield from _office("behind", side.behind, about)
    if about.active:
        yield f"in office:{about.active}"
    if about.woman and side.form in ("mr", "messrs"):
        yield "woman"
    yield from _elsewhere(i, entry, elsewhere)
    # "Assistant Secretary Kennedy" is no President
    rank = [] if title == "not" else list(_rank(about))
    yield from rank
    if _is_signature(mention):
        yield from _signs(elsewhere.sender, about, rank)


def _is_signature(mention: Mention) -> bool:
    return mention.text.block.kind == "signature" and not mention.text.note


def _elsewhere(i: int, entry: str, elsewhere: Elsewhere) -> Iterator[str]:
    """Yield what the other mentions say of an entry."""
    full = elsewhere.full.get(entry, ())  # in the order of the text
    if full and full[0] < i:
        yield "named in full:before"
    elif full and full[-1] > i:
        yield "named in full:later"
    titled = elsewhere.titled.get(entry, ())
    if titled and (titled[0] != i or len(titled) > 1):
        yield "title elsewhere"


def _signs(sender: frozenset[str], about: Terms, rank: Sequence[str]) -> Iterator[str]:
    """Who signs for the sender that the head names: the Secretary for the Department, an ambassador for his post."""
    for name in rank:
        yield f"signs: {name}" + (" for the Department" if "depar" in sender else "")
    if sender & about.whole - _EVERYWHERE:
        yield "signs: for the post in the head"


def _nobody(mention: Mention, side: Beside, terms: Mapping[str, Terms], elsewhere: Elsewhere) -> Iterator[str]:
    yield "nobody"
    yield f"nobody:of {min(len(mention.fits), 3)}"
    if side.title and {title_fits(side.title, terms[entry]) for entry in mention.fits} == {"not"}:
        yield "nobody:no such title"
    if mention.text.folded[slice(*mention.key)] in elsewhere.foreign:
        yield "nobody:another of that name"


def _office(where: str, words: Sequence[str], about: Terms) -> Iterator[str]:
    """How far the words of an office beside the name are those of the list: each word that agrees adds to it."""
    if not words:
        return
    ever = run(words, about.whole)
    now = max((run(words, office) for _, office, is_held in about.offices if is_held), default=0)
    if not ever:
        yield f"office {where}:0"
    yield from (f"office {where}:{count}" for count in range(1, min(ever, 4) + 1))
    yield from (f"office {where}, held then:{count}" for count in range(1, min(now, 4) + 1))
    if ever == len(words) and ever > 1:
        yield f"office {where}:whole"


def _rank(about: Terms) -> Iterator[str]:
    for title in ("president of the united states", "secretary of state"):
        if any(is_held and office.startswith(title) for office, _, is_held in about.offices):
            yield f"is {title}"
