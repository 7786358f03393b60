"""Validation: the layers, and that each mistake is found at its place, once, with words that help."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import ClassVar, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import Diagnostic, Severity, UnusableInput, WrongUsage, catalogue
from tei_edition.exporting.text import STYLES, export_text
from tei_edition.resources import schema_path
from tei_edition.validation import guess_schema, validate_file, validate_tree
from tei_edition.validation.fidelity import check_fidelity
from tei_edition.validation.grammar import grammar_faults
from tei_edition.validation.positions import Positions, xpath_of
from tei_edition.validation.schematron import codes_of_asserts, schematron_faults

MISTAKES = Path(__file__).parent / "mistakes"
EDITION = MISTAKES / "minimal-edition.xml"
FRUS = MISTAKES / "minimal-frus.xml"
SHARED = next((folder / "shared" / "schemas" for folder in Path(__file__).resolve().parents
               if (folder / "shared" / "schemas").is_dir()), Path("shared"))
TEI_ALL = SHARED / "tei_all_4.12.0.rng"
TELEGRAM = Path(__file__).parents[1] / "sources" / "frus1961-63v20_d280.txt"


def render(root: etree._Element) -> list[str]:
    return [export_text(root, style=style) for style in STYLES]


def places(found: list[Diagnostic]) -> list[str]:
    return sorted(f"{d.location.line}:{d.location.column} {d.code}" for d in found)


def changed(path: Path, old: str, new: str, folder: Path) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    (folder / "d280.xml").write_text(text.replace(old, new), "utf-8")
    return folder / "d280.xml"


class TestMistakes:
    """One file a layer; beside it, in `.expected`, line, column and code of every finding, and there is no other."""

    @pytest.mark.parametrize("expected", sorted(MISTAKES.glob("*.expected")), ids=lambda path: path.stem)
    def test_each_is_found_at_its_place_and_nothing_else(self, expected: Path) -> None:
        path, text = expected.with_suffix(".xml"), expected.with_suffix(".txt")
        source = text.read_text("utf-8") if text.exists() else None
        schema: Path | Literal["auto"] = TEI_ALL if path.name.startswith("tei-all") else "auto"
        if schema != "auto" and not TEI_ALL.is_file():
            pytest.skip("needs TEI All in ../shared/schemas")
        found = validate_file(path, schema=schema, source=source, source_path=str(text), render=render)
        assert places(found) == sorted(expected.read_text().splitlines())

    def test_there_are_many_of_each_layer(self) -> None:
        made = Counter(line.split()[1][:3] for file in MISTAKES.glob("*.expected")
                       for line in file.read_text().splitlines() if " VA" in line)
        assert set(made) == {"VA0", "VA1", "VA2", "VA3", "VA4"}
        assert sum(made.values()) >= 60 and min(made.values()) >= 4, made

    def test_messages_name_element_expectation_and_advice(self) -> None:
        found = {f"{d.location.line}:{d.location.column}": d for d in validate_file(MISTAKES / "grammar.xml")}
        assert found["5:18"].message == "<title> is missing before <author> in <titleStmt>"
        assert found["10:5"].hint.startswith("it belongs before <revisionDesc> (<profileDesc>: what is known of")
        assert found["15:12"].message == '@type="documant" of <div> is not allowed; did you mean document?'
        assert found["17:12"].hint.startswith("expected: a date such as 1962-08-18")
        assert found["17:52"].message == "<persname> is no element of this schema; did you mean persName?"
        assert found["18:26"].hint == "add @n: a page number such as 557, xii or [3]"
        assert found["19:9"].message == "<list> is empty: <item> or <label> is missing"

    def test_each_has_an_xpath_that_leads_to_its_element(self) -> None:
        root = etree.parse(MISTAKES / "grammar.xml").getroot()
        for diagnostic in validate_file(MISTAKES / "grammar.xml"):
            found = root.xpath(diagnostic.location.xpath, namespaces={"tei": tei.TEI_NS})
            assert isinstance(found, list) and len(found) == 1, diagnostic.location.xpath


class TestLayers:
    def test_a_later_layer_waits_for_the_one_before(self, tmp_path: Path) -> None:
        path = changed(EDITION, "<p>Text.</p>", "<p>[Page 5]</p><pb/>", tmp_path)
        assert {d.code for d in validate_file(path)} == {"VA106"}

    def test_a_file_that_cannot_be_read_is_no_finding(self, tmp_path: Path) -> None:
        with pytest.raises(UnusableInput) as error:
            validate_file(tmp_path / "missing.xml")
        assert error.value.diagnostic.code == "CO001" and error.value.exit_code == 3

    def test_a_schema_that_is_none_is_wrong_usage(self, tmp_path: Path) -> None:
        (tmp_path / "a.rng").write_text("<grammar/>")
        with pytest.raises(WrongUsage):
            validate_file(EDITION, schema=tmp_path / "a.rng")

    @pytest.mark.parametrize(("name", "text", "message"), [
        ("a.rng", "<grammar/>", "the schema a.rng that this document names is no RELAX NG schema"),
        ("a.sch", "<rules/>", "the schema a.sch that this document names is no Schematron")])
    def test_one_that_the_document_names_is_its_finding(self, name: str, text: str, message: str,
                                                        tmp_path: Path) -> None:
        (tmp_path / name).write_text(text)
        named = f'<?xml-model href="https://example.org/other.css"?>\n<?xml-model href="./{name}"?>\n'
        path = changed(EDITION, "<TEI", f"{named}<TEI", tmp_path)
        found = validate_file(path)[-1]
        line = path.read_text("utf-8").splitlines().index(f'<?xml-model href="./{name}"?>') + 1
        assert (found.code, found.location.path, found.location.line) == ("CO001", str(path), line)
        assert found.message.startswith(message) and "--schema" in found.hint
        assert [place.path for place in found.related] == [str(tmp_path / name)]

    @pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"\xff\xfe<\x00", b"plain text",
                                      "<TEI>é</TEI>".encode("latin-1")])
    def test_what_is_no_xml_is_one_finding_with_a_place(self, data: bytes, tmp_path: Path) -> None:
        (tmp_path / "bad.xml").write_bytes(data)
        found = validate_file(tmp_path / "bad.xml")
        assert [d.code for d in found] in (["VA011"], ["VA005"], ["VA012"])
        assert found[0].location.line and found[0].location.column

    def test_elements_nested_deep_are_checked_without_falling_over(self) -> None:
        root = etree.parse(EDITION).getroot()
        node = root.find(f".//{tei.TEI}p")
        assert node is not None
        for _ in range(2000):
            node = etree.SubElement(node, f"{tei.TEI}hi")  # each lacks @rend
        assert {d.code for d in validate_tree(root, schema="edition")} == {"VA106"}

    def test_an_id_given_twice_hides_no_other_finding(self, tmp_path: Path) -> None:
        path = changed(EDITION, "<p>Text.</p>", "<p xml:id='a'>[Page 5]</p><p xml:id='a'>↩</p>", tmp_path)
        assert {d.code for d in validate_file(path)} == {"VA301", "VA303", "VA304"}


class TestTree:
    def test_positions_are_those_of_the_file_to_be_written(self) -> None:
        root = etree.parse(EDITION).getroot()
        for paragraph in root.iter(f"{tei.TEI}p"):
            etree.SubElement(paragraph, f"{tei.TEI}pb")
        written = tei.serialise(root).decode().split("\n")
        (found,) = validate_tree(root, "out.xml", schema="edition")
        assert found.location.line and found.location.column
        assert written[found.location.line - 1][found.location.column - 1:].startswith("<pb/>")

    def test_pointers_into_lists_of_the_volume_are_not_followed(self) -> None:
        text = FRUS.read_text("utf-8").replace("Text.", '<persName corresp="#p_BGW1">Ball</persName>')
        assert validate_tree(tei.parse(text.encode()), schema="frus") == []

    def test_is_cheap_when_called_often(self) -> None:
        root = etree.parse(EDITION).getroot()
        validate_tree(root, schema="edition")
        start = time.process_time()
        for _ in range(100):
            validate_tree(root, schema="edition")
        assert (time.process_time() - start) / 100 < 0.1  # about 0.004 here; a compilation a call would take 0.2


class TestProfile:
    @pytest.mark.parametrize(("path", "profile"), [(EDITION, "edition"), (FRUS, "frus"),
                                                   (MISTAKES / "editorial.xml", "edition")])
    def test_is_told_by_certain_marks(self, path: Path, profile: str) -> None:
        assert guess_schema(tei.parse(path.read_bytes())) == profile

    def test_without_a_volume_the_kind_of_document_tells(self) -> None:
        text = FRUS.read_text("utf-8").replace('<idno type="frus">frus1961-63v20</idno>', "")
        assert guess_schema(tei.parse(text.encode())) == "frus"


class TestPointers:
    POINTER = '<p>By <persName corresp="#p_BGW1">Ball</persName>.</p>'

    def test_resolve_in_the_folder_in_profile_frus(self, tmp_path: Path) -> None:
        path = changed(FRUS, "<p>Text.</p>", self.POINTER, tmp_path)
        assert [d.code for d in validate_file(path)] == ["VA302"]
        (tmp_path / "persons.xml").write_text("<list xml:id = 'p_BGW1'/>")
        assert validate_file(path) == []

    def test_resolve_in_an_authority_file(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        authority = tmp_path / "congo.xml"
        authority.write_text('<TEI><person xml:id="p_BGW1"/></TEI>')
        path = changed(FRUS, "<p>Text.</p>", self.POINTER, tmp_path / "a")
        assert validate_file(path, authorities=[authority]) == []

    def test_name_a_file_and_an_id_in_it(self, tmp_path: Path) -> None:
        (tmp_path / "d281.xml").write_text('<TEI xml:id="d281"/>')
        path = changed(EDITION, "<p>Text.</p>", '<p><ref target="d281.xml#d281">here</ref> '
                       '<ref target="d281.xml#d9">there</ref> <ref target="d9.xml#d9">nowhere</ref></p>', tmp_path)
        assert [d.message.partition("nowhere: ")[2] for d in validate_file(path)] == [
            "d281.xml has not the xml:id d9", "there is no file d9.xml"]

    @pytest.mark.parametrize(("target", "astray"), [
        ("d%20281.xml#d281", ""), ("d%20281.xml#d9", "d 281.xml has not the xml:id d9"),
        ("#%C3%A9t%C3%A9", ""), ("d 281.xml", "there is no file 281.xml"), ("d%20281.xml", ""),
        ("d9.xml", "there is no file d9.xml"), ("#xpath(//p)", ""), ("d%20281.xml#range(p,q)", ""),
    ])
    def test_are_read_as_addresses(self, target: str, astray: str, tmp_path: Path) -> None:
        (tmp_path / "d 281.xml").write_text('<TEI xml:id="d281"/>')
        path = changed(EDITION, "<p>Text.</p>", f'<p xml:id="été"><ref target="{target}">here</ref></p>', tmp_path)
        found = [d.message.partition("nowhere: ")[2] for d in validate_file(path, layers=["editorial"])
                 if d.code == "VA302"]
        assert found[-1:] == ([astray] if astray else [])

    @pytest.mark.parametrize(("base", "found"), [("https://example.org/", []), ("/editions/", []), ("sub/", []),
                                                 ("none/", ["there is no file none/d9.xml"])])
    def test_begin_at_the_base(self, base: str, found: list[str], tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "d9.xml").write_text('<TEI xml:id="d9"/>')
        based = f'<p xml:base="{base}"><ref target="d9.xml#d9">here</ref></p>'
        path = changed(EDITION, "<p>Text.</p>", based, tmp_path)
        assert [d.message.partition("nowhere: ")[2] for d in validate_file(path, layers=["editorial"])] == found


class TestEqualWords:
    def test_each_has_its_own_place(self, tmp_path: Path) -> None:
        words = "<p>R&amp;D w&#x6f;rd16 [Page 4] and [Page 4],\n[Page 4]<hi rend='italic'>so</hi> [Page 4]</p>"
        path = changed(EDITION, "<p>Text.</p>", words, tmp_path)
        text = path.read_text("utf-8")
        starts = [found.start() for found in re.finditer(r"\[Page", text)]
        expected = [(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in starts]
        found = [(d.location.line, d.location.column) for d in validate_file(path) if d.code == "VA303"]
        assert sorted(found) == expected and len(found) == 4

    def test_what_stands_nowhere_is_at_the_last_of_them_or_at_the_tag(self) -> None:
        data = b"<p>one two one</p>"
        root = tei.parse(data)
        positions = Positions(root, data)
        assert [positions.of(root, words="one", before=n) for n in (3, 0, 1, 2, 3)] == [
            (1, 12), (1, 4), (1, 12), (1, 12), (1, 12)]
        assert positions.of(root, words="three") == positions.of(root, words="three", before=2) == (1, 1)


class TestSchematron:
    def test_each_assert_has_a_code(self) -> None:
        rules = etree.parse(schema_path("tei-edition.sch"))
        ids = [rule.get("id", "") for rule in rules.iter("{*}assert", "{*}report")]
        assert ids and sorted(ids) == sorted(codes_of_asserts())

    def test_each_role_is_the_severity_of_the_catalogue(self) -> None:
        for rule in etree.parse(schema_path("tei-edition.sch")).iter("{*}assert", "{*}report"):
            code = codes_of_asserts()[rule.get("id", "")]
            assert catalogue()[code].severity == Severity(rule.get("role", "error")), rule.get("id")


class TestPlaces:
    """Words are looked for between their element and the next tag, as they stand or as references."""

    @pytest.mark.parametrize("inside, words, tail, expected", [
        ("caf&#233; bad<p>café bad</p>", "café", False, 6), ("R&amp;D <p>R&amp;D</p>", "R&D", False, 6),
        ("<p>later</p>", "later", False, 1), ("<p a='1>2'/>x\u00a0<!-- <b> -->later", "later", True, 1),
        ("𝄞<p/>no <![CDATA[R&D]]>", "R&D", True, 23), ("a\n  b<p/>", "a b", False, 6),
    ])
    def test_of_words(self, inside: str, words: str, tail: bool, expected: int) -> None:
        data = f"<div>{inside}</div>".encode()
        root = etree.fromstring(data)
        element = root[0] if tail else root
        column = Positions(root, data).of(element, words=words, tail=tail)[1]
        assert column == (expected if not tail or expected > 1 else inside.index("<p") + 6)

    def test_many_on_one_line_take_no_longer_each(self) -> None:
        def seconds(number: int) -> float:
            data = ("<div>" + "<p a='é' b='ü'>é</p>" * number + "</div>").encode()
            root = etree.fromstring(data)
            positions = Positions(root, data)
            began = time.perf_counter()
            for element in root:
                positions.of(element, attribute="b")
            return time.perf_counter() - began

        assert seconds(8000) < 30 * min(seconds(1000) for _ in range(3))


class TestExplanation:
    """What the patterns say is held against libxml2's verdict, which knows nothing of them."""

    MUTATIONS = ("drop", "rename", "text", "attribute", "value", "swap", "double")

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(MUTATIONS), st.integers(0, 10_000), st.sampled_from([EDITION, FRUS]))
    def test_every_invalid_document_is_explained(self, mutation: str, at: int, path: Path) -> None:
        root = etree.parse(path).getroot()
        elements = list(root.iter("*"))[1:]
        element = elements[at % len(elements)]
        parent = element.getparent()
        assert parent is not None
        if mutation == "drop":
            parent.remove(element)
        elif mutation == "rename":
            element.tag = f"{tei.TEI}{('p', 'div', 'note', 'nothing')[at % 4]}"
        elif mutation == "text":
            element.text = "words"
        elif mutation == "attribute":
            element.set(("when", "type", "nothing")[at % 3], "x")
        elif mutation == "value" and element.attrib:
            element.set(sorted(map(str, element.attrib))[0], "not @ value")
        elif mutation == "swap":
            parent.insert(0, element)
        elif mutation == "double":
            parent.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        schema = schema_path("tei-edition.rng" if path == EDITION else "tei-edition-frus.rng")
        valid = etree.RelaxNG(etree.parse(schema)).validate(root)
        faults = grammar_faults(root, schema)
        twice = len(root.xpath("//@xml:id")) != len(set(map(str, root.xpath("//@xml:id"))))
        assert bool(faults) != valid or twice
        assert "VA100" not in {fault.code for fault in faults}, [fault.message for fault in faults]


class TestPositions:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["", "é", "𝄞\n", "\r\n", "<!-- <b> -->", "<?pi <c>?>",
                                               "<![CDATA[<d>]]>", "&lt;"]),
                              st.sampled_from(["<x/>", "<x a='>'\n b='é'/>", "<x>", "<x\n>"]),
                              st.sampled_from(["", "word", "\n\n", "…"])), max_size=12), st.booleans())
    def test_are_those_of_the_start_tags(self, pieces: list[tuple[str, str, str]], bom: bool) -> None:
        text, expected, still_open = "<?xml version='1.0'?>\n<r>", ["2:1"], 0
        for before, tag, after in pieces:
            text += before
            expected.append(f"{text.count(chr(10)) + 1}:{len(text) - text.rfind(chr(10))}")
            text += tag + after
            still_open += not tag.endswith("/>")
        data = (text + "</x>" * still_open + "</r>").encode("utf-8-sig" if bom else "utf-8")
        root = tei.parse(data)
        positions = Positions(root, data)
        assert [":".join(map(str, positions.of(element))) for element in root.iter("*")] == expected

    def test_words_are_found_in_the_text_and_behind_the_element(self) -> None:
        data = "<p>é [1] <hi>[1]</hi> and [1]</p>".encode()
        root = tei.parse(data)
        positions = Positions(root, data)
        assert positions.of(root, words="[1]") == (1, 6)
        assert positions.of(root[0], words="[1]") == (1, 14)
        assert positions.of(root[0], words="[1]", tail=True) == (1, 27)

    def test_hold_in_other_encodings(self) -> None:
        for encoding in ("iso-8859-1", "utf-16"):
            data = f"<?xml version='1.0' encoding='{encoding}'?>\n<r>éé<x/></r>".encode(encoding)
            root = tei.parse(data)
            assert Positions(root, data).of(root[0]) == (2, 6)

    def test_xpath_counts_only_where_there_are_several(self) -> None:
        root = etree.fromstring(f"<TEI xmlns='{tei.TEI_NS}'><text><p/><p/></text></TEI>")
        assert xpath_of(root[0][1]) == "/tei:TEI/tei:text/tei:p[2]"


WORDS = st.lists(st.sampled_from(["the", "UN", "1.", "•", "-", "↩", "force", "Tshombe2", "[Page", "557]"]), min_size=1,
                 max_size=40)


class TestFidelity:
    SOURCE = ("1. Head1\n\nWe seek the reintegration of Katanga through peaceful means.\n"
              "  1. Source: Department of State.")

    def test_blanks_and_layout_do_not_count(self) -> None:
        assert check_fidelity("1. Head1\nWe seek the  reintegration of Katanga\nthrough peaceful means.\n"
                              "- Source: Department of State.↩", self.SOURCE) == []

    @pytest.mark.parametrize(("old", "new", "code", "place", "words"), [
        ("peaceful ", "", "VA401", "3:46", "the edition lacks “peaceful”"),
        ("of Katanga", "of all Katanga", "VA402", "3:29", "the edition adds “all” behind “the reintegration of”"),
        ("Katanga", "Catanga", "VA403", "3:30", "the source has “Katanga”, the edition “Catanga”"),
        ("1. Head", "Head", "VA401", "1:1", "the edition lacks “1.”"),
    ])
    def test_names_the_words_and_their_place_in_the_source(self, old: str, new: str, code: str, place: str,
                                                           words: str) -> None:
        found = check_fidelity(self.SOURCE.replace(old, new), self.SOURCE, "a.txt")
        assert [(d.code, f"{d.location.line}:{d.location.column}", d.message) for d in found] == (
            [(code, place, words)] if code else [])
        assert all(d.location.path == "a.txt" for d in found)

    def test_another_text_is_one_finding(self) -> None:
        assert [d.code for d in check_fidelity("Nothing of it stands here.", self.SOURCE)] == ["VA404"]
        assert [d.code for d in check_fidelity("", self.SOURCE)] == ["VA404"]

    @given(WORDS)
    def test_a_text_is_faithful_to_itself(self, words: list[str]) -> None:
        assert check_fidelity("\n".join(words), " ".join(words)) == []

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(["UN", "force", "Katanga", "peace"]), min_size=20, max_size=60), st.data())
    def test_a_word_that_is_lost_is_found_where_it_stood(self, words: list[str], data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(words)))
        source = " ".join([*words[:at], "Tshombe", *words[at:]])
        (found,) = check_fidelity(" ".join(words), source)
        assert (found.code, found.location.start) == ("VA401", source.index("Tshombe"))

    def test_a_volume_takes_no_longer_than_its_length_asks_for(self) -> None:
        words = [f"word{i * i % 7919 % 4801}" for i in random.Random(1).sample(range(10**6), 60_000)]
        other = [w for i, w in enumerate(words) if i % 1000]
        start = time.process_time()
        found = check_fidelity(" ".join(other), " ".join(words))
        assert len(found) == 60 and {d.code for d in found} == {"VA401"}
        assert time.process_time() - start < 10

    def test_the_telegram_is_told_from_what_was_left_out(self) -> None:
        source = TELEGRAM.read_text("utf-8")
        cut = re.sub(r"\[Page 557\] consequences.*?it encouragement\.", "", source, flags=re.DOTALL)
        assert [d.code for d in check_fidelity(cut, source)] == ["VA401"]


class TestGrowth:
    """The time of the rules grows as the document does, whether they find anything or not."""

    KINDS: ClassVar = {
        "paragraphs": '<p subtype="x">On <date when="1962">a day</date> he <hi>said</hi> so.</p>',
        "rows": "<table><row><cell>Egypt</cell><cell>45</cell></row></table>",
        "notes": '<p>Some <hi>text</hi><note n="7" xml:id="n{0}"><p>See <ref target="#d1">it</ref>.</p></note>.</p>',
        "pages": '<pb n="{0}" xml:id="x{0}"/><p>Some <hi>text</hi>.</p>',
        "documents": '<div type="document" xml:id="e{0}" n="{0}"><head>{0}. H<note n="1">N</note></head><p>T</p></div>',
    }

    @pytest.mark.parametrize("kind", KINDS)
    def test_rules_are_not_quadratic(self, kind: str) -> None:
        def tree(count: int) -> etree._Element:
            body = "\n".join(self.KINDS[kind].format(number) for number in range(count))
            if kind != "documents":
                body = f'<div type="document" xml:id="d1" n="1"><head>1. H</head>{body}</div>'
            if kind == "rows":
                body = body.replace("</table>\n<table>", "\n")
            return etree.fromstring(f'<TEI xmlns="{tei.TEI_NS}"><text><body>{body}</body></text></TEI>')

        def seconds(root: etree._Element) -> float:
            best = 60.0
            for _ in range(3):
                begin = time.process_time()
                for fault in schematron_faults(root, schema_path("tei-edition.sch")):
                    assert fault.element.getroottree() is not None
                best = min(best, time.process_time() - begin)
            return best

        small, large = tree(400), tree(3200)
        seconds(small)  # the schema is compiled once
        assert seconds(large) < 25 * seconds(small)  # 8 to 12 here; quadratic rules took 40 to 100
