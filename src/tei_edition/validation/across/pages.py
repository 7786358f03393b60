"""The pages of an edition whose documents are files of their own: they go on from document to document."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from tei_edition.validation.across.documents import by_edition
from tei_edition.validation.across.facts import Facts, Named
from tei_edition.validation.across.places import Astray
from tei_edition.validation.editorial.documents import number_of
from tei_edition.validation.editorial.pages import page_number


def pages_back(facts: Sequence[Facts]) -> Iterator[Astray]:
    """VA342: a document begins on a page before the one that the document before it ends on, or with the same break.

    Only files of one document each are compared; a volume in one file shows its pages itself. Documents that count
    their pages from 1 have pages of their own.
    """
    for files in by_edition(facts).values():
        numbered = sorted((number, one.path, pages) for one in files
                          if len(one.documents) == 1 and (number := number_of(one.documents[0].label)) is not None
                          and (pages := _arabic(one)))
        for (before, path_before, pages_before), (number, path, pages) in itertools.pairwise(numbered):
            last, thing_before = pages_before[-1]
            first, thing = pages[0]
            if number > before and 1 < first <= last:
                what = "is also in" if first == last else f"comes after page {last} of"
                other = f"document {before} ({PurePath(path_before).name})"
                yield Astray("VA342", f"page {first} {what} {other}", path, thing,
                             related=((path_before, thing_before),))


def _arabic(one: Facts) -> tuple[tuple[int, Named], ...]:
    """Return the pages of a file that have a number in figures."""
    numbers = ((page_number(page.label), page) for page in one.pages)
    return tuple((number[1], page) for number, page in numbers if number is not None and number[0])
