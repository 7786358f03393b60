"""The public verbs: read, tag, encode, convert, validate, export, compare."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import tei_edition
from tei_edition.diagnostics import Severity, UnusableInput, WrongUsage
from tei_edition.settings import Settings

ROOT = Path(__file__).parents[1]
TELEGRAM = ROOT / "sources" / "frus1961-63v20_d280.txt"
AUTHORITY = ROOT / "sources" / "authority" / "congo-1962.xml"
GOLDEN = Path(__file__).parent / "golden"


def test_the_verbs_are_what_is_public() -> None:
    verbs = {"read", "tag", "encode", "convert", "validate", "export", "compare"}
    assert verbs <= set(tei_edition.__all__)
    assert tei_edition.__all__ == sorted(tei_edition.__all__)
    public = {name for name, value in vars(tei_edition).items() if inspect.isfunction(value) and name[0] != "_"}
    assert public == set(tei_edition.__all__)


@pytest.mark.parametrize("form", ["text", "bytes", "path"])
def test_read_takes_text_bytes_or_a_path(form: str) -> None:
    data = TELEGRAM.read_bytes()
    forms: dict[str, str | bytes | Path] = {"text": data.decode(), "bytes": data, "path": TELEGRAM}
    source = forms[form]
    document = tei_edition.read(source)
    assert (document.number, len(document.notes), len(document.blocks)) == ("280", 2, 5)
    assert document.source.name == ("frus1961-63v20_d280" if form == "path" else "document")


def test_a_name_for_what_has_no_path() -> None:
    assert tei_edition.read("Editorial Note\n\nWords.", name="frus1961-63v20_d12").number == "12"


def test_the_stages_one_by_one_make_what_convert_makes() -> None:
    entries = tei_edition.load_authorities(AUTHORITY)
    tagged = tei_edition.tag(tei_edition.read(TELEGRAM), entries)
    assert {span.ref for span in tagged.spans} >= {"ball", "congo"}
    edition = tei_edition.convert(TELEGRAM, entries=entries)
    assert edition.valid
    assert tei_edition.encode(tagged, entries=entries) == edition.tei
    assert edition.tagged == tagged


def test_without_entries_nobody_is_linked_and_places_lead_to_the_gazetteer() -> None:
    tagged = tei_edition.tag(tei_edition.read(TELEGRAM))
    assert {s.kind for s in tagged.spans} >= {"person", "date", "citation", "telegram"}
    assert not [s for s in tagged.spans if s.kind == "person" and s.ref]
    assert {s.ref for s in tagged.spans if s.kind == "place"} >= {"congo-leopoldville", "katanga", "united-states"}


def test_the_profile_comes_from_the_settings() -> None:
    edition = tei_edition.convert(TELEGRAM, settings=Settings(profile="frus"))
    assert edition.valid and b"xml-model" not in edition.tei
    assert tei_edition.validate(edition.tei, schema="frus") == []
    tagged = tei_edition.tag(tei_edition.read(TELEGRAM), profile="frus")
    assert tei_edition.encode(tagged, Settings(profile="frus")) == edition.tei


def test_validate_takes_what_programs_need(tmp_path: Path) -> None:
    text = "1. Editorial Note\n\nThe President resigned.\n"
    made = tei_edition.convert(text).tei
    assert tei_edition.validate(made, source=text) == []
    (found,) = tei_edition.validate(made, source=text.replace("resigned", "retired"))
    assert (found.code, found.location.path) == ("VA403", "source")
    assert tei_edition.validate(made, layers=["grammar"], source="Something else.") == []
    served = {found.code for found in tei_edition.validate(made, exports=["dts"])}
    assert "VA345" in served
    rules = tmp_path / "own.sch"
    rules.write_text('<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="t" uri="http://www.tei-c.org/ns/'
                     '1.0"/><pattern><rule context="t:p"><report test="true()">a paragraph</report></rule></pattern>'
                     "</schema>", "utf-8")
    codes = {found.code for found in tei_edition.validate(made, schematron=[rules])}
    assert codes == {"VA200"}
    (broken,) = tei_edition.validate(b"<TEI")
    assert broken.location.path == ""
    with pytest.raises(WrongUsage):
        tei_edition.validate(made, schema="no-such-schema")


def test_validate_takes_bytes_or_a_path() -> None:
    path = GOLDEN / "frus1961-63v20_d280.edition.xml"
    assert tei_edition.validate(path) == tei_edition.validate(path.read_bytes()) == []
    wrong = path.read_bytes().replace(b'when="1962-08-18"', b'when="August"', 1)
    (found, *_) = tei_edition.validate(wrong)
    assert found.severity is Severity.ERROR and found.location.line


def test_export_gives_bytes_of_a_known_target() -> None:
    path = GOLDEN / "frus1961-63v20_d280.edition.xml"
    assert tei_edition.export(path, "text").rstrip(b"\n") == TELEGRAM.read_bytes().rstrip(b"\n")
    assert tei_edition.export(path.read_bytes(), "html").lower().lstrip().startswith(b"<!doctype html")
    with pytest.raises(ValueError, match="there is no target 'word'"):
        tei_edition.export(path, "word")


def test_compare_lists_changes_and_none_for_the_same() -> None:
    data = (GOLDEN / "frus1961-63v20_d280.edition.xml").read_bytes()
    assert tei_edition.compare(data, data) == []
    changes = tei_edition.compare(data, data.replace(b"Afro-Asian Bloc", b"African Bloc"))
    assert {change.layer for change in changes} == {"text"}
    assert [change.before for change in changes] == ["Afro-Asian"]


@pytest.mark.parametrize("call", [tei_edition.read, tei_edition.convert])
def test_what_cannot_be_read_is_an_exception_with_a_finding(call: object, tmp_path: Path) -> None:
    assert callable(call)
    for source, code in (
        (b"", "RD001"),
        (b"L\xe9o", "RD003"),
        (tmp_path / "missing.txt", "CO001"),
        (tmp_path, "CO001"),
    ):
        with pytest.raises(UnusableInput) as caught:
            call(source)
        assert caught.value.diagnostic.code == code


def test_what_is_wrong_with_the_text_is_a_finding_and_no_exception() -> None:
    edition = tei_edition.convert("1. Note1\n\nHe resigned.\n  1. Source: Found.\n  2. Not printed.\n")
    assert [found.code for found in edition.findings] == ["RD010"] and edition.valid


def test_the_example_of_the_docstring_runs(tmp_path: Path) -> None:
    doc = inspect.getdoc(tei_edition) or ""
    example = "\n".join(line.strip() for line in doc.splitlines() if line.startswith("    "))
    assert "tei_edition.convert" in example
    subprocess.run([sys.executable, "-c", example], cwd=ROOT, check=True, capture_output=True)
