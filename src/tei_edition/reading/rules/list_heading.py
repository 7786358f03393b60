"""What the words above a list say of it: SUBJECT, PARTICIPANTS, TO, FROM, REF, COPIES TO, DISTRIBUTION …"""

from __future__ import annotations

import re

LONGEST_HEADING = 60
# In this order: the first kind whose words a heading is, has it.
_HEADINGS = (
    ("subject", r"subj(?:ects?)?|sub|re|subject(?:s)? discussed"),
    (
        "particulars",  # what the form of a report or telegram asks for: when, where, from whom
        r"date(?: (?:&|and) time)?|time|place|source|country|acq|doi|date of info|place (?:&|and) date acq"
        r"|(?:place|date) acquired|tags|e\.?o\.? ?\d{5}",
    ),
    ("through", r"through|thru|via"),
    ("copies", r"copies|cop(?:y|ies) to|b?cc"),
    ("distribution", r"dist|(?:suggested )?distribution(?: list)?"),
    ("attachments", r"attachments?|attached|enclosures?|encls?|tabs"),
    ("contents", r"(?:table of )?contents|contributors|submitted by|concurred in by(?: the)?|authenticated"),
    ("memorandum", r"memorandum for"),
    ("to", r"to|info|action|for|attention|attn|routine|priority|immediate"),
    ("from", r"from|fm"),
    ("references", r"refs?|references?|reftels?"),
    (
        "participants",
        r"participants?|participation|principals|attendance|attendees|conferees"
        r"|(?:for )?(?:the )?[A-Z][A-Za-z. ]{1,20} (?:side|participants|delegation|representatives|delegates)"
        r"|united states|us|u\.s\.",
    ),
)
_GROUPS = tuple((group, re.compile(rf"\[?(?:{pattern})\]?[:.]?$", re.IGNORECASE)) for group, pattern in _HEADINGS)
_PRESENT = re.compile(
    r"(?:[^.;]{1,40} )?(?:present|attending|in attendance|participating)(?: (?:at )?the meeting)?(?: were| was)?[:.]?$"
    r"|(?:list of )?participants? (?:in|for|from|on) [^.;]{1,40}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"TO ?[A-Z][A-Z/ ]{1,20}:$")  # "TO DIA:" in a message to several


def heading_group(words: str) -> str:
    """Return the kind of list that a heading opens (`subject`, `participants` …), or the empty string.

    "Those present were:", "Others present" and "Participants in Saigon" name participants in words of their own.
    """
    if len(words) > LONGEST_HEADING or not words:
        return ""
    words = " ".join(words.split())
    for group, pattern in _GROUPS:
        if pattern.match(words):
            return group
    if _ADDRESS.match(words):
        return "to"
    return "participants" if _PRESENT.search(words) and words[0].isupper() else ""
