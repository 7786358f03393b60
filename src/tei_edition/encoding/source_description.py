"""`sourceDesc`: the printed document, the archival source as the notes cite it, and the text that was converted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.encoding.elements import add, dated
from tei_edition.model import Span
from tei_edition.tei import local_name

if TYPE_CHECKING:
    from tei_edition.encoding.header import Header


# "A copy is in the Kennedy Library", "Another copy of this memorandum is ibid.", "The signed original is in …"; of
# the paper itself, that it is there also: "The memorandum is also in". "Another memorandum" is none of it.
_ITSELF = r"(?:text|memorandum(?: of conversation)?|telegram|letter|paper|document|message|despatch|airgram|report)"
_OTHER = re.compile(
    r"(?:^|[.;)\]”] ?)\(?(?P<what>(?:Another|An?|The)(?: [a-z]+){0,2}? (?:copy|original)|Copies|Also"
    rf"|Another text|(?:The|This)(?: (?:same|full))? {_ITSELF}(?= (?:is|was|may be|can be) also\b))"
    r"(?: of (?:this|the|it)\b[\w ’']{0,40}?)?(?:,[^,.;]{1,60},)?(?: (?:is|are|was|may be|can be))?(?: also)?"
    r"(?: found| filed)?(?: in| at)?(?: the)? ?$"
)
# "A copy sent to the President bears the following note: … (Kennedy Library, …)"
_TOLD = re.compile(r"(?:^|[.;)\]”] )(?P<what>(?:Another|An?|One)(?: [a-z]+){0,2}? (?:copy|original))\b")


def add_source_description(source: etree._Element, header: Header) -> None:
    """Fill `sourceDesc` from the document, the settings and the spans of the source note."""
    _printed(source, header)
    citations = _citations(header)
    if citations:
        _manuscript(source, header, citations)
    text = add(source, "bibl", type="source-text")
    converted = header.document.source
    add(text, "title", f"{converted.file_name}.txt").tail = ", "
    if converted.whole:
        # One of several documents of a file: `validate --source` compares it with these characters only.
        first, last = converted.offset + 1, converted.offset + len(converted.text)
        words = f"characters {first}–{last}"
        add(text, "biblScope", words, unit="character", from_=str(first), to=str(last)).tail = ", "
    add(text, "idno", converted.sha256, type="SHA-256")


def _printed(source: etree._Element, header: Header) -> None:
    given, document = header.settings, header.document
    pages = [mark for mark in document.marks if mark.kind == "pb"]
    if not (given.series or given.title or pages or document.number):
        return
    bibl = add(source, "bibl", type="printed")
    parts: list[etree._Element] = []
    if given.series:
        parts.append(add(bibl, "title", given.series, level="s"))
    if given.title:
        parts.append(add(bibl, "title", given.title, level="m"))
    if document.number:
        parts.append(add(bibl, "biblScope", document.number, unit="document"))
    if _in_order([page.label for page in pages]):
        # The page on which the document begins is not marked; it is the one before the first page break.
        before = bool(document.blocks) and document.blocks[0].start < pages[0].start
        starts = max(int(pages[0].label) - before, 1)
        last = pages[-1].label
        parts.append(
            add(
                bibl,
                "biblScope",
                f"{starts}–{last}" if str(starts) != last else last,
                unit="page",
                from_=str(starts),
                to=last,
                cert="medium",
                resp="#tei-edition",
            )
        )
    for part in parts[:-1]:
        part.tail = ", "


def _in_order(labels: list[str]) -> bool:
    """Whether there are page numbers, all of them Arabic, that go up: others give no range."""
    if not labels or not all(label.isdigit() for label in labels):
        return False
    numbers = [int(label) for label in labels]
    return numbers == sorted(set(numbers))


def _citations(header: Header) -> list[tuple[Span, list[Span]]]:
    """The citations of the source line and the source note that name a place, each with its parts."""
    found = []
    for start, end in header.document.source_ranges():
        spans = [span for span in header.tagged.spans if start <= span.start and span.end <= end]
        for citation in (span for span in spans if span.kind == "citation"):
            inner = [s for s in spans if citation.start <= s.start and s.end <= citation.end and s.kind != "citation"]
            if inner:
                found.append((citation, inner))
    return found


def _manuscript(source: etree._Element, header: Header, citations: list[tuple[Span, list[Span]]]) -> None:
    note = header.document.source_note()
    description = add(source, "msDesc", source=header.note(note.name) if note else "")
    identifier = add(description, "msIdentifier")
    first = citations[0][1]
    _identify(identifier, header, first)
    after, kept = citations[0][0].end, first
    for citation, parts in citations[1:]:
        # What else the note cites is the same document only where it says so.
        other = _OTHER.search(header.text, max(after, citation.start - 200), citation.start)
        if header.text[citation.start - 1] == "(":
            other = _TOLD.search(header.text, max(after, citation.start - 600), citation.start)
        after = citation.end
        if not any(part.kind == "repository" for part in parts):  # "A copy is ibid., POL 7"
            parts = [*(part for part in kept if part.kind == "repository"), *parts]
        kept = parts
        if other and any(part.kind in ("file-number", "scope") for part in parts):
            sort = "original" if "riginal" in other["what"] else "copy"
            _identify(add(identifier, "altIdentifier", type=sort), header, parts)
    _contents(description, header)
    _witness(description, header)


def _contents(description: etree._Element, header: Header) -> None:
    """Who drafted, cleared and approved it: a statement for each act of each, with the day that the note gives."""
    if not header.facts.responsibilities:
        return
    item = add(add(description, "msContents"), "msItem")
    for one in header.facts.responsibilities:
        statement = add(item, "respStmt", source=header.note(one.note))
        add(statement, "resp", one.act, **dated(one.dated))
        if one.kind == "person":
            header.name(statement, (one.start, one.end))
        elif one.kind == "body":
            add(statement, "orgName", header.words(one.start, one.end))
        else:
            add(statement, "name", header.words(one.start, one.end), type="person" if one.kind == "office" else "")


def _witness(description: etree._Element, header: Header) -> None:
    """Of what sort the copy is: "Printed from an unsigned copy", "The source text bears no drafting information"."""
    stated = [fact for fact in header.facts.circumstances if fact.kind == "witness"]
    if stated:
        physical = add(description, "physDesc")
        for fact in stated:
            add(physical, "p", header.words(fact.start, fact.end), source=header.note(fact.note))


def _identify(parent: etree._Element, header: Header, parts: list[Span]) -> None:
    """Repository, collections and numbers, in the order that TEI wants (Guidelines, 11.4).

    An `altIdentifier` has one collection and one number only, so several are written together there.
    """
    alone = local_name(parent) != "altIdentifier"
    repository = [part for part in parts if part.kind == "repository"]
    collections = [header.words(part.start, part.end) for part in parts if part.kind == "collection"]
    numbers = [
        (header.words(part.start, part.end), dict(part.attributes))
        for part in parts
        if part.kind in ("file-number", "scope")
    ]
    if repository:
        at = (repository[0].start, repository[0].end)
        known = next((keeper for keeper in header.facts.keepers if (keeper.start, keeper.end) == at), None)
        if known and known.settlement:
            add(parent, "settlement", known.settlement)
        add(parent, "institution", known.name if known else header.words(*at))
    for words in collections if alone else [", ".join(collections)] if collections else []:
        add(parent, "collection", words)
    if numbers and not alone:
        numbers = [(", ".join(words for words, _ in numbers), numbers[0][1])]
    for words, attributes in numbers:
        add(parent, "idno", words, type=attributes.get("type") or attributes.get("unit", ""))
