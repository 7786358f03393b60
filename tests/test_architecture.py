"""The house as DESIGN.md draws it: who may import whom, how long a module may be, what every data row is for."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import tei_edition

PACKAGE = Path(tei_edition.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("reading", "authority", "tagging", "encoding", "validation", "exporting", "comparing", "corpus", "reporting")
XML = ("tei", "encoding", "validation", "exporting", "comparing", "authority")  # who may import lxml


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def part_of(path: Path) -> str:
    """The stage of a module, or its own name at the top: `tei_edition.tagging.words` → tagging."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@functools.cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


@functools.cache
def imports(path: Path, *, typing: bool = True, inside: bool = True) -> set[str]:
    """The modules that a file imports: also for type checks (`typing`), also inside functions (`inside`)."""
    found: set[str] = set()
    pending: list[ast.AST] = [tree_of(path)]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test) and not typing:
            pending.extend(node.orelse)
            continue
        if isinstance(node, ast.FunctionDef) and not inside:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):  # an import is a statement
            below = getattr(node, name, ())
            pending.extend(below if isinstance(below, list) else ())  # the body of a lambda is none
    return found


def of_stage(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "tei_edition" and len(parts) > 1 and parts[1] in STAGES else ""


def asked_of_all(rules: type) -> type:
    """Make tests of a part of the package out of rules for a module: thousands of tests take long for being many."""
    for name, rule in list(vars(rules).items()):
        if name.startswith("test_"):
            setattr(rules, name, _asked_of_all(rule))
    return rules


def _asked_of_all(rule: Callable[[object, Path], None]) -> Callable[[object, str], None]:
    def test(self: object, part: str) -> None:
        for path in (path for path in MODULES if part_of(path) == part):
            try:
                rule(self, path)
            except AssertionError as error:
                raise AssertionError(f"{name_of(path)}: {error}") from error

    return test


@pytest.mark.parametrize("part", sorted({part_of(path) for path in MODULES}))
@asked_of_all
class TestEveryModule:
    def test_stages_do_not_import_each_other(self, path: Path) -> None:
        own = part_of(path)
        others = {of_stage(module) for module in imports(path)} - {"", own}
        if own in ("pipeline", "checking", "cli", "__init__"):
            return
        assert not others, f"{name_of(path)} knows of {sorted(others)}; only pipeline, checking and cli know the stages"

    def test_nobody_but_the_entry_points_knows_the_pipeline_or_the_cli(self, path: Path) -> None:
        if part_of(path) in ("cli", "__init__", "__main__"):
            return
        knowing = ("tei_edition.pipeline", "tei_edition.checking", "tei_edition.cli")
        assert part_of(path) == "checking" or not {m for m in imports(path) if m.startswith(knowing)}

    def test_xml_is_read_where_xml_is_at_home(self, path: Path) -> None:
        typing = part_of(path) not in ("cli", "checking")
        if part_of(path) not in XML:
            assert not {
                m for m in imports(path, typing=typing) if m.split(".")[0] in ("lxml", "xmlschema", "elementpath")
            }

    def test_heavy_packages_are_imported_where_they_are_used(self, path: Path) -> None:
        heavy = {m.split(".")[0] for m in imports(path, typing=False, inside=False)} & {"rich", "xmlschema", "saxonche"}
        assert not heavy, f"{name_of(path)} imports {heavy} when it is loaded"

    def test_xml_is_parsed_by_our_parser_only(self, path: Path) -> None:
        if path.name == "tei.py" and path.parent == PACKAGE:
            return
        calls = [n for n in nodes_of(path) if isinstance(n, ast.Call)]
        names = {ast.unparse(call.func) for call in calls}
        assert not names & {"etree.HTMLParser", "etree.XML", "etree.iterparse", "etree.fromstringlist"}
        if part_of(path) == "validation":  # it reads our schemas, and those that a user names
            parsers = {ast.unparse(call) for call in calls if ast.unparse(call.func) == "etree.XMLParser"}
            assert parsers <= {"etree.XMLParser(resolve_entities=False, no_network=True)"}
        else:
            assert not names & {"etree.XMLParser", "etree.parse"}
            # What encoding reads is what authority has parsed and written.
            assert "etree.fromstring" not in names or part_of(path) == "encoding"

    def test_no_module_is_too_long(self, path: Path) -> None:
        assert len(path.read_text("utf-8").splitlines()) < 400

    def test_no_function_is_too_long(self, path: Path) -> None:
        long = [f"{n.name} ({lines_of(n)} lines)" for n in functions(path) if lines_of(n) >= 50]
        assert not long

    def test_a_file_is_named_for_what_it_does(self, path: Path) -> None:
        assert not {"utils", "util", "helpers", "common", "misc", "tools", "shared", "base"} & set(
            path.with_suffix("").parts
        )

    def test_what_is_public_says_what_and_why(self, path: Path) -> None:
        module = tree_of(path)
        nodes = [module, *(n for n in public(module))]
        silent = [getattr(n, "name", "the module") for n in nodes if not ast.get_docstring(n)]
        assert not silent

    def test_nothing_is_guessed_at_when_bytes_are_decoded(self, path: Path) -> None:
        text = path.read_text("utf-8")
        assert "errors=" not in text, "strictly, or not at all"
        of_names = path.name in ("words.py", "names.py", "identifiers.py")
        assert "normalize(" not in text or of_names, "the source is never normalised"
        assert "pretty_print" not in text

    def test_no_clock_and_no_chance(self, path: Path) -> None:
        text = path.read_text("utf-8")
        assert not imports(path) & {"random", "uuid", "time"}
        assert ".now(" not in text and ".today(" not in text and "getpid" not in text


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (n for n in nodes_of(path) if isinstance(n, ast.FunctionDef))


def lines_of(node: ast.FunctionDef) -> int:
    """The lines of the body, its docstring not counted: commands carry their help in it."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def public(module: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def test_the_check_of_imports_sees_an_import() -> None:
    """A test that finds nothing must be able to find something."""
    assert "tei_edition.reading.read_document" in imports(PACKAGE / "pipeline.py")
    assert {of_stage(m) for m in imports(PACKAGE / "pipeline.py")} >= {"reading", "tagging", "encoding", "validation"}
    assert any(m.startswith("lxml") for m in imports(PACKAGE / "tei.py"))
    assert len(MODULES) > 60


@pytest.mark.parametrize("call", [["--help"], ["--version"], ["convert", "--help"], ["validate", "--help"]])
def test_help_starts_fast(call: list[str]) -> None:
    code = (
        "import sys, json\nfrom tei_edition.cli import main\nsys.argv = ['tei-edition', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit as e:\n    assert e.code == 0\n"
        "print('\\n' + json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, *call], capture_output=True, text=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}
    assert "click" in loaded
    assert not loaded & {"xmlschema", "rich", "jinja2", "lxml"}


def test_importing_the_package_imports_no_xml() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, tei_edition; print('lxml' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


# -- data ----------------------------------------------------------------------------------------

TABLES = sorted((PACKAGE / "data").glob("*.tsv"))
# Each table with the test that shows that every row fires.
ROW_TESTS = {
    "dating-lags.tsv": "test_dating.test_every_row_of_the_lags_is_met",
    "correspondents.tsv": "test_correspondence.test_every_word_calls_a_body_or_an_office",
    "document-marks.tsv": "test_source_notes.test_every_mark_of_the_list_is_read",
    "family-first-names.tsv": "test_authority_names.test_every_family_name_that_stands_first_is_read_so",
    "telegraphic-words.tsv": "test_terms.test_every_word_of_telegrams_is_found",
    "messages.tsv": "test_tagging.test_every_word_for_messages_names_one",
    "places.tsv": "test_gazetteer.test_every_row_of_the_places_is_well_formed_and_found_again",
    "collections.tsv": "test_citations.test_every_collection_is_one_with_a_repository_and_by_itself",
    "decimal-classes.tsv": "test_decimal_files.test_every_class_is_what_its_numbers_are_on",
    "decimal-countries.tsv": "test_decimal_files.test_every_country_is_named_by_its_number",
    "subject-numeric-countries.tsv": "test_decimal_files.test_every_abbreviation_is_a_country",
    "file-schemes.tsv": "test_citations.test_every_scheme_is_told_by_its_example",
    "subject-numeric.tsv": "test_decimal_files.test_every_subject_is_spelled_out",
    "repositories.tsv": "test_tagging.test_every_row_of_the_repositories_is_a_citations_beginning",
    "marker-weights.tsv": "test_marker_evidence.test_every_row_of_the_weights_belongs_to_evidence_that_can_be_found",
    "name-institutions.tsv": "test_persons.test_what_stands_behind_a_name_that_is_no_person",
    "person-weights.tsv": "test_persons.test_every_row_of_the_weights_belongs_to_evidence_that_can_be_found",
    "short-forms.tsv": "test_persons.test_a_row_of_short_forms",
    "title-offices.tsv": "test_persons.test_a_kind_of_title_is_met_by_a_title_and_by_an_office",
    "words-like-names.tsv": "test_persons.test_words_that_are_names_too_are_folded_words_of_one_class",
    "titles.tsv": "test_unlisted.test_every_title_names_who_stands_behind_it",
    "zones.tsv": "test_dates.test_every_zone_is_read_behind_an_hour_and_has_an_offset",
    "navigation.tsv": "test_documents.test_every_row_of_the_navigation_is_taken_for_that",
    "element-meanings.tsv": "test_grammar_words.test_every_element_of_our_schemas_has_its_meaning",
    "datatype-words.tsv": "test_grammar_words.test_a_row_of_the_datatypes_says_what_is_asked_for",
}


# How many columns tell the rows of a table apart, where it is not the first alone.
KEYS = {"dating-lags.tsv": 2, "datatype-words.tsv": 2}


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_table_is_clean_and_its_rows_are_tested(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    assert lines[0].startswith("#"), "the first line says what the table is"
    assert len({row.count("\t") for row in rows}) == 1, "each row has the same columns"
    key = KEYS.get(path.name, 1)
    assert len({tuple(row.split("\t")[:key]) for row in rows}) == len(rows) > 0, "a name that stands twice"
    assert all(cell == cell.strip() and cell for row in rows for cell in row.split("\t"))
    module, _, function = ROW_TESTS[path.name].partition(".")
    assert callable(getattr(importlib.import_module(module), function))


def test_public_verbs_have_docstrings_with_types() -> None:
    for name in tei_edition.__all__:
        verb = getattr(tei_edition, name)
        assert inspect.getdoc(verb), name
        signature = inspect.signature(verb)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values()), name
