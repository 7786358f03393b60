"""Expressions that are compiled when first used: they do what compiled ones do, and all of ours can be compiled."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

import tei_edition
from tei_edition.late_patterns import late

PACKAGE = Path(tei_edition.__file__).parent
USERS = [path for path in sorted(PACKAGE.rglob("*.py")) if "import late\n" in path.read_text("utf-8")]


def test_it_does_what_a_pattern_does() -> None:
    pattern = late(r"(?P<day>\d+) aug", re.IGNORECASE)
    assert pattern.pattern == r"(?P<day>\d+) aug"
    assert [found["day"] for found in pattern.finditer("18 August, 19 AUG")] == ["18", "19"]
    assert pattern.sub("x", "18 Aug") == "x" and pattern.groups == 1 and pattern.flags & re.IGNORECASE
    assert pattern.match is pattern.match, "the second time it is a plain attribute"


def test_a_mistake_is_told_when_it_is_used() -> None:
    wrong = late("(")
    with pytest.raises(re.error):
        wrong.search("")
    assert not hasattr(late("x"), "__len__") and not hasattr(late("x"), "unheard_of")


@pytest.mark.parametrize("path", USERS, ids=lambda path: path.stem)
def test_all_of_ours_can_be_compiled(path: Path) -> None:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    patterns = [value for value in vars(importlib.import_module(name)).values() if type(value) is type(late(""))]
    assert patterns
    for pattern in patterns:
        assert re.compile(pattern.pattern, pattern.flags) and pattern.groups >= 0


def test_there_are_some() -> None:
    assert len(USERS) > 5
