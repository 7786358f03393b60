"""What is attached to a document: `[Attachment]`, `Enclosure 2`, `Tab A`, `Annex` on a line of its own."""

from __future__ import annotations

import re

from tei_edition.reading.page import Made, Page

_ATTACHMENT = re.compile(
    r"\[?(?:(?:Sub)?[Ee]nclosure|ENCLOSURE|[Aa]ttachment|ATTACHMENT|Tab|TAB|Annex|ANNEX|Appendix|APPENDIX|Addendum)"
    r"(?: (?:No\. ?)?[A-Z0-9]{1,4}(?:[–-][A-Z0-9]{1,2})?)?\]?\.?$"
)


def attachment(page: Page, i: int) -> Made | None:
    """The heading of an attachment; what follows up to the next belongs to it."""
    if len(page.blocks) < 2 or page.next_worded(i + 1) >= len(page.chunks) or not _ATTACHMENT.match(page.words(i)):
        return None
    return page.block(i, "attachment", "attachment")


def is_attachment_heading(words: str) -> bool:
    """Whether these words head an attachment."""
    return bool(_ATTACHMENT.match(words))
