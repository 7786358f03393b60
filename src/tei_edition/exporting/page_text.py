"""The text of an edition as HTML: one walk through the TEI that builds a tree of HTML, never a string.

The walk keeps a stack of open elements instead of recursing, since editions may be nested deeper than Python's stack.
Text of the TEI becomes text of the page and nothing else: only the elements made here exist on the page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lxml import etree
from markupsafe import Markup

from tei_edition.exporting.elements import (
    CONTAINERS,
    LEFT_OUT,
    blocks_of,
    document_scopes,
    is_numbered_note,
    names,
    passed_over,
)
from tei_edition.exporting.page_index import Entry, Mention, name_kind, plain
from tei_edition.exporting.page_links import Anchors
from tei_edition.exporting.page_shapes import Shape, gap_tip, shape
from tei_edition.exporting.page_tables import append_text, place_in_list, place_in_table
from tei_edition.tei import local_name

_LINKED = names("ref ptr term gloss")
_HOLD_BLOCKS = names("div section article blockquote li tr td th caption")
_HEADED = names("list table figure lg castList")  # their heads are no headings of the page's outline


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: the HTML element that is being filled, and what may stand in it."""

    out: etree._Element
    phrasing: bool = False  # only running text may stand here
    linked: bool = False  # inside a link: no other link may stand here
    level: int = 1  # of the next heading
    note: str = ""  # inside the note with this label
    closing: str = ""  # text that the element ends with


@dataclass(slots=True)
class _Notes:
    """The notes of one document of the TEI, and where on the page they go."""

    section: etree._Element
    level: int
    found: list[etree._Element]


class PageText:
    """Builds the text of the page, and gathers on the way who is mentioned where."""

    def __init__(self, root: etree._Element, anchors: Anchors, entries: dict[str, Entry], *, first_level: int) -> None:
        self._root = root
        self._anchors = anchors
        self._entries = entries
        self._first_level = first_level
        self._blocks = blocks_of(root)
        self._holders = self._that_hold_blocks()
        self._scopes = document_scopes(root)
        self._numbered = any(is_numbered_note(n) for n in root.iter("{*}note"))
        self._recording = True
        self._page = ""
        self._counted = {"note": 0, "mention": 0}
        self._places: list[_Place] = []
        self._notes: list[_Notes] = []
        self._skipped: set[etree._Element] = set()
        self.unidentified: dict[tuple[str, str], Entry] = {}
        self.certainties: set[str] = set()

    def _that_hold_blocks(self) -> set[etree._Element]:
        holders: set[etree._Element] = set()
        for block in self._blocks:
            holder = block.getparent() if block is not self._root else None
            while holder is not None and holder not in holders and not is_numbered_note(holder):
                holders.add(holder)
                holder = holder.getparent() if holder is not self._root else None
        return holders

    # -- what is asked for -------------------------------------------------------------------------

    def article(self) -> etree._Element:
        """The whole text."""
        out = etree.Element("div", {"class": "edition"})
        self._walk(self._root, _Place(out, level=self._first_level))
        return out

    def phrase(self, element: etree._Element) -> Markup:
        """One element of the header as running text, with its links; it does not count as a mention."""
        self._recording = False
        out = etree.Element("span")
        self._walk(element, _Place(out, phrasing=True))
        self._recording = True
        return as_markup(out)

    # -- the walk ----------------------------------------------------------------------------------

    def _walk(self, root: etree._Element, place: _Place) -> None:
        self._places.append(place)
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                if self._is_left_out(node, root):
                    self._skipped.add(node)
                    walk.skip_subtree()
                else:
                    self._start(node)
                    self._text(node.text)
            else:
                if event == "end" and node not in self._skipped:
                    self._end(node)
                if node is not root:
                    self._text(node.tail)
        self._places.pop()

    def _is_left_out(self, node: etree._Element, root: etree._Element) -> bool:
        name = local_name(node)
        if name in ("choice", "app"):
            self._skipped |= passed_over(node)
        if node is root:
            return False
        if name == "gap":
            self._gap(node)
        elif name == "graphic":
            self._picture(node)
        return name in LEFT_OUT - {"figDesc"} or node in self._skipped or (name == "note" and not self._recording)

    def _text(self, text: str | None) -> None:
        if text:
            out = self._places[-1].out
            if out.tag == "tr" and text.strip():
                out = etree.SubElement(out, "td")
            append_text(out, text)

    def _start(self, node: etree._Element) -> None:
        name = local_name(node)
        place = self._places[-1]
        if node in self._scopes and self._recording:
            self._notes.append(_Notes(place.out, place.level + (node is not self._root), []))
        if name == "note" and self._goes_to_the_notes(node):
            self._places.append(self._start_note(node, place))
        elif name == "pb":
            self._places.append(self._page_break(node, place))
        elif name == "lb":
            if node.get("break") != "no":
                place.out.append(etree.Element("br"))
            self._places.append(place)
        else:
            self._places.append(self._element(node, name, place))

    def _end(self, node: etree._Element) -> None:
        place = self._places.pop()
        if place.out.tag == "tr" and local_name(node) == "row" and not len(place.out):
            etree.SubElement(place.out, "td")  # HTML knows no row without cells
        if place.closing:
            append_text(place.out, place.closing)
        if node in self._scopes and self._recording:
            self._end_document(node)

    # -- elements ----------------------------------------------------------------------------------

    def _element(self, node: etree._Element, name: str, place: _Place) -> _Place:
        block = node in self._blocks
        made = shape(node, block=block, holds_blocks=node in self._holders, phrasing=place.phrasing)
        inner = place
        if name == "head" and block and not place.phrasing:
            inner = self._heading(node, made, place)
        elif name == "label" and node.get("type") == "heading" and block and not (place.phrasing or place.note):
            made.tag = f"h{min(place.level, 6)}"  # a sub-heading between paragraphs, one step below the document's head
        elif name in CONTAINERS and not place.phrasing and any(plain(h) for h in node.iterchildren("{*}head")):
            made.tag = "section"
            inner = replace(place, level=place.level + 1)
        self._link(node, made, place)
        anchor = self._anchors.of(node)
        if anchor is not None and self._recording and "id" not in made.attributes:
            made.attributes["id"] = anchor
        self.certainties.update(c for c in made.classes if c.startswith("cert-"))
        out = self._put(node, name, made, place)
        closing = ""
        if name == "supplied" and not plain(node).startswith("["):
            append_text(out, "[")
            closing = "]"
        elif made.tag == "a" and not plain(node):
            closing = made.attributes["href"]
        phrasing = place.phrasing or made.tag not in _HOLD_BLOCKS
        return replace(inner, out=out, phrasing=phrasing, linked=place.linked or made.tag == "a", closing=closing)

    def _put(self, node: etree._Element, name: str, made: Shape, place: _Place) -> etree._Element:
        parent = node.getparent()
        within = local_name(parent) if parent is not None else ""
        if not place.phrasing and within == "list":
            return place_in_list(place.out, name, made)
        if not place.phrasing and (within in ("table", "row") or name == "cell"):
            return place_in_table(place.out, node, name, made)
        out = made.element()
        place.out.append(out)
        return out

    def _heading(self, node: etree._Element, made: Shape, place: _Place) -> _Place:
        parent = node.getparent()
        within = local_name(parent) if parent is not None else ""
        if place.note or within in _HEADED or not plain(node):
            return place
        # The section that holds the head has already moved on by one: its own head stands one above what follows.
        made.tag = f"h{min(max(place.level - (within in CONTAINERS), 1), 6)}"
        return place

    def _link(self, node: etree._Element, made: Shape, place: _Place) -> None:
        kind = name_kind(node)
        name = local_name(node)
        if kind is not None:
            self._name(node, kind, made, place)
        elif name in _LINKED and made.tag == "span":
            href = self._anchors.link(node.get("target") or node.get("ref") or node.get("corresp"))
            if href and not place.linked and node not in self._blocks:
                made.tag = "a"
                made.attributes["href"] = href

    def _name(self, node: etree._Element, kind: str, made: Shape, place: _Place) -> None:
        """A name leads to its entry in the index, and the entry back to it; who is in no list is shown as such."""
        made.classes.append(kind)
        reference = (node.get("ref") or node.get("corresp") or "").split()[:1]
        entry = self._entries.get(reference[0][1:]) if reference and reference[0].startswith("#") else None
        href = self._anchors.link(reference[0]) if reference else None
        if entry is not None:
            made.tips.insert(0, entry.summary)
            if entry.uncertain:
                made.classes.extend(("uncertain", f"cert-{entry.uncertain}"))
                made.tips.append(f"certainty of the entry: {entry.uncertain}")
        if href and not place.linked and node not in self._blocks:
            made.tag = "a"
            made.attributes["href"] = href
        if not self._recording:
            return
        if entry is None and href is None and kind == "person" and self._anchors.of(node) is None and plain(node):
            made.classes.append("unidentified")
            made.tips.insert(0, "person, not identified")
            entry = self.unidentified.setdefault((kind, plain(node)), Entry(kind, plain(node)))
        if entry is not None:
            made.attributes["id"] = self._mention(node, entry, place)

    def _mention(self, node: etree._Element, entry: Entry, place: _Place) -> str:
        self._counted["mention"] += 1
        anchor = self._anchors.of(node) or self._anchors.fresh(f"mention-{self._counted['mention']}")
        where = f"note {place.note}" if place.note else f"page {self._page}" if self._page else "text"
        entry.mentions.append(Mention(anchor, where))
        return anchor

    def _page_break(self, node: etree._Element, place: _Place) -> _Place:
        number = node.get("n", "")
        if not self._recording or not number:
            return place
        self._page = number
        anchor = self._anchors.of(node) or self._anchors.fresh(f"page-{number}".replace(" ", "-"))
        made = Shape("span" if place.linked else "a", ["pb"], {"id": anchor})
        if not place.linked:
            made.attributes |= {"href": f"#{anchor}", "aria-label": f"Page {number}"}
        out = self._put(node, "pb", made, place)
        append_text(out, number)
        return replace(place, out=out, phrasing=True, linked=True)

    def _gap(self, node: etree._Element) -> None:
        out = Shape("span", ["gap"], {}, [gap_tip(node)]).element()
        # The edition's own words in brackets stand beside most gaps: "[4 lines not declassified]".
        append_text(out, "" if (node.tail or "").startswith("[") else "[…]")
        self._places[-1].out.append(out)

    def _picture(self, node: etree._Element) -> None:
        """A page holds no pictures of other places: a link leads to them, where it may."""
        place = self._places[-1]
        href = self._anchors.link(node.get("url"))
        made = Shape("a", ["graphic"], {"href": href}) if href and not place.linked else Shape("span", ["graphic"])
        out = made.element()
        append_text(out, "[picture]")
        place.out.append(out)

    # -- notes -------------------------------------------------------------------------------------

    def _goes_to_the_notes(self, node: etree._Element) -> bool:
        """Numbered notes, and those that stand in a sentence; a source line under the heading stays where it is."""
        if node is self._root or not self._recording:
            return False
        inline = "inline" in (node.get("place", ""), node.get("rend", ""))
        away = is_numbered_note(node) or node.get("place") in ("foot", "bottom", "end")
        return away or not (inline or node in self._blocks)

    def _start_note(self, node: etree._Element, place: _Place) -> _Place:
        self._counted["note"] += 1
        number = str(self._counted["note"])
        label = node.get("n") or ("*" if self._numbered else number)
        note_id = self._anchors.of(node) or self._anchors.fresh(f"note-{number}")
        reference_id = self._anchors.fresh(f"noteref-{number}")
        marker = etree.Element("sup", {"class": "noteref"})
        link = etree.SubElement(marker, "span" if place.linked else "a", {"id": reference_id})
        if not place.linked:
            link.attrib.update({"href": f"#{note_id}", "role": "doc-noteref", "aria-label": f"Note {label}"})
        link.text = label
        (etree.SubElement(place.out, "td") if place.out.tag == "tr" else place.out).append(marker)
        item = etree.Element("li", {"id": note_id})
        back = etree.SubElement(item, "a", {"class": "note-back", "href": f"#{reference_id}", "role": "doc-backlink",
                                            "aria-label": f"Note {label}: back to the text"})
        back.text = label
        body = etree.SubElement(item, "div", {"class": "note-text"})
        self._notes[-1].found.append(item)
        return _Place(body, level=place.level, note=label)

    def _end_document(self, node: etree._Element) -> None:
        notes = self._notes.pop()
        if not notes.found:
            return
        # At the end of the document's own section, where it has one.
        home = notes.section[-1] if node is not self._root and len(notes.section) else notes.section
        section = etree.SubElement(home, "section", {"class": "notes", "role": "doc-endnotes"})
        heading = etree.SubElement(section, f"h{min(max(notes.level, 2), 6)}")
        heading.text = "Notes"
        etree.SubElement(section, "ol").extend(notes.found)


def as_markup(element: etree._Element) -> Markup:
    """Return the element as HTML, safe to stand in the page: lxml has escaped what was text."""
    return Markup(etree.tostring(element, method="html", encoding="unicode"))  # noqa: S704 - serialised from a tree
