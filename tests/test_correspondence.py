"""Who wrote to whom, as heads say it: in the edition and as the published series encodes it."""

from __future__ import annotations

import time

import pytest
from casefiles import Case, parameters, read_cases
from lxml import etree

from tei_edition.encoding import encode_document
from tei_edition.model import Entry, Office, Tagged
from tei_edition.reading import decode, read_document
from tei_edition.resources import data_path
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.correspondence.heads import read_sides
from tei_edition.tagging.correspondence.parties import kind_of
from tei_edition.tei import TEI

ENTRIES = {
    "rusk": Entry("rusk", "person", "Rusk, Dean", ("Dean Rusk",), "Rusk", ("Dean",)),
    "ball": Entry("ball", "person", "Ball, George W.", ("George W. Ball",), "Ball", ("George", "W.")),
    "usun": Entry("usun", "term", "USUN", ("USUN",), description="United States Mission at the United Nations"),
}
ROWS = [
    line.split("\t")
    for line in data_path("correspondents.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def tag(text: str, profile: str) -> Tagged:
    return tag_document(read_document(decode(text.encode(), "d.txt")), Known(ENTRIES), profile=profile)


def shown(tagged: Tagged) -> str:
    """The typed spans of the heads, then what the header says of each party."""
    text = tagged.document.source.text
    lines = [
        f"{dict(span.attributes)['type']} {span.kind}: {' '.join(text[span.start : span.end].split())}"
        + (f" → {span.ref}" if span.ref else "")
        for span in tagged.spans
        if span.kind in ("person", "organisation", "office") and "type" in dict(span.attributes)
    ]
    for party in tagged.facts.parties:
        named = [
            *(f"org {text[a:b]}" for a, b in party.organisations),
            *(f"person {text[a:b]}" for a, b in party.persons),
            *(f"office {text[a:b]}" for a, b in party.offices),
        ]
        lines.append(f"{party.action}: {'; '.join(' '.join(words.split()) for words in named)}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", parameters("correspondence"))
def test_case(case: Case) -> None:
    assert shown(tag(case["text"], "edition")) == case["edition"]
    frus = "\n".join(line for line in shown(tag(case["text"], "frus")).splitlines() if line[:3] in ("fro", "to "))
    assert frus == case["frus"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("correspondence")) >= 25


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_word_calls_a_body_or_an_office(row: list[str]) -> None:
    word, kind, example = row
    assert kind in ("body", "office") and kind_of(example.removeprefix("the ")) == kind
    assert word.lower().rstrip("s") in example.lower()


def test_the_header_names_joint_senders_and_offices() -> None:
    text = (
        "2. Memorandum From the Under Secretary of State (Ball) and the Joint Chiefs of Staff to the President\n\n"
        "Washington, May 2, 1964.\n\nWe met.\n"
    )
    root = etree.fromstring(encode_document(tag(text, "edition"), Settings(profile="edition"), ENTRIES).tei)
    sent, received = root.iter(f"{TEI}correspAction")
    assert [(etree.QName(e).localname, e.text) for e in sent][:2] == [
        ("orgName", "Joint Chiefs of Staff"),
        ("persName", "Ball"),
    ]
    assert [(etree.QName(e).localname, e.text) for e in received] == [("rs", "President")]


@pytest.mark.parametrize(("until", "typed"), [("1976-01", False), ("1971-06", True)])
def test_a_volume_on_1973_and_later_tells_no_parties_in_its_documents_of_1969(until: str, typed: bool) -> None:
    offices = tuple(Office(f"Desk {i}", "1970", until) for i in range(10))
    more = (Office("Ambassador", "1975", until),)
    entries = {"hale": Entry("hale", "person", "Hale, Ann", ("Ann Hale",), "Hale", ("Ann",), offices=offices + more)}
    text = "2. Memorandum From Ann Hale to Dean Carver\n\nWashington, May 2, 1969.\n\nWe met.\n"
    tagged = tag_document(read_document(decode(text.encode(), "d.txt")), Known(entries), profile="frus")
    assert any(dict(span.attributes).get("type") == "from" for span in tagged.spans) is typed


@pytest.mark.parametrize("part", ["From the A to the ", "the B (C) and ", "Between X, ", "to Mr. Adams ", "by ("])
def test_a_head_without_end_takes_no_time(part: str) -> None:
    for head in (part * 200_000, part * (1900 // len(part))):
        begin = time.perf_counter()
        read_sides(head)
        assert time.perf_counter() - begin < 0.5


def test_a_telegram_that_is_another_document_is_answered_at_its_address_or_nowhere() -> None:
    text = (
        "12. Telegram From the Department of State to the Embassy in Ghana1\n\nWashington, May 4, 1962.\n\n"
        "33. Embtel 412.2 We agree.\n  1. Source: Department of State, Central Files, 611.00/5–462. Secret.\n"
        "  2. Telegram 412, May 2, is printed as Document 11.\n"
    )
    tagged = tag(text, "edition")
    for settings, address in ((Settings(), None), (Settings(base_url="https://example.org/"), "https://example.org/d11")):
        tree = etree.fromstring(encode_document(tagged, settings, ENTRIES).tei)
        assert [a.get("target") for a in tree.iter(f"{TEI}ref") if a.get("type") == "replyTo"] == [address]
