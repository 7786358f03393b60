"""Where a text cites another work: what is numbered there ("vol. XIV, Document 158") is none of this volume's.

A citation begins with the name of the work and goes on to the end of its sentence, to a semicolon, or to the bracket
that closes around it; "see" begins another.
"""

from __future__ import annotations

import bisect
import functools
import re
from typing import NamedTuple

LONGEST = 400  # characters
_WORK = re.compile(
    r"\b(?:Foreign\sRelations\b"
    r"|[Vv]ol(?:ume|s?\.|umes)?\s(?:[IVXLCivxlc]+|\d+|E[–-]\d+)\b"
    r"|[Ii]bid\b|[Oo]p\. cit\.|[Pp]art\s(?:\d|[IVX]+)\b|Part\s(?:One|Two|Three)\b"
    r"|Basic\sDocuments\b|Public\sPapers\b|Bulletin\b|Treaty\sSeries\b|Congressional\sRecord\b|Stat\.|Annals\b"
    r"|Official\sRecords\b|Hearings\b|Parliamentary\sDebates\b|Annual\sReport\b|Fiscal\sYear\b|Times(?=,)"
    r"|Washington\sPost\b|Herald[ -]Tribune\b)"
)
_BOUNDARY = re.compile(
    r"[;\n()\[\]]|\.(?=\s|$|[\"”’)\]])|\b(?:[Ss]ee|[Ss]upra|[Ii]nfra|(?:[Pp]rinted|[Pp]ublished)\sas)\b"
)
# A title of a volume may hold semicolons: "vol. XXX, Greece; Cyprus; Turkey, 1973–1976, Document 20".
_TITLE = re.compile(r"\s[A-Z][\w ]{1,60}(?:;\s[A-Z][\w ]{1,60}){0,4},\s(?:\d{4}[–-]\d{4},\s)?Documents?\s\d")
_ABBREVIATION = re.compile(
    r"\b(?:[Vv]ols?|pp?|[Nn]os?|[Pp]ts?|[Ii]bid|[Dd]ocs?|[Ee]d|[Cc]f|Mr|Dr|St|Stat|Suppl|Sess|Cong|Ser|Rept|Jan|Feb|Mar|Apr|Aug|Sept?"
    r"|Oct|Nov|Dec|ff|cit|yr|[A-Z])$"
)
_BEHIND = re.compile(r",?\s(?:(?:in|of)\s)?(?:ibid\b|[Ff]oreign\sRelations\b|[Vv]ol(?:ume|\.)\s[IVXLCivxlc]+\b)")


class Cited(NamedTuple):
    """A citation of another work: from its name to the end of what belongs to it."""

    start: int
    end: int


class Elsewhere:
    """The citations of other works in a text, looked for when a reference asks: most texts have none."""

    def __init__(self, text: str) -> None:
        self._text = text

    @functools.cached_property
    def cited(self) -> list[Cited]:
        """The citations in order; none overlaps another."""
        found: list[Cited] = []
        for match in _WORK.finditer(self._text):
            if not found or match.start() >= found[-1].end:
                found.append(Cited(match.start(), _end(self._text, match.end())))
        return found

    def holds(self, start: int, end: int | None = None) -> bool:
        """Whether what begins at `start` is numbered in another work: one named before it in the same citation, or
        directly behind it ("Document 12, vol. XIV").
        """
        at = bisect.bisect_right(self.cited, (start, len(self._text) + 1)) - 1
        if at >= 0 and start < self.cited[at].end:
            return True
        return end is not None and _BEHIND.match(self._text, end) is not None

    def begins(self, start: int) -> bool:
        """Whether a citation begins here: "vol. II" is not a part of what another work's name began."""
        at = bisect.bisect_left(self.cited, (start,))
        return at < len(self.cited) and self.cited[at].start == start


def _end(text: str, at: int) -> int:
    """The end of a citation whose name ends at `at`. A bracket that it opens itself goes on: "(Document 21)"."""
    limit = min(len(text), at + LONGEST)
    depth = 0
    for match in _BOUNDARY.finditer(text, at, limit):
        sign = match.group()
        if sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth < 0:
                return match.start()
        elif not _goes_on(text, match):
            return match.start()
    return limit


def _goes_on(text: str, sign: re.Match[str]) -> bool:
    """Whether a full stop or a semicolon ends nothing: that of "vol.", that in the title of a volume."""
    if sign.group() == ".":
        return _ABBREVIATION.search(text, max(0, sign.start() - 8), sign.start()) is not None
    return sign.group() == ";" and _TITLE.match(text, sign.end()) is not None
