"""Page markers: `[Page 557]` stands where the printed page begins."""

from __future__ import annotations

import re

from tei_edition.model import Mark

_PAGE = re.compile(r"\[Page ([0-9]+[A-Za-z]?|[IVXLCDM]+|[ivxlcdm]+)\]")


def find_pages(text: str) -> list[Mark]:
    """Return the page markers of a text in order; Arabic, Roman and lettered numbers ("557", "XIV", "12a")."""
    return [Mark("pb", match.start(), match.end(), match.group(1)) for match in _PAGE.finditer(text)]
