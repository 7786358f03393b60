"""The rules of others: TEI's own constraints (embedded in TEI All) and the Schematron of the Office of the Historian.

Each rule is shown to fire on a bad example and to be silent on a good one (`tests/cases/tei-constraints/`,
`tests/cases/frus-rules/`); the title of a case is the id of the constraint or pattern, and `found` says line, severity
and words that the message must hold. The rules themselves are not in this repository: where the published schemas do
not lie beside it, these tests are skipped, and those on small schemas of our own stay.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from casefiles import CASES, Case, read_cases
from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import Severity, WrongUsage
from tei_edition.validation.schematron import faults_of, ready_schema, schematron_faults
from tei_edition.validation.schematron.compiling import ReadySchema
from tei_edition.validation.schematron.embedded import embedded_schema
from tei_edition.validation.schematron.model import Pattern, Schema
from tei_edition.validation.schematron.presence import names_in, names_needed
from tei_edition.validation.schematron.reading import read_schema

pytestmark = pytest.mark.usefixtures("without_saxon")
SHARED = next((folder / "shared" / "schemas" for folder in Path(__file__).resolve().parents
               if (folder / "shared" / "schemas").is_dir()), Path("shared"))
TEI_ALL = SHARED / "tei_all_4.12.0.rng"
FRUS = SHARED / "frus.sch"
RULES = {"tei-constraints": TEI_ALL, "frus-rules": FRUS}

# What cannot be run, and why. `frus.sch` asks history.state.gov for the names of volumes and the images of each.
NOT_RUN: dict[str, dict[str, str]] = {
    "tei-constraints": {},
    "frus-rules": {"filename-id-check 3": "volumes", "pointer-checks 3": "volumes",
                   "image-s3-checks 1": "images", "image-s3-checks 2": "images"},
}

CASES_OF = {rules: read_cases(rules) for rules in RULES}
_FOUND = re.compile(r"(?P<line>\d+|document) (?P<severity>\w+)(?:: (?P<words>.*?))?(?: \[(?P<other>[^]]+)\])?\Z")
_MESSAGE = re.compile(r"(?P<words>.*) \[(?P<id>[^]]+)\]\Z")


def needs(rules: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not RULES[rules].is_file(), reason=f"{RULES[rules].name} is not beside the repository")


each_set = pytest.mark.parametrize("rules", [pytest.param(name, marks=needs(name)) for name in RULES])
each_case = pytest.mark.parametrize(("rules", "case"), [
    pytest.param(rules, case, id=f"{rules}, {case.file}: {case.title}", marks=needs(rules))
    for rules, cases in CASES_OF.items() for case in cases])


@functools.cache
def schema_of_rules(rules: str) -> Schema:
    schema = embedded_schema(TEI_ALL) if rules == "tei-constraints" else read_schema(FRUS)
    assert schema is not None
    return schema


@functools.cache
def ready(rules: str) -> ReadySchema:
    return ready_schema(schema_of_rules(rules))


def example(rules: str, case: Case, kind: str) -> tuple[etree._Element, int]:
    """Return an example in its frame, and the number of lines before it."""
    frame = CASES / rules / f"frame-{case.file}.xml"
    text = (frame if frame.is_file() else CASES / rules / "frame-text.xml").read_text("utf-8")
    root = tei.parse(text.replace("<?example?>", case[kind]).encode(), "frus0000v01.xml")
    return root, text[:text.index("<?example?>")].count("\n")


def found_in(rules: str, case: Case, kind: str, rules_ready: ReadySchema) -> list[tuple[str, str, str, str]]:
    """Return what is found in an example: the id of the rule, the line, the severity, the message."""
    root, before = example(rules, case, kind)
    found = []
    for fault in faults_of(root, rules_ready, path="frus0000v01.xml"):
        if fault.code == "VA200":
            message = _MESSAGE.match(fault.message)
            assert message and fault.element.sourceline
            line = "document" if fault.element is root else str(fault.element.sourceline - before)
            severity = fault.severity or Severity.ERROR
            found.append((message["id"], line, severity.value, message["words"]))
    return found


@each_case
class TestEachRule:
    def test_fires_on_the_bad_example_and_no_other_does(self, rules: str, case: Case) -> None:
        found = sorted(found_in(rules, case, "bad", ready(rules)))
        lines = [_FOUND.match(line) for line in case["found"].splitlines()]
        assert all(lines), case["found"]
        expected = [((line["other"] or case.title, line["line"], line["severity"]), line["words"] or "")
                    for line in lines if line]
        assert {rule[:3] for rule in found} == {rule for rule, _ in expected}
        assert len(found) == len({(rule, "" if rules == "tei-constraints" else words) for rule, words in expected})
        for rule, words in expected:
            assert any(words in other[3] for other in found if other[:3] == rule), (words, found)

    def test_none_fires_on_the_good_example(self, rules: str, case: Case) -> None:
        assert found_in(rules, case, "good", ready(rules)) == []


@each_set
class TestAllRules:
    def test_each_assertion_has_an_example(self, rules: str) -> None:
        schema, silent = schema_of_rules(rules), {}
        for pattern in schema.patterns:
            cases = [case for case in CASES_OF[rules] if case.title == pattern.id]
            for at, alone in enumerate(_alone(pattern)):
                one = ready_schema(dataclasses.replace(schema, patterns=(alone,)))
                if not any(found_in(rules, case, "bad", one) for case in cases):
                    silent[f"{pattern.id} {at + 1}"] = [a.test for r in alone.rules for a in r.assertions]
        assert set(silent) == set(NOT_RUN[rules]), silent

    def test_what_does_not_run_is_told_and_documented(self, rules: str) -> None:
        case = next(case for case in CASES_OF[rules] if case.title in ("image-url-checks", "ref-refAtts"))
        root, _ = example(rules, case, "good")
        found = [fault for fault in faults_of(root, ready(rules), path="frus0000v01.xml") if fault.code == "VA240"]
        told = {match[1] for fault in found if (match := re.search(r"\[([\w.-]+)\] cannot be run", fault.message))}
        silent = {name.rpartition(" ")[0] for name in NOT_RUN[rules]}
        in_part = {"tei-header-checks"} if rules == "frus-rules" else set()
        # No reference to another volume stands in the example, so the rule about them has nothing to say.
        assert told == (silent | in_part) - {"pointer-checks"}
        page = (Path(__file__).parents[1] / "docs" / "schematron.md").read_text("utf-8")
        assert all(f"`{name}`" in page for name in silent | in_part)
        count = sum(len(rule.assertions) for pattern in schema_of_rules(rules).patterns for rule in pattern.rules)
        row = f"| {count + 3} | all; three" if rules == "tei-constraints" else f"| {count} | {count - 5}, and"
        assert row in page

    def test_each_case_is_about_a_rule(self, rules: str) -> None:
        assert {case.title for case in CASES_OF[rules]} <= {pattern.id for pattern in schema_of_rules(rules).patterns}


def _alone(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the pattern with each of its assertions alone; all rules stay, as each takes its nodes from the next."""
    for at, rule in enumerate(pattern.rules):
        for assertion in rule.assertions:
            yield pattern._replace(rules=tuple(
                other._replace(assertions=(assertion,) if number == at else ())
                for number, other in enumerate(pattern.rules)))


class TestEmbedded:
    """Rules taken out of small grammars of our own: which there are, what they are called, what they find."""

    GRAMMAR = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0"
        xmlns:sch="http://purl.oclc.org/dsdl/schematron">
      <sch:ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
      <sch:ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>
      {parts}
      <start><ref name="p"/></start>
      <define name="p"><element name="p"><text/>{inside}</element></define>
    </grammar>"""
    RULE = ('<sch:pattern id="{id}"><sch:rule context="tei:p"><sch:assert test="{test}">{words}</sch:assert></sch:rule>'
            "</sch:pattern>")

    def grammar(self, folder: Path, inside: str = "", parts: str = "") -> Path:
        path = folder / f"{len(list(folder.iterdir()))}.rng"
        path.write_text(self.GRAMMAR.format(inside=inside, parts=parts), "utf-8")
        return path

    def rule(self, id: str = "", test: str = "@n", words: str = "no number") -> str:
        return self.RULE.format(id=id, test=test, words=words)

    def found(self, path: Path, text: str = "<p xmlns='http://www.tei-c.org/ns/1.0'/>") -> list[str]:
        return [fault.message for fault in schematron_faults(tei.parse(text.encode()), path)]

    def ids(self, path: Path) -> list[str]:
        schema = embedded_schema(path)
        return [pattern.id for pattern in schema.patterns] if schema else []

    def test_a_grammar_without_rules_has_none(self, tmp_path: Path) -> None:
        assert embedded_schema(self.grammar(tmp_path)) is None
        assert self.found(self.grammar(tmp_path)) == []

    @pytest.mark.parametrize(("written", "kept"), [
        ("tei_all-p-number-constraint-rule-18", "p-number"), ("my-own-p-number-constraint-3", "p-number"),
        ("tei_all-att.typed-subtypeTyped-constraint-rule-9", "att.typed-subtypeTyped"), ("d9e129-constraint", "p"),
        ("", "p"), ("numbered", "numbered"),
    ])
    def test_the_id_is_what_the_next_release_keeps(self, written: str, kept: str, tmp_path: Path) -> None:
        assert self.ids(self.grammar(tmp_path, self.rule(written))) == [kept]

    def test_two_rules_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        assert self.ids(self.grammar(tmp_path, self.rule() + self.rule(test="@type"))) == ["p", "p-2"]

    def test_a_pattern_that_stands_twice_or_in_two_languages_finds_once(self, tmp_path: Path) -> None:
        french = self.rule("a-p-n-fr-constraint-rule-2", "@n ", "pas de numéro")
        path = self.grammar(tmp_path, self.rule("a-p-n-constraint-rule-1") + french)
        assert self.found(path) == ["no number [p-n]"]

    def test_an_abstract_rule_is_put_in_place(self, tmp_path: Path) -> None:
        path = self.grammar(tmp_path, '<sch:pattern id="q"><sch:rule abstract="true" id="numbered">'
                            '<sch:assert test="@n">no number</sch:assert></sch:rule>'
                            '<sch:rule context="tei:p"><sch:extends rule="numbered"/></sch:rule></sch:pattern>')
        assert self.found(path) == ["no number [q]"]

    def test_a_rule_alone_is_a_pattern_and_an_assert_alone_is_about_its_element(self, tmp_path: Path) -> None:
        path = self.grammar(tmp_path, '<sch:assert test="@n">no number</sch:assert>',
                            '<sch:rule context="tei:p"><sch:report test="not(@type)">no type</sch:report></sch:rule>')
        assert self.found(path) == ["no type [rules]", "no number [p]"]

    def test_rules_of_schematron_1_5_are_read(self, tmp_path: Path) -> None:
        old = self.rule("n").replace("<sch:pattern", '<sch:pattern xmlns:sch="http://www.ascc.net/xml/schematron"')
        assert self.found(self.grammar(tmp_path, old)) == ["no number [n]"]

    def test_those_of_an_included_grammar_count(self, tmp_path: Path) -> None:
        inner = self.grammar(tmp_path, self.rule("n"))
        outer = tmp_path / "outer.rng"
        outer.write_text('<grammar xmlns="http://relaxng.org/ns/structure/1.0">'
                         f'<include href="{inner.name}"/></grammar>')
        assert self.found(outer) == ["no number [n]"]
        inner.write_text(inner.read_text("utf-8").replace("<start>", '<include href="outer.rng"/><start>'), "utf-8")
        assert self.ids(outer) == ["n"]

    def test_rules_that_are_none_are_wrong_usage(self, tmp_path: Path) -> None:
        with pytest.raises(WrongUsage, match="holds Schematron that cannot be used"):
            embedded_schema(self.grammar(tmp_path, '<sch:pattern><sch:rule><sch:assert/></sch:rule></sch:pattern>'))
        with pytest.raises(WrongUsage, match="cannot be read"):
            embedded_schema(tmp_path / "missing.rng")


class TestProcedures:
    """Functions and templates of XSLT in a schema: what a page number is in figures, and what is not run."""

    SCHEMA = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2" xmlns:my="urn:my"
        xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      <ns prefix="my" uri="urn:my"/>
      <pattern id="pages"><rule context="pb[2]"><assert test="my:figure(@n) gt my:figure(../pb[1]/@n)"><value-of
        select="my:figure(@n)"/> follows <value-of select="my:figure(../pb[1]/@n)"/></assert></rule></pattern>
      <xsl:function name="my:figure" as="xs:integer"><xsl:param name="n"/>{body}</xsl:function>
      <xsl:template name="strokes"><xsl:param name="of"/><xsl:param name="so-far" select="0"/>
        <xsl:variable name="rest" select="substring($of, 2)"/>
        <xsl:choose><xsl:when test="$of = ''"><xsl:value-of select="$so-far"/></xsl:when>
          <xsl:otherwise><xsl:call-template name="strokes"><xsl:with-param name="of" select="$rest"/>
            <xsl:with-param name="so-far" select="$so-far + 1"/></xsl:call-template></xsl:otherwise></xsl:choose>
      </xsl:template></schema>"""
    CALL = '<xsl:call-template name="strokes"><xsl:with-param name="of" select="$n"/></xsl:call-template>'

    @pytest.mark.parametrize(("body", "found"), [
        (CALL, "2 follows 3 [pages]"), ('<xsl:if test="$n">3</xsl:if>', "3 follows 3 [pages]"),
        ('<xsl:variable name="t"><xsl:text>1</xsl:text>2</xsl:variable><xsl:sequence select="xs:integer($t)"/>',
         "12 follows 12 [pages]"),
        ('<xsl:for-each select="1"/>', "xsl:for-each is not run here"), ("<b>1</b>", "elements are not made here: b"),
        ('<xsl:call-template name="other"/>', "there is no template “other”"),
        ('<xsl:sequence select="my:figure($n)"/>', "my:figure calls itself more than 100 times"),
    ])
    def test_say_what_they_find_or_that_they_cannot(self, body: str, found: str, tmp_path: Path) -> None:
        (tmp_path / "a.sch").write_text(self.SCHEMA.format(body=body), "utf-8")
        root = tei.parse(b"<r><pb n='iii'/><pb n='ii'/></r>")
        (fault,) = schematron_faults(root, tmp_path / "a.sch")
        assert fault.code == ("VA200" if "follows" in found else "VA240")
        assert fault.message.endswith(found), fault.message


class TestComments:
    def test_the_text_behind_a_comment_counts(self, tmp_path: Path) -> None:
        (tmp_path / "a.sch").write_text('''<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">
            <pattern id="a"><rule context="p"><assert test="matches(., '^one two$')">it is “<value-of
            select="for $p in . return upper-case($p)"/>”</assert></rule></pattern></schema>''')
        root = tei.parse(b"<r><p>one<!-- or --> two</p><p>three<?x y?> four</p></r>")
        found = schematron_faults(root, tmp_path / "a.sch")
        assert [fault.message for fault in found] == ["it is “THREE FOUR” [a]"]


class TestPresence:
    """A rule is passed over only where no node can match its context."""

    @pytest.mark.parametrize(("context", "needed"), [
        ("tei:note", [{"tei:note"}]), ("tei:*[@n]", [{"@n"}]), ("tei:rt/@from | l", [{"tei:rt", "@from"}, {"l"}]),
        ("tei:p[not(@n)]", [{"tei:p"}]), ("tei:p[@n or @type]", [{"tei:p"}]), ("tei:p[@n and @type = 'a']",
                                                                              [{"tei:p", "@n", "@type"}]),
        ("(tei:a | tei:b)[tei:c]/tei:d", [{"tei:a", "tei:c", "tei:d"}, {"tei:b", "tei:c", "tei:d"}]),
        ("tei:p[@n = false()]", [{"tei:p"}]), ("tei:p[starts-with(@n, '')]", [{"tei:p"}]), ("/", [set()]),
        ("tei:p[starts-with(@n, 'd')]", [{"tei:p", "@n"}]), ("tei:p[@n castable as xs:integer]", [{"tei:p"}]),
        ("*[count(//tei:gap) gt 1]", [{"tei:gap"}]), ("*[count(//tei:gap) = 0]", [set()]), ("text()", [set()]),
    ])
    def test_the_names_that_a_context_asks_for(self, context: str, needed: list[set[str]]) -> None:
        found = names_needed(context, {"tei": tei.TEI_NS})
        assert [{name.replace(tei.TEI, "tei:") for name in names} for names in found] == needed

    def test_the_names_of_a_document(self) -> None:
        root = tei.parse(b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><!-- --><p n='1' xml:id='a'/><x xmlns=''/></TEI>")
        assert names_in(root) == {f"{tei.TEI}TEI", f"{tei.TEI}p", "@n", f"@{tei.XML_ID}", "x"}
