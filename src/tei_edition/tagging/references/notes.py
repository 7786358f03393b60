"""References to notes: "footnote 2, Document 87", "footnote 5, supra", "see footnote 3 above", "footnote 6, ibid."."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.references.elsewhere import Elsewhere
from tei_edition.tagging.references.reference import NUMBERS, Reference, each

_FOOTNOTE = re.compile(
    rf"\b(?:[Dd]ocument\s(?P<before>\d{{1,4}})(?:,?\sand\s(?:its\s|see\s)?|,\s))?(?P<word>[Ff]ootnotes?)\s(?P<numbers>{NUMBERS})"
    r"(?P<tail>(?:[,.]\s?|\s(?:to|of)\s|\s)Document\s(?P<document>\d{1,4})(?![\w/]|\.\d)"
    r"|,?\s(?P<neighbour>supra|infra)\b|,?\s(?P<own>above|below)\b|,?\s(?P<same>ibid)\b|\s(?P<thereto>thereto)\b)?"
)
_OTHER = re.compile(r"[,;]?\s(?:on\s)?(?:pp?\b|pages?\s|to\s)")
_OF_A_PAGE = re.compile(r"\bpp?\.\s\d[^;.]*$")
NO_SUCH_NOTE = "this document has no such note"
SHORT_FROM = 1955  # from these years on the volumes leave ", supra" outside the reference


class Meant(NamedTuple):
    """Whose note is meant: the id of its document, why, and how far the reference's words go."""

    document: str
    evidence: str
    end: int


class Named:
    """The documents that a text names, and the one named last before it began."""

    def __init__(self, references: Iterable[Reference], last: str) -> None:
        self._in_order = sorted((reference.start, reference.ref) for reference in references)
        self._last = last

    def before(self, at: int) -> str:
        """The document named last before a place of the text; empty: none is."""
        i = bisect.bisect_left(self._in_order, (at,))
        return self._in_order[i - 1][1] if i else self._last


class Notes:
    """What is known of the notes of one document while its text is read."""

    def __init__(self, reading: Reading, year: int) -> None:
        number = reading.document.number
        self.own = f"d{number}" if number else ""
        self._neighbours = {"supra": int(number) - 1, "infra": int(number) + 1} if number.isdigit() else {}
        self._labels = frozenset(note.name for note in reading.document.notes)
        self._short = year >= SHORT_FROM

    def references(self, text: Text, elsewhere: Elsewhere, named: Named) -> Iterator[Reference]:
        """Yield a claim for each note that a text refers to. `named` are the documents that it names."""
        if "ootnote" not in text.text:
            return
        for match in _FOOTNOTE.finditer(text.text):
            if elsewhere.holds(match.start("word"), match.end()):
                continue
            meant = self._meant(text.text, match, named)
            if meant is not None:
                yield from self._each(text.text, match, meant)

    def _meant(self, text: str, match: re.Match[str], named: Named) -> Meant | None:
        end = match.end("numbers")
        if match["document"]:
            return Meant(f"d{int(match['document'])}", "the document is named with the note", match.end("document"))
        if match["before"] and not match["own"]:  # "Document 12 and footnote 2 below" are two
            return Meant(f"d{int(match['before'])}", "the document is named with the note", end)
        if match["neighbour"]:
            number = self._neighbours.get(match["neighbour"], 0)
            where = "the document before" if match["neighbour"] == "supra" else "the document after"
            return Meant(f"d{number}", where, end if self._short else match.end("neighbour")) if number > 0 else None
        if match["same"]:
            last = named.before(match.start())
            return Meant(last, "ibid.: the document named last", end) if last else None
        start = match.start()
        if match["thereto"] or _OTHER.match(text, match.end()) or _OF_A_PAGE.search(text, max(0, start - 40), start):
            return None  # "footnote 1, p. 20", "footnote 1 to telegram 3142", "p. 305, and footnote 1"
        return Meant(self.own, "a note of this document", end)

    def _each(self, text: str, match: re.Match[str], meant: Meant) -> Iterator[Reference]:
        rows = list(each(text, match.start("numbers"), match.end("numbers")))
        apart = match["before"] and (match["document"] or match["own"] or len(rows) > 1)
        if apart:
            document = f"d{int(match['before'])}"
            yield Reference(
                match.start(), match.end("before"), "document-reference", document, "the number of a document"
            )
        for i, (start, end, number) in enumerate(rows):
            if i == 0:
                start = match.start("word") if apart else match.start()
            if i == len(rows) - 1:
                end = meant.end
            known = meant.document != self.own or number in self._labels
            ref = f"{meant.document}fn{number}" if known else ""
            evidence = meant.evidence if known else NO_SUCH_NOTE
            yield Reference(start, end, "note-reference", ref, evidence)
