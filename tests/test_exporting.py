"""Exports: the plain text to the character, the page for any TEI, and nothing of a hostile file ever active."""

from __future__ import annotations

import html.parser
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import tei_edition
from tei_edition.exporting import STYLES, TARGETS, export, export_html, export_text
from tei_edition.exporting.elements import names
from tei_edition.exporting.page_links import authority_address, web_address
from tei_edition.tei import TEI, TEI_NS, XML_ID, parse

CASES = Path(__file__).parent / "cases" / "exporting"
TELEGRAM = Path(__file__).parents[1] / "sources" / "frus1961-63v20_d280.txt"
_CASE = re.compile(r"^# (?P<title>[^\n]+)\n```tei\n(?P<tei>.*?)\n```\n```(?P<style>page|list)\n(?P<text>.*?)```\n",
                   re.MULTILINE | re.DOTALL)


def body(fragment: str) -> etree._Element:
    div = f'<div type="document">{fragment}</div>'
    return parse(f'<TEI xmlns="{TEI_NS}"><text><body>{div}</body></text></TEI>'.encode())


class Page(html.parser.HTMLParser):
    """What a browser would see: elements, ids, links, words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._tag = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        self._tag = tag

    def handle_data(self, data: str) -> None:
        if self._tag != "style":
            self.words.append(data)

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.elements if "id" in a]

    @property
    def links(self) -> list[str]:
        return [a["href"] for _, a in self.elements if "href" in a]

    @property
    def text(self) -> str:
        return "".join(self.words)


# -- plain text ------------------------------------------------------------------------------------


def text_cases() -> dict[str, tuple[str, str, str]]:
    found = [m for path in sorted(CASES.glob("*.md")) for m in _CASE.finditer(path.read_text(encoding="utf-8"))]
    return {m["title"]: (m["tei"], m["style"], m["text"]) for m in found}


def test_every_case_of_the_files_is_read() -> None:
    lines = [line for path in CASES.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(text_cases()) == sum(line.startswith("# ") for line in lines) >= 15


@pytest.mark.parametrize("title", text_cases())
def test_text(title: str) -> None:
    tei, style, text = text_cases()[title]
    root = parse(tei.encode()) if tei.startswith("<TEI") else body(tei)
    assert export_text(root, style=style) == text


def telegram() -> etree._Element:
    """The telegram as `convert` encodes it, built by hand: head, notes at their markers, page break, closer."""
    heading, *paragraphs, end = TELEGRAM.read_text(encoding="utf-8").split("\n\n")
    name, first, second = end.split("\n")
    root = body("")
    div = root.find(".//{*}div")
    assert div is not None
    head = etree.SubElement(div, f"{TEI}head")
    head.text = heading.removesuffix("1")
    etree.SubElement(head, f"{TEI}note", n="1", type="source").text = first.removeprefix("  1. ")
    for paragraph in paragraphs:
        p = etree.SubElement(div, f"{TEI}p")
        p.text = paragraph
        p.tail = "\n        "
        for mark, element, n in (("413.|2", "note", "2"), ("disastrous |[Page 557]", "pb", "557")):
            before, _, marker = mark.partition("|")
            if before + marker in paragraph:
                p.text, _, rest = paragraph.partition(before + marker)
                p.text += before
                etree.SubElement(p, f"{TEI}{element}", n=n).tail = rest
    note = div.find(".//{*}p/{*}note")
    assert note is not None
    note.text = second.removeprefix("  2. ")
    closer = etree.SubElement(div, f"{TEI}closer")
    etree.SubElement(etree.SubElement(closer, f"{TEI}signed"), f"{TEI}persName", ref="#rusk").text = name
    return root


def test_the_telegram_comes_back_to_the_character() -> None:
    assert export(telegram(), "text") == TELEGRAM.read_bytes() + b"\n"


def test_the_text_of_the_sample_in_both_styles() -> None:
    root = parse((CASES / "small.xml").read_bytes())
    for style in STYLES:
        assert export_text(root, style=style) == (CASES / f"small-{style}.txt").read_text(encoding="utf-8")


def test_notes_stand_under_their_document_in_a_volume() -> None:
    documents = "".join(f'<div type="document"><p>{w}<note n="1">of {w}</note></p></div>' for w in ("one", "two"))
    root = parse(f'<TEI xmlns="{TEI_NS}"><text><body>{documents}</body></text></TEI>'.encode())
    assert export_text(root) == "one1\n  1. of one\n\ntwo1\n  1. of two\n"


def test_the_table_of_targets() -> None:
    root = body("<p>x</p>")
    assert list(TARGETS) == ["html", "text"]
    assert export(root, "text", style="list") == b"x\n"
    for wrong in ({"target": "pdf"}, {"target": "html", "style": "page"}, {"target": "text", "style": "poster"}):
        with pytest.raises(ValueError, match=r"pdf|style"):
            export(root, **wrong)


# -- the page --------------------------------------------------------------------------------------


def test_the_page_of_the_sample_is_the_golden_one() -> None:
    root = parse((CASES / "small.xml").read_bytes())
    assert export(root, "html").decode() == (CASES / "small.html").read_text(encoding="utf-8")


def test_notes_are_linked_both_ways() -> None:
    page = Page(export_html(parse((CASES / "small.xml").read_bytes())))
    for reference in (a for _, a in page.elements if a.get("role") == "doc-noteref"):
        back = [a for _, a in page.elements if a.get("role") == "doc-backlink" and a["href"] == f"#{reference['id']}"]
        assert len(back) == 1
        assert reference["href"].removeprefix("#") in page.ids


def test_persons_and_places_lead_to_the_index_and_back() -> None:
    page = Page(export_html(parse((CASES / "small.xml").read_bytes())))
    mentions = {a["id"]: a["href"] for _, a in page.elements if a.get("id", "").startswith("mention-") and "href" in a}
    assert sorted(set(mentions.values())) == ["#ball", "#congo", "#cutler", "#rusk"]
    assert {f"#{anchor}" for anchor in mentions} <= set(page.links)
    assert "https://www.geonames.org/203312" in page.links
    classes = {a["class"] for _, a in page.elements if a.get("title", "").startswith("person, not identified")}
    assert classes == {"persName person unidentified"}
    assert "pg_557" in page.ids


def test_a_sub_heading_is_a_heading_of_the_outline() -> None:
    page = export_html(body('<head>1. Letter</head><label type="heading">The Congo</label><p>It is large.</p>'))
    assert '<h1 class="head">1. Letter</h1>' in page and '<h2 class="label">The Congo</h2>' in page


def test_what_is_uncertain_says_so() -> None:
    page = export_html(body('<p><date when="1962-08-18" cert="medium">August 18</date> <date>19</date></p>'))
    assert ('<time class="date uncertain cert-medium" title="1962-08-18; certainty: medium" datetime="1962-08-18">'
            "August 18</time>") in page
    assert page.count("probable") == 1 and "possible" not in page
    assert "How to read the marks" not in export_html(body("<p>certain</p>"))


@pytest.mark.parametrize(("tei", "made"), [
    ("<quote>“Ball begins”</quote>", '<span class="quote">“Ball begins”</span>'),
    ("“<quote>Ball begins</quote>”", '“<span class="quote">Ball begins</span>”'),
    ("<quote>Ball begins</quote>", '<q class="quote">Ball begins</q>'),
    ("<hi rend='bold'>a</hi>", '<strong class="hi">a</strong>'),
    ("<supplied>Rusk</supplied>", '<span class="supplied" title="supplied by the editor">[Rusk]</span>'),
    ("a<gap reason='illegible' unit='lines' quantity='2'/>b",
     'a<span class="gap" title="left out here: 2 lines, illegible">[…]</span>b'),
    ("<ref target='https://history.state.gov/x'/>",
     '<a class="ref" href="https://history.state.gov/x">https://history.state.gov/x</a>'),
])
def test_running_text(tei: str, made: str) -> None:
    assert f'<p class="p">{made}</p>' in export_html(body(f"<p>{tei}</p>"))


def test_headings_follow_their_outline() -> None:
    def div(title: str, inner: str = "") -> str:
        return f"<div><head>{title}</head><p/>{inner}</div>"

    tree = div("A", div("B", div("C")) + div("D"))
    page = Page(export_html(parse(f'<TEI xmlns="{TEI_NS}"><text><body>{tree}</body></text></TEI>'.encode())))
    assert [t for t, _ in page.elements if re.fullmatch(r"h\d", t)] == ["h1", "h2", "h3", "h2"]


def test_a_document_of_a_volume_alone_has_its_own_heading_as_title() -> None:
    inner = '<div type="document"><head>4. Memorandum</head><p>Text.</p></div>'
    volume = f'<TEI xmlns="{TEI_NS}"><text><body><div><head>Chapter</head>{inner}</div></body></text></TEI>'
    document = parse(volume.encode()).find(".//{*}div/{*}div")
    assert document is not None
    page = export_html(document)
    assert "<title>4. Memorandum</title>" in page and '<h1 class="head">4. Memorandum</h1>' in page


# -- hostile files ---------------------------------------------------------------------------------

_TARGETS = ["javascript:alert(1)",
            " JavaScript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>", "vbscript:x",
            "//evil.example", "file:///etc/passwd", "http://", "https://[", "http:// x", "mailto:", "#nowhere", "#", ""]


@pytest.mark.parametrize("target", _TARGETS)
def test_only_web_mail_and_places_on_the_page_become_links(target: str) -> None:
    root = body("<p><ref>here</ref><persName>P</persName><ptr/><graphic/></p>")
    for element, name in (("ref", "target"), ("persName", "ref"), ("ptr", "target"), ("graphic", "url")):
        found = root.find(f".//{{*}}{element}")
        assert found is not None
        found.set(name, target)
    page = Page(export_html(root))
    assert [link for link in page.links if not link.startswith(("#text", "#index", "#mention-"))] == []


def test_addresses() -> None:
    assert web_address("https://example.org/a?b=c&d") == "https://example.org/a?b=c&d"
    assert web_address('http://e.org/"onclick="x') == "http://e.org/%22onclick=%22x"
    assert web_address("MAILTO:a@example.org") == "MAILTO:a@example.org"
    assert authority_address("GeoNames", "203312") == "https://www.geonames.org/203312"
    assert authority_address("GeoNames", "javascript:1") is None
    assert authority_address("Wikidata", "Q42") == "https://www.wikidata.org/wiki/Q42"


def test_a_hostile_file_is_inert() -> None:
    page = Page(export_html(parse((CASES / "hostile.xml").read_bytes())))
    assert {tag for tag, _ in page.elements} & {"script", "img", "iframe", "object", "svg", "form", "base"} == set()
    assert sum(tag == "style" for tag, _ in page.elements) == 1
    assert not [name for _, a in page.elements for name in a if name.startswith("on") or name == "style"]
    assert len(page.ids) == len(set(page.ids))
    assert "alert(2)" in page.text and "<b>no</b>" in page.text


def test_deep_trees_need_no_recursion() -> None:
    root = body("<p/>")
    inner = root.find(".//{*}p")
    assert inner is not None
    for _ in range(3_000):
        inner = etree.SubElement(inner, f"{TEI}seg")
    inner.text = "deep"
    assert export_text(root) == "deep\n"
    assert "deep" in export_html(root)


def test_a_citation_leads_to_the_index_with_what_ibid_leaves_out() -> None:
    root = parse(
        f'''<TEI xmlns="{TEI_NS}"><standOff><listBibl type="archival"><bibl type="archival" xml:id="file1"><orgName
        type="repository">Department of State</orgName>, <idno type="lot">Lot 66 D 110</idno></bibl></listBibl>
        </standOff><text><body><div type="document"><p>See <bibl type="archival" xml:id="cite1"
        ref="#file1">ibid.</bibl>
        and <bibl type="archival">Box 3</bibl>.</p></div></body></text></TEI>'''.encode()
    )
    page = Page(export_html(root))
    cited = next(a for tag, a in page.elements if tag == "a" and a.get("id") == "cite1")
    assert cited["href"] == "#file1" and cited["title"].startswith("Department of State, Lot 66 D 110")
    assert "Archives" in page.text and page.links.count("#cite1") == 1
    assert export_text(root) == "See ibid. and Box 3.\n"


_NAMES = st.sampled_from(sorted(names("""p div head list item label table row cell note pb lb gap hi persName
placeName ref ptr quote choice sic corr sp l lg figure graphic figDesc closer signed opener dateline bibl idno
standOff teiHeader listPerson
    person supplied floatingText body script style back index unknown""")))
_TEXTS = st.sampled_from(["", " ", "\n  ", "Rusk", "two words", "<b>&", "“q”", "]]>"])
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["n", "ref", "target", "type", "cert", "rend", "place", "when", "url", "cols", XML_ID]),
    st.sampled_from(["1", "#a", "a", "text", "document", "low", "bold", "foot", "inline", "javascript:x", "1962-08-18",
                     "http://e.org", '"><script>', "99999", ""]), max_size=3)


@st.composite
def trees(draw: st.DrawFn) -> etree._Element:
    root = etree.Element(f"{TEI}TEI")
    open_elements = [root]
    for _ in range(draw(st.integers(0, 14))):
        parent = draw(st.sampled_from(open_elements))
        child = etree.SubElement(parent, f"{TEI}{draw(_NAMES)}")
        child.text, child.tail = draw(_TEXTS), draw(_TEXTS)
        for name, value in draw(_ATTRIBUTES).items():
            child.set(name, value)
        open_elements.append(child)
    return root


@settings(max_examples=200, deadline=None)
@given(trees(), st.sampled_from(STYLES))
def test_any_tree_gives_a_text(root: etree._Element, style: str) -> None:
    text = export_text(root, style=style)
    assert text == export_text(root, style=style)
    assert not text or text.endswith("\n")
    assert "\x00" not in text


@settings(max_examples=200, deadline=None)
@given(trees())
def test_any_tree_gives_a_sound_page(root: etree._Element) -> None:
    before = etree.tostring(root)
    made = export_html(root)
    page = Page(made)
    assert made == export_html(root) and etree.tostring(root) == before
    assert len(page.ids) == len(set(page.ids)) and not [i for i in page.ids if not i or re.search(r"\s", i)]
    assert all(link.startswith(("#", "http://e.org")) for link in page.links)
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert "script" not in {tag for tag, _ in page.elements}


def test_a_note_without_a_marker_is_written_below_and_nowhere_else() -> None:
    root = parse(
        b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><div><head>1. Head</head><p>Words.</p>"
        b"<note n='1' anchored='false'>Not printed.</note></div></body></text></TEI>"
    )
    assert export_text(root) == "1. Head\n\nWords.\n  1. Not printed.\n"


def test_where_a_place_lies_is_not_what_it_is_called() -> None:
    edition = tei_edition.convert("2. Memorandum\n\nThe Embassies in Amman and Paris.\n")
    page = tei_edition.export(edition.tei, "html").decode("utf-8")
    assert "Amman</b>" in page and "also Jordan" not in page and "also France" not in page
