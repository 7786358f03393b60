"""Regular expressions of XPath 2 that Python's `re` would never end with: `^(a+)+$` on forty letters and a full stop.

Where what is repeated is itself repeated, or has alternatives, a text is matched by our own expressions of XML Schema,
which take time in proportion to it. A schema may come with a document, and must not stop whoever checks that.
"""

from __future__ import annotations

import functools
from itertools import pairwise

from tei_edition.late_patterns import late
from tei_edition.validation.relaxng.character_patterns import CharacterPattern


@functools.lru_cache(maxsize=256)
def in_linear_time(expression: str) -> CharacterPattern | None:
    """Return the same expression as XML Schema writes it; None where `re` is quick, or where XML Schema cannot say it.

    `^(a+)+$` → `(a+)+`, and `(a+)+` → `[\\s\\S]*((a+)+)[\\s\\S]*` (XPath Functions 5.6.1 and XML Schema part 2, F).
    """
    body = expression.removeprefix("^")
    first, last = body != expression, body.endswith("$") and not body.endswith("\\$")
    body = body[:-1] if last else body
    if not _is_plain(body, anchored=first or last):
        return None
    try:
        return CharacterPattern(f"{'' if first else _ANY}({body}){'' if last else _ANY}")
    except ValueError:
        return None


_ANY = r"[\s\S]*"
_BACK = late(r"\\[0-9]")  # what a group has matched, once more
_ASIDE = late(r"\\.|\[(?:[^\]\\]|\\.)*\]")  # a character that is escaped, a class of characters
_FOREIGN = late(r"[\^$]|[(*+?}]\?")  # anchors inside, groups of a kind, repetitions that stop early


def _is_plain(body: str, *, anchored: bool) -> bool:
    """Whether repetitions stand in repetitions, and nothing of what XML Schema does not know."""
    plain = _ASIDE.sub("x", body)
    return not _BACK.search(body) and not _FOREIGN.search(plain) and _repeats_what_is_repeated(plain, anchored=anchored)


def may_not_end(expression: str) -> bool:
    """Whether `re` may take for ever: something that is repeated, or left out at will, is repeated as a whole."""
    return _repeats_what_is_repeated(_ASIDE.sub("x", expression).replace("(?", "("), anchored=False)


def _repeats_what_is_repeated(plain: str, *, anchored: bool) -> bool:
    nested = False
    groups = [False]  # of each open group: whether something in it is repeated, or may be left out
    for char, behind in pairwise(f"{plain} "):
        if char == "(":
            groups.append(False)
        elif char == ")":
            inside = groups.pop()
            if not groups:
                return False
            nested = nested or (inside and behind in "*+{")
            groups[-1] = groups[-1] or inside
        elif char in "*+?{|":
            if char == "|" and anchored and len(groups) == 1:
                return False  # an anchor belongs to one of the alternatives
            groups[-1] = True
    return nested
