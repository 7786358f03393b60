"""Comparing two editions: the cases that an editor can read, and what must hold for any two documents."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition.comparing import LAYERS, as_json, as_text, compare, verdict
from tei_edition.comparing.alignment import common_runs, regions
from tei_edition.comparing.streams import streams_of
from tei_edition.tei import TEI, TEI_NS, parse

CASES = Path(__file__).parent / "cases" / "comparing"
_CASE = re.compile(r"^# (?P<title>[^\n]+)\n```a\n(?P<a>.*?)```\n```b\n(?P<b>.*?)```\n```report\n(?P<report>.*?)```\n",
                   re.MULTILINE | re.DOTALL)


def document(fragment: str) -> etree._Element:
    if not re.match(r"<(\w+:)?TEI", fragment):
        div = f'<div type="document">{fragment.rstrip()}</div>'
        fragment = f'<TEI xmlns="{TEI_NS}"><text><body>{div}</body></text></TEI>'
    return parse(fragment.encode())


def cases() -> dict[str, tuple[str, str, str]]:
    found = [m for path in sorted(CASES.glob("*.md")) for m in _CASE.finditer(path.read_text(encoding="utf-8"))]
    return {m["title"]: (m["a"], m["b"], m["report"]) for m in found}


def test_every_case_of_the_files_is_read() -> None:
    titles = [line for path in CASES.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()
              if line.startswith("# ")]
    assert len(cases()) == len(titles) >= 20


@pytest.mark.parametrize("title", cases())
def test_case(title: str) -> None:
    a, b, report = cases()[title]
    assert as_text(compare(document(a), document(b)), "a.xml", "b.xml") == report


def test_layers_come_in_their_order_and_the_verdict_speaks_of_words_first() -> None:
    a = document('<p>One <hi>two</hi> <ref target="#a">three</ref></p>')
    b = document('<p>One two <ref target="#b">four</ref></p><p/>')
    changes = compare(a, b)
    assert [c.layer for c in changes] == sorted((c.layer for c in changes), key=LAYERS.index)
    assert verdict(changes).startswith("text differs in 1 place; ")


def test_places_are_lines_of_the_files() -> None:
    a = document("<p>one</p>\n<p>two\nthree\nfour</p>")
    b = document("<p>one</p>\n\n\n<p>two\nthree\nfive</p>")
    (change,) = compare(a, b)
    assert (change.before, change.after, change.line_a, change.line_b) == ("four", "five", 4, 6)


def test_json_says_what_the_report_says() -> None:
    changes = compare(document("<p>a</p>"), document("<p>b</p>"))
    data = json.loads(as_json(changes, "a.xml", "b.xml"))
    assert data["verdict"] == "text differs in 1 place"
    assert data["counts"] == {"text": 1}
    assert data["changes"] == [{"layer": "text", "what": "replaced", "before": "a", "after": "b", "line_a": 1,
                                "line_b": 1}]


def test_a_long_document_with_a_change_in_each_sentence_is_done_at_once() -> None:
    words = [f"The message number {i} was sent to the Embassy by the Department." for i in range(5_000)]
    a = document(f"<p>{' '.join(words)}</p>")
    b = document(f"<p>{' '.join(w.replace('sent', 'cabled') for w in words)}</p>")
    assert verdict(compare(a, b)) == "text differs in 5000 places"


def test_a_stretch_without_fixed_points_is_bounded() -> None:
    assert common_runs("ab" * 5_000, "ba" * 5_001) == [] or len(common_runs("ab" * 5_000, "ba" * 5_001)) < 10_000


def test_deep_trees_need_no_recursion() -> None:
    root = etree.Element(f"{TEI}p")
    inner = root
    for _ in range(5_000):
        inner = etree.SubElement(inner, f"{TEI}hi")
    inner.text = "deep"
    assert compare(root, root) == []


# -- for any two documents -------------------------------------------------------------------------

_WORDS = st.sampled_from(["", " ", "\n  ", "a", "b", "a b", " a", "b ", "Rusk", "a\n b", ", ", "  "])
_INLINE = ("hi", "persName", "placeName", "lb", "pb", "note", "choice", "gap")
_BLOCK = ("p", "list", "item", "head", "quote", "div", "table", "row", "cell")


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    root = etree.Element(f"{TEI}{draw(st.sampled_from(_BLOCK))}")
    _fill(draw, root, depth)
    return root


def _fill(draw: st.DrawFn, element: etree._Element, depth: int) -> None:
    element.text = draw(_WORDS)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        child = etree.SubElement(element, f"{TEI}{draw(st.sampled_from(_INLINE + _BLOCK))}")
        for name in draw(st.lists(st.sampled_from(["n", "ref", "type", "cert"]), unique=True, max_size=2)):
            child.set(name, draw(st.sampled_from(["1", "2"])))
        child.tail = draw(_WORDS)
        _fill(draw, child, depth - 1)


def words_of(root: etree._Element) -> list[str]:
    return [s.reading for i, s in enumerate(streams_of(root).streams) if s.reading or not i]


@settings(max_examples=100, deadline=None)
@given(trees())
def test_a_document_does_not_differ_from_itself(root: etree._Element) -> None:
    assert compare(root, copy.deepcopy(root)) == []


@settings(max_examples=200, deadline=None)
@given(trees(), trees())
def test_text_changes_exactly_where_the_words_differ(a: etree._Element, b: etree._Element) -> None:
    changed = any(c.layer == "text" for c in compare(a, b))
    assert changed == (words_of(a) != words_of(b))


@settings(max_examples=100, deadline=None)
@given(trees(), trees())
def test_the_way_back_has_as_many_changes_of_words(a: etree._Element, b: etree._Element) -> None:
    assert bool(compare(a, b)) == bool(compare(b, a))


@settings(max_examples=100, deadline=None)
@given(trees())
def test_untagging_every_name_is_that_many_changes_of_markup_and_none_of_words(root: etree._Element) -> None:
    assume(root.find(".//{*}choice//{*}persName") is None)
    bare = copy.deepcopy(root)
    etree.strip_tags(bare, f"{TEI}persName")
    changes = compare(root, bare)
    assert not [c for c in changes if c.layer == "text"]
    names = sum(n is not root for n in root.iter("{*}persName"))
    assert sum(c.layer == "markup" for c in changes) == names


@settings(max_examples=100, deadline=None)
@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_regions_cover_both_texts_and_equal_ones_are_equal(a: str, b: str) -> None:
    a, b = ("\n".join(" ".join(line.split()) for line in x.split("\n") if line.strip()) for x in (a, b))
    at = (0, 0)
    for region in regions(a, b):
        assert (region.a_start, region.b_start) == at
        at = (region.a_end, region.b_end)
        one, other = f"\n{a}"[region.a_start:region.a_end], f"\n{b}"[region.b_start:region.b_end]
        assert region.equal == (one.replace("\n", " ") == other.replace("\n", " "))
    assert at == (len(a) + 1, len(b) + 1)


@settings(max_examples=100, deadline=None)
@given(st.text("abcd", max_size=30), st.text("abcd", max_size=30))
def test_common_runs_are_common_and_in_order(a: str, b: str) -> None:
    i0 = j0 = 0
    for i, j, n in common_runs(a, b):
        assert n > 0 and i >= i0 and j >= j0 and a[i:i + n] == b[j:j + n]
        i0, j0 = i + n, j + n
