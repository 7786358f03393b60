"""Reading: the cases that an editor can read, and what must hold for any text."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import assume, given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.diagnostics import Severity, UnusableInput
from tei_edition.model import Block, Document, Mark, Source
from tei_edition.reading import STYLES, decode, part_documents, read_document
from tei_edition.reading.chunks import split_lines
from tei_edition.view import View


def read(text: str, *, style: str | None = None) -> Document:
    return read_document(decode(text.encode("utf-8")), style=style)


# -- the cases -----------------------------------------------------------------------------------


def shown(document: Document) -> str:
    """What was read, for an editor: each block with its kind, markers as ⟨1⟩, pages as [p. 557], line ends as /."""
    lines: list[tuple[int, str]] = []
    row: list[str] = []
    blocks = document.blocks
    for i, block in enumerate(blocks):
        words = words_of(document, block)
        new = "new " if (block.first and block.kind != "cell") or block.group == "opens" else ""
        if block.kind == "cell":
            row.append(words)
            if i + 1 == len(blocks) or blocks[i + 1].kind != "cell" or blocks[i + 1].first:
                opens = any(b.group == "opens" for b in blocks[i + 1 - len(row) : i + 1])
                lines.append((block.start, f"{'new ' if opens else ''}row: {' | '.join(row)}"))
                row = []
        else:
            group = f" ({block.group})" if block.group else ""
            lines.append((block.start, f"{'  ' * block.depth}{new}{block.kind}{group}: {words}"))
    for note in document.notes:
        where = "" if note.anchor is not None else ", without a marker"
        lines.append(
            (note.start, f"note {note.label}{where}: {' ¶ '.join(words_of(document, block) for block in note.blocks)}")
        )
    inside = [*blocks, *(block for note in document.notes for block in note.blocks)]
    lines += [
        (mark.start, f"page: {mark.label}")
        for mark in document.marks
        if mark.kind == "pb" and not any(b.start <= mark.start and mark.end <= b.end for b in inside)
    ]
    lines += [
        (len(document.source.text), f"navigation: {document.source.text[layout.start : layout.end]}")
        for layout in document.decorations
        if layout.what == "navigation"
    ]
    findings = [f"! {found.code}" for found in document.findings if found.severity is not Severity.NOTE]
    return "\n".join([*(line for _, line in sorted(lines, key=lambda line: line[0])), *findings])


def words_of(document: Document, block: Block) -> str:
    signs: dict[str, Callable[[Mark], str]] = {
        "pb": lambda m: f"[p. {m.label}]",
        "note": lambda m: f"⟨{m.label}⟩",
        "lb": lambda m: "\n/\n",
        "cr": lambda m: "",
        "gap": lambda m: f"⟦{m.label}⟧",
    }
    text, at, pieces = document.source.text, block.start, []
    for mark in document.marks_in(block.start, block.end):
        pieces += [text[at : mark.start], signs[mark.kind](mark)]
        at = mark.end
    # A line end that is no mark reads as a blank, and so does the indentation of the next line.
    pieces.append(text[at : block.end])
    return " ".join(part.strip(" \t") for part in "".join(pieces).split("\n"))


def shown_documents(text: str) -> str:
    """The documents that a text was split into, each with its first and last line, and what was found about them."""
    parts = part_documents(decode(text.encode("utf-8")))
    lines = []
    for source in parts.sources:
        written = [line.strip() for line in source.text.splitlines() if line.strip()]
        lines.append(f"{source.name}, line {source.line}: {written[0]} … {written[-1]}")
    lines += [f"{f.location.line}:{f.location.column}: {f.code} {f.message}" for f in parts.findings]
    return "\n".join(lines)


@pytest.mark.parametrize("case", parameters("reading"))
def test_case(case: Case) -> None:
    if "documents" in case.blocks:
        assert shown_documents(case["text"]) == case["documents"]
    else:
        assert shown(read(case["text"])) == case["blocks"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("reading")) >= 60


# -- the source ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "RD001"),
        (b" \r\n\t\n", "RD001"),
        (b"\xef\xbb\xbf\n", "RD001"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "RD002"),
        (b"PK\x03\x04\x14\x00", "RD002"),
        ("1. Head\n\nWords.".encode("utf-16"), "RD002"),
        (b"1. Head\x00\n", "RD002"),
        (b"1. Head\n\nL\xe9opoldville", "RD003"),
        (b"\xed\xa0\x80 a lone surrogate", "RD003"),
        (b"\xc0\xaf an overlong form", "RD003"),
        (b"<?xml version='1.0'?><TEI/>", "RD004"),
        (b"\xef\xbb\xbf  <TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "RD004"),
        (b"<!DOCTYPE html><html/>", "RD004"),
        (b"1. Head\n\nA \x07 bell.", "RD005"),
        ("1. Head\n\nA \uffff.".encode(), "RD005"),
    ],
)
def test_what_is_no_plain_text_is_refused_with_its_code(data: bytes, code: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        decode(data, "d280.txt")
    assert caught.value.diagnostic.code == code
    assert caught.value.diagnostic.location.path == "d280.txt"
    assert caught.value.exit_code == 3


def test_the_place_of_a_wrong_byte_counts_characters_not_bytes() -> None:
    with pytest.raises(UnusableInput) as caught:
        decode("1. Head\n\nLéo, Léo".encode() + b"\xe9", "d280.txt")
    assert str(caught.value.diagnostic.location) == "d280.txt:3:9"


def test_the_source_is_what_was_read_to_the_character() -> None:
    text = "\ufeff1. Head\r\n\r\nA\u0308 \u00a0 e\u0301 ﬁ \t\n\n"
    source = decode(text.encode(), "folder/frus1961-63v20_d280.txt")
    assert source.text == text
    assert source.name == "frus1961-63v20_d280"
    assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_the_number_is_the_heads_else_the_file_names() -> None:
    assert read("112a. Editorial Note\n\nWords.").number == "112a"
    assert read_document(decode(b"Editorial Note\n\nWords.", "frus1961-63v20_d280.txt")).number == "280"
    assert read_document(decode(b"Editorial Note\n\nWords.", "notes.txt")).number == ""


def test_the_style_can_be_told() -> None:
    text = "1. Head\n\nThe first\nThe second\n"
    assert [block.kind for block in read(text).blocks] == ["head", "p"]
    assert [block.kind for block in read(text, style="list").blocks] == ["head", "p", "p"]


# -- for any text --------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "\u00a0",
        "\f",
        "1. ",
        "2. ",
        "3.",
        "  1. Source: ",
        "  2. ",
        "[Page 5]",
        "[Page X]",
        "• ",
        "    • ",
        "- ",
        "SUBJECT",
        "PARTICIPANTS",
        "Dear Sir:",
        "Rusk",
        "P.S. ",
        "Attachment",
        "Washington, May 4, 1961.",
        "words",
        "word1",
        "end.2",
        "412",
        "1962",
        "“",
        "”",
        "↩",
        "é",
        "𝄞",
        "e\u0301",
        "770G.00/8–1862",
        ".",
        ",",
    ]
)
texts = st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=120)


def readable(text: str) -> Source:
    try:
        return decode(text.encode("utf-8", "surrogatepass"))
    except UnusableInput:
        assume(False)
        raise


@given(texts, st.sampled_from([None, *STYLES]))
def test_every_character_is_in_a_block_a_mark_a_decoration_or_blank(text: str, style: str | None) -> None:
    document = read_document(readable(text), style=style)
    used = [0] * len(text)
    blocks = [*document.blocks, *(block for note in document.notes for block in note.blocks)]
    for block in blocks:
        for at in range(block.start, block.end):
            used[at] += 1
    for decoration in document.decorations:
        for at in range(decoration.start, decoration.end):
            used[at] += 1
    for mark in document.marks:
        assert bool(text[mark.start : mark.end]) != (mark.kind == "gap"), "no mark is empty but that of a gap"
        for at in range(mark.start, mark.end):
            used[at] = max(used[at], 1)
    assert max(used, default=0) <= 1, "two blocks, or a block and a decoration, share a character"
    assert not "".join(c for c, n in zip(text, used, strict=True) if not n).replace("\ufeff", "").strip()


@given(texts)
def test_blocks_and_marks_come_in_order_and_are_not_empty(text: str) -> None:
    document = read_document(readable(text))
    blocks = [*document.blocks, *(block for note in document.notes for block in note.blocks)]
    for before, after in itertools.pairwise(blocks):
        assert before.end <= after.start
    assert all(block.start < block.end or block.kind in ("cell", "item", "note") for block in blocks)
    assert all(before.end <= after.start for before, after in itertools.pairwise(document.marks))


def as_read(text: str) -> str:
    """How a view reads characters: blanks of every width as blanks, hyphens that hold words together as hyphens."""
    return re.sub("[\u2010\u2011]", "-", re.sub("[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", text))


@given(texts)
def test_a_views_characters_are_the_sources(text: str) -> None:
    source = readable(text)
    for passage in read_document(source).passages():
        view = passage.view
        for offset, character in enumerate(view.text):
            assert as_read(source.text[view.origin(offset)]) == character
        for start in range(0, len(view.text), 7):
            for end in range(start + 1, len(view.text) + 1, 5):
                a, b = view.span(start, end)
                assert passage.block.start <= a < b <= passage.block.end
                assert as_read(source.text[a] + source.text[b - 1]) == view.text[start] + view.text[end - 1]


def test_a_word_broken_by_a_page_is_read_as_one() -> None:
    text = "The stra[Page 4]tegic [Page 5] forces2 of Tshombe3."
    marks = [Mark("pb", 8, 16, "4"), Mark("pb", 22, 30, "5"), Mark("note", 37, 38, "2"), Mark("note", 49, 50, "3")]
    view = View(text, 0, len(text), marks)
    assert view.text == "The strategic forces of Tshombe."
    start = view.text.index("strategic")
    assert text[slice(*view.span(start, start + 9))] == "stra[Page 4]tegic"


@given(texts)
def test_reading_twice_gives_the_same(text: str) -> None:
    source = readable(text)
    assert read_document(source) == read_document(source)


# -- worst cases stay linear ---------------------------------------------------------------------


def notes_at(count: int) -> str:
    body = " ".join(f"It was said{n} so." for n in range(2, count + 1))
    notes = "".join(f"  {n}. Not printed.\n" for n in range(2, count + 1))
    return f"1. Editorial Note1\n\n{body}\n  1. Source: Department of State.\n{notes}"


WORST = {
    "5,000 notes": (notes_at, 625),
    "100,000 digits": (lambda n: f"1. Head1\n\n{'12' * n}\n  1. Source: Department of State.\n", 6250),
    "runs of digits": (lambda n: f"1. Head1\n\n{'12 ' * n}\n  1. Source: Department of State.\n", 2500),
    "a paragraph of 2 MB": (lambda n: f"1. Head\n\n{'The President spoke. ' * n}\n", 12500),
    "deep indentation": (lambda n: "1. Head\n\n" + "".join(f"{' ' * (k % 400)}• item\n" for k in range(n)), 500),
    "one deep line": (lambda n: f"1. Head\n\n{' ' * n}word\n", 125000),
    "open brackets": (lambda n: f"1. Head\n\n{'[Page ' * n}\n", 25000),
    "paragraphs": (lambda n: "1. Head\n\n" + "A line.\n\n" * n, 625),
    "pages": (lambda n: "1. Head\n\n" + "A [Page 5] b.\n\n" * n, 625),
    "carriage returns": (lambda n: "1. Head\r\n\r\n" + "A line.\r\n" * n, 2500),
    "labels in the text": (lambda n: "1. Head\n\n" + "  1. One.\n\n" * n, 625),
    "a name of many words": (lambda n: "1. Head\n\nWords.\n\n" + "Ab " * n, 7500),
    "headings": (lambda n: "1. Head\n\n" + "Part I\n\nThe Situation\n\n" * n, 400),
    "omissions": (lambda n: f"1. Head\n\n{'[4 lines not ' * n}\n", 6000),
    "omissions in paragraphs": (lambda n: "1. Head\n\n" + "He [4 lines not declassified] left.\n\n" * n, 400),
    "quotations that do not close": (lambda n: "1. Head\n\nHe said:\n\n" + "“A line:\n\n" * n, 400),
    "numbered paragraphs": (lambda n: "1. Head\n\n" + "".join(f"a) One.\n\n{k}. Two.\n\n" for k in range(n)), 400),
    "soft hyphens": (lambda n: "1. Head\n\n" + "a\u00ad" * n, 25000),
    "form feeds": (lambda n: "1. Head\n\n" + "\f\n" * n + "A line.\n", 2500),
    "quotation marks": (lambda n: "1. Head\n\n" + "“" * n, 25000),
    "points in brackets": (lambda n: f"1. Head\n\nA [{'.' * n}x] b.\n", 25000),
    "one number of many digits": (lambda n: f"1. Head1\n\nOn May {'1' * n} he left.\n  1. See Document 2.\n", 25000),
    "words without blanks, each with a marker": (
        lambda n: "1. Head\n\n" + "Congo1\u00a0" * n + "\n  1. See Document 2.\n",
        1000,
    ),
}


@pytest.mark.parametrize("name", WORST)
def test_eight_times_the_text_takes_about_eight_times_the_time(name: str) -> None:
    make, size = WORST[name]

    def reading(count: int) -> Callable[[], object]:
        source = Source(make(count), "0" * 64)
        return lambda: read_document(source)

    assert_in_proportion(reading, size)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"])
def test_places_are_counted_by_the_lines_that_reading_sees(end: str) -> None:
    """An old Macintosh file has lines, too: a finding names the line that an editor's program shows."""
    text = end.join(["1. Editorial Note", "", "The first.", "The third."])
    lines = split_lines(text)
    places = [decode(text.encode()).lines().location(line.start) for line in lines if not line.blank]
    assert [(place.line, place.column) for place in places] == [(1, 1), (3, 1), (4, 1)]


def test_a_reader_view_is_read_as_a_page_is() -> None:
    source = Source("1. Editorial Note\nThe President resigned.\nNobody knew.\n", "0" * 64)
    assert read_document(source).style == "list"
    assert read_document(source, style="reader") == read_document(source, style="page")
