"""The facet `pattern` of XML Schema's datatypes: regular expressions of its own kind, matched in linear time.

`[^\\p{C}\\p{Z}]+` (TEI's `teidata.word`) is no expression of Python's `re`, and to translate it takes a table of all of
Unicode, which costs a third of a second before the first value is looked at. So it is read here (XML Schema part 2,
appendix F) and matched by derivatives (Brzozowski 1964): what is left of the expression behind each character, every
such step remembered. No value and no expression can make that slow, however they are nested. The plainest
expressions, on short values of ASCII, are left to `re`, which is faster still.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tei_edition.late_patterns import late
from tei_edition.validation.relaxng.numbering import Numbering
from tei_edition.validation.relaxng.syntax import BLANKS, NAME, NMTOKEN

_NEVER, _EMPTY = 0, 1
_MANY = -1  # no upper bound of a repetition
_SHORT = 200  # characters of a value that `re` may see
_MOST_STATES = 20_000
_MOST_NESTED = 60
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_CLASSES: dict[str, Callable[[str], bool]] = {
    "s": lambda char: char in BLANKS,
    "i": lambda char: NAME.fullmatch(char) is not None,
    "c": lambda char: NMTOKEN.fullmatch(char) is not None,
    "d": lambda char: unicodedata.category(char) == "Nd",
    "w": lambda char: unicodedata.category(char)[0] not in "PZC",
    "dot": lambda char: char not in "\n\r",
}
_CATEGORIES = late("C[cfno]?|L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?")
_TIMES = late(r"\{([0-9]{1,6})(,([0-9]{0,6}))?\}")
_IN_BRACES = late(r"\{([A-Za-z0-9-]+)\}")


class _Set(NamedTuple):
    """A set of characters: ranges, classes, and sets in it, perhaps all but those; less those that are subtracted."""

    ranges: tuple[tuple[str, str], ...] = ()
    classes: tuple[tuple[str, bool], ...] = ()  # a class by its name, and whether it is meant
    parts: tuple[_Set, ...] = ()
    negated: bool = False
    less: _Set | None = None

    def has(self, char: str) -> bool:
        """Tell whether the character belongs to the set."""
        found = (any(low <= char <= high for low, high in self.ranges)
                 or any(_in_class(name, char) is meant for name, meant in self.classes)
                 or any(part.has(char) for part in self.parts))
        return found is not self.negated and not (self.less is not None and self.less.has(char))


def _in_class(name: str, char: str) -> bool:
    if name in _CLASSES:
        return _CLASSES[name](char)
    if name.startswith("Is"):
        return _in_block(name, char)
    return unicodedata.category(char).startswith(name)


@functools.cache
def _block(name: str) -> Any:
    from elementpath.regex import unicode_block  # a table of 300 blocks, which hardly any schema asks for

    return unicode_block(name.removeprefix("Is"))


def _in_block(name: str, char: str) -> bool:
    return ord(char) in _block(name)


class CharacterPattern:
    """One regular expression of XML Schema: `CharacterPattern(r"\\d{4}").matches("1962")`.

    Raises ValueError where the text is no such expression.
    """

    def __init__(self, source: str) -> None:
        self._sets: list[_Set] = []
        self._table = _Table()
        self._start = _Parser(source, self._table, self._sets).whole()
        self._steps: list[dict[str, int]] = []
        quick = _as_python(self._table, self._sets, self._start)
        self._quick = late(quick) if quick is not None else None

    def matches(self, text: str) -> bool:
        """Tell whether the whole text is of this form."""
        if self._quick is not None and len(text) <= _SHORT and text.isascii():
            return self._quick.fullmatch(text) is not None
        if len(self._table.nodes) > _MOST_STATES:
            self._steps = []
        state, steps, table = self._start, self._steps, self._table
        for char in text:
            while len(steps) < len(table.nodes):
                steps.append({})
            after = steps[state].get(char)
            if after is None:
                after = steps[state][char] = self._after(state, char)
            if after == _NEVER:
                return False
            state = after
        return table.nullable[state]

    def _after(self, state: int, char: str) -> int:
        """Return what is left of an expression behind a character: its derivative."""
        table = self._table
        kind, *parts = table.nodes[state]
        if kind == "set":
            return _EMPTY if self._sets[parts[0]].has(char) else _NEVER
        if kind == "either":
            return table.either(self._after(part, char) for part in parts)
        if kind == "row":
            found = []
            for at, part in enumerate(parts):
                found.append(table.row([self._after(part, char), *parts[at + 1:]]))
                if not table.nullable[part]:
                    break
            return table.either(found)
        if kind == "repeat":
            part, least, most = parts
            rest = table.repeat(part, max(least - 1, 0), most - 1 if most != _MANY else _MANY)
            return table.row([self._after(part, char), rest])
        return _NEVER


class _Table(Numbering):
    """The expressions that an expression leads to, each a number."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__([("never",), ("empty",)], [False, True])

    def set(self, number: int) -> int:
        """One character of a set."""
        return self._number(("set", number), False)

    def either(self, parts: Iterable[int]) -> int:
        """One of several expressions."""
        flat: set[int] = set()
        for part in parts:
            node = self.nodes[part]
            flat.update(node[1:] if node[0] == "either" else (part,))
        flat.discard(_NEVER)
        if len(flat) < 2:
            return next(iter(flat), _NEVER)
        return self._number(("either", *sorted(flat)), any(self.nullable[part] for part in flat))

    def row(self, parts: Iterable[int]) -> int:
        """Several expressions behind each other."""
        flat: list[int] = []
        for part in parts:
            if part == _NEVER:
                return _NEVER
            node = self.nodes[part]
            flat.extend(node[1:] if node[0] == "row" else () if part == _EMPTY else (part,))
        if len(flat) < 2:
            return flat[0] if flat else _EMPTY
        return self._number(("row", *flat), all(self.nullable[part] for part in flat))

    def repeat(self, part: int, least: int, most: int) -> int:
        """An expression again and again: at least, at most (`_MANY`: without end)."""
        if part in (_NEVER, _EMPTY) or most == 0:
            return _EMPTY if part != _NEVER or least == 0 else _NEVER
        if (least, most) == (1, 1):
            return part
        if self.nullable[part]:
            least = 0
        return self._number(("repeat", part, least, most), least == 0)


class _Parser:
    """Reads one expression from left to right (XML Schema part 2, appendix F)."""

    def __init__(self, source: str, table: _Table, sets: list[_Set]) -> None:
        self._source, self._at, self._depth = source, 0, 0
        self._table, self._sets = table, sets
        self._numbers: dict[_Set, int] = {}

    def whole(self) -> int:
        """Return the number of the expression. Raises ValueError."""
        found = self._either()
        if self._at < len(self._source):
            raise self._wrong(f"“{self._source[self._at]}” without its beginning")
        return found

    def _wrong(self, what: str) -> ValueError:
        return ValueError(f"the pattern “{self._source}” is no regular expression of XML Schema: {what}")

    def _next(self) -> str:
        return self._source[self._at] if self._at < len(self._source) else ""

    def _take(self) -> str:
        char = self._next()
        if not char:
            raise self._wrong("it ends too early")
        self._at += 1
        return char

    def _either(self) -> int:
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise self._wrong(f"more than {_MOST_NESTED} brackets in each other")
        branches = [self._row()]
        while self._next() == "|":
            self._at += 1
            branches.append(self._row())
        self._depth -= 1
        # One character or another is one set, which is quicker and never ambiguous: (\p{L}|\p{N})+
        nodes = [self._table.nodes[branch] for branch in branches]
        if len(nodes) > 1 and all(node[0] == "set" for node in nodes):
            return self._set(_Set(parts=tuple(dict.fromkeys(self._sets[node[1]] for node in nodes))))
        return self._table.either(branches)

    def _row(self) -> int:
        parts = []
        while self._next() not in ("", "|", ")"):
            part = self._atom()
            least, most = self._quantity()
            parts.append(self._table.repeat(part, least, most))
        return self._table.row(parts)

    def _set(self, chars: _Set) -> int:
        if chars not in self._numbers:
            self._numbers[chars] = len(self._sets)
            self._sets.append(chars)
        return self._table.set(self._numbers[chars])

    def _atom(self) -> int:
        char = self._take()
        if char == "(":
            inside = self._either()
            if self._take() != ")":
                raise self._wrong("a bracket is not closed")
            return inside
        if char == "[":
            return self._set(self._class())
        if char == ".":
            return self._set(_Set(classes=(("dot", True),)))
        if char == "\\":
            return self._set(self._escape())
        if char in "?*+{}]":
            raise self._wrong(f"“{char}” has nothing before it")
        return self._set(_Set(ranges=((char, char),)))

    def _quantity(self) -> tuple[int, int]:
        char = self._next()
        if char in ("?", "*", "+") and char:
            self._at += 1
            return {"?": (0, 1), "*": (0, _MANY), "+": (1, _MANY)}[char]
        if char != "{":
            return 1, 1
        found = _TIMES.match(self._source, self._at)
        if found is None:
            raise self._wrong("what stands in {} is no number of times")
        self._at = found.end()
        least = int(found[1])
        most = least if found[2] is None else int(found[3]) if found[3] else _MANY
        if most not in (_MANY,) and most < least:
            raise self._wrong(f"{found[0]} has its numbers the wrong way round")
        return least, most

    def _escape(self) -> _Set:
        char = self._take()
        if char in "pP":
            found = _IN_BRACES.match(self._source, self._at)
            if found is None or not (_CATEGORIES.fullmatch(found[1]) or _is_block(found[1])):
                raise self._wrong(f"\\{char} names no category of characters")
            self._at = found.end()
            return _Set(classes=((found[1], char == "p"),))
        if char.lower() in _CLASSES:
            return _Set(classes=((char.lower(), char.islower()),))
        if char.isalnum() and char not in _ESCAPED:
            raise self._wrong(f"\\{char} means nothing")
        char = _ESCAPED.get(char, char)
        return _Set(ranges=((char, char),))

    def _class(self) -> _Set:
        """Read what stands in square brackets, behind the first of them."""
        negated = self._next() == "^"
        self._at += negated
        ranges: list[tuple[str, str]] = []
        classes: list[tuple[str, bool]] = []
        less, first = None, True
        while self._next() != "]" or first:
            if self._next() == "-" and self._source[self._at + 1:self._at + 2] == "[" and not first:
                self._at += 2
                less = self._class()
                if self._next() != "]":
                    raise self._wrong("something stands behind what is subtracted")
                break
            first = False
            item = self._item()
            if item.classes:
                classes.extend(item.classes)
            elif self._next() == "-" and self._source[self._at + 1:self._at + 2] not in ("]", "["):
                self._at += 1
                ranges.append((item.ranges[0][0], self._last(item.ranges[0][0])))
            else:
                ranges.extend(item.ranges)
        self._at += 1
        return _Set(tuple(ranges), tuple(classes), (), negated, less)

    def _last(self, low: str) -> str:
        last = self._item()
        if last.classes or last.ranges[0][0] < low:
            raise self._wrong(f"the range from “{low}” has no end behind it")
        return last.ranges[0][0]

    def _item(self) -> _Set:
        char = self._take()
        if char == "\\":
            return self._escape()
        if char in "[]":
            raise self._wrong(f"“{char}” stands alone in square brackets")
        return _Set(ranges=((char, char),))


def _is_block(name: str) -> bool:
    try:
        return name.startswith("Is") and _block(name) is not None
    except KeyError:
        return False


_ASCII = frozenset(map(chr, range(128)))


@functools.cache
def _class_in_ascii(name: str) -> frozenset[str]:
    return frozenset(char for char in _ASCII if _in_class(name, char))


def _in_ascii(chars: _Set) -> frozenset[str]:
    """Return the characters of ASCII that a set has: as `_Set.has` of each of them, at one go."""
    found: set[str] = set()
    for low, high in chars.ranges:
        found.update(map(chr, range(ord(low), min(ord(high), 127) + 1)))
    for name, meant in chars.classes:
        found |= _class_in_ascii(name) if meant else _ASCII - _class_in_ascii(name)
    for part in chars.parts:
        found |= _in_ascii(part)
    whole = _ASCII - found if chars.negated else frozenset(found)
    return whole - _in_ascii(chars.less) if chars.less is not None else whole


def _written_set(chars: frozenset[str]) -> str:
    """Return a set of characters for `re`, in ranges: `[0-9A-Z]`."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, chars)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    written = (f"\\x{low:02x}-\\x{high:02x}" if low < high else f"\\x{low:02x}" for low, high in ranges)
    return f"[{''.join(written)}]" if ranges else "(?!)"


def _as_python(table: _Table, sets: list[_Set], start: int) -> str | None:
    """Return the same for `re`, on ASCII; None where that might take long: where its parts can be read in many ways."""
    repeats = 0

    def written(number: int) -> str | None:
        nonlocal repeats
        kind, *parts = table.nodes[number]
        if kind == "empty":
            return ""
        if kind == "set":
            return _written_set(_in_ascii(sets[parts[0]]))
        if kind == "repeat":
            repeats += 1
            inside = written(parts[0])
            if repeats > 3 or inside is None or (table.nodes[parts[0]][0] != "set" and parts[2] != 1):
                return None
            return f"(?:{inside}){{{parts[1]},{parts[2] if parts[2] != _MANY else ''}}}"
        inner = [written(part) for part in parts]
        if any(part is None for part in inner):
            return None
        return f"(?:{('|' if kind == 'either' else '').join(part or '' for part in inner)})"

    return written(start) if start != _NEVER else None
