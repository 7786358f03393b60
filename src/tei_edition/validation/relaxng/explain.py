"""Says in an editor's words what is wrong with a document, and what the schema allows at that place."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from tei_edition.resources import data_rows
from tei_edition.tei import TEI_NS, XML_NS
from tei_edition.validation.fault import Fault
from tei_edition.validation.relaxng import names
from tei_edition.validation.relaxng.automaton import Automaton, State
from tei_edition.validation.relaxng.datatypes import in_words
from tei_edition.validation.relaxng.stream import Mistake

_GUESSED = 200  # different names for which what was meant is looked for
_SHOWN = 12  # names of allowed elements that are listed before "and 40 more"
_BLANKS = " \t\n\r"
_MEANT = re.compile(r"; did you mean ([\w.-]+)\?$")


@functools.cache
def meanings() -> dict[str, str]:
    """Return what the elements of TEI stand for, in a few words of ours."""
    return {name: meaning for name, meaning in data_rows("element-meanings.tsv")}


def shown(name: str) -> str:
    """Return a name as an editor writes it: without its namespace, but for the prefix xml."""
    return f"xml:{names.local_of(name)}" if names.space_of(name) == XML_NS else names.local_of(name)


def tag(name: str) -> str:
    """Return the name of an element in angle brackets, with its namespace where that is not TEI's."""
    space = names.space_of(name)
    return f"<{shown(name)}>" + ("" if space == TEI_NS else f" (namespace {space or 'none'})")


def listed(words: Iterable[str], *, most: int = _SHOWN) -> str:
    """Return words as a sentence holds them: sorted, each once, the many cut short."""
    ordered = sorted(set(words))
    if len(ordered) > most:
        return f"{', '.join(ordered[:most])} and {len(ordered) - most} more"
    return ordered[0] if len(ordered) == 1 else f"{', '.join(ordered[:-1])} or {ordered[-1]}" if ordered else ""


def shortened(text: str, most: int = 40) -> str:
    """Return the beginning of a text on one line."""
    words = " ".join(text[:most * 4].split())
    return words if len(words) <= most and len(text) <= most * 4 else f"{words[:most].rstrip()}…"


@functools.lru_cache(maxsize=1024)
def like(name: str, known: tuple[str, ...]) -> str:
    """Return `; did you mean persName?` where a known name is much like this one."""
    by_lower = {shown(item).lower(): shown(item) for item in known}
    wanted = shown(name).lower()[:200]
    begins = [item for item in by_lower if len(item) > 2 < len(wanted)
              and (item.startswith(wanted) or wanted.startswith(item))]
    close = difflib.get_close_matches(wanted, by_lower, n=1, cutoff=0.75) or begins
    return f"; did you mean {by_lower[close[0]]}?" if close and by_lower[close[0]] != shown(name) else ""


class Explainer:
    """Puts the mistakes of one document into words."""

    def __init__(self, automaton: Automaton, elements: list[etree._Element]) -> None:
        """`elements` are those of the document, in its order."""
        self._automaton = automaton
        self._derivatives = automaton.derivatives
        self._elements = elements
        self._listed: dict[tuple[State, bool], tuple[str, ...]] = {}
        self._guesses: set[str] = set()

    def faults(self, mistakes: Iterable[Mistake]) -> Iterator[Fault]:
        """Yield the mistakes as faults.

        Of characters that do not belong somewhere one is enough for an element; and what an element lacks that does not
        belong where it stands is no second mistake. What is missing at the end of an element may be what a child
        stands for that does not belong there: that child is named beside it.
        """
        texts: set[int] = set()
        misplaced: dict[int, int] = {}  # the last misplaced child of an element
        quiet: set[int] = set()
        for mistake in mistakes:
            if mistake.kind in ("text", "data", "end", "incomplete") and mistake.parent in quiet:
                continue
            if mistake.kind == "text":
                if mistake.parent in texts:
                    continue
                texts.add(mistake.parent)
            if mistake.kind == "misplaced":
                quiet.add(mistake.number)
                misplaced[mistake.parent] = mistake.number
            if mistake.kind == "end" and mistake.number in texts:
                continue  # the words stand where what is missing should
            fault: Fault = getattr(self, f"_{mistake.kind}")(mistake)
            if mistake.kind == "end" and mistake.number in misplaced:
                fault = fault._replace(related=(self._elements[misplaced[mistake.number]],))
            yield fault._replace(hint=f"{fault.hint}{_in_brackets(self._meant(mistake, fault))}")

    def _meant(self, mistake: Mistake, fault: Fault) -> list[str]:
        """What the elements that the message names stand for."""
        if fault.code not in ("VA101", "VA102"):
            return []
        named = [mistake.name] if mistake.parent in (-1, mistake.number) else [mistake.name, self._name(mistake.parent)]
        meant = _MEANT.search(fault.message)
        named += [names.name(TEI_NS, meant[1])] if meant else []
        return [f"{tag(name)}: {meanings()[shown(name)]}" for name in dict.fromkeys(named)
                if names.space_of(name) == TEI_NS and shown(name) in meanings()]

    def _name(self, number: int) -> str:
        return str(self._elements[number].tag).removeprefix("{")

    # What may stand somewhere

    def _next(self, state: State) -> tuple[str, ...]:
        """The names of the elements that may stand next."""
        return self._names_at(state, False)

    def _inside(self, content: State | None) -> tuple[str, ...]:
        """The names of the elements that the content may have anywhere."""
        return self._names_at(content, True) if content else ()

    def _names_at(self, state: State, skip: bool) -> tuple[str, ...]:
        if (state, skip) not in self._listed:
            self._listed[state, skip] = self._names_of(self._automaton.elements_next(state, skip=skip))
        return self._listed[state, skip]

    def _names_of(self, elements: Iterable[int]) -> tuple[str, ...]:
        return tuple(sorted({name for element in elements
                             for name in names.names_in(self._automaton.patterns.elements[element].names)}))

    def _like(self, name: str, known: Iterable[str]) -> str:
        """What may have been meant; of names without end, as in a file that is none of ours, only of the first."""
        self._guesses.add(name)
        return like(name, tuple(known)) if len(self._guesses) <= _GUESSED else ""

    @functools.cached_property
    def _known(self) -> tuple[str, ...]:
        """Every element of the schema that it gives by name."""
        return self._names_of(self._automaton.reachable)

    # Elements

    def _misplaced_hint(self, mistake: Mistake) -> str:
        allowed = listed(tag(name) for name in self._next(mistake.state))
        return f"allowed here: {allowed}" if allowed else "no element may follow here"

    def _misplaced(self, mistake: Mistake) -> Fault:
        """VA101: an element that does not belong where it stands."""
        node, name = self._elements[mistake.number], mistake.name
        if mistake.parent < 0:
            expected = listed(tag(item) for item in self._next(mistake.state))
            return Fault("VA101", f"{tag(name)} cannot be the outermost element", node, f"expected: {expected}")
        parent, inside = tag(self._name(mistake.parent)), self._inside(mistake.content)
        hint = self._misplaced_hint(mistake)
        if name in inside:
            before = self._belongs_before(node, mistake)
            what = "out of its order" if before else "repeated or out of its order"
            return Fault("VA101", f"{tag(name)} in {parent} is {what}", node,
                         f"it belongs before {tag(before)}" if before else hint)
        if name not in self._known:
            alike = self._like(name, inside) or self._like(name, self._known)
            return Fault("VA101", f"{tag(name)} is no element of this schema{alike}", node, hint)
        if not inside and not self._automaton.elements_next(mistake.state):
            return Fault("VA101", f"{tag(name)} is not allowed in {parent}, which holds no elements", node,
                         f"remove the tags of {tag(name)}, or the element that holds it")
        alike = self._like(name, self._next(mistake.state))
        return Fault("VA101", f"{tag(name)} is not allowed in {parent}{alike}", node, hint)

    def _belongs_before(self, node: etree._Element, mistake: Mistake) -> str:
        """Return the last of the elements before a child that it may stand before; none where its like is there."""
        found, state = "", mistake.content
        siblings = [str(sibling.tag).removeprefix("{") for sibling in node.itersiblings("*", preceding=True)]
        if mistake.name in siblings:
            return ""
        for sibling in reversed(siblings):
            if state is None:
                break
            if self._automaton.allows(state, mistake.name):
                found = sibling
            state = self._automaton.behind_child(state, sibling) or state
        return found

    def _early(self, mistake: Mistake) -> Fault:
        """VA102: an element that may stand here once another does."""
        node, name = self._elements[mistake.number], mistake.name
        where = tag(self._name(mistake.parent)) if mistake.parent >= 0 else "the document"
        for missing in self._next(mistake.state):
            behind = self._automaton.behind_child(mistake.state, missing)
            if behind is not None and self._automaton.allows(behind, name):
                return Fault("VA102", f"{tag(missing)} is missing before {tag(name)} in {where}", node,
                             f"put {tag(missing)} there")
        missing = listed(tag(item) for item in self._next(mistake.state))
        return Fault("VA102", f"{tag(name)} in {where} comes too early: what must stand before it is missing", node,
                     f"it may follow here: {missing}")

    def _end(self, mistake: Mistake) -> Fault:
        """VA102: an element that ends too early."""
        node, state = self._elements[mistake.number], mistake.state
        # What leaves the state as it is (a page break between the items of a list) is not what is missing.
        possible = self._next(state)
        needed = [name for name in possible if self._automaton.behind_child(state, name) is not state]
        missing = listed(tag(name) for name in needed or possible)
        if not missing:
            return Fault("VA102", f"{tag(mistake.name)} is empty", node, "give it its text, or remove it")
        what = "ends too early" if len(node) or (node.text or "").strip(_BLANKS) else "is empty"
        return Fault("VA102", f"{tag(mistake.name)} {what}: {missing} is missing", node, f"add {missing}")

    # Characters

    def _text(self, mistake: Mistake) -> Fault:
        """VA105: text where none may stand."""
        inside = self._inside(mistake.content)
        hint = f"put the words in one of its elements: {listed(tag(name) for name in inside)}" if inside else (
            "it must be empty")
        if names.name(TEI_NS, "p") in inside:
            hint = "put the words in a paragraph (<p>) or another of its elements"
        first = mistake.text.split(maxsplit=1)[0][:100]
        return Fault("VA105", f"text is not allowed directly in {tag(mistake.name)}: “{shortened(mistake.text)}”",
                     self._elements[mistake.number], hint, words=first, tail=not mistake.inside)

    def _data(self, mistake: Mistake) -> Fault:
        """VA104: the text of an element is not what its datatype asks for."""
        wanted = listed(in_words(self._automaton.patterns, part) for part in self._automaton.data_in(mistake.state))
        return Fault("VA104", f"{tag(mistake.name)} holds “{shortened(mistake.text)}”, which is not allowed",
                     self._elements[mistake.number], f"expected: {wanted}")

    # Attributes

    def _attribute(self, mistake: Mistake) -> Fault:
        """VA103: an attribute that the element does not have, or not beside its others."""
        node, name = self._elements[mistake.number], mistake.attribute
        allowed = self._attribute_names(mistake)
        clark = f"{{{name}" if "}" in name else name
        if self._values(mistake):
            return Fault("VA103", f"the attribute @{shown(name)} of {tag(mistake.name)} cannot stand beside the others",
                         node, "remove this one or the other", attribute=clark)
        hint = f"allowed here: {listed(f'@{shown(item)}' for item in allowed)}"
        what = f"the attribute @{shown(name)} is not allowed on {tag(mistake.name)}{self._like(name, allowed)}"
        return Fault("VA103", what, node, hint if allowed else "no attribute is allowed here", attribute=clark)

    def _attribute_names(self, mistake: Mistake) -> tuple[str, ...]:
        nodes = self._automaton.patterns.nodes
        parts = mistake.opened.parts if mistake.opened else ()
        return tuple(sorted({name for part in parts for attribute in self._derivatives.attributes(part)
                             for name in names.names_in(nodes[attribute][1])}))

    def _values(self, mistake: Mistake) -> list[int]:
        """The patterns that the schema has for the value of the attribute on this element."""
        parts = mistake.opened.parts if mistake.opened else ()
        return sorted({value for part in parts for value in self._derivatives.values_of(part, mistake.attribute)})

    def _value(self, mistake: Mistake) -> Fault:
        """VA104: a value that is not allowed."""
        name, patterns = mistake.attribute, self._automaton.patterns
        wanted = [part for value in self._values(mistake) for part in self._automaton.data_of(value)]
        words = listed((in_words(patterns, part) for part in wanted), most=30)
        literals = [patterns.nodes[part][3] for part in wanted if patterns.nodes[part][0] == "value"]
        return Fault("VA104", f"@{shown(name)}=\"{shortened(mistake.text)}\" of {tag(mistake.name)} is not allowed"
                              f"{self._like(mistake.text, literals)}", self._elements[mistake.number],
                     f"expected: {words}" if words else "", attribute=f"{{{name}" if "}" in name else name)

    def _incomplete(self, mistake: Mistake) -> Fault:
        """VA106: an attribute is missing."""
        node = self._elements[mistake.number]
        given = tuple(str(name).removeprefix("{") for name in node.attrib)
        nodes = self._automaton.patterns.nodes
        lacking = self._automaton.lacking(mistake.opened, given) if mistake.opened else []
        wanted = [listed(f"@{shown(name)}" for attribute in factor for name in names.names_in(nodes[attribute][1]))
                  for factor in lacking]
        what = " and ".join(sorted(set(filter(None, wanted)))) or "that it needs"
        values = [in_words(self._automaton.patterns, part) for factor in lacking if len(lacking) == len(factor) == 1
                  for attribute in factor for part in self._automaton.data_of(nodes[attribute][2])]
        return Fault("VA106", f"{tag(mistake.name)} lacks the attribute {what}", node,
                     f"add {what}" + (f": {listed(values)}" if values else ""))


def _in_brackets(meant: list[str]) -> str:
    return f" ({'; '.join(meant)})" if meant else ""
