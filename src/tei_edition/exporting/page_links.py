"""Where links of a page may lead, and its ids: only http, https, mailto and places on the page; each id once."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from lxml import etree

from tei_edition.tei import XML_ID

# Ids that the page itself uses; an element of the TEI that has one of them gets another.
RESERVED = ("top", "text", "about", "about-title", "index", "index-title", "legend")

_ID = re.compile(r"[^\s#]+")
_SCHEME = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+@[^\s]+)", re.IGNORECASE)
_URL_SAFE = "%/:=&?~#+!$,;'@()*"

# Authorities whose numbers make a link, by the type of the `idno`.
_AUTHORITIES = {
    "geonames": (re.compile(r"\d+"), "https://www.geonames.org/{}"),
    "viaf": (re.compile(r"\d+"), "https://viaf.org/viaf/{}"),
    "gnd": (re.compile(r"[\dX-]+"), "https://d-nb.info/gnd/{}"),
    "wikidata": (re.compile(r"Q\d+"), "https://www.wikidata.org/wiki/{}"),
    "orcid": (re.compile(r"[\dX-]+"), "https://orcid.org/{}"),
    "isni": (re.compile(r"[\dX]+"), "https://isni.org/isni/{}"),
}


def web_address(target: str) -> str | None:
    """Return an address that may be linked, safe for an attribute, or None (`javascript:`, `data:`, a file name)."""
    target = target.strip()
    if not _SCHEME.fullmatch(target):
        return None
    try:
        parts = urlsplit(target)
        if parts.scheme.lower() != "mailto" and not parts.hostname:
            return None
    except ValueError:
        return None
    return quote(target, safe=_URL_SAFE)


def authority_address(kind: str, number: str) -> str | None:
    """Return the address of an authority's record: `("GeoNames", "203312")` → https://www.geonames.org/203312."""
    pattern, address = _AUTHORITIES.get(kind.casefold(), (None, ""))
    if pattern is not None and pattern.fullmatch(number):
        return address.format(number)
    return web_address(number)


class Anchors:
    """The ids of the page. An `xml:id` keeps its name where it can; one that stands twice leads to its first place."""

    def __init__(self) -> None:
        self._taken = set(RESERVED)
        self._of_id: dict[str, str] = {}
        self._of_element: dict[etree._Element, str] = {}

    def claim(self, element: etree._Element) -> None:
        """Give the element an anchor under its `xml:id`, where it has one that is not yet given."""
        wanted = element.get(XML_ID, "")
        if _ID.fullmatch(wanted) and wanted not in self._of_id:
            self._of_id[wanted] = self._of_element[element] = self.fresh(wanted)

    def fresh(self, wanted: str) -> str:
        """Return an id that is not yet on the page: `wanted`, or with a number behind it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(name)
        return name

    def of(self, element: etree._Element) -> str | None:
        """The id of the element on the page."""
        return self._of_element.get(element)

    def link(self, target: str | None) -> str | None:
        """Return where `@target` or `@ref` leads (the first of several), or None where it may not be a link."""
        first = (target or "").split()[:1]
        if not first:
            return None
        if first[0].startswith("#"):
            anchor = self._of_id.get(first[0][1:])
            return None if anchor is None else "#" + quote(anchor, safe="")
        return web_address(first[0])
