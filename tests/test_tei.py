"""XML is parsed once and for all in tei.py: without network, without entities, without files beside the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tei_edition.diagnostics import UnusableInput
from tei_edition.tei import parse


@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE a [<!ENTITY b 'Ball'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b 'Ball'>]><a n='&b;'/>",
        "<!DOCTYPE a [<!ENTITY b 'Ball'>]><a/>",
        "<!DOCTYPE a [<!ENTITY % b 'Ball'>]><a/>",
        "<!DOCTYPE a [<!ENTITY % b SYSTEM 'a.dtd'> %b;]><a n='&c;'/>",
        "<!DOCTYPE a SYSTEM 'a.dtd'><a n='&b;'/>",
        "<!DOCTYPE a SYSTEM 'a.dtd'><a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'missing.dtd'><a n='&b;'/>",
    ],
)
def test_entities_are_refused_wherever_they_stand(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.dtd").write_text("<!ENTITY b 'from outside'>")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableInput) as caught:
        parse(document.encode(), "a.xml")
    found = caught.value.diagnostic
    assert (found.code, found.location.path) == ("VA002", "a.xml")


@pytest.mark.parametrize(
    "document",
    [
        "<a n='&lt;&#233;&amp;'>&gt;</a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'a.dtd'><a/>",
        "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
    ],
)
def test_a_document_type_without_entities_is_read(
    document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.dtd").write_text("<!ENTITY b 'from outside'><!ATTLIST a n CDATA 'added'>")
    monkeypatch.chdir(tmp_path)
    root = parse(document.encode())
    assert root.get("n") in (None, "<é&"), "nothing is added from a file beside the document"
