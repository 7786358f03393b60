#!/usr/bin/env python3
"""Run what README.md shows, so that its outputs are real and stay real.

python docs/readme_outputs.py            run everything and put the real outputs into README.md
python docs/readme_outputs.py --check    exit 1 where README.md shows something else

All commands run in order in one temporary folder that holds a copy of sources/:

    ```console           lines that begin with "$ " are commands (stderr comes with stdout); what follows is the output.
                         A line that is only … stands for any number of lines. A command that fails must show its exit
                         code: "$ tei-edition validate broken.xml; echo $?"
    ```python example    a program that runs; a block ```text output behind it shows what it prints
    <!-- file: NAME -->  the block behind it is written to the file NAME
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CUT = "…"  # a line that stands for any number of lines
_FENCE = re.compile(r"^(?P<open>```+)(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=open)[ \t]*$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"<!-- file: (\S+) -->\n+\Z")
_PYTHON = {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
_TIME_LIMIT = 120  # seconds for one command


@dataclass(frozen=True)
class Block:
    """A fenced block of the README: the words behind its fence, where its body stands, and the file that it becomes."""

    info: str
    start: int
    end: int
    body: str
    file: str = ""


@dataclass(frozen=True)
class Shown:
    """A command or a program, the output that the README shows for it, and the one that it has."""

    line: int
    command: str
    shown: list[str]
    real: list[str]
    code: int

    @property
    def fault(self) -> str:
        """What is wrong with it, the empty string where nothing is."""
        if self.code and "echo $?" not in self.command:
            return f"leaves with exit code {self.code}; if that is meant, show it with “; echo $?”"
        return "" if agrees(self.shown, self.real) else "has another output"


def blocks(text: str) -> Iterator[Block]:
    """Yield the fenced blocks of a Markdown text in order."""
    for match in _FENCE.finditer(text):
        file = _FILE.search(text, 0, match.start())
        yield Block(
            match["info"].strip(), match.start("body"), match.end("body"), match["body"], file[1] if file else ""
        )


def agrees(shown: Sequence[str], real: Sequence[str]) -> bool:
    """Whether the lines shown are the real ones, a line … standing for any number of them."""
    pattern = "".join(r"(?:[^\n]*\n)*?" if line == CUT else re.escape(line + "\n") for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in real)) is not None


def shortened(shown: Sequence[str], real: Sequence[str]) -> list[str]:
    """The real lines, shortened where the author had shortened them: each part keeps its number of lines."""
    if CUT not in shown or agrees(shown, real):
        return list(shown if CUT in shown else real)
    parts: list[list[str]] = [[]]
    for line in shown:
        if line == CUT:
            parts.append([])
        else:
            parts[-1].append(line)
    lines, at = [], 0
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        start = 0 if number == 0 else max(at, len(real) - len(part)) if last else _nearest(part, real, at)
        lines += [*([CUT] if number else []), *real[start : start + len(part)]]
        at = start + len(part)
    return lines


def _nearest(part: Sequence[str], real: Sequence[str], at: int) -> int:
    """Where from `at` on the real lines are most like a part that the author chose to show."""

    def likeness(start: int) -> float:
        there = "\n".join(real[start : start + len(part)])
        return SequenceMatcher(None, "\n".join(part), there, autojunk=False).ratio()

    return max(range(at, max(at + 1, len(real) - len(part) + 1)), key=likeness)


class Folder:
    """The temporary folder in which everything runs, as in a fresh checkout on anybody's machine."""

    def __init__(self, path: Path, programs: Path) -> None:
        self.path = path
        shutil.copytree(ROOT / "sources", path / "sources")
        for file in path.rglob("*"):
            file.chmod(0o755 if file.is_dir() else 0o644)
        folders = [str(programs), str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
        self._environment = {
            "PATH": os.pathsep.join(folders),
            "HOME": str(path),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            **_PYTHON,
        }

    def run(self, command: Sequence[str], text: str = "") -> tuple[list[str], int]:
        """Return the lines that a program prints to stdout and stderr, in the order of printing, and its exit code."""
        done = subprocess.run(  # noqa: S603  the commands are the README's own
            command,
            input=text,
            cwd=self.path,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=_TIME_LIMIT,
            check=False,
        )
        return [line.rstrip() for line in done.stdout.removesuffix("\n").split("\n")] if done.stdout else [], (
            done.returncode
        )


def run_console(block: Block, line: int, folder: Folder) -> Iterator[Shown]:
    """Run the commands of a console block."""
    command, shown, first = "", [], line
    for number, words in enumerate([*block.body.splitlines(), "$ "], start=line):
        if not words.startswith("$ "):
            shown.append(words)
            continue
        if command:
            real, code = folder.run(["bash", "-c", command])
            yield Shown(first, command, shown, real, code)
        command, shown, first = words.removeprefix("$ "), [], number


@contextmanager
def ready_program(needed: bool) -> Iterator[Path]:
    """A folder with `tei-edition`, loaded once for all commands (see ready_program.py)."""
    with tempfile.TemporaryDirectory(prefix="program-") as folder:
        if not needed:
            yield Path(folder)
            return
        call = [sys.executable, str(ROOT / "docs" / "ready_program.py"), folder]
        environment = os.environ | _PYTHON
        process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603
        with process:
            if process.stdout is not None:
                process.stdout.readline()
            yield Path(folder)


def run_readme(text: str) -> tuple[list[Shown], str]:
    """Run everything; return what was shown and what is real, and the text with the real outputs."""
    results: list[Shown] = []
    new, at = [], 0
    program: Block | None = None
    with tempfile.TemporaryDirectory(prefix="readme-") as name, ready_program("$ tei-edition" in text) as programs:
        folder = Folder(Path(name), programs)
        for block in blocks(text):
            line = text.count("\n", 0, block.start) + 1
            body, made = block.body, []
            if block.file:
                target = folder.path / block.file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(block.body, encoding="utf-8")
            if block.info == "console":
                made = list(run_console(block, line, folder))
                body = "".join(f"$ {r.command}\n" + _joined(shortened(r.shown, r.real)) for r in made)
            elif block.info == "text output" and program:
                made = [_run_program(program, line, folder, block.body.splitlines())]
                body = _joined(shortened(made[0].shown, made[0].real))
                program = None
            elif program:
                made = [_run_program(program, line, folder, [])]
                program = None
            if block.info == "python example":
                program = block
            results += made
            new += [text[at : block.start], body]
            at = block.end
        if program:
            results.append(_run_program(program, text.count("\n", 0, program.start), folder, []))
    return results, "".join([*new, text[at:]])


def _run_program(program: Block, line: int, folder: Folder, shown: list[str]) -> Shown:
    real, code = folder.run([sys.executable, "-"], program.body)
    return Shown(line, "python example", shown, real, code)


def _joined(lines: Sequence[str]) -> str:
    return "".join(line + "\n" for line in lines)


def main() -> int:
    """Check the README, or write the real outputs into it."""
    check = "--check" in sys.argv[1:]
    text = README.read_text(encoding="utf-8")
    results, new = run_readme(text)
    faults = [result for result in results if result.fault and (check or result.code)]
    for result in faults:
        print(f"README.md:{result.line}: $ {result.command}\n  {result.fault}", file=sys.stderr)
        for change in unified_diff(result.shown, result.real, "README.md", "real", lineterm=""):
            print(f"  {change}", file=sys.stderr)
    if check:
        print(f"README.md: {len(results)} commands and programs run, {len(faults)} differ")
    elif new != text:
        README.write_text(new, encoding="utf-8")
        print("README.md: outputs written")
    return 1 if any(result.fault for result in faults if check or "exit code" in result.fault) else 0


if __name__ == "__main__":
    sys.exit(main())
