"""Validation with an XSD: the same codes and words as with a RELAX NG schema, without the network."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei_edition import tei
from tei_edition.diagnostics import Diagnostic, WrongUsage
from tei_edition.validation import validate_file
from tei_edition.validation.schemas.xsd import xsd_faults

LETTER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    xmlns="http://www.tei-c.org/ns/1.0" targetNamespace="http://www.tei-c.org/ns/1.0">
  <xs:element name="TEI"><xs:complexType><xs:sequence>
    <xs:element ref="head"/><xs:element ref="date"/><xs:element ref="p" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence><xs:attribute name="n" use="required"/></xs:complexType></xs:element>
  <xs:element name="head" type="xs:string"/>
  <xs:element name="date"><xs:complexType><xs:simpleContent><xs:extension base="xs:gYear">
    <xs:attribute name="when" type="xs:date"/>
    <xs:attribute name="cert"><xs:simpleType><xs:restriction base="xs:token"><xs:enumeration value="high"/>
      <xs:enumeration value="low"/></xs:restriction></xs:simpleType></xs:attribute>
  </xs:extension></xs:simpleContent></xs:complexType></xs:element>
  <xs:element name="p"><xs:complexType mixed="true"><xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element name="persName" type="xs:string"/></xs:choice></xs:complexType></xs:element>
</xs:schema>"""


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xsd") / "letter.xsd"
    path.write_text(LETTER)
    return path


def found(body: str, schema: Path, folder: Path, attributes: str = ' n="1"') -> list[Diagnostic]:
    path = folder / "d1.xml"
    path.write_text(f'<TEI xmlns="http://www.tei-c.org/ns/1.0"{attributes}>{body}</TEI>')
    return [diagnostic for diagnostic in validate_file(path, schema=schema) if diagnostic.code < "VA200"]


HEAD, DATE = "<head>Letter</head>", "<date>1962</date>"
START = len('<TEI xmlns="http://www.tei-c.org/ns/1.0" n="1">')


@pytest.mark.parametrize(("body", "expected"), [
    (HEAD + DATE + "<p>To <persName>Ball</persName>.</p>", []),
    (HEAD + "<p>Text.</p>", [(len(HEAD), "VA102", "<date> is missing before <p> in <TEI>", "put <date> there")]),
    (HEAD, [(-START, "VA102", "<TEI> ends too early: <date> is missing", "add <date>")]),
    (HEAD + DATE + HEAD, [(len(HEAD + DATE), "VA101", "<head> in <TEI> is repeated or out of its order", "order")]),
    (HEAD + DATE + "<p><persname/></p>", [(len(HEAD + DATE) + 3, "VA101", "did you mean persName?", "<persName>")]),
    ("words" + HEAD + DATE, [(0, "VA105", "text is not allowed directly in <TEI>: “words”", "paragraph")]),
    (HEAD + "lost " + DATE, [(len(HEAD), "VA105", "“lost”", "paragraph")]),
    (HEAD + '<date when="yesterday">1962</date>', [(len(HEAD) + 6, "VA104", '@when="yesterday" of', "type date")]),
    (HEAD + '<date cert="hihg">1962</date>', [(len(HEAD) + 6, "VA104", "did you mean high?", "“high” or “low”")]),
    (HEAD + '<date whn="1962">1962</date>', [(len(HEAD) + 6, "VA103", "did you mean when?", "@cert or @when")]),
    ("<head>A <hi>Letter</hi></head>" + DATE, [(8, "VA101", "<hi> is not allowed in <head>, which holds no", "tags")]),
    (HEAD + "<date>August</date>", [(len(HEAD), "VA104", "<date> holds “August”", "type gYear")]),
])
def test_mistakes_have_the_codes_and_places_of_relax_ng(body: str, expected: list[tuple[int, str, str, str]],
                                                      letter: Path, tmp_path: Path) -> None:
    diagnostics = found(body, letter, tmp_path)
    assert [(d.location.column, d.code) for d in diagnostics] == [(START + at + 1, code) for at, code, _, _ in expected]
    for diagnostic, (_, _, words, hint) in zip(diagnostics, expected, strict=True):
        assert words in diagnostic.message and hint in diagnostic.hint, (diagnostic.message, diagnostic.hint)


def test_a_missing_attribute(letter: Path, tmp_path: Path) -> None:
    (diagnostic,) = found(HEAD + DATE, letter, tmp_path, attributes="")
    assert (diagnostic.code, diagnostic.message) == ("VA106", "<TEI> lacks the attribute @n")


def test_an_outermost_element_that_the_schema_does_not_have(letter: Path) -> None:
    (fault,) = xsd_faults(tei.parse(b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"/>'), letter)
    assert fault.code == "VA101"


@pytest.mark.parametrize("text", ["<schema/>", "no XML", LETTER.replace('base="xs:gYear"', 'base="xs:gGear"'), "",
                                  LETTER.replace("1.0\">", '1.0"><xs:include schemaLocation="http://127.0.0.1:9/a.xsd"/>')])
def test_what_is_no_schema_is_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.xsd").write_text(text)
    with pytest.raises(WrongUsage) as error:
        list(xsd_faults(tei.parse(b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>'), tmp_path / "bad.xsd"))
    assert error.value.diagnostic.code == "CO001" and "\n" not in str(error.value)
