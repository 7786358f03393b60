"""A finding's fingerprint: the same when lines are put in above it, or the file is moved.

It is made of the code, the names of the elements that lead to the place (without their numbers: a paragraph put in
before changes those) and what stands at the place. Of findings that agree in all of that the second has the number 2,
and so on. Services for checking code (GitHub, GitLab) tell by it what is new, and so does our baseline.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator

from tei_edition.diagnostics import Diagnostic
from tei_edition.reporting.quoting import SourceLines
from tei_edition.reporting.report import Report

_NUMBER = re.compile(r"\[\d+\]")
_DIGITS = re.compile(r"\d+")
_QUOTED = 32  # characters of the line, from the place on: enough to tell places apart, few to be edited


def fingerprint(diagnostic: Diagnostic, sources: SourceLines) -> str:
    """Return the fingerprint of a finding: 32 hexadecimal digits, the same for findings that cannot be told apart."""
    place = diagnostic.location
    at = (place.column or 1) - 1
    quoted = " ".join(sources.line(place)[at:at + _QUOTED].split())
    # Without a line to quote its words tell it from others; the figures in them change with the rest of the file.
    said = "" if quoted else _DIGITS.sub("#", diagnostic.message)
    parts = (diagnostic.code, _NUMBER.sub("", place.xpath), quoted, said)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def fingerprints(report: Report) -> Iterator[tuple[str, int]]:
    """Yield for each finding of a report its fingerprint and which of its kind it is in its file, from 1."""
    seen: Counter[tuple[str, str]] = Counter()
    for diagnostic in report.findings:
        made = fingerprint(diagnostic, report.sources)
        key = diagnostic.location.path, made
        seen[key] += 1
        yield made, seen[key]
