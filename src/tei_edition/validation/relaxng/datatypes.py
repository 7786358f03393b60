"""The datatypes that a schema asks for: RELAX NG's own two, and those of XML Schema (part 2, second edition, 2004).

    accepts = checker(patterns, number)
    accepts("1962-02-30", {})  # → False: no such day

What XML Schema leaves open is settled as `jing` settles it: so the year 0000 does not exist, and an address is looked
at only so far as its `%`, its `#` and its scheme. That an ID is given once is no matter of its datatype (VA301).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from tei_edition.resources import data_rows
from tei_edition.validation.relaxng.character_patterns import CharacterPattern
from tei_edition.validation.relaxng.lexical import BUILT_IN, TYPES, Lexical
from tei_edition.validation.relaxng.patterns import NEVER, Patterns
from tei_edition.validation.relaxng.syntax import BLANKS

if TYPE_CHECKING:
    from tei_edition.validation.relaxng.values import Value

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

Scope = Mapping[str, str]  # the namespaces in scope by their prefixes, the default one under ""
Accepts = Callable[[str, Scope], bool]
Params = tuple[tuple[str, str], ...]

_LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "length": lambda size, bound: size == bound,
    "minLength": lambda size, bound: size >= bound,
    "maxLength": lambda size, bound: size <= bound,
}
# By the order of a value and its bound; None, where nobody can say, is never good enough.
_BOUNDS = {"minInclusive": (0, 1), "minExclusive": (1,), "maxInclusive": (-1, 0), "maxExclusive": (-1,)}
_DIGITS = ("totalDigits", "fractionDigits")


class Datatype(NamedTuple):
    """A datatype with its facets: `accepts(text, scope)` tells whether the characters are one of its values."""

    lexical: Lexical
    tests: tuple[Callable[[str], bool], ...] = ()

    def accepts(self, text: str, scope: Scope) -> bool:
        """Tell whether a text is a value of the type; `scope` matters to names with a prefix."""
        text = self.lexical.normal(text)
        if not self.lexical.is_form(text):
            return False
        if self.lexical.scoped and self.lexical.value(text, scope) is None:
            return False
        return all(test(text) for test in self.tests)


@functools.lru_cache(maxsize=1024)
def datatype(library: str, kind: str, params: Params = ()) -> Datatype:
    """Return a datatype by its library (a URI, empty for RELAX NG's own), its name and its facets.

    Raises ValueError, in words for the maker of the schema, where there is no such datatype or facet.
    """
    if library not in ("", XSD):
        raise ValueError(f"the library of datatypes {library} is not known")
    types = TYPES if library else BUILT_IN
    if kind not in types:
        near = f"; it is one of {XSD}, which datatypeLibrary must name" if not library and kind in TYPES else ""
        raise ValueError(f"the datatype {kind} is not known{near}")
    lexical = types[kind]
    if params and not library:
        raise ValueError(f"the datatype {kind} of RELAX NG itself takes no facet ({params[0][0]})")
    return Datatype(lexical, tuple(_facet(kind, lexical, name, value) for name, value in params))


def _facet(kind: str, lexical: Lexical, name: str, value: str) -> Callable[[str], bool]:
    """Return the test of one facet, for a text whose white space is settled and that has the form of the type."""
    if name == "pattern":
        return CharacterPattern(value).matches
    plain = value.strip(BLANKS)
    if name in _LENGTHS and lexical.size is not None:
        bound, fits, size = _count(name, plain), _LENGTHS[name], lexical.size
        return lambda text: fits(size(text), bound)
    if name in _BOUNDS and lexical.ordered:
        return _bound(kind, lexical, name, plain)
    if name in _DIGITS and lexical.decimal:
        most = _count(name, plain)
        return (lambda text: _digits(text) <= most) if name == "totalDigits" else (
            lambda text: len(text.partition(".")[2].rstrip("0")) <= most)
    raise ValueError(f"the datatype {kind} has no facet {name}")


def _count(name: str, text: str) -> int:
    if not re.fullmatch(r"\+?[0-9]{1,9}", text):
        raise ValueError(f"{name} is a number, not “{text}”")
    return int(text)


def _bound(kind: str, lexical: Lexical, name: str, text: str) -> Callable[[str], bool]:
    from tei_edition.validation.relaxng.values import order

    if not lexical.is_form(text):
        raise ValueError(f"{name} is to be a value of the datatype {kind}, and “{text}” is none")
    limit: Value = lexical.value(text, {})
    good = _BOUNDS[name]
    return lambda text: order(lexical.value(text, {}), limit) in good


def _digits(text: str) -> int:
    whole, _, part = text.lstrip("+-").partition(".")
    return len(whole.lstrip("0")) + len(part.rstrip("0")) or 1


def check_datatype(library: str, kind: str, params: Params, value: str | None, context: Iterable[tuple[str, str]],
                   ) -> None:
    """Raise ValueError where a `data` or `value` of a schema names what does not exist (section 4.16).

    `value` is the text of a `value`, which must be one of its datatype; None for `data`.
    """
    wanted = datatype(library, kind, params)
    if value is not None and not wanted.accepts(value, dict(context)):
        raise ValueError(f"“{value}” is no value of the datatype {kind}")


def checker(patterns: Patterns, pattern: int) -> Accepts:
    """Return the check of a `data` or `value` pattern of a table: whether a text, with its namespaces, is meant."""
    node = patterns.nodes[pattern]
    if node[0] == "value":
        return _equal(node[1], node[2], node[3], dict(node[4]))
    _, library, kind, params, excluded, _ = node
    accepts = datatype(library, kind, tuple((name, value) for name, value in params)).accepts
    if excluded == NEVER:
        return accepts
    parts = patterns.nodes[excluded][1:] if patterns.nodes[excluded][0] == "choice" else (excluded,)
    others = [checker(patterns, part) for part in parts]
    return lambda text, scope: accepts(text, scope) and not any(other(text, scope) for other in others)


def _equal(library: str, kind: str, text: str, context: Scope) -> Accepts:
    """Return the check that asks for one value: `1.0` is the decimal `1`, `x:p` the name that it is there."""
    wanted = datatype(library, kind)
    lexical = wanted.lexical
    value = lexical.value(lexical.normal(text), context)

    def accepts(text: str, scope: Scope) -> bool:
        return wanted.accepts(text, scope) and bool(lexical.value(lexical.normal(text), scope) == value)

    if lexical.textual:
        normal = lexical.normal
        return lambda text, _scope: text == value or normal(text) == value
    return accepts


@functools.cache
def _words() -> Mapping[tuple[str, str], str]:
    return {(by, which): words for by, which, words in data_rows("datatype-words.tsv")}


def is_known_define(define: str) -> bool:
    """Tell whether there are words for a define of this name, so that a pattern has to remember that it stood there."""
    return ("define", define) in _words()


def in_words(patterns: Patterns, pattern: int) -> str:
    """Return what a `data` or `value` pattern asks for, in an editor's words: `a date such as 1962-08-18`."""
    node = patterns.nodes[pattern]
    if node[0] == "value":
        return f"“{node[3] if node[2] == 'string' else ' '.join(node[3].split())}”"
    _, _, kind, params, excluded, define = node
    words = _words()
    forms = [value for name, value in params if name == "pattern"]
    found = words.get(("define", define)) or (words.get(("pattern", forms[0])) if len(forms) == 1 else None)
    if found is None:
        found = words.get(("type", kind), f"a value of the type {kind}")
        if forms and kind in ("token", "string"):
            found = f"text of the form {' and '.join(forms)}"
        elif forms and "such as" not in found:  # an example says more than an expression
            found += f", of the form {' and '.join(forms)}"
    found += _limits(params)
    return found + (f", but not {_excluded(patterns, excluded)}" if excluded != NEVER else "")


def _limits(params: Iterable[Any]) -> str:
    said = {"minInclusive": "from {}", "minExclusive": "more than {}", "maxInclusive": "to {}",
            "maxExclusive": "less than {}", "length": "of {} characters", "minLength": "of {} characters or more",
            "maxLength": "of {} characters or fewer", "totalDigits": "of {} digits or fewer",
            "fractionDigits": "with {} digits or fewer behind the point"}
    limits = [said[name].format(value) for name, value in params if name in said]
    return f", {' '.join(limits)}" if limits else ""


def _excluded(patterns: Patterns, excluded: int) -> str:
    node = patterns.nodes[excluded]
    parts = node[1:] if node[0] == "choice" else (excluded,)
    return " or ".join(sorted(in_words(patterns, part) for part in parts))
