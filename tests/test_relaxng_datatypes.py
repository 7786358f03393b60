"""The datatypes of schemas, their facets and regular expressions, and the other files that a schema refers to."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tei_edition.validation.relaxng.character_patterns import CharacterPattern
from tei_edition.validation.relaxng.datatypes import XSD, datatype, in_words
from tei_edition.validation.relaxng.lexical import TYPES
from tei_edition.validation.relaxng.patterns import Patterns
from tei_edition.validation.relaxng.reading import beside, read_schema
from tei_edition.validation.relaxng.schema_error import SchemaError

# Values of each kind, and what resembles them.
VALUES = """
|a|A1|1|-1|+1|0|00|-0|1.|1.0|.5|.|+.5|1e5|1E-3|1e|INF|-INF|+INF|NaN|true|false|TRUE|a:b|:x|x:|x:y:z|a b|a  b| a |1a|-a
.a|_a|a.b-c|é|128|-128|-129|255|256|65536|-32769|2147483648|9223372036854775808|18446744073709551616|1962-08-18|1962-02-29
1964-02-29|1900-02-29|2000-02-29|0000-01-01|-0001-01-01|10000-01-01|01962-01-01|962-01-01|1962-13-01|1962-00-01
1962-01-00|1962-01-32|1962-08-18Z|1962-08-18+14:00|1962-08-18+14:01|1962-08-18-13:59|1962-8-18|1962-08-18T14:30:00
1962-08-18T24:00:00|1962-08-18T24:00:01|1962-08-18T14:30:00.123|1962-08-18T14:30:60|1962-08-18T14:30|1962-08-18T25:00:00|14:30:00|24:00:00
24:00:01|14:30:00Z|14:30:60|14:30|1962|-1962|0000|19620|01962|1962Z|1962-08|1962-13|--08-18|--02-29|--02-30|--04-31|---18
---31|---32|--08|--13|--08--|--08Z|P1Y|P1D|PT1H|P|PT|P1YT|-P1Y|P1.5Y|PT1.5S|P1Y2M3DT4H5M6S|P1D1Y|P1S|en|zh-Hant|en_US|en-
toolonglang|YQ==|YR==|YWJj|YQ|Y Q = =|=|0A|0a|0g
""".replace("\n", "|").split("|")
# What XML Schema says of them, they say by being names.
NAMED = {"ID": "NCName", "IDREF": "NCName", "ENTITY": "NCName", "ENTITIES": "IDREFS"}


class TestDatatypes:
    @pytest.mark.parametrize("kind", sorted(TYPES.keys() - NAMED.keys() - {"anyURI", "QName", "NOTATION", "IDREFS"}))
    def test_take_what_xmlschema_takes(self, kind: str) -> None:
        xmlschema = pytest.importorskip("xmlschema")
        theirs = xmlschema.XMLSchema10('<schema xmlns="http://www.w3.org/2001/XMLSchema">'
                                       f'<element name="a" type="{kind}"/></schema>').elements["a"].type
        ours = datatype(XSD, kind)
        values = [value for value in VALUES if kind != "gYear" or len(value) < 12]  # longer years are too much for it
        taken = [value for value in values if ours.accepts(value, {})]
        assert taken == [value for value in values if theirs.is_valid(value)]
        assert taken and (len(taken) < len(values) or kind in ("string", "normalizedString", "token"))

    @pytest.mark.parametrize(("kind", "as_"), sorted(NAMED.items()))
    def test_ids_are_names(self, kind: str, as_: str) -> None:
        ours, names = datatype(XSD, kind), datatype(XSD, as_)
        assert all(ours.accepts(value, {}) is names.accepts(value, {}) for value in VALUES)
        assert names.accepts("d1", {}) and names.accepts("a b", {}) is (as_ == "IDREFS")

    @pytest.mark.parametrize("value", [
        "#d1", "../x.xml#d1", "http://example.org/a b", "http://example.org/%41", "a/b:c", "urn:x", "", "été", "file:///a",
        "http://[::1]/a", "mailto:?x", "x:[a]", "#[a]", "?a[b]"])
    def test_addresses(self, value: str) -> None:
        assert datatype(XSD, "anyURI").accepts(value, {})

    # What jing refuses; RFC 2396 has brackets for nothing but the addresses of machines.
    @pytest.mark.parametrize("value", [
        "#a#b", "%zz", "http://example.org/%4", ":foo", "1:foo", "foo:", "foo:#a", "//", "http://", "http://[:1]/",
        "[1]", "a[b]", "http://example.org/[1]", "http://[::1"])
    def test_what_is_no_address(self, value: str) -> None:
        assert not datatype(XSD, "anyURI").accepts(value, {})

    def test_names_with_a_prefix_need_its_declaration(self) -> None:
        accepts = datatype(XSD, "QName").accepts
        assert accepts("p", {}) and accepts("xml:id", {}) and accepts(" x:p ", {"x": "u"})
        assert not accepts("x:p", {}) and not accepts("x:", {"x": "u"}) and not accepts("a b", {})

    @pytest.mark.parametrize("value", ["\u0301a", "\u0663", "1", "-", ""])
    def test_a_name_begins_with_a_letter(self, value: str) -> None:
        assert not datatype(XSD, "NCName").accepts(value, {}) and not datatype(XSD, "Name").accepts(value, {})
        assert datatype(XSD, "NCName").accepts(f"a{value}", {})

    @pytest.mark.parametrize(("kind", "facets", "good", "bad"), [
        ("token", [("length", "3")], "abc| a b ", "ab|abcd"),
        ("string", [("minLength", "2")], "  |ab", "a|"),
        ("NMTOKENS", [("maxLength", "2")], "a|a b", "a b c"),
        ("hexBinary", [("length", "2")], "0aFF", "0a|0aff00"),
        ("base64Binary", [("length", "1")], "YQ==", "YWI="),
        ("decimal", [("totalDigits", "3"), ("fractionDigits", "1")], "12.3|012.30|-999", "12.34|1234|0.01"),
        ("double", [("minInclusive", "0"), ("maxInclusive", "1")], "0|1|0.5|1e0", "-0.1|1.1|NaN|INF"),
        ("integer", [("minExclusive", "9")], "10|99999999999999999999999999", "9|-3"),
        ("date", [("minInclusive", "1962-08-18")], "1962-08-18|1962-08-19|10000-01-01", "1962-08-17|-0001-01-01"),
        # Less than 14 hours apart, and one of them says nothing of its zone: nobody can tell.
        ("dateTime", [("maxExclusive", "1962-08-18T12:00:00Z")], "1962-08-17T00:00:00|1962-08-18T12:00:00+01:00",
         "1962-08-18T11:00:00|1962-08-18T12:00:00Z"),
        ("duration", [("maxInclusive", "P1M")], "P27D|P1M|PT1S", "P29D|P32D"),
        ("token", [("pattern", "[A-Z]+"), ("pattern", ".{2}")], "AB", "A|Ab|ABC"),
    ])
    def test_facets(self, kind: str, facets: list[tuple[str, str]], good: str, bad: str) -> None:
        accepts = datatype(XSD, kind, tuple(facets)).accepts
        assert [value for value in good.split("|") if not accepts(value, {})] == []
        assert [value for value in bad.split("|") if accepts(value, {})] == []

    @pytest.mark.parametrize(("library", "kind", "facets", "wrong"), [
        ("", "date", [], f"the datatype date is not known; it is one of {XSD}"),
        ("", "token", [("length", "3")], "takes no facet"),
        ("http://example.org/", "date", [], "the library of datatypes http://example.org/ is not known"),
        (XSD, "date", [("length", "3")], "the datatype date has no facet length"),
        (XSD, "date", [("minInclusive", "yesterday")], "“yesterday” is none"),
        (XSD, "token", [("length", "-3")], "length is a number, not “-3”"),
        (XSD, "token", [("enumeration", "a")], "no facet enumeration"),
    ])
    def test_what_does_not_exist(self, library: str, kind: str, facets: list[tuple[str, str]], wrong: str) -> None:
        with pytest.raises(ValueError, match=re.escape(wrong)):
            datatype(library, kind, tuple(facets))

    def test_a_million_digits_are_read_at_once(self) -> None:
        digits = "9" * 1_000_000
        assert datatype(XSD, "integer").accepts(digits, {}) and not datatype(XSD, "long").accepts(digits, {})
        assert not datatype(XSD, "gYear").accepts(digits, {})

    @pytest.mark.parametrize(("kind", "params", "words"), [
        ("date", (("pattern", "[12][0-9]{3}.*"),), "a date such as 1962-08-18"),
        ("token", (("pattern", "[A-Z]{2}"),), "text of the form [A-Z]{2}"),
        ("double", (("minInclusive", "0"), ("maxInclusive", "1")), "a number such as 3 or 0.5, from 0 to 1"),
        ("NCName", (("pattern", "d.*"),), "a name without colon and blanks, of the form d.*"),
    ])
    def test_in_words(self, kind: str, params: tuple[tuple[str, str], ...], words: str) -> None:
        patterns = Patterns()
        assert in_words(patterns, patterns.data(XSD, kind, params)) == words


class TestCharacterPattern:
    @pytest.mark.parametrize("source", [
        r"[^\p{C}\p{Z}]+", r"(\p{L}|\p{N}|\p{P}|\p{S})+", r"[\-+]?\d+(\.\d+)?%?", r"(\-?[\d]+/\-?[\d]+)",
        r"[\d]+[a-z]*[\d]*(\.[\d]+[a-z]*[\d]*){0,3}", r"(a|ab)(c|bcd)*", r"(a*)*b", r"[^a-[\p{L}]]*x?",
        r"[a-z-[aeiou]]+", r"\p{IsGreek}+a*",
        "a{2,3}b{2,}c{1}", "", "(|a)b", r"[\^a-c]+", "[-a]+", "[a-]+", "[é-ü]+z?", r"\P{Lu}*", "(19|2[0-9]).*"])
    def test_means_what_elementpath_makes_of_it(self, source: str) -> None:
        regex = pytest.importorskip("elementpath.regex")
        theirs = re.compile(regex.translate_pattern(source, back_references=False, lazy_quantifiers=False,
                                                    anchors=False))
        ours, chance = CharacterPattern(source), random.Random(source)
        for letters in ("ab1.-0cz9/", "abcdxzA019.-+/:%_ \n\téüΩαя中\u0301^"):
            for _ in range(150):
                text = "".join(chance.choice(letters) for _ in range(chance.randint(0, 9)))
                assert ours.matches(text) is (theirs.search(text) is not None), text

    @given(st.text(alphabet="ab1", max_size=12))
    def test_is_the_same_in_ascii_and_beyond(self, text: str) -> None:
        # A letter beyond ASCII takes the slow way, by derivatives; short ASCII the quick one.
        ours = CharacterPattern("[ab]+1?é?")
        assert ours.matches(text) is (re.fullmatch("[ab]+1?é?", text) is not None)
        assert ours.matches(text + "é") is (re.fullmatch("[ab]+1?", text) is not None)

    @pytest.mark.parametrize("source", [
        "(a*)*b", "(a|a)*b", "(a|aa)+b", r"\d*[a-z]*\d*[a-z]*\d*a*a*a*b", "(a?){50}a{50}b"])
    def test_takes_no_longer_for_being_nested(self, source: str) -> None:
        assert not CharacterPattern(source).matches("a" * 100_000)

    @pytest.mark.parametrize("source", [
        "(", "a)", "[a", "a{2,1}", "*a", r"\q", r"\p{Q}", "[b-a]", "a**", "[]", "(" * 70])
    def test_what_is_no_expression(self, source: str) -> None:
        with pytest.raises(ValueError, match="is no regular expression of XML Schema"):
            CharacterPattern(source)


RNG = 'xmlns="http://relaxng.org/ns/structure/1.0"'
PART = f"""<grammar {RNG}>
  <start><element name="letter"><ref name="part"/></element></start>
  <div><define name="part"><element name="p"><empty/></element></define></div>
</grammar>"""


def read(schema: str, **files: str) -> Patterns:
    def resolve(href: str, _base: str) -> bytes:
        if href not in files:
            raise FileNotFoundError(2, "no such file")
        return files[href].encode()

    return read_schema(re.sub(r"^<\w+", rf"\g<0> {RNG}", schema).encode(), "", resolve)


def element_names(patterns: Patterns) -> set[str]:
    return {element.names[1] for element in patterns.elements}


class TestOtherFiles:
    def test_what_an_include_overrides(self) -> None:
        found = read('<grammar><include href="part"><define name="part"><element name="note"><empty/></element>'
                     "</define></include></grammar>", part=PART)
        assert element_names(found) == {"letter", "note"}

    def test_a_pattern_takes_its_namespace_from_where_it_is_referred_to(self) -> None:
        found = read('<group ns="http://example.org/a"><externalRef href="part"/></group>', part=PART)
        assert element_names(found) == {"http://example.org/a}letter", "http://example.org/a}p"}

    @pytest.mark.parametrize(("schema", "wrong"), [
        ('<grammar>\n<include href="part"><define name="parts"><empty/></define></include></grammar>',
         'line 2: <define name="parts"> replaces nothing: the included grammar has none'),
        ('<grammar>\n<include href="missing"/></grammar>', "line 2: missing cannot be read: no such file"),
        ('<externalRef href="loop"/>', "loop, line 1: loop refers to itself in the end"),
        ('<externalRef href="broken"/>', "broken, line 1: in the element p: the attribute n is given twice"),
        ('<grammar><include href="plain"/></grammar>', "line 1: what is included is no <grammar>"),
    ])
    def test_what_is_wrong_with_them(self, schema: str, wrong: str) -> None:
        with pytest.raises(SchemaError) as raised:
            read(schema, part=PART, loop=f'<externalRef href="loop" {RNG}/>', plain=f"<text {RNG}/>",
                 broken=f'<element name="p" {RNG}><attribute name="n"/><attribute name="n"/></element>')
        assert str(raised.value) == wrong

    def test_are_read_beside_the_schema_and_below_and_nowhere_else(self, tmp_path: Path) -> None:
        (tmp_path / "outside.rng").write_bytes(b"outside")
        (tmp_path / "own" / "parts").mkdir(parents=True)
        (tmp_path / "own" / "parts" / "p.rng").write_bytes(b"inside")
        schema = tmp_path / "own" / "schema.rng"
        resolve = beside(schema)
        assert resolve("parts/p.rng", schema.as_posix()) == b"inside"
        for href in ("../outside.rng", (tmp_path / "outside.rng").as_posix(), "http://example.org/p.rng",
                     "//example.org/p.rng", "file:///outside.rng"):
            with pytest.raises(ValueError, match=r"outside the folder|only to files beside"):
                resolve(href, schema.as_posix())

    def test_entities_of_a_schema_are_not_expanded(self) -> None:
        with pytest.raises(SchemaError, match="entit"):
            read_schema(f'<!DOCTYPE element [<!ENTITY a "x">]><element name="p" {RNG}><value>&a;</value></element>'
                        .encode())

    def test_what_is_nested_without_end_is_refused_in_one_line(self) -> None:
        chain = "".join(f'<define name="d{n}"><optional><ref name="d{n + 1}"/></optional></define>'
                        for n in range(3000))
        with pytest.raises(SchemaError, match="nested too deeply"):
            read(f'<grammar><start><element name="p"><ref name="d0"/></element></start>{chain}<define name="d3000">'
                 "<empty/></define></grammar>")
