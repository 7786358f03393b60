"""Tagging: the cases that an editor can read, the document's own date, and what must hold for any document."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_growth, assert_in_proportion

from tei_edition import tagging
from tei_edition.authority import load_authorities
from tei_edition.model import Entry, Tagged
from tei_edition.reading import decode, read_document
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.citations import repositories
from tei_edition.tagging.context import Reading
from tei_edition.tagging.references import recognise_references
from tei_edition.tagging.references.telegrams import message_words
from tei_edition.tagging.words import WORD, Dictionary, Word, fold, words_of
from tei_edition.vocabulary import may_hold

SOURCES = Path(__file__).parents[1] / "sources"


def person(identifier: str, surname: str, forenames: str) -> Entry:
    return Entry(
        identifier, "person", f"{surname}, {forenames}", (f"{forenames} {surname}",), surname, tuple(forenames.split())
    )


# The authority of the case files: two persons share the name Williams.
ENTRIES = {
    entry.id: entry
    for entry in (
        person("ball", "Ball", "George W."),
        person("bundy", "Bundy", "McGeorge"),
        person("gardiner", "Gardiner", "Robert K. A."),
        person("gmw", "Williams", "G. Mennen"),
        person("hw", "Williams", "Harold"),
        person("rusk", "Rusk", "Dean"),
        person("tshombe", "Tshombe", "Moïse"),
        Entry("congo", "place", "Congo", ("Congo", "Congo (Léopoldville)")),
        Entry("elisabethville", "place", "Elisabethville", ("Elisabethville", "Élisabethville")),
        Entry("katanga", "place", "Katanga", ("Katanga",)),
        Entry("us", "place", "United States", ("United States", "U.S.", "US")),
        Entry("un", "organisation", "United Nations", ("United Nations",)),
        Entry("unoc", "term", "UNOC", ("UNOC",), description="United Nations Operation in the Congo"),
    )
}


def tag(text: str, *, profile: str = "edition", entries: dict[str, Entry] | None = None) -> Tagged:
    known = Known(ENTRIES if entries is None else entries, bundled=False)  # places have cases of their own
    return tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), known, profile=profile)


def shown(tagged: Tagged) -> str:
    """Each span with its words, → the entry, ? the candidates, attributes, and how sure it is."""
    lines: list[str] = []
    open_until: list[int] = []
    for span in tagged.spans:
        if span.recogniser == "source-note" and span.kind != "person":
            continue  # the tail of a source note has cases of its own
        while open_until and open_until[-1] <= span.start:
            open_until.pop()
        words = tagged.document.source.text[span.start : span.end].replace("\n", "⏎")
        parts = [
            f"{span.kind}: {words}",
            f"→ {span.ref}" if span.ref else "",
            f"? {', '.join(span.candidates)}".strip()
            if not span.ref and (span.candidates or span.evidence.startswith("the given name"))
            else "",
            *(f"{name} {value}" for name, value in span.attributes),
            span.cert if span.cert != "high" else "",
        ]
        lines.append("  " * len(open_until) + " ".join(part for part in parts if part))
        open_until.append(span.end)
    return "\n".join(lines)


@pytest.mark.parametrize("case", parameters("tagging"))
def test_case(case: Case) -> None:
    assert shown(tag(case["text"])) == case["spans"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("tagging")) >= 50


# -- what goes into the header -------------------------------------------------------------------


def test_the_document_date_is_the_datelines_and_no_guess() -> None:
    dating = tag("2. Memorandum\n\nWashington, August 18, 1962.\n\nWe met.\n").facts.dating
    assert dating and dict(dating.attributes) == {"when": "1962-08-18"} and not dating.guessed


def test_without_a_dateline_the_file_number_gives_an_interval() -> None:
    dating = tag(
        "2. Memorandum1\n\nWe met.\n  1. Source: Department of State, Central Files, 770G.00/8–1862. Secret.\n"
    ).facts.dating
    assert dating and dict(dating.attributes) == {"notBefore": "1962-07-26", "notAfter": "1962-10-02"}
    assert (
        dating.guessed
        and dating.cert in ("low", "medium")
        and "file number" in dating.evidence
        and dating.source == "1"
    )


@pytest.mark.parametrize(
    "note",
    [
        "Source: Kennedy Library, National Security Files, Congo. Secret.",
        "See Document 4.",
        "Source: Department of State, Central Files, POL 7 US. Secret.",
    ],
)
def test_without_evidence_there_is_no_date(note: str) -> None:
    text = f"2. Memorandum1\n\nWe met on August 18, 1962, and talked of peace.\n  1. {note}\n"
    assert tag(text).facts.dating is None, "a date inside the text is not the document's"


def test_a_last_sentence_that_ends_in_a_date_does_not_date_the_document() -> None:
    assert tag("2. Memorandum\n\nThe plan is this.\n\nWe met on August 18, 1962.\n").facts.dating is None


def test_a_file_number_that_is_another_documents_dates_nothing() -> None:
    note = "Telegram 412 is not printed. (Department of State, Central Files, 611.41/1–1253)"
    text = f"2. Memorandum1\n\nWe met.\n  1. {note}\n"
    assert tag(text).facts.dating is None


def test_correspondence_of_the_head() -> None:
    facts = tag(
        "2. Telegram From the Embassy in the Congo to the Department of State\n\n"
        "Léopoldville, August 18, 1962.\n\nWe met.\n\nGullion\n"
    ).facts
    assert facts.kind == "telegram"
    assert [party.action for party in facts.parties] == ["sent", "received"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Editorial Note", "editorial-note"),
        ("Memorandum of Conversation", "memorandum-of-conversation"),
        ("Letter From President Kennedy to Prime Minister Adoula", "letter"),
        ("Airgram From the Embassy in Togo to the Department of State", "airgram"),
    ],
)
def test_the_kind_of_document(head: str, kind: str) -> None:
    assert tag(f"2. {head}\n\nWe met.\n").facts.kind == kind


def test_classification_and_responsibilities_of_the_source_note() -> None:
    text = (
        "2. Telegram1\n\nWe met.\n  1. Source: Department of State, Central Files, 770G.00/8–1862. "
        "Secret; Limit Distribution. "
        "Drafted by Ball, cleared by Williams and Cutler, and approved by Rusk.\n"
    )
    tagged = tag(text)
    assert [mark.name for mark in tagged.facts.markings] == ["Secret", "Limit Distribution"]
    assert [(r.act, text[r.start : r.end]) for r in tagged.facts.responsibilities] == [
        ("drafted by", "Ball"),
        ("cleared by", "Williams"),
        ("cleared by", "Cutler"),
        ("approved by", "Rusk"),
    ]


def test_what_is_guessed_has_evidence() -> None:
    for case in read_cases("tagging"):
        for span in tag(case["text"]).spans:
            assert span.cert in ("high", "medium", "low")
            if span.cert != "high" or dict(span.attributes).get("cert"):
                assert span.evidence, f"{case.title}: {span}"


def test_every_row_of_the_repositories_is_a_citations_beginning() -> None:
    for name in repositories():
        text = f"2. Memorandum1\n\nWe met.\n  1. Source: {name}, Rusk Papers, Box 12. Secret.\n"
        found = [text[s.start : s.end] for s in tag(text, entries={}).spans if s.kind == "repository"]
        assert found == [name]


def test_a_volume_without_its_years_is_of_the_years_of_this_volume() -> None:
    text = b"2. Editorial Note\n\nSee volume XX, Documents 12 and 14; Treaty Series, vol. II, Document 3; and vol. V."
    document = read_document(decode(text, "frus1961-63v22_d2.txt"))
    found = [span.ref for span in tag_document(document, Known({})).spans if span.kind == "volume-reference"]
    assert found == ["frus1961-63v20#d12", "frus1961-63v20#d14"]


@pytest.mark.parametrize(
    "pieces",
    ["Documents 1, 2, and 3, ", "footnotes 1, 2, supra, ", "See vol. II, ", "telegram 5, July 3, p. 4, ",
     "Embtel 412. ", "[see ", "Foreign Relations, 1947, vol. I, p. 5; ", "1, ", "Telegram 412 reported. "],
)  # fmt: skip
def test_references_take_time_in_proportion(pieces: str) -> None:
    def reading(times: int) -> Callable[[], object]:
        text = f"2. Memorandum1\n\nSee Documents 1, {pieces * times}\n\n  1. See footnote 3, {pieces * times}\n"
        read = Reading(read_document(decode(text.encode())), Known({}))
        return lambda: list(recognise_references(read))

    assert_in_proportion(reading, 500)


def test_every_word_for_messages_names_one() -> None:
    for word in message_words():
        spans = tag(f"2. Memorandum\n\nWe refer to {word} 412 here.\n", entries={}).spans
        assert [span.kind for span in spans] == ["telegram"], word


# -- for any document ----------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        "Ball",
        "George W. Ball",
        "Williams",
        "G. Mennen Williams",
        "Dean",
        "Congo",
        "US",
        "U.S.",
        "United",
        "States",
        "United Nations",
        "UNOC",
        " ",
        ", ",
        ". ",
        "“",
        "”",
        "\n\n",
        "\n",
        "[Page 5]",
        "2",
        "Mr. ",
        "Ambassador ",
        "Gullion",
        "August 18",
        ", 1962",
        "Department of State",
        "Central Files",
        "770G.00/8–1862",
        "Ibid.",
        "Document 12",
        "footnote 2 above",
        "Telegram 412",
        "Embtel 412 and 413",
        "(",
        ")",
        "’s",
        "drafted by ",
        "é",
    ]
)
texts = st.lists(_PIECES, max_size=40).map(
    lambda parts: (
        f"2. Telegram From the Embassy in the Congo to the Department of State1\n\nWords {''.join(parts)}\n"
        f"  1. Source: Department of State, Central Files, 770G.00/8–1862. Secret. {''.join(parts[:9])}\n"
    )
)


@given(texts, st.sampled_from(["edition", "frus"]))
def test_spans_lie_in_one_block_and_are_nested(text: str, profile: str) -> None:
    tagged = tag(text, profile=profile)
    blocks = [*tagged.document.blocks, *(b for note in tagged.document.notes for b in note.blocks)]
    for span in tagged.spans:
        assert span.start < span.end
        assert any(b.start <= span.start and span.end <= b.end for b in blocks)
        assert not text[span.start].isspace() and not text[span.end - 1].isspace()
    for a, b in zip(tagged.spans, tagged.spans[1:], strict=False):
        assert a.end <= b.start or (b.end <= a.end and may_hold(a.kind, b.kind))


@given(texts, st.randoms(use_true_random=False))
def test_neither_recognisers_nor_entries_have_an_order(text: str, chance: random.Random) -> None:
    plain = tag(text)
    recognisers, entries = list(tagging.RECOGNISERS), list(ENTRIES.values())
    chance.shuffle(recognisers)
    chance.shuffle(entries)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagging, "RECOGNISERS", tuple(recognisers))
        other = tag(text, entries={entry.id: entry for entry in entries})
    assert [s._replace(candidates=tuple(sorted(s.candidates))) for s in other.spans] == [
        s._replace(candidates=tuple(sorted(s.candidates))) for s in plain.spans
    ]
    assert other.facts == plain.facts


def test_the_candidates_of_a_name_come_in_the_same_order_whatever_the_files() -> None:
    text = "2. Memorandum\n\nThe letter was for Williams.\n"
    backwards = dict(reversed(ENTRIES.items()))
    assert tag(text).findings == tag(text, entries=backwards).findings
    assert tag(text).spans == tag(text, entries=backwards).spans


@given(texts)
def test_links_lead_to_entries_or_places_of_the_document(text: str) -> None:
    tagged = tag(text)
    ids = {value for span in tagged.spans for name, value in span.attributes if name == "xml:id"}
    for span in tagged.spans:
        if span.kind in ("person", "place", "organisation", "term"):
            assert not span.ref or ENTRIES[span.ref].kind == span.kind
        if span.kind in ("telegram", "citation") and span.ref:
            assert span.ref in ids
    given_ids = [value for span in tagged.spans for name, value in span.attributes if name == "xml:id"]
    assert len(given_ids) == len(set(given_ids))


# -- the dictionary ------------------------------------------------------------------------------

_WORDS = st.lists(
    st.sampled_from(["Ba", "Ball", "ball", "Dean", "Ru", "Rusk", "É", "e", "-", ".", " ", " ", "’s", "\n"]), max_size=12
).map("".join)


@given(_WORDS, st.lists(_WORDS.filter(lambda w: w[:1].isalpha()), max_size=6))
def test_the_dictionary_finds_what_a_plain_search_finds(text: str, forms: list[str]) -> None:
    """The slow, obvious reference: at each word, the longest form that stands there and ends a word."""
    folded = fold(text)
    expected = []
    for word in words_of(folded):
        first = [
            form
            for form in forms
            if words_of(fold(form))[0].folded == word.folded
            and folded.startswith(fold(form), word.start)
            and not folded[word.start + len(form) : word.start + len(form) + 1].isalnum()
        ]
        if first:
            expected.append((word.start, word.start + max(map(len, first))))
    found = [
        (start, end) for start, end, _ in Dictionary((form, form) for form in forms).find(folded, words_of(folded))
    ]
    assert found == expected


@given(_WORDS)
def test_words_are_what_the_pattern_finds(text: str) -> None:
    folded = fold(text)
    assert words_of(folded) == [(found.group(), *found.span()) for found in WORD.finditer(folded)]
    assert all(isinstance(word, Word) for word in words_of(folded))


@given(st.text(max_size=200))
def test_folding_at_one_go_is_folding_each_character(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


def test_folding_is_the_same_for_few_different_characters_and_for_many() -> None:
    planes = (range(plane << 16, (plane << 16) + (0x10000 if plane < 4 else 0x200)) for plane in range(17))
    everything = "".join(chr(code) for plane in planes for code in plane if not 0xD800 <= code < 0xE000)
    assert fold(everything) == "".join(map(fold, everything))
    assert fold(fold(everything)) == fold(everything)


@given(st.text(max_size=60))
def test_folding_keeps_each_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


# -- worst cases ---------------------------------------------------------------------------------

WORST = {
    "citations": ("Department of State, Central Files, 770G.00/8–1862. ", 100),
    "citations without an end": ("Department of State, Central Files, ", 100),
    "file numbers": ("770G.00/8–1862, ", 200),
    "telegrams": ("Telegram 412, ", 300),
    "titles": ("Mr. Ball, ", 300),
    "names": ("George W. Ball ", 300),
    "surnames with initials": ("G. ", 1_000),
    "dates": ("May 4, ", 500),
    "brackets": ("(", 10_000),
    "opening marks": ("“", 10_000),
    "quotations": ("“a” ", 300),
    "acts": ("drafted by Ball, cleared by ", 150),
    "capitals": ("Ab ", 2_000),
}


@pytest.mark.parametrize("name", WORST)
def test_eight_times_the_text_takes_about_eight_times_the_time(name: str) -> None:
    unit, size = WORST[name]

    def tagging(count: int) -> Callable[[], object]:
        text = f"2. Telegram1\n\nWords: {unit * count}\n  1. Source: {unit * count}\n"
        document, known = read_document(decode(text.encode())), Known(ENTRIES)
        return lambda: tag_document(document, known)

    assert_in_proportion(tagging, size)


def test_twenty_thousand_names_cost_no_more_than_two_hundred() -> None:
    document = read_document(decode(("2. Telegram\n\n" + "The plan was made by Ball in the Congo. " * 500).encode()))

    def tagging(count: int) -> Callable[[], object]:
        names = {f"p{n}": person(f"p{n}", f"Surname{n}", "John") for n in range(count)}
        known = Known({**ENTRIES, **names})
        return lambda: tag_document(document, known)

    assert_growth(tagging, 200, 20_000, limit=3)


def test_the_authority_file_of_the_telegram_is_sound() -> None:
    entries, findings = load_authorities([SOURCES / "authority" / "congo-1962.xml"])
    assert findings == []
    assert {"ball", "bundy", "gardiner", "rusk", "tshombe", "williams", "congo", "katanga", "elisabethville"} <= set(
        entries
    )
    assert "cutler" not in entries, "who cannot be identified with certainty has no entry"
