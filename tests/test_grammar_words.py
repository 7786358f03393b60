"""The words of the grammar's messages: what each element stands for, and what each datatype asks for."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tei_edition.resources import data_rows, schema_path
from tei_edition.tei import TEI_NS
from tei_edition.validation.relaxng import names
from tei_edition.validation.relaxng.datatypes import XSD, checker, in_words
from tei_edition.validation.relaxng.explain import meanings
from tei_edition.validation.relaxng.patterns import Patterns
from tei_edition.validation.relaxng.prepared import automaton_of

OURS = ("tei-edition.rng", "tei-edition-frus.rng")


def patterns_of_ours() -> Patterns:
    return automaton_of(schema_path("tei-edition.rng")).patterns


def asked_for(by: str, which: str) -> tuple[Patterns, int]:
    """A pattern that a row of the datatypes is about: of our schema, with that facet, or of that type."""
    if by == "define":
        ours = patterns_of_ours()
        found = [number for number, node in enumerate(ours.nodes) if node[0] == "data" and node[5] == which]
        assert found, f"our schema has no define {which}"
        return ours, found[0]
    patterns = Patterns()
    if by == "pattern":
        return patterns, patterns.data(XSD, "token", (("pattern", which),))
    assert by == "type"
    return patterns, patterns.data(XSD, which)


def test_every_element_of_our_schemas_has_its_meaning() -> None:
    rows = data_rows("element-meanings.tsv")
    assert all(re.fullmatch(r"[A-Za-z]\w*", name) for name, _ in rows)
    assert all(one < other for (one, _), (other, _) in pairwise(rows)), "sorted, and none twice"
    assert all(len(meaning) < 80 and not meaning.endswith(".") for _, meaning in rows), "a few words, no sentence"
    for schema in OURS:
        known = {name for element in automaton_of(schema_path(schema)).patterns.elements
                 for name in names.names_in(element.names)}
        of_tei = {names.local_of(name) for name in known if names.space_of(name) == TEI_NS}
        assert "persName" in of_tei and of_tei <= meanings().keys()


@pytest.mark.parametrize(("by", "which", "words"), data_rows("datatype-words.tsv"))
def test_a_row_of_the_datatypes_says_what_is_asked_for(by: str, which: str, words: str) -> None:
    patterns, number = asked_for(by, which)
    assert in_words(patterns, number).startswith(words), "an earlier row takes its place"
    accepts = checker(patterns, number)
    examples = re.split(r"\b(?:such as|as in) ", words, maxsplit=1)[1:]
    for example in (example for part in examples for example in re.split(r", | or ", part)):
        assert accepts(example, {}), f"{example} is given as an example and is no value"
