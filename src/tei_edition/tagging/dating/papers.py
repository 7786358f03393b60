"""What kind of paper a document is, as far as that says how its date lies to those that others gave it."""

from __future__ import annotations

import re

from tei_edition.tagging.context import Reading

_EDITORIAL = re.compile(r"(?:\[?\d+\]?\. ?)?\[?editorial note")
# In this order: a "memorandum of a telephone conversation" is no memorandum, and a "letter" may forward one.
_KINDS = (
    ("telegram", re.compile(r"\b(?:telegrams?|airgram|despatch|cable|circular telegram)\b|: telegram$", re.MULTILINE)),
    ("conversation", re.compile(r"\b(?:memorand(?:um|a) of|minutes|record of|summary of|notes (?:of|on)|memcon)\b")),
    ("letter", re.compile(r"\b(?:letter|message|note) (?:from|to)\b|\bto (?:the )?(?:president|prime minister)\b")),
    ("memorandum", re.compile(r"\bmemorand(?:um|a)\b")),
)


def kind_of(reading: Reading) -> str:
    """Return `telegram`, `conversation` (what was written down of one, minutes too), `memorandum`, `letter` or `other`,
    by the words of the head; the file number above an old head says "Telegram", too.
    """
    words = "\n".join(text.folded for text in reading.of_kind("source-line", "head")[:3])
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), "other")


def is_editorial(reading: Reading) -> bool:
    """Whether this is an editorial note: the editors of the volume wrote it; what dates its matter does not date it."""
    head = next(iter(reading.of_kind("head")), None)
    return head is not None and _EDITORIAL.match(head.folded) is not None
