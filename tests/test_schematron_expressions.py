"""Expressions of XPath 2 that would take Python's `re` for ever."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tei_edition import tei
from tei_edition.validation.schematron import schematron_faults
from tei_edition.validation.schematron.expressions import in_linear_time

TEXTS = ("", "a", "aa", "ab", "abab", "b", "xaay", "a a", "12 13", "12 13 ", "a\nb", "a.b", "$a", "(a)", "[a]", "ba|")


@pytest.mark.parametrize("expression", ["^(a+)+$", "(a+)+", "^(a|b)+", "(ab?)*$", "^([0-9]+ )*[0-9]+$", "^((a|b)x?)+$",
                                        r"(\(a\))+|(b?)+", r"^([a\]]+\.?)+$", "([(+])+"])
def test_they_match_what_python_matches(expression: str) -> None:
    linear = in_linear_time(expression)
    if expression == "([(+])+":
        assert linear is None, "nothing is repeated in what is repeated"
        return
    assert linear is not None
    python = re.sub(r"\$$", r"\\Z", expression)
    assert [linear.matches(text) for text in TEXTS] == [bool(re.search(python, text)) for text in TEXTS]


@pytest.mark.parametrize("expression", ["^a+$", "(a+)b", "(?:a+)+", "(a+?)+", r"(a+)+\1", "(a+^b)+",
                                        "^(a+)+|b$", "(a+)+)"])
def test_what_is_quick_or_no_expression_of_xml_schema_is_left(expression: str) -> None:
    assert in_linear_time(expression) is None


def test_a_rule_that_would_not_end(tmp_path: Path) -> None:
    schema = tmp_path / "rules.sch"
    schema.write_text("""<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><pattern>
        <rule context="*:p"><report test="matches(., '^(a+)+$')">Only that.</report></rule></pattern></schema>""")
    for end, number in (("!", 0), ("", 1)):
        root = tei.parse(f"<TEI xmlns='{tei.TEI_NS}'><p>{'a' * 5000}{end}</p></TEI>".encode())
        assert len(list(schematron_faults(root, schema))) == number


@pytest.mark.parametrize("test, why", [
    ("count(tokenize(., '(a+)+!')) gt 1", "tokenize() repeats"),
    ("replace(., '(a+)+!', '') = 'x'", "replace() repeats"),
    (r"matches(., '^(a+)+\1!$')", "matches() repeats"),
    ("count(1 to 1000000000) gt 3", "more numbers than are counted"),
])
def test_what_may_never_end_is_not_begun(tmp_path: Path, test: str, why: str, without_saxon: None) -> None:
    schema = tmp_path / "rules.sch"
    schema.write_text(f"""<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><pattern>
        <rule context="*:p"><report test="{test}">Only that.</report></rule></pattern></schema>""")
    root = tei.parse(f"<TEI xmlns='{tei.TEI_NS}'><p>{'a' * 40}</p></TEI>".encode())
    (fault,) = schematron_faults(root, schema)
    assert fault.code == "VA240" and why in fault.message


def test_what_is_plain_is_run(tmp_path: Path) -> None:
    schema = tmp_path / "rules.sch"
    schema.write_text(r"""<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
        <pattern><rule context="*:p"><report test="count(tokenize(., '\s+')) = 2 and replace(., '[aeiou]', '') = 'n tw'
            and count(1 to 3) = 3">Two.</report></rule></pattern></schema>""")
    root = tei.parse(f"<TEI xmlns='{tei.TEI_NS}'><p>on two</p></TEI>".encode())
    assert [fault.message for fault in schematron_faults(root, schema)] == ["Two."]
