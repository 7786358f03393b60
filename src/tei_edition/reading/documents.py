"""Several documents in one text, a whole volume even: where each of them begins.

A document begins at its head: "280. Telegram From the Embassy in the Congo to the Department of State", "[3]" or
"No. 281" above a title. Numbered paragraphs, items of an agenda and notes begin with numbers, too; so a line counts as
a head by what stands in it and around it, and by the number, which goes on from the head before.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import BLANKS, Source
from tei_edition.reading.chunks import Line, split_lines
from tei_edition.reading.navigation import is_navigation
from tei_edition.reading.rules.dateline import is_dateline
from tei_edition.reading.rules.head import LONGEST_HEAD

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
_PAGE = re.compile(r"\[Page [0-9A-Za-z]{1,8}\]")
# Above a head "No. 281": `690B.9321/6–2253: Telegram`, `INR–NIE files`, `Eisenhower Library, Dulles papers`.
_FILE_LINE = re.compile(
    r"\w[\w.–-]*(?: [A-Z][\w.]*)? ?/.{0,80}"
    r"|.{0,120}(?:[Ff]iles?|[Pp]apers|Library|Archives|[Cc]ollection|[Rr]ecords|[Ll]ot)(?![^\W\d_]).{0,120}"
)
_ENOUGH = 5  # a title with one plain sign around it: a marker of its note, notes above; a dateline and some more
_CERTAIN = 9  # enough, below notes, for a head whose number does not go on from the one before
_LONGEST_TITLE = 5  # lines
_BROKEN = 45  # characters: a shorter line was not broken to a width
_LONGEST_NOTE = 30  # lines of a note that was broken to a width
_LOOK_AHEAD = 8  # lines between a head and its dateline


class Parts(NamedTuple):
    """The documents of a text in order, and what their numbers say: which are missing, which stand twice."""

    sources: tuple[Source, ...]
    findings: tuple[Diagnostic, ...]


class _Head(NamedTuple):
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
        """The number as it counts: 112a stands between 112 and 113."""
        letter = self.number[-1]
        return int(self.number.rstrip(letter)) * 27 + ord(letter) - 96 if letter.isalpha() else int(self.number) * 27


def split_documents(source: Source) -> list[Source]:
    """Return the documents that a text holds, each with its place in the file; a single document as it is.

    The parts tile the text: no character is lost and none stands twice. What stands before the first head, and is more
    than the navigation of a page, is a part of its own, named `…_front`.
    """
    return list(part_documents(source).sources)


def part_documents(source: Source) -> Parts:
    """Return the documents of a text with the findings about their numbers (RD020 to RD023)."""
    lines = split_lines(source.text)
    heads = _with_pages(_choose(list(_candidates(source.text, lines)), _top(lines)))
    findings = tuple(_findings(source, lines, heads))
    return Parts(tuple(_tiles(source, lines, heads)) if len(heads) > 1 else (source,), findings)


# -- what can be a head --------------------------------------------------------------------------


def _candidates(text: str, lines: Sequence[Line]) -> Iterator[_Head]:
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
            score = max(score, own + around if own and (around or own > _ENOUGH) else 0)
        if score:
            number = match["bracketed"] or match["stopped"] or match["named"]
            yield _Head(i, written[first], written[page], below, number, score)


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
    return line.end - line.start < 20 and bool(_PAGE.fullmatch(text[line.start : line.end]))


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


# -- which of them are heads ---------------------------------------------------------------------


def _choose(candidates: Sequence[_Head], top: int) -> list[_Head]:
    """Return the heads: the best series whose numbers increase, and those that are certain whatever their number is,
    because the text begins with them (on the line `top`) or they follow notes. A number that follows the one before
    directly counts for 1.
    """
    plain = [head for head in candidates if head.score >= _ENOUGH]
    if not plain:
        return []
    if plain[0].page == top:
        # Below the head of document 280, "1. Report by the Secretary" is a part of it, unless notes stand above.
        plain = [head for head in plain if head is plain[0] or head.below_notes or head.order >= plain[0].order]
    best: list[tuple[int, int]] = []  # the weight of the best series that ends in each head, and the head before
    orders: list[int] = []  # increasing, with the best weight so far: a staircase
    tops: list[tuple[int, int]] = []
    ends: dict[int, tuple[int, int]] = {}
    for number, head in enumerate(plain):
        own = head.score - _ENOUGH + 1
        at = bisect.bisect_left(orders, head.order)
        weight, before = tops[at - 1] if at else (0, -1)
        for previous in (head.order - 1, (head.order // 27 - 1) * 27):
            follows = ends.get(previous)
            if follows and follows[0] + 1 > weight:
                weight, before = follows[0] + 1, follows[1]
        best.append((weight + own, before))
        if head.order not in ends or ends[head.order][0] < weight + own:
            ends[head.order] = (weight + own, number)
        _keep(orders, tops, head.order, (weight + own, number))
    number = max(range(len(plain)), key=lambda i: best[i][0])
    series = set()
    while number >= 0:
        series.add(number)
        number = best[number][1]
    return [
        head
        for i, head in enumerate(plain)
        if i in series or head.page == top or (head.below_notes and head.score >= _CERTAIN)
    ]


def _top(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if not line.blank), 0)


def _with_pages(heads: list[_Head]) -> list[_Head]:
    """Decide whom a page marker above a head belongs to where no notes part it from the text before.

    Below notes it belongs to the head that follows, and so it does elsewhere, unless the text has notes above its heads
    and no page marker between these.
    """
    below = [head for head in heads if head.below_notes]
    if below and not any(head.page < head.first for head in below):
        return heads
    return [head._replace(first=head.page) for head in heads]


def _keep(orders: list[int], tops: list[tuple[int, int]], order: int, top: tuple[int, int]) -> None:
    """Put a series into the staircase, unless one that ends with a smaller number weighs as much."""
    at = bisect.bisect_right(orders, order)
    if at and tops[at - 1][0] >= top[0]:
        return
    low = bisect.bisect_left(orders, order)
    high = at
    while high < len(orders) and tops[high][0] <= top[0]:
        high += 1
    orders[low:high] = [order]
    tops[low:high] = [top]


# -- the documents, and what their numbers say ---------------------------------------------------


def _tiles(source: Source, lines: Sequence[Line], heads: Sequence[_Head]) -> Iterator[Source]:
    """Yield the parts of a text: the front, if there is one, and each document up to the head of the next."""
    starts = [lines[head.first].start - lines[head.first].indent for head in heads]
    if not _has_front(source.text, lines, heads[0]):
        starts[0] = 0
    elif starts[0]:
        yield _part(source, 0, starts[0], 1, "front")
    seen: dict[str, int] = {}
    for head, start, end in zip(heads, starts, [*starts[1:], len(source.text)], strict=True):
        seen[head.number] = seen.get(head.number, 0) + 1
        again = f"-{seen[head.number]}" if seen[head.number] > 1 else ""
        yield _part(source, start, end, head.first + 1 if start else 1, f"d{head.number}{again}")


def _part(source: Source, start: int, end: int, line: int, name: str) -> Source:
    return dataclasses.replace(
        source,
        text=source.text[start:end],
        name=f"{source.name}_{name}",
        whole=source.name,
        offset=source.offset + start,
        line=source.line + line - 1,
    )


def _has_front(text: str, lines: Sequence[Line], first: _Head) -> bool:
    """Whether more than navigation stands before the first head."""
    return any(not line.blank and not is_navigation(text[line.start : line.end]) for line in lines[: first.first])


def _findings(source: Source, lines: Sequence[Line], heads: Sequence[_Head]) -> Iterator[Diagnostic]:
    unnumbered = list(_unnumbered(source.text, lines, heads))
    if len(heads) < 2 and not unnumbered:
        return
    place = source.lines().location
    if len(heads) > 1 and _has_front(source.text, lines, heads[0]):
        what = f"what stands before document {heads[0].number} became a document of its own, {source.name}_front"
        yield finding("RD022", what, place(0, lines[heads[0].first].start))
    for before, head in itertools.pairwise(heads):
        here = place(lines[head.line].start, lines[head.line].end)
        low, high = before.order // 27 + 1, head.order // 27 - 1
        if head.order <= before.order:
            what = "stands a second time" if head.order == before.order else f"follows document {before.number}"
            yield finding("RD021", f"document {head.number} {what}", here)
        elif low <= high:
            between = "and" if high == low + 1 else "to"
            which = f"documents {low} {between} {high} are" if low < high else f"document {low} is"
            yield finding("RD020", f"{which} missing between {before.number} and {head.number}", here)
    for i in unnumbered:
        words = " ".join(source.text[lines[i].start : lines[i].end].split())[:60]
        what = f"“{words}” seems to be the head of a document without a number; it stays with the document before"
        yield finding("RD023", what, place(lines[i].start, lines[i].end))


def _unnumbered(text: str, lines: Sequence[Line], heads: Sequence[_Head]) -> Iterator[int]:
    """Yield the lines below notes that look like the head of a document though they have no number."""
    known = {line for head in heads for line in range(head.page, head.line + 1)}
    written = [i for i, line in enumerate(lines) if not line.blank]
    for k, i in enumerate(written):
        line = lines[i]
        if (
            i in known
            or line.indent >= 2
            or line.end - line.start > LONGEST_HEAD
            or not _below_notes(text, lines, written, k)
        ):
            continue
        at = k
        while at + 1 < len(written) and at < k + 2 and _above_a_title(text, lines[written[at]]):
            at += 1
        title = lines[written[at]]
        words = text[title.start : min(title.end, title.start + LONGEST_HEAD)]
        behind = [lines[j] for j in written[at + 1 : at + 1 + _LOOK_AHEAD]]
        if _title_score(words) > 2 and not _NUMBER.match(words) and (at > k or _opens(text, behind)):
            yield written[at]


def _above_a_title(text: str, line: Line) -> bool:
    return _is_page(text, line) or _is_file_line(text, line)
