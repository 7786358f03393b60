"""The collector of cycles rests while a document is tagged: there is nothing for it to find."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tei_edition.reading import decode, read_document
from tei_edition.tagging import Known, tag_document
from tei_edition.tagging.collector import collector_resting

TELEGRAM = Path(__file__).parents[1] / "sources" / "frus1961-63v20_d280.txt"


def test_tagging_leaves_no_cycles_behind() -> None:
    document = read_document(decode(TELEGRAM.read_bytes(), TELEGRAM.name))
    known = Known({})
    tag_document(document, known)  # what is read once is read now
    gc.collect()
    with collector_resting():
        tagged = tag_document(document, known)
        assert tagged.spans
        del tagged
        assert gc.collect() == 0


def test_the_collector_is_as_it_was() -> None:
    assert gc.isenabled()
    with collector_resting():
        assert not gc.isenabled()
        with collector_resting():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError), collector_resting():
        raise ValueError
    assert gc.isenabled()
