"""The date of a document is said several times: in its dateline, in the header, in attributes of its division."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import TEI, local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.temporal import POINTS, Span, Value, order, read_span, read_value
from tei_edition.validation.fault import Fault

_FRUS = "{http://history.state.gov/frus/ns/1.0}"
_EARLIEST, _LATEST = f"{_FRUS}doc-dateTime-min", f"{_FRUS}doc-dateTime-max"
# What stands in a document and has a date of its own.
_APART = frozenset({f"{TEI}note", f"{TEI}floatingText", f"{TEI}quote", f"{TEI}cit", f"{_FRUS}attachment", f"{TEI}q"})
_DIV = f"{TEI}div"


def dates_of_documents(inventory: Inventory) -> Iterator[Fault]:
    """VA355: the dateline of a document agrees with its header, and with the dates of its division.

    The header speaks of one document; where the file holds several, only the divisions are compared.
    """
    datelines = dates_by_document(inventory)
    for document, dates in datelines.items():
        low, high = read_value(document.get(_EARLIEST, "")), read_value(document.get(_LATEST, ""))
        if (low or high) and dates and all(_outside(date, low, high) for date in dates):
            yield _fault(dates[0], f"{_day(low)} to {_day(high)} (doc-dateTime of the document)", document)
    if len(inventory.documents) > 1 or len(datelines) != 1:
        return
    dates = next(iter(datelines.values()))
    for other in _of_header(inventory):
        span = read_span(dict(other.items()))
        low, high = span.ends
        if not span.empty and dates and all(_outside(date, low, high) for date in dates):
            said = " ".join(f"{name}=\"{other.get(name)}\"" for name in POINTS if other.get(name))
            where = other.getparent()
            yield _fault(dates[0], f"{said} (<{local_name(where) if where is not None else ''}> of the header)", other)


def _fault(date: etree._Element, said: str, other: etree._Element) -> Fault:
    given = [name for name in POINTS if date.get(name)]
    own = " ".join(f"{name}=\"{date.get(name)}\"" for name in given)
    return Fault("VA355", f"the dateline has {own}, the document is dated {said}", date, related=(other,),
                 attribute=given[0])


def dates_by_document(inventory: Inventory) -> dict[etree._Element, list[etree._Element]]:
    """Return the dated dates of the datelines of each document, without those of what is enclosed in it."""
    found: dict[etree._Element, list[etree._Element]] = {}
    for dateline in inventory.named("dateline"):
        document = _document_of(dateline)
        if document is not None:
            dates = [date for date in dateline.iter(f"{TEI}date") if any(date.get(name) for name in POINTS)]
            found.setdefault(document, []).extend(dates)
    return found


def _document_of(element: etree._Element) -> etree._Element | None:
    """The division that a dateline is the dateline of: the nearest one, where that is a document or there is none."""
    for ancestor in element.iterancestors():
        if ancestor.tag in _APART:
            return None
        if ancestor.tag == _DIV:
            return ancestor if ancestor.get("type") in (None, "document", "letter") else None
        if ancestor.tag == f"{TEI}body":
            return ancestor
    return None


def _of_header(inventory: Inventory) -> Iterator[etree._Element]:
    """The dates of the header that are the document's own: when it was made, and when it was sent."""
    for date in inventory.named("date"):
        parent = date.getparent()
        if parent is not None and (parent.tag == f"{TEI}creation"
                                   or (parent.tag == f"{TEI}correspAction" and parent.get("type") == "sent")):
            yield date


def _outside(date: etree._Element, low: Value | None, high: Value | None) -> bool:
    """Whether a date and a span have no day in common. A day more or less is none: hours are counted in two zones."""
    span: Span = read_span(dict(date.items()))
    begin, end = (_whole_days(value) for value in span.ends)
    low, high = _whole_days(low), _whole_days(high)
    early = end is not None and low is not None and order(end.next_day(), low) < 0
    late = begin is not None and high is not None and order(begin.previous_day(), high) > 0
    return early or late


def _whole_days(value: Value | None) -> Value | None:
    return None if value is None else value._replace(minute=None, zone=None)


def _day(value: Value | None) -> dt.date | str:
    return "?" if value is None else value.date or "-".join(str(part) for part in value[:3] if part is not None)
