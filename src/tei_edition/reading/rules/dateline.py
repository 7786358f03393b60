"""The dateline ("Washington, August 11, 1961, 7 p.m."), and the line of handling that may follow it ("secret
priority").
"""

from __future__ import annotations

import re

from tei_edition.dates import MONTHS, find_dates
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.signed_name import looks_signed

_HOURS = r"\d{1,2}(?:[:.]\d\d)? ?[ap]\. ?m\.?"
_BEFORE_DATE = re.compile(rf"(?:^|[,—–\s]+){_HOURS}(?=,?[ ]*$)")  # White House, 9:05 a.m., December 10, 1954
_PLACE = re.compile(
    r"[\[( ]*(?:(?:[^\W\d_a-z]|place not|text not)[^\d;:]{0,70}?[ ]?(?:,|—|–|\]|-)[\]),]?[ ]*"
    r"|\[?(?:[^\W\d_a-z][\w.’'-]*[ ]){1,3})?[\[(]?$"
)
# What a place may hold in small letters; anything else ("Memorandum of conversation with …") is a sentence or a title.
_SMALL = re.compile(
    r"(?:of|the|and|in|at|on|near|aboard|en|route|to|from|for|de|la|les?|del|da|do|al|el|sur|am|an|de[nrs]|d[aou]s?|es"
    r"|place|not|declassified|text|garbled)$"
)
_NO_PLACE = re.compile(
    r"\b(?i:memorandum|memo|conversations?|meetings?|discussions?|minutes|notes?|records?|reports?|papers?|telegrams?"
    r"|letters?|approved|summary|statement|session|draft)\b"
)
_REST = re.compile(
    rf"(?: (?:and|to) {_HOURS}| and \d{{1,2}}, \d{{4}})?"  # 7:30 a.m. and 6 p.m.; November 15 and 17, 1962
    r"[\s\]),.?—–\-:]*(?:(?:local |Washington )?time[\s.]*|[A-Z]{3,4}[\s.]*|\d{4}Z?[\s.]*|\(.{0,60}\)[\s.]*|to .{0,60}"
    r"|\[.{0,40}\][\s.]*|\d{1,5}\.|Session [IVX\d]{1,4}\.?"  # the telegram's number behind the hour: 537.
    r"|[Rr]eceived .{1,40})?$"
)
_UNDATED = re.compile(
    r"(?:\[?(?:[^\W\d_a-z]|place not)[^\d;:]{0,70}?,[\] ]+)?\[?(?i:undated|no date|n\.d\.)\]?[\s.\]]*$"
)
_MONTH_ALONE = re.compile(rf"(?:{'|'.join(MONTHS)}),? (?:1[789]|20)\d\d\.?$")
_HANDLING = re.compile(
    r"(?:(?:top secret|secret|confidential|restricted|unclassified|us urgent|urgent|niact|priority|flash"
    r"|limited official use|official use only|operational immediate|plain|eyes only|personal|immediate|routine|nodis"
    r"|exdis|limdis|noforn|sensitive|limit(?:ed)? distribution|no distribution)[\s,;/—–-]*)+\.?$",
    re.IGNORECASE,
)
# The number of a despatch or note above its text, as volumes before 1932 print it: "No. 144.]"
_NUMBER = re.compile(r"\[?No\. ?[\w–-]{1,9}\.?\]$")
GUESSED = "dateline, guessed"
LONGEST = 180
_DIGIT = re.compile(r"[0-9]")


def is_dateline(words: str) -> bool:
    """Whether a line says where and when something was written, and nothing else."""
    if len(words) > LONGEST:
        return False
    if _UNDATED.match(words):
        return True
    if not _DIGIT.search(words):
        return False
    found = next((d for d in find_dates(words) if d.complete and d.first.month), None)
    if found is None:
        return False
    end = max(found.end, found.time_end)
    place = _BEFORE_DATE.sub("", words[: found.start]).removeprefix(", ")
    if not found.first.day and not place.strip():
        return False  # "March 1957" alone is a heading more often than a dateline
    return _is_place(place) and bool(_REST.match(words[end:]))


def _is_place(words: str) -> bool:
    """Whether the words before a date can name a place: "The Hague, ", "[place not declassified], "."""
    if not _PLACE.match(words) or _NO_PLACE.search(words):
        return False
    small = (word for word in re.findall(r"(?<![\w’'.-])[^\W\d_]\w+(?![’'])", words) if word[0].islower())
    return all(_SMALL.match(word) for word in small)


def dateline(page: Page, i: int) -> Made | None:
    """A dateline stands before the running text, behind the head or its lists, or at the very end; in some volumes
    it stands above the head.
    """
    words = page.words(i)
    if "head" not in page.kinds:
        return page.block(i, "dateline", "dateline") if stands_above_head(page, i) else None
    if page.blocks[-1].kind == "head" and len(words) < LONGEST and _MONTH_ALONE.match(words):
        return page.block(i, "dateline", GUESSED)
    if not is_dateline(words) or (page.part_kinds & {"p", "signature"} and not _ends(page, i)):
        return None
    return page.block(i, "dateline", "dateline")


def stands_above_head(page: Page, i: int) -> bool:
    """Whether chunk `i` is a dateline with a numbered head right below it: "280. Telegram From …"."""
    if page.kinds - {"source-line"} or not is_dateline(page.words(i)):
        return False
    return bool(re.match(r"\[?\d{1,4}[a-z]?(?:\.\]?|\])\s|No\. ?\d", page.words(page.next_worded(i + 1))))


def _ends(page: Page, i: int) -> bool:
    """Whether nothing but a signature follows, and no dateline stood at the top; or the name that signs is above it."""
    if page.blocks[-1].kind in ("signature", "signer-office"):
        return True
    following = page.next_worded(i + 1)
    last = following >= len(page.chunks) or (
        page.next_worded(following + 1) >= len(page.chunks) and looks_signed(page.words(following))
    )
    return last and "dateline" not in page.kinds


def handling(page: Page, i: int) -> Made | None:
    """`secret niact`, or `SECRET` and `PRIORITY` on lines of their own, under a dateline or a head: how a message was
    handled; and its number, `No. 144.]`.
    """
    if not page.blocks or page.blocks[-1].kind not in ("head", "dateline", "handling", "attachment-head"):
        return None
    return page.block(i, "handling", "handling") if is_handling(page.words(i)) else None


def is_handling(words: str) -> bool:
    """Whether a line says how a message was handled: `secret niact`, `PRIORITY`; or is the number of a despatch."""
    return len(words) <= LONGEST and bool(_HANDLING.match(words) or _NUMBER.match(words))
