#!/usr/bin/env python3
"""Files made to bring a program down, at full size, through each command that reads XML: what it says, time, memory.

python bench/hostile_files.py [FOLDER]      they are made in FOLDER (400 MB) and removed behind; without one in /tmp

Exit code 1 where a command takes more than 20 seconds or 1 GB, says no line of a finding or more than one, or leaves
with another code than 1 (validate) or 3 (the others). tests/test_malformed.py asks the same with small bounds.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_HEAD = ('<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt><title>t</title>'
         "</titleStmt><publicationStmt><authority>a</authority></publicationStmt><sourceDesc><p>s</p></sourceDesc>"
         '</fileDesc></teiHeader><text><body><div type="document" xml:id="d1" n="1"><head>1. x</head>')
_TAIL = "</div></body></text></TEI>"
_LAUGHS = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_COMMANDS = {
    "validate": ("validate", "-q", "{file}"),
    "transform": ("transform", "{file}", "--to", "html", "-o", "{folder}/out.html"),
    "diff": ("diff", "{file}", "{file}"),
    "convert": ("convert", "{folder}/d1.txt", "--authority", "{file}", "-o", "{folder}/out.xml"),
}
_MOST_SECONDS, _MOST_BYTES = 20, 2**30


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Yield the files with their names, one at a time: some have 100 MB."""
    yield "100 MB of one element many times", f"{_HEAD}{'<p>x</p>' * 13_000_000}{_TAIL}".encode()
    yield "100 MB in one element", f"{_HEAD}<p>{'word ' * 20_000_000}</p>{_TAIL}".encode()
    yield "60 MB in one element", f"{_HEAD}<p>{'word ' * 12_000_000}</p>{_TAIL}".encode()
    yield "30 MB of tags", f"{_HEAD}{'<p>xxxxxx</p>' * 2_400_000}{_TAIL}".encode()
    yield "an attribute of 8 MB", f'{_HEAD}<p n="{"x" * 8_000_000}">x</p>{_TAIL}'.encode()
    yield "10,000 levels", f"{_HEAD}{'<hi>' * 10_000}{'</hi>' * 10_000}{_TAIL}".encode()
    yield "no UTF-8", f"{_HEAD}<p>café</p>{_TAIL}".encode("latin-1")
    yield "billion laughs", f"<!DOCTYPE TEI [{_LAUGHS}]>{_HEAD}<p>&l9;</p>{_TAIL}".encode()
    yield "quadratic blow-up", (f'<!DOCTYPE TEI [<!ENTITY b "{"x" * 100_000}">]>{_HEAD}<p>{"&b;" * 100_000}</p>{_TAIL}'
                                ).encode()
    yield "an entity outside", f'<!DOCTYPE TEI [<!ENTITY b SYSTEM "file:///etc/passwd">]>{_HEAD}<p>&b;</p>{_TAIL}'.encode()


class Outcome(NamedTuple):
    """What a command did: exit code, the lines of findings, seconds, and bytes of memory at most."""

    code: int
    findings: list[str]
    seconds: float
    memory: int


def outcome(arguments: list[str], folder: Path) -> Outcome:
    """Run the command in a process of its own and measure it."""
    start = time.perf_counter()
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen([sys.executable, "-m", "tei_edition", *arguments], stdout=said, stderr=said,
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    found = [line for line in lines if re.search(r": [A-Z]{2}\d{3} (error|warning): ", line)]
    return Outcome(process.returncode, found, time.perf_counter() - start, usage.ru_maxrss * 1024)


def main(folder: Path) -> int:
    """Print a row a file and command; 1 where one of them is not as it should be."""
    wrong = 0
    (folder / "d1.txt").write_text("1. Editorial Note\n\nThe President resigned.\n")
    path = folder / "hostile.xml"
    for name, data in hostile_files():
        path.write_bytes(data)
        for command, parts in _COMMANDS.items():
            done = outcome([part.format(file=path, folder=folder) for part in parts], folder)
            well = (done.code == (1 if command == "validate" else 3) and len(done.findings) == 1
                    and done.seconds < _MOST_SECONDS and done.memory < _MOST_BYTES)
            wrong += not well
            words = re.sub(r"^.*?hostile\.xml", "", done.findings[0] if done.findings else "nothing said")[:70]
            print(f"{'  ' if well else '! '}{name:34} {command:10} {done.code} {done.seconds:6.2f} s "
                  f"{done.memory / 2**20:5.0f} MB  {words}", flush=True)
    path.unlink()
    return 1 if wrong else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as made:
        sys.exit(main(Path(made)))
