"""Identifiers: made from what the document says of itself, never from chance, and always NCNames."""

from __future__ import annotations

import re
import unicodedata

from tei_edition.model import Document


def ncname(words: str, *, prefix: str = "x") -> str:
    """Return words as an NCName for an `xml:id`: "Limit Distribution" → `limit-distribution`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-.").lower()
    return name if name and (name[0].isalpha() or name[0] == "_") else f"{prefix}-{name}".rstrip("-")


def document_id(document: Document) -> str:
    """Return `d280` for document 280; for a document without a number its file's name."""
    if document.number:
        return f"d{document.number}"
    plain = re.sub(r"[^\w.-]+", "-", document.source.name)
    return plain if re.match(r"[^\W\d]", plain) else f"d-{plain}"


def volume_id(document: Document) -> str:
    """Return the volume that a file name such as `frus1961-63v20_d280` tells; the empty string where it tells none."""
    match = re.fullmatch(r"([A-Za-z][\w.-]*)_(?:d\d{1,4}[a-z]?|u\d{1,4})", document.source.name)
    return match.group(1) if match else ""


def note_id(document: Document, name: str) -> str:
    """Return `d280fn2` for note 2 of document 280, `d280fn2_2` for its second note 2, `d280fn-asterisk` for `*`."""
    return f"{document_id(document)}fn{name if name[:1].isdigit() else f'-{name}'}"


def page_id(page: str) -> str:
    """Return `pg_557` for page 557."""
    return f"pg_{page}"
