"""Who is named how often in the texts of a run: evidence for a bare surname that several of the list share.

In a volume in which forty documents name Jimmy Carter in full and two name Hodding Carter, a Carter of whom nothing
else is said is the former. One document alone says nothing of a volume.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tei_edition.model import Block, Passage
from tei_edition.tagging.context import Known, Text
from tei_edition.tagging.persons.elsewhere import MANY, Elsewhere
from tei_edition.tagging.persons.mentions import find_in_text
from tei_edition.tagging.persons.offices import beside, terms_of
from tei_edition.view import View

FEWEST = 5  # texts; fewer are no volume
_MENTIONS = 3  # fewer documents that name one of several say nothing
MOST = 0.8  # of the texts that name one of those who bear the name


def take_census(known: Known, texts: Iterable[str]) -> None:
    """Count in how many texts each person is named in full or by a title of his own, and keep it for the linking.

    The texts are the raw ones, as they stand in the files. The counts do not depend on their order.
    """
    counted: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        counted.update(_named(known, text))
    known.census = dict(counted) if number >= FEWEST else {}


def _named(known: Known, words: str) -> set[str]:
    """Who is named in full in a text, or by a title that nobody else of the name bears: "Secretary Dulles" counts as
    much as "Allen Dulles", who is called so to be told apart.
    """
    view = View(words, 0, len(words))
    text = Text(Passage(Block("p", 0, len(words), "census"), "", view))
    mentions = list(find_in_text(known.persons, text))
    meant = {entry for mention in mentions if len(mention.fits) <= MANY for entry in mention.fits}
    terms = {entry: terms_of(known.entries[entry], known.persons.tokens[entry], None) for entry in meant}
    found = Elsewhere(mentions, [beside(mention) for mention in mentions], terms, frozenset())
    return set(found.full) | set(found.titled)


def most_in_the_volume(known: Known, entry: str, fits: Iterable[str]) -> bool:
    """Whether an entry is named in most of the texts that name somebody of those who bear its name."""
    counts = {one: known.census.get(one, 0) for one in fits}
    total = sum(counts.values())
    return len(counts) > 1 and total >= _MENTIONS and counts[entry] / total >= MOST
