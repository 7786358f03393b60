"""What a variable means where it is used: the nearest `let` before it, of the node or of the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tei_edition.validation.schematron.model import Let


@dataclass(frozen=True, eq=False, slots=True)
class Binding:
    """A `let` in its place. `of_node`: it is evaluated at each node of a rule, else once at the root of the document.

    Two bindings are the same only if they are one object: a name may be given again. `number` counts those before it:
    of those that one expression sees, each has its own. `written` remembers what it was translated into.
    """

    let: Let
    before: Scope
    of_node: bool
    number: int
    written: dict[tuple[bool, bool], Any] = field(default_factory=dict)


class Scope:
    """The variables that an expression sees. A later one of a name hides the earlier."""

    __slots__ = ("_bindings", "_length")

    def __init__(self, bindings: dict[str, Binding] | None = None, length: int = 0) -> None:
        self._bindings = bindings or {}
        self._length = length

    def with_lets(self, lets: Iterable[Let], *, of_node: bool) -> Scope:
        """Return the scope behind some lets, each of which sees those before it."""
        scope = self
        for let in lets:
            binding = Binding(let, scope, of_node, scope._length)
            scope = Scope({**scope._bindings, let.name: binding}, scope._length + 1)
        return scope

    def get(self, name: str) -> Binding | None:
        """Return what a variable means; None where it is not declared."""
        return self._bindings.get(name)

    def names(self) -> Iterator[str]:
        """The names that are declared."""
        return iter(self._bindings)
