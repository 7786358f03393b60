"""Persons on no list: each row of the word lists does what it is there for, and speech and names are weighed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion
from test_tagging import tag

from tei_edition.tagging import name_vocabulary as vocabulary
from tei_edition.tagging.unlisted import names
from tei_edition.tagging.words import fold


def persons(text: str) -> list[str]:
    tagged = tag(f"2. Memorandum\n\n{text}\n", entries={})
    source = tagged.document.source.text
    return [source[s.start : s.end] for s in tagged.spans if s.kind == "person"]


@pytest.mark.parametrize("title", sorted(vocabulary.titles()))
def test_every_title_names_who_stands_behind_it(title: str) -> None:
    flags = vocabulary.titles()[title]
    text = f"We met {title}. Oderbrecht here." if flags.stop else f"We met {title} Oderbrecht here."
    assert "Oderbrecht" in persons(text)
    if flags.many:
        assert persons(f"We met {title}{'.' * flags.stop} Oderbrecht and Vask here.") == ["Oderbrecht", "Vask"]


def test_every_given_name_makes_a_name() -> None:
    for name in vocabulary.rows("given-names.txt"):
        assert f"{name} Oderbrecht" in persons(f"We met {name} Oderbrecht here."), name


def test_every_family_name_is_a_persons() -> None:
    for name in vocabulary.rows("family-names.txt"):
        assert name in persons(f"We met {name} here."), name


def test_no_word_of_the_others_is_a_person_even_where_it_speaks() -> None:
    known = vocabulary.given_names() | vocabulary.family_names()
    for word in vocabulary.rows("no-persons.txt"):
        if fold(word) not in known:
            assert persons(f"We heard that {word} said so.") == [], word


def test_a_word_is_a_name_or_none() -> None:
    assert not vocabulary.family_names() & vocabulary.no_persons()
    assert len(set(vocabulary.rows("given-names.txt"))) == len(vocabulary.rows("given-names.txt"))
    assert len(set(vocabulary.rows("no-persons.txt"))) == len(vocabulary.rows("no-persons.txt"))


def test_every_verb_and_every_deed_is_a_persons() -> None:
    for verb in sorted(vocabulary.saying_verbs()):
        assert persons(f"We heard that Oderk {verb} so.") == ["Oderk"], verb
    for word in sorted(vocabulary.between()):
        assert persons(f"We heard that Oderk {word} said so.") == ["Oderk"], word
    for words in sorted(vocabulary.telling_words()):
        assert persons(f"We {words} Oderk so.") == ["Oderk"], words
    for deed in sorted(vocabulary.deeds()):
        assert persons(f"We like Oderk’s {deed} here.") == ["Oderk"], deed
    for meeting in sorted(vocabulary.meetings()):
        assert "Vask" in persons(f"Of the Nixon-Vask {meeting} we know."), meeting


def test_every_word_of_offices_shows_who_holds_one() -> None:
    for office in sorted(vocabulary.offices()):
        assert "Oderbrecht" in persons(f"We met Oderbrecht, {office.capitalize()} of the Group."), office


def test_every_holder_shows_a_name_in_parentheses() -> None:
    for office in sorted(vocabulary.grammar("holder")):
        assert persons(f"We met the {office.capitalize()} (Oderbrecht) here.") == ["Oderbrecht"], office


def test_every_word_for_a_paper_shows_who_wrote_it() -> None:
    for word in sorted(vocabulary.grammar("paper") | vocabulary.grammar("done-to-papers")):
        assert persons(f"We have a {word} of May 4 from Oderbrecht here.") == ["Oderbrecht"], word


def test_every_particle_stands_in_a_name_and_no_place_is_one() -> None:
    for particle in sorted(vocabulary.grammar("particle")):
        assert persons(f"We met Calvin {particle} Oderk.") == [f"Calvin {particle} Oderk"], particle
    for particle in sorted(vocabulary.grammar("opening")):
        assert persons(f"We met President {particle} Oderk.") == [f"{particle} Oderk"], particle
    for word in sorted(vocabulary.grammar("word-and-name")):
        assert persons(f"We met Colonel {word.capitalize()}.") == [word.capitalize()], word
    for word in sorted(vocabulary.grammar("before-place") - {"el"}):
        assert persons(f"We went to {word.capitalize()} Nixon.") == [], word
    for word in sorted(vocabulary.grammar("where")):
        assert persons(f"The plan {word} Oderk said so.") == [], word


def test_a_full_name_says_whose_the_surname_is() -> None:
    tagged = tag("2. Memorandum\n\nMr. Oderbrecht left. Calvin Oderbrecht wrote.\n", entries={})
    assert [s.evidence.startswith("the same as “Calvin Oderbrecht”: ") for s in tagged.spans] == [True, False]
    two = tag("2. Memorandum\n\nMr. Oderbrecht left. Calvin Oderbrecht and Hugo Oderbrecht wrote.\n", entries={})
    assert not any(s.evidence.startswith("the same as") for s in two.spans)


def test_the_frus_profile_tags_no_unlisted_persons() -> None:
    tagged = tag("2. Memorandum\n\nMr. Oderbrecht left.\n", profile="frus", entries={})
    assert not tagged.spans


@pytest.mark.parametrize(
    "piece",
    [
        "Mr. Oderbrecht said so. ",
        "Oderk, Vask and ",
        "A. B. ",
        "Calvin ",
        "Ambassador ",
        "(",
        "X-",
        "de la ",
        "Kennedy-",
    ],
)
def test_time_is_in_proportion(piece: str) -> None:
    def prepare(n: int) -> Callable[[], object]:
        text = f"2. Memorandum\n\n{piece * n}\n"
        return lambda: tag(text, entries={})

    assert_in_proportion(prepare, 500)


@given(st.text(st.sampled_from("aéß ABÉΣ’1."), max_size=80), st.sampled_from([1, 30, 60]))
def test_capitals_are_counted_as_one_by_one(text: str, times: int) -> None:
    text = text * times
    upper, small = sum(map(str.isupper, text[:4000])), sum(map(str.islower, text[:4000]))
    assert names.in_capitals(text) == (upper > 20 and upper > 3 * small)
