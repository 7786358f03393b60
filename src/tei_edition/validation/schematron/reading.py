"""Reads an ISO Schematron schema (ISO/IEC 19757-3) into the model: what abbreviates is written out.

An abstract pattern stands once for each `is-a`, with its parameters put in place; a rule has what it extends.
Schematron 1.5 is read as well, as far as it is the same.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.validation.schematron.includes import NotASchema, is_sch, parsed, with_included
from tei_edition.validation.schematron.model import (
    BINDINGS,
    Assertion,
    Key,
    Let,
    Message,
    Name,
    Pattern,
    Phase,
    Procedure,
    Rule,
    Schema,
    ValueOf,
)

_XSL = "{http://www.w3.org/1999/XSL/Transform}"
# Prefixes that authors use without a declaration, as XSLT processors of Schematron have them.
_USUAL = (("xs", "http://www.w3.org/2001/XMLSchema"), ("xsd", "http://www.w3.org/2001/XMLSchema"),
          ("fn", "http://www.w3.org/2005/xpath-functions"), ("map", "http://www.w3.org/2005/xpath-functions/map"),
          ("math", "http://www.w3.org/2005/xpath-functions/math"),
          ("array", "http://www.w3.org/2005/xpath-functions/array"))
# What of XSLT at the top of a schema is read, or changes nothing of what rules find.
_KNOWN_OF_XSLT = ("key", "function", "template", "variable", "param", "output", "mode")
_DEEP = 40  # rules that extend rules


def read_schema(path: Path) -> Schema:
    """Return the schema of a file, an .sch. Raises WrongUsage (CO001) where it is none."""
    try:
        schema = schema_of(parsed(path), path)
        if not any(pattern.rules for pattern in schema.patterns):
            raise NotASchema("it has no rule")  # nothing would be checked, and nobody would know
        return schema
    except NotASchema as error:
        raise WrongUsage(finding("CO001", f"is no Schematron that can be used: {error}", Location(str(path)),
                                 hint="check the name given to --schematron")) from None


def schema_of(root: etree._Element, path: Path) -> Schema:
    """Return the schema of an element `schema`; `path` is where it stands. Raises NotASchema."""
    if not is_sch(root, "schema"):
        raise NotASchema(f"the outermost element is {etree.QName(root).localname}, and not schema")
    binding = root.get("queryBinding", "xslt")
    if binding.lower() not in BINDINGS:
        raise NotASchema(f"queryBinding is “{binding}”; known are {', '.join(BINDINGS)}")
    whole = with_included(root, path)
    declared = [(_needed(ns, "prefix"), _needed(ns, "uri")) for ns in _inside(whole, "ns")]
    known = {prefix for prefix, _ in declared}
    return Schema(
        patterns=tuple(_patterns(whole)),
        namespaces=(*declared, *((prefix, uri) for prefix, uri in _USUAL if prefix not in known)),
        lets=tuple(_lets(whole)),
        phases=tuple(map(_phase, _inside(whole, "phase"))),
        default_phase=root.get("defaultPhase", ""),
        diagnostics=tuple(_texts(whole, "diagnostics", "diagnostic")),
        properties=tuple(_texts(whole, "properties", "property")),
        keys=tuple(Key(_needed(key, "name"), _needed(key, "match"), key.get("use", ""))
                   for key in whole.iterchildren(f"{_XSL}key")),
        functions=tuple(Procedure(_expanded(function), function) for function in whole.iterchildren(f"{_XSL}function")),
        templates=tuple(Procedure(_expanded(template), template) for template in whole.iterchildren(f"{_XSL}template")
                        if template.get("name")),
        foreign=tuple(f"xsl:{etree.QName(child).localname}" for child in whole.iterchildren(f"{_XSL}*")
                      if etree.QName(child).localname not in _KNOWN_OF_XSLT),
        binding=binding,
        title=" ".join("".join("".join(title.itertext()) for title in _inside(whole, "title")).split()),
        path=str(path),
        source=root,
        instructions=tuple(whole.iterchildren(f"{_XSL}*")),
    )


def _inside(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in parent.iterchildren() if is_sch(child, *names))


def _needed(element: etree._Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise NotASchema(f"the element {etree.QName(element).localname} in line {element.sourceline} has no {name}")
    return value


def _expanded(element: etree._Element) -> str:
    """Return the name of a function as `{namespace}local`."""
    prefix, _, local = _needed(element, "name").rpartition(":")
    return f"{{{element.nsmap.get(prefix, '')}}}{local}" if prefix else local


def _lets(parent: etree._Element) -> Iterator[Let]:
    for child in parent.iterchildren():
        if is_sch(child, "let"):
            value = child.get("value")
            if value is not None:
                yield Let(_needed(child, "name"), value)
            else:
                yield Let(_needed(child, "name"), content=child)
        elif child.tag in (f"{_XSL}variable", f"{_XSL}param"):
            select = child.get("select")
            yield Let(_needed(child, "name"), select or "", None if select else child)


def _phase(phase: etree._Element) -> Phase:
    active = tuple(_needed(active, "pattern") for active in _inside(phase, "active"))
    return Phase(_needed(phase, "id"), active, tuple(_lets(phase)))


def _texts(schema: etree._Element, group: str, name: str) -> Iterator[tuple[str, Message]]:
    for parent in _inside(schema, group):
        for child in _inside(parent, name):
            yield _needed(child, "id"), tuple(_message(child))


# -- patterns and rules ------------------------------------------------------------------------------


def _patterns(schema: etree._Element) -> Iterator[Pattern]:
    elements = list(_inside(schema, "pattern", "group"))
    abstract = {element.get("id", ""): element for element in elements if element.get("abstract") == "true"}
    rules = {rule.get("id", ""): rule for rule in schema.iter("*") if is_sch(rule, "rule") and _is_abstract(rule)}
    for element in elements:
        if element.get("abstract") == "true":
            continue
        pattern = element
        if element.get("is-a") is not None:
            model = abstract.get(element.get("is-a", ""))
            if model is None:
                raise NotASchema(f"there is no abstract pattern “{element.get('is-a')}”")
            pattern = _with_parameters(model, element)
        yield from _read_pattern(pattern, element, rules)


def _read_pattern(pattern: etree._Element, named: etree._Element,
                  rules: dict[str, etree._Element]) -> Iterator[Pattern]:
    own = {rule.get("id", ""): rule for rule in _inside(pattern, "rule") if _is_abstract(rule)}
    found = tuple(_rule(rule, {**rules, **own}) for rule in _inside(pattern, "rule") if not _is_abstract(rule))
    titles = list(_inside(named, "title")) or list(_inside(pattern, "title"))
    title = " ".join("".join(titles[0].itertext()).split()) if titles else named.get("name", "")
    # In a group each rule speaks for itself; in a pattern the first that matches a node takes it.
    for part in ([found] if is_sch(named, "pattern") else [(rule,) for rule in found]):
        yield Pattern(part, tuple(_lets(pattern)), named.get("id", ""), title, pattern.get("documents", ""))


def _with_parameters(model: etree._Element, pattern: etree._Element) -> etree._Element:
    """Return an abstract pattern with `$name` replaced by the parameter of that name, wherever an expression stands."""
    values = {_needed(param, "name"): _needed(param, "value")
              for parent in (model, pattern) for param in _inside(parent, "param")}
    whole = copy.deepcopy(model)
    if values:
        longest = sorted(values, key=len, reverse=True)
        name = re.compile(rf"\$({'|'.join(map(re.escape, longest))})(?![\w.\-])")
        for element in whole.iter("*"):
            for attribute, value in element.items():
                if "$" in value:
                    element.set(attribute, name.sub(lambda found: values[found[1]], value))
    return whole


def _is_abstract(rule: etree._Element) -> bool:
    return rule.get("abstract") == "true"


def _rule(element: etree._Element, abstract: dict[str, etree._Element]) -> Rule:
    parts = list(_extended(element, abstract))
    return Rule(
        context=_needed(element, "context"),
        assertions=tuple(_assertion(part) for part in parts if is_sch(part, "assert", "report")),
        lets=tuple(let for part in parts if is_sch(part, "let") or part.tag == f"{_XSL}variable"
                   for let in _let_alone(part)),
        id=element.get("id", ""), role=element.get("role", ""), flag=element.get("flag", ""),
        see=element.get("see", ""), subject=element.get("subject", ""))


def _let_alone(element: etree._Element) -> Iterable[Let]:
    parent = etree.Element("let-alone")
    parent.append(copy.deepcopy(element))
    return _lets(parent)


def _extended(rule: etree._Element, abstract: dict[str, etree._Element], depth: int = 0) -> Iterator[etree._Element]:
    """Yield the lets and tests of a rule, those that it extends in their place."""
    if depth > _DEEP:
        raise NotASchema(f"the abstract rule “{rule.get('id')}” extends itself")
    for child in rule.iterchildren("*"):
        if is_sch(child, "extends"):
            name = _needed(child, "rule")
            if name not in abstract:
                raise NotASchema(f"there is no abstract rule “{name}”")
            yield from _extended(abstract[name], abstract, depth + 1)
        else:
            yield child


def _assertion(element: etree._Element) -> Assertion:
    return Assertion(
        test=_needed(element, "test"), message=tuple(_message(element)), report=is_sch(element, "report"),
        id=element.get("id", ""), role=element.get("role", ""), flag=element.get("flag", ""),
        see=element.get("see", ""), subject=element.get("subject", ""),
        diagnostics=tuple(element.get("diagnostics", "").split()),
        properties=tuple(element.get("properties", "").split()))


def _message(element: etree._Element) -> Iterator[str | ValueOf | Name]:
    """Yield the parts of a message; what is marked up in it (`emph`, `dir`, `span`) counts as words."""
    if element.text:
        yield element.text
    for child in element.iterchildren():
        if is_sch(child, "value-of") or child.tag == f"{_XSL}value-of":
            yield ValueOf(_needed(child, "select"))
        elif is_sch(child, "name"):
            yield Name(child.get("path", "."))
        elif is_sch(child, "emph", "dir", "span") or child.tag == f"{_XSL}text":
            yield from _message(child)
        if child.tail:
            yield child.tail
