"""XPath as a tree: what is needed to tell which nodes a rule can concern, and what can be left to libxml2.

`tei:note[@n] | tei:ref` becomes a union of two paths. The grammar is that of XPath 1 with the part of XPath 2 and 3
that rules are mostly written in (`eq`, sequences, `if`, `||`); of the rest (`for`, `some`, `castable as`, maps …) it
says `NotRead`, and such an expression is left whole to elementpath. Source: W3C, XML Path Language 1.0 and 2.0.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple


class NotRead(Exception):
    """An expression outside the grammar that is read here; it may be right all the same."""


class Literal(NamedTuple):
    """A string: `'document'`."""

    text: str


class Number(NamedTuple):
    """A number, as it is written."""

    text: str


class Variable(NamedTuple):
    """`$name`."""

    name: str


class Dot(NamedTuple):
    """`.`: the node that is looked at."""


class Call(NamedTuple):
    """A function with its arguments."""

    name: str
    arguments: tuple[Node, ...]


class Step(NamedTuple):
    """`axis::test[predicate]…`, written out: `@n` is `attribute::n`, `..` is `parent::node()`."""

    axis: str
    test: str
    predicates: tuple[Node, ...] = ()


class Path(NamedTuple):
    """Steps from the root (`absolute`), from the value of `start`, or from the node that is looked at."""

    absolute: bool
    start: Node | None
    steps: tuple[Step, ...]


class Filter(NamedTuple):
    """`(base)[predicate]…`."""

    base: Node
    predicates: tuple[Node, ...]


class Binary(NamedTuple):
    """Two operands: `or`, `and`, comparisons, arithmetic, `|`, `||`."""

    operator: str
    left: Node
    right: Node


class Negative(NamedTuple):
    """`-operand`."""

    operand: Node


class Sequence(NamedTuple):
    """`('a', 'b')`, or `()`."""

    items: tuple[Node, ...]


class If(NamedTuple):
    """`if (test) then yes else no`."""

    test: Node
    yes: Node
    no: Node


Node = Literal | Number | Variable | Dot | Call | Path | Filter | Binary | Negative | Sequence | If

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(rf"""\s*(?:
    (?P<literal>"(?:[^"]|"")*"|'(?:[^']|'')*')
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<variable>\$\s*(?:{_NAME}:(?!:))?{_NAME})
  | (?P<name>(?:{_NAME}|\*):(?!:)(?:{_NAME}|\*)|{_NAME})
  | (?P<mark>!=|<=|>=|<<|>>|::|//|\|\||\.\.|[.()\[\],@+\-*=<>|/])
  | (?P<comment>\(:)
)""", re.VERBOSE)
_SPACE = re.compile(r"\s*")
_WORDS = frozenset(["or", "and", "div", "mod", "idiv", "eq", "ne", "lt", "le", "gt", "ge", "is", "union", "intersect",
                    "except", "to"])
_BEFORE_OPERAND = frozenset(["@", "::", "(", "[", ",", "+", "-", "*", "=", "!=", "<", "<=", ">", ">=", "<<", ">>", "|",
                             "||", "/", "//"])
AXES = frozenset(["ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
                  "following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"])
_NODE_TYPES = frozenset(["node", "text", "comment", "processing-instruction", "element", "attribute", "document-node"])
_COMPARISONS = frozenset(["=", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge", "is", "<<", ">>"])
_LEVELS = (("or",), ("and",), _COMPARISONS, ("||",), ("to",), ("+", "-"), ("*", "div", "idiv", "mod"), ("|", "union"),
           ("intersect", "except"))
_CLOSENESS = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}
_SIGNS = _COMPARISONS | {"+", "-", "|", "||"}
_DEEP = 200  # brackets in brackets; more is an attack, not a rule


class _Token:
    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind  # literal, number, variable, name, mark, operator, end
        self.text = text


def _tokens(expression: str) -> list[_Token]:
    """Return the tokens; a name or a star between two operands is an operator (XPath 1.0, 3.7)."""
    found: list[_Token] = []
    at = 0
    end = len(expression.rstrip())
    while at < end:
        space = _SPACE.match(expression, at)
        at = space.end() if space else at
        if expression.startswith("(:", at):
            at = _behind_comment(expression, at)
            continue
        match = _TOKEN.match(expression, at)
        if match is None or match.lastgroup is None:
            raise NotRead(expression[at:at + 20])
        kind, text = match.lastgroup, match[match.lastgroup]
        at = match.end()
        after_operand = bool(found) and found[-1].kind != "operator" and found[-1].text not in _BEFORE_OPERAND
        word = after_operand and ((kind == "name" and text in _WORDS) or text == "*")
        if word or (kind == "mark" and text in _SIGNS):
            kind = "operator"
        found.append(_Token(kind, text))
    found.append(_Token("end", ""))
    return found


def _behind_comment(expression: str, at: int) -> int:
    depth = 0
    for mark in re.compile(r"\(:|:\)").finditer(expression, at):
        depth += 1 if mark[0] == "(:" else -1
        if depth == 0:
            return mark.end()
    raise NotRead(expression[at:at + 20])


class _Parser:
    """One expression; `self.next` is the token that is looked at."""

    def __init__(self, expression: str) -> None:
        self._tokens = _tokens(expression)
        self._at = 0
        self._depth = 0

    @property
    def next(self) -> _Token:
        return self._tokens[self._at]

    def take(self) -> _Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def is_mark(self, *texts: str) -> bool:
        return self.next.kind in ("mark", "operator") and self.next.text in texts

    def expect(self, text: str) -> None:
        if not self.is_mark(text):
            raise NotRead(f"{self.next.text} where {text} is expected")
        self.take()

    def whole(self) -> Node:
        tree = self.sequence()
        if self.next.kind != "end":
            raise NotRead(self.next.text)
        return tree

    def sequence(self) -> Node:
        self._depth += 1
        if self._depth > _DEEP:
            raise NotRead("brackets too deep")
        items = [self.single()]
        while self.is_mark(","):
            self.take()
            items.append(self.single())
        self._depth -= 1
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def single(self) -> Node:
        following = self._tokens[self._at + 1] if self.next.kind == "name" else None
        if self.next.text == "if" and following is not None and following.text == "(":
            self.take()
            self.expect("(")
            test = self.sequence()
            self.expect(")")
            self._word("then")
            yes = self.single()
            self._word("else")
            return If(test, yes, self.single())
        return self.binary(0)

    def _word(self, word: str) -> None:
        if self.take().text != word:
            raise NotRead(f"no {word}")

    def binary(self, least: int) -> Node:
        """Return what the operators that bind at least so close make of the next tokens."""
        tree = self.unary()
        while self.next.kind == "operator":
            level = _CLOSENESS.get(self.next.text, -1)
            if level < least:
                break
            operator = self.take().text
            tree = Binary("|" if operator == "union" else operator, tree, self.binary(level + 1))
        return tree

    def unary(self) -> Node:
        if self.is_mark("-", "+"):
            negative = self.take().text == "-"
            operand = self.binary(_CLOSENESS["|"])
            return Negative(operand) if negative else operand
        return self.path()

    def path(self) -> Node:
        if self.is_mark("/"):
            self.take()
            steps = self.steps() if self._begins_step() else ()
            return Path(True, None, steps)
        if self.is_mark("//"):
            return Path(True, None, self._more_steps())
        if self._begins_primary():
            start = self.filtered()
            return Path(False, start, self._more_steps()) if self.is_mark("/", "//") else start
        return Path(False, None, self.steps())

    def _begins_step(self) -> bool:
        return self.next.kind == "name" or self.is_mark("*", "@", "..", ".")

    def _begins_primary(self) -> bool:
        token, following = self.next, self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        if token.kind in ("literal", "number", "variable") or self.is_mark("(", "."):
            return True
        return token.kind == "name" and following.text == "(" and token.text not in _NODE_TYPES

    def steps(self) -> tuple[Step, ...]:
        return (self.step(), *self._more_steps())

    def _more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self.is_mark("/", "//"):
            if self.take().text == "//":
                steps.append(Step("descendant-or-self", "node()"))
            steps.append(self.step())
        return tuple(steps)

    def step(self) -> Step:
        if self.is_mark(".."):
            self.take()
            return Step("parent", "node()", self.predicates())
        if self.is_mark("."):
            self.take()
            return Step("self", "node()", self.predicates())
        axis = "child"
        if self.is_mark("@"):
            self.take()
            axis = "attribute"
        elif self._tokens[min(self._at + 1, len(self._tokens) - 1)].text == "::":
            axis = self.take().text
            self.take()
            if axis not in AXES:
                raise NotRead(axis)
        return Step(axis, self.test(), self.predicates())

    def test(self) -> str:
        token = self.take()
        if token.text == "*" or (token.kind == "name" and not self.is_mark("(")):
            return token.text
        if token.kind != "name" or token.text not in _NODE_TYPES:
            raise NotRead(token.text)
        self.expect("(")
        inside = "" if self.is_mark(")") else self.take().text
        self.expect(")")
        return f"{token.text}({inside})"

    def predicates(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.is_mark("["):
            self.take()
            found.append(self.sequence())
            self.expect("]")
        return tuple(found)

    def filtered(self) -> Node:
        primary = self.primary()
        predicates = self.predicates()
        return Filter(primary, predicates) if predicates else primary

    def primary(self) -> Node:
        token = self.take()
        if token.kind == "literal":
            quote = token.text[0]
            return Literal(token.text[1:-1].replace(quote * 2, quote))
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "variable":
            return Variable(token.text[1:].strip())
        if token.text == ".":
            return Dot()
        if token.text == "(":
            if self.is_mark(")"):
                self.take()
                return Sequence(())
            inside = self.sequence()
            self.expect(")")
            return inside
        self.expect("(")
        arguments: list[Node] = []
        while not self.is_mark(")"):
            arguments.append(self.single())
            if not self.is_mark(")"):
                self.expect(",")
        self.take()
        return Call(token.text, tuple(arguments))


@functools.lru_cache(maxsize=1024)
def parse(expression: str) -> Node:
    """Return the tree of an expression. Raises NotRead where it is outside the grammar that is read here."""
    try:
        return _Parser(expression).whole()
    except (IndexError, RecursionError):
        raise NotRead("it ends too early, or is too deep") from None
