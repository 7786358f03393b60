"""What "ibid." repeats: cases that an editor can read, and what holds for any document."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from proportion import assert_in_proportion

from tei_edition.citation import Citation, is_ibid, places, read_citations, same_place
from tei_edition.encoding import encode_document
from tei_edition.model import Tagged
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.context import Reading
from tei_edition.tagging.ibid import link_citations, tag_citations
from tei_edition.validation import validate_tree


def tagged(text: str) -> Tagged:
    return tag_citations(read_document(decode(text.encode(), "d.txt")))


def shown(document: Tagged) -> str:
    """Each citation, = what it repeats, and its parts; ^ those that it inherits; then the findings."""
    lines = []
    for citation in read_citations(document):
        repeats = f" = {citation.repeats}" if citation.repeats else ""
        cert = f" {citation.cert}" if citation.cert != "high" else ""
        parts = " | ".join(f"{'^' if part.inherited else ''}{part.name} {part.words}" for part in citation.parts)
        lines.append(f"{citation.id}{repeats}{cert}: {parts}".rstrip())
    found = [finding for finding in document.findings if finding.code == "TG075"]
    return "\n".join([*lines, *(f"TG075 {f.message.partition('”')[0].lstrip('“')}" for f in found)])


@pytest.mark.parametrize("case", parameters("ibid"))
def test_case(case: Case) -> None:
    assert shown(tagged(case["text"])) == case["cited"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("ibid")) >= 18


# -- what holds for any notes ---------------------------------------------------------------------

NOTES = st.lists(
    st.sampled_from(
        [
            "Department of State, Central Files, 770G.00/8–1862.",
            "(Department of State, Central Files, POL 27 VIET S)",
            "(Kennedy Library, National Security Files, Congo)",
            "Johnson Library, National Security File, Box 12, Congo.",
            "(Ibid.)",
            "(ibid.; telegram 9, ibid.)",
            "(Ibid., 770G.00/8–1762)",
            "Ibid., Box 3.",
            "See Department of State Bulletin, October 12, 1970, pp. 431–435.",
            "(Ibid., pp. 3–5)",
            "Not printed.",
            "(USIA Files, Congo)",
            "National Archives, RG 59, Conference Files: Lot 66 D 110, CF 2384.",
        ]
    ),
    max_size=9,
)


def document_of(notes: list[str]) -> str:
    markers = " ".join(f"We met.{n}" for n in range(1, len(notes) + 1))
    lines = "\n".join(f"  {n}. {note}" for n, note in enumerate(notes, 1))
    return f"2. Memorandum\n\n{markers or 'We met.'}\n\n{lines}\n"


@given(NOTES)
def test_a_link_leads_back_to_a_citation_that_has_words_of_its_own(notes: list[str]) -> None:
    by_id: dict[str, Citation] = {}
    for citation in read_citations(tagged(document_of(notes))):
        if citation.repeats:
            earlier = by_id[citation.repeats]  # before it, and not itself
            assert not is_ibid(earlier.words) or any(not part.inherited for part in earlier.parts)
        by_id[citation.id] = citation


@given(NOTES)
def test_linking_twice_is_linking_once(notes: list[str]) -> None:
    document = tagged(document_of(notes))
    bare = [
        span._replace(ref="", attributes=(), cert="high", evidence="") if span.kind == "citation" else span
        for span in document.spans
    ]
    assert link_citations(Reading(document.document, Known({})), bare) == document.spans


@given(NOTES)
def test_citations_alone_are_those_of_the_whole_tagging(notes: list[str]) -> None:
    text = document_of(notes)
    whole = tag_document(read_document(decode(text.encode(), "d.txt")), Known({}))
    assert read_citations(tagged(text)) == read_citations(whole)


@given(NOTES)
def test_the_edition_has_each_place_once_and_all_pointers_lead_to_one(notes: list[str]) -> None:
    document = tagged(document_of(notes))
    root = etree.fromstring(encode_document(document, Settings(), {}).tei)
    listed = root.findall(".//{*}listBibl[@type='archival']/{*}bibl")
    ids = [bibl.get("{http://www.w3.org/XML/1998/namespace}id", "") for bibl in listed]
    assert ids == [f"file{n}" for n in range(1, len(ids) + 1)]
    wanted = {same_place(place) for citation in read_citations(document) for place in places(citation)}
    assert len(wanted) == len(ids)
    pointed = [bibl.get("ref", "") for bibl in root.iterfind(".//{*}text//{*}bibl")]
    assert {pointer for several in pointed for pointer in several.split()} == {f"#{name}" for name in ids}


def test_several_numbers_are_several_places() -> None:
    text = "2. Memorandum1\n\nWe met.\n\n  1. Source: Department of State, Central Files, 770G.00/8–1862 and 8–1962.\n"
    one = read_citations(tagged(text))
    assert [part.words for part in one[0].parts if part.name == "file-number"] == ["770G.00/8–1862", "8–1962"]
    assert [[part.words for part in place][-1] for place in places(one[0])] == ["770G.00/8–1862", "770G.00/8–1962"]


def test_many_citations_take_time_in_proportion() -> None:
    def prepare(count: int) -> Callable[[], object]:
        notes = ["(Ibid.)", "Department of State, Central Files, 770G.00/8–1862.", "White Papers, p. 3."] * count
        document = read_document(decode(document_of(notes).encode(), "d.txt"))
        return lambda: read_citations(tag_citations(document))

    assert_in_proportion(prepare, 40)


@pytest.mark.parametrize(
    "line",
    [
        "Eisenhower Library, Whitman File",  # a sub-heading, by its looks
        "Hickerson Files, Lot 55 D 429, undated.",
        "Kennedy Library, President’s Office Files, undated",
        "Dear Mr. President: (Kennedy Library, President’s Office Files)",
    ],
)
def test_where_tei_has_no_room_for_a_bibl_the_edition_is_valid_and_each_pointer_leads_somewhere(line: str) -> None:
    prose = "This memorandum of the conversation has been printed above in full and need not be repeated here"
    text = f"280. Memorandum From A to B\n\n{line}\n\n{prose} (ibid., Ann Whitman Diary).\n"
    document = tag_document(read_document(decode(text.encode(), "d.txt")), Known({}))
    root = etree.fromstring(encode_document(document, Settings(), {}).tei)
    assert not [f for f in validate_tree(root, "d.xml", schema="edition") if f.severity == "error"]
    cited = ["".join(bibl.itertext()) for bibl in root.iterfind(".//{*}text//{*}bibl")]
    assert "ibid., Ann Whitman Diary" in cited
