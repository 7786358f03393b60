"""The first words of an element, as messages and rules quote them: on one line, and never more than is asked for."""

from __future__ import annotations

from lxml import etree


def opening_words(element: etree._Element, length: int) -> str:
    """Return the words of an element on one line, at most `length` characters; what is cut ends in “…”.

    Only so much of the text is read: an element may hold a whole volume.
    """
    parts: list[str] = []
    left = 4 * length  # characters with the indentation between the words
    for part in element.itertext():
        parts.append(str(part)[:left])
        left -= len(part)
        if left <= 0:
            break
    words = " ".join("".join(parts).split())
    return words if len(words) <= length and left > 0 else f"{words[:length - 1]}…"
