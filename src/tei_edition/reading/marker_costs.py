"""What it costs to take digits for the marker of a note, judged by what stands before and behind them.

Costs are small numbers with a reason each: a word with a digit glued to it costs nothing, an hour or an amount of money
more than leaving the marker out.
"""

from __future__ import annotations

import re

MISSING = 10.0  # what it costs to leave a marker out
_NEVER = 12.0  # more than that: money, hours, ordinals
_MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?"
    r"|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_MONTH = re.compile(rf"\b(?:{_MONTHS})\.?$", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:pages?|pp?\.|nos?\.|numbers?|chapter|parts?|articles?|sections?|vols?\.|volume|documents?|(?:foot)?notes?"
    r"|tabs?|annex|option|recommendations?|steps?|proposals?|enclosures?|maps?|questions?|alternatives?|schedule|art"
    r"|figure|para(?:graph)?s?|phase|stage|group|title|items?|points?|lines?|class|book|world war"
    r"|sess\.|cong\.|res\.|art\.|par\.|about|than|least|most|of|the|for|in|to|at|by|and|or|first|last|next)$",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"(?:\b(?:(?:tele?grams?|cables?|airgrams?|despatch(?:es)?|messages?|circular|instruction"
    r"|letters?)(?:[ \u00a0][Nn]os?\.?)?"
    r"|[A-Za-z]*tels?|secto|tosec|polto|topol|dulte|tedul|cirtel|[A-Z][a-z]+’s|re|ref:?|reur|your|my|our"
    r"|res(?:olution)?)[ \u00a0]"
    r"(?:[\d, –-]|and )*)$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"[ \u00a0]?[ap]\. ?m\b")
_MONTH_BEHIND = re.compile(rf"[ \u00a0](?:{_MONTHS})\b")
_LINE_END = re.compile(r"(?:[ \u00a0]?\d{1,2})*[ \t]*(?:\n|$)")
_DATE_TIME_GROUP = re.compile(r"\d{4,6}Z? ?[A-Za-z]{3,9} ?$")
_PAGE_BEFORE = re.compile(r"\[Page \w+\]$")
_BULLETS = "•‣◦▪●*-–"
_UNIT = re.compile(r" (?:percent|per cent|p\.?m\b|a\.?m\b|million|billion|thousand|hundred|[a-z])")


def cost_of(text: str, run: int, start: int, end: int, low: int, high: int) -> float:
    """Return what it costs to take the digits `start` to `end` of the run that begins at `run` for a marker.

    `low` and `high` bound the text that is looked at.
    """
    before = _cost_of_remainder(text, run, start, end, low) if run < start else cost_before(text, start, end, low)
    return before + _cost_behind(text, start, end, high)


def _cost_behind(text: str, start: int, end: int, high: int) -> float:
    """What follows: a blank or a closing sign costs nothing, whatever makes the digits part of a number a lot."""
    nearby = text[end : min(high, end + 14)]
    if _HOUR.match(nearby):
        return _NEVER
    if _MONTH_BEHIND.match(nearby) and text[start - 1 : start] in (" ", "\n"):
        return 4.0  # "3 August" is a day more often than a marker
    if not nearby or nearby[0].isspace():
        return -0.5 if _LINE_END.match(text, end) else 0.0
    for pattern, cost in (
        (r"(?:st|nd|rd|th)\b", _NEVER),
        (r"[A-Z][a-z]", 2.0 if text[start - 1 : start] in ".,;:)”" else 5.0),
        (r"[A-Za-z]", 5.0),
        (r"[.:]\d", 6.5),
        (r",\d{3}", 7.0),
        (r"[-–/]\w", 6.0),
        (r"[%°½¼¢′″]", _NEVER),
        (r"[.,;:)\]”’\"'…—–?!]", 0.4 if text[start - 1 : start] != " " else 2.0),
    ):
        if re.match(pattern, nearby):
            return cost
    return 1.0


def cost_before(text: str, start: int, end: int, low: int) -> float:
    """What precedes digits that stand by themselves: a word or a closing sign is the place for a marker."""
    if start == low or text[start - 1] == "\n":
        return 8.0 if text[end : end + 1] not in ("", "\n") else 2.0
    previous, earlier = text[start - 1], text[start - 2 : start - 1] if start - 2 >= low else ""
    if previous.isalpha():
        return _cost_of_word(text, start, low)
    if previous.isspace():
        return _cost_of_gap(text, start, end, low)
    if previous in ".,:":
        return _cost_of_point(text, start, end, earlier)
    if previous in ";!?”\"')]…’":
        if previous == "]" and _PAGE_BEFORE.search(text, max(low, start - 14), start):
            return 4.0
        return 6.0 if previous == "’" and not (earlier.isalnum() or earlier in ".,") else 0.2
    if previous in "$£#":
        return _NEVER
    return {"(": 8.0, "—": 2.0}.get(previous, 6.0 if previous in "/+=<>~*“‘[-–" else 3.0)


def _cost_of_point(text: str, start: int, end: int, earlier: str) -> float:
    """Behind a full stop, comma or colon: "reported.2" costs next to nothing, "413.2" may be a decimal."""
    previous = text[start - 1]
    if not earlier.isdigit():
        return 0.3 if earlier.isalpha() or earlier in ')]”’"' else 1.0
    if previous == ",":
        return 5.0 if end - start == 3 else 1.0  # "1,200" has three digits behind its comma
    follows = 4.0 if _UNIT.match(text, end) or text[end : end + 1] == "%" else 0.0
    if previous == ":":
        return 2.0 if end - start == 1 and text[end : end + 1].isspace() else 6.0  # "12:1 In view", not "7:30"
    return 2.0 + follows


def _cost_of_word(text: str, start: int, low: int) -> float:
    """`Congo1` costs nothing; `U2` and `F104` are names of things more often than words with a marker."""
    first = start
    while first > low and text[first - 1].isalpha() and start - first < 20:
        first -= 1
    word = text[first:start]
    if len(word) == 1:
        if word in "sZ" and first > low and text[first - 1].isdigit():
            return 1.5 if word == "s" else 0.3  # "F–4s2", "0915Z1"
        return 2.5 if text[first - 1 : first] == " " and first - 2 > low and text[first - 2].islower() else 5.0
    return 0.8 if word.isupper() else 0.0


def _cost_of_gap(text: str, start: int, end: int, low: int) -> float:
    """A number between blanks: `466. 2 It appears`, `State 1` at a line's end; not `May 2` or `2 weeks`."""
    head = text[max(low, start - 24) : start].rstrip(" \t\u00a0")
    behind = text[end : end + 2]
    if not head or head[-1] == "\n" or (head[-1] in _BULLETS and head[-2:-1] in ("", "\n", " ")):
        return 8.0  # the number of a paragraph or of an item
    if text[start - 1] == "\t" and behind[:1] in ("", "\t", "\n"):
        return 7.0  # a cell of a table
    cost = 6.0 if _MONTH.search(head) or _COUNTED.search(head) else 2.0 if re.search(r"\d,$", head) else 0.0
    if behind[:1] in ("", "\n"):
        return cost + 0.6
    if _UNIT.match(text, end):
        cost += 1.5
    if head[-1:] in '.,;:)]”’"…':
        return cost + (0.8 if not head[-2:-1].isdigit() else 1.4)
    return cost + (1.2 if re.match(r" *[)\],.;:”]", behind) else 1.8)


def _cost_of_remainder(text: str, run: int, start: int, end: int, low: int) -> float:
    """Digits glued to digits: is what remains (`3364` of `33644`) the number of a telegram, a year, a file's item?"""
    head, behind = text[max(low, run - 30) : run], text[end : end + 1]
    whole, remainder = text[run:end], text[run:start]
    cost = _cost_of_breaking(head, whole, behind)
    if cost is None:
        cost = _cost_of_dated(head, whole, remainder)
    if cost is not None:
        return cost
    if _MESSAGE.search(head):
        return 2.0 if len(remainder) > 2 else 3.0
    if head[-1:] in "-–/.," or len(whole) < 3:
        return 4.5
    return 2.5 if len(whole) >= 5 else 3.0 if len(whole) == 4 and re.search(r"[A-Za-z] $", head) else 3.5


def _cost_of_breaking(head: str, whole: str, behind: str) -> float | None:
    """What it costs to break a number that is whole by all appearances; None where it need not be."""
    before = head[-1:]
    if re.fullmatch(r"1[789]\d\d|20[0-4]\d", whole):
        return 8.0
    if before in ("$", "£", "#", "[") or (before == "/" and len(whole) == 4):
        return _NEVER  # "S/5002" is whole; "NSC 5508/17" and "S/50025" need not be
    if before == ":" or before.isalpha() or _DATE_TIME_GROUP.search(head):
        return 7.0
    if (before in ("", "\n", "(") and behind in (".", ")")) or head.endswith(("\nNo. ", "\nNo ")):
        return 8.0  # "16. " at the beginning of a paragraph, "No. 281" above a head
    if before == "\t" and behind in ("", "\t", "\n"):
        return 7.0  # a cell of a table
    return None


def _cost_of_dated(head: str, whole: str, remainder: str) -> float | None:
    """Years, the items of decimal files, and days behind a month; None where there is no date."""
    if re.fullmatch(r"1[789]\d\d", remainder):
        return 1.0
    if re.search(r"/\d{1,2}[–-]$", head):
        # An item of the decimal file: `770G.00/8–1862` is whole, `770G.00/8–18624` has a digit too many.
        return 1.5 if re.fullmatch(r"\d{1,2}[4-6]\d", remainder) and len(whole) >= 4 else 6.0
    if not _MONTH.search(head.rstrip()):
        return None
    if re.search(r"\b\d{1,2} [A-Z][a-z]{2,8}\.? $", head):
        # "15 Aug 52" has a year of two digits; "29 Aug 522" has a digit too many.
        return 0.5 if len(whole) == 3 and whole[0] in "456" else 8.0 if len(whole) == 2 else 6.5
    # "April 251": there is no such day, so the day is the 25th; "July 11" may well be one.
    return 0.5 if int(whole) > 31 and int(remainder) <= 31 else 6.5
