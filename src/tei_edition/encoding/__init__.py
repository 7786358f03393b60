"""CLAIMS → TEI: one tagged document as a TEI tree, in the profile `edition` or `frus`, with the ledger of its
characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lxml import etree

from tei_edition.diagnostics import Diagnostic
from tei_edition.encoding.body import Body
from tei_edition.encoding.collected_citations import collect_citations, write_collected
from tei_edition.encoding.elements import add
from tei_edition.encoding.frus import write_frus_header
from tei_edition.encoding.header import Header
from tei_edition.encoding.indent import indent
from tei_edition.encoding.ledger import Ledger, account, verify
from tei_edition.encoding.names import document_id, note_id, page_id, volume_id
from tei_edition.encoding.places import credit_geonames, gazetteer_places
from tei_edition.encoding.standoff import write_standoff
from tei_edition.gazetteer import gazetteer
from tei_edition.model import Entry, Span, Tagged
from tei_edition.settings import Settings
from tei_edition.tei import TEI, TEI_NS, XML_ID, XML_LANG, serialise
from tei_edition.telegraphic import telegraphic_words

__all__ = ["Encoded", "Ledger", "encode_document"]

_NOTE_ID = re.compile(r"(?P<document>d\d+)fn\w+")
SCHEMA_NS = "http://relaxng.org/ns/structure/1.0"
SCHEMATRON_NS = "http://purl.oclc.org/dsdl/schematron"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A TEI file as bytes, the ledger of the source's characters, and an error for each that is not accounted for."""

    tei: bytes
    ledger: Ledger
    findings: tuple[Diagnostic, ...]


def encode_document(tagged: Tagged, settings: Settings, entries: Mapping[str, Entry]) -> Encoded:
    """Return the TEI of a tagged document in the profile of the settings. `entries` are the authority's, by id."""
    profile = settings.profile
    tagged, cited = collect_citations(tagged) if profile == "edition" else (tagged, [])
    tei = etree.Element(f"{TEI}TEI", nsmap={None: TEI_NS})
    targets = _targets(tagged, settings, entries)
    body = Body(tagged, profile=profile, targets=targets)
    document = body.write()
    if profile == "frus":
        volume = settings.volume or volume_id(tagged.document)
        if volume:
            tei.set(XML_ID, volume)
        tei.append(write_frus_header(tagged, settings))
    else:
        name = document_id(tagged.document)
        whole = tagged.document.source.name if tagged.document.source.name != name else ""
        if whole and volume_id(tagged.document):
            tei.set(XML_ID, whole)
        tei.set(XML_LANG, settings.language)
        places = gazetteer_places(tagged.spans, entries)
        header = Header(tagged, settings, targets).write()
        credit_geonames(header, places.values())
        tei.append(header)
        stand_off = write_standoff(tagged.spans, {**telegraphic_words(), **entries}, places)
        collected = write_collected(cited)
        if collected is not None:
            stand_off = stand_off if stand_off is not None else etree.Element(f"{TEI}standOff")
            stand_off.append(collected)
        if stand_off is not None:
            tei.append(stand_off)
    add(add(tei, "text"), "body").append(document)
    ledger, faults = account(tagged.document, body.written)
    faults += verify(tagged.document, body.homes)
    indent(tei)
    if profile == "edition":
        _add_models(tei)
    return Encoded(serialise(tei), ledger, tuple(faults))


def _add_models(tei: etree._Element) -> None:
    """`xml-model` lets oXygen and other editors validate (W3C Note "Associating Schemas with XML documents")."""
    for file, namespace in (("tei-edition.rng", SCHEMA_NS), ("tei-edition.sch", SCHEMATRON_NS)):
        tei.addprevious(
            etree.ProcessingInstruction("xml-model", f'href="{file}" type="application/xml" schematypens="{namespace}"')
        )


def _targets(tagged: Tagged, settings: Settings, entries: Mapping[str, Entry]) -> Callable[[Span], str]:
    """Return what a span's pointer says: a place in this file where there is one, else the address of another
    document.
    """
    own = document_id(tagged.document)
    inside = {own, *(note_id(tagged.document, note.name) for note in tagged.document.notes)}
    inside |= {value for span in tagged.spans for name, value in span.attributes if name == "xml:id"}
    inside |= {page_id(mark.label) for mark in tagged.document.marks if mark.kind == "pb"}
    volume = settings.volume or volume_id(tagged.document)

    def target(span: Span) -> str:
        other, _, ref = span.ref.partition("#") if span.kind == "volume-reference" else ("", "", span.ref)
        if other and (other != volume or not ref):
            return span.ref if settings.profile == "frus" else _address(settings, volume, other, ref)
        if not ref:
            return ""
        if ref.startswith("fn"):  # a note of a document that has no number
            ref = f"{own}{ref}"
        if span.kind == "place" and ref not in entries and gazetteer().get(ref):
            return f"#{ref}" if settings.profile == "edition" else ""  # the profile frus has no list of places
        if ref in inside or ref in entries or ref in telegraphic_words() or settings.profile == "frus":
            return f"#{ref}"
        return _address(settings, volume, volume, ref)

    return target


def _address(settings: Settings, own: str, volume: str, ref: str) -> str:
    """The address of a document, a page or a note of a volume, made from that of this volume: `https://…/d87#d87fn2`.
    Of another volume it is known only where this volume's address holds this volume's name.
    """
    base = settings.base_url
    if volume != own:
        if not own or own not in base:
            return ""
        base = base.replace(own, volume)
    note = _NOTE_ID.fullmatch(ref)
    return f"{base}{note['document']}#{ref}" if base and note else f"{base}{ref}" if base else ""
