"""Page breaks: each page once, in the order of its number, and none left out; Roman numbers, then Arabic ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.diagnostics import Severity
from tei_edition.late_patterns import late
from tei_edition.tei import TEI, XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

_ROMAN = late(r"m{0,4}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)
_ROMAN_PARTS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# Two breaks of one page may stand at one place, for two editions or layers of the text.
_LAYERS = ("ed", "edRef", "type", "resp")
_NAMED_PAGE = late(r"(?:^|[_.-]|pg|page|p)(\d+|[ivxlcdm]+)$", re.IGNORECASE)


def roman(text: str) -> int | None:
    """Return the value of a Roman number in capitals or small letters, also `IIII`; None where it is none."""
    if not text or len(text) > 15 or not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text.lower()]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def in_roman(value: int) -> str:
    """Return a number in small Roman figures: 14 → xiv. 4,999 at most; what is more is given in Arabic ones."""
    if not 0 < value < 5000:
        return str(value)
    written = ""
    for worth, letters in _ROMAN_PARTS:
        written += letters * (value // worth)
        value %= worth
    return written


def page_number(label: str) -> tuple[bool, int] | None:
    """Return whether the number of a page is Arabic, and its value: `[557]` → (True, 557), `xii` → (False, 12).

    None where it is neither: `A3`, `12r`, and what stands for no page at all.
    """
    number = label.strip().removeprefix("[").removesuffix("]")
    if number.isascii() and number.isdigit():
        return (True, int(number)) if len(number) < 7 else None
    value = roman(number)
    return None if value is None else (False, value)


_PartOf = Callable[[etree._Element], etree._Element | None]


@dataclass(slots=True)
class _Run:
    """Pages that are counted through: those of a volume, or of one part of it where each part begins again at 1."""

    arabic: bool
    highest: int
    last: int
    part: etree._Element | None
    seen: dict[int, etree._Element] = field(default_factory=dict)
    unnumbered: int = 0
    gaps: list[tuple[int, int, etree._Element]] = field(default_factory=list)


def page_numbers(inventory: Inventory) -> Iterator[Fault]:
    """VA323–325: a page twice, a page that goes back, pages that are left out.

    Pages begin again at 1 where a document, a text or a part has pages of its own. Pages of two layers (`@ed`) are
    counted apart. Pages without a number fill a gap.
    """
    runs: dict[tuple[str, ...], _Run] = {}
    excerpts = not inventory.documents
    part_of = _outermost if excerpts else _document
    for page in inventory.named("pb"):
        layer = tuple(page.get(name, "") for name in _LAYERS)
        number = page_number(page.get("n") or "")
        run = runs.get(layer)
        if number is None:
            if run is not None:
                run.unnumbered += 1
            continue
        arabic, value = number
        if run is None or _begins_again(run, page, arabic, value, part_of):
            if run is not None:
                yield from _gaps(run, excerpts=excerpts)
            runs[layer] = _Run(arabic, value, value, part_of(page), {value: page})
            continue
        yield from _next(run, page, arabic, value)
    for run in runs.values():
        yield from _gaps(run, excerpts=excerpts)


def page_numbers_beside_schematron(inventory: Inventory) -> Iterator[Fault]:
    """The same without what VA211 says of an edition: that a number in figures goes back."""
    for fault in page_numbers(inventory):
        if fault.code != "VA324" or not fault.element.get("n", "").isdigit():
            yield fault


def _document(page: etree._Element) -> etree._Element | None:
    """Return what may have pages of its own: the document that a page stands in, else the text of a group of texts."""
    text = None
    for parent in page.iterancestors(f"{TEI}div", f"{TEI}text", f"{TEI}floatingText"):
        if parent.get("type") == "document" and parent.tag == f"{TEI}div":
            return parent
        text = text if text is not None or parent.tag == f"{TEI}div" else parent
    return text


def _outermost(page: etree._Element) -> etree._Element | None:
    """Return the outermost division of a page: in anyone's TEI a translation repeats the pages of its original."""
    part = None
    for parent in page.iterancestors(f"{TEI}div", f"{TEI}div1", f"{TEI}text", f"{TEI}floatingText"):
        if part is not None and parent.tag not in (f"{TEI}div", f"{TEI}div1"):
            break
        part = parent
    return part


def _begins_again(run: _Run, page: etree._Element, arabic: bool, value: int, part_of: _PartOf) -> bool:
    if arabic and not run.arabic:
        return True  # the pages of the text behind those of the front matter
    if arabic == run.arabic and value > run.highest:
        return False
    if value == 1 and run.highest > 1:
        return True
    part = part_of(page)
    if part is run.part or part is None:
        return False
    return value == 1 or part_of is _outermost or part.tag != f"{TEI}div"


def _next(run: _Run, page: etree._Element, arabic: bool, value: int) -> Iterator[Fault]:
    label = page.get("n", "")
    follows, run.last, unnumbered, run.unnumbered = value == run.last + 1, value, run.unnumbered, 0
    if arabic != run.arabic:
        if not follows:
            yield Fault("VA324", f"page {label} comes after page {run.highest}: pages with Roman numbers come first",
                        page, severity=Severity.WARNING, attribute="n")  # or behind it, where a part is numbered anew
        return
    if value in run.seen:
        yield Fault("VA323", f"page {label} is there twice", page, attribute="n", related=(run.seen[value],))
        return
    if value < run.highest and not follows:
        before = run.seen[run.highest]
        yield Fault("VA324", f"page {label} comes after page {before.get('n')}", page, attribute="n", related=(before,))
    if value - run.highest - 1 > unnumbered:
        run.gaps.append((run.highest, value, page))
    run.highest = max(value, run.highest)
    run.seen[value] = page


def _gaps(run: _Run, *, excerpts: bool) -> Iterator[Fault]:
    """Yield the gaps of pages that are nowhere else: one that stands at a wrong place has its finding there.

    In the front matter blank pages are many; there it is a note, and so it is in anyone's TEI, which may hold excerpts.
    """
    for before, after, page in run.gaps:
        lost = [number for number in range(before + 1, min(after, before + 1000)) if number not in run.seen]
        if not lost:
            continue
        one, last = (str(n) if run.arabic else in_roman(n) for n in (lost[0], after - 1))
        what = f"page {one} is" if len(lost) == 1 else f"pages {one}–{last} are"
        yield Fault("VA325", f"{what} missing before page {page.get('n')}", page, attribute="n",
                    severity=None if run.arabic and not excerpts else Severity.NOTE)


def page_ids(inventory: Inventory) -> Iterator[Fault]:
    """VA326: the id of a page break that ends in a number names its own page: `pg_557` is page 557."""
    for page in inventory.named("pb"):
        named = _NAMED_PAGE.search(page.get(XML_ID) or "")
        number = page_number(page.get("n") or "")
        if named and number is not None and page_number(named[1]) != number:
            label = page.get("n", "")
            yield Fault("VA326", f"page {label} has the xml:id {page.get(XML_ID)}", page,
                        f'write xml:id="pg_{label.strip("[]")}", and look at the pointers to it', attribute=XML_ID)
