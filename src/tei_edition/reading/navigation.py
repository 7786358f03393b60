"""What a page of the series' web site shows around a document and is none of it: "Home › Historical Documents",
"Previous Document", the title of the volume above the head; "Back to top", "Share", "Print" below the notes.

Such lines are layout. They are taken for that only at the very top and at the very end, in one run, and only where
the evidence is plain: a line that nothing else could be ("Back to top"), or two that belong to the site together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.layout import navigation_run, navigation_weight
from tei_edition.model import Decoration, Document
from tei_edition.reading.chunks import Line

NAVIGATION = "navigation"  # what a Decoration of such a line says that it is


class Navigation(NamedTuple):
    """The lines of a page that are navigation: their indices, and the same as layout."""

    lines: frozenset[int]
    decorations: tuple[Decoration, ...]


def find_navigation(text: str, lines: Sequence[Line]) -> Navigation:
    """Return the lines of navigation above and below a document; none where nothing else would be left."""
    above = navigation_run(_written(text, lines, range(len(lines))))
    below = navigation_run(_written(text, lines, range(len(lines) - 1, -1, -1)))
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
    return navigation_weight(words) > 0


def _written(text: str, lines: Sequence[Line], order: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, in an order."""
    return ((i, text[lines[i].start : lines[i].end]) for i in order if not lines[i].blank)
