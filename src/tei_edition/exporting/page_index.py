"""The index at the end of a page: persons, places, organisations, archives, each with where the text names them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from tei_edition.exporting.elements import names
from tei_edition.exporting.page_links import Anchors, authority_address
from tei_edition.tei import XML_ID, local_name

KINDS = {"person": "Persons", "org": "Organisations", "place": "Places", "archive": "Archives"}
_LISTS = {"listPerson": "person", "listOrg": "org", "listPlace": "place"}
_ARCHIVAL = "archival"
_NAMES = {"persName": "person", "orgName": "org", "placeName": "place", "geogName": "place", "settlement": "place",
          "country": "place", "region": "place"}
_FACTS = names("state occupation affiliation education residence birth death floruit nationality trait desc")
_WITHIN = frozenset({"country", "region", "district", "settlement"})

_STRING = etree.XPath("string()")  # the text of an element without comments and processing instructions


@dataclass(slots=True)
class Mention:
    """A place of the text that names an entry: its id on the page, and where that is, in words (`note 2`)."""

    anchor: str
    place: str


@dataclass(slots=True)
class Entry:
    """A person, place, organisation or archive of the lists."""

    kind: str
    name: str
    anchor: str | None = None
    uncertain: str = ""
    also: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str | None]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The entry on one line, for the tip over a name."""
        return "; ".join([self.name, *self.facts])


def name_kind(element: etree._Element) -> str | None:
    """Return `person`, `place` or `org` for an element that names one, `archive` for a citation that leads to the list
    of those cited, else None.
    """
    name = local_name(element)
    if name == "bibl" and element.get("type") == _ARCHIVAL and element.get("ref"):
        return "archive"
    return _NAMES.get(name)


def plain(element: etree._Element) -> str:
    """Return the words of an element, on one line."""
    return " ".join(str(_STRING(element)).split())


def claim_entries(root: etree._Element, anchors: Anchors) -> dict[str, Entry]:
    """Return the entries of the lists beside the text (`standOff`, header) by `xml:id`, in the order of the file."""
    entries: dict[str, Entry] = {}
    for element in root.iter(etree.Element):
        name = local_name(element)
        kind = _LISTS.get(name)
        if name == "listBibl" and element.get("type") == _ARCHIVAL and _beside_the_text(element):
            _claim_archives(element, anchors, entries)
        if kind is None or not _beside_the_text(element):
            continue
        for child in element.iterchildren(etree.Element):
            if local_name(child) == kind:
                anchors.claim(child)
                entry = _entry(child, kind, anchors)
                entries.setdefault(child.get(XML_ID) or f"\n{len(entries)}", entry)
    return entries


def _claim_archives(listed: etree._Element, anchors: Anchors, entries: dict[str, Entry]) -> None:
    """The places of archives that the text cites, each once, with what "ibid." leaves out."""
    for bibl in listed.iterchildren("{*}bibl"):
        anchors.claim(bibl)
        cert = bibl.get("cert", "")
        entry = Entry("archive", plain(bibl), anchors.of(bibl), cert if cert in ("low", "medium", "unknown") else "")
        entries.setdefault(bibl.get(XML_ID) or f"\n{len(entries)}", entry)


def _beside_the_text(element: etree._Element) -> bool:
    return any(local_name(a) in ("standOff", "teiHeader") for a in element.iterancestors())


def _entry(element: etree._Element, kind: str, anchors: Anchors) -> Entry:
    called = [c for c in element.iterchildren(etree.Element) if local_name(c) == "name" or name_kind(c) == kind]
    first = next((n for n in called if not n.get("type")), called[0] if called else None)
    label = plain(first) if first is not None else ""
    entry = Entry(kind, label or element.get(XML_ID) or "(without a name)", anchors.of(element))
    cert = element.get("cert", "")
    entry.uncertain = cert if cert in ("low", "medium", "unknown") else ""
    for child in element.iterchildren(etree.Element):
        name = local_name(child)
        if name in _WITHIN and child is not first:
            entry.facts.append(plain(child))  # where a place lies is not what it is called
        elif child in called and child is not first:
            entry.also.append(plain(child) + (f" ({child.get('type')})" if child.get("type") else ""))
        elif name in _FACTS:
            entry.facts.append(_fact(child))
        elif name in ("note", "p"):
            entry.notes.append(plain(child))
        elif name == "location":
            entry.facts.extend(plain(geo) for geo in child.iter("{*}geo"))
        elif name == "idno" and plain(child):
            kind_of_id = child.get("type", "")
            entry.links.append((f"{kind_of_id} {plain(child)}".strip(), authority_address(kind_of_id, plain(child))))
    return entry


def _fact(element: etree._Element) -> str:
    """An office with its years, `Secretary of State (1961-01 – 1969-01)`; or a birth with its date."""
    begin, end = (next((element.get(a) or "" for a in names if element.get(a)), "")
                  for names in (("from", "notBefore"), ("to", "notAfter")))
    words, when = plain(element), element.get("when") or (f"{begin} – {end}".strip() if begin or end else "")
    label = {"birth": "born", "death": "died", "floruit": "active"}.get(local_name(element), "")
    if not words:
        return f"{label} {when}".strip()
    return f"{label} {words}".strip() + (f" ({when})" if when and not label else "")


def grouped(entries: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return the entries under the headings of the index, by name."""
    return [(title, found) for kind, title in KINDS.items()
            if (found := sorted((e for e in entries if e.kind == kind), key=lambda e: e.name.casefold()))]
