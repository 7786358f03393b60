"""Case files that an editor can read: a title, and named blocks between fences.

    # a marker at the end of a sentence
    ```text
    The King left.1
    ```
    ```shown
    The King left.⟨1⟩
    ```

What cannot be seen on a page is written by name: {TAB} {NBSP} {CR} {BOM} {FF} {VT} {SHY} {ZWSP} {LS} {PS} {NEL} {NNBSP}
{THIN}, and {SP} for a blank at a line's end.
A line `xfail: reason` under the title says that the program does not do this yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

CASES = Path(__file__).parent / "cases"
_UNSEEN = {"TAB": "\t", "NBSP": "\u00a0", "CR": "\r", "BOM": "\ufeff", "FF": "\f", "SP": " ", "VT": "\v"}
_UNSEEN |= {"SHY": "\u00ad", "ZWSP": "\u200b", "NNBSP": "\u202f", "THIN": "\u2009"}
_UNSEEN |= {"LS": "\u2028", "PS": "\u2029", "NEL": "\x85"}
_CASE = re.compile(
    r"^# (?P<title>[^\n]+)\n(?:xfail: (?P<xfail>[^\n]+)\n)?(?P<body>.*?)(?=^# |\Z)", re.MULTILINE | re.DOTALL
)
_BLOCK = re.compile(r"^```(?P<name>[a-z-]+)\n(?P<words>.*?)^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    """One case: its blocks by name, the last line end of each cut off."""

    file: str
    title: str
    blocks: dict[str, str]
    xfail: str = ""

    def __getitem__(self, name: str) -> str:
        return self.blocks[name]


def read_cases(stage: str) -> list[Case]:
    """Return the cases of `tests/cases/STAGE/*.md` in the order of the files."""
    return [case for path in sorted((CASES / stage).glob("*.md")) for case in _cases_of(path)]


def _cases_of(path: Path) -> Iterator[Case]:
    text = path.read_text(encoding="utf-8")
    titles = [line for line in _outside_fences(text) if line.startswith("# ")]
    found = [
        Case(path.stem, match["title"], _blocks(match["body"]), match["xfail"] or "") for match in _CASE.finditer(text)
    ]
    assert len(found) == len(titles) and all(case.blocks for case in found), f"{path}: a case that cannot be read"
    yield from found


def _outside_fences(text: str) -> Iterator[str]:
    fenced = False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield line


def _blocks(body: str) -> dict[str, str]:
    return {match["name"]: _seen(match["words"]).removesuffix("\n") for match in _BLOCK.finditer(body)}


def _seen(words: str) -> str:
    return re.sub(r"\{([A-Z]+)\}", lambda match: _UNSEEN[match[1]], words)


def parameters(stage: str) -> list[ParameterSet]:
    """Return the cases of a stage as parameters of a test, each with its title as its name."""
    return [
        pytest.param(
            case,
            id=f"{case.file}: {case.title}",
            marks=[pytest.mark.xfail(strict=True, reason=case.xfail)] if case.xfail else [],
        )
        for case in read_cases(stage)
    ]
