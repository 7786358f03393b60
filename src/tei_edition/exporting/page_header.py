"""The header of an edition as a table for readers: when, from whom, to whom, where it lies, who drafted it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup, escape

from tei_edition.exporting.page_index import plain
from tei_edition.exporting.page_links import web_address
from tei_edition.tei import XML_ID, local_name

_SHA256 = re.compile(r"\b[0-9a-f]{64}\b")
_WAYS = {
    "repeated": "Repeated to",
    "also-sent": "Also sent to",
    "sent": "Sent to",
    "forwarded": "Passed to",
    "copy": "Copies to",
}
_CONTEXTS = {"replyTo": "In reply to", "prev": "Before this", "next": "After this"}
Phrase = Callable[[etree._Element], Markup]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what it is, and one or more values, ready for the page."""

    label: str
    values: list[Markup]


def header_of(root: etree._Element) -> etree._Element | None:
    """Return the header of the document (the first, where a corpus has several)."""
    return next(root.iter("{*}teiHeader"), None)


def title_of(root: etree._Element) -> str:
    """Return the title that the header gives (the main one), or the empty string."""
    header = header_of(root)
    titles = [] if header is None else [t for s in header.iter("{*}titleStmt") for t in s.iterchildren("{*}title")]
    main = [t for t in titles if t.get("type") in ("main", "complete", None)] or titles
    return plain(main[0]) if main else ""


def header_rows(root: etree._Element, phrase: Phrase) -> list[Row]:
    """Return the table of the header; `phrase` turns an element into a line of the page, with its links.

    A header that says little makes a short table; nothing is filled in.
    """
    header = header_of(root)
    if header is None:
        return []
    found: list[tuple[str, Markup]] = []
    for make in (_authors, _date, _correspondence, _source, _hands, _classes, _publication, _changes):
        found.extend(make(header, phrase))
    rows: dict[str, list[Markup]] = {}
    for label, value in found:
        if value.strip() and value not in rows.setdefault(label, []):
            rows[label].append(value)
    return [Row(label, values) for label, values in rows.items() if values]


_Pairs = Iterable[tuple[str, Markup]]


def _join(parts: Iterable[Markup], separator: str = ", ") -> Markup:
    return escape(separator).join(p for p in parts if p.strip())


def _authors(header: etree._Element, phrase: Phrase) -> _Pairs:
    for statement in header.iter("{*}titleStmt"):
        for child in statement.iterchildren("{*}author", "{*}editor"):
            yield local_name(child).capitalize(), phrase(child)


def _date(header: etree._Element, phrase: Phrase) -> _Pairs:
    """The date of the document: what the header says in words, and how certain it is."""
    for date in header.iterfind("{*}profileDesc/{*}creation/{*}date"):
        yield "Date", _dated(date, phrase)


def _dated(date: etree._Element, phrase: Phrase) -> Markup:
    words = phrase(date) if plain(date) else escape(_date_in_words(date))
    certainty = date.get("cert", "")
    if certainty in ("", "high") or not words:
        return words
    return words + Markup(" ({})").format(f"certainty: {certainty}")


def _date_in_words(date: etree._Element) -> str:
    if date.get("when"):
        return date.get("when", "")
    pairs = (("from", "from"), ("notBefore", "not before"), ("to", "to"), ("notAfter", "not after"))
    return ", ".join(f"{word} {date.get(name)}" for name, word in pairs if date.get(name))


def _correspondence(header: etree._Element, phrase: Phrase) -> _Pairs:
    labels = {"sent": "From", "received": "To", "forwarded": "Forwarded by", "redirected": "Redirected by"}
    has_date = next(header.iterfind("{*}profileDesc/{*}creation/{*}date"), None) is not None
    for action in header.iter("{*}correspAction"):
        kind = action.get("type", "")
        who = [phrase(c) for c in action.iterchildren(etree.Element) if local_name(c) not in ("date", "time", "note")]
        way = _WAYS.get(action.get("subtype", ""), "") if kind == "received" else ""
        yield way or labels.get(kind, kind.capitalize() or "Correspondence"), _join(who)
        for date in () if kind == "sent" and has_date else action.iterchildren("{*}date", "{*}time"):
            yield "Received" if kind == "received" else "Date", _dated(date, phrase)
    for context in header.iter("{*}correspContext"):
        for reference in context.iterchildren("{*}ref", "{*}ptr"):
            yield _CONTEXTS.get(reference.get("type", ""), "See also"), phrase(reference)


def _source(header: etree._Element, phrase: Phrase) -> _Pairs:
    for description in header.iterfind("{*}fileDesc/{*}sourceDesc"):
        for child in description.iterchildren(etree.Element):
            name = local_name(child)
            if name in ("bibl", "p", "ab", "biblStruct"):
                yield ("Printed in" if child.get("type") == "printed" else "Source"), phrase(child)
            elif name == "msDesc":
                for identifier in child.iterchildren("{*}msIdentifier"):
                    parts = [c for c in identifier.iterchildren(etree.Element) if local_name(c) != "altIdentifier"]
                    yield "Archive", _join(phrase(c) for c in parts)
                    for other in identifier.iterchildren("{*}altIdentifier"):
                        label = "Copy" if other.get("type") == "copy" else "Also"
                        yield label, _join(phrase(c) for c in other.iterchildren(etree.Element))


def _hands(header: etree._Element, phrase: Phrase) -> _Pairs:
    """Who drafted, cleared and approved: what the source note says of the making of the document."""
    for statement in header.iter("{*}respStmt"):
        if next(statement.iterancestors("{*}msDesc", "{*}sourceDesc"), None) is None:
            continue
        resp = next(statement.iterchildren("{*}resp"), None)
        label = (plain(resp) if resp is not None else "") or "Responsible"
        names = (phrase(c) for c in statement.iterchildren(etree.Element) if local_name(c) != "resp")
        yield label[:1].upper() + label[1:], _join(names)


def _classes(header: etree._Element, phrase: Phrase) -> _Pairs:
    categories = {c.get(XML_ID): c for c in header.iter("{*}category")}
    for reference in header.iter("{*}catRef"):
        for target in (reference.get("target") or "").split():
            category = categories.get(target[1:])
            if category is not None:
                words = next(category.iterchildren("{*}catDesc"), category)
                yield "Classification", phrase(words)
    for keywords in header.iterfind("{*}profileDesc/{*}textClass/{*}keywords"):
        yield "Keywords", _join(phrase(t) for t in keywords.iter("{*}term"))


def _publication(header: etree._Element, phrase: Phrase) -> _Pairs:
    for statement in header.iterfind("{*}fileDesc/{*}publicationStmt"):
        for child in statement.iterchildren(etree.Element):
            name = local_name(child)
            if name in ("publisher", "authority", "distributor"):
                yield "Published by", phrase(child)
            elif name == "date":
                yield "Published", _dated(child, phrase)
            elif name == "availability":
                licences = list(child.iter("{*}licence"))
                for licence in licences:
                    yield "Licence", _licence(licence, phrase)
                if not licences:
                    yield "Availability", phrase(child)


def _licence(licence: etree._Element, phrase: Phrase) -> Markup:
    address = web_address(licence.get("target", ""))
    words = phrase(licence)
    if address is None:
        return words
    link = Markup('<a href="{0}">{0}</a>').format(address)
    return _join([words, link], " ")


def _changes(header: etree._Element, phrase: Phrase) -> _Pairs:
    for change in header.iterfind("{*}revisionDesc//{*}change"):
        digest = _SHA256.search(plain(change))
        if digest:
            yield "SHA-256 of the source", Markup("<code>{}</code>").format(digest[0])
        else:
            when = change.get("when", "")
            yield "Changes", _join([escape(when), phrase(change)], ": ")
