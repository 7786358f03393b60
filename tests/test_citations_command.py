"""`tei-edition citations` and the verb of the same name: rows, formats, exit codes."""

from __future__ import annotations

import csv
import json
import subprocess
from functools import partial
from pathlib import Path

import command
import pytest

import tei_edition
from tei_edition.exporting.citation_table import COLUMNS
from tei_edition.settings import Settings

run, run_apart = partial(command.run, "citations"), partial(command.run_apart, "citations")
TEXT = """2. Memorandum1

Washington, August 18, 1962.

We met.2 And agreed.3

  1. Source: Department of State, Central Files, 770G.00/8–1862. Secret.
  2. Not printed. (Ibid., 770G.00/8–1762)
  3. A draft is in Kennedy Library, President’s Office Files, Congo-Security, 1962 (A). (Ibid.)
"""
OTHER = """3. Memorandum1

Washington, August 19, 1962.

We left.

  1. Source: Ibid., 770G.00/8–1962. Secret.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "d2.txt").write_text(TEXT, "utf-8")
    (tmp_path / "volume.txt").write_text(TEXT + "\n" + OTHER, "utf-8")
    (tmp_path / "d2.xml").write_bytes(tei_edition.convert(TEXT, name="d2").tei)
    (tmp_path / "broken.xml").write_text("<TEI", "utf-8")
    (tmp_path / "page.xml").write_text("<html/>", "utf-8")
    (tmp_path / "latin1.txt").write_bytes("Präsident\n".encode("latin-1"))
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "unmarked.txt").write_text("2. Memorandum\n\nWe met.2\n\n  2. Yes.\n  3. No.\n  7. So.\n", "utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "b.txt").write_text(OTHER, "utf-8")
    (texts / "a.txt").write_text(TEXT, "utf-8")
    (texts / "a.xml").write_bytes(tei_edition.convert(TEXT, name="a").tei)
    editions = tmp_path / "editions"
    editions.mkdir()
    (editions / "a.xml").write_bytes(tei_edition.convert(TEXT, name="a").tei)
    (tmp_path / "nothing").mkdir()
    return tmp_path


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    return list(csv.DictReader(done.stdout.splitlines()))


def test_a_row_has_all_parts_with_what_ibid_repeats(folder: Path) -> None:
    done = run("d2.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, second, third, fourth = rows(done)
    assert first["words"] == "Department of State, Central Files, 770G.00/8–1862"
    assert (first["repository"], first["collection"], first["file_number"]) == (
        "Department of State", "Central Files", "770G.00/8–1862")  # fmt: skip
    assert (first["file_class"], first["file_date"]) == ("7", "1962-08-18") and "Congo" in first["file_countries"]
    assert (second["note"], second["id"], second["repeats"], second["inherited"]) == (
        "2", "cite2", "cite1", "repository; collection")  # fmt: skip
    assert (second["repository"], second["file_number"]) == ("Department of State", "770G.00/8–1762")
    assert third["folder"] == fourth["folder"] == "Congo-Security, 1962 (A)"
    assert {row["document"] for row in rows(done)} == {"d2"} and {row["file"] for row in rows(done)} == {"d2.txt"}


def test_offsets_are_code_points_of_the_file_also_behind_its_first_document(folder: Path) -> None:
    text = (folder / "volume.txt").read_text("utf-8")
    found = rows(run("volume.txt", cwd=folder))
    assert [row["number"] for row in found] == ["2", "2", "2", "2", "3"]
    for row in found:
        assert text[int(row["start"]) : int(row["end"])] == row["words"]
        assert text.splitlines()[int(row["line"]) - 1].find(row["words"]) >= 0


def test_an_ibid_that_repeats_nothing_is_told_and_is_no_fault(folder: Path) -> None:
    done = run("volume.txt", cwd=folder)
    assert done.returncode == 0 and "TG075" in done.stderr and "Ibid., 770G.00/8–1962" in done.stderr
    assert run("-q", "volume.txt", cwd=folder).stderr == ""


def test_json_lines_have_the_same_rows(folder: Path) -> None:
    done = run("d2.txt", "--format", "jsonl", cwd=folder)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(row) for row in found] == [list(COLUMNS)] * 4
    assert found[1]["file_number"] == ["770G.00/8–1762"] and found[1]["inherited"] == ["repository", "collection"]
    assert isinstance(found[0]["start"], int) and isinstance(found[0]["line"], int)
    assert found == tei_edition.citations(folder / "d2.txt") or {**found[0], "file": ""} == {
        **tei_edition.citations(folder / "d2.txt")[0], "file": ""}  # fmt: skip


def test_an_edition_gives_what_its_text_gives(folder: Path) -> None:
    of_text, of_edition = rows(run("d2.txt", cwd=folder)), rows(run("d2.xml", cwd=folder))
    apart = ("file", "start", "end", "line", "evidence")
    assert [{k: v for k, v in row.items() if k not in apart} for row in of_text] == [
        {k: v for k, v in row.items() if k not in apart} for row in of_edition
    ]
    assert {row["start"] for row in of_edition} == {""}


def test_a_folder_is_read_in_the_order_of_names_texts_before_editions(folder: Path) -> None:
    assert [row["file"] for row in rows(run("texts", cwd=folder))] == ["texts/a.txt"] * 4 + ["texts/b.txt"]
    assert {row["file"] for row in rows(run("editions", cwd=folder))} == {"editions/a.xml"}


def test_standard_input(folder: Path) -> None:
    assert len(rows(run("-", cwd=folder, given=TEXT))) == 4


def test_the_verb_takes_texts_bytes_paths_and_documents(folder: Path) -> None:
    found = tei_edition.citations(TEXT)
    assert len(found) == 4 and found == tei_edition.citations(TEXT.encode())
    of_documents = tei_edition.citations(*tei_edition.split_documents(TEXT))
    assert [row["start"] for row in found] == [row["start"] for row in of_documents]
    assert len(tei_edition.citations(folder / "texts", TEXT)) == 9
    assert len(tei_edition.citations((folder / "d2.xml").read_bytes())) == 4


def test_a_file_is_written_as_a_whole_and_never_over_another(folder: Path) -> None:
    done = run("d2.txt", "-o", "out.csv", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "out.csv: 4 citations, written\n")
    again = run("d2.txt", "-o", "out.csv", cwd=folder)
    assert again.stderr == "out.csv: 4 citations, is there already, the same to the byte\n"
    differs = run("volume.txt", "-q", "-o", "out.csv", cwd=folder)
    assert differs.returncode == 2 and "CO002" in differs.stderr
    assert run("volume.txt", "-q", "--force", "-o", "out.csv", cwd=folder).returncode == 0
    assert len((folder / "out.csv").read_text("utf-8").splitlines()) == 6


@pytest.mark.parametrize(
    ("call", "code", "told"),
    [
        (["d2.txt"], 0, ""),
        (["empty.txt"], 3, "RD001"),
        (["unmarked.txt"], 1, "RD0"),
        ([], 2, "Missing argument"),
        (["d2.txt", "d2.txt"], 2, "CO020"),
        (["texts", "texts/a.txt"], 2, "CO020"),
        (["d2.txt", "-o", "d2.txt", "--force"], 2, "CO007"),
        (["d2.txt", "-o", "nothing"], 2, "CO00"),
        (["d2.txt", "--format", "xml"], 2, "--format"),
        (["missing.txt"], 3, "CO001"),
        (["nothing"], 3, "CO004"),
        (["broken.xml"], 3, "VA0"),
        (["page.xml"], 3, "CO021"),
        (["latin1.txt"], 3, "RD"),
        (["missing.txt", "d2.txt", "latin1.txt"], 3, "latin1.txt"),
    ],
)
def test_exit_codes(folder: Path, call: list[str], code: int, told: str) -> None:
    done = run(*call, cwd=folder)
    assert done.returncode == code, done.stderr
    assert told in done.stderr and "Traceback" not in done.stderr


def test_nothing_is_written_where_a_file_cannot_be_read(folder: Path) -> None:
    done = run("d2.txt", "missing.txt", "-o", "out.csv", cwd=folder)
    assert done.returncode == 3 and not (folder / "out.csv").exists()
    assert run("d2.txt", "missing.txt", cwd=folder).stdout == ""


def test_no_cell_is_a_formula(folder: Path) -> None:
    (folder / "=1+1.txt").write_text(TEXT, "utf-8")
    assert rows(run("=1+1.txt", cwd=folder))[0]["file"] == "'=1+1.txt"
    assert json.loads(run("=1+1.txt", "--format", "jsonl", cwd=folder).stdout.splitlines()[0])["file"] == "=1+1.txt"


def test_of_several_numbers_each_is_told_in_full_with_what_it_says(folder: Path) -> None:
    note = "Source: Department of State, Central Files, 770G.00/8–1862, 8–1962 and 8–2062. Secret."
    (folder / "several.txt").write_text(f"2. Memorandum1\n\nWe met.\n\n  1. {note}\n", "utf-8")
    (row,) = rows(run("several.txt", cwd=folder))
    assert row["file_number"] == "770G.00/8–1862; 8–1962; 8–2062"
    assert row["file_number_full"] == "770G.00/8–1862; 770G.00/8–1962; 770G.00/8–2062"
    assert row["file_class"] == "7; 7; 7" and row["file_date"] == "1962-08-18; 1962-08-19; 1962-08-20"


def test_an_edition_without_encoded_citations_is_told_of(folder: Path) -> None:
    (folder / "frus.xml").write_bytes(tei_edition.convert(TEXT, settings=Settings(profile="frus"), name="d2").tei)
    done = run("frus.xml", cwd=folder)
    assert done.returncode == 0 and "CO022 note" in done.stderr
    assert run("frus.xml", "-q", cwd=folder).stderr == ""


def test_a_text_may_begin_with_an_angle_bracket(folder: Path) -> None:
    (folder / "bold.txt").write_text("<b>Hello\n\n" + TEXT, "utf-8")
    assert run("bold.txt", cwd=folder).returncode in (0, 1)
    (folder / "edition.txt").write_bytes((folder / "d2.xml").read_bytes())
    assert len(rows(run("edition.txt", cwd=folder))) == 4


def test_the_same_files_give_the_same_bytes(folder: Path) -> None:
    call = ("texts", "volume.txt")
    assert run_apart(*call, cwd=folder).stdout == run(*call, cwd=folder).stdout


def test_every_column_is_described(folder: Path) -> None:
    told = run("--columns", cwd=folder).stdout.splitlines()
    assert [line.split()[0] for line in told] == rows_header(folder)
    assert all(len(line.split()) > 2 or line.split()[0] == "record_group" for line in told)


def rows_header(folder: Path) -> list[str]:
    return run("d2.txt", cwd=folder).stdout.splitlines()[0].split(",")
