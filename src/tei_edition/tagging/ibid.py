"""What "ibid." repeats, and the ids of citations: in a note, across notes, with parts that are changed.

"Ibid." stands for the citation printed before it: in the text, that of the text; in a note, that of the note or of the
notes before it, in the order of their numbers. A published work cited in between ("Department of State Bulletin,
October 12, 1970, pp. 431–435") is what a bare "ibid." then repeats, so it gets no link; with parts of an archive behind
it ("ibid., POL 27 VIET S") it may still mean the last archive cited, and says that this is a guess.
"""

from __future__ import annotations

import bisect
import re
import sys
from collections.abc import Iterator, Sequence

from tei_edition.citation import CENTRAL_FILES, Part, in_central_files, inherit, is_ibid, parts_of, with_parts
from tei_edition.diagnostics import Diagnostic, finding
from tei_edition.model import Document, Span, Tagged
from tei_edition.tagging.citations import recognise_citations
from tei_edition.tagging.context import Known, Reading, Text
from tei_edition.tagging.resolve import resolve

# Where a published work is cited, by what only such works have: pages behind a comma, volumes, the titles of series.
_PUBLISHED = re.compile(
    r", (?:pp?\. ?|[Pp]ages? |[Vv]ol(?:ume|\.) |[Nn]os?\. \d+ \()\w"
    r"|\bForeign Relations, (?:19|18)\d\d|\b[Vv]ol(?:ume|\.) [IVXL]+\b|\bBulletin, [A-Z]|\bPublic Papers\b"
    r"|\bCurrent Documents\b|\bTIAS\b|\b\d+ (?:UST|UNTS|LNTS|Stat\.) |\b(?:UN|U\.N\.) docs?(?:uments?|\.) "
)
# Pages of the volume itself: "ante, p. 12".
_WITHIN = re.compile(r"\b(?:ante|post|supra|infra|above|below)$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\b(?:foot)?notes? \d[\d, and–-]*[,;:]?\s?[\[(]?$")
# Words of archives outside every citation that was understood: what "ibid." repeats may be this. No archives: White
# Papers and the like.
_OTHER_ARCHIVE = re.compile(r"(?<=[\w.’'] )(?:Files?|Papers|Archives|Library|Records)(?=[,):;]|\.(?:\s|$))")
_TITLES = ("White", "Pentagon", "Public", "Working", "Congressional", " the", " of")
_FAR = sys.maxsize


def link_citations(reading: Reading, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give each citation an id (`cite1` …) in the order of the source, and link it to the one that it repeats."""
    cited = list(with_parts(spans))
    if not cited:
        return tuple(spans)
    document = reading.document
    words = [" ".join(document.source.text[span.start : span.end].split()) for span, _ in cited]
    own = [parts_of(inner, document) for _, inner in cited]
    links = _same_words(words)
    if any(map(is_ibid, words)):
        links |= _Chain(words, own, _Print(reading, [span for span, _ in cited])).links()
    numbered = {}
    for i, (span, _) in enumerate(cited):
        target, cert, evidence = links.get(i, (-1, "high", ""))
        numbered[span] = span._replace(
            attributes=(*span.attributes, ("xml:id", f"cite{i + 1}")),
            ref=f"cite{target + 1}" if target >= 0 else "",
            cert=cert if span.cert == "high" else span.cert,
            evidence=evidence or span.evidence,
        )
    return tuple(numbered.get(span, span) for span in spans)


_Link = tuple[int, str, str]  # the place of the citation that is repeated, how sure that is, and why


def _same_words(words: Sequence[str]) -> dict[int, _Link]:
    """A citation that has another's words points to the first that has them."""
    first: dict[str, int] = {}
    links = {}
    for i, wording in enumerate(words):
        earlier = i if is_ibid(wording) else first.setdefault(wording, i)
        if earlier != i:
            links[i] = (earlier, "high", "")
    return links


class _Chain:
    """Walks through what is cited, and remembers what "ibid." would repeat."""

    def __init__(self, words: Sequence[str], own: Sequence[tuple[Part, ...]], print_: _Print) -> None:
        self._words = words
        self._own = own
        self._print = print_
        self._parts: dict[int, tuple[Part, ...]] = {}  # of those that were linked, with what they inherit

    def links(self) -> dict[int, _Link]:
        """Return the link of each "ibid." that has something to repeat."""
        found: dict[int, _Link] = {}
        for stream in self._print.streams():
            last = previous = -1
            between = ""
            for i in stream:
                link = None
                if is_ibid(self._words[i]):
                    # What was cited before it, and perhaps not understood, since the last archive.
                    between = between or self._print.between(previous, i)
                    link = self._link(i, last, between)
                if link:
                    found[i] = link
                if link or self._own[i]:
                    # A bare "ibid." hands on what it repeats: the chain leads to the citation that has the words.
                    last, between = (link[0] if link and not self._own[i] else i), ""
                previous = i
        return found

    def _link(self, i: int, last: int, between: str) -> _Link | None:
        own = self._own[i]
        if last < 0 or (between and (not own or between != "published")):
            return None
        earlier = self._parts.get(last, self._own[last])
        self._parts[i] = inherit(earlier, own)
        if between:
            return last, "medium", "the last archive cited; a published work is cited in between"
        if own and own[0].scheme in CENTRAL_FILES and not in_central_files(earlier):
            return last, "medium", "the repository cited before it; its files are others"
        return last, "high", "what is cited before it"


class _Print:
    """The citations in the order of print, and what else is cited between them."""

    def __init__(self, reading: Reading, cited: Sequence[Span]) -> None:
        self._texts = reading.texts
        self._cited = cited
        at = sorted((text.block.start, text.block.end, i) for i, text in enumerate(reading.texts))
        self._home = [at[bisect.bisect_right(at, (span.start, _FAR, 0)) - 1][2] for span in cited]

    def streams(self) -> Iterator[list[int]]:
        """Yield the citations of the text, and those of the notes."""
        order = sorted(range(len(self._cited)), key=lambda i: (self._home[i], self._cited[i].start))
        for inside in (False, True):
            yield [i for i in order if bool(self._texts[self._home[i]].note) == inside]

    def between(self, before: int, i: int) -> str:
        """Return what is cited between a citation (-1: none) and an "ibid.": `published`, `unknown` or nothing."""
        home = self._home[i]
        first = home if before < 0 else self._home[before]
        for k in range(first, home + 1):
            text = self._texts[k]
            start = _offset(text, self._cited[before].end) if k == first and before >= 0 else 0
            end = _offset(text, self._cited[i].start) if k == home else len(text.text)
            what = _cited_else(text.text, start, end)
            if what:
                return what
        return ""


def _offset(text: Text, origin: int) -> int:
    """The offset in a view of what stands at `origin` in the source."""
    return bisect.bisect_left(range(len(text.text)), origin, key=text.passage.view.origin)


def _cited_else(text: str, start: int, end: int) -> str:
    """What is cited in a range of a text in which no citation of an archive was found."""
    if _FOOTNOTE.search(text, max(start, end - 40), end):
        return "published"  # "see footnote 3, ibid."
    for match in _PUBLISHED.finditer(text, start, end):
        if not _WITHIN.search(text, max(0, match.start() - 6), match.start()):
            return "published"
    for match in _OTHER_ARCHIVE.finditer(text, start, end):
        if not text[max(0, match.start() - 20) : match.start()].rstrip().endswith(_TITLES):
            return "unknown"
    return ""


def ibid_without_antecedent(document: Document, spans: Sequence[Span]) -> Iterator[Diagnostic]:
    """Yield a finding (TG075) for each "ibid." with nothing before it in the document that it could repeat."""
    place = document.source.lines().location
    text = document.source.text
    for span in spans:
        if span.kind == "citation" and not span.ref and is_ibid(text[span.start : span.start + 5]):
            if _FOOTNOTE.search(text, max(0, span.start - 40), span.start):
                continue
            words = " ".join(text[span.start : span.end].split())
            yield finding(
                "TG075", f"“{words}” repeats no citation of this document: not linked", place(span.start, span.end)
            )


def tag_citations(document: Document) -> Tagged:
    """Return a document with its citations alone, as `tag_document` finds them; nothing wins against a citation."""
    reading = Reading(document, Known({}))
    spans, rejected = resolve(list(recognise_citations(reading)))
    spans = link_citations(reading, spans)
    return Tagged(document, spans, rejected, findings=tuple(ibid_without_antecedent(document, spans)))
