"""The evidence for markers: what a place is called, and that each weight belongs to evidence that can be found."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator

import pytest

from tei_edition.reading.markers.context import Candidate, Context, habit_evidence
from tei_edition.reading.markers.evidence import place_evidence
from tei_edition.reading.markers.placement import Placement, marker_weights, place_markers
from tei_edition.reading.markers.places import Digits, name_before, name_behind


def digits_in(marked: str) -> Digits:
    """The digits between ⟨ and ⟩."""
    start, end = marked.index("⟨"), marked.index("⟩") - 1
    text = marked.replace("⟨", "").replace("⟩", "")
    run = start
    while run and text[run - 1].isdigit():
        run -= 1
    return Digits(text, run, start, end, 0, len(text))


@pytest.mark.parametrize(
    ("marked", "before", "behind"),
    [
        ("the Congo⟨1⟩ is", "Word", "blank-lower"),
        ("Embtel 412 and 413.⟨2⟩ After", "stop-digit", "blank-Upper"),
        ("Deptel 3364⟨4⟩\n", "digits", "end"),
        ("in the U.S.⟨2⟩, and", "stop", "close-end"),
        ("Tshombe’s⟨2⟩ aims", "genitive", "blank-lower"),
        ("They buy F–4s⟨2⟩ and", "code", "blank-lower"),
        ("the UAR⟨3⟩.", "CAPS", "close-end"),
        ("(Tab C⟨4⟩)", "letter", "close-end"),
        ("On May ⟨2⟩ the", "gap-Word", "blank-lower"),
        ("number 466. ⟨2⟩ It", "gap-stop-digit", "blank-Upper"),
        ("costs $⟨1⟩ million", "money", "unit"),
        ("at ⟨1⟩ p.m. he", "gap-word", "hour"),
        ("the ⟨3⟩rd man", "gap-word", "ordinal"),
        ("he said so.”⟨2⟩ Then", "close", "blank-Upper"),
        ("1,⟨200⟩ men", "comma-digit3", "unit"),
        ("a\t⟨2⟩\t3", "tab", "tab"),
        ("[Page 12]⟨1⟩ men", "page", "unit"),
        ("  • ⟨1⟩ man", "gap-start", "blank-lower"),
        ("⟨1⟩ man", "line-start", "blank-lower"),
        ("of ⟨8⟩–1862", "gap-word", "joined"),
        ("the ⟨2⟩ August talks", "gap-word", "month"),
    ],
)
def test_a_place_has_a_name(marked: str, before: str, behind: str) -> None:
    digits = digits_in(marked)
    assert (name_before(digits), name_behind(digits)) == (before, behind)


@pytest.mark.parametrize(
    ("marked", "evidence"),
    [
        ("Deptel 3364⟨4⟩ says", "number:message, rest of 4"),
        ("On May 2⟨1⟩ the", "number:whole a day, rest a day"),
        ("On May 25⟨1⟩ the", "number:whole no day, rest a day"),
        ("in 770G.00/8–186⟨2⟩.", "number:item of a file, rest undated"),
        ("in 770G.00/8–1862⟨4⟩.", "number:item of a file, rest dated"),
        ("in 196⟨2⟩ the", "number:whole is a year"),
        ("in 1962⟨3⟩ the", "number:rest is a year"),
        ("for $12⟨1⟩ he", "number:$"),
        ("paragraph ⟨2⟩ of", "gap:division"),
        ("about ⟨2⟩ of", "gap:amount"),
        ("August ⟨2⟩ was", "gap:month"),
        ("saw ⟨2⟩ ships", "gap:plural behind"),
        ("Saigon’s 412.⟨2⟩ It", "sign:message"),
        ("No.⟨2⟩ It", "sign:abbreviation"),
        ("the U.S.⟨2⟩ It", "sign:initials"),
        ("a\t9.6\t7.2⟨5⟩\t3.1", "row:too many decimals"),
        ("a\t9.6\t7.⟨2⟩\t3.1", "row:usual decimals"),
        ("Navy⟨2⟩\t3.1", "row:behind words"),
    ],
)
def test_what_the_words_around_say(marked: str, evidence: str) -> None:
    assert evidence in place_evidence(digits_in(marked))


NOTES = [
    "Source: Department of State, Central Files.",
    "Not printed. (telegram 364 of May 4, 25)",
    "See footnote 33644, Document 12.",
    "Telegram 3364 from Saigon, 412.",
    "Dated May 4, 1962; 62.",
    "May 4, 1961, the Congo and Katanga and Leopoldville.",
    "A figure of 1962. [Footnote in the source text.]",
    "Congo rebels of Katanga, 19621, 3364",
    "Nothing of note 36",
]


def evidence_of_places() -> Iterator[Iterable[str]]:
    """Yield the names of the evidence of many small texts."""
    heads = (
        *("", "\n", "(UN", "x 1a", "NSC ", "word", "Word", "WORD", "a", "x", "ab", "UN", "mcGee", "’s"),
        *("Tab C", "paragraph C", "on C", "May C"),
        *("T–3a", "T–3abc", "S/A", "paragraph AB", "May AB", "of AB", "of ab", "Article ab", "A–b", "a1b"),
        *("Annex A–a",),
        *("a-bC", "a1-bC", "May a-bC", "of a-bC", "part a-bC", "a1C", "A-1UN", "A-UN", "a1UN", "A1ab"),
        *("abcDe", "A–aBcd"),
        *("of aBc", "part aBc", "Tab UN", "May UN", "(a1BcD", "the (aBc", "word.", "word,", "word;", "word:"),
        *("1962.", "12.", "a.", "U.S.", "No.", "”.", "”,", "”:", " .", " ,", " :"),
        *("x/.", "–.", "–,", "–:", "word)", "word”", "word’", " ’", "1)", "12”", "123)", "4123)", "41234)"),
        *("41.2.", "word…", "[Page 4]", "["),
        *("$", "$1.", "$12,", "$12", "$1", "£1,200.", "#", "(", "-", "–", "a–", "1–", "/8–", "/", "a/", "1/"),
        *("11/", "—", "=", "+", "*", "~"),
        *("a.", "1.", "1,", "12,", "123,", "1234.", "12345.", "123:", "1:", "12345,", "12345:", "1234,"),
        *("1234:", "12:", "–1.", ".1.", "\n1.", "\t1.", "May 1.", "of 1.", "page 1.", "No. 12."),
        *("Deptel 412.", "\t", "a\t", "1\t", "•", "\n• ", "word ", "Word ", "WORD ", "a ", "A ", "May "),
        *("14 May ", "4 May", "of ", "about ", "the ", "paragraph "),
        *("page ", "Deptel ", "telegram No. ", "No. ", "Saigon’s ", "Saigon’s 412 and ", "Deptel 412, "),
        *("Bangkok ", "rptd Paris ", "1, ", "12, ", "1 and ", "1 ", "12 ", "1. "),
        *("12. ", "word. ", "word, ", "word: ", "word; ", "word) ", "word” ", "1; ", "May 4, 1962, "),
        *("May 4 ", "May 4, ", "4 May, ", "4 May ", "= ", "+ ", "251430Z May ", "251430Z ", "Deptel = "),
        *("Deptel 1. ",),
        *("Deptel A", "telegram-", "Deptel #", "no: ", "Deptel WORD ", "msg word ", "ref: ", "your "),
        *("Ref. ", "para. ", "item, ", "item) ", "item: ", "part—", "the “", "x. May ", "a\t1\t", "a\t1.2\t"),
        *("a\t1.2\t3.",),
    )  # fmt: skip
    tails = (
        *("", "\n", " lower", " Upper", " 12", "\tx", "\t1.2\n", " p.m.", "th", "%", ".5", ",200", "–12"),
        *("—", "Word", "x", " May"),
        *(" million", ".", ", and", ") but", "” he", ".” He", "?x", "(x", " (", " men and ships", " ships"),
        *(" and 3", ", 4 and", " 2", " 1, he", " 3 p", ". The", ". \n", "=", " –", "\t–", " lower\tx"),
    )  # fmt: skip
    numbers = (
        "1",
        "2",
        "11",
        "12",
        "32",
        "62",
        "200",
        "362",
        "364",
        "3642",
        "1962",
        "19621",
        "33642",
        "3642001",
        "522",
    )
    texts = list(itertools.product(("", "Row\t1.2\t"), heads, numbers, tails))
    random.Random(1).shuffle(texts)  # so that most names are found in the first of them
    for row, head, number, tail in texts:
        text = f"{row}{head}{number}{tail}" if row else f"3364 Congo {head}{number}{tail}"
        end = len(text) - len(tail)
        run = end - len(number)
        for length in (1, 2):
            if length <= len(number) and number[-length] != "0":
                yield place_evidence(Digits(text, run, end - length, end, 0, len(text)))


def context_evidence() -> set[str]:
    """The names of evidence that lies in the document."""
    found: set[str] = set()
    openings = (
        "",
        "501.BC/2–2549: Telegram\n\n",
        "No. 28\n",
        "Line\n",
        "Line\nLine\n",
        "Line\nLine\nLine\n",
        "a\n" * 5,
    )
    bodies = (
        "Congo{}", "Deptel 3364{} 4", "May 4{} to", "of 3364, 33641 and 336411, x 3364{}) he",
        "the 36{} x", "the 62{} 412 x", "in Katanga of Congo Leopoldville 41.{}", "the {} {} x",
        "412.{} x 36 3641 6", "IO Files: US/A/{}\n\nHead", "IO Files: US/A/{} x\n\nHead", "No. 28{}\nHead",
        "x 336{} and 336", "x 3{} and 3{}", "x 36{} and 36{}",
    )  # fmt: skip
    for opening, body, (i, _) in itertools.product(openings, bodies, enumerate(NOTES)):
        for number in (1, 2, 4, 12):
            text = opening + body.replace("{}", str(number))
            at = text.index(str(number), len(opening))
            for start in [k for k in range(len(opening), len(text)) if text.startswith(str(number), k)]:
                run = start
                while run and text[run - 1].isdigit():
                    run -= 1
                end = start + len(str(number))
                context = Context(text, 0, len(text), [NOTES[i]] * 12, 1)
                found.update(context.evidence(Candidate(number, start, end, 0.0, run, pair=at == start)))
    for blanks, others, before in itertools.product((0, 1, 2), (2,), ("digits", "gap-word", "word")):
        found.add(habit_evidence(blanks, others, f"before:{before}"))
    return found


def test_every_row_of_the_weights_belongs_to_evidence_that_can_be_found() -> None:
    missing = set(marker_weights()) - {"always", "pair"} - context_evidence()
    for found in evidence_of_places():
        missing.difference_update(found)
        if not missing:
            return
    assert not missing, sorted(missing)


def test_the_evidence_of_a_place_is_told() -> None:
    text = "Memorandum1\n\nHe saw Deptel 33642 and left."
    placed = place_markers(text, 0, len(text), ["Source: X.", "Telegram 3364, not printed."])
    assert isinstance(placed[2], Placement)
    assert "note:names the rest" in placed[2].told() and "before:digits" in placed[2].told()
