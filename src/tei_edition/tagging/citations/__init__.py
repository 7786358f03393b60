"""Archival citations: where a document is kept, from the repository to the last element that locates it.

"Department of State, Central Files, 770G.00/8–1862"; "Kennedy Library, President’s Office Files,
Congo-Security, 1962 (A)"; "Ibid., 611.41/1–1253".

A citation (kind `citation`) holds its parts, in the order of the words; no attribute where the table has a dash:

kind         attribute                     what it is
repository   -                             who keeps it: "Department of State", "Kennedy Library", "National Archives"
collection   -                             a named body of files: "Central Files 1964–66", "National Security File"
collection   subtype=papers                a person's papers: "Kissinger Papers", "Papers of George Ball"
collection   subtype=series                a part of the collection named before it: "Country File", "NSC 5519 Series"
collection   subtype=subseries             a part of the series named before it
collection   subtype=division              a department of the repository: "Manuscript Division"
file-number  type=record-group             "RG 59", "Record Group 330"
file-number  type=entry                    "Entry 3051B": the entry of a series in the inventory of a record group
file-number  type=lot                      "Lot 64 D 199", "lot 57 F 139", "Lot M–88"
file-number  type=accession                "FRC 71 A 2701", "Acc. 71–A–2701"
file-number  type=job                      "Job 79–01025A"
file-number  type=central-decimal-file     "770G.00/8–1862", "F.W. 861.00/1234", "123 Stanton, Edwin F."
file-number  type=subject-numeric-file     "POL 27 VIET S", "DEF 18–6 GENEVA", "AID (US) 9 VIET S"
file-number  type=numerical-file           "774/12–13", the Department's files of 1906–1910
file-number  type=office-file              the scheme of an office, a post, another department: "CCS 092 Japan", "350 Laos"
file-number  type=electronic-telegram      "D780012–0345", "N760001–0123"
file-number  type=film                     "P750123–1234", paper filmed: the frame in the central foreign policy file
file-number  type=foreign-file             "FO 371/12345", "PREM 11/2754", of another country's archives
file-number  type=document                 the paper's own sign: "NSC 5519", "CFEP 520/2", "US(P)/A/C.1/127", "CF 156"
scope        unit=box, folder, reel, frame, page, tab, item, volume, document
                                           "Box 12"; a folder by its name or number; "Reel 3"; "p. 5"; "Tab A"

"ibid." is a word of the citation and no part. A collection's number may stand twice or more ("611.93/4–1961 and
4–2161"): each is a file-number of its own.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.model import Span
from tei_edition.resources import data_path
from tei_edition.tagging.context import Reading, Text

RECOGNISER = "citations"
LONGEST = 600  # characters; a sentence that goes on longer cites no single place
FILE_NUMBER = re.compile(
    r"(?:F\.? ?W\.? ?)?\d{3}[A-Za-z]?\d{0,2}\.\d{0,4}[A-Za-z]{0,3}\d{0,4}"
    r"[\w.–\-]*(?: [A-Z][\w.]*(?: [A-Z][\w.]*)*)?/\d[\d–-]*"
    r"|(?:F\.? ?W\.? ?)?\d{3}[A-Za-z]?\d{0,2}\.\d{2,4}[A-Za-z\d.]*"
)
_SUBJECT_NUMERIC = re.compile(
    r"(?:POL|DEF|AID|ECIN|EDU|FN|FT|INCO|LAB|ORG|PER|PPV|PR|PS|REF|SCI|SOC|SP|STR|TEL|TP|UN|AE|AV|BG|CSM|E|IT|IS|PET"
    r"|RS|TX|HLTH|US"
    r"|AGR|CUL|OPR|PO|FSE)(?: ?\d+(?:[–-]\d+)*\b.*| [A-Z][\w –-]*$|$)"
)
_TYPED = (
    ("idno", "lot", re.compile(r"[Ll]ots? (?:[Ff]ile )?(?:No\. )?\d\d\s?[–-]?\s?[A-Z]+\s?[–-]?\s?\d+[A-Z]?$")),
    ("idno", "record-group", re.compile(r"(?:RG|Record Group) \d+[A-Z]?$")),
    ("idno", "accession", re.compile(r"FRC .+$|(?:Accession|Acc\.) .+$")),
    ("idno", "job", re.compile(r"Jobs? [\w–-]+.*$")),
    ("idno", "electronic-telegram", re.compile(r"[DNP]\d{6}[–-]\d{4}$")),
    ("scope", "box", re.compile(r"Box(?:es)? .+$")),
    ("scope", "folder", re.compile(r"Folder .+$")),
    ("scope", "reel", re.compile(r"(?:Reel|Frame|Film) .+$")),
    ("scope", "tab", re.compile(r"Tab \w+$")),
)
_COLLECTION = re.compile(
    r"\b(?:Files?|Papers|Collections?|Records|Series|Materials|Diary|Diaries|Subject|Correspondence|Archives)\b"
)
_SEPARATOR = re.compile(r"(?:, |: )")
_STOP_WORDS = re.compile(
    r"(?:as|which|where|who|is|are|was|were|in|with|from|dated|see|see also|and (?:is|are|was|the)|that|but|not|for"
    r"|drafted|also|text|the)\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?P<stop>\.(?=\s|$|”)|;|\n|$)|(?P<open>\()|(?P<close>\))|(?P<bracket>\])|(?P<opened>\[)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|[Vv]ol|[Pp]t|Mr|Dr|St|Gen|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Jr|Sr|Cong|Sess|Rpt|Docs?|[A-Z])"
    r"|\bU\.S|[A-Z]\.[A-Z])$"
)
_CLASSIFIED = re.compile(
    r" (?:Top Secret|Secret|Confidential|Limited|Unclassified|No classification|Official|Drafted)\b"
)
_IBID = re.compile(r"\b[Ii]bid\.")
_PUBLISHED = re.compile(
    r", (?:pp?\.|pages? |[A-Z][a-z]+ \d{1,2}, \d{4}"
    r"|vol\.|[Vv]olume|Document|footnote|\d{1,4}(?:[–-]\d+)?(?:[,;)]|\.(?!\d)|$))"
)


class Segment(NamedTuple):
    """A part of a citation between two separators, in offsets of the view."""

    start: int
    end: int
    words: str


@functools.cache
def repositories() -> dict[str, str]:
    """Return the repositories of the data file with their kinds."""
    rows = data_path("repositories.tsv").read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))


@functools.cache
def _repository() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(repositories(), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w-])(?P<name>{names})(?=, (?!and |the )|: )")


def recognise_citations(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each archival citation and for each of its parts."""
    for text in reading.texts:
        ranges: list[tuple[int, int]] = []
        for start, stop, end in sorted(_citations(text.text)):
            if not ranges or start >= ranges[-1][1]:
                ranges.append((start, end))
                yield from _spans(text, start, stop, end)
        for match in FILE_NUMBER.finditer(text.text):
            # A file number by itself, in parentheses or as the line above an old document's head, is a citation too.
            at = bisect.bisect_right(ranges, (match.start(), len(text.text))) - 1
            if "/" in match.group() and not (at >= 0 and match.start() < ranges[at][1]):
                yield text.span(*match.span(), "citation", RECOGNISER)
                yield text.span(*match.span(), "file-number", RECOGNISER, attributes={"type": "central-decimal-file"})


def _citations(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end of the repository's name, and end of each citation that begins with a repository or "ibid."."""
    for match in _repository().finditer(text):
        end = _end_of_citation(text, match.end())
        segments = _segments(text, match.end(), end)
        if any(_locates(segment.words) for segment in segments):
            yield match.start(), match.end(), segments[-1].end
    for match in _IBID.finditer(text):
        if _PUBLISHED.match(text, match.end()):
            continue
        segments = _segments(text, match.end(), _end_of_citation(text, match.end()))
        locating = segments if segments and any(_locates(segment.words) for segment in segments) else []
        yield match.start(), match.end(), locating[-1].end if locating else match.end()


def _locates(words: str) -> bool:
    return bool(
        _COLLECTION.search(words)
        or FILE_NUMBER.match(words)
        or _SUBJECT_NUMERIC.match(words)
        or any(pattern.match(words) for _, _, pattern in _TYPED)
    )


def _end_of_citation(text: str, at: int) -> int:
    """Where the sentence that names the place ends: a full stop (of no abbreviation), a semicolon, a closing
    bracket that the citation has not opened: "Job 80–[number not declassified]" goes on.
    """
    depth = brackets = 0
    limit = min(len(text), at + LONGEST)
    for match in _END.finditer(text, at, limit):
        if match["open"] is not None:
            depth += 1
        elif match["close"] is not None:
            depth -= 1
            if depth < 0:
                return match.start()
        elif match["opened"] is not None:
            brackets += 1
        elif match["bracket"] is not None:
            brackets -= 1
            if brackets < 0:
                return match.start()
        elif (
            match.group() == "."
            and _ABBREVIATION.search(text, max(0, match.start() - 8), match.start())
            and not _CLASSIFIED.match(text, match.end())
        ):
            continue
        elif depth == 0:
            return match.start()
    return limit


def _segments(text: str, start: int, end: int) -> list[Segment]:
    """The segments behind the repository, up to the first that is plainly running text."""
    segments: list[Segment] = []
    at = start
    match = _SEPARATOR.match(text, at)
    while match and match.end() < end:
        at = match.end()
        following = _SEPARATOR.search(text, at, end)
        stop = following.start() if following else end
        words = text[at:stop]
        if (
            _STOP_WORDS.match(words)
            or not words[:1].strip()
            or (words[0].islower() and not words.startswith(("lot", "box")))
        ):
            break
        segments.append(Segment(at, stop, words))
        match = following
    return segments


def _spans(text: Text, start: int, repository_end: int, end: int) -> Iterator[Span]:
    yield text.span(start, end, "citation", RECOGNISER)
    if not text.text.startswith(("Ibid", "ibid"), start):
        yield text.span(start, repository_end, "repository", RECOGNISER)
    collected = folder = False
    segments = [segment for segment in _segments(text.text, repository_end, end) if segment.end <= end]
    at = 0
    while at < len(segments):
        segment = segments[at]
        kind, attributes = _classify(segment.words, first=not collected)
        if kind == "scope" and attributes["unit"] == "folder" and not folder:
            # The name of a folder may hold commas ("Congo-Security, 1962 (A)"): it goes on to the next part of
            # another kind.
            while at + 1 < len(segments) and _classify(segments[at + 1].words, first=False) == (
                "scope",
                {"unit": "folder"},
            ):
                at += 1
            folder = True
        collected = collected or kind == "collection"
        yield text.span(segment.start, segments[at].end, kind, RECOGNISER, attributes=attributes)
        at += 1


def _classify(words: str, *, first: bool) -> tuple[str, dict[str, str]]:
    number = FILE_NUMBER.match(words)
    if number and number.end() >= len(words) - 1:
        return "file-number", {"type": "central-decimal-file"}
    for kind, name, pattern in _TYPED:
        if pattern.match(words):
            return ("file-number", {"type": name}) if kind == "idno" else ("scope", {"unit": name})
    if _SUBJECT_NUMERIC.match(words):
        return "file-number", {"type": "subject-numeric-file"}
    if first or _COLLECTION.search(words):
        return "collection", {}
    return "scope", {"unit": "folder"}
