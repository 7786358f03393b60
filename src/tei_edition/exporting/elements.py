"""What the elements of the TEI are on a page: blocks, running text, or nothing to read.

Shared by the targets, so that the plain text and the page agree on what a paragraph is. Names without a namespace: the
Office of the Historian's `frus:attachment` is `attachment`. An element that is not named here is running text.
"""

from __future__ import annotations

from lxml import etree

from tei_edition.tei import local_name


def names(words: str) -> frozenset[str]:
    """A set of names, written as a line of words."""
    return frozenset(words.split())


# Hold blocks, and no text of their own: each child is a block.
CONTAINERS = names("""
    TEI teiCorpus text group floatingText front body back div div0 div1 div2 div3 div4 div5 div6 div7 attachment
    postscript argument epigraph titlePage docTitle set performance prologue epilogue castGroup sourceDoc surface
    surfaceGrp zone listBibl listPerson listPlace listOrg listEvent TEI.2
""")

BLOCKS = CONTAINERS | names("""
    p ab head opener closer dateline salute signed byline trailer list item table row cell figure lg l sp speaker
    castList castItem titlePart docAuthor docImprint docDate docEdition imprimatur address addrLine line eg egXML
    headLabel headItem headNote person place org castGroup biblStruct biblFull attachment headGroup
""")

# A block where it stands among blocks or holds blocks; running text inside a sentence.
SOMETIMES = names("quote q said cit seg label note stage bibl title term date ref figDesc caption move")

# Nothing to read: metadata, pictures, and what the editor says in place of the source.
LEFT_OUT = names("""
    teiHeader standOff facsimile gap graphic media binaryObject figDesc fw index interp interpGrp certainty precision
    respons alt altGrp link linkGrp join joinGrp span spanGrp timeline fs fLib fvLib xenoData listAnnotation annotation
    listRelation relation
""")

SOURCE_READINGS = ("sic", "orig", "abbr", "lem")


def blocks_of(root: etree._Element) -> frozenset[etree._Element]:
    """Return the elements that are blocks in this document, the root among them.

    A quotation, for example, is a block where it stands beside paragraphs or holds them, and running text where it
    stands in a sentence.
    """
    found = {root}
    for element in root.iter(etree.Element):
        name = local_name(element)
        if name in BLOCKS:
            found.add(element)
            _mark_holders(element, found, root)
        elif name in SOMETIMES and element is not root:
            parent = element.getparent()
            within = local_name(parent) if parent is not None else ""
            # A line of the opening or below the name: "Secret", "Under Secretary of State".
            line = name == "seg" and within in ("opener", "closer")
            if parent is None or within in CONTAINERS or line:
                found.add(element)
    return frozenset(found)


def _mark_holders(block: etree._Element, found: set[etree._Element], root: etree._Element) -> None:
    """Whatever holds a block is a block; a numbered note is not part of the text around it: the search ends there."""
    holder = block.getparent()
    while holder is not None and holder not in found and block is not root:
        if is_numbered_note(holder):
            return
        found.add(holder)
        holder = holder.getparent()


def is_numbered_note(element: etree._Element) -> bool:
    """A note with a marker of its own, which the source prints away from the text (at the foot, at the end)."""
    return local_name(element) == "note" and element.get("n") is not None


def passed_over(choice: etree._Element) -> frozenset[etree._Element]:
    """Of the readings in `choice` (or `app`), return those that are not what the source says.

    `<choice><sic>Kataganese</sic><corr>Katanganese</corr></choice>` reads *Kataganese*.
    """
    readings = list(choice.iterchildren(etree.Element))
    first = readings[0] if readings else None
    kept = next((r for name in SOURCE_READINGS for r in readings if local_name(r) == name), first)
    return frozenset(r for r in readings if r is not kept)


def document_scopes(root: etree._Element) -> frozenset[etree._Element]:
    """Return the root and each document of a volume: notes are numbered, and stand, within these."""
    return frozenset([root, *(d for d in root.iter("{*}div") if d.get("type") == "document")])
