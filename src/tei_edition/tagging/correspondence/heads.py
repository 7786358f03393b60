"""The two sides of a head: the words that call the sender, and those that call the addressee.

"Telegram From the Embassy in the Congo to the Department of State", "The Ambassador in France (Bruce) to the Secretary
of State", "Mr. Seward to Mr. Adams", "Memorandum of a Conversation Between the President and the Secretary of State".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.dates import find_dates
from tei_edition.tagging.correspondence.parties import begins_party, same_length

LONGEST_HEAD = 2000  # characters; what is longer is a paragraph that was taken for a head
Range = tuple[int, int]
_OPENING = re.compile(r"\b(?:From|FROM|from|By|by|BY) (?=\S)")
_BETWEEN = re.compile(r"\b(?:Between|BETWEEN|between|Among|AMONG|among) (?=\S)")
_TALK = re.compile(r"\b(?:conversations?|teleconferences?|meetings?|discussions?)\b")
_NUMBER = re.compile(r"\s*(?:\[?(?:No\.\s?)?\d+[a-z]?\.?\]?\s*)?(?:\[[A-Z][a-z ]+\.?\]\s*)?")
_TO = re.compile(r"(?:,? |(?<=\)))(?:to|To|TO) (?=(?:the |all |certain |selected |various |[A-Z]))")
# Offices and bodies that are themselves "to" somebody: "the Ambassador to Laos (Sullivan) to the President".
_ACCREDITED = re.compile(
    r"\b(?:Ambassadors?|Advis[eo]r|Assistant|Representative|Delegates?|Delegation|Mission|Envoy|Minister|Consultant"
    r"|Deputy|Aide|Commissioner|Consul|Counselor|Observer|Liaison|Attaché|Charg[eé]|Counsel|[Dd]esignate|Member|Secretary)$"
)
_OF_OFFICE = re.compile(r"\bto (?:the )?[^()]{3,120}\([^()]{2,40}\),? to\b")
# "by the Special Assistant to the Secretary (Russell)": with one "to", the office goes on up to the name.
_ASSISTING = re.compile(
    r"\b(?:Ambassador|Advis[eo]r|Assistant|Representative|Delegate|Consultant|Deputy|Aide|Counsel)$"
)
_NAME_AT_END = re.compile(r"[^()]*\([^()]{2,40}\)[^()]*$")
_AND = re.compile(r",? and (?=\S)")
_PLACED = re.compile(r",? ?(?:in|at) [A-Z][^,()]*,?$|,(?: at| in)? (?:The )?[A-Z][\w .’'-]*,?$")


class Sides(NamedTuple):
    """Where a head calls sender and addressee (None: it does not), and whether two talk rather than write."""

    sender: Range
    addressee: Range | None
    talk: bool = False


def read_sides(head: str) -> Sides | None:
    """Return the two sides of a head; None where it names nobody who wrote or spoke."""
    if len(head) > LONGEST_HEAD:
        return None
    head = same_length(head)
    end = len(head.rstrip())
    talk = _TALK.search(head.lower())
    opening = _OPENING.search(head)
    between = _BETWEEN.search(head) if talk else None
    # "Memorandum by the Secretary of State of a Meeting Between …": who records it sends no letter
    if talk and between and (opening is None or talk.start() < opening.start() or opening.group().lower() == "by "):
        return _talk(head, between.end(), end)
    if talk and opening and talk.start() < opening.start():
        return None
    if opening:
        return _written(head, opening.end(), end)
    plain = _NUMBER.match(head)
    start = plain.end() if plain else 0
    if not begins_party(head, start):
        return None
    found = _written(head, start, end)
    return found if found.addressee else None


def _written(head: str, start: int, end: int) -> Sides:
    middle = _split(head, start, end)
    if middle is None:
        return Sides((start, _without_date(head, start, end)), None)
    return Sides((start, middle[0]), (middle[1], _without_date(head, middle[1], end)))


def _split(head: str, start: int, end: int) -> Range | None:
    """Where "to" parts the sender from the addressee, and not an office from those to whom it is accredited."""
    found = [match.span() for match in _TO.finditer(head, start, end)]
    for here, there in itertools.zip_longest(found, found[1:]):
        before = head[start : here[0]]
        if before.endswith(")"):
            return here
        if there is None:
            alone = _ASSISTING.search(before) and "(" not in before and _NAME_AT_END.match(head[here[1] : end])
            return None if alone else here
        if not _ACCREDITED.search(before) or (before.endswith("Secretary") and "(" in before):
            return here
        if before.endswith("Secretary") and not _OF_OFFICE.match(head, here[0] + 1):
            return here
    return None


def _talk(head: str, start: int, end: int) -> Sides | None:
    """Two who talk: the first in front of "and", the second up to the place and the date. Of three, the last stands
    over against the others: "Among the Secretary of State, the Press Secretary (Hagerty), and the President".
    """
    for match in _AND.finditer(head, start, end):
        if head[match.start() - 1] == ")" or begins_party(head, match.end()):
            addressee = (match.end(), _end_of_speaker(head, match.end(), end))
            return Sides((start, match.start()), addressee, talk=True)
    return None


def _end_of_speaker(head: str, start: int, end: int) -> int:
    close = head.find(")", start, end)
    if close >= 0:
        return close + 1
    comma = head.find(",", start, end)
    return comma if comma >= 0 else end


def _without_date(head: str, start: int, end: int) -> int:
    """A head that closes with place and date ("… to the Embassy in Kenya, Washington, November 11, 1976") names the
    party before them.
    """
    dated = next(_dates(head, start, end), None)
    undated = re.search(r",? undated\b", head[start:end])
    if dated is None and undated is None:
        return end
    stop = start + undated.start() if undated else dated or end
    stop = start + len(head[start:stop].rstrip(" ,"))
    placed = _PLACED.search(head[start:stop])
    return start + placed.start() if placed and "," in placed.group() else stop


def _dates(head: str, start: int, end: int) -> Iterator[int]:
    for found in find_dates(head[start:end]):
        if found.complete:
            yield start + found.start
