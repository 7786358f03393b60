"""The nodes that a rule is about: its match pattern, written as an expression that finds them all.

`tei:note | tei:ref/@target` matches a note wherever it stands; what finds all of them is `//tei:note` and
`//tei:ref/@target`. Each alternative is asked for by itself, as libxml2 takes long to order a union of many nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tei_edition.validation.schematron.functions import Refused
from tei_edition.validation.schematron.syntax import Binary, Call, Dot, Filter, Node, NotRead, Path, Step, parse
from tei_edition.validation.schematron.translation import Writer

_DOUBLE_SLASH = Step("descendant-or-self", "node()")
ANY_ELEMENT = "/descendant::*"  # the pattern *, written
ROOT = "/"  # the pattern of the document itself, above its outermost element


def alternatives(pattern: str) -> list[Node]:
    """Return the alternatives of a match pattern, `(a | b)/c` as `a/c` and `b/c`. Raises Refused."""
    try:
        return _alternatives(parse(pattern))
    except NotRead as error:
        raise Refused(str(error)) from None


def _alternatives(node: Node) -> list[Node]:
    if isinstance(node, Binary) and node.operator == "|":
        return [*_alternatives(node.left), *_alternatives(node.right)]
    if isinstance(node, Filter):
        return [_behind(base, (), node.predicates) for base in _alternatives(node.base)]
    if isinstance(node, Path) and node.start is not None and not isinstance(node.start, Call):
        return [_behind(base, node.steps, ()) for base in _alternatives(node.start)]
    return [node]


def parts(pattern: str) -> list[str]:
    """Return the alternatives of a match pattern as they are written: `a[b | c] | d` as `a[b | c]` and `d`."""
    cuts, depth = [-1], 0
    for at, mark in _marks(pattern):
        depth += (mark in "([{") - (mark in ")]}")
        if mark == "|" and depth == 0 and "|" not in (pattern[at - 1:at], pattern[at + 1:at + 2]):
            cuts.append(at)
    return [pattern[begin + 1:end].strip() for begin, end in pairwise([*cuts, len(pattern)])]


def without_last_predicate(step: str) -> tuple[str, str] | None:
    """Return `a[b]` and `c` of `a[b][c]`; None where the last thing of a path is no predicate."""
    step = step.rstrip()
    opened: list[int] = []
    last = None
    for at, mark in _marks(step):
        if mark in "([{":
            opened.append(at)
        elif mark in ")]}" and opened:
            last = (opened.pop(), at)
    if last is None or last[1] != len(step) - 1 or step[last[0]] != "[":
        return None
    return step[:last[0]].rstrip(), step[last[0] + 1:-1]


_LOOSER = re.compile(r"\b(?:or|for|some|every|if|let|return|satisfies|then|else)\b")
_AND = re.compile(r"\sand\s")


def conjuncts(predicate: str) -> list[str]:
    """Return the operands of a predicate `a and b`; it alone where it is something else."""
    depth, begin, flat = 0, 0, []
    for at, mark in [*_marks(predicate), (len(predicate), "")]:
        if depth == 0:
            flat.append((begin, at))
        depth += (mark in "([{") - (mark in ")]}") if mark else 0
        begin = at + 1
    plain = [(begin, _without_strings(predicate[begin:end])) for begin, end in flat]
    if any(_LOOSER.search(text) for _, text in plain):
        return [predicate]
    cuts = [(begin + found.start(), begin + found.end()) for begin, text in plain for found in _AND.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(predicate)]
    return [predicate[begin:end].strip() for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def _without_strings(text: str) -> str:
    """Return a piece of an expression with its strings blotted out, of the same length."""
    return re.sub(r"\"[^\"]*\"|'[^']*'", lambda found: "_" * len(found[0]), text)


def _marks(expression: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets and bars of an expression that do not stand in a string, with their places."""
    quote = ""
    for at, character in enumerate(expression):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "()[]{}|":
            yield at, character


def _behind(base: Node, steps: tuple[Step, ...], predicates: tuple[Node, ...]) -> Node:
    if isinstance(base, Path) and base.steps:
        last = base.steps[-1]._replace(predicates=(*base.steps[-1].predicates, *predicates))
        return base._replace(steps=(*base.steps[:-1], last, *steps))
    if isinstance(base, Call):
        start = Filter(base, predicates) if predicates else base
        return Path(False, start, steps) if steps else start
    raise Refused("a pattern that does not begin with a step")


class Found(NamedTuple):
    """An expression that finds nodes from anywhere, behind which a predicate can be put.

    With `attribute` it finds elements, and that attribute of theirs, with the `predicates`, is what is looked for.
    """

    text: str
    attribute: str = ""
    predicates: str = ""


def written_selection(alternative: Node, writer: Writer) -> Found:
    """Return the expression that finds, from anywhere, what an alternative of a pattern matches; ROOT for the root.

    Raises Refused.
    """
    if isinstance(alternative, Path):
        if alternative.absolute and not alternative.steps:
            return Found(ROOT)
        if alternative.start is None:
            return _backwards(alternative, writer) or Found(_forwards(alternative, writer))
    if isinstance(alternative, Dot):
        raise Refused("the pattern .")
    return Found(writer.node(alternative))


def _forwards(path: Path, writer: Writer) -> str:
    first = path.steps[0]
    if path.absolute:
        return writer.node(path)
    if first.axis not in ("child", "attribute"):
        raise Refused(f"a pattern that begins with the axis {first.axis}")
    return f"//{writer.node(path)}"


def _backwards(path: Path, writer: Writer) -> Found | None:
    """Write `a/b//c` as all c that have an ancestor b that has a parent a; None where a predicate of it counts.

    libxml2 compares each node that it finds on two ways (divisions in divisions) with all the others.
    """
    steps = list(path.steps)
    if path.absolute and _DOUBLE_SLASH not in steps:
        return None  # a way down from the root, one element at a time
    attribute = steps.pop() if steps[-1].axis == "attribute" else None
    steps = steps or [Step("child", "*")]
    if attribute is not None and ("*" in attribute.test or "(" in attribute.test):
        return None
    condition = "[not(parent::*)]" if path.absolute and steps[0] != _DOUBLE_SLASH else ""
    element, relation = "", "parent"
    for step in steps:
        if step == _DOUBLE_SLASH:
            relation = "ancestor"
            continue
        if step.axis != "child" or writer.numbered(step.predicates):
            return None
        if element:
            condition = f"[{relation}::{element}]"
        element = writer.step(step).partition("::")[2] + condition
        relation = "parent"
    if not element or relation == "ancestor":
        return None
    if attribute is None:
        return Found(f"/descendant::{element}")
    if writer.numbered(attribute.predicates):
        return None
    _, _, written = writer.step(attribute).partition("::")
    return Found(f"/descendant::{element}", attribute.test, written.removeprefix(attribute.test))
