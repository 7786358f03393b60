"""The telegram, whole: byte for byte, and what the edition must say, asserted one by one.

`pytest tests/test_golden.py --update-golden` writes the files of tests/golden anew; read `git diff tests/golden` then.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
import xmlschema
from lxml import etree, isoschematron

from tei_edition.authority import load_authorities
from tei_edition.exporting.text import export_text
from tei_edition.pipeline import Conversion, Converter
from tei_edition.reading import decode
from tei_edition.resources import schema_path
from tei_edition.settings import load_settings, with_values
from tei_edition.tei import TEI_NS, XML_ID, local_name, parse

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
TELEGRAM = ROOT / "sources" / "frus1961-63v20_d280.txt"
AUTHORITY = ROOT / "sources" / "authority" / "congo-1962.xml"
SHARED = next((f for f in (ROOT.parent / "shared",) if (f / "schemas").is_dir()), None)
NS = {"t": TEI_NS}


def convert(profile: str) -> Conversion:
    settings = with_values(load_settings(ROOT / "sources" / "tei-edition.toml"), {"profile": profile})
    entries, _ = load_authorities([*settings.authority, AUTHORITY])
    return Converter(settings, entries).convert(decode(TELEGRAM.read_bytes(), TELEGRAM.name))


@pytest.fixture(scope="module")
def edition() -> etree._Element:
    return parse(convert("edition").edition.tei)


@pytest.fixture(scope="module")
def frus() -> etree._Element:
    return parse(convert("frus").edition.tei)


def find(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [node for node in found if isinstance(node, etree._Element)]


def strings(root: etree._Element, path: str) -> list[str]:
    found = root.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [str(value) for value in found]


def words(node: etree._Element) -> str:
    return " ".join("".join(node.itertext(etree.Element)).split())


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_byte_for_byte(profile: str, update_golden: bool) -> None:
    path = GOLDEN / f"frus1961-63v20_d280.{profile}.xml"
    made = convert(profile).edition.tei
    if update_golden:
        path.write_bytes(made)
    assert made.decode("utf-8") == path.read_text("utf-8"), "on purpose? pytest tests/test_golden.py --update-golden"
    assert convert(profile).edition.tei == made, "two runs"


@pytest.mark.parametrize("profile", ["edition", "frus"])
def test_nothing_is_found_wrong_with_it(profile: str) -> None:
    conversion = convert(profile)
    assert conversion.edition.valid
    assert [str(f) for f in conversion.edition.findings if f.severity != "note"] == []


class TestStructure:
    def test_two_notes_at_their_markers_and_one_page(self, edition: etree._Element) -> None:
        notes = find(edition, "//t:text//t:note[@n]")
        assert [(n.get("n"), n.get(XML_ID), n.get("type")) for n in notes] == [
            ("1", "d280fn1", "source"),
            ("2", "d280fn2", None),
        ]
        assert (notes[0].getparent().tag, notes[0].tail) == (f"{{{TEI_NS}}}head", None)  # type: ignore[union-attr]
        before = notes[1].getprevious()
        assert before is not None and words(before).endswith("413") and before.tail == "."
        assert str(notes[1].tail).startswith(" After reading UNOC contingency plan")
        (page,) = find(edition, "//t:text//t:pb")
        assert (page.get("n"), page.get(XML_ID)) == ("557", "pg_557")
        assert str(page.xpath("string(preceding-sibling::text()[1])")).endswith("disastrous ")
        assert str(page.tail).startswith(" consequences both for UN")

    def test_head_number_paragraphs_and_signature(self, edition: etree._Element) -> None:
        (div,) = find(edition, "//t:body/t:div")
        assert (div.get("type"), div.get(XML_ID), div.get("n")) == ("document", "d280", "280")
        assert [local_name(child) for child in div] == ["head", "p", "p", "p", "closer"]
        assert words(find(div, "t:closer/t:signed")[0]) == "Rusk"
        assert strings(div, "t:p[1]/t:num/@value") == ["293"]

    def test_the_plain_text_comes_back_to_the_character(self, edition: etree._Element) -> None:
        assert export_text(edition).removesuffix("\n") == TELEGRAM.read_text("utf-8").removesuffix("\n")


class TestNames:
    @pytest.mark.parametrize(
        ("name", "times"),
        [("ball", 2), ("williams", 1), ("rusk", 2), ("bundy", 1), ("gardiner", 1), ("tshombe", 1)],
    )
    def test_persons_are_linked_wherever_they_stand(self, edition: etree._Element, name: str, times: int) -> None:
        found = [words(e) for e in find(edition, f"//t:text//t:persName[@ref='#{name}']")]
        assert found == [name.capitalize()] * times
        text = TELEGRAM.read_text("utf-8")
        assert text.count(name.capitalize()) == times, "every mention of the source"
        assert len(find(edition, f"//t:standOff//t:person[@xml:id='{name}']")) == 1

    def test_cutler_is_tagged_and_not_linked(self, edition: etree._Element) -> None:
        (cutler,) = [e for e in find(edition, "//t:text//t:persName") if words(e) == "Cutler"]
        assert cutler.get("ref") is None
        assert cutler.get("cert") in ("medium", "low")

    def test_nobody_else_is_tagged(self, edition: etree._Element) -> None:
        assert len(find(edition, "//t:text//t:persName")) == 9

    @pytest.mark.parametrize(("place", "times"), [("congo", 5), ("katanga", 3), ("elisabethville", 1), ("us", 2)])
    def test_places_are_linked(self, edition: etree._Element, place: str, times: int) -> None:
        assert len(find(edition, f"//t:text//t:placeName[@ref='#{place}']")) == times

    def test_published_form_points_with_corresp(self, frus: etree._Element) -> None:
        pointers = strings(frus, "//t:text//t:persName/@corresp")
        assert sorted(set(pointers)) == ["#ball", "#bundy", "#gardiner", "#rusk", "#tshombe", "#williams"]
        assert strings(frus, "//t:text//t:persName/@ref") == []


class TestCitations:
    def test_three_archival_citations(self, edition: etree._Element) -> None:
        found = []
        for bibl in find(edition, "//t:text//t:bibl[@type='archival']"):
            parts = (
                "t:orgName[@type='repository']",
                "t:title[@type='collection']",
                "t:idno",
                "t:biblScope[@unit='folder']",
            )
            found.append(tuple(words(e) for part in parts for e in find(bibl, part)))
        telegram = ("Department of State", "Central Files", "770G.00/8–1862")
        kennedy = ("Kennedy Library", "President’s Office Files", "Congo-Security, 1962 (A)")
        assert found == [telegram, kennedy, telegram]

    def test_the_header_says_where_the_original_is(self, edition: etree._Element) -> None:
        (witness,) = find(edition, "//t:msDesc/t:msIdentifier")
        assert words(find(witness, "t:institution")[0]) == "Department of State"
        assert [words(e) for e in find(witness, "t:idno")] == ["770G.00/8–1862"]
        assert [words(e) for e in find(witness, "t:altIdentifier/t:institution")] == ["Kennedy Library"]

    def test_drafted_cleared_and_approved(self, edition: etree._Element) -> None:
        statements = find(edition, "//t:msItem/t:respStmt")
        assert [tuple(words(part) for part in statement) for statement in statements] == [
            ("drafted by", "Ball"),
            ("cleared by", "Williams"),
            ("cleared by", "Cutler"),
            ("approved by", "Rusk"),
        ]


class TestDates:
    def test_august_18_twice_with_the_year_as_a_guess(self, edition: etree._Element) -> None:
        dates = find(edition, "//t:text//t:date")
        assert [(words(d), d.get("when")) for d in dates] == [("August 18", "1962-08-18")] * 2
        assert all(d.get("cert") in ("high", "medium", "low") for d in dates)

    def test_the_documents_date_is_an_interval_and_nothing_stronger(self, edition: etree._Element) -> None:
        (date,) = find(edition, "//t:creation/t:date")
        # Not before the telegrams of August 18 that it answers; how far behind its file number, experience says.
        assert (date.get("notBefore"), date.get("notAfter")) == ("1962-08-18", "1962-09-04")
        assert date.get("cert") in ("medium", "low")
        assert not {"when", "from", "to"} & set(date.attrib)
        (sent,) = find(edition, "//t:correspAction[@type='sent']/t:date")
        assert (sent.get("notBefore"), sent.get("when")) == ("1962-08-18", None)
        assert sent.get("cert") in ("medium", "low")


class TestHeader:
    def test_correspondence(self, edition: etree._Element) -> None:
        sent, received, copy = find(edition, "//t:correspDesc/t:correspAction")
        assert (copy.get("subtype"), words(copy[0])) == ("copy", "President")
        assert (sent.get("type"), words(sent[0])) == ("sent", "Department of State")
        assert [e.get("ref") for e in find(sent, "t:persName")] == ["#rusk"]
        assert (received.get("type"), words(received[0])) == ("received", "Embassy in the Congo")
        targets = strings(edition, "//t:correspContext/t:ref/@target")
        assert targets == ["#telegram-412", "#telegram-413"]

    def test_classification(self, edition: etree._Element) -> None:
        assert [words(e) for e in find(edition, "//t:category")] == ["Secret", "Limit Distribution", "Telegram"]

    @pytest.mark.parametrize("profile", ["edition", "frus"])
    def test_the_checksum_of_the_source(self, profile: str) -> None:
        assert hashlib.sha256(TELEGRAM.read_bytes()).hexdigest().encode() in convert(profile).edition.tei

    def test_no_clock(self, edition: etree._Element) -> None:
        assert strings(edition, "//t:revisionDesc//@when") == []

    def test_every_pointer_leads_somewhere(self, edition: etree._Element) -> None:
        ids = set(strings(edition, "//@xml:id"))
        pointers = strings(edition, "//@ref | //@target | //@corresp | //@who | //@resp | //@source | //@scheme")
        inside = {pointer[1:] for value in pointers for pointer in value.split() if pointer.startswith("#")}
        assert inside and inside <= ids

    def test_editors_find_the_schemas_and_frus_has_no_instruction(
        self, edition: etree._Element, frus: etree._Element
    ) -> None:
        models = [str(pi) for pi in edition.itersiblings(preceding=True)]
        assert len(models) == 2 and "tei-edition.rng" in "".join(models) and "tei-edition.sch" in "".join(models)
        assert list(frus.itersiblings(preceding=True)) == []


class TestValidity:
    def test_our_relax_ng(self, edition: etree._Element) -> None:
        schema = etree.RelaxNG(etree.parse(str(schema_path("tei-edition.rng"))))
        assert schema.validate(edition), schema.error_log

    def test_our_xsd(self) -> None:
        path = GOLDEN / "frus1961-63v20_d280.edition.xml"
        assert [
            str(e.reason) for e in xmlschema.XMLSchema(str(schema_path("tei-edition.xsd"))).iter_errors(str(path))
        ] == []

    def test_our_schematron(self, edition: etree._Element) -> None:
        rules = isoschematron.Schematron(etree.parse(str(schema_path("tei-edition.sch"))), store_report=True)
        rules.validate(edition)
        report = rules.validation_report
        assert report is not None
        failed = find(report.getroot(), "//*[local-name()='failed-assert']")
        assert [words(e) for e in failed if e.get("role", "error") == "error"] == []

    @pytest.mark.skipif(SHARED is None or not shutil.which("jing"), reason="needs jing and ../shared/schemas")
    @pytest.mark.parametrize(("profile", "schema"), [("edition", "tei_all_4.12.0.rng"), ("frus", "frus.rng")])
    def test_the_schemas_of_others(self, profile: str, schema: str) -> None:
        assert SHARED is not None
        path = GOLDEN / f"frus1961-63v20_d280.{profile}.xml"
        done = subprocess.run(
            ["jing", str(SHARED / "schemas" / schema), str(path)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, "")
