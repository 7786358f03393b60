"""Schematron: the rules that a grammar cannot say, from `schemas/tei-edition.sch`, run by lxml.

An entry of the catalogue with `schematron = "note-numbers"` gives the assert of that id its code; an assert without an
entry is reported as VA200 with its id. Where the code is one of our editorial rules (VA3…), Python looks after it and
the assert is passed over: it is in the file for oXygen and others, and Python sees more (the files beside this one).
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, isoschematron

from tei_edition.diagnostics import Severity
from tei_edition.resources import data_path
from tei_edition.validation.fault import Fault

_SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_ROLES = {"error": Severity.ERROR, "fatal": Severity.ERROR, "warning": Severity.WARNING, "warn": Severity.WARNING,
          "information": Severity.NOTE, "info": Severity.NOTE, "note": Severity.NOTE}


@functools.cache
def codes_of_asserts() -> dict[str, str]:
    """Return the code of each assert of `tei-edition.sch` that the catalogue names."""
    with data_path("diagnostics.toml").open("rb") as file:
        table = tomllib.load(file)
    return {entry["schematron"]: code for code, entry in sorted(table.items()) if "schematron" in entry}


@functools.cache
def _compiled(path: Path) -> isoschematron.Schematron:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return isoschematron.Schematron(etree.parse(path, parser), store_report=True)


def schematron_faults(root: etree._Element, schema: Path) -> Iterator[Fault]:
    """Yield a fault for each assert that fails, and each report that fires, at the element that it is about."""
    rules = _compiled(schema)
    rules.validate(root.getroottree())
    report = rules.validation_report
    if report is None:
        return
    for entry in report.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
        found = root.getroottree().xpath(entry.get("location", "/*"))
        place = found[0] if isinstance(found, list) and found else root
        if not isinstance(place, etree._Element):  # an attribute: its element is what can be pointed at
            place = getattr(place, "getparent", lambda: None)() or root
        message = " ".join("".join(entry.itertext()).split())
        rule = entry.get("id", "")
        code = codes_of_asserts().get(rule, "VA200")
        if code >= "VA300":
            continue
        yield Fault(code, f"{message} [{rule}]" if code == "VA200" else message, place,
                    severity=_ROLES.get(entry.get("role", "").lower()))
