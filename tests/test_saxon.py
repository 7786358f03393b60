"""Rules that only Saxon runs (the extra `saxon`): files beside the schema, all of XSLT; and what it may not read."""

from __future__ import annotations

import dataclasses
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from test_schematron import CASES, NS, SCH, letter, rule, shown

from tei_edition import tei
from tei_edition.validation.schematron import by_saxon, faults_of, ready_schema, schematron_faults
from tei_edition.validation.schematron.reading import read_schema
from tei_edition.validation.schematron.stylesheet import rewritten

needs_saxon = pytest.mark.skipif(find_spec("saxonche") is None,
                                 reason="the extra `saxon` is not installed")
XSL = 'xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:my="urn:my"'
TEXT = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><!-- one --><text><p n="12" xml:id="a">1961
<persName ref="#rusk">Rusk</persName>, <persName ref="#ball">Ball</persName> of 1962</p></text></TEI>"""


def written(folder: Path, body: str, binding: str = "xslt3") -> Path:
    path = folder / f"rules{len(list(folder.iterdir()))}.sch"  # what was read of a file is kept
    path.write_text(f'<schema {SCH} {XSL} queryBinding="{binding}">{NS}<ns prefix="my" uri="urn:my"/>{body}</schema>',
                    "utf-8")
    return path


def found(folder: Path, body: str, binding: str = "xslt3", text: str = TEXT) -> list[str]:
    """The findings of a schema with this body in a text that lies in the folder `edition`."""
    (folder / "edition").mkdir(exist_ok=True)
    path = str(folder / "edition" / "d1.xml")
    return [shown(fault) for fault in schematron_faults(tei.parse(text.encode()), written(folder, body, binding),
                                                        path=path)]


def listed(folder: Path, *ids: str) -> None:
    folder.mkdir(exist_ok=True)
    persons = "".join(f'<person xml:id="{one}"/>' for one in ids)
    (folder / "list.xml").write_text(f'<!DOCTYPE list SYSTEM "none.dtd"><list>{persons}</list>', "utf-8")


@needs_saxon
class TestFilesBesideTheSchema:
    RULE = ('<pattern><rule context="tei:persName"><assert id="known" test="substring(@ref, 2) = '
            '{list}//person/@xml:id">“<value-of select="@ref"/>” is none of '
            '<value-of select="count({list}//person)"/>.</assert></rule></pattern>')

    @pytest.mark.parametrize("binding", ["xslt", "xslt2"])
    @pytest.mark.parametrize("expression", ["document('list.xml')", "$list", "my:list()"])
    def test_a_list_is_read(self, expression: str, binding: str, tmp_path: Path) -> None:
        listed(tmp_path, "rusk")
        body = ("<let name=\"list\" value=\"document('list.xml')\"/><xsl:function name=\"my:list\"><xsl:for-each "
                "select=\"1\"><xsl:sequence select=\"doc('list.xml')\"/></xsl:for-each></xsl:function>")
        body += self.RULE.format(list=expression)
        if binding == "xslt" and expression == "my:list()":
            pytest.skip("XPath 1 has no functions of a schema")
        assert found(tmp_path, body, binding) == ["VA200 - persName “#ball” is none of 1. [known]"]
        listed(tmp_path, "rusk", "ball")
        assert found(tmp_path, body, binding) == []

    def test_and_one_beside_the_document(self, tmp_path: Path) -> None:
        listed(tmp_path / "edition", "rusk")
        assert found(tmp_path, self.RULE.format(list="document('list.xml', .)")) == [
            "VA200 - persName “#ball” is none of 1. [known]"]

    def test_text_and_whether_a_file_is_there(self, tmp_path: Path) -> None:
        (tmp_path / "names.txt").write_text("Rusk\nBall\n", "utf-8")
        body = rule("tei:text", "not(doc-available('a.xml')) and unparsed-text-available('names.txt') and "
                    "deep-equal(unparsed-text-lines('names.txt'), ('Rusk', 'Ball'))")
        assert found(tmp_path, body) == ["VA200 - text  [r]"]

    @pytest.mark.parametrize(("test", "reason"), [
        ("doc('http://127.0.0.1:1/list.xml')", "it asks for http://127.0.0.1:1/list.xml, and nothing is fetched"),
        ("doc-available('ftp://example.org/a.xml')", "nothing is fetched from the network"),
        ("unparsed-text('/etc/hostname')", "it asks for /etc/hostname, which lies neither beside the schema"),
        ("doc('edition/../../list.xml')", "lies neither beside the schema nor beside the document"),
        ("doc('edition/%2e%2e/%2e%2e/list.xml')", "lies neither beside the schema nor beside the document"),
        ("doc('link.xml')", "lies neither beside the schema nor beside the document"),
        ("doc('none.xml')", "there is no file “none.xml”"), ("doc('edition')", "there is no file “edition”"),
        ("doc('entity.xml')", "entities are not expanded here"),
        ("parse-xml('&lt;!DOCTYPE a SYSTEM &quot;file:///etc/hostname&quot;>&lt;a/>')", "prohibited"),
        ("environment-variable('PATH')", "which is not in the document"),
        ("collection('.')", "disallowed"), ("uri-collection('edition')", ""),
        ("function-lookup(xs:QName('fn:doc'), 1)('list.xml')", "prohibited"),
        ("my:write()", "disabled"),
    ])
    def test_what_is_not_read(self, test: str, reason: str, tmp_path: Path) -> None:
        folder = tmp_path / "inside"
        listed(tmp_path, "rusk")
        listed(folder, "rusk")
        (folder / "link.xml").symlink_to(tmp_path / "list.xml")
        (folder / "entity.xml").write_text('<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/hostname">]><a>&b;</a>', "utf-8")
        body = ('<xsl:function name="my:write"><xsl:result-document href="out.xml"><a/></xsl:result-document>'
                "</xsl:function>" if "write" in test else "") + rule("tei:text", test)
        (said,) = found(folder, body)
        assert said.startswith("VA240") and "[r] cannot be run: " in said and reason in said
        assert not list(folder.rglob("out.xml"))

    def test_a_context_that_asks_for_a_file_says_so(self, tmp_path: Path) -> None:
        listed(tmp_path, "rusk")
        (said,) = found(tmp_path, rule("tei:persName[not(substring(@ref, 2) = doc('list.xml')//@xml:id)]", "true()"))
        assert said.startswith("VA240") and "asks for another file" in said
        with_let = "<let name=\"list\" value=\"doc('list.xml')//@xml:id\"/>"
        assert found(tmp_path, with_let + rule("tei:persName[not(substring(@ref, 2) = $list)]", "true()")) == [
            "VA200 - persName  [r]"]


@needs_saxon
class TestAllOfXslt:
    DIGITS = ('<xsl:function name="my:digits" as="xs:integer"><xsl:param name="of"/><xsl:variable name="all" '
              'as="xs:string*"><xsl:analyze-string select="string($of)" regex="[0-9]"><xsl:matching-substring>'
              '<xsl:for-each select="1"><xsl:sequence select="string(.)"/>'
              '</xsl:for-each></xsl:matching-substring></xsl:analyze-string>'
              '</xsl:variable><xsl:sequence select="count($all)"/></xsl:function>')

    @pytest.mark.parametrize(("context", "places"), [
        ("tei:p/@n", ["a/@n 2"]), ("tei:p/text()", ["a/text 4", "persName/text 4"]), ("tei:p", ["a 8"]),
        ("/", ["TEI 8"]), ("tei:p/@xml:id", []), ("comment()", []),
    ])
    def test_a_function_with_loops_at_any_node(self, context: str, places: list[str], tmp_path: Path) -> None:
        body = self.DIGITS + rule(context, "my:digits(.) gt 0", '<value-of select="my:digits(.)"/>')
        assert found(tmp_path, body) == [f"VA200 - {place} [r]" for place in places]

    def test_a_stylesheet_that_is_imported(self, tmp_path: Path) -> None:
        (tmp_path / "lib").mkdir()
        modules = {"lib/digits.xsl": '<xsl:include href="../lib/other.xsl"/>', "lib/other.xsl": self.DIGITS}
        for name, more in modules.items():
            (tmp_path / name).write_text(f'<xsl:stylesheet version="3.0" {XSL}>{more}</xsl:stylesheet>', "utf-8")
        body = '<xsl:import href="lib/digits.xsl"/>' + rule("tei:p/@n", "my:digits(.) = 2")
        assert found(tmp_path, body) == ["VA200 - a/@n  [r]"]
        said, _ = found(tmp_path, '<xsl:import href="lib/none.xsl"/>' + rule("tei:p/@n", "true()"))
        assert said.startswith("VA240") and "“lib/none.xsl” is to be imported" in said

    def test_one_that_is_broken_is_one_finding_and_hides_no_other(self, tmp_path: Path) -> None:
        body = ('<pattern><rule context="tei:p"><report id="one" test="nothing(.)"/><report id="two" test="$none"/>'
                "<report id=\"three\" test=\"not(doc-available('a.xml'))\">three</report></rule></pattern>")
        said = found(tmp_path, body)
        assert [line.split()[0] for line in said] == ["VA240", "VA240", "VA200"]
        assert "[one] cannot be run: Cannot find" in said[0] and "[two] cannot be run: " in said[1]

    def test_one_that_never_ends_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(by_saxon, "_SECONDS", 1)
        body = ('<xsl:function name="my:f"><xsl:param name="n"/><xsl:sequence select="my:f($n)"/></xsl:function>'
                + rule("tei:p", "my:f(1)"))
        (said,) = found(tmp_path, body)
        assert said.startswith("VA240") and "took more than 1 seconds" in said
        assert found(tmp_path, self.DIGITS + rule("tei:p/@n", "my:digits(.) = 2")) == ["VA200 - a/@n  [r]"]


@needs_saxon
@pytest.mark.parametrize("name", ["xpath1", "parts", "xpath3"])
def test_it_finds_what_we_find(name: str) -> None:
    schema = dataclasses.replace(read_schema(CASES / f"{name}.sch"), foreign=("xsl:import",))  # so that Saxon is asked
    expected = (CASES / f"{name}.expected").read_text("utf-8").splitlines()
    said = [shown(fault) for fault in faults_of(letter(), ready_schema(schema))]
    # `position()` is that among the nodes of a rule, for XSLT that among the children; reasons are in its own words.
    expected = [line for line in expected if not line.endswith("[last]")]
    assert [line for line in said if line.startswith("VA200")] == [one for one in expected if one.startswith("VA200")]
    ids = [{re.findall(r"\[([\w-]+)\] cannot", line)[0] for line in lines if line.startswith("VA240")}
           for lines in (said, expected)]
    assert ids[0] <= ids[1]


def test_without_it_the_advice_is_to_install_it(without_saxon: None, tmp_path: Path) -> None:
    (said,) = found(tmp_path, rule("tei:text", "doc('list.xml')"))
    assert said.startswith("VA240") and said.endswith("pip install 'tei-edition[saxon]'")
    assert "saxonche" not in sys.modules


@pytest.mark.parametrize(("expression", "ours"), [
    ("doc('a.xml')/doc", "tei-edition:doc('a.xml')/doc"), ("fn:doc ('a')", "tei-edition:doc ('a')"),
    ("'doc(1)' = \"document('')\"", "'doc(1)' = \"document('')\""), ("my:doc(1) + $doc", "my:doc(1) + $doc"),
    ("document(@ref)", "tei-edition:document(@ref)"), ("$x ! doc-available(.)", "$x ! tei-edition:doc-available(.)"),
])
def test_what_asks_for_files_is_ours(expression: str, ours: str) -> None:
    assert rewritten(expression) == ours
