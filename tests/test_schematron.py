"""Schematron of any kind: what is read, what is found and where, and what says that it cannot be run.

The schemas of tests/cases/schematron are run on the letter beside them; `.expected` holds a line a finding: code, how
bad (`-`: the catalogue's word), the element by its id or name, the message and the advice.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, isoschematron

from tei_edition import tei
from tei_edition.diagnostics import WrongUsage
from tei_edition.resources import data_path, schema_path
from tei_edition.validation.fault import Fault
from tei_edition.validation.schematron import codes_of_asserts, schematron_faults
from tei_edition.validation.schematron.functions import Refused
from tei_edition.validation.schematron.model import Let
from tei_edition.validation.schematron.scope import Scope
from tei_edition.validation.schematron.selecting import alternatives, conjuncts, parts, written_selection
from tei_edition.validation.schematron.syntax import NotRead, parse
from tei_edition.validation.schematron.translation import Writer

pytestmark = pytest.mark.usefixtures("without_saxon")
CASES = Path(__file__).parent / "cases" / "schematron"
MISTAKES = Path(__file__).parent / "mistakes"
SCH = 'xmlns="http://purl.oclc.org/dsdl/schematron"'
NS = '<ns prefix="tei" uri="http://www.tei-c.org/ns/1.0"/>'


def letter() -> etree._Element:
    return tei.parse((CASES / "letter.xml").read_bytes())


def shown(fault: Fault) -> str:
    place = fault.element.get(tei.XML_ID) or tei.local_name(fault.element)
    place += f"/@{fault.attribute}" if fault.attribute else "/text" if fault.words else ""
    advice = f" → {fault.hint}" if fault.hint else ""
    return f"{fault.code} {fault.severity or '-'} {place} {fault.message}{advice}"


def faults(tmp_path: Path, body: str, *, binding: str = "xslt2", root: etree._Element | None = None,
           phase: str = "") -> list[str]:
    """The findings of a schema with this body in the letter."""
    path = tmp_path / "rules.sch"
    path.write_text(f'<schema {SCH} xmlns:xsl="http://www.w3.org/1999/XSL/Transform" queryBinding="{binding}">'
                    f"{NS}{body}</schema>", "utf-8")
    return [shown(fault) for fault in schematron_faults(letter() if root is None else root, path, phase)]


def rule(context: str, test: str, more: str = "") -> str:
    return f'<pattern><rule context="{context}"><report id="r" test="{test}">{more}</report></rule></pattern>'


@pytest.mark.parametrize("name", ["xpath1", "parts", "xpath3"])
def test_a_schema_finds_what_is_expected_of_it(name: str) -> None:
    found = [shown(fault) for fault in schematron_faults(letter(), CASES / f"{name}.sch")]
    assert found == (CASES / f"{name}.expected").read_text("utf-8").splitlines()


def test_the_codes_of_our_asserts_are_those_of_the_catalogue() -> None:
    with data_path("diagnostics.toml").open("rb") as file:
        table = tomllib.load(file)
    named = {entry["schematron"]: code for code, entry in table.items() if "schematron" in entry}
    assert codes_of_asserts() == named
    asserts = etree.parse(schema_path("tei-edition.sch")).iterfind(".//{*}assert")
    assert named.keys() == {one.get("id") for one in asserts}


class TestAgreement:
    """What XPath 1 can say, lxml's own Schematron says as well."""

    def theirs(self, root: etree._Element, schema: Path) -> list[tuple[str, str]]:
        rules = isoschematron.Schematron(etree.parse(schema), store_report=True, phase="#ALL")
        rules.validate(root.getroottree())
        svrl = "{http://purl.oclc.org/dsdl/svrl}"
        report = rules.validation_report
        assert report is not None
        return sorted((str(one.get("id")), " ".join("".join(part for text in one.iterchildren(f"{svrl}text")
                                                            for part in text.itertext()).split()))
                      for one in report.iter(f"{svrl}failed-assert", f"{svrl}successful-report"))

    def ours(self, root: etree._Element, schema: Path) -> list[tuple[str, str]]:
        found = (fault.message.rpartition(" [") for fault in schematron_faults(root, schema, "#ALL"))
        return sorted((name.rstrip("]"), text) for text, _, name in found)

    def test_every_assert_and_report(self) -> None:
        schema = CASES / "xpath1.sch"
        theirs = [one for one in self.theirs(letter(), schema) if one[0] != "leads"]
        ours = self.ours(letter(), schema)
        # lxml looks at no text; and it writes the diagnostics behind the message.
        assert theirs == [one for one in ours if one[0] not in ("words", "leads")]
        assert len(theirs) > 12

    @pytest.mark.parametrize("name", ["schematron", "editorial", "frus"])
    def test_our_own_rules(self, name: str, tmp_path: Path) -> None:
        copy = tmp_path / "ours.sch"  # under another name no assert is left to the editorial rules
        copy.write_bytes(schema_path("tei-edition.sch").read_bytes())
        root = tei.parse((MISTAKES / f"{name}.xml").read_bytes())
        assert self.ours(root, copy) == self.theirs(root, copy)
        assert self.ours(root, copy)

    def test_id_finds_what_xml_id_names(self, tmp_path: Path) -> None:
        schema = tmp_path / "ids.sch"
        schema.write_text(f"""<schema {SCH}>{NS}<pattern><let name="d" value="id('d1')"/><rule context="tei:ref">
            <report id="leads" test="id(substring-after(@target, '#'))">Led.</report>
            <assert id="several" test="count(id('fn1 p1')) = 2">Not both.</assert>
            <report id="further" test="id('p1')/tei:note/@xml:id = 'fn1' and $d/tei:p">On.</report></rule></pattern>
            <pattern><rule context="id('p2')/tei:ref"><report id="in" test="id('p2')">In.</report></rule></pattern>
            <pattern><rule context="tei:ref/@target"><assert id="at" test="id(substring(., 2))">Nothing.</assert></rule>
            </pattern></schema>""", "utf-8")
        ids = tmp_path / "letter.xml"
        ids.write_bytes((CASES / "letter.xml").read_bytes())
        theirs = self.theirs(etree.parse(ids).getroot(), schema)  # of a parser that collects them
        assert self.ours(letter(), schema) == theirs
        assert {name for name, _ in theirs} == {"leads", "further", "in", "at"}


class TestPhases:
    def test_only_the_patterns_of_the_phase_run(self) -> None:
        found = [shown(fault) for fault in schematron_faults(letter(), CASES / "xpath1.sch", "quick")]
        assert [line.split()[2] for line in found] == ["p2", "i2", "p4"]

    def test_all_and_the_default(self) -> None:
        whole = list(map(shown, schematron_faults(letter(), CASES / "xpath1.sch", "#ALL")))
        assert whole == list(map(shown, schematron_faults(letter(), CASES / "xpath1.sch")))

    def test_one_that_is_not_there(self) -> None:
        with pytest.raises(WrongUsage, match=r"no phase “slow”.*all, quick"):
            list(schematron_faults(letter(), CASES / "xpath1.sch", "slow"))


@pytest.mark.parametrize(("schema", "reason"), [
    ("<rules/>", "the outermost element is rules"),
    (f"<schema {SCH}", "construct error"),
    (f'<schema {SCH} queryBinding="stx"/>', "queryBinding is “stx”"),
    (f'<schema {SCH}><pattern><rule><assert test="1"/></rule></pattern></schema>', "rule in line 1 has no context"),
    (f'<schema {SCH}><pattern><rule context="*"><assert/></rule></pattern></schema>', "assert in line 1 has no test"),
    (f'<schema {SCH}><pattern is-a="other"/></schema>', "no abstract pattern “other”"),
    (f'<schema {SCH}><pattern><rule context="*"><extends rule="a"/></rule></pattern></schema>', "abstract rule “a”"),
    (f'<schema {SCH}><pattern><rule abstract="true" id="a"><extends rule="a"/></rule>'
     f'<rule context="*"><extends rule="a"/></rule></pattern></schema>', "“a” extends itself"),
    (f'<schema {SCH}><include href="rules.sch"/></schema>', "includes itself"),
    (f'<schema {SCH}><include href="https://example.org/rules.sch"/></schema>', "only files are"),
    (f'<schema {SCH}><include href="nothing.sch"/></schema>', "nothing.sch"),
    (f"<schema {SCH}>{NS}<pattern/></schema>", "it has no rule"),
    (f'<!DOCTYPE schema [<!ENTITY a SYSTEM "file:///etc/hostname">]><schema {SCH}><title>&a;</title><pattern>'
     '<rule context="*"><report test="false()">&a;</report></rule></pattern></schema>', ""),
])
def test_what_is_no_schema_is_wrong_usage(schema: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "rules.sch"
    path.write_text(schema, "utf-8")
    if not reason:  # an entity is not followed: there is nothing of it to be seen
        assert list(schematron_faults(letter(), path)) == []
        return
    with pytest.raises(WrongUsage) as caught:
        list(schematron_faults(letter(), path))
    assert reason in str(caught.value)
    assert str(caught.value).startswith(f"{path}: CO001")


class TestWhatCannotBeRun:
    @pytest.mark.parametrize("test", [
        "doc('https://example.org/a.xml')", "doc-available('letter.xml')", "document('other.xml')", "collection()",
        "unparsed-text('/etc/hostname')", "environment-variable('PATH')", "json-doc('a.json')", "nothing(.)",
        "$nothing", "xs:integer('x')", "1 +", "key('nothing', @n)",
    ])
    def test_it_is_one_finding_that_names_the_rule(self, test: str, tmp_path: Path) -> None:
        (found,) = faults(tmp_path, rule("tei:p[@n] | tei:body", test), binding="xslt3")
        assert found.startswith("VA240") and "[r]" in found

    @pytest.mark.parametrize("test", ["document('a.xml')", "nothing(.)", "$nothing", "1 +", "exists(.)", "@n eq 1"])
    def test_in_xpath_1_as_well(self, test: str, tmp_path: Path) -> None:
        (found,) = faults(tmp_path, rule("tei:p", test), binding="xslt")
        assert found.startswith("VA240")

    def test_without_a_node_to_look_at_there_is_nothing_to_say(self, tmp_path: Path) -> None:
        assert faults(tmp_path, rule("tei:table", "doc('a.xml')")) == []

    def test_what_xslt_has_beside_rules(self, tmp_path: Path) -> None:
        (found,) = faults(tmp_path, '<xsl:import href="other.xsl"/><xsl:output indent="no"/>' + rule("tei:x", "@n"))
        assert "xsl:import" in found

    def test_other_documents(self, tmp_path: Path) -> None:
        (found,) = faults(tmp_path, '<pattern id="all" documents="collection()"><rule context="tei:x"/></pattern>')
        assert "the pattern “all” looks at other documents" in found

    def test_a_context_that_fails_at_a_node_does_not_match_it(self, tmp_path: Path) -> None:
        found = faults(tmp_path, rule("tei:p[xs:integer(@n) ge 1]", "true()"))
        assert [line.split()[2] for line in found] == ["p1", "p4"]  # p3 has n="x"

    def test_a_message_that_cannot_be_told_hides_no_finding(self, tmp_path: Path) -> None:
        (found,) = faults(tmp_path, rule("tei:list", "true()", '<value-of select="doc(\'a.xml\')"/> is missing.'))
        assert found == "VA200 - l1 {doc('a.xml')} is missing. [r]"


class TestTranslation:
    """What of XPath 2 and 3 is left to libxml2: only what XPath 1 means the same by."""

    def written(self, test: str, *, at_once: bool = True) -> str:
        scope = Scope().with_lets([Let("all", "//tei:p/@n")], of_node=False)
        scope = scope.with_lets([Let("name", "name(.)"), Let("many", "('a', 'b')")], of_node=True)
        return Writer(scope, strict=True, at_once=at_once).boolean(test)

    @pytest.mark.parametrize(("test", "xpath_1"), [
        ("@type eq 'x'", "(attribute::type = 'x')"),
        ("@type = ('x', 'y')", "(attribute::type = 'x' or attribute::type = 'y')"),
        ("exists(tei:p) and empty(@n)", "(boolean(child::tei:p) and not(attribute::n))"),
        ("count(*:p) gt 1", "(count(child::*[local-name() = 'p']) > 1)"),
        (".//tei:p[@n]", "./descendant::tei:p[attribute::n]"),
        (".//tei:p[1]", "./descendant-or-self::node()/child::tei:p[1]"),
        ("@a || 'b' eq $name", "(concat(attribute::a, 'b') = (name(.)))"),
        ("if (@a) then true() else not(@b)", "((boolean(attribute::a) and true()) or (not(boolean(attribute::a)) and "
                                             "not(attribute::b)))"),
    ])
    def test_what_is_the_same(self, test: str, xpath_1: str) -> None:
        assert self.written(test) == f"boolean({xpath_1})"

    @pytest.mark.parametrize("test", [
        "@n = 1", "@n + 1", "@a < @b", "number(@n)", "@n = $many", "some $x in * satisfies $x",
        "matches(@n, 'a')", "* eq 'x'", "string(*)", "('a', 'b')", "a is b", "a << b", "@n cast as xs:integer",
        "a except b", "position() = 1", "*[. = $name]", "*[. = current()]", "name(*)", "1 to 5", "count($nothing)",
    ])
    def test_what_is_not(self, test: str) -> None:
        with pytest.raises(Refused):
            self.written(test)

    def test_at_one_node_variables_and_current_may_stand_in_predicates(self) -> None:
        assert self.written("*[. = $name]", at_once=False) == "boolean(child::*[(. = $v1)])"
        assert self.written("*[. = current()]", at_once=False) == "boolean(child::*[(. = current())])"

    @pytest.mark.parametrize(("pattern", "found"), [
        ("tei:note", "/descendant::tei:note"),
        ("tei:div//tei:p/tei:note[@n]", "/descendant::tei:note[attribute::n][parent::tei:p[ancestor::tei:div]]"),
        ("/tei:TEI//tei:p", "/descendant::tei:p[ancestor::tei:TEI[not(parent::*)]]"),
        ("tei:p[2]", "//child::tei:p[2]"),
        ("(tei:a | tei:b)[@n]/tei:c", "/descendant::tei:c[parent::tei:a[attribute::n]]"),
        ("text()", "/descendant::text()"),
    ])
    def test_patterns_are_looked_for_from_the_right(self, pattern: str, found: str) -> None:
        writer = Writer(Scope(), strict=True, at_once=True)
        assert written_selection(alternatives(pattern)[0], writer).text == found

    def test_the_parts_of_a_pattern_and_of_a_condition(self) -> None:
        assert parts("a[b | 'c | d'] | e") == ["a[b | 'c | d']", "e"]
        assert conjuncts("@a and contains(., ' and ') and (b and c)") == ["@a", "contains(., ' and ')", "(b and c)"]
        assert conjuncts("@a and @b or @c") == ["@a and @b or @c"]


class TestHostileSchemas:
    def seconds(self, call: Iterator[Fault] | list[str]) -> float:
        begin = time.process_time()
        list(call)
        return time.process_time() - begin

    def test_brackets_in_brackets(self) -> None:
        with pytest.raises(NotRead):
            parse("(" * 5000 + "a" + ")" * 5000)
        parse(" or ".join(["@n"] * 5000))

    def test_variables_that_double(self, tmp_path: Path) -> None:
        lets = "".join(f'<let name="v{n + 1}" value="concat($v{n}, $v{n})"/>' for n in range(15))
        body = f'<pattern><rule context="tei:list"><let name="v0" value="@n"/>{lets}' \
               '<assert test="string-length($v15) = 1">It is <value-of select="string-length($v15)"/>.</assert>' \
               "</rule></pattern>"
        begin = time.process_time()
        assert faults(tmp_path, body, binding="xslt") == ["VA200 - l1 It is 0."]
        assert time.process_time() - begin < 2

    def test_a_function_that_calls_itself(self, tmp_path: Path) -> None:
        body = '<ns prefix="my" uri="urn:my"/><xsl:function name="my:f" xmlns:my="urn:my"><xsl:param name="n"/>' \
               '<xsl:sequence select="my:f($n)"/></xsl:function>' + rule("tei:list", "my:f(1) = 2")
        (found,) = faults(tmp_path, body)
        assert found.startswith("VA240")


class TestGrowth:
    """XPath 2 at each node of a large document takes no look at all others."""

    @pytest.mark.parametrize("test", [
        "preceding::tei:note[1]/@n castable as xs:date", "preceding-sibling::node()[2]/@n castable as xs:date",
        "id(@n) &lt;&lt; .", "key('n', @n)[2] is .",
    ])
    def test_it_is_not_quadratic(self, test: str, tmp_path: Path) -> None:
        def seconds(count: int) -> float:
            notes = "".join(f'<note n="{number}" xml:id="n{number}"/> ' for number in range(count))
            root = etree.fromstring(f'<TEI xmlns="{tei.TEI_NS}"><text><body>{notes}</body></text></TEI>')
            body = '<xsl:key name="n" match="tei:note" use="@n"/>'
            begin = time.process_time()
            assert faults(tmp_path, body + rule("tei:note", test), root=root) == []
            return time.process_time() - begin

        seconds(10)
        small = min(seconds(100) for _ in range(4))
        assert min(seconds(800) for _ in range(2)) < 30 * small  # 8 is even; quadratic is 64
