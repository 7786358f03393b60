"""`tei-edition authority`: import, list and check, their outputs and exit codes."""

from __future__ import annotations

import csv
import json
from functools import partial
from pathlib import Path

import command
import pytest

import tei_edition

run, run_apart = partial(command.run, "authority"), partial(command.run_apart, "authority")
PERSONS = """Persons

Ball, George W., Under Secretary of State from December 4, 1961

Rusk, Dean, Secretary of State
"""
TEXT = "1. Editorial Note\n\nAmbassador Gullion met Mr. Ball. Ambassador Gullion left.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "persons.txt").write_text(PERSONS, "utf-8")
    (tmp_path / "twice.csv").write_text('id,name\na,"Brown, Harold"\nb,"Brown, Harold"\n', "utf-8")
    (tmp_path / "faults.csv").write_text('name,shoe size\n"Rusk, Dean",44\n', "utf-8")
    (tmp_path / "broken.xml").write_text("<TEI", "utf-8")
    (tmp_path / "latin1.txt").write_bytes("Frondizi, Arturo, Präsident\n".encode("latin-1"))
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "d1.txt").write_text(TEXT, "utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_import_writes_a_file_that_is_valid_and_the_same_again(folder: Path) -> None:
    done = run("import", "persons.txt", "-o", "persons.xml", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "persons.xml: 2 entries, written\n")
    again = run_apart("import", "persons.txt", "-o", "persons.xml", cwd=folder)
    assert again.stderr == "persons.xml: 2 entries, is there already, the same to the byte\n"
    ball = (folder / "persons.xml").read_text("utf-8").splitlines()[17].strip()
    assert ball == (
        '<person xml:id="p_ball-george-w"><persName><surname>Ball</surname>, <forename>George</forename> '
        '<forename>W.</forename></persName><state type="office" from="1961-12-04"><label>Under Secretary of State'
        "</label></state><note>Under Secretary of State from December 4, 1961</note></person>"
    )
    assert run("import", "-q", "twice.csv", "-o", "persons.xml", cwd=folder).returncode == 2, "differs: not overwritten"
    assert run("import", "-q", "twice.csv", "-o", "persons.xml", "--force", cwd=folder).returncode == 0


def test_import_to_standard_output(folder: Path) -> None:
    done = run("import", "persons.txt", "--title", "The Congo", cwd=folder)
    assert done.stdout.startswith("<?xml") and "<title>The Congo</title>" in done.stdout


def test_kind_settles_what_entries_are(folder: Path) -> None:
    (folder / "list.txt").write_text("Geneva, Conference of 1954\n", "utf-8")
    kinds = [
        json.loads(run("list", "list.txt", "--format", "json", *options, cwd=folder).stdout)[0]["kind"]
        for options in ((), ("--kind", "terms"), ("--kind", "places"))
    ]
    assert kinds == ["person", "term", "place"]


def test_list_shows_how_entries_are_understood(folder: Path) -> None:
    done = run("list", "persons.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "p_ball-george-w  George W. BALL",
        "                   1961-12-04–… Under Secretary of State",
        "p_rusk-dean      Dean RUSK",
        "                   Secretary of State",
    ]


def test_list_as_json_and_csv(folder: Path) -> None:
    ball = json.loads(run("list", "persons.txt", "--format", "json", cwd=folder).stdout)[0]
    assert ball["names"][0]["forenames"] == ["George", "W."]
    assert ball["offices"] == [{"title": "Under Secretary of State", "start": "1961-12-04", "end": ""}]
    rows = list(csv.DictReader(run("list", "persons.txt", "--format", "csv", cwd=folder).stdout.splitlines()))
    assert [row["surname"] for row in rows] == ["Ball", "Rusk"]


def test_what_list_writes_as_csv_loads_again(folder: Path) -> None:
    more = "\nMao Tse-tung (Mao Zedong), Chairman until 1959; then head of the Party\n"
    (folder / "persons.txt").write_text(PERSONS + more, "utf-8")
    (folder / "again.csv").write_text(run("list", "persons.txt", "--format", "csv", cwd=folder).stdout, "utf-8")
    listed, again = (run("list", name, "--format", "json", cwd=folder).stdout for name in ("persons.txt", "again.csv"))
    assert listed == again and len(json.loads(listed)) == 3


def test_numbers_and_variants_survive_a_list_as_csv(folder: Path) -> None:
    table = 'name,description,variants,VIAF\n"Brown, Harold",physicist,"Brown, Hal; Braun, Harold",111\nUN,,,\n'
    (folder / "rich.csv").write_text(table, "utf-8")
    (folder / "again.csv").write_text(run("list", "rich.csv", "--format", "csv", cwd=folder).stdout, "utf-8")
    first, again = (run("import", name, cwd=folder).stdout for name in ("rich.csv", "again.csv"))
    assert first.replace("rich.csv", "again.csv") == again and "111</idno>" in again and "Hal" in again


def test_check_without_and_with_texts(folder: Path) -> None:
    clean = run("check", "persons.txt", cwd=folder)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "1 file: nothing found\n")
    done = run("check", "persons.txt", "--texts", "texts", "--format", "json", cwd=folder)
    found = {(f["code"], f["message"], f["location"].get("line")) for f in json.loads(done.stdout)["findings"]}
    assert done.returncode == 1
    assert found == {
        ("AU014", "“Rusk, Dean” (p_rusk-dean) occurs in none of the texts", 5),
        ("AU015", "“Gullion” has no entry (named 2 times)", 3),
    }


def test_notes_alone_are_no_findings(folder: Path) -> None:
    (folder / "text.txt").write_text("1. Editorial Note\n\nMr. Ball left.\n", "utf-8")
    done = run("check", "persons.txt", "--texts", "text.txt", cwd=folder)
    assert done.returncode == 0 and "AU014 note" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("import", "faults.csv"), 1, "faults.csv:1:1: AU008 warning"),
        (("list", "faults.csv"), 1, "AU008"),
        (("check", "twice.csv"), 1, "twice.csv:2:"),
        (("check",), 2, "Missing argument"),
        (("list", "persons.txt", "--kind", "ships"), 2, "Invalid value"),
        (("import", "missing.txt"), 3, "CO001"),
        (("import", "latin1.txt"), 3, "latin1.txt:1:21: AU006 error: the byte 0xE4 is no UTF-8"),
        (("list", "broken.xml"), 3, "VA0"),
        (("check", "persons.txt", "--texts", "empty"), 3, "CO004"),
        (("check", "persons.txt", "--texts", "nowhere.txt"), 3, "CO001"),
    ],
)
def test_exit_codes(folder: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == code
    assert told in done.stdout + done.stderr and "Traceback" not in done.stderr


def test_the_public_functions_do_what_the_commands_do(folder: Path) -> None:
    made = run("import", "persons.txt", cwd=folder).stdout
    assert tei_edition.import_authority(folder / "persons.txt").decode() == made
    found = tei_edition.check_authority(folder / "persons.txt", texts=[folder / "texts" / "d1.txt"])
    assert [finding.code for finding in found] == ["AU014", "AU015"]
