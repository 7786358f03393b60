"""Findings as SARIF 2.1.0 (OASIS, 2020), which GitHub's code scanning, editors and dashboards read.

Each rule that fired comes with its entry of the catalogue; columns count code points; files are named relative to the
folder of the run; fingerprints survive lines that are put in above a finding.
"""

from __future__ import annotations

import json

import tei_edition
from tei_edition.diagnostics import Diagnostic, Location, Rule, Severity, catalogue
from tei_edition.reporting.fingerprints import fingerprints
from tei_edition.reporting.paths import relative_uri
from tei_edition.reporting.quoting import end_column, one_line
from tei_edition.reporting.report import Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"


def render(report: Report) -> str:
    """Return the report as one SARIF log with one run."""
    rules = list(report.codes())
    files = _files(report)
    results = [_result(diagnostic, f"{made}:{number}", rules, files, report)
               for diagnostic, (made, number) in zip(report.findings, fingerprints(report), strict=True)]
    driver = {"name": "tei-edition", "version": tei_edition.__version__,
              "semanticVersion": tei_edition.__version__, "rules": [_rule(catalogue()[code]) for code in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not any(map(_failed, report.findings))}],
        "artifacts": [{"location": _file(path)} for path in files],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _failed(diagnostic: Diagnostic) -> bool:
    """Whether something could not be checked at all; an ignore that nothing answers to (CO031) is no such thing."""
    return diagnostic.code.startswith("CO") and diagnostic.severity is Severity.ERROR


def _files(report: Report) -> dict[str, int]:
    """The files with their numbers: those that were looked at, then others that findings name."""
    named = [*report.files, *(one.location.path for one in report.findings),
             *(place.path for one in report.findings for place in one.related)]
    return {path: number for number, path in enumerate(dict.fromkeys(path for path in named if path))}


def _file(path: str) -> dict[str, object]:
    uri = relative_uri(path)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": _ROOT}


def _rule(rule: Rule) -> dict[str, object]:
    example = "\n".join(["", "", "Fires on:", "", "```xml", rule.bad.strip("\n"), "```", "", "Does not fire on:", "",
                         "```xml", rule.good.strip("\n"), "```", ""])
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\nWhat to do: {rule.fix}.",
                 "markdown": f"{rule.why}\n\n**What to do:** {rule.fix}.{example}"},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(diagnostic: Diagnostic, made: str, rules: list[str], files: dict[str, int],
            report: Report) -> dict[str, object]:
    advice = f" ({one_line(diagnostic.hint)})" if diagnostic.hint else ""
    data: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rules.index(diagnostic.code),
        "level": str(diagnostic.severity),
        "message": {"text": one_line(diagnostic.message) + advice},
        "partialFingerprints": {"teiEdition/v1": made},
    }
    if diagnostic.location.path:
        data["locations"] = [_location(diagnostic.location, files, report)]
    if diagnostic.related:
        data["relatedLocations"] = [_location(place, files, report) for place in diagnostic.related if place.path]
    return data


def _location(place: Location, files: dict[str, int], report: Report) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {**_file(place.path), "index": files[place.path]}}
    if place.line:
        region = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
            end = end_column(report.sources.line(place), place)
            if end:
                region["endColumn"] = end
        physical["region"] = region
    data: dict[str, object] = {"physicalLocation": physical}
    if place.xpath:
        data["logicalLocations"] = [{"fullyQualifiedName": place.xpath, "kind": "element"}]
    return data
