"""Encoding: one sweep that writes the source's characters, and a way back to the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from proportion import assert_in_proportion

import tei_edition
from tei_edition.encoding import encode_document
from tei_edition.encoding.names import ncname
from tei_edition.exporting.text import export_text
from tei_edition.model import Entry, Span
from tei_edition.pipeline import Converter
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings, with_values
from tei_edition.tagging import Known, tag_document
from tei_edition.tei import TEI, parse

PERSON = b"<person xmlns='http://www.tei-c.org/ns/1.0' xml:id='ball'><persName>Ball, George W.</persName></person>"
SOURCES = Path(__file__).parents[1] / "sources"


def convert(text: str, *, profile: str = "edition", entries: dict[str, Entry] | None = None, **values: str) -> bytes:
    chosen = with_values(Settings(), {"profile": profile, **values})
    return Converter(chosen, entries).convert(decode(text.encode(), "d1.txt")).edition.tei


def body(tei: bytes) -> str:
    """The document's div as written, its namespace declaration left out."""
    (div,) = parse(tei).iter(f"{TEI}body")
    return re.sub(r' xmlns(:\w+)?="[^"]+"', "", etree.tostring(div, encoding="unicode"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. Head\n\nOne & two < three > “four” ]]>.\n",
            "<p>One &amp; two &lt; three &gt; <quote>“four”</quote> ]]&gt;.</p>",
        ),
        ("1. Head\n\nThe stra[Page 4]tegic plan.\n", '<p>The stra<pb n="4" xml:id="pg_4"/>tegic plan.</p>'),
        ("1. Head\n\nOne\ntwo.\n", "<p>One<lb/>two.</p>"),
        ("1. Head\n\nWe agree.\n\nDean Rusk\n", "<closer><signed><persName"),
        ("1. Head\n\nYear\tTons\n1961\t40\n", "<row>"),
        ("1. Head\n\nSUBJECT\n\n  • Congo\n\nWords.\n", '<list type="subject">'),
        (
            "1. Head\n\nOne.\n\n[Page 5]\n\nTwo.\n",
            '<p>One.</p>\n        <pb n="5" xml:id="pg_5"/>\n        <p>Two.</p>',
        ),
        ("1. Head\n\nDear Mr. President:\n\nWords.\n", "<opener><salute>"),
        ("1. Head\n\nWords.\n\nAttachment\n\nMore.\n", 'type="attachment" subtype="attachment"'),
        (
            "1. Head\n\nWords.\n\nDean Rusk\n\nEnclosure: A map.\n",
            "</signed><seg>Enclosure: A map.</seg></closer>",
        ),
        ("1. Head\n\nWords.\n\nTab A\n\nMore.\n", '<div type="attachment" subtype="tab" xml:id='),
        ("1. Head\n\nWords.\n\n[Subenclosure]\n\nMore.\n", '<div type="attachment" subtype="subenclosure" xml:id='),
    ],
)
def test_what_becomes_of_it(text: str, expected: str) -> None:
    assert expected in body(convert(text))


_CITED = """280. Telegram From the Department of State to the Embassy in the Congo1

Washington, August 11, 1962, 7 p.m.

Secretary Rusk saw Embtel 412 of August 3 in Document 12.2 “We go” he said.

  1. Source: Department of State, Central Files, 770G.00/8–1862. Secret. Drafted by Ball.
  2. Kennedy Library, Job 80–B01676R, Box 3; Lot 65 D 330, Folder A.
"""


@pytest.mark.parametrize("inserted", ["[number not declassified]", "[Page 5]"])
@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_an_omission_or_a_page_break_within_anything_tagged_is_valid(inserted: str, profile: str) -> None:
    """A name, a date, a file number may be broken by a page or by an omission: what cannot hold those is not tagged."""
    for at in range(_CITED.index("Telegram"), len(_CITED), 7):
        if "\n" not in _CITED[at - 1 : at + 1]:
            text = _CITED[:at] + inserted + _CITED[at:]
            edition = tei_edition.convert(text, settings=Settings(profile=profile))
            assert edition.valid, (text, [f.message for f in edition.findings])


def test_a_note_stands_at_its_marker_and_the_marker_is_gone() -> None:
    text = "1. Head1\n\nThe King left.2 Nobody knew.\n  1. Source: Found.\n  2. Not printed.\n"
    assert "left.<note " in body(convert(text)) and ">Not printed.</note> Nobody" in body(convert(text))


def test_a_note_without_a_marker_is_kept_and_not_anchored() -> None:
    (note,) = parse(convert("1. Head\n\nThe King left.\n\nNotes\n\n  1. Source: Found.\n")).iterfind(
        f".//{TEI}note[@anchored]"
    )
    assert (note.get("anchored"), note.text) == ("false", "Source: Found.")


REFERENCES = (
    "20. Memorandum1\n\nWashington, May 2, 1949.\n\n[Page 5]\n\nWe agree.2\n  1. See Document 87, "
    "footnote 2, Document 87, and footnote 2 below.\n"
    "  2. See ante, p. 5; ante, p. 7; Foreign Relations, 1961–1963, volume XX, Document 12.\n"
)


@pytest.mark.parametrize(
    ("values", "targets"),
    [
        ({}, [None, None, "#d20fn2", "#pg_5", None, None]),
        (
            {"base_url": "https://example.org/v7/", "volume": "v7"},
            ["https://example.org/v7/d87", "https://example.org/v7/d87#d87fn2", "#d20fn2", "#pg_5",
             "https://example.org/v7/pg_7", "https://example.org/frus1961-63v20/d12"],
        ),
        ({"profile": "frus"}, ["#d87", "#d87fn2", "#d20fn2", "#pg_5", "#pg_7", "frus1961-63v20#d12"]),
        ({"profile": "frus", "volume": "frus1961-63v20"}, ["#d87", "#d87fn2", "#d20fn2", "#pg_5", "#pg_7", "#d12"]),
    ],
)  # fmt: skip
def test_references_lead_into_this_file_or_to_an_address_that_is_known(
    values: dict[str, str], targets: list[str | None]
) -> None:
    values = dict(values)
    made = convert(REFERENCES, profile=values.pop("profile", "edition"), entries=None, **values)
    assert [ref.get("target") for ref in parse(made).iterfind(f".//{TEI}body//{TEI}ref")] == targets


def test_a_note_of_a_document_without_a_number() -> None:
    made = convert("Memorandum1\n\nWe agree.2\n  1. See footnote 2 below.\n  2. Not found.\n")
    (ref,) = parse(made).iterfind(f".//{TEI}body//{TEI}ref")
    assert parse(made).xpath(f"//*[@xml:id='{ref.get('target', '')[1:]}']")


def test_names_close_where_their_characters_end() -> None:
    ball = Entry("ball", "person", "Ball, George W.", ("George W. Ball",), "Ball", ("George", "W."), tei=PERSON)
    text = "1. Head\n\nGeorge [Page 5]W. Ball’s plan.\n"
    (name,) = parse(convert(text, entries={"ball": ball})).iterfind(f".//{TEI}body//{TEI}persName")
    assert (etree.tostring(name, method="text", encoding="unicode", with_tail=False), name.tail) == (
        "George W. Ball",
        "’s plan.",
    )
    assert name.find(f"{TEI}pb") is not None


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_claims_in_any_order_give_the_same_bytes(profile: str) -> None:
    document = read_document(decode((SOURCES / "frus1961-63v20_d280.txt").read_bytes(), "frus1961-63v20_d280.txt"))
    tagged = tag_document(document, Known({}), profile=profile)
    spans: tuple[Span, ...] = tagged.spans
    assert spans == tuple(sorted(spans, key=lambda s: (s.start, -s.end))) or len(spans) > 20
    first = encode_document(tagged, Settings(profile=profile), {})
    assert first == encode_document(tagged, Settings(profile=profile), {})


def test_the_header_says_what_the_settings_say_and_no_more() -> None:
    plain = convert("1. Head\n\nWords.\n").decode()
    assert "licence" not in plain and "<editor>" not in plain and "when=" not in plain
    full = convert(
        "1. Head\n\nWords.\n", publisher="A Press", licence="https://example.org/l", date="2026-11-23", title="A & B"
    ).decode()
    for words in ("<publisher>A Press</publisher>", 'target="https://example.org/l"', 'when="2026-11-23"', "A &amp; B"):
        assert words in full


@given(st.text(max_size=30))
def test_ids_are_names_of_xml(words: str) -> None:
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", ncname(words))


# -- there and back ------------------------------------------------------------------------------

_WORD = st.sampled_from(
    [
        "the",
        "Congo",
        "Tshombe",
        "Mr. Ball",
        "in 1962",
        "U.S.",
        "“peace”",
        "a—b",
        "Document 12",
        "cafés",
        "$5",
        "(so)",
        "May 4",
        "𝄞",
        "Embtel 412",
        "770G.00/8–1862",
        "F–4s",
        "3 percent",
        "&",
        "<b>",
        "Léopoldville’s",
    ]
)


@st.composite
def page_documents(draw: st.DrawFn) -> str:
    """A document as it is copied from a page: head, paragraphs, page markers, notes at their markers."""
    count, blocks = 0, ["280. Telegram From the Department of State to the Embassy in the Congo"]
    notes = draw(st.booleans())
    if notes:
        count, blocks[0] = 1, f"{blocks[0]}1"
    page = 557
    for _ in range(draw(st.integers(1, 5))):
        said = draw(st.lists(_WORD, min_size=2, max_size=12))
        if notes and draw(st.booleans()):
            count += 1
            said[-1] = f"words.{count}"
        if draw(st.booleans()):
            said.insert(draw(st.integers(1, len(said))), f"[Page {page}]")
            page += 1
        blocks.append(f"When {' '.join(said)} they said no more of it.")
        if draw(st.integers(0, 3)) == 0:
            blocks.append(f"[Page {page}]")
            page += 1
    if draw(st.booleans()):
        blocks.append(draw(st.sampled_from(["Rusk", "Dean Rusk", "G. Mennen Williams"])))
    words_of_notes = [" ".join(draw(st.lists(_WORD, min_size=1, max_size=6))) for _ in range(count)]
    labels = [
        f"  {n}. {'Source: ' if n == 1 else ''}{words} was not printed." for n, words in enumerate(words_of_notes, 1)
    ]
    return "\n\n".join(blocks) + "".join(f"\n{label}" for label in labels) + "\n"


@given(page_documents(), st.sampled_from(["edition", "frus"]))
@settings(parent=settings(), max_examples=150)
def test_the_text_comes_back_to_the_character(text: str, profile: str) -> None:
    assert export_text(parse(convert(text, profile=profile))) == text


@given(page_documents())
@settings(parent=settings(), max_examples=40)
def test_what_comes_back_converts_to_the_same_bytes(text: str) -> None:
    first = convert(text)
    assert convert(text) == first
    assert convert(export_text(parse(first))) == first


def test_a_document_of_two_megabytes_is_converted_in_proportion() -> None:
    def conversion(count: int) -> Callable[[], object]:
        source = decode(
            ("1. Head\n\n" + "The plan of Mr. Ball was made on May 4, 1962, in the Congo. " * count).encode()
        )
        return lambda: Converter().convert(source)

    assert_in_proportion(conversion, 250)
