"""Archival citations: the cases that an editor can read, the catalogue row by row, composed citations, time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.model import Span
from tei_edition.reading import decode, read_document
from tei_edition.tagging import Known
from tei_edition.tagging.citations import catalogue, recognise_citations
from tei_edition.tagging.citations.beginnings import KEEPERS
from tei_edition.tagging.citations.numbers import number_at, subjects
from tei_edition.tagging.context import Reading
from tei_edition.tagging.resolve import resolve
from tei_edition.words import fold


def cited(note: str) -> tuple[str, list[Span]]:
    """The text of a document with this source note, and the claims on its citations."""
    text = f"2. Memorandum1\n\nWe met.\n\n  1. {note}\n"
    reading = Reading(read_document(decode(text.encode())), Known({}))
    return text, list(resolve(recognise_citations(reading))[0])


def parts(note: str) -> list[tuple[str, str, str]]:
    """Kind, attribute and words of each claim."""
    text, spans = cited(note)
    return [(s.kind, " ".join(v for _, v in s.attributes), text[s.start : s.end]) for s in spans]


def shown(note: str) -> str:
    lines = []
    for kind, attribute, words in parts(note):
        indent = "" if kind == "citation" else "  "
        lines.append(indent + " ".join(filter(None, [kind, attribute])) + ": " + words)
    return "\n".join(lines)


@pytest.mark.parametrize("case", [p for p in parameters("citations") if "note" in p.values[0].blocks])  # type: ignore[union-attr]
def test_case(case: Case) -> None:
    assert shown(case["note"]) == case["parts"]


# -- the catalogue -------------------------------------------------------------------------------


def test_every_collection_is_one_with_a_repository_and_by_itself() -> None:
    for name, found in catalogue.collections().items():
        words = [
            w for kind, _, w in parts(f"Source: Department of State, {name}, Box 12. Secret.") if kind == "collection"
        ]
        assert words == [name]
        assert catalogue.collection(name.lower()) == found
        assert found.kind in ("collection", "papers", "series", "division")
        assert not found.repository or found.repository in {r.id for r in catalogue.repositories().values()}
        assert not found.record_group or re.fullmatch(r"RG \d+", found.record_group)


def test_every_repository_is_found_by_its_words() -> None:
    for wording, found in catalogue.repositories().items():
        assert any(keeper in fold(wording) for keeper in KEEPERS), wording
        assert catalogue.repository(wording.upper()) == found
        assert found.kind in (
            "government", "archive", "foreign-archive", "records-center", "library", "presidential-library",
            "university", "society",
        )  # fmt: skip
        assert not found.record_group or re.fullmatch(r"RG \d+", found.record_group)


def test_misprints_are_the_repository_that_they_mean() -> None:
    assert catalogue.repository("Department of Stale") == catalogue.repository("Department of State")
    found = catalogue.repository("Nahonal Archives")
    assert found and found.name == "National Archives and Records Administration"


def test_a_collection_is_itself_with_years_behind_it() -> None:
    found = catalogue.collection("Central Files 1964–66")
    assert found and found.record_group == "RG 59"


@pytest.mark.parametrize("example", [row[0] for row in catalogue.rows("file-schemes.tsv")])
def test_every_scheme_is_told_by_its_example(example: str) -> None:
    wanted = next(row[1] for row in catalogue.rows("file-schemes.tsv") if row[0] == example)
    files = {"numerical-file": "Numerical File", "office-file": "Embassy Files"}.get(wanted, "")
    found = number_at(example, 0, len(example), files=files)
    assert found and (found.end, found.type) == (len(example), wanted)


@pytest.mark.parametrize("abbreviation", subjects())
def test_every_subject_begins_a_number(abbreviation: str) -> None:
    number = f"{abbreviation} 7–2 VIET S"
    assert ("file-number", "subject-numeric-file", number) in parts(
        f"Source: Department of State, Central Files, {number}. Secret."
    )


# -- any citation --------------------------------------------------------------------------------

_REPOSITORIES = st.sampled_from(sorted(catalogue.repositories()))
_COLLECTIONS = st.sampled_from(sorted(name for name, c in catalogue.collections().items() if c.kind == "collection"))
_CENTRAL = ("central-decimal-file", "subject-numeric-file", "electronic-telegram", "film")
_SCHEMES = catalogue.rows("file-schemes.tsv")
_LOCATED = st.sampled_from([row for row in _SCHEMES if row[1] in ("lot", "accession", "job")])
_TAILS = st.sampled_from(
    ["", ". Secret.", ". Top Secret; Niact. Drafted by Ball.", ". No classification marking.", ". Drafted by Rusk."]
)


@given(_REPOSITORIES, st.sampled_from([row for row in _SCHEMES if row[1] in _CENTRAL]), _TAILS)
def test_a_central_file_is_found_whole(repository: str, scheme: list[str], tail: str) -> None:
    whole = f"{repository}, Central Files, {scheme[0]}"
    if whole.endswith(".") and tail.startswith("."):
        return
    assert parts(f"Source: {whole}{tail}")[:4] == [
        ("citation", "", whole), ("repository", "", repository), ("collection", "", "Central Files"),
        ("file-number", scheme[1], scheme[0]),
    ]  # fmt: skip


@given(_REPOSITORIES, _COLLECTIONS, _LOCATED, st.sampled_from(["Box 12", "“Japan”", "Box 3, Folder 2", ""]), _TAILS)
def test_files_with_their_number_are_found_whole(
    name: str, files: str, scheme: list[str], last: str, tail: str
) -> None:
    whole = f"{name}, {files}: {scheme[0]}" + (f", {last}" if last else "")
    found = parts(f"Source: {whole}{tail}")
    assert found[:4] == [
        ("citation", "", whole), ("repository", "", name), ("collection", "", files),
        ("file-number", scheme[1], scheme[0]),
    ]  # fmt: skip
    assert [words for kind, _, words in found if kind == "scope"] == [p for p in last.split(", ") if p]


_PIECES = st.sampled_from(
    ["Department of State", "Central Files", "770G.00/8–1862", "8–1962", "POL 27 VIET S", "Lot 64 D 199", "Ibid.",
     ", ", ": ", "; ", ". ", " and ", "(", ")", "[", "]", "“", "”", '"', "\n", " ", "Box 12", "RG 59", "Job 79–1A",
     "123 Stanton, Edwin F.", "PPT Ashe, Arthur", "Files", "files", "lot ", "Source:", "p. 5", "é", "the", "is",
     "Secret", "ibid"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_parts_lie_inside_their_citation_in_order(words: str) -> None:
    text, spans = cited(words or "x")
    citation = None
    for span in spans:
        assert not text[span.start].isspace() and not text[span.end - 1].isspace()
        if span.kind == "citation":
            citation = span
        else:
            assert citation and citation.start <= span.start < span.end <= citation.end


@pytest.mark.parametrize(
    "pieces",
    ["Department of State, ", "(Ibid., ", "ibid. ", "lot 64 D 199, ", "Files ", "770G.00/8–1862 and ", "770G.00 ",
     "POL 27 ", "(", "“", "PPS files, ", "Central Files 8–1862, ", "611.", "123 A, B ", "1/", "A/B", "Lot ",
     "Library, "],
)  # fmt: skip
def test_citations_take_time_in_proportion(pieces: str) -> None:
    def reading(times: int) -> Callable[[], object]:
        read = Reading(
            read_document(decode(f"2. Memorandum1\n\nWe met.\n\n  1. {pieces * times}\n".encode())), Known({})
        )
        return lambda: list(recognise_citations(read))

    assert_in_proportion(reading, 500)


def test_there_are_cases_enough() -> None:
    assert len([case for case in read_cases("citations") if "note" in case.blocks]) >= 60
