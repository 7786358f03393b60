"""Findings as a JUnit report, which Jenkins, GitLab, Azure and others show as tests.

A file is a suite. Each code that it has findings of is a test that failed; a file without findings is one test that
passed, so that it is seen to have been looked at. Notes, and warnings where errors alone fail, are told by a test that
passed. There is no time in it: the same findings give the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tei_edition.diagnostics import Diagnostic, catalogue
from tei_edition.reporting.paths import relative_path
from tei_edition.reporting.quoting import one_line
from tei_edition.reporting.report import Report

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNREADABLE = ("CO",)  # not a fault of the edition: it could not be looked at


def render(report: Report) -> str:
    """Return the report as XML: testsuites, testsuite (a file), testcase (a code)."""
    from xml.etree import ElementTree as Tree

    of_file: dict[str, dict[str, list[Diagnostic]]] = {path: {} for path in report.files}
    for diagnostic in report.findings:
        codes = of_file.setdefault(diagnostic.location.path, defaultdict(list))
        codes.setdefault(diagnostic.code, []).append(diagnostic)
    root = Tree.Element("testsuites", name="tei-edition validate")
    totals = {"tests": 0, "failures": 0, "errors": 0}
    for path, codes in of_file.items():
        suite = Tree.SubElement(root, "testsuite", name=_text(relative_path(path) or "-"))
        for code, found in sorted(codes.items()):
            _case(suite, code, found, report)
        if not codes:
            Tree.SubElement(suite, "testcase", name="valid", classname=suite.attrib["name"], time="0")
        numbers = {"tests": len(suite), "failures": len(suite.findall("*/failure")),
                   "errors": len(suite.findall("*/error"))}
        totals = {key: totals[key] + number for key, number in numbers.items()}
        suite.attrib |= {key: str(number) for key, number in numbers.items()} | {"skipped": "0", "time": "0"}
    root.attrib |= {key: str(number) for key, number in totals.items()} | {"time": "0"}
    Tree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Tree.tostring(root, encoding="unicode") + "\n"


def _case(suite: Element, code: str, found: list[Diagnostic], report: Report) -> None:
    from xml.etree import ElementTree as Tree

    title = f"{code}: {catalogue()[code].title}"
    case = Tree.SubElement(suite, "testcase", name=title, classname=suite.attrib["name"], time="0")
    lines = "\n".join(_text(one_line(str(diagnostic))) for diagnostic in found)
    failing = [diagnostic for diagnostic in found if report.fails(diagnostic)]
    if not failing:
        Tree.SubElement(case, "system-out").text = lines
        return
    more = f" (and {len(found) - 1:,} more)" if len(found) > 1 else ""
    kind = "error" if code.startswith(_UNREADABLE) else "failure"
    Tree.SubElement(case, kind, message=_text(one_line(failing[0].message) + more), type=code).text = lines


def _text(words: str) -> str:
    """Words without what XML cannot hold: lone surrogates of a file's name, U+FFFE."""
    return _NOT_XML.sub("\ufffd", words)
