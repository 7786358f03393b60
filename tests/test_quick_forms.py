"""The short ways to tell whether a value has its form say what the long ways say."""

from __future__ import annotations

import pytest

from tei_edition.validation.relaxng import lexical, syntax, values
from tei_edition.validation.relaxng.character_patterns import CharacterPattern

ASCII = [chr(code) for code in range(128)]


@pytest.mark.parametrize("source", [
    r"[^\p{C}\p{Z}]", r"\i", r"\c", r"\P{L}", r".", r"[^a-z]", r"[\w\-]", r"\W", r"[\i-[:]]", r"[\p{L}\p{N}-[aeiou]]",
    "[a-é]", "[^à-é]", r"[\n\r\t\\\]\^-]", "[à-é]", r"(\p{L}|\p{N}|[!-/])", r"[A-Z]|\d"])
def test_a_set_is_the_same_for_re(source: str) -> None:
    quick, slow = CharacterPattern(source), CharacterPattern(source)
    assert quick._quick is not None
    slow._quick = None
    assert [quick.matches(char) for char in ASCII] == [slow.matches(char) for char in ASCII]


@pytest.mark.parametrize("names", [syntax.NAME, syntax.NCNAME, syntax.NMTOKEN])
def test_a_plain_name_is_a_name(names: syntax._Names) -> None:
    for text in (*ASCII, *(f"a{char}" for char in ASCII), "-d1", "d-1.a", "x:y", "", "é1", "1é", "d×"):
        assert bool(names.fullmatch(text)) is bool(names._all.fullmatch(text)), text


@pytest.mark.parametrize(("text", "good"), [
    ("1962-02-28T24:00:00", True), ("1962-02-28T24:00:00.00Z", True), ("1962-02-28T24:00:01", False),
    ("1962-02-28T24:01:00", False), ("1962-02-28T25:00:00", False), ("1962-02-29T10:00:00", False),
    ("1960-02-29T10:00:00+14:00", True), ("1960-02-29T10:00:00+14:01", False), ("0000-01-01T00:00:00", False),
    ("01962-01-01T00:00:00", False), ("-0004-02-29T00:00:00", False), ("-0005-02-29T00:00:00", True)])
def test_what_has_the_form_of_a_moment_is_one(text: str, good: bool) -> None:
    kind = lexical.TYPES["dateTime"]
    assert kind.is_form(text) is good is (kind.value(text, {}) is not None)


def test_numbers_have_their_bounds_however_long_they_are() -> None:
    of = lexical.TYPES
    assert of["nonNegativeInteger"].is_form("-0") and of["nonNegativeInteger"].is_form("9" * 5000)
    assert not of["int"].is_form("2147483648") and of["int"].is_form("-2147483648")
    assert not of["byte"].is_form("-" + "9" * 5000)
    assert values.order(of["decimal"].value("1.0", {}), of["decimal"].value("01", {})) == 0
