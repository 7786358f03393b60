"""What the references of a schema lead to: its grammars, their defines and starts (specification, sections 4.16-4.18).

Everything is looked at, also what no document can reach: a reference without a define is a mistake wherever it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from tei_edition.validation.relaxng.datatypes import check_datatype
from tei_edition.validation.relaxng.simplification import Node, components


class State(Enum):
    """How far a define has come on its way to a pattern."""

    UNSEEN = 0
    OPEN = 1
    DONE = 2


@dataclass(slots=True)
class Definition:
    """A define, or the start of a grammar: all its bodies, and how they are combined (`choice`, `interleave`)."""

    name: str
    bodies: list[Node]
    combine: str = "choice"
    state: State = State.UNSEEN
    pattern: int = 0


@dataclass(slots=True)
class _Scope:
    """A grammar with its defines; `parent` is the grammar that it stands in."""

    start: Definition | None
    defines: dict[str, Definition] = field(default_factory=dict)
    parent: _Scope | None = None


def link(root: Node) -> None:
    """Set `target` of each ref, parentRef and grammar below a node.

    Raises SchemaError for a ref without a define, a grammar without a start, defines that are combined in two ways or
    in none, and a datatype or facet that is unknown.
    """
    pending: list[tuple[Node, _Scope | None]] = [(root, None)]
    while pending:
        node, scope = pending.pop()
        if node.kind == "grammar":
            scope = _scope(node, scope)
            node.target = scope.start
            pending.extend((body, scope) for body in reversed(list(components(node.children))))
            continue
        if node.kind in ("ref", "parentRef"):
            node.target = _target(node, scope)
        elif node.kind in ("data", "value"):
            _check_datatype(node)
            if node.excepted is not None:
                pending.append((node.excepted, scope))
        pending.extend((child, scope) for child in reversed(node.children))


def _scope(grammar: Node, parent: _Scope | None) -> _Scope:
    bodies: dict[tuple[str, str], list[Node]] = {}
    for node in components(grammar.children):
        bodies.setdefault((node.kind, node.name), []).append(node)
    if ("start", "") not in bodies:
        raise grammar.error("<grammar> has no <start>")
    found = {key: Definition(key[1], nodes, _combined(nodes)) for key, nodes in bodies.items()}
    defines = {name: definition for (kind, name), definition in found.items() if kind == "define"}
    return _Scope(found["start", ""], defines, parent)


def _combined(nodes: list[Node]) -> str:
    """Return how several defines of one name are combined (section 4.17)."""
    said = sorted({node.combine for node in nodes} - {""})
    what = f'<define name="{nodes[0].name}">' if nodes[0].kind == "define" else "<start>"
    if len(said) > 1:
        raise nodes[-1].error(f"{what} is combined both by choice and by interleave")
    silent = [node for node in nodes if not node.combine]
    if len(silent) > 1:
        raise silent[1].error(f"{what} stands a second time and does not say how they are combined "
                              f"(first in line {silent[0].line})")
    return said[0] if said else "choice"


def _target(node: Node, scope: _Scope | None) -> Definition:
    if node.kind == "parentRef":
        scope = scope.parent if scope else None
    if scope is None:
        raise node.error(f'<{node.kind} name="{node.name}"> stands outside a grammar')
    if node.name not in scope.defines:
        where = "the grammar around" if node.kind == "parentRef" else "its grammar"
        raise node.error(f'<{node.kind} name="{node.name}"> has no <define> in {where}')
    return scope.defines[node.name]


def _check_datatype(node: Node) -> None:
    try:
        check_datatype(node.library, node.name, node.params, node.text if node.kind == "value" else None, node.context)
    except ValueError as error:
        raise node.error(str(error)) from None
