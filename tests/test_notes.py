"""Notes: what no case that an editor reads can say. Many notes, their ids, and the TEI that becomes of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from proportion import assert_in_proportion

from tei_edition.diagnostics import Severity
from tei_edition.model import Document, Source
from tei_edition.pipeline import Converter
from tei_edition.reading import decode, read_document
from tei_edition.settings import Settings

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read(text: str) -> Document:
    return read_document(decode(text.encode(), "d1.txt"))


def encoded(text: str, profile: str) -> etree._Element:
    """The TEI of a text, of which nothing was found that is an error."""
    settings = Settings(profile=profile)
    edition = Converter(settings).convert(decode(text.encode(), "d1.txt")).edition
    assert not [f for f in edition.findings if f.severity is Severity.ERROR]
    return etree.fromstring(edition.tei)


def notes_of(root: etree._Element) -> list[tuple[str, str, str]]:
    """Each note with a number: its number, its id, and the element that it stands in."""
    return [
        (n.get("n", ""), n.get(XML_ID, ""), etree.QName(parent).localname)
        for n in root.iter(f"{TEI}note")
        if n.get("n") and (parent := n.getparent()) is not None
    ]


PARAGRAPHS = """1. Telegram1

After reading the plan2 we left.
  1. Source: Department of State, Central Files.

Drafted by Ball.
  2. Not printed.
"""
NESTED = """1. Telegram1

After reading the plan2 we left.4
  1. Source: Department of State, Central Files.
  2. He went to the Congo3 in May.
  3. Not printed.
  4. See Document 12.
"""
AGAIN = """1. Telegram1

After reading the plan2 we left.
  1. Source: Department of State, Central Files.
  2. Not printed.

[Page 558]

We came back1 in May.2
  1. See Document 12.
  2. See Document 13.
"""
SYMBOLS = """1. Telegram1

After reading the plan* we left** for Paris.†
  1. Source: Department of State, Central Files.
  * Not printed.
  ** As in the original.
  † See Document 12.
"""


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_paragraphs_of_a_note_are_p_where_there_are_several(profile: str) -> None:
    root = encoded(PARAGRAPHS, profile)
    first, second = (note for note in root.iter(f"{TEI}note") if note.get("n"))
    assert ["".join(p.itertext()).strip() for p in first.iter(f"{TEI}p")] == [
        "Source: Department of State, Central Files.",
        "Drafted by Ball.",
    ]
    assert not list(second.iter(f"{TEI}p"))
    assert "".join(second.itertext()) == "Not printed."


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_a_note_on_a_note_stands_in_it(profile: str) -> None:
    found = notes_of(encoded(NESTED, profile))
    assert [(n, name) for n, name, _ in found] == [("1", "d1fn1"), ("2", "d1fn2"), ("3", "d1fn3"), ("4", "d1fn4")]
    assert [parent == "note" for _, _, parent in found] == [False, False, True, False]


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_numbers_that_begin_again_have_ids_of_their_own(profile: str) -> None:
    found = notes_of(encoded(AGAIN, profile))
    assert [(n, name) for n, name, _ in found] == [("1", "d1fn1"), ("2", "d1fn2"), ("1", "d1fn1_2"), ("2", "d1fn2_2")]


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_symbols_have_ids_by_their_names(profile: str) -> None:
    found = notes_of(encoded(SYMBOLS, profile))
    assert [(n, name) for n, name, _ in found] == [
        ("1", "d1fn1"),
        ("*", "d1fn-asterisk"),
        ("**", "d1fn-double-asterisk"),
        ("†", "d1fn-dagger"),
    ]


# -- many ----------------------------------------------------------------------------------------


def test_two_hundred_and_fifty_notes() -> None:
    body = " ".join(f"It was said{n} on May {n % 28 + 1}." for n in range(2, 251))
    notes = "".join(f"  {n}. See Document {n + 7}.\n" for n in range(2, 251))
    document = read(f"1. Editorial Note1\n\n{body}\n  1. Source: Department of State.\n{notes}")
    assert [note.label for note in document.notes] == [str(n) for n in range(1, 251)]
    for note in document.notes:
        assert note.anchor is not None
        assert document.source.text[: note.anchor].endswith("Note" if note.label == "1" else "said")


def feet(count: int) -> str:
    page = "We came back{0} in May, and went to Paris.{1}\n  {0}. Not printed.\n  {1}. See Document 12.\n\n[Page 5]\n\n"
    return "1. Editorial Note\n\n" + page.format(1, 2) * count


def again(count: int) -> str:
    body = "We came back1 in May, and went to Paris.2\n\n" * count
    return f"1. Editorial Note\n\n{body}" + "  1. Not printed.\n  2. See Document 12.\n" * count


def chain(count: int) -> str:
    notes = "".join(f"  {n}. He went to the Congo{n + 1} in May.\n" for n in range(2, count))
    return f"1. Editorial Note1\n\nWords.2\n  1. Source: Department of State.\n{notes}"


def symbols(count: int) -> str:
    return "1. Editorial Note\n\n" + "We came back* in May.\n\n* Not printed.\n\n" * count


def raised(count: int) -> str:
    body = "We came back¹² in May. " * count
    return f"1. Editorial Note¹\n\n{body}\n\n" + "".join(f"{n}. Not printed.\n" for n in range(1, count))


def half_in_brackets(count: int) -> str:
    words = (f"word 12 and more{f'[{k}]' if 2 * k <= count else ''} of May" for k in range(1, count + 1))
    return f"1. Head\n\n{' '.join(words)}\n" + "".join(f"  [{k}] Not printed.\n" for k in range(1, count + 1))


WORST = {
    "notes at the feet of pages": (feet, 300),
    "numbers that begin again": (again, 300),
    "notes on notes": (chain, 600),
    "asterisks": (symbols, 300),
    "raised figures": (raised, 600),
    "brackets of which half are missing": (half_in_brackets, 300),
    "labels that begin again, and text": (lambda n: "1. Head\n\n" + "  1. See it.\n\nText.\n\n" * n, 300),
    "page markers behind notes": (lambda n: "1. Head1\n\nA.\n  1. Source: B.\n" + "[Page 5]\n" * n, 1500),
    "lines of a note": (lambda n: "1. Head1\n\nA.\n  1. Source: B.\n" + "C is.\n\n" * n, 1500),
    "blanks behind a label": (lambda n: f"1. Head1\n\nA.\n  1. {' ' * n}^ a{' ' * n}b B.\n", 40000),
    "links back": (lambda n: f"1. Head1\n\nA.\n- B {'↩ ' * n}↩\n", 20000),
}


@pytest.mark.parametrize("name", WORST)
def test_eight_times_the_notes_take_about_eight_times_the_time(name: str) -> None:
    make, size = WORST[name]

    def reading(count: int):  # type: ignore[no-untyped-def]
        source = Source(make(count), "0" * 64)
        return lambda: read_document(source)

    assert_in_proportion(reading, size)


def test_a_chain_of_notes_on_notes_can_be_written() -> None:
    encoded(chain(400), "edition")


# -- for any document with notes -----------------------------------------------------------------

_LABELS = ("{}. ", "{}) ", "({}) ", "[{}] ", "  {}. ", "^{} ", "{}. ^ ")
_WORDS = ("We left", "He came back", "They spoke of the Congo", "It was “late.”", "This is a plan (of ours)")
_NOTES = ("Not printed.", "See Document 12.", "Telegram 412 reported this.", "For text, see Document 7.")


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[str], list[str]]:
    """A document with its notes' labels and their words."""
    count = draw(st.integers(1, 14))
    label = draw(st.sampled_from(_LABELS))
    square = draw(st.booleans())
    words = [draw(st.sampled_from(_WORDS)) for _ in range(count)]
    gaps = [draw(st.sampled_from([" ", "\n\n", " [Page 5] "])) for _ in range(count)]
    body = "".join(f"{w}{f'[{n}]' if square else n} so.{gap}" for n, (w, gap) in enumerate(zip(words, gaps), 1))  # noqa: B905
    between = draw(st.sampled_from(["\n", "\n\n"]))
    notes = [draw(st.sampled_from(_NOTES)) for _ in range(count)]
    heading = draw(st.sampled_from(["", "Footnotes\n\n", "Notes:\n"]))
    foot = between.join(label.format(n) + note for n, note in enumerate(notes, 1))
    return f"1. Memorandum\n\n{body.strip()}\n\n{heading}{foot}\n", [str(n) for n in range(1, count + 1)], notes


@settings(max_examples=150)
@given(documents())
def test_every_note_is_found_in_order(made: tuple[str, list[str], list[str]]) -> None:
    text, labels, words = made
    document = read(text)
    assert [note.label for note in document.notes] == labels
    assert [text[note.start : note.end] for note in document.notes] == words
    anchors = [note.anchor for note in document.notes]
    assert None not in anchors
    assert anchors == sorted(anchors, key=lambda anchor: anchor or 0)


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["edition", "frus"]))
def test_their_ledger_holds(made: tuple[str, list[str], list[str]], profile: str) -> None:
    edition = Converter(Settings(profile=profile)).convert(decode(made[0].encode(), "d1.txt")).edition
    assert "EN001" not in {found.code for found in edition.findings}
