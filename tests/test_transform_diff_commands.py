"""The commands `transform` and `diff`: what they print, where it goes, and their exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import run, run_apart

SAMPLE = Path(__file__).parent / "cases" / "exporting" / "small.xml"


# -- transform -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "golden"), [
    (["--to", "html"], "small.html"),
    (["--to", "text"], "small-page.txt"),
    (["--to", "text", "--style", "list"], "small-list.txt"),
])
def test_without_o_the_result_is_all_of_stdout(options: list[str], golden: str) -> None:
    done = run("transform", SAMPLE, *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (SAMPLE.parent / golden).read_text(encoding="utf-8")


def test_a_file_that_differs_is_kept_without_force(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    first = run("transform", SAMPLE, "--to", "html", "-o", out)
    assert (first.returncode, first.stdout) == (0, "") and "written" in first.stderr
    assert run_apart("transform", SAMPLE, "--to", "html", "-o", out).returncode == 0
    out.write_text("mine")
    kept = run("transform", SAMPLE, "--to", "html", "-o", out)
    assert kept.returncode == 2 and "CO002" in kept.stderr and out.read_text() == "mine"
    assert run("transform", SAMPLE, "--to", "html", "-o", out, "--force").returncode == 0
    assert out.read_bytes() == (SAMPLE.parent / "small.html").read_bytes()


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["transform", "missing.xml", "--to", "text"], 3, "CO001"),
    (["transform", SAMPLE, "--to", "docx"], 2, "docx"),
    (["transform", SAMPLE], 2, "--to"),
    (["transform", SAMPLE, "--to", "html", "--style", "page"], 2, "--style"),
    (["transform", Path(__file__), "--to", "html"], 3, "VA011"),
    (["transform", SAMPLE.parent, "--to", "html"], 3, "folder"),
    (["diff", SAMPLE], 2, "B"),
    (["diff", SAMPLE, "missing.xml"], 3, "missing.xml"),
    (["diff", Path(__file__), SAMPLE], 3, "VA011"),
    (["diff", SAMPLE, SAMPLE, "--format", "html"], 2, "html"),
])
def test_bad_calls_say_in_one_line_what_is_wrong(arguments: list[str | Path], code: int, said: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr and "Traceback" not in done.stderr and done.stdout == ""


# -- diff ------------------------------------------------------------------------------------------


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The sample as an editor left it: a word corrected, a name tagged."""
    tei = SAMPLE.read_text(encoding="utf-8")
    changed = tei.replace("for US policy", "for American policy").replace(" UN and", " <orgName>UN</orgName> and")
    assert changed != tei
    path = tmp_path / "edited.xml"
    path.write_text(changed, encoding="utf-8")
    return path


def test_the_first_line_is_the_verdict_and_each_change_has_its_place(edited: Path) -> None:
    done = run("diff", SAMPLE, edited)
    line = next(i for i, text in enumerate(SAMPLE.read_text(encoding="utf-8").splitlines(), 1) if "US policy" in text)
    assert done.returncode == 1 and done.stderr == ""
    assert done.stdout.splitlines() == [
        "text differs in 1 place; markup differs in 1 place", "",
        "text",
        f"  {SAMPLE}:{line}  {edited}:{line}",
        "    …nsequences both for UN and for [-US-]{+American+} policy: ¶ Participants ¶ Ball ¶ The…", "",
        "markup",
        f"  {SAMPLE}:{line}  {edited}:{line}",
        "    orgName “UN” added"]


def test_json(edited: Path) -> None:
    data = json.loads(run("diff", SAMPLE, edited, "--format", "json").stdout)
    assert data["counts"] == {"text": 1, "markup": 1}
    assert [change["after"] for change in data["changes"]] == ["American", ""]


def test_equal_editions(edited: Path) -> None:
    done = run("diff", SAMPLE, SAMPLE)
    assert (done.returncode, done.stdout) == (0, "no difference\n")
    quiet = run("diff", "-q", SAMPLE, edited)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (1, "", "")


@pytest.mark.parametrize("command", ["transform", "diff"])
def test_help_holds_a_command_to_paste(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"  tei-edition {command} " in done.stdout
