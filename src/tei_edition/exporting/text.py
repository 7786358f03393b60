"""The plain text again: what a reader copies from the page, and what `convert` began with.

For TEI that `convert` wrote, the result is the source to the character, but for the line end at the end of the file.
Inside a block the text is the source's own, spaces included; white space with a line end in it is layout of the XML,
and reads as one space (`lb` is what breaks a line). For the TEI of others it gives a decent text of the same shape.

    280. Telegram From the Department of State to the Embassy in the Congo1

    293. For Ambassador from Secretary. Embtel 412 and 413.2 After reading …

    Rusk
      1. Source: Department of State, Central Files, 770G.00/8–1862. …
      2. Telegram 412, August 18, reported …
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.exporting.elements import (
    CONTAINERS,
    LEFT_OUT,
    blocks_of,
    document_scopes,
    is_numbered_note,
    names,
    passed_over,
)
from tei_edition.tei import local_name

STYLES = ("page", "list")  # how a page in a browser is copied; notes as a list with a way back, blocks on single lines

_LINE_BREAK = "\x00"  # stands for `lb` until layout is settled; no XML document can hold it
_BLANKS = re.compile(r"[ \t\n]+")
_NOTE_INDENT = "\n     "  # further paragraphs of a note stand under the text of the first
# Stand on a line of their own directly below the one before, in the same list, stanza or speech.
_TIGHT = names("item l line addrLine castItem")
_TIGHT_IN = {"sp": names("p ab l lg stage")}


def export_text(root: etree._Element, *, style: str = "page") -> str:
    """Return the text of a TEI document or of any element in it.

    `page` parts blocks by a blank line and labels notes `  1. `; `list` parts them by a line end and writes notes as
    `- text↩`, as pages that are saved from a reader's view have them.
    """
    return _Writer(root, style).text()


def _laid_out(text: str) -> str:
    """White space with a line end in it is layout: one space, or none beside `lb`. The rest is the source's."""
    text = text.strip(" \t\n")
    if "\n" in text:
        text = _BLANKS.sub(lambda m: " " if "\n" in m[0] else m[0], text)
    if _LINE_BREAK in text:
        text = re.sub(f" ?{_LINE_BREAK} ?", "\n", text)
    return text


@dataclass(slots=True)
class _Flow:
    """A column of text: the page, a note, or a cell of a table. `lead` stands before the next block (a bullet)."""

    blocks: list[tuple[str, bool]] = field(default_factory=list)  # text, and whether it follows the one before closely
    buffer: list[str] = field(default_factory=list)
    lead: str = ""
    close: bool = False
    bullets: bool = True

    def flush(self) -> None:
        """End the block that is being written."""
        text = _laid_out("".join(self.buffer))
        self.buffer.clear()
        if text:
            self.blocks.append((self.lead + text, self.close))
            self.lead, self.close = "", False

    def joined(self, separator: str) -> str:
        """The whole column; `separator` parts blocks, a line end those that follow closely."""
        return "".join(text if i == 0 else ("\n" if close else separator) + text
                       for i, (text, close) in enumerate(self.blocks))

    @property
    def empty(self) -> bool:
        """Nothing stands in the block that is being written."""
        return not any(piece.strip(" \t\n") for piece in self.buffer)


@dataclass(slots=True)
class _Open:
    """An element that is open: where its blocks begin in the flow, and what is to be done at its end."""

    element: etree._Element
    name: str
    begin: int
    cells: list[str] = field(default_factory=list)


class _Writer:
    """Walks through the tree once, without recursion: editions may be nested deeper than Python's stack."""

    def __init__(self, root: etree._Element, style: str) -> None:
        self._root = root
        self._list_style = style == "list"
        self._separator = "\n" if self._list_style else "\n\n"
        self._blocks = blocks_of(root)
        self._scopes = document_scopes(root)
        self._flows = [_Flow()]
        self._open: list[_Open] = []
        self._notes: list[list[list[str]]] = []  # for each open document its notes, each a pair of marker and text
        self._unfinished: list[list[str]] = []
        self._lists = 0
        self._skipped: set[etree._Element] = set()

    @property
    def _flow(self) -> _Flow:
        return self._flows[-1]

    def text(self) -> str:
        """The text of the root, with a line end at its end where there is any text."""
        walk = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                if self._is_left_out(node):
                    self._skipped.add(node)
                    walk.skip_subtree()
                else:
                    self._start(node)
                    self._flow.buffer.append(node.text or "")
            else:
                if event == "end" and node not in self._skipped:
                    self._end(node)
                if node is not self._root:
                    self._flow.buffer.append(node.tail or "")
        text = self._flow.joined(self._separator)
        return text + "\n" if text else ""

    def _is_left_out(self, node: etree._Element) -> bool:
        name = local_name(node)
        if name in ("choice", "app"):
            self._skipped |= passed_over(node)
        return node is not self._root and (name in LEFT_OUT or node in self._skipped)

    # -- the beginning of an element ---------------------------------------------------------------

    def _start(self, node: etree._Element) -> None:
        name = local_name(node)
        parent = self._open[-1] if self._open else None
        if node in self._scopes:
            self._notes.append([])
        if node in self._blocks and not self._continues_line(name):
            self._flow.flush()
            self._flow.close = self._follows_closely(name, parent)
            if parent is not None and parent.name == "item" and self._flow.close and self._flow.bullets:
                self._flow.lead = "  " * (self._lists + 1)  # a further paragraph stands under the text of the first
        if name == "lb":
            self._flow.buffer.append(_LINE_BREAK)
        elif name == "pb":
            self._page_break(node, parent)
        elif is_numbered_note(node) and node is not self._root:
            self._start_note(node, parent)
        elif name == "cell":
            self._flows.append(_Flow(bullets=False))
        elif name == "list":
            self._lists += 1
        elif name in ("item", "label") and parent is not None and parent.name == "list":
            self._start_item(node)
        elif name == "note" and node not in self._blocks:
            self._flow.buffer.append(self._space())
        self._open.append(_Open(node, name, len(self._flow.blocks)))

    def _continues_line(self, name: str) -> bool:
        """A table's cell stands in its row's line; so does an item after its label."""
        return name == "cell" or (name == "item" and bool(self._flow.lead))

    def _follows_closely(self, name: str, parent: _Open | None) -> bool:
        if parent is None or not self._flow.blocks:
            return False
        begun = len(self._flow.blocks) > parent.begin
        if name in _TIGHT or name in _TIGHT_IN.get(parent.name, ()):
            return begun or (name == "item" and self._lists > 1)
        return parent.name == "item" and begun

    def _start_item(self, node: etree._Element) -> None:
        flow = self._flow
        if local_name(node) == "item" and flow.lead and not flow.empty:  # its label stands before it
            if not (node.text or "")[:1].isspace() and not flow.buffer[-1][-1:].isspace():
                flow.buffer.append(" ")
            return
        flow.flush()
        flow.close = len(flow.blocks) > self._open[-1].begin or self._lists > 1
        flow.lead = "  " * self._lists + "• " if flow.bullets else ""

    def _page_break(self, node: etree._Element, parent: _Open | None) -> None:
        number = node.get("n")
        if number is None:
            return
        alone = parent is None or parent.name in CONTAINERS or parent.name in ("list", "table", "lg", "sp", "castList")
        if not alone:
            self._flow.buffer.append(f"[Page {number}]")
            return
        flow = self._flow
        flow.flush()
        lead, flow.lead = flow.lead, ""
        flow.close = parent is not None and parent.name in ("list", "lg") and len(flow.blocks) > parent.begin
        flow.buffer.append(f"[Page {number}]")
        flow.flush()
        flow.lead = lead

    def _start_note(self, node: etree._Element, parent: _Open | None) -> None:
        """The marker stands where the note stands; between blocks it belongs to the one before.

        A note with `anchored="false"` has none: nothing in the text refers to it.
        """
        label = node.get("n", "")
        marker = "" if node.get("anchored") == "false" else label
        flow = self._flow
        between = parent is not None and parent.name in CONTAINERS | {"list", "opener", "closer", "lg"}
        if between and flow.empty and flow.blocks:
            text, close = flow.blocks[-1]
            flow.blocks[-1] = (text + marker, close)
        else:
            flow.buffer.append(marker)
        note = [label, ""]
        self._notes[-1].append(note)
        self._unfinished.append(note)
        self._flows.append(_Flow(bullets=False))

    def _space(self) -> str:
        written = self._flow.buffer[-1] if self._flow.buffer else " "
        return "" if written[-1:].isspace() else " "

    # -- the end of an element ---------------------------------------------------------------------

    def _end(self, node: etree._Element) -> None:
        opened = self._open.pop()
        if is_numbered_note(node) and node is not self._root:
            self._end_note()
        elif opened.name == "cell":
            self._end_cell()
        elif opened.name == "row":
            self._end_row(opened)
        elif opened.name == "label" and self._flow.lead and self._open and self._open[-1].name == "list":
            pass  # its item follows on the same line
        elif node in self._blocks:
            self._flow.flush()
        elif opened.name == "note":
            self._flow.buffer.append(self._after_note(node))
        if opened.name == "list":
            self._lists -= 1
        if opened.name in ("item", "list"):
            self._flow.lead = ""
        if opened.name == "head" and self._open:
            self._open[-1].begin = len(self._flow.blocks)  # what stands under a heading is not close to it
        if node in self._scopes:
            self._end_document(node)

    @staticmethod
    def _after_note(node: etree._Element) -> str:
        return "" if (node.tail or " ")[:1].isspace() else " "

    def _end_note(self) -> None:
        self._flow.flush()
        self._unfinished.pop()[1] = _NOTE_INDENT.join(text for text, _ in self._flows.pop().blocks)

    def _end_cell(self) -> None:
        self._flow.flush()
        text = " ".join(text for text, _ in self._flows.pop().blocks)
        if self._open and self._open[-1].name == "row":
            self._open[-1].cells.append(text)
        else:
            self._flow.buffer.append(text)
            self._flow.flush()

    def _end_row(self, row: _Open) -> None:
        text = "\t".join(row.cells)
        if text.strip():
            self._flow.blocks.append((text, False))
        self._flow.flush()

    def _end_document(self, node: etree._Element) -> None:
        """The notes of a document stand under it, each on a line of its own."""
        flow = self._flow
        flow.flush()
        for marker, text in self._notes.pop():
            flow.blocks.append((f"- {text}↩" if self._list_style else f"  {marker}. {text}", True))
        flow.close = False
