"""Findings as JSON, for programs: stable and sorted, with no clock and no path of this machine in it.

`json` is one object with the counts; `jsonl` has a finding a line, for what reads line by line (jq, grep, a database).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import tei_edition
from tei_edition.reporting.fingerprints import fingerprints
from tei_edition.reporting.quoting import end_column
from tei_edition.reporting.report import Report

_VERSION = 1  # of the shape of this JSON: raised when a field changes its meaning or goes


def render(report: Report) -> str:
    """Return the report as JSON: version, tool, files, counts, findings."""
    data = {
        "version": _VERSION,
        "tool": {"name": "tei-edition", "version": tei_edition.__version__},
        "files": list(report.files),
        "counts": {**report.counts(), "codes": report.codes()},
        "findings": list(_findings(report)),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def render_lines(report: Report) -> str:
    """Return a finding a line, each a JSON object as those of `json`; the empty string where there are none."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in _findings(report))


def _findings(report: Report) -> Iterator[dict[str, object]]:
    for diagnostic, (made, number) in zip(report.findings, fingerprints(report), strict=True):
        data = diagnostic.as_dict()
        place = diagnostic.location
        end = end_column(report.sources.line(place), place)
        if end and isinstance(data["location"], dict):
            data["location"]["end_column"] = end
        yield {**data, "fingerprint": f"{made}:{number}"}
