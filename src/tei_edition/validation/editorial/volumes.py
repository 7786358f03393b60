"""Which volume a file belongs to, as its header says."""

from __future__ import annotations

from lxml import etree

from tei_edition.tei import TEI, XML_ID


def volume_of(root: etree._Element) -> str:
    """Return the name of the volume: that of `idno type="frus"`, or what stands before the document's id in our own
    `idno type="document"` (`frus1961-63v20/d280`). Empty where the header names no volume.
    """
    header = root.find(f"{TEI}teiHeader")
    for idno in header.iterfind(f".//{TEI}publicationStmt/{TEI}idno") if header is not None else ():
        words = (idno.text or "").strip()
        if idno.get("type") == "frus" and words:
            return words
        if idno.get("type") == "document" and "/" in words:
            return words.rpartition("/")[0]
    return ""


def year_of(root: etree._Element) -> int | None:
    """Return the first year that a volume of the Foreign Relations is about, as its name has it (`frus1961-63v20`)."""
    name = root.get(XML_ID) or volume_of(root)
    year = name[4:8]
    return int(year) if name.startswith("frus") and year.isdigit() and year.isascii() and len(year) == 4 else None
