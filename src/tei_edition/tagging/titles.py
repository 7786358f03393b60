"""Titles and offices that stand before names, and capitalised words that are no names."""

from __future__ import annotations

import re

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
NOT_A_NAME = re.compile(
    r"(?:Secretary|Under|Assistant|Deputy|President|Minister|Ministers?|Ambassador|General|Assembly|Council|Staff"
    r"|Counsel|Counselor|Office|Department"
    r"|Congress|House|Senate|State|States|Defense|Foreign|Prime|Chief|Chairman|Director|Board|Committee|Commission"
    r"|The|This|That|Embassy|Government"
    r"|Agreement|Accounting|Services?|Motors|Electric|Order|Plan|Affairs|Executive|Security|National|United|Soviet"
    r"|British|French|German|American"
    r"|Designate|Elect|In|On|At|He|She|We|It|If|When|As|For|And|But|No|Not|Also|Acting|Vice|Joint|Chiefs|Special"
    r"|Division|Conference|Army|Navy|Air"
    r"|Advis[eo]r|Charg[eé]|Attach[eé]|Officer|Delegate|Representative|Administrator|Commissioner|Emperor|Sultan|Shah"
    r"|Sheikh|Crown"
    r"|Speaker|Message|Mission|Ministry|Republic|Union|Bank|Party|Front|Chinese|Japanese|Israeli|Egyptian|Arab|Indian"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday)\b"
)
_TITLE_WORDS = frozenset(re.findall(r"[A-Z][a-z]+", TITLE))
# A name behind a title, for those who read heads with regular expressions.
NAME = (
    r"(?:[A-Z]\.[ ]?){0,3}(?:(?:de|von|van|ben|al|el|bin)[ -])?"
    r"[A-Z](?:[’'][A-Z])?[a-zà-ÿ][\wà-ÿ’'-]*(?: (?:[A-Z]\. ?)?[A-Z][a-zà-ÿ][\wà-ÿ-]+)?"
)


def is_title(word: str) -> bool:
    """Whether a word is a title or a part of one: "Secretary", "Prime", "Ambassador"."""
    return word in _TITLE_WORDS
