"""`tei-edition validate` and `tei-edition explain`: what they print, where, and how they leave."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command import run, run_apart

from tei_edition.diagnostics import Location, catalogue, finding
from tei_edition.reporting import FORMATS, Report, console

MISTAKES = Path(__file__).parent / "mistakes"
EDITION = MISTAKES / "minimal-edition.xml"


class TestValidate:
    def test_clean_is_silence_and_zero(self) -> None:
        done = run("validate", EDITION)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 file: nothing found\n")

    def test_findings_go_to_stdout_and_the_count_to_stderr(self) -> None:
        done = run("validate", "fidelity.xml", "--source", "fidelity.txt", cwd=MISTAKES)
        assert done.returncode == 1
        assert done.stdout.splitlines()[:4] == [
            "fidelity.txt:3:15: VA403 error: the source has “purpose”, the edition “aim”",
            "  | It is not the purpose of the UN to reintegrate Katanga by military force or to wage a Carthaginian "
            "effort to d…",
            "  |               ^",
            "  = give the source's words, and a correction as <choice><sic>…</sic><corr>…</corr></choice>"]
        assert done.stderr == "3 errors in 1 file\n"

    def test_quiet_leaves_the_findings(self) -> None:
        done = run("validate", "-q", MISTAKES / "not-tei.xml")
        assert done.returncode == 1 and "VA003" in done.stdout and done.stderr == ""

    def test_a_folder_is_its_xml_files(self) -> None:
        done = run("validate", MISTAKES, "--format", "json")
        data = json.loads(done.stdout)
        assert data["files"] == [str(path) for path in sorted(MISTAKES.glob("*.xml"))]
        assert done.returncode == 1 and "of " in done.stderr

    def test_json_is_stable_and_sorted(self) -> None:
        first, second = (one("validate", MISTAKES, "--format", "json").stdout for one in (run, run_apart))
        data = json.loads(first)
        assert first == second
        assert data["version"] == 1 and data["tool"]["name"] == "tei-edition"
        found = [f["location"] for f in data["findings"]]
        places = [(place["path"], place["line"], place.get("column", 0)) for place in found]
        assert places == sorted(places)
        assert sum(data["counts"]["codes"].values()) == len(data["findings"])

    def test_mistakes_across_the_files_of_an_edition_are_found_at_their_places(self) -> None:
        findings = json.loads(run("validate", MISTAKES / "edition", "--format", "json").stdout)["findings"]
        places = [(found["location"], found["code"]) for found in findings]
        assert [f"{Path(at['path']).name}:{at['line']}:{at['column']} {code}" for at, code in places] == (
            MISTAKES / "edition" / "edition.expected").read_text("utf-8").splitlines()

    def test_a_bad_file_does_not_hide_the_others(self, tmp_path: Path) -> None:
        done = run("validate", tmp_path / "missing.xml", MISTAKES / "not-tei.xml")
        assert done.returncode == 3
        assert "CO001" in done.stdout and "VA003" in done.stdout

    @pytest.mark.parametrize(("arguments", "code", "words"), [
        ((), 2, "Missing argument"),
        ((EDITION, "--schema", "tei-something"), 2, "give auto, edition, frus"),
        ((EDITION, "--schema", "missing.rng"), 2, "no such file"),
        ((EDITION, EDITION.with_name("frus.xml"), "--source", MISTAKES / "fidelity.txt"), 2, "one text for one file"),
        ((EDITION, "--authority", "missing.xml"), 3, "CO001"),
        ((EDITION, "--authority", MISTAKES / "well-formed.xml"), 3, "VA004"),
        ((EDITION, "--authority", MISTAKES / "fidelity.txt"), 3, "AU001"),
        ((EDITION, "--source", "missing.txt"), 3, "CO001"),
    ])
    def test_wrong_calls_leave_with_one_clear_line(self, arguments: tuple[str, ...], code: int, words: str) -> None:
        done = run("validate", *arguments)
        assert done.returncode == code
        assert words in done.stdout + done.stderr and "Traceback" not in done.stderr

    def test_an_authority_may_be_whatever_convert_takes(self, tmp_path: Path) -> None:
        (tmp_path / "d1.txt").write_text("1. Editorial Note\n\nSecretary Rusk left.\n", "utf-8")
        (tmp_path / "persons.txt").write_text("Rusk, Dean, Secretary of State\n", "utf-8")
        made = tmp_path / "out" / "d1.xml"
        made.parent.mkdir()
        known = ("--authority", tmp_path / "persons.txt")
        done = run("convert", tmp_path / "d1.txt", "--profile", "frus", *known, "-o", made)
        assert done.returncode == 0 and 'corresp="#p_rusk-dean"' in made.read_text("utf-8")
        alone, beside = run("validate", made), run("validate", made, *known)
        assert alone.returncode == 1 and "VA302" in alone.stdout
        assert (beside.returncode, beside.stdout) == (0, "")

    def test_a_folder_without_xml_is_unreadable(self, tmp_path: Path) -> None:
        done = run("validate", tmp_path)
        assert done.returncode == 3 and "holds no *.xml" in done.stderr

    def test_a_schema_by_path(self, tmp_path: Path) -> None:
        schema = tmp_path / "p.rng"
        schema.write_text('<element name="p" xmlns="http://relaxng.org/ns/structure/1.0" '
                          'ns="http://www.tei-c.org/ns/1.0"><text/></element>')
        document = tmp_path / "p.xml"
        document.write_text('<p xmlns="http://www.tei-c.org/ns/1.0">Text.</p>')
        assert run("validate", document, "--schema", schema).returncode == 0
        assert run("validate", EDITION, "--schema", schema).returncode == 1

    def test_sources_by_name_from_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "fidelity.txt").write_bytes((MISTAKES / "fidelity.txt").read_bytes())
        done = run("validate", MISTAKES / "fidelity.xml", "--source", tmp_path)
        assert done.returncode == 1 and "VA402" in done.stdout

    def test_a_missing_source_hides_nothing(self, tmp_path: Path) -> None:
        for name in ("frus", "editorial"):
            (tmp_path / f"{name}.xml").write_bytes((MISTAKES / f"{name}.xml").read_bytes())
        (tmp_path / "texts").mkdir()
        done = run("validate", "frus.xml", "editorial.xml", "--source", "texts", cwd=tmp_path)
        assert done.returncode == 3
        for name in ("frus", "editorial"):
            assert f"{name}.xml: CO001 error: the text to compare it with cannot be read" in done.stdout
            assert f"= see texts/{name}.txt" in done.stdout
            assert re.search(rf"^{name}\.xml:\d+:\d+: VA3", done.stdout, re.MULTILINE)

    @pytest.mark.parametrize("command", ["validate", "explain"])
    def test_help_holds_a_command_to_paste(self, command: str) -> None:
        done = run(command, "--help")
        assert done.returncode == 0 and f"tei-edition {command} " in done.stdout


class TestExplain:
    def test_prints_the_entry_with_its_examples(self) -> None:
        done = run("explain", "va103")
        assert done.returncode == 0
        assert done.stdout.startswith("VA103 (error): An attribute is not allowed here\n")
        assert catalogue()["VA103"].bad in done.stdout and catalogue()["VA103"].good in done.stdout

    def test_an_unknown_code_is_one_line_with_near_ones(self) -> None:
        done = run("explain", "VA1O3")
        assert done.returncode == 2 and done.stdout == ""
        assert done.stderr.count("\n") == 1 and "VA103" in done.stderr

    def test_it_says_the_layer_and_since_when(self) -> None:
        assert run("explain", "VA103").stdout.splitlines()[1] == "Layer of validation: grammar. Since version 0.1.0."
        assert run("explain", "RD001").stdout.splitlines()[1] == "Since version 0.1.0."

    def test_the_beginning_of_codes_lists_them(self) -> None:
        done = run("explain", "va10", "RD001")
        assert done.returncode == 0
        listed = done.stdout.split("\n\n")[0].splitlines()
        assert [line.split()[0] for line in listed] == [code for code in catalogue() if code.startswith("VA10")]
        assert "\nRD001 (error)" in done.stdout

    def test_without_a_code_all_are_listed(self) -> None:
        assert [line.split()[0] for line in run("explain").stdout.splitlines()] == list(catalogue())


class TestReporting:
    def test_every_format_renders_nothing_and_something(self) -> None:
        for render in FORMATS.values():
            assert isinstance(render(Report.of([], [])), str)
            assert "VA103" in render(Report.of(["a.xml"], [finding("VA103", "m", Location("a.xml", 1, 2))]))

    def test_many_of_a_code_are_counted(self) -> None:
        found = [finding("VA103", f"m{n}", Location("a.xml", n, 1)) for n in range(1, 36)]
        text = console.render(Report.of(["a.xml"], found))
        assert text.count("VA103 error") == 20
        assert text.endswith("… and 15 more VA103: the first 20 are shown\n")

    def test_long_lines_are_cut_around_the_place(self, tmp_path: Path) -> None:
        path = tmp_path / "long.xml"
        path.write_text("<p>" + "é" * 500 + "<x/>" + "é" * 500 + "</p>")
        found = [finding("VA101", "m", Location(str(path), 1, 504))]
        lines = console.render(Report.of([str(path)], found)).splitlines()
        assert len(lines[1]) < 130
        assert lines[1][lines[2].index("^"):].startswith("<x/>")

    def test_notes_are_no_findings(self) -> None:
        note = next(rule.code for rule in catalogue().values() if rule.severity == "note")
        assert Report.of(["a"], [finding(note, "m")]).clean
        assert not Report.of(["a"], [finding("VA301", "m")]).clean

    @pytest.mark.parametrize(("numbers", "expected"), [
        ((0, 0), "2 files: nothing found"), ((1, 0), "1 error in 1 of 2 files"),
        ((2, 1), "2 errors and 1 warning in 1 of 2 files")])
    def test_summary(self, numbers: tuple[int, int], expected: str) -> None:
        errors, warnings = (finding(code, "m", Location("a")) for code in ("VA101", "VA303"))
        found = [errors] * numbers[0] + [warnings] * numbers[1]
        assert console.summary(Report.of(["a", "b"], found)) == expected
