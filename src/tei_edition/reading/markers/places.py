"""Where digits stand that may be a note's marker: what is before them, and what is behind, each in one word.

"Congo1 is" stands before:word and behind:blank-lower; "413.2 After" before:stop-digit and behind:blank-Upper; the 4 of
"Deptel 33644" before:digits. These words are the names of evidence (`data/marker-weights.tsv` says what each weighs).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tei_edition.layout import BULLET_SIGNS
from tei_edition.reading.pages import PAGE

MONTHS = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?"
    r"|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_BEHIND = (
    ("hour", r"[ \u00a0]?[ap]\. ?m\b"),
    ("ordinal", r"(?:st|nd|rd|th|s)\b"),
    ("measure", r"[%°½¼¾¢′″⅓⅔]"),
    ("decimal", r"[.:]\d"),
    ("thousand", r",\d{3}(?!\d)"),
    ("joined", r"[-–/]\w"),
    ("dash", r"[-–—]"),
    ("Word", r"[A-Z][a-z]"),
    ("letter", r"\w"),
    ("tab", r"\t"),
    ("month", rf"[ \u00a0](?:{MONTHS})\b"),
    (
        "unit",
        r"[ \u00a0](?:percent|per cent|p\.?m\b|a\.?m\b|million|billion|thousand|hundred|dozen|years?|months?|weeks?"
        r"|days?|hours?|minutes?|men|miles?|km|tons?|lines?|pages?|paragraphs?)\b",
    ),
    ("end", r"(?:[ \u00a0]?\d{1,2})?[ \t\r]*(?:\n|$)"),
    ("blank-digit", r"[ \u00a0]\d"),
    ("blank-lower", r"[ \u00a0][a-z]"),
    ("blank-Upper", r"[ \u00a0][“\"(\[]?[A-Z]"),
    ("blank", r"\s"),
    ("close-end", r"[)\]”’\"'.,;:]+(?:\s|$|\d)"),
    ("sign", r"[.,;:)\]”’\"'…—–?!]"),
)
_ANY_BEHIND = re.compile("|".join(f"({pattern})" for _, pattern in _BEHIND))  # the first that fits has the name
_FAR_BEHIND = 20  # characters that are looked at behind the digits
_PAGE_BEFORE = re.compile(rf"{PAGE}$")
_LETTERS = re.compile(r"[^\W\d_]{1,40}$")


class Digits(NamedTuple):
    """Digits `start` to `end` of the run that begins at `run`, in a text of which `low` to `high` is looked at."""

    text: str
    run: int
    start: int
    end: int
    low: int
    high: int

    def before(self, length: int) -> str:
        """The text before the digits, `length` characters at most."""
        return self.text[max(self.low, self.start - length) : self.start]

    def before_run(self, length: int) -> str:
        """The text before the whole run of digits, `length` characters at most."""
        return self.text[max(self.low, self.run - length) : self.run]

    def behind(self, length: int) -> str:
        """The text behind the digits, `length` characters at most."""
        return self.text[self.end : min(self.high, self.end + length)]


def name_behind(digits: Digits) -> str:
    """Return what follows the digits: `end` (of a line), `blank-lower`, `close-end`, `hour`, `decimal` …"""
    found = _ANY_BEHIND.match(digits.behind(_FAR_BEHIND))
    return _BEHIND[(found.lastindex or 1) - 1][0] if found else "other"


def name_before(digits: Digits) -> str:
    """Return what precedes the digits: `word`, `stop`, `stop-digit`, `digits`, `gap-word` (a blank between) …"""
    if digits.run < digits.start:
        return "digits"
    near = digits.before(2)
    if not near or near[-1] == "\n":
        return "line-start"
    previous, earlier = near[-1], near[:-1]
    if previous.isalpha():
        return _name_word(digits)
    if previous == "\t":
        return "tab"
    if previous.isspace():
        return _name_gap(digits.before(24).rstrip(" \t\u00a0"))
    if previous in ".,:;":
        return _name_point(previous, earlier, digits.end - digits.start)
    if previous == "]" and _PAGE_BEFORE.search(digits.before(14)):
        return "page"
    if previous in ")]”\"’'!?…":
        if previous in "’'" and not (earlier.isalnum() or earlier in tuple(".,")):
            return "apostrophe"
        return "close-digit" if earlier.isdigit() else "close"
    signs = {"$": "money", "£": "money", "€": "money", "#": "number-sign", "(": "bracket", "-": "hyphen", "–": "hyphen"}
    return signs.get(previous, {"/": "slash", "—": "dash"}.get(previous, "sign"))


def _name_word(digits: Digits) -> str:
    """Glued to a word: a plain one, one in capitals, a letter, the genitive's s, a part of a code ("T–3", "F–4s")."""
    found = _LETTERS.search(digits.before(40))
    word = found.group() if found else ""
    ahead = digits.before(len(word) + 1)[: -len(word)] if word else ""
    if word == "s" and ahead in ("’", "'"):
        return "genitive"
    if ahead and (ahead.isdigit() or ahead in "-–/."):
        return "code-lower" if len(word) >= 3 and word.islower() else "code"
    if len(word) < 3:
        return "letter" if len(word) == 1 else "CAPS" if word.isupper() else "short"
    if word.isupper():
        return "CAPS"
    if any(letter.isupper() for letter in word[1:]):
        return "mixed"
    return "Word" if word[0].isupper() else "word"


def _name_gap(head: str) -> str:
    """Behind a blank: what stands before the blank."""
    if not head or head[-1] == "\n" or (head[-1] in BULLET_SIGNS and head[-2:-1] in ("", "\n", " ")):
        return "gap-start"
    last, earlier = head[-1], head[-2:-1]
    if last.isdigit():
        return "gap-digit"
    if last == ",":
        return "gap-comma-digit" if earlier.isdigit() else "gap-comma"
    if last in ".;:":
        return "gap-stop-digit" if earlier.isdigit() else "gap-stop"
    if last in ')]”’"…':
        return "gap-close"
    found = _LETTERS.search(head)
    if not found:
        return "gap-other"
    word = found.group()
    return "gap-CAPS" if word.isupper() else "gap-Word" if word[0].isupper() else "gap-word"


def _name_point(previous: str, earlier: str, length: int) -> str:
    """Behind a full stop, comma, colon: what stands before that; "1,200" has three digits behind its comma."""
    name = {".": "stop", ",": "comma"}.get(previous, "colon")
    if earlier.isdigit():
        return f"{name}-digit" + ("3" if previous == "," and length == 3 else "")
    if earlier.isalpha():
        return name
    if earlier and earlier in ")]”’\"'":
        return f"{name}-close"
    return f"{name}-blank" if not earlier or earlier.isspace() else f"{name}-other"
