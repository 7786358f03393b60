"""What is checked of a file, as a value that can be sent to other processes; and the check of one file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tei_edition import tei
from tei_edition.diagnostics import LAYERS, Diagnostic, Location, UnusableInput, WrongUsage, finding
from tei_edition.files import read_bytes
from tei_edition.validation import validate_file
from tei_edition.validation.across import Facts, facts_of
from tei_edition.validation.layers import STANDARD_INPUT

if TYPE_CHECKING:
    from lxml import etree

    from tei_edition.model import Source

LATER = LAYERS[2:]  # each of them runs only where the grammar found no error


class File(NamedTuple):
    """A file to check. `data` is set where it lies nowhere (standard input); of those not `whole` only that is asked
    which the other files of the edition must know of them.
    """

    path: Path
    data: bytes | None = None
    whole: bool = True


class Outcome(NamedTuple):
    """What the check of one file came to. `unreadable`: nothing could be said of it; `wrong`: the call was wrong;
    `complete`: all layers ran, although the grammar found something.
    """

    path: str
    findings: list[Diagnostic]
    facts: tuple[Facts, ...] = ()
    unreadable: bool = False
    wrong: Diagnostic | None = None
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """What is to be checked, the same for all files of a run.

    `schema` is a name, a path or `auto` (see `validation.schemas`), `schematron` files of rules in addition, of which
    only those of `phase` count. `source` is the plain text of the file, or a folder with the texts of all;
    `authorities` are TEI files that pointers may lead to, and `ids` the entries of lists that are no TEI (see
    `with_authorities`). `exports`: what the edition is made for. `across`: whether other files are asked, too, and must
    know of this one.
    """

    schema: str | Path = "auto"
    layers: tuple[str, ...] = LAYERS
    source: Path | None = None
    authorities: tuple[Path, ...] = ()
    ids: frozenset[str] = frozenset()
    schematron: tuple[Path, ...] = ()
    phase: str = ""
    exports: tuple[str, ...] = ()
    across: bool = True

    def with_authorities(self, paths: Sequence[Path]) -> Check:
        """Return the check with authority files of any form: TEI, printed lists, tables.

        All are looked at before the work starts: later what is wrong with one would be one complaint a document.
        Raises UnusableInput where one cannot be read.
        """
        lists = []
        for path in paths:
            data = read_bytes(path)
            if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                tei.parse(data, str(path))
                lists.append(path)
        ids: frozenset[str] = frozenset()
        if len(lists) < len(paths):
            from tei_edition.authority import load_authorities

            ids = frozenset(load_authorities(paths)[0])  # with the TEI: an id of it goes before one that is made
        return replace(self, authorities=tuple(lists), ids=ids)

    def behind_grammar(self) -> Check | None:
        """Return the check by the layers that run where the grammar found nothing, or where its findings may stay; None
        where there are none. What concerns several files is known without it.
        """
        later = tuple(layer for layer in self.layers
                      if layer in LATER and (layer != "fidelity" or self.source is not None))
        return replace(self, layers=later, across=False) if later else None


def check_file(check: Check, file: File) -> Outcome:
    """Return the findings of a file. It never raises: a fault of the program is a finding (CO006), too."""
    path = str(file.path)
    try:
        return _checked(check, file)
    except WrongUsage as error:
        return Outcome(path, [], wrong=error.diagnostic)
    except UnusableInput as error:  # one file that cannot be read does not hide what is wrong with the others
        return Outcome(path, [error.diagnostic], unreadable=True)
    except Exception as error:
        words = " ".join(str(error).split())
        return Outcome(path, [finding("CO006", f"{type(error).__name__}: {words}", Location(path))])


def check_document(data: bytes | Path, check: Check, source: Source | None = None) -> list[Diagnostic]:
    """Return the findings of TEI in memory, or of a file, compared with its source where that is given.

    Raises UnusableInput where a file cannot be read, WrongUsage where the schema cannot be had.
    """
    memory = None if isinstance(data, Path) else data
    path = data if isinstance(data, Path) else STANDARD_INPUT
    found = validate_file(path, schema=check.schema, source=source.text if source else None,
                          source_path=source.path if source else "", render=_render, authorities=check.authorities,
                          ids=check.ids, layers=check.layers, data=memory, schematron=check.schematron,
                          phase=check.phase, exports=check.exports)
    nowhere = str(STANDARD_INPUT)
    return [one.at("") if memory is not None and one.location.path == nowhere else one for one in found]


def _checked(check: Check, file: File) -> Outcome:
    if not file.whole:
        return Outcome(str(file.path), [], _facts(file) if check.across else ())
    path = str(file.path)
    missing: list[Diagnostic] = []
    try:
        text, text_path = _source(check.source, file)
    except UnusableInput as error:  # all else is looked at
        text, text_path, why = None, "", error.diagnostic
        joint = " " if why.message.startswith("cannot ") else ": "
        missing = [finding(why.code, f"the text to compare it with{joint}{why.message}", Location(path), hint=why.hint,
                           related=[why.location])]
    facts: list[Facts] | None = [] if check.across else None
    found = validate_file(file.path, schema=check.schema, source=text, source_path=text_path, render=_render,
                          authorities=check.authorities, ids=check.ids, facts=facts, layers=check.layers,
                          data=file.data, schematron=check.schematron, phase=check.phase, exports=check.exports)
    return Outcome(path, missing + found, tuple(facts or ()), unreadable=bool(missing))


def _facts(file: File) -> tuple[Facts, ...]:
    """What the other files must know of one that is itself not checked; nothing where it cannot be read."""
    path = str(file.path)
    try:
        return (facts_of(tei.parse(read_bytes(file.path), path), path),)
    except UnusableInput:
        return (Facts(path, readable=False),)


def _source(source: Path | None, file: File) -> tuple[str | None, str]:
    """Return the source of a file, and its path: the text given, or the text of the same name in the folder given."""
    if source is None:
        return None, ""
    from tei_edition.reading.source import decode

    path = source / f"{file.path.stem}.txt" if source.is_dir() else source
    if source.is_dir() and not path.is_file():
        path = source / (_recorded_file(file) or path.name)  # one of several documents of a text
    return decode(read_bytes(path), str(path)).text, str(path)


def _recorded_file(file: File) -> str:
    """The name of the text that an edition was made from, as its header has it; empty where it says nothing usable."""
    from tei_edition.validation.recorded_source import recorded_source

    try:
        data = read_bytes(file.path) if file.data is None else file.data
        recorded = recorded_source(tei.parse(data, str(file.path)))
    except UnusableInput:
        return ""
    return Path(recorded.file).name if recorded else ""


def _render(root: etree._Element) -> Iterator[str]:
    from tei_edition.exporting.text import STYLES, export_text

    return (export_text(root, style=style) for style in STYLES)
