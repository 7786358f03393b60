"""The formats of findings: each is read again by what others read it with, and hostile words do no harm."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from proportion import assert_in_proportion

from tei_edition.diagnostics import Diagnostic, Location, Severity, catalogue, finding
from tei_edition.reporting import FORMATS, Report, SourceLines, console, encoded
from tei_edition.reporting.fingerprints import fingerprints
from tei_edition.reporting.paths import relative_path, relative_uri
from tei_edition.reporting.quoting import end_column, visible

SCHEMAS = Path(__file__).parent / "report-schemas"
HOSTILE = ("50% off::error file=x,line=1::a,b:c \"quoted\" 'single' <b>&amp; ]]> -- \x1b[31m\x00\x7f\u202e\n"
           "::stop-commands::x\r\nend")
NAME = "a b/d%1,2:3é'&<>.xml"


def report(*found: Diagnostic, files: tuple[str, ...] = (), fails_on: str = "warning") -> Report:
    named = files or tuple(dict.fromkeys(one.location.path for one in found))
    return Report.of(named, found, fails_on=Severity(fails_on))


def rendered(output: str, made: Report) -> str:
    return encoded(FORMATS[output](made)).decode("utf-8")


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to quote; the working folder is that of the file."""
    monkeypatch.chdir(tmp_path)
    lines = ["<TEI>", '<p>Léo 𝄞 <date when="1962-08-19" cert="low">August 18</date>.</p>', "</TEI>", ""]
    Path("d280.xml").write_text("\n".join(lines), "utf-8")
    return Path("d280.xml")


ATTRIBUTE = finding("VA103", "@when is wrong", Location("d280.xml", 2, 16, xpath="/tei:TEI/tei:p[3]/tei:date"),
                    related=[Location("d280.xml", 1, 1)])
EVERYTHING = report(ATTRIBUTE, finding("VA303", HOSTILE, Location(NAME, 3, 1), hint=HOSTILE),
                    finding("VA001", "no line", Location(NAME)),
                    finding("CO001", "cannot be read", Location("gone.xml")),
                    finding("VA315", "a note", Location("clean.xml", 1, 1)), finding("VA101", "nowhere"),
                    files=("clean.xml", "d280.xml", NAME, "gone.xml", "silent.xml"))


# -- SARIF ---------------------------------------------------------------------------------------


@cache
def sarif_validator() -> Any:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


def sarif(made: Report) -> dict[str, Any]:
    log = json.loads(rendered("sarif", made))
    sarif_validator().validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_is_valid_and_says_what_and_where(edition: Path) -> None:
    run = sarif(EVERYTHING)
    assert len(run["results"]) == len(EVERYTHING.findings)
    (result,) = (one for one in run["results"] if one["ruleId"] == "VA103")
    place = result["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 2, "startColumn": 16, "endColumn": 33}
    assert run["columnKind"] == "unicodeCodePoints"
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "d280.xml"
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "/tei:TEI/tei:p[3]/tei:date"
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 1
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    entry = catalogue()["VA103"]
    assert (rule["id"], rule["shortDescription"]["text"]) == ("VA103", entry.title)
    assert entry.fix in rule["help"]["text"] and entry.bad.strip("\n") in rule["help"]["markdown"]
    indices = [one["physicalLocation"]["artifactLocation"]["index"] for result in run["results"]
               for one in result.get("locations", [])]
    assert max(indices) < len(run["artifacts"])
    assert not run["invocations"][0]["executionSuccessful"], "one of the files could not be read"


def test_sarif_of_nothing_is_valid(edition: Path) -> None:
    run = sarif(report(files=("d280.xml",)))
    assert run["results"] == [] and run["invocations"][0]["executionSuccessful"]


@pytest.mark.parametrize(("code", "done"), [("CO001", False), ("CO034", False), ("CO031", True), ("CO032", True),
                                            ("CO047", True), ("VA001", True)])
def test_sarif_says_whether_all_could_be_checked(edition: Path, code: str, done: bool) -> None:
    run = sarif(report(finding(code, "a message", Location("d280.xml")), files=("d280.xml",)))
    assert run["invocations"][0]["executionSuccessful"] is done


def test_the_schema_of_sarif_finds_what_is_wrong(edition: Path) -> None:
    log = json.loads(rendered("sarif", EVERYTHING))
    del log["runs"][0]["results"][0]["message"]
    with pytest.raises(jsonschema.ValidationError):
        sarif_validator().validate(log)


@pytest.mark.parametrize(("path", "relative", "uri"), [
    ("./a/d1.xml", "a/d1.xml", "a/d1.xml"),
    ("{cwd}/a/d 1.xml", "a/d 1.xml", "a/d%201.xml"),
    ("/elsewhere/d1.xml", "/elsewhere/d1.xml", "file:///elsewhere/d1.xml"),
    ("a:b%.xml", "a:b%.xml", "a%3Ab%25.xml"),
    ("d\udce9.xml", "d\udce9.xml", "d%E9.xml"),
    ("-", "-", "-"),
])
def test_paths_are_relative_to_the_folder_of_the_run(path: str, relative: str, uri: str, edition: Path) -> None:
    given_path = path.replace("{cwd}", str(Path.cwd()))
    assert relative_path(given_path) == relative
    assert relative_uri(given_path) == uri


# -- JUnit ---------------------------------------------------------------------------------------


@cache
def junit_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


def junit(made: Report) -> etree._Element:
    root = etree.fromstring(rendered("junit", made).encode("utf-8"))
    junit_schema().assertValid(root)
    return root


def test_junit_has_a_suite_a_file_and_a_case_a_code(edition: Path) -> None:
    root = junit(EVERYTHING)
    suites = {suite.get("name"): suite for suite in root}
    assert list(suites)[:5] == ["clean.xml", "d280.xml", NAME, "gone.xml", "silent.xml"]
    assert [case.get("name") for case in suites["silent.xml"]] == ["valid"]
    failure = suites["d280.xml"].find("testcase/failure")
    assert failure is not None and failure.get("type") == "VA103"
    assert "d280.xml:2:16: VA103 error: @when is wrong" in (failure.text or "")
    assert suites["gone.xml"].find("testcase/error") is not None
    assert suites["clean.xml"].find("testcase/failure") is None, "notes do not fail"
    for key, name in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        assert int(root.get(key, "")) == len(root.findall(f".//{name}")) > 0
    assert {code[:5] for suite in root for code in (case.get("name", "") for case in suite)} >= {"VA303", "VA001"}


def test_junit_counts_the_findings_of_a_code_and_minds_what_fails() -> None:
    found = [finding("VA303", f"m{n}", Location("a.xml", n)) for n in range(1, 4)]
    failure = junit(report(*found)).find(".//failure")
    assert failure is not None and failure.get("message") == "m1 (and 2 more)"
    assert (failure.text or "").count("VA303") == 3
    assert junit(report(*found, fails_on="error")).find(".//failure") is None


# -- GitHub --------------------------------------------------------------------------------------


def command(line: str) -> tuple[str, dict[str, str], str]:
    """Read a workflow command as the runner does (ActionCommand.cs of actions/runner)."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")
    given_properties = dict(pair.split("=", 1) for pair in listed.split(",") if pair)

    def unescaped(words: str, signs: str) -> str:
        for sign, code in (("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C"), ("%", "%25")):
            words = words.replace(code, sign) if sign in signs else words
        return words

    return (name, {key: unescaped(value, "\r\n:,%") for key, value in given_properties.items()},
            unescaped(data, "\r\n%"))


def test_github_annotates_the_place(edition: Path) -> None:
    name, properties, data = command(rendered("github", report(ATTRIBUTE)).rstrip("\n"))
    assert name == "error"
    assert properties == {"file": "d280.xml", "line": "2", "col": "16", "endColumn": "33",
                          "title": f"VA103: {catalogue()['VA103'].title}"}
    assert data.startswith("@when is wrong (")


def test_github_lets_no_words_be_commands(edition: Path) -> None:
    lines = rendered("github", EVERYTHING).split("\n")
    assert lines.pop() == "" and len(lines) == len(EVERYTHING.findings)
    read = [command(line) for line in lines]
    assert {name for name, _, _ in read} == {"error", "warning", "notice"}
    (hostile,) = (one for one in read if one[0] == "warning")
    assert hostile[1]["file"] == NAME
    assert hostile[2].startswith("50% off::error file=x,line=1::a,b:c") and "::stop-commands::" in hostile[2]


# -- GitLab --------------------------------------------------------------------------------------


def test_gitlab_has_what_it_asks_for(edition: Path) -> None:
    issues = json.loads(rendered("gitlab", EVERYTHING))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert isinstance(issue["location"]["lines"]["begin"], int)
        assert not issue["location"]["path"].startswith("./")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == len(EVERYTHING.findings)
    twice = [finding("VA103", "m", Location(path, 1, 1)) for path in ("a.xml", "a.xml", "b.xml")]
    assert len({issue["fingerprint"] for issue in json.loads(rendered("gitlab", report(*twice)))}) == 3


# -- JSON ----------------------------------------------------------------------------------------


def test_json_lines_are_the_findings_of_json(edition: Path) -> None:
    whole = json.loads(rendered("json", EVERYTHING))
    lines = rendered("jsonl", EVERYTHING).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == whole["findings"]
    (one,) = (one for one in whole["findings"] if one["code"] == "VA103")
    assert one["location"] == {"path": "d280.xml", "line": 2, "column": 16, "end_column": 33,
                               "xpath": "/tei:TEI/tei:p[3]/tei:date"}
    assert rendered("jsonl", report(files=("d280.xml",))) == ""


# -- text ----------------------------------------------------------------------------------------


def test_text_quotes_the_line_with_a_caret_and_says_what_to_do(edition: Path) -> None:
    head, line, caret, see, advice = console.render(report(ATTRIBUTE)).splitlines()
    assert head == "d280.xml:2:16: VA103 error: @when is wrong"
    assert line[caret.index("^"):].startswith('when="1962-08-19"')
    assert see == "  = see d280.xml:1:1" and advice == f"  = {catalogue()['VA103'].fix}"


def test_the_caret_stands_below_wide_signs_and_accents(edition: Path) -> None:
    edition.write_text("<p>毛泽东 e\u0301<x/></p>\n", "utf-8")
    found = console.render(report(finding("VA101", "m", Location("d280.xml", 1, 10)))).splitlines()
    assert found[1] == "  | <p>毛泽东 e\u0301<x/></p>"
    assert found[2] == "  | " + " " * 11 + "^"  # three of two columns each; the accent has none


def test_a_terminal_is_given_no_commands(edition: Path) -> None:
    edition.write_text("<p>\x1b]0;owned\x07\u202eevil</p>\n", "utf-8")
    hostile = finding("VA101", HOSTILE, Location("d280.xml", 1, 4), hint=HOSTILE)
    text = console.render(report(hostile, *EVERYTHING.findings))
    assert not {sign for sign in text if ord(sign) < 32 or sign in "\x7f\u202e"} - {"\n"}
    assert visible("a\x1bb") == "a\u241bb"


def test_tables_say_which_files_and_codes() -> None:
    found = [finding("VA303", "m", Location(f"d{n}.xml", line)) for n in range(1, 31) for line in range(n)]
    text = console.render(report(*found, finding("VA101", "m", Location("d3.xml", 1))), tables=True)
    lines = text[text.index("\nby file"):].split("\n")
    assert "  d30.xml       0        30      0  VA303 ×30" in lines
    assert "  … and 10 more files: the 20 with most findings are shown" in lines
    assert "  VA303  465     30  warning: A page marker stands in the text" in lines
    everything = console.render(report(*found), tables=True, most=None)
    assert everything.count("VA303 warning") == 465 and "more files" not in everything
    assert "  d3.xml" in everything
    assert "by file" not in console.render(report(found[0]), tables=True), "one file needs no table"


# -- fingerprints --------------------------------------------------------------------------------


def made_of(text: str, *places: tuple[int, int], path: str = "d280.xml", xpath: str = "/tei:TEI/tei:p[1]") -> list[Any]:
    found = [finding("VA303", "m", Location(path, line, column, xpath=xpath)) for line, column in places]
    return list(fingerprints(Report.of([path], found, sources=SourceLines({path: text.encode()}))))


def test_fingerprints_survive_what_happens_elsewhere() -> None:
    (before,) = made_of("<p>\n  [Page 4] and</p>", (2, 3))
    assert made_of("<p>new</p>\n\n<p>\n [Page 4] and</p>", (4, 2), xpath="/tei:TEI/tei:p[2]") == [before]
    assert made_of("<p>\n  [Page 4] and</p>", (2, 3), path="moved/d281.xml") == [before]
    assert made_of("<p>\n  [Page 5] and</p>", (2, 3)) != [before]
    assert made_of("<p>\n  [Page 4] and</p>", (2, 3), xpath="/tei:TEI/tei:note") != [before]


def test_equal_fingerprints_are_numbered() -> None:
    first, second = made_of("x x", (1, 1), (1, 1))
    assert first[0] == second[0] and (first[1], second[1]) == (1, 2)


def test_a_finding_without_a_place_is_known_by_its_words() -> None:
    (one,), (other,), (like,) = (list(fingerprints(report(finding("CO001", words, Location("a.xml")))))
                                 for words in ("3 of 4 bytes", "no such file", "5 of 9 bytes"))
    assert one == like != other


# -- quoting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("data", "line", "quoted"), [
    (b"\xef\xbb\xbfa\r\nb\r\n", 2, "b"),
    ("<?xml version='1.0' encoding='UTF-16'?>\né".encode("utf-16"), 2, "é"),
    (b"<?xml version='1.0' encoding='ISO-8859-1'?>\n\xe9", 2, "é"),
    (b"<?xml version='1.0' encoding='nonsense'?>\nx", 2, "x"),
    (b"a\n\xff\xfe", 2, "\ufffd\ufffd"),
    (b"a", 9, ""),
])
def test_lines_of_any_file(data: bytes, line: int, quoted: str) -> None:
    assert SourceLines({"a": data}).line(Location("a", line, 1)) == quoted


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    for name in ("pipe.xml", "gone.xml", "", "\0"):
        assert SourceLines().line(Location(str(tmp_path / name), 1, 1)) == ""


@pytest.mark.parametrize(("line", "column", "end"), [
    ("<persName ref='x'>", 1, 10), ("<persName ref='x'>", 11, 18), ("Katanga2 and", 1, 9), ("↩ x", 1, 2),
    ("a &amp; b", 3, 8), ("</p>", 1, 4), ("abc", 4, None), ("abc", 99, None), ("a  b", 2, None),
    ("x" * 10_000, 1, 501),
])
def test_where_a_thing_ends(line: str, column: int, end: int | None) -> None:
    assert end_column(line, Location("a", 1, column)) == end


def test_where_words_of_a_plain_text_end() -> None:
    assert end_column("to the aim of", Location("a", 1, 8, start=30, end=33)) == 11


def test_a_plain_text_has_other_ends_of_lines() -> None:
    lines = SourceLines({"a": "one\u2028two\x0bthree".encode()})
    assert lines.line(Location("a", 3, 1, start=8, end=9)) == "three"
    assert lines.line(Location("a", 1, 1)) == "one\u2028two\x0bthree"


# -- Markdown -----------------------------------------------------------------------------------


def test_markdown_is_a_table_of_codes_and_one_of_findings(edition: Path) -> None:
    from html import unescape

    from markdown_it import MarkdownIt

    page = etree.HTML(MarkdownIt("commonmark").enable("table").render(rendered("markdown", EVERYTHING)))
    codes, found = page.findall(".//table")
    assert [row[0].text for row in codes.iterfind("tbody/tr")] == list(EVERYTHING.codes())
    assert [row[1].text for row in found.iterfind("tbody/tr")] == [one.code for one in EVERYTHING.findings]
    cells = {row[1].text: row for row in found.iterfind("tbody/tr")}
    assert cells["VA103"][0].text == "d280.xml:2:16" and cells["VA001"][0].text == NAME
    assert len(cells["VA303"][2]) == 0, "hostile words are no markup"
    assert "50% off::error file=x,line=1::a,b:c" in unescape(cells["VA303"][2].text or "")
    assert rendered("markdown", report(files=("a.xml",))) == "### TEI: 1 file: nothing found\n"


# -- oXygen --------------------------------------------------------------------------------------


def oxygen(block: str) -> dict[str, str]:
    """A message as oXygen's user guide describes it: three to eight lines of a name, a colon and a value."""
    fields = dict(line.split(": ", 1) for line in block.split("\n"))
    order = ["Type", "SystemID", "Line", "Column", "EndLine", "EndColumn", "Description"]
    assert list(fields) == [name for name in order if name in fields]
    assert {"Line", "Column", "Description"} <= set(fields) and fields["Type"] in "FEW"
    return fields


def test_oxygen_gets_a_block_for_each_finding(edition: Path) -> None:
    blocks = [oxygen(block) for block in rendered("oxygen", EVERYTHING).split("\n\n") if block]
    assert len(blocks) == len(EVERYTHING.findings)
    (found,) = (block for block in blocks if block["Description"].startswith("VA103: @when is wrong ("))
    assert (found["Type"], found["SystemID"], found["Line"], found["Column"]) == ("E", "d280.xml", "2", "16")
    assert (found["EndLine"], found["EndColumn"]) == ("2", "33")


# -- long lines ----------------------------------------------------------------------------------


@pytest.mark.parametrize("output", [*FORMATS])
def test_a_line_of_many_findings_takes_time_in_proportion(output: str) -> None:
    def prepare(number: int) -> Callable[[], object]:
        data = ("<p>" + "é [Page 4] " * number + "</p>").encode()
        found = [finding("VA303", f"m{n}", Location("a.xml", 1, 6 + n * 11)) for n in range(number)]
        made = Report.of(["a.xml"], found, sources=SourceLines({"a.xml": data}))
        made.sources.line(found[0].location)
        return lambda: FORMATS[output](made)

    assert_in_proportion(prepare, 150)


# -- any words -----------------------------------------------------------------------------------


READERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.split("\n") if line],
    "sarif": json.loads,
    "gitlab": json.loads,
    "junit": lambda text: ElementTree.fromstring(text.encode("utf-8")),
    "github": lambda text: [command(line) for line in text.split("\n") if line],
    "text": str.splitlines,
    "markdown": str.splitlines,
    "oxygen": lambda text: [oxygen(block) for block in text.split("\n\n") if block],
}


@settings(max_examples=25)
@given(words=st.text(), path=st.text(min_size=1).filter(lambda words: "\0" not in words), raw=st.binary(max_size=20))
def test_any_words_can_be_read_again(words: str, path: str, raw: bytes) -> None:
    names = path, os.fsdecode(raw.replace(b"\0", b"") or b"x")
    made = report(*(finding("VA303", words, Location(f"none/{name}", 1, 1), hint=words) for name in names))
    for output, read in READERS.items():
        assert read(rendered(output, made)), output
    assert rendered("github", made).count("\n") == 2
    assert len(etree.fromstring(rendered("junit", made).encode())) == len({relative for relative in made.files})


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS)
