"""Runs a schema on a document: each node obeys the first rule of a pattern that matches it (ISO/IEC 19757-3, 6.5).

The order is that of the patterns, within a pattern that of the document, at a node that of the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from tei_edition.diagnostics import Severity
from tei_edition.validation.fault import Fault
from tei_edition.validation.schematron.compiling import Check, ReadyPattern, ReadyRule, ReadySchema
from tei_edition.validation.schematron.model import Message, Name, ValueOf
from tei_edition.validation.schematron.native import CannotRun, Expression, Place, place_of

ROLES = {"error": Severity.ERROR, "fatal": Severity.ERROR, "warning": Severity.WARNING, "warn": Severity.WARNING,
         "information": Severity.NOTE, "info": Severity.NOTE, "note": Severity.NOTE, "hint": Severity.NOTE}


class Finding(NamedTuple):
    """What a test says of a node: `text` is its message; `advice` its diagnostics; or why it could not be run."""

    check: Check
    place: Place
    text: str
    advice: str = ""
    failed: str = ""


class Run:
    """One document under one schema."""

    def __init__(self, ready: ReadySchema, root: etree._Element) -> None:
        self._ready = ready
        self._root = root
        self._libxml2 = ready.libxml2
        self._order: dict[etree._Element, int] = {}
        self._selected: dict[ReadyRule, list[Place]] = {}

    def findings(self) -> Iterator[Finding]:
        """Yield what the rules find."""
        self._libxml2.begin(self._root)
        for pattern in self._ready.patterns:
            yield from self._of_pattern(pattern)

    def _of_pattern(self, pattern: ReadyPattern) -> list[Finding]:
        found: list[tuple[tuple[int, str], int, Finding]] = []
        number = 0
        for at, rule in enumerate(pattern.rules):
            for check in rule.checks:
                number += 1
                found.extend((self._rank(finding.place), number, finding)
                             for finding in self._of_check(pattern, at, rule, check))
        found.sort(key=lambda ranked: ranked[:2])
        return [finding for _, _, finding in found]

    def _rank(self, place: Place) -> tuple[int, str]:
        if not self._order:
            self._order = {node: number for number, node in enumerate(self._root.getroottree().iter())}
        return -1 if place.part == "root" else self._order[place.element], place.attribute or place.part

    def _of_check(self, pattern: ReadyPattern, at: int, rule: ReadyRule, check: Check) -> list[Finding]:
        try:
            if rule.selections is not None and check.at_once is not None:
                places = [place for selection in rule.selections
                          for place in self._libxml2.select(selection, condition=check.at_once)]
                places = self._left_to(pattern, at, places)
                return [self._finding(check, place) for place in dict.fromkeys(places)]
            places = self._left_to(pattern, at, self._nodes(rule))
        except CannotRun as error:
            return [Finding(check, Place(self._root), "", failed=str(error))]
        return self._one_by_one(check, places)

    def _one_by_one(self, check: Check, places: list[Place]) -> list[Finding]:
        found: list[Finding] = []
        failed = False
        for place in places:
            try:
                if self._fails(check, place):
                    found.append(self._finding(check, place))
            except CannotRun as error:
                if not failed:
                    found.append(Finding(check, place, "", failed=str(error)))
                failed = True
        return found

    def _fails(self, check: Check, place: Place) -> bool:
        if check.node is None:
            raise CannotRun("XPath 1 cannot say this")
        self._libxml2.look_at(place)
        return bool(self._libxml2.value(check.node, place))

    def _nodes(self, rule: ReadyRule) -> list[Place]:
        """Return the nodes that the context of a rule matches, each once."""
        if rule not in self._selected:
            if rule.selections is None:
                raise CannotRun(f"the context “{rule.rule.context}” is no pattern that can be looked for")
            self._selected[rule] = list(dict.fromkeys(
                place for selection in rule.selections for place in self._libxml2.select(selection)))
        return self._selected[rule]

    def _left_to(self, pattern: ReadyPattern, at: int, places: list[Place]) -> list[Place]:
        """Return the nodes that no earlier rule of the pattern has taken."""
        if not places:
            return places
        for earlier in pattern.rules[:at]:
            taken = set(self._nodes(earlier))
            places = [place for place in places if place not in taken]
        return places

    # -- messages --------------------------------------------------------------------------------

    def _finding(self, check: Check, place: Place) -> Finding:
        assertion, schema = check.assertion, self._ready.schema
        self._libxml2.look_at(place)
        text = self._text(check, assertion.message, place)
        hints = [self._text(check, message, place) for name, message in schema.diagnostics
                 if name in assertion.diagnostics]
        see = assertion.see or check.rule.see
        advice = " ".join([*filter(None, hints), *([f"see {see}"] if see else [])])
        return Finding(check, self._subject(check, place), text, advice)

    def _text(self, check: Check, message: Message, place: Place) -> str:
        parts = [part if isinstance(part, str) else self._shown(check, part, place) for part in message]
        return " ".join("".join(parts).split())

    def _shown(self, check: Check, part: ValueOf | Name, place: Place) -> str:
        select = part.select if isinstance(part, ValueOf) else f"name({part.path})"
        written = check.written(lambda writer: writer.string(select))
        try:
            if written is None:
                raise CannotRun("XPath 1 cannot say this")
            return str(self._libxml2.value(written, place))
        except CannotRun:
            return f"{{{select}}}"  # what is wrong is said all the same

    def _subject(self, check: Check, place: Place) -> Place:
        path = check.assertion.subject or check.rule.subject
        if not path or path == ".":
            return place
        written = check.written(lambda writer: writer.value(path).text)
        try:
            nodes: Any = self._libxml2.value(written, place) if isinstance(written, Expression) else None
        except CannotRun:
            return place
        first = place_of(nodes[0]) if isinstance(nodes, list) and nodes else None
        return first or place


def severity_of(check: Check) -> Severity | None:
    """Return how bad the author of a rule calls it (`role`, else `flag`); None where nothing of the kind is said."""
    for word in (check.assertion.role, check.rule.role, check.assertion.flag, check.rule.flag):
        if word.strip().lower() in ROLES:
            return ROLES[word.strip().lower()]
    return None


def fault_at(code: str, message: str, place: Place, *, hint: str = "", severity: Severity | None = None) -> Fault:
    """Return a fault at a node; at text it points to its first words."""
    element, words, tail = place.element, "", place.part == "tail"
    if place.part in ("text", "tail"):
        words = ((element.tail if tail else element.text) or "").strip().split("\n")[0]
    elif not isinstance(element.tag, str):  # a comment has no place of its own
        parent = element.getparent()
        element = element.getroottree().getroot() if parent is None else parent
    return Fault(code, message, element, hint=hint, severity=severity, words=words, tail=tail,
                 attribute=place.attribute)
