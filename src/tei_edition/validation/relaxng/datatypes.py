"""The datatypes of a schema (first version: what is known)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tei_edition.validation.relaxng.patterns import Patterns

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"


def check_datatype(library: str, kind: str, params: tuple[tuple[str, str], ...], text: str | None,
                   context: tuple[tuple[str, str], ...]) -> None:
    """Raise ValueError where a datatype is unknown."""
    if library not in ("", XSD):
        raise ValueError(f"the library of datatypes {library} is not known")
    if library == "" and kind not in ("string", "token"):
        raise ValueError(f"the type {kind} is not known")
    if library == "" and params:
        raise ValueError(f"the type {kind} of RELAX NG has no params")


def checker(patterns: Patterns, pattern: int) -> Callable[[str, Mapping[str, str]], bool]:
    """Return the check of a `data` or `value` pattern of a table."""
    node = patterns.nodes[pattern]
    if node[0] == "value":
        return (lambda text, _context: text == node[3]) if node[2] == "string" else (
            lambda text, _context: text.split() == node[3].split())
    return lambda _text, _context: True


def in_words(patterns: Patterns, pattern: int) -> str:
    """Return what a `data` or `value` pattern asks for, in an editor's words."""
    node = patterns.nodes[pattern]
    return f"“{' '.join(node[3].split())}”" if node[0] == "value" else f"a value of the type {node[2]}"
