"""References inside the edition and to other messages: "Document 158", "footnote 2, Document 87", "Embtel 412
and 413".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading, Text

RECOGNISER = "references"
_DOCUMENTS = re.compile(
    r"\bDocuments? (?P<first>\d{1,4})(?P<more>(?:(?:, |,? and |[–-]| or )\d{1,4}(?!\w|\.\d))*)(?![\w/])"
)
_ELSEWHERE = re.compile(r"(?:\b[Vv]ol(?:ume|\.) [IVXLC]+(?:, Part \d)?, (?:[A-Z][\w ,’]*, )?|\bXX?[IVX]*, )$")
_FOOTNOTE = re.compile(r"\b[Ff]ootnotes? (?P<n>\d{1,3})(?:, Document (?P<document>\d{1,4}))?(?P<above> above| below)?")
_TELEGRAM = re.compile(
    r"\b(?P<name>(?:[Cc]ircular )?[Tt]elegrams?|TELEGRAMS?|[A-Z][a-z]*tels?|Secto|Tosec|Polto|Topol|Dulte|Tedul|Cedto"
    r"|Todep|Usun)"
    r" (?:No\. )?(?P<first>\d{1,6})(?P<more>(?:(?:, |,? and )\d{1,6}(?!\w|[./–-]\w))*)(?!\w|[/–-])"
)
_NUMBER = re.compile(r"\d+")
_OPENING_NUMBER = re.compile(r"(?P<n>\d{1,6})\. ")


def recognise_references(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each reference, with the id that it points to where that can be known."""
    telegrams = _named_in_notes(reading)
    for text in reading.texts:
        yield from _documents(text)
        yield from _footnotes(text, f"d{reading.document.number}")
        yield from _telegrams(text, telegrams)
    yield from _telegram_number(reading)


def _documents(text: Text) -> Iterator[Span]:
    for match in _DOCUMENTS.finditer(text.text):
        if _ELSEWHERE.search(text.text, max(0, match.start() - 60), match.start()):
            continue  # another volume's document: which file that is cannot be known here
        single = not match["more"]
        for number in _NUMBER.finditer(text.text, match.start("first"), match.end()):
            start = match.start() if single else number.start()
            yield text.span(start, number.end(), "document-reference", RECOGNISER, ref=f"d{int(number.group())}")


def _footnotes(text: Text, own: str) -> Iterator[Span]:
    for match in _FOOTNOTE.finditer(text.text):
        if match["document"]:
            yield text.span(
                match.start(),
                match.end("document"),
                "note-reference",
                RECOGNISER,
                ref=f"d{match['document']}fn{match['n']}",
            )
        elif match["above"]:
            yield text.span(match.start(), match.end("n"), "note-reference", RECOGNISER, ref=f"{own}fn{match['n']}")


def _named_in_notes(reading: Reading) -> dict[str, tuple[str, int]]:
    """The telegrams that a note describes ("Telegram 412, August 18, reported"): number → the note and the place
    in it.
    """
    named: dict[str, tuple[str, int]] = {}
    for text in reading.texts:
        if text.note:
            for match in _TELEGRAM.finditer(text.text):
                before = text.text[max(0, match.start() - 40) : match.start()].rstrip()
                sentence_start = not before or before[-1] in ".”)"
                if not match["more"] and match["name"].lower().startswith("telegram") and sentence_start:
                    named.setdefault(match["first"], (text.note, match.start()))
    return named


def _telegrams(text: Text, named: dict[str, tuple[str, int]]) -> Iterator[Span]:
    for match in _TELEGRAM.finditer(text.text):
        numbers = list(_NUMBER.finditer(text.text, match.start("first"), match.end()))
        for i, number in enumerate(numbers):
            start = match.start() if i == 0 else number.start()
            target = f"telegram-{number.group()}" if number.group() in named else ""
            if named.get(number.group()) == (text.note, match.start()):
                yield text.span(start, number.end(), "telegram-named", RECOGNISER, attributes={"xml:id": target})
            else:
                yield text.span(start, number.end(), "telegram", RECOGNISER, ref=target)


def _telegram_number(reading: Reading) -> Iterator[Span]:
    """The number that a telegram begins with: "293. For Ambassador from Secretary." """
    head = next(iter(reading.of_kind("head")), None)
    first = next(iter(reading.of_kind("p")), None)
    if head is None or first is None or "telegram" not in head.folded:
        return
    match = _OPENING_NUMBER.match(first.text)
    if match:
        yield first.span(*match.span("n"), "telegram-number", RECOGNISER, attributes={"value": match["n"]})
