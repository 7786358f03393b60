"""The functions and operators of XPath whose value is the same in version 1 and in 2 and 3, and what they give.

Source: W3C, XML Path Language 2.0, appendix I (what is incompatible with 1.0).
"""

from __future__ import annotations

from typing import NamedTuple

# What an expression may give: any number of nodes, one node or none, …, a sequence of strings.
NODES, NODE, STRING, NUMBER, BOOLEAN, STRINGS = "nodes", "node", "string", "number", "boolean", "strings"
TEXTUAL = (NODE, STRING)

# The functions whose value is the same in XPath 1 and 2 if their arguments are strings, or one node or none.
OF_STRINGS = {"string": STRING, "normalize-space": STRING, "concat": STRING, "translate": STRING, "contains": BOOLEAN,
               "starts-with": BOOLEAN, "substring-before": STRING, "substring-after": STRING, "string-length": NUMBER}
OF_A_NODE = {"name": STRING, "local-name": STRING, "namespace-uri": STRING}
GIVES = {**OF_STRINGS, **OF_A_NODE, "substring": STRING, "not": BOOLEAN, "boolean": BOOLEAN, "true": BOOLEAN,
            "false": BOOLEAN, "lang": BOOLEAN, "count": NUMBER, "sum": NUMBER, "number": NUMBER, "floor": NUMBER,
            "ceiling": NUMBER, "round": NUMBER, "position": NUMBER, "last": NUMBER, "id": NODES, "key": NODES,
            "generate-id": STRING, "current": NODE, "exists": BOOLEAN, "empty": BOOLEAN}
VALUE_COMPARISONS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
SINGLE_AXES = ("self", "parent", "attribute")


class Refused(Exception):
    """XPath 1 has no expression that is sure to mean the same."""


class Written(NamedTuple):
    """An expression of XPath 1, and what it gives. `elements`: if nodes, then elements (and no attributes or text)."""

    text: str
    kind: str
    elements: bool = False


def check_comparison(operator: str, sign: str, one: Written, two: Written) -> None:
    """Refuse (with Refused) what XPath 2 compares otherwise than XPath 1, or where one of them may complain."""
    kinds = (one.kind, two.kind)
    if operator in VALUE_COMPARISONS and (set(kinds) <= {NODE, STRING} and sign in ("=", "!=")):
        return
    if operator not in VALUE_COMPARISONS and sign in ("=", "!=") and set(kinds) <= {NODES, NODE, STRING, STRINGS} \
            and kinds != (STRINGS, STRINGS):
        return
    if kinds == (NUMBER, NUMBER):
        return
    raise Refused(f"{one.kind} {operator} {two.kind}")
