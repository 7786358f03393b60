"""The catalogue of findings: each entry is complete, and its examples do what it says.

The examples of an entry are run by the runner of its `input`; an input without a runner fails. A runner returns the
codes that the example gave rise to.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from tei_edition import files, tei
from tei_edition.authority import load_authorities
from tei_edition.cli.citations import command as citations_command
from tei_edition.cli.convert import command as convert_command
from tei_edition.cli.validate import command as validate_command
from tei_edition.diagnostics import Diagnostic, Lines, Location, Rule, Severity, UnusableInput, catalogue, finding
from tei_edition.encoding import encode_document
from tei_edition.model import Entry, Span
from tei_edition.pipeline import check_authority
from tei_edition.reading import decode, read_document
from tei_edition.reading.documents import part_documents
from tei_edition.resources import data_path
from tei_edition.settings import Settings, load_settings
from tei_edition.tagging import Known, tag_document
from tei_edition.validation import guess_schema, validate_file
from tei_edition.validation.across import Facts, faults_across
from tei_edition.validation.editorial import GENERAL_RULES, editorial_faults
from tei_edition.validation.editorial.exports import EXPORTS, header_for
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fidelity import check_fidelity
from tei_edition.validation.schematron import codes_of_asserts

MISTAKES = Path(__file__).parent / "mistakes"


def document(fragment: str, profile: str = "edition") -> str:
    """A whole document around the example: it takes the place of its like, or of the paragraph of the text."""
    if re.match(r"<\?xml|<!DOCTYPE|<TEI", fragment):
        return fragment
    whole = (MISTAKES / f"minimal-{profile}.xml").read_text("utf-8")
    if fragment.startswith("<?"):
        return whole.replace("<TEI", f"{fragment}\n<TEI", 1)
    name = re.match(r"<(\w+)", fragment)
    assert name, "an example is an element, or a whole document"
    like = name[1] if f"<{name[1]}" in whole else "p"
    before, _, after = whole.rpartition(f"<{like}>" if f"<{like}>" in whole else f"<{like} ")
    return before + fragment + after.partition(f"</{like}>")[2]


def codes(found: list[Diagnostic]) -> set[str]:
    return {diagnostic.code for diagnostic in found}


def run_tei(example: str, folder: Path) -> set[str]:
    path = folder / "d280.xml"
    path.write_text(document(example.strip()), "utf-8")
    return codes(validate_file(path, schema="edition"))


def run_frus(example: str, folder: Path) -> set[str]:
    path = folder / "d280.xml"
    path.write_text(document(example.strip(), "frus"), "utf-8")
    return codes(validate_file(path, schema="frus"))


def run_folder(example: str, folder: Path) -> set[str]:
    """The files of an edition, parted by a line: what each says alone, and all together."""
    facts: list[Facts] = []
    found: list[Diagnostic] = []
    fragments = example.split("=== and ===")
    paths = [folder / f"file{number}.xml" for number in range(len(fragments))]
    for path, fragment in zip(paths, fragments, strict=True):
        path.write_text(document(fragment.strip()), "utf-8")
    for path in paths:
        found += validate_file(path, facts=facts)
    return codes(found + faults_across(facts))


def run_rules(example: str, _folder: Path) -> set[str]:
    """Anyone's TEI, of which the grammar is not asked: the rules for any schema."""
    return {fault.code for fault in editorial_faults(tei.parse(example.strip().encode()), GENERAL_RULES)}


def run_exports(example: str, _folder: Path) -> set[str]:
    """A header, asked for by all exports."""
    return {fault.code for fault in header_for(Inventory(tei.parse(example.strip().encode())), EXPORTS)}


def run_schema(example: str, folder: Path) -> set[str]:
    """An XSD 1.1, with a key and a rule."""
    schema = folder / "small.xsd"
    schema.write_text("""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
        xmlns:t="http://www.tei-c.org/ns/1.0" targetNamespace="http://www.tei-c.org/ns/1.0">
        <xs:element name="TEI"><xs:complexType><xs:sequence><xs:element name="teiHeader"/>
        <xs:element name="text" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:attribute name="n"
        type="xs:integer"/><xs:assert test="@n > 0"/></xs:complexType></xs:element></xs:sequence>
        <xs:anyAttribute processContents="lax"/></xs:complexType>
        <xs:unique name="numbers"><xs:selector xpath="t:text"/><xs:field xpath="@n"/></xs:unique></xs:element>
        </xs:schema>""")
    (folder / "d280.xml").write_text(example)
    return codes(validate_file(folder / "d280.xml", schema=schema))


def run_schematron(example: str, folder: Path) -> set[str]:
    """VA200: a rule that the catalogue does not know yet. VA240: one that needs another file."""
    from tei_edition.validation.schematron import schematron_faults

    schema = folder / "new.sch"
    schema.write_text("""<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="tei"
        uri="http://www.tei-c.org/ns/1.0"/><pattern><rule context="tei:text//tei:p"><assert id="new-rule" role="error"
        test="@n">A paragraph has a number.</assert></rule></pattern><pattern><rule context="tei:p[@subtype]">
        <assert test="document('other.xml')//*[@xml:id = current()/@subtype]">It is known.</assert></rule></pattern>
        </schema>""")
    root = tei.parse(document(example).encode())
    return {fault.code for fault in schematron_faults(root, schema)}


def run_fidelity(example: str, _folder: Path) -> set[str]:
    """The first line is the source, the second the text of the edition."""
    source, rendered = example.strip().splitlines()
    return codes(check_fidelity(rendered, source))


def run_files(example: str, folder: Path) -> set[str]:
    """Reading and writing: the examples are situations, named in a word or two."""
    (folder / "there.xml").write_bytes(b"old")
    (folder / "file").write_bytes(b"")
    situations: dict[str, Callable[[], object]] = {
        "missing": lambda: files.read_bytes(folder / "nothing.xml"),
        "a file without end": lambda: files.read_bytes("/dev/zero", most=2**20),
        "present": lambda: files.read_bytes(folder / "there.xml"),
        "differs": lambda: files.write_bytes(folder / "there.xml", b"new"),
        "same bytes": lambda: files.write_bytes(folder / "there.xml", b"old"),
        "no folder": lambda: files.write_bytes(folder / "file" / "new.xml", b"new"),
        "a folder": lambda: files.write_bytes(folder / "folder" / "new.xml", b"new"),
    }
    situation = example.strip()
    if situation.startswith("cited "):
        return run_citations(situation.removeprefix("cited "), folder)
    if situation not in situations:
        return run_convert(situation, folder)
    try:
        situations[situation]()
    except UnusableInput as error:
        return {error.diagnostic.code}
    return set()


def run_convert(situation: str, folder: Path) -> set[str]:
    """A folder of texts: the situations that `convert` meets with one."""
    texts = folder / "texts"
    texts.mkdir()
    if situation != "no texts":
        (texts / "d1.txt").write_text("1. Editorial Note\n\nThe President resigned.\n", "utf-8")
    call = [str(texts), "-q"] if situation == "no output folder" else [str(texts), "-q", "-o", str(folder / "editions")]
    over = {"over the source": "d1.txt", "beside the source": "d1.xml"}
    if situation in over:
        call = [str(texts / "d1.txt"), "-q", "--force", "-o", str(texts / over[situation])]
    known = ("no texts", "a text", "no output folder", "an output folder", "a recogniser that fails", "none that fails")
    assert situation in (*known, *over)
    with pytest.MonkeyPatch.context() as patch:
        if situation == "a recogniser that fails":
            patch.setattr("tei_edition.tagging.RECOGNISERS", (_fails,))
        done = CliRunner().invoke(convert_command, call, standalone_mode=False)
    if isinstance(done.exception, UnusableInput):
        return {done.exception.diagnostic.code}
    assert done.exception is None, done.exception
    return set(re.findall(r"\b[A-Z]{2}\d{3}\b", done.stderr))


def run_citations(situation: str, folder: Path) -> set[str]:
    """The situations that `citations` meets."""
    (folder / "d1.txt").write_text("1. Editorial Note\n\nThe President resigned.\n", "utf-8")
    (folder / "page.xml").write_text("<html/>", "utf-8")
    (folder / "edition.xml").write_text(document("<p>The President resigned.</p>"), "utf-8")
    citing = "<p><bibl type='archival'><orgName type='repository'>National Archives</orgName></bibl></p>"
    (folder / "citing.xml").write_text(document(citing), "utf-8")
    named = {"twice": ["d1.txt", "d1.txt"], "once": ["d1.txt"], "page": ["page.xml"], "edition": ["edition.xml"],
             "citing": ["citing.xml"]}  # fmt: skip
    calls = [str(folder / name) for name in named[situation]]
    done = CliRunner().invoke(citations_command, calls, standalone_mode=False)
    if isinstance(done.exception, UnusableInput):
        return {done.exception.diagnostic.code}
    assert done.exception is None, done.exception
    return set(re.findall(r"\b[A-Z]{2}\d{3}\b", done.stderr))


def _fails(_reading: object) -> Iterator[Span]:
    raise RuntimeError("it fails on purpose")


def run_bytes(example: str, _folder: Path) -> set[str]:
    """Bytes with `\\xe9` for what is no ASCII."""
    data = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), example.encode("ascii"))
    try:
        return codes(list(read_document(decode(data, "d1.txt")).findings))
    except UnusableInput as error:
        return {error.diagnostic.code}


def run_bytes_of_a_file(example: str, _folder: Path) -> set[str]:
    """A whole file, with `\\xe9` for bytes that are no ASCII; or a situation, with small bounds."""
    situations = {"256 levels too many": b"<TEI>" * 512, "a usual depth": b"<TEI/>",
                  "a file beyond the bound": b"<TEI>" + b" " * 3000 + b"</TEI>", "a usual size": b"<TEI/>",
                  "an attribute beyond the bound": b"<TEI n='" + b"1" * 200 + b"'/>", "a usual attribute": b"<TEI/>"}
    data = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), example.encode("ascii"))
    try:
        tei.parse(situations.get(example.strip(), data), "d1.xml", bounds=tei.Bounds(size=2560, attribute=100))
    except UnusableInput as error:
        return {error.diagnostic.code}
    return set()


def run_text(example: str, _folder: Path) -> set[str]:
    try:
        return codes(list(read_document(decode(example.encode("utf-8"), "d1.txt")).findings))
    except UnusableInput as error:
        return {error.diagnostic.code}


def run_volume(example: str, _folder: Path) -> set[str]:
    """A text of several documents."""
    return codes(list(part_documents(decode(example.encode("utf-8"), "volume.txt")).findings))


def run_authority(example: str, folder: Path) -> set[str]:
    (folder / "persons.xml").write_text(example, "utf-8")
    try:
        return codes(load_authorities([folder / "persons.xml"])[1])
    except UnusableInput as error:
        return {error.diagnostic.code}


def run_authority_files(example: str, folder: Path) -> set[str]:
    """Several files, parted by a line."""
    paths = [folder / f"{number}.txt" for number in range(example.count("=== and ===") + 1)]
    for path, text in zip(paths, example.split("=== and ==="), strict=True):
        path.write_text(text.strip(), "utf-8")
    return codes(load_authorities(paths)[1])


def run_authority_check(example: str, folder: Path) -> set[str]:
    """A list, and behind "text:" a document that is read against it."""
    listed, _, text = example.partition("text:")
    (folder / "persons.txt").write_text(listed, "utf-8")
    texts = [decode(text.strip().encode("utf-8"), "d1.txt")] if text else None
    return codes(check_authority([folder / "persons.txt"], texts=texts).findings)


def run_settings(example: str, folder: Path) -> set[str]:
    (folder / "tei-edition.toml").write_text(example, "utf-8")
    try:
        load_settings(folder / "tei-edition.toml")
    except UnusableInput as error:
        return {error.diagnostic.code}
    return set()


def run_schemas(situation: str, folder: Path) -> set[str]:
    """Schemas that are named or fetched: the examples are situations, named in a word or two."""
    from tei_edition.validation.schemas import choose
    from tei_edition.validation.schemas.catalogue import Known, Remote, known_schemas
    from tei_edition.validation.schemas.fetching import fetch

    path, page = folder / "small.rng", folder / "page.rng"
    path.write_text('<element name="TEI" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>')
    page.write_text("<html/>")
    (folder / "small.rnc").write_text("element TEI { text }")
    here, there = (f"<?xml-model href='{name}.rng'?><TEI xmlns='{tei.TEI_NS}'/>" for name in ("small", "missing"))

    def small(url: str = "", sha256: str = "") -> Known:
        return Known("tei-all", "a stand-in", "1.0", files=(Remote("small.rng", (url,), sha256),))

    def named(document: str) -> list[Diagnostic]:
        return list(choose("auto", tei.parse(document.encode()), folder / "d280.xml").notes)

    situations: dict[str, Callable[[], object]] = {
        "tei-all, not fetched": lambda: choose("tei-all"),
        "tei-all, fetched": lambda: (fetch(small(), path), choose("tei-all")),
        "a name that nobody knows": lambda: choose("tei-something"),
        "a file": lambda: choose(path),
        "an .rnc without trang": lambda: choose(folder / "small.rnc"),
        "fetched from where nobody listens": lambda: fetch(small("http://127.0.0.1:9/small.rng")),
        "fetched from a file": lambda: fetch(small(), path),
        "fetched with the wrong checksum": lambda: fetch(small(sha256="0" * 64), path),
        "fetched, too large": lambda: fetch(small(), path, most=10),
        "fetched by http": lambda: fetch(small("http://example.org/small.rng")),
        "fetched, a web page": lambda: fetch(small(), page),
        "a document that names a schema that is not there": lambda: named(there),
        "a document that names a schema beside it": lambda: named(here),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TEI_EDITION_CACHE", str(folder / "cache"))
        patch.setenv("PATH", "")
        stand_in = {**known_schemas(), "tei-all": small()}
        patch.setattr("tei_edition.validation.schemas.catalogue.known_schemas", lambda: stand_in)
        try:
            found = situations[situation]()
        except UnusableInput as error:
            return {error.diagnostic.code}
    return codes(found) if isinstance(found, list) else set()


def run_tagged(example: str, _folder: Path) -> set[str]:
    """Tagged with two persons called Williams in the authority files, and two terms GOI: of Iran and of Iraq."""
    entries = {n: Entry(n, "person", f"Williams, {n}", (f"{n} Williams",), "Williams", tuple(n.split()))
               for n in ("G. Mennen", "Harold")}
    entries |= {f"goi-{n}": Entry(f"goi-{n}", "term", "GOI", ("GOI",), description=f"Government of {n}")
                for n in ("Iran", "Iraq")}
    return codes(list(tag_document(read_document(decode(example.encode("utf-8"))), Known(entries)).findings))


def run_ledger(example: str, _folder: Path) -> set[str]:
    """An encoder that leaves a paragraph out is found out."""
    tagged = tag_document(read_document(decode(b"1. Editorial Note\n\nOne.\n\nTwo.\n")), Known({}))
    if example == "a paragraph left out":
        tagged = replace(tagged, document=replace(tagged.document, blocks=tagged.document.blocks[:-1]))
    return codes(list(encode_document(tagged, Settings(), {}).findings))


def run_run(example: str, folder: Path) -> set[str]:
    """A call of `validate`, and behind lines of `--- NAME` the files that it meets; the documents are there already."""
    call, *parts = re.split(r"^--- ", example, flags=re.MULTILINE)
    arguments = call.split()[2:]
    minimal = (MISTAKES / "minimal-edition.xml").read_text("utf-8")
    for number in (word[1:4] for word in arguments if re.fullmatch(r"d\d+\.xml", word)):
        (folder / f"d{number}.xml").write_text(minimal.replace("280", number), "utf-8")
    for part in parts:
        name, _, text = part.partition("\n")
        (folder / name).write_text(text, "utf-8")
    (folder / "killed.xml").write_text(minimal, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
        patch.setattr("tei_edition.checking.check.validate_file", _ended)
        done = CliRunner().invoke(validate_command, arguments, standalone_mode=False)
    if isinstance(done.exception, UnusableInput):
        return {done.exception.diagnostic.code}
    assert done.exception is None, done.exception
    return set(re.findall(r": ([A-Z]{2}\d{3}) ", done.stdout))


def _ended(path: Path, **given: Any) -> list[Diagnostic]:
    """As if the system ended the process that has this file."""
    if path.name == "killed.xml":
        os._exit(1)
    return validate_file(path, **given)


# Each `input` of the catalogue with what runs its examples.
RUNNERS: dict[str, Callable[[str, Path], set[str]]] = {
    "tei": run_tei,
    "frus": run_frus,
    "folder": run_folder,
    "rules": run_rules,
    "exports": run_exports,
    "schema": run_schema,
    "schematron": run_schematron,
    "fidelity": run_fidelity,
    "files": run_files,
    "run": run_run,
    "text": run_text,
    "volume": run_volume,
    "bytes": run_bytes,
    "bytes of a file": run_bytes_of_a_file,
    "authority": run_authority,
    "authority-files": run_authority_files,
    "authority-check": run_authority_check,
    "settings": run_settings,
    "schemas": run_schemas,
    "tagged": run_tagged,
    "ledger": run_ledger,
}


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
class TestEveryEntry:
    def test_says_what_why_and_what_to_do(self, rule: Rule) -> None:
        assert re.fullmatch(r"[A-Z]{2}\d{3}", rule.code)
        assert rule.title and not rule.title.endswith(".")
        assert rule.why.endswith((".", "?")), "why is a sentence"
        assert rule.since in ("0.1.0", "0.2.0"), "the version that had the code first"
        assert rule.fix and not rule.fix.endswith(".") and rule.fix[0] == rule.fix[0].lower(), "fix ends a line"

    def test_bad_example_fires(self, rule: Rule, tmp_path: Path) -> None:
        assert rule.code in RUNNERS[rule.input](rule.bad, tmp_path)

    def test_good_example_does_not_fire(self, rule: Rule, tmp_path: Path) -> None:
        assert rule.code not in RUNNERS[rule.input](rule.good, tmp_path)


@pytest.mark.parametrize("rule", [r for r in catalogue().values()
                                  if r.input in ("tei", "frus", "folder", "rules", "schema", "fidelity")
                                  and not "VA001" <= r.code <= "VA019"], ids=lambda rule: rule.code)
def test_good_example_is_wholly_clean(rule: Rule, tmp_path: Path) -> None:
    assert RUNNERS[rule.input](rule.good, tmp_path) == set()


def test_the_codes_of_asserts_are_those_of_the_catalogue() -> None:
    table = tomllib.loads(data_path("diagnostics.toml").read_text("utf-8"))
    assert codes_of_asserts() == {entry["schematron"]: code for code, entry in table.items() if "schematron" in entry}


def test_the_minimal_documents_are_clean() -> None:
    for profile in ("edition", "frus"):
        path = MISTAKES / f"minimal-{profile}.xml"
        assert validate_file(path) == []
        assert guess_schema(etree.parse(path).getroot()) == profile


def test_finding_takes_severity_and_advice_from_the_catalogue() -> None:
    found = finding("VA103", "a message", Location("a.xml", 3, 7))
    assert found.severity is Severity.ERROR
    assert str(found) == f"a.xml:3:7: VA103 error: a message ({catalogue()['VA103'].fix})"
    with pytest.raises(KeyError):
        finding("VA999", "no such code")


def test_lines_count_code_points() -> None:
    lines = Lines("Léo\n𝄞 b\n", "a.txt")
    assert (lines.location(0).line, lines.location(0).column) == (1, 1)
    assert (lines.location(3).line, lines.location(3).column) == (1, 4)
    assert (lines.location(6).line, lines.location(6).column) == (2, 3)


def test_as_dict_leaves_out_what_is_empty() -> None:
    assert finding("VA001", "m", Location("a.xml", 1)).as_dict() == {
        "code": "VA001", "severity": "error", "message": "m", "location": {"path": "a.xml", "line": 1},
        "hint": catalogue()["VA001"].fix}
