"""`validate --fix`: what is mended, at its place; what is left alone; and that it never touches a word."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tei_edition import tei
from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.validation import validate_file
from tei_edition.validation.editorial import FRUS_RULES, editorial_faults
from tei_edition.validation.fixing import FIXABLE, Edit, Fixes, fixed
from tei_edition.validation.fixing.edits import apply
from tei_edition.validation.positions import xpath_of

MISTAKES = Path(__file__).parent / "mistakes"


def check(data: bytes) -> list[Diagnostic]:
    """The findings of the editorial rules of the profile frus, without their places but for the path."""
    return [finding(fault.code, fault.message, Location(xpath=xpath_of(fault.element)))
            for fault in editorial_faults(tei.parse(data), FRUS_RULES)]


def volume(body: str) -> bytes:
    return (f"<TEI  xmlns='{tei.TEI_NS}' xml:id='frus1948v01'><!-- as it is --><teiHeader/>\r\n<text><body>{body}"
            "</body></text></TEI>\n").encode()


def document(body: str, start: str = "xml:id='d280' n='280'") -> bytes:
    return volume(f"<div type='document' {start}><head>280. Telegram</head>{body}</div>")


def mended(data: bytes, path: Path | None = None) -> bytes:
    result = fixed(data, path, check(data), check=check)
    assert not result.refused
    return result.data


def notes(*numbers: object) -> str:
    return "".join(f"<p>Word<note n='{number}' xml:id='d280fn{number}'>A note.</note> so.</p>" for number in numbers)


# -- what is mended ------------------------------------------------------------------------------


def test_an_id_and_all_pointers_to_it() -> None:
    data = document("<p corresp='#x2 #n1'>Word<note  n=\"1\"\n   xml:id = 'n1'>A note.</note> so, "
                    "<ref target='#n1'>see</ref> <ref target='#n11'>it</ref>.</p><p xml:id='x2'/><p xml:id='n11'/>")
    expected = data.replace(b"xml:id = 'n1'", b"xml:id = 'd280fn1'").replace(b"'#n1'", b"'#d280fn1'")
    assert mended(data) == expected.replace(b"#x2 #n1'", b"#x2 #d280fn1'")


def test_an_id_that_is_missing_stands_behind_the_number() -> None:
    data = document('<p>Word<note n="1" type="x">A note.</note> so.</p>')
    assert mended(data) == data.replace(b'n="1"', b'n="1" xml:id="d280fn1"')


def test_a_document_with_its_notes_and_the_pointers_without_their_sign() -> None:
    data = document("<p>A<note n='1' xml:id='d28fn1'>N.</note> b<note n='1' target='d28fn1'/>.</p><p corresp='#d28'/>",
                    "xml:id='d28' n='280'")
    assert mended(data) == data.replace(b"d28'", b"d280'").replace(b"d28fn1", b"d280fn1")


def test_a_pointer_without_its_sign_gets_it_also_where_the_id_is_new() -> None:
    data = document("<p>A<note n='1' xml:id='n1'>N.</note> b <ref target='n1'>c</ref> "
                    "<ref target='https://n1 p1'>d</ref></p><p xml:id='p1'/>")
    expected = data.replace(b"xml:id='n1'", b"xml:id='d280fn1'").replace(b"target='n1'", b"target='#d280fn1'")
    assert mended(data) == expected.replace(b"//n1 p1", b"//n1 #p1")


def test_the_second_of_two_ids_is_counted() -> None:
    data = volume("<p xml:id='p1'>One.</p><p xml:id='p1'>Two.</p><p xml:id='p1_2'/><p xml:id='p1'>Three.</p>")
    assert re.findall(rb"xml:id='(p\w+)'", mended(data)) == [b"p1", b"p1_3", b"p1_2", b"p1_4"]


def test_a_number_that_does_not_fit_between_two_that_do() -> None:
    data = document(notes(1, 2, 5, 4))
    assert mended(data) == data.replace(b"n='5' xml:id='d280fn5'", b"n='3' xml:id='d280fn3'")


def test_a_page_between_its_neighbours() -> None:
    data = volume("<p>A <pb n='556' xml:id='pg_556'/>b <pb n='575' xml:id='pg_575'/>c "
                  "<pb n='558' xml:id='pg_558'/>d.</p>")
    assert mended(data) == data.replace(b"575", b"557")


def test_blanks_before_notes_and_behind_page_breaks() -> None:
    pages = "".join(f"one <pb n='{n}' xml:id='pg_{n}'/>two " for n in range(1, 13))
    data = document(f"<p>Word\r\n  <note n='1' xml:id='d280fn1'>N.</note>, {pages}a <pb n='13'/> b<pb n='14'/> c</p>")
    expected = data.replace(b"Word\r\n  <", b"Word<").replace(b"<pb n='13'/> b", b"<pb n='13'/>b")
    assert mended(data) == expected.replace(b"b<pb n='14'/> c", b"b <pb n='14'/>c")


def test_ids_that_are_one_note_off_change_places() -> None:
    """Each new id is another note's old one; only where the last has no place do all stay as they are."""
    def shifted(tail: str) -> bytes:
        return document("".join(f"<p>A<note n='{n}' xml:id='d28fn{n}'>N.</note> b.</p>" for n in range(1, 400)) + tail,
                        "xml:id='d28' n='280'")

    assert mended(shifted("")).count(b"xml:id='d280fn") == 399
    data = volume("".join(f"<div type='document' xml:id='d{n + 1}' n='{n}'><head>{n}. H</head><p>A</p></div>"
                          for n in range(1, 400)))
    assert mended(data) == re.sub(rb"xml:id='d(\d+)' n='(\d+)'", rb"xml:id='d\2' n='\2'", data)
    blocked = data.replace(b"</body>", b"<p xml:id='d1'/></body>")
    assert fixed(blocked, None, check(blocked)).data == blocked


# -- what is left alone --------------------------------------------------------------------------


@pytest.mark.parametrize("data", [
    volume("<p xml:id='p1'>One.</p><p xml:id='p1'>Two.</p><ref target='#p1'/>"),  # to which of the two?
    volume("<p>A <pb n='1' xml:id='pg_1'/>b <pb n='1' xml:id='pg_1'/>c.</p>"),  # a page twice
    document(notes(1, 2, 5, 6)),  # two notes may be lost
    document("<p>Word <note n='1' xml:id='d280fn1'>N.</note>and so</p>"),  # the words would run together
    document("<p>Word<note n='1' xml:id='n1'>N.</note>.</p><p xml:id='d280fn1'/>"),  # the id is another's
    document("<p>Word<note n='1'>N.</note> <note n='1' target='d280fn1' xml:id='d280fnx'/></p>"),
])  # fmt: skip
def test_what_is_not_certain_is_left_alone(data: bytes) -> None:
    assert check(data), "there is something to mend"
    assert fixed(data, None, check(data), check=check).data == data


def test_an_id_that_another_file_points_to_is_left_alone(tmp_path: Path) -> None:
    data = document('<p>Word<note n="1" xml:id="n1">A note.</note> so.</p>')
    path = tmp_path / "d280.xml"
    path.write_bytes(data)
    assert mended(data, path) != data
    (tmp_path / "d281.xml").write_text('<ref target="d280.xml#n1"/>')
    assert mended(data, path) == data


def test_only_what_was_found_is_mended() -> None:
    data = document("<p>Word <note n='1' xml:id='n1'>N.</note>, <note n='2' xml:id='n2'>N.</note></p>")
    found = check(data)
    assert {d.code for d in found} == {"VA315", "VA316"}
    only = fixed(data, None, [d for d in found if d.code == "VA315"])
    assert only.data == data.replace(b"Word <", b"Word<")
    first = fixed(data, None, [d for d in found if "[1]" in d.location.xpath and d.code == "VA316"])
    assert first.data == data.replace(b"'n1'", b"'d280fn1'")


def test_what_would_be_worse_is_thrown_away() -> None:
    data = document(notes(1, 2, 5, 4))

    def worse(_data: bytes) -> Sequence[Diagnostic]:
        return [finding("VA302", "leads nowhere")]

    result = fixed(data, None, check(data), check=worse)
    assert not result.changed and result.edits == () and "VA302" in result.refused and result.diff("a.xml") == ""


def test_what_would_be_worse_takes_nothing_else_with_it() -> None:
    data = document(notes(1, 2, 5, 4) + "<p>Word<note n='9' xml:id='n9'>N.</note></p>")

    def worse(new: bytes) -> Sequence[Diagnostic]:
        return [finding("VA302", "leads nowhere", Location("a.xml", 7))] if b"d280fn9" in new else []

    result = fixed(data, None, check(data), check=worse)
    assert {edit.code for edit in result.edits} == {"VA313"} and b"n='3' xml:id='d280fn3'" in result.data
    assert result.refused == "there would be more findings than before: VA302 in line 7"


def test_a_number_whose_id_cannot_follow_stays(tmp_path: Path) -> None:
    data = document(notes(1, 2, 5, 4) + '<p><pb n="10"/><pb n="12"/><pb n="12"/></p>')
    path = tmp_path / "d280.xml"
    path.write_bytes(data)
    assert b"'d280fn3'" in mended(data, path)
    (tmp_path / "d281.xml").write_text('<ref target="d280.xml#d280fn5"/>')
    left = mended(data, path)
    assert b"n='5' xml:id='d280fn5'" in left and b'<pb n="10"/><pb n="11"/><pb n="12"/>' in left


@pytest.mark.parametrize("data", [b"", b"<TEI>", b"<?xml version='1.0' encoding='ISO-8859-1'?><p>\xe9</p>"])
def test_what_cannot_be_read_stays_as_it_is(data: bytes) -> None:
    result = fixed(data, None, [finding("VA301", "twice")])
    assert result.data == data and result.refused


def test_a_byte_order_mark_stays() -> None:
    data = b"\xef\xbb\xbf" + document(notes(1, 2, 5, 4))
    assert mended(data) == data.replace(b"n='5' xml:id='d280fn5'", b"n='3' xml:id='d280fn3'")


# -- the edits -----------------------------------------------------------------------------------


def test_edits_that_overlap_are_not_both_made() -> None:
    edits = [Edit(2, 4, b"X", "VA301", "one"), Edit(3, 5, b"Y", "VA301", "two"), Edit(5, 5, b"!", "VA301", "three")]
    data, made = apply(b"abcdefg", edits)
    assert data == b"abXe!fg" and [edit.reason for edit in made] == ["one", "three"]


def test_each_edit_says_what_it_does_and_where() -> None:
    data = document("\n" + notes(1, 2, 5, 4))
    (number, name) = fixed(data, None, check(data)).edits
    assert (number.code, number.reason, number.line) == ("VA313", 'n="5" → n="3", from the order', 3)
    assert name.reason == "xml:id d280fn5 → d280fn3"


def test_the_diff_is_one_that_git_applies(tmp_path: Path) -> None:
    data = document("\n" + notes(1, 2, 5, 4)).rstrip(b"\n")
    result = fixed(data, None, check(data))
    (tmp_path / "d280.xml").write_bytes(data)
    subprocess.run(["git", "apply", "-"], input=result.diff("d280.xml").encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "d280.xml").read_bytes() == result.data
    assert Fixes(data, data).diff("d280.xml") == ""


def test_the_ids_of_an_edition_are_mended_by_its_schematron(tmp_path: Path) -> None:
    text = (MISTAKES / "minimal-edition.xml").read_text("utf-8")
    path = tmp_path / "d280.xml"
    path.write_text(text.replace('xml:id="d280"', 'xml:id="d28"').replace("d280fn1", "d28fn1"), "utf-8")
    found = validate_file(path, schema="edition")
    assert {d.code for d in found} >= {"VA201"}
    assert fixed(path.read_bytes(), path, found).data.decode() == text
    assert {d.code for d in found} <= FIXABLE


# -- never a word --------------------------------------------------------------------------------

_PIECE = st.sampled_from([
    "word", " ", "\n  ", "é&amp;", "<!-- c -->", "<pb n='{n}' xml:id='pg_{n}'/>", "<seg xml:id='s{n}'>a</seg>",
    "<note n='{n}' xml:id='d280fn{n}'>N.</note>", "<note n='{n}'>N.</note>", "<note n='{n}' xml:id='s{n}'/>",
    "<ref target='#s{n} d280fn{n}'>b</ref>",
])  # fmt: skip


@given(st.lists(st.tuples(_PIECE, st.integers(1, 5)), max_size=24))
@settings(max_examples=80, deadline=None)
def test_words_stay_nothing_is_worse_and_twice_is_once(pieces: list[tuple[str, int]]) -> None:
    data = document("<p>" + "".join(piece.replace("{n}", str(number)) for piece, number in pieces) + "</p>")
    before = check(data)
    result = fixed(data, None, before, check=check)
    words = ["".join(str(tei.parse(one).xpath("string()")).split()) for one in (data, result.data)]
    assert words[0] == words[1]
    after = check(result.data)
    assert len(after) <= len(before)
    assert fixed(result.data, None, after, check=check).data == result.data
