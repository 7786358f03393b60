"""What a letter says that it encloses, directly below the name that signs: `Enclosure: Draft telegram`.

`Attachments: Two maps` is such a line, too; the signature above it is one all the same.
"""

from __future__ import annotations

import re

from tei_edition.reading.page import Made, Page

_ENCLOSED = re.compile(r"(?:Enclosures?|ENCLOSURES?|Encls?\.?|Attachments?|ATTACHMENTS?) ?:\s?\S")
_LISTED = re.compile(r"(?:Enclosures?|ENCLOSURES?|Encls?\.?|Attachments?|ATTACHMENTS?) ?:$")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])[.)]\s")
_LONGEST = 200
MOST = 12  # such lines below each other


def is_enclosure_line(words: str) -> bool:
    """Whether a line says what is enclosed, or that it stands below: `Enclosures:`."""
    return len(words) <= _LONGEST and bool(_ENCLOSED.match(words) or _LISTED.match(words))


def _is_numbered(words: str) -> bool:
    """Whether a line below `Enclosures:` names one of them: `1. Report`."""
    return len(words) <= _LONGEST and bool(_NUMBERED.match(words))


def behind_enclosure_lines(page: Page, i: int) -> int:
    """The first chunk with words from `i` on that does not say what is enclosed."""
    at, listed = page.next_worded(i), False
    for _ in range(MOST):
        words = page.words(at)
        if not is_enclosure_line(words) and not (listed and _is_numbered(words)):
            break
        listed = listed or bool(_LISTED.match(words))
        at = page.next_worded(at + 1)
    return at


def enclosure_line(page: Page, i: int) -> Made | None:
    """`Enclosure: Draft telegram` below a signature, which it does not hide."""
    if not page.blocks or page.blocks[-1].kind not in ("signature", "signer-office", "enclosure-line", "dateline"):
        return None
    words = page.words(i)
    listed = page.blocks[-1].kind == "enclosure-line" and _is_numbered(words)
    dated = page.blocks[-1].kind == "dateline" and "signature" not in page.part_kinds
    if dated or not (listed or is_enclosure_line(words)):
        return None
    return page.block(i, "enclosure-line", "enclosure_line")
