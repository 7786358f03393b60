"""The TEI header of the profile `edition`: only what the text, the settings and the authority files say.

Guidelines, chapter 2; correspondence: 2.4.6; manuscript description (the archival source): chapter 11.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable

from lxml import etree

import tei_edition
from tei_edition.encoding.correspondence import add_correspondence
from tei_edition.encoding.elements import add, dated
from tei_edition.encoding.names import document_id, note_id
from tei_edition.encoding.source_description import add_source_description
from tei_edition.encoding.text_class import add_setting, declare_classes, refer_to_classes
from tei_edition.model import Block, Document, Span, Tagged
from tei_edition.settings import Settings
from tei_edition.tei import TEI

RESPONSIBLE = "#tei-edition"


def head_words(document: Document) -> str:
    """Return the words of the document's head without its number and without markers, on one line."""
    for passage in document.passages():
        if passage.block.kind == "head":
            words = " ".join(passage.view.text.split())
            number = f"{document.number}."
            return words.removeprefix(number).strip() if document.number else words
    return ""


class Header:
    """Writes the header of one tagged document."""

    def __init__(self, tagged: Tagged, settings: Settings, target: Callable[[Span], str]) -> None:
        self.tagged = tagged
        self.target = target  # what the pointer of a span says: a place in this file, or another document's address
        self.document = tagged.document
        self.text = tagged.document.source.text
        self.facts = tagged.facts
        self.settings = settings
        self._by_range = {(span.start, span.end, span.kind): span for span in tagged.spans}

    def write(self) -> etree._Element:
        """Return the `teiHeader`."""
        header = etree.Element(f"{TEI}teiHeader")
        self._file(add(header, "fileDesc"))
        self._encoding(add(header, "encodingDesc"))
        self._profile(add(header, "profileDesc"))
        change = (
            f"Converted from the plain text {self.document.source.file_name}.txt "
            f"by tei-edition {tei_edition.__version__}."
        )
        add(add(header, "revisionDesc"), "change", change, when=self.settings.date, who=RESPONSIBLE)
        return header

    # -- fileDesc --------------------------------------------------------------------------------

    def _file(self, file: etree._Element) -> None:
        titles = add(file, "titleStmt")
        add(titles, "title", head_words(self.document) or f"[Document {self.document.source.name}]")
        for name in self.settings.editors:
            add(titles, "editor", name)
        statement = add(titles, "respStmt", xml_id="tei-edition")
        add(statement, "resp", "encoding by rule from the plain text")
        add(statement, "name", "tei-edition", type="software")
        self._publication(add(file, "publicationStmt"))
        add_source_description(add(file, "sourceDesc"), self)

    def _publication(self, statement: etree._Element) -> None:
        given, document = self.settings, self.document
        volume = f"{given.volume}/{document_id(document)}" if given.volume else ""
        if not given.publisher:
            # TEI wants somebody to be responsible before it takes a place, a date or a licence.
            add(
                statement,
                "p",
                "No publisher is named in the settings (tei-edition.toml)."
                if not given.licence
                else f"No publisher is named in the settings (tei-edition.toml). Licence: {given.licence}",
            )
            return
        add(statement, "publisher", given.publisher)
        if given.place:
            add(statement, "pubPlace", given.place)
        if given.published:
            add(statement, "date", given.published, when=given.published)
        if volume:
            add(statement, "idno", volume, type="document")
        if given.base_url:
            add(statement, "idno", f"{given.base_url}{document_id(document)}", type="URL")
        if given.licence or given.licence_text:
            availability = add(statement, "availability")
            add(availability, "licence", given.licence_text or given.licence, target=given.licence)

    # -- encodingDesc ----------------------------------------------------------------------------

    def _encoding(self, encoding: etree._Element) -> None:
        declaration = add(encoding, "editorialDecl")
        for name, words in (
            ("correction", "The words of the source are kept to the character; nothing was corrected."),
            (
                "normalization",
                "Nothing was normalised: spelling, punctuation and white space inside blocks are the source's.",
            ),
            ("quotation", "Quotation marks stand in the text, inside quote."),
            (
                "interpretation",
                "Persons, places, dates and citations were tagged by rule. What is not certain carries cert and resp.",
            ),
        ):
            element = add(declaration, name, marks="all" if name == "quotation" else "")
            add(element, "p", words)
        application = add(add(encoding, "appInfo"), "application", ident="tei-edition", version=tei_edition.__version__)
        add(application, "label", "tei-edition")
        add(application, "ptr", target=f"#{document_id(self.document)}")
        declare_classes(encoding, self.facts)
        references = add(encoding, "refsDecl", default="true")
        add(references, "citeStructure", unit="document", match="//body/div[@type='document']", use="@xml:id")

    # -- profileDesc -----------------------------------------------------------------------------

    def _profile(self, profile: etree._Element) -> None:
        dating = self.facts.dating
        if dating:
            source = f"#{note_id(self.document, dating.source)}" if dating.source else ""
            certainty = {"cert": dating.cert, "resp": RESPONSIBLE, "source": source} if dating.guessed else {}
            add(add(profile, "creation"), "date", dating.evidence, **dated(dating.attributes), **certainty)
        add(
            add(profile, "langUsage"),
            "language",
            _LANGUAGES.get(self.settings.language, self.settings.language),
            ident=self.settings.language,
        )
        refer_to_classes(profile, self)
        add_setting(profile, self)
        if self.facts.parties:
            add_correspondence(profile, self)

    # -- shared ----------------------------------------------------------------------------------

    def words(self, start: int, end: int) -> str:
        """Return the words of a range without the marks in it, on one line."""
        passage = Block("", start, end, "")
        at, pieces = start, []
        for mark in self.document.marks_in(passage.start, passage.end):
            if mark.start >= at and mark.end <= end:
                pieces.append(self.text[at : mark.start])
                at = mark.end
        return " ".join("".join([*pieces, self.text[at:end]]).split())

    def note(self, name: str) -> str:
        """The pointer to a note, as `source` of what it says; empty: the document itself says it."""
        return f"#{note_id(self.document, name)}" if name else ""

    def name(self, parent: etree._Element, person: tuple[int, int]) -> etree._Element:
        """Append the name of a person as the text has it, linked as the text links it."""
        span = self.span_at(*person, "person")
        return add(
            parent,
            "persName",
            self.words(*person),
            ref=f"#{span.ref}" if span and span.ref else "",
            cert=span.cert if span and span.cert != "high" else "",
            resp=RESPONSIBLE if span and span.cert != "high" else "",
        )

    def spans_in(self, start: int, end: int) -> list[Span]:
        """Return the spans within a range of the source."""
        low = bisect.bisect_left(self.tagged.spans, start, key=lambda span: span.start)
        high = bisect.bisect_left(self.tagged.spans, end, lo=low, key=lambda span: span.start)
        return [span for span in self.tagged.spans[low:high] if span.end <= end]

    def span_at(self, start: int, end: int, kind: str) -> Span | None:
        """Return the span of a kind that covers exactly this range."""
        return self._by_range.get((start, end, kind))


_LANGUAGES = {
    "en": "English",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "ru": "Russian",
    "pt": "Portuguese",
    "it": "Italian",
}
