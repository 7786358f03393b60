"""Quotations that are paragraphs of their own, behind words that end in a colon.

Either each paragraph begins with a quotation mark and only the last one closes it, as the series prints letters within
documents, or the paragraphs are indented among others that are not.
"""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page

_LONGEST = 200  # paragraphs; what does not close by then is no quotation
_NUMBERED = re.compile(r"[“\"]?\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)] ")


def quotation(page: Page, i: int) -> Made | None:
    """The paragraphs of a quotation, the first of them marked as such; page markers may stand between them."""
    if not page.blocks or page.blocks[-1].kind not in ("p", "heading") or not _announced(page):
        return None
    chunks = _quoted(page, i) or _indented(page, i)
    if not chunks:
        return None
    blocks = tuple(
        Block("p", page.chunks[k].start, page.chunks[k].end, "quotation", "quote", first=k == i) for k in chunks
    )
    return Made(blocks, chunks[-1] - i + 1)


def _announced(page: Page) -> bool:
    """Whether the block before ends in a colon: "The letter reads as follows:"."""
    last = page.blocks[-1]
    return page.view(max(last.start, last.end - 40), last.end).rstrip().endswith(":")


def _quoted(page: Page, i: int) -> list[int]:
    """The chunks from `i` on that each open with a quotation mark, up to the one that closes it."""
    found: list[int] = []
    at = i
    while at < len(page.chunks) and len(found) < _LONGEST:
        words = page.words(at)
        if words[:1] not in ("“", '"'):
            return []
        found.append(at)
        state = _closes(words)
        if state is not None:
            return found if state else []
        at = page.next_worded(at + 1)
    return []


def _closes(words: str) -> bool | None:
    """Whether the mark that opens these words is closed by their last character; None: it stays open to the end."""
    if words[0] == '"':
        count = words.count('"')
        return None if count == 1 else count == 2 and words.endswith('"')
    depth = 0
    for mark in re.finditer("[“”]", words):
        depth += 1 if mark.group() == "“" else -1
        if depth == 0:
            return mark.end() == len(words)
    return None


def _indented(page: Page, i: int) -> list[int]:
    """The indented chunks from `i` on, where the paragraph before stands at the margin."""
    before = page.blocks[-1].start
    at_margin = before == page.text.rfind("\n", 0, before) + 1
    if page.style != "page" or not at_margin or _NUMBERED.match(page.words(i)):
        return []
    found: list[int] = []
    at = i
    while at < len(page.chunks) and len(found) < _LONGEST and all(line.indent >= 2 for line in page.chunks[at].lines):
        found.append(at)
        at = page.next_worded(at + 1)
    # The text goes on at the margin: a document that is indented from here to its end is another way to print it.
    return found if at < len(page.chunks) else []
