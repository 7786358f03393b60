"""References to documents of the volume: "Document 158", "Documents 158 and 160", "the memorandum, supra"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.tagging.context import Text
from tei_edition.tagging.references.elsewhere import Elsewhere
from tei_edition.tagging.references.reference import NUMBERS, Reference, each

HIGHEST = 1700  # no volume has as many documents; "Basic Documents 1977–1980" names years
DOCUMENTS = re.compile(rf"\bDocuments?\s(?P<numbers>{NUMBERS})")
LINKED = range(1952, 1955)
_BODY_BEFORE = re.compile(
    r"\b(?:[A-Z]{2,6}|(?:[A-Z]\.){2,5}|Council|Conference|Assembly|Committee|Commission|House|Senate|Board)\s$"
)
_BODY_BEHIND = re.compile(r"\sof\sthe\s(?:\w+\s)?(?:Conference|Council|Assembly|Committee|Commission|Board|Session)\b")
_OF_A_NOTE = re.compile(r"[Ff]ootnotes?\s[\d, and–-]+$")
_NEIGHBOUR = re.compile(r"\b(?:(?P<before>[Ss]upra)|[Ii]nfra)\b")


def documents(text: Text, elsewhere: Elsewhere) -> Iterator[Reference]:
    """Yield a claim for each document that the text refers to by its number; the first of several has the word
    "Documents" with it, as in the published volumes.
    """
    if "Document" not in text.text:
        return
    for match in DOCUMENTS.finditer(text.text):
        if elsewhere.holds(match.start(), match.end()) or _of_a_body(text.text, match):
            continue
        for i, (start, end, number) in enumerate(each(text.text, match.start("numbers"), match.end())):
            if int(number) < HIGHEST:
                first = start if i else match.start()
                yield Reference(first, end, "document-reference", f"d{number}", "the number of a document")


def _of_a_body(text: str, match: re.Match[str]) -> bool:
    """Whether a body has numbered a document: "U.N. Document 158", "Document 45 of the Conference"."""
    before = text[max(0, match.start() - 24) : match.start()]
    return bool(_BODY_BEFORE.search(before)) or bool(_BODY_BEHIND.match(text, match.end()))


def neighbours(text: Text, elsewhere: Elsewhere, own: str, year: int) -> Iterator[Reference]:
    """Yield a claim for each "supra" and "infra" that stands for the document before or after: older volumes say so
    instead of giving its number. Of them, the published series links those of 1952 to 1954 alone.
    """
    if not own.isdigit() or not ("upra" in text.text or "nfra" in text.text):
        return
    kind = "document-reference" if year in LINKED else "neighbour-reference"
    for match in _NEIGHBOUR.finditer(text.text):
        if elsewhere.holds(match.start()) or _OF_A_NOTE.search(text.text, max(0, match.start() - 40), match.start()):
            continue
        number = int(own) + (-1 if match["before"] else 1)
        said = "“supra”: the document before" if match["before"] else "“infra”: the document after"
        if number > 0:
            yield Reference(*match.span(), kind, f"d{number}", said)
