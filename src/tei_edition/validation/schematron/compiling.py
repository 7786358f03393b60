"""A schema made ready to run: for each test the fastest way in which it can be asked.

`libxml2` for all nodes of a rule at once; for one node after the other; or elementpath, for what XPath 1 cannot say.
What none of them can run says so when a document has a node that the rule is about: never a silent pass.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tei_edition.validation.schematron.functions import Refused
from tei_edition.validation.schematron.model import Assertion, Let, Pattern, Rule, Schema
from tei_edition.validation.schematron.native import Expression, Libxml2, Selection, selections
from tei_edition.validation.schematron.presence import Names, names_needed
from tei_edition.validation.schematron.scope import Scope
from tei_edition.validation.schematron.shortcuts import first_condition, only_name
from tei_edition.validation.schematron.translation import Writer

if TYPE_CHECKING:
    from tei_edition.validation.schematron.by_saxon import Saxon
    from tei_edition.validation.schematron.sequences import Elementpath


class Check:
    """An assertion of a rule. `at_once` and `node` are its failing as libxml2 can ask it; None where it cannot."""

    def __init__(self, assertion: Assertion, rule: Rule, scope: Scope, *, strict: bool, pattern: str = "") -> None:
        self.assertion = assertion
        self.rule = rule
        self.name = assertion.id or rule.id or pattern
        self.scope = scope
        self._strict = strict
        self._shown: dict[str, Expression | None] = {}

    @cached_property
    def at_once(self) -> Expression | None:
        """The condition under which it has something to say, as a predicate on all nodes of the rule."""
        return self._condition(at_once=True)

    @cached_property
    def first(self) -> Expression | None:
        """What must hold of a node for the test to have something to say; None where `at_once` asks all of it."""
        def write(writer: Writer) -> str:
            return first_condition(self.assertion.test, lambda: self._writer(at_once=True),
                                   report=self.assertion.report)

        written = self.written(write, at_once=True)
        return written if written is not None and written.text else None

    @cached_property
    def name_of_all(self) -> str:
        """The name of the elements of which alone the test may have something to say; empty where it may of any."""
        return only_name(self.assertion.test, report=self.assertion.report)

    @cached_property
    def node(self) -> Expression | None:
        """The same for one node, with the variables of the rule."""
        return self._condition(at_once=False)

    def _condition(self, *, at_once: bool) -> Expression | None:
        def write(writer: Writer) -> str:
            test = writer.boolean(self.assertion.test)
            return test if self.assertion.report else f"not({test})"

        return self.written(write, at_once=at_once)

    def shown(self, select: str) -> Expression | None:
        """Return an expression of the message as libxml2 can ask for its text; None where it cannot."""
        if select not in self._shown:
            self._shown[select] = self.written(lambda writer: writer.string(select))
        return self._shown[select]

    def written(self, write: Callable[[Writer], str], *, at_once: bool = False) -> Expression | None:
        """Return what a writer makes in the scope of the rule; None where XPath 1 has no expression for it."""
        writer = self._writer(at_once=at_once)
        try:
            return Expression.of(write(writer), writer)
        except Refused:
            return None

    def _writer(self, *, at_once: bool) -> Writer:
        return Writer(self.scope, strict=self._strict, at_once=at_once)


@dataclass(frozen=True, eq=False)
class ReadyRule:
    """A rule: the scope of its pattern for its context, its own for its tests."""

    rule: Rule
    outside: Scope
    checks: tuple[Check, ...]
    strict: bool
    prefixes: dict[str, str]

    @cached_property
    def needs(self) -> tuple[Names, ...]:
        """For each alternative of its context the names without which it has no nodes in a document."""
        return names_needed(self.rule.context, self.prefixes)

    @cached_property
    def selections(self) -> list[Selection] | None:
        """The expressions that find its nodes; None where libxml2 cannot be asked for them."""
        try:
            return selections(self.rule.context, lambda: Writer(self.outside, strict=self.strict, at_once=True),
                              strict=self.strict)
        except Refused:
            return None


@dataclass(frozen=True, eq=False)
class ReadyPattern:
    """A pattern with its rules in order."""

    pattern: Pattern
    rules: tuple[ReadyRule, ...]


_MANY = 30  # rules for which it pays to see first which a document can concern


@functools.cache
def saxon_is_installed() -> bool:
    """Tell whether the extra `saxon` is there; nothing of it is loaded."""
    return find_spec("saxonche") is not None


class NoSuchPhase(Exception):
    """The schema has no phase of that name."""


def active(schema: Schema, phase: str) -> tuple[tuple[Pattern, ...], tuple[Let, ...]]:
    """Return the patterns of a phase, and its variables. `#ALL` is all of them, an empty name the default phase.

    Raises NoSuchPhase.
    """
    phase = schema.default_phase if phase in ("", "#DEFAULT") else phase
    if phase in ("", "#ALL"):
        return schema.patterns, ()
    for known in schema.phases:
        if known.id == phase:
            return tuple(pattern for pattern in schema.patterns if pattern.id in known.active), known.lets
    raise NoSuchPhase(phase)


class ReadySchema:
    """A schema with a phase chosen. Kept for all documents of a run: what is compiled is compiled once."""

    def __init__(self, schema: Schema, phase: str = "") -> None:
        self.schema = schema
        self.strict = schema.xpath != "1"
        patterns, lets = active(schema, phase)
        self.lets = (*schema.lets, *lets)
        self.scope = Scope().with_lets(schema.lets, of_node=False).with_lets(lets, of_node=False)
        self.patterns = tuple(self._pattern(pattern) for pattern in patterns)
        self.has_many_rules = sum(len(pattern.rules) for pattern in self.patterns) > _MANY
        self._elementpath: Elementpath | None = None
        self._saxon: Saxon | None = None
        self.libxml2 = Libxml2(schema.prefixes, schema.keys,
                               lambda: Writer(self.scope, strict=self.strict, at_once=False), strict=self.strict)

    @property
    def elementpath(self) -> Elementpath:
        """What evaluates XPath 2 and 3. It takes a third of a second to load: only where a rule needs it."""
        if self._elementpath is None:
            from tei_edition.validation.schematron.sequences import Elementpath

            self._elementpath = Elementpath(self.schema, self.scope)
        return self._elementpath

    @property
    def saxon(self) -> Saxon | None:
        """What runs the rest, where the extra `saxon` is installed. It is looked for only when a rule needs it."""
        if not saxon_is_installed():
            return None
        if self._saxon is None:
            from tei_edition.validation.schematron.by_saxon import Saxon

            self._saxon = Saxon(self.schema, self.lets)
        return self._saxon

    def _pattern(self, pattern: Pattern) -> ReadyPattern:
        outside = self.scope.with_lets(pattern.lets, of_node=False)
        rules = []
        for rule in pattern.rules:
            inside = outside.with_lets(rule.lets, of_node=True)
            checks = tuple(Check(assertion, rule, inside, strict=self.strict, pattern=pattern.id)
                           for assertion in rule.assertions)
            rules.append(ReadyRule(rule, outside, checks, self.strict, self.schema.prefixes))
        return ReadyPattern(pattern, tuple(rules))
