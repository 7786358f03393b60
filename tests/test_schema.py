"""The schemas: they load, they agree with each other, they refuse what they should, and they are a part of the TEI."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import xmlschema
from lxml import etree, isoschematron
from schema_generator import RNG, Grammar, Pattern, drawn

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "schemas"
CASES = ROOT / "tests" / "cases" / "schema"
SHARED = ROOT.parent / "shared" / "schemas"
TEI = "{http://www.tei-c.org/ns/1.0}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

needs_trang = pytest.mark.skipif(shutil.which("trang") is None, reason="trang is not installed")
needs_jing = pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the published schemas are not beside the repository")


@pytest.fixture(scope="module")
def rng() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "tei-edition.rng"))


@pytest.fixture(scope="module")
def frus_rng() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(SCHEMAS / "tei-edition-frus.rng"))


@pytest.fixture(scope="module")
def xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "tei-edition.xsd"))


@pytest.fixture(scope="module")
def strict_xsd() -> xmlschema.XMLSchema:
    """The xmlschema package, which (unlike libxml2) also refuses content models that are not deterministic."""
    return xmlschema.XMLSchema(SCHEMAS / "tei-edition.xsd")


@pytest.fixture(scope="module")
def rules() -> isoschematron.Schematron:
    return isoschematron.Schematron(etree.parse(SCHEMAS / "tei-edition.sch"), store_report=True)


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return Grammar(SCHEMAS / "tei-edition.rng")


@pytest.fixture(scope="module")
def frus_grammar() -> Grammar:
    return Grammar(SCHEMAS / "tei-edition-frus.rng")


# ---------------------------------------------------------------- cases that an editor can read


def parsed(path: Path) -> etree._ElementTree:
    """Cases repeat an xml:id, which a parser that collects identifiers refuses."""
    return etree.parse(path, etree.XMLParser(collect_ids=False))


def cases(name: str) -> list[etree._Element]:
    return list(parsed(CASES / name).getroot().iterchildren(f"{TEI}case"))


def title(case: etree._Element) -> str:
    return f"{case.get('rule') or case.get('keeps') or case.get('verdict')}: {case.get('title')}"


def placed(case: etree._Element, frame: str) -> etree._ElementTree:
    """The frame with the case's text and elements put where the case says."""
    document = parsed(CASES / frame)
    place = case.get("into") or case.get("instead") or ""
    host = document.find(f".//{TEI}text//{TEI}{place}")
    if host is None:
        host = document.find(f".//{TEI}{place}")
    assert host is not None, f"the frame has no {place}"
    children = [copy.deepcopy(child) for child in case]
    if case.get("into"):
        if case.text and host.text and not len(host):
            host.text += case.text
        host.extend(children)
    else:
        parent = host.getparent()
        assert parent is not None
        at = parent.index(host)
        parent.remove(host)
        for child in reversed(children):
            parent.insert(at, child)
    return etree.ElementTree(etree.fromstring(etree.tostring(document), etree.XMLParser(collect_ids=False)))


def messages(schema: etree._Validator) -> str:
    return "\n".join(str(entry) for entry in schema.error_log)


@pytest.mark.parametrize("case", cases("grammar.xml"), ids=title)
def test_rng_and_xsd_agree_on_each_case(
    case: etree._Element, rng: etree.RelaxNG, xsd: etree.XMLSchema, strict_xsd: xmlschema.XMLSchema
) -> None:
    document = placed(case, "frame.xml")
    good = case.get("verdict") == "good"
    xsd_good = good or case.get("xsd") == "accepts"
    assert rng.validate(document) == good, messages(rng)
    assert xsd.validate(document) == xsd_good, messages(xsd)
    assert strict_xsd.is_valid(etree.tostring(document, encoding="unicode")) == xsd_good


@pytest.mark.parametrize("case", cases("grammar-frus.xml"), ids=title)
def test_the_profile_frus_on_each_case(case: etree._Element, frus_rng: etree.RelaxNG) -> None:
    verdict = frus_rng.validate(placed(case, "frame-frus.xml"))
    assert verdict == (case.get("verdict") == "good"), messages(frus_rng)


@needs_jing
@pytest.mark.parametrize(
    ("schema", "frame", "file"),
    [("tei-edition.rng", "frame.xml", "grammar.xml"), ("tei-edition-frus.rng", "frame-frus.xml", "grammar-frus.xml")],
)
def test_jing_agrees_on_each_case(schema: str, frame: str, file: str, tmp_path: Path) -> None:
    for number, case in enumerate(cases(file)):
        placed(case, frame).write(tmp_path / f"{number}.xml", encoding="utf-8")
    refused = jing(SCHEMAS / schema, tmp_path)
    wrong = [
        title(case)
        for number, case in enumerate(cases(file))
        if (f"{number}.xml" in refused) != (case.get("verdict") == "bad")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("frame", "schema"), [("frame.xml", "tei-edition.rng"), ("frame-frus.xml", "tei-edition-frus.rng")]
)
def test_the_frames_are_valid_and_without_findings(frame: str, schema: str, rules: isoschematron.Schematron) -> None:
    document = etree.parse(CASES / frame)
    checker = etree.RelaxNG(etree.parse(SCHEMAS / schema))
    assert checker.validate(document), messages(checker)
    assert findings(rules, document) == {}


# ------------------------------------------------------------------------------- the Schematron


def findings(rules: isoschematron.Schematron, document: etree._ElementTree) -> dict[str, str]:
    """The rules that are broken, with the message of each."""
    rules.validate(document)
    report = rules.validation_report
    assert report is not None
    failed = report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
    return {str(entry.get("id")): " ".join("".join(entry.itertext()).split()) for entry in failed}


def asserts(root: etree._Element) -> list[etree._Element]:
    return list(root.iter(f"{SCH}assert", f"{SCH}report"))


@pytest.mark.parametrize("case", cases("rules.xml"), ids=title)
def test_each_rule_finds_what_it_should_and_nothing_else(
    case: etree._Element, rules: isoschematron.Schematron, rng: etree.RelaxNG
) -> None:
    document = placed(case, "frame.xml")
    found = findings(rules, document)
    broken = case.get("rule")
    if broken is None:
        assert found == {}
    else:
        assert broken in found
        assert "  " not in found[broken]
        assert len(found[broken]) > 40, "a message tells what is wrong and what is right"
    if broken != "id-once":  # of two equal xml:ids the grammar (a datatype ID) knows too
        assert rng.validate(document), messages(rng)


def test_every_rule_has_a_case_that_breaks_it_and_one_that_keeps_it() -> None:
    names = {str(rule.get("id")) for rule in asserts(etree.parse(SCHEMAS / "tei-edition.sch").getroot())}
    assert {case.get("rule") for case in cases("rules.xml")} - {None} == names
    assert {case.get("keeps") for case in cases("rules.xml")} - {None} == names


def test_every_rule_has_a_name_and_a_role_and_every_phase_its_patterns() -> None:
    root = etree.parse(SCHEMAS / "tei-edition.sch").getroot()
    found = [(rule.get("id"), rule.get("role")) for rule in asserts(root)]
    assert found
    assert all(name and role in {"error", "warning"} for name, role in found)
    assert len({name for name, _ in found}) == len(found)
    patterns = {pattern.get("id") for pattern in root.iter(f"{SCH}pattern")}
    assert {active.get("pattern") for active in root.iter(f"{SCH}active")} == patterns
    assert root.get("queryBinding") == "xslt"


def test_links_out_of_a_file_of_the_profile_frus_are_left_to_the_tool(rules: isoschematron.Schematron) -> None:
    document = etree.parse(CASES / "frame-frus.xml")
    paragraph = [*document.getroot().iter(f"{TEI}p")][-1]
    for name, attribute in (("persName", "corresp"), ("gloss", "target"), ("ref", "target")):
        etree.SubElement(paragraph, f"{TEI}{name}", {attribute: "#elsewhere"}).text = "x"
    assert findings(rules, document) == {}
    etree.SubElement(paragraph, f"{TEI}seg", {"corresp": "#elsewhere"}).text = "x"
    assert set(findings(rules, document)) == {"link-resolves"}


# ------------------------------------------------------------- generated files, and the ODD


@needs_trang
@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("tei-edition.rnc", ["tei-edition.rng"]),
        ("tei-edition.rng", ["tei-edition.xsd", "xml.xsd"]),
        ("tei-edition-frus.rnc", ["tei-edition-frus.rng"]),
    ],
)
def test_generated_schemas_are_current(source: str, made: list[str], tmp_path: Path) -> None:
    shutil.copy(SCHEMAS / source, tmp_path)
    subprocess.run(["trang", source, made[0]], cwd=tmp_path, check=True)
    for name in made:
        assert (tmp_path / name).read_bytes() == (SCHEMAS / name).read_bytes(), f"make {name} again from {source}"


@pytest.fixture(scope="module")
def odd() -> etree._Element:
    return etree.parse(SCHEMAS / "tei-edition.odd").getroot()


def local(name: str) -> str:
    return name.rpartition("}")[2]


def element_names(grammar: Grammar) -> set[str]:
    return {local(element.name) for element in grammar.elements}


def test_the_odd_has_the_elements_of_the_grammar(odd: etree._Element, grammar: Grammar) -> None:
    included = [name for module in odd.iter(f"{TEI}moduleRef") for name in module.get("include", "").split()]
    assert sorted(included) == sorted(element_names(grammar))
    assert {spec.get("ident") for spec in odd.iter(f"{TEI}elementSpec")} <= set(included)


def test_the_odd_tells_editors_of_every_element(odd: etree._Element, grammar: Grammar) -> None:
    assert {gi.text for gi in odd.iter(f"{TEI}gi")} == element_names(grammar)


def values(pattern: Pattern) -> Iterator[str | None]:
    """The values that an attribute may have; None for a datatype."""
    if pattern.kind == "value":
        yield from pattern.values
    elif pattern.kind in ("data", "text"):
        yield None
    for child in pattern.children:
        yield from values(child)


def required(pattern: Pattern) -> set[str]:
    if pattern.kind == "attribute":
        return {local(pattern.name)}
    if pattern.kind not in ("group", "choice", "oneOrMore"):
        return set()
    found = [required(child) for child in pattern.children]
    return set.intersection(*found) if pattern.kind == "choice" else set().union(*found)


def closed_lists(grammar: Grammar) -> dict[tuple[str, str], set[str]]:
    """Per element and attribute; where two patterns write one element, both together."""
    lists: dict[tuple[str, str], set[str | None]] = {}
    for element in grammar.elements:
        for attribute in element.children[0].attributes:
            lists.setdefault((local(element.name), attribute.name), set()).update(values(attribute))
    return {key: {value for value in found if value} for key, found in lists.items() if None not in found}


def test_the_odd_has_the_closed_lists_of_the_grammar(odd: etree._Element, grammar: Grammar) -> None:
    expected = closed_lists(grammar)
    shared = {name: {frozenset(found) for (_, a), found in expected.items() if a == name} for name in ("cert", "rend")}
    said: dict[tuple[str, str], set[str]] = {}
    for attribute in odd.iter(f"{TEI}attDef"):
        items = {str(item.get("ident")) for item in attribute.iter(f"{TEI}valItem")}
        owner = next(attribute.iterancestors(f"{TEI}elementSpec", f"{TEI}classSpec"))
        name = str(attribute.get("ident"))
        if items and owner.tag == f"{TEI}classSpec":
            assert shared.pop(name) == {frozenset(items)}
        elif items:
            said[str(owner.get("ident")), name] = items
    assert shared == {}
    assert said == {key: found for key, found in expected.items() if key[1] not in ("cert", "rend")}


def test_the_odd_requires_the_attributes_that_the_grammar_requires(odd: etree._Element, grammar: Grammar) -> None:
    expected: dict[str, set[str]] = {}
    for element in grammar.elements:
        name, found = local(element.name), required(element.children[0])
        expected[name] = expected.get(name, found) & found
    said = {
        (str(spec.get("ident")), str(attribute.get("ident")).removeprefix("xml:"))
        for spec in odd.iter(f"{TEI}elementSpec")
        for attribute in spec.iter(f"{TEI}attDef")
        if attribute.get("usage") == "req"
    }
    assert said == {(name, attribute) for name, found in expected.items() for attribute in found}


def test_the_odd_has_the_rules_of_the_schematron(odd: etree._Element) -> None:
    def flat(rule: etree._Element) -> tuple[str | None, str | None, str | None, str]:
        parent = rule.getparent()
        assert parent is not None
        selected = [str(value.get("select")) for value in rule.iter(f"{SCH}value-of")]
        return rule.get("id"), parent.get("context"), rule.get("test"), " ".join(["".join(rule.itertext()), *selected])

    def lets(root: etree._Element) -> list[tuple[str | None, str]]:
        return [(let.get("name"), " ".join(let.get("value", "").split())) for let in root.iter(f"{SCH}let")]

    schematron = etree.parse(SCHEMAS / "tei-edition.sch").getroot()
    assert [flat(rule) for rule in asserts(odd)] == [flat(rule) for rule in asserts(schematron)]
    assert lets(odd) == lets(schematron)


# ---------------------------------------------------------------------------- a part of the TEI


def jing(schema: Path, folder: Path) -> dict[str, str]:
    """The files that jing refuses, with its first message for each. One run: it reads TEI All once."""
    names = sorted(path.name for path in folder.glob("*.xml"))
    refused: dict[str, str] = {}
    for at in range(0, len(names), 2000):  # a command line has an end
        command = ["jing", str(schema), *names[at : at + 2000]]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert run.returncode in (0, 1), run.stderr
        for line in run.stdout.splitlines():
            path, _, rest = line.partition(".xml:")
            refused.setdefault(Path(path).name + ".xml", rest)
    return refused


def written(documents: Iterable[etree._Element], folder: Path) -> int:
    count = 0
    for count, root in enumerate(documents, 1):
        (folder / f"{count}.xml").write_bytes(etree.tostring(root, encoding="utf-8"))
    return count


def random_documents(grammar: Grammar, count: int) -> Iterator[etree._Element]:
    for tape in drawn(count):
        yield grammar.document(tape)


def every_attribute(grammar: Grammar) -> Iterator[etree._Element]:
    """For each element some documents with it in which every element has all its attributes."""
    for tape in drawn(2, length=200):
        for element in grammar.elements:
            yield grammar.document(tape, (element,), every_attribute=True)


def every_place(grammar: Grammar) -> Iterator[etree._Element]:
    """A document for each element in each element that may hold it; every second of them, for the sake of time."""
    tapes = drawn(40, length=12)
    for number, place in enumerate(grammar.places()[::2]):
        yield grammar.document(tapes[number % len(tapes)], place)


def assert_part_of(schema: Path, larger: Path, folder: Path) -> None:
    for checked in (schema, larger):
        refused = jing(checked, folder)
        shown = [f"{checked.name}: {message}\n{(folder / name).read_text()}" for name, message in refused.items()]
        assert not shown, f"{len(shown)} documents refused; the shortest: {min(shown, key=len)}"


@needs_jing
@needs_shared
def test_tei_all_accepts_what_our_schema_accepts(grammar: Grammar, tmp_path: Path) -> None:
    documents = [*random_documents(grammar, 150), *every_place(grammar), *every_attribute(grammar)]
    assert written(documents, tmp_path) > 2000
    assert_part_of(SCHEMAS / "tei-edition.rng", SHARED / "tei_all_4.12.0.rng", tmp_path)


@needs_jing
@needs_shared
def test_frus_rng_accepts_what_our_profile_accepts(frus_grammar: Grammar, tmp_path: Path) -> None:
    documents = [*random_documents(frus_grammar, 150), *every_place(frus_grammar), *every_attribute(frus_grammar)]
    folder = tmp_path / "documents"
    folder.mkdir()
    assert written(documents, folder) > 500
    assert_part_of(SCHEMAS / "tei-edition-frus.rng", with_lists_of_senders(SHARED / "frus.rng", tmp_path), folder)


def with_lists_of_senders(schema: Path, folder: Path) -> Path:
    """The schema of 2015 with the one value that the published volumes have and it has not: list type "from"."""
    tree = etree.parse(schema)
    kinds = ".//{*}define[@name='list']//{*}attribute[@name='type']//{*}value[.='participants']"
    (participants,) = tree.iterfind(kinds)
    sender = copy.deepcopy(participants)
    sender.text = "from"
    participants.addprevious(sender)
    tree.write(folder / "frus.rng")
    return folder / "frus.rng"


@needs_jing
@needs_shared
def test_the_proof_notices_a_schema_that_is_no_part_of_the_tei(tmp_path: Path) -> None:
    """The same steps with one attribute added that TEI does not have."""
    looser = etree.parse(SCHEMAS / "tei-edition.rng")
    page_break = looser.getroot().find(".//{*}element[@name='pb']")
    assert page_break is not None
    optional = etree.SubElement(page_break, f"{RNG}optional")
    etree.SubElement(optional, f"{RNG}attribute", name="page")
    looser.write(tmp_path / "looser.rng")
    folder = tmp_path / "documents"
    folder.mkdir()
    grammar = Grammar(tmp_path / "looser.rng")
    page_breaks = tuple(element for element in grammar.elements if element.name == f"{TEI}pb")
    written([grammar.document(tape, page_breaks, every_attribute=True) for tape in drawn(5)], folder)
    assert_part_of(tmp_path / "looser.rng", tmp_path / "looser.rng", folder)
    with pytest.raises(AssertionError, match="5 documents refused"):
        assert_part_of(tmp_path / "looser.rng", SHARED / "tei_all_4.12.0.rng", folder)


@needs_jing
@needs_shared
def test_the_odd_is_valid_tei(tmp_path: Path) -> None:
    shutil.copy(SCHEMAS / "tei-edition.odd", tmp_path / "odd.xml")
    assert jing(SHARED / "tei_all_4.12.0.rng", tmp_path) == {}


def test_the_xsd_accepts_what_the_grammar_accepts(
    grammar: Grammar, xsd: etree.XMLSchema, strict_xsd: xmlschema.XMLSchema
) -> None:
    for number, root in enumerate(random_documents(grammar, 60)):
        document = etree.fromstring(etree.tostring(root))
        assert xsd.validate(document), f"{messages(xsd)}\n{etree.tostring(root).decode()}"
        if number % 6 == 0:
            assert strict_xsd.is_valid(etree.tostring(root, encoding="unicode"))


@needs_jing
def test_libxml2_and_jing_agree_on_broken_documents(grammar: Grammar, rng: etree.RelaxNG, tmp_path: Path) -> None:
    """Each generated document with one of its elements taken out: both validators must say the same."""
    tapes = drawn(80)
    documents = [grammar.document(tape) for tape in tapes]
    for tape, root in zip(tapes, documents, strict=True):
        elements = [element for element in root.iter() if element.getparent() is not None]
        victim = elements[tape[0] * 257 % len(elements)]
        parent = victim.getparent()
        assert parent is not None
        parent.remove(victim)
    written(documents, tmp_path)
    refused = jing(SCHEMAS / "tei-edition.rng", tmp_path)
    accepted = {path.name: rng.validate(etree.parse(path)) for path in sorted(tmp_path.glob("*.xml"))}
    assert {name for name, good in accepted.items() if not good} == set(refused)
    assert 0 < len(refused) < len(documents)


def test_generated_documents_reach_the_whole_grammar(grammar: Grammar) -> None:
    """The proof is worth what it visits: every element, and every attribute of every element."""
    seen = {(node.tag, a) for root in every_attribute(grammar) for node in root.iter() for a in ("", *node.attrib)}
    expected = {(e.name, a) for e in grammar.elements for a in ("", *(x.name for x in e.children[0].attributes))}
    assert expected - seen == set()
