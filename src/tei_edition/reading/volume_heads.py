"""Lines of a text that may begin a document, and how sure that is: by what stands in a line and around it.

"280. Telegram From the Embassy in the Congo to the Department of State", "[3]" or "No. 281" above a title begin with
numbers; volumes on the years before 1952 print many heads without one, below a line that says where the paper is kept:
"501.BC/2–2549: Telegram".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from tei_edition.reading.chunks import Line
from tei_edition.reading.pages import PAGE_MARKER
from tei_edition.reading.rules.dateline import is_dateline
from tei_edition.reading.rules.head import LONGEST_HEAD
from tei_edition.view import BLANKS

_NUMBER = re.compile(
    rf"(?:\[(?P<bracketed>\d{{1,4}}[a-z]?)\]\.?|(?P<stopped>\d{{1,4}}[a-z]?)\.)(?=[{BLANKS}]|$)"
    r"|No\. ?(?P<named>\d{1,4}[a-z]?)$"
)
# What documents of the series are called, at the start of a title or behind a few words ("Central Intelligence Agency
# Memorandum"); the parties show the same ("The Ambassador in France to the Secretary of State").
_KIND = re.compile(
    r"(?:[^\W\d_][\w’'.–-]* ){0,8}?(?:Telegram|Memorand(?:um|a)|Letters?|Notes?|Despatch(?:es)?|Airgram|Messages?"
    r"|Papers?|Reports?|Minutes|Records?|Instructions?|Estimate|Statements?|Directive|Summary|Transcript|Study|Draft"
    r"|Address|Agreement|Communiqu[eé]|Aide[- ]M[ée]moire|Circular|Briefing|Diary|Extracts?|Excerpts?|Article"
    r"|Resolution|Order|Proceedings|Declaration|Talking|Outline|Plan|Analysis|Cable|Remarks|Speech|Interview|Release"
    r"|Proposal|Notice|Points|Conversation|Conference)(?![^\W\d_])"
)
_PARTIES = re.compile(r"(?:The\b|.*\b(?:[Ff]rom|[Bb]y|[Bb]etween)\b).*\b(?:to|of|in|for|and)\b")
# The editors' own way to write a title, with a capital: "Letter From Prime Minister Macmillan to President Eisenhower".
_FROM_TO = re.compile(r".*\bFrom\b.*\bto\b")
_OPENING = re.compile(
    r"(?:SUBJECTS?|PARTICIPANTS|PRESENT|OTHERS PRESENT|TO|FROM|REF(?:ERENCES?)?|MEMORANDUM (?:FOR|OF|TO)\b.*)[:1-9]*"
    r"|\[?Source: .*",
)
_MARKER = re.compile(r"(?:(?<=[^\W\d_])|(?<=[.)\]”’])|(?<=\d{4})|(?<= )) ?1(?:[ ,]2)?$")
_STOP = re.compile(r"[.;:,?!][”’\"]?$")
_SHORT = re.compile(r"(?:\b[A-Z]\.|[ap]\. ?m\.|\b(?:Jr|Sr|Inc|Co|Gov|Lt|Col|Gen|etc))$|\b[A-Z]\.$|\b(?:Jr|Sr)\.$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")  # "[name not declassified]"
_SMALL = re.compile(
    r"with|from|between|regarding|concerning|during|about|into|upon|over|under|after|before|their|that|this|which"
    r"|through|within|without|towards?|against|among|relating|held|other|than"
)
_NOTE = re.compile(r"(?:0|[1-9]\d{0,3})\.[ \t\u00a0]+\S")
# Above a head "No. 281": `690B.9321/6–2253: Telegram`, `INR–NIE files`, `Eisenhower Library, Dulles papers`.
_FILE_LINE = re.compile(
    r"\w[\w.–-]*(?: [A-Z][\w.]*)? ?/.{0,80}"
    r"|.{0,120}(?:[Ff]iles?|[Pp]apers|Library|Archives|[Cc]ollection|[Rr]ecords|[Ll]ot)(?![^\W\d_]).{0,120}"
)
ENOUGH = 5  # a title with one plain sign around it: a marker of its note, notes above; a dateline and some more
CERTAIN = 9  # enough, below notes, for a head whose number does not go on from the one before
_LONGEST_TITLE = 5  # lines
_BROKEN = 45  # characters: a shorter line was not broken to a width
_LONGEST_NOTE = 30  # lines of a note that was broken to a width
_LOOK_AHEAD = 8  # lines between a head and its dateline


class Head(NamedTuple):
    """A line that may begin a document: its index, the line that the document begins with, the first of the page
    markers directly above that, whether notes stand above these, its number, and how sure it is.
    """

    line: int
    first: int
    page: int
    below_notes: bool
    number: str
    score: int

    @property
    def order(self) -> int:
        """The number as it counts: 112a stands between 112 and 113. One without a number has none."""
        if not self.number:
            return 0
        letter = self.number[-1]
        return int(self.number.rstrip(letter)) * 27 + ord(letter) - 96 if letter.isalpha() else int(self.number) * 27


def numbered_heads(text: str, lines: Sequence[Line]) -> Iterator[Head]:
    """Yield the lines that begin with a number and have something of a head."""
    written = [i for i, line in enumerate(lines) if not line.blank]
    for k, i in enumerate(written):
        line = lines[i]
        match = _NUMBER.match(text, line.start, line.end) if line.indent < 2 else None
        if not match or line.end - line.start > LONGEST_HEAD:
            continue
        first, page = _first_line(text, lines, written, k, named=bool(match["named"]))
        below = _below_notes(text, lines, written, page)
        outside = 3 * below + 2 * (bool(match["named"]) and first < k)
        score = 0
        for title, behind in _titles(text, lines, written, k, match.end()):
            own = _title_score(title)
            around = outside + 3 * bool(_MARKER.search(title)) + 2 * bool(own > 3 and _FROM_TO.match(title))
            around += 2 * _opens(text, [lines[j] for j in written[behind : behind + _LOOK_AHEAD]]) if own else 0
            # "2. Report by the Secretary of State" on an agenda has the looks of a head, and no more.
            score = max(score, own + around if own and (around or own > ENOUGH) else 0)
        if score:
            number = match["bracketed"] or match["stopped"] or match["named"]
            yield Head(i, written[first], written[page], below, number, score)


def _titles(text: str, lines: Sequence[Line], written: Sequence[int], k: int, start: int) -> Iterator[tuple[str, int]]:
    """Yield what can be the title behind a number, and the place of the line that follows it: the rest of the line, or
    the next one; and each with the lines that it goes on on, if it is broken to a width.
    """
    line = lines[written[k]]
    if start >= line.end:
        k += 1
        if k == len(written) or lines[written[k]].indent >= 2:
            return  # "No. 645" above a bulleted reference is the number of a despatch
        line = lines[written[k]]
        start = line.start
    for _ in range(_LONGEST_TITLE):
        if line.end - start > LONGEST_HEAD or "\t" in text[start : line.end]:
            return  # a tab is between the cells of a table
        yield " ".join(text[start : line.end].split()), k + 1
        broken = line.end - line.start >= _BROKEN and k + 1 < len(written) and written[k + 1] == written[k] + 1
        if not broken or _NUMBER.match(text, lines[written[k + 1]].start):
            return
        k += 1
        line = lines[written[k]]


def _title_score(title: str) -> int:
    """How much a title is one: nothing where it is a sentence, most where it can be nothing else."""
    if title.startswith("Editorial Note"):
        return 6 if len(title) < 40 else 0
    if not _is_title(title):
        return 0
    kind, parties = bool(_KIND.match(title)), bool(_PARTIES.match(title))
    return 2 + 2 * kind + parties


def _is_title(words: str) -> bool:
    """Whether most words are capitalised and no full stop ends them."""
    words = _BRACKETED.sub("", words)
    bare = words.rstrip("0123456789*† \u00a0")
    if _STOP.search(bare) and not _SHORT.search(bare):
        # "Washington, May 4, 19561" and "Memorandum No. 121" end in a number; "January 16, 1973.1" in its marker.
        marked = bool(_MARKER.search(words)) and bare.endswith(".") and bool(_KIND.match(words))
        if bare == words or not (marked or bare.endswith((",", "No."))):
            return False
    long = [word for word in _WORD.findall(bare) if len(word) > 3 and not _SMALL.fullmatch(word)]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.7 * len(long)


def _opens(text: str, behind: Sequence[Line]) -> bool:
    """Whether the lines that follow open a document: a dateline before any running text, or "SUBJECT" at once."""
    for number, line in enumerate(behind):
        words = text[line.start : min(line.end, line.start + LONGEST_HEAD)]
        if number < 2 and _OPENING.fullmatch(words):
            return True
        if len(words) > 200 or _NUMBER.match(words):
            return False
        if is_dateline(words) or is_dateline(words.rstrip("0123456789")):
            return True
    return False


def _first_line(text: str, lines: Sequence[Line], written: Sequence[int], k: int, *, named: bool) -> tuple[int, int]:
    """The line that the document begins with (a file number above "No. 281" belongs to it), and the first of the page
    markers above.
    """
    first = k - 1 if named and k and _is_file_line(text, lines[written[k - 1]]) else k
    page = first
    while page and k - page < 4 and _is_page(text, lines[written[page - 1]]):
        page -= 1
    return first, page


def _is_file_line(text: str, line: Line) -> bool:
    words = text[line.start : min(line.end, line.start + 250)]
    return line.indent < 2 and not words.endswith((".", "↩")) and bool(_FILE_LINE.fullmatch(words))


def _is_page(text: str, line: Line) -> bool:
    return line.end - line.start < 20 and bool(PAGE_MARKER.fullmatch(text[line.start : line.end]))


def _below_notes(text: str, lines: Sequence[Line], written: Sequence[int], first: int) -> bool:
    """Whether notes stand directly above: indented and numbered, or with a link back to the text."""
    if not first:
        return False
    last = lines[written[first - 1]]
    if text.endswith(("↩", "↩\ufe0e"), last.start, last.end):
        return True
    for at in range(first - 1, max(first - 1 - _LONGEST_NOTE, -1), -1):
        line = lines[written[at]]
        if line.indent < 2 or text[line.start] in "•-*":
            return False
        if _NOTE.match(text, line.start, line.end):
            return True
    return False


# -- heads without a number ----------------------------------------------------------------------


def unnumbered_heads(text: str, lines: Sequence[Line], known: Collection[int]) -> Iterator[tuple[Head, bool]]:
    """Yield what looks like the head of a document below notes though it has no number, and whether that is plain: a
    line that says where the paper is kept stands between the notes and the title. `known` are the lines of other heads.
    """
    written = [i for i, line in enumerate(lines) if not line.blank]
    for k, i in enumerate(written):
        line = lines[i]
        if i in known or line.indent >= 2 or line.end - line.start > LONGEST_HEAD:
            continue
        if not _below_notes(text, lines, written, k):
            continue
        at, pages = k, 0
        while at + 1 < len(written) and at < k + 2 and _is_above_title(text, lines[written[at]]):
            pages += _is_page(text, lines[written[at]])
            at += 1
        title = lines[written[at]]
        words = text[title.start : min(title.end, title.start + LONGEST_HEAD)]
        behind = [lines[j] for j in written[at + 1 : at + 1 + _LOOK_AHEAD]]
        score = _title_score(words)
        if score > 2 and not _NUMBER.match(words) and (at > k or _opens(text, behind)):
            yield Head(written[at], written[k + pages], i, True, "", score), at - k > pages


def _is_above_title(text: str, line: Line) -> bool:
    """Whether a line may stand between the notes of one document and the title of the next."""
    return _is_page(text, line) or _is_file_line(text, line)
