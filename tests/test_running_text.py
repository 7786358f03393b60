"""Sub-headings, numbers of paragraphs, quotations and omissions in the TEI of either profile."""

from __future__ import annotations

import pytest
from lxml import etree

from tei_edition.model import Block
from tei_edition.pipeline import Converter
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tei import TEI, parse

LONG = "The President resigned on Monday, and everybody who had been near the White House knew it."
TEXT = f"""1. Telegram

Summary

1. {LONG}

a. {LONG} [4 lines not declassified]

b. {LONG} [1 paragraph (2½ lines) not declassified]

2. {LONG} The letter reads as follows:

“I shall not come.

[Page 12]

“I wish you [garble] well.”

7. {LONG}
"""


def body(profile: str, text: str = TEXT) -> etree._Element:
    edition = Converter(Settings(profile=profile)).convert(decode(text.encode(), "d1.txt")).edition
    assert [str(found) for found in edition.findings if found.severity == "error"] == []
    found = parse(edition.tei).find(f".//{TEI}text//{TEI}div")
    assert found is not None
    return found


def test_the_edition_says_what_the_lines_are() -> None:
    div = body("edition")
    assert [(e.get("type"), e.text) for e in div.iter(f"{TEI}label")] == [("heading", "Summary")]
    assert [e.get("n") for e in div.iter(f"{TEI}p")] == ["1", "a", "b", "2", None, None, None]
    (quote,) = (e for e in div.iter(f"{TEI}quote") if e.get("type"))
    assert (quote.get("type"), [str(e.tag).removeprefix(TEI) for e in quote]) == ("block", ["p", "pb", "p"])
    assert not list(quote.iter(f"{TEI}quote"))[1:], "its closing paragraph is no quotation a second time"
    assert [dict(e.attrib) for e in div.iter(f"{TEI}gap")] == [
        {"reason": "not-declassified", "unit": "line", "quantity": "4"},
        {"reason": "not-declassified", "unit": "paragraph", "quantity": "1", "extent": "1 paragraph (2½ lines)"},
        {"reason": "garbled"},
    ]
    for gap in div.iter(f"{TEI}gap"):
        assert (gap.tail or "").startswith("["), "the gap stands directly before its words, and holds none"


def test_the_published_volumes_have_paragraphs() -> None:
    div = body("frus")
    assert [e.get("rend") for e in div.iter(f"{TEI}p")] == ["sectiontitleital", *[None] * 7]
    assert not list(div.iter(f"{TEI}label", f"{TEI}quote", f"{TEI}gap"))
    assert not [e for e in div.iter(f"{TEI}p") if e.get("n")]


def test_a_citation_in_a_heading_stays_words() -> None:
    body(
        "edition",
        f"1. Paper\n\nPart I. National Archives, RG 59, Central Files 1970–73\n\n{LONG}\n\nSummary\n\n{LONG}\n",
    )


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        ("1. 2. 3.", "1 2 3"),
        ("1. a. b. 2. a. b. 3.", "1 a b 2 a b 3"),
        ("(a) (b) (i) (ii) (c)", "a b i ii c"),
        ("A. B. C. D.", "A B C D"),
        ("I. II. III. IV. V.", "I II III IV V"),
        ("g. h. i. j.", "- - - -"),
        ("1. 3. 2.", "1 - 2"),
        ("1. 293. 2.", "1 - 2"),
        ("1.", "-"),
        ("1. 1) 2. 2)", "1 1 2 2"),
    ],
)
def test_paragraphs_have_the_numbers_of_a_plain_sequence(labels: str, numbers: str) -> None:
    paragraphs = "\n\n".join(f"{label} {LONG}" for label in labels.split())
    blocks = read_document(decode(f"1. Paper\n\n{LONG}\n\n{paragraphs}\n".encode())).blocks
    assert " ".join(block.n or "-" for block in paragraphs_of(blocks)) == numbers


def paragraphs_of(blocks: tuple[Block, ...]) -> list[Block]:
    return [block for block in blocks if block.kind == "p"][1:]
