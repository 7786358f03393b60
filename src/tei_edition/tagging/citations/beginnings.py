"""Where citations begin: a repository's name, "ibid.", a body of files, a file number by itself.

Only passages that hold one of a few rare words, or a stroke between digits, are looked at more closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_edition.tagging.citations.catalogue import collection, repository, repository_index
from tei_edition.tagging.citations.cutting import cut
from tei_edition.tagging.citations.numbers import FILE_NUMBER, number_at
from tei_edition.tagging.citations.parts import COLLECTION, Part, known
from tei_edition.tagging.context import Text


class Beginning(NamedTuple):
    """Where a citation may begin, where its first name ends, and what that is: repository (source: of the
    document itself, first: files without one), ibid, files (whole: in parentheses of their own), number.
    """

    start: int
    end: int
    kind: str


# A repository's name holds one of these words (the data file is tested for that).
KEEPERS = (
    "librar", "archi", "department", "center", "universit", "agency", "council", "society", "institut", "commission",
    "nixon presidential", "public record", "chiefs of staff", "bureau of", "office of", "board", "history", "memorial",
    "foundation", "administration",
)  # fmt: skip
_IBID = re.compile(r"\b[Ii](?:b|h|l)[il]d\b\.?(?=[\s,.:;)\]’”]|$)")
_PUBLISHED = re.compile(
    r",? ?(?:pp?\. ?\d|pages? "
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}|vol\.|[Vv]olume|Volume|Part |Book |Document|footnote|Sess|Cong|\d\d(?:st|nd|rd|th) Cong|No\. \d"
    r"|\d{1,4}(?:[–-]\d+)?(?:[,;)]|\.(?!\d)|$)|Appendix|Supplement|[Cc]hapter )"
)
_PAGES = re.compile(r"(?:pp?\. ?\d|vol\. ?[IVXL]|[Vv]olume [IVXL])")
_AFTER_NAME = re.compile(
    r",\s(?!and\s|the\s|which\s|who\s|where\s)|:\s|,(?=[A-Z])|(?=\s[A-Z“(])|;\s(?=Lot)|(?=\s[Ff]iles?,?\s(?:\d|[Ll]ot))"
)
# The archives of a country, which the catalogue need not know: "National Archives of Malawi".
_OF_COUNTRY = re.compile(r" of (?:the )?(?!(?:State|Defense)\b)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}(?=[,:;.)])")
_NAME = 90  # characters of the name of a body of files
_FAR = 160  # characters from the parenthesis to the name of a library in it
_FILES = re.compile(r"\b(?:[Ff]iles?|FILES|[Pp]apers|[Rr]ecords|[Ll]ot\s\d\d?\d?\s?[–-]?\s?[A-Z]|Lot [A-Z]?\d?)\b")
_OPENERS = re.compile(r"[(\[]|[.;:]\s|\b(?:in|is|are|from|see|the)\s")
_LEADING = re.compile(r"(?:(?:See|For|An?|The|Both|Cop(?:y|ies)|Also|In|Text|All|This|in|the|is|are)\s)+")
_NAMES = re.compile(
    r"(?:[A-Z][\w’'./–&()-]*,?\s(?:of\s|for\s)?(?:the\s)?){1,8}(?:[Ff]iles?|FILES|[Pp]apers|[Rr]ecords)"
)
_SOURCE = re.compile(r"\W{0,3}[Ss]ources?(?:\s[Tt]ext)?\s?[:;.]?\s*(?=\S)")
_WORKS = re.compile(
    r"Public Papers|[^,]*\bBulletin\b|Foreign Relations|Congressional|[^,]*Documents?\b(?!s?’)|American Foreign Policy"
    r"|The (?:New York|Washington|Times|Memoirs)|New York Times|White Paper|[^,]*\bHearings\b|Treat(?:y|ies)\b"
    r"|U\.?N\.? doc|United States Treaties|United States[–-]Vietnam|Pentagon Papers|House|Senate|Statement"
)
_KEEPER = re.compile(
    r"\b(?:Librar(?:y|ies)|Archives?|Department|Center|University|Agency|Society|Institut(?:ion|ute)|Commission|Museum|College"
    r"|Bureau|Administration|Service|Foundation|Ministry|Office|Command|Corps)\b(?!.*\b[Ff]iles?\b)"
)


def find_beginnings(text: Text, *, is_source: bool) -> list[Beginning]:
    """Return where citations may begin in a passage, in order; `is_source`: it says where the document is kept."""
    words, folded = text.text, text.folded
    found: list[Beginning] = []
    if any(keeper in folded for keeper in KEEPERS):
        found.extend(_named(text))
    if "ibid" in folded or "ibld" in folded or "ihid" in folded:
        found.extend(
            Beginning(*match.span(), "ibid") for match in _IBID.finditer(words) if not _published(words, match.end())
        )
    if "file" in folded or "lot " in folded or "papers" in folded:
        found.extend(_bodies(text, is_source=is_source))
    if is_source:
        found.extend(_first(text))
    if "/" in words or ("123" in words and is_source):
        numbers = (match for match in FILE_NUMBER.finditer(words) if "/" in match.group() or is_source)
        found.extend(Beginning(*match.span(), "number") for match in numbers)
    order = ("source", "repository", "ibid", "first", "whole", "files", "number")
    return sorted(found, key=lambda one: (one.start, order.index(one.kind)))


def stands_alone(text: str, beginning: Beginning, parts: Sequence[Part]) -> bool:
    """Whether a library is cited with nothing behind it that is known for files: in parentheses, as in "(Johnson
    Library, Rusk Appointment Book)".
    """
    end = parts[-1].end if parts else beginning.end
    if text[end : end + 1] != ")" or text[beginning.start - 1 : beginning.start] not in ("(", " "):
        return False
    opened = text.rfind("(", max(0, beginning.start - _FAR), beginning.start)
    inside = opened > text.rfind(")", max(0, beginning.start - _FAR), beginning.start)
    keeper = repository(text[beginning.start : beginning.end])
    return inside and keeper is not None and (keeper.kind.endswith("library") or "Librar" in keeper.name)


def is_foreign(words: str) -> bool:
    """Whether words name the archives of another country, whose numbers are of schemes of their own."""
    keeper = repository(words)
    return keeper.kind == "foreign-archive" if keeper else bool(re.search(r" Archives of ", words))


def _named(text: Text) -> Iterator[Beginning]:
    reached = 0
    for start, end, _ in repository_index().find(text.folded, text.words, text.vocabulary):
        if start < reached or not text.text[start].isupper() or text.text[start - 1 : start] in ("-", "–"):
            continue
        country = _OF_COUNTRY.match(text.text, end) if text.folded.endswith("archives", start, end) else None
        end = country.end() if country else end
        behind = _AFTER_NAME.match(text.text, end)
        if behind and not behind.group():
            piece = cut(text.text, end)[0]
            words = text.text[piece.start + 1 : piece.end]
            if _WORKS.match(words) or not known(words):
                continue
        if behind or text.text[end : end + 1] == ")":
            reached = end
            yield Beginning(start, end, "repository")


def _published(text: str, at: int) -> bool:
    """Whether what "ibid." repeats is a book: "Ibid., p. 12"; "ibid., 1955–1957, vol. V, pp. 414–423"."""
    if text[at : at + 1] != ",":
        return False
    after = at + 1 + (text[at + 1 : at + 2] == " ")
    if _PUBLISHED.match(text, after):
        return True
    first = [text[s.start : s.end].strip() for s in cut(text, at)[:4]]
    return any(_PAGES.match(words) for words in first) and not any(COLLECTION.search(words) for words in first)


def _bodies(text: Text, *, is_source: bool) -> Iterator[Beginning]:
    """Where a body of files is named without its repository: "(PPS files, lot 64 D 563, “Japan”)"."""
    words = text.text
    reached = 0
    for match in _FILES.finditer(words):
        if match.start() < reached:
            continue
        is_lot = match.group()[:3].lower() == "lot"
        start = _opening(words, max(reached, match.start() - _NAME), match.start(), is_lot=is_lot)
        if start < 0 and match.start() <= _NAME and not reached:
            lead = _SOURCE.match(words) if is_source else None
            start = lead.end() if lead else 0
        leading = _LEADING.match(words, start) if start >= 0 else None
        start = leading.end() if leading else start
        if start < 0 or not (words[start].isupper() or words.startswith("lot", start)):
            continue
        name = words[start : match.end()]
        whole = (start == 0 and is_source) or words[start - 1 : start] == "("
        files = is_lot or collection(name) or _NAMES.fullmatch(name) or (whole and is_source)
        if files and not _WORKS.match(words, start) and name.count(",") <= 2:
            reached = match.end()
            first = cut(words, start)[0]
            if _KEEPER.search(words, first.start, first.end) and first.end <= match.start():
                yield Beginning(start, first.end, "repository")
            else:
                yield Beginning(start, start, "whole" if whole else "files")


def _opening(words: str, low: int, high: int, *, is_lot: bool) -> int:
    """Where the sentence or the parenthesis opens that names files; -1: not near. A colon stands before a lot itself,
    and not before the body of files that it belongs to: "Secretary’s Memoranda of Conversation: Lot 64 D 199".
    """
    opened = (o.end() for o in _OPENERS.finditer(words, low, high) if not (is_lot and o.group()[0] == ":"))
    return max(opened, default=-1)


def _first(text: Text) -> Iterator[Beginning]:
    """Behind "Source:" stands a repository, whether the catalogue knows it or not: "Collins Papers, Vietnam File"."""
    words = text.text
    lead = _SOURCE.match(words)
    start = lead.end() if lead else 0
    while start < len(words) and words[start] in "[( ":
        start += 1
    if start >= len(words) or not (words[start].isupper()) or _WORKS.match(words, start):
        return
    first, *others = cut(words, start)
    if first.end - first.start > 100:
        return
    name = words[first.start : first.end]
    if _KEEPER.search(name) or (lead and others and not COLLECTION.search(name) and not number_at(name, 0, len(name))):
        # The catalogue need not know it, and it may be misprinted: "Departmegnt of State, Central Files, …".
        yield Beginning(first.start, first.end, "source")
    elif lead and COLLECTION.search(name):
        yield Beginning(start, start, "first")
