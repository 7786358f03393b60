"""Documents broken at random, always the same ones for a seed: what a checker is to be tried on.

Each copy has one to three mistakes, of the kinds that encoders make and some that nobody makes.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NAMES = ("persname", "para", "bold", "author", "date", "p", "hi", "note", "div", "item", "table", "head", "pb", "gap")
_ATTRIBUTES = ("when", "type", "rend", "reff", "Type", "n", "corresp", "style", "id", "subtype", "rows")
_VALUES = ("", "yesterday", "18 August 1962", "1962-02-30", "two words", "-1", "italic", "#x y", "http://a b", "é")
_WORDS = ("stray words", "[Page 5]", "↩")


def break_document(root: etree._Element, chance: random.Random) -> list[str]:
    """Make one to three mistakes in a document, and return what they are."""
    made: list[str] = []
    wanted = chance.choice((1, 1, 2, 3))
    while len(made) < wanted:
        kind = chance.choice(KINDS)
        element = chance.choice(list(root.iter("*"))[1:])
        if kind(element, chance):
            made.append(f"{kind.__name__.strip('_')} at <{etree.QName(element).localname}>")
    return made


def _element_renamed(element: etree._Element, chance: random.Random) -> bool:
    name = chance.choice((*_NAMES, etree.QName(element).localname + "s"))
    element.tag = f"{TEI}{name}" if chance.random() < 0.95 else name
    return True


def _element_deleted(element: etree._Element, _chance: random.Random) -> bool:
    _take_out(element)
    return True


def _tags_removed(element: etree._Element, _chance: random.Random) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    at = parent.index(element)
    children = list(element)
    text = element.text or ""
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
    else:
        text += element.tail or ""
    element.tail = None
    parent.remove(element)
    _add_text(parent, at, text)
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    return True


def _element_wrapped(element: etree._Element, chance: random.Random) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    wrapper = etree.Element(f"{TEI}{chance.choice(_NAMES)}")
    wrapper.tail, element.tail = element.tail, None
    parent.replace(element, wrapper)
    wrapper.append(element)
    return True


def _element_moved(element: etree._Element, chance: random.Random) -> bool:
    root = element.getroottree().getroot()
    places = [place for place in root.iter("*") if place is not element and element not in place.iterancestors()]
    parent = chance.choice(places)
    if element in list(parent.iterancestors()) or element is root:
        return False
    _take_out(element)
    parent.insert(chance.randint(0, len(parent)), element)
    return True


def _element_duplicated(element: etree._Element, _chance: random.Random) -> bool:
    if len(list(element.iter())) > 200:
        return False
    copy = deepcopy(element)
    for inside in copy.iter("*"):
        inside.attrib.pop(XML_ID, None)  # an id given twice is no matter of grammar
    element.addnext(copy)
    copy.tail, element.tail = element.tail if copy.tail is None else copy.tail, None
    return True


def _children_swapped(element: etree._Element, chance: random.Random) -> bool:
    if len(element) < 2:
        return False
    first, second = sorted(chance.sample(range(len(element)), 2))
    one, other = element[first], element[second]
    if one.tag == other.tag:
        return False
    one.tail, other.tail = other.tail, one.tail
    element[second] = etree.Element("x")
    element[first] = other
    element[second] = one
    return True


def _attribute_renamed(element: etree._Element, chance: random.Random) -> bool:
    if not element.attrib:
        return False
    name = chance.choice(list(element.attrib))
    new = chance.choice(_ATTRIBUTES)
    if new in element.attrib:
        return False
    element.set(new, element.attrib.pop(name))
    return True


def _attribute_added(element: etree._Element, chance: random.Random) -> bool:
    name = chance.choice(_ATTRIBUTES)
    if name in element.attrib:
        return False
    element.set(name, chance.choice(_VALUES))
    return True


def _attribute_removed(element: etree._Element, chance: random.Random) -> bool:
    if not element.attrib:
        return False
    del element.attrib[chance.choice(list(element.attrib))]
    return True


def _value_changed(element: etree._Element, chance: random.Random) -> bool:
    if not element.attrib:
        return False
    element.set(chance.choice(list(element.attrib)), chance.choice(_VALUES))
    return True


def _text_between(element: etree._Element, chance: random.Random) -> bool:
    if chance.random() < 0.5:
        element.text = chance.choice(_WORDS) + (element.text or "")
    else:
        element.tail = (element.tail or "") + chance.choice(_WORDS)
    return True


def _text_removed(element: etree._Element, _chance: random.Random) -> bool:
    if not (element.text or "").strip():
        return False
    element.text = None
    return True


KINDS: tuple[Callable[[etree._Element, random.Random], bool], ...] = (
    _element_renamed, _element_deleted, _tags_removed, _element_wrapped, _element_moved, _element_duplicated,
    _children_swapped, _attribute_renamed, _attribute_added, _attribute_removed, _value_changed, _text_between,
    _text_removed,
)


def _take_out(element: etree._Element) -> None:
    """Remove an element; the text behind it stays."""
    parent = element.getparent()
    if parent is not None:
        _add_text(parent, parent.index(element), element.tail or "")
        element.tail = None
        parent.remove(element)


def _add_text(parent: etree._Element, at: int, text: str) -> None:
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def broken_copies(files: Sequence[Path], number: int, seed: int) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield so many documents with mistakes in them: a name, the bytes, and what was done."""
    chance = random.Random(seed)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False)
    for count in range(number):
        file = files[chance.randrange(len(files))]
        root = etree.parse(file, parser).getroot()
        made = break_document(root, chance)
        yield f"{count:03d}-{file.stem}.xml", etree.tostring(root, encoding="UTF-8", xml_declaration=True), made
