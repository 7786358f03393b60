"""Editorial rules on what words mean: dates, persons, citations, leftovers. Each finding at its place, and no other."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import tei
from tei_edition.dates import find_expressions
from tei_edition.validation.editorial import GENERAL_RULES
from tei_edition.validation.editorial.citations import numbers_in_words
from tei_edition.validation.editorial.correspondence import parties
from tei_edition.validation.editorial.datelines import dates_of_documents
from tei_edition.validation.editorial.dates import dates_in_words, dates_ordered, dates_possible, weekdays
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.leftovers import leftovers
from tei_edition.validation.editorial.persons import names_of_two, signatures
from tei_edition.validation.editorial.running_text import plain_words
from tei_edition.validation.editorial.temporal import is_impossible, order, read_value
from tei_edition.validation.editorial.written_dates import _plain_date, dates_in
from tei_edition.validation.fault import Fault
from tei_edition.validation.positions import Positions


def edition(body: str, header: str = "") -> Inventory:
    whole = f'<TEI xmlns="{tei.TEI_NS}"><teiHeader>{header}</teiHeader><text><body>{body}</body></text></TEI>'
    return Inventory(tei.parse(whole.encode()))


def found(rule: object, body: str, header: str = "") -> list[str]:
    assert callable(rule)
    return [f"{fault.code} {fault.message}" for fault in rule(edition(body, header))]


# -- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "parts"), [
    ("1962", (1962, None, None, None, None)), ("1962-08", (1962, 8, None, None, None)),
    ("1962-08-18", (1962, 8, 18, None, None)), ("--08-18", (None, 8, 18, None, None)),
    ("1962-08-18T13:05:00-05:00", (1962, 8, 18, 785, -300)), ("19:00:00", (None, None, None, 1140, None)),
    ("1962-08-18T24:00:00Z", (1962, 8, 18, 1440, 0)), ("-0044-03-15", (-44, 3, 15, None, None)),
])  # fmt: skip
def test_values_are_taken_apart(value: str, parts: tuple[int | None, ...]) -> None:
    assert read_value(value) == parts
    assert not is_impossible(value)


@pytest.mark.parametrize("value", ["1962-02-31", "1962-13", "1961-02-29", "--02-30", "1962-08-18T25:00:00", "12:61:00"])
def test_impossible_values_are_none(value: str) -> None:
    assert read_value(value) is None
    assert is_impossible(value)


@pytest.mark.parametrize("value", ["", "yesterday", "18 August", "p1", "1962-8-18"])
def test_what_is_no_date_is_not_impossible(value: str) -> None:
    assert not is_impossible(value)
    assert read_value(value) is None


@pytest.mark.parametrize(("a", "b", "expected"), [
    ("1962", "1961-12", 1), ("1962-08", "1962-08-18", 0), ("1962-08-18", "1962-08-19", -1),
    ("--08-18", "1962-08-18", 0),
    ("1962-08-18T10:00:00Z", "1962-08-18T06:00:00-05:00", -1), ("1962-08-18T10:00:00", "1962-08-18T09:00:00Z", 0),
])  # fmt: skip
def test_order_is_told_as_far_as_both_say(a: str, b: str, expected: int) -> None:
    one, other = read_value(a), read_value(b)
    assert one and other and order(one, other) == expected


# -- dates ---------------------------------------------------------------------------------------

AGREE = [
    ('when="1962-08-18"', "August 18, 1962"), ('when="1962-08-18"', "August 18"), ('when="1962-08-18"', "the 18th"),
    ('when="1962-08"', "August 18, 1962"), ('when="1962-08-18"', "August 1962"), ('when="1962-08-18"', "18 August"),
    ('from="1962-08-16" to="1962-08-18"', "August 16–18"), ('when="1962-08-17"', "August 16–18, 1962"),
    ('from="1962-08-18T15:00:00" to="1962-08-18T17:00:00"', "August 18, 1962, 3–5 p.m."),
    ('notBefore="1962-08-11" notAfter="1962-08-20"', "mid-August"), ('when="1962-09-08"', "8/9/62"),
    ('when="1962-08-09"', "8/9/62"), ('from="1961-07-01" to="1962-06-30"', "fiscal year 1962"),
    ('when="1962-08-19T00:00:00"', "August 18, 1962, midnight"),
    ('from="1961-12-30" to="1962-01-02"', "December 30–January 2"),
    ('when="1962-08-18T17:58:00Z"', "August 18, 1962, 1758Z"),
    ('when="1962-08-18T21:00:00Z"', "August 18, 1962, 4 p.m."),
    ('when="1962-08-19T02:00:00Z"', "August 18, 1962, 9 p.m."),
    ('when="1962-08-18T12:00:00"', "August 18, 1962, 12 m."),
    ('when="1962-08-18T00:00:00"', "August 18, 1962, 12 p.m."),
    ('when="1962-08-18T16:00:00-04:00"', "August 18, 1962, 4 p.m. EDT"),
    ('notBefore="1962-08-19"', "after August 18, 1962"), ('when="1962-12-24" calendar="#julian"', "December 12, 1962"),
    ('when="1878-01-12"', "January 12/24, 1878"), ('when="1878-01-24"', "12/24 January 1878"),
    ('from="1962" to="1963"', "from 1962 to 1963"), ('when="1962"', "1962"), ('when="1962-11-23"', "23, 1962"),
]  # fmt: skip
DIFFER = [
    ('when="1962-08-19"', "August 18, 1962", "VA352"), ('when="1962-08-19"', "August 18", "VA352"),
    ('when="1963-08-18"', "August 18, 1962", "VA352"), ('when="1962-09"', "August 18, 1962", "VA352"),
    ('from="1962-08-16" to="1962-08-19"', "August 16–18", "VA352"),
    ('when="1962-08-20"', "August 16–18, 1962", "VA352"),
    ('notBefore="1962-09-11" notAfter="1962-09-20"', "mid-August", "VA352"), ('when="1962-10-08"', "8/9/62", "VA352"),
    ('when="1961"', "1962", "VA352"), ('when="1962-11-24"', "23, 1962", "VA352"),
    ('when="1962-08-18T04:00:00"', "August 18, 1962, 4 p.m.", "VA353"),
    ('when="1962-08-18T17:59:00Z"', "August 18, 1962, 1758Z", "VA353"),
    ('when="1962-08-18T12:00:00"', "August 18, 1962, midnight", "VA353"),
    ('when="1962-08-18T16:00:00-05:00"', "August 18, 1962, 4 p.m. EDT", "VA353"),
    ('from="1962-08-18T15:00:00" to="1962-08-18T18:00:00"', "August 18, 1962, 3–5 p.m.", "VA353"),
]  # fmt: skip


@pytest.mark.parametrize(("attributes", "words"), AGREE)
def test_words_and_attributes_agree(attributes: str, words: str) -> None:
    assert found(dates_in_words, f"<p><date {attributes}>{words}</date></p>") == []


@pytest.mark.parametrize(("attributes", "words", "code"), DIFFER)
def test_words_and_attributes_differ(attributes: str, words: str, code: str) -> None:
    (fault,) = found(dates_in_words, f"<p><date {attributes}>{words}</date></p>")
    assert fault.startswith(code)


def test_hours_of_time() -> None:
    body = ('<p><time when="07:00:00">7 p.m.</time> <time when="19:00:00-05:00">7 p.m.</time> '
            '<time when="09:00:00">dawn</time></p>')
    assert found(dates_in_words, body) == ['VA353 the words say “7 p.m.”, the markup when="07:00:00"']


@pytest.mark.parametrize("words", ["August 18, 1962", "May 3", "June 1961", "February 29", "October 31, 1899"])
def test_the_quick_reading_is_that_of_the_grammar(words: str) -> None:
    assert (_plain_date(words),) == tuple(find_expressions(words)) == dates_in(words)


def test_words_of_notes_are_no_words_of_the_date() -> None:
    body = '<p><date when="1948-05-18">May 18,<note n="2">See <date>June 1</date>.</note> <!-- x -->1948</date></p>'
    assert found(dates_in_words, body) == []
    assert plain_words(edition(body).named("date")[0]) == "May 18, 1948"


@pytest.mark.parametrize("body", [
    '<p>On <date when="1962-08-18">Monday, August 18</date></p>',
    '<p>On Monday, <date when="1962-08-18">August 18</date></p>',
    "<p>On Monday,\n   August 18, 1962, he came</p>",
    '<p><hi>a</hi> on Monday <date when="1962-08-18">August 18</date></p>',
])  # fmt: skip
def test_a_day_of_the_week_that_is_not_that_of_the_date(body: str) -> None:
    assert found(weekdays, body) == ["VA354 “Monday” stands with 1962-08-18, which was a Saturday"]
    assert found(weekdays, body.replace("Monday", "Saturday")) == []


def test_a_day_of_the_week_is_pointed_at() -> None:
    inventory = edition('<p>Sunday; Monday, <date when="1962-08-18">August 18</date></p>')
    (fault,) = weekdays(inventory)
    data = tei.serialise(inventory.root)
    line, column = Positions(inventory.root, data).of(fault.element, words=fault.words, tail=fault.tail)
    assert data.decode().splitlines()[(line or 0) - 1][(column or 0) - 1 :].startswith("Monday, <date")


def test_spans_in_order_for_schemas_without_our_schematron() -> None:
    body = ('<p><date from="1962-08-18" to="1962-08-16"/><date notBefore="1962-09" notAfter="1962-08"/>'
            '<date when="1962" from="1961"/><time from="23:00:00" to="01:00:00"/>'
            '<date from="1962-08" to="1962-08-16"/></p>')
    assert [fault[:5] for fault in found(dates_ordered, body)] == ["VA212", "VA213", "VA214"]


def test_days_that_there_are_not() -> None:
    body = '<dateline>February 30, 1962 and <date when="1962-02-30">February 29, 1960</date></dateline>'
    assert [fault[:5] for fault in found(dates_possible, body)] == ["VA350", "VA351"]


DATELINE = '<div type="document" n="1"><dateline><date when="1962-08-18">August 18</date></dateline>{}</div>'


@pytest.mark.parametrize(("header", "count"), [
    ('<profileDesc><creation><date when="1962-08-28"/></creation></profileDesc>', 1),
    ('<profileDesc><creation><date when="1962-08-19"/></creation></profileDesc>', 0),  # a zone away
    ('<profileDesc><creation><date notBefore="1962-08-01" notAfter="1962-08-31"/></creation></profileDesc>', 0),
    ('<correspAction type="sent"><date when="1961-08-18"/></correspAction>', 1),
    ('<correspAction type="received"><date when="1962-08-28"/></correspAction>', 0),
])  # fmt: skip
def test_datelines_and_headers(header: str, count: int) -> None:
    assert len(found(dates_of_documents, DATELINE.format(""), header)) == count
    two = DATELINE.format("") + '<div type="document" n="2"/>'
    assert found(dates_of_documents, two, header) == [], "the header of a volume is none of a document"


def test_the_dateline_of_an_enclosure_is_its_own() -> None:
    enclosed = '<floatingText><body><div><dateline><date when="1961-01-01"/></dateline></div></body></floatingText>'
    header = '<creation><date when="1962-08-18"/></creation>'
    assert found(dates_of_documents, DATELINE.format(enclosed), header) == []


# -- persons and citations -----------------------------------------------------------------------


@pytest.mark.parametrize(("names", "count"), [
    ('President <persName ref="#a">Kennedy</persName>, President <persName ref="#b">Kennedy</persName>', 1),
    ('President <persName ref="#a">Kennedy</persName>, Senator <persName ref="#b">Kennedy</persName>', 0),
    ('President <persName ref="#a">Kennedy</persName>, President <persName ref="#b" cert="low">Kennedy</persName>', 0),
    ('Mr. <persName ref="#a">Dulles</persName>, Mr. <persName ref="#b">Dulles</persName>', 0),
    ('the head (<persName ref="#a">Dulles</persName>) and <persName ref="#b">Dulles</persName>', 0),
    ('<persName ref="#a">Kennedy</persName> in the <persName ref="#b">Kennedy</persName> Library', 0),
    ('<persName ref="#a">Frank Wisner</persName> met <persName ref="#b">Frank Wisner</persName>', 1),
])  # fmt: skip
def test_one_name_for_two_persons(names: str, count: int) -> None:
    assert len(found(names_of_two, f'<div type="document"><p>{names}</p></div>')) == count


ENTRIES = ('<list><item><persName xml:id="rusk">Rusk, Dean</persName></item><item><persName xml:id="gdean">Dean, Gordon'
           '</persName></item><item><persName xml:id="ball">Ball, George W.</persName></item></list>')


@pytest.mark.parametrize(("signed", "count"), [
    ('<persName ref="#gdean">Dean</persName>', 1), ('<persName ref="#rusk">Dean</persName>', 0),
    ('<persName ref="#ball">Ball</persName>', 0), ('<persName ref="#ball">D.R.</persName>', 1),
    ('<persName ref="#gdean" cert="low">Dean</persName>', 0), ("<persName>Dean</persName>", 0),
    ('<persName ref="#ball">Dean Rusk</persName>', 1),
])  # fmt: skip
def test_signatures(signed: str, count: int) -> None:
    head = '<head>From Secretary <persName type="from" ref="#rusk">Rusk</persName></head>'
    body = f'<div type="document">{head}<closer><signed>{signed}</signed></closer></div>{ENTRIES}'
    assert len(found(signatures, body)) == count


@pytest.mark.parametrize(("sent", "count"), [
    ('<persName ref="#rusk">Rusk</persName>', 0), ('<persName ref="#ball">Ball</persName>', 1),
    ('<persName ref="#ball">Ball</persName><persName ref="#rusk">Rusk</persName>', 0),
    ("<orgName>Department of State</orgName>", 0),
])  # fmt: skip
def test_parties_of_head_and_header(sent: str, count: int) -> None:
    head = '<div type="document"><head>From <persName type="from" ref="#rusk">Rusk</persName></head></div>'
    header = f'<correspAction type="sent">{sent}</correspAction>'
    assert len(found(parties, head, header)) == count
    assert found(parties, head + '<div type="document"/>', header) == []


@pytest.mark.parametrize(("words", "first", "last", "good"), [
    ("255–57", "255", "257", True), ("99–102", "99", "102", True), ("pp. 255–257", "255", "257", True),
    ("xi–xiv", "xi", "xiv", True), ("255", "255", "255", True), ("255–57", "255", "267", False),
    ("255 ff.", "255", "300", True),
])  # fmt: skip
def test_numbers_of_scopes(words: str, first: str, last: str, good: bool) -> None:
    body = f'<p><bibl><biblScope unit="page" from="{first}" to="{last}">{words}</biblScope></bibl></p>'
    assert (found(numbers_in_words, body) == []) is good


# -- leftovers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "codes"), [
    ("the Presidentâ€™s", "VA368"), ("LÃ©opoldville", "VA368"), ("São Paulo, Ângela, Ärzte, SÃO", ""),
    ("a\ufffdb", "VA369"), ("\uf0b7 one", "VA369"), ("a\u0085b", ""), ("inter\u00adnational", "VA370"),
    ("R&amp;amp;D", "VA371"), ("&lt;br/&gt;", "VA371"), ("3 &lt; 4 &amp; 5 > 4", ""), ("the  Congo", "VA372"),
    ("it said.  No more", ""), ("one\n     two", ""), ("Congo.[2] It", "VA373"), ("in [2] above", ""),
    ("[7 words]", ""),
    ("the Congo2 reported", "VA305"), ("U2 and Polaris A3, 770G.00", ""), ("<ref>Congo2</ref> so", ""),
])  # fmt: skip
def test_leftovers(text: str, codes: str) -> None:
    assert " ".join(fault[:5] for fault in found(leftovers, f"<p>{text}</p>")) == codes


def test_the_second_of_two_leftovers_is_pointed_at() -> None:
    inventory = edition("<p>One Congo2 here, and\nthen Congo2 again</p>")
    data = tei.serialise(inventory.root)
    positions = Positions(inventory.root, data)
    places = [positions.of(fault.element, words=fault.words, tail=fault.tail, before=fault.before)
              for fault in leftovers(inventory)]
    assert [line for line, _ in places] == [2, 3] and places[1][1] == 6


# -- anyone's TEI --------------------------------------------------------------------------------

_NAMES = st.sampled_from(["p", "date", "persName", "note", "pb", "bibl", "idno", "dateline", "div", "closer", "signed",
                          "head", "msDesc", "biblScope", "num", "choice", "correspAction", "time"])  # fmt: skip
_VALUES = st.sampled_from(["", "9" * 30, "1962-08-18", "1962-02-31", "#d1", "d1", "document", "#d1 #d2", "from",
                           "--08-18", "sent", "source", "-1", "0", "25:00:00"])  # fmt: skip
_ATTRIBUTES = st.dictionaries(st.sampled_from(["when", "from", "to", "ref", "type", "n", "source", "corresp", "value",
                                               "notBefore", "unit", "target"]), _VALUES, max_size=3)  # fmt: skip
_TEXTS = st.sampled_from(["", " ", "August 18, 1962", "Monday, ", "Kennedy", "99–102", "  a  b", "4 p.m.",
                          "\ufffd", "Box 7"])


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    element = etree.Element(tei.TEI + draw(_NAMES), draw(_ATTRIBUTES))
    element.text = draw(_TEXTS)
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        child = draw(trees(depth=depth - 1)) if draw(st.integers(0, 5)) else etree.Comment("x")
        child.tail = draw(_TEXTS)
        element.append(child)
    return element


@given(trees())
@settings(max_examples=60, deadline=None)
def test_no_rule_raises_on_anyones_tei(tree: etree._Element) -> None:
    root = etree.Element(f"{tei.TEI}TEI")
    etree.SubElement(root, f"{tei.TEI}text").append(tree)
    inventory = Inventory(root)
    for rule in GENERAL_RULES:
        for fault in rule(inventory):
            assert isinstance(fault, Fault) and fault.message


def test_a_long_paragraph_takes_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        words = "".join(f"word{n % 10} the  next, Monday, August 18, 1962, &lt;b&gt;[2] " for n in range(count))
        inventory = edition(f"<p>{words}</p>")
        begin = time.process_time()
        assert len([*leftovers(inventory), *weekdays(inventory)]) > count
        return time.process_time() - begin

    seconds(100)
    assert seconds(8000) < 25 * max(seconds(1000), 0.005)
