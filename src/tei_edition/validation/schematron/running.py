"""Runs a schema on a document: each node obeys the first rule of a pattern that matches it (ISO/IEC 19757-3, 6.5).

The order is that of the patterns, within a pattern that of the document, at a node that of the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from tei_edition.diagnostics import Severity
from tei_edition.validation.fault import Fault
from tei_edition.validation.schematron.compiling import Check, ReadyPattern, ReadyRule, ReadySchema
from tei_edition.validation.schematron.model import Message, Name, ValueOf
from tei_edition.validation.schematron.native import CannotRun, Expression, FailedHere, Place, Selection, place_of
from tei_edition.validation.schematron.presence import names_in
from tei_edition.validation.schematron.selecting import ANY_ELEMENT

if TYPE_CHECKING:
    from tei_edition.validation.schematron.sequences import Elementpath

ROLES = {"error": Severity.ERROR, "fatal": Severity.ERROR, "warning": Severity.WARNING, "warn": Severity.WARNING,
         "nonfatal": Severity.WARNING, "information": Severity.NOTE, "info": Severity.NOTE, "note": Severity.NOTE,
         "hint": Severity.NOTE}


INSTALL = ("mend the rule, or install the extra that runs XSLT and reads files beside the schema: "
           "pip install 'tei-edition[saxon]'")


class Finding(NamedTuple):
    """What a test says of a node: `text` is its message; `advice` its diagnostics; or why it could not be run."""

    check: Check
    place: Place
    text: str
    advice: str = ""
    failed: str = ""


class Run:
    """One document under one schema; `path` is where it lies, for rules that ask for its name."""

    def __init__(self, ready: ReadySchema, root: etree._Element, path: str = "") -> None:
        self._ready = ready
        self._root = root
        self._path = path
        self._libxml2 = ready.libxml2
        self._begun: Elementpath | None = None
        self._order: dict[etree._Element, int] = {}
        self._selected: dict[ReadyRule, list[Place]] = {}
        self._present = names_in(root) if ready.has_many_rules else None
        self._untold: set[Check] = set()
        self._all_by_saxon = False
        self._saxon_begun = False

    def findings(self) -> Iterator[Finding]:
        """Yield what the rules find."""
        self._libxml2.begin(self._root)
        # What a schema imports may mean anything to any rule.
        saxon = self._ready.saxon if self._ready.schema.foreign else None
        self._all_by_saxon = saxon is not None and not saxon.imports_fail
        for pattern in self._ready.patterns:
            yield from self._of_pattern(pattern)

    def _of_pattern(self, pattern: ReadyPattern) -> list[Finding]:
        ours: dict[int, list[Finding]] = {}
        left: dict[int, Check] = {}
        number = -1
        for at, rule in enumerate(pattern.rules):
            concerned = self._concerned(rule)
            for check in rule.checks:
                number += 1
                if concerned:
                    ours[number] = [] if self._all_by_saxon else self._of_check(pattern, at, rule, check)
                    if self._all_by_saxon or check in self._untold or any(one.failed for one in ours[number]):
                        left[number] = check
        if left:
            self._by_saxon(pattern, left, ours)
        found = [(self._rank(finding.place), number, finding) for number, some in ours.items() for finding in some]
        found.sort(key=lambda ranked: ranked[:2])
        return [finding for _, _, finding in found]

    def _by_saxon(self, pattern: ReadyPattern, left: dict[int, Check], found: dict[int, list[Finding]]) -> None:
        """Put what Saxon says of the tests that are left over in the place of what was found; if it is installed.

        Where it cannot run a test at any node, what was found at some stays, and it is Saxon that says why.
        """
        saxon = self._ready.saxon
        if saxon is None or saxon.imports_fail:
            return
        if not self._saxon_begun:
            saxon.begin(self._root, self._path)
            self._saxon_begun = True
        for number, answers in saxon.answers(pattern, left).items():
            check = left[number]
            if any(one.failed for one in found[number]) and len(answers) == 1 and answers[0].failed:
                why = answers[0].failed
                found[number] = [one._replace(advice="", failed=why) if one.failed else one for one in found[number]]
            else:
                found[number] = [
                    Finding(check, answer.place, answer.text, _advice(check, answer.hints)) if not answer.failed
                    else Finding(check, answer.place, "", failed=answer.failed) for answer in answers]

    def _rank(self, place: Place) -> tuple[int, str]:
        if not self._order:
            self._order = {node: number for number, node in enumerate(self._root.getroottree().iter())}
        return -1 if place.part == "root" else self._order[place.element], place.attribute or place.part

    def _of_check(self, pattern: ReadyPattern, at: int, rule: ReadyRule, check: Check) -> list[Finding]:
        try:
            places = None
            if rule.selections is not None and check.first is not None:
                places = self._found(rule, check.first, check.name_of_all)
                if not places:
                    return []
            if rule.selections is not None and check.at_once is not None:
                places = self._left_to(pattern, at, self._found(rule, check.at_once, check.name_of_all))
                return [self._finding(check, place) for place in places]
            places = self._left_to(pattern, at, self._nodes(rule) if places is None else places)
        except CannotRun as error:
            return [_cannot(check, Place(self._root), error)]
        return self._one_by_one(check, places)

    def _one_by_one(self, check: Check, places: list[Place]) -> list[Finding]:
        found: list[Finding] = []
        failed = False
        for place in places:
            try:
                if self._speaks(check, place):
                    found.append(self._finding(check, place))
            except CannotRun as error:
                if not failed:
                    found.append(_cannot(check, place, error))
                failed = True
        return found

    def _speaks(self, check: Check, place: Place) -> bool:
        """Tell whether an assert fails, or a report holds, at a node."""
        if check.node is not None:
            self._libxml2.look_at(place)
            return bool(self._libxml2.value(check.node, place))
        holds = self._elementpath(place).holds(check.assertion.test, place, check.scope)
        return holds == check.assertion.report

    def _elementpath(self, place: Place) -> Elementpath:
        """Return the evaluator of XPath 2 and 3, looking at a node. Raises CannotRun in a schema of XPath 1."""
        if not self._ready.strict:
            raise CannotRun("libxml2 does not understand its expression")
        if self._begun is None:
            self._begun = self._ready.elementpath
            self._begun.begin(self._root, self._path)
        if self._begun.current != place:
            self._begun.look_at(place)
        return self._begun

    def _concerned(self, rule: ReadyRule) -> bool:
        """Tell whether the document can have nodes of a rule."""
        return self._present is None or any(needs <= self._present for needs in rule.needs)

    # -- the nodes of a rule -----------------------------------------------------------------------

    def _nodes(self, rule: ReadyRule) -> list[Place]:
        """Return the nodes that the context of a rule matches, each once."""
        if rule not in self._selected:
            if not self._concerned(rule):
                found = []
            elif rule.selections is not None:
                found = self._found(rule)
            elif self._ready.strict:
                whole = Place(self._root, part="root")
                found = self._elementpath(whole).places(f"//({rule.rule.context})", whole, rule.outside)
            else:
                raise CannotRun(f"its context “{rule.rule.context}” is no pattern that can be looked for")
            self._selected[rule] = found
        return self._selected[rule]

    def _found(self, rule: ReadyRule, condition: Expression | None = None, name: str = "") -> list[Place]:
        """Return the nodes of a rule of which a condition holds; `name` is that of all which it can hold of."""
        found: dict[Place, None] = {}
        for selection in rule.selections or ():
            asked = selection
            if name and selection.expression.text == ANY_ELEMENT and not selection.attribute:
                asked = selection._replace(expression=selection.expression._replace(text=f"/descendant::{name}"))
            for place in self._libxml2.select(asked, condition=condition):
                if place not in found and self._keeps(rule, selection, place):
                    found[place] = None
        return list(found)

    def _keeps(self, rule: ReadyRule, selection: Selection, place: Place) -> bool:
        """Tell whether a node meets the rest of a context. Where that fails it does not match (XSLT 3.0, 5.5.4)."""
        for predicate in selection.predicates:
            asked = self._elementpath(place)
            try:
                if asked.number(predicate, place, rule.outside):
                    raise CannotRun(f"its context counts nodes: [{predicate}]")
                if not asked.holds(predicate, place, rule.outside):
                    return False
            except FailedHere:
                return False
        return True

    def _left_to(self, pattern: ReadyPattern, at: int, places: list[Place]) -> list[Place]:
        """Return the nodes that no earlier rule of the pattern has taken."""
        for earlier in pattern.rules[:at]:
            if not places:
                break
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
        return Finding(check, self._subject(check, place), text, _advice(check, hints))

    def _text(self, check: Check, message: Message, place: Place) -> str:
        parts = [part if isinstance(part, str) else self._shown(check, part, place) for part in message]
        return " ".join("".join(parts).split())

    def _shown(self, check: Check, part: ValueOf | Name, place: Place) -> str:
        select = part.select if isinstance(part, ValueOf) else f"name({part.path})"
        written = check.shown(select)
        try:
            if written is None:
                return self._elementpath(place).shown(select, place, check.scope)
            return str(self._libxml2.value(written, place))
        except CannotRun:
            self._untold.add(check)
            return f"{{{select}}}"  # what is wrong is said all the same

    def _subject(self, check: Check, place: Place) -> Place:
        path = check.assertion.subject or check.rule.subject
        if not path or path == ".":
            return place
        written = check.written(lambda writer: writer.value(path).text)
        try:
            if written is None:
                return next(iter(self._elementpath(place).places(path, place, check.scope)), place)
            nodes: Any = self._libxml2.value(written, place)
        except CannotRun:
            return place
        first = place_of(nodes[0]) if isinstance(nodes, list) and nodes else None
        return first or place


def _cannot(check: Check, place: Place, error: CannotRun) -> Finding:
    # What fails on what the document says fails with any processor.
    return Finding(check, place, "", "" if isinstance(error, FailedHere) else INSTALL, str(error))


def _advice(check: Check, hints: Iterable[str]) -> str:
    see = check.assertion.see or check.rule.see
    return " ".join([*filter(None, hints), *([f"see {see}"] if see else [])])


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
