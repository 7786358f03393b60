"""Lists and tables of a page: whatever stands in them in the TEI, in the HTML rows hold cells, and lists items."""

from __future__ import annotations

from lxml import etree

from tei_edition.exporting.page_shapes import Shape
from tei_edition.tei import local_name


def append_text(element: etree._Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def place_in_list(out: etree._Element, name: str, made: Shape) -> etree._Element:
    """Put a child of a TEI list into `out`, the block that stands for the list: items go to a `ul` in it."""
    last = out[-1] if len(out) else None
    items = last if last is not None and last.tag == "ul" else None
    if name == "head":
        made.tag = "p" if made.tag == "p" else "div"
        made.classes.append("list-head")
    elif name == "item" and items is not None and len(items) and items[-1].get("class") == "item labelled":
        items[-1].set("class", "item")
        made.tag = "div"
        made.classes = ["labelled-text"]
        append_text(items[-1], " ")
        return _append(items[-1], made)
    elif name in ("item", "label"):
        if items is None:
            items = etree.SubElement(out, "ul")
        if name == "item":
            made.tag = "li"
            return _append(items, made)
        item = etree.SubElement(items, "li", {"class": "item labelled"})
        made.tag = "span"
        return _append(item, made)
    elif items is not None:  # a page break between two items
        return _append(etree.SubElement(items, "li", {"class": "between"}), made)
    return _append(out, made)


def place_in_table(out: etree._Element, node: etree._Element, name: str, made: Shape) -> etree._Element:
    """Put a child of a TEI table or row into `out`, the block or the HTML row that stands for it."""
    if out.tag == "tr":
        if name == "cell":
            made.tag = "th" if node.get("role") == "label" else "td"
            _spans(node, made)
            return _append(out, made)
        return _append(out[-1] if len(out) else etree.SubElement(out, "td"), made)
    last = out[-1] if len(out) else None
    table = last if last is not None and last.tag == "table" else None
    if name == "row":
        made.tag = "tr"
        return _append(_rows(out if table is None else table), made)
    if name == "head" and table is None:
        made.tag = "caption"
        return _append(etree.SubElement(out, "table"), made)
    if table is not None and name != "cell" and _columns(node):
        row = etree.SubElement(_rows(table), "tr", {"class": "between"})
        return _append(etree.SubElement(row, "td", {"colspan": str(_columns(node))}), made)
    return _append(out, made)


def _rows(holder: etree._Element) -> etree._Element:
    """The body of the table, made where it is not yet there."""
    table = holder if holder.tag == "table" else etree.SubElement(holder, "table")
    body = table.find("tbody")
    return etree.SubElement(table, "tbody") if body is None else body


def _columns(node: etree._Element) -> int:
    parent = node.getparent()
    rows = parent.iterchildren("{*}row") if parent is not None else ()
    return max((sum(local_name(c) == "cell" for c in row) for row in rows), default=0)


def _spans(node: etree._Element, made: Shape) -> None:
    for attribute, name in (("cols", "colspan"), ("rows", "rowspan")):
        value = node.get(attribute, "")
        if value.isascii() and value.isdigit() and 1 < int(value[:4]) <= 100:
            made.attributes[name] = str(int(value[:4]))


def _append(out: etree._Element, made: Shape) -> etree._Element:
    element = made.element()
    out.append(element)
    return element
