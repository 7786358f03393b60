"""Terms and abbreviations: the cases, every row of the tables, and a cost that does not grow with the list."""

from __future__ import annotations

import time

import pytest
from casefiles import Case, parameters
from hypothesis import given
from hypothesis import strategies as st
from test_tagging import shown, tag

from tei_edition.encoding import encode_document
from tei_edition.model import Entry, Tagged
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings
from tei_edition.tagging.context import Known, Reading
from tei_edition.tagging.terms.letter_case import words_like_terms
from tei_edition.tagging.terms.mentions import recognise_terms, telegraphic_index
from tei_edition.tagging.terms.wordings import TermIndex, wordings_of
from tei_edition.tagging.words import fold, words_of
from tei_edition.telegraphic import telegraphic_words


def term(identifier: str, name: str, description: str = "") -> Entry:
    return Entry(identifier, "term", name, (name,), description=description)


ENTRIES = {
    entry.id: entry
    for entry in (
        term("aid", "AID", "Agency for International Development"),
        term("b52", "B–52 (Stratofortress)", "heavy bomber"),
        term("ca-airgram", "CA", "circular airgram"),
        term("ca-office", "CA", "Office of Chinese Affairs, Department of State"),
        term("care", "CARE", "Cooperative for American Remittances to Everywhere"),
        term("chicom", "ChiCom", "Chinese Communist"),
        term("dmz1", "DMZ", "demilitarized zone"),
        term("dmz2", "DMZ", "demilitarized zone"),
        term("euratom", "EURATOM", "European Atomic Energy Community"),
        term("exim", "Exim (Eximbank)", "Export-Import Bank"),
        term("fy", "FY", "fiscal year"),
        term("goi-iran", "GOI", "Government of Iran"),
        term("goi-iraq", "GOI", "Government of Iraq"),
        term("icbm", "ICBM", "intercontinental ballistic missile"),
        term("limdis", "Limdis", "limited distribution"),
        term("linc", "LINC, LINCOLN", "headquarters of an operation"),
        term("nato", "NATO", "North Atlantic Treaty Organization"),
        term("prg", "PRG (SV)", "Provisional Revolutionary Government"),
        term("rolling", "Rolling Thunder", "a bombing campaign"),
        term("s", "S", "Office of the Secretary of State"),
        term("s-stop", "S.", "Senate bill"),
        term("shape", "SHAPE", "Supreme Headquarters, Allied Powers, Europe"),
        term("ss", "S/S", "Executive Secretariat"),
        term("sso", "S/S-O", "Operations Center"),
        term("uno", "UN(O)", "United Nations (Organization)"),
        term("unoc", "UNOC", "United Nations Operation in the Congo"),
        term("us", "US", "United States"),
        term("who", "WHO", "World Health Organization"),
    )
}


def terms(text: str, *, profile: str = "edition", entries: dict[str, Entry] | None = None) -> list[tuple[str, str]]:
    tagged = tag(f"Memorandum\n\n{text}\n", profile=profile, entries=ENTRIES if entries is None else entries)
    source = tagged.document.source.text
    found = [span for span in tagged.spans if span.kind in ("term", "telegraphic-word")]
    return [(source[span.start : span.end], span.ref) for span in found]


def tei(tagged: Tagged, profile: str = "edition") -> str:
    return encode_document(tagged, Settings(profile=profile), {}).tei.decode()


@pytest.mark.parametrize("case", parameters("terms"))
def test_case(case: Case) -> None:
    assert shown(tag(case["text"], entries=ENTRIES)) == case["spans"]


def test_the_published_series_tags_the_list_only_and_as_it_is_written() -> None:
    text = "N.A.T.O. and NATO had an Embtel of Rolling Thunder."
    assert [words for words, _ in terms(text)] == ["N.A.T.O.", "NATO", "Embtel", "Rolling Thunder"]
    assert terms(text, profile="frus") == [("NATO", "nato")]


@pytest.mark.parametrize("identifier", sorted(telegraphic_words()))
def test_every_word_of_telegrams_is_found(identifier: str) -> None:
    word = telegraphic_words()[identifier].name
    for written in {word, word.upper()}:
        source = decode(f"Memorandum\n\nWhy was {written} sent?\n".encode(), "d.txt")
        reading = Reading(read_document(source), Known({}, bundled=False))
        assert [(span.kind, span.ref) for span in recognise_terms(reading)] == [("telegraphic-word", identifier)]


@pytest.mark.parametrize("word", sorted(words_like_terms()))
def test_every_word_like_a_term_is_that_word_in_capitals(word: str) -> None:
    entries = {"x": term("x", word.upper())}
    assert terms(f"THE DELEGATION {word.upper()} RESPONSIBLE GOVERNMENTS", entries=entries) == []
    if len(word) > 1:
        assert terms(f"The delegation of {word.upper()} came to see.", entries=entries) == [(word.upper(), "x")]


def test_words_of_telegrams_have_an_entry_with_what_they_stand_for() -> None:
    written = tei(tag("Memorandum\n\nThe Embtel was good. Another Embtel was not.\n", entries={}))
    assert written.count('<term xml:id="telegraphic-embtel">Embtel</term>') == 1
    assert "<gloss>Embassy telegram</gloss>" in written
    assert written.count('ref="#telegraphic-embtel"') == 2
    assert "telegraphic" not in tei(tag("Memorandum\n\nThe Embtel was good.\n", entries={}, profile="frus"), "frus")


def test_every_claim_names_its_evidence() -> None:
    tagged = tag("Memorandum\n\nThe GOI, NATO, CHICOM and an Embtel in Iran, Iran and Iran.\n", entries=ENTRIES)
    found = [span for span in tagged.spans if span.kind in ("term", "telegraphic-word")]
    assert len(found) == 4 and all(span.evidence for span in found)
    assert [span.candidates for span in found if span.candidates] == [("goi-iran", "goi-iraq")]


@given(st.lists(st.text("ABab. /-s1", min_size=1, max_size=5), max_size=8), st.text("ABab. /-s1\n", max_size=40))
def test_the_index_finds_what_a_slow_search_finds(names: list[str], text: str) -> None:
    entries = [term(f"t{i}", name) for i, name in enumerate(names)]
    folded = fold(text)
    found = {(f.start, f.end, w.written) for f in TermIndex(entries).find(folded, words_of(folded)) for w in f.wordings}
    for start, end, written in found:
        assert folded[start:end] == fold(written)
    starts = {word.start for word in words_of(folded)}
    for wording in (w for entry in entries for w in wordings_of(entry)):
        form = fold(wording.written)
        if not form[:1].isalnum():
            continue
        for at in starts:
            whole = not folded[at + len(form) : at + len(form) + 1].isalnum()
            if folded.startswith(form, at) and whole and words_of(form)[0].end == _first_end(folded, at):
                assert (at, at + len(form), wording.written) in found


def _first_end(folded: str, at: int) -> int:
    return next(word.end for word in words_of(folded) if word.start == at) - at


def test_a_list_of_20000_costs_no_more_per_character_than_one_of_200() -> None:
    text = "The AB1 and the Q.R. of the U.S. and XY77 wrote to the GVN. " * 3000
    folded = fold(text)
    words = words_of(folded)

    def seconds(entries: int) -> float:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        names = [f"{letters[i % 26]}{letters[i // 26 % 26]}{letters[i // 676 % 26]}{i}" for i in range(entries)]
        dotted = ["".join(letters[(i * k) % 26] for k in (1, 3, 5, 7)) for i in range(entries)]
        index = TermIndex(term(f"t{i}", name) for i, name in enumerate([*names, *dotted]))
        best = float("inf")
        for _ in range(3):
            begun = time.perf_counter()
            sum(1 for _ in index.find(folded, words))
            best = min(best, time.perf_counter() - begun)
        return best

    assert seconds(20_000) < 4 * seconds(200) + 0.05


def test_time_grows_in_proportion_to_a_paragraph_without_end() -> None:
    def seconds(times: int) -> float:
        text = "Memorandum\n\n" + "(S) ICBMs of the UN, GOI and CA–1 drafted in S; NIACT FY57. " * times
        reading = Reading(read_document(decode(text.encode(), "d.txt")), Known(ENTRIES, bundled=False))
        begun = time.perf_counter()
        assert sum(1 for _ in recognise_terms(reading)) > times
        return time.perf_counter() - begun

    assert min(seconds(4000) for _ in range(2)) < 16 * min(seconds(500) for _ in range(3)) + 0.05


def test_the_words_of_telegrams_are_indexed_once() -> None:
    assert telegraphic_index() is telegraphic_index()
