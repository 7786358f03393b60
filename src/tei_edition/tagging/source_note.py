"""The tail of a source note as data: classification and handling, who drafted, cleared and approved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Responsibility, Span
from tei_edition.tagging.context import Reading, Text

RECOGNISER = "source-note"
_FAR = 60  # characters between one act's names and the next act of the same sentence
_CLASSIFICATION = re.compile(
    r"(?:(?<=[.,] )|(?<=^))(?P<words>(?:Top Secret|Secret|Confidential|Restricted|Official Use Only"
    r"|Limited Official Use|Unclassified"
    r"|No classification marking|Personal|Eyes Only)\b[^.]*)\."
)
_ACT = re.compile(
    r"\b(?P<act>drafted|cleared|approved|initialed|concurred in|prepared|transmitted)\b(?: (?:in draft|in substance"
    r"|jointly|and (?:approved|initialed|signed)|(?:on|at) [\w., :]{1,30}?)){0,2} by ",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[A-Z]\.[ ]?|[A-Z][a-zà-ÿ]+ ){0,3}(?:(?:de|von|van) )?[A-Z](?:[’'][A-Z]"
    r"|ac(?=[A-Z]))?[\wà-ÿ]*[a-zà-ÿ][\wà-ÿ’'-]*(?:,? Jr\.)?"
)
_BETWEEN = re.compile(
    r"(?:,? and |, |; )(?:in draft by |by )?(?:(?:Mr|Mrs|Dr|Ambassador|Secretary|General|Under Secretary"
    r"|Assistant Secretary|Deputy Assistant Secretary)\.? )?"
)
_OFFICE = re.compile(r" ?\([^()]*\)| of (?:the )?[A-Z][\w/.&]*(?: and [A-Z/]{2,})?| in (?:draft|substance)")
_LEAD = re.compile(
    r"(?:(?:Mr|Mrs|Dr|Ambassador|Secretary|General|Under Secretary|Assistant Secretary"
    r"|Deputy Assistant Secretary)\.? )?"
)
_NO_NAME = re.compile(
    r"(?:The|President|Department|Office|Bureau|Secretary|Acting|Deputy|Assistant|Embassy|White|National|Joint"
    r"|Ambassador|Director|Under|Policy|Defense|State|Treasury)\b"
)


def classification(reading: Reading) -> tuple[str, ...]:
    """Return the classification and handling of the source note: ("Secret", "Limit Distribution")."""
    for text in reading.source_notes():
        match = _CLASSIFICATION.search(text.text)
        if match:
            parts = (part.strip() for part in match["words"].split(";"))
            return tuple(dict.fromkeys(part for part in parts if part and len(part) < 60))
    return ()


def responsibilities(reading: Reading) -> tuple[tuple[Responsibility, ...], tuple[Span, ...]]:
    """Return who drafted, cleared and approved according to the source note, with a claim on each name."""
    found, spans = [], []
    for text in reading.source_notes():
        for act, start, end in _named(text):
            evidence = f"{act} by, in the source note"
            span = text.span(start, end, "person", RECOGNISER, cert="medium", evidence=evidence)
            spans.append(span)
            found.append(Responsibility(f"{act} by", span.start, span.end))
    return tuple(found), tuple(spans)


def _named(text: Text) -> Iterator[tuple[str, int, int]]:
    """Yield each act with a name, as far as a sentence begins with the act: "Drafted by Ball, cleared by Williams".

    "A memorandum, drafted by Smith, is ibid." speaks of another paper.
    """
    reached = -1
    seen: set[tuple[str, str]] = set()
    for match in _ACT.finditer(text.text):
        opens = match["act"][0].isupper()
        if not opens and (reached < 0 or match.start() - reached > _FAR or ". " in text.text[reached : match.start()]):
            continue
        for start, end in _names(text, match.end()):
            reached = end
            if (match["act"].lower(), text.text[start:end]) not in seen:
                seen.add((match["act"].lower(), text.text[start:end]))
                yield match["act"].lower(), start, end


def _names(text: Text, at: int) -> Iterator[tuple[int, int]]:
    lead = _LEAD.match(text.text, at)
    at = lead.end() if lead else at
    while True:
        name = _NAME.match(text.text, at)
        if not name or _NO_NAME.match(name.group()):
            return
        yield name.span()
        office = _OFFICE.match(text.text, name.end())
        between = _BETWEEN.match(text.text, office.end() if office else name.end())
        if not between or _ACT.match(text.text, between.end()):
            return
        at = between.end()
