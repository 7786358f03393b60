"""What runs elsewhere: the very script of the GitHub Action in a shell, the hooks of pre-commit, the pages of both."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from tei_edition.cli.validate import command as validate

ROOT = Path(__file__).parents[1]
MISTAKES = ROOT / "tests" / "mistakes"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
(STEP,) = (step for step in ACTION["runs"]["steps"] if step.get("name") == "Validate")

posix = pytest.mark.skipif(not shutil.which("bash"), reason="the action runs in bash")


class Job:
    """A job without GitHub: the script of the action with the environment that a runner gives it."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.workspace, self.temp = folder / "work space", folder / "temp"
        for made in (self.workspace / "edition" / "1962", self.temp, folder / "bin"):
            made.mkdir(parents=True)
        shutil.copy(MISTAKES / "minimal-edition.xml", self.workspace / "edition" / "d280.xml")
        shutil.copy(MISTAKES / "grammar.xml", self.workspace / "edition" / "1962" / "d 281.xml")
        program = folder / "bin" / "tei-edition"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tei_edition "$@"\n')
        program.chmod(0o755)
        self.output, self.summary = self.temp / "output", self.temp / "summary.md"
        self.environment = {
            **os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}", "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(self.output), "GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT), "TEI_EDITION_CACHE": str(cache)}

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run the step with the inputs given, the others by their defaults."""
        given = {name: inputs.get(name.replace("-", "_"), str(value.get("default", "")))
                 for name, value in ACTION["inputs"].items()}
        variables = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: given[m[1]], value)
                     for name, value in STEP["env"].items()}
        self.summary.unlink(missing_ok=True)
        self.output.unlink(missing_ok=True)
        # As GitHub runs `shell: bash`.
        (self.temp / "step.sh").write_text(STEP["run"])
        return subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.temp / "step.sh")],
                              cwd=self.workspace, env={**self.environment, **variables}, capture_output=True, text=True,
                              encoding="utf-8", check=False, timeout=60)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def job(tmp_path: Path, cache: Path) -> Job:
    return Job(tmp_path, cache)


@posix
class TestAction:
    def test_findings_are_annotations_a_summary_and_a_failure(self, job: Job) -> None:
        done = job.run(files="edition/**/*.xml", sarif="out/findings.sarif")
        assert done.returncode == 1, done.stderr
        errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
        assert any("file=edition/1962/d 281.xml,line=5,col=18" in line and "title=VA102" in line for line in errors)
        assert job.output.read_text() == "exit-code=1\n"
        summary = job.summary.read_text("utf-8")
        assert summary.startswith("### TEI: ") and "| VA102 | error: An element is missing |" in summary
        assert "1 of 2 files" in summary.splitlines()[0]
        run = json.loads((job.workspace / "out" / "findings.sarif").read_text("utf-8"))["runs"][0]
        assert {result["ruleId"] for result in run["results"]} >= {"VA101", "VA102"}

    def test_nothing_found_is_success(self, job: Job) -> None:
        done = job.run(files="edition/d280.xml")
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        assert job.summary.read_text() == "### TEI: 1 file: nothing found\n"
        assert job.output.read_text() == "exit-code=0\n"

    def test_inputs_become_options(self, job: Job) -> None:
        file = job.workspace / "edition" / "1962" / "d 281.xml"
        CliRunner().invoke(validate, [str(file), "--select", "VA103", "--update-baseline", "--baseline",
                                      str(job.workspace / "known.json")], standalone_mode=False)
        done = job.run(files="edition/1962/d 281.xml\nedition/d280.xml\n", schema="edition", baseline="known.json",
                       args="--select 'VA103,VA104' --jobs 1")
        assert done.returncode == 1
        assert set(re.findall(r"title=(\w+)", done.stdout)) == {"VA104"}, "VA103 is known, others are not selected"

    @pytest.mark.parametrize(("inputs", "code", "words"), [
        ({"files": "edition", "schema": "nothing"}, 2, "CO041"),
        ({"files": "$(touch hacked)", "args": "`touch hacked`; touch hacked $(touch hacked)"}, 3, "hacked"),
    ])
    def test_wrong_inputs_are_told_and_run_nothing(self, inputs: dict[str, str], code: int, words: str,
                                                   job: Job) -> None:
        done = job.run(**inputs)
        assert done.returncode == code and words in done.stdout + done.stderr
        assert job.output.read_text() == f"exit-code={code}\n"
        assert job.summary.read_text("utf-8").startswith("### TEI: ")
        assert not (job.workspace / "hacked").exists()

    def test_a_schema_that_does_not_travel_with_it_is_fetched_first(self, job: Job) -> None:
        job.environment["https_proxy"] = "http://127.0.0.1:9"  # nobody is there: no test uses the network
        done = job.run(files="edition", schema="tei-lite")
        assert done.returncode == 3 and "CO043" in done.stderr
        assert "could not be run (exit code 3)" in job.summary.read_text()

    def test_every_input_is_used_and_handed_on_safely(self) -> None:
        text = (ROOT / "action.yml").read_text("utf-8")
        for name in ACTION["inputs"]:
            assert f"${{{{ inputs.{name} }}}}" in text, name
        for step in ACTION["runs"]["steps"]:
            assert "${{" not in step.get("run", ""), "inputs reach scripts as variables, never as text of the script"
            assert "uses" in step or step["shell"] == "bash"

    def test_the_script_of_the_installation_is_a_script(self) -> None:
        for step in ACTION["runs"]["steps"]:
            if "run" in step:
                assert subprocess.run(["bash", "-n"], input=step["run"], text=True, check=False).returncode == 0


class TestHooks:
    """The entries are run here; `make check-hooks` installs them by pre-commit itself, which takes half a minute."""

    @pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
    def test_the_entry_checks_files(self, hook: dict[str, Any], tmp_path: Path) -> None:
        program, name, *options = shlex.split(hook["entry"])
        assert (program, name, hook["language"]) == ("tei-edition", "validate", "python")
        assert re.search(hook["files"], "edition/d280.xml") and not re.search(hook["files"], "schemas/tei-edition.rng")
        good = MISTAKES / ("minimal-frus.xml" if "frus" in hook["id"] else "minimal-edition.xml")
        bad = MISTAKES / "well-formed.xml"
        for file, code in ((good, 0), (bad, 1)):
            done = CliRunner().invoke(validate, [*options, str(file)], standalone_mode=False)
            assert (done.return_value, done.stderr) == (code, ""), done.output

    def test_ids_are_unique_and_told_in_the_docs(self) -> None:
        ids = [hook["id"] for hook in HOOKS]
        page = (ROOT / "docs" / "ci.md").read_text("utf-8")
        assert len(set(ids)) == len(ids) and all(f"id: {name}" in page or f"`{name}`" in page for name in ids)


class TestPages:
    PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")

    @posix
    def test_the_job_of_gitlab_leaves_its_reports(self, job: Job) -> None:
        (block,) = re.findall(r"```yaml\n(tei:.*?)```", self.PAGE, re.DOTALL)
        made = yaml.safe_load(block)["tei"]
        install, check = made["script"]
        assert install.startswith("pip install ")
        done = subprocess.run(["bash", "-c", check], cwd=job.workspace, env=job.environment, check=False,
                              capture_output=True, text=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0 and done.stderr == "1 file: nothing found\n", done.stderr
        reports = {name: job.workspace / file for name, file in made["artifacts"]["reports"].items()}
        assert json.loads(reports["codequality"].read_text()) == []
        assert "<testsuites" in reports["junit"].read_text()

    def test_the_pattern_for_visual_studio_code_fits_a_finding(self) -> None:
        (block,) = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "oxygen.md").read_text("utf-8"), re.DOTALL)
        pattern = json.loads(block)["problemMatcher"]["pattern"]
        done = CliRunner().invoke(validate, [str(MISTAKES / "well-formed.xml")], standalone_mode=False)
        (found,) = filter(None, (re.match(pattern["regexp"], line) for line in done.stdout.splitlines()))
        assert [found[pattern[name]] for name in ("file", "line", "code", "severity")] == [
            str(MISTAKES / "well-formed.xml"), "4", "VA004", "error"]

    def test_every_yaml_of_the_page_is_yaml(self) -> None:
        blocks = re.findall(r"```yaml\n(.*?)```", self.PAGE, re.DOTALL)
        assert len(blocks) >= 4 and all(isinstance(yaml.safe_load(block), dict) for block in blocks)

    def test_inputs_of_the_page_are_inputs_of_the_action(self) -> None:
        for block in re.findall(r"```yaml\n(.*?)```", self.PAGE, re.DOTALL):
            for job in (yaml.safe_load(block).get("jobs") or {}).values():
                for step in job["steps"]:
                    if "tei-edition@" in step.get("uses", ""):
                        assert set(step["with"]) <= set(ACTION["inputs"])
        rows = set(re.findall(r"^\| `([\w-]+)` \|", self.PAGE, re.MULTILINE))
        assert set(ACTION["inputs"]) <= rows, "each input has a row"

    @pytest.mark.parametrize("page", ["ci.md", "oxygen.md"])
    def test_every_option_on_the_pages_exists(self, page: str) -> None:
        text = (ROOT / "docs" / page).read_text("utf-8")
        known = {option for parameter in validate.params for option in parameter.opts}
        calls = re.findall(r"tei-edition validate ([^\n`]*)", text)
        used = {word.partition("=")[0] for call in calls for word in re.findall(r"(?<![\w-])--[\w-]+", call)}
        assert calls and used <= known, used - known
