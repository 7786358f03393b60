"""Persons whom no authority file knows, recognised by their surroundings: a title, an office, a signature.

"Ambassador Gullion", "Mr. Ball", and in the source note those who drafted, cleared and approved. Once a surname
is known
in this way, its other mentions in the document are tagged, too. Nobody is linked: who it is cannot be told from a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.persons import INSTITUTION
from tei_edition.tagging.words import Dictionary

RECOGNISER = "named-by-title"
# A full stop belongs to an abbreviation only: "from Secretary. Embtel 412" names nobody.
TITLE = (
    r"(?:(?:Mr|Mrs|Dr|Messrs|Gen|Adm|Col|Maj|Capt|Prof|Sen|Amb)\.?"
    r"|Miss|Sir|Lord|Ambassador|President|Senator|Congressman|Congresswoman|Professor|Governor|Justice|Chancellor"
    r"|Secretary(?: of (?:State|Defense|the (?:Treasury|Army|Navy|Air Force)|Commerce|Labor|Agriculture))?"
    r"|Under Secretary|Assistant Secretary|Deputy Secretary|Deputy Under Secretary|Secretary[- ]General"
    r"|General|Lieutenant General|Major General|Brigadier General|Admiral|Vice Admiral|Rear Admiral|Colonel|Major"
    r"|Captain|Commander|Marshal|Prime Minister|Premier|Foreign Minister|Foreign Secretary|Minister|Consul General"
    r"|King|Queen|Prince|Princess|Vice President|Chairman|Director|Counselor)"
)
NAME = (
    r"(?:[A-Z]\.[ ]?){0,3}(?:(?:de|von|van|ben|al|el|bin)[ -])?"
    r"[A-Z](?:[’'][A-Z])?[a-zà-ÿ][\wà-ÿ’'-]*(?: (?:[A-Z]\. ?)?[A-Z][a-zà-ÿ][\wà-ÿ-]+)?"
)
_TITLED = re.compile(rf"\b{TITLE} (?P<name>{NAME})")
NOT_A_NAME = re.compile(
    r"(?:Secretary|Under|Assistant|Deputy|President|Minister|Ministers?|Ambassador|General|Assembly|Council|Staff"
    r"|Counsel|Counselor|Office|Department"
    r"|Congress|House|Senate|State|States|Defense|Foreign|Prime|Chief|Chairman|Director|Board|Committee|Commission"
    r"|The|This|That|Embassy|Government"
    r"|Agreement|Accounting|Services?|Motors|Electric|Order|Plan|Affairs|Executive|Security|National|United|Soviet"
    r"|British|French|German|American"
    r"|Designate|Elect|In|On|At|He|She|We|It|If|When|As|For|And|But|No|Not|Also|Acting|Vice|Joint|Chiefs|Special"
    r"|Division|Conference|Army|Navy|Air"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday)\b"
)


def recognise_titled(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each name behind a title, each signature, and the later mentions of those surnames."""
    surnames: dict[str, str] = {}
    for text in reading.texts:
        for match in _TITLED.finditer(text.text):
            start, end = match.span("name")
            end = _end_of_name(text.text, start, end)
            if end > start and not INSTITUTION.match(text.text, end):
                yield text.span(
                    start,
                    end,
                    "person",
                    RECOGNISER,
                    cert="medium",
                    evidence=f"behind the title {match.group()[: start - match.start()].strip()}",
                )
                surnames.setdefault(text.text[start:end].split()[-1], text.text[match.start() : end])
    for text in reading.of_kind("signature"):
        first = text.text.split("\n")[0].strip().removeprefix("/s/").strip(" *")
        if first and len(first) > 2:
            start = text.text.find(first)
            yield text.span(start, start + len(first), "person", RECOGNISER, cert="medium", evidence="the signature")
    yield from _again(reading, surnames)


def _end_of_name(text: str, start: int, end: int) -> int:
    """Cut off what is no name: "Mr. Ball That" ends behind Ball, "President The" has none."""
    at = start
    for word in re.finditer(r"\S+", text[start:end]):
        if NOT_A_NAME.match(word.group()):
            break
        at = start + word.end()
    name = text[start:at]
    if re.search(r"’s?$|'s$", name):
        at -= len(re.search(r"[’']s?$", name).group())  # type: ignore[union-attr]
    return at if re.search(r"[a-z]", text[start:at]) else start


def _again(reading: Reading, surnames: dict[str, str]) -> Iterator[Span]:
    dictionary = Dictionary((surname, surname) for surname in surnames if len(surname) > 3)
    for text in reading.texts:
        for start, end, found in dictionary.find(text.folded, text.words):
            if (
                text.text[start].isupper()
                and not INSTITUTION.match(text.text, end)
                and not _opens_sentence(text, start)
            ):
                yield text.span(
                    start,
                    end,
                    "person",
                    RECOGNISER,
                    cert="medium",
                    evidence=f"“{surnames[found[0]]}” stands in this document",
                )


def _opens_sentence(text: Text, start: int) -> bool:
    before = text.text[:start].rstrip()
    return (
        bool(before)
        and before[-1] in ".!?"
        and text.folded[start:].split(" ", 1)[0] in {"will", "may", "long", "young", "brown", "white", "black", "king"}
    )
