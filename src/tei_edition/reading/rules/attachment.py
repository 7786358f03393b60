"""What is attached to a document: `[Attachment]`, `Enclosure 2`, `Tab A`, `Annex 1` on a line of its own, with the
title behind it ("Tab A—Draft Telegram") or on the next lines.
"""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page

GUESSED = "attachment's title, guessed"
_KIND = (
    r"(?P<kind>(?:Sub)?[Ee]nclosure|SUBENCLOSURE|ENCLOSURE|[Aa]ttachment|ATTACHMENT|Tab|TAB|Annex|ANNEX|Appendix|APPENDIX"
    r"|Addendum|ADDENDUM)"
)
_LABEL = r"(?:No\. ?)?[A-Z0-9]{1,4}(?:[–-][A-Z0-9]{1,2})?"
_ATTACHMENT = re.compile(rf"\[?{_KIND}(?: {_LABEL})?\]?\.?$")
_TITLED = re.compile(
    rf"\[?{_KIND}(?: {_LABEL}\]?(?: ?[—–:.]| ?--?)|\]? ?(?:—|--)) ?[“\"]?(?=[A-Z])(?P<title>[^\n]{{3,150}})$"
)
# What titles of papers begin with; a line that does not is a guess.
_PAPER = re.compile(
    r"(?:The |Draft |Proposed |Suggested |Revised |Agreed |Joint |National |Policy |Staff |Briefing |Background )*"
    r"(?i:Memorand(?:um|a)|Telegram|Letter|Report|Paper|Minutes|Notes?|Statement|Draft|Record|Extracts?|Study|Aide"
    r"|Summary|Despatch|Message|Resolution|Estimate|Text|List|Outline|Agreement|Directive|Instructions?|Annex|Talking"
    r"|Proposals?|Plan|Program|Terms|Communiqu[eé]|Declaration|Protocol|Agenda|Circular|Intelligence)\b"
)
# Parts of a paper and lines of its opening, which no paper is called by.
_PART = re.compile(
    r"(?:[A-Z]|\d+|[IVX]+)[.)] |\w+ \d+[.:)] |(?i:(?:the )?problem|subject|participants|background|discussion"
    r"|introduction|conclusions?|recommendations?|purpose|references?|date|time|place|to|from|through|via|questions?)\b[^\w]*$"
)
_LONGEST_TITLE = 200
_TITLES = 3  # lines of a title, each a block of its own


def attachment(page: Page, i: int) -> Made | None:
    """The heading of an attachment; what follows up to the next belongs to it."""
    following = page.next_worded(i + 1)
    if len(page.blocks) < 2 or following >= len(page.chunks):
        return None
    words = page.words(i)
    plain = _ATTACHMENT.match(words)
    if plain:
        return _heading(page, i, plain["kind"])
    # Several such lines below each other are a list of what is enclosed, and so is one behind a heading for it.
    listed = page.blocks[-1].kind in ("item", "list-head") or _TITLED.match(page.words(following))
    found = _TITLED.match(words)
    if found is None or listed or _was_titled(page) or found["title"].endswith((".", ";", ":", ",")):
        return None
    return _heading(page, i, found["kind"])


def _heading(page: Page, i: int, kind: str) -> Made:
    """The heading, with what it calls the attachment: `tab`, `enclosure`, `annex`."""
    chunk = page.chunks[i]
    return Made((Block("attachment", chunk.start, chunk.end, "attachment", kind.lower()),))


def _was_titled(page: Page) -> bool:
    last = page.blocks[-1]
    return last.kind == "p" and last.end - last.start < _LONGEST_TITLE and is_titled(page.view(last.start, last.end))


def is_titled(words: str) -> bool:
    """Whether a line names something attached together with its title: "Tab A—Draft Telegram"."""
    return bool(_TITLED.match(words))


def attachment_head(page: Page, i: int) -> Made | None:
    """The title of what is attached, below its heading: `Memorandum From Secretary Rusk to President Johnson`."""
    if not page.blocks or page.blocks[-1].kind not in ("attachment", "attachment-head"):
        return None
    titles = 0
    while titles < _TITLES and page.blocks[-1 - titles].kind == "attachment-head":
        titles += 1
    words = page.words(i)
    if titles >= _TITLES or page.next_worded(i + 1) >= len(page.chunks) or not _reads_as_title(words):
        return None
    return page.block(i, "attachment-head", "attachment_head" if _PAPER.match(words) else GUESSED)


def _reads_as_title(words: str) -> bool:
    if len(words) > _LONGEST_TITLE or words.endswith((".", ":", ";", ",", "?", "!")):
        return False
    return words[:1].isupper() and not _PART.match(words)


def is_attachment_heading(words: str) -> bool:
    """Whether these words head an attachment."""
    return bool(_ATTACHMENT.match(words))
