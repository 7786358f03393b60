"""The head of a document ("280. Telegram From …"), and the file number that older volumes print above it."""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.dateline import is_dateline, stands_above_head

NUMBER = re.compile(r"\[?(\d{1,4}[a-z]?)\]?\.?(?=\s|$)(?:(?<=\.)|(?<=\]))")
NUMBER_LINE = re.compile(r"No\. ?(\d{1,4}[a-z]?)(?=\n|$)")
LONGEST_HEAD = 500
_FILE_LINE = re.compile(
    r"(?:[A-Z]{0,3}\d{2,3}[\w.]*(?: [A-Z][\w ]+)?/[\dl–\-]+(?: ?\[[^\]]{1,12}\])?"
    r"(?: ?: ?[\w ]+)?"  # 501.BC Indonesia/2–2549: Telegram
    r"|.{0,80}\b[Ff]iles?\b(?:[,:]? ?(?:[Ll]ot|FRC|Series|[A-Z“]|\d).{0,120})?"  # S/S–NSC files, lot 63 D 351
    r"|.{0,80}\b[Ll]ot (?:File )?\d\d.{0,100})$"
)
GUESSED = "head, guessed"
_ARCHIVE = re.compile(r"\b(?:[Pp]apers|[Rr]ecords|Library|Archives|[Cc]ollection)\b")

_FILED = re.compile(r"\b[Ff]iles\b|\d[\w. ]*[/–-]+ ?:*\d")
# "Memorandum by Mr. John H. Williams", "The Ambassador in France (Dillon) to the Secretary of State"
_TITLE = re.compile(
    r"(?:Editorial Note|Memorand(?:um|a)|Telegram|Letter|Report|Paper|Minutes|Notes?|Statement|Draft|Record|Extracts?"
    r"|Study|Diary|Aide|Summary|Agreed|Despatch|Circular|Message|Resolution|Proposed|National|Position|Staff|Background"
    r"|Informal) |"
    r"(?:The|Mr\.|Mrs\.|President|Prime Minister|Secretary) .{1,150} to (?:the|President|Mr|Mrs|Prime|Secretary)\b",
    re.DOTALL,
)


def source_line(page: Page, i: int) -> Made | None:
    """`501.BC/2–2549: Telegram` above the head: the document's place in the archive, as volumes before 1952
    print it.
    """
    following = page.words(page.next_worded(i + 1))
    if page.blocks or not following or NUMBER.match(page.words(i)) or len(following) > LONGEST_HEAD:
        return None
    words = page.words(i)
    filed = bool(_FILE_LINE.match(words))
    if not filed and len(words) < 120 and not _TITLE.match(words):
        # What is no file number as the filing manual has it ("103 XMB–754") is one where a head follows it.
        filed = bool(_ARCHIVE.search(words) or _FILED.search(words)) and _begins_head(page, page.next_worded(i + 1))
    return page.block(i, "source-line", "source_line") if filed else None


def _begins_head(page: Page, i: int) -> bool:
    """Whether a chunk reads as a head: `No. 546`, what old volumes call a document, or a dateline follows."""
    words = page.words(i)
    return bool(NUMBER_LINE.match(words) or _TITLE.match(words)) or is_dateline(page.words(page.next_worded(i + 1)))


def head(page: Page, i: int) -> Made | None:
    """The first words of a document, unless they are plainly a paragraph; lines that follow directly belong to them."""
    if page.kinds - {"source-line", "dateline"} or stands_above_head(page, i):
        return None
    words = page.words(i)
    if not NUMBER.match(words) and (
        len(words) > LONGEST_HEAD or (page.next_worded(i + 1) >= len(page.chunks) and len(words) > 120)
    ):
        return None
    rule = "head" if page.blocks or NUMBER.match(words) or _is_titled(page, i) else GUESSED
    last = _title_of_number(page, i)
    return Made((Block("head", page.chunks[i].start, page.chunks[last].end, rule),), last - i + 1)


def _title_of_number(page: Page, i: int) -> int:
    """The chunk that ends a head: where `No. 281`, `281.` or `[281]` stands alone above the title, the title belongs to
    the same head.
    """
    title = page.next_worded(i + 1)
    words = page.words(title)
    titled = words and len(words) <= LONGEST_HEAD and not is_dateline(words)
    alone = NUMBER_LINE.fullmatch(page.words(i)) or (NUMBER.fullmatch(page.words(i)) and not words.endswith("."))
    return title if alone and titled else i


def _is_titled(page: Page, i: int) -> bool:
    """Whether an unnumbered first line names a document ("Editorial Note"), or a dateline stands below it."""
    return bool(_TITLE.match(page.words(i) + " ")) or _begins_head(page, i)


def is_file_line(words: str) -> bool:
    """Whether a line can be the file number that older volumes print above the head: `501.BC/2–2549: Telegram`."""
    return bool(_FILE_LINE.match(words))


def document_number(words: str) -> str:
    """Return the number that a head begins with: "280. Telegram From …", "[3]", "No. 281"; empty where it has none."""
    match = NUMBER.match(words) or NUMBER_LINE.match(words)
    return match.group(1) if match else ""
