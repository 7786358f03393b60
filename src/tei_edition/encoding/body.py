"""Blocks → the document's `div`: nesting is computed here, once, from the flat blocks."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Mapping

from lxml import etree

from tei_edition.encoding.closings import CLOSING, Closings
from tei_edition.encoding.elements import WITHOUT_BIBL, add, element
from tei_edition.encoding.names import document_id, note_id, page_id
from tei_edition.encoding.sweep import write_block
from tei_edition.model import Block, Mark, Note, Span, Tagged
from tei_edition.tei import TEI, XML_ID
from tei_edition.vocabulary import KINDS

# The types of lists in the edition, where they are not called as reading calls them, and in the published volumes: for
# them "subject" is any line of the opening, and MEMORANDUM FOR a title more than an address.
_LISTS = {**dict.fromkeys(("particulars", "through", "attachments", "contents"), "simple"), "memorandum": "to"}
_PUBLISHED_LISTS = {
    **dict.fromkeys(("particulars", "through", "copies", "distribution", "attachments", "contents"), "subject"),
    "memorandum": "simple",
}
_BIBL = frozenset({"citation", "scope"})  # what is a bibl or a biblScope


class Body:
    """Writes one document's blocks; afterwards `div` holds the document, `written` and `homes` what the ledger
    needs.
    """

    def __init__(self, tagged: Tagged, *, profile: str, targets: Callable[[Span], str]) -> None:
        self.document = tagged.document
        self.profile = profile
        self.id = document_id(self.document)
        self.div = element("div", type="document")
        self.div.set(XML_ID, self.id)
        if self.document.number:
            self.div.set("n", self.document.number)
        if profile == "edition" and tagged.facts.kind:
            self.div.set("subtype", tagged.facts.kind)
        elif profile == "frus":
            note = tagged.facts.kind == "editorial-note"
            self.div.set("subtype", "editorial-note" if note else "historical-document")
        self.written: list[tuple[int, int]] = []
        self.homes: list[tuple[etree._Element, Block]] = []
        self._targets = targets
        self._spans = [span for span in tagged.spans if self._tags(span)]
        self._starts = [span.start for span in self._spans]
        self._notes: Mapping[int, Note] = {note.anchor: note for note in self.document.notes if note.anchor is not None}
        self._pages: Counter[str] = Counter()
        self._between = self._marks_between_blocks()
        self._here = self.div
        self._attachments = 0
        self._closings = Closings(self.document.blocks, profile)

    # -- the whole -------------------------------------------------------------------------------

    def write(self) -> etree._Element:
        """Write every block, then the notes that no marker anchors, and return the `div`."""
        blocks = self.document.blocks
        parted = self.profile == "edition" and any(block.kind == "attachment" for block in blocks)
        headed = next((i for i, block in enumerate(blocks) if block.kind == "head"), -1)
        for i, block in enumerate(blocks):
            self._page_breaks(block.start, block)
            if parted and self._here is self.div and i > headed and block.kind != "source-line":
                self._here = add(self.div, "div", type="section")
                self._here.set(XML_ID, f"{self.id}s1")
            self._place(block, i)
        self._page_breaks(len(self.document.source.text) + 1)
        for note in self.document.notes:
            if note.anchor is None:
                self.div.append(self._note(note, anchored=False))
        return self.div

    def _place(self, block: Block, i: int) -> None:
        kind = block.kind
        if kind in ("item", "label", "list-head"):
            self._item(block)
        elif kind == "cell":
            self._cell(block)
        elif kind == "heading":
            self._heading(block)
        elif kind == "attachment" and self.profile == "edition":
            self._attachments += 1
            # All follow each other, a subenclosure too: TEI has no division behind the closer of the enclosure that
            # holds it, and of an annex no one can tell from its heading to which of the papers before it it belongs.
            self._here = add(self.div, "div", type="attachment", subtype=block.group)
            self._here.set(XML_ID, f"{self.id}a{self._attachments}")
            self._fill(add(self._here, "head"), block)
        elif kind in CLOSING and i in self._closings:
            self._close(block)
        else:
            self._simple(block)

    def _close(self, block: Block) -> None:
        """What stands below the running text: signers, their offices and a dateline that follow each other share a
        closer.
        """
        last = self._here[-1] if len(self._here) else None
        if block.kind == "postscript":
            self._fill(add(add(self._here, "postscript"), "p"), block)
            return
        closer = last if last is not None and last.tag == f"{TEI}closer" else add(self._here, "closer")
        self._fill(add(closer, CLOSING[block.kind]), block)

    def _simple(self, block: Block) -> None:
        last = self._here[-1] if len(self._here) else None
        if block.kind == "head" or (block.kind == "attachment-head" and self.profile == "edition"):
            self._fill(add(self._here, "head"), block)
        elif block.kind == "source-line":
            where = (
                {"place": "inline", "xml_id": f"{self.id}source"} if self.profile == "edition" else {"rend": "inline"}
            )
            self._fill(add(self._here, "note", type="source", **where), block)
        elif block.kind in ("dateline", "handling", "salute") and self._may_open():
            words = self.document.source.text[block.start : block.end]
            # The series has `secret niact` in small letters as an opener, SECRET and the form of address as paragraphs.
            frus_p = self.profile == "frus" and (
                block.kind == "salute" or (block.kind == "handling" and not words.islower())
            )
            grouped = (self.profile == "edition" or block.kind == "handling") and not frus_p
            parent = self._here
            if grouped:
                parent = last if last is not None and last.tag == f"{TEI}opener" else add(self._here, "opener")
            name = "p" if frus_p else {"handling": "seg"}.get(block.kind, block.kind)
            made = add(parent, name, type="handling" if name == "seg" and self.profile == "edition" else "")
            self._fill(made, block)
        else:
            # What follows a postscript's first words is a part of it.
            parent = last if last is not None and last.tag == f"{TEI}postscript" else self._here
            self._paragraph(parent, block)

    def _may_open(self) -> bool:
        """Whether an opener may still stand here: TEI has it before the running text (Guidelines, 4.2)."""
        tops = {f"{TEI}{name}" for name in ("head", "note", "pb", "opener", "dateline")}
        return all(child.tag in tops for child in self._here)

    def _paragraph(self, parent: etree._Element, block: Block) -> None:
        """A paragraph with its number; those of a quotation share a `quote`."""
        if self.profile == "edition" and block.group == "quote":
            last = parent[-1] if len(parent) else None
            shared = not block.first and last is not None and last.tag == f"{TEI}quote"
            parent = last if shared and last is not None else add(parent, "quote", type="block")
        self._fill(add(parent, "p", n=block.n if self.profile == "edition" else ""), block)

    def _heading(self, block: Block) -> None:
        """A sub-heading is a label: no one can tell for certain how far the part reaches that it names: no div."""
        if self.profile == "edition":
            self._fill(add(self._here, "label", type="heading"), block)
        else:
            self._fill(add(self._here, "p", rend="sectiontitleital"), block)

    # -- lists and tables ------------------------------------------------------------------------

    def _item(self, block: Block) -> None:
        kinds = _LISTS if self.profile == "edition" else _PUBLISHED_LISTS
        last = self._here[-1] if len(self._here) else None
        if block.first or last is None or last.tag != f"{TEI}list":
            last = add(self._here, "list", type=kinds.get(block.group, block.group) or "simple")
        name = {"list-head": "head", "label": "label"}.get(block.kind, "item")
        self._fill(add(self._inner_list(last, block.depth), name), block)

    @staticmethod
    def _inner_list(outer: etree._Element, depth: int, *, make: bool = True) -> etree._Element:
        """The list at some depth in the last item of `outer`, made where it is not yet there.

        Where it is not to be made, the item that would hold it: there a page break stands before the first item of it.
        """
        for _ in range(depth):
            item = next(outer.iterchildren(f"{TEI}item", reversed=True), None)
            if item is None:
                return outer
            last = item[-1] if len(item) else None
            inside = last if last is not None and last.tag == f"{TEI}list" else None
            if inside is None and not make:
                return item
            outer = inside if inside is not None else add(item, "list", type="simple")
        return outer

    def _cell(self, block: Block) -> None:
        last = self._here[-1] if len(self._here) else None
        if block.group == "opens" or last is None or last.tag != f"{TEI}table":
            last = add(self._here, "table")
        row = add(last, "row") if block.first or not len(last) else last[-1]
        self._fill(add(row, "cell"), block)

    # -- the words -------------------------------------------------------------------------------

    def _fill(self, home: etree._Element, block: Block) -> None:
        marks = self.document.marks_in(block.start, block.end)
        low, high = bisect.bisect_left(self._starts, block.start), bisect.bisect_left(self._starts, block.end)
        without = _BIBL if block.kind in WITHOUT_BIBL else frozenset()
        spans = [span for span in self._spans[low:high] if span.end <= block.end and span.kind not in without]
        self.homes.append((home, block))
        text = self.document.source.text
        self.written.extend(write_block(home, text, block, spans, marks, self._span, self._mark))

    def _span(self, span: Span) -> etree._Element | None:
        kind = KINDS[span.kind]
        made = element(kind.element if self.profile == "edition" else kind.frus)
        for name, value in kind.fixed if self.profile == "edition" else ():
            made.set(name, value)
        for name, value in span.attributes:
            if self.profile == "edition" or name in ("type", "when", "from", "to", "notBefore", "notAfter"):
                made.set(_qualified(name), value)
        target = self._targets(span)
        pointer = kind.pointer if self.profile == "edition" else kind.frus_pointer
        if target and pointer:
            made.set(pointer, target)
        if self.profile == "edition" and span.cert != "high":
            made.set("cert", span.cert)
            made.set("resp", "#tei-edition")
        return made

    def _mark(self, mark: Mark) -> etree._Element | None:
        if mark.kind == "pb":
            return self._page_break(mark.label)
        if mark.kind == "note" and mark.start in self._notes:
            return self._note(self._notes[mark.start])
        if mark.kind == "gap":
            # The published volumes have the words alone.
            return _gap(mark.label) if self.profile == "edition" else None
        return element("lb") if mark.kind == "lb" else None

    def _note(self, note: Note, *, anchored: bool = True) -> etree._Element:
        made = element("note", n=note.label)
        made.set(XML_ID, note_id(self.document, note.name))
        if note is self.document.source_note():
            made.set("type", "source")
        if self.profile == "edition":
            made.set("place", "foot")
        if not anchored:
            made.set("anchored", "false")
        for block in note.blocks:
            self._fill(add(made, "p") if len(note.blocks) > 1 else made, block)
        return made

    # -- pages -----------------------------------------------------------------------------------

    def _page_break(self, label: str) -> etree._Element:
        made = element("pb", n=label)
        if label not in self._pages:
            made.set(XML_ID, page_id(label))
        elif self.profile == "frus":  # every page break has an id there; one that is repeated gets a number of its own
            made.set(XML_ID, f"{page_id(label)}_{self._pages[label] + 1}")
        self._pages[label] += 1
        return made

    def _marks_between_blocks(self) -> list[Mark]:
        inside = [(b.start, b.end) for b in self.document.blocks]
        inside += [(b.start, b.end) for note in self.document.notes for b in note.blocks]
        inside.sort()
        starts = [a for a, _ in inside]
        between = []
        for mark in self.document.marks:
            at = bisect.bisect_right(starts, mark.start) - 1
            if mark.kind == "pb" and not (at >= 0 and mark.end <= inside[at][1]):
                between.append(mark)
        return list(reversed(between))

    def _page_breaks(self, before: int, block: Block | None = None) -> None:
        """Write the page breaks that stand between blocks: inside a list, table or postscript that goes on."""
        last = self._here[-1] if len(self._here) else None
        into = self._here
        if block is not None and last is not None:
            if block.kind in ("item", "label") and not block.first and last.tag == f"{TEI}list":
                into = self._inner_list(last, block.depth, make=False)
            elif (block.kind == "cell" and block.group != "opens" and last.tag == f"{TEI}table") or (
                (block.group == "quote" and not block.first and last.tag == f"{TEI}quote")
                or (block.kind == "p" and last.tag == f"{TEI}postscript")
            ):
                into = last
        while self._between and self._between[-1].start < before:
            into.append(self._page_break(self._between.pop().label))

    # -- building --------------------------------------------------------------------------------

    def _tags(self, span: Span) -> bool:
        kind = KINDS[span.kind]
        if kind.plain and any(
            span.start < mark.start < span.end for mark in self.document.marks_in(span.start, span.end)
        ):
            return False  # "Job 80–[number not declassified]": idno holds no element; the words and the gap stand
        return bool(kind.element if self.profile == "edition" else kind.frus)


def _gap(label: str) -> etree._Element:
    """An empty `gap` from the label of its mark: `reason=not-declassified|unit=line|quantity=4`."""
    return element("gap", **dict(pair.split("=", 1) for pair in label.split("|")))


def _qualified(name: str) -> str:
    return XML_ID if name == "xml:id" else name
