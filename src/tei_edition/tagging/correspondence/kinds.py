"""The kind of document that a head names: telegram, memorandum of conversation, letter."""

from __future__ import annotations

import re

EDITORIAL_NOTE = "editorial-note"
CONVERSATION = "memorandum-of-conversation"
OTHER = "historical-document"
_KINDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (EDITORIAL_NOTE, r"editorial note"),
        ("telegram", r"telegram|telex|circular"),
        (CONVERSATION, r"memorandum of (?:a )?(?:telephone )?conversation"),
        ("memorandum", r"memorandum|memo"),
        ("letter", r"letter"),
        ("airgram", r"airgram"),
        ("despatch", r"de?spatch"),
        ("message", r"message"),
        ("minutes", r"minutes|notes of|record of|summary"),
        ("report", r"report|paper|study|estimate|policy|directive|statement"),
        ("note", r"note\b|aide"),
    )
)


def kind_of_document(folded_head: str) -> str:
    """Return the kind that a folded head names; empty: none."""
    return next((name for name, pattern in _KINDS if pattern.search(folded_head)), "")
