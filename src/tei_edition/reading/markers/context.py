"""Evidence for a marker that lies in the whole document: what the note says, the head, the ways of the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tei_edition.reading.markers.evidence import DATED, follows_message, place_evidence
from tei_edition.reading.markers.places import Digits
from tei_edition.reading.rules.head import NUMBER, NUMBER_LINE, is_file_line

_RUN = re.compile(r"[0-9]+")
_TOPIC = re.compile(r"\b[A-Z][a-z]{3,}\b")
# Words with a capital that say nothing of what a note is about.
_NO_TOPIC = frozenset(
    (
        *("January", "February", "March", "April", "June", "July", "August", "September", "October", "November"),
        *("December", "Department", "State", "Secretary", "Document", "Source", "Telegram", "President", "Central"),
        *("Files", "This", "Ibid", "Foreign", "Relations", "Dated", "Reference", "Ambassador", "Embassy", "Washington"),
        *("United", "States", "Government", "Secret", "Confidential", "Printed", "Memorandum", "Letter", "Note"),
        *("Footnote", "Minister"),
    )
)
_READ_OF_NOTE = 400  # characters of a note that are read for what it speaks of
_READ_BEFORE = 120  # characters before a place that are compared with them
_KINDS_OF_NOTE = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("source", r"\[?Source"),
        ("reference", r"(?i:(?:For text,? )?(?:See|Document|Supra|Infra|Ibid|Footnote|Same as|Ante|Post)\b)"),
        ("not printed", r"Not (?:printed|found|further|identified|attached|declassified)"),
        (
            "message",
            r"(?:In |Reference is to |The reference is to |Reference to )?(?:[Tt]elegrams?|[Dd]espatch|[Cc]ircular"
            r"|[Aa]irgram|This telegram|Paragraph|In this|It )\b",
        ),
        ("dated", r"Dated?\b"),
        ("date", r"(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z.]* \d"),
        ("footnote in the source", r"(?s:.{0,4000}\[Footnote in)"),
    )
)
_BEHIND_A_BLANK = re.compile(r"[ \u00a0](\d{1,4})(?!\d|[.,:/–-]\d| [a-z]{1,20}s\b)")


class Candidate(NamedTuple):
    """Digits that may be the marker of note `number`, and what taking them would cost (the negative log-odds).

    `pair` tells that the next note's marker touches it: "plan12" with notes 1 and 2.
    """

    number: int
    start: int
    end: int
    cost: float
    run: int = -1
    pair: bool = False


class _Words(NamedTuple):
    kind: str
    numbers: frozenset[str]
    topics: frozenset[str]


class Context:
    """What `text[start:end]` and its notes (from number `first` on) say of places for markers."""

    def __init__(self, text: str, start: int, end: int, notes: Sequence[str], first: int) -> None:
        self._text, self._start, self._end, self._first = text, start, end, first
        self._notes = [_read_note(words[:_READ_OF_NOTE], words) for words in notes]
        self._numbers = Counter(_RUN.findall(text, start, end))
        # Numbers that another of the text goes on from: 5413 in 54131.
        self._continued = {number[:-1] for number in self._numbers if len(number) > 2}
        self._opening = _opening_lines(text, start, end)
        self._places: dict[tuple[int, int, int], list[str]] = {}

    def evidence(self, candidate: Candidate) -> list[str]:
        """Return the names of what speaks for and against a candidate, those of its place first."""
        key = (candidate.run, candidate.start, candidate.end)
        digits = Digits(self._text, *key, self._start, self._end)
        if key not in self._places:
            self._places[key] = place_evidence(digits)
        found = list(self._places[key])
        if candidate.pair:
            found.append("pair")
        note = self._notes[candidate.number - self._first]
        if found[0] == "before:digits":
            found.extend(self._of_numbers(digits, note))
        else:
            found.extend(_of_number_before(digits, note))
        again = _BEHIND_A_BLANK.match(self._text, candidate.end, min(self._end, candidate.end + 24))
        if again and int(again.group(1)) == candidate.number:
            found.append("the same digits behind a blank")
        found.extend(self._of_topics(digits, note))
        about = digits.before(40).rstrip(" .,;)")
        place = "message" if follows_message(about) else "date" if DATED.search(about[-24:]) else "other words"
        found.append(f"note:{note.kind}, behind {place}")
        if candidate.number <= 2:
            role = next((role for line_end, role in self._opening if candidate.end <= line_end), "text")
            where = "end" if "behind:end" in found[:2] else "inside"
            found.append(f"opening:note {candidate.number}, {role}, {where}")
            part = "opening" if role.startswith("line") else role
            found.append(f"opening:note {candidate.number}, {part}, {where}, any line")
        return found

    def place(self, candidate: Candidate) -> str:
        """Return the first name of a candidate's evidence: what stands before it."""
        return self._places[candidate.run, candidate.start, candidate.end][0]

    def _of_numbers(self, digits: Digits, note: _Words) -> list[str]:
        """Digits glued to digits: is the rest, or the whole, named in the note or elsewhere in the text?"""
        text = self._text
        whole, rest = text[digits.run : digits.end], text[digits.run : digits.start]
        found = []
        if len(rest) > 1 and rest in note.numbers:
            found += ["note:names the rest", f"note:names the rest of {min(len(rest), 4)}"]
        if whole in note.numbers:
            found += ["note:names the whole", f"note:names the whole of {min(len(whole), 4)}"]
        if len(rest) > 1 and self._numbers[rest]:
            found.append(f"text:has the rest of {min(len(rest), 4)}")
        if len(whole) > 2 and whole in self._continued:
            found.append(f"text:has the whole with a digit more, of {min(len(whole), 4)}")
        if self._numbers[whole] > 1:
            found.append(f"text:has the whole of {min(len(whole), 4)}")
        lengths = {len(number) for number in _RUN.findall(digits.before_run(60) + " " + digits.behind(60))}
        if len(rest) > 1 and len(rest) in lengths:
            found.append("near:numbers as long as the rest")
        if len(whole) in lengths:
            found.append("near:numbers as long as the whole")
        return found

    def _of_topics(self, digits: Digits, note: _Words) -> list[str]:
        """A note speaks of what stands before its marker: names that both have speak for the place."""
        if not note.topics:
            return []
        before = _TOPIC.findall(digits.before(_READ_BEFORE))
        found = [f"topics:{min(len(note.topics & set(before)), 3)} in common"]
        near = _TOPIC.findall(digits.before(40))
        if near and near[-1] in note.topics:
            found.append("topics:the last name before it")
        return found


def _read_note(beginning: str, words: str) -> _Words:
    kind = next((name for name, pattern in _KINDS_OF_NOTE if pattern.match(words)), "other")
    return _Words(kind, frozenset(_RUN.findall(beginning)), frozenset(_TOPIC.findall(beginning)) - _NO_TOPIC)


def _of_number_before(digits: Digits, note: _Words) -> list[str]:
    """The number that a sign or a blank parts from the digits ("413.2"): does the note name it?"""
    found = re.search(r"\d{2,14}$", digits.before(16).rstrip(' .,:;)”’\u00a0"]'))
    if not found:
        return []
    if found.group() in note.numbers:
        return ["note:names the number before"]
    return [f"note:{note.kind}, names no number before"] if len(found.group()) > 2 else []


def _opening_lines(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Return the ends of the first lines and what they are: a file's line, the line of a number, lines 1 to 4."""
    found: list[tuple[int, str]] = []
    at = start
    number = 0
    while at < end and number < 4:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        words = text[at:stop].strip()
        if words and not found and not NUMBER.match(words) and is_file_line(words):
            found.append((stop, "file"))
        elif words and not number and NUMBER_LINE.fullmatch(words):
            found.append((stop, "number"))
        elif words:
            number += 1
            found.append((stop, f"line {number}"))
        at = stop + 1
    return found


def habit_evidence(behind_blanks: int, others: int, before: str) -> str:
    """Return what the ways of the page say of a place: of `others` markers so many stand behind a blank.

    `before` is the place's first name. Empty where there are fewer than two others.
    """
    if others < 2:
        return ""
    share = behind_blanks / others
    habit = "blanks" if share >= 0.6 else "no blanks" if share <= 0.2 else "mixed"
    kind = "digits" if before == "before:digits" else "blank" if before.startswith("before:gap") else "glued"
    return f"habit:{habit}, {kind}"
