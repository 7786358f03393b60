"""Which findings are to be mended: their codes, and the elements that they point at."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from tei_edition.diagnostics import Diagnostic
from tei_edition.validation.positions import xpath_of


class Wanted:
    """The findings of a file, asked for by code and element. A finding without a path stands for all of its code."""

    def __init__(self, found: Iterable[Diagnostic]) -> None:
        self._paths: dict[str, set[str]] = {}
        for diagnostic in found:
            self._paths.setdefault(diagnostic.code, set()).add(diagnostic.location.xpath)
        self._memo: dict[etree._Element, dict[etree._Element, int]] = {}

    def code(self, *codes: str) -> str:
        """Return the first of the codes that was found; the empty string where none was."""
        return next((code for code in codes if code in self._paths), "")

    def at(self, element: etree._Element, *codes: str) -> str:
        """Return the first of the codes that was found at this element; the empty string where none was."""
        for code in codes:
            paths = self._paths.get(code)
            if paths and ("" in paths or xpath_of(element, self._memo) in paths):
                return code
        return ""
