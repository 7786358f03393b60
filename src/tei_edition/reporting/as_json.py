"""Findings as JSON, for programs: stable and sorted, with no clock and no path of this machine in it."""

from __future__ import annotations

import json

import tei_edition
from tei_edition.reporting.report import Report

_VERSION = 1  # of the shape of this JSON: raised when a field changes its meaning or goes


def render(report: Report) -> str:
    """Return the report as JSON: version, tool, files, counts, findings."""
    data = {
        "version": _VERSION,
        "tool": {"name": "tei-edition", "version": tei_edition.__version__},
        "files": list(report.files),
        "counts": {**report.counts(), "codes": report.codes()},
        "findings": [diagnostic.as_dict() for diagnostic in report.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
