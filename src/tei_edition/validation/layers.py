"""The layers of validation in their order, each only if the one before holds.

well-formed → TEI at all → grammar → Schematron, editorial rules, pointers and fidelity. The last four do not need each
other, so that a note out of order does not hide a missing word.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import LAYERS, Diagnostic, Location, UnusableInput, WrongUsage, finding
from tei_edition.files import read_bytes
from tei_edition.validation.across import Facts, facts_of
from tei_edition.validation.editorial import editorial_faults, rules_of
from tei_edition.validation.editorial.exports import header_for
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault
from tei_edition.validation.grammar import grammar_faults
from tei_edition.validation.pointers import Neighbours, pointer_faults
from tei_edition.validation.positions import Positions, xpath_of
from tei_edition.validation.schemas import Choice, Profile, choose, guess_schema
from tei_edition.validation.schematron import schematron_faults

Inventoried = Callable[[], Inventory]
Render = Callable[[etree._Element], Iterable[str]]
STANDARD_INPUT = Path("-")  # what lies nowhere, and has no files beside it


class _Asked(NamedTuple):
    """What is asked of a document: the schema, the layers, rules of somebody's own with a phase, what exports need."""

    choice: Choice
    layers: Collection[str] = LAYERS
    schematron: Sequence[Path] = ()
    phase: str = ""
    exports: Collection[str] = ()
    path: str = ""

    def rules(self) -> Iterator[tuple[Path, str]]:
        """The files of Schematron rules with the phase of each: those of the schema, and those that were given."""
        given = self.phase if not self.schematron else ""
        yield from ((file, given) for file in self.choice.schematron)
        yield from ((file, self.phase) for file in self.schematron if file not in self.choice.schematron)


def validate_tree(root: etree._Element, path: str = "", *, schema: Profile) -> list[Diagnostic]:
    """Return the findings of a TEI tree in memory, as `convert` needs them before it writes.

    Positions are those of the bytes that `tei.serialise` makes of it. Pointers into other files are not followed.
    """
    return _placed(_faults(root, _Asked(choose(schema)), None, _inventory_of(root)), root, path, None)


def validate_file(path: Path | str, *, schema: str | Path = "auto", source: str | None = None,
                  source_path: str = "", render: Render | None = None,
                  authorities: Iterable[Path] = (), ids: Collection[str] = (),
                  facts: list[Facts] | None = None, layers: Collection[str] = LAYERS, data: bytes | None = None,
                  schematron: Sequence[Path] = (), phase: str = "",
                  exports: Collection[str] = ()) -> list[Diagnostic]:
    """Return the findings of a TEI file, in the order of the layers.

    `schema` is a name, the path of a schema, or `auto` (see `schemas.choose`); the rules of `schematron` are added to
    those that belong to it, of these the `phase` only. With `source`, the text that the file was made from, its words
    are compared; `render` gives the plain text of the tree again, in one or more manners of which the nearest counts
    (the exporters' business, so it is handed in). Pointers may lead to the TEI files `authorities`, and to `ids`, of
    entries that are no TEI. What the other files of the edition must know of this one is added to `facts` (see
    `across.faults_across`). Of `LAYERS` only those named in `layers` run. `exports` are names of `EXPORTS` whose needs
    the header has to meet. `data` is the file itself where it lies nowhere (standard input); `path` then is its name.

    Raises UnusableInput where the file, or an authority file, cannot be read; a file that is not well-formed is a
    finding.
    """
    path, authorities = Path(path), tuple(Path(authority) for authority in authorities)
    data = read_bytes(path) if data is None else data
    try:
        root = tei.parse(data, str(path))
    except UnusableInput as error:
        if facts is not None:
            facts.append(Facts(str(path), readable=False))
        return [error.diagnostic]
    inventory = _inventory_of(root)
    asked = _Asked(choose(schema, root, path), layers, schematron, phase, exports, str(path))
    neighbours = Neighbours(path, authorities, folder=_profile(asked.choice, root) == "frus", ids=ids)
    try:
        faults = _faults(root, asked, neighbours if path != STANDARD_INPUT else None, inventory, data)
    except WrongUsage as error:
        if schema != "auto" or phase or error.diagnostic.location.path in map(str, schematron):
            raise
        found = [_of_its_schema(error.diagnostic, root, str(path))]  # its own fault, and not that of the call
        source = None
    else:
        found = [*asked.choice.notes, *_placed(faults, root, str(path), data)]
    if facts is not None:
        facts.append(facts_of(inventory(), str(path)))
    if source is not None and "fidelity" in layers and not any(_stops(diagnostic) for diagnostic in found):
        found += _fidelity(root, source, source_path, render)
    return found


def _of_its_schema(wrong: Diagnostic, root: etree._Element, path: str) -> Diagnostic:
    """Return what is wrong with a schema that a document names as a finding of that document, in its line."""
    from tei_edition.validation.schemas.named import named_schemas  # imported where used: hardly any file needs it

    name = Path(wrong.location.path).name
    lines = [one.line for one in named_schemas(root) if Path(one.href).name == name] or [root.sourceline]
    return finding(wrong.code, f"the schema {name} that this document names {wrong.message}", Location(path, lines[0]),
                   hint="mend the schema, or name another with --schema", related=[wrong.location])


def _inventory_of(root: etree._Element) -> Inventoried:
    """Return what gives the inventory of a tree: made when it is first asked for, and once."""
    return functools.cache(lambda: Inventory(root))


def _profile(choice: Choice, root: etree._Element) -> Profile:
    """Whose conventions a document follows, whatever schema it is checked with."""
    return choice.profile or guess_schema(root)


def _faults(root: etree._Element, asked: _Asked, neighbours: Neighbours | None, inventory: Inventoried,
            data: bytes | None = None) -> list[Fault]:
    if not str(root.tag).startswith(tei.TEI):
        return [_not_tei(root)]
    faults = grammar_faults(root, asked.choice.grammar, data) if "grammar" in asked.layers else []
    return faults or list(_rules(root, asked, neighbours, inventory))


def _rules(root: etree._Element, asked: _Asked, neighbours: Neighbours | None,
           inventory: Inventoried) -> Iterator[Fault]:
    if "schematron" in asked.layers:
        for file, phase in asked.rules():
            yield from schematron_faults(root, file, phase, asked.path)
    if "editorial" not in asked.layers:
        return
    yield from editorial_faults(inventory(), rules_of(asked.choice.profile))
    if asked.exports:
        yield from header_for(inventory(), asked.exports)
    # A single document of the profile frus points to lists in other files, which are known only where it lies in its
    # folder. And its @ana names values of a list that no file holds.
    frus = _profile(asked.choice, root) == "frus"
    yield from pointer_faults(inventory(), neighbours, local=not frus or neighbours is not None, ana=not frus)


def _not_tei(root: etree._Element) -> Fault:
    name, space = tei.local_name(root), etree.QName(root).namespace
    if name in ("TEI", "teiCorpus") and not space:
        return Fault("VA003", f"<{name}> is in no namespace", root, f'write <{name} xmlns="{tei.TEI_NS}">')
    what = f"<{name}> in the namespace {space}" if space else f"<{name}>"
    if name == "TEI.2":
        what = "<TEI.2>, as before 2007 (P4)"
    return Fault("VA003", f"this is not TEI P5: the outermost element is {what}", root)


def _stops(diagnostic: Diagnostic) -> bool:
    """Tell whether a finding is of the first layers: a text that the grammar does not know cannot be rendered."""
    return diagnostic.code < "VA200"


def _fidelity(root: etree._Element, source: str, path: str, render: Render | None) -> list[Diagnostic]:
    if render is None:
        raise ValueError("to compare with a source, `render` is needed: it gives the plain text of the edition")
    from tei_edition.validation.fidelity import check_fidelity  # imported where used, as it is with a source only
    from tei_edition.validation.recorded_source import part_of_source

    part = part_of_source(root, source)
    nearest: list[Diagnostic] | None = None
    for text in render(root):
        found = check_fidelity(text, source, path, part=part)
        if nearest is None or _distance(found) < _distance(nearest):
            nearest = found
        if not nearest:
            break
    return nearest or []


def _distance(found: list[Diagnostic]) -> tuple[bool, int]:
    return any(diagnostic.code == "VA404" for diagnostic in found), len(found)


def _placed(faults: list[Fault], root: etree._Element, path: str, data: bytes | None) -> list[Diagnostic]:
    """Return the faults as Diagnostics with line, column and XPath; the bytes are read again only if there are any."""
    if not faults:
        return []
    positions = Positions(root, tei.serialise(root) if data is None else data)
    memo: dict[etree._Element, dict[etree._Element, int]] = {}

    def location(element: etree._Element, **point: Any) -> Location:
        line, column = positions.of(element, **point)
        return Location(path, line, column, xpath=xpath_of(element, memo))

    return [finding(fault.code, fault.message,
                    location(fault.element, words=fault.words, tail=fault.tail, attribute=fault.attribute,
                             before=fault.before),
                    hint=fault.hint, severity=fault.severity,
                    related=[location(other) for other in fault.related]) for fault in faults]
