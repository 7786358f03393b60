"""Line ends and indentation where they can do no harm: between elements that hold elements only.

Mixed content is left alone: white space between two names in a paragraph would be a blank in the text.
"""

from __future__ import annotations

from lxml import etree

from tei_edition.tei import local_name

_ELEMENT_ONLY = frozenset(
    (
        "TEI",
        "teiHeader",
        "fileDesc",
        "titleStmt",
        "respStmt",
        "editionStmt",
        "publicationStmt",
        "availability",
        "seriesStmt",
        "notesStmt",
        "sourceDesc",
        "msDesc",
        "msIdentifier",
        "altIdentifier",
        "msContents",
        "msItem",
        "encodingDesc",
        "editorialDecl",
        "correction",
        "normalization",
        "quotation",
        "interpretation",
        "appInfo",
        "application",
        "classDecl",
        "taxonomy",
        "category",
        "refsDecl",
        "profileDesc",
        "creation",
        "langUsage",
        "textClass",
        "correspDesc",
        "correspAction",
        "correspContext",
        "revisionDesc",
        "standOff",
        "listPerson",
        "person",
        "listPlace",
        "place",
        "listOrg",
        "listBibl",
        "org",
        "state",
        "location",
        "text",
        "body",
        "div",
        "list",
        "table",
        "row",
        "postscript",
    )
)


def indent(root: etree._Element, depth: int = 0) -> None:
    """Indent the children of element-only elements by two blanks a level, in place."""
    if local_name(root) not in _ELEMENT_ONLY or (root.text or "").strip() or not len(root):
        return
    if any((child.tail or "").strip() for child in root):
        return
    root.text = "\n" + "  " * (depth + 1)
    for child in root:
        child.tail = root.text
        indent(child, depth + 1)
    root[-1].tail = "\n" + "  " * depth
