"""Tables in which equal things are one number, so that they are compared and remembered as quickly as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Node = tuple[Any, ...]


class Numbering:
    """A table of nodes: `nodes[number]` is what one is made of, `nullable[number]` whether it may be nothing."""

    __slots__ = ("_numbers", "nodes", "nullable")

    def __init__(self, nodes: Sequence[Node], nullable: Sequence[bool]) -> None:
        self.nodes = list(nodes)
        self.nullable = list(nullable)
        self._numbers = {node: number for number, node in enumerate(self.nodes)}

    def _number(self, node: Node, nullable: bool) -> int:
        """Return the number of a node: that of its equal, where there is one."""
        number = self._numbers.get(node)
        if number is None:
            number = self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
            self.nullable.append(nullable)
        return number
