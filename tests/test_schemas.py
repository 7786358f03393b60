"""Which schema a document is checked with: names, paths, what the document names itself, and what is fetched."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from tei_edition import tei
from tei_edition.cli.schema import command as schema_command
from tei_edition.diagnostics import UnusableInput, WrongUsage
from tei_edition.resources import schema_path
from tei_edition.validation.schemas import catalogue as catalogue_module
from tei_edition.validation.schemas import choose
from tei_edition.validation.schemas import choosing as choosing_module
from tei_edition.validation.schemas.cache import cached, checksum, folder_of, recorded
from tei_edition.validation.schemas.catalogue import Known, Remote, bare_address, known_schemas, named_by
from tei_edition.validation.schemas.fetching import fetch
from tei_edition.validation.schemas.profile import OURS

MISTAKES = Path(__file__).parent / "mistakes"
EDITION = (MISTAKES / "minimal-edition.xml").read_text("utf-8")
SMALL = (b'<element name="TEI" ns="http://www.tei-c.org/ns/1.0" xmlns="http://relaxng.org/ns/structure/1.0"><text/>'
         b"</element>")
RULES = b'<schema xmlns="http://purl.oclc.org/dsdl/schematron"><pattern/></schema>'
COMPACT = 'default namespace = "http://www.tei-c.org/ns/1.0"\nstart = element TEI { text }\n'
TEI_ALL = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEI_EDITION_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def small(url: str = "", *, sha256: str = "", name: str = "small") -> Known:
    return Known(name, "a stand-in", "1.0", files=(Remote("small.rng", (url,), sha256),))


def code_of(error: pytest.ExceptionInfo[UnusableInput]) -> str:
    return error.value.diagnostic.code


class TestCatalogue:
    def test_has_the_names_that_the_command_promises(self) -> None:
        assert list(known_schemas()) == ["edition", "frus", "tei-all", "tei-lite", "tei-simpleprint", "cmif"]

    @pytest.mark.parametrize("known", known_schemas().values(), ids=lambda known: known.name)
    def test_each_entry_is_complete(self, known: Known) -> None:
        assert bool(known.shipped) != bool(known.files), "it travels with the program, or is fetched"
        assert all(path.is_file() for path in known.paths)
        for file in known.files:
            assert known.version and file.urls
            assert all(url.startswith("https://") for url in file.urls)
            assert not file.sha256 or len(bytes.fromhex(file.sha256)) == 32
        assert all(bare_address(address) == address for address in known.also)

    def test_an_address_leads_to_its_schema_however_it_is_written(self) -> None:
        for address in (TEI_ALL, TEI_ALL.replace("https://www.", "http://"), TEI_ALL + "?v=1"):
            found = named_by(address)
            assert found and (found[0].name, found[1]) == ("tei-all", 0)
        assert named_by("https://example.org/tei_all.rng") is None
        cmif = known_schemas()["cmif"]
        assert named_by(cmif.files[1].urls[0]) == (cmif, 1)

    def test_ours_are_known_without_it(self) -> None:
        assert {name: known.shipped for name, known in known_schemas().items() if known.shipped} == OURS


class TestByName:
    @pytest.mark.parametrize(("name", "grammar", "rules"), [("edition", "tei-edition.rng", ["tei-edition.sch"]),
                                                           ("frus", "tei-edition-frus.rng", [])])
    def test_ours_travel_with_the_program(self, name: str, grammar: str, rules: list[str]) -> None:
        choice = choose(name)
        assert (choice.name, choice.profile, choice.notes) == (name, name, ())
        assert choice.grammar == choice.rng == schema_path(grammar)
        assert [path.name for path in choice.schematron] == rules

    def test_what_is_not_fetched_says_how_to_fetch_it(self) -> None:
        with pytest.raises(WrongUsage) as error:
            choose("tei-all")
        assert code_of(error) == "CO040" and "tei-edition schema fetch tei-all" in error.value.diagnostic.hint

    @pytest.mark.parametrize("name", ["tei-lite", "tei-simpleprint"])
    def test_a_stand_in_brought_from_a_file_is_used(self, name: str, tmp_path: Path) -> None:
        """The real schemas cannot be had without the network; what is tested is the way that they go."""
        (tmp_path / "any.rng").write_bytes(SMALL)
        (path,) = fetch(known_schemas()[name], tmp_path / "any.rng")
        choice = choose(name)
        assert (choice.name, choice.rng, choice.schematron, choice.profile) == (name, path, (), None)
        assert path.read_bytes() == SMALL

    def test_an_address_of_the_catalogue_is_its_name(self) -> None:
        with pytest.raises(WrongUsage) as error:
            choose(TEI_ALL)
        assert code_of(error) == "CO040"

    @pytest.mark.parametrize("name", ["tei-something", "https://example.org/my.rng", "missing.rng", "a.dtd", ""])
    def test_what_is_none_is_wrong_usage(self, name: str) -> None:
        with pytest.raises(WrongUsage) as error:
            choose(name)
        assert code_of(error) == "CO041" and "\n" not in str(error.value)

    def test_a_path(self, tmp_path: Path) -> None:
        for name in ("a.rng", "b.xsd"):
            (tmp_path / name).write_bytes(SMALL)
        (tmp_path / "c.rng").write_bytes(SMALL.replace(b"<text/>", b"<text/><!-- %s -->" % SCHEMATRON.encode()))
        rng, xsd, ruled = (choose(tmp_path / name) for name in ("a.rng", "b.xsd", "c.rng"))
        assert (rng.name, rng.rng, rng.xsd, rng.schematron) == ("a.rng", tmp_path / "a.rng", None, ())
        assert (xsd.rng, xsd.xsd, xsd.grammar) == (None, tmp_path / "b.xsd", tmp_path / "b.xsd")
        assert ruled.schematron == (tmp_path / "c.rng",), "the rules embedded in a schema go with it"

    def test_a_copy_of_ours_is_ours(self, tmp_path: Path) -> None:
        copy = shutil.copy(schema_path("tei-edition.rng"), tmp_path)
        assert choose(copy) == choose("edition")
        Path(copy).write_bytes(SMALL)
        assert choose(copy).name == "tei-edition.rng" and choose(copy).profile is None


class TestCompactSyntax:
    @pytest.mark.skipif(not shutil.which("trang"), reason="needs Debian's trang")
    def test_trang_is_asked_once(self, tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "small.rnc").write_text('include "part.rnc"\n')
        (tmp_path / "part.rnc").write_text(COMPACT)
        first = choose(tmp_path / "small.rnc")
        assert first.name == "small.rnc" and first.rng and first.rng.is_relative_to(own_cache)
        assert tei.parse(first.rng.read_bytes()).tag == "{http://relaxng.org/ns/structure/1.0}grammar"
        monkeypatch.setenv("PATH", "")
        assert choose(tmp_path / "small.rnc") == first, "the cache has it"
        (tmp_path / "part.rnc").write_text(COMPACT.replace("TEI", "teiCorpus"))
        with pytest.raises(WrongUsage) as error:  # what it includes has changed
            choose(tmp_path / "small.rnc")
        assert code_of(error) == "CO042"

    def test_without_trang_one_line_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "small.rnc").write_text(COMPACT)
        monkeypatch.setenv("PATH", "")
        with pytest.raises(WrongUsage) as error:
            choose(tmp_path / "small.rnc")
        assert code_of(error) == "CO042" and "trang, which is not installed" in str(error.value)

    @pytest.mark.skipif(not shutil.which("trang"), reason="needs Debian's trang")
    def test_what_trang_refuses_is_told_with_its_place(self, tmp_path: Path, own_cache: Path) -> None:
        (tmp_path / "bad.rnc").write_text("start = element a {\n  nonsense!\n}\n")
        with pytest.raises(WrongUsage) as error:
            choose(tmp_path / "bad.rnc")
        assert str(error.value).startswith(f"{tmp_path / 'bad.rnc'}:2:") and code_of(error) == "CO042"
        assert list((own_cache / "compact").iterdir()) == [], "nothing half-made is left"


def document(*before: str, root: str = "") -> str:
    return "\n".join((*before, EDITION.partition("?>\n")[2].replace("<TEI", f"<TEI {root}".rstrip(), 1)))


def model(href: str, kind: str = "http://relaxng.org/ns/structure/1.0") -> str:
    return f'<?xml-model href="{href}" type="application/xml" schematypens="{kind}"?>'


SCHEMATRON, XSD = "http://purl.oclc.org/dsdl/schematron", "http://www.w3.org/2001/XMLSchema"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


class TestByDocument:
    def choose(self, text: str, folder: Path | None) -> choosing_module.Choice:
        return choose("auto", tei.parse(text.encode()), folder / "d280.xml" if folder else None)

    def test_one_that_names_none_is_told_by_its_profile(self, tmp_path: Path) -> None:
        assert self.choose(document(), tmp_path) == choose("edition")
        assert self.choose((MISTAKES / "minimal-frus.xml").read_text("utf-8"), None) == choose("frus")

    def test_ours_need_not_lie_beside_the_edition(self, tmp_path: Path) -> None:
        text = document(model("tei-edition.rng"), model("tei-edition.sch", SCHEMATRON))
        assert self.choose(text, tmp_path) == self.choose(text, None) == choose("edition")
        for name in ("tei-edition.rng", "tei-edition.sch"):
            shutil.copy(schema_path(name), tmp_path)
        beside = self.choose(text, tmp_path)
        assert (beside.name, beside.rng, beside.notes) == ("edition", schema_path("tei-edition.rng"), ())

    @pytest.mark.parametrize("instruction", [model("schemas/my%20own.rng"), model("./schemas/my own.rng#top"),
                                             "<?xml-model href='schemas/my own.rng'?>",
                                             '<?oxygen RNGSchema="schemas/my own.rng" type="xml"?>'])
    def test_a_file_relative_to_the_document(self, instruction: str, tmp_path: Path) -> None:
        (tmp_path / "schemas").mkdir()
        (tmp_path / "schemas" / "my own.rng").write_bytes(SMALL)
        choice = self.choose(document(instruction), tmp_path)
        assert choice.rng and choice.rng.resolve() == (tmp_path / "schemas" / "my own.rng").resolve()
        assert (choice.schematron, choice.profile, choice.notes) == ((), None, ())

    def test_schematron_goes_with_the_grammar(self, tmp_path: Path) -> None:
        (tmp_path / "a.rng").write_bytes(SMALL)
        (tmp_path / "a.sch").write_bytes(RULES)
        choice = self.choose(document(model("a.rng"), model("a.sch", SCHEMATRON), model("a.rng", SCHEMATRON)), tmp_path)
        assert choice.schematron == (tmp_path / "a.sch", tmp_path / "a.rng")
        alone = self.choose(document(model("a.sch", SCHEMATRON)), tmp_path)
        assert alone.name == "edition" and alone.schematron == (*choose("edition").schematron, tmp_path / "a.sch")

    @pytest.mark.parametrize("attribute", ['xsi:noNamespaceSchemaLocation="a.xsd"',
                                           'xsi:schemaLocation="http://www.tei-c.org/ns/1.0 a.xsd"',
                                           'xsi:schemaLocation="u b.xsd http://www.tei-c.org/ns/1.0 a.xsd v c.xsd"'])
    def test_the_xsd_of_a_schema_location(self, attribute: str, tmp_path: Path) -> None:
        (tmp_path / "a.xsd").write_bytes(SMALL)
        choice = self.choose(document(root=f"{XSI} {attribute}"), tmp_path)
        assert (choice.xsd, choice.rng, choice.notes) == (tmp_path / "a.xsd", None, ())

    def test_tei_all_by_its_address_once_it_is_fetched(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        text = document(model(TEI_ALL), model(TEI_ALL, SCHEMATRON))
        before = self.choose(text, tmp_path)
        assert before.name == "edition"
        assert [note.code for note in before.notes] == ["CO047", "CO047"]
        assert "run once: tei-edition schema fetch tei-all; checked as “edition” instead" in before.notes[0].message
        stand_in = Known("tei-all", "a stand-in", "0", files=(Remote("tei_all.rng", (TEI_ALL,)),))
        monkeypatch.setattr(catalogue_module, "named_by", lambda address: (stand_in, 0))
        (tmp_path / "tei_all.rng").write_bytes(SMALL)
        (path,) = fetch(stand_in, tmp_path)
        after = self.choose(text, tmp_path)
        assert (after.name, after.rng, after.schematron, after.notes) == ("tei-all", path, (path,), ())

    @pytest.mark.parametrize(("before", "why"), [
        (model("missing.rng"), "there is no such file"),
        (model("https://example.org/a.rng"), "addresses are not followed"),
        (model("file:///etc/passwd"), "only files relative to the document"),
        (model("/etc/passwd"), "only files relative to the document"),
        (model("note.txt"), "it is no .rng, .rnc, .xsd or .sch"),
        (model("a.nvdl", "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"), "neither RELAX NG, XML Schema nor"),
    ])
    def test_what_cannot_be_used_is_a_note_at_its_line(self, before: str, why: str, tmp_path: Path) -> None:
        (tmp_path / "note.txt").write_text("a note")
        choice = self.choose(document("<?xml version='1.0'?>", before), tmp_path)
        (note,) = choice.notes
        assert choice.name == "edition" and why in note.message and note.severity == "note"
        assert note.location.line == 2 and note.location.path.endswith("d280.xml")

    def test_an_rnc_without_trang_is_a_note_here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        (tmp_path / "a.rnc").write_text(COMPACT)
        compact = '<?xml-model href="a.rnc" type="application/relax-ng-compact-syntax"?>'
        choice = self.choose(document(compact), tmp_path)
        assert choice.name == "edition" and "trang" in choice.notes[0].message

    def test_only_the_first_grammar_counts(self, tmp_path: Path) -> None:
        for name in ("a.rng", "b.rng"):
            (tmp_path / name).write_bytes(SMALL)
        choice = self.choose(document(model("a.rng"), model("b.rng")), tmp_path)
        assert choice.name == "a.rng" and "b.rng" in choice.notes[0].message


# -- fetching -----------------------------------------------------------------


class Server(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        answers = {"/good.rng": SMALL, "/page.rng": b"<html><p>Sorry</p></html>", "/prose.rng": b"Sorry",
                   "/other.rng": SMALL + b"<!-- another -->", "/large.rng": b"<a>" + b" " * 2000 + b"</a>"}
        if self.path == "/slow.rng":
            self.send_response(200)
            self.end_headers()
            time.sleep(0.6)
        elif self.path.startswith("/to/"):
            self.send_response(302)
            target = {"here": "/good.rng", "loop": "/to/loop", "out": "http://example.org/a.rng",
                      "file": "file:///etc/passwd"}[self.path[4:]]
            self.send_header("Location", target)
            self.end_headers()
        elif self.path in ("/truncated.rng", "/unmeasured.rng"):
            self.send_response(200)
            length = {"/truncated.rng": str(len(SMALL)), "/unmeasured.rng": ""}[self.path]
            if length:
                self.send_header("Content-Length", length)
            self.end_headers()
            self.wfile.write(SMALL[:40] if length else b"<a>" + b" " * 2000)
        elif self.path in answers:
            self.send_response(200)
            self.send_header("Content-Length", str(len(answers[self.path])))
            self.end_headers()
            self.wfile.write(answers[self.path])
        else:
            self.send_error(404)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing of this is for people."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


class TestFetching:
    def test_a_good_one_is_kept_with_its_checksum(self, server: str) -> None:
        known = small(f"{server}/good.rng", sha256=checksum(SMALL))
        (path,) = fetch(known)
        assert path.read_bytes() == SMALL and cached(known) == (path,)
        assert recorded(known) == {"small.rng": checksum(SMALL)}
        assert sorted(p.name for p in path.parent.iterdir()) == ["fetched.json", "small.rng"]

    def test_a_redirect_on_the_same_footing_is_followed(self, server: str) -> None:
        assert fetch(small(f"{server}/to/here"))[0].read_bytes() == SMALL

    @pytest.mark.parametrize(("path", "code", "words"), [
        ("/missing.rng", "CO043", "the server answers 404"),
        ("/truncated.rng", "CO043", "cut off after 40"),
        ("/slow.rng", "CO043", "within 0.4 seconds"),
        ("/to/loop", "CO043", "the server answers 302: too often"),
        ("/to/out", "CO046", "the redirect to http://example.org/a.rng is not https"),
        ("/to/file", "CO04", "file:///etc/passwd"),
        ("/large.rng", "CO045", "larger than"),
        ("/unmeasured.rng", "CO045", "larger than"),
        ("/page.rng", "CO048", "its outermost element is <html>"),
        ("/prose.rng", "CO048", "what came is no schema"),
    ])
    def test_what_is_not_right_is_one_line_and_nothing_is_kept(self, path: str, code: str, words: str,
                                                              server: str) -> None:
        known = small(server + path)
        with pytest.raises(UnusableInput) as error:
            fetch(known, most=1000, seconds=0.4)
        assert code_of(error).startswith(code) and words in str(error.value) and "\n" not in str(error.value)
        assert error.value.exit_code == 3
        assert cached(known) == () and not folder_of(known).exists()

    def test_the_checksum_of_the_release_is_binding(self, server: str) -> None:
        known = small(f"{server}/other.rng", sha256=checksum(SMALL))
        for force in (False, True):
            with pytest.raises(UnusableInput) as error:
                fetch(known, force=force)
            assert code_of(error) == "CO044" and checksum(SMALL) in str(error.value)
        assert cached(known) == ()

    def test_where_none_is_known_the_first_fetch_counts(self, server: str) -> None:
        fetch(small(f"{server}/good.rng"))
        with pytest.raises(UnusableInput) as error:
            fetch(small(f"{server}/other.rng"))
        assert code_of(error) == "CO044" and "when it was first fetched" in str(error.value)
        assert fetch(small(f"{server}/other.rng"), force=True)[0].read_bytes().endswith(b"<!-- another -->")

    def test_the_next_address_is_tried(self, server: str) -> None:
        known = Known("small", "", "1.0", files=(Remote("small.rng", (f"{server}/missing.rng", f"{server}/good.rng")),))
        assert fetch(known)[0].read_bytes() == SMALL

    @pytest.mark.parametrize("url", ["http://example.org/a.rng", "ftp://127.0.0.1/a", "file:///etc/passwd", "a.rng"])
    def test_nothing_but_https_is_asked(self, url: str) -> None:
        with pytest.raises(UnusableInput) as error:
            fetch(small(url))
        assert code_of(error) == "CO046"

    def test_nobody_there(self) -> None:
        with pytest.raises(UnusableInput) as error:
            fetch(small("http://127.0.0.1:9/a.rng"))
        assert code_of(error) == "CO043" and "refused" in str(error.value).lower()

    def test_from_a_folder_with_the_version_in_the_name(self, tmp_path: Path) -> None:
        (tmp_path / "small_1.0.rng").write_bytes(SMALL)
        assert fetch(small(), tmp_path)[0].read_bytes() == SMALL
        with pytest.raises(UnusableInput) as error:
            fetch(small(), tmp_path / "missing.rng")
        assert code_of(error) == "CO001"
        with pytest.raises(UnusableInput) as error:
            fetch(small(), tmp_path, most=10)
        assert code_of(error) == "CO045"

    def test_one_of_two_files_missing_is_none(self, tmp_path: Path) -> None:
        both = Known("two", "", "1", files=(Remote("a.rng", ()), Remote("a.sch", ())))
        (tmp_path / "a.rng").write_bytes(SMALL)
        with pytest.raises(UnusableInput):
            fetch(both, tmp_path)
        assert not folder_of(both).exists()
        (tmp_path / "a.sch").write_bytes(RULES)
        assert [path.name for path in fetch(both, tmp_path / "a.rng")] == ["a.rng", "a.sch"]

    def test_a_file_changed_in_the_cache_is_not_used(self, tmp_path: Path) -> None:
        (tmp_path / "small_1.0.rng").write_bytes(SMALL)
        (path,) = fetch(small(), tmp_path)
        path.write_bytes(SMALL + b"\n")
        with pytest.raises(UnusableInput) as error:
            cached(small())
        assert code_of(error) == "CO044" and "--force" in error.value.diagnostic.hint
        (path.parent / "fetched.json").write_text("[]")
        assert cached(small()) == ()


class TestCommand:
    def call(self, *arguments: str | Path) -> tuple[str, str]:
        done = CliRunner().invoke(schema_command, list(map(str, arguments)), standalone_mode=False)
        error = done.exception
        assert error is None or isinstance(error, UnusableInput), error
        return done.stdout, f"{error.exit_code} {error.diagnostic.code}" if error else ""

    def test_a_folder_alone_is_where_ours_are_copied_to(self, tmp_path: Path) -> None:
        out, error = self.call(tmp_path / "a")
        assert error == "" and (tmp_path / "a" / "tei-edition.rng").is_file() and len(out.splitlines()) == 8
        assert self.call("copy", tmp_path / "a")[0].count("(there already)") == 8
        (tmp_path / "a" / "tei-edition.sch").write_text("mine")
        assert self.call(tmp_path / "a")[1] == "2 CO002"
        assert self.call("--force", tmp_path / "a")[1] == ""

    def test_list_says_what_is_known_and_where_it_lies(self, tmp_path: Path) -> None:
        (tmp_path / "a.rng").write_bytes(SMALL)
        path = self.call("fetch", "tei-lite", "--from", tmp_path / "a.rng")[0].strip()
        rows = {row.split("\t")[0]: row.split("\t")[1:] for row in self.call("list")[0].splitlines()}
        assert list(rows) == list(known_schemas())
        assert rows["edition"][2] == str(schema_path("tei-edition.rng"))
        assert rows["tei-lite"] == ["4.12.0", "fetched", path]
        assert rows["tei-all"][1] == "not fetched" and rows["tei-all"][2].startswith("https://")
        Path(path).write_bytes(SMALL + b"\n")
        assert "spoilt: run: tei-edition schema fetch tei-lite --force" in self.call("list")[0]

    def test_fetch_by_name_only(self, tmp_path: Path) -> None:
        (tmp_path / "a.rng").write_bytes(SMALL)
        assert self.call("fetch", TEI_ALL)[1] == self.call("fetch", "nothing")[1] == "2 CO041"
        assert self.call("fetch", "tei-all", "--from", tmp_path / "a.rng")[1] == "3 CO044"
        assert self.call("fetch", "frus")[0].startswith("frus travels with the program")
