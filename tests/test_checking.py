"""What a run of `validate` takes and leaves: selection, ignores, baseline, git, processes, reports, standard input."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from command import run

from tei_edition.checking import Check, Counting, File, Selection, check_file, named_files
from tei_edition.checking import run as check_files
from tei_edition.checking.ignores import Ignore
from tei_edition.checking.workers import number_of_jobs
from tei_edition.diagnostics import LAYERS, Diagnostic, Location, WrongUsage, finding, layer_of
from tei_edition.reporting import FORMATS, SourceLines
from tei_edition.settings import Settings, load_settings

MISTAKES = Path(__file__).parent / "mistakes"
MINIMAL = (MISTAKES / "minimal-edition.xml").read_text("utf-8")


def edition(number: int = 280, *, words: str = "") -> str:
    """A clean document, with more words in a paragraph of its own."""
    text = MINIMAL.replace("280", str(number))
    before, _, after = text.rpartition("</p>")
    return f"{before}</p>\n{f'<p>{words}</p>' if words else ''}{after}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with three documents: the second has two findings (VA303, VA304), the third one (VA303)."""
    monkeypatch.chdir(tmp_path)
    for number, words in ((280, ""), (281, "One [Page 4] and ↩ two."), (282, "[Page 5] of it.")):
        Path(f"d{number}.xml").write_text(edition(number, words=words), "utf-8")
    return tmp_path


def found(*arguments: str | Path) -> list[tuple[str, str]]:
    """The files and codes of the findings of a call."""
    data = json.loads(run("validate", *arguments, "--format", "json").stdout)
    return [(one["location"]["path"], one["code"]) for one in data["findings"]]


THREE = ("d280.xml", "d281.xml", "d282.xml")
ALL = [("d281.xml", "VA303"), ("d281.xml", "VA304"), ("d282.xml", "VA303")]


def test_the_documents_are_what_the_tests_say(folder: Path) -> None:
    assert found(*THREE) == ALL


class TestSelection:
    @pytest.mark.parametrize(("arguments", "left"), [
        (("--select", "VA304"), ALL[1:2]),
        (("--select", "va304,VA303"), ALL),
        (("--ignore", "VA303"), ALL[1:2]),
        (("--select", "VA3", "--ignore", "VA304"), [ALL[0], ALL[2]]),
        (("--ignore", "VA3", "--select", "VA304"), ALL[1:2]),
        (("--select", "VA3", "--ignore", "VA3"), []),
        (("--select", "VA1"), []),
    ])
    def test_codes_and_their_beginnings(self, folder: Path, arguments: tuple[str, ...], left: list[Any]) -> None:
        assert found(*THREE, *arguments) == left

    def test_an_unknown_code_is_wrong_usage(self, folder: Path) -> None:
        done = run("validate", "d280.xml", "--select", "VA999")
        assert done.returncode == 2 and "CO035" in done.stderr and "VA" in done.stderr.partition("did you mean")[2]

    def test_what_cannot_be_read_is_always_told(self, folder: Path) -> None:
        done = run("validate", "missing.xml", "--select", "VA3", "--ignore", "CO001")
        assert done.returncode == 3 and "CO001" in done.stdout

    def test_rules_that_did_not_run_are_not_silent(self, folder: Path) -> None:
        Path("d283.xml").write_text(edition(283, words="<foo/> [Page 4]"), "utf-8")
        done = run("validate", "d283.xml", "--select", "VA303")
        assert done.returncode == 1 and "CO032 warning: the selected rules did not run: VA101" in done.stdout
        assert found("d283.xml", "--select", "VA303,VA1") == [("d283.xml", "VA101")]
        assert found("d283.xml", "--select", "VA303", "--ignore", "CO032") == []

    def test_what_is_ignored_hides_nothing_behind_it(self, folder: Path) -> None:
        Path("d283.xml").write_text(edition(283, words="<foo/> [Page 4]"), "utf-8")
        Path("d284.xml").write_text("<TEI>", "utf-8")
        assert found("d283.xml", "--ignore", "VA101") == [("d283.xml", "VA303")]
        assert found("d283.xml", "--ignore", "VA101", "--layers", "grammar") == []
        done = run("validate", "d284.xml", "--ignore", "VA0")
        assert done.returncode == 0 and "CO032 note: the other rules did not run: VA00" in done.stdout

    def test_layers(self, folder: Path) -> None:
        Path("d283.xml").write_text(edition(283, words="<foo/> [Page 4]"), "utf-8")
        assert found("d283.xml") == [("d283.xml", "VA101")]
        assert found("d283.xml", "--layers", "editorial") == [("d283.xml", "VA303")]
        assert found("d281.xml", "--layers", "well-formed,grammar,schematron") == []
        done = run("validate", "d283.xml", "--layers", "grammer")
        assert done.returncode == 2 and "grammer: the layers are well-formed, grammar" in done.stderr

    @pytest.mark.parametrize(("arguments", "words"), [
        (("--layers", "fidelity"), "--layers fidelity compares with a text"),
        (("--layers", "grammar", "--schematron", "d280.xml"), "--schematron belongs to the layer schematron"),
        (("--layers", "grammar", "--phase", "drafts"), "--phase belongs to the layer schematron"),
        (("--layers", "grammar", "--for", "cmif"), "--for belongs to the layer editorial"),
        (("--layers", "grammar", "--source", "d280.xml"), "--source belongs to the layer fidelity"),
        (("--report", "sarif=-"), "give a file; --format sarif writes to standard output"),
        (("--select", "VA4"), "--select VA4: these rules compare with a text"),
        (("--select", "VA1,va345"), "--select VA345: this rule needs to know what the edition is made for"),
        (("--select", "VA3", "--layers", "grammar"), "--select VA3: --layers leaves out the layer editorial"),
    ])
    def test_what_nothing_would_come_of_is_wrong_usage(self, folder: Path, arguments: tuple[str, ...],
                                                       words: str) -> None:
        done = run("validate", "d280.xml", *arguments)
        assert done.returncode == 2 and words in " ".join(done.stderr.split()), done.stderr

    def test_what_can_find_something_runs(self, folder: Path) -> None:
        Path("d281.txt").write_text("281. A Letter\n", "utf-8")
        assert ("d281.xml", "VA304") in found("d281.xml", "--select", "VA4,VA304", "--source", "d281.txt")
        assert found("d281.xml", "--select", "VA", "--layers", "well-formed") == []
        assert found("d281.xml", "--select", "VA34") == []

    @pytest.mark.parametrize(("code", "layer"), [("VA001", "well-formed"), ("VA103", "grammar"), ("VA2", "schematron"),
                                                 ("VA305", "editorial"), ("VA404", "fidelity"), ("VA", ""),
                                                 ("RD010", "")])
    def test_the_layer_of_a_code(self, code: str, layer: str) -> None:
        assert layer_of(code) == layer and layer in (*LAYERS, "")


RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron"><ns prefix="t" uri="http://www.tei-c.org/ns/1.0"/>
  <phase id="drafts"><active pattern="marks"/></phase>
  <pattern id="marks"><rule context="t:p"><report test="contains(., 'TODO')">left to do</report></rule></pattern>
  <pattern id="ends"><rule context="t:p"><assert test="contains(., '.')">no full stop</assert></rule></pattern></schema>
"""


class TestRulesOfSomebodysOwn:
    def test_schematron_and_its_phase(self, folder: Path) -> None:
        Path("own.sch").write_text(RULES, "utf-8")
        Path("d283.xml").write_text(edition(283, words="TODO"), "utf-8")
        call = ("d283.xml", "d280.xml", "--schematron", "own.sch")
        both, one = (run("validate", *call, *more) for more in ((), ("--phase", "drafts")))
        assert both.returncode == one.returncode == 1
        assert both.stdout.count("VA200") > one.stdout.count("VA200") >= 1
        assert "no full stop" in both.stdout and "no full stop" not in one.stdout and "left to do" in one.stdout

    @pytest.mark.parametrize("more", [("--phase", "finals"), ("--schematron", "missing.sch"),
                                      ("--schematron", "d280.xml")])
    def test_what_is_wrong_with_them_is_one_line(self, folder: Path, more: tuple[str, ...]) -> None:
        Path("own.sch").write_text(RULES, "utf-8")
        done = run("validate", *THREE, "--schematron", "own.sch", *more)
        assert done.returncode in (2, 3) and done.stdout + done.stderr and "Traceback" not in done.stderr
        assert done.stderr.count("\n") == 1


class TestExitCodes:
    @pytest.mark.parametrize(("arguments", "code"), [
        (("d280.xml",), 0),
        (("d281.xml",), 1),
        (("d281.xml", "--fail-on", "warning"), 1),
        (("d281.xml", "--fail-on", "error"), 0),
        (("d283.xml", "--fail-on", "error"), 1),
        (("d281.xml", "missing.xml"), 3),
        (("missing.xml", "--fail-on", "error"), 3),
        (("d280.xml", "--update-baseline"), 2),
        (("d280.xml", "--jobs", "0"), 2),
        (("d280.xml", "--report", "sarif"), 2),
        (("d280.xml", "--report", "pdf=x"), 2),
        (("d280.xml", "--baseline", "missing.json"), 3),
        (("d280.xml", "--settings", "missing.toml"), 3),
        (("d280.xml", "--schema", "no-such-schema"), 2),
    ])
    def test_of_the_closed_set(self, folder: Path, arguments: tuple[str, ...], code: int) -> None:
        Path("d283.xml").write_text(edition(283, words="<foo/>"), "utf-8")
        done = run("validate", *arguments)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr

    def test_a_fault_of_the_program_is_one_finding(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(path: Path, **_given: Any) -> list[Diagnostic]:
            raise RuntimeError(f"on\npurpose in {path}")

        monkeypatch.setattr("tei_edition.checking.check.validate_file", fails)
        done = run("validate", *THREE)
        assert done.returncode == 1
        assert "d280.xml: CO006 error: RuntimeError: on purpose in d280.xml" in done.stdout


class TestReports:
    def test_several_at_once(self, folder: Path) -> None:
        reports = [f"{output}=out/{output}" for output in FORMATS]
        done = run("validate", *THREE, "--format", "github", *(f"--report={one}" for one in reports))
        assert done.returncode == 1 and done.stdout.count("::warning ") == 3
        for output in FORMATS:
            written = Path("out", output).read_text("utf-8")
            assert written.count("VA304") >= 1, output
            again = run("validate", *THREE, "--format", output).stdout
            assert again == written, output

    def test_they_are_written_anew_and_whole(self, folder: Path) -> None:
        Path("findings.json").write_text("x" * 100_000)
        run("validate", *THREE, "--report", "json=findings.json")
        assert len(json.loads(Path("findings.json").read_text())["findings"]) == 3
        assert sorted(path.name for path in folder.iterdir()) == [*THREE, "findings.json"]

    @pytest.mark.parametrize("arguments", [
        ("--report", "json=d281.xml"), ("--report", "json=./d280.xml"),
        ("--report", "json=a", "--report", "sarif=a"), ("--report", "json=b", "--baseline", "b", "--update-baseline"),
        ("--authority", "d282.xml", "--report", "text=d282.xml"),
    ])
    def test_nothing_that_is_read_is_written_over(self, folder: Path, arguments: tuple[str, ...]) -> None:
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        done = run("validate", "d280.xml", "d281.xml", *arguments)
        assert done.returncode == 2 and "CO007" in done.stderr
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before

    def test_the_first_twenty_of_a_code_or_all(self, folder: Path) -> None:
        Path("d281.xml").write_text(edition(281, words="[Page 1] " * 30), "utf-8")
        cut, everything = (run("validate", "d281.xml", *more).stdout for more in ((), ("--all",)))
        assert cut.count("VA303 warning") == 20 and "… and 10 more VA303" in cut
        assert everything.count("VA303 warning") == 30

    def test_tables_where_there_are_several_files(self, folder: Path) -> None:
        assert "\nby file " in run("validate", *THREE).stdout
        assert "by file" not in run("validate", "d281.xml").stdout


class TestMending:
    @pytest.fixture
    def pages(self, folder: Path) -> Path:
        """A document whose two page breaks have no ids by the scheme (VA203); one of them is not to be mended."""
        path = Path("d284.xml")
        path.write_text(edition(284, words='A<pb n="5" xml:id="p5"/> and\n<pb n="6" xml:id="p6"/> B.'), "utf-8")
        return path

    def test_a_dry_run_is_a_diff_and_writes_nothing(self, pages: Path, folder: Path) -> None:
        before = pages.read_bytes()
        done = run("validate", pages, "--fix", "--dry-run")
        assert done.returncode == 1 and pages.read_bytes() == before
        assert "d284.xml: 2 mended (VA203 ×2)\n" in done.stderr
        assert done.stdout.startswith("--- a/d284.xml\n+++ b/d284.xml\n@@ ")
        assert '\n+<pb n="6" xml:id="pg_6"/> B.' in done.stdout

    def test_it_mends_and_checks_again(self, pages: Path) -> None:
        text = pages.read_text("utf-8")
        done = run("validate", pages, "--fix")
        assert (done.returncode, done.stdout) == (0, "") and done.stderr.endswith("1 file: nothing found\n")
        assert pages.read_text("utf-8") == text.replace('"p5"', '"pg_5"').replace('"p6"', '"pg_6"')
        again = run("validate", pages, "--fix")
        assert (again.returncode, again.stdout, again.stderr) == (0, "", "1 file: nothing found\n")

    def test_what_is_ignored_known_or_not_selected_is_left(self, pages: Path) -> None:
        before = pages.read_bytes()
        run("validate", pages, "--fix", "--select", "VA1")
        run("validate", pages, "--fix", "--ignore", "VA203")
        run("validate", pages, "--baseline", "known.json", "--update-baseline")
        run("validate", pages, "--baseline", "known.json", "--fix")
        assert pages.read_bytes() == before
        Path("tei-edition.toml").write_text(ignoring(code="VA203", words="p5"), "utf-8")
        assert run("validate", pages, "--fix", "-q").stderr == ""
        assert b'"p5"' in pages.read_bytes() and b'"pg_6"' in pages.read_bytes()

    @pytest.mark.parametrize(("arguments", "words"), [
        (("d280.xml", "--dry-run"), "--dry-run shows what --fix would do"),
        (("-", "--fix"), "--fix mends files"),
        (("d280.xml", "--fix", "--baseline", "b", "--update-baseline"), "one after the other"),
    ])
    def test_what_does_not_go_together(self, folder: Path, arguments: tuple[str, ...], words: str) -> None:
        done = run("validate", *arguments, given="")
        assert done.returncode == 2 and words in done.stderr


class TestExports:
    def test_the_header_is_asked_for_what_they_need(self, folder: Path) -> None:
        text = edition(285).replace("<licence", "<p>free</p><!-- ").replace("</licence>", " -->")
        Path("d285.xml").write_text(text, "utf-8")
        without, served = (found("d285.xml", "--layers", "editorial", *more) for more in ((), ("--for", "dts,html")))
        assert ("d285.xml", "VA345") in served and ("d285.xml", "VA345") not in without

    def test_an_unknown_one_is_wrong_usage(self, folder: Path) -> None:
        done = run("validate", "d280.xml", "--for", "cmif,cmfi")
        assert done.returncode == 2 and "cmfi: the exports are cmif" in done.stderr


class TestStandardInput:
    def test_it_is_called_by_its_name(self, folder: Path) -> None:
        text = Path("d281.xml").read_text("utf-8")
        plain, named = (run("validate", "-", *more, given=text) for more in ((), ("--stdin-name", "editions/d281.xml")))
        assert plain.returncode == named.returncode == 1
        assert "\n-:" in f"\n{plain.stdout}" and "  | <p>One [Page 4]" in plain.stdout
        assert named.stdout.startswith("editions/d281.xml:") and "  | <p>One [Page 4]" in named.stdout

    def test_it_may_be_clean_or_broken(self, folder: Path) -> None:
        assert run("validate", "-", given=edition()).returncode == 0
        done = run("validate", "-", "--format", "github", given="<TEI")
        assert done.returncode == 1 and done.stdout.startswith("::error line=1,")


class TestBaseline:
    def test_only_what_is_new_fails(self, folder: Path) -> None:
        made = run("validate", *THREE, "--baseline", "known.json", "--update-baseline")
        assert (made.returncode, made.stdout) == (0, "")
        assert made.stderr == "3 files: nothing found (3 written to known.json)\n"
        same = run("validate", *THREE, "--baseline", "known.json")
        assert (same.returncode, same.stdout) == (0, "") and "(3 in the baseline)" in same.stderr
        text = Path("d282.xml").read_text("utf-8")
        text = text.replace("<body>", "<body>\n\n\n").replace("<p>[Page 5]", "<p>[Page 6]</p>\n<p>[Page 5]")
        Path("d282.xml").write_text(text, "utf-8")
        done = run("validate", *THREE, "--baseline", "known.json", "--format", "json")
        (new,) = json.loads(done.stdout)["findings"]
        assert done.returncode == 1 and "[Page 6]" in new["message"]

    def test_equal_findings_are_counted(self, folder: Path) -> None:
        page = "\n<hi rend='italic'>[Page 4]</hi>\n"
        Path("d281.xml").write_text(edition(281, words=page * 2), "utf-8")
        run("validate", "d281.xml", "--baseline", "known.json", "--update-baseline")
        assert [one["count"] for one in json.loads(Path("known.json").read_text("utf-8"))["findings"]] == [2]
        Path("d281.xml").write_text(edition(281, words=page * 3), "utf-8")
        assert found("d281.xml", "--baseline", "known.json") == [("d281.xml", "VA303")]

    def test_what_is_gone_is_told_and_taken_out(self, folder: Path) -> None:
        run("validate", *THREE, "--baseline", "known.json", "--update-baseline")
        Path("d281.xml").write_text(edition(281), "utf-8")
        done = run("validate", *THREE, "--baseline", "known.json")
        assert done.returncode == 0
        assert done.stderr == "3 files: nothing found (1 in the baseline, 2 of it are gone: --update-baseline)\n"
        run("validate", "d281.xml", "--baseline", "known.json", "--update-baseline")
        (left,) = json.loads(Path("known.json").read_text("utf-8"))["findings"]
        assert left["path"] == "d282.xml", "what was not looked at stays as it was"

    def test_it_is_sorted_and_stable_and_known_from_any_folder(self, folder: Path,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
        Path("kept").mkdir()
        run("validate", *reversed(THREE), "--baseline", "kept/known.json", "--update-baseline")
        first = Path("kept/known.json").read_bytes()
        run("validate", *THREE, "--baseline", "kept/known.json", "--update-baseline", "--jobs", "2")
        assert Path("kept/known.json").read_bytes() == first
        paths = [one["path"] for one in json.loads(first)["findings"]]
        assert paths == ["../d281.xml", "../d281.xml", "../d282.xml"]
        monkeypatch.chdir(folder / "kept")
        assert found(*(f"../{name}" for name in THREE), "--baseline", "known.json") == []
        assert found(folder, "--baseline", folder / "kept" / "known.json") == []

    @pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1}',
                                      '{"version": 1, "findings": [{"path": 1}]}', "[" * 100_000, "\udcff"])
    def test_what_is_no_baseline_is_wrong_usage(self, folder: Path, text: str) -> None:
        Path("known.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        done = run("validate", "d280.xml", "--baseline", "known.json")
        assert done.returncode == 2 and "known.json: CO030" in done.stderr

    def test_what_is_known_hides_nothing_behind_it(self, folder: Path) -> None:
        line = "<foo/> [Page 4] and words enough to know it by"
        Path("d281.xml").write_text(edition(281, words=line), "utf-8")
        run("validate", *THREE, "--baseline", "known.json", "--update-baseline")
        known = [one["code"] for one in json.loads(Path("known.json").read_text("utf-8"))["findings"]]
        assert known == ["VA101", "VA303", "VA303"], "what comes to light once the first is known is no news"
        assert found(*THREE, "--baseline", "known.json", "--jobs", "2") == []
        Path("d281.xml").write_text(edition(281, words=f"{line}</p>\n<p>↩"), "utf-8")
        assert found(*THREE, "--baseline", "known.json") == [("d281.xml", "VA304")]
        Path("d281.xml").write_text(edition(281, words=f"{line}</p>\n<p>↩ <bar/>"), "utf-8")
        assert found(*THREE, "--baseline", "known.json") == [("d281.xml", "VA101")]

    def test_what_cannot_be_read_never_becomes_known(self, folder: Path) -> None:
        Path("d283.xml").write_text(edition(283), "utf-8")
        done = run("validate", "missing.xml", "--baseline", "known.json", "--update-baseline")
        assert done.returncode == 3
        assert json.loads(Path("known.json").read_text("utf-8"))["findings"] == []


def ignoring(**keys: str) -> str:
    given = {"reason": "it stands so in the original", **keys}
    return "\n".join(["[[ignore]]", *(f"{key} = {json.dumps(value)}" for key, value in given.items()), ""])


class TestIgnores:
    @pytest.mark.parametrize(("keys", "left"), [
        ({"code": "VA303"}, ALL[1:2]),
        ({"code": "VA3"}, []),
        ({"code": "VA303", "path": "d281.xml"}, ALL[1:]),
        ({"code": "VA303", "path": "d28?.xml"}, ALL[1:2]),
        ({"code": "VA303", "words": "[Page 5]"}, ALL[:2]),
        ({"code": "VA303", "words": "of it."}, ALL[:2]),
        ({"code": "VA303", "xpath": "/tei:TEI/tei:text"}, ALL[1:2]),
        ({"code": "VA303", "xpath": "/tei:TEI/tei:text/tei:body/tei:div/tei:p"}, ALL[1:2]),
    ])
    def test_what_they_leave(self, folder: Path, keys: dict[str, str], left: list[tuple[str, str]]) -> None:
        Path("tei-edition.toml").write_text(ignoring(**keys), "utf-8")
        done = run("validate", *THREE, "--format", "json")
        assert [(one["location"]["path"], one["code"]) for one in json.loads(done.stdout)["findings"]] == left
        assert f"({len(ALL) - len(left)} ignored)" in done.stderr

    @pytest.mark.parametrize("keys", [
        {"code": "VA305"}, {"code": "VA303", "path": "d280.xml"}, {"code": "VA303", "words": "[Page 9]"},
        {"code": "VA303", "xpath": "/tei:TEI/tei:te"}, {"code": "VA303", "path": "e*.xml"},
    ])
    def test_one_that_is_not_met_is_a_finding(self, folder: Path, keys: dict[str, str]) -> None:
        Path("tei-edition.toml").write_text('title = "Congo"\n\n' + ignoring(**keys), "utf-8")
        done = run("validate", *THREE)
        assert "tei-edition.toml:3:1: CO031 warning: " in done.stdout
        assert "it stands so in the original" in done.stdout

    @pytest.mark.parametrize("arguments", [
        ("d280.xml",), ("d281.xml", "--ignore", "VA303"), ("d281.xml", "--layers", "grammar"),
    ])
    def test_one_that_could_not_be_met_is_left_in_peace(self, folder: Path, arguments: tuple[str, ...]) -> None:
        Path("tei-edition.toml").write_text(ignoring(code="VA303", path="d281.xml", words="[Page 4]"), "utf-8")
        assert "CO031" not in run("validate", *arguments).stdout

    def test_fidelity_is_not_missed_without_a_source(self, folder: Path) -> None:
        Path("tei-edition.toml").write_text(ignoring(code="VA403"), "utf-8")
        assert "CO031" not in run("validate", "d280.xml").stdout

    @pytest.mark.parametrize(("text", "words"), [
        ('[[ignore]]\ncode = "VA303"\n', "ST003 error: an ignore lacks its reason"),
        ('[[ignore]]\nreason = "x"\n', "lacks its code"),
        (ignoring(code="VA303", lines="4"), "ST002 error: unknown key “lines”"),
        (ignoring(code="VX3"), "no code begins with “VX3”"),
        ('[[ignore]]\ncode = 303\nreason = "x"\n', "must be a text"),
        ("ignore = 3\n", "list of tables"),
        ("[[ignore]\n", "ST001"),
    ])
    def test_wrong_ones_are_wrong_usage(self, folder: Path, text: str, words: str) -> None:
        Path("tei-edition.toml").write_text(text, "utf-8")
        done = run("validate", "d280.xml")
        assert done.returncode == 2 and words in done.stderr

    def test_what_one_hides_from_the_later_layers_is_looked_at(self, folder: Path) -> None:
        Path("d281.xml").write_text(edition(281, words="<foo/> [Page 4]"), "utf-8")
        Path("tei-edition.toml").write_text(ignoring(code="VA101", words="foo") + ignoring(code="VA304"), "utf-8")
        assert found("d281.xml") == [("d281.xml", "VA303"), ("tei-edition.toml", "CO031")]
        assert "(1 ignored)" in run("validate", "d281.xml").stderr
        Path("d281.xml").write_text(edition(281, words="<foo/> [Page 4] <bar/>"), "utf-8")
        assert found("d281.xml") == [("d281.xml", "VA101")]

    def test_settings_may_be_named(self, folder: Path) -> None:
        Path("other.toml").write_text(ignoring(code="VA30"), "utf-8")
        assert found(*THREE, "--settings", "other.toml") == []

    def test_convert_does_not_mind_them(self, folder: Path) -> None:
        Path("tei-edition.toml").write_text(ignoring(code="VA303"), "utf-8")
        assert load_settings(Path("tei-edition.toml")) == Settings()

    @pytest.mark.parametrize(("pattern", "path", "covered"), [
        ("*", "a/b/c.xml", True), ("c.xml", "a/b/c.xml", True), ("a/*", "a/b/c.xml", False),
        ("a/*/c.xml", "a/b/c.xml", True), ("a/**", "a/b/c.xml", True), ("**/c.xml", "c.xml", True),
        ("a/**/c.xml", "a/c.xml", True), ("[c].xml", "c.xml", False), ("c.xm", "c.xml", False),
        ("**/" * 40 + "x", "a/" * 30 + "c.xml", False), ("*a" * 40, "a" * 200 + "b", False),
    ])
    def test_paths(self, folder: Path, pattern: str, path: str, *, covered: bool) -> None:
        real = str(folder.resolve() / path)
        assert Ignore("VA3", "why", folder.resolve(), Location(), path=pattern).covers(real) is covered
        assert not Ignore("VA3", "why", folder.resolve() / "elsewhere", Location(), path=pattern).covers(real)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is needed")
class TestChangedSince:
    @pytest.fixture
    def repository(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The three documents are committed; then the second changes, and a fourth comes."""
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            monkeypatch.delenv(name, raising=False)
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        for call in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
            subprocess.run([*git, *call], check=True, cwd=folder, capture_output=True)
        Path("d281.xml").write_text(edition(281, words="[Page 7] now."), "utf-8")
        Path("d28é.xml").write_text(edition(283, words="[Page 8] new."), "utf-8")
        return folder

    def test_only_what_changed_is_looked_at(self, repository: Path) -> None:
        done = run("validate", ".", "--changed-since", "HEAD", "--format", "json")
        data = json.loads(done.stdout)
        assert data["files"] == ["d281.xml", "d28é.xml"]
        assert [one["code"] for one in data["findings"]] == ["VA303", "VA303"]

    def test_nothing_changed_is_clean(self, repository: Path) -> None:
        done = run("validate", "d282.xml", "--changed-since", "HEAD")
        assert (done.returncode, done.stderr) == (0, "0 files: nothing found\n")

    def test_the_other_files_count_for_rules_across_them(self, repository: Path) -> None:
        Path("d281.xml").write_text(edition(282), "utf-8")  # d282.xml, unchanged, has that number, too
        assert ("d282.xml", "VA341") in found(".", "--changed-since", "HEAD"), "it is about d281.xml, too"
        assert ("d282.xml", "VA303") not in found(".", "--changed-since", "HEAD")

    @pytest.mark.parametrize("revision", ["no-such-branch", "--output=x", "-", "HEAD:d280.xml"])
    def test_an_unknown_revision_is_wrong_usage(self, repository: Path, revision: str) -> None:
        done = run("validate", ".", f"--changed-since={revision}")
        assert done.returncode == 2 and f"CO033 error: git knows no revision “{revision}”" in done.stderr
        assert not Path("x").exists()

    def test_without_a_repository_or_git(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
        done = run("validate", ".", "--changed-since", "HEAD")
        assert done.returncode == 2 and "in no git repository" in done.stderr
        monkeypatch.setenv("PATH", "")
        done = run("validate", ".", "--changed-since", "HEAD")
        assert done.returncode == 2 and "CO033 error: git is not installed" in done.stderr


class TestProcesses:
    def test_any_number_gives_the_same_bytes(self, folder: Path) -> None:
        (folder / "broken.xml").write_text("<TEI", "utf-8")
        calls = [["validate", ".", "missing.xml", "--format", "json", "--jobs", jobs] for jobs in ("1", "2", "5")]
        one, two, five = (run(*call) for call in calls)
        assert one.stdout == two.stdout == five.stdout and one.stderr == two.stderr
        assert one.returncode == two.returncode == five.returncode == 3
        assert "CO001" in one.stdout

    def test_wrong_usage_found_in_a_process_is_wrong_usage(self, folder: Path) -> None:
        (folder / "s.rng").write_text("<element/>", "utf-8")
        done = run("validate", *THREE, "--jobs", "2", "--schema", "s.rng")
        assert done.returncode == 2 and done.stderr.count("\n") == 1

    def test_how_many_are_worth_while(self, folder: Path) -> None:
        assert number_of_jobs([File(Path(name)) for name in THREE]) == 1
        assert number_of_jobs([File(Path("big.xml"), b"x" * 5_000_000)]) == 1
        assert 1 <= number_of_jobs([File(Path(f"{n}.xml")) for n in range(100)]) <= 100

    def test_progress_is_told_file_by_file(self, folder: Path) -> None:
        for jobs in (1, 2):
            told: list[int] = []
            check_files([File(Path(name)) for name in THREE], Check(), Counting(), jobs=jobs, tell=told.append)
            assert sum(told) == 3


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="a terminal is needed")
def test_on_a_terminal_there_are_colours_and_progress(folder: Path) -> None:
    Path("d281.xml").write_text(edition(281, words="[Page 4] \u202e[bold]"), "utf-8")
    for number in range(300, 320):
        Path(f"d{number}.xml").write_text(edition(number), "utf-8")
    ours, theirs = os.openpty()
    reading = threading.Thread(target=lambda: shown.append(read_all(ours)))
    shown: list[bytes] = []
    reading.start()
    call = [sys.executable, "-m", "tei_edition", "validate", ".", "--ignore", "VA34,VA304", "--jobs", "2"]
    done = subprocess.run(call, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}, check=False)
    os.close(theirs)
    reading.join()
    text = shown[0].decode("utf-8")
    assert done.returncode == 1
    assert "checking" in text and "23/23" in text, "how far it is"
    assert "\x1b[1;33md281.xml:" in text, "a warning is yellow"
    assert "[bold]" in text and "\u202e" not in text


def read_all(terminal: int) -> bytes:
    """What comes from a terminal until nobody writes to it."""
    pieces = []
    try:
        while piece := os.read(terminal, 65536):
            pieces.append(piece)
    except OSError:  # Linux says so at the end
        pass
    return b"".join(pieces)


class TestTheLibrary:
    def test_a_file_in_memory(self, folder: Path) -> None:
        outcome = check_file(Check(), File(Path("d281.xml"), edition(281, words="[Page 4]").encode()))
        assert [one.code for one in outcome.findings] == ["VA303"] and not outcome.unreadable

    def test_each_file_once_a_folder_in_order(self, folder: Path) -> None:
        Path("link.xml").symlink_to("d281.xml")
        (folder / "other").mkdir()
        again = (Path("d281.xml"), folder / "d281.xml", Path("other/../d280.xml"))
        named = named_files([Path("d281.xml"), Path(), *again])
        assert [file.path.name for file in named] == ["d281.xml", "d280.xml", "d282.xml"]

    def test_selection_of_a_code_between_prefixes(self) -> None:
        selection = Selection.of(["VA"], ["VA30"])
        assert selection.takes("VA103") and not selection.takes("VA303") and selection.takes("CO001")
        with pytest.raises(WrongUsage):
            Selection.of(["XX"])

    def test_an_ignore_needs_no_line(self) -> None:
        known = Ignore("VA3", "why", Path("/"), Location(), words="gone")
        assert not known.fits(finding("VA303", "x", Location("nowhere.xml")), SourceLines())
