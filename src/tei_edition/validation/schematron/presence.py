"""Which rules a document cannot concern, as it has no element or attribute of a name that their contexts ask for.

TEI All's hundred rules are mostly about `attDef`, `msDesc`, `egXML`: no document of an archive has them, and looking
for each through a volume would take longer than reading it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from tei_edition.validation.schematron.functions import Refused
from tei_edition.validation.schematron.selecting import alternatives, parts, without_last_predicate
from tei_edition.validation.schematron.syntax import (
    Binary,
    Call,
    Dot,
    Filter,
    Literal,
    Node,
    Number,
    Path,
    Sequence,
    Step,
)

# A name as lxml has it, `{namespace}local`; of an attribute with @ before it.
Names = frozenset[str]

_OF_ELEMENTS = frozenset(["child", "descendant", "descendant-or-self", "self", "parent", "ancestor",
                          "ancestor-or-self", "following", "following-sibling", "preceding", "preceding-sibling"])
_VALUES = (Path, Literal, Number, Sequence)
_NAME = re.compile(r"[^\W\d][\w.·-]*")
_EQUALITIES = frozenset(["=", "eq", "!=", "ne", "<", "<=", ">", ">=", "lt", "le", "gt", "ge"])


def names_in(root: etree._Element) -> Names:
    """Return the names of all elements and attributes of a document."""
    elements, attributes = set(), set()
    for element in root.getroottree().iter("*"):
        elements.add(element.tag)
        if element.attrib:
            attributes.update(element.keys())
    return frozenset(map(str, elements)) | {f"@{name}" for name in attributes}


def names_needed(context: str, prefixes: Mapping[str, str]) -> tuple[Names, ...]:
    """Return, for each alternative of a match pattern, the names without which it matches nothing.

    `tei:rt/@from | tei:note[@n]` needs rt and @from, or note and @n. An empty set: it may match in any document.
    """
    return tuple(frozenset(_of(alternative, prefixes)) for part in parts(context) for alternative in _read(part))


def _read(part: str) -> Iterator[Node]:
    """Yield what a part of a pattern is; predicates at its end that are beyond `syntax` are left out."""
    try:
        yield from alternatives(part)
    except Refused:
        cut = without_last_predicate(part)
        if cut is None:
            yield Dot()
        else:
            yield from _read(cut[0])


def _of(node: Node, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield names that must occur if a path finds anything, or a predicate is true."""
    match node:
        case Path(_, start, steps):
            if start is not None:
                yield from _of(start, prefixes)
            for step in steps:
                yield from _of_step(step, prefixes)
        case Filter(base, predicates):
            yield from _of(base, prefixes)
            for predicate in predicates:
                yield from _of(predicate, prefixes)
        case Binary("and", left, right):
            yield from _of(left, prefixes)
            yield from _of(right, prefixes)
        case Binary(">" | "gt", Call("count", (Path() as counted,)), Number()):
            yield from _of(counted, prefixes)
        case Binary(operator, left, right) if operator in _EQUALITIES:
            # What is not there is neither equal to a value nor different from it. (XPath 1: but it equals false().)
            if isinstance(left, _VALUES) and isinstance(right, _VALUES):
                yield from _of(left, prefixes)
                yield from _of(right, prefixes)
        case Call("exists" | "boolean", (argument,)) if isinstance(argument, Path):
            yield from _of(argument, prefixes)
        case Call("starts-with" | "contains", (argument, Literal(text))) if text and isinstance(argument, Path):
            yield from _of(argument, prefixes)


def _of_step(step: Step, prefixes: Mapping[str, str]) -> Iterator[str]:
    prefix, colon, local = step.test.rpartition(":")
    if _NAME.fullmatch(local):
        space = prefixes.get(prefix, "") if colon else ""
        name = f"{{{space}}}{local}" if space else local
        if step.axis == "attribute":
            if prefix != "xml":
                yield f"@{name}"
        elif step.axis in _OF_ELEMENTS and (space or not colon):
            yield name
    for predicate in step.predicates:
        yield from _of(predicate, prefixes)
