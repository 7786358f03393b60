"""What a test says at once of most nodes, so that the rest of it need not be asked.

`not(@type = 'source') or …` holds for all notes but one, whatever comes behind the `or`. Of a test with `or` between
its parts those are taken that libxml2 answers for all nodes at once and without variables; a report has `and` for `or`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tei_edition.validation.schematron.functions import Refused
from tei_edition.validation.schematron.syntax import Binary, Call, Node, NotRead, Path, parse
from tei_edition.validation.schematron.translation import Writer


def parts_that_settle(test: str, *, report: bool) -> list[Node]:
    """Return the parts of a test that each settle it: those of an `or`; of a report those of an `and`."""
    try:
        return list(_parts(parse(test), "and" if report else "or"))
    except NotRead:
        return []


def _parts(node: Node, operator: str) -> Iterator[Node]:
    pending = [node]
    while pending:
        part = pending.pop()
        if isinstance(part, Binary) and part.operator == operator:
            pending += [part.right, part.left]
        else:
            yield part


def first_condition(test: str, writer: Callable[[], Writer], *, report: bool) -> str:
    """Return the condition that a node must meet for a test to have something to say; empty where there is none.

    It is none where all parts can be asked at once: then the test itself can.
    """
    parts = parts_that_settle(test, report=report)
    said = []
    for part in parts:
        own = writer()
        try:
            text = own.part(part)
        except Refused:
            continue
        if not own.used and not own.asked:
            said.append(f"boolean({text})" if report else f"not({text})")
    return " and ".join(said) if len(said) < len(parts) else ""


def only_name(test: str, *, report: bool) -> str:
    """Return the name of the only elements of which a test may have something to say; empty where it may of any.

    `not(self::tei:note[@n]) or …` holds for all but notes.
    """
    for part in parts_that_settle(test, report=report):
        if not report:
            if not (isinstance(part, Call) and part.name == "not" and len(part.arguments) == 1):
                continue
            part = part.arguments[0]
        if isinstance(part, Path) and not part.absolute and part.start is None and len(part.steps) == 1:
            step = part.steps[0]
            if step.axis == "self" and step.test != "*" and "(" not in step.test and not step.test.startswith("*:"):
                return step.test
    return ""
