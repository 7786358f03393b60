"""Leftovers of conversion: signs of the plain text that should have become markup, or have gone.

VA303–305 are those of our own sources (page markers, back-links, markers of notes); VA368–373 those of any: text that
was decoded wrongly, characters that mean nothing, markup that was escaped once too often.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tei_edition.late_patterns import late
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

_PAGE = late(r"\[(?:Page|p\.|pp?\.)\s*[\divxlcIVXLC]+\]")
# Letters and one or two digits glued to them, as markers of notes are: `Congo1`. Capitals (U2, CH53) are no words.
# The digits come first, for they are rare: what stands before them is looked at when one is met.
_MARKER = late(r"[0-9](?<=[a-zà-ÿ]{3}[0-9])[0-9]?(?![\w/-]|\.\d)")
_MAY_BE_MARKER = late(r"[0-9](?<=[a-zà-ÿ]{3}[0-9])")
_WORD_BEFORE = late(r"(?<![\w/.-])[A-Za-zÀ-ÿ’'-]{3,40}$")
# A number in brackets directly behind a word or its stop, as web pages write markers: `the Congo.[1]`.
_BRACKETED = late(r"\[(?<=[a-zà-ÿ.,;:”’)]\[)\d{1,3}\](?!\w)")
# UTF-8 that was read as Windows-1252 or Latin-1: “â€™” for ’, “Ã©” for é, “Â ” for a no-break space.
_TWO = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # what the second byte of a character looks like
_MOJIBAKE = late(
    f"Ã[{_TWO}]|Â[\u0080-\u00bf€™]|â(?:€[{_TWO}]|„¢|‚¬|ˆ[{_TWO}]|\u0080[\u0080-\u00bf])|Ä[\u0080-\u009f±™]|ï»¿|ï¿½"
)
_NO_CHARACTERS = late(
    "[\ufffd\u007f-\u0084\u0086-\u009f\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff\U000f0000-\U0010ffff]+"
)
# What is left where an ampersand was escaped twice, and tags of HTML that stand as words.
_ESCAPED = late(
    r"&(?:amp|lt|gt|quot|apos|nbsp|[mn]dash|[lr][sd]quo|hellip|eacute|egrave|ouml|uuml|auml|ccedil|deg|copy|sect"
    r"|#\d{2,6}|#x[0-9A-Fa-f]{2,6});"
    r"|</?(?:[bipua]|br|hr|em|h[1-6]|div|span|sup|sub|strong|font|td|tr|table|ul|ol|li)(?:\s[^<>\0]{0,200})?/?>"
)
# Blanks side by side between two words of a line: a stop may have two behind it, and a table is laid out with them.
_BLANKS = late(r" (?<=[a-zà-ÿ,] ) +(?=[A-Za-zÀ-ÿ])")
# One look at the text tells whether any of the characters occurs by which the rarer signs are known.
_RARE = late(
    "[ÃÂâÄï\u00ad↩&<\u007f-\u0084\u0086-\u009f\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff\U000f0000-\U0010ffff]"
)


class _Sign(NamedTuple):
    """A sign in the words: its pattern, and what is said of it.

    `rare`: it has a character of `_RARE`. The `quick` pattern finds something wherever the sign occurs, and often where
    it does not. `with_word` takes the word before the sign in.
    """

    code: str
    pattern: re.Pattern[str]
    say: Callable[[str], str]
    rare: bool = False
    quick: re.Pattern[str] | None = None
    with_word: bool = False


def leftovers(inventory: Inventory) -> Iterator[Fault]:
    """VA303–305 and VA368–373: what conversion should have turned into markup, or should have left out."""
    running = inventory.running
    rare = _RARE.search(running.words) is not None
    for sign in _SIGNS:
        if (sign.rare and not rare) or (sign.quick or sign.pattern).search(running.words) is None:
            continue
        string = running.string
        for match in sign.pattern.finditer(string):
            start, end = match.span()
            if sign.with_word:
                word = _WORD_BEFORE.search(string, max(0, start - 40), start)
                if word is None:
                    continue
                start = word.start()
            place = running.place(start, end)
            yield Fault(sign.code, sign.say(string[start:end]), place.element, words=place.words, tail=place.tail,
                        before=place.before)


def _characters(found: str) -> str:
    """Say which character it is: "the character U+F0B7 is private: what it looks like depends on one font"."""
    first = found[0]
    if first == "\ufffd":
        return "a character that could not be read (U+FFFD) stands in the text"
    if "\ue000" <= first <= "\uf8ff" or first >= "\U000f0000":
        return f"the character U+{ord(first):04X} is private: what it looks like depends on one font"
    return f"U+{ord(first):04X} stands in the text, which is no character but a sign for machines"


def _glyphs(found: str) -> str:
    """Say what was read wrongly and, where that can be told, what it was: “â€™” is ’."""
    for encoding in ("windows-1252", "latin-1"):
        try:
            return f"“{found}” is “{found.encode(encoding).decode('utf-8')}” read in the wrong encoding"
        except UnicodeError:
            continue
    return f"“{found}” is a character read in the wrong encoding"


_SIGNS = (
    _Sign("VA303", _PAGE, lambda found: f"“{found}” still stands in the text"),
    _Sign("VA304", late("↩"), lambda found: "the back-link “↩” still stands in the text", rare=True),
    _Sign("VA305", _MARKER, lambda found: f"“{found}” ends in what may be the marker of a note",
          quick=_MAY_BE_MARKER, with_word=True),
    _Sign("VA368", _MOJIBAKE, _glyphs, rare=True),
    _Sign("VA369", _NO_CHARACTERS, _characters, rare=True),
    _Sign("VA370", late("\u00ad"), lambda found: "a soft hyphen stands in the text", rare=True),
    _Sign("VA371", _ESCAPED, lambda found: f"“{found}” stands in the text as words", rare=True),
    _Sign("VA372", _BLANKS, lambda found: "two blanks stand between two words"),
    _Sign("VA373", _BRACKETED, lambda found: f"“{found}” may be the marker of a note"),
)
