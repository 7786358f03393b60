"""Lists without bullets: names below PARTICIPANTS, and lines that a blank line does not part and that are numbered."""

from __future__ import annotations

from tei_edition.model import Block
from tei_edition.reading.chunks import Line
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.item_labels import in_sequence, label_length, prints_labels
from tei_edition.reading.rules.list_heading import heading_group

LONGEST_NAME = 100
LONGEST_NUMBERED = 200  # what is longer is a numbered paragraph
_PLAIN = frozenset({"participants"})


def named_items(page: Page, i: int) -> Made | None:
    """PARTICIPANTS and lines directly below it, each a name: a list with its head, though no bullet says so."""
    if not page.opening_lists:
        return None
    lines, used = _lines_below(page, i)
    if len(lines) < 2 or heading_group(page.line_words(lines[0])) not in _PLAIN:
        return None
    group = heading_group(page.line_words(lines[0]))
    head = Block("list-head", lines[0].start, lines[0].end, "named_items", group, first=True)
    return Made((head, *(Block("item", line.start, line.end, "named_items", group) for line in lines[1:])), used)


def _lines_below(page: Page, i: int) -> tuple[list[Line], int]:
    """The lines of a chunk with names below its first line; where each line is a chunk, the names that follow it."""
    chunks = page.chunks
    if page.style == "page":
        lines = [line for line in chunks[i].lines if page.line_words(line)]
        return (lines if all(_is_name(page.line_words(line)) for line in lines[1:]) else []), 1
    lines, used = [chunks[i].lines[0]], 1
    if heading_group(page.words(i)) not in _PLAIN:
        return lines, used
    following = page.next_worded(i + 1)
    while following < len(chunks) and _is_name(page.words(following)):
        lines.append(chunks[following].lines[0])
        used = following + 1 - i
        following = page.next_worded(following + 1)
    return (lines if len(lines) > 2 else []), used


def _is_name(words: str) -> bool:
    """Whether a line may name who was there: "Mr. Ball", "The Secretary", "Jean Monnet, President of the Authority"."""
    initial = words[:1].isupper() or words[:1] in "[(“"
    sentence = words.endswith((":", "?", ";")) or (words.endswith(".") and not words.endswith(("Jr.", "Sr.")))
    return initial and len(words) <= LONGEST_NAME and not sentence and not heading_group(words)


def numbered_items(page: Page, i: int) -> Made | None:
    """Lines directly below each other that begin with 1., 2., 3. or a), b), c): a list; words above it may lead to it.

    The number stays where it is, as the first words of its item, or beside it where the volumes of that time have it.
    """
    lines = [line for line in page.chunks[i].lines if page.line_words(line)]
    labels = [_label(page, line) for line in lines]
    first = next((k for k, label in enumerate(labels) if label), len(lines))
    if page.style == "list" or not in_sequence([label for label in labels if label]):
        return None
    if any(line.end - line.start > LONGEST_NUMBERED for line in lines[first:]):
        return None
    lead: tuple[Block, ...] = ()
    group = ""
    if first:
        words = page.view(lines[0].start, lines[first - 1].end).strip()
        group = heading_group(words) if first == 1 else ""
        if not group and not words.endswith(":"):
            return None
        kind = "list-head" if group else "p"
        lead = (Block(kind, lines[0].start, lines[first - 1].end, "numbered_items", group, first=bool(group)),)
    return Made((*lead, *_items(page, lines[first:], labels[first:], group, headed=bool(group))))


def _label(page: Page, line: Line) -> str:
    start = line.start
    for mark in page.marks_in(line.start, line.end):
        if mark.kind == "pb" and mark.start == start:  # "[Page 365] (3) Foreign invasion."
            start = mark.end
            while start < line.end and page.text[start].isspace():
                start += 1
    return page.text[start : start + label_length(page.text, start, line.end)]


def _items(page: Page, lines: list[Line], labels: list[str], group: str, *, headed: bool) -> list[Block]:
    apart = prints_labels(page) and all(
        page.text.startswith(label, line.start) for line, label in zip(lines, labels, strict=True)
    )
    blocks: list[Block] = []
    for line, label in zip(lines, labels, strict=True):
        start, first = line.start, not blocks and not headed
        if not label:
            blocks[-1] = blocks[-1]._replace(end=line.end)
            continue
        if apart:
            blocks.append(Block("label", start, start + len(label), "numbered_items", group, first=first))
            start, first = start + len(label), False
            while page.text[start].isspace():
                start += 1
        blocks.append(Block("item", start, line.end, "numbered_items", group, first=first))
    return blocks
