"""Which of our two profiles a document is of, by its marks."""

from __future__ import annotations

from typing import Literal

from lxml import etree

from tei_edition import tei

Profile = Literal["edition", "frus"]

# The files of our own schemas, a grammar and rules; beside the catalogue, so that most documents do not need that.
OURS: dict[str, tuple[str, ...]] = {
    "edition": ("tei-edition.rng", "tei-edition.sch"),
    "frus": ("tei-edition-frus.rng",),
}

_NOT_IN_FRUS = ("profileDesc", "appInfo", "authority", "availability")


def guess_schema(root: etree._Element) -> Profile:
    """Tell the profile of a document by its marks; what has none of those of `frus` is an `edition`.

    What the Office of the Historian's profile does not know (`standOff`, `profileDesc`, `appInfo`, `authority`,
    `availability`) marks an edition of ours. Else the header's `idno[@type="frus"]`, which every volume has, is
    certain; so is a document of the subtype `historical-document` or `editorial-note`, as `convert --profile frus`
    writes it where no volume is known.
    """
    header = root.find(f"{tei.TEI}teiHeader")
    if header is None or root.find(f"{tei.TEI}standOff") is not None:
        return "edition"
    if any(idno.get("type") == "frus" for idno in header.iterfind(f".//{tei.TEI}publicationStmt/{tei.TEI}idno")):
        return "frus"
    if next(header.iter(*(f"{tei.TEI}{name}" for name in _NOT_IN_FRUS)), None) is not None:
        return "edition"
    kinds = {div.get("subtype") for div in root.iter(f"{tei.TEI}div") if div.get("type") == "document"}
    return "frus" if kinds & {"historical-document", "editorial-note"} else "edition"
