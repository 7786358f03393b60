"""What each element of the TEI becomes on a page: the HTML element, its classes, and the tip over it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.exporting.elements import names
from tei_edition.exporting.page_index import plain
from tei_edition.tei import XML_LANG, local_name

_INLINE = {"emph": "em", "foreign": "i", "add": "ins", "del": "del", "abbr": "abbr", "code": "code", "soCalled": "q",
           "mentioned": "i", "ident": "code", "time": "span", "gloss": "span"}
_RENDERED = {"strong": "strong", "bold": "strong", "b": "strong", "italic": "i", "italics": "i", "i": "i", "it": "i",
             "sup": "sup", "superscript": "sup", "super": "sup", "sub": "sub", "subscript": "sub", "strikethrough": "s",
             "strike": "s", "underline": "u", "underlined": "u", "u": "u"}
_RENDERED_CLASS = {"smallcaps": "smallcaps", "smallcap": "smallcaps", "sc": "smallcaps", "small-caps": "smallcaps",
                   "roman": "roman", "allcaps": "allcaps"}
_ALIGNED = {"left": "left", "right": "right", "center": "center", "centre": "center", "centered": "center",
            "flushleft": "left", "flushright": "right"}
_QUOTE_MARKS = "“”„‟‘’‚‛\"'«»‹›「」『』"
_QUOTES = names("quote q said")
_DATED = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_CERTAINTY = names("low medium unknown")
_DATE_ATTRIBUTES = (("when", ""), ("from", "from "), ("to", "to "), ("notBefore", "not before "),
                    ("notAfter", "not after "))
_PARAGRAPHS = names("p ab dateline salute signed byline trailer")
_READINGS = {"corr": "corrected", "reg": "regularised", "expan": "expanded", "rdg": "other reading"}


@dataclass(slots=True)
class Shape:
    """The HTML element to make: its name, classes, attributes, and what the tip over it says."""

    tag: str
    classes: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    tips: list[str] = field(default_factory=list)

    def element(self) -> etree._Element:
        """The HTML element."""
        made = etree.Element(self.tag)
        if self.classes:
            made.set("class", " ".join(dict.fromkeys(self.classes)))
        if self.tips:
            made.set("title", "; ".join(self.tips))
        for name, value in self.attributes.items():
            made.set(name, value)
        return made


def shape(node: etree._Element, *, block: bool, holds_blocks: bool, phrasing: bool) -> Shape:
    """Return what `node` becomes. `phrasing`: only running text may stand here (a heading): blocks are spans."""
    name = local_name(node)
    if block:
        found = Shape("span" if phrasing else _block_tag(name, holds_blocks), [name])
        if phrasing:
            found.classes.append("block")
        if name == "quote" and not phrasing:
            found.tag = "blockquote"
    else:
        found = _inline(node, name)
    _align(node, found, block=block)
    _describe(node, name, found)
    return found


def _block_tag(name: str, holds_blocks: bool) -> str:
    return "p" if name in _PARAGRAPHS and not holds_blocks else "div"


def _inline(node: etree._Element, name: str) -> Shape:
    if name == "hi":
        return _highlighted(node)
    if name in _QUOTES:
        return Shape("span" if _marks_stand(node) else "q", [name])
    if name == "date":
        when = node.get("when", "")
        return Shape("time", [name], {"datetime": when}) if _DATED.fullmatch(when) else Shape("span", [name])
    if name == "title" and node.get("level", "m") in "mjsu":
        return Shape("span" if node.get("type") == "collection" else "cite", [name])
    return Shape(_INLINE.get(name, "span"), [name])


def _highlighted(node: etree._Element) -> Shape:
    tokens = [t.lstrip("#").lower() for t in f"{node.get('rend', '')} {node.get('rendition', '')}".split()]
    tag = next((_RENDERED[t] for t in tokens if t in _RENDERED), None)
    classes = [_RENDERED_CLASS[t] for t in tokens if t in _RENDERED_CLASS]
    return Shape(tag or ("span" if classes else "em"), ["hi", *classes])


def _marks_stand(node: etree._Element) -> bool:
    """Quotation marks stand in the text, inside the quotation or around it: the page must not add others."""
    before = node.getprevious()
    parent = node.getparent()
    outside = before.tail if before is not None else parent.text if parent is not None else ""
    return plain(node)[:1] in _QUOTE_MARKS or (outside or " ")[-1] in _QUOTE_MARKS


def _align(node: etree._Element, found: Shape, *, block: bool) -> None:
    if not block:
        return
    for token in f"{node.get('rend', '')} {node.get('rendition', '')}".split():
        side = _ALIGNED.get(token.lstrip("#").lower())
        if side:
            found.classes.append(f"align-{side}")


def _describe(node: etree._Element, name: str, found: Shape) -> None:
    if name == "bibl":
        found.classes.append("citation")
        if node.get("type") == "archival" or node.find("{*}idno") is not None:
            found.classes.append("archival")
            found.tips.append("archival citation")
    elif name in ("date", "time"):
        found.tips.extend(f"{word}{node.get(attribute)}" for attribute, word in _DATE_ATTRIBUTES if node.get(attribute))
    elif name in ("choice", "app"):
        found.tips.extend(f"{_READINGS[local_name(c)]}: {plain(c)}" for c in node.iterchildren(etree.Element)
                          if local_name(c) in _READINGS)
    elif name == "sic":
        found.tips.append("thus in the source")
    elif name == "unclear":
        found.tips.append("hard to read in the source")
    elif name == "supplied":
        found.tips.append("supplied by the editor")
    certainty = node.get("cert", "")
    if certainty in _CERTAINTY:
        found.classes.extend(("uncertain", f"cert-{certainty}"))
        found.tips.append(f"certainty: {certainty}")
    language = node.get(XML_LANG, "")
    if _LANGUAGE.fullmatch(language):
        found.attributes["lang"] = language


def gap_tip(node: etree._Element) -> str:
    """What is left out, and why: `gap: 2 lines, illegible`."""
    extent = " ".join(v for v in (node.get("quantity"), node.get("unit")) if v) or node.get("extent", "")
    return ": ".join(v for v in ("left out here", ", ".join(v for v in (extent, node.get("reason")) if v)) if v)


def language_of(root: etree._Element) -> str | None:
    """The language of the text, as the TEI declares it, or None."""
    for node in (root, *root.iter("{*}text")):
        language = node.get(XML_LANG, "")
        if _LANGUAGE.fullmatch(language):
            return language
    return None
