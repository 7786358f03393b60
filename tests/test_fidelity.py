"""Fidelity: what `convert` writes is the source's words; what is lost, added or changed is found, notes included."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from casefiles import Case, read_cases
from proportion import assert_in_proportion

from tei_edition import tei
from tei_edition.diagnostics import UnusableInput
from tei_edition.exporting import STYLES, export_text
from tei_edition.pipeline import Converter
from tei_edition.reading import decode, part_documents
from tei_edition.settings import Settings
from tei_edition.validation.fidelity import check_fidelity
from tei_edition.validation.recorded_source import part_of_source


@pytest.mark.parametrize("profile", ["edition", "frus"])
@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.file}: {c.title}") for c in read_cases("reading")])
def test_what_convert_writes_is_faithful(case: Case, profile: str) -> None:
    converter = Converter(Settings(profile=profile))
    try:
        sources = part_documents(decode(case["text"].encode("utf-8"), "case.txt")).sources
    except UnusableInput:
        pytest.skip("no plain text")
    for source in sources:
        edition = converter.convert(source).edition
        if edition.valid:
            root = tei.parse(edition.tei)
            part = part_of_source(root, case["text"])
            found = [check_fidelity(export_text(root, style=style), case["text"], part=part) for style in STYLES]
            assert min(found, key=len) == []


# The page as it was pasted, and what its edition gives as plain text.
SOURCE = """Home › Historical Documents › Congo
280. Telegram to the Embassy[1]

After reading the plan[2] we left.*

• two officers
• three men

[Page 558]

1. The President resigned.
2. The Senate agreed.

Rusk
Footnotes
[1] Source: Department of State.
[2] Not printed. ↩
* As in the
  original.

[Page 559]

We came back¹ in May.
¹ See Document 12.
Back to top
"""
RENDERED = """280. Telegram to the Embassy1

After reading the plan2 we left.*

  • two officers
  • three men

[Page 558]

1. The President resigned.
2. The Senate agreed.

Rusk

[Page 559]

We came back1 in May.
  1. Source: Department of State.
  2. Not printed.
  *. As in the original.
  1. See Document 12.
"""


def test_layout_and_the_places_of_notes_do_not_count() -> None:
    assert check_fidelity(RENDERED, SOURCE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  2. Not printed.\n",
            "",
            [
                "VA403 4:19 the source has “plan[2]”, the edition “plan2”",
                "VA401 17:1 the edition lacks “[2] Not printed.”",
            ],
        ),
        ("  *. As in the original.\n", "", ["VA401 18:3 the edition lacks “As in the original.”"]),
        ("the original.", "the text.", ["VA403 19:3 the source has “original.”, the edition “text.”"]),
        ("*. As in", "*. Like", ["VA403 18:3 the source has “As in”, the edition “Like”"]),
        ("*. As in the", "*. The", ["VA403 18:3 the source has “As in the”, the edition “The”"]),
        ("1. See Document 12.", "1. See Document 13.", ["VA403 24:16 the source has “12.”, the edition “13.”"]),
        (
            "Department of State.",
            "Department.",
            ["VA403 16:13 the source has “Department of State.”, the edition “Department.”"],
        ),
        ("1. The President resigned.", "The President resigned.", ["VA401 11:1 the edition lacks “1.”"]),
        ("\n1. The President resigned.", "", ["VA401 11:1 the edition lacks “1. The President resigned.”"]),
        ("We came back1 in May.", "", ["VA401 23:1 the edition lacks “We came back¹ in May.”"]),
        ("plan2", "plan", ["VA403 4:19 the source has “plan[2]”, the edition “plan”"]),
        ("plan2", "plan3", ["VA403 4:19 the source has “plan[2]”, the edition “plan3”"]),
        ("• two", "• 2. two", ["VA402 6:2 the edition adds “2.” behind “plan[2] we left.*”"]),
        ("280. ", "", ["VA401 2:1 the edition lacks “280.”"]),
        ("[Page 559]", "", ["VA401 21:1 the edition lacks “[Page 559]”"]),
        ("Not printed.", "Not printed. Secret.", ["VA402 17:19 the edition adds “Secret.” behind “Not printed.”"]),
    ],
)
def test_a_mistake_is_found_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in RENDERED
    found = check_fidelity(RENDERED.replace(old, new, 1), SOURCE)
    assert [f"{f.code} {f.location.line}:{f.location.column} {f.message}" for f in found] == expected


def test_notes_that_change_places_are_found() -> None:
    swapped = RENDERED.replace("2. Not printed.", "2. See Document 12.").replace(
        "1. See Document 12.", "1. Not printed."
    )
    assert check_fidelity(swapped, SOURCE)


def test_no_word_can_be_lost() -> None:
    words = [match.span() for match in re.finditer(r"(?<!\S)[^\s•*]\S*", RENDERED)]
    unseen = [RENDERED[a:b] for a, b in words if not check_fidelity(RENDERED[:a] + RENDERED[b:], SOURCE)]
    assert len(words) > 40 and unseen == []


def test_a_heading_without_notes_is_text() -> None:
    source = "1. Head\n\nNotes\n\nThe President resigned in May and went home.\n"
    assert [f.code for f in check_fidelity(source.replace("Notes\n\n", ""), source)] == ["VA401"]


@pytest.mark.parametrize("kind", ["same", "restarting", "changed"])
def test_notes_take_no_longer_than_their_number_asks_for(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        choose = random.Random(1)
        words = [" ".join(choose.choices(["Congo", "Katanga", "plan", "force"], k=6)) for _ in range(size)]
        said = ["Ibid." if kind == "same" else w for w in words]
        labels = [1 + n % 5 if kind == "restarting" else n + 1 for n in range(size)]
        pages = zip(range(size), words, said, labels, strict=True)
        source = "".join(f"{w}{n}\n  {n}. {s}\n\n[Page {i}]\n\n" for i, w, s, n in pages)
        text = "".join(f"{w}{n}\n\n[Page {i}]\n\n" for i, (w, n) in enumerate(zip(words, labels, strict=True)))
        text += "\n".join(f"  {n}. {s}" for s, n in zip(said, labels, strict=True))
        text = text.replace("Katanga", "Catanga") if kind == "changed" else text
        return lambda: check_fidelity(text, source)

    assert_in_proportion(prepare, 300)
