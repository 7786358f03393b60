"""The name classes of a schema: which elements or attributes a pattern stands for (specification, sections 4.8-4.10).

`<anyName><except><nsName ns=""/></except></anyName>` is `("any", ("space", "", None))`; see `names`. What a name class
may not hold is refused here (section 4.16).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import XML_NS
from tei_edition.validation.relaxng.names import NameClass, local_of, matches, name, names_in, space_of
from tei_edition.validation.relaxng.schema_error import SchemaError
from tei_edition.validation.relaxng.syntax import BLANKS, NAMES, check_syntax, children_of, is_ncname, kind_of, text_of

_XMLNS = "http://www.w3.org/2000/xmlns"


def qualified_name(text: str, ns: str, xml: etree._Element, path: str) -> str:
    """Return the name that `text` is at an element of the schema: with the namespace of its prefix, else with `ns`.

    Raises SchemaError where the prefix is bound to nothing there.
    """
    prefix, colon, local = text.strip(BLANKS).rpartition(":")
    if not is_ncname(local) or (colon and not is_ncname(prefix)):
        raise SchemaError(f"“{text.strip(BLANKS)}” is no name", xml.sourceline or 0, path)
    if colon:
        bound = XML_NS if prefix == "xml" else xml.nsmap.get(prefix)
        if bound is None:
            raise SchemaError(f"the prefix {prefix} of “{text.strip(BLANKS)}” is not declared", xml.sourceline or 0,
                              path)
        ns = bound
    return name(ns, local)


def read_name_class(xml: etree._Element, ns: str, path: str, within: str = "") -> NameClass:
    """Return the class of names that a `name`, `anyName`, `nsName` or `choice` describes.

    `ns` is the namespace that it inherits; `within` is the kind of class that it is excepted from. Raises SchemaError.
    """
    kind, ns = check_syntax(xml, path), xml.get("ns", ns)
    if (kind == "anyName" and within) or (kind == "nsName" and within == "nsName"):
        raise SchemaError(f"<{kind}> cannot stand in the <except> of <{within}>", xml.sourceline or 0, path)
    if kind == "name":
        return ("name", qualified_name(text_of(xml), ns, xml, path))
    if kind == "choice":
        return _either(xml, ns, path, within)
    excepted: NameClass | None = None
    for child in children_of(xml):
        check_syntax(child, path)
        excepted = _either(child, child.get("ns", ns), path, kind)
    return ("any", excepted) if kind == "anyName" else ("space", ns, excepted)


def _either(xml: etree._Element, ns: str, path: str, within: str) -> NameClass:
    for child in children_of(xml):
        if kind_of(child) not in NAMES:
            raise SchemaError(f"<{kind_of(child)}> stands where a name belongs", child.sourceline or 0, path)
    parts = tuple(read_name_class(child, ns, path, within) for child in children_of(xml))
    return parts[0] if len(parts) == 1 else ("either", parts)


def wrong_attribute_name(names: NameClass) -> str:
    """Return what is wrong with the name of an attribute: it would declare a namespace; else the empty string."""
    if names[0] == "either":
        return next(filter(None, (wrong_attribute_name(part) for part in names[1])), "")
    if names[0] in ("any", "space"):
        if names[0] == "space" and names[1].startswith(_XMLNS):
            return f"no attribute is in the namespace {names[1]}"
        return wrong_attribute_name(names[-1]) if names[-1] else ""
    if names[1] == "xmlns":
        return "xmlns declares a namespace; it cannot be an attribute of a schema"
    return f"no attribute is in the namespace {space_of(names[1])}" if space_of(names[1]).startswith(_XMLNS) else ""


def common_name(first: NameClass, second: NameClass) -> str | None:
    """Return a name that belongs to both classes; None where there is none.

    A class is a union of names, namespaces and exceptions, so it is enough to try each name and each namespace that
    either mentions, with a name of no-one's for the rest (as James Clark's derivative algorithm does).
    """
    for candidate in (*_representatives(first), *_representatives(second)):
        if matches(first, candidate) and matches(second, candidate):
            return candidate
    return None


_ANY = "*"  # no XML name, so that no class mentions it


def _representatives(names: NameClass) -> Iterator[str]:
    kind = names[0]
    if kind == "name":
        yield names[1]
    elif kind == "either":
        for part in names[1]:
            yield from _representatives(part)
    else:
        yield name(names[1], _ANY) if kind == "space" else name(_ANY, _ANY)
        if names[-1]:
            yield from _representatives(names[-1])


def shown(of: str) -> str:
    """Return a name as a message writes it: `p`, `any name`, `any name in http://…`."""
    if local_of(of) != _ANY:
        return local_of(of)
    return "any name" if space_of(of) in ("", _ANY) else f"any name in {space_of(of)}"


def title(names: NameClass) -> str:
    """Return a class of names as a message writes it: `p`, or `p or q`, or `any name`."""
    listed = sorted({local_of(of) for of in names_in(names)})
    return " or ".join(listed[:3]) + (" …" if len(listed) > 3 else "") if listed else "any name"
