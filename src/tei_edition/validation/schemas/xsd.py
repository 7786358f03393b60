"""XML Schema: libxml2 says at once whether a document is valid; where it is not, `xmlschema` says what was expected.

`xmlschema` knows which elements may follow at a place, and speaks XSD 1.1, which libxml2 does not. It takes its time (2
seconds for our own schema), so it is asked only about what is not valid. Schemas that a schema includes or imports are
read from the same machine, never from the network.
"""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.tei import XML_ID, XML_NS
from tei_edition.validation.fault import Fault
from tei_edition.validation.relaxng.explain import like, listed, shortened, shown, tag

_VERSIONS = b"http://www.w3.org/2007/XMLSchema-versioning"
_KEY = re.compile(r" for Xsd\w*(?:Key|Unique|Keyref)\(name='(?:[^':]*:)?([^']*)'.*$")
_XSD_11 = re.compile(rb"<(?:[\w.-]+:)?(?:assert|assertion|alternative|override|openContent)[\s/>]")


def xsd_faults(root: etree._Element, path: Path) -> Iterator[Fault]:
    """Yield what an XSD does not allow in a document: VA101 to VA106 as for RELAX NG, VA131, VA132, else VA100.

    An `xml:id` that is given twice is left to the editorial rules (VA301). Raises WrongUsage (`CO001`) where the file
    is no schema that can be used.
    """
    quick = _libxml2(path)
    if quick is not None and quick.validate(root.getroottree()):
        return
    schema, seen, errors = _schema(path), set(), 0
    for error in schema.iter_errors(root, use_defaults=False, use_location_hints=False):
        errors += 1
        fault = _fault(error, root)
        key = fault and (fault.code, fault.element, fault.attribute or fault.message)
        if fault is not None and key not in seen:
            seen.add(key)
            yield fault
    if not errors and quick is not None:
        yield from _in_libxml2s_words(root, quick)


@functools.cache
def _libxml2(path: Path) -> etree.XMLSchema | None:
    """Return libxml2's validator, None where it does not know the schema's language (XSD 1.1) or cannot compile it."""
    data = _read(path)
    if _VERSIONS in data or _XSD_11.search(data):
        return None
    try:
        return etree.XMLSchema(etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)))
    except etree.LxmlError:
        return None


@functools.cache
def _schema(path: Path) -> Any:
    import xmlschema

    data = _read(path)
    newer = _VERSIONS in data or _XSD_11.search(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of imports that are not found: what is missing is told as an error
            make = xmlschema.XMLSchema11 if newer else xmlschema.XMLSchema10
            return make(str(path), allow="local", defuse="always")
    except (xmlschema.XMLSchemaException, xmlschema.XMLResourceError, OSError, ValueError, SyntaxError) as error:
        raise _no_schema(path, error) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _no_schema(path, error) from None


def _no_schema(path: Path, error: Exception) -> WrongUsage:
    reason = getattr(error, "message", None) or getattr(error, "strerror", None) or str(error)
    words = re.sub(r"\s+", " ", str(reason)).strip()[:200] or type(error).__name__
    return WrongUsage(finding("CO001", f"is no XML Schema that can be used: {words}", Location(str(path)),
                              hint="check the name given to --schema"))


def _in_libxml2s_words(root: etree._Element, validator: etree.XMLSchema) -> Iterator[Fault]:
    """What libxml2 alone objects to."""
    validator.validate(root.getroottree())
    for entry in validator.error_log:
        if "xs:ID" in entry.message and "already" in entry.message:
            continue  # an xml:id given twice: VA301
        found = root.getroottree().xpath(entry.path) if entry.path else []
        element = found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else root
        yield Fault("VA100", f"in {_tag(element.tag)}: {_cleaned(entry.message)}", element)


def _tag(name: object) -> str:
    return tag(str(name).removeprefix("{"))


def _cleaned(reason: str) -> str:
    """Return the words of a validator on one line, without namespaces and machine terms."""
    words = re.sub(r"Element '[^']*': |\{[^}]*\}|<Element ([^ ]+) at 0x\w+>", r"\1", reason)
    return re.sub(r"\s+", " ", words).strip().rstrip(".")


def _fault(error: Any, root: etree._Element) -> Fault | None:
    """Return what an error of xmlschema says, in our words."""
    import xmlschema

    element = error.elem if isinstance(error.elem, etree._Element) else root
    reason = error.reason or ""
    if isinstance(error, xmlschema.XMLSchemaChildrenValidationError):
        return _of_children(error, element)
    kind = type(error.validator).__name__
    child = next(element.iterchildren("*"), None)
    if "simple content" in reason and child is not None:
        what = f"{_tag(child.tag)} is not allowed in {_tag(element.tag)}, which holds no elements"
        return Fault("VA101", what, child, f"remove the tags of {_tag(child.tag)}, or the element that holds it")
    if kind == "XsdAttributeGroup":
        return _of_attributes(error, element, reason)
    if "character data" in reason and "not allowed" in reason:
        return _of_text(element)
    if reason.startswith(("duplicated xs:ID", "Duplicated xs:ID")) or "xs:ID value" in reason:
        return None if XML_ID in element.attrib else Fault("VA131", _cleaned(reason), element)
    if key := _KEY.search(reason):
        words = f"{_cleaned(reason[:key.start()])} ({key[1]})"
        return Fault("VA131", f"in {_tag(element.tag)}: {words}", element)
    if kind == "XsdAssert":
        if "[err:" in reason:
            return None  # a value of the wrong type, which is told by itself
        what = f"{_tag(element.tag)} breaks a rule of the schema: {error.validator.path}"
        return Fault("VA132", what, element)
    if kind.startswith(("XsdAtomic", "XsdList", "XsdUnion")) or kind.endswith(("Facet", "Facets")):
        return _of_value(error, element, reason)
    if "is not an element of the schema" in reason or "cannot be resolved" in reason or "not found" in reason:
        return Fault("VA101", f"{_tag(element.tag)} is no element of this schema", element)
    return Fault("VA100", f"in {_tag(element.tag)}: {_cleaned(reason)}", element)


def _of_children(error: Any, parent: etree._Element) -> Fault:
    """VA101: a child that does not belong there; VA102: one that is missing."""
    parts = list(error.expected or ())
    needed = [part for part in parts if getattr(part, "min_occurs", 1)] or parts
    expected = sorted({str(name) for part in needed for name in _names_of(part)})
    wanted = listed(_tag(name) for name in expected)
    children = list(parent.iterchildren("*"))
    if error.invalid_tag is None or error.index >= len(children):
        what = "ends too early" if children or (parent.text or "").strip() else "is empty"
        missing = f": {wanted} is missing" if wanted else ""
        return Fault("VA102", f"{_tag(parent.tag)} {what}{missing}", parent, f"add {wanted}" if wanted else "")
    child = children[error.index]
    inside = {name for part in _particles(error.validator) for name in _names_of(part)}
    if str(child.tag) in inside:
        if expected:
            return Fault("VA102", f"{wanted} is missing before {_tag(child.tag)} in {_tag(parent.tag)}", child,
                         f"put {wanted} there")
        what = f"{_tag(child.tag)} in {_tag(parent.tag)} is repeated or out of its order"
        return Fault("VA101", what, child, "move it to its place in the order of the schema, or remove it")
    alike = like(str(child.tag).removeprefix("{"), tuple(sorted(name.removeprefix("{") for name in inside)))
    hint = f"allowed here: {wanted}" if expected else f"allowed in it: {listed(_tag(name) for name in inside)}"
    return Fault("VA101", f"{_tag(child.tag)} is not allowed in {_tag(parent.tag)}{alike}", child,
                 hint if expected or inside else "no element is allowed here")


def _particles(group: Any) -> list[Any]:
    return list(group.iter_elements()) if hasattr(group, "iter_elements") else []


def _names_of(part: Any) -> Iterator[str]:
    """Yield the names of the elements that a particle stands for: its substitutes, where it is abstract."""
    substitutes = list(part.iter_substitutes()) if hasattr(part, "iter_substitutes") else []
    if getattr(part, "name", None) and not (getattr(part, "abstract", False) and substitutes):
        yield part.name
    yield from (other.name for other in substitutes if other.name and not other.abstract)


def _of_attributes(error: Any, element: etree._Element, reason: str) -> Fault | None:
    """VA103: an attribute that the element does not have; VA106: one that it lacks."""
    group = error.validator
    if "missing required" in reason:
        lacking = sorted(name for name, attribute in group.items()
                         if name and attribute.use == "required" and name not in element.attrib)
        name = next((name for name in lacking if f"'{name}'" in reason or f"'{_shown(name)}'" in reason), "")
        what = f"@{_shown(name)}" if name else listed(f"@{_shown(one)}" for one in lacking)
        return Fault("VA106", f"{_tag(element.tag)} lacks the attribute {what}", element, f"add {what}")
    given = map(str, element.attrib)
    name = next((name for name in given if f"'{name}'" in reason or f"'{_shown(name)}'" in reason), "")
    if not name:
        return Fault("VA100", f"in {_tag(element.tag)}: {_cleaned(reason)}", element)
    allowed = [str(one).removeprefix("{") for one, attribute in group.items() if one and attribute.use != "prohibited"]
    hint = f"allowed here: {listed(f'@{shown(one)}' for one in allowed)}" if allowed else (
        "no attribute is allowed here")
    alike = like(name.removeprefix("{"), tuple(sorted(allowed)))
    what = f"the attribute @{_shown(name)} is not allowed on {_tag(element.tag)}{alike}"
    return Fault("VA103", what, element, hint, attribute=name)


def _shown(name: str) -> str:
    return shown(name.removeprefix("{"))


def _of_text(element: etree._Element) -> Fault:
    """VA105: text between elements; pointed at where it begins."""
    before: etree._Element | None = None
    text = element.text or ""
    for child in element if not text.strip() else ():
        if (child.tail or "").strip():
            before, text = child, child.tail or ""
            break
    words = text.split(maxsplit=1)
    return Fault("VA105", f"text is not allowed directly in {_tag(element.tag)}: “{shortened(text)}”",
                 element if before is None else before, words=words[0][:100] if words else "", tail=before is not None)


def _of_value(error: Any, element: etree._Element, reason: str) -> Fault:
    """VA104: a value that its type does not allow, of an attribute or of an element."""
    named = re.match(r"attribute ([^=\s]+)=", reason)
    name = named[1] if named else ""
    if name.startswith("xml:"):
        name = f"{{{XML_NS}}}{name[4:]}"
    validator = error.validator
    choices = [str(value) for value in getattr(validator, "enumeration", None) or ()]
    patterns = [str(pattern) for pattern in getattr(validator, "regexps", None) or ()]
    kind = str(getattr(validator, "local_name", None) or "")
    wanted = listed((f"“{choice}”" for choice in choices), most=30) if choices else (
        f"what fits {' or '.join(patterns)}" if patterns else f"a value of the type {kind}" if kind else "")
    hint = f"expected: {wanted}" if wanted else ""
    if name and name in element.attrib:
        value = str(element.get(name))
        return Fault("VA104", f"@{_shown(name)}=\"{shortened(value)}\" of {_tag(element.tag)} is not allowed"
                              f"{like(value, tuple(choices))}", element, hint, attribute=name)
    return Fault("VA104", f"{_tag(element.tag)} holds “{shortened(element.text or '')}”, which is not allowed", element,
                 hint)
