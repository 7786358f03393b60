"""Tables: rows whose cells a tab parts, and the rows of a single cell between them ("Near East and Africa")."""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.chunks import Line
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.attachment import is_attachment_heading
from tei_edition.reading.rules.list_heading import heading_group

LONGEST_LONE_CELL = 60
LONGEST_PARTICIPANT = 100
MOST_LONE_CELLS = 4  # rows of a single cell between two others; more of them are paragraphs
_MERE_LABEL = re.compile(r"[•‣◦▪●*–-]|\(?(?:\d{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]")
_AMOUNT = re.compile(r"[$£]?[\d.,–—-]*\d[\d.,]*%?$")


def table(page: Page, i: int) -> Made | None:
    """Each line with a tab is a row; `first` marks the first cell of a row, `group` the first row of a table."""
    if not _is_rows(page, i):
        return None
    last = _last_chunk(page, i)
    lines = [line for k in range(i, last + 1) for line in page.chunks[k].lines if page.line_words(line)]
    opens = not (page.blocks and page.blocks[-1].kind == "cell")
    widest = max(page.text.count("\t", line.start, line.end) for line in lines) + 1
    blocks: list[Block] = []
    for line in lines:
        row = _cells(page, line, widest)
        for number, (start, end) in enumerate(row):
            blocks.append(Block("cell", start, end, "table", "opens" if opens and not blocks else "", first=not number))
    return Made(tuple(blocks), last - i + 1)


def _has_tab(page: Page, line: Line) -> bool:
    """Whether a line has cells: "1.\tThe first point", as word processors number paragraphs, has none."""
    tab = page.text.find("\t", line.start, line.end)
    if tab < 0 or page.text.find("\t", tab + 1, line.end) >= 0:
        return tab >= 0
    return not _MERE_LABEL.fullmatch(page.text, line.start, tab)


def _is_rows(page: Page, i: int) -> bool:
    """Whether a chunk is rows: most of its lines have a tab, and those that have none are short."""
    if i >= len(page.chunks):
        return False
    lines = [line for line in page.chunks[i].lines if page.line_words(line)]
    rows = sum(1 for line in lines if _has_tab(page, line))
    lone = all(line.end - line.start <= LONGEST_LONE_CELL for line in lines if not _has_tab(page, line))
    return rows > 0 and rows * 2 >= len(lines) and lone


def _cells(page: Page, line: Line, widest: int) -> list[tuple[int, int]]:
    """The ranges of a row's cells, empty ones too: those that begin a row, and at its end as many as the table has."""
    begin, end = line.start, line.end
    if _has_tab(page, line):
        while begin > 0 and page.text[begin - 1] in " \t":
            begin -= 1
        while end < len(page.text) and page.text[end] in " \t":
            end += 1
    cells: list[tuple[int, int]] = []
    for cell in page.text[begin:end].split("\t"):
        lead = len(cell) - len(cell.lstrip())
        inside = cell.strip()
        start = begin + lead if inside else begin
        cells.append((start, start + len(inside)))
        begin += len(cell) + 1
    while len(cells) > widest and cells[-1][0] == cells[-1][1]:
        cells.pop()
    return cells


def _last_chunk(page: Page, i: int) -> int:
    """The last chunk of the table that begins with chunk `i`: rows, page markers and rows of one cell between them."""
    last, k, lone = i, page.next_worded(i + 1), 0
    named = _names_participants(page, i)
    while k < len(page.chunks):
        if _is_rows(page, k):
            last, lone = k, 0
        elif named and _is_participant(page.words(k)):
            last = k
        elif lone < MOST_LONE_CELLS and _may_be_lone_cell(page, k):
            lone += 1
            if _AMOUNT.match(page.words(k)) and k == last + 1:
                last, lone = k, 0  # the sum below the last row
        else:
            break
        k = page.next_worded(k + 1)
    return last


def _may_be_lone_cell(page: Page, k: int) -> bool:
    words = page.words(k)
    if len(page.chunks[k].lines) > 1 or len(words) > LONGEST_LONE_CELL or is_attachment_heading(words):
        return False
    return not words.endswith((".", "?", ";")) or bool(_AMOUNT.match(words))


def _names_participants(page: Page, i: int) -> bool:
    """Whether a table begins with "Participants:" as its first cell: then the rows below it hold a name each."""
    line = page.chunks[i].lines[0]
    first = page.text[line.start : line.end].split("\t", 1)[0].strip()
    return len(first) <= LONGEST_LONE_CELL and heading_group(first) == "participants"


def _is_participant(words: str) -> bool:
    short = len(words) <= LONGEST_PARTICIPANT and "\n" not in words
    return short and words[0].isupper() and not words.endswith((".", ":", "?")) and not is_attachment_heading(words)
