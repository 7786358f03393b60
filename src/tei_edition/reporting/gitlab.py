"""Findings as GitLab's Code Quality report, which a merge request shows: new ones, and those that are mended.

GitLab compares the fingerprints of two reports, so that of a finding stays the same when lines are put in above it.
"""

from __future__ import annotations

import hashlib
import json

from tei_edition.reporting.fingerprints import fingerprints
from tei_edition.reporting.paths import relative_path
from tei_edition.reporting.quoting import one_line
from tei_edition.reporting.report import Report

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def render(report: Report) -> str:
    """Return the report as a JSON array, an object a finding."""
    data = []
    for diagnostic, (made, number) in zip(report.findings, fingerprints(report), strict=True):
        place = diagnostic.location
        path = relative_path(place.path)
        advice = f" ({one_line(diagnostic.hint)})" if diagnostic.hint else ""
        own = f"{made}:{number}:{path}".encode("utf-8", "backslashreplace")
        data.append({
            "description": f"{diagnostic.code}: {one_line(diagnostic.message)}{advice}",
            "check_name": diagnostic.code,
            "fingerprint": hashlib.sha256(own).hexdigest()[:32],  # one finding's alone, in all files
            "severity": _SEVERITIES[str(diagnostic.severity)],
            "location": {"path": path, "lines": {"begin": place.line or 1}},
        })
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
