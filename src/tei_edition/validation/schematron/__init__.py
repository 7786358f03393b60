"""Schematron: the rules that a grammar cannot say, from `schemas/tei-edition.sch`, run by lxml.

An entry of the catalogue with `schematron = "note-numbers"` gives the assert of that id its code; an assert without an
entry is reported as VA200 with its id. Where the code is one of our editorial rules (VA3…), Python looks after it and
the assert is passed over: it is in the file for oXygen and others, and Python sees more (the files beside this one).
"""

from __future__ import annotations

import copy
import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, isoschematron

from tei_edition.diagnostics import Severity
from tei_edition.resources import data_path
from tei_edition.validation.fault import Fault

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_NUMBER = "tei-edition-number"  # in no namespace: no attribute of TEI has this name
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
def _compiled(path: Path) -> etree.XSLT:
    """Return the stylesheet of a schema; the location of a finding is the number that `_numbered` gave its element.

    The path that stands there otherwise counts the siblings of each element, and again when it is followed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    stylesheet = isoschematron.Schematron(etree.parse(path, parser), store_xslt=True,
                                          compile_params={"generate-fired-rule": "'false'"}).validator_xslt
    if stylesheet is None:
        raise ValueError(f"no stylesheet comes of {path}")
    for template in stylesheet.getroot().iterchildren(f"{_XSL}template"):
        if template.get("mode") == "schematron-get-full-path":
            template[:] = []
            template.text = None
            etree.SubElement(template, f"{_XSL}value-of", select=f"ancestor-or-self::*[1]/@{_NUMBER}")
    return etree.XSLT(stylesheet)


def _numbered(tree: etree._ElementTree) -> etree._ElementTree:
    """Return a copy of the tree in which each element bears its number in the order of the document."""
    numbered = copy.deepcopy(tree)
    for number, element in enumerate(numbered.iter("*")):
        element.set(_NUMBER, str(number))
    return numbered


def schematron_faults(root: etree._Element, schema: Path) -> Iterator[Fault]:
    """Yield a fault for each assert that fails, and each report that fires, at the element that it is about."""
    tree = root.getroottree()
    report = _compiled(schema)(_numbered(tree))
    elements = list(tree.iter("*"))
    for entry in report.iter(f"{_SVRL}failed-assert", f"{_SVRL}successful-report"):
        number = entry.get("location", "")
        place = elements[int(number)] if number else root
        message = " ".join("".join(entry.itertext()).split())
        rule = entry.get("id", "")
        code = codes_of_asserts().get(rule, "VA200")
        if code >= "VA300":
            continue
        yield Fault(code, f"{message} [{rule}]" if code == "VA200" else message, place,
                    severity=_ROLES.get(entry.get("role", "").lower()))
