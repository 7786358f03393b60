"""The numbers of items: "1.", "(a)", "iv)", and whether they stand apart from the words of the item."""

from __future__ import annotations

import re

from tei_edition.dates import find_dates
from tei_edition.model import Block
from tei_edition.reading.page import Page
from tei_edition.view import BLANKS

_LABEL = re.compile(
    r"(?:\((?:\d{1,3}|[A-Za-z]|[ivxl]{1,6})\)\.?|(?:\d{1,3}(?:[–-]?[A-Za-z])?|[A-Za-z]|[ivxl]{1,6}|[IVXL]{1,6})[.)])"
    rf"(?=[{BLANKS}]+\S)"
)
_FILED = re.compile(r"/\d{1,2}[–-]\d{1,2}(?P<year>\d\d)\b")  # 501.BC/2–2549: of 25 February 1949
LAST_YEAR_OF_LABELS = 1951
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = tuple(ten + one for ten in ("", "x", "xx", "xxx", "xl") for one in _ONES)[1:]


def label_length(text: str, start: int, end: int) -> int:
    """Return the length of the number that an item begins with ("1.", "(a)"), 0 where it has none or nothing else."""
    match = _LABEL.match(text, start, end)
    return match.end() - match.start() if match else 0


def in_sequence(labels: list[str]) -> bool:
    """Whether two or more numbers are 1., 2., 3. or (a), (b), (c) or i), ii), iii), from the first on, in one form."""
    values = [label.strip("().").lower() for label in labels]
    if len(values) < 2 or len({_form(label) for label in labels}) > 1:
        return False
    counted = [str(n + 1) for n in range(len(values))]
    lettered = [chr(ord("a") + n) for n in range(min(len(values), 26))]
    return values in (counted, lettered, list(_ROMAN[: len(values)]))


def _form(label: str) -> str:
    """The signs around a number and whether it is a capital: "(a)" and "(b)" are of one form, "1." and "2)" are not."""
    return f"{label[0] if label[0] == '(' else ''}{label[-1]}{label.isupper()}"


def prints_labels(page: Page) -> bool:
    """Whether the numbers of items are labels beside them, as the volumes of the years before 1952 have it.

    Later volumes print them as the first words of the item. The year is that of the dateline, of the file number or of
    the head; where none has one, "top secret" in small letters under the head is the habit of those years.
    """
    opening = page.blocks[:12]
    year = next((found for block in opening if (found := _year(page, block))), None)
    return year <= LAST_YEAR_OF_LABELS if year else any(_in_small_letters(page, block) for block in opening)


def _in_small_letters(page: Page, block: Block) -> bool:
    return block.kind == "handling" and page.text[block.start : block.end].islower()


def _year(page: Page, block: Block) -> int | None:
    words = page.view(block.start, block.end)
    if block.kind == "source-line":
        filed = _FILED.search(words)
        return 1900 + int(filed["year"]) if filed else None
    if block.kind in ("dateline", "head"):
        return next((date.first.year for date in find_dates(words) if date.complete), None)
    return None
