"""What a letter says that it encloses, directly below the name that signs: `Enclosure: Draft telegram`.

`Attachments: Two maps` is such a line, too; the signature above it is one all the same.
"""

from __future__ import annotations

import re

from tei_edition.reading.page import Made, Page

_ENCLOSED = re.compile(r"(?:Enclosures?|ENCLOSURES?|Encls?\.?|Attachments?|ATTACHMENTS?) ?: ?\S")
_LONGEST = 200
MOST = 12  # such lines below each other


def is_enclosure_line(words: str) -> bool:
    """Whether a line says what is enclosed."""
    return len(words) <= _LONGEST and bool(_ENCLOSED.match(words))


def behind_enclosure_lines(page: Page, i: int) -> int:
    """The first chunk with words from `i` on that does not say what is enclosed."""
    at = page.next_worded(i)
    for _ in range(MOST):
        if not is_enclosure_line(page.words(at)):
            break
        at = page.next_worded(at + 1)
    return at


def enclosure_line(page: Page, i: int) -> Made | None:
    """`Enclosure: Draft telegram` below a signature, which it does not hide."""
    if not page.blocks or page.blocks[-1].kind not in ("signature", "signer-office", "enclosure-line"):
        return None
    return page.block(i, "enclosure-line", "enclosure_line") if is_enclosure_line(page.words(i)) else None
