"""Runs a document through the states of a schema, event by event, and goes on behind each mistake as jing does.

expat reads the bytes (no network, no entities: `tei.parse` has refused those before), so memory does not grow with the
document. The way of going on is that of jing's PatternMatcher: what is missing is taken as read, what does not belong
is read as what the schema knows by that name and leaves no trace, a wrong attribute is passed over, an element that
ends too early counts as complete. So one mistake does not make others of what follows it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from tei_edition.validation.relaxng.automaton import Automaton, Opened, Plan, State, Transition

_BLANKS = " \t\n\r"
_XML = "http://www.w3.org/XML/1998/namespace"


class Mistake(NamedTuple):
    """One mistake, not yet in words. `kind` is one of

    - `misplaced`: the element `number` may not stand in `state`; `early`: it may, but what is missing before it;
    - `attribute`, `value`: that attribute, or its value, is not allowed; `incomplete`: an attribute is missing;
    - `text`: characters in `state`, which takes none, behind the child `number` (or at the start of that element);
    - `data`: the characters of the element are not what its datatype asks for; `end`: it ends too early.
    """

    kind: str
    number: int  # of the element, in the order of the document, from 0
    name: str
    state: State
    opened: Opened | None = None
    content: State | None = None  # the content of the element that the mistake is in, at its beginning
    attribute: str = ""
    text: str = ""
    inside: bool = True  # text: in the element `number` rather than behind it
    parent: int = -1  # the element that the mistake is in


def mistakes(automaton: Automaton, data: bytes, *, root: etree._Element | None = None,
             most: int | None = None) -> list[Mistake]:
    """Return the mistakes of a document in its order; none where it is valid.

    `data` is UTF-8 without a byte order mark. With `most`, the check ends when as many have been found. What libxml2
    can read and expat cannot (names with the letters that XML 1.0 has since its fifth edition) is read from the tree
    `root`; without it raises expat.ExpatError, as where the document is not well-formed.
    """
    try:
        return _Run(automaton, most).of(data)
    except expat.ExpatError:
        if root is None:
            raise
    return _Run(automaton, most).of_tree(root)


def _expat_name(name: object) -> str:
    """Return a name as expat gives it: `uri}p`."""
    return str(name).removeprefix("{")


class _Enough(Exception):
    """As many mistakes have been found as were asked for."""


class _Run:
    """The check of one document. The handlers are closures: they are called for each tag, so they look up as little as
    possible; what is rare stands in the methods.
    """

    def __init__(self, automaton: Automaton, most: int | None) -> None:
        self._automaton = automaton
        self._most = most
        self._found: list[Mistake] = []
        self._stack: list[tuple[Transition, State, int, State]] = []
        self._characters: list[str] = []
        self._namespaces: list[tuple[str, str | None]] = [("xml", _XML)]
        self._text_at: tuple[int, int] | None = None  # where the last wrong characters were found: once is enough

    def of(self, data: bytes) -> list[Mistake]:
        """Check the document."""
        parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.specified_attributes = True
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self._namespaces.append((prefix or "", uri))
        parser.EndNamespaceDeclHandler = lambda prefix: self._forget(prefix or "")
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._handlers()
        with contextlib.suppress(_Enough):
            parser.Parse(data, True)
        return self._found

    def of_tree(self, root: etree._Element) -> list[Mistake]:
        """Check the document as lxml has read it."""
        start, end, characters = self._handlers()
        with contextlib.suppress(_Enough):
            for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
                if event == "start":
                    self._namespaces = [(prefix or "", uri) for prefix, uri in node.nsmap.items()]
                    start(_expat_name(node.tag), [part for name, value in node.attrib.items()
                                                  for part in (_expat_name(name), str(value))])
                    characters(node.text or "")
                    continue
                if event == "end":
                    end("")
                if node is not root and node.getparent() is not None:
                    characters(node.tail or "")
        return self._found

    def _handlers(self) -> tuple[Callable[[str, list[str]], None], Callable[[str], None], Callable[[str], None]]:
        """Return what is to be called at start tags, at end tags, and for characters."""
        state, stack, count, last = self._automaton.start, self._stack, 0, -1
        unexpected, started, ended, wrong_text = self._unexpected, self._started, self._ended, self._wrong_text
        characters_seen, context, new_plan = self._characters, self._context, self._automaton.plan

        def start(name: str, attributes: list[str]) -> None:
            nonlocal state, count, last
            if characters_seen:
                state = self._text_before_child(state, last)
            transition = state.next.get(name) or unexpected(state, name, count)
            opened = transition.opened
            names = tuple(attributes[::2]) if attributes else ()
            plan = opened.plans.get(names) or new_plan(opened, names)
            content = plan.good
            for place, good, value in plan.quick:
                if attributes[place] not in good and not value(attributes[place], context):
                    content = None
                    break
            if content is None:
                content = started(opened, plan, name, attributes, count)
            stack.append((transition, state, count, content))
            state = content
            count += 1
            last = -1

        def end(_name: str) -> None:
            nonlocal state, last
            entry = stack.pop()
            after = entry[0].after
            state = ended(entry, state) if state.data or not state.ends or after is None else after
            last = entry[2]

        def characters(text: str) -> None:
            nonlocal state
            if state.text is state:
                return
            if state.data:
                characters_seen.append(text)
            elif text.strip(_BLANKS):
                state = wrong_text(state, text, last)

        return start, end, characters

    # What is rare

    def _context(self) -> dict[str, str]:
        """The namespaces in scope, by prefix."""
        return {prefix: uri or "" for prefix, uri in self._namespaces}

    def _forget(self, prefix: str) -> None:
        for at in range(len(self._namespaces) - 1, -1, -1):
            if self._namespaces[at][0] == prefix:
                del self._namespaces[at]
                return

    def _note(self, mistake: Mistake) -> None:
        self._found.append(mistake)
        if len(self._found) == self._most:
            raise _Enough

    def _lost(self, state: State) -> bool:
        """Tell whether nothing can be said here: the reader is in an element that the schema does not know."""
        return state.dead and bool(self._found)

    def _parent(self) -> tuple[int, State | None, str]:
        """The number, the content and the name of the open element."""
        if not self._stack:
            return -1, None, ""
        transition, _, number, content = self._stack[-1]
        return number, content, transition.name

    def _unexpected(self, state: State, name: str, number: int) -> Transition:
        """Return what a child leads to that is met here for the first time, or may not stand here."""
        transition = self._automaton.transition(state, name)
        if transition is not None:
            return transition
        over = self._automaton.transition_over_missing(state, name)
        if not self._lost(state):
            parent, content, _ = self._parent()
            self._note(Mistake("misplaced" if over is None else "early", number, name, state, content=content,
                               parent=parent))
        return over or self._automaton.misplaced(state, name)

    def _started(self, opened: Opened, plan: Plan, name: str, attributes: list[str], number: int) -> State:
        """Return the state behind a start tag in which something is wrong, or which may be of several elements."""
        context = self._context
        verdicts = tuple(value(attributes[2 * index + 1], context) for index, value in plan.checks)
        outcome = self._automaton.outcome(opened, tuple(attributes[::2]), plan, verdicts)
        for mistake in outcome.mistakes if opened.parts or not self._found else ():
            kind = "incomplete" if mistake.place < 0 else "value" if mistake.value else "attribute"
            attribute, text = attributes[2 * mistake.place:2 * mistake.place + 2] if mistake.place >= 0 else ("", "")
            self._note(Mistake(kind, number, name, outcome.state, opened, attribute=attribute, text=text,
                               parent=number))
        return outcome.state

    def _ended(self, entry: tuple[Transition, State, int, State], state: State) -> State:
        """Return the state behind an element whose end asks for a closer look."""
        transition, _, number, content = entry
        accepted = state.final
        if state.data:
            text = "".join(self._characters)
            self._characters.clear()
            accepted = self._automaton.accepts(state, text, self._context)
            if not any(accepted):
                kind = "data" if text.strip(_BLANKS) or not any(state.final) else "end"
                self._note(Mistake(kind, number, transition.name, state, content=content, text=text, parent=number))
        elif not any(accepted) and not self._lost(state):
            self._note(Mistake("end", number, transition.name, state, content=content, parent=number))
        if not any(accepted):
            accepted = (True,) * len(accepted)
        return transition.after or transition.behind(accepted)

    def _text_before_child(self, state: State, last: int) -> State:
        """Return the state behind characters of an element that could have been a value, before a child of it."""
        text = "".join(self._characters)
        self._characters.clear()
        return self._wrong_text(state, text, last) if text.strip(_BLANKS) else state

    def _wrong_text(self, state: State, text: str, last: int) -> State:
        """Return the state behind characters that are met in this state for the first time, or may not stand here.

        `last` is the child that they stand behind, -1 at the start of the element.
        """
        behind = self._automaton.behind_text(state)
        if behind is not None:
            return behind
        parent, content, name = self._parent()
        at = (parent, last)
        if not self._lost(state) and at != self._text_at:
            self._text_at = at
            inside = last < 0
            self._note(Mistake("text", parent if inside else last, name, state, content=content, text=text,
                               inside=inside, parent=parent))
        return state
