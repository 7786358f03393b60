"""Rules across the files of an edition: what one file alone cannot show.

`facts_of` is called in the worker that has the tree; `faults_across` when all files are read. A file is opened again
only if there is something to say about it, to give the place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tei_edition.diagnostics import Diagnostic
from tei_edition.validation.across.documents import documents_missing, documents_twice
from tei_edition.validation.across.entries import entries_disagree, entries_unmentioned, pointers_to_volumes
from tei_edition.validation.across.facts import Facts, Named, facts_of
from tei_edition.validation.across.pages import pages_back
from tei_edition.validation.across.places import Astray, placed

__all__ = ["Facts", "Named", "facts_of", "faults_across"]

AcrossRule = Callable[[Sequence[Facts]], Iterator[Astray]]

RULES: tuple[AcrossRule, ...] = (
    documents_twice, documents_missing,
    pages_back,
    entries_unmentioned, entries_disagree,
    pointers_to_volumes,
)  # fmt: skip


def faults_across(facts: Iterable[Facts]) -> list[Diagnostic]:
    """Return the findings that need several files, in the order of the files and of their places.

    `facts` are those of all files of the run, in the order of their paths; the order does not change what is found.
    """
    known = sorted(facts, key=lambda one: one.path)
    return placed([astray for rule in RULES for astray in rule(known)])
