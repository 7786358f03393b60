"""The tail of a source note: the cases that an editor can read, the data file, and what the header says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from lxml import etree
from proportion import assert_in_proportion
from test_tagging import ENTRIES, tag

from tei_edition.encoding import encode_document
from tei_edition.model import Tagged
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tagging import Known
from tei_edition.tagging.context import Reading
from tei_edition.tagging.source_note import RECOGNISER, read_source_note
from tei_edition.tagging.source_note.marks import marks
from tei_edition.tei import TEI

_KINDS = {"classification", "handling", "precedence"}
HEAD = (
    "2. Telegram From the Department of State to the Embassy in the Congo1\n\nWashington, August 18, 1962.\n\nWe met.\n"
)
SOURCE = "  1. Source: Department of State, Central Files, 770G.00/8–1862. "


def shown(tagged: Tagged) -> str:
    """Each fact on a line with its words, then each stretch of words that is tagged for what it says."""
    text = tagged.document.source.text

    def words(start: int, end: int) -> str:
        return " ".join(text[start:end].split())

    facts = tagged.facts
    lines = [f"{mark.kind}: {mark.name}" for mark in facts.markings]
    for one in facts.responsibilities:
        kind = "" if one.kind == "person" else f" ({one.kind})"
        lines.append(f"{one.act}: {words(one.start, one.end)}{kind}{''.join(f' {a} {v}' for a, v in one.dated)}")
    for party in facts.parties:
        named = [("org", party.organisations), ("person", party.persons), ("office", party.offices)]
        named.append(("post", party.posts))
        told = "; ".join(f"{kind} {words(*range_)}" for kind, ranges in named for range_ in ranges)
        lines += [f"{party.way}: {told}"] if party.way else []
    lines += [f"{fact.kind}: {words(fact.start, fact.end)}" for fact in facts.circumstances]
    spans = [span for span in tagged.spans if span.recogniser == RECOGNISER and span.kind != "person"]
    lines += [f"  {span.kind} ⟨{words(span.start, span.end)}⟩" for span in spans if span.kind not in _KINDS]
    return "\n".join(lines)


@pytest.mark.parametrize("case", parameters("source-notes"))
def test_case(case: Case) -> None:
    assert shown(tag(case["text"])) == case["facts"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("source-notes")) >= 80


def test_every_mark_of_the_list_is_read() -> None:
    for words, mark in marks().items():
        opening = "" if mark.kind == "classification" else "Secret; "
        written = words[:1].upper() + words[1:]
        tagged = tag(f"{HEAD}{SOURCE}{opening}{written}.\n")
        found = [(m.kind, m.name) for m in tagged.facts.markings]
        assert (mark.kind, mark.name) == found[-1], words


def test_in_the_profile_frus_nothing_of_it_is_tagged() -> None:
    text = f"{HEAD}{SOURCE}Secret; Niact. Drafted by Ball on August 17. Repeated to Brussels. Received at 3 p.m.\n"
    spans = tag(text, profile="frus").spans
    assert {span.kind for span in spans if span.recogniser == RECOGNISER} <= {"person"}


def header(text: str) -> etree._Element:
    tei = encode_document(tag(text), Settings(profile="edition"), ENTRIES).tei
    return next(etree.fromstring(tei).iter(f"{TEI}teiHeader"))


def test_the_header_has_the_day_of_an_act_and_the_note_that_says_so() -> None:
    made = header(f"{HEAD}{SOURCE}Secret. Drafted by Ball on August 17, cleared with S/S, and approved by Rusk.\n")
    statements = next(made.iter(f"{TEI}msItem")).findall(f"{TEI}respStmt")
    told = [(s.get("source"), s[0].get("when"), s[0].text, etree.QName(s[1]).localname, s[1].text) for s in statements]
    assert told == [
        ("#d2fn1", "1962-08-17", "drafted by", "persName", "Ball"),
        ("#d2fn1", None, "cleared with", "orgName", "S/S"),
        ("#d2fn1", None, "approved by", "persName", "Rusk"),
    ]


def test_the_header_has_a_scheme_for_each_kind_of_mark() -> None:
    made = header(f"{HEAD}{SOURCE}Secret; Niact; Limit Distribution.\n")
    targets = [(r.get("scheme"), r.get("target"), r.get("source")) for r in made.iter(f"{TEI}catRef")]
    assert targets == [
        ("#classification", "#class-secret", "#d2fn1"),
        ("#handling", "#class-limit-distribution", "#d2fn1"),
        ("#precedence", "#class-niact", "#d2fn1"),
        ("#document-kind", "#class-telegram", None),
    ]


def test_categories_that_are_written_alike_have_ids_of_their_own() -> None:
    made = header(f"{HEAD}{SOURCE}Secret; [Secret]; Telegram.\n")
    ids = [c.get("{http://www.w3.org/XML/1998/namespace}id") for c in made.iter(f"{TEI}category")]
    assert len(ids) == len(set(ids)) == 4


def test_the_header_tells_who_else_got_it_and_when_it_came() -> None:
    made = header(f"{HEAD}{SOURCE}Secret. Repeated to Ankara, The Hague, and USUN. Received at 6:37 p.m., August 19.\n")
    actions = list(made.iter(f"{TEI}correspAction"))
    assert [(a.get("type"), a.get("subtype")) for a in actions] == [
        ("sent", None),
        ("received", None),
        ("received", "repeated"),
    ]
    came = [(etree.QName(e).localname, e.get("when"), e.text) for e in actions[1][1:]]
    assert came == [("time", "18:37:00", "6:37 p.m."), ("date", "1962-08-19", "August 19")]
    assert [(etree.QName(e).localname, e.text) for e in actions[2]] == [
        ("orgName", "USUN"),
        ("placeName", "Ankara"),
        ("placeName", "The Hague"),
    ]


def test_the_header_tells_where_they_met_and_of_what_sort_the_copy_is() -> None:
    made = header(f"{HEAD}{SOURCE}Secret. The meeting was held in the Oval Office. Printed from an unsigned copy.\n")
    assert [e.text for e in made.iter(f"{TEI}locale")] == ["the Oval Office"]
    assert [e[0].text for e in made.iter(f"{TEI}physDesc")] == ["Printed from an unsigned copy"]


@pytest.mark.parametrize(
    "part",
    (
        *("Drafted by Ball ", "Repeated to A, ", "and repeated to ", "Secret; ", "cleared by A and ", "The meeting "),
        *("saw ", "The President ", "Copies sent to ", "Received at 3 ", "in telegram 1 ", "A and ", "A.B. "),
        *("with (in draft) ", "Drafted, cleared, ", "the Office of the ", "A's "),
    ),
)
def test_a_source_note_without_end_takes_time_in_proportion(part: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = f"{HEAD}{SOURCE}{part * (size // len(part))}.\n"
        reading = Reading(read_document(decode(text.encode(), "d.txt")), Known({}))
        return lambda: read_source_note(reading)

    assert_in_proportion(prepare, 20_000)


def test_the_header_tells_where_copies_are_and_in_which_town_they_lie() -> None:
    made = header(
        f"{HEAD}  1. Source: Department of Stale, Central Files, 770G.00/8–1862. Secret. A copy is in the Kennedy"
        " Library, National Security Files, Congo, Box 28. See also the memorandum ibid., Box 29.\n"
    )
    identifier = next(made.iter(f"{TEI}msIdentifier"))
    assert [(etree.QName(e).localname, e.text) for e in identifier[:2]] == [
        ("settlement", "Washington"),
        ("institution", "Department of State"),
    ]
    copies = [[e.text for e in other] for other in identifier.iter(f"{TEI}altIdentifier")]
    assert copies == [["Boston", "Kennedy Library", "National Security Files", "Congo, Box 28"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("The text is also in", True),
        ("This memorandum is also in the", True),
        ("Another text is in the", True),
        ("Another memorandum is in the", False),
        ("The memorandum is in the", False),
    ],
)
def test_the_header_tells_where_the_paper_is_also(words: str, told: bool) -> None:
    note = (
        f"Source: Department of State, Central Files, 770G.00/8–1862. {words} Eisenhower Library, Whitman File, Box 9."
    )
    made = header(f"{HEAD}  1. {note}\n")
    places = [[e.text for e in other][1:] for other in made.iter(f"{TEI}altIdentifier")]
    assert places == ([["Eisenhower Library", "Whitman File", "Box 9"]] if told else [])
