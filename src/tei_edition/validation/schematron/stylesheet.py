"""Writes a pattern of a Schematron schema as a stylesheet of XSLT 3, for Saxon to run what is not run by ourselves.

Each rule becomes a template, those before it in the pattern having the higher priority; each test an `xsl:try` of its
own, so that one that fails hides no other. What the stylesheet writes is a list: the number of the test, that of the
node in the order of the document, the message. `data/saxon-rules.xsl` is in each of them. W3C, XSL Transformations 3.0.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition.resources import data_path
from tei_edition.validation.schematron.compiling import Check, ReadyPattern
from tei_edition.validation.schematron.includes import NotASchema, parsed
from tei_edition.validation.schematron.model import Let, Message, Schema, ValueOf
from tei_edition.validation.schematron.native import CannotRun

OURS = "https://tei-edition/schematron"
BEGIN, GIVEN = f"{{{OURS}}}begin", f"{{{OURS}}}given"
_NODES = "tei-edition:nodes"

_XSL = "http://www.w3.org/1999/XSL/Transform"
_X, _O = f"{{{_XSL}}}", f"{{{OURS}}}"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# Functions that ask for what is not in the document. Saxon may read nothing: `doc-available()` would be false of all.
_OUTWARD = ("doc", "doc-available", "document", "unparsed-text", "unparsed-text-available", "unparsed-text-lines",
            "json-doc", "environment-variable", "available-environment-variables")
_QUOTED_OR_OUTWARD = re.compile(
    r"""("[^"]*"|'[^']*')|(?<![\w.\-:}$@])(?:fn:|Q\{http://www\.w3\.org/2005/xpath-functions\})?"""
    rf"({'|'.join(sorted(_OUTWARD, key=len, reverse=True))})(?=\s*[(#])")
_CALL = re.compile(r"(?<!:)\b[\w.\-]+:[\w.\-]+\s*\(|\bkey\s*\(")
_VARIABLE = re.compile(r"\$\s*([\w.\-:]+)")
# What the root of an imported stylesheet says of all that stands in it (XSLT 3.0, 3.4: standard attributes).
_STANDARD = ("xpath-default-namespace", "expand-text", "default-collation", "default-mode", "version")
_DEEP = 20  # stylesheets that import stylesheets


class Sheet:
    """A stylesheet that is being written."""

    def __init__(self, schema: Schema, lets: Iterable[Let], instructions: Sequence[etree._Element], base: str) -> None:
        prefixes: dict[str | None, str] = {"xsl": _XSL, "tei-edition": OURS, **dict(schema.namespaces)}
        for element in instructions:
            prefixes = {**{prefix: uri for prefix, uri in element.nsmap.items() if prefix}, **prefixes}
        self.root = etree.Element(f"{_X}stylesheet", nsmap=prefixes, attrib={"version": "3.0"})
        self.root.set("exclude-result-prefixes", "#all")
        if base:
            self.root.set(_XML_BASE, base)
        self._texts = schema.diagnostics
        self._asks_for_files = any(rewritten(value) != value for element in instructions
                                   for part in element.iter("*") for value in part.values())
        self._version = "1.0" if schema.xpath == "1" else "3.0"
        given = {element.get("name") for element in instructions if element.tag in (f"{_X}variable", f"{_X}param")}
        self.root.extend([copy.deepcopy(part) for part in _ours()])
        self.root.extend([_rewritten(copy.deepcopy(element)) for element in instructions])
        for let in lets:
            if let.name not in given:
                self._let(self.root, let)

    def write(self, pattern: ReadyPattern, asked: Collection[int]) -> etree._Element:
        """Return the stylesheet of a pattern, with those of its tests whose numbers are asked for."""
        for let in pattern.pattern.lets:
            self._let(self.root, let)
        for mode in ("tei-edition:begin", _NODES):
            etree.SubElement(self.root, f"{_X}mode", {"name": mode, "on-no-match": "shallow-skip",
                                                      "use-accumulators": "tei-edition:number"})
        begin = etree.SubElement(self.root, f"{_X}template", {"match": "/", "mode": "tei-edition:begin"})
        findings = etree.SubElement(begin, f"{_O}findings")
        for name in self._used_in_contexts(pattern):  # an error in a context is none for XSLT (3.0, 5.5.4): before it
            etree.SubElement(findings, f"{_X}attribute", name="sure", select=f"count(${name})", version="3.0")
        _further(findings, ".")
        number = 0
        for at, ready in enumerate(pattern.rules):
            context = ready.rule.context
            if rewritten(context) != context or (self._asks_for_files and _CALL.search(context)):
                raise CannotRun(f"the context “{context}” asks for another file: let a variable of the schema do so")
            template = etree.SubElement(self.root, f"{_X}template", {
                "match": context, "mode": _NODES, "priority": str(len(pattern.rules) - at),
                "version": self._version})
            for check in ready.checks:
                if number in asked:
                    self._check(template, check, number)
                number += 1
            _further(template, "@*, node()")
        return self.root

    def _used_in_contexts(self, pattern: ReadyPattern) -> list[str]:
        names = {name for rule in pattern.rules for name in _VARIABLE.findall(rule.rule.context)}
        return sorted(names & {element.get("name", "") for element in self.root.iterchildren(f"{_X}variable")})

    def _check(self, template: etree._Element, check: Check, number: int) -> None:
        attempt = etree.SubElement(template, f"{_X}try")
        for let in check.rule.lets:
            self._let(attempt, let)
        test = rewritten(check.assertion.test)
        condition = etree.SubElement(attempt, f"{_X}if", test=test if check.assertion.report else f"not({test})")
        found = etree.SubElement(condition, f"{_O}found", check=str(number))
        _value(found, "tei-edition:place(.)")
        self._subject(found, check)
        self._message(etree.SubElement(found, f"{_O}text"), check.assertion.message)
        for name, message in self._diagnostics(check):
            self._message(etree.SubElement(found, f"{_O}advice", name=name), message)
        _needed(attempt)
        failed = etree.SubElement(etree.SubElement(attempt, f"{_X}catch"), f"{_O}failed", check=str(number))
        _value(failed, "tei-edition:place(.)")
        _text_of(failed, "$Q{http://www.w3.org/2005/xqt-errors}description")

    def _subject(self, found: etree._Element, check: Check) -> None:
        path = check.assertion.subject or check.rule.subject
        if not path or path == ".":
            return
        attempt = etree.SubElement(found, f"{_X}try")
        name = "tei-edition:subject"
        etree.SubElement(attempt, f"{_X}variable", name=name, select=f"({rewritten(path)})[1]")
        there = etree.SubElement(attempt, f"{_X}if", test=f"root(${name}) is root(.)")
        _value(etree.SubElement(there, f"{_O}subject"), f"tei-edition:place(${name})")
        _needed(attempt)
        etree.SubElement(attempt, f"{_X}catch")

    def _message(self, parent: etree._Element, message: Message) -> None:
        for part in message:
            if isinstance(part, str):
                etree.SubElement(parent, f"{_X}text").text = part
                continue
            select = part.select if isinstance(part, ValueOf) else f"name({part.path})"
            attempt = etree.SubElement(parent, f"{_X}try")
            _text_of(attempt, rewritten(select), "" if self._version == "1.0" else " ")  # 1.0: the first value only
            _needed(attempt)
            etree.SubElement(etree.SubElement(attempt, f"{_X}catch"), f"{_X}text").text = f"{{{select}}}"

    def _diagnostics(self, check: Check) -> list[tuple[str, Message]]:
        return [(name, message) for name, message in self._texts if name in check.assertion.diagnostics]

    def _let(self, parent: etree._Element, let: Let) -> None:
        variable = etree.SubElement(parent, f"{_X}variable", name=let.name, version=self._version)
        if let.content is None:
            variable.set("select", rewritten(let.value))
            return
        if let.content.get("as"):
            variable.set("as", let.content.get("as", ""))
        variable.text = let.content.text
        variable.extend([_rewritten(copy.deepcopy(child)) for child in let.content])


def rewritten(expression: str) -> str:
    """Return an expression with the functions that ask for files being ours: `doc('a.xml')` → `tei-edition:doc(…)`."""
    return _QUOTED_OR_OUTWARD.sub(lambda found: str(found[1] or f"tei-edition:{found[2]}"), expression)


def _rewritten(element: etree._Element) -> etree._Element:
    for part in element.iter("*"):
        for name, value in part.items():
            if "(" in value or "#" in value:
                part.set(name, rewritten(value))
    return element


def _value(parent: etree._Element, select: str) -> None:
    etree.SubElement(parent, f"{_X}sequence", select=select, version="3.0")


def _text_of(parent: etree._Element, select: str, separator: str = "") -> None:
    shown = etree.SubElement(parent, f"{_X}value-of", select=select)
    if separator:
        shown.set("separator", separator)


def _needed(attempt: etree._Element) -> None:
    """Write that a file is asked for, so that it is given and all is asked again."""
    catch = etree.SubElement(attempt, f"{_X}catch", {"errors": "tei-edition:needed"})
    _text_of(etree.SubElement(catch, f"{_O}needed"), "$Q{http://www.w3.org/2005/xqt-errors}description")


def _further(parent: etree._Element, select: str) -> None:
    etree.SubElement(parent, f"{_X}apply-templates", select=select, mode=_NODES)


@functools.cache
def _ours() -> tuple[etree._Element, ...]:
    root: etree._Element = parsed(data_path("saxon-rules.xsl"))
    return tuple(root.iterchildren("*"))


# -- what a schema has of XSLT beside its rules -----------------------------------------------------------------


def with_imported(instructions: Iterable[etree._Element], path: Path) -> list[etree._Element]:
    """Return the instructions of XSLT at the top of a schema, with those of the stylesheets that it imports in place.

    Only files in the folder of the schema, or below it, are read. Of what is declared twice by its name, the importing
    one counts (XSLT 3.0, 3.11.3). Raises CannotRun.
    """
    return _with_imported(instructions, path, path.parent.resolve(), 0)


def _with_imported(instructions: Iterable[etree._Element], path: Path, home: Path, depth: int) -> list[etree._Element]:
    if depth > _DEEP:
        raise CannotRun(f"{path.name} imports itself")
    imported: list[etree._Element] = []
    own: list[etree._Element] = []
    for element in instructions:
        name = etree.QName(element).localname
        if name == "import":
            taken = _module(element, path, home, depth)
            imported = [*_not_named_in(imported, taken), *taken]
        elif name == "include":
            own += _module(element, path, home, depth)
        elif name != "output":  # it is for those who write files
            own.append(element)
    return [*_not_named_in(imported, own), *own]


def _module(element: etree._Element, path: Path, home: Path, depth: int) -> list[etree._Element]:
    href = element.get("href", "")
    link = urlsplit(href)
    if link.scheme or link.netloc or not link.path:
        raise CannotRun(f"“{href}” is to be imported: only files are, by a relative name")
    file = (path.parent / unquote(link.path)).resolve()
    if not file.is_relative_to(home):
        raise CannotRun(f"“{href}” is to be imported, and does not lie beside the schema")
    try:
        root = parsed(file)
    except NotASchema as error:
        raise CannotRun(f"“{href}” is to be imported: {error}") from None
    if root.tag not in (f"{_X}stylesheet", f"{_X}transform"):
        raise CannotRun(f"“{href}” is to be imported, and is no stylesheet")
    taken = list(root.iterchildren(f"{_X}*"))
    for child in taken:
        for name in _STANDARD:
            if name in root.attrib and name not in child.attrib:
                child.set(name, root.get(name, ""))
        values = [value for part in child.iter("*") for value in part.values()]
        if file.parent != home and any(rewritten(value) != value for value in values):
            # A relative address in it is meant from its own folder; ours are meant from that of the schema.
            raise CannotRun(f"“{href}” asks for files, and does not lie in the folder of the schema")
    return _with_imported(taken, file, home, depth + 1)


def _not_named_in(elements: Iterable[etree._Element], others: Iterable[etree._Element]) -> list[etree._Element]:
    named = set(map(_name, others)) - {None}
    return [element for element in elements if _name(element) not in named]


def _name(element: etree._Element) -> tuple[str, ...] | None:
    """Return what a declaration is called: what is so called may be there once."""
    name = etree.QName(element).localname
    if name not in ("function", "template", "variable", "param") or element.get("name") is None:
        return None
    prefix, _, local = element.get("name", "").rpartition(":")
    arity = sum(1 for _ in element.iterchildren(f"{_X}param")) if name == "function" else 0
    kind = "variable" if name == "param" else name
    return kind, element.nsmap.get(prefix) or "" if prefix else "", local, str(arity)
