"""What a layer hands on: a fault at an element. `layers` makes a Diagnostic of it when all positions are known."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from tei_edition.diagnostics import Severity


class Fault(NamedTuple):
    """One fault: the code, what is wrong in an editor's words, and the element that it is wrong with.

    `words` are characters of the text that are to be pointed at, in the text of the element or, where `tail` is set, in
    the text behind it, where `before` of the same precede them; `attribute` is the attribute of the start tag that is
    to be pointed at, named as lxml names it;
    without them the finding points at the start tag.
    """

    code: str
    message: str
    element: etree._Element
    hint: str = ""
    severity: Severity | None = None
    words: str = ""
    tail: bool = False
    related: tuple[etree._Element, ...] = ()
    attribute: str = ""
    before: int = 0
