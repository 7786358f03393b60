"""Several documents in one text: whatever the text, its parts tile it, and each knows its place in the file."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from proportion import assert_in_proportion

import tei_edition
from tei_edition.diagnostics import UnusableInput
from tei_edition.encoding import encode_document
from tei_edition.model import Source
from tei_edition.reading import decode, part_documents, read_document
from tei_edition.resources import data_path
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document

DOCUMENTS = (
    "280. Telegram From the Embassy in the Congo to the Department of State1\n\nLéopoldville, August 18, 1962.\n\n"
    "The Prime Minister called.\n  1. Source: Department of State, Central Files. Secret.\n",
    "281. Editorial Note\n\nOn August 20 the Congress met.\n",
    "[282] Letter From Prime Minister Nehru to President Kennedy1\r\n\r\nNew Delhi, May 4, 1961.\r\n\r\nI write.\r\n"
    "  1. Source: Kennedy Library.\r\n",
    "690B.9321/6–2253: Telegram\n\nNo. 283\nThe Ambassador in Thailand (Stanton) to the Department of State1\n\n"
    "Bangkok, June 22, 1953—6 p.m.\n\nThe meeting was held.\n\nStanton\n  1. Repeated to Taipei.\n",
    "284. Memorandum of Conversation1\nSUBJECT\n  • Katanga\nThe Secretary asked.\n- Source: Central Files.↩\n",
)
FRONTS = ("", "\ufeff", "Home › Historical Documents\n\n", "Preface\n\nThe editors thank the Library.\n\n", "\n \n")

pieces = st.sampled_from(
    [
        *DOCUMENTS,
        *FRONTS,
        "\n",
        "\n\n",
        "[Page 12]\n\n",
        "Next Document\n",
        "3. Report by the Secretary\n",
        "No. 4",
        "é𝄞",
    ]
)
texts = st.lists(pieces, max_size=12).map("".join) | st.text(max_size=60)


def readable(text: str) -> Source:
    try:
        return decode(text.encode("utf-8", "surrogatepass"), "texts/volume.txt")
    except UnusableInput:
        assume(False)
        raise


@given(texts)
def test_the_parts_tile_the_text(text: str) -> None:
    source = readable(text)
    parts = part_documents(source).sources
    assert "".join(part.text for part in parts) == text
    assert all(before.offset + len(before.text) == after.offset for before, after in itertools.pairwise(parts))
    assert all(part.line == text.count("\n", 0, part.offset) + 1 for part in parts)
    assert {(part.path, part.sha256, part.file_name) for part in parts} == {(source.path, source.sha256, "volume")}
    assert len({part.name for part in parts}) == len(parts)


@given(texts)
def test_each_part_is_accounted_for_to_the_character(text: str) -> None:
    for part in part_documents(readable(text)).sources:
        if part.text.strip().strip("\ufeff"):
            tagged = tag_document(read_document(part), Known({}))
            assert not encode_document(tagged, Settings(), {}).findings


@given(st.lists(st.sampled_from(DOCUMENTS), min_size=1, max_size=5, unique=True), st.sampled_from(["", "\n", "\n\n\n"]))
def test_documents_that_were_joined_come_apart(chosen: list[str], between: str) -> None:
    chosen = sorted(chosen, key=DOCUMENTS.index)
    parts = part_documents(readable(between.join(chosen))).sources
    assert [part.text.strip() for part in parts] == [text.strip() for text in chosen]


@pytest.mark.parametrize("front", FRONTS)
def test_what_stands_before_the_first_head_is_not_lost(front: str) -> None:
    parts = part_documents(readable(front + "\n".join(DOCUMENTS))).sources
    assert [part.name for part in parts if part.name.endswith("_front")] == ["volume_front"] * ("Preface" in front)
    assert "".join(part.text for part in parts).startswith(front)


def test_places_are_those_of_the_file() -> None:
    text = "1. Editorial Note\n\nThe King left.\n\n2. Editorial Note\n\nThe Queen left.7 She wept.\n"
    _, second = part_documents(decode(text.encode(), "volume.txt")).sources
    found = next(f for f in read_document(second).findings if f.code == "RD011")
    assert str(found.location) == "volume.txt:7:16"
    assert found.location.start == text.index("7 She")
    assert text[found.location.start : found.location.end] == "7"


def test_the_library_reads_the_documents_one_by_one() -> None:
    text = "\n".join(DOCUMENTS[:2])
    documents = tei_edition.split_documents(text, name="frus1961-63v20")
    assert [document.name for document in documents] == ["frus1961-63v20_d280", "frus1961-63v20_d281"]
    editions = [tei_edition.convert(document) for document in documents]
    assert [edition.tei for edition in editions] == [
        e.tei for e in tei_edition.convert_documents(text, name="frus1961-63v20")
    ]
    assert b'xml:id="d280"' in editions[0].tei and b'xml:id="frus1961-63v20_d281"' in editions[1].tei
    assert tei_edition.split_documents(DOCUMENTS[0], name="d280")[0].whole == ""


def test_every_row_of_the_navigation_is_taken_for_that() -> None:
    rows = [r.split("\t") for r in data_path("navigation.tsv").read_text("utf-8").splitlines() if not r.startswith("#")]
    for words, weight in rows:
        text = f"{words}\n\n1. Editorial Note\n\nThe King left.\n"
        taken = [d for d in read_document(decode(text.encode())).decorations if d.what == "navigation"]
        assert len(taken) == (weight == "2"), words
        text = f"1. Editorial Note\n\nThe King left.\n\nShare\n{words}\n"
        taken = [d for d in read_document(decode(text.encode())).decorations if d.what == "navigation"]
        assert len(taken) == 2, words


WORST: dict[str, tuple[Callable[[int], str], int]] = {
    "heads": (
        lambda n: "".join(f"{k % 9999 + 1}. Letter From A to B1\n\nParis, May 4, 1961.\n\nIt.\n\n" for k in range(n)),
        250,
    ),
    "heads of one number": (lambda n: "7. Letter From A to B1\n\nParis, May 4, 1961.\n\nIt.\n\n" * n, 250),
    "numbers that fall": (lambda n: "".join(f"{9999 - k % 9999}. Editorial Note\n\n" for k in range(n)), 500),
    "long titles": (lambda n: f"7. {'From By ' * 55}\n" * n, 50),
    "file lines": (lambda n: f"{'A1/ ' * 20}\nNo. 7\nThe King to the Queen\n" * n, 250),
    "page markers": (lambda n: "[Page 5]\n" * n + "7. Editorial Note\n", 1250),
    "navigation": (lambda n: "Home\n" * n + "7. Editorial Note\n", 1250),
}


@pytest.mark.parametrize("name", WORST)
def test_eight_times_the_text_takes_about_eight_times_the_time(name: str) -> None:
    make, size = WORST[name]

    def parting(count: int) -> Callable[[], object]:
        source = Source(make(count), "0" * 64)
        return lambda: part_documents(source)

    assert_in_proportion(parting, size)
