"""A page to read: one file, without scripts, for any TEI.

Title, the text with its notes linked both ways, a table of what the header knows, and an index of persons, places and
organisations that leads back to each mention. What the TEI says becomes text of the page and nothing else: an element
`script`, a target `javascript:…` or HTML in the text are shown as words or not at all.
"""

from __future__ import annotations

import functools
import re

import jinja2
from lxml import etree

from tei_edition.exporting.elements import CONTAINERS, LEFT_OUT, passed_over
from tei_edition.exporting.page_header import header_rows, title_of
from tei_edition.exporting.page_index import claim_entries, grouped, plain
from tei_edition.exporting.page_links import Anchors
from tei_edition.exporting.page_shapes import language_of
from tei_edition.exporting.page_text import PageText, as_markup
from tei_edition.tei import local_name

# Control signs that XML allows and HTML forbids, left over from old code pages: shown as what cannot be shown.
_NO_CHARACTER = re.compile("[\x7f-\x9f\ufdd0-\ufdef]")
_CERTAINTIES = {"cert-medium": "probable", "cert-low": "possible", "cert-unknown": "not known how certain"}


def export_html(root: etree._Element) -> str:
    """Return the page of a TEI document (or of any element in it). The same document makes the same page."""
    anchors = Anchors()
    entries = claim_entries(root, anchors)
    _claim_text(root, anchors)
    title, stands_in_text = _title(root)
    page = PageText(root, anchors, entries, first_level=1 if stands_in_text else 2)
    text = as_markup(page.article())
    page.certainties.update(f"cert-{e.uncertain}" for e in entries.values() if e.uncertain)
    unidentified = sorted(page.unidentified.values(), key=lambda e: e.name.casefold())
    made = _environment().get_template("page.html").render(
        title=title,
        title_stands_in_text=stands_in_text,
        language=language_of(root),
        rows=header_rows(root, page.phrase),
        text=text,
        index=grouped(list(entries.values())),
        unidentified=unidentified,
        certainties=[(c, words) for c, words in _CERTAINTIES.items() if c in page.certainties],
    )
    return _NO_CHARACTER.sub("\ufffd", made)


def _claim_text(root: etree._Element, anchors: Anchors) -> None:
    """Give the elements of the text their ids; what is not shown has none, so that no link leads to it."""
    walk = etree.iterwalk(root, events=("start",))
    skipped: set[etree._Element] = set()
    for _, node in walk:
        name = local_name(node)
        if name in ("choice", "app"):
            skipped |= passed_over(node)
        if node is not root and (name in LEFT_OUT or node in skipped):
            walk.skip_subtree()
        elif name != "lb" and (name != "pb" or node.get("n")):
            anchors.claim(node)


def _title(root: etree._Element) -> tuple[str, bool]:
    """The title of the page, and whether the text itself begins with it.

    A document has its own heading, which holds the title: `280. Telegram From the Department of State …`.
    """
    title = title_of(root)
    heads = [h for h in root.iter("{*}head") if plain(h) and _is_outermost(h, root)]
    if len(heads) == 1:
        words = _without_notes(heads[0])
        if title.casefold() in words.casefold():
            return words, True
    return title or (_without_notes(heads[0]) if heads else "Untitled document"), False


def _is_outermost(head: etree._Element, root: etree._Element) -> bool:
    holder = head.getparent()
    if holder is None or local_name(holder) not in CONTAINERS:
        return False
    while holder is not root and (holder := holder.getparent()) is not None:
        if any(plain(h) for h in holder.iterchildren("{*}head")):
            return False
    return True


def _without_notes(head: etree._Element) -> str:
    words: list[str] = []
    walk = etree.iterwalk(head, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start" and local_name(node) == "note":
            walk.skip_subtree()
        elif event == "start":
            words.append(node.text or "")
        elif node is not head:
            words.append(node.tail or "")
    return " ".join("".join(words).split())


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.PackageLoader("tei_edition.exporting"), autoescape=True,
                              undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              keep_trailing_newline=True)
