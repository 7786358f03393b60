"""Documents made from a grammar: walks a RELAX NG schema and writes what it allows.

The proof that our schema accepts no more than TEI All rests on documents that nobody thought of. A `Grammar` reads
the .rng; `Grammar.document` follows a *tape* of bytes, one byte a decision (which branch, whether, how often), so that
hypothesis can draw tapes and a short tape makes a small document. Where the tape ends, the cheapest way to a complete
document is taken. With a `goal`, a parent and a child element, the walk goes there by the shortest way first: so every
place where an element may stand can be visited on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
FAR = 10**6
DEPTH = 12
WORDS = ("Congo", "U.N.", "770G.00/8–1862", " and ", "“plan”", "\n", "Tshombé", "& <", "293", " ")
URIS = ("#d1", "https://example.org/a?b=c", "frus1961-63v20#d280", "#p_JLB1", "mailto:history@example.org")
DAYS = ("1962-08-18", "1964-02-29", "1999-12-31", "1000-01-01", "2999-10-10")
CLOCKS = ("00:00:00", "23:59:59", "12:30:00-05:00", "12:30:00.5Z", "06:07:08+13:59")
SAMPLES: dict[str, tuple[str, ...]] = {
    "anyURI": URIS,
    "boolean": ("true", "false", "1"),
    "date": DAYS,
    "dateTime": tuple(f"{day}T{clock}" for day in DAYS for clock in CLOCKS),
    "decimal": ("0", "-12", "3.50", "293"),
    "gMonthDay": ("--08-18", "--02-29"),
    "gYear": ("1962", "2999"),
    "gYearMonth": ("1962-08", "1000-12"),
    "language": ("en", "fr", "de-CH", "zh-Hant"),
    "NMTOKEN": ("sampling", "not-declassified"),
    "nonNegativeInteger": ("0", "1", "20"),
    "string": ("x", "a b", "p_JLB1"),
    "time": CLOCKS,
    "token": ("x", "a b"),
}
REGEX_TYPES = frozenset({"token", "string", "Name"})


@dataclass(frozen=True, eq=False)
class Pattern:
    """One pattern of the grammar; compared by identity, since two `note` elements may differ."""

    kind: str
    name: str = ""
    children: list[Pattern] = field(default_factory=list)
    values: tuple[str, ...] = ()

    @cached_property
    def leaves(self) -> tuple[Pattern, ...]:
        """The elements that can stand here, without entering them."""
        if self.kind == "element":
            return (self,)
        return tuple(dict.fromkeys(leaf for child in self.children for leaf in child.leaves))

    @cached_property
    def attributes(self) -> tuple[Pattern, ...]:
        if self.kind == "attribute":
            return (self,)
        return tuple(
            dict.fromkeys(found for child in self.children if child.kind != "element" for found in child.attributes)
        )


class Tape:
    """The decisions of one document; 0, the cheapest choice, when it has run out."""

    def __init__(self, decisions: bytes) -> None:
        self._left = iter(decisions)
        self.ended = not decisions

    def below(self, limit: int) -> int:
        byte = next(self._left, None)
        self.ended = byte is None
        return (byte or 0) % limit


class Grammar:
    """A RELAX NG schema without interleave, as `trang` writes ours."""

    def __init__(self, path: Path) -> None:
        root = etree.parse(path).getroot()
        self._ns = root.get("ns", "")
        self._defines = {d.get("name", ""): d for d in root.iter(f"{RNG}define")}
        self._made: dict[str, Pattern] = {}
        self._pending: list[tuple[Pattern, etree._Element]] = []
        start = next(root.iter(f"{RNG}start"))
        self.start = self._group(start)
        while self._pending:  # the content of elements is read late: grammars are circular
            element, source = self._pending.pop()
            element.children.append(self._group(source))
        self.elements = tuple(self._reached())
        self._cost = self._costs()
        self._steps = self._distances()

    # reading the schema

    def _group(self, source: etree._Element) -> Pattern:
        return Pattern("group", children=[self._read(child) for child in source if isinstance(child.tag, str)])

    def _read(self, source: etree._Element) -> Pattern:
        kind = str(source.tag).removeprefix(RNG)
        name = source.get("name", "")
        if kind == "ref":
            if name not in self._made:
                define = self._defines[name]
                only = [child for child in define if isinstance(child.tag, str)]
                self._made[name] = self._read(only[0]) if len(only) == 1 else self._group(define)
            return self._made[name]
        if kind in ("element", "attribute"):
            pattern = Pattern(kind, self._qualified(source, name))
            if kind == "element":
                self._pending.append((pattern, source))
            else:
                content = self._group(source)
                pattern.children.append(content if content.children else Pattern("text"))
            return pattern
        if kind in ("value", "data"):
            return Pattern(kind, source.get("type", "token"), values=self._values(source))
        if kind not in {"group", "choice", "optional", "zeroOrMore", "oneOrMore", "list", "text", "empty"}:
            raise ValueError(f"the generator does not know the pattern {kind}")
        inner = self._group(source)
        if kind == "choice":
            return Pattern(kind, children=inner.children)
        return Pattern(kind, children=[inner])

    def _qualified(self, source: etree._Element, name: str) -> str:
        prefix, colon, local = name.partition(":")
        if prefix == "xml":
            return XML + local
        if colon:
            return f"{{{source.nsmap[prefix]}}}{local}"
        return f"{{{self._ns}}}{name}" if source.tag == f"{RNG}element" and self._ns else name

    def _values(self, source: etree._Element) -> tuple[str, ...]:
        if source.tag == f"{RNG}value":
            return (source.text or "",)
        kind = source.get("type", "")
        regex = next((str(p.text) for p in source.iter(f"{RNG}param") if p.get("name") == "pattern"), "")
        if regex and kind in REGEX_TYPES:
            return _matching(regex)
        if kind == "ID":
            return ("ID",)
        return tuple(sample for sample in SAMPLES[kind] if not regex or re.fullmatch(regex, sample))

    # what can be reached, and how dear it is

    def _reached(self) -> Iterator[Pattern]:
        seen = dict.fromkeys(self.start.leaves)
        queue = list(seen)
        while queue:
            element = queue.pop(0)
            yield element
            for leaf in element.children[0].leaves:
                if leaf not in seen:
                    seen[leaf] = None
                    queue.append(leaf)

    def _costs(self) -> dict[Pattern, int]:
        cost = dict.fromkeys(self.elements, FAR)
        changed = True
        while changed:
            changed = False
            for element in self.elements:
                new = 1 + self._price(element.children[0], cost)
                changed |= new < cost[element]
                cost[element] = min(new, cost[element])
        return cost

    def _price(self, pattern: Pattern, cost: dict[Pattern, int]) -> int:
        if pattern.kind == "element":
            return cost[pattern]
        if pattern.kind in ("optional", "zeroOrMore", "attribute", "text", "data", "value"):
            return 0
        prices = [self._price(child, cost) for child in pattern.children]
        return min(prices) if pattern.kind == "choice" else min(sum(prices), FAR)

    def _distances(self) -> dict[Pattern, dict[Pattern, int]]:
        """For each goal: how many elements lie between it and each element (0 at the goal)."""
        parents: dict[Pattern, list[Pattern]] = {element: [] for element in self.elements}
        for element in self.elements:
            for leaf in element.children[0].leaves:
                parents[leaf].append(element)
        steps: dict[Pattern, dict[Pattern, int]] = {}
        for goal in self.elements:
            steps[goal] = {goal: 0}
            queue = [goal]
            while queue:
                element = queue.pop(0)
                for parent in parents[element]:
                    if parent not in steps[goal]:
                        steps[goal][parent] = steps[goal][element] + 1
                        queue.append(parent)
        return steps

    def places(self) -> list[tuple[Pattern, Pattern]]:
        """Every element with every child that its content allows."""
        return [(parent, child) for parent in self.elements for child in parent.children[0].leaves]

    # writing a document

    def document(
        self, decisions: bytes, goal: tuple[Pattern, ...] = (), *, every_attribute: bool = False
    ) -> etree._Element:
        walk = _Walk(self, Tape(decisions), list(goal), every_attribute=every_attribute)
        holder = etree.Element("holder")
        walk.nearest = self.away(self.start, goal[0]) if goal else FAR
        walk.write(self.start, holder)
        root = holder[0]
        holder.remove(root)
        return root

    def away(self, pattern: Pattern, goal: Pattern) -> int:
        steps = self._steps[goal]
        return min((steps.get(leaf, FAR) for leaf in pattern.leaves), default=FAR)

    def price(self, pattern: Pattern) -> int:
        return self._price(pattern, self._cost)


class _Walk:
    def __init__(self, grammar: Grammar, tape: Tape, goals: list[Pattern], *, every_attribute: bool) -> None:
        self.grammar, self.tape, self.goals, self.every_attribute = grammar, tape, goals, every_attribute
        self.depth = DEPTH
        self.ids = 0
        self.nearest = FAR

    def write(self, pattern: Pattern, parent: etree._Element) -> None:
        kind = pattern.kind
        if kind == "element":
            self._element(pattern, parent)
        elif kind == "attribute":
            parent.set(pattern.name, self._value(pattern.children[0]))
        elif kind == "text":
            _append_text(parent, WORDS[self.tape.below(len(WORDS))])
        elif kind in ("data", "value", "list"):
            _append_text(parent, self._value(pattern))
        elif kind == "choice":
            self.write(self._branch(pattern.children), parent)
        else:
            for _ in range(self._times(pattern)):
                for child in pattern.children:
                    self.write(child, parent)

    def _element(self, pattern: Pattern, parent: etree._Element) -> None:
        on_the_way = self._leads(pattern)
        if self.goals and self.goals[0] is pattern:
            self.goals.pop(0)
        element = etree.SubElement(parent, pattern.name, nsmap={None: pattern.name[1:].partition("}")[0]})
        outside = self.nearest
        self.nearest = self.grammar.away(pattern.children[0], self.goals[0]) if self.goals and on_the_way else FAR
        self.depth -= 1
        self.write(pattern.children[0], element)
        self.depth += 1
        self.nearest = outside

    def _leads(self, pattern: Pattern) -> bool:
        """Whether the shortest way from the present element to the goal goes through here."""
        return bool(self.goals) and self.grammar.away(pattern, self.goals[0]) == self.nearest < FAR

    def _branch(self, branches: list[Pattern]) -> Pattern:
        leading = next(filter(self._leads, branches), None)
        if leading is not None:
            return leading
        if self.depth <= 0 or self.tape.ended:
            return min(branches, key=self.grammar.price)
        return branches[self.tape.below(len(branches))]

    def _times(self, pattern: Pattern) -> int:
        least = 0 if pattern.kind in ("optional", "zeroOrMore") else 1
        if least == 0 and (self._leads(pattern) or (self.every_attribute and pattern.attributes)):
            return 1
        if pattern.kind not in ("optional", "zeroOrMore", "oneOrMore"):
            return 1
        if pattern.leaves and self.depth <= 0:
            return least
        most = 1 if pattern.kind == "optional" else least + 3
        return least + self.tape.below(most - least + 1)

    def _value(self, pattern: Pattern) -> str:
        kind = pattern.kind
        if kind == "choice":
            return self._value(pattern.children[self.tape.below(len(pattern.children))])
        if kind == "value" or (kind == "data" and pattern.name != "ID"):
            return pattern.values[self.tape.below(len(pattern.values))]
        if kind == "data":
            self.ids += 1
            return f"x{self.ids}"
        if kind == "text":
            return ("x", "//body/div[@type='document']", "", "a  b")[self.tape.below(4)]
        parts = [self._value(child) for _ in range(self._times(pattern)) for child in pattern.children]
        return " ".join(part for part in parts if part)


def _append_text(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _always_the_same(count: int) -> settings:
    return settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )


@cache
def _matching(regex: str, count: int = 25) -> tuple[str, ...]:
    """Strings that a pattern facet of XSD accepts."""
    python = regex.replace(r"[^\p{C}\p{Z}]", r"\S")
    found: list[str] = []
    letters = st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"))

    @_always_the_same(count)
    @given(st.from_regex(python, fullmatch=True, alphabet=letters))
    def draw(text: str) -> None:
        if text == " ".join(text.split()) and not text.startswith("-0") and len(text) < 60:
            found.append(text)

    draw()
    if not found:
        raise ValueError(f"nothing matches {regex}")
    return tuple(dict.fromkeys(found))


def drawn(count: int, length: int = 120) -> list[bytes]:
    """Tapes drawn by hypothesis: always the same ones, so that a failure can be seen again."""
    tapes: list[bytes] = []

    @_always_the_same(count)
    @given(st.binary(min_size=length // 2, max_size=length))
    def draw(tape: bytes) -> None:
        tapes.append(tape)

    draw()
    return tapes
