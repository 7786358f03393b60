"""Places: cases that an editor can read, the user's gazetteer before the bundled one, and time in proportion."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from casefiles import Case, parameters, read_cases
from hypothesis import given
from hypothesis import strategies as st
from proportion import assert_in_proportion

from tei_edition.encoding import encode_document
from tei_edition.gazetteer import gazetteer
from tei_edition.model import Entry, Tagged
from tei_edition.reading import decode, read_document
from tei_edition.resources import data_path
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.context import Reading
from tei_edition.tagging.places import recognise_places
from tei_edition.tagging.places.surroundings import WEIGHTS
from tei_edition.tagging.places.vocabulary import no_places, words
from tei_edition.words import WORD, fold

CLASSES = (
    *("at", "to", "kind", "compass", "post", "behind", "feature-behind", "feature-before", "feature-of", "named-kind"),
    *("institution-behind", "institution-of", "institution-before", "ship", "before-us", "behind-us", "no-name"),
)


def tag(text: str, *, entries: dict[str, Entry] | None = None, bundled: bool = True) -> Tagged:
    known = Known(entries or {}, bundled=bundled)
    return tag_document(read_document(decode(text.encode("utf-8"), "d.txt")), known)


def shown(tagged: Tagged) -> str:
    """Each place with its words, → the entry, ? the candidates, and how sure it is where it is not high."""
    lines = []
    for span in tagged.spans:
        if span.kind == "place":
            words_ = " ".join(tagged.document.source.text[span.start : span.end].split())
            meant = f"→ {span.ref}" if span.ref else " ".join(["?", ", ".join(span.candidates)]).rstrip()
            lines.append(f"{words_} {meant}{'' if span.cert == 'high' or not span.ref else f' {span.cert}'}")
    return "\n".join(lines)


@pytest.mark.parametrize("case", parameters("places"))
def test_case(case: Case) -> None:
    assert shown(tag(case["text"])) == case["places"]


def test_there_are_cases_enough() -> None:
    assert len(read_cases("places")) >= 60


# -- the user's own gazetteer --------------------------------------------------------------------

OWN = {
    "congo": Entry("congo", "place", "Congo", ("Congo",)),
    "here": Entry("here", "place", "Tripoli", ("Tripoli",)),
    "there": Entry("there", "place", "Tripoli", ("Tripoli",)),
}


def test_the_users_gazetteer_wins() -> None:
    tagged = tag("Memorandum\n\nThe Congo and Paris.\n", entries=OWN)
    assert shown(tagged) == "Congo → congo\nParis → geonames-2988507"


def test_the_longer_name_wins_over_a_shorter_one_of_the_user() -> None:
    assert shown(tag("Memorandum\n\nIn Congo (Brazzaville).\n", entries=OWN)).startswith("Congo (Brazzaville) → ")


def test_two_entries_of_the_user_with_one_name_are_not_told_apart() -> None:
    assert shown(tag("Memorandum\n\nIn Tripoli.\n", entries=OWN)) == "Tripoli ? here, there"


def test_of_two_entries_of_the_user_the_one_that_existed_is_meant() -> None:
    entries = {
        "belgian": Entry("belgian", "place", "Congo", ("Congo",), start="1908", end="1960"),
        "free": Entry("free", "place", "Congo", ("Congo",), start="1960-06-30"),
    }
    text = "2. Memorandum\n\nBonn, May 4, {}.\n\nThe Congo.\n"
    assert shown(tag(text.format(1955), entries=entries)).endswith("Congo → belgian")
    assert shown(tag(text.format(1962), entries=entries)).endswith("Congo → free")
    assert shown(tag(text.format(1960), entries=entries)).endswith("Congo ? belgian, free")


def test_without_the_bundled_gazetteer_the_users_is_left() -> None:
    assert shown(tag("Memorandum\n\nThe Congo and Paris.\n", entries=OWN, bundled=False)) == "Congo → congo"


def test_a_place_has_not_the_id_of_a_person() -> None:
    entries = {"jordan": Entry("jordan", "person", "Jordan, Vernon", ("Vernon Jordan",), "Jordan", ("Vernon",))}
    assert shown(tag("Memorandum\n\nThe Kingdom of Jordan, and Chad.\n", entries=entries)).endswith("Chad → chad")
    linked = tag("Memorandum\n\nThe Embassies in Jordan and Iraq.\n", entries=entries)
    assert (
        "place-jordan" in shown(linked) and "place-jordan" in encode_document(linked, Settings(), entries).tei.decode()
    )


# -- what is said of a claim ---------------------------------------------------------------------


def test_a_claim_says_what_it_rests_on() -> None:
    tagged = tag("2. Memorandum\n\nWashington, August 18, 1962.\n\nHe spoke in Springfield, Illinois.\n")
    claim = next(span for span in tagged.spans if span.start == tagged.document.source.text.index("Springfield"))
    assert claim.evidence == (
        "“Springfield” of the gazetteer: Illinois stands behind it "
        "(in, at or near; beside another place; its country or state behind it)"
    )


def test_the_profile_frus_tags_the_places_of_datelines_only() -> None:
    document = read_document(decode(b"2. Memorandum\n\nParis, August 18, 1962.\n\nIn Rome.\n", "d.txt"))
    tagged = tag_document(document, Known({}), profile="frus")
    assert [document.source.text[s.start : s.end] for s in tagged.spans if s.kind == "place"] == ["Paris"]


# -- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_of_words_holds_words_that_no_other_line_repeats(name: str) -> None:
    lines = data_path("place-words.txt").read_text(encoding="utf-8").splitlines()
    found = [word for line in lines if line.startswith(f"{name}:") for word in line.partition(":")[2].split()]
    assert found and len(found) == len(set(found)) and set(found) == words(name)
    assert all(WORD.fullmatch(fold(word)) for word in found)  # what is compared with is one word of a text


def test_the_file_of_words_has_no_other_classes() -> None:
    lines = data_path("place-words.txt").read_text(encoding="utf-8").splitlines()
    assert {line.partition(":")[0] for line in lines if line and line[0] != "#"} == set(CLASSES)


@pytest.mark.parametrize("name", sorted(no_places()))
def test_what_is_called_no_place_is_none(name: str) -> None:
    assert gazetteer().named(name)  # else the row would never matter
    assert shown(tag(f"Memorandum\n\nThey met in the {name.title()} at noon.\n")) == ""


def test_every_weight_belongs_to_evidence_that_a_case_shows() -> None:
    tagged = [tag(case["text"]) for case in read_cases("places")]
    claims = [span for one in tagged for span in (*one.spans, *(lost.span for lost in one.rejected))]
    said = " ".join(span.evidence for span in claims)
    for name, weight in WEIGHTS.items():
        assert weight < 0 or name in said, name


# -- properties ----------------------------------------------------------------------------------

RENOWNED = ["france", "soviet-union", "near-east", "suez-canal", "tanganyika", "us-ohio", "gulf-of-aqaba", "cyprus"]


@given(st.sampled_from(RENOWNED), st.sampled_from(["in {}", "{} agreed", "to {} and", "from {},", "({})", "{}’s"]))
def test_a_renowned_place_is_found_wherever_it_stands(identifier: str, frame: str) -> None:
    name = gazetteer().place(identifier).name
    text = f"Memorandum\n\nWe learnt today {frame.format(name)} so.\n"
    tagged = tag(text)
    assert [text[s.start : s.end] for s in tagged.spans if s.kind == "place"] == [name]


@given(st.text(alphabet="San Parisof,.()/’Lake UN", max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    reading = Reading(read_document(decode(f"Memorandum\n\nA {text}.\n".encode(), "d.txt")), Known({}))
    length = len(reading.document.source.text)
    assert all(0 <= span.start < span.end <= length for span in recognise_places(reading))


@pytest.mark.parametrize(
    "part", ["in San Jose, ", "PARIS the ", "Paris and ", "New York of ", "at Zzyx, ", "Lake Lake ", "the town of "]
)
def test_time_in_proportion_to_the_text(part: str) -> None:
    known = Known({})

    def prepare(times: int) -> Callable[[], object]:
        text = f"Memorandum\n\n{part * times}.\n"
        reading = Reading(read_document(decode(text.encode(), "d.txt")), known)
        return lambda: list(recognise_places(reading))

    assert_in_proportion(prepare, 400)
