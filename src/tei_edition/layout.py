"""The signs of a page that are not its text: one grammar for the stage that reads them and for the check of fidelity.

Bullets, the labels of notes, the links back to the text, the heading above the notes, and the navigation of a web site
("Home › Historical Documents", "Back to top"). What is one of these may be left out of an edition, for its markup says
the same; every other sign is text.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from tei_edition.late_patterns import late
from tei_edition.resources import data_rows
from tei_edition.view import BLANKS

# -- lists ---------------------------------------------------------------------------------------

BULLET_SIGNS = "•‣◦▪●*-–"
# An asterisk or a dash needs a blank behind it; what is a bullet and nothing else does not.
BULLET = late(rf"[•‣◦▪●*][{BLANKS}]+(?=\S)|[-–][{BLANKS}](?=\S)|[•‣◦▪●]")

# -- notes: `1. See …`, `[1] See …`, `¹ See …`, `1. ^ a b See …`, `↑ See …`, `* See …`, `See … ↩` ---

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN_FIGURES = str.maketrans(SUPERSCRIPTS, "0123456789")
SYMBOLS = r"\*{1,4}|†{1,4}|‡{1,4}|§{1,4}|‖{1,4}|║{1,4}|¶{1,4}"
_GAP = rf"[{BLANKS}]"
_LINK = rf"(?:[\^↑]\ufe0e?(?:{_GAP}+a{_GAP}+b(?:{_GAP}+[c-z](?={_GAP}))*)?{_GAP}+)"
NOTE_LABEL = late(
    rf"""(?:
        (?P<stop>0|[1-9]\d{{0,3}})\.{_GAP}+{_LINK}?
      | (?P<bracket>0|[1-9]\d{{0,3}})\){_GAP}+
      | (?P<gap>0|[1-9]\d{{0,3}})(?={_GAP}{{2}}){_GAP}+
      | \[(?P<square>[1-9]\d{{0,3}})\]\.?{_GAP}*{_LINK}?
      | \((?P<round>[1-9]\d{{0,3}})\)\.?{_GAP}+{_LINK}?
      | (?P<raised>[{SUPERSCRIPTS}]{{1,4}}){_GAP}*
      | \^(?P<caret>[1-9]\d{{0,3}}){_GAP}+
      | {_LINK}
    )(?=\S)""",
    re.VERBOSE,
)
NOTE_SYMBOL = late(rf"(?P<symbol>{SYMBOLS}){_GAP}*(?=[^\s*†‡§‖║¶])")
LINK_BACK = late(rf"(?:{_GAP}*(?:↩\ufe0e?\d{{0,2}}|↑\ufe0e?))+[ \t]*$")
NOTES_HEADING = late(r"(?:foot|end)?notes?:?$", re.IGNORECASE)

# -- navigation ----------------------------------------------------------------------------------

_LONGEST = 250
_PLAIN = 2  # a line that is enough by itself, or two that are not
# The title as every volume has it; a reference to a volume in a note ends in a full stop, or names a page.
_SERIES = late(
    r"(?:Papers Relating to the )?Foreign Relations of the United States"
    r"(?: ?[,:–—|(-][^.;]*(?:\b(?:[Vv]ol(?:ume|\.)|Conference|Supplement|\d{4})\b)[^.;]*)?"
)
_CRUMBS = late(r"(?:Home|History|Historical Documents|Office of the Historian)\s*[›»>/|→]\s*\S.*")
_ADDRESS = late(r"(?:https?://)?(?:www\.)?history\.state\.gov(?:/\S*)?|history@state\.gov")
_SEARCH = late(r"Search(?: (?:within|this|the|all)\b.{0,60})?(?: ?(?:…|\.\.\.))?")


def navigation_run(lines: Iterable[tuple[int, str]]) -> list[int]:
    """Return the indices of the lines of navigation that come first among lines; none where they are no plain evidence.

    `lines` are the written lines of a page from its top down, or from its end up, each with its index.
    """
    run, weight = [], 0
    for i, words in lines:
        more = navigation_weight(words) if len(words) <= _LONGEST else 0
        if not more:
            break
        run.append(i)
        weight += more
    return run if weight >= _PLAIN else []


def navigation_weight(words: str) -> int:
    """How much speaks for it that a line is navigation: 2 for what nothing else could be, 0 for what is none."""
    words = " ".join(words.split())
    known = _words_of_the_site().get(words.strip("‹›«»<>←→↑↓•|[] ").casefold())
    if known:
        return known
    if _SERIES.fullmatch(words) or _CRUMBS.fullmatch(words) or _ADDRESS.fullmatch(words):
        return _PLAIN
    return 1 if _SEARCH.fullmatch(words) else 0


@functools.cache
def _words_of_the_site() -> dict[str, int]:
    """The site's own words: 2 for what nothing else could be, 1 for a word that a document can hold, too."""
    return {words.casefold(): int(weight) for words, weight in data_rows("navigation.tsv")}
