"""Findings → people and machines. One module a format, all of them in one visible table.

A renderer takes a Report and returns the text of it; who calls it writes that to stdout or to a file.
"""

from __future__ import annotations

from collections.abc import Callable

from tei_edition.reporting import as_json, console, github, gitlab, junit, sarif
from tei_edition.reporting.quoting import SourceLines
from tei_edition.reporting.report import Report

__all__ = ["FORMATS", "Report", "SourceLines", "encoded"]

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": console.render,
    "json": as_json.render,
    "jsonl": as_json.render_lines,
    "sarif": sarif.render,
    "junit": junit.render,
    "github": github.render,
    "gitlab": gitlab.render,
}


def encoded(rendered: str) -> bytes:
    """Return a rendered report as UTF-8; a file's name that is no UTF-8 is written as `\\udce9`."""
    return rendered.encode("utf-8", "backslashreplace")
