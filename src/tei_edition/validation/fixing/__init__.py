"""`validate --fix`: what is safe and mechanical is mended at its place, and never a word.

Ids by the scheme with all pointers to them, pointers without their `#`, `@n` from the order, blanks around notes and
page breaks. The file is not written anew: its bytes stay as they are but for the edits. Whatever would change a word,
or make the file worse, is thrown away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import Diagnostic, Severity, UnusableInput
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fixing.blanks import blank_edits
from tei_edition.validation.fixing.edits import Edit, Fixes, apply
from tei_edition.validation.fixing.ids import id_edits, renamings
from tei_edition.validation.fixing.markup import Markup
from tei_edition.validation.fixing.numbers import NOTE_CODES, PAGE_CODES, followed, number_edits, numbers_from_order
from tei_edition.validation.fixing.pointers import pointer_edits
from tei_edition.validation.fixing.wanted import Wanted

__all__ = ["FIXABLE", "Edit", "Fixes", "fixed"]

# The codes of which at least a part is mended.
FIXABLE = frozenset(
    ("VA201", "VA202", "VA203", "VA301", "VA315", "VA316", "VA326", "VA328", "VA329", "VA331", "VA374",
     *NOTE_CODES, *PAGE_CODES)
)
_BOM = b"\xef\xbb\xbf"
Check = Callable[[bytes], Sequence[Diagnostic]]


def fixed(data: bytes, path: Path | str | None, found: Sequence[Diagnostic], *, check: Check | None = None) -> Fixes:
    """Return what can be mended of the findings of a file; nothing is written.

    `data` are its bytes, `path` is its place (for pointers from and to its neighbours; None: it has none), `found` its
    findings: only what they point at is mended. With `check`, the validation of bytes, the fixes count only where no
    code has more findings than before: all that go together, or else those of each code by themselves. Raises nothing:
    a file that cannot be parsed, or is not UTF-8, stays as it is.
    """
    if FIXABLE.isdisjoint(diagnostic.code for diagnostic in found):
        return Fixes(data, data)
    try:
        root = tei.parse(data, str(path or ""))
    except UnusableInput as error:
        return Fixes(data, data, refused=error.diagnostic.message)
    if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        return Fixes(data, data, refused="only files in UTF-8 are mended; save it as UTF-8 first")
    mark = _BOM if data.startswith(_BOM) else b""
    markup = Markup(data.removeprefix(_BOM), root)
    if not markup.usable:
        return Fixes(data, data, refused="the places of its tags cannot be told")
    place = Path(path) if path is not None else None
    refused = ""
    kept: list[Edit] = []
    for family in _families(markup, place, found):
        for some in _parts(family):
            new, _ = apply(markup.data, [*kept, *some])
            reason = _refusal(root, new, found, check)
            kept += [] if reason else some
            refused = refused or reason
            if some is family and not reason:
                break
    new, edits = apply(markup.data, kept)
    return Fixes(data, mark + new, edits, refused) if edits else Fixes(data, data, refused=refused)


def _families(markup: Markup, path: Path | None, found: Sequence[Diagnostic]) -> list[list[Edit]]:
    """The edits in parts that go together: ids with numbers and pointers, and blanks."""
    inventory, wanted = Inventory(markup.root), Wanted(found)
    numbers = numbers_from_order(inventory, wanted)
    planned = renamings(inventory, wanted, numbers, path)
    numbers = followed(numbers, planned)
    pointers = pointer_edits(markup, inventory, wanted, planned, path)
    return [[*number_edits(markup, numbers), *id_edits(markup, planned), *pointers],
            list(blank_edits(markup, inventory, wanted))]


def _parts(family: list[Edit]) -> Iterator[list[Edit]]:
    """Yield the edits all together, then those of each code: where the whole cannot stand, a part of it may."""
    if family:
        yield family
    codes = sorted({edit.code for edit in family})
    if len(codes) > 1:
        yield from ([edit for edit in family if edit.code == code] for code in codes)


def _refusal(root: etree._Element, new: bytes, found: Sequence[Diagnostic], check: Check | None) -> str:
    """Return why the new bytes cannot stand; the empty string where they can."""
    try:
        changed = tei.parse(new)
    except UnusableInput as error:
        return f"it would not be well-formed: {error.diagnostic.message}"
    if _skeleton(changed) != _skeleton(root):
        return "a word or an element would change"
    if check is not None:
        told = check(new)
        before, after = _counts(found), _counts(told)
        worse = sorted(code for code in after if after[code] > before[code])
        if worse:
            lines = {diagnostic.code: diagnostic.location.line for diagnostic in told}  # of each code the last
            places = (f"{code} in line {lines[code]}" if lines[code] else code for code in worse)
            return f"there would be more findings than before: {', '.join(places)}"
    return ""


def _skeleton(root: etree._Element) -> tuple[list[object], str]:
    """The names of all elements in their order, and the words without their white space."""
    return [element.tag for element in root.iter()], "".join(str(root.xpath("string()")).split())


def _counts(found: Sequence[Diagnostic]) -> Counter[str]:
    return Counter(diagnostic.code for diagnostic in found if diagnostic.severity is not Severity.NOTE)
