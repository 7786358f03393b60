"""White space: none before a note, none behind a page break. The words stay apart as they were."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fixing.edits import Edit
from tei_edition.validation.fixing.markup import BLANKS, Markup
from tei_edition.validation.fixing.wanted import Wanted

_CLOSING = tuple(".,;:!?)]”’»")


def blank_edits(markup: Markup, inventory: Inventory, wanted: Wanted) -> Iterator[Edit]:
    """Yield the edits for blanks before notes (VA315) and behind page breaks (VA374)."""
    if wanted.code("VA315"):
        for note in inventory.named("note"):
            if wanted.at(note, "VA315") and _stands_apart(note):
                end = markup.start(note)
                start = len(markup.data[:end].rstrip(BLANKS)) if end else end
                if start < end:
                    reason = f"the blank before note {note.get('n', '')}".rstrip()
                    yield Edit(start, end, b"", "VA315", f"{reason} is taken out", markup.line(end))
    if wanted.code("VA374"):
        for page in inventory.named("pb"):
            if wanted.at(page, "VA374"):
                yield from _behind(markup, page)


def _stands_apart(note: etree._Element) -> bool:
    """Whether what follows a note is no word that would run into the one before it."""
    tail, parent = note.tail or "", note.getparent()
    if tail:
        return tail[0].isspace() or tail[0] in _CLOSING
    return note.getnext() is None and parent is not None


def _behind(markup: Markup, page: etree._Element) -> Iterator[Edit]:
    """Take the blanks behind a page break out, and put one before it where none stands there."""
    start = markup.start(page)
    end = markup.data.find(b">", start) + 1
    if markup.data[end - 2 : end - 1] != b"/":
        return  # <pb></pb>: nobody writes it so, and what stands where is harder to say
    stop = end
    while stop < len(markup.data) and markup.data[stop : stop + 1] in (b" ", b"\t", b"\r", b"\n"):
        stop += 1
    if stop == end or stop >= len(markup.data):
        return
    line = markup.line(start)
    label = page.get("n", "")
    if markup.data[start - 1 : start] not in (b" ", b"\t", b"\r", b"\n"):
        yield Edit(start, start, b" ", "VA374", f"the blank behind page break {label} goes before it", line)
    yield Edit(end, stop, b"", "VA374", f"the blank behind page break {label} is taken out", line)
