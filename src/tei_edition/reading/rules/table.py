"""Tables: rows whose cells a tab parts."""

from __future__ import annotations

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page


def table(page: Page, i: int) -> Made | None:
    """Each line with a tab is a row; `first` marks the first cell of a row, `group` the first row of a table."""
    lines = page.chunks[i].lines
    if not all("\t" in page.text[line.start : line.end] for line in lines):
        return None
    blocks: list[Block] = []
    opens = not (page.blocks and page.blocks[-1].kind == "cell")
    for line in lines:
        start = line.start
        for number, cell in enumerate(page.text[line.start : line.end].split("\t")):
            end = start + len(cell)
            lead, trail = len(cell) - len(cell.lstrip()), len(cell) - len(cell.rstrip())
            inner = (start + lead, end - trail) if cell.strip() else (start, start)
            blocks.append(Block("cell", *inner, "table", "opens" if opens and not blocks else "", first=number == 0))
            start = end + 1
    return Made(tuple(blocks))
