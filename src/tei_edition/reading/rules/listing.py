"""Lists: lines that begin with a bullet, and the heading that says what they list (SUBJECT, PARTICIPANTS, TO …)."""

from __future__ import annotations

import re

from tei_edition.model import Block, Decoration
from tei_edition.reading.chunks import Line
from tei_edition.reading.page import Made, Page

_BULLET = re.compile(r"[•‣◦▪●*][ \t\u00a0]+(?=\S)|[-–][ \t\u00a0](?=\S)|[•‣◦▪●]")
_HEADINGS = (
    ("subject", r"subj(?:ects?)?|re|date(?: & time)?|time|place|source|country|acq|doi"),
    (
        "participants",
        r"participants?|present|others present|attendance|attendees|those present|the following were present"
        r"|in attendance|(?:for the )?[A-Z][A-Za-z. ]{1,20}(?: side| participants| delegation)|also present"
        r"|united states|us|u\.s\.",
    ),
    ("to", r"to|info|action|memorandum for|copies? to|cc|for"),
    ("from", r"from|fm|through"),
    ("references", r"refs?|references?|reftels?"),
)
_GROUPS = tuple(
    (group, re.compile(rf"(?:{pattern})[:.]?$", re.IGNORECASE)) for group, pattern in _HEADINGS[:1] + _HEADINGS[2:]
)
_PRESENT = re.compile(rf"(?:{_HEADINGS[1][1]})[:.]?$", re.IGNORECASE)


def heading_group(words: str) -> str:
    """Return the kind of list that a heading opens (`subject`, `participants` …), or the empty string."""
    if len(words) > 60:
        return ""
    for group, pattern in _GROUPS:
        if pattern.match(words):
            return group
    return "participants" if _PRESENT.match(words) else ""


def _bullet(page: Page, line: Line) -> int:
    """Return how many characters the bullet of a line takes, blanks behind it included; 0 where there is none."""
    match = _BULLET.match(page.text, line.start, line.end)
    return match.end() - match.start() if match else 0


def _is_bulleted(page: Page, i: int) -> bool:
    """Whether a chunk is a list: every line that is no page marker and continues no item has a bullet."""
    lines = [line for line in page.chunks[i].lines if page.line_words(line)] if i < len(page.chunks) else []
    if not lines or not _bullet(page, lines[0]):
        return False
    if page.style == "page" and len(lines) == 1 and not lines[0].indent:
        return False  # a paragraph that begins with a bullet: the sign is a part of the text
    certain = page.text[lines[0].start] not in "-–*"
    return certain or lines[0].indent > 0 or sum(1 for line in lines if _bullet(page, line)) > 1


_LED = re.compile(r"(?P<word>[A-Za-z]{2,14}) ?:")
_PERSON = re.compile(
    r"(?:Mr|Mrs|Miss|Dr|Messrs|Gen|Adm|Col|Amb)\. |(?:The )?(?:Secretary|President|Ambassador|Under Secretary"
    r"|Assistant Secretary|General"
    r"|Admiral|Prime Minister|Foreign Minister|Senator|Governor|Minister|Vice President|Director|Lord|Sir)\b"
)


def _group_of(page: Page, i: int) -> str:
    """What a list without a heading lists: "Subject: …" says it itself; before the running text names make
    participants.
    """
    if not page.opening_lists:
        return ""
    items = [
        page.view(line.start + _bullet(page, line), line.end).strip()
        for line in page.chunks[i].lines
        if _bullet(page, line)
    ]
    led = _LED.match(items[0])
    if led and heading_group(led["word"]):
        return heading_group(led["word"])
    persons = sum(1 for item in items if _PERSON.match(item))
    return "participants" if persons * 2 > len(items) else ""


def list_head(page: Page, i: int) -> Made | None:
    """SUBJECT above a bulleted list becomes the head of that list."""
    following = page.next_worded(i + 1)
    group = heading_group(page.words(i))
    if not group or len(page.chunks[i].lines) > 1 or following >= len(page.chunks) or not _is_bulleted(page, following):
        return None
    chunk = page.chunks[i]
    return Made((Block("list-head", chunk.start, chunk.end, "list_head", group, first=True),))


def items(page: Page, i: int) -> Made | None:
    """Bulleted lines become items; deeper indentation nests; a line without a bullet continues its item."""
    if not _is_bulleted(page, i):
        return None
    previous = page.blocks[-1] if page.blocks else None
    headed = previous is not None and previous.kind == "list-head"
    continued = page.style == "list" and previous is not None and previous.kind == "item"
    group = previous.group if previous is not None and (headed or continued) else _group_of(page, i)
    blocks: list[Block] = []
    decorations: list[Decoration] = []
    if not continued:
        page.list_indent = page.chunks[i].lines[0].indent
    for line in page.chunks[i].lines:
        width = _bullet(page, line)
        if width:
            decorations.append(Decoration(line.start, line.start + width, "bullet"))
            depth = 1 if line.indent >= page.list_indent + 2 else 0
            first = not blocks and not headed and not continued
            blocks.append(Block("item", line.start + width, line.end, "items", group, depth, first))
        elif page.line_words(line) and blocks:
            last = blocks[-1]
            blocks[-1] = last._replace(end=line.end)
    return Made(tuple(blocks), 1, tuple(decorations))
