"""`tei-edition convert` of a text that holds several documents: a file for each, or one clear line why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_convert_command import GOOD, Run, codes, run, write

from tei_edition.tei import XML_ID, parse

__all__ = ["run"]  # the fixture

LETTER = (
    "280. Letter From Prime Minister Nehru to President Kennedy1\n\nNew Delhi, May 4, 1961.\n\nI write.2\n"
    "  1. Source: Kennedy Library.\n  2. Not printed.\n"
)
VOLUME = f"{LETTER}\n281. Editorial Note\n\nOn August 20 the Congress met.\n"


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    return write(tmp_path / "frus1961-63v20.txt", VOLUME)


class TestOneText:
    @pytest.mark.parametrize("output", ["out", "out/", "new/out"])
    def test_a_file_for_each_document(self, run: Run, volume: Path, output: str) -> None:
        code, out, err = run("convert", volume, "-o", output)
        assert (code, out) == (0, "")
        assert "converted: 2 of 2 documents" in err
        assert sorted(p.name for p in Path(output).iterdir()) == ["frus1961-63v20_d280.xml", "frus1961-63v20_d281.xml"]
        root = parse((Path(output) / "frus1961-63v20_d281.xml").read_bytes())
        assert root.get(XML_ID) == "frus1961-63v20_d281"
        assert [div.get(XML_ID) for div in root.iter("{*}div") if div.get("type") == "document"] == ["d281"]

    def test_a_folder_that_is_there(self, run: Run, volume: Path) -> None:
        Path("editions.xml").mkdir()
        assert run("convert", volume, "-q", "-o", "editions.xml")[0] == 0
        assert len(list(Path("editions.xml").iterdir())) == 2

    @pytest.mark.parametrize("arguments", [(), ("-o", "out.xml"), ("-o", "there")])
    def test_a_folder_is_needed(self, run: Run, volume: Path, arguments: tuple[str, ...]) -> None:
        write(Path("there"), "words")
        code, out, err = run("convert", volume, *arguments)
        assert (code, out, codes(err)) == (2, "", ["CO005"])
        assert "holds 2 documents" in err and len(err.splitlines()) == 1
        assert sorted(p.name for p in Path().iterdir()) == [volume.name, "there"]

    def test_standard_input(self, run: Run, volume: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tei_edition.files.read_standard_input", lambda: volume.read_bytes())
        assert run("convert", "-", "-q", "-o", "out")[0] == 0
        assert sorted(p.name for p in Path("out").iterdir()) == ["document_d280.xml", "document_d281.xml"]
        assert run("convert", "-", "-q")[0] == 2

    def test_one_keeps_it_whole(self, run: Run, volume: Path) -> None:
        code, out, _ = run("convert", volume, "-q", "--one")
        assert code == 0 and "Congress met" in out and "characters" not in out

    def test_findings_point_into_the_file(self, run: Run, volume: Path) -> None:
        write(
            volume,
            VOLUME.replace("I write.2", "I write.2 You read.7 So.") + "\n284. Editorial Note\n\nIt ended.3 So.\n",
        )
        code, _, err = run("convert", volume, "-q", "-o", "out")
        assert code == 1
        assert re.findall(r":(\d+:\d+): (\w+) ", err) == [("5:20", "RD011"), ("13:1", "RD020"), ("15:10", "RD011")]

    def test_the_list_for_review_has_the_lines_of_the_file(self, run: Run, volume: Path) -> None:
        write(volume, VOLUME + "\n282. Editorial Note\n\nOn 3/4/61 Mr. Ball met Mr. Rusk.\n")
        assert run("convert", volume, "-q", "-o", "out", "--review", "review.csv")[0] == 0
        rows = Path("review.csv").read_text("utf-8").splitlines()
        assert any(row.startswith("frus1961-63v20_d282,15,") for row in rows), rows

    def test_two_runs_give_the_same_bytes(self, run: Run, volume: Path) -> None:
        assert run("convert", volume, "-q", "-o", "one")[0] == run("convert", volume, "-q", "-o", "two")[0] == 0
        for path in Path("one").iterdir():
            assert path.read_bytes() == (Path("two") / path.name).read_bytes()
        assert run("convert", volume, "-q", "-o", "one") == (0, "", "")

    def test_an_edition_that_was_edited_stays(self, run: Run, volume: Path) -> None:
        edited = write(Path("out/frus1961-63v20_d280.xml"), "<TEI/>")
        code, _, err = run("convert", volume, "-q", "-o", "out")
        assert (code, codes(err)) == (2, ["CO002"])
        assert edited.read_text() == "<TEI/>" and Path("out/frus1961-63v20_d281.xml").is_file()


class TestFolders:
    def test_texts_of_one_and_of_several_documents(self, run: Run, volume: Path) -> None:
        write(Path("texts/d1.txt"), GOOD)
        volume.rename(f"texts/{volume.name}")
        code, _, err = run("convert", "texts", "-o", "out")
        assert code == 0 and "converted: 3 of 3 documents" in err
        assert len(list(Path("out").iterdir())) == 3

    def test_two_documents_of_one_name_are_refused_before_anything_is_written(self, run: Run, volume: Path) -> None:
        write(Path("texts/frus1961-63v20_d281.txt"), GOOD)
        volume.rename(f"texts/{volume.name}")
        code, _, err = run("convert", "texts", "-o", "out")
        assert (code, codes(err)) == (2, ["CO007"])
        assert "frus1961-63v20_d281.xml" in err and not Path("out").exists()

    def test_a_text_that_cannot_be_read_does_not_stop_the_others(self, run: Run, volume: Path) -> None:
        write(Path("texts/a.txt"), b"\xff\xfe")
        volume.rename(f"texts/{volume.name}")
        code, _, err = run("convert", "texts", "-q", "-o", "out")
        assert (code, codes(err)) == (3, ["RD002"])
        assert len(list(Path("out").iterdir())) == 2


class TestFidelity:
    @pytest.mark.parametrize("profile", ["edition", "frus"])
    def test_a_document_is_compared_with_its_part_of_the_text(self, run: Run, volume: Path, profile: str) -> None:
        assert run("convert", volume, "-q", "-o", "out", "--profile", profile)[0] == 0
        for path in sorted(Path("out").iterdir()):
            assert run("validate", path, "--source", volume, "-q")[:2] == (0, "")
        assert run("validate", "out", "--source", volume.parent, "-q")[:2] == (0, "")

    @pytest.mark.parametrize("profile", ["edition", "frus"])
    def test_a_word_that_was_changed_is_found_at_its_place(self, run: Run, volume: Path, profile: str) -> None:
        run("convert", volume, "-q", "-o", "out", "--profile", profile)
        path = Path("out/frus1961-63v20_d281.xml")
        path.write_text(path.read_text("utf-8").replace("Congress met", "Congress sat"), "utf-8")
        code, out, _ = run("validate", path, "--source", volume, "-q")
        assert code == 1 and f"{volume}:11:27: VA403" in out

    def test_the_text_of_that_document_alone_will_do(self, run: Run, volume: Path) -> None:
        run("convert", volume, "-q", "-o", "out")
        alone = write(Path("d281.txt"), VOLUME[len(LETTER) + 1 :])
        assert run("validate", "out/frus1961-63v20_d281.xml", "--source", alone, "-q")[:2] == (0, "")
