"""Lines of the opening that belong together where each line is a block: "Secret" and "Priority", a letterhead, the
address of a telegram, "E.O. 11652: GDS" and "TAGS: …".
"""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.list_heading import heading_group

LONGEST = 60
_ADDRESSES = ("memorandum", "to", "through", "from", "copies")
_CLASSIFIED = re.compile(r"(?:Top Secret|Secret|Confidential|Restricted|Unclassified|(?:Limited )?Official Use Only)\b")
_HANDLED = re.compile(
    r"(?:(?:(?:Operational )?Immediate|(?:US )?Urgent|N(?:IACT|iact)|Priority|Routine|Eyes Only|Limited Distribution)"
    r"[ ,;—–]*)+$"
    r"|(?:[A-Z][A-Za-z]* ){0,2}No\. ?\d+$"  # of a despatch, an issue, a file
)
_ADDRESSED = re.compile(r"(?:FM|TO|INFO|ACTION) [A-Z]")
_NUMBERED = re.compile(r"(?:[A-Z]+ )?\d{3,6}$")  # STATE 250151: the telegram's own number
_LETTERHEAD = re.compile(r"(?:THE |DEPARTMENT|OFFICE|CENTRAL|NATIONAL|BUREAU|[A-Z]+ OF )")
_SEAT = re.compile(r"(?:[Ww]ashington|WASHINGTON)(?:[.,]* ?D\. ?C\.(?: \d{5})?)?$")
_FORM = re.compile(r"Department of State(?: \d{3,6})?$|(?:[A-Z]+ )*\d{2,6}$")
_TOGETHER = frozenset(
    [
        ("particulars", "particulars"),
        ("subject", "references"),
        *((above, below) for above in _ADDRESSES for below in _ADDRESSES),
    ]
)
_KEYED = re.compile(r"\[?(?P<key>[A-Z][A-Za-z.&]*(?: [A-Za-z.&0-9]+){0,3}) ?: ?\S")


def opening_lines(page: Page, i: int) -> Made | None:
    """Join such lines into one paragraph, each line of it marked; blank lines do so themselves in the style `page`."""
    if page.style != "list" or not page.blocks or not page.opening_lists:
        return None
    last = i
    while last + 1 < len(page.chunks) and _goes_on(page, i, last):
        last += 1
    if last == i:
        return None
    return Made((Block("p", page.chunks[i].start, page.chunks[last].end, "opening_lines"),), last - i + 1)


def _goes_on(page: Page, first: int, last: int) -> bool:
    opens, above, below = page.words(first), page.words(last), page.words(last + 1)
    if max(len(opens), len(below)) > LONGEST or not below:
        return False
    if _CLASSIFIED.match(opens):
        return bool(_HANDLED.match(below))
    if _KEYED.match(opens):
        return (_key(above), _key(below)) in _TOGETHER
    if _ADDRESSED.match(opens) and opens.isupper():
        return below.isupper() and ":" not in below and not below.endswith(".") and not _NUMBERED.match(below)
    if opens == "TELEGRAM":  # the form's own words, the post and the number
        return last - first < 3 and bool(_FORM.match(below))
    return bool(_LETTERHEAD.match(opens)) and opens.isupper() and bool(_SEAT.match(below))


def _key(words: str) -> str:
    """What a line of the opening says behind its heading: `to` in "TO: The President"; empty where it has none."""
    match = _KEYED.match(words)
    return heading_group(match["key"]) if match else ""
