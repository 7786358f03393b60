"""Names as lists of persons print them: "Ball, George W.", "Hassan II", "Mao Tse-tung"."""

from __future__ import annotations

import re
from typing import NamedTuple

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?$|(?:II|III|IV)$")
_TITLE = re.compile(
    r"(?:Adm|Amb|Brig|Capt|Col|Cdr|Dr|Gen|Lt|Maj|Mr|Mrs|Ms|Miss|Prof|Rear|Rev|Sen|Sir|Lord|Lady|Vice|Prince|Princess|King|Queen"
    r"|President|General|Admiral|Colonel|Major|Captain|Lieutenant|Brigadier|Baron|Count|Viscount|Sheikh|Shaykh|Archbishop"
    r"|Cardinal|Bishop|Rep|Congressman|Senator|Ambassador|USA|USN|USAF|USMC|Ret)\.?$"
)


class ParsedName(NamedTuple):
    """Surname, forenames and the wordings under which a name is looked for."""

    surname: str
    forenames: tuple[str, ...]
    forms: tuple[str, ...]


def parse_listed_name(name: str) -> ParsedName:
    """Return the parts of a name as printed in a list. A name without a comma is one name as a whole."""
    name = re.sub(r"\s*[(\[].*?[)\]]", "", name).strip(" ,")
    head, _, rest = name.partition(",")
    surname = head.strip()
    suffix = ""
    match = re.search(r" (Jr\.?|Sr\.?|II|III|IV)$", surname)
    if rest and match:
        surname, suffix = surname[: match.start()], match.group(1)
    tokens = [token.strip(",") for token in rest.split()]
    forenames = tuple(token for token in tokens if token and not _SUFFIX.match(token) and not _TITLE.match(token))
    if not rest:
        return ParsedName(surname, (), (surname,))
    full = " ".join([*forenames, surname])
    return ParsedName(surname, forenames, (full, f"{full}, {suffix}") if suffix else (full,))
