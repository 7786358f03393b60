"""The grammar: libxml2 says whether a document is valid, our patterns say what is wrong, where, and what is expected.

libxml2's "Did not expect element x there" helps nobody, and it often names the parent of the culprit. So only its
verdict is used; where it is "invalid" the tree is walked with the patterns of the same schema. What the walk cannot
explain (a grammar that `rng` does not read, or a fault that only libxml2 sees) is reported as VA100 in libxml2's words.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.tei import TEI, XML_ID, XML_NS, local_name
from tei_edition.validation import patterns
from tei_edition.validation.fault import Fault
from tei_edition.validation.patterns import NEVER, Attribute, Data, Element, Pattern, choice
from tei_edition.validation.rng import Grammar, Unreadable

_SHOWN = 12  # names of allowed elements that are listed before "and 40 more"


class _Schema(NamedTuple):
    """A compiled schema: libxml2's validator, and the grammar that explains (None where there is none)."""

    validator: etree.RelaxNG | etree.XMLSchema
    grammar: Grammar | None


@functools.cache
def _compiled(path: Path) -> _Schema:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        tree = etree.parse(path, parser)
        if path.suffix == ".xsd":
            return _Schema(etree.XMLSchema(tree), None)
        validator = etree.RelaxNG(tree)
    except (OSError, etree.LxmlError) as error:
        reason = str(error).split("\n")[0]
        raise WrongUsage(finding("CO001", f"is no schema that can be used (.rng or .xsd): {reason}",
                                 Location(str(path)), hint="check the name given to --schema")) from None
    try:
        return _Schema(validator, Grammar(path))
    except (Unreadable, KeyError, StopIteration):
        return _Schema(validator, None)


class _Inside(NamedTuple):
    """The walk goes on inside an element, with what it may hold."""

    node: etree._Element
    body: Pattern
    quiet: bool  # it does not belong where it stands: what it lacks itself is no second mistake


def grammar_faults(root: etree._Element, schema: Path) -> list[Fault]:
    """Return what the schema (.rng or .xsd) does not allow in the document; nothing where it is valid."""
    validator, grammar = _compiled(schema)
    if validator.validate(root.getroottree()):
        return []
    faults = list(_Walk(grammar).root(root)) if grammar else []
    if faults or _only_ids_are_wrong(root, validator):
        return faults
    return list(_from_libxml2(root, validator))


def _only_ids_are_wrong(root: etree._Element, validator: etree.RelaxNG | etree.XMLSchema) -> bool:
    """Tell whether the document is valid but for an `xml:id` that is given twice.

    To libxml2 that is a fault of grammar. Here it is an editorial finding (VA301), lest it hide all others.
    """
    copy = deepcopy(root)
    seen: set[str] = set()
    for element in copy.iter("*"):
        name = element.get(XML_ID)
        while name in seen:
            name += "_"
        if name is not None:
            seen.add(name)
            element.set(XML_ID, name)
    valid = validator.validate(copy.getroottree())
    if not valid:
        validator.validate(root.getroottree())  # its log is to be that of the document
    return bool(valid)


def _from_libxml2(root: etree._Element, validator: etree.RelaxNG | etree.XMLSchema) -> Iterator[Fault]:
    for entry in validator.error_log:
        found = root.getroottree().xpath(entry.path) if entry.path else []
        element = found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else root
        words = re.sub(r"^Element '[^']*'(, a|: )|{[^}]*}", lambda m: "a" if m[1] == ", a" else "", entry.message)
        yield Fault("VA100", f"in {_tag(element.tag)}: {words}", element)


def _name(name: str) -> str:
    """Return a name as an editor writes it: without its namespace, but for the prefix xml."""
    return f"xml:{name.rpartition('}')[2]}" if name.startswith(f"{{{XML_NS}}}") else name.rpartition("}")[2]


def _tag(name: object) -> str:
    """Return the name of an element in angle brackets, with its namespace where that is not TEI's."""
    text = str(name)
    space = text[1:].partition("}")[0]
    other = f" (namespace {space or 'none'})" if not text.startswith(TEI) else ""
    return f"<{_name(text)}>{other}"


def _listed(names: Iterable[str], *, most: int = _SHOWN) -> str:
    """Return names as a sentence holds them: sorted, each once, the many cut short."""
    ordered = sorted(set(names))
    if len(ordered) > most:
        return f"{', '.join(ordered[:most])} and {len(ordered) - most} more"
    return ordered[0] if len(ordered) == 1 else f"{', '.join(ordered[:-1])} or {ordered[-1]}" if ordered else ""


def _element_names(elements: Iterable[Element]) -> str:
    return _listed(f"<{_name(name)}>" for element in elements for name in element.names.names)


def _shortened(text: str, most: int = 40) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def _like(name: str, known: Iterable[str]) -> str:
    """Return ` (did you mean persName?)` where a known name is much like this one."""
    by_lower = {_name(item).lower(): _name(item) for item in sorted(known)}
    wanted = _name(name).lower()
    begins = [item for item in by_lower if len(item) > 2 < len(wanted)
              and (item.startswith(wanted) or wanted.startswith(item))]
    close = difflib.get_close_matches(wanted, by_lower, n=1, cutoff=0.75) or begins
    return f"; did you mean {by_lower[close[0]]}?" if close and by_lower[close[0]] != _name(name) else ""


class _Walk:
    """Walks a document that is not valid and says of each element what is wrong with it, going on after each fault."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def root(self, root: etree._Element) -> Iterator[Fault]:
        """Yield the faults of the document in its order."""
        starts = patterns.expected(self._grammar.start)
        matching = [start for start in starts if start.names.matches(str(root.tag))]
        if not matching:
            yield Fault("VA101", f"{_tag(root.tag)} cannot be the outermost element", root,
                        f"expected: {_element_names(starts)}")
            return
        # A stack of our own: elements nested two thousand deep are no reason to fall over.
        stack = [(self._element(root, choice(start.body for start in matching)), False)]
        while stack:
            steps, quiet = stack[-1]
            step = next(steps, None)
            if step is None:
                stack.pop()
            elif isinstance(step, _Inside):
                stack.append((self._element(step.node, step.body), step.quiet))
            elif not (quiet and step.code in ("VA102", "VA105", "VA106")):
                yield step

    def _element(self, node: etree._Element, body: Pattern) -> Iterator[Fault | _Inside]:
        left = body
        for name, value in node.attrib.items():
            after = patterns.after_attribute(left, str(name), str(value))
            if after is NEVER:
                yield self._wrong_attribute(node, body, str(name), str(value))
                after = patterns.after_attribute(left, str(name), None)
            left = left if after is NEVER else after
        content = patterns.without_attributes(left, False)
        if content is NEVER:
            yield self._missing_attribute(node, left)
            content = patterns.without_attributes(left, True)
        yield from self._content(node, content) if len(list(node.iterchildren("*"))) else _characters(node, content)

    # Attributes

    def _wrong_attribute(self, node: etree._Element, body: Pattern, name: str, value: str) -> Fault:
        known = [part for part in patterns.parts_of(body) if isinstance(part, Attribute)]
        same = [part for part in known if part.names.matches(name)]
        shown = _name(name)
        if not same:
            allowed = [item for part in known for item in part.names.names]
            hint = f"allowed here: {_listed(f'@{_name(item)}' for item in allowed)}"
            return Fault("VA103", f"the attribute @{shown} is not allowed on {_tag(node.tag)}{_like(name, allowed)}",
                         node, hint if allowed else "no attribute is allowed here")
        if any(patterns.accepts(part.value, value) for part in same):
            return Fault("VA103", f"the attribute @{shown} of {_tag(node.tag)} cannot stand beside the others", node,
                         "remove this one or the other")
        wanted = [part for attribute in same for part in patterns.parts_of(attribute.value) if isinstance(part, Data)]
        words = _listed((part.words for part in wanted), most=30)
        literals = [part.words.strip("“”") for part in wanted if part.literal]
        return Fault("VA104", f"@{shown}=\"{_shortened(value)}\" of {_tag(node.tag)} is not allowed"
                              f"{_like(value, literals)}", node, f"expected: {words}" if words else "")

    def _missing_attribute(self, node: etree._Element, left: Pattern) -> Fault:
        wanted = [part for part in patterns.parts_of(left) if isinstance(part, Attribute)]
        # One is needed for certain if the element is complete once this one alone is there, or incomplete without it.
        certain = [part for part in wanted if not _complete_without(left, part)] or wanted
        names = [f"@{_name(name)}" for part in certain for name in part.names.names]
        values = [part.words for attribute in certain if len(certain) == 1
                  for part in patterns.parts_of(attribute.value) if isinstance(part, Data)]
        hint = f"add {' and '.join(sorted(set(names)))}" + (f": {_listed(values)}" if values else "")
        return Fault("VA106", f"{_tag(node.tag)} lacks the attribute {' and '.join(sorted(set(names)))}", node, hint)

    # Content

    def _content(self, node: etree._Element, content: Pattern) -> Iterator[Fault | _Inside]:
        left, text_reported, lost = content, False, False
        for child in (None, *node.iterchildren("*")):
            if child is not None:
                fault, left, bodies = self._child(node, child, content, left)
                # Behind a child that does not belong here, what is missing is most likely what it stands for.
                if fault and not (lost and fault.code == "VA102"):
                    yield fault
                lost = fault is not None
                if bodies is not None:
                    yield _Inside(child, bodies, fault is not None and fault.code == "VA101")
            text = _text_after(node, child)
            after = patterns.after_text(left, text) if text.strip() else left
            if after is NEVER and not text_reported:
                text_reported = True  # one finding an element: the same mistake stands in its other texts
                yield _no_text(node, text, content, child)
            left = left if after is NEVER else after
        if not left.nullable and not lost:
            yield _ends_early(node, left)

    def _child(self, node: etree._Element, child: etree._Element, content: Pattern,
               left: Pattern) -> tuple[Fault | None, Pattern, Pattern | None]:
        """Return the fault of the child in this place, if any, what may follow it, and what it may itself hold."""
        name = str(child.tag)
        here = [item for item in patterns.expected(left) if item.names.matches(name)]
        after = patterns.after_child(left, name)
        if after is not NEVER:
            return None, after, choice(item.body for item in here)
        next_here = patterns.expected(left)
        inside = [part for part in patterns.parts_of(content) if isinstance(part, Element) and part.names.matches(name)]
        bodies = choice(item.body for item in inside or self._grammar.by_name.get(name, ())) if (
            inside or name in self._grammar.by_name) else None
        for missing in next_here if inside else ():
            for skipped in sorted(missing.names.names):
                after = patterns.after_child(patterns.after_child(left, skipped), name)
                if after is not NEVER:
                    what = f"<{_name(skipped)}> is missing before {_tag(name)} in {_tag(node.tag)}"
                    fault = Fault("VA102", what, child, f"put <{_name(skipped)}> there")
                    return fault, after, bodies
        fault = self._unexpected(node, child, bool(inside), next_here, content)
        return fault, left, bodies

    def _unexpected(self, node: etree._Element, child: etree._Element, elsewhere: bool, next_here: Iterable[Element],
                    content: Pattern) -> Fault:
        name, parent = str(child.tag), _tag(node.tag)
        allowed = _element_names(next_here)
        hint = f"allowed here: {allowed}" if allowed else "no element may follow here"
        if elsewhere:
            before = _belongs_before(child, content)
            what = "out of its order" if before is not None else "repeated or out of its order"
            return Fault("VA101", f"{_tag(name)} in {parent} is {what}", child,
                         hint if before is None else f"it belongs before {_tag(before.tag)}")
        if name not in self._grammar.by_name:
            inside = [item for part in patterns.parts_of(content) if isinstance(part, Element)
                      for item in part.names.names]
            like = _like(name, inside) or _like(name, self._grammar.by_name)
            return Fault("VA101", f"{_tag(name)} is no element of this schema{like}", child, hint)
        if not any(isinstance(part, Element) for part in patterns.parts_of(content)):
            return Fault("VA101", f"{_tag(name)} is not allowed in {parent}, which holds no elements", child,
                         f"remove the tags of {_tag(name)}, or the element that holds it")
        like = _like(name, [item for part in next_here for item in part.names.names])
        return Fault("VA101", f"{_tag(name)} is not allowed in {parent}{like}", child, hint)


def _belongs_before(child: etree._Element, content: Pattern) -> etree._Element | None:
    """Return the last of the elements before a child that it may stand before; None where its like is there already."""
    left, found = content, None
    for sibling in reversed(list(child.itersiblings("*", preceding=True))):
        if sibling.tag == child.tag:
            return None
        if patterns.after_child(left, str(child.tag)) is not NEVER:
            found = sibling
        after = patterns.after_child(left, str(sibling.tag))
        left = left if after is NEVER else after
    return found


def _text_after(node: etree._Element, child: etree._Element | None) -> str:
    """Return the text of `node` behind a child (None: at its beginning) up to the next, over comments between."""
    text = (node.text if child is None else child.tail) or ""
    following = node[0] if child is None and len(node) else child.getnext() if child is not None else None
    while following is not None and not local_name(following):
        text += following.tail or ""
        following = following.getnext()
    return text


def _characters(node: etree._Element, content: Pattern) -> Iterator[Fault]:
    """An element without children: text, a value, or nothing."""
    text = _text_after(node, None)
    if patterns.accepts(content, text):
        return
    data = [part for part in patterns.parts_of(content) if isinstance(part, Data)]
    if data:
        yield Fault("VA104", f"{_tag(node.tag)} holds “{_shortened(text)}”, which is not allowed", node,
                    f"expected: {_listed(part.words for part in data)}")
    elif text.strip() and patterns.after_text(content, text) is NEVER:
        yield _no_text(node, text, content, None)
    else:
        yield _ends_early(node, content)


def _no_text(node: etree._Element, text: str, content: Pattern, before: etree._Element | None) -> Fault:
    inside = _element_names(part for part in patterns.parts_of(content) if isinstance(part, Element))
    hint = f"put the words in one of its elements: {inside}" if inside else "it must be empty"
    if any(part.names.matches(f"{TEI}p") for part in patterns.parts_of(content) if isinstance(part, Element)):
        hint = "put the words in a paragraph (<p>) or another of its elements"
    first = text.split()[0]
    return Fault("VA105", f"text is not allowed directly in {_tag(node.tag)}: “{_shortened(text)}”",
                 node if before is None else before, hint, words=first, tail=before is not None)


def _ends_early(node: etree._Element, left: Pattern) -> Fault:
    # What leaves the pattern as it is (a page break between the items of a list) is not what is missing.
    possible = patterns.expected(left)
    needed = [part for part in possible
              if any(patterns.after_child(left, name) is not left for name in part.names.names)]
    missing = _element_names(needed or possible)
    if not missing:
        return Fault("VA102", f"{_tag(node.tag)} is empty", node, "give it its text, or remove it")
    what = "is empty" if not len(node) and not (node.text or "").strip() else "ends too early"
    return Fault("VA102", f"{_tag(node.tag)} {what}: {missing} is missing", node, f"add {missing}")


def _complete_without(left: Pattern, attribute: Attribute) -> bool:
    """Tell whether the element may lack the attribute if it has all the others."""
    match left:
        case patterns.Attribute():
            return left is not attribute
        case patterns.Choice():
            return any(_complete_without(part, attribute) for part in left.parts)
        case patterns.Pair():
            return _complete_without(left.first, attribute) and _complete_without(left.second, attribute)
        case patterns.Repeated():
            return _complete_without(left.part, attribute)
    return left is not NEVER
