"""The ledger: every character of the source is text, markup or layout, and what is lost or added is found out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition.diagnostics import UnusableInput
from tei_edition.encoding import encode_document
from tei_edition.encoding.ledger import Ledger, account, verify
from tei_edition.model import Block, Decoration, Document, Mark, Source, Use
from tei_edition.pipeline import Converter
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document
from tei_edition.tei import TEI, parse
from tei_edition.view import UNSEEN

TELEGRAM = Path(__file__).parents[1] / "sources" / "frus1961-63v20_d280.txt"


def document(
    text: str, *blocks: tuple[int, int], marks: tuple[Mark, ...] = (), decorations: tuple[Decoration, ...] = ()
) -> Document:
    made = tuple(Block("p", a, b, "test") for a, b in blocks)
    return Document(Source(text, "0" * 64), "page", "", made, (), marks, decorations)


def test_a_complete_account() -> None:
    text = "• One [Page 5]two\r\n\n"
    marks = (Mark("pb", 6, 14, "5"), Mark("cr", 17, 18, ""))
    ledger, faults = account(
        document(text, (2, 17), marks=marks, decorations=(Decoration(0, 2, "bullet"),)), [(2, 6), (14, 17)]
    )
    assert faults == []
    assert [(text[e.start : e.end], e.use) for e in ledger.entries] == [
        ("• ", Use.LAYOUT),
        ("One ", Use.TEXT),
        ("[Page 5]", Use.MARKUP),
        ("two", Use.TEXT),
        ("\r", Use.LAYOUT),
        ("\n\n", Use.LAYOUT),
    ]
    assert ledger.total == len(text)
    assert (ledger.count(Use.TEXT), ledger.count(Use.MARKUP), ledger.count(Use.LAYOUT)) == (7, 8, 5)


def test_words_that_are_lost_are_an_error_at_their_place() -> None:
    _, faults = account(document("One.\n\nTwo words.\n", (0, 4)), [(0, 4)])
    (fault,) = faults
    assert (fault.code, fault.location.line, fault.location.column) == ("EN001", 2, 1) or (
        fault.location.start,
        fault.location.end,
    ) == (4, 17)
    assert "Two words." in fault.message and "lost" in fault.message


def test_words_that_stand_twice_are_an_error() -> None:
    _, faults = account(document("One. Two.\n", (0, 9)), [(0, 6), (4, 9)])
    assert [fault.code for fault in faults] == ["EN001"]
    assert "twice" in faults[0].message


def test_a_letter_behind_the_last_block_is_not_lost_sight_of() -> None:
    assert [f.code for f in account(document("One.x", (0, 4)), [(0, 4)])[1]] == ["EN001"]


def test_the_tree_is_read_again() -> None:
    made = document("One two.\n", (0, 8))
    home = etree.Element(f"{TEI}p")
    home.text = "One two."
    assert verify(made, [(home, made.blocks[0])]) == []
    home.text = "One  two."
    assert [fault.code for fault in verify(made, [(home, made.blocks[0])])] == ["EN001"]
    home.text = "One"
    etree.SubElement(home, f"{TEI}persName").tail = " two"
    assert "“One two”" in verify(made, [(home, made.blocks[0])])[0].message


@pytest.mark.parametrize("broken", ["left out", "cut short", "twice"])
def test_an_encoder_that_fails_is_found_out(broken: str) -> None:
    tagged = tag_document(read_document(decode(b"1. Head\n\nOne.\n\nTwo.\n")), Known({}))
    *others, last = tagged.document.blocks
    blocks = {
        "left out": others,
        "cut short": [*others, last._replace(end=last.end - 1)],
        "twice": [*others, last, last],
    }[broken]
    wrong = replace(tagged, document=replace(tagged.document, blocks=tuple(blocks)))
    assert {fault.code for fault in encode_document(wrong, Settings(), {}).findings} == {"EN001"}


def test_the_telegrams_account() -> None:
    conversion = Converter().convert(decode(TELEGRAM.read_bytes(), str(TELEGRAM)))
    ledger, text = conversion.ledger, conversion.edition.tagged.document.source.text
    markup = [text[e.start : e.end] for e in ledger.entries if e.use is Use.MARKUP]
    assert markup == ["1", "2", "[Page 557]"]
    assert ledger.total == len(text)
    layout = "".join(text[e.start : e.end] for e in ledger.entries if e.use is Use.LAYOUT)
    assert "".join(layout.split()) == "1.2.", "only the labels of the notes"


# -- for any text --------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "\t",
        "\r\n",
        "\u00a0",
        "1. ",
        "2. ",
        "  1. Source: ",
        "  2. ",
        "[Page 5]",
        "[Page 6]",
        "• ",
        "    • ",
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
        "Telegram 412",
        "August 18, 1962",
        "“",
        "”",
        "↩",
        "é",
        "𝄞",
        "e\u0301",
        "Department of State, Central Files, 770G.00/8–1862",
        ".",
        ",",
        "<&>",
        "]]>",
        "Mr. Ball",
        "See Document 12",
        "footnote 1 above",
        "Summary",
        "II. Tactics",
        "The Situation in the Province",
        "A. ",
        "(a) ",
        "[4 lines not declassified]",
        "[less than 1 line of source text not declassified]",
        "[Here follows ",
        "[garble]",
        "[",
        "]",
        "*",
        "†",
        "^",
        ":",
        "\r",
        "\f",
        "\v",
        "\x85",
        "\u2028",
        "\u2029",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u202f",
        "\u2011",
        "\u3000",
        "[Page A-12]",
        "[Page xiv]",
    ]
)
# What no XML can hold, and what looks like a line end to some and not to others.
_ODD = st.sampled_from(
    "\x00\x01\x07\x0b\x0c\x0e\x1c\x1f\x7f\x80\x85\u2028\u2029\ufdd0\ufffe\uffff\U0001ffff\U0010ffff\n\r\t a1[]"
)
texts = (
    st.lists(_PIECES, max_size=40).map("".join)
    | st.text(max_size=120)
    | st.lists(_ODD | _PIECES, max_size=12).map("".join)
)


def check_account(ledger: Ledger, text: str) -> None:
    at = 0
    for entry in ledger.entries:
        assert entry.start == at and entry.end > entry.start, "a gap or an overlap"
        at = entry.end
    assert at == len(text)
    assert sum(ledger.count(use) for use in Use) == len(text)


def check_refusal(error: UnusableInput, text: str) -> None:
    """A text is refused for a reason that holds, and the finding says which character it is and where."""
    found = error.diagnostic
    assert found.code in ("RD001", "RD002", "RD003", "RD004", "RD005")
    if found.code == "RD001":
        assert not text.translate(dict.fromkeys(map(ord, UNSEEN))).strip()
    if found.code == "RD005":
        bad = text[found.location.start or 0]
        assert f"U+{ord(bad):04X}" in found.message
        assert not re.fullmatch("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", bad), "XML can hold it"


def check_conversion(text: str, profile: str) -> None:
    try:
        source = decode(text.encode("utf-8", "surrogatepass"), "d1.txt")
    except UnusableInput as error:
        check_refusal(error, text)
        return
    conversion = Converter(Settings(profile=profile)).convert(source)
    assert [str(f) for f in conversion.edition.findings if f.code == "EN001"] == []
    check_account(conversion.ledger, text)
    body = parse(conversion.edition.tei).find(f"{TEI}text")
    assert body is not None
    expected = "".join(text[e.start : e.end] for e in conversion.ledger.entries if e.use is Use.TEXT)
    found = "".join(body.itertext(etree.Element))
    assert sorted("".join(found.split())) == sorted("".join(expected.split())), "the very characters, and no others"


@given(
    texts.filter(lambda text: text.strip().replace("[Page 5]", "").replace("[Page 6]", "")),
    st.sampled_from(["edition", "frus"]),
)
@settings(parent=settings(), max_examples=300)
def test_any_text_is_accounted_for_to_the_character_or_refused(text: str, profile: str) -> None:
    check_conversion(text, profile)


def test_a_text_that_is_nothing_but_a_page_marker() -> None:
    check_conversion("[Page 5]", "edition")


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_a_page_that_is_marked_twice_gives_valid_tei(profile: str) -> None:
    source = decode(b"1. Head\n\nOne [Page 5] two.\n\nThree [Page 5] four.\n", "d1.txt")
    findings = Converter(Settings(profile=profile)).convert(source).edition.findings
    assert [str(found) for found in findings if found.severity == "error"] == []


@given(texts, st.sampled_from(["edition", "frus"]))
@settings(parent=settings(), max_examples=300)
def test_any_text_behind_a_head_and_a_paragraph_gives_valid_tei(text: str, profile: str) -> None:
    pages = iter(range(557, 700))  # each page once: see test_a_page_that_is_marked_twice
    text = re.sub(r"\[Page \d+\]", lambda _: f"[Page {next(pages)}]", text)
    try:
        source = decode(
            f"1. Editorial Note\n\nThe President resigned.\n\n{text}".encode("utf-8", "surrogatepass"), "d1.txt"
        )
    except UnusableInput:
        assume(False)
        raise
    findings = Converter(Settings(profile=profile)).convert(source).edition.findings
    assert [str(found) for found in findings if found.severity == "error"] == []


@pytest.mark.parametrize(
    "text", ["1. Editorial Note", "Words.", "1. Head\n\nWashington, May 4, 1961.", "1. Head1\n  1. Source: Not found."]
)
def test_a_text_without_a_paragraph_gives_valid_tei(text: str) -> None:
    findings = Converter().convert(decode(text.encode(), "d1.txt")).edition.findings
    assert [str(found) for found in findings if found.severity == "error"] == []


def test_quotations_nested_deeper_than_a_parser_reads() -> None:
    check_conversion(f"1. Head\n\n{'“' * 300}words{'”' * 300}\n", "edition")
