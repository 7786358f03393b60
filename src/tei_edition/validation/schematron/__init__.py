"""Schematron: the rules that a grammar cannot say, ours in `schemas/tei-edition.sch` and anybody's.

An entry of the catalogue with `schematron = "note-numbers"` gives the assert of that id in our own schema its code; any
other is reported as VA200 with its id. Where the code is one of our editorial rules (VA3…), Python looks after it and
the assert is passed over: it is in the file for oXygen and others, and Python sees more (the files beside this one).

`reading` makes a `model.Schema` of a file, `compiling` finds for each test the fastest way to ask it, `running` asks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lxml import etree

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.resources import data_path, schema_path
from tei_edition.validation.fault import Fault
from tei_edition.validation.schematron.compiling import Check, NoSuchPhase, ReadySchema
from tei_edition.validation.schematron.embedded import embedded_schema
from tei_edition.validation.schematron.model import Rule, Schema
from tei_edition.validation.schematron.native import Place
from tei_edition.validation.schematron.reading import read_schema
from tei_edition.validation.schematron.running import INSTALL, Run, fault_at, severity_of

_FOREIGN, _CANNOT_RUN = "VA200", "VA240"
_NAMED = re.compile(r"""^(?:\[(?P<code>[A-Z]{2}\d{3})\]|schematron = "(?P<name>[^"]+)")$""", re.MULTILINE)


@functools.cache
def codes_of_asserts() -> dict[str, str]:
    """Return the code of each assert of `tei-edition.sch` that the catalogue names.

    Two kinds of line are looked for, each on a line of its own: to read the whole catalogue takes as long as to check
    three documents, and without findings nobody needs it.
    """
    codes, code = {}, ""
    for found in _NAMED.finditer(data_path("diagnostics.toml").read_text("utf-8")):
        code = found["code"] or code
        if found["name"]:
            codes[found["name"]] = code
    return dict(sorted(codes.items(), key=lambda item: item[1]))


@functools.cache
def _of_file(path: Path, phase: str) -> ReadySchema:
    # A grammar may hold rules, as TEI All does; the embedded ones are its only Schematron.
    schema = (embedded_schema(path) or Schema()) if path.suffix == ".rng" else read_schema(path)
    if path == schema_path("tei-edition.sch"):
        schema = _without_editorial(schema)
    return ready_schema(schema, phase)


def _without_editorial(schema: Schema) -> Schema:
    """Leave out of our own schema what Python looks after."""
    passed_over = {name for name, code in codes_of_asserts().items() if code >= "VA300"}

    def kept(rule: Rule) -> Rule:
        return rule._replace(assertions=tuple(one for one in rule.assertions if one.id not in passed_over))

    return replace(schema, patterns=tuple(pattern._replace(rules=tuple(map(kept, pattern.rules)))
                                          for pattern in schema.patterns))


def ready_schema(schema: Schema, phase: str = "") -> ReadySchema:
    """Return a schema made ready for `faults_of`, with a phase (`#ALL`: all patterns; empty: the default phase).

    Raises WrongUsage (CO001) where the schema has no such phase.
    """
    try:
        return ReadySchema(schema, phase)
    except NoSuchPhase:
        known = ", ".join(sorted(one.id for one in schema.phases)) or "none"
        raise WrongUsage(finding("CO001", f"has no phase “{phase or schema.default_phase}”", Location(schema.path),
                                 hint=f"give one that it has with --phase: {known}")) from None


def schematron_faults(root: etree._Element, schema: Path, phase: str = "", path: str = "") -> Iterator[Fault]:
    """Yield a fault for each assert that fails, and each report that fires, at the node that it is about.

    A test that cannot be run is a fault of its own (VA240), once a document. Raises WrongUsage where the file is no
    schema.
    """
    yield from faults_of(root, _of_file(schema, phase), ours=schema == schema_path("tei-edition.sch"), path=path)


def faults_of(root: etree._Element, ready: ReadySchema, *, ours: bool = False, path: str = "") -> Iterator[Fault]:
    """Yield the faults of a schema that is ready; with `ours` under the codes that the catalogue has for its tests."""
    codes = codes_of_asserts() if ours else {}
    for what in _not_run(ready):
        yield fault_at(_CANNOT_RUN, what, Place(root), hint=INSTALL if ready.saxon is None else "")
    for found in Run(ready, root, path).findings():
        check = found.check
        if found.failed:
            message = f"the rule {_named(check)} cannot be run: {found.failed}"
            yield fault_at(_CANNOT_RUN, message, found.place, hint=found.advice)
            continue
        code = codes.get(check.assertion.id, _FOREIGN)
        name = check.name
        message = f"{found.text} [{name}]" if code == _FOREIGN and name else found.text
        yield fault_at(code, message, found.place, hint=found.advice, severity=severity_of(check))


def _not_run(ready: ReadySchema) -> Iterator[str]:
    """Yield what a schema has that is not run here whatever a document holds, in words."""
    saxon = ready.saxon if ready.schema.foreign else None
    if saxon is not None and saxon.imports_fail:
        yield f"what the schema imports is not run, and rules may need it: {saxon.imports_fail}"
    for name in ready.schema.foreign if saxon is None else ():
        yield f"the schema has {name}, which is not run here: what rules need of it is missing"
    for pattern in ready.patterns:
        if pattern.pattern.documents:
            name = pattern.pattern.id or pattern.pattern.documents
            yield f"the pattern “{name}” looks at other documents, and cannot be run: only this file was checked by it"


def _named(check: Check) -> str:
    test = f"“{' '.join(check.assertion.test.split())}” of {check.rule.context}"
    return f"{test} [{check.name}]" if check.name else test
