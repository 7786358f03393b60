"""References to pages of the volume: older volumes (to about 1952) say "see footnote 4, p. 243", "Ante, p. 311",
"telegram 480 to New York, July 27, p. 368".

A page is the volume's own only where the editors speak and the words before it say so: their own signs ("ante",
"footnote 4", "editorial note", "see"), or a message with its date. A page of a printed work is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.tagging.context import Text
from tei_edition.tagging.references.elsewhere import Elsewhere
from tei_edition.tagging.references.reference import NUMBERS, Reference, each

_PAGES = re.compile(rf"\b(?:pp?\.|pages?)\s?(?P<numbers>{NUMBERS})(?P<following>\sff\b)?")
_SIGN = re.compile(
    r"(?:\b[Ff]ootnotes?\s[\d*†, and–-]+|\bnotes?|\b[Aa]nte|\b[Pp]ost|\b[Ss]ee(?:\salso)?|\bprinted(?:\son|\sat|\sin)?"
    r"|\b[Ss]upra(?:,?\sand)?|\b[Ii]nfra(?:,?\sand)?)[,;]?\s$"
)
_CONTINUED = re.compile(r",?\s(?:and\s)?")
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DATE = re.compile(
    rf"(?P<date>{_MONTH}\s\d{{1,2}}(?:[–-]\d{{1,2}})?(?:,\s\d{{4}})?"
    r"(?:,\s(?:noon|midnight|\d{1,2}(?::\d\d)?\s[ap]\.\s?m\.))?(?:,\s(?:from|to)\s[A-Z][\w ]+)?),?\s$"
)
_MESSAGE = re.compile(
    r"\b(?:[Tt]elegrams?|[Mm]emorand(?:um|a)|[Ll]etters?|[Nn]otes?|despatch(?:es)?|airgrams?|circulars?|minutes|teleconference"
    r"|conversation|aide-mémoire|instructions?|[A-Z][a-z]{3,6}\s\d{1,5})\b"
    r"|\b[Nn]os?\.\s\d|\b[A-Z]+(?:/[A-Z\d.]+)+|\b(?:NSC|SANACC|SWNCC|JCS)\s\d",
)
_NUMBERED = re.compile(
    r"\b(?:[Tt]elegrams?|[Dd]espatch(?:es)?|[Aa]irgrams?|[Ii]nstructions?|[Nn]otes?)\s(?:[Nn]os?\.\s)?\d{1,5}"
    r"(?:\sand\s\d{1,5})?,\s$"
)
_SENTENCE = re.compile(r"[;(\[]|\.(?=\s[A-Z])|\bsee\s")
NONE_FROM = 1955  # the volumes from these years on refer to documents by their numbers
WITH_FF_FROM = 1952  # from these years on "ff" belongs to the reference
BRACKETED = 2000  # characters before a page in which a bracket may open
BEFORE = 200  # characters before a page that are looked at


def pages(text: Text, elsewhere: Elsewhere, year: int, *, editors: bool) -> Iterator[Reference]:
    """Yield a claim for each page of this volume that the editors refer to."""
    if year >= NONE_FROM:
        return
    own_until = 0
    for match in _PAGES.finditer(text.text):
        start = match.start()
        if not editors and not _bracketed(text.text, start):
            continue
        continued = own_until and _CONTINUED.fullmatch(text.text, own_until, start)
        evidence = "a page after another of this volume" if continued else _evidence(text, start, elsewhere)
        if not evidence:
            continue
        own_until = match.end()
        for i, (a, b, page) in enumerate(each(text.text, match.start("numbers"), match.end("numbers"))):
            if match["following"] and year >= WITH_FF_FROM:
                b = max(b, match.end())
            yield Reference(a if i else start, b, "page-reference", f"pg_{page}", evidence)


def _bracketed(text: str, at: int) -> bool:
    """Whether a place of the text stands in square brackets, in which the editors speak."""
    low = max(0, at - BRACKETED)
    return text.rfind("[", low, at) > text.rfind("]", low, at)


def _evidence(whole: Text, start: int, elsewhere: Elsewhere) -> str:
    """Why the words before a page say that it is this volume's; empty: they do not."""
    text = whole.text
    if elsewhere.holds(start):
        return ""
    low = max(0, start - BEFORE)
    sign = _SIGN.search(text, max(0, start - 40), start)
    if sign:
        return f"“{sign.group().strip(' ,;')}” before the page"
    if _NUMBERED.search(text, max(0, start - 60), start):
        return "a message with its number before the page"
    date = _DATE.search(text, max(0, start - 60), start)
    if date is None:
        return ""
    begin = max((m.end() for m in _SENTENCE.finditer(text, low, date.start())), default=low)
    if (whole.note and not text[: date.start()].strip()) or _MESSAGE.search(text, begin, date.start()):
        return "a message with its date before the page"
    return ""
