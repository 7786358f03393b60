"""What a grammar allows at a place: RELAX NG patterns, and their derivatives (after James Clark's algorithm).

The derivative of a pattern by a child is the pattern of what may follow that child. So at any place in an element the
grammar can say what it expects next, which libxml2's validator cannot; it still gives the verdict. Patterns are made
once (equal parts give the same object) and each derivative is remembered: the markup of editions repeats itself.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_serial = itertools.count()


@dataclass(frozen=True, slots=True)
class NameClass:
    """Which names an element or attribute pattern stands for: names as lxml writes them, whole namespaces, or any."""

    names: frozenset[str] = frozenset()
    spaces: frozenset[str] = frozenset()
    any: bool = False
    excluded: NameClass | None = None

    def matches(self, name: str) -> bool:
        """Tell whether the name `{namespace}local` belongs to the class."""
        if name in self.names:
            return True
        space = name[1:].partition("}")[0] if name.startswith("{") else ""
        if not (self.any or space in self.spaces):
            return False
        return self.excluded is None or not self.excluded.matches(name)


class Pattern:
    """A pattern without children: nothing, never, or text. Compared by identity."""

    __slots__ = ("nullable", "serial")

    def __init__(self, nullable: bool) -> None:
        self.nullable = nullable
        self.serial = next(_serial)


class Choice(Pattern):
    """One of several."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        super().__init__(any(part.nullable for part in parts))
        self.parts = parts


class Pair(Pattern):
    """Two patterns one after the other or, where `mixed` is set, interleaved."""

    __slots__ = ("first", "mixed", "second")

    def __init__(self, first: Pattern, second: Pattern, mixed: bool) -> None:
        super().__init__(first.nullable and second.nullable)
        self.first, self.second, self.mixed = first, second, mixed


class Repeated(Pattern):
    """One or more of a pattern."""

    __slots__ = ("part",)

    def __init__(self, part: Pattern) -> None:
        super().__init__(part.nullable)
        self.part = part


class Element(Pattern):
    """An element: its names, and its content, read from the grammar when it is first met (grammars are recursive)."""

    __slots__ = ("_body", "names")

    def __init__(self, names: NameClass, body: Callable[[], Pattern]) -> None:
        super().__init__(False)
        self.names = names
        self._body: Callable[[], Pattern] | Pattern = body

    @property
    def body(self) -> Pattern:
        """What attributes and content the element has."""
        if not isinstance(self._body, Pattern):
            self._body = self._body()
        return self._body


class Attribute(Pattern):
    """An attribute and the pattern of its value."""

    __slots__ = ("names", "value")

    def __init__(self, names: NameClass, value: Pattern) -> None:
        super().__init__(False)
        self.names, self.value = names, value


class Data(Pattern):
    """Characters of a datatype: `accepts` decides, `words` says in words what is wanted (a date, "foot" …)."""

    __slots__ = ("accepts", "literal", "words")

    def __init__(self, accepts: Callable[[str], bool], words: str, literal: bool) -> None:
        super().__init__(False)
        self.accepts, self.words, self.literal = accepts, words, literal


class Listed(Pattern):
    """Several values with blanks between them, as in `target="#a #b"`."""

    __slots__ = ("part",)

    def __init__(self, part: Pattern) -> None:
        super().__init__(False)
        self.part = part


EMPTY, TEXT, NEVER = Pattern(True), Pattern(True), Pattern(False)


@functools.cache
def _choice(parts: tuple[Pattern, ...]) -> Pattern:
    return Choice(parts)


@functools.cache
def _pair(first: Pattern, second: Pattern, mixed: bool) -> Pattern:
    return Pair(first, second, mixed)


@functools.cache
def repeated(part: Pattern) -> Pattern:
    """One or more of the pattern."""
    return part if part in (EMPTY, NEVER, TEXT) or isinstance(part, Repeated) else Repeated(part)


def choice(patterns: Iterable[Pattern]) -> Pattern:
    """One of the patterns: flat, without doubles, in a fixed order, so that equal choices are one object."""
    parts: set[Pattern] = set()
    for pattern in patterns:
        parts.update(pattern.parts if isinstance(pattern, Choice) else (pattern,))
    parts.discard(NEVER)
    if EMPTY in parts and any(part.nullable for part in parts if part is not EMPTY):
        parts.discard(EMPTY)
    if len(parts) < 2:
        return next(iter(parts), NEVER)
    return _choice(tuple(sorted(parts, key=lambda part: part.serial)))


def pair(first: Pattern, second: Pattern, *, mixed: bool = False) -> Pattern:
    """Both patterns, one after the other or interleaved."""
    if first is NEVER or second is NEVER:
        return NEVER
    if first is EMPTY:
        return second
    return first if second is EMPTY else _pair(first, second, mixed)


@functools.cache
def after_child(pattern: Pattern, name: str) -> Pattern:
    """Return what may follow once a child of that name has been read; NEVER where none is allowed here."""
    match pattern:
        case Element():
            return EMPTY if pattern.names.matches(name) else NEVER
        case Choice():
            return choice(after_child(part, name) for part in pattern.parts)
        case Repeated():
            return pair(after_child(pattern.part, name), choice((pattern, EMPTY)))
        case Pair(mixed=True):
            return choice((pair(after_child(pattern.first, name), pattern.second, mixed=True),
                           pair(pattern.first, after_child(pattern.second, name), mixed=True)))
        case Pair():
            rest = pair(after_child(pattern.first, name), pattern.second)
            return choice((rest, after_child(pattern.second, name))) if pattern.first.nullable else rest
    return NEVER


def after_text(pattern: Pattern, text: str) -> Pattern:
    """Return what may follow once the text has been read; NEVER where text (or this text) is not allowed here."""
    match pattern:
        case Data():
            return EMPTY if pattern.accepts(text) else NEVER
        case Listed():
            rest = pattern.part
            for word in text.split():
                rest = after_text(rest, word)
            return EMPTY if rest.nullable else NEVER
        case Choice():
            return choice([after_text(part, text) for part in pattern.parts])
        case Repeated():
            return pair(after_text(pattern.part, text), choice((pattern, EMPTY)))
        case Pair(mixed=True):
            return choice((pair(after_text(pattern.first, text), pattern.second, mixed=True),
                           pair(pattern.first, after_text(pattern.second, text), mixed=True)))
        case Pair():
            rest = pair(after_text(pattern.first, text), pattern.second)
            return choice((rest, after_text(pattern.second, text))) if pattern.first.nullable else rest
    return TEXT if pattern is TEXT else NEVER


def after_attribute(pattern: Pattern, name: str, value: str | None) -> Pattern:
    """Return what is left once the attribute has been read (any value, where `value` is None); order does not count."""
    match pattern:
        case Attribute():
            if not pattern.names.matches(name):
                return NEVER
            return EMPTY if value is None or accepts(pattern.value, value) else NEVER
        case Choice():
            return choice([after_attribute(part, name, value) for part in pattern.parts])
        case Repeated():
            return pair(after_attribute(pattern.part, name, value), choice((pattern, EMPTY)))
        case Pair():
            return choice((pair(after_attribute(pattern.first, name, value), pattern.second, mixed=pattern.mixed),
                           pair(pattern.first, after_attribute(pattern.second, name, value), mixed=pattern.mixed)))
    return NEVER


@functools.cache
def without_attributes(pattern: Pattern, forgive: bool) -> Pattern:
    """Return the pattern of the content: NEVER where an attribute is missing, unless that is to be forgiven."""
    match pattern:
        case Attribute():
            return EMPTY if forgive else NEVER
        case Choice():
            return choice([without_attributes(part, forgive) for part in pattern.parts])
        case Repeated():
            return repeated(without_attributes(pattern.part, forgive))
        case Pair():
            return pair(without_attributes(pattern.first, forgive), without_attributes(pattern.second, forgive),
                        mixed=pattern.mixed)
    return pattern


def accepts(value: Pattern, text: str) -> bool:
    """Tell whether an attribute's value, or an element's characters, are what the pattern wants."""
    return after_text(value, text).nullable or (value.nullable and not text.strip())


@functools.cache
def parts_of(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return the elements, attributes, data and text that the pattern is made of, not looking into elements."""
    match pattern:
        case Choice():
            children: tuple[Pattern, ...] = pattern.parts
        case Pair():
            children = (pattern.first, pattern.second)
        case Repeated() | Listed():
            children = (pattern.part,)
        case _:
            return (pattern,)
    return tuple(dict.fromkeys(part for child in children for part in parts_of(child)))


@functools.cache
def expected(pattern: Pattern) -> tuple[Element, ...]:
    """Return the elements that may stand next."""
    match pattern:
        case Element():
            return (pattern,)
        case Choice():
            found: Iterable[Element] = (item for part in pattern.parts for item in expected(part))
        case Repeated():
            found = expected(pattern.part)
        case Pair():
            second = expected(pattern.second) if pattern.mixed or pattern.first.nullable else ()
            found = (*expected(pattern.first), *second)
        case _:
            return ()
    return tuple(dict.fromkeys(found))
