"""Who signed: a name on a line of its own behind the running text, with the office below it; several signers one below
the other.
"""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.attachment import is_attachment_heading
from tei_edition.reading.rules.dateline import is_dateline
from tei_edition.reading.rules.enclosures import behind_enclosure_lines, is_enclosure_line
from tei_edition.reading.rules.signed_name import LONGEST_LINE, NO_NAME, looks_signed

GUESSED = "signature, guessed"
_OFFICE = re.compile(
    r"\b(?:Secretary|Ambassador|Minister|Director|Chief|Chairman|President|Colonel|Captain|General|Major|Admiral|USA"
    r"|USN|USAF|USMC|GS|Counselor|Consul|Deputy|Assistant|Adviser|Advisor|Representative|Administrator|Officer)\b"
)
_POSTSCRIPT = re.compile(r"P\.? ?S\.?(?:[:.— ]|$)")
LONGEST_TAIL = 12  # chunks: names and offices below each other at the end of a document


def is_postscript(words: str) -> bool:
    """Whether these words open a postscript."""
    return bool(_POSTSCRIPT.match(words))


def signature(page: Page, i: int) -> Made | None:
    """The last chunk of a document, or of what stands before an attachment or a postscript, where it is a name."""
    if not page.kinds & {"p", "item", "cell"} or not looks_signed(page.words(i)):
        return None
    if ends_signed(page, i):
        return page.block(i, "signature", GUESSED if _is_guess(page, i) else "signature")
    return _signature_of_lines(page, i) if page.style == "list" else None


def ends_signed(page: Page, i: int) -> bool:
    """Whether chunk `i`, a name, has nothing below it but offices, other signers, a date and what is enclosed, to the
    end of this part.
    """
    if page.blocks[-1].kind == "p" and _is_listed(page):
        return False
    at, single, office_before = page.next_worded(i + 1), _is_bare(page.words(i)), False
    for _ in range(LONGEST_TAIL):
        if is_enclosure_line(page.words(at)) or is_dateline(page.words(at)):
            if is_dateline(page.words(at)):
                at = page.next_worded(at + 1)  # some letters have their date below the name
            at = behind_enclosure_lines(page, at)
            return at >= len(page.chunks) or is_attachment_heading(page.words(at)) or is_postscript(page.words(at))
        words = page.words(at)
        if at >= len(page.chunks) or is_attachment_heading(words) or is_postscript(words):
            return True
        held = _is_office(words)
        if not held and not (office_before and _goes_on(page, at)):
            if single or not looks_signed(words):
                return False
            single = _is_bare(words)
        office_before = held
        at = page.next_worded(at + 1)
    return False


def _is_listed(page: Page) -> bool:
    """Whether the paragraph before is a name, too, and no signature: then this is a list of names."""
    last = page.blocks[-1]
    words = page.view(last.start, min(last.end, last.start + LONGEST_LINE + 1)).strip()
    return len(words) <= LONGEST_LINE and not _is_bare(words) and looks_signed(words) and not _OFFICE.search(words)


def _is_bare(words: str) -> bool:
    """Whether a name is one word or all in capitals ("EXEMPT"): then another below it signs, and not this one."""
    return "." not in words and "[" not in words and (" " not in words or words.isupper())


def _is_guess(page: Page, i: int) -> bool:
    """Whether nothing but its place speaks for a name: one word, no telegram, unknown to the head, and no sentence
    that has come to its end above it.
    """
    words, last = page.words(i), page.blocks[-1]
    ended = page.view(max(last.start, last.end - 3), last.end).rstrip()[-1:] in tuple('.?!”")]')
    if not words.isalpha() or ended or (words.isupper() and len(words) <= 3):
        return False
    opened = next((block for block in page.blocks if block.kind == "head"), None) if "head" in page.kinds else None
    head = page.view(opened.start, opened.end) if opened else ""
    telegraphed = re.search(r"Telegram|Airgram|Message|Cable|Letter|Circular|Despatch", head)
    old = opened is not None and opened is not page.blocks[0]  # volumes with a file number above the head
    return not (telegraphed or old) and words.lower() not in head.lower()


def _signature_of_lines(page: Page, i: int) -> Made | None:
    """Where each line is a block: the name and up to four short lines below it, which say the office, to the end."""
    last = i
    while last + 1 < len(page.chunks) and last - i < 5 and not is_attachment_heading(page.words(last + 1)):
        words = page.words(last + 1)
        if len(words) > LONGEST_LINE or not words[:1].isupper() or words.endswith((".", ":")) or NO_NAME.match(words):
            return None
        last += 1
    if last == i or _is_bare(page.words(i)):
        return None
    if last + 1 < len(page.chunks) and not is_attachment_heading(page.words(last + 1)):
        return None
    return Made((Block("signature", page.chunks[i].start, page.chunks[last].end, "signature"),), last - i + 1)


def _is_office(words: str) -> bool:
    """Whether a chunk says what office somebody held: "First Secretary of Embassy"."""
    if len(words) > LONGEST_LINE or not words[:1].isupper():
        return False
    first, _, below = words.partition("\n")
    if below and looks_signed(first) and not _OFFICE.search(first):
        return False  # another signer with an office of his own
    return bool(_OFFICE.search(words)) and not words.endswith((".", ":"))


def _goes_on(page: Page, i: int) -> bool:
    """Whether a line behind an office, the last of all, says more of it: "Executive Secretary", "The 40 Committee"."""
    words, following = page.words(i), page.next_worded(i + 1)
    behind = page.words(following)
    last = following >= len(page.chunks) or is_attachment_heading(behind) or is_postscript(behind)
    short = len(words) <= LONGEST_LINE and "\n" not in words and not words.endswith((".", ":"))
    return last and short and words[:1].isupper() and not looks_signed(words)


def office(page: Page, i: int) -> Made | None:
    """The signer's office on a line of its own below the name, and what belongs to it ("The 40 Committee")."""
    if not page.blocks or page.blocks[-1].kind not in ("signature", "signer-office"):
        return None
    more = page.blocks[-1].kind == "signer-office" and _goes_on(page, i)
    if not _is_office(page.words(i)) and not more:
        return None
    return page.block(i, "signer-office", "office")
