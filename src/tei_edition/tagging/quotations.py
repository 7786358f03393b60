"""Quotations in curly marks that open and close in the same paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading

RECOGNISER = "quotations"
_MARK = re.compile("[“”]")
DEEPEST = 8  # quotations within quotations; parsers of XML bound the depth of elements


def recognise_quotations(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each pair of “ and ”, the marks included.

    A mark that opens each paragraph of a long quotation and is closed in the last has no partner here and is
    passed over; so is the pair around a whole paragraph of a block quotation, which is a quotation as it stands.
    """
    for text in reading.texts:
        if "”" not in text.text:
            continue
        opened: list[int] = []
        whole = text.block.group == "quote"
        last = len(text.text.rstrip()) - 1
        for mark in _MARK.finditer(text.text):
            at = mark.start()
            if mark.group() == "“":
                opened.append(at)
            elif opened:
                start = opened.pop()
                if whole and at == last and not text.text[:start].strip():
                    continue
                if len(opened) < DEEPEST:
                    yield text.span(start, at + 1, "quotation", RECOGNISER)
