"""Two editions → what changed: words, structure, markup, links, notes, metadata, each with its place in both files."""

from __future__ import annotations

from tei_edition.comparing.changes import LAYERS, Change, compare
from tei_edition.comparing.report import as_json, as_text, verdict

__all__ = ["LAYERS", "Change", "as_json", "as_text", "compare", "verdict"]
