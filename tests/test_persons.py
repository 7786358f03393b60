"""Persons of the lists: who is meant, how sure that is, and what is no person though it has a name."""

from __future__ import annotations

import re

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from person_lists import listed

from tei_edition.model import Entry, Tagged
from tei_edition.reading import decode, read_document
from tei_edition.resources import data_path
from tei_edition.tagging import Known, date_reading, tag_document, take_census
from tei_edition.tagging.context import Reading
from tei_edition.tagging.persons import weigh
from tei_edition.tagging.persons.census import most_in_the_volume
from tei_edition.tagging.persons.mentions import mens_names, short_forms
from tei_edition.tagging.persons.offices import titles
from tei_edition.tagging.persons.surroundings import institutions, word_classes
from tei_edition.tagging.persons.weighing import likely, shares, weights
from tei_edition.tagging.words import fold, words_of


def tag(text: str, entries: dict[str, Entry], profile: str = "edition") -> Tagged:
    return tag_document(read_document(decode(text.encode(), "d.txt")), Known(entries), profile=profile)


def shown(tagged: Tagged) -> str:
    lines = []
    for span in tagged.spans:
        if span.kind == "person":
            words = tagged.document.source.text[span.start : span.end].replace("\n", "⏎")
            link = f"→ {span.ref}" if span.ref else f"? {' '.join(span.candidates)}" if span.candidates else ""
            lines.append(" ".join(part for part in (words, link, span.cert) if part))
    return "\n".join(lines)


@pytest.mark.parametrize("case", parameters("persons"))
def test_case(case: Case) -> None:
    assert shown(tag(case["text"], listed(case["list"]))) == case["persons"]


TWO = "hale-e: Hale, Edward P., Ambassador to Peru\nhale-m: Hale, Miriam, member of the Policy Planning Staff"


def test_each_link_says_why() -> None:
    tagged = tag("1. Memorandum\n\nEdward Hale came. Hale left. Hale was late.\n", listed(TWO))
    for span in tagged.spans:
        if span.kind == "person":
            assert "Hale, Edward P." in span.evidence and "given:" in span.evidence


def test_a_mention_that_is_not_clear_names_what_each_reading_is_worth() -> None:
    span = next(s for s in tag("1. Memorandum\n\nIt was Hale.\n", listed(TWO)).spans if s.kind == "person")
    assert not span.ref and span.candidates == ("hale-e", "hale-m") and "no reading is clearly best" in span.evidence


def test_the_series_links_to_the_line_of_its_list_that_has_the_wording() -> None:
    entries = listed("ngo: Ngo Dinh Diem, President of the Republic of Vietnam\ndiem: Diem, see Ngo Dinh Diem")
    text = "1. Memorandum\n\nPresident Diem agreed.\n"
    assert shown(tag(text, entries)) == "Diem → ngo high"
    assert shown(tag(text, entries, "frus")) == "Diem → diem high"


def test_the_order_of_the_list_cannot_change_a_link() -> None:
    text = "1. Memorandum\n\nEdward Hale met Ambassador Hale and Miss Hale, and Hale left.\n"
    entries = listed(TWO)
    assert shown(tag(text, entries)) == shown(tag(text, dict(reversed(entries.items()))))


WORDS = ["Hale", "Edward", "Miriam", "Ambassador", "Mr.", "the", "Library", "May", ".", "(", ")", "EPH"]


@given(st.lists(st.sampled_from(WORDS)))
def test_any_text_is_tagged_within_its_words(words: list[str]) -> None:
    text = f"1. Memorandum\n\nA {' '.join(words)}\n"
    tagged = tag(text, listed(TWO))
    for span in tagged.spans:
        if span.kind == "person":
            written = text[span.start : span.end]
            assert written == written.strip() and written[:1].isupper()
            assert set(span.candidates) <= {"hale-e", "hale-m"} and span.ref in ("", "hale-e", "hale-m")


# -- the texts of a volume -----------------------------------------------------------------------

VOLUME = [f"{n}. Memorandum\n\nEdward Hale spoke.\n" for n in range(1, 8)] + ["8. Memorandum\n\nIt was Hale.\n"]


def test_whom_the_volume_names_in_full_is_evidence() -> None:
    known = Known(listed(TWO))
    take_census(known, VOLUME)
    assert most_in_the_volume(known, "hale-e", ["hale-e", "hale-m"])
    assert not most_in_the_volume(known, "hale-m", ["hale-e", "hale-m"])
    tagged = tag_document(read_document(decode(VOLUME[-1].encode(), "d.txt")), known)
    span = next(span for span in tagged.spans if span.kind == "person")
    assert "hale-e" in (span.ref, *span.candidates) and "Hale, Edward P." in span.evidence


def test_the_order_of_the_texts_cannot_change_the_census() -> None:
    one, other = Known(listed(TWO)), Known(listed(TWO))
    take_census(one, VOLUME)
    take_census(other, reversed(VOLUME))
    assert one.census == other.census == {"hale-e": 7}


def test_a_few_texts_are_no_volume() -> None:
    known = Known(listed(TWO))
    take_census(known, VOLUME[:3])
    assert not known.census and not most_in_the_volume(known, "hale-e", ["hale-e", "hale-m"])


# -- the weights and the word lists --------------------------------------------------------------


def test_shares_of_the_readings_make_one() -> None:
    assert sum(shares([["given:name"], ["given:none"], ["nobody"]])) == pytest.approx(1)


def test_evidence_without_a_weight_weighs_nothing() -> None:
    assert likely(["no such evidence"]) == likely([])


def test_what_speaks_for_a_person_does_and_what_speaks_against_does_not() -> None:
    assert likely(["title:office", "in:p", "part:surname"]) > 0.8
    assert likely(["word:small", "in:p", "part:surname"]) < 0.35
    assert weights("link")["named in full:before"] > 0 > weights("link")["office before:0"]


def test_every_row_of_the_weights_belongs_to_evidence_that_can_be_found() -> None:
    found: dict[str, set[str]] = {"person": {"always"}, "link": set()}
    for case in read_cases("persons"):
        reading = Reading(read_document(decode(case["text"].encode(), "d.txt")), Known(listed(case["list"])))
        date_reading(reading)
        for weighed in weigh(reading):
            found["person"].update(map(_kind, weighed.person))
            found["link"].update(_kind(name) for names in weighed.evidence for name in names)
    found["link"].add("in the volume")  # told by several texts
    for part in ("person", "link"):
        assert {_kind(name) for name in weights(part)} <= found[part]


def _kind(name: str) -> str:
    """The kind of a piece of evidence: "in" of "in:note", "office behind" of "office behind:2"."""
    return name.partition(":")[0].partition("+")[0].partition(",")[0]


SHORT_FORMS = data_path("short-forms.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("row", [row for row in SHORT_FORMS if not row.startswith("#")])
def test_a_row_of_short_forms(row: str) -> None:
    name, short, who = row.split("\t")
    assert who in "mf" and (name in mens_names()) == (who == "m")
    assert fold(name) == name and short_forms()[name] == frozenset(short.split()) and name not in short.split()


@pytest.mark.parametrize("kind", [kind.name for kind in titles()])
def test_a_kind_of_title_is_met_by_a_title_and_by_an_office(kind: str) -> None:
    title, office = _EXAMPLES[kind]
    assert next(k.name for k in titles() if k.title.search(fold(title).rstrip("."))) == kind
    assert next(k for k in titles() if k.name == kind).office.search(fold(office))


_EXAMPLES = {
    "secretary": ("Secretary of Defense", "Secretary of Defense"),
    "under secretary": ("Under Secretary", "Under Secretary of State"),
    "assistant secretary": ("Assistant Secretary", "Assistant Secretary of State for African Affairs"),
    "deputy secretary": ("Deputy Secretary", "Deputy Secretary of Defense"),
    "foreign minister": ("Turkish Foreign Minister", "Turkish Minister of Foreign Affairs"),
    "prime minister": ("Prime Minister", "Prime Minister of Israel"),
    "vice president": ("Vice President", "Vice President of the United States"),
    "president": ("President", "President of France"),
    "minister": ("Minister", "Minister of Finance"),
    "ambassador": ("Ambassador", "Ambassador to Peru"),
    "senator": ("Senator", "Democratic Senator from Montana"),
    "congressman": ("Congressman", "Representative (D-Ohio)"),
    "general": ("General", "Lieutenant General, USA"),
    "admiral": ("Rear Admiral", "Chief of Naval Operations; Navy"),
    "colonel": ("Colonel", "Lieutenant Colonel"),
    "officer": ("Captain", "Captain, USN"),
    "chancellor": ("Chancellor", "Chancellor of the Federal Republic"),
    "governor": ("Governor", "Governor of Hong Kong"),
    "king": ("King", "King of Morocco"),
    "prince": ("Crown Prince", "Crown Prince of Libya"),
    "archbishop": ("Archbishop", "Archbishop of Cyprus"),
    "chairman": ("Chairman", "Chairman of the Joint Chiefs"),
    "director": ("Director", "Director of Central Intelligence"),
    "justice": ("Justice", "Associate Justice of the Supreme Court"),
    "lord": ("Lord", "British Foreign Secretary"),
    "woman": ("Mrs.", "Mrs. Charles, wife of the Ambassador"),
}


@pytest.mark.parametrize(("kind", "words"), [(kind, pattern) for kind, pattern in institutions()])
def test_what_stands_behind_a_name_that_is_no_person(kind: str, words: re.Pattern[str]) -> None:
    example = {"library": "Library", "papers": "Papers", "administration": "Administration", "plan": "Plan"}
    example |= {"committee": "Subcommittee", "place": "County", "firm": "Company"}
    assert words.match(f" {example[kind]} x") and not words.match(" said x")


def test_words_that_are_names_too_are_folded_words_of_one_class() -> None:
    lines = data_path("words-like-names.tsv").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split("\t")[1].split()]
    assert len(words) == len(set(words)), "a word of two classes"
    for word in word_classes():
        assert [w.folded for w in words_of(fold(word))] == [word]


@given(
    st.lists(st.text(st.sampled_from("aeiysK"), min_size=3, max_size=7), max_size=5),
    st.text(st.sampled_from("aeiys"), min_size=3, max_size=9),
)
def test_plurals_are_those_of_which_a_slow_search_finds_the_name(names: list[str], word: str) -> None:
    """The slow, obvious reference: take the ending off, and look whether a surname remains."""
    entries = {f"p{i}": Entry(f"p{i}", "person", name, (name,), surname=name) for i, name in enumerate(names)}
    index = Known(entries).persons
    stems = (word[:-1], word.removesuffix("es"), f"{word.removesuffix('ies')}y")
    names_of_it = [stem for stem in stems if len(stem) > 3 and stem in index.surnames]
    is_plural = word.endswith("s") and word not in index.surnames and bool(names_of_it)
    assert index.plurals.get(word) == (names_of_it[0] if is_plural else None)
