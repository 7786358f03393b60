"""The sentences of a source note: "Secret; Niact. Drafted by C. Hoyt Price. Repeated to Paris."

A stop behind an initial or an abbreviation ends no sentence, unless the next words open one as source notes do: "Files,
Series VII, K. Secret." has two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_STOP = re.compile(r"[.?!][”’\"')\]]*(?=\s+[A-Z“‘\"'(\[]|\s*$)|[)\]](?=\s+[A-Z][a-z]+ )|\n")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Messrs|Mr|Mrs|Ms|Dr|Gen|Brig|Maj|Lt|Col|Cmdr|Comdr|Capt|Sgt|Adm|Amb|Sen|Rep|Gov|Hon|Rev|St|Jr|Sr"
    r"|Nos?|[Vv]ols?|pp?|pt|Asst|Sp|Nat|Sec|Affs|Dept|Dep|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|ca|Doc)"
    r"|(?<![A-Za-z0-9])[A-Z])$"
)
_OPENS = re.compile(
    r"\s+(?:(?:Top )?Secret|Confidential|Unclassified|Limited Official|Official Use|No (?:classification|drafting|time"
    r"|markings?)|Drafted|Cleared|Approved|Prepared|Repeated|Received|Transmitted|Also (?:sent|printed)|Sent|Passed"
    r"|Copies|A (?:copy|note|handwritten|stamped|notation|typed|cover|covering)|Another|Printed|Published|Initialed"
    r"|Signed|The|This|There|According|See|For|In|On|At|An|It)\b"
)


class Sentence(NamedTuple):
    """A sentence in offsets of the view, without its stop."""

    start: int
    end: int


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences in order. A closing bracket before a new one ends a sentence, too: "(Ibid.) Secret."."""
    at, last = 0, len(text.rstrip())
    for stop in _STOP.finditer(text):
        end = stop.start()
        if stop.group() in ")]" and text[end - 1 : end] != ".":
            continue
        goes_on = stop.end() < last and not _OPENS.match(text, stop.end())
        if goes_on and _ABBREVIATED.search(text, max(at, end - 8), end):
            continue
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
        if end > start:
            yield Sentence(start, end)
        at = stop.end()
    start = at + len(text[at:]) - len(text[at:].lstrip())
    if start < len(text):
        yield Sentence(start, len(text.rstrip()))
