"""Rules that are not run by ourselves, run by Saxon where the extra `saxon` (saxonche) is installed.

`document('persons.xml')`, `xsl:function` with loops and `xsl:analyze-string`, stylesheets that a schema imports. Of a
pattern one stylesheet is made (`stylesheet`), which Saxon runs in a process of its own (`saxon_process`) that may read
nothing. What a rule asks for by name is read here, if it lies beside the schema or the document (`beside`), and given
to it; then all is asked again. What ends that process, or takes too long, is a rule that cannot be run.
"""

from __future__ import annotations

import atexit
import itertools
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tei_edition.validation.schematron.beside import (
    Missing,
    address_of,
    allowed_file,
    folders_of,
    text_of_file,
    tree_of_file,
)
from tei_edition.validation.schematron.compiling import ReadyPattern
from tei_edition.validation.schematron.model import Let, Schema
from tei_edition.validation.schematron.native import CannotRun, Place
from tei_edition.validation.schematron.stylesheet import BEGIN, GIVEN, OURS, Sheet, with_imported

_O = f"{{{OURS}}}"
_ROUNDS = 50  # files that name files that name files
_SECONDS = 30  # that a pattern may take with a document; a volume of 3 MB takes one
_NEEDED = re.compile(r"needed: (.*?) ;", re.DOTALL)  # Saxon adds in what expression it met it
_CODE = re.compile(r"\b[A-Z]{4}\d{4}\s+(.+)", re.DOTALL)
_NUMBERS = itertools.count(1)


class Answer(NamedTuple):
    """What Saxon says of a test at a node: the message and its diagnostics, or why it could not be run."""

    place: Place
    text: str = ""
    hints: tuple[str, ...] = ()
    failed: str = ""


class Ended(CannotRun):
    """A rule that ends the process of Saxon, or never comes to an end itself."""


class Saxon:
    """The rules of one schema; `begin` a document, then ask for the tests of a pattern by their numbers in it.

    `imports_fail` says why what the schema imports cannot be used; then there is nothing to be asked.
    """

    def __init__(self, schema: Schema, lets: Iterable[Let]) -> None:
        self._schema = schema
        self._lets = tuple(lets)
        self._base = address_of(schema.path)
        self._sheets: dict[ReadyPattern, dict[frozenset[int], tuple[int, str]]] = {}
        self._instructions: list[etree._Element] = []
        self._ended: dict[tuple[ReadyPattern, int], str] = {}
        self.imports_fail = ""
        try:
            self._instructions = with_imported(schema.instructions, Path(schema.path))
        except CannotRun as error:
            self.imports_fail = str(error)

    def begin(self, root: etree._Element, path: str = "") -> None:
        """Forget the document before. `path` is where it lies."""
        self._root = root
        self._path = path
        self._number = next(_NUMBERS)
        self._nodes: list[etree._Element] = []
        self._files: dict[str, _Given] = {}

    def answers(self, pattern: ReadyPattern, numbers: Collection[int]) -> dict[int, list[Answer]]:
        """Return what the tests of a pattern with these numbers say; one that cannot be run says so once."""
        found: dict[int, list[Answer]] = {number: [] for number in numbers}
        for element in self._elements(pattern, frozenset(numbers)):
            said = found[int(element.get("check", ""))]
            if element.tag == f"{_O}found" or not any(answer.failed for answer in said):
                said.append(self._answer(element))
        return found

    def _elements(self, pattern: ReadyPattern, numbers: frozenset[int]) -> list[etree._Element]:
        """Return what the stylesheet of some tests writes; those of each of them if together they do not run."""
        first = min(numbers)
        try:
            if (pattern, first) in self._ended:
                raise CannotRun(self._ended[pattern, first])
            return self._found(self._sheet(pattern, numbers))
        except CannotRun as error:
            if len(numbers) == 1:
                if isinstance(error, Ended):  # with each document it would be waited for as long
                    self._ended[pattern, first] = str(error)
                failed = etree.Element(f"{_O}failed", check=str(first))
                failed.text = str(error)
                return [failed]
        return [element for number in sorted(numbers) for element in self._elements(pattern, frozenset({number}))]

    def _sheet(self, pattern: ReadyPattern, numbers: frozenset[int]) -> tuple[int, str]:
        """Return the number and the text of the stylesheet of some tests. Raises CannotRun."""
        known = self._sheets.setdefault(pattern, {})
        if numbers not in known:
            try:
                written = Sheet(self._schema, self._lets, self._instructions, self._base).write(pattern, numbers)
                known[numbers] = next(_NUMBERS), etree.tostring(written, encoding="unicode")
            except (ValueError, etree.LxmlError) as error:
                raise CannotRun(str(error)) from None
        return known[numbers]

    # -- running ---------------------------------------------------------------------------------

    def _found(self, sheet: tuple[int, str]) -> list[etree._Element]:
        """Return what a stylesheet finds in the document, when all files that it asks for are given."""
        for _ in range(_ROUNDS):
            try:
                result = self._run(sheet)
            except CannotRun as error:  # in a variable of the schema: no `xsl:try` catches its errors (XSLT 3.0, 8.3)
                needed = set(_NEEDED.findall(str(error)))
                if not needed:
                    raise
            else:
                needed = {key for element in result.iter(f"{_O}needed") for key in _NEEDED.findall(element.text or "")}
                if not needed:
                    return list(result)
            for key in sorted(needed):
                if key not in self._files:
                    self._files[key] = self._given(key)
        raise CannotRun("its files name other files without end")

    def _run(self, sheet: tuple[int, str]) -> etree._Element:
        result = _PROCESS.ask(sheet, (self._number, self._whole, address_of(self._path)), self._files)
        try:
            return etree.fromstring(result.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            raise CannotRun(f"what it finds cannot be read ({error})") from None

    def _whole(self) -> str:
        return etree.tostring(self._root, encoding="unicode", with_tail=False)

    def _given(self, key: str) -> _Given:
        """Read what is asked for by `doc file:/…` or `text file:/…`, or say why not."""
        kind, _, address = key.partition(" ")
        try:
            if kind == "doc" and _same(address, self._base) and self._schema.source is not None:
                return _Given(key, etree.tostring(self._schema.source, encoding="unicode"), address, is_tree=True)
            file = allowed_file(address, folders_of(self._schema.path, self._path))
            if kind == "text":
                return _Given(key, text_of_file(file))
            tree = tree_of_file(file)
            return _Given(key, etree.tostring(tree, encoding="unicode", with_tail=False), address, is_tree=True)
        except Missing as error:
            return _Given(f"missing {key}", str(error))
        except CannotRun as error:
            return _Given(f"refused {key}", str(error))

    # -- what is found ---------------------------------------------------------------------------

    def _answer(self, element: etree._Element) -> Answer:
        place = self._place(element)
        if element.tag == f"{_O}failed":
            return Answer(place, failed=_words("".join(element.itertext())))
        subject = element.find(f"{_O}subject")
        hints = [" ".join("".join(part.itertext()).split()) for part in element.iterfind(f"{_O}advice")]
        text = " ".join(element.findtext(f"{_O}text", "").split())
        return Answer(place if subject is None else self._place(subject), text, tuple(filter(None, hints)))

    def _place(self, element: etree._Element) -> Place:
        if not self._nodes:
            self._nodes = list(self._root.iter())
        number, part = int(element.get("n", "-1")), element.get("part", "")
        if part == "root" or not 0 <= number < len(self._nodes):
            return Place(self._root, part="root")
        return Place(self._nodes[number], element.get("name", ""), part)


class _Given(NamedTuple):
    """What a rule asked for, under the name by which `data/saxon-rules.xsl` looks for it."""

    name: str
    text: str
    address: str = ""
    is_tree: bool = False


def _same(address: str, other: str) -> bool:
    """Tell whether two addresses are one: Java writes `file:/a`, Python `file:///a`."""
    return address.replace("file:///", "file:/") == other.replace("file:///", "file:/")


# -- the process ---------------------------------------------------------------------------------------


class _Process:
    """The process of Saxon, started when it is first asked; one for each process of ours, whatever the threads."""

    def __init__(self) -> None:
        self._begin()
        atexit.register(self.end)
        if hasattr(os, "register_at_fork"):  # that of the process that we come from is not for us
            os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._forget()

    def _forget(self) -> None:
        self._sheets: set[int] = set()
        self._document = 0
        self._files: set[str] = set()

    def ask(self, sheet: tuple[int, str], document: tuple[int, Any, str], files: dict[str, _Given]) -> str:
        """Return what a stylesheet makes of a document. Raises CannotRun."""
        with self._lock:
            process = self._started()
            number, tree, address = document
            request: dict[str, Any] = {"sheet": sheet[0], "mode": BEGIN, "parameter": GIVEN}
            if sheet[0] not in self._sheets:
                request["text"] = sheet[1]
            if number != self._document:
                request |= {"document": tree(), "address": address}
                self._document, self._files = number, set()
            request["given"] = {one.name: (one.is_tree, one.address, one.text)
                                for key, one in files.items() if key not in self._files}
            self._files |= files.keys()
            answer = self._answer(process, json.dumps(request).encode())
            if "error" in answer:
                self._document = 0  # it may be that which was not understood: it is sent again
                raise CannotRun(_words(str(answer["error"])))
            self._sheets.add(sheet[0])
            return str(answer["result"])

    def _answer(self, process: subprocess.Popen[bytes], request: bytes) -> dict[str, Any]:
        if process.stdin is None or process.stdout is None:
            raise ValueError("the process has no pipes")
        clock = threading.Timer(_SECONDS, process.kill)
        clock.start()
        try:
            process.stdin.write(request + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        except BaseException:  # Ctrl-C: its answer must not be taken for that to the next request
            self._end()
            raise
        finally:
            clock.cancel()
        if not line.endswith(b"\n"):
            self._end()
            raise Ended(f"Saxon came to an end with it, or took more than {_SECONDS} seconds")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            script = str(Path(__file__).with_name("saxon_process.py"))
            self._forget()
            self._process = subprocess.Popen([sys.executable, "-P", script], stdin=subprocess.PIPE,  # noqa: S603
                                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return self._process

    def end(self) -> None:
        """End the process of Saxon; it is started again where it is needed."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


_PROCESS = _Process()


def _words(text: str) -> str:
    """Return what Saxon says, in one line, without its code and where in a stylesheet of ours it stands."""
    found = _CODE.search(text)
    words = " ".join((found[1] if found else text).split())
    return words.partition(". Found while ")[0]
