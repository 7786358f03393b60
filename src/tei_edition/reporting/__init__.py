"""Findings → people and machines. One module a format, all of them in one visible table.

A renderer takes a Report and returns the text of it; who calls it writes that to stdout or to a file.
"""

from __future__ import annotations

from collections.abc import Callable

from tei_edition.reporting import as_json, console
from tei_edition.reporting.report import Report

__all__ = ["FORMATS", "Report"]

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": console.render,
    "json": as_json.render,
}
