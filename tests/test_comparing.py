"""Comparing two editions: the cases that an editor can read, and what must hold for any two documents."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition.comparing import LAYERS, as_json, as_text, compare, verdict
from tei_edition.comparing.alignment import common_runs, regions
from tei_edition.comparing.streams import streams_of
from tei_edition.tei import TEI, TEI_NS, parse

CASES = Path(__file__).parent / "cases" / "comparing"
_CASE = re.compile(r"^# (?P<title>[^\n]+)\n```a\n(?P<a>.*?)```\n```b\n(?P<b>.*?)```\n```report\n(?P<report>.*?)```\n",
                   re.MULTILINE | re.DOTALL)


def document(fragment: str) -> etree._Element:
    if not re.match(r"<(\w+:)?TEI", fragment):
        fragment = f'<TEI xmlns="{TEI_NS}"><text><body><div type="document">{fragment.rstrip()}</div></body></text></TEI>'
    return parse(fragment.encode())


def cases() -> list[pytest.param]:
    return [pytest.param(m["a"], m["b"], m["report"], id=m["title"])
            for path in sorted(CASES.glob("*.md")) for m in _CASE.finditer(path.read_text(encoding="utf-8"))]


def test_every_case_of_the_files_is_read() -> None:
    titles = [line for path in CASES.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()
              if line.startswith("# ")]
    assert len(cases()) == len(titles) >= 20


@pytest.mark.parametrize(("a", "b", "report"), cases())
def test_case(a: str, b: str, report: str) -> None:
    assert as_text(compare(document(a), document(b)), "a.xml", "b.xml") == report
