"""Lists: lines that begin with a bullet, and the heading that says what they list (SUBJECT, PARTICIPANTS, TO …)."""

from __future__ import annotations

import re
from typing import NamedTuple

from tei_edition.model import Block, Decoration
from tei_edition.reading.chunks import Line
from tei_edition.reading.page import LONG_LINE, Made, Page
from tei_edition.reading.rules.bullets import bullet_length, goes_on_behind
from tei_edition.reading.rules.item_labels import label_length, prints_labels
from tei_edition.reading.rules.list_heading import heading_group

_CERTAIN = "•‣◦▪●"
DEEPEST = 8  # levels of lists in lists; what is indented further stands on this level
_LED = re.compile(r"(?P<word>[A-Za-z]{2,14}) ?:")
_PERSON = re.compile(
    r"(?:Mr|Mrs|Miss|Dr|Messrs|Gen|Adm|Col|Amb)\. |(?:The )?(?:Secretary|President|Ambassador|Under Secretary"
    r"|Assistant Secretary|General"
    r"|Admiral|Prime Minister|Foreign Minister|Senator|Governor|Minister|Vice President|Director|Lord|Sir)\b"
)


class Item(NamedTuple):
    """A line with a bullet and the lines that continue it: where its words begin and end, and how deep it stands."""

    line: Line
    start: int
    end: int
    depth: int
    label: int  # the length of its number ("1.", "(a)"), 0 where it has none


def is_bulleted(page: Page, i: int, *, headed: bool = False) -> bool:
    """Whether a chunk is a list: every line that is no page marker and continues no item has a bullet.

    `headed`: a heading such as SUBJECT stands above it, so that a single line at the margin is an item, too.
    """
    if i >= len(page.chunks):
        return False
    if bullet_length(page, page.chunks[i].lines[0]) and (headed or goes_on_behind(page, i)):
        return True
    if page.style == "list" and not page.chunks[i].lines[0].indent:
        return _is_short_item(page, i)
    lines = [line for line in page.chunks[i].lines if page.line_words(line)]
    return bool(lines) and _are_items(page, lines)


def _is_short_item(page: Page, i: int) -> bool:
    """Whether a line that is a chunk, bears a bullet and is not indented is an item: where it is short, and a line with
    the same sign stands above or below it. Else it is a paragraph, and the sign a part of the text.
    """
    line = page.chunks[i].lines[0]
    if not bullet_length(page, line) or line.end - line.start > LONG_LINE:
        return False
    near = (page.chunks[k].lines[0] for k in (i - 1, i + 1) if 0 <= k < len(page.chunks))
    return any(
        page.text[other.start] == page.text[line.start] and other.end - other.start <= LONG_LINE
        for other in near
        if bullet_length(page, other)
    )


def _are_items(page: Page, lines: list[Line]) -> bool:
    if not bullet_length(page, lines[0]):
        return False
    if page.style == "page" and len(lines) == 1 and not lines[0].indent:
        return False  # a paragraph that begins with a bullet: the sign is a part of the text
    certain = page.text[lines[0].start] in _CERTAIN
    return certain or lines[0].indent > 0 or sum(1 for line in lines if bullet_length(page, line)) > 1


def _group_of(page: Page, found: list[Item]) -> str:
    """What a list without a heading lists: "Subject: …" says it itself; before the running text names make
    participants, and so do the lists that follow such a list directly.
    """
    if not page.opening_lists:
        return ""
    previous = page.blocks[-1] if page.blocks else None
    if previous is not None and previous.kind == "item" and previous.group == "participants":
        return "participants"
    items = [page.view(item.start, item.end).strip() for item in found]
    led = _LED.match(items[0])
    if led and heading_group(led["word"]):
        return heading_group(led["word"])
    persons = sum(1 for item in items if _PERSON.match(item))
    return "participants" if persons * 2 > len(items) else ""


def list_head(page: Page, i: int) -> Made | None:
    """SUBJECT above a bulleted list becomes the head of that list."""
    following = page.next_worded(i + 1)
    group = heading_group(page.words(i))
    if not group or len(page.chunks[i].lines) > 1 or not is_bulleted(page, following, headed=True):
        return None
    chunk = page.chunks[i]
    return Made((Block("list-head", chunk.start, chunk.end, "list_head", group, first=True),))


def items(page: Page, i: int) -> Made | None:
    """Bulleted lines become items; deeper indentation nests; a line without a bullet continues its item."""
    headed = bool(page.blocks) and page.blocks[-1].kind == "list-head"
    if not is_bulleted(page, i, headed=headed):
        return None
    used, lines = _lines_of_list(page, i)
    return _write(page, lines, used, page.blocks[-1] if page.blocks else None)


def led_items(page: Page, i: int) -> Made | None:
    """Words with a list directly below them, no blank line between: "We need:" and its items, SUBJECT and its item."""
    lines = page.chunks[i].lines
    first = next((k for k, line in enumerate(lines) if bullet_length(page, line)), 0)
    if not first or page.style == "list":
        return None
    below = [line for line in lines[first:] if page.line_words(line)]
    if not all(bullet_length(page, line) or line.indent > below[0].indent for line in below):
        return None
    lead = Block("p", lines[0].start, lines[first - 1].end, "led_items")
    group = heading_group(page.view(lead.start, lead.end).strip()) if first == 1 else ""
    if not group and not _are_items(page, below):
        return None
    if group:
        lead = lead._replace(kind="list-head", group=group, first=True)
    made = _write(page, list(lines[first:]), 1, lead)
    return made._replace(blocks=(lead, *made.blocks))


def _lines_of_list(page: Page, i: int) -> tuple[int, list[Line]]:
    """How many chunks a list takes, and their lines: where each line is a chunk, those that follow belong to it, and
    so do items that blank lines part.
    """
    lines = list(page.chunks[i].lines)
    used = 1
    while following := goes_on_behind(page, i + used - 1):
        lines += [line for k in range(i + used, following + 1) for line in page.chunks[k].lines]
        used = following + 1 - i
    while page.style == "list":
        following = page.next_worded(i + used)
        if following >= len(page.chunks):
            break
        line = page.chunks[following].lines[0]
        continues = line.indent > lines[0].indent and not bullet_length(page, line)
        if not continues and not is_bulleted(page, following):
            break
        lines += [line for k in range(i + used, following + 1) for line in page.chunks[k].lines]
        used = following + 1 - i
    return used, lines


def _find_items(page: Page, lines: list[Line]) -> list[Item]:
    indents = [lines[0].indent]
    found: list[Item] = []
    for line in lines:
        width = bullet_length(page, line)
        if width:
            while len(indents) > 1 and line.indent < indents[-1] - 1:
                indents.pop()
            if line.indent >= indents[-1] + 2 and len(indents) <= DEEPEST:
                indents.append(line.indent)
            start = line.start + width
            found.append(Item(line, start, line.end, len(indents) - 1, label_length(page.text, start, line.end)))
        elif found and page.line_words(line):
            found[-1] = found[-1]._replace(end=line.end)
    return found


def _labelled(found: list[Item]) -> set[int]:
    """The items of those lists, nested ones each by itself, in which every item bears a number of its own."""
    labelled: set[int] = set()
    open_lists: list[list[int]] = []
    for k, item in enumerate([*found, found[0]._replace(depth=-1)]):
        while len(open_lists) > item.depth + 1:
            members = open_lists.pop()
            if all(found[m].label for m in members):
                labelled.update(members)
        while len(open_lists) < item.depth + 1:
            open_lists.append([])
        if item.depth >= 0:
            open_lists[item.depth].append(k)
    return labelled


def _write(page: Page, lines: list[Line], used: int, previous: Block | None) -> Made:
    headed = previous is not None and previous.kind == "list-head"
    found = _find_items(page, lines)
    group = previous.group if previous is not None and headed else _group_of(page, found)
    labelled = _labelled(found) if prints_labels(page) else set()
    blocks: list[Block] = []
    for k, item in enumerate(found):
        start, first = item.start, not blocks and not headed
        if k in labelled:
            blocks.append(Block("label", start, start + item.label, "items", group, item.depth, first))
            start, first = start + item.label, False
            while page.text[start].isspace():
                start += 1
        blocks.append(Block("item", start, item.end, "items", group, item.depth, first))
    decorations = tuple(Decoration(item.line.start, item.start, "bullet") for item in found)
    return Made(tuple(blocks), used, decorations)
