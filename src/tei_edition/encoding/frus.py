"""The profile `frus`: the conventions of the Office of the Historian, one document as a TEI file of its own.

No processing instruction at the root, no `standOff`; persons and terms point to the volume's lists.
"""

from __future__ import annotations

from lxml import etree

from tei_edition.encoding.elements import add, element
from tei_edition.encoding.header import head_words
from tei_edition.encoding.names import volume_id
from tei_edition.model import Tagged
from tei_edition.settings import Settings


def write_frus_header(tagged: Tagged, settings: Settings) -> etree._Element:
    """Return the header: the volume's titles and numbers as far as the settings and the file's name tell them."""
    header = element("teiHeader")
    file = add(header, "fileDesc")
    titles = add(file, "titleStmt")
    if settings.title:
        add(titles, "title", settings.title, type="complete")
    else:
        add(titles, "title", head_words(tagged.document) or tagged.document.source.name, type="document")
    if settings.series:
        add(titles, "title", settings.series, type="series")
    for name in settings.editors:
        add(titles, "editor", name, role="primary")
    _publication(add(file, "publicationStmt"), settings, settings.volume or volume_id(tagged.document))
    source = tagged.document.source
    # `validate --source` reads this sentence: a part of a file is compared with its own characters only.
    part = f"characters {source.offset + 1}–{source.offset + len(source.text)} of " if source.whole else ""
    words = f"{part}the plain text {source.file_name}.txt (SHA-256 {source.sha256})"
    add(add(file, "sourceDesc"), "p", f"Converted from {words} by tei-edition.")
    return header


def _publication(statement: etree._Element, settings: Settings, volume: str) -> None:
    if not (settings.publisher or volume):
        add(statement, "p", "No publisher is named in the settings (tei-edition.toml).")
        return
    add(statement, "publisher", settings.publisher or "[not named in the settings]")
    if settings.place:
        add(statement, "pubPlace", settings.place)
    if settings.published:
        add(statement, "date", settings.published, type="publication-date", when=settings.published)
    if volume:
        add(statement, "idno", volume, type="frus")
