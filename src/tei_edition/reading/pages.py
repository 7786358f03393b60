"""Page markers: `[Page 557]` stands where the printed page begins."""

from __future__ import annotations

import re

from tei_edition.model import Mark

# Browsers and word processors put no-break and thin blanks where the page has one blank; a range ("[Page 641–642]")
# says of no page where it begins, so it stays text.
_NUMBER = r"[0-9]{1,7}[A-Za-z]?|[A-Z]{1,3}-?[0-9]{1,7}|[IVXLCDM]+|[ivxlcdm]+"
PAGE = rf"\[Page[ \u00a0\u2009\u202f](?:{_NUMBER})\]"  # the one grammar of page markers, for other patterns
PAGE_MARKER = re.compile(rf"\[Page[ \u00a0\u2009\u202f]({_NUMBER})\]")


def find_pages(text: str) -> list[Mark]:
    """Return the page markers of a text in order; Arabic, Roman and lettered numbers ("557", "XIV", "12a", "A-12")."""
    return [Mark("pb", match.start(), match.end(), match.group(1)) for match in PAGE_MARKER.finditer(text)]
