"""The citations of archives in an edition: what its `bibl` elements say, and what "ibid." takes over by `@corresp`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from tei_edition.citation import Citation, Part, inherit, is_ibid, part_of, told_apart
from tei_edition.tei import XML_ID, local_name

_KINDS = {"orgName": "repository", "title": "collection", "idno": "file-number", "biblScope": "scope"}
_NUMBERED = re.compile(r".*fn-?(?P<name>[^-].*)")


class Cited(NamedTuple):
    """A citation of an edition: the document that it stands in (id and number), and the line of the file."""

    document: str
    number: str
    line: int
    citation: Citation


def read_cited(root: etree._Element, name: str) -> list[Cited]:
    """Return the citations of archives in the text, in the order of the file; `name` is for a text without an id."""
    made: dict[str, Citation] = {}
    found = []
    for bibl in root.iter("{*}bibl"):
        if bibl.get("type") != "archival" or not any(local_name(a) == "text" for a in bibl.iterancestors()):
            continue
        citation = _citation(bibl, made)
        if citation.id:
            made.setdefault(citation.id, citation)
        holder = next((a for a in bibl.iterancestors("{*}div") if a.get("type") == "document"), None)
        document, number = (holder.get(XML_ID, name), holder.get("n", "")) if holder is not None else (name, "")
        found.append(Cited(document, number, bibl.sourceline or 0, citation))
    return found


def _citation(bibl: etree._Element, made: Mapping[str, Citation]) -> Citation:
    words = _words(bibl)
    own = told_apart(_parts(bibl))
    repeats = bibl.get("corresp", "").split()[:1]
    target = repeats[0].lstrip("#") if repeats else ""
    earlier = made.get(target)
    parts = inherit(earlier.parts, own) if earlier is not None and is_ibid(words) else own
    cert = bibl.get("cert", "high")
    if cert == "high" and earlier is not None and is_ibid(words):
        cert = earlier.cert
    return Citation(bibl.get(XML_ID, ""), -1, -1, _note(bibl), words, parts, target, cert)


def _parts(bibl: etree._Element) -> Iterator[Part]:
    for element in bibl.iterchildren(etree.Element):
        name = local_name(element)
        if name not in _KINDS or (name == "orgName" and element.get("type") not in ("repository", "department")):
            continue
        if name == "orgName" and element.get("type") == "department":
            yield Part("division", _words(element))
        elif _words(element):
            yield part_of(_KINDS[name], _said(name, element), _words(element))


def _said(name: str, element: etree._Element) -> dict[str, str]:
    said = "subtype" if name == "title" else "unit" if name == "biblScope" else "type"
    value = element.get(said)
    return {said: value} if value else {}


def _note(bibl: etree._Element) -> str:
    """The name of the note: "2", or "2_2" for the second note 2 of a document, by its id."""
    note = next(bibl.iterancestors("{*}note"), None)
    if note is None:
        return ""
    match = _NUMBERED.fullmatch(note.get(XML_ID, ""))
    return match["name"] if match else note.get("n", "")


def _words(element: etree._Element) -> str:
    """The words of an element on one line; a note inside it is not of it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local_name(child) != "note":
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())
