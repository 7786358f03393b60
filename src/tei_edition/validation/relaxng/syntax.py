"""The full syntax of RELAX NG: which element of a schema holds which others (specification, section 3).

What is in another namespace is annotation and is passed over (section 4.1); an attribute in RELAX NG's own namespace is
a mistake, and so are words where no words belong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.validation.relaxng.schema_error import SchemaError

RNG = "{http://relaxng.org/ns/structure/1.0}"

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = f"{_START}.0-9\u00b7\u0300-\u036f\u203f\u2040\\-"


class _Names:
    """One kind of names, as XML 1.0 has had them since its fifth edition (section 2.3): what the parser accepts, too.

    Most are plain ASCII, and are asked of a short expression: Python needs 10 ms to compile the long one.
    """

    def __init__(self, first: str, more: str) -> None:
        self._all = late(first + more)
        self._plain = late(_ascii_only(first) + _ascii_only(more))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return a match where the whole text is such a name, as a pattern of `re` does."""
        return (self._plain if text.isascii() else self._all).fullmatch(text)


def _ascii_only(pattern: str) -> str:
    """Return an expression without what stands for characters outside ASCII."""
    return re.sub("[^\x00-\x7f](?:-[^\x00-\x7f])?", "", pattern)


NCNAME = _Names(f"[{_START}]", f"[{_MORE}]*")
NAME = _Names(f"[{_START}:]", f"[{_MORE}:]*")
NMTOKEN = _Names("", f"[{_MORE}:]+")
# RFC 2396: a scheme, then at least one character of those that a URI may have; % only before two hexadecimal digits.
_URI = late(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9;/?:@&=+$,_.!~*'()\[\]-]|%[0-9A-Fa-f]{2})+")

BLANKS = " \t\r\n"
PATTERNS = frozenset(
    ["element", "attribute", "group", "interleave", "choice", "optional", "zeroOrMore", "oneOrMore", "list", "mixed",
     "ref", "parentRef", "empty", "value", "data", "text", "notAllowed", "externalRef", "grammar"])
NAMES = frozenset(["name", "anyName", "nsName", "choice"])


class _Rule(NamedTuple):
    """What an element of a schema may have: its attributes, and the kinds and the number of its children."""

    needed: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    least: int = 0
    most: int | None = None
    words: bool = False


_NAMED = frozenset(["name"])
_SEVERAL = _Rule(children=PATTERNS, least=1)
_LEAF = _Rule(most=0)
_REF = _Rule(needed=_NAMED, most=0)
_ELSE = _Rule(children=frozenset(["except"]), most=1)
_COMPONENTS = frozenset(["start", "define", "div", "include"])
_RULES = {
    "element": _Rule(allowed=_NAMED, children=PATTERNS | NAMES, least=1),
    "attribute": _Rule(allowed=_NAMED, children=PATTERNS | NAMES, most=2),
    **dict.fromkeys(("group", "interleave", "optional", "zeroOrMore", "oneOrMore", "list", "mixed"), _SEVERAL),
    "choice": _Rule(children=PATTERNS | NAMES, least=1),
    "except": _Rule(children=PATTERNS | NAMES, least=1),
    "ref": _REF, "parentRef": _REF,
    "empty": _LEAF, "text": _LEAF, "notAllowed": _LEAF,
    "value": _Rule(allowed=frozenset(["type"]), most=0, words=True),
    "data": _Rule(needed=frozenset(["type"]), children=frozenset(["param", "except"])),
    "param": _Rule(needed=_NAMED, most=0, words=True),
    "externalRef": _Rule(needed=frozenset(["href"]), most=0),
    "grammar": _Rule(children=_COMPONENTS),
    "div": _Rule(children=_COMPONENTS),
    "include": _Rule(needed=frozenset(["href"]), children=_COMPONENTS - {"include"}),
    "start": _Rule(allowed=frozenset(["combine"]), children=PATTERNS, least=1, most=1),
    "define": _Rule(needed=_NAMED, allowed=frozenset(["combine"]), children=PATTERNS, least=1),
    "name": _Rule(most=0, words=True),
    "anyName": _ELSE, "nsName": _ELSE,
}
_EVERYWHERE = frozenset(["ns", "datatypeLibrary"])


_NEVER_FIRST = frozenset(["Mn", "Mc", "Me", "Nd"])


def is_ncname(text: str) -> bool:
    """Tell whether a text is a name without colon.

    RELAX NG and XML Schema look to the older editions of XML 1.0, where a name begins with a letter: not with a
    combining mark, nor with a digit of any script.
    """
    return bool(NCNAME.fullmatch(text)) and unicodedata.category(text[0]) not in _NEVER_FIRST


def kind_of(xml: etree._Element) -> str:
    """Return the name of an element of RELAX NG, without its namespace."""
    return str(xml.tag)[len(RNG):]


def children_of(xml: etree._Element) -> Iterator[etree._Element]:
    """Yield the child elements that are RELAX NG; the others are annotations."""
    return (child for child in xml if isinstance(child.tag, str) and child.tag.startswith(RNG))


def text_of(xml: etree._Element) -> str:
    """Return the characters of a `name`, `value` or `param`, over comments."""
    return (xml.text or "") + "".join(child.tail or "" for child in xml)


def check_syntax(xml: etree._Element, path: str) -> str:
    """Return the kind of an element of a schema; its attributes and children are those that RELAX NG allows it.

    Raises SchemaError, which names the element and what is wrong.
    """
    kind = kind_of(xml)
    rule = _RULES.get(kind)
    if rule is None:
        raise SchemaError(f"<{kind}> is no element of RELAX NG", xml.sourceline or 0, path)
    wrong = _wrong_attribute(xml, kind, rule) or _wrong_words(xml, rule) or _wrong_child(xml, rule)
    if wrong:
        raise SchemaError(f"<{kind}> {wrong}", xml.sourceline or 0, path)
    return kind


def _wrong_attribute(xml: etree._Element, kind: str, rule: _Rule) -> str:
    attributes = xml.attrib
    for name in rule.needed:
        if name not in attributes:
            return f"has no {name}"
    for key, value in attributes.items():
        name = str(key)
        if name.startswith("{"):
            if name.startswith(RNG):
                return f"has an attribute in the namespace of RELAX NG ({name[len(RNG):]}); write it without prefix"
        elif name not in rule.needed and name not in rule.allowed and name not in _EVERYWHERE:
            return f"has the attribute {name}, which it cannot have"
        elif name != "ns" and (wrong := _wrong_value(kind, name, str(value))):
            return wrong
    return ""


def _wrong_value(kind: str, name: str, value: str) -> str:
    if name == "datatypeLibrary":
        return "" if not value or _URI.fullmatch(value) else f"has datatypeLibrary=“{value}”, which is no absolute URI"
    if name == "href":
        return "" if "#" not in value else f"has href=“{value}”: a part of a file (#) cannot be named"
    value = value.strip(BLANKS)
    if name == "combine":
        return "" if value in ("choice", "interleave") else f"has combine=“{value}”; it is choice or interleave"
    prefix, colon, local = value.rpartition(":")
    qualified = kind in ("element", "attribute") and name == "name"
    if not is_ncname(local) or (colon and not (qualified and is_ncname(prefix))):
        return f"has {name}=“{value}”, which is no name"
    return ""


def _wrong_words(xml: etree._Element, rule: _Rule) -> str:
    if rule.words:
        return "" if all(not isinstance(child.tag, str) for child in xml) else "can hold nothing but characters"
    if (xml.text and xml.text.strip(BLANKS)) or any(child.tail and child.tail.strip(BLANKS) for child in xml):
        return "holds words, which have no place in it"
    return ""


def _wrong_child(xml: etree._Element, rule: _Rule) -> str:
    count = 0
    for child in children_of(xml):
        count += 1
        if kind_of(child) not in rule.children:
            return f"cannot hold <{kind_of(child)}>"
        if count == (rule.most or 0) + 1 and rule.most is not None:
            return f"holds more than {rule.most} of what it can hold" if rule.most else "must be empty"
    return "is empty" if count < rule.least else ""
