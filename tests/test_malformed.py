"""What is not well-formed: one clear line, at the right place, that says what to write; and files made to do harm."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from command import run

from tei_edition.diagnostics import Diagnostic, UnusableInput
from tei_edition.tei import Bounds, parse
from tei_edition.validation import validate_file


def refused(data: bytes, bounds: Bounds | None = None) -> Diagnostic:
    with pytest.raises(UnusableInput) as caught:
        parse(data, "d1.xml", bounds=bounds or Bounds())
    found = caught.value.diagnostic
    assert "\n" not in str(found) and caught.value.exit_code == 3
    assert found.location.path == "d1.xml" and found.location.line
    return found


# The place is marked by ¦ in the example.
@pytest.mark.parametrize(("marked", "code", "words", "hint"), [
    ("<a>\n <p>t <hi>u¦</p>\n</a>", "VA004", "</p> stands before <hi> of line 2 is closed", "write </hi> before it"),
    ("<a>é<persName>Ball¦</persname></a>", "VA004", "it is written differently", "capital and small letters"),
    ("<a><persName>Ball¦</presName></a>", "VA004", "</presName> does not close <persName>", "write </persName>"),
    ("<a>t¦</b></a>", "VA004", "</b> closes nothing; open is <a> of line 1", "remove it"),
    ("<a/>¦</b>", "VA004", "</b> closes nothing: all elements are closed", "remove it"),
    ("<a>\n<b>\n<c>\n<d>t¦\n\n", "VA005", "<d> of line 4, <c> of line 3, <b> of line 2 and 1 more", "whole file"),
    ("<a>t ¦<!-- left open </a>", "VA005", "the file ends within a comment", "-->"),
    ("<a>t ¦<![CDATA[ left open </a>", "VA005", "the file ends within a CDATA section", "]]>"),
    ("<a>t¦</a", "VA005", "the file ends within an end tag", ">"),
    ("<a>¦<p xlink:href='#d1'/></a>", "VA006", "the prefix xlink: of <p>", 'xmlns:xlink="http://www.w3.org/1999/xlink"'),
    ("<a>¦<my:p/></a>", "VA006", "the prefix my: of <my:p>", 'xmlns:my="…"'),
    ("<a xmlns:x='u'>¦<x:p y:n='1' x:m='2'/></a>", "VA006", "the prefix y:", "xmlns:y"),
    ("<a>é¦\x0c</a>", "VA007", "U+000C", "remove it"),
    ("<a>t¦&#11;</a>", "VA007", "&#11;", "remove it"),
    ("<a>t¦&#xFFFF;</a>", "VA007", "&#xFFFF;", "remove it"),
    ("<a>Brown ¦& Root</a>", "VA008", "a bare & in “Brown & Root”", "&amp;"),
    ("<a>AT¦&T Corp</a>", "VA008", "a bare & in “AT&T Corp”", "&amp;"),
    ("<a n='x¦&y=1'/>", "VA008", "a bare &", "&amp;"),
    ("<a>t¦&amp</a>", "VA008", "lacks its semicolon", "&amp;"),
    ("<a>1 ¦< 2</a>", "VA008", "a < that begins no tag", "&lt;"),
    ("<a n='1 ¦< 2'/>", "VA008", "in the value of @n", "&lt;"),
    ("<a n='1>t¦</a>", "VA008", "its quotation mark is missing", "close the value"),
    ("<a>t¦]]></a>", "VA008", "]]> stands in the text", "]]&gt;"),
    ("<a n='1' ¦n='2'/>", "VA009", "@n stands twice on <a>", "remove"),
    ("<a>¦<p xmlns:x='u' xmlns:y='u' x:n='1' y:n='2'/></a>", "VA009", "under two prefixes", "remove"),
    ("<a n=¦1/>", "VA010", "the value of @n on <a> needs quotation marks", 'n="…"'),
    ("<a n=¦“1”/>", "VA010", "has curly ones: “", 'n="…"'),
    ("<a n¦/>", "VA010", "@n on <a> has no value", 'n="…"'),
    ("<a n='1'¦m='2'/>", "VA010", "a blank is missing", "write one"),
    ("<a ¦<b/></a>", "VA010", "the tag <a is not closed", ">"),
    ("<a><!-- one ¦-- two --></a>", "VA001", "two hyphens", "other characters"),
    ("<a/>\n¦<b/>", "VA016", "<b> stands behind the end", "<teiCorpus>"),
    ("<a/>\n¦lost words", "VA016", "text stands behind the end", "remove it"),
    ("<?xml version='1.0'?>\n¦lost words <a/>", "VA016", "text stands before the outermost element", "remove it"),
    ("<a/>¦/\n", "VA016", "text stands behind", "remove it"),
    ("<a n='¦&nbsp;'/>", "VA002", "&nbsp; is one of HTML", "&#160;"),
    ("<a n='x\n¦&#1;'/>", "VA007", "&#1;", "remove it"),
    ("\n¦<?xml version='1.0'?><a/>", "VA017", "blanks or empty lines", "very first thing"),
    ("<a/>\n¦<?xml version='1.0'?>", "VA017", "something stands before", "once"),
    ("<?xml version=¦1.0?><a/>", "VA017", "not written properly", "<?xml version"),
    ("<a>t¦&nbsp;u</a>", "VA002", "&nbsp; is one of HTML", "write &#160;"),
    ("<a>t¦&eacute;</a>", "VA002", "&eacute; is one of HTML", "write é itself"),
    ("<a>t¦&dept;</a>", "VA002", "&dept; is used and declared nowhere", "the characters themselves"),
    ("<!DOCTYPE a [\n <!ELEMENT a ANY>\n ¦<!ENTITY dept 'x'>]><a/>", "VA002", "entity dept is declared", "characters"),
    ("¦Department of State", "VA011", "a plain text", "tei-edition convert"),
    ("¦<!DOCTYPE html>\n<html><p>x<br></html>", "VA011", "a web page", "TEI itself"),
    ("¦{\"title\": \"x\"}", "VA011", "JSON", "TEI"),
    ("¦ \n", "VA011", "the file is empty", "saved"),
    ("¦<!-- nothing else -->", "VA011", "no element", "saved"),
])
def test_each_fault_is_told_at_its_place(marked: str, code: str, words: str, hint: str) -> None:
    before, _, behind = marked.partition("¦")
    found = refused((before + behind).encode())
    assert (found.code, found.location.line, found.location.column) == (
        code, before.count("\n") + 1, len(before) - before.rfind("\n")), found
    assert words in found.message and hint in found.hint, found


@pytest.mark.parametrize(("data", "words"), [
    (b"\x1f\x8b\x08rest", "gzip"), (b"PK\x03\x04..word/document.xml", "Word document"), (b"PK\x03\x04..", "an archive"),
    (b"%PDF-1.4", "PDF"), (b"{\\rtf1", "RTF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
    (b"\x00\x01\x02", "no text"), (b"\xef\xbb\xbf\n", "empty"), (b"", "empty"),
])
def test_other_files_are_called_by_their_names(data: bytes, words: str) -> None:
    found = refused(data)
    assert found.code == "VA011" and words in found.message


@pytest.mark.parametrize(("data", "place", "words"), [
    ("<a>\n<b>café</b></a>".encode("latin-1"), (2, 7), "0xE9 is not UTF-8; in Windows-1252 it would be “é”"),
    ("<?xml version='1.0' encoding='UTF-8'?><a>“x”</a>".encode("windows-1252"), (1, 42), "0x93 is not UTF-8"),
    ("<?xml version='1.0' encoding='ascii'?><a>é</a>".encode(), (1, 42), "0xC3 is not ascii"),
    ("<?xml version='1.0' encoding='UTF-16'?><a>é</a>".encode(), (1, 1), "says UTF-16, but"),
    ("<a>é</a>".encode("utf-16-le"), (1, 1), "looks like UTF-16"),
    (b"<?xml version='1.0' encoding='klingon'?><a/>", (1, 1), "“klingon”"),
    (b"<?xml version='1.0' encoding='latin-1'?><a/>", (1, 39), "“latin-1” is not known by this name"),
    (b"<?xml version='1.0' encoding='base64'?><a/>", (1, 1), "“base64”"),
    (b"<a>\xed\xa0\xbd\xed\xb8\x80</a>", (1, 4), "surrogate"),
    (b"<a>\xc3", (1, 4), "0xC3 is not UTF-8"),
])
def test_bytes_in_the_wrong_encoding(data: bytes, place: tuple[int, int], words: str) -> None:
    found = refused(data)
    assert (found.code, found.location.line, found.location.column) == ("VA012", *place)
    assert words in found.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_what_says_its_encoding_is_read_and_places_are_right(encoding: str) -> None:
    name = encoding.removesuffix("-sig")
    text = f"<?xml version='1.0' encoding='{name}'?>\n<a>Léopoldville</a>"
    assert parse(text.encode(encoding)).text == "Léopoldville"
    found = refused(text.replace("</a>", "<b></a>").encode(encoding))
    assert (found.code, found.location.line, found.location.column) == ("VA004", 2, 19)


@pytest.mark.parametrize("declared", ["", "<?xml version='1.0' encoding='UTF-8'?>\n", "<?xml version='1.0'?>\n"])
def test_a_byte_order_mark_counts_more_than_the_declaration(declared: str, tmp_path: Path) -> None:
    text = (Path(__file__).parent / "mistakes" / "minimal-edition.xml").read_text("utf-8").partition("?>\n")[2]
    text = declared + text.replace("<p>Text.</p>", "<p>Léopoldville</p><p>é<wrong/></p>")
    (tmp_path / "d1.xml").write_bytes(text.encode("utf-16"))
    line = text[:text.index("<wrong/>")].count("\n")
    (found,) = validate_file(tmp_path / "d1.xml")
    assert (found.code, found.location.line, found.location.column) == (
        "VA101", line + 1, text.split("\n")[line].index("<wrong/>") + 1)


@pytest.mark.parametrize("text", ["<a><!-- <!ENTITY b 'x'> --></a>", "<a><![CDATA[<!ENTITY b 'x'>]]></a>",
                                  "<!DOCTYPE a [<!-- <!ENTITY b 'x'> -->]><a/>"])
def test_words_about_entities_are_no_entities(text: str) -> None:
    assert parse(text.encode()).tag == "a"


@pytest.mark.parametrize("text", ["<a><{0}:b/></a>", "<a><b {0}=1/></a>", "<{0}>t</b>", "<a>&{0};</a>", "<a>{0}",
                                  "<a {0}='1' {0}='2'/>", "<a>&{0} </a>", "<{0} <b/>",
                                  "<?xml version='1.0' encoding='{0}'?><a/>"])
def test_names_without_end_make_no_message_without_end(text: str) -> None:
    assert len(str(refused(text.format("x" * 3000).encode()))) < 520


class TestBounds:
    @pytest.mark.parametrize(("data", "bounds", "code"), [
        (b"<a>" + b" " * 100 + b"</a>", Bounds(size=100), "VA014"),
        (b"<a>" + b"<b/>" * 100 + b"</a>", Bounds(tags=100), "VA014"),
        (b"<a><b n='" + b"x" * 101 + b"'/></a>", Bounds(attribute=100), "VA015"),
        (b"<a>" * 10_000 + b"</a>" * 10_000, Bounds(), "VA013"),
        (b"<a>" * 10_000, Bounds(), "VA013"),
        (b"<" + b"x" * 60_000 + b"/>", Bounds(), "VA015"),
    ])
    def test_one_line_each(self, data: bytes, bounds: Bounds, code: str) -> None:
        assert refused(data, bounds).code == code

    def test_what_is_just_within_is_read(self) -> None:
        data = b"<a n='" + b"x" * 100 + b"'>" + b"y" * 500 + b"<b/></a>"
        assert parse(data, bounds=Bounds(size=len(data), tags=3, attribute=100)).tag == "a"
        assert parse(b"<a>" * 256 + b"</a>" * 256).tag == "a"


# -- files made to do harm ----------------------------------------------------

LAUGHS = "<!DOCTYPE a [<!ENTITY l0 'ha'>" + "".join(
    f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
HARM = {
    "billion laughs": f"{LAUGHS}<a>&l9;</a>",
    "billion laughs in an attribute": f"{LAUGHS}<a n='&l9;'/>",
    "quadratic blow-up": f"<!DOCTYPE a [<!ENTITY b '{'x' * 50_000}'>]><a>{'&b;' * 50_000}</a>",
    "an entity that holds itself": "<!DOCTYPE a [<!ENTITY b '&c;'><!ENTITY c '&b;'>]><a>&b;</a>",
    "a file": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "an address": "<!DOCTYPE a [<!ENTITY b SYSTEM '{address}/b'>]><a>&b;</a>",
    "a parameter entity": "<!DOCTYPE a [<!ENTITY % b SYSTEM '{address}/p'> %b;]><a/>",
    "a parameter entity in another": "<!DOCTYPE a [<!ENTITY % f SYSTEM 'file:///etc/passwd'><!ENTITY % e "
                                     "\"<!ENTITY s SYSTEM '{address}/?%f;'>\"> %e;]><a>&s;</a>",
}


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address, and what was asked for there."""
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing of this is for people."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("name", HARM)
def test_entities_are_refused_before_they_are_expanded(name: str, listener: tuple[str, list[str]]) -> None:
    address, asked = listener
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = refused(HARM[name].replace("{address}", address).encode())
    assert found.code == "VA002" and asked == []
    assert "root:" not in str(found), "nothing of the file is shown"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "50 MB"


def test_a_document_type_outside_is_not_fetched(listener: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = listener
    (tmp_path / "a.dtd").write_text("<!ATTLIST a n CDATA 'added'>")
    for system in (f"{address}/a.dtd", "file:///etc/passwd", str(tmp_path / "a.dtd")):
        assert parse(f"<!DOCTYPE a SYSTEM '{system}'><a xmlns:xi='http://www.w3.org/2001/XInclude'>"
                     f"<xi:include href='{address}/x'/></a>".encode()).get("n") is None
    assert asked == []


@pytest.mark.parametrize("command", [["validate", "{file}"], ["transform", "{file}", "--to", "html"],
                                     ["diff", "{file}", "{file}"], ["convert", "{text}", "--authority", "{file}"]])
def test_every_command_that_reads_xml_says_one_line(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "d1.xml").write_text(HARM["billion laughs"])
    (tmp_path / "d1.txt").write_text("1. Editorial Note\n\nThe President resigned.\n")
    call = [part.format(file=tmp_path / "d1.xml", text=tmp_path / "d1.txt") for part in command]
    done = run(*call)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "VA002" in line]
    assert done.returncode == (1 if command[0] == "validate" else 3)
    assert len(said) == 1 and "d1.xml:1:14: VA002 error: the entity l0 is declared" in said[0]
    assert "Traceback" not in done.stderr
