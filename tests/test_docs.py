"""What the documentation says is what the program does: outputs, commands, options, settings, links, packages."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import click
import pytest

import tei_edition
from tei_edition.cli import COMMANDS, group
from tei_edition.settings import KEYS, Settings, load_settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "schemas").glob("*.md")])
_FENCED = re.compile(r"^(````*).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def outputs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme_outputs", ROOT / "docs" / "readme_outputs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def check(script: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, str(ROOT / "docs" / script), "--check"]
    return subprocess.run(call, capture_output=True, encoding="utf-8", cwd=ROOT, check=False, timeout=300)


def test_what_the_readme_shows_is_what_comes_out() -> None:
    done = check("readme_outputs.py")
    assert done.returncode == 0, done.stderr
    assert not re.search(r": [0-9] commands", done.stdout), "hardly anything was run"


def test_generated_pages_are_current() -> None:
    done = check("generate.py")
    assert done.returncode == 0, done.stderr


# -- the checker of the README itself ------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "real", "verdict"),
    [
        ("a b", "a b", True),
        ("a b", "a c", False),
        ("a b", "a b c", False),
        ("… c", "a b c", True),
        ("a … c", "a b b c", True),
        ("a … c", "a c", True),
        ("a …", "a", True),
        ("a …", "b", False),
        ("…", "", True),
        ("a.c", "abc", False),
    ],
)
def test_a_cut_stands_for_any_number_of_lines(outputs: ModuleType, shown: str, real: str, *, verdict: bool) -> None:
    assert outputs.agrees(shown.split(), real.split()) is verdict


@pytest.mark.parametrize(
    ("shown", "real", "made"),
    [
        ("a b", "c d e", "c d e"),
        ("a … c", "a b c", "a … c"),
        ("a … z", "b c d", "b … d"),
        ("… person1 …", "a b c person2 d", "… person2 …"),
        ("a …", "b c", "b …"),
    ],
)
def test_what_the_author_shortened_stays_short(outputs: ModuleType, shown: str, real: str, made: str) -> None:
    assert outputs.shortened(shown.split(), real.split()) == made.split()


def test_a_wrong_output_and_a_hidden_exit_code_are_found(outputs: ModuleType) -> None:
    text = (
        "```console\n$ echo right\nright\n$ echo wrong\nright\n$ false\n$ false; echo $?\n1\n```\n"
        "<!-- file: sub/a.txt -->\n```text\nwords\n```\n"
        "```console\n$ cat sub/a.txt\nwords\n$ echo err >&2; echo out\nerr\nout\n```\n"
        "```python example\nprint('a')\n```\n\n```text output\nb\n```\n"
    )
    results, new = outputs.run_readme(text)
    assert [bool(result.fault) for result in results] == [False, True, True, False, False, False, True]
    assert "$ echo wrong\nwrong\n" in new and "```text output\na\n```" in new
    assert results[1].line == 4


# -- commands and settings -----------------------------------------------------------------------


def options() -> Iterator[tuple[str, str]]:
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        assert command
        parts = list(command.commands.values()) if isinstance(command, click.Group) else [command]
        found = {option for part in parts for p in part.params if isinstance(p, click.Option) for option in p.opts}
        yield from ((name, option) for option in sorted(found))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown_in_the_readme(name: str) -> None:
    assert f"$ tei-edition {name} " in README
    assert f"\n## {name}\n" in COMMANDS_PAGE


@pytest.mark.parametrize(("name", "option"), list(options()))
def test_every_option_is_documented(name: str, option: str) -> None:
    section = COMMANDS_PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
    named = re.compile(rf"(?<![\w-]){re.escape(option)}(?![\w-])")
    assert named.search(section), f"run `make docs`: {option} of {name} is not in docs/commands.md"
    if option.startswith("--") and option not in ("--output", "--quiet"):  # shown by their short names
        assert named.search(README), f"README.md does not name {option} of {name}"


def test_the_readme_has_no_option_that_there_is_not() -> None:
    named = set(re.findall(r"`(--[a-z][a-z-]*)\b", README))
    assert named <= {option for _, option in options()} | {"--help"}


def test_every_setting_is_in_the_table_and_in_the_example(tmp_path: Path) -> None:
    table = re.findall(r"^\| `(\w+)` \|", README, re.MULTILINE)
    assert sorted(table) == sorted(KEYS)
    example = re.search(r"<!-- file: \S*tei-edition\.toml -->\n```toml\n(.*?)```", README, re.DOTALL)
    assert example
    assert sorted(tomllib.loads(example[1])) == sorted(KEYS)
    (tmp_path / "tei-edition.toml").write_text(example[1], "utf-8")
    settings = load_settings(tmp_path / "tei-edition.toml")
    assert all(getattr(settings, field.name) for field in fields(Settings))


def test_every_exit_code_is_in_the_table() -> None:
    assert re.findall(r"^\| (\d+) \|", README, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_every_public_function_is_named() -> None:
    assert not [name for name in tei_edition.__all__ if f"`{name}`" not in README]


# -- links and names -----------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    words = _FENCED.sub("", page.read_text("utf-8"))
    for target in _LINK.findall(words):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, place = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.exists(), f"{page.name}: {target}"
        if place:
            assert place in anchors(path), f"{page.name}: {target}"


def anchors(page: Path) -> set[str]:
    """The places that headings make, as hosts of Markdown name them."""
    headings = re.findall(r"^#+ (.+)$", _FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_no_page_knows_the_machine_it_was_written_on(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert not re.findall(r"(?:/home|/root|/work|/tmp|/Users)/\S*|\.\./shared\S*", text)


def test_the_architecture_names_every_package_and_module_of_the_top() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    package = ROOT / "src" / "tei_edition"
    folders = {f"{path.name}/" for path in package.iterdir() if any(path.glob("*.*")) and path.name != "__pycache__"}
    modules = {path.name for path in package.glob("*.py")} - {"__main__.py"}
    assert not [name for name in sorted(folders | modules) if f"`{name}`" not in text]


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_files_that_are_named_are_there(page: str) -> None:
    words = _FENCED.sub("", (ROOT / page).read_text("utf-8"))
    named = re.findall(r"`((?:src|tests|schemas|docs|bench|sources)/[\w./*-]*)`", words)
    named += re.findall(r"`((?:reading|tagging|encoding|validation|exporting|reporting|data|cli)/[\w./]*)`", words)
    for name in named:
        found = [*ROOT.glob(name.rstrip("/")), *(ROOT / "src" / "tei_edition").glob(name.rstrip("/"))]
        assert found or "NAME" in name, f"{page}: {name}"


def test_the_changelog_has_the_version() -> None:
    assert f"\n## {tei_edition.__version__}\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")
