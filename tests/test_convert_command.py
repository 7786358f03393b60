"""`tei-edition convert` as a user meets it: what it writes, what it says and where, and how it leaves."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tei_edition import cli
from tei_edition.authority import load_authorities
from tei_edition.tei import parse

ROOT = Path(__file__).parents[1]
TELEGRAM = ROOT / "sources" / "frus1961-63v20_d280.txt"
AUTHORITY = ROOT / "sources" / "authority" / "congo-1962.xml"
GOOD = "1. Editorial Note\n\nThe President resigned.\n"
LINE = re.compile(r"^(?P<path>[^:]+)(:\d+(:\d+)?)?: (?P<code>[A-Z]{2}\d{3}) (error|warning|note): \S")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Iterator[Run]:
    """Run the command line in this process, in an empty folder: its exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["tei-edition", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        code = left.value.code
        assert isinstance(code, int) and code in (0, 1, 2, 3, 4, 130), "a closed set of exit codes"
        assert b"Traceback" not in err
        return code, out.decode("utf-8"), err.decode("utf-8")

    yield call


def write(path: Path, content: str | bytes = GOOD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def codes(stderr: str) -> list[str]:
    return [match["code"] for line in stderr.splitlines() if (match := LINE.match(line))]


class TestOutput:
    def test_without_output_the_tei_goes_to_stdout_and_nothing_else_does(self, run: Run) -> None:
        code, out, err = run("convert", TELEGRAM, "--authority", AUTHORITY)
        assert code == 0
        assert parse(out.encode()).tag == "{http://www.tei-c.org/ns/1.0}TEI"
        assert "validity: valid" in err and "all accounted for" in err

    def test_stdout_and_file_hold_the_same_bytes(self, run: Run) -> None:
        _, out, _ = run("convert", TELEGRAM, "-q")
        code, nothing, err = run("convert", TELEGRAM, "-q", "-o", "new/d280.xml")
        assert (code, nothing, err) == (0, "", "")
        assert Path("new/d280.xml").read_bytes() == out.encode("utf-8")

    def test_a_folder_as_output_of_one_text(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        assert run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "out")[0] == 0
        assert [p.name for p in (tmp_path / "out").iterdir()] == ["d1.xml"]

    def test_the_summary(self, run: Run) -> None:
        err = run("convert", TELEGRAM, "-o", "d280.xml", "--authority", AUTHORITY)[2]
        for words in (
            "5 blocks, 2 notes, 1 page break",
            "persons: 9 (8 linked)",
            "dates: 2: August 18 ×2",
            "archival citations: 3",
            "2,603 characters",
            "guessed: 6",
        ):
            assert words in err

    def test_the_same_bytes_are_no_reason_to_complain(self, run: Run, tmp_path: Path) -> None:
        source = write(tmp_path / "d1.txt")
        assert run("convert", source, "-q", "-o", "d1.xml")[0] == 0
        before = Path("d1.xml").stat().st_mtime_ns
        assert run("convert", source, "-q", "-o", "d1.xml") == (0, "", "")
        assert Path("d1.xml").stat().st_mtime_ns == before

    def test_an_edition_that_was_edited_is_not_overwritten_without_force(self, run: Run, tmp_path: Path) -> None:
        source, output = write(tmp_path / "d1.txt"), write(tmp_path / "d1.xml", "<TEI>edited by hand</TEI>")
        code, out, err = run("convert", source, "-q", "-o", output)
        assert (code, out, codes(err)) == (2, "", ["CO002"])
        assert output.read_text() == "<TEI>edited by hand</TEI>"
        assert run("convert", source, "-q", "-o", output, "--force")[0] == 0
        assert b"resigned" in output.read_bytes()
        assert sorted(p.name for p in tmp_path.iterdir()) == ["d1.txt", "d1.xml"], "no temporary files stay"

    def test_profile_frus(self, run: Run) -> None:
        code, out, _ = run("convert", TELEGRAM, "-q", "--profile", "frus", "--authority", AUTHORITY)
        assert code == 0
        assert 'corresp="#ball"' in out and "xml-model" not in out

    def test_two_runs_give_the_same_bytes_whatever_the_order_of_authorities(self, run: Run, tmp_path: Path) -> None:
        places = AUTHORITY.read_text("utf-8")
        persons = re.sub(r"<listPlace>.*</listPlace>", "", places, flags=re.DOTALL)
        places = re.sub(r"<listPerson>.*</listPerson>", "", places, flags=re.DOTALL)
        one, two = write(tmp_path / "persons.xml", persons), write(tmp_path / "places.xml", places)
        both = run("convert", TELEGRAM, "-q", "--authority", AUTHORITY)
        assert run("convert", TELEGRAM, "-q", "--authority", one, "--authority", two) == both
        assert run("convert", TELEGRAM, "-q", "--authority", two, "--authority", one) == both

    def test_from_any_folder_as_a_module(self, tmp_path: Path) -> None:
        call = [sys.executable, "-m", "tei_edition", "convert", str(TELEGRAM), "-q", "-o", "d280.xml"]
        done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (tmp_path / "d280.xml").is_file()

    def test_the_console_script(self) -> None:
        script = Path(sys.executable).with_name("tei-edition")
        done = subprocess.run([str(script), "--version"], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.split()[0]) == (0, "tei-edition,")

    def test_the_reader_of_the_output_may_leave(self) -> None:
        call = f"{sys.executable} -m tei_edition convert {TELEGRAM} | head -1"
        done = subprocess.run(["bash", "-o", "pipefail", "-c", call], capture_output=True, text=True, check=False)
        assert done.stdout.startswith("<?xml") and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


BAD = {
    "an empty file": (b"", 3, "RD001"),
    "nothing but blanks": (b" \n\n", 3, "RD001"),
    "a binary": (b"\x7fELF\x00\x01", 3, "RD002"),
    "a PDF": (b"%PDF-1.4\n", 3, "RD002"),
    "Latin-1 bytes": (b"1. Head\n\nL\xe9opoldville\n", 3, "RD003"),
    "TEI in place of text": (b"<?xml version='1.0'?><TEI xmlns='http://www.tei-c.org/ns/1.0'/>", 3, "RD004"),
    "a control character": (b"1. Head\n\nA \x07 bell\n", 3, "RD005"),
    "a marker without a note": (b"1. Note1\n\nHe resigned yesterday.2 No more.\n  1. Source: Found.\n", 1, "RD011"),
    "a note without a marker": (b"1. Note1\n\nHe resigned.\n  1. Source: Found.\n  2. Not printed.\n", 1, "RD010"),
}


class TestBadInput:
    @pytest.mark.parametrize("name", BAD)
    def test_one_clear_line(self, run: Run, tmp_path: Path, name: str) -> None:
        data, expected, finding = BAD[name]
        source = write(tmp_path / "d1.txt", data)
        code, out, err = run("convert", source, "-q", "-o", "d1.xml")
        assert (code, out) == (expected, "")
        found = [line for line in err.splitlines() if LINE.match(line)]
        assert len(found) == 1 and f": {finding} " in found[0], err
        assert found[0].startswith(str(source))
        assert (tmp_path / "d1.xml").exists() == (expected == 1)

    def test_the_place_is_told(self, run: Run, tmp_path: Path) -> None:
        source = write(tmp_path / "d1.txt", b"1. Head\n\nL\xe9o\n")
        assert f"{source}:3:2: RD003 error: " in run("convert", source, "-q")[2]
        source = write(tmp_path / "d2.txt", BAD["a marker without a note"][0])
        assert f"{source}:3:23: RD011 warning: " in run("convert", source, "-q")[2]

    def test_a_missing_file(self, run: Run, tmp_path: Path) -> None:
        code, out, err = run("convert", "missing.txt", "-o", "d1.xml")
        assert (code, out, codes(err)) == (3, "", ["CO001"])
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_without_texts(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "texts" / "notes.md")
        code, out, err = run("convert", "texts", "-o", "out")
        assert (code, out, codes(err)) == (3, "", ["CO004"])
        assert not (tmp_path / "out").exists()

    def test_a_folder_needs_a_folder(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "texts" / "d1.txt")
        assert codes(run("convert", "texts")[2]) == ["CO005"]
        write(tmp_path / "out.xml", "")
        code, _, err = run("convert", "texts", "-o", "out.xml")
        assert (code, codes(err)) == (2, ["CO005"])

    @pytest.mark.parametrize(
        ("content", "code", "finding"),
        [
            ("Ball, George W.", 3, "AU001"),
            ("<TEI><broken></TEI>", 3, "VA004"),
            ("<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>", 1, "AU003"),
            ("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", 3, "VA002"),
            (None, 3, "CO001"),
        ],
    )
    def test_an_authority_file_that_is_none(
        self, run: Run, tmp_path: Path, content: str | None, code: int, finding: str
    ) -> None:
        if content is not None:
            write(tmp_path / "persons.xml", content)
        left, out, err = run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "d1.xml", "--authority", "persons.xml")
        assert (left, out, codes(err)) == (code, "", [finding])
        assert (tmp_path / "d1.xml").exists() == (code == 1)

    @pytest.mark.parametrize(
        "call",
        [
            ["convert"],
            ["convert", "d1.txt", "--profile", "other"],
            ["convert", "d1.txt", "--style", "other"],
            ["convert", "d1.txt", "--unknown"],
            ["convert", "d1.txt", "--set", "title"],
            ["convert", "d1.txt", "--set", "titel=Foreign Relations"],
            ["convert", "d1.txt", "--set", "date=tomorrow"],
            ["convert", "d1.txt", "--settings", "broken.toml"],
            ["nothing"],
        ],
    )
    def test_wrong_calls(self, run: Run, tmp_path: Path, call: list[str]) -> None:
        write(tmp_path / "d1.txt")
        write(tmp_path / "broken.toml", "title = Foreign Relations")
        code, out, err = run(*call)
        assert (code, out) == (2, "") and err.strip()

    def test_settings_that_are_missing_cannot_be_read(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("convert", write(tmp_path / "d1.txt"), "--settings", "missing.toml")
        assert (code, codes(err)) == (3, ["CO001"])

    def test_an_output_that_cannot_be_written(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "file", "")
        code, out, err = run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "file/d1.xml")
        assert (code, out, codes(err)) == (2, "", ["CO003"])


class TestNothingIsLost:
    """What a run reads it never writes over, whatever `--force` says; and it says so before it begins."""

    @pytest.mark.parametrize(
        "options",
        [
            ["-o", "d1.txt"],
            ["-o", "../edition/d1.txt"],
            ["-o", "link.xml"],
            ["-o", "persons.xml"],
            ["-o", "places.xml"],
            ["-o", "tei-edition.toml"],
            ["-o", "d2.xml"],
            ["-o", "d1.xml", "--review", "d1.txt"],
            ["-o", "d1.xml", "--review", "persons.xml"],
            ["-o", "d1.xml", "--review", "tei-edition.toml"],
            ["-o", "d1.xml", "--review", "d1.xml"],
            ["-o", "d1.xml", "--review", "d1.invalid.xml"],
            ["--review", "d1.txt"],
        ],
    )
    def test_inputs_are_never_overwritten(
        self, run: Run, tmp_path: Path, options: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "edition"
        write(folder / "d1.txt")
        (folder / "link.xml").symlink_to("d1.txt")
        lists = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><place xml:id='{0}'><placeName>{0}</placeName></place></TEI>"
        for name in ("persons", "places", "d2.invalid"):
            write(folder / f"{name}.xml", lists.format(name))
        write(folder / "tei-edition.toml", "authority = ['places.xml', 'd2.invalid.xml']")
        before = {path: path.read_bytes() for path in sorted(folder.iterdir())}
        monkeypatch.chdir(folder)
        for force in ([], ["--force"]):
            code, out, err = run("convert", "d1.txt", "--authority", "persons.xml", *options, *force)
            assert (code, out, codes(err), err.count("\n")) == (2, "", ["CO007"], 1)
        assert {path: path.read_bytes() for path in sorted(folder.iterdir())} == before

    def test_settings_that_are_named_and_texts_of_a_folder(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "texts" / "d1.txt")
        write(tmp_path / "texts" / "d2.txt")
        write(tmp_path / "my.toml", "title = 'Congo'")
        for review in ("texts/d2.txt", "my.toml", "out/d1.xml"):
            call = ["convert", "texts", "-o", "out", "--settings", "my.toml", "--review", review, "--force"]
            assert codes(run(*call)[2]) == ["CO007"]
        assert not (tmp_path / "out").exists()

    def test_a_review_that_is_there_is_told_before_the_work(self, run: Run, tmp_path: Path) -> None:
        source, review = write(tmp_path / "d1.txt"), write(tmp_path / "review.csv", "edited by hand")
        code, out, err = run("convert", source, "-o", "d1.xml", "--review", review)
        assert (code, out, codes(err), err.count("\n")) == (2, "", ["CO002"], 1)
        assert review.read_text() == "edited by hand" and not (tmp_path / "d1.xml").exists()
        assert run("convert", source, "-q", "-o", "d1.xml", "--review", review, "--force")[0] == 0
        assert review.read_text().startswith("document,line,")

    def test_a_folder_is_no_review(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "reviews").mkdir()
        code, out, err = run("convert", write(tmp_path / "d1.txt"), "--review", "reviews", "--force")
        assert (code, out, codes(err)) == (2, "", ["CO003"])

    def test_findings_are_told_before_a_review_that_cannot_be_written(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "file", "")
        source = write(tmp_path / "d1.txt", BAD["a marker without a note"][0])
        code, _, err = run("convert", source, "-q", "-o", "d1.xml", "--review", "file/review.csv")
        assert (code, codes(err)) == (2, ["RD011", "CO003"])

    def test_nothing_converted_no_review(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run("convert", write(tmp_path / "d1.txt", b""), "-q", "--review", "review.csv")
        assert (code, codes(err)) == (3, ["RD001"])
        assert not (tmp_path / "review.csv").exists()

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
    @pytest.mark.parametrize(
        "call", [["convert", str(TELEGRAM), "-q"], ["explain", "CO003"], ["convert", "--help"], ["--version"]]
    )
    def test_a_standard_output_that_is_full(self, call: list[str]) -> None:
        with Path("/dev/full").open("wb") as full:
            whole = [sys.executable, "-m", "tei_edition", *call]
            done = subprocess.run(whole, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, codes(done.stderr), done.stderr.count("\n")) == (2, ["CO003"], 1)

    def test_a_standard_output_that_is_closed(self, tmp_path: Path) -> None:
        call = f"{sys.executable} -m tei_edition convert {TELEGRAM} -q >&-"
        done = subprocess.run(["bash", "-c", call], capture_output=True, text=True, check=False)
        assert (done.returncode, codes(done.stderr), done.stderr.count("\n")) == (2, ["CO003"], 1)


class TestStandardInput:
    @staticmethod
    def call(folder: Path, data: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
        call = [sys.executable, "-m", "tei_edition", "convert", "-", "-q", *options]
        return subprocess.run(call, cwd=folder, input=data, capture_output=True, check=False)

    def test_it_is_converted_like_a_file(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "tei-edition.toml", "publisher = 'A publisher'\nlicence = 'https://example.org/licence'")
        file = run("convert", write(tmp_path / "document.txt", TELEGRAM.read_bytes()), "-q")[1]
        done = self.call(tmp_path, TELEGRAM.read_bytes())
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode() == file
        assert b"<publisher>A publisher</publisher>" in done.stdout, "settings of the working folder"

    def test_output(self, tmp_path: Path) -> None:
        for output, made in (("d1.xml", "d1.xml"), ("out/", "out/document.xml")):
            assert self.call(tmp_path, GOOD.encode(), "-o", output).stdout == b""
            assert b"resigned" in (tmp_path / made).read_bytes()

    def test_what_is_wrong_with_it(self, tmp_path: Path) -> None:
        done = self.call(tmp_path, b"1. Head\n\nL\xe9o\n")
        assert done.returncode == 3 and done.stderr.startswith(b"-:3:2: RD003 error: ")

    def test_a_file_of_that_name_is_still_reached(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "-")
        assert "resigned" in run("convert", "./-", "-q")[1]


class TestFolders:
    def test_each_text_becomes_an_edition(self, run: Run, tmp_path: Path) -> None:
        for number in (1, 2, 10):
            write(tmp_path / "texts" / f"d{number}.txt", GOOD.replace("1.", f"{number}."))
        write(tmp_path / "texts" / "readme.md", "no text")
        code, out, err = run("convert", "texts", "-o", "out/new")
        assert (code, out) == (0, "") and "3 of 3 documents" in err
        assert sorted(p.name for p in (tmp_path / "out/new").iterdir()) == ["d1.xml", "d10.xml", "d2.xml"]

    def test_one_bad_document_does_not_stop_the_others(self, run: Run, tmp_path: Path) -> None:
        for name, content in (("d1", GOOD.encode()), ("d2", b"L\xe9o"), ("d3", b""), ("d4", GOOD.encode())):
            write(tmp_path / "texts" / f"{name}.txt", content)
        code, _, err = run("convert", "texts", "-o", "out")
        assert (code, sorted(codes(err))) == (3, ["RD001", "RD003"])
        assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["d1.xml", "d4.xml"]
        assert "2 of 4 documents" in err

    def test_an_unexpected_error_becomes_a_finding(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("d1", "d2"):
            write(tmp_path / "texts" / f"{name}.txt", GOOD.replace("resigned", f"resigned {name}"))
        monkeypatch.setattr("tei_edition.tagging.RECOGNISERS", (fails_on_d1,))
        code, _, err = run("convert", "texts", "-o", "out")
        assert (code, codes(err)) == (1, ["CO006"]) and "d1.txt" in err
        assert [p.name for p in (tmp_path / "out").iterdir()] == ["d2.xml"]

    def test_the_same_bytes_alone_and_in_a_folder(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "texts" / TELEGRAM.name, TELEGRAM.read_bytes())
        write(tmp_path / "texts" / "a.txt")
        run("convert", "texts", "-q", "-o", "out")
        alone = run("convert", f"texts/{TELEGRAM.name}", "-q")[1]
        assert (tmp_path / "out" / f"{TELEGRAM.stem}.xml").read_text("utf-8") == alone


def fails_on_d1(reading: object) -> Iterator[object]:
    if "d1" in str(vars(reading)["document"].source.path):
        raise RuntimeError("it fails on purpose")
    yield from ()


def breaks(*_: object, **__: object) -> bytes:
    return b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p>No header.</p></body></text></TEI>\n"


class TestInvalidResults:
    def test_it_goes_to_invalid_xml_and_is_never_written_as_good(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tei_edition.encoding.serialise", breaks)
        code, out, err = run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "d1.xml")
        assert (code, out) == (1, "")
        assert any(c.startswith("VA") for c in codes(err)) and "d1.invalid.xml" in err
        assert sorted(p.name for p in tmp_path.iterdir()) == ["d1.invalid.xml", "d1.txt"]

    @pytest.mark.parametrize("profile", ["edition", "frus"])
    @pytest.mark.parametrize(("number", "code"), [("4", "RD030"), ("2", "RD031")])
    def test_numbers_of_notes_that_are_printed_so_make_no_edition_invalid(
        self, run: Run, tmp_path: Path, profile: str, number: str, code: str
    ) -> None:
        """A volume may print notes 1, 2, 4, or two notes 2: the gap is the source's, and a warning says so."""
        text = (
            "280. Telegram to the Congo1\n\nWe received your message2 on the plan and the talks of Friday."
            f"{number}\n\nRusk\n\n  1. Source: Department of State, Central Files.\n  2. Not printed.\n"
            f"  {number}. Document 279.\n"
        )
        exit_code, _, err = run("convert", write(tmp_path / "d1.txt", text), "--profile", profile, "-o", "d1.xml")
        assert exit_code == 1 and code in codes(err) and "validity: valid" in err
        assert (tmp_path / "d1.xml").is_file() and not (tmp_path / "d1.invalid.xml").exists()

    def test_a_good_edition_that_is_there_stays(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = write(tmp_path / "d1.txt")
        run("convert", source, "-q", "-o", "d1.xml")
        good = (tmp_path / "d1.xml").read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr("tei_edition.encoding.serialise", breaks)
            assert run("convert", source, "-q", "-o", "d1.xml", "--force")[0] == 1
        assert (tmp_path / "d1.xml").read_bytes() == good
        assert run("convert", source, "-q", "-o", "d1.xml")[0] == 0
        assert not (tmp_path / "d1.invalid.xml").exists(), "what was repaired is gone"

    def test_nothing_invalid_goes_to_stdout(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tei_edition.encoding.serialise", breaks)
        code, out, err = run("convert", write(tmp_path / "d1.txt"))
        assert (code, out) == (1, "") and "not valid" in err

    def test_a_character_that_is_lost_makes_it_invalid(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tei_edition.encoding import body

        def forgets(home: object, text: str, block: object, *_: object) -> list[tuple[int, int]]:
            return []

        monkeypatch.setattr(body, "write_block", forgets)
        code, out, err = run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "d1.xml")
        assert (code, out) == (1, "") and "EN001" in codes(err)
        assert not (tmp_path / "d1.xml").exists()


class TestBugsAndInterruptions:
    def test_a_bug_is_one_line_and_exit_code_4(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tei_edition.tagging.RECOGNISERS", (fails_on_d1,))
        code, out, err = run("convert", write(tmp_path / "d1.txt"))
        assert (code, out) == (4, "")
        assert err.count("\n") == 1 and "RuntimeError: it fails on purpose" in err and "report" in err

    def test_interrupted(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(_: object) -> Iterator[object]:
            raise KeyboardInterrupt

        monkeypatch.setattr("tei_edition.tagging.RECOGNISERS", (interrupted,))
        code, out, err = run("convert", write(tmp_path / "d1.txt"), "-o", "d1.xml")
        assert (code, out, err.strip()) == (130, "", "interrupted")
        assert not (tmp_path / "d1.xml").exists()


class TestOptions:
    def test_review(self, run: Run) -> None:
        assert (
            run("convert", TELEGRAM, "-q", "-o", "d280.xml", "--authority", AUTHORITY, "--review", "review.csv")[0] == 0
        )
        rows = list(csv.DictReader(io.StringIO(Path("review.csv").read_text("utf-8"))))
        found = {(row["kind"], row["words"], row["certainty"]) for row in rows}
        assert ("person", "Cutler", "medium") in found
        assert ("date of the document", "notBefore 1962-08-18 notAfter 1962-09-04", "medium") in found
        assert ("date", "August 18", "medium") in found
        assert ("in reply to", "Embtel 412", "medium") in found
        assert all(row["evidence"] for row in rows) and len(rows) == 6
        (cutler,) = [row for row in rows if row["words"] == "Cutler"]
        line = TELEGRAM.read_text("utf-8").splitlines()[int(cutler["line"]) - 1]
        assert line[int(cutler["column"]) - 1 :].startswith("Cutler")

    def test_explain_shows_the_evidence_on_stderr(self, run: Run) -> None:
        code, out, err = run("convert", TELEGRAM, "-q", "-o", "d280.xml", "--authority", AUTHORITY, "--explain")
        assert (code, out) == (0, "")
        assert "head, by the rule head" in err and "person “Tshombe” → tshombe" in err
        assert "Cutler" in err and "cleared by, in the source note" in err

    def test_explain_shows_what_lost(self, run: Run, tmp_path: Path) -> None:
        text = tmp_path / "d1.txt"
        text.write_text("1. Memorandum\n\nIt is kept. (Department of State, Central Files, Box 3, Mr. Ball)\n", "utf-8")
        assert "against person “Ball”" in run("convert", text, "-q", "-o", tmp_path / "d1.xml", "--explain")[2]

    def test_guesses_count_only_when_strict(self, run: Run) -> None:
        assert run("convert", TELEGRAM, "-q", "-o", "d280.xml")[0] == 0
        assert run("convert", TELEGRAM, "-q", "-o", "d280.xml", "--strict")[0] == 1

    def test_strict_without_guesses_is_clean(self, run: Run, tmp_path: Path) -> None:
        assert run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "d1.xml", "--strict")[0] == 0

    def test_quiet_is_silent_where_nothing_is_wrong(self, run: Run, tmp_path: Path) -> None:
        assert run("convert", write(tmp_path / "d1.txt"), "-q", "-o", "d1.xml") == (0, "", "")

    def test_quiet_does_not_hide_findings(self, run: Run, tmp_path: Path) -> None:
        source = write(tmp_path / "d1.txt", BAD["a note without a marker"][0])
        assert codes(run("convert", source, "-q", "-o", "d1.xml")[2]) == ["RD010"]

    def test_settings_are_found_upwards_from_the_source(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "edition" / "tei-edition.toml", "publisher = 'The Press of the Congo'\n")
        source = write(tmp_path / "edition" / "texts" / "1962" / "d1.txt")
        assert "The Press of the Congo" in run("convert", source, "-q")[1]

    def test_set_wins_over_the_file_and_the_file_can_be_named(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "tei-edition.toml", "publisher = 'Near'\n")
        write(tmp_path / "other.toml", "publisher = 'Named'\n")
        source = write(tmp_path / "d1.txt")
        assert "<publisher>Near<" in run("convert", source, "-q")[1]
        assert "<publisher>Named<" in run("convert", source, "-q", "--settings", "other.toml")[1]
        out = run("convert", source, "-q", "--set", "publisher=Set", "--set", "date=2026-11-23")[1]
        assert "<publisher>Set<" in out and 'when="2026-11-23"' in out

    def test_authorities_of_the_settings_are_found_beside_the_settings(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "edition" / "lists" / "persons.xml", AUTHORITY.read_bytes())
        write(tmp_path / "edition" / "tei-edition.toml", "authority = ['lists/persons.xml']\n")
        source = write(tmp_path / "edition" / "texts" / "d1.txt", "1. Memorandum\n\nThe plan of Tshombe failed.\n")
        assert 'ref="#tshombe"' in run("convert", source, "-q")[1]

    def test_without_settings_nothing_is_invented(self, run: Run, tmp_path: Path) -> None:
        out = run("convert", write(tmp_path / "d1.txt"), "-q")[1]
        assert "<licence" not in out and "<publisher>" not in out and "<editor>" not in out and "<date" not in out

    def test_style(self, run: Run, tmp_path: Path) -> None:
        source = write(tmp_path / "d1.txt", "1. Head\n\nThe first\nThe second\n")
        assert "<p>The first<lb/>The second</p>" in run("convert", source, "-q")[1]
        assert "<p>The second</p>" in run("convert", source, "-q", "--style", "list")[1]

    def test_help_has_a_command_to_paste_and_every_option(self, run: Run) -> None:
        code, out, _ = run("convert", "--help")
        assert code == 0 and "tei-edition convert sources/frus1961-63v20_d280.txt" in out
        for option in (
            "--authority",
            "--profile",
            "--style",
            "--settings",
            "--set",
            "--review",
            "--explain",
            "--strict",
            "--force",
            "--quiet",
        ):
            assert option in out

    def test_an_authority_given_twice_is_told(self, run: Run, tmp_path: Path) -> None:
        code, _, err = run(
            "convert",
            write(tmp_path / "d1.txt"),
            "-q",
            "-o",
            "d1.xml",
            "--authority",
            AUTHORITY,
            "--authority",
            AUTHORITY,
        )
        assert code == 1 and set(codes(err)) == {"AU002"}
        assert len(codes(err)) <= len(load_authorities([AUTHORITY])[0])
