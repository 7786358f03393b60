"""What a page of the series' web site shows around a document and is none of it: "Home › Historical Documents",
"Previous Document", the title of the volume above the head; "Back to top", "Share", "Print" below the notes.

Such lines are layout. They are taken for that only at the very top and at the very end, in one run, and only where
the evidence is plain: a line that nothing else could be ("Back to top"), or two that belong to the site together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Decoration, Document
from tei_edition.reading.chunks import Line
from tei_edition.resources import data_path

NAVIGATION = "navigation"  # what a Decoration of such a line says that it is
_LONGEST = 250
_PLAIN = 2  # a line that is enough by itself, or two that are not
# The title as every volume has it; a reference to a volume in a note ends in a full stop, or names a page.
_SERIES = re.compile(
    r"(?:Papers Relating to the )?Foreign Relations of the United States"
    r"(?: ?[,:–—|(-][^.;]*(?:\b(?:[Vv]ol(?:ume|\.)|Conference|Supplement|\d{4})\b)[^.;]*)?"
)
_CRUMBS = re.compile(r"(?:Home|History|Historical Documents|Office of the Historian)\s*[›»>/|→]\s*\S.*")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?history\.state\.gov(?:/\S*)?|history@state\.gov")
_SEARCH = re.compile(r"Search(?: (?:within|this|the|all)\b.{0,60})?(?: ?(?:…|\.\.\.))?")


class Navigation(NamedTuple):
    """The lines of a page that are navigation: their indices, and the same as layout."""

    lines: frozenset[int]
    decorations: tuple[Decoration, ...]


def find_navigation(text: str, lines: Sequence[Line]) -> Navigation:
    """Return the lines of navigation above and below a document; none where nothing else would be left."""
    above = _run(text, lines, range(len(lines)))
    below = _run(text, lines, range(len(lines) - 1, -1, -1))
    found = frozenset([*above, *below])
    if not any(not line.blank and i not in found for i, line in enumerate(lines)):
        return Navigation(frozenset(), ())
    decorations = tuple(Decoration(lines[i].start, lines[i].end, NAVIGATION) for i in sorted(found))
    return Navigation(found, decorations)


def without_navigation(lines: Sequence[Line], navigation: Navigation) -> list[Line]:
    """Return the lines as the rules read them: where navigation stood nothing stands."""
    return [Line(line.end, line.end, 0) if i in navigation.lines else line for i, line in enumerate(lines)]


def about_navigation(document: Document) -> Iterator[Diagnostic]:
    """Yield a note for each run of lines that were left out of the text: which, and where."""
    text, place = document.source.text, document.source.lines().location
    run: list[Decoration] = []
    for layout in [*(d for d in document.decorations if d.what == NAVIGATION), None]:
        if run and (layout is None or text[run[-1].end : layout.start].strip()):
            words = [f"“{' '.join(text[d.start : d.end].split())}”" for d in run]
            shown = ", ".join(words[:6]) + (f" and {len(words) - 6} more" if len(words) > 6 else "")
            yield finding("RD024", f"navigation left out of the text: {shown}", place(run[0].start, run[-1].end))
            run = []
        if layout:
            run.append(layout)


def is_navigation(words: str) -> bool:
    """Whether a line can be navigation at all."""
    return _weight(words) > 0


def _run(text: str, lines: Sequence[Line], order: Iterable[int]) -> list[int]:
    """The lines of navigation that come first in an order, blank ones apart; none where they are no plain evidence."""
    run, weight = [], 0
    for i in order:
        if lines[i].blank:
            continue
        if lines[i].end - lines[i].start > _LONGEST:
            break
        more = _weight(text[lines[i].start : lines[i].end])
        if not more:
            break
        run.append(i)
        weight += more
    return run if weight >= _PLAIN else []


def _weight(words: str) -> int:
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
    rows = data_path("navigation.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {words.casefold(): int(weight) for words, weight in pairs}
