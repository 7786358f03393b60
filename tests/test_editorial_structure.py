"""Editorial rules on structure: notes and markers, pages, ids, pointers, sequence, language; rules across files."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import tei
from tei_edition.validation import validate_file
from tei_edition.validation.across import Facts, facts_of, faults_across
from tei_edition.validation.editorial import EDITION_RULES, FRUS_RULES, GENERAL_RULES, editorial_faults
from tei_edition.validation.editorial.exports import EXPORTS, header_for
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.opening import opening_words
from tei_edition.validation.editorial.pages import in_roman, page_number, roman
from tei_edition.validation.fault import Fault
from tei_edition.validation.pointers import Neighbours, pointer_faults

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.xml"))
EDITION = Path(__file__).parent / "mistakes" / "minimal-edition.xml"
OURS = {f"VA{number}" for number in (*range(311, 317), *range(320, 350))} | {"VA301", "VA302"}


def volume(body: str, before: str = "") -> etree._Element:
    return tei.parse(f'<TEI xmlns="{tei.TEI_NS}" xml:lang="en">{before}<text><body>{body}</body></text></TEI>'.encode())


def document(number: int, content: str, head: str = "") -> str:
    return (f'<div type="document" subtype="editorial-note" xml:id="d{number}" n="{number}">'
            f'<head>{number}. Editorial Note{head}</head>{content}</div>')


def found(root: etree._Element, code: str = "VA3", rules: tuple[object, ...] = FRUS_RULES) -> list[Fault]:
    return [fault for fault in editorial_faults(root, rules) if fault.code.startswith(code)]  # type: ignore[arg-type]


def said(root: etree._Element, code: str) -> list[str]:
    return [fault.message for fault in found(root, code)]


def pages(*numbers: str) -> str:
    return "".join(f'<pb n="{number}"/>' for number in numbers)


class TestPages:
    @pytest.mark.parametrize(("numbers", "expected"), [
        (("i", "ii", "1", "2"), []),
        (("[i]", "II", "[1]", "2", "3"), []),
        (("1", "2", "2", "3"), ["VA323 page 2 is there twice"]),
        (("1", "2", "5", "6"), ["VA325 pages 3–4 are missing before page 5"]),
        (("1", "2", "4", "3", "5"), ["VA324 page 3 comes after page 4"]),  # and page 3 is not missing
        (("7", "8", "1", "2"), []),  # a part with pages of its own
        (("7", "8", "5", "6", "9"), ["VA324 page 5 comes after page 8"]),  # once, not for page 6
        (("1", "2", "xii"), ["VA324 page xii comes after page 2: pages with Roman numbers come first"]),
        (("iv", "vi"), ["VA325 page v is missing before page vi"]),
        (("12r", "12v", "A3", "13r"), []),
    ])
    def test_each_comes_once_and_in_order(self, numbers: tuple[str, ...], expected: list[str]) -> None:
        root = volume(document(1, f"<p>{pages(*numbers)}</p>"))
        assert [f"{fault.code} {fault.message}" for fault in found(root, "VA32")] == expected

    def test_without_a_number_fill_a_gap(self) -> None:
        assert not found(volume('<p><pb n="4"/><pb/><pb/><pb n="7"/></p>'), "VA325")
        (gap,) = found(volume('<p><pb n="4"/><pb/><pb n="7"/></p>'), "VA325")
        assert gap.severity == "note"  # it may be a book of excerpts
        (gap,) = found(volume(document(1, '<p><pb n="4"/><pb/><pb n="7"/></p>')), "VA325")
        assert gap.severity is None

    def test_of_two_editions_are_counted_apart(self) -> None:
        both = '<pb ed="A" n="1"/><pb ed="B" n="9"/><pb ed="A" n="2"/><pb ed="B" n="10"/>'
        assert not found(volume(f"<p>{both}</p>"), "VA32")

    def test_of_each_document_may_begin_at_one(self) -> None:
        assert not found(volume(document(1, '<p><pb n="1"/></p>') + document(2, '<p><pb n="1"/></p>')), "VA32")

    def test_of_a_translation_repeat_those_of_the_original(self) -> None:
        two = '<div type="transcription"><pb n="45"/><pb n="46"/></div><div type="translation"><pb n="45"/></div>'
        assert not found(volume(two), "VA32")

    def test_go_back_is_said_once_in_an_edition(self) -> None:
        """The Schematron says it of numbers in figures; the rule adds those in brackets."""
        root = volume(document(1, f"<p>{pages('5', '4', '[3]')}</p>"))
        assert [fault.message for fault in editorial_faults(root, EDITION_RULES) if fault.code == "VA324"] == [
            "page [3] comes after page 5"]

    @given(st.integers(1, 4999))
    def test_roman_numbers_are_read_as_they_are_written(self, number: int) -> None:
        assert roman(in_roman(number)) == roman(in_roman(number).upper()) == number

    def test_what_is_no_number_is_none(self) -> None:
        assert [page_number(label) for label in ("", "[ ]", "12r", "vx", "²", "9" * 40, "mix")] == [
            None, None, None, None, None, None, (False, 1009)]


class TestNotes:
    def notes(self, *numbers: str, document_id: int = 1) -> str:
        return "".join(f'a<note n="{n}" xml:id="d{document_id}fn{n}">N.</note>' for n in numbers)

    def test_of_a_page_go_on_in_the_next_document(self) -> None:
        """Old volumes count the notes of a page through; at a page break they begin again."""
        first = document(1, f"<p>{self.notes('1', '2')}</p>")
        assert not found(volume(first + document(2, f"<p>{self.notes('3', document_id=2)}</p>")), "VA313")
        after = document(2, f"<p><pb n='2'/>{self.notes('3', document_id=2)}</p>")
        assert said(volume(first + after), "VA313") == ["note 3 stands where note 1 is expected"]

    def test_go_on_behind_the_note_of_the_chapters_head(self) -> None:
        chapter = '<div type="chapter" xml:id="ch1"><head>Crisis<note n="1" xml:id="ch1fn1">N.</note></head>{}</div>'
        assert not found(volume(chapter.format(document(1, f"<p>{self.notes('2')}</p>"))), "VA313")

    def test_of_an_attachment_begin_again(self) -> None:
        inner = f"<floatingText><body><p>{self.notes('1')}</p></body></floatingText>"
        assert not found(volume(document(1, f"<p>{self.notes('1', '2')}{inner}</p>")), "VA313")

    def test_a_second_marker_repeats_its_note(self) -> None:
        """The Office of the Historian's way of pointing twice to a note."""
        again = 'b<note n="1" target="d1fn1">N.</note>'
        root = volume(document(1, f"<p>{self.notes('1')}{again}{self.notes('2')}</p>"))
        assert not [fault for fault in found(root) if fault.code in ("VA313", "VA316", "VA331")]

    def test_a_note_written_out_again_is_the_same_note(self) -> None:
        """Old volumes print a marker twice: both say “Not printed.”"""
        again = 'b<note n="1" xml:id="d1fn1a">N.</note>{}'
        notes = document(1, f"<p>{self.notes('1')}{again.format(self.notes('2'))}</p>")
        assert not found(volume(notes), "VA313")
        assert found(volume(notes.replace("1a\">N.", "1a\">Other.")), "VA313")

    def test_a_cross_reference_is_no_marker(self) -> None:
        notes = '<div type="notes"><note n="1" xml:id="n1">A.</note><note n="2" xml:id="n2">B.</note></div>'
        text = ('<p>One<ref target="#n1">1</ref>, two<hi rend="superscript"><ref target="#n2">2</ref></hi>. See note'
                ' <ref target="#n1">1</ref> and <ref target="#n1">note 1</ref>.</p>')
        assert not found(volume(text + notes), "VA32")

    @pytest.mark.parametrize(("text", "code"), [
        ('<p>One<ref target="#n1">1</ref> and<ref target="#n1">1</ref> two<ref target="#n2">2</ref></p>', "VA320"),
        ('<p>One<ref target="#n1">1</ref> two.</p>', "VA321"),
        ('<p>One<ptr target="#n2"/> two<ptr target="#n1"/>.</p>', "VA322"),
    ])
    def test_and_markers_are_one_to_one(self, text: str, code: str) -> None:
        notes = '<div type="notes"><note n="1" xml:id="n1">A.</note><note n="2" xml:id="n2">B.</note></div>'
        assert [fault.code for fault in found(volume(text + notes), "VA32")] == [code]

    def test_that_say_they_have_no_marker_are_believed(self) -> None:
        notes = ('<div type="notes"><note n="1" xml:id="n1">A.</note><note n="2" xml:id="n2" anchored="false">B.</note>'
                 "</div>")
        assert not found(volume(f'<p>One<ref target="#n1">1</ref>.</p>{notes}'), "VA32")


class TestSourceNotes:
    def document(self, content: str) -> etree._Element:
        return volume('<div type="document" subtype="historical-document" xml:id="d1" n="1"><head>1. Telegram</head>'
                      f"{content}</div>")

    def test_a_withheld_document_has_its_source_in_brackets(self) -> None:
        assert not found(self.document("<p>[Source: Central Files. 2 pages not declassified.]</p>"), "VA312")
        assert found(self.document("<p>See the source.</p>"), "VA312")

    def test_the_source_of_an_enclosure_comes_later(self) -> None:
        first, note = '<note n="1" type="source">Source: A.</note>', 'a<note n="2">N.</note>'
        later = '<note n="3" type="source">Source: B.</note>'
        assert not found(self.document(f"<p>{first}{note}</p><p>{later}</p>"), "VA335")
        assert found(self.document(f"<p>{note}</p><p>{later}</p>"), "VA335")


class TestEntries:
    LISTS = ('<standOff><listPerson><person xml:id="ball"><persName>Ball</persName></person><person xml:id="rusk">'
             '<persName>Rusk</persName></person></listPerson><listBibl><bibl xml:id="file1">Central Files</bibl>'
             '<bibl xml:id="file2">Kennedy Library</bibl></listBibl></standOff>')

    def test_that_nothing_points_to_are_told_kind_by_kind(self) -> None:
        text = '<p><persName ref="#ball">Ball</persName> <bibl ref="#file2">Kennedy Library</bibl></p>'
        assert said(volume(text, self.LISTS), "VA334") == ["nothing points to the entry “Rusk” (rusk)",
                                                          "nothing points to the entry “Central Files” (file1)"]

    def test_of_a_kind_that_nothing_points_to_are_for_other_files(self) -> None:
        assert not found(volume("<p>Ball</p>", self.LISTS), "VA334")
        assert len(found(volume(document(1, "<p>Ball</p>"), self.LISTS), "VA334")) == 4  # a document has its own

    def test_of_a_printed_list_are_one_note(self) -> None:
        items = "".join(f'<item><hi><term xml:id="t{i}">T{i}</term></hi>, a term</item>' for i in range(9))
        (fault,) = found(volume(f'<list>{items}</list><p><gloss target="#t0">T0</gloss></p>'), "VA334")
        assert fault.severity == "note" and fault.message == (
            "nothing points to 8 of the 9 entries of the list: “T1”, “T2”, “T3”, “T4”, “T5” and 3 more")


class TestPointers:
    @pytest.mark.parametrize(("text", "expected"), [
        ('<ref target="#d1">Document 1</ref> <ref target="#d1">1</ref> <ref target="#d1">supra</ref>', []),
        ('<ref target="#d1">Documents 1–3</ref> <ref target="#d1">Documents 2 and 1</ref>', []),
        ('<ref target="#d1">Document 2</ref>', ["“Document 2” points to document 1 (#d1)"]),
        ('<ref target="#d1fn1">footnote 1, Document 1</ref> <ref target="#d1fn1">1, Document 1</ref>', []),
        ('<ref target="#d1fn1">footnote 2</ref>', ["“footnote 2” points to note 1 (#d1fn1)"]),
        ('<ref target="#d1fn1">footnote 1, Document 4</ref>',
         ["“footnote 1, Document 4” points to a note of document 1 (#d1fn1)"]),
        ('<ref target="#pg_9">9n</ref> <ref target="#pg_9">p. 9</ref> <ref target="#pg_9">Index</ref>', []),
        ('<ref target="#pg_9">10</ref>', ["“10” points to page 9 (#pg_9)"]),
    ])
    def test_lead_where_their_words_say(self, text: str, expected: list[str]) -> None:
        root = volume(document(1, f'<p>a<note n="1" xml:id="d1fn1">N.</note> <pb n="9" xml:id="pg_9"/> {text}</p>'))
        assert said(root, "VA333") == expected

    def test_without_their_sign_are_told_with_what_to_write(self) -> None:
        root = volume(document(1, '<p><ref target="d1">1</ref> <ref target="a@b.gov">Office</ref>'
                                  ' <ref target="#d1#d1">1</ref> <ref target="frus1961-63v20">vol. XX</ref></p>'))
        assert [fault.hint for fault in found(root, "VA331")] == [
            'write target="#d1"', 'write target="mailto:a@b.gov"', "two pointers are parted by a blank; one has one #"]

    def test_that_are_nearly_right_are_told_what_may_be_meant(self) -> None:
        text = '<p xml:id="p_WCE1">a <ref target="#pWCE1">b</ref> <ref target="#p1-2">c</ref></p>'
        near = volume(text + '<p xml:id="p12"/><p xml:id="p_12"/>')
        hints = [fault.hint for fault in pointer_faults(Inventory(near), None)]
        assert hints == ["did you mean #p_WCE1?", ""]  # two are like the second

    def test_in_a_volume_are_not_looked_for_in_another(self, tmp_path: Path) -> None:
        (tmp_path / "other.xml").write_text('<TEI><div xml:id="d9"/></TEI>')
        one, two = document(1, '<p><ref target="#d9">9</ref></p>'), document(2, "<p/>")
        beside = Neighbours(tmp_path / "volume.xml")
        assert not list(pointer_faults(Inventory(volume(one)), beside))  # a single document has others beside it
        assert list(pointer_faults(Inventory(volume(one + two)), beside))

    def test_are_looked_for_in_a_folder_that_changes(self, tmp_path: Path) -> None:
        here = tmp_path / "d1.xml"
        here.write_text("<TEI/>")
        assert not Neighbours(here).knows("ball")
        (tmp_path / "persons.xml").write_text('<list xml:id="ball"/>')
        assert Neighbours(here).knows("ball") and not Neighbours(here, folder=False).knows("ball")
        (tmp_path / "persons.xml").unlink()
        assert not Neighbours(here).knows("ball")


class TestAnyonesTei:
    PLAY = ('<front><castList><castItem xml:id="ham"><role>Hamlet</role></castItem></castList></front><body>'
            '<div1 n="1"><pb n="1"/><sp who="#ham"><speaker>Ham.</speaker><l n="1">To be</l></sp><pb n="2"/></div1>'
            '<div1><pb n="1"/><stage>Exit.</stage></div1></body>')

    def test_is_not_measured_by_our_conventions(self) -> None:
        root = tei.parse(f'<TEI xmlns="{tei.TEI_NS}" xml:lang="en"><text>{self.PLAY}</text></TEI>'.encode())
        assert not list(editorial_faults(root, GENERAL_RULES))

    @settings(max_examples=60, deadline=None)
    @given(st.recursive(
        st.tuples(st.sampled_from(("pb", "note", "ref", "persName", "language")), st.integers(0, 10**6), st.just(())),
        lambda inner: st.tuples(st.sampled_from(("div", "text", "p", "item", "list", "TEI", "person", "teiHeader")),
                                st.integers(0, 10**6), st.lists(inner, max_size=4).map(tuple)), max_leaves=25))
    def test_never_raises(self, drawn: tuple[str, int, tuple[object, ...]]) -> None:
        values = ("", " ", "#", "#a", "##", "²", "[1]", "9" * 5000, "IIII", "d1fn2", "-1", "document", "source", "en",
                  "٣")
        names = ("n", "target", "type", tei.XML_ID, "ref", tei.XML_LANG, "corresp", "subtype", "ident")

        def build(node: tuple[str, int, tuple[object, ...]]) -> etree._Element:
            name, chance, children = node
            element = etree.Element(tei.TEI + name)
            for i, attribute in enumerate(names[:chance % 5 + 2]):
                element.set(attribute, values[(chance + 7 * i) % len(values)])
            element.text = values[chance % len(values)]
            element.extend(build(child) for child in children)  # type: ignore[arg-type]
            return element

        root = etree.Element(tei.TEI + "TEI")
        root.append(build(drawn))
        for rules in (GENERAL_RULES, EDITION_RULES, FRUS_RULES):
            list(editorial_faults(root, rules))
        list(header_for(Inventory(root), EXPORTS))
        assert faults_across([facts_of(root, "a.xml"), facts_of(root, "b.xml")]) is not None

    def test_takes_time_in_proportion(self) -> None:
        """Twice the volume, about twice the time: no rule looks from each note at all others."""
        def spent(documents: int) -> float:
            body = "".join(document(i, f'<p>a<note n="1" xml:id="d{i}fn1">N.</note><pb n="{i}"/>'
                                       f'<ref target="#d{i}">Document {i}</ref></p>') for i in range(1, documents))
            inventory = Inventory(volume(body))
            start = time.process_time()
            assert not [fault for fault in editorial_faults(inventory, FRUS_RULES) if fault.code in OURS]
            return time.process_time() - start

        spent(50)
        assert spent(2000) < 16 * max(spent(250), 0.005)


def test_a_quotation_in_a_message_reads_no_more_than_it_shows() -> None:
    """A division may hold a volume; its label is still sixty characters."""
    element = tei.parse(b"<a> The <b>Congo</b>\n   crisis</a>")
    assert (opening_words(element, 60), opening_words(element, 9)) == ("The Congo crisis", "The Cong…")
    assert opening_words(tei.parse(b"<a>" + b"word " * 100_000 + b"</a>"), 12) == "word word w…"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_our_own_editions_are_silent(path: Path) -> None:
    rules = FRUS_RULES if ".frus." in path.name else EDITION_RULES
    assert not [fault for fault in editorial_faults(tei.parse(path.read_bytes()), rules) if fault.code in OURS]


class TestAcrossFiles:
    def edition(self, folder: Path, *numbers: int, text: str = "Text.") -> list[Facts]:
        facts: list[Facts] = []
        for number in numbers:
            path = folder / f"d{number}.xml"
            path.write_text(EDITION.read_text("utf-8").replace("d280", f"d{number}").replace('n="280"', f'n="{number}"')
                            .replace("280. ", f"{number}. ").replace("Text.", text), "utf-8")
            assert validate_file(path, facts=facts) == []
        return facts

    def test_facts_are_small_and_travel_between_processes(self, tmp_path: Path) -> None:
        facts = self.edition(tmp_path, 1)
        assert pickle.loads(pickle.dumps(facts)) == facts
        assert len(pickle.dumps(facts)) < 2000

    def test_a_gap_is_told_at_the_document_behind_it(self, tmp_path: Path) -> None:
        (gap,) = faults_across(self.edition(tmp_path, 1, 2, 5, 6))
        assert (gap.code, Path(gap.location.path).name) == ("VA340", "d5.xml")
        assert gap.message == "documents 3–4 are missing before document 5: the one before is 2"
        assert gap.location.line == 16 and gap.location.column == 7 and gap.location.xpath.endswith("tei:div")

    def test_a_selection_has_no_gaps(self, tmp_path: Path) -> None:
        assert faults_across(self.edition(tmp_path, 1, 40, 90)) == []

    def test_nothing_is_missing_beside_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        facts = self.edition(tmp_path, 1, 3)
        (tmp_path / "d2.xml").write_text("<TEI")
        assert validate_file(tmp_path / "d2.xml", facts=facts)
        assert faults_across(facts) == []

    def test_the_order_of_the_files_changes_nothing(self, tmp_path: Path) -> None:
        facts = self.edition(tmp_path, 1, 2, 4, text='One <pb n="7"/> two.')
        assert faults_across(facts) == faults_across(facts[::-1]) != []

    def test_a_file_that_is_gone_is_named_without_a_line(self, tmp_path: Path) -> None:
        facts = self.edition(tmp_path, 1, 3)
        (tmp_path / "d3.xml").unlink()
        (gap,) = faults_across(facts)
        assert gap.location.line is None and gap.location.path.endswith("d3.xml")

    def test_pointers_into_another_volume_of_the_run(self, tmp_path: Path) -> None:
        def of(name: str, body: str) -> Facts:
            header = ('<teiHeader><fileDesc><publicationStmt><idno type="frus">'
                      f"{name}</idno></publicationStmt></fileDesc></teiHeader>")
            root = volume(body, header)
            (tmp_path / f"{name}.xml").write_bytes(tei.serialise(root))
            return facts_of(root, str(tmp_path / f"{name}.xml"))

        twenty = of("frus1961-63v20", document(1, "<p/>") + document(2, "<p/>"))
        pointer = '<p><ref target="frus1961-63v20#d2">a</ref> <ref target="frus1961-63v20#d3">b</ref></p>'
        (lost,) = faults_across([twenty, of("frus1961-63v21", document(1, pointer))])
        assert lost.code == "VA302" and lost.message.endswith("frus1961-63v20 has not the xml:id d3")


def test_each_export_says_what_it_needs_in_words() -> None:
    for name, needs in EXPORTS.items():
        assert needs and all(need.what and need.hint for need in needs), name
    assert not list(header_for(Inventory(tei.parse(GOLDEN[0].read_bytes())), EXPORTS))
