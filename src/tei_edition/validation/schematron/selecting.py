"""The nodes that a rule is about: its match pattern, written as an expression that finds them all.

`tei:note | tei:ref/@target` matches a note wherever it stands; what finds all of them is `//tei:note` and
`//tei:ref/@target`. Each alternative is asked for by itself, as libxml2 takes long to order a union of many nodes.
"""

from __future__ import annotations

from dataclasses import replace

from tei_edition.validation.schematron.syntax import Binary, Call, Dot, Filter, Node, NotRead, Path, Step, parse
from tei_edition.validation.schematron.translation import Refused, Writer

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


def _behind(base: Node, steps: tuple[Step, ...], predicates: tuple[Node, ...]) -> Node:
    if isinstance(base, Path) and base.steps:
        last = replace(base.steps[-1], predicates=(*base.steps[-1].predicates, *predicates))
        return replace(base, steps=(*base.steps[:-1], last, *steps))
    if isinstance(base, Call):
        start = Filter(base, predicates) if predicates else base
        return Path(False, start, steps) if steps else start
    raise Refused("a pattern that does not begin with a step")


def written_selection(alternative: Node, writer: Writer) -> str:
    """Return the expression that finds, from anywhere, what an alternative of a pattern matches; ROOT for the root.

    A predicate can be put behind it. Raises Refused.
    """
    if isinstance(alternative, Path):
        if alternative.absolute and not alternative.steps:
            return ROOT
        if alternative.start is None and not alternative.absolute:
            return _from_the_root(alternative, writer)
    if isinstance(alternative, Dot):
        raise Refused("the pattern .")
    return writer.node(alternative)


def _from_the_root(path: Path, writer: Writer) -> str:
    first = path.steps[0]
    if first.axis not in ("child", "attribute", "descendant"):
        raise Refused(f"a pattern that begins with the axis {first.axis}")
    text = writer.node(replace(path, steps=(replace(first, axis="child" if first.axis == "descendant" else first.axis),
                                            *path.steps[1:])))
    # Without numbers in its predicates the step can be one of descent, which libxml2 takes faster.
    if first.axis != "attribute" and not writer.numbered(first.predicates):
        return f"/descendant::{text.partition('::')[2]}"
    return f"//{text}"
