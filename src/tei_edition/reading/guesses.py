"""What reading decided by its place alone: findings of the severity note, so that an editor can look at each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.model import Document
from tei_edition.reading.rules import attachment, dateline, head, signature

# The rule that made a block → the code of the finding, and what it says of the words.
_GUESSES = {
    dateline.GUESSED: ("RD050", "was taken for the dateline: a month and a year right below the head"),
    signature.GUESSED: ("RD051", "was taken for a signature: one word at the end, which the head does not name"),
    head.GUESSED: ("RD052", "was taken for the head: the first line, but without a number or the name of a document"),
    attachment.GUESSED: ("RD053", "was taken for the title of what is attached: a short line below its heading"),
}


def about_guesses(document: Document, place: Callable[[int, int], Location]) -> Iterator[Diagnostic]:
    """Yield a finding for each head, dateline, signature and title that nothing but its place speaks for."""
    for block in document.blocks:
        if block.rule in _GUESSES:
            code, what = _GUESSES[block.rule]
            words = " ".join(document.source.text[block.start : block.end].split())
            yield finding(code, f"“{words[:60]}” {what}", place(block.start, block.end))
