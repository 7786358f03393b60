"""The bullets that items begin with, and the items of one list that blank lines or a page marker part."""

from __future__ import annotations

import itertools

from tei_edition.layout import BULLET
from tei_edition.reading.chunks import Line
from tei_edition.reading.page import LONG_LINE, Page
from tei_edition.reading.rules.list_heading import heading_group

# Between blank lines at the margin, what is longer or a sentence is a paragraph with a bullet, as the volumes print it.
LONGEST_PARTED = 80


def bullet_length(page: Page, line: Line) -> int:
    """Return how many characters the bullet of a line takes, blanks behind it included; 0 where there is none."""
    match = BULLET.match(page.text, line.start, line.end)
    return match.end() - match.start() if match else 0


def goes_on_behind(page: Page, i: int) -> int:
    """Return the chunk that goes on with the list of chunk `i` behind a blank line or a page marker; 0: there is none.

    Many browsers paste a list with a blank line between its items.
    """
    if page.parted_lists is None:
        page.parted_lists = _find_parted(page) if page.style == "page" else {}
    return page.parted_lists.get(i, 0)


def _find_parted(page: Page) -> dict[int, int]:
    """Which chunk goes on with the list of which: each holds one item, and both begin with the same sign in the same
    column. In a text whose other lists have their items directly below each other a blank line parts lists. So it does
    above the running text without a heading: a reader view leaves out SUBJECT and REF, and their lists stand there.
    """
    found: dict[int, int] = {}
    running = False  # running text stands above
    headed = False  # the run stands below a heading such as SUBJECT
    written = [i for i in range(len(page.chunks)) if page.words(i)]
    items = {i: _items_of(page, i) for i in written}
    if 2 in items.values():
        return found
    for above, below in itertools.pairwise(written):
        if not items[above]:
            headed = bool(heading_group(page.words(above)))
            words = page.words(above)
            running = running or (above != written[0] and (len(words) >= LONG_LINE or words.endswith(":")))
        elif not headed and not running:
            continue
        elif items[below] and _are_alike(page, above, below) and _is_single(page, above, below, headed=headed):
            found[above] = below
    return found


def _are_alike(page: Page, above: int, below: int) -> bool:
    """Whether two chunks begin with the same sign in the same column, and nothing else was printed between them."""
    first, second = page.chunks[above].lines[0], page.chunks[below].lines[0]
    alike = page.text[first.start] == page.text[second.start] and first.indent == second.indent
    return alike and not page.is_parted(above, below - above + 1)


def _is_single(page: Page, above: int, below: int, *, headed: bool) -> bool:
    """Whether two items between blank lines are of one list: indented, below a heading, or a few words each."""
    indented = page.chunks[above].lines[0].indent > 0
    return headed or indented or (_is_bare(page.words(above)) and _is_bare(page.words(below)))


def _is_bare(words: str) -> bool:
    """Whether an item is a few words without a stop at their end: "planes", "Mr. Ball (United States)"."""
    return len(words) <= LONGEST_PARTED and (words[-1].isalnum() or words[-1] == ")")


def _items_of(page: Page, i: int) -> int:
    """How many items a chunk holds that begins with a bullet, two at the most; 0 for any other."""
    lines = page.chunks[i].lines
    if not bullet_length(page, lines[0]):
        return 0
    return 2 if any(bullet_length(page, line) for line in lines[1:]) else 1
