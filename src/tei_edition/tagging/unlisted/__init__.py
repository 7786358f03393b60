"""Persons on no list, recognised by their surroundings: titles, offices, given names, lists, signatures, verbs.

One file a kind of evidence. A name that is found once by good evidence is found everywhere in the document: "Ambassador
Gullion left. Gullion’s plan" names him twice. Nobody is linked: who it is cannot be told from a name; but names that
the document shows to be one person's say so in their evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.unlisted.again import everywhere
from tei_edition.tagging.unlisted.beside import named_in_full, of_papers, with_offices
from tei_edition.tagging.unlisted.lines import of_lines
from tei_edition.tagging.unlisted.names import Page
from tei_edition.tagging.unlisted.sightings import Sighting, Sightings
from tei_edition.tagging.unlisted.spoken import of_speakers
from tei_edition.tagging.unlisted.titled import behind_titles

__all__ = ["recognise_unlisted"]

RECOGNISER = "unlisted"
_SOURCES = (behind_titles, with_offices, of_papers, named_in_full)


def recognise_unlisted(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each name of a person that its surroundings show to be one."""
    pages = [Page(text, reading) for text in reading.texts]
    sightings = Sightings()
    for page in pages:
        # where no word looks like a name, one can stand behind a title only
        for source in _SOURCES if page.beginnings else (behind_titles,):
            for name, evidence in source(page):
                sightings.add(Sighting(page, name, evidence))
    for sightings_of in (of_lines, of_speakers):
        for page, name, evidence in sightings_of(pages):
            sightings.add(Sighting(page, name, evidence))
    for page, start, end, evidence in everywhere(pages, sightings):
        yield page.text.span(start, end, "person", RECOGNISER, cert="medium", evidence=evidence)
