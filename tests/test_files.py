"""Files: never half-written, never overwritten by accident."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tei_edition import corpus
from tei_edition.corpus import Job, plan
from tei_edition.diagnostics import UnusableInput, WrongUsage
from tei_edition.files import read_bytes, write_bytes


def code(caught: pytest.ExceptionInfo[UnusableInput]) -> str:
    return caught.value.diagnostic.code


def test_what_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.txt", tmp_path):
        with pytest.raises(UnusableInput) as caught:
            read_bytes(path)
        assert (code(caught), caught.value.diagnostic.location.path) == ("CO001", str(path))


def test_bytes_are_written_as_they_are_and_read_as_they_are(tmp_path: Path) -> None:
    data = b"a\r\nb\x00\xff"
    assert write_bytes(tmp_path / "a" / "b" / "c.xml", data) is True
    assert read_bytes(tmp_path / "a" / "b" / "c.xml") == data


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    write_bytes(path, b"one")
    os.utime(path, (1, 1))
    assert write_bytes(path, b"one") is False
    assert write_bytes(path, b"one", force=True) is False
    assert path.stat().st_mtime == 1


def test_what_differs_is_left_alone_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"edited")
    with pytest.raises(WrongUsage) as caught:
        write_bytes(path, b"new")
    assert code(caught) == "CO002" and path.read_bytes() == b"edited"
    assert write_bytes(path, b"new", force=True) is True
    assert path.read_bytes() == b"new"


def test_a_write_that_fails_leaves_nothing_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WrongUsage) as caught:
        write_bytes(path, b"new", force=True)
    assert code(caught) == "CO003" and "no space left" in caught.value.diagnostic.message
    assert [p.name for p in tmp_path.iterdir()] == ["a.xml"] and path.read_bytes() == b"old"


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(tmp_path / "a.xml", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as caught:
        write_bytes(tmp_path, b"new", force=True)
    assert code(caught) == "CO003"
    with pytest.raises(WrongUsage) as caught:
        write_bytes(tmp_path, b"new")
    assert code(caught) == "CO003"  # and not: overwrite it with --force


def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"old")
    (tmp_path / "link.xml").symlink_to("a.xml")
    write_bytes(tmp_path / "link.xml", b"new", force=True)
    assert (tmp_path / "link.xml").is_symlink() and (tmp_path / "a.xml").read_bytes() == b"new"


def test_a_pipe_is_written_through(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_bytes(pipe, b"new")
        assert os.read(reader, 10) == b"new" and pipe.is_fifo()
    finally:
        os.close(reader)


def test_others_may_read_what_was_written(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_bytes(tmp_path / "a.xml", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a.xml").stat().st_mode & 0o777 == 0o644


class TestPlan:
    def test_a_file_alone(self, tmp_path: Path) -> None:
        assert list(plan(tmp_path / "d1.txt", None)) == [Job(tmp_path / "d1.txt", None)]
        assert list(plan(tmp_path / "d1.txt", tmp_path / "a.xml")) == [Job(tmp_path / "d1.txt", tmp_path / "a.xml")]
        assert list(plan(tmp_path / "d1.txt", tmp_path)) == [Job(tmp_path / "d1.txt", tmp_path / "d1.xml")]

    def test_a_folder_in_the_order_of_names(self, tmp_path: Path) -> None:
        for name in ("b.txt", "a.txt", "c.md", ".txt.swp"):
            (tmp_path / name).write_text("x")
        (tmp_path / "folder.txt").mkdir()
        jobs = plan(tmp_path, tmp_path / "out")
        assert [job.source.name if job.source else "" for job in jobs] == ["a.txt", "b.txt"]
        assert [job.output for job in jobs] == [tmp_path / "out" / "a.xml", tmp_path / "out" / "b.xml"]

    @pytest.mark.parametrize(("output", "expected"), [(None, "CO005"), ("file", "CO005")])
    def test_many_editions_need_a_folder(self, tmp_path: Path, output: str | None, expected: str) -> None:
        (tmp_path / "a.txt").write_text("x")
        (tmp_path / "file").write_text("x")
        with pytest.raises(WrongUsage) as caught:
            plan(tmp_path, tmp_path / output if output else None)
        assert code(caught) == expected

    def test_a_folder_without_texts(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableInput) as caught:
            corpus.plan(tmp_path, tmp_path)
        assert code(caught) == "CO004"
