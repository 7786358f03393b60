"""Who signed: a name on a line of its own behind the running text, with the office below it; and what is added
below.
"""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.attachment import is_attachment_heading

_WORD = r"(?:(?:[A-Z][A-Za-z]{0,2}\.){2,}|[^\W\d_a-z][\w’'`-]*\.?|[A-Z]\.(?:[A-Z]\.)*)"
_NAME = re.compile(
    rf"\[?(?:/s/ ?)?{_WORD}(?: (?:{_WORD}|de|del|della|di|von|van|der|den|la|le|y|al|el|bin|da|dos|du|/s/)){{0,5}}"
    r"(?:,? (?:[Jj]r|[Ss]r)\.?|,? (?:II|III|IV)|, [A-Z][A-Za-z.]{1,6})*\]?\*?$"
)
_NO_NAME = re.compile(
    r"(?:END|ATTACHMENTS?|ENCLOSURES?|UNCLASSIFIED|(?:TOP )?SECRET|CONFIDENTIAL|ABSTRACT|SUMMARY|CONCLUSIONS?"
    r"|RECOMMENDATIONS?"
    r"|DISCUSSION|BACKGROUND|INTRODUCTION|Editorial Note|APPROVED?|DISAPPROVED?|YES|NO|None|Summary|Conclusions?"
    r"|Recommendations?"
    r"|Agenda|Annex|Attachments?|Enclosures?|Background|Discussion|Comments?|End|Omitted|Note)\b"
)
_POSTSCRIPT = re.compile(r"P\.? ?S\.?(?:[:.— ]|$)")
_OFFICE = re.compile(
    r"\b(?:Secretary|Ambassador|Minister|Director|Chief|Chairman|President|Colonel|Captain|General|Major|Admiral|USA"
    r"|USN|USAF|USMC|GS"
    r"|Counselor|Consul|Deputy|Assistant|Adviser|Advisor|Representative|Administrator|Officer)\b"
)
LONGEST_LINE = 70


def looks_signed(words: str) -> bool:
    """Whether a short chunk reads as a signature: its first line is a name of one to six words, in no more than
    five lines.
    """
    lines = words.split("\n")
    first = lines[0].strip()
    if (
        len(lines) > 5
        or any(len(line) > LONGEST_LINE for line in lines)
        or not _NAME.match(first)
        or _NO_NAME.match(first)
    ):
        return False
    return not first.endswith(":") and (
        not first.endswith(".") or bool(re.search(r"(?:\b[A-Z]|[Jj]r|[Ss]r|^[A-Z]{3,})\.$", first))
    )


def signature(page: Page, i: int) -> Made | None:
    """The last chunk of a document, or of what stands before an attachment or a postscript, where it is a name."""
    if not page.kinds & {"p", "item", "cell"} or not looks_signed(page.words(i)):
        return None
    following = page.next_worded(i + 1)
    behind = page.words(following)
    ends = (
        following >= len(page.chunks)
        or is_attachment_heading(behind)
        or bool(_POSTSCRIPT.match(behind))
        or _is_office(page, following)
    )
    if ends:
        return page.block(i, "signature", "signature")
    return _signature_of_lines(page, i) if page.style == "list" else None


def _signature_of_lines(page: Page, i: int) -> Made | None:
    """Where each line is a block: the name and up to four short lines below it, which say the office, to the end."""
    last = i
    while last + 1 < len(page.chunks) and last - i < 5 and not is_attachment_heading(page.words(last + 1)):
        words = page.words(last + 1)
        if len(words) > LONGEST_LINE or not words[:1].isupper() or words.endswith((".", ":")) or _NO_NAME.match(words):
            return None
        last += 1
    if last == i or (last + 1 < len(page.chunks) and not is_attachment_heading(page.words(last + 1))):
        return None
    return Made((Block("signature", page.chunks[i].start, page.chunks[last].end, "signature"),), last - i + 1)


def _is_office(page: Page, i: int) -> bool:
    """Whether the last chunk says what office somebody held: "First Secretary of Embassy"."""
    words = page.words(i)
    if page.next_worded(i + 1) < len(page.chunks) or len(words) > LONGEST_LINE or not words[:1].isupper():
        return False
    return bool(_OFFICE.search(words)) and not words.endswith((".", ":"))


def office(page: Page, i: int) -> Made | None:
    """The signer's office on a line of its own below the name."""
    if not page.blocks or page.blocks[-1].kind != "signature" or not _is_office(page, i):
        return None
    return page.block(i, "signer-office", "office")


def postscript(page: Page, i: int) -> Made | None:
    """`P.S.` behind a signature."""
    if not page.blocks or page.blocks[-1].kind not in ("signature", "signer-office", "postscript"):
        return None
    return page.block(i, "postscript", "postscript") if _POSTSCRIPT.match(page.words(i)) else None
