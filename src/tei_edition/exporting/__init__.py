"""TEI → other formats. One module a target, all of them in one visible table.

TEI that comes in is anyone's TEI: an edition of ours, a published volume, a play, a letter. What a target has no use
for is passed over; nothing in a well-formed document may raise.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from tei_edition.exporting.html import export_html
from tei_edition.exporting.text import STYLES, export_text

__all__ = ["STYLES", "TARGETS", "export", "export_html", "export_text"]

# Each target with the function that makes it and the options that it knows.
TARGETS: dict[str, tuple[Callable[..., str], tuple[str, ...]]] = {
    "html": (export_html, ()),
    "text": (export_text, ("style",)),
}


def export(root: etree._Element, target: str, **options: str) -> bytes:
    """Return the document in the format `target`, as UTF-8; the same document gives the same bytes.

    `export(root, "text", style="list")`. Raises ValueError for a target, an option or a style that there is not.
    """
    if target not in TARGETS:
        raise ValueError(f"there is no target {target!r}; the targets are {', '.join(TARGETS)}")
    make, known = TARGETS[target]
    for name in options:
        if name not in known:
            raise ValueError(f"the target {target} has no option {name!r}")
    if options.get("style", STYLES[0]) not in STYLES:
        raise ValueError(f"there is no style {options['style']!r}; the styles are {', '.join(STYLES)}")
    return make(root, **options).encode("utf-8")

