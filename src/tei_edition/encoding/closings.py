"""Which blocks stand below the running text of a document or an attachment, and so in its closer or postscript.

TEI has closer and postscript at the end of a division, with nothing but the like behind them (Guidelines, 4.2). A name
in the middle is therefore a paragraph: in the profile `frus`, where attachments are no divisions, the one above an
attachment, too.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from tei_edition.model import Block

# Kinds of block below the text → the element inside the closer.
CLOSING = {
    "complimentary-close": "salute",
    "on-behalf": "seg",
    "dateline": "dateline",
    "signature": "signed",
    "signer-office": "seg",
    "enclosure-line": "seg",
    "postscript": "p",
}
# The series has "Sincerely yours," and a date at the end as paragraphs above the closer, and one that would stand above
# "Enclosure: …" is a paragraph as that is.
_PARAGRAPHS_OF_FRUS = frozenset({"complimentary-close", "on-behalf", "dateline", "enclosure-line"})
_RUNNING = frozenset({"p", "item", "label", "cell", "heading", "list-head"})


class Closings:
    """The numbers of the blocks that close a part; ask with `i in closings`."""

    def __init__(self, blocks: Sequence[Block], profile: str) -> None:
        self._closing: set[int] = set()
        kinds = frozenset(CLOSING) - (_PARAGRAPHS_OF_FRUS if profile == "frus" else frozenset())
        parts = [0, *(i for i, b in enumerate(blocks) if b.kind == "attachment" and profile == "edition"), len(blocks)]
        for start, end in itertools.pairwise(parts):
            self._closing.update(i for i in _below(blocks, start, end, kinds) if blocks[i].kind in kinds)

    def __contains__(self, i: int) -> bool:
        return i in self._closing


def _below(blocks: Sequence[Block], start: int, end: int, kinds: frozenset[str]) -> range:
    """The blocks of a part behind its running text. Paragraphs behind a postscript's first words belong to it."""
    first = end
    low = end
    while low > start and (blocks[low - 1].kind in kinds or blocks[low - 1].kind == "p"):
        low -= 1
        kind = blocks[low].kind
        if kind not in ("p", "postscript") and low + 1 < end and blocks[low + 1].kind == "p":
            break  # running text follows, and no postscript opens it
        if kind == "postscript" or (kind in kinds and first == low + 1):
            first = low
    if not any(blocks[i].kind in _RUNNING for i in range(start, first)):
        return range(end, end)
    return range(first, end)
