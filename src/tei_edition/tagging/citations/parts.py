"""The parts of a citation: what each of its pieces is, from what it looks like and from what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_edition.tagging.citations.catalogue import collection
from tei_edition.tagging.citations.cutting import CLASSIFIED, cut
from tei_edition.tagging.citations.numbers import ITEM, NAMED, is_central, number_at

_LONGEST_NAME = 160  # characters of the name of a collection or a folder
_SCOPES = (
    ("box", r"(?:[Bb]ox(?:es)?|Container|Carton)s?\s(?:Nos?\.\s)?\S.*"),
    ("folder", r"[Ff]olders?\s(?:entitled\s|titled\s|labeled\s|#)?\S.*"),
    ("reel", r"(?:[Mm]icrofilm\s)?(?:[Rr]eel|[Rr]oll|Film)s?\s(?:[Nn]o\.\s)?#?(?:[A-Z]{0,2}[–-]?\d|[A-Z]{1,4}\b).*"),
    ("frame", r"[Ff]rames?\s\S.*"),
    ("tab", r"[Tt]abs?\s[A-Z\d]{1,3}(?![\w]).*"),
    ("page", r"(?:pp?\.|[Pp]ages?)\s?[\divxl]+(?:[–-][\divxl]+)?"),
    ("item", r"Items?\s(?:No\.\s)?#?\d\S*"),
    ("volume", r"(?:[Vv]ols?\.|[Vv]olumes?|Book)\s(?:[IVXL]+|\d+)\b.*"),
    ("document", r"(?:[Dd]oc(?:ument|\.)|Enclosure|Attachment|Annex)s?\s(?:Nos?\.\s)?[A-Z]?\d[\w–-]*"),
)
_SCOPE = tuple((unit, re.compile(form, re.DOTALL)) for unit, form in _SCOPES)
_LOWER = re.compile(
    r"(?:box(?:es)?|folders?|tabs?|frames?|reels?|(?:microfilm\s)?(?:reel|roll)s?\s#?\w*\d|documents?\s\d|lots?\s(?:file\s)?\d"
    r"|items?\s\d|files?\s\d|pp?\.\s?\d|vol\.)",
    re.IGNORECASE,
)
COLLECTION = re.compile(
    r"\b(?:[Ff]iles?|FILES|[Pp]apers|Collections?|[Rr]ecords|Series|Materials?|Diar(?:y|ies)|Correspondence|Archives|Registry|Library"
    r"|Memoranda of [Cc]onversations?|Staff Meetings|JCS Meetings|Manuscripts?|Manuscript Division|Transcripts|Tapes"
    r"|Appointment Books?|Log Books?)\b|^(?:Office|Bureau|Department|Records|Papers|Files|Division) of\b|^PSF\b"
)
_SERIES = re.compile(
    r"\b(?:[Ff]iles?|[Pp]apers|Collections?|[Rr]ecords|Series|Diar(?:y|ies)|Correspondence|Archives|Registry|Tapes|Transcripts|Materials?"
    r"|Memoranda of [Cc]onversations?|Staff Meetings)(?:\s?[\d–/-]+|,?\s\(.*\)|\sfor\s.*|\sof\sthe\s.*)?$"
    r"|\b[Ff]iles?\b|^(?:Office|Bureau|Department|Records|Papers|Division) of\b|^Series\s\w+$"
)
_SERIES_NAME = re.compile(r"\b(?:Files?|Series|Papers|Records|Materials?)$")
_PAPERS = re.compile(r"\b[Pp]apers\b|\bManuscripts\b")
_DIVISION = re.compile(r"(?:Manuscript|Microfilm|Modern Military|Operational) (?:Division|Branch|Archives)")
_RUNNING_ON = re.compile(
    r"\s(?:is|are|was|were|has|had|have|contains?|indicates?|shows?|gives|reads|may be|dated|drafted|which|where|who"
    r"|that|respectively|(?:and|but|or|as)\s(?:in|is|was|were|are|see|ibid|Ibid|as|by|from|has|Document|Foreign|will)"
    r"|as\s(?:is|was|well)|not printed)\b"
)
_STOP_WORDS = re.compile(
    r"(?:as|which|where|who|is|are|was|were|in|with|from|dated|see|see also|that|but|not|for|drafted|text|the|then"
    r"|however|respectively|and|or|also|by|on|at|to|of|it|he|Document\s\d|[Ff]ootnote|Telegrams?|TeIegram|Airgram|Despatch|Instruction"
    r"|Circular|Foreign Relations|Public Papers)\b"
)
_DAY = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2}$"
)
_AND = re.compile(r",?\s(?:and|&|or|to|through)\s(?:also\s)?|\s?[&+]\s?")
_YEAR = re.compile(r"['’]\d\d")  # "'61–'62"
_YEARS = re.compile(r"19\d\d\s?[–-]\s?(?:19)?\d\d")
_LEADING = re.compile(r"(?:and\s|also\s|and\salso\s)")
_QUOTE = ("“", '"', "‘")
_FURTHER = re.compile(r"\d{2,4}[A-Z]?(?:[/–-]\w+)*(?=$|\sand\s)")  # "CF 643, 644, and 645"
_NAME_FILES = ("123 ", "123–", "123-", "123—", "PPT ", "PER ")  # a person's name with its comma follows
_VAGUE = frozenset({"folder", "volume", "page"})  # printed works have them, too
_FINAL = frozenset({"central-decimal-file", "subject-numeric-file", "electronic-telegram", "film"})


class Part(NamedTuple):
    """A part of a citation, in offsets of the view."""

    start: int
    end: int
    kind: str
    attributes: dict[str, str]


@dataclass
class _State:
    """What has been read of a citation."""

    parts: list[Part] = field(default_factory=list)
    repeated: bool = False  # behind "ibid.": what is named first need be no collection
    closed: bool = False

    @property
    def last(self) -> Part | None:
        return self.parts[-1] if self.parts else None

    def add(self, start: int, end: int, kind: str, **attributes: str) -> None:
        self.parts.append(Part(start, end, kind, attributes))

    def files(self, text: str) -> str:
        """The collection that numbers belong to: the last that is not the central file."""
        named = [text[part.start : part.end] for part in self.parts if part.kind == "collection"]
        return next((name for name in reversed(named) if not is_central(name)), named[-1] if named else "")

    def numbered(self, *types: str) -> bool:
        last = self.last
        return last is not None and last.kind == "file-number" and (not types or last.attributes["type"] in types)


def read_parts(text: str, at: int, *, repeated: bool = False) -> list[Part]:
    """Return the parts of the citation whose repository, or "ibid." (`repeated`), ends at `at`: those up to running
    text.
    """
    state = _State(repeated=repeated)
    if repeated and text[at : at + 1] not in (",", ":"):
        return state.parts  # "is ibid. According to the Diary …"
    segments = cut(text, at)
    for segment in segments[1:] if segments[0].start == segments[0].end else segments:
        start, end = _trimmed(text, segment.start, segment.end)
        if state.last and start < state.last.end:
            start = state.last.end  # a name behind a comma was part of the number: "123 Stanton, Edwin F."
            if not text[start:end].strip():
                continue
        if start >= end:
            break
        _read(text, start, end, state)
        if state.closed:
            break
    return state.parts


def locates(parts: list[Part], text: str) -> bool:
    """Whether the parts say more than words that anything could be followed by: "Department of State, Washington"."""
    return any(
        part.kind == "file-number" or part.attributes.get("unit", "folder") not in _VAGUE
        if part.kind != "collection"
        else known(text[part.start : part.end])
        for part in parts
    )


def known(words: str) -> bool:
    """Whether words name a body of files, by the catalogue or by a word such as "Files"."""
    return bool(collection(words) or COLLECTION.search(words))


def _is_series(words: str, state: _State) -> bool:
    """Whether a further name is that of a series ("Country Files—Europe"), and not of a folder: "Review Papers—NSC"."""
    in_box = any(part.kind == "scope" for part in state.parts) and _PAPERS.search(words)
    return not in_box and bool(collection(words) or _SERIES.search(words))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _read(text: str, start: int, end: int, state: _State) -> None:
    """Read one piece: numbers one behind another, then what is left of it."""
    leading = _LEADING.match(text, start, end)
    if leading and (state.numbered() or not state.parts) and _number(text, leading.end(), end, state):
        start = leading.end()
    while start < end:
        number = _number(text, start, end, state)
        if number is None:
            break
        stop, name = number
        state.add(start, stop, "file-number", type=name)
        between = _AND.match(text, stop, end)
        if between and _number(text, between.end(), end, state):
            start = between.end()
            continue
        start, rest_end = _trimmed(text, stop, max(stop, end))
        if start < rest_end and not (text[start].isupper() or text[start] in _QUOTE or text[start].isdigit()):
            state.closed = stop < end
            return
        if name in _FINAL and start < rest_end and is_central(state.files(text)):
            state.closed = True
            return
    if start < end:
        _read_name(text, start, end, state)


def _number(text: str, start: int, end: int, state: _State) -> tuple[int, str] | None:
    if state.numbered("central-decimal-file"):
        item = ITEM.match(text, start, end)
        if item:
            return item.end(), "central-decimal-file"
    if state.numbered("document"):
        further = _FURTHER.match(text, start, end)
        if further:
            return further.end(), "document"
    if text.startswith(_NAME_FILES, start):
        named = NAMED.match(text, start, min(len(text), end + 40))
        if named:
            return named.end(), "central-decimal-file" if text[start] == "1" else "subject-numeric-file"
    found = number_at(text, start, end, files=state.files(text))
    if found is None:
        return None
    rest = text[found.end : end]
    if found.type in ("subject-numeric-file", "document", "office-file") and (
        COLLECTION.search(text[start:end]) or not _ends(rest)
    ):
        return None
    return found.end, found.type


def _ends(rest: str) -> bool:
    """Whether a number of a loose form is all that a piece holds, but for running text behind it."""
    return not rest or bool(_AND.match(rest) or _RUNNING_ON.match(rest) or re.match(r"\s?[(\[]|\s[a-z]", rest))


def _read_name(text: str, start: int, end: int, state: _State) -> None:
    """Read the name of a collection or a folder, a box, a page."""
    words = text[start:end]
    if _STOP_WORDS.match(words) or CLASSIFIED.match(words) or len(words) > _LONGEST_NAME:
        state.closed = True
        return
    if _DAY.match(words) and state.last and state.last.kind == "file-number":
        state.closed = True  # the paper's date
        return
    first = words[0]
    if first == "(" and not state.parts and state.repeated:
        state.closed = True  # "Ibid., (Department of State, …": what stands in brackets is another citation
        return
    if not (
        first.isupper()
        or first.isdigit()
        or first in _QUOTE
        or first in "[…#(/"
        or _YEAR.match(words)
        or _LOWER.match(words)
        or _named_small(words, state)
    ):
        state.closed = True
        return
    end = _before_running_text(text, start, end, state)
    words = text[start:end]
    for unit, form in _SCOPE:
        if form.fullmatch(words):
            state.add(start, end, "scope", unit=unit)
            return
    if state.numbered(*_FINAL) and first not in _QUOTE and is_central(state.files(text)):
        state.closed = True
        return
    inner = _number_inside(text, start, end)
    if inner:
        _add_name(text, start, inner[0], state)
        _read(text, inner[1], end, state)
    else:
        _add_name(text, start, end, state)


def _named_small(words: str, state: _State) -> bool:
    """Whether a collection is printed with a small letter: "conference Files", "state–JCS Meetings"."""
    return (
        not state.parts
        and len(words) < 40
        and bool(COLLECTION.search(words))
        and not re.search(r"\b(?:the|and|of)\b", words)
    )


def _before_running_text(text: str, start: int, end: int, state: _State) -> int:
    """Where the name ends: before a verb, or a remark in parentheses."""
    quoted = text.find("”", start, end) + 1 if text[start] == "“" else 0
    match = _RUNNING_ON.search(text, max(quoted, start), end)
    remark = re.compile(r"\s\((?:[a-z]{3,}\s|see\b|not\b|[A-Z][a-z]+\s\d{1,2},)").search(text, max(quoted, start), end)
    stops = [found.start() for found in (match, remark) if found]
    if stops:
        state.closed = True
        return min(stops)
    return end


_INSIDE = re.compile(
    r"(?:(?<=[Ff]iles)|(?<=[Ff]ile)|(?<=Papers)|(?<=Library)|(?<=Division))\.?\s(?=[A-Z\d])|\s(?=\(?[Ll]ot\s\d\d)"
    r"|\s(?=[Bb]ox\s\d)|(?<=\d\d)\s(?=[A-Z]{1,4}\s\d)"
)


def _number_inside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a number, or a collection's part, follows a name without a comma: "Central Files DEF 6 US"."""
    for match in _INSIDE.finditer(text, start, end):
        at = match.end() + (text[match.end()] == "(")
        if (number_at(text, at, end) and not COLLECTION.search(text[at:end])) or text.startswith(("Box", "box"), at):
            return match.start(), at
    return None


def _add_name(text: str, start: int, end: int, state: _State) -> None:
    words = text[start:end]
    named = [part for part in state.parts if part.kind == "collection" and part.attributes.get("subtype") != "division"]
    last = state.last
    in_folder = last is not None and last.kind == "scope" and last.attributes["unit"] == "folder"
    if _DIVISION.match(words):
        state.add(start, end, "collection", subtype="division")
    elif in_folder and last is not None and not _SERIES_NAME.search(words):
        # The name of a folder may hold commas ("Congo-Security, 1962 (A)"): it goes on.
        state.parts[-1] = last._replace(end=end)
    elif _YEARS.fullmatch(words) and last is not None and last.kind == "collection":
        state.parts[-1] = last._replace(end=end)  # "Central Files, 1967–69"
    elif words[0] not in _QUOTE and (_is_series(words, state) if named else not state.repeated or known(words)):
        level = ("", "series", "subseries")[min(len(named), 2)]
        level = "papers" if _PAPERS.search(words) and not named else level
        state.add(start, end, "collection", **({"subtype": level} if level else {}))
    else:
        state.add(start, end, "scope", unit="folder")
