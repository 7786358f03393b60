"""Numbers and names of folders that hold a date: 770G.00/8–1862, D780012–0345, "Vol. II, 10/64–12/64"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence

from tei_edition.dates import MONTHS, file_number_date
from tei_edition.model import Span
from tei_edition.tagging.context import Reading
from tei_edition.tagging.dating.evidence import Evidence, around, in_words

# D780012–0345: electronic telegram of 1978, reel and frame; P: a paper that came without one. They began in 1973.
_FILM = re.compile(r"\b[DNP]?[DNP](7[3-9]|80)\d{4}[–-]\d{3,4}\b")
_POINT = r"(?:(1[0-2]|0?[1-9])/(?:(3[01]|[12]\d|0?[1-9])/)?([4-9]\d))"
_SLASHED = re.compile(rf"(?<![\w./–-]){_POINT}(?:[–-]{_POINT})?(?![\w/–-])")
_NAME = "(" + "|".join(MONTHS) + ")"
_NAMED = re.compile(rf"(?:{_NAME}(?: (19\d\d))?[–-])?\b{_NAME} (19\d\d)(?![\w–-])")
_SENTENCE = re.compile(r"(?<!\bVol)(?<!\bvol)(?<!\bNo)(?<!\bNos)(?<!\bPt)(?<!\bpt)(?<!\bJr)(?<!\b[A-Z])\. ")
_YEARS = re.compile(r"(?:Central Files|Central Foreign Policy Files?|Subject-Numeric),? (19\d\d)(?:[–-](\d\d))?(?!\d)")


def file_number(reading: Reading, citations: Sequence[Span], kind: str) -> tuple[Evidence, dt.date] | None:
    """Return what the first file number of the source note says, and the day inside it."""
    source = reading.document.source.text
    ranges = reading.document.source_ranges()
    note = reading.document.source_note()
    for span in sorted(citations):
        inside = next((start for start, end in ranges if start <= span.start < end), None)
        if span.kind != "file-number" or inside is None:
            continue
        if ". " in source[inside : span.start]:
            return None  # a later sentence cites the file of another paper
        day = file_number_date(source[span.start : span.end])
        if day is None:
            return None
        in_note = note is not None and note.start <= span.start < note.end
        words = f"the file number of the {'source note' if in_note else 'line above the head'} holds {in_words(day)}"
        label = note.name if note and in_note else ""
        return Evidence("file-number", *around("file-number", kind, day), words, label), day
    return None


def folders(reading: Reading) -> Iterator[Evidence]:
    """Yield what the names of folders, files and films in the source note's first sentence say."""
    for text in reading.source_notes()[:1]:
        end = _SENTENCE.search(text.text)
        cited = text.text[: end.start() if end else None]
        film = _FILM.search(cited)
        if film:
            year = 1900 + int(film[1])
            words = f"the number {film.group()} is of the film of {year}"
            yield Evidence("film", dt.date(year, 1, 1), dt.date(year + 1, 1, 31), words, text.note)
        for match, (first, last) in _ranges(cited):
            words = f"the folder or file is called “{match}”"
            span = "day" if first == last else "month" if (last - first).days < 31 else "range"
            first, last = around("folder", span, first)[0], around("folder", span, last)[1]
            yield Evidence("folder", first, last, words, text.note)


def _ranges(cited: str) -> Iterator[tuple[str, tuple[dt.date, dt.date]]]:
    for match in _SLASHED.finditer(cited):
        month, day, year, month2, day2, year2 = (int(part or 0) for part in match.groups())
        begins = (1900 + year, month, day)
        yield from _range(match.group(), begins, (1900 + year2, month2, day2) if month2 else begins)
    for match in _NAMED.finditer(cited):
        end_month, end_year = MONTHS.index(match[3]) + 1, int(match[4])
        month = MONTHS.index(match[1]) + 1 if match[1] else end_month
        yield from _range(match.group(), (int(match[2] or end_year), month, 0), (end_year, end_month, 0))
    for match in _YEARS.finditer(cited):
        begins_in = int(match[1])
        ends_in = begins_in // 100 * 100 + int(match[2]) if match[2] else begins_in
        yield from _range(match.group(), (begins_in, 1, 0), (ends_in, 12, 0))


def _range(
    words: str, begins: tuple[int, int, int], ends: tuple[int, int, int]
) -> Iterator[tuple[str, tuple[dt.date, dt.date]]]:
    try:
        first = dt.date(begins[0], begins[1], begins[2] or 1)
        last = dt.date(ends[0], ends[1], ends[2] or calendar.monthrange(ends[0], ends[1])[1])
    except ValueError:
        return  # 2/30/62: there is no such day
    if first <= last:
        yield words, (first, last)
