"""The Schematron rules that stand inside a RELAX NG grammar, such as TEI All's, as one schema of their own.

TEI writes a constraint that a grammar cannot say (“a `span` has @target or @from, not both”) into the grammar, beside
the element that it is about (TEI Guidelines, chapter 23.5.2, `constraintSpec`); a validator of grammars passes it over.
Here the parts are gathered under one `sch:schema`, which `reading` then reads like any other: so what a rule may say is
known in one place.

TEI names its patterns by schema, element, constraint and a running number: `tei_all-ref-refAtts-constraint-rule-18`.
The number changes with each release and the schema's name with each customisation; what stays, `ref-refAtts`, is the id
here, so that an ignored finding stays ignored. A pattern without a name, or with one drawn by lot (`d9e129048`), is
named for the element or the definition in which it stands.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.validation.schematron.includes import NotASchema
from tei_edition.validation.schematron.model import Schema
from tei_edition.validation.schematron.reading import schema_of

_SCH = "http://purl.oclc.org/dsdl/schematron"
_S = f"{{{_SCH}}}"
_OLD = "{http://www.ascc.net/xml/schematron}"  # Schematron 1.5: the same words in another namespace
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_RNG = "{http://relaxng.org/ns/structure/1.0}"
# TEI writes its rules for XSLT 3 (Guidelines 23.5.2); what older releases wrote for XPath 2 means the same there.
_BINDING = "xslt3"

_RUNNING = re.compile(r"-constraint(?:-(?:rule|assert|report))?(?:-\d+)?\Z")
_BY_LOT = re.compile(r"d\d+e\d+\b")
_CLASS = re.compile(r"-(?=(?:att|macro|model|teidata|data)\.)")


@functools.cache
def embedded_schema(grammar: Path) -> Schema | None:
    """Return the rules that are embedded in a grammar (.rng) and in the local files that it includes; None: no rules.

    A pattern that stands there twice, or says the same in another language (TEI has “The @spanTo attribute … is
    required” and “L'attribut spanTo est requis”), is taken once, the first. Raises WrongUsage (CO001) where a file
    cannot be read or the rules are no Schematron.
    """
    gathered = etree.Element(f"{_S}schema", nsmap={"sch": _SCH}, queryBinding=_BINDING)
    seen: set[object] = set()
    for root in _grammars(grammar):
        for part in list(_outermost(root)):
            _add(gathered, part, seen)
    if next(gathered.iter(f"{_S}assert", f"{_S}report"), None) is None:
        return None
    _name_patterns(gathered)
    gathered[:] = sorted(gathered, key=lambda part: part.tag == f"{_S}pattern")  # ns and let before what uses them
    try:
        return schema_of(gathered, grammar)
    except NotASchema as error:
        raise _unusable(grammar, f"holds Schematron that cannot be used: {error}") from None


def _unusable(path: Path, why: str) -> WrongUsage:
    return WrongUsage(finding("CO001", why, Location(str(path)), hint="check the name given to --schema"))


def _grammars(path: Path) -> Iterator[etree._Element]:
    """Yield the root of a grammar, then those of the local files that it includes, each once."""
    pending, seen = [path.resolve()], set[Path]()
    while pending:
        path = pending.pop(0)
        if path in seen:
            continue
        seen.add(path)
        try:
            root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
        except (OSError, etree.XMLSyntaxError) as error:
            raise _unusable(path, f"cannot be read: {error}") from None
        yield root
        for node in root.iter(f"{_RNG}include", f"{_RNG}externalRef"):
            address = urlsplit(node.get("href", ""))
            if not address.netloc and address.scheme in ("", "file"):
                pending.append((path.parent / unquote(address.path)).resolve())


def _outermost(root: etree._Element) -> Iterator[etree._Element]:
    """Yield what is Schematron, or a key or function of XSLT, and stands in a part of the grammar."""
    for node in root.iter(f"{_S}*", f"{_OLD}*", f"{_XSL}*"):
        parent = node.getparent()
        if parent is not None and str(parent.tag).startswith(_RNG):
            yield node


def _add(gathered: etree._Element, part: etree._Element, seen: set[object]) -> None:
    """Put a copy of a part under the schema, unless its like is there; a rule alone becomes a pattern."""
    place = part.getparent()
    copy = deepcopy(part)
    copy.tail = None
    for node in copy.iter(f"{_OLD}*"):
        node.tag = f"{_S}{etree.QName(node).localname}"
    name = etree.QName(copy).localname
    if copy.tag in (f"{_S}assert", f"{_S}report") and place is not None:
        copy = _wrapped(copy, "rule", context=_context(place, gathered))
    if copy.tag == f"{_S}rule":
        copy = _wrapped(copy, "pattern")
    same = _sense(copy)
    if same in seen:
        return
    seen.add(same)
    if name in ("pattern", "rule", "assert", "report") and place is not None:
        copy.set("id", _stable(copy.get("id", ""), place))
    gathered.append(copy)


def _wrapped(part: etree._Element, name: str, **attributes: str) -> etree._Element:
    outer = etree.Element(f"{_S}{name}", attributes)
    outer.append(part)
    return outer


def _context(place: etree._Element, gathered: etree._Element) -> str:
    """Return the context of an assert that stands alone in the pattern of an element: that element."""
    for node in (place, *place.iterancestors(f"{_RNG}element")):
        if node.tag == f"{_RNG}element" and node.get("name"):
            space = next((a.get("ns", "") for a in (node, *node.iterancestors()) if a.get("ns") is not None), "")
            prefixes = {ns.get("uri"): ns.get("prefix") for ns in gathered.iter(f"{_S}ns")}
            prefix = prefixes.get(space, "")
            return f"{prefix}:{node.get('name')}" if prefix else f"Q{{{space}}}{node.get('name')}"
    return "*"


def _sense(part: etree._Element) -> object:
    """Return what a part says, its words and its id apart: two patterns with the same are one."""
    if part.tag != f"{_S}pattern":
        copy = deepcopy(part)
        copy.tail = None
        return etree.tostring(copy, method="c14n", exclusive=True)
    said = []
    for node in part.iter(f"{_S}*", f"{_XSL}*"):
        if node.tag not in (f"{_S}pattern", f"{_S}value-of", f"{_S}name", f"{_S}title", f"{_S}p"):
            said.append((node.tag, *sorted((name, " ".join(value.split())) for name, value in node.attrib.items()
                                           if name != "id")))
    return tuple(said)


def _stable(written: str, place: etree._Element) -> str:
    """Return the part of a pattern's id that the next release keeps: `tei_all-p-inL-constraint-rule-12` → `p-inL`."""
    named = next((node for node in (place, *place.iterancestors()) if node.get("name")), None)
    home = "" if named is None else named.get("name", "")
    if not written or _BY_LOT.match(written):
        return re.sub(r"_\d+\Z", "", home) or "rules"
    kept = _RUNNING.sub("", written)
    inside = kept.find(f"-{home}-") if home else -1
    if inside >= 0:
        return kept[inside + 1:]
    of_class = _CLASS.search(kept)
    return kept[of_class.end():] if of_class else kept


def _name_patterns(gathered: etree._Element) -> None:
    """Give those of the same id a number: `elementRef`, `elementRef-2`."""
    count: dict[str, int] = {}
    for pattern in gathered.iterchildren(f"{_S}pattern"):
        name = pattern.get("id", "")
        count[name] = count.get(name, 0) + 1
        if count[name] > 1:
            pattern.set("id", f"{name}-{count[name]}")
