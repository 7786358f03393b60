"""What is left of a pattern when a part of it has been read: James Clark's derivatives.

"An algorithm for RELAX NG validation" (2002), with two changes. An element is asked for by its number in the schema,
not by its name: which of several elements of one name a child is, is settled when its end is reached, so no pattern
has to remember what comes after the elements that are open, and what was found for one place serves all like it. And
attributes are taken out before the content is asked for, by the part of the pattern that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tei_edition.validation.relaxng import names
from tei_edition.validation.relaxng.patterns import EMPTY, NEVER, TEXT, Patterns

Context = Callable[[], Mapping[str, str]]  # gives the namespaces in scope, by prefix: few datatypes ask
Checker = Callable[[str, Mapping[str, str]], bool]
_BLANKS = " \t\n\r"
_WORDS = re.compile(r"[^ \t\n\r]+")  # XML's own blanks: a no-break space is none


class Derivatives:
    """The derivatives of the patterns of a schema, each found once."""

    def __init__(self, patterns: Patterns, checker: Callable[[int], Checker]) -> None:
        """`checker` gives the check of a `data` or `value` pattern."""
        self.patterns = patterns
        self._checker = checker
        self._firsts: dict[int, frozenset[int]] = {EMPTY: frozenset(), NEVER: frozenset(), TEXT: frozenset()}
        self._skipped: dict[int, frozenset[int]] = dict(self._firsts)
        self._attributes: dict[int, frozenset[int]] = dict(self._firsts)
        self._named: dict[int, tuple[dict[str, tuple[int, ...]], bool]] = {}
        self._after: dict[tuple[int, int, bool], int] = {}
        self._after_attribute: dict[tuple[int, str, tuple[bool, ...]], int] = {}
        self._without: dict[tuple[int, bool], int] = {}

    # Elements

    def firsts(self, pattern: int, *, skip: bool = False) -> frozenset[int]:
        """Return the numbers of the elements that may stand first; with `skip`, whatever is missing before them."""
        memo = self._skipped if skip else self._firsts
        found = memo.get(pattern)
        if found is None:
            kind, *parts = self.patterns.nodes[pattern]
            if kind == "element":
                found = frozenset(parts)
            elif kind == "group":
                found = self.firsts(parts[0], skip=skip)
                if skip or self.patterns.nullable[parts[0]] or self._only_attributes(parts[0]):
                    found |= self.firsts(parts[1], skip=skip)
            elif kind in ("choice", "interleave", "more"):
                found = frozenset().union(*(self.firsts(part, skip=skip) for part in parts))
            else:
                found = frozenset()
            memo[pattern] = found
        return found

    def _only_attributes(self, pattern: int) -> bool:
        return self.without_attributes(pattern, forgive=True) == EMPTY

    def after(self, pattern: int, element: int, *, skip: bool = False) -> int:
        """Return what may follow the element; NEVER where it may not stand here.

        With `skip` whatever the pattern asks for before the element counts as read: so the check goes on behind what is
        missing.
        """
        if element not in self.firsts(pattern, skip=skip):
            return NEVER
        key = (pattern, element, skip)
        left = self._after.get(key)
        if left is None:
            left = self._after[key] = self._after_element(pattern, element, skip)
        return left

    def _after_element(self, pattern: int, element: int, skip: bool) -> int:
        table = self.patterns
        kind, *parts = table.nodes[pattern]
        if kind == "element":
            return EMPTY
        if kind == "choice":
            return table.choice(self.after(part, element, skip=skip) for part in parts)
        if kind == "more":
            return table.group(self.after(parts[0], element, skip=skip), table.choice((pattern, EMPTY)))
        first, second = parts
        if kind == "interleave":
            return table.choice((table.interleave(self.after(first, element, skip=skip), second),
                                 table.interleave(first, self.after(second, element, skip=skip))))
        left = table.group(self.after(first, element, skip=skip), second)
        if skip or table.nullable[first]:
            return table.choice((left, self.after(second, element, skip=skip)))
        return left

    # Characters

    def after_text(self, pattern: int, text: str | None, context: Context) -> int:
        """Return what is left behind the characters (None: characters between elements, which only `text` takes)."""
        if pattern in (EMPTY, NEVER, TEXT):
            return TEXT if pattern == TEXT else NEVER
        table = self.patterns
        kind, *parts = table.nodes[pattern]
        if kind == "choice":
            return table.choice([self.after_text(part, text, context) for part in parts])
        if kind == "more":
            return table.group(self.after_text(parts[0], text, context), table.choice((pattern, EMPTY)))
        if kind in ("group", "interleave"):
            return self._after_text_of_pair(kind, parts[0], parts[1], text, context)
        if text is None:
            return NEVER
        if kind == "list":
            left = parts[0]
            for word in _WORDS.findall(text):
                left = self.after_text(left, word, context)
            return EMPTY if table.nullable[left] else NEVER
        if kind in ("data", "value"):
            return EMPTY if self._checker(pattern)(text, context()) else NEVER
        return NEVER

    def _after_text_of_pair(self, kind: str, first: int, second: int, text: str | None, context: Context) -> int:
        table = self.patterns
        after_first = self.after_text(first, text, context)
        if kind == "interleave":
            return table.choice((table.interleave(after_first, second),
                                 table.interleave(first, self.after_text(second, text, context))))
        left = table.group(after_first, second)
        return table.choice((left, self.after_text(second, text, context))) if table.nullable[first] else left

    def accepts(self, pattern: int, text: str, context: Context) -> bool:
        """Tell whether the pattern takes these characters as a whole: an attribute's value, or an element's text."""
        node = self.patterns.nodes[pattern]
        if node[0] == "choice":
            return any(self.accepts(part, text, context) for part in node[1:])
        if node[0] in ("data", "value"):
            return self._checker(pattern)(text, context())
        if self.patterns.nullable[pattern] and not text.strip(_BLANKS):
            return True
        return self.patterns.nullable[self.after_text(pattern, text, context)]

    # Attributes

    def attributes(self, pattern: int) -> frozenset[int]:
        """Return the `attribute` patterns of a pattern, not looking into its elements."""
        found = self._attributes.get(pattern)
        if found is None:
            kind, *parts = self.patterns.nodes[pattern]
            if kind == "attribute":
                found = frozenset((pattern,))
            elif kind in ("choice", "group", "interleave", "more"):
                found = frozenset().union(*(self.attributes(part) for part in parts))
            else:
                found = frozenset()
            self._attributes[pattern] = found
        return found

    def values_of(self, pattern: int, name: str) -> tuple[int, ...]:
        """Return the patterns that a value of the attribute may have; none where the attribute is not allowed."""
        named, wide = self._by_name(pattern)
        if not wide:
            return named.get(name, ())
        nodes = self.patterns.nodes
        return tuple(sorted({nodes[attribute][2] for attribute in self.attributes(pattern)
                             if names.matches(nodes[attribute][1], name)}))

    def _by_name(self, pattern: int) -> tuple[dict[str, tuple[int, ...]], bool]:
        """Return the values of a pattern's attributes by their names, and whether it has attributes of any name."""
        found = self._named.get(pattern)
        if found is None:
            values: dict[str, set[int]] = {}
            classes = [self.patterns.nodes[attribute] for attribute in self.attributes(pattern)]
            for _, name_class, value in classes:
                for name in names.names_in(name_class):
                    values.setdefault(name, set()).add(value)
            found = self._named[pattern] = ({name: tuple(sorted(those)) for name, those in values.items()},
                                            any(names.is_open(name_class) for _, name_class, _ in classes))
        return found

    def after_attribute(self, pattern: int, name: str, verdicts: tuple[bool, ...]) -> int:
        """Return what is left behind an attribute; `verdicts` says which of its `values_of` accept the value."""
        key = (pattern, name, verdicts)
        left = self._after_attribute.get(key)
        if left is None:
            accepted = {value for value, good in zip(self.values_of(pattern, name), verdicts, strict=True) if good}
            left = self._after_attribute[key] = self._behind_attribute(pattern, name, accepted)
        return left

    def _behind_attribute(self, pattern: int, name: str, accepted: set[int]) -> int:
        table = self.patterns
        if not self.values_of(pattern, name):
            return NEVER
        kind, *parts = table.nodes[pattern]
        if kind == "attribute":
            return EMPTY if parts[1] in accepted else NEVER
        if kind == "choice":
            return table.choice(self._behind_attribute(part, name, accepted) for part in parts)
        if kind == "more":
            return table.group(self._behind_attribute(parts[0], name, accepted), table.choice((pattern, EMPTY)))
        first, second = parts
        pair = table.group if kind == "group" else table.interleave
        return table.choice((pair(self._behind_attribute(first, name, accepted), second),
                             pair(first, self._behind_attribute(second, name, accepted))))

    def without_attributes(self, pattern: int, *, forgive: bool = False) -> int:
        """Return the pattern of the content: NEVER where an attribute is missing, unless that is to be forgiven."""
        if not self.attributes(pattern):
            return pattern
        key = (pattern, forgive)
        left = self._without.get(key)
        if left is None:
            left = self._without[key] = self._stripped(pattern, forgive)
        return left

    def _stripped(self, pattern: int, forgive: bool) -> int:
        table = self.patterns
        kind, *parts = table.nodes[pattern]
        if kind == "attribute":
            return EMPTY if forgive else NEVER
        stripped = [self.without_attributes(part, forgive=forgive) for part in parts]
        if kind == "choice":
            return table.choice(stripped)
        if kind == "more":
            return table.more(stripped[0])
        return table.group(*stripped) if kind == "group" else table.interleave(*stripped)

    def factors(self, pattern: int) -> list[int]:
        """Return the parts of a pattern that stand one after the other; of attributes the order does not count."""
        found: list[int] = []
        todo = [pattern]
        while todo:
            part = todo.pop()
            node = self.patterns.nodes[part]
            if node[0] == "group":
                todo += (node[2], node[1])
            else:
                found.append(part)
        return found
