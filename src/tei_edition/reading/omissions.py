"""What the editors or the declassifiers left out: `[4 lines not declassified]`, `[Here follows discussion of …]`.

The words in brackets are the edition's own and stay text. Beside them, directly before the bracket, an empty `gap`
says the same in a form that can be counted: why, how much, of what.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

from tei_edition.model import Block, Mark
from tei_edition.view import View

# Why something is missing, by the words in the brackets; the first that fits is the reason.
REASONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("not-declassified", re.compile(r"\bnot\s+declass", re.IGNORECASE)),
    ("omitted", re.compile(r"(?:Here\s+follows?|Omitted\s+here)\b")),
    ("garbled", re.compile(r"(?:apparent\s+|message\s+|text\s+)?garbled?\b", re.IGNORECASE)),
    ("illegible", re.compile(r"(?:.{0,60}\b)?(?:illegible|undecipherable)\b(?=\W*$|\s+\w+\W*$|—)", re.IGNORECASE)),
    ("deleted", re.compile(r".{1,60}\bdeleted\W*$", re.IGNORECASE)),
    ("missing", re.compile(r"(?:.{0,60}\bmissing\W*$|(?:apparent\s+|possible\s+)?omission\b)", re.IGNORECASE)),
    ("ellipsis", re.compile(r"(?:…|\.\s?\.\s?\.)[\s.…]*$")),
)
# What is counted: the unit of the TEI, by the word that names it.
UNITS = {
    "line": "line",
    "lines": "line",
    "paragraph": "paragraph",
    "paragraphs": "paragraph",
    "subparagraph": "paragraph",
    "page": "page",
    "pages": "page",
    "sentence": "sentence",
    "sentences": "sentence",
    "word": "word",
    "words": "word",
    "codeword": "word",
    "codewords": "word",
    "name": "name",
    "names": "name",
    "number": "number",
    "document number": "number",
    "document numbers": "number",
    "numbers": "number",
    "group": "group",
    "groups": "group",
    "row": "row",
    "rows": "row",
    "document": "document",
    "documents": "document",
}
# "less than I line" is how some volumes are printed.
_NUMERALS = {"a": 1, "an": 1, "i": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_NUMERALS |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "1/3": 0.33, "2/3": 0.67}
_FRACTION = "|".join(_FRACTIONS)
# `4 lines`, `1-1/2 lines`, `2½ pages`, `less than 1 line`, `a 12-page`, `½ page`, `three paragraphs`
_MEASURE = re.compile(
    r"(?P<less>less\s+th[ae][nt]\s+)?"
    rf"(?:(?P<number>\d{{1,4}}|\b(?:{'|'.join(_NUMERALS)})\b)?[\s–-]*(?P<fraction>{_FRACTION})?)"
    rf"[\s-]*\b(?P<unit>{'|'.join(sorted(UNITS, key=len, reverse=True))})\b",
    re.IGNORECASE,
)
_WHAT = re.compile(r"(?:[a-z]+\s+){0,2}(name|number)\s+not\b")  # `document number not declassified`: one of them
_ALONE = re.compile(r"\s+(?:not|and|deleted|illegible|missing)\b")  # `name not declassified`: one name
_FOLLOWING = re.compile(r"(?:Here\s+follows?|Omitted\s+here)(?:\s+(?:is|are))?\s+")
_BRACKET = re.compile(r"\[(?P<words>[^\[\]]{1,400})(?P<end>\]?)")


def find_omissions(text: str, blocks: Iterable[Block], marks: Sequence[Mark]) -> Iterator[Mark]:
    """Yield a mark of kind `gap` without length before each bracket that says that something was left out.

    Its label holds the attributes: `reason=not-declassified|unit=line|quantity=4`. `marks` (in order) are left out of
    the words, so that a page marker between "4 lines" and "not declassified" does no harm.
    """
    starts = [mark.start for mark in marks]
    for block in blocks:
        if text.find("[", block.start, block.end) < 0:
            continue
        inside = marks[bisect.bisect_left(starts, block.start) : bisect.bisect_left(starts, block.end)]
        view = View(text, block.start, block.end, inside)
        for bracket in _BRACKET.finditer(view.text):
            attributes = omission(bracket["words"], closed=bool(bracket["end"]))
            if attributes:
                at = view.origin(bracket.start())
                yield Mark("gap", at, at, "|".join(f"{name}={value}" for name, value in attributes.items()))


def omission(words: str, *, closed: bool = True) -> dict[str, str]:
    """Return what the words in a pair of brackets say of an omission, as attributes of `gap`; else an empty dict.

    `closed`: the bracket ends here; else it holds a bracket itself, or is longer than a remark is.
    """
    words = " ".join(words.split())
    reason = next((name for name, form in REASONS if (form.search if "not" in name else form.match)(words)), "")
    if not reason or (not closed and reason not in ("omitted", "not-declassified")):
        return {}
    return {"reason": reason} | _measured(words, reason)


def _measured(words: str, reason: str) -> dict[str, str]:
    """How much is missing. "1 paragraph (12 lines of source text)" has two measures: `extent` says both."""
    if reason == "omitted":
        following = _FOLLOWING.match(words)
        measure = _MEASURE.match(words, following.end()) if following else None
    else:
        # What stands before a full stop says where the document is: "[Source: … Secret. 4 pages not declassified.]"
        words = re.split(r"[.;]\s+", words.rstrip(" .\n"))[-1]
        measure = _first_measure(words)
    if measure is None or not (amount := _amount(measure)):
        return {"unit": match.group(1), "quantity": "1"} if (match := _WHAT.match(words)) else {}
    found = {"unit": UNITS[measure["unit"].lower()]}
    found["atMost" if measure["less"] else "quantity"] = f"{amount:g}"
    stated = re.split(r"\s+not\s+declass", words)[0]
    if reason == "not-declassified" and "(" in stated:
        found["extent"] = " ".join(stated.split())
    return found


def _first_measure(words: str) -> re.Match[str] | None:
    """The first measure with a number ("remainder of paragraph (7 lines)": 7 lines), else None."""
    return next((measure for measure in _MEASURE.finditer(words) if _amount(measure)), None)


def _amount(measure: re.Match[str]) -> float:
    number, fraction = (measure["number"] or "").lower(), measure["fraction"]
    alone = measure.start() == 0 and not number and not fraction and bool(_ALONE.match(measure.string, measure.end()))
    whole = _NUMERALS.get(number) or (int(number) if number.isdecimal() else 0)
    if alone and not measure["unit"].lower().endswith("s"):
        return 1
    return whole + (_FRACTIONS[fraction] if fraction else 0)
