"""The TEI header of the profile `edition`: only what the text, the settings and the authority files say.

Guidelines, chapter 2; correspondence: 2.4.6; manuscript description (the archival source): chapter 11.
"""

from __future__ import annotations

from lxml import etree

import tei_edition
from tei_edition.encoding.elements import add
from tei_edition.encoding.names import document_id, ncname, note_id
from tei_edition.encoding.source_description import add_source_description
from tei_edition.model import Block, Document, Party, Span, Tagged
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

    def __init__(self, tagged: Tagged, settings: Settings) -> None:
        self.tagged = tagged
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
        if self.facts.classification:
            taxonomy = add(add(encoding, "classDecl"), "taxonomy", xml_id="classification")
            for words in self.facts.classification:
                add(add(taxonomy, "category", xml_id=_category_id(words)), "catDesc", words)
        references = add(encoding, "refsDecl", default="true")
        add(references, "citeStructure", unit="document", match="//body/div[@type='document']", use="@xml:id")

    # -- profileDesc -----------------------------------------------------------------------------

    def _profile(self, profile: etree._Element) -> None:
        dating = self.facts.dating
        if dating:
            source = f"#{note_id(self.document, dating.source)}" if dating.source else ""
            certainty = {"cert": dating.cert, "resp": RESPONSIBLE, "source": source} if dating.guessed else {}
            add(add(profile, "creation"), "date", dating.evidence, **_dated(dating.attributes), **certainty)
        add(
            add(profile, "langUsage"),
            "language",
            _LANGUAGES.get(self.settings.language, self.settings.language),
            ident=self.settings.language,
        )
        if self.facts.classification:
            targets = " ".join(f"#{_category_id(words)}" for words in self.facts.classification)
            add(add(profile, "textClass"), "catRef", scheme="#classification", target=targets)
        if self.facts.parties:
            self._correspondence(add(profile, "correspDesc"))

    def _correspondence(self, description: etree._Element) -> None:
        dating = self.facts.dating
        for party in self.facts.parties:
            action = add(description, "correspAction", type=party.action)
            self._party(action, party)
            if party.action == "sent" and dating:
                certainty = {"cert": dating.cert} if dating.guessed else {}
                add(action, "date", **_dated(dating.attributes), **certainty)
        if self.facts.answers:
            context = add(description, "correspContext")
            for start, end, target in self.facts.answers:
                add(
                    context,
                    "ref",
                    self.words(start, end),
                    type="replyTo",
                    target=f"#{target}" if target else "",
                    cert="medium",
                    resp=RESPONSIBLE,
                )

    def _party(self, action: etree._Element, party: Party) -> None:
        for organisation in party.organisations:
            add(action, "orgName", self.words(*organisation))
        for person in party.persons:
            self.name(action, person)
        for office in party.offices:
            add(action, "rs", self.words(*office), type="person")
        if party.place:
            span = self._by_range.get((*party.place, "place"))
            add(action, "placeName", self.words(*party.place), ref=f"#{span.ref}" if span and span.ref else "")

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


def _category_id(words: str) -> str:
    """The id of a classification: `class-secret`, so that no place or person called so has the same."""
    return f"class-{ncname(words)}"


def _dated(attributes: object) -> dict[str, str]:
    """The dating attributes as keyword arguments (`from` is a word of Python)."""
    return {("from_" if key == "from" else key): value for key, value in dict(attributes).items()}  # type: ignore[call-overload]
