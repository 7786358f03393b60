"""The words of the Department's telegrams: Embtel, Niact, Limdis, FonOff. They need no list of the volume.

Each is an entry with what it stands for, so that an edition says it once and every use points there. Tagging finds
them, encoding writes them into the file: both read them here.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tei_edition.model import Entry
from tei_edition.resources import data_rows


@functools.cache
def telegraphic_words() -> Mapping[str, Entry]:
    """Return the words as entries by id (`telegraphic-embtel`); `data/telegraphic-words.tsv`."""
    words: dict[str, Entry] = {}
    for word, expansion in data_rows("telegraphic-words.tsv"):
        identifier = f"telegraphic-{word.lower()}"
        words[identifier] = Entry(identifier, "term", word, (word,), description=expansion)
    return words
