"""What a reference is made of: its place and target, and numbers in a row ("12, 14, and 16", "10–17")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MORE = r"(?:(?:\s?,\s?and\s|\s?,\s?or\s|,\s?|\sand\s|\sor\s|[–-])\d{1,4}(?![\w/]|[.:]\d))*"
NUMBERS = rf"\d{{1,4}}(?![\w/]|[.:]\d){_MORE}"
_NUMBER = re.compile(r"\d+")


class Reference(NamedTuple):
    """A reference in a text: its place in the view, its kind of span, the id that it points to and why."""

    start: int
    end: int
    kind: str
    ref: str
    evidence: str


def each(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the place of each number of a row, and the number without leading noughts. Of a range ("10–17") only
    its two ends are there.
    """
    for number in _NUMBER.finditer(text, start, end):
        yield number.start(), number.end(), str(int(number.group()))
