"""The RELAX NG engine: held against a slow and obvious matcher, against libxml2 and jing, and its prepared schemas."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition.diagnostics import WrongUsage
from tei_edition.resources import schema_path
from tei_edition.validation import grammar
from tei_edition.validation.grammar import grammar_faults
from tei_edition.validation.relaxng import automaton as automaton_module
from tei_edition.validation.relaxng.automaton import Automaton, Checkers
from tei_edition.validation.relaxng.patterns import EMPTY, NEVER, TEXT, Patterns
from tei_edition.validation.relaxng.prepared import automaton_of
from tei_edition.validation.relaxng.stream import _Run, mistakes

MISTAKES = Path(__file__).parent / "mistakes"

# A pattern as nested tuples, a document as (name, attributes, children): what the slow matcher understands.
Tree = tuple[object, ...]


def splits(children: list[Tree]) -> Iterator[tuple[list[Tree], list[Tree]]]:
    return ((children[:at], children[at:]) for at in range(len(children) + 1))


def shares(children: list[Tree]) -> Iterator[tuple[list[Tree], list[Tree]]]:
    """Every way to give the children to two readers who each keep their order."""
    for mask in range(1 << len(children)):
        yield ([child for at, child in enumerate(children) if mask >> at & 1],
               [child for at, child in enumerate(children) if not mask >> at & 1])


def matches(pattern: Tree, attributes: frozenset[str], children: list[Tree]) -> bool:
    """Section 6.2 of the specification, word for word: no derivatives, no memory, every division tried."""
    kind, *parts = pattern
    if kind == "empty":
        return not attributes and not children
    if kind == "choice":
        return any(matches(part, attributes, children) for part in parts)  # type: ignore[arg-type]
    if kind == "attribute":
        return attributes == {parts[0]} and not children
    if kind == "element":
        return not attributes and len(children) == 1 and children[0][0] == parts[0] and matches(
            parts[1], frozenset(children[0][1]), list(children[0][2]))  # type: ignore[arg-type, call-overload]
    halves = [(frozenset(x for at, x in enumerate(sorted(attributes)) if mask >> at & 1)) for mask in
              range(1 << len(attributes))]
    if kind == "more":
        return matches(parts[0], attributes, children) or any(  # type: ignore[arg-type]
            left and len(left) < len(children) and matches(parts[0], half, left)  # type: ignore[arg-type]
            and matches(pattern, attributes - half, right) for half in halves for left, right in splits(children))
    divide = splits if kind == "group" else shares
    return any(matches(parts[0], half, left) and matches(parts[1], attributes - half, right)  # type: ignore[arg-type]
               for half in halves for left, right in divide(children))


def built(patterns: Patterns, tree: Tree) -> int:
    kind, *parts = tree
    if kind == "empty":
        return EMPTY
    if kind == "attribute":
        return patterns.attribute(("name", str(parts[0])), TEXT)
    if kind == "element":
        number = patterns.new_element(("name", str(parts[0])))
        patterns.elements[number].content = built(patterns, parts[1])  # type: ignore[arg-type]
        return patterns.element(number)
    made = [built(patterns, part) for part in parts]  # type: ignore[arg-type]
    if kind == "choice":
        return patterns.choice(made)
    return patterns.more(*made) if kind == "more" else getattr(patterns, str(kind))(*made)


def written(node: Tree) -> str:
    name, attributes, children = node
    inside = "".join(written(child) for child in children)  # type: ignore[attr-defined]
    given = "".join(f" {attribute}='1'" for attribute in attributes)  # type: ignore[attr-defined]
    return f"<{name}{given}>{inside}</{name}>"


contents = st.recursive(
    st.sampled_from([("empty",), ("element", "a", ("empty",)), ("element", "b", ("empty",)),
                     ("element", "a", ("attribute", "x")), ("element", "a", ("element", "b", ("empty",)))]),
    lambda inner: st.one_of(st.tuples(st.just("choice"), inner, inner), st.tuples(st.just("group"), inner, inner),
                            st.tuples(st.just("interleave"), inner, inner), st.tuples(st.just("more"), inner),
                            st.tuples(st.just("element"), st.sampled_from("ab"), inner)), max_leaves=6)
starts = st.one_of(contents, st.tuples(st.just("group"), st.tuples(st.just("choice"), st.just(("attribute", "x")),
                                                                  st.just(("empty",))), contents),
                   st.tuples(st.just("choice"), st.tuples(st.just("group"), st.just(("attribute", "x")), contents),
                             st.tuples(st.just("group"), st.just(("attribute", "y")), contents)))
leaves = st.tuples(st.sampled_from("ab"), st.sampled_from([(), ("x",)]), st.just(()))
nodes = st.recursive(leaves, lambda inner: st.tuples(st.sampled_from("ab"), st.sampled_from([(), ("x",)]),
                                                     st.lists(inner, max_size=3).map(tuple)), max_leaves=4)


class TestVerdict:
    @settings(max_examples=400, deadline=None)
    @given(starts, st.sampled_from([(), ("x",), ("y",), ("x", "y")]), st.lists(nodes, max_size=4))
    def test_is_that_of_a_matcher_that_tries_everything(self, content: Tree, attributes: tuple[str, ...],
                                                        children: list[Tree]) -> None:
        patterns = Patterns()
        patterns.start = built(patterns, ("element", "r", content))
        found = mistakes(Automaton(patterns, Checkers(patterns)), written(("r", attributes, children)).encode())
        assert (not found) == matches(content, frozenset(attributes), children)

    @settings(max_examples=150, deadline=None)
    @given(starts, st.lists(nodes, min_size=1, max_size=3))
    def test_does_not_depend_on_what_was_read_before(self, content: Tree, children: list[Tree]) -> None:
        patterns = Patterns()
        patterns.start = built(patterns, ("element", "r", content))
        automaton = Automaton(patterns, Checkers(patterns))
        document = written(("r", (), children)).encode()
        first = [(found.kind, found.number) for found in mistakes(automaton, document)]
        mistakes(automaton, written(("r", ("x",), children[::-1])).encode())
        assert [(found.kind, found.number) for found in mistakes(automaton, document)] == first

    @pytest.mark.parametrize("schema, path", [("tei-edition.rng", "minimal-edition.xml"),
                                              ("tei-edition-frus.rng", "minimal-frus.xml")])
    def test_is_that_of_libxml2_where_libxml2_may_answer_first(self, schema: str, path: str) -> None:
        """Whoever says it, a document is valid or not: 300 copies, broken at random, for each of our schemas."""
        libxml2 = etree.RelaxNG(etree.parse(schema_path(schema)))
        automaton = automaton_of(schema_path(schema))
        for broken in broken_copies(MISTAKES / path, 300):
            data = etree.tostring(broken, encoding="UTF-8")
            assert bool(libxml2.validate(etree.fromstring(data))) == (not mistakes(automaton, data)), data.decode()


def broken_copies(path: Path, number: int, seed: int = 6) -> Iterator[etree._Element]:
    """Yield copies of a document with one to three mistakes each."""
    chance = random.Random(seed)
    space = "{http://www.tei-c.org/ns/1.0}"
    names = [space + name for name in ("p", "div", "note", "persName", "head", "list", "item", "date", "nonsense")]
    for _ in range(number):
        root = etree.parse(path).getroot()
        for _ in range(chance.randint(1, 3)):
            elements = list(root.iter(f"{space}*"))[1:]
            element, other = chance.choice(elements), chance.choice(elements)
            kind = chance.choice(("rename", "drop", "move", "attribute", "value", "lack", "words"))
            if kind == "rename":
                element.tag = chance.choice(names)
            elif kind in ("drop", "move") and other is not element and element not in other.iterancestors():
                element.getparent().remove(element)  # type: ignore[union-attr]
                other.extend([element] if kind == "move" else [])
            elif kind == "attribute":
                element.set(chance.choice(("when", "type", "nonsense", "n")), "x")
            elif kind == "value" and element.attrib:
                # Not the xml:id: to libxml2 an id given twice is a mistake of the grammar; here it is VA301.
                element.set(sorted(map(str, element.attrib))[0], chance.choice(("a b", "1962-13", "", "#x y")))
            elif kind == "lack" and element.attrib:
                element.attrib.pop(sorted(map(str, element.attrib))[-1])
            elif kind == "words":
                element.tail = "loose words"
        yield root


@pytest.mark.skipif(shutil.which("jing") is None, reason="jing (Debian) is not here")
class TestBesideJing:
    @pytest.mark.parametrize("schema, path", [("tei-edition.rng", "minimal-edition.xml"),
                                              ("tei-edition-frus.rng", "minimal-frus.xml")])
    def test_mistakes_are_found_in_the_same_elements(self, schema: str, path: str, tmp_path: Path) -> None:
        files = []
        for number, root in enumerate(broken_copies(MISTAKES / path, 60, seed=11)):
            files.append(tmp_path / f"{number}.xml")
            files[-1].write_bytes(etree.tostring(root, encoding="UTF-8"))
        said = subprocess.run(["jing", "-i", schema_path(schema), *files], capture_output=True, text=True, check=False)
        theirs: dict[str, set[int]] = {}
        for line in said.stdout.splitlines():
            if place := re.match(r"(.+?):(\d+):(\d+): error: (?:element \"([\w:-]+)\")?", line):
                data = Path(place[1]).read_bytes()
                theirs.setdefault(place[1], set()).add(ended_at(data, int(place[2]), int(place[3]), place[4]))
        automaton = automaton_of(schema_path(schema))
        for file in files:
            ours = {found.parent if found.kind == "text" else found.number
                    for found in mistakes(automaton, file.read_bytes())}
            assert ours == theirs.get(str(file), set()), file.read_text("utf-8")


def ended_at(data: bytes, line: int, column: int, named: str | None) -> int:
    """Return the number of the element whose tag, or whose characters, end at a place.

    jing repeats its message on an unknown element at the element's first child; so where it names an element by
    another name than that of the place, the parent is meant.
    """
    events: list[tuple[int, int, int]] = []
    names: list[str] = []
    parents: list[int] = []
    stack: list[int] = [-1]
    parser = expat.ParserCreate()

    def at(number: int) -> None:
        events.append((parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, number))

    def start(name: str, _attributes: object) -> None:
        names.append(name)
        parents.append(stack[-1])
        stack.append(len(names) - 1)
        at(stack[-1])

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: at(stack.pop())
    parser.CharacterDataHandler = lambda _text: at(stack[-1])
    parser.Parse(data, True)
    found = next((before[2] for before, behind in pairwise(events) if behind[:2] == (line, column)), 0)
    return parents[found] if named and named != names[found] and names[parents[found]] == named else found


class TestReading:
    @pytest.mark.parametrize("data", [b"<r><a/>words<b x='1'/></r>", b"<r><b/><!-- said -->words<?pi?><a><b/></a></r>",
                                      b"<r y='1'><nonsense>words</nonsense></r>"])
    def test_is_the_same_from_the_tree_as_from_the_bytes(self, data: bytes) -> None:
        patterns = Patterns()
        patterns.start = built(patterns, ("element", "r", ("group", ("element", "a", ("empty",)),
                                                           ("element", "b", ("attribute", "x")))))
        automaton = Automaton(patterns, Checkers(patterns))
        assert _Run(automaton, None).of_tree(etree.fromstring(data)) == mistakes(automaton, data)

    def test_a_letter_that_expat_does_not_know_in_names_is_no_fault_of_the_program(self) -> None:
        root = etree.parse(MISTAKES / "minimal-edition.xml").getroot()
        next(root.iter("{http://www.tei-c.org/ns/1.0}p")).append(etree.Element("{http://www.tei-c.org/ns/1.0}Ȁ"))
        (fault,) = grammar_faults(root, schema_path("tei-edition.rng"))
        assert fault.message.startswith("<Ȁ> is no element of this schema")

    def test_only_the_blanks_of_xml_part_the_words_of_a_list(self) -> None:
        patterns = Patterns()
        number = patterns.new_element(("name", "r"))
        token = patterns.data("", "token")
        patterns.elements[number].content = patterns.list(patterns.group(token, token))
        patterns.start = patterns.element(number)
        automaton = Automaton(patterns, Checkers(patterns))
        assert mistakes(automaton, b"<r>a\n b</r>") == []
        assert [found.kind for found in mistakes(automaton, "<r>a\u00a0b</r>".encode())] == ["data"]


class TestGoingOn:
    def test_so_many_mistakes_are_enough(self) -> None:
        patterns = Patterns()
        patterns.start = built(patterns, ("element", "r", ("empty",)))
        document = b"<r>" + b"<a/>" * 50 + b"</r>"
        assert len(mistakes(Automaton(patterns, Checkers(patterns)), document, most=7)) == 7

    def test_the_last_of_too_many_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        root = etree.parse(MISTAKES / "grammar.xml").getroot()
        monkeypatch.setattr(grammar, "_MOST", 3)
        first, second, third = grammar_faults(root, schema_path("tei-edition.rng"))
        assert "not looked at" in third.hint and "not looked at" not in first.hint + second.hint

    def test_nesting_has_no_bound_of_its_own(self) -> None:
        patterns = Patterns()
        number = patterns.new_element(("name", "a"))
        patterns.elements[number].content = patterns.choice((patterns.element(number), EMPTY))
        patterns.start = patterns.element(number)
        automaton = Automaton(patterns, Checkers(patterns))
        assert mistakes(automaton, b"<a>" * 9000 + b"</a>" * 9000) == []
        assert [found.kind for found in mistakes(automaton, b"<a>" * 9000 + b"<b/>" + b"</a>" * 9000)] == ["misplaced"]

    def test_what_never_matches_is_said_once(self) -> None:
        patterns = Patterns()
        patterns.start = NEVER
        assert len(mistakes(Automaton(patterns, Checkers(patterns)), b"<r><a><b/></a>words</r>")) == 1


def test_a_schema_that_leaves_too_much_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which x is the twentieth from the end? To know it every sequence of the last twenty would have to be kept."""
    either = "<choice><element name='x'><empty/></element><element name='y'><empty/></element></choice>"
    (tmp_path / "open.rng").write_text(
        f"<element name='r' xmlns='http://relaxng.org/ns/structure/1.0'><zeroOrMore>{either}</zeroOrMore>"
        f"<element name='x'><empty/></element>{either * 20}</element>")
    monkeypatch.setattr(automaton_module, "_MOST_PATTERNS", 500)
    chance = random.Random(1)
    document = f"<r>{''.join(chance.choice(('<x/>', '<y/>')) for _ in range(1000))}</r>"
    with pytest.raises(WrongUsage, match="leaves open for too long"):
        grammar_faults(etree.fromstring(document), tmp_path / "open.rng")


SCHEMA = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
<include href="inner.rng"/><start><element name="TEI"><ref name="inner"/></element></start></grammar>"""
INNER = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"><define name="inner">
<element name="{}"><text/></element></define></grammar>"""
DOCUMENT = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><p>words</p></TEI>'


class TestPreparedSchema:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        monkeypatch.setenv("TEI_EDITION_CACHE", str(tmp_path / "cache"))
        automaton_of.cache_clear()
        (tmp_path / "schema.rng").write_text(SCHEMA)
        (tmp_path / "inner.rng").write_text(INNER.format("p"))
        yield tmp_path
        automaton_of.cache_clear()

    def again(self, folder: Path) -> list[str]:
        automaton_of.cache_clear()
        return [found.kind for found in mistakes(automaton_of(folder / "schema.rng"), DOCUMENT)]

    def test_is_the_same_from_the_cache(self, folder: Path) -> None:
        assert self.again(folder) == []
        (stored,) = (folder / "cache" / "prepared").iterdir()
        table = json.loads(stored.read_text("utf-8"))
        assert list(table["included"]) == [str(folder / "inner.rng")]
        before = stored.stat().st_mtime_ns
        assert self.again(folder) == []
        assert stored.stat().st_mtime_ns == before

    def test_is_made_anew_where_an_included_file_has_changed(self, folder: Path) -> None:
        assert self.again(folder) == []
        (folder / "inner.rng").write_text(INNER.format("ab"))
        assert self.again(folder) == ["misplaced", "end"]

    @pytest.mark.parametrize("damage", [b"", b"{}", b"[1, 2]", b'{"included": {}, "nodes": 7}', b"\xff\xfe"])
    def test_a_damaged_cache_is_passed_over(self, folder: Path, damage: bytes) -> None:
        assert self.again(folder) == []
        (stored,) = (folder / "cache" / "prepared").iterdir()
        stored.write_bytes(damage)
        assert self.again(folder) == []

    def test_a_cache_that_cannot_be_written_is_no_mistake(self, folder: Path) -> None:
        (folder / "cache").write_text("a file where the folder should be")
        assert self.again(folder) == []

    def test_what_is_no_schema_is_said_in_one_line(self, folder: Path) -> None:
        (folder / "inner.rng").write_text("<grammar")
        with pytest.raises(WrongUsage) as refused:
            self.again(folder)
        assert refused.value.diagnostic.code == "CO001"
        assert "\n" not in str(refused.value.diagnostic)


def test_an_id_given_twice_is_no_mistake_of_the_grammar() -> None:
    root = etree.parse(MISTAKES / "minimal-edition.xml").getroot()
    note = next(root.iter("{http://www.tei-c.org/ns/1.0}p"))
    for element in (note, root):
        element.set("{http://www.w3.org/XML/1998/namespace}id", "twice")
    assert grammar_faults(root, schema_path("tei-edition.rng")) == []
