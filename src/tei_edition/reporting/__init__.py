"""Findings → people and machines. One module a format, all of them in one visible table.

A renderer takes a Report and returns the text of it; who calls it writes that to stdout or to a file.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable

from tei_edition.reporting.quoting import SourceLines
from tei_edition.reporting.report import Report

__all__ = ["FORMATS", "Report", "SourceLines", "encoded"]


def _by(module: str, function: str = "render") -> Callable[[Report], str]:
    """A renderer of a module that is imported when it is used: `validate` of one file starts fast."""

    def render(report: Report) -> str:
        made: str = getattr(importlib.import_module(f"tei_edition.reporting.{module}"), function)(report)
        return made

    return render


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": _by("console"),
    "json": _by("as_json"),
    "jsonl": _by("as_json", "render_lines"),
    "sarif": _by("sarif"),
    "junit": _by("junit"),
    "github": _by("github"),
    "gitlab": _by("gitlab"),
    "markdown": _by("markdown"),
    "oxygen": _by("oxygen"),
}


def encoded(rendered: str) -> bytes:
    """Return a rendered report as UTF-8; a file's name that is no UTF-8 is written as `\\udce9`."""
    return rendered.encode("utf-8", "backslashreplace")
