"""Names of elements and attributes, and the name classes of RELAX NG (section 4.16 and 5 of the specification).

A name is written as expat gives it: `http://www.tei-c.org/ns/1.0}p`, or `p` where it is in no namespace. A name class
is plain data, so that a schema can be stored: `("name", "uri}p")`, `("space", uri, except)`, `("any", except)`,
`("either", (class, …))`, where `except` is a name class or None.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NameClass = tuple[Any, ...]


def name(space: str, local: str) -> str:
    """Return the name of a local name in a namespace (the empty string: in none)."""
    return f"{space}}}{local}" if space else local


def space_of(of: str) -> str:
    """Return the namespace of a name; the empty string where it is in none."""
    return of.rpartition("}")[0]


def local_of(of: str) -> str:
    """Return a name without its namespace."""
    return of.rpartition("}")[2]


def matches(names: NameClass, of: str) -> bool:
    """Tell whether a name belongs to the class."""
    return specificity(names, of) >= 0


def specificity(names: NameClass, of: str) -> int:
    """Return how closely the class names it: 2 by its name, 1 by its namespace, 0 as any name, -1 not at all."""
    kind = names[0]
    if kind == "name":
        return 2 if names[1] == of else -1
    if kind == "either":
        return max(specificity(part, of) for part in names[1])
    if kind == "space":
        inside = space_of(of) == names[1] and not (names[2] and matches(names[2], of))
        return 1 if inside else -1
    return -1 if names[1] and matches(names[1], of) else 0


def names_in(names: NameClass) -> Iterator[str]:
    """Yield the names that the class gives one by one."""
    if names[0] == "name":
        yield names[1]
    elif names[0] == "either":
        for part in names[1]:
            yield from names_in(part)


def is_open(names: NameClass) -> bool:
    """Tell whether the class has more names than can be listed."""
    return names[0] in ("any", "space") or (names[0] == "either" and any(is_open(part) for part in names[1]))
