"""What the source note says was done with the document, and when: "Drafted by Gleason on May 28", "Received at 3:12
a.m., August 19", "The meeting was held at the White House on July 10".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tei_edition.dates import find_dates, nearest
from tei_edition.tagging.context import Reading
from tei_edition.tagging.dating.evidence import Evidence, around, in_words

# A sentence that begins with the act speaks of this paper; "A memorandum, drafted on May 2, is ibid." of another.
_OWN = re.compile(
    r"(?:Drafted|Prepared|Approved|Cleared|Initialed|Signed|Received|Transmitted|Sent|Forwarded|Circulated|Dictated|Typed"
    r"|Dispatched|Delivered|Written|No (?:drafting|classification)"
    r"|(?:The|This) (?:meeting|conversation|conference|luncheon|lunch|dinner|discussion|call|talk|letter|memorandum"
    r"|telegram|message|note|paper|report|document|briefing|draft|copy|source text)s?\b)"
)
_SENTENCE = re.compile(r"(?<=[a-z)\d’”\]])[.;]\d* (?=[A-Z])")
_ACT = re.compile(
    r"\b(?:(?P<drafted>drafted|prepared|dictated|typed|written)|(?P<approved>approved|cleared|initialed|signed)"
    r"|(?P<received>received|time of receipt)|(?P<sent>transmitted|sent|forwarded|circulated|dispatched|delivered)"
    r"|(?P<held>held|took place|occurred|began|met))\b",
    re.IGNORECASE,
)
_PLAIN = {"drafted": "it was drafted", "approved": "it was approved or signed", "received": "it was received"}
_PLAIN |= {"sent": "it was sent", "held": "it took place"}
_FAR = 80  # characters between an act and its date
# Dates of other papers inside the sentence: "under cover of a memorandum of May 1", "see Document 21, May 3".
_OTHER = re.compile(r"\b(?:see|meeting|dated|document|footnote|telegram|airgram|despatch|agenda)\b", re.IGNORECASE)


def acts(reading: Reading, kind: str, reference: dt.date | None) -> Iterator[Evidence]:
    """Yield what the source note's dated acts say of the date. `reference` supplies the years that are not written."""
    for text in reading.source_notes():
        at = 0
        for end in [*(match.start() for match in _SENTENCE.finditer(text.text)), len(text.text)]:
            sentence = text.text[at:end].lstrip(".; 0123456789")
            at = end
            if _OWN.match(sentence):
                yield from _dated(sentence, kind, reference, text.note)


def _dated(sentence: str, kind: str, reference: dt.date | None, note: str) -> Iterator[Evidence]:
    for found in find_dates(sentence):
        day = found.first if found.complete or reference is None else nearest(found.first, reference)
        if not day.day or day.year is None or found.last:
            continue
        before = sentence[max(0, found.start - _FAR) : found.start]
        act = next(iter(list(_ACT.finditer(before))[-1:]), None)
        if act is None or _OTHER.search(before, act.end()):
            continue
        name = act.lastgroup or ""
        when = day.earliest()
        first, last = around(name, kind, when)
        words = f"{_PLAIN[name]} on {in_words(when)} by the source note"
        yield Evidence(name, first, last, words, note)
