"""From a fact to its place: the files that there is something to say about are read a second time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, finding
from tei_edition.files import read_bytes
from tei_edition.validation.across.facts import Named
from tei_edition.validation.positions import Positions, xpath_of


class Astray(NamedTuple):
    """A fault that shows only beside other files: its code, the words, and the file and the thing in it.

    `related` are the things of other files that it disagrees with.
    """

    code: str
    message: str
    path: str
    thing: Named
    hint: str = ""
    related: tuple[tuple[str, Named], ...] = ()


def placed(found: Iterable[Astray]) -> list[Diagnostic]:
    """Return the faults as Diagnostics, sorted by path and place, each file read once."""
    faults = list(found)
    places = _Places({path for fault in faults for path in (fault.path, *(other for other, _ in fault.related))})
    diagnostics = [finding(fault.code, fault.message, places.of(fault.path, fault.thing), hint=fault.hint,
                           related=[places.of(path, thing) for path, thing in fault.related]) for fault in faults]
    return sorted(diagnostics, key=lambda one: (one.location.path, one.location.line or 0, one.location.column or 0,
                                                one.code, one.message))


class _Places:
    """The places of things in some files. One that cannot be read again has its path only."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._files = {path: _read(path) for path in sorted(paths)}
        self._memo: dict[etree._Element, dict[etree._Element, int]] = {}

    def of(self, path: str, thing: Named) -> Location:
        read = self._files[path]
        if read is None or thing.at >= len(read[0]):
            return Location(path)
        elements, positions = read
        element = elements[thing.at]
        line, column = positions.of(element)
        return Location(path, line, column, xpath=xpath_of(element, self._memo))


def _read(path: str) -> tuple[list[etree._Element], Positions] | None:
    try:
        data = read_bytes(path)
        root = tei.parse(data, path)
    except UnusableInput:
        return None
    return list(root.iter("*")), Positions(root, data)
