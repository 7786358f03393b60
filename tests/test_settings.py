"""Settings: each key is checked once, and the nearest file counts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tei_edition import convert
from tei_edition.diagnostics import UnusableInput, WrongUsage
from tei_edition.settings import KEYS, Settings, load_settings, with_values
from tei_edition.settings_file import FILE_NAME, find_settings

SAMPLE = Path(__file__).parents[1] / "sources" / FILE_NAME


def write(folder: Path, content: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME
    path.write_text(content, "utf-8")
    return path


def test_every_key_is_taken(tmp_path: Path) -> None:
    values = {
        "title": "Congo Crisis",
        "series": "Foreign Relations",
        "volume": "frus1961-63v20",
        "editors": ["Harriet Dashiell Schwar"],
        "publisher": "A Press",
        "place": "Washington",
        "published": "1994",
        "licence": "https://example.org/licence",
        "licence_text": "Free",
        "base_url": "https://example.org/",
        "language": "en-US",
        "date": "2026-11-23",
        "profile": "frus",
        "authority": ["a.xml"],
        "gazetteer": False,
    }
    assert set(values) == set(KEYS), "a key without a test"
    content = "".join(
        f"{key} = {str(value).lower() if value is False else repr(value)}\n" for key, value in values.items()
    )
    settings = load_settings(write(tmp_path, content))
    assert settings.authority == (str(tmp_path / "a.xml"),), "beside the settings file"
    assert settings.editors == ("Harriet Dashiell Schwar",)
    for key in set(values) - {"authority", "editors"}:
        assert getattr(settings, key) == values[key]


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, "")) == Settings()


def test_a_date_of_toml_is_a_date(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, "date = 2026-11-23")).date == "2026-11-23"


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("title = Foreign", "ST001", "TOML"),
        ("title = 'a'\ntitle = 'b'", "ST001", "TOML"),
        ("titel = 'a'", "ST002", "did you mean “title”?"),
        ("zzz = 'a'", "ST002", "zzz"),
        ("title = 5", "ST003", "title"),
        ("title = ['a']", "ST003", "title"),
        ("editors = [5]", "ST003", "editors"),
        ("editors = ['']", "ST003", "editors"),
        ("date = 'yesterday'", "ST003", "date"),
        ("date = '2026-02-30'", "ST003", "2026-02-30"),
        ("date = '2026-13'", "ST003", "2026-13"),
        ("published = '26'", "ST003", "published"),
        ("licence = 'public domain'", "ST003", "licence"),
        ("base_url = 'example.org'", "ST003", "base_url"),
        ("language = 'English'", "ST003", "language"),
        ("volume = '1 2'", "ST003", "volume"),
        ("profile = 'tei'", "ST003", "edition or frus"),
        ("gazetteer = 'no'", "ST003", "true or false"),
        ("gazetteer = 0", "ST003", "true or false"),
    ],
)
def test_what_is_wrong_is_said_with_its_code(tmp_path: Path, content: str, code: str, words: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(WrongUsage) as caught:
        load_settings(path)
    assert caught.value.diagnostic.code == code
    assert words in caught.value.diagnostic.message
    assert caught.value.diagnostic.location.path == str(path)
    assert caught.value.exit_code == 2


def test_the_place_of_a_mistake_in_toml(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as caught:
        load_settings(write(tmp_path, "title = 'a'\nseries = x\n"))
    assert caught.value.diagnostic.location.line == 2


def test_settings_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.write_bytes(b"title = 'L\xe9o'")
    with pytest.raises(WrongUsage) as caught:
        load_settings(path)
    assert caught.value.diagnostic.code == "ST001"


def test_a_missing_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnusableInput) as caught:
        load_settings(tmp_path / FILE_NAME)
    assert caught.value.diagnostic.code == "CO001"


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    far, near = write(tmp_path, ""), write(tmp_path / "a" / "b", "")
    source = tmp_path / "a" / "b" / "c" / "d1.txt"
    source.parent.mkdir()
    assert find_settings(source) == near
    assert find_settings(tmp_path / "a" / "d1.txt") == far
    assert find_settings(tmp_path / "a" / "b") == near, "a folder as source looks into itself"


def test_values_are_replaced_and_checked_one_by_one() -> None:
    settings = with_values(Settings(title="a", place="b"), {"title": "c"})
    assert (settings.title, settings.place) == ("c", "b")
    assert with_values(settings, {"editors": "One"}).editors == ("One",)
    assert not with_values(settings, {"gazetteer": "false"}).gazetteer
    with pytest.raises(WrongUsage):
        with_values(settings, {"date": "soon"})


def test_the_sample_is_sound() -> None:
    assert load_settings(SAMPLE).volume == "frus1961-63v20"
    assert set(tomllib.loads(SAMPLE.read_text("utf-8"))) <= set(KEYS)


def test_without_the_gazetteer_only_the_users_own_places_are_linked() -> None:
    text = "The Consul left Elisabethville for Brussels."
    linked, unlinked = (convert(text, settings=Settings(gazetteer=known)) for known in (True, False))
    assert b"geonames" in linked.tei
    assert b"geonames" not in unlinked.tei
