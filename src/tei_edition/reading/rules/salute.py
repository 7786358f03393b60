"""The form of address that opens a letter: "Dear Mr. President:"."""

from __future__ import annotations

import re

from tei_edition.reading.page import Made, Page

_SALUTE = re.compile(
    r"(?:My )?(?:Dear|DEAR|Sir|SIR|Sirs|Gentlemen|Excellency|Your Excellency|Mr\. (?:President|Secretary|Ambassador"
    r"|Chairman|Prime Minister))"
    r"\b[^.:;?!]{0,50}(?:Mr\.|Mrs\.|Dr\.|Gen\.)?[^.:;?!]{0,40}[:,]$"
)


def salute(page: Page, i: int) -> Made | None:
    """A short line of address before the running text."""
    if "head" not in page.kinds or not page.opening or not _SALUTE.match(page.words(i)):
        return None
    return page.block(i, "salute", "salute")
