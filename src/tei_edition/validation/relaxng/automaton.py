"""The states of a check: where in the content of an element the reader stands, and what may follow.

States are made when they are first met and kept: the markup of editions repeats itself (2.5 million elements of a
hundred volumes are a few thousand states), so nearly every element is a look-up in a dictionary.

Where a schema describes two elements of one name that may stand in the same place (`div` as a document, `div` as a
chapter), both are followed side by side; which it was is known when the element ends. So a state has `parts`, one
pattern for each element that the open one may still be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tei_edition.validation.relaxng import names
from tei_edition.validation.relaxng.derivatives import Checker, Context, Derivatives
from tei_edition.validation.relaxng.patterns import NEVER, TEXT, Patterns
from tei_edition.validation.relaxng.start_tag import StartTag

_MOST_PATTERNS = 10_000  # that documents may add to those of the schema; the volumes of this project add some hundreds
_MOST_REMEMBERED = 20_000  # values of one attribute type whose check is remembered
_LONG = 200  # characters: so long a value that is wrong will not come again


class TooManyPatterns(Exception):
    """The schema leaves so much open that what may follow cannot be kept in mind: `(x|y)*, x, (x|y), (x|y), …`."""


class Value:
    """The check of the values of an attribute against one pattern; what it said of a value is remembered."""

    __slots__ = ("_accepts", "_bad", "_by_context", "good", "pattern")

    def __init__(self, derivatives: Derivatives, pattern: int, by_context: bool) -> None:
        self.pattern, self._by_context = pattern, by_context
        self._accepts = derivatives.accepts
        self.good: set[str] = set()
        self._bad: set[str] = set()  # of another element of that name they may be good: the type of a division

    def __call__(self, value: str, context: Context) -> bool:
        """Tell whether the value is allowed; a name with a prefix is looked up in `context`, so it is asked anew."""
        if value in self.good:
            return True
        if value in self._bad:
            return False
        if self._by_context:
            return self._accepts(self.pattern, value, context)
        accepted = self._accepts(self.pattern, value, dict)
        remembered = self.good if accepted else self._bad
        if len(remembered) > _MOST_REMEMBERED:
            remembered.clear()
        if accepted or len(value) < _LONG:
            remembered.add(value)
        return accepted


class TagMistake(NamedTuple):
    """A mistake in a start tag: which attribute of it (-1: one is missing), and whether its value is the mistake."""

    place: int
    value: bool


class Outcome(NamedTuple):
    """What a start tag leads to: the state of the content, and the mistakes in its attributes."""

    state: State
    mistakes: tuple[TagMistake, ...]


class Plan:
    """What is to be done with the attributes of these names, in this order, on this element."""

    __slots__ = ("checks", "good", "outcomes", "quick")

    def __init__(self, checks: tuple[tuple[int, Value], ...]) -> None:
        self.checks = checks
        # Where the value stands among names and values as expat gives them, and those known to be good.
        self.quick = tuple((2 * index + 1, value.good, value) for index, value in checks)
        self.good: State | None = None  # the state if all values are good and nothing else is wrong
        self.outcomes: dict[tuple[bool, ...], Outcome] = {}


class Opened:
    """An element whose start tag is being read: the patterns that it may be of, with their attributes."""

    __slots__ = ("parts", "plans")

    def __init__(self, parts: tuple[int, ...]) -> None:
        self.parts = parts
        self.plans: dict[tuple[str, ...], Plan] = {}


class Transition:
    """A child of some name in some state: what it opens, and where the parent stands behind it."""

    __slots__ = ("_after", "_automaton", "_elements", "_skip", "_state", "after", "name", "opened")

    def __init__(self, automaton: Automaton, state: State, name: str, elements: tuple[int, ...], skip: bool) -> None:
        self._automaton, self._state, self._elements, self._skip = automaton, state, elements, skip
        self._after: dict[tuple[bool, ...], State] = {}
        self.name = name
        self.opened = automaton.opened(elements)
        # The state behind the child, if that does not depend on which of several elements it was.
        self.after = automaton.behind(state, elements, skip) if len(elements) == 1 else None

    def behind(self, accepted: tuple[bool, ...]) -> State:
        """Return the state behind a child that was one of the accepted elements."""
        state = self._after.get(accepted)
        if state is None:
            which = [element for element, good in zip(self._elements, accepted, strict=True) if good]
            state = self._after[accepted] = self._automaton.behind(self._state, which, self._skip)
        return state


class Misplaced(Transition):
    """A child that is not allowed where it stands: read as what the schema knows by its name, it leaves no trace."""

    __slots__ = ()

    def __init__(self, automaton: Automaton, state: State, name: str) -> None:
        super().__init__(automaton, state, name, (), False)
        self.opened = automaton.anywhere(name)
        self.after = state if len(self.opened.parts) == 1 else None

    def behind(self, accepted: tuple[bool, ...]) -> State:
        """Return the state before it."""
        return self._state


class State:
    """A place in the content of an element. `final`: the element may end here, for each of its parts."""

    __slots__ = ("data", "dead", "ends", "final", "misplaced", "next", "parts", "skipped", "text")

    def __init__(self, parts: tuple[int, ...], final: tuple[bool, ...], data: bool) -> None:
        self.parts = parts
        self.final = final
        self.ends = final == (True,)  # the common case: one part, and it may end
        self.data = data  # the characters are of a datatype: they are checked as a whole, when the element ends
        self.dead = all(part == NEVER for part in parts)
        self.next: dict[str, Transition] = {}
        self.skipped: dict[str, Transition | None] = {}
        self.misplaced: dict[str, Transition] = {}
        self.text: State | None = None  # the state behind characters between the elements; None: not known yet, or none


class Automaton:
    """The states of a schema, made as they are met."""

    def __init__(self, patterns: Patterns, checker: Checkers) -> None:
        self.patterns = patterns
        self.derivatives = Derivatives(patterns, checker.of)
        self._checkers = checker
        self._most = len(patterns.nodes) + _MOST_PATTERNS
        self._states: dict[tuple[int, ...], State] = {}
        self._opened: dict[tuple[int, ...], Opened] = {}
        self._values: dict[int, Value] = {}
        self._anywhere: dict[str, Opened] = {}
        self._reachable: tuple[int, ...] | None = None
        self.start = self.state((patterns.start,))

    def state(self, parts: Iterable[int]) -> State:
        """Return the state with these patterns, one for each element that the open one may be."""
        parts = tuple(parts)
        state = self._states.get(parts)
        if state is None:
            if len(self.patterns.nodes) > self._most:
                raise TooManyPatterns
            nullable = self.patterns.nullable
            state = State(parts, tuple(nullable[part] for part in parts), any(self._has_data(part) for part in parts))
            self._states[parts] = state
        return state

    def _has_data(self, pattern: int) -> bool:
        kind, *parts = self.patterns.nodes[pattern]
        if kind in ("data", "value", "list"):
            return True
        return kind in ("choice", "group", "interleave", "more") and any(self._has_data(part) for part in parts)

    def opened(self, elements: Iterable[int]) -> Opened:
        """Return the start of one of these elements."""
        return self._opened_as(tuple(self.patterns.elements[element].content for element in elements))

    def _opened_as(self, parts: tuple[int, ...]) -> Opened:
        opened = self._opened.get(parts)
        if opened is None:
            opened = self._opened[parts] = Opened(parts)
        return opened

    def candidates(self, state: State, name: str, *, skip: bool = False) -> tuple[int, ...]:
        """Return the elements that a child of that name may be."""
        elements = self.patterns.elements
        first = self.elements_next(state, skip=skip)
        return tuple(sorted(number for number in first if names.matches(elements[number].names, name)))

    def transition(self, state: State, name: str) -> Transition | None:
        """Return what a child of that name leads to; None where it is not allowed."""
        found = self.candidates(state, name)
        if not found:
            return None
        state.next[name] = Transition(self, state, name, found, False)
        return state.next[name]

    def transition_over_missing(self, state: State, name: str) -> Transition | None:
        """Return what a child of that name leads to if all that is missing before it were there."""
        if name not in state.skipped:
            found = self.candidates(state, name, skip=True)
            state.skipped[name] = Transition(self, state, name, found, True) if found else None
        return state.skipped[name]

    def misplaced(self, state: State, name: str) -> Transition:
        """Return what a child that may not stand here opens."""
        if name not in state.misplaced:
            state.misplaced[name] = Misplaced(self, state, name)
        return state.misplaced[name]

    def behind(self, state: State, elements: Iterable[int], skip: bool) -> State:
        """Return the state behind a child that was one of the elements."""
        choice, after = self.patterns.choice, self.derivatives.after
        elements = tuple(elements)
        return self.state(choice([after(part, element, skip=skip) for element in elements]) for part in state.parts)

    def anywhere(self, name: str) -> Opened:
        """Return the start of an element of that name, as the schema knows it anywhere: by name rather than as any."""
        if name not in self._anywhere:
            by = {number: names.specificity(self.patterns.elements[number].names, name) for number in self.reachable}
            best = max(by.values(), default=-1)
            contents = {self.patterns.elements[number].content for number, level in by.items() if level == best >= 0}
            self._anywhere[name] = self._opened_as(tuple(sorted(contents)))
        return self._anywhere[name]

    @property
    def reachable(self) -> tuple[int, ...]:
        """The elements that a document may hold: a schema may describe more."""
        if self._reachable is None:
            found: set[int] = set()
            todo = [self.patterns.start]
            seen: set[int] = set()
            while todo:
                pattern = todo.pop()
                for element in self.derivatives.firsts(pattern, skip=True) - found:
                    found.add(element)
                    content = self.patterns.elements[element].content
                    todo += () if content in seen else (content,)
                    seen.add(content)
            self._reachable = tuple(sorted(found))
        return self._reachable

    def behind_text(self, state: State) -> State | None:
        """Return the state behind characters between the elements; None where there may be none."""
        if state.text is None:
            parts = tuple(self.derivatives.after_text(part, None, dict) for part in state.parts)
            if any(part != NEVER for part in parts):
                state.text = self.state(parts)
        return state.text

    def accepts(self, state: State, text: str, context: Context) -> tuple[bool, ...]:
        """Tell for each part of a state whether the element may end with these characters, its only content."""
        return tuple(self.derivatives.accepts(part, text, context) for part in state.parts)

    # What may stand where, for the explanations

    def elements_next(self, state: State, *, skip: bool = False) -> frozenset[int]:
        """Return the numbers of the elements that may stand next; with `skip`, anywhere behind the place."""
        return frozenset().union(*(self.derivatives.firsts(part, skip=skip) for part in state.parts))

    def allows(self, state: State, name: str) -> bool:
        """Tell whether a child of that name may stand here."""
        return name in state.next or bool(self.candidates(state, name))

    def behind_child(self, state: State, name: str) -> State | None:
        """Return the state behind a child of that name; None where it may not stand here."""
        found = self.candidates(state, name)
        return self.behind(state, found, False) if found else None

    def data_of(self, pattern: int) -> list[int]:
        """Return the `data` and `value` patterns that a pattern is made of, not looking into elements."""
        kind, *parts = self.patterns.nodes[pattern]
        if kind in ("data", "value"):
            return [pattern]
        if kind not in ("choice", "group", "interleave", "more", "list"):
            return []
        return list(dict.fromkeys(found for part in parts for found in self.data_of(part)))

    def data_in(self, state: State) -> list[int]:
        """Return the `data` and `value` patterns of a state."""
        return [found for part in state.parts for found in self.data_of(part)]

    # Attributes

    def lacking(self, opened: Opened, attributes: tuple[str, ...]) -> list[list[int]]:
        """Return what an element with these attributes lacks: of each list of attributes one."""
        best: list[list[int]] | None = None
        for pattern in opened.parts:
            part = StartTag(self.derivatives, pattern)
            for attribute in attributes:
                part.take(attribute, None)
            lacking = [sorted(self.derivatives.attributes(factor)) for factor in part.left
                       if self.derivatives.without_attributes(factor) == NEVER]
            best = lacking if best is None or len(lacking) < len(best) else best
        return best or []

    def plan(self, opened: Opened, attributes: tuple[str, ...]) -> Plan:
        """Return what is to be done with the attributes of these names."""
        checks = []
        for index, attribute in enumerate(attributes):
            values = {value for part in opened.parts for value in self.derivatives.values_of(part, attribute)}
            checks += [(index, self._value(value)) for value in sorted(values) if value != TEXT]
        plan = opened.plans[attributes] = Plan(tuple(checks))
        outcome = self.outcome(opened, attributes, plan, (True,) * len(checks))
        plan.good = None if outcome.mistakes else outcome.state
        return plan

    def _value(self, pattern: int) -> Value:
        if pattern not in self._values:
            self._values[pattern] = Value(self.derivatives, pattern, self._needs_context(pattern))
        return self._values[pattern]

    def _needs_context(self, pattern: int) -> bool:
        node = self.patterns.nodes[pattern]
        if node[0] in ("data", "value"):
            return self._checkers.needs_context(pattern)
        return any(self._needs_context(part) for part in node[1:]) if node[0] in (
            "choice", "group", "interleave", "more", "list") else False

    def outcome(self, opened: Opened, attributes: tuple[str, ...], plan: Plan, verdicts: tuple[bool, ...]) -> Outcome:
        """Return what a start tag leads to whose values are good or not, as `verdicts` says of the checks of the plan.

        An attribute that is not allowed is passed over; one with a wrong value counts as read.
        """
        found = plan.outcomes.get(verdicts)
        if found is not None:
            return found
        good = {(at, value.pattern) for (at, value), verdict in zip(plan.checks, verdicts, strict=True) if verdict}
        parts = [StartTag(self.derivatives, part) for part in opened.parts]
        mistakes: list[TagMistake] = []
        for index, attribute in enumerate(attributes):
            knowing = [part for part in parts if part.knows(attribute)]
            if not knowing:
                mistakes.append(TagMistake(index, False))
                continue
            taken = [part for part in knowing if part.take(attribute, {value for at, value in good if at == index})]
            if not taken:
                mistakes.append(TagMistake(index, True))
                taken = [part for part in knowing if part.take(attribute, None)]
            for part in parts:
                part.left = part.left if part in taken else [NEVER]
        ended = tuple(part.ended() for part in parts)
        if all(part == NEVER for part in ended) and any(part.left != [NEVER] for part in parts):
            mistakes.append(TagMistake(-1, False))
            ended = tuple(part.ended(forgive=True) for part in parts)
        found = plan.outcomes[verdicts] = Outcome(self.state(ended), tuple(mistakes))
        return found


class Checkers:
    """The checks of the datatypes of a schema, made as they are needed."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._made: dict[int, Checker] = {}

    def of(self, pattern: int) -> Checker:
        """Return the check of a `data` or `value` pattern."""
        if pattern not in self._made:
            from tei_edition.validation.relaxng.datatypes import checker

            self._made[pattern] = checker(self._patterns, pattern)
        return self._made[pattern]

    def needs_context(self, pattern: int) -> bool:
        """Tell whether the check looks at the namespaces: the datatypes of names with a prefix."""
        kind, _, name, *rest = self._patterns.nodes[pattern]
        if name in ("QName", "NOTATION"):
            return True
        excluded = self._patterns.nodes[rest[1]] if kind == "data" else ("never",)
        parts = excluded[1:] if excluded[0] == "choice" else (rest[1],) if excluded[0] in ("data", "value") else ()
        return any(self.needs_context(part) for part in parts)
