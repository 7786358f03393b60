"""The grammar: whether a document is valid by a schema, and if not, what is wrong, where, and what is allowed there.

A RELAX NG schema is run by our own engine (`relaxng`): it takes no longer than libxml2 over a valid document, is ready
sooner, and says of another what is wrong, while libxml2's "Did not expect element x there" (often of the parent of the
culprit) helps nobody. That both give one verdict by our schemas is tested. An .xsd is the business of `xmlschema`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import Location, WrongUsage, finding
from tei_edition.validation.fault import Fault
from tei_edition.validation.positions import as_utf8

_MOST = 10_000  # mistakes of one document that are looked for: behind so many nobody reads on


def grammar_faults(root: etree._Element, schema: Path, data: bytes | None = None) -> list[Fault]:
    """Return what the schema (.rng or .xsd) does not allow in the document; nothing where it is valid.

    `data` are the bytes that the tree was read from; without them it is serialised. Raises WrongUsage (`CO001`) where
    the schema cannot be used.
    """
    if schema.suffix == ".xsd":
        from tei_edition.validation.schemas.xsd import xsd_faults

        return list(xsd_faults(root, schema))
    return list(_faults(root, schema, data))


def _faults(root: etree._Element, schema: Path, data: bytes | None) -> Iterator[Fault]:
    from tei_edition.validation.relaxng.automaton import TooManyPatterns
    from tei_edition.validation.relaxng.prepared import automaton_of
    from tei_edition.validation.relaxng.stream import mistakes

    automaton = automaton_of(schema)
    encoding = root.getroottree().docinfo.encoding if data is not None else None
    try:
        found = mistakes(automaton, as_utf8(tei.serialise(root) if data is None else data, encoding), root=root,
                         most=_MOST)
    except (RecursionError, TooManyPatterns) as error:
        automaton_of.cache_clear()  # what has been gathered is of no use
        what = "its patterns are nested too deeply" if isinstance(error, RecursionError) else (
            "it leaves open for too long which of its patterns an element belongs to")
        raise WrongUsage(finding("CO001", f"is a schema that cannot be used: {what}", Location(str(schema)),
                                 hint="write the content of its elements more simply")) from None
    if not found:
        return
    from tei_edition.validation.relaxng.explain import Explainer

    last = max(max(mistake.number, mistake.parent) for mistake in found)
    faults = list(Explainer(automaton, list(islice(root.iter("*"), last + 1))).faults(found))
    if len(found) == _MOST and faults:
        faults[-1] = faults[-1]._replace(hint=f"{_MOST:,} mistakes are enough: what follows was not looked at")
    yield from faults
