"""Reading RELAX NG schemas: our own cases, section by section of the specification, and James Clark's test suite."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from casefiles import Case, parameters
from lxml import etree

from tei_edition.validation.relaxng.automaton import Automaton, Checkers
from tei_edition.validation.relaxng.patterns import Patterns
from tei_edition.validation.relaxng.reading import read_schema
from tei_edition.validation.relaxng.schema_error import SchemaError
from tei_edition.validation.relaxng.stream import mistakes

# None is left out: all 385 schemas and all their instances are tried.
LEFT_OUT: dict[int, str] = {}  # the number of a case, and why


def is_valid(patterns: Patterns, data: bytes) -> bool:
    return not mistakes(Automaton(patterns, Checkers(patterns)), data, root=etree.fromstring(data))


@pytest.mark.parametrize("case", parameters("relaxng"))
def test_a_schema_is_read_as_the_specification_says(case: Case) -> None:
    schema = case["schema"].encode()
    if "refused" in case.blocks:
        with pytest.raises(SchemaError, match=f"(?i){case['refused']}") as refused:
            read_schema(schema)
        assert "\n" not in str(refused.value)
        return
    patterns = read_schema(schema)
    for kind in ("valid", "invalid"):
        for document in case.blocks.get(kind, "").splitlines() if kind in case.blocks else ():
            assert is_valid(patterns, document.encode()) == (kind == "valid"), document


def suite() -> Path | None:
    """The published test suite, where it is at hand."""
    folders = Path(__file__).resolve().parents
    return next((path for folder in folders
                 if (path := folder / "shared" / "schemas" / "relaxng-spectest.xml").is_file()), None)


def only_child(node: etree._Element) -> bytes:
    return etree.tostring(next(node.iterchildren("*")), encoding="utf-8", with_tail=False)


def resources(node: etree._Element, folder: str = "") -> Iterator[tuple[str, bytes]]:
    for child in node.iterchildren("resource"):
        yield folder + child.get("name", ""), only_child(child)
    for child in node.iterchildren("dir"):
        yield from resources(child, f"{folder}{child.get('name')}/")


@pytest.mark.skipif(suite() is None, reason="the published test suite is not here")
def test_the_published_test_suite() -> None:
    path = suite()
    assert path
    wrong, schemas, instances = [], 0, 0
    for number, case in enumerate(etree.parse(path).iter("testCase"), 1):
        if number in LEFT_OUT:
            continue
        files = dict(resources(case))

        def resolve(href: str, base: str, files: dict[str, bytes] = files) -> bytes:
            if urljoin(base, href) not in files:
                raise FileNotFoundError(href)
            return files[urljoin(base, href)]

        for node in case.iterchildren("correct", "incorrect"):
            schemas += 1
            try:
                patterns = read_schema(only_child(node), "", resolve)
            except SchemaError:
                wrong += [(number, "refused")] if node.tag == "correct" else []
                continue
            if node.tag == "incorrect":
                wrong.append((number, "taken"))
                continue
            for document in case.iterchildren("valid", "invalid"):
                instances += 1
                if is_valid(patterns, only_child(document)) != (document.tag == "valid"):
                    wrong.append((number, str(document.tag)))
    assert (wrong, schemas, instances) == ([], 385, 580)
