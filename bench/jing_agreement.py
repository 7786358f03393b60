#!/usr/bin/env python3
"""Does our grammar check agree with `jing`: the same verdict, and mistakes in the same elements?

python bench/jing_agreement.py --schema tei_all.rng --schema frus.rng --gold VOLUMES --documents EDITIONS

VOLUMES holds published volumes (*.xml), which are checked as they are; documents of them, each with the header of its
volume, and those of EDITIONS are broken at random (--broken N copies, the same for a --seed). The second and later
findings of one element do not count. Exit code 1 where anything differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from broken_documents import TEI, broken_copies
from jing_findings import Elements, Found, by_element, run_jing
from lxml import etree

from tei_edition.validation import validate_file

_GRAMMAR = "VA1"  # what the codes of the grammar begin with
LAYERS = ("well-formed", "grammar")
_MOST_CHARACTERS = 60_000


@dataclass
class Tally:
    """What was compared, and where the two differ."""

    files: int = 0
    invalid: int = 0
    verdicts: list[str] = field(default_factory=list)  # files of which only one says that they are valid
    elements: int = 0  # found by both
    only_jing: list[str] = field(default_factory=list)
    only_ours: list[str] = field(default_factory=list)

    def show(self, title: str, examples: int) -> None:
        """Print the figures and some of the differences."""
        print(f"\n{title}: {self.files} files, {self.invalid} invalid for jing")
        print(f"  verdicts that differ      {len(self.verdicts):6}")
        print(f"  elements found by both    {self.elements:6}")
        print(f"  elements only jing finds  {len(self.only_jing):6}")
        print(f"  elements only ours finds  {len(self.only_ours):6}")
        for name, rows in (("verdict", self.verdicts), ("only jing", self.only_jing), ("only ours", self.only_ours)):
            for row in rows[:examples]:
                print(f"    {name}: {row}")


def compare(file: Path, schema: Path, theirs: Sequence[Found], tally: Tally, note: str = "") -> None:
    """Add what the two say of one file to the tally."""
    elements = Elements(file.read_bytes())
    grammar = [found for found in theirs if not found.about_ids]
    jing = by_element((elements.of_jing(found), found.message) for found in grammar)
    found = [(d.code, d.message, d.location) for d in validate_file(file, schema=schema, layers=LAYERS)]
    ours = by_element((elements.at(place.line or 1, place.column), f"{code} {message}")
                      for code, message, place in found if code.startswith(_GRAMMAR))
    tally.files += 1
    tally.invalid += bool(jing)
    if bool(jing) != bool(ours):
        tally.verdicts.append(f"{file.name}{note}: jing {'in' if jing else ''}valid, ours {'in' if ours else ''}valid")
    tally.elements += len(jing.keys() & ours.keys())
    tally.only_jing += _rows(file, note, elements, jing, ours)
    tally.only_ours += _rows(file, note, elements, ours, jing)


def _rows(file: Path, note: str, elements: Elements, found: Mapping[int, list[str]],
          other: Mapping[int, list[str]]) -> Iterator[str]:
    for element in sorted(found.keys() - other.keys()):
        where = f"{file.name}:{elements.line(element)} <{elements.names[element]}>"
        yield f"{where}{note}: {found[element][0][:300]}"


def documents_of(volume: Path, folder: Path, wanted: int) -> Iterator[Path]:
    """Write some documents of a volume, evenly spaced, each as a TEI file with the volume's header, and yield them."""
    root = etree.parse(volume, etree.XMLParser(resolve_entities=False, no_network=True, collect_ids=False,
                                               huge_tree=True)).getroot()
    header = root.find(f"{TEI}teiHeader")
    documents = [div for div in root.iter(f"{TEI}div") if div.get("type") == "document"]
    short = [div for div in documents if len("".join(div.itertext())) < _MOST_CHARACTERS]
    for number in range(min(wanted, len(short))):
        div = short[number * len(short) // wanted]
        tei = etree.Element(root.tag, dict(root.attrib), nsmap=root.nsmap)
        if header is not None:
            tei.append(deepcopy(header))
        body = etree.SubElement(etree.SubElement(tei, f"{TEI}text"), f"{TEI}body")
        body.append(deepcopy(div))
        path = folder / f"{volume.stem}_{number}.xml"
        path.write_bytes(etree.tostring(tei, encoding="UTF-8", xml_declaration=True))
        yield path


def agreement(files: Sequence[Path], schema: Path, title: str, examples: int, notes: Mapping[str, str]) -> bool:
    """Compare both on the files, print it, and tell whether they agree."""
    tally, begin = Tally(), time.perf_counter()
    theirs = run_jing(schema, files)
    between = time.perf_counter()
    for file in files:
        compare(file, schema, theirs[file], tally, notes.get(file.name, ""))
    tally.show(f"{title} with {schema.name}", examples)
    print(f"  jing {between - begin:.1f} s, ours with all that is compared {time.perf_counter() - between:.1f} s")
    return not (tally.verdicts or tally.only_jing or tally.only_ours)


def main() -> None:
    """Compare on whole volumes, and on documents broken at random."""
    parser = argparse.ArgumentParser(description="Does our grammar check agree with jing?")
    parser.add_argument("--schema", type=Path, action="append", required=True, help="an .rng (may be repeated)")
    parser.add_argument("--gold", type=Path, help="a folder of published volumes, *.xml")
    parser.add_argument("--documents", type=Path, help="a folder of editions, *.xml, to be broken")
    parser.add_argument("--volumes", type=int, default=1000, help="so many volumes are checked whole")
    parser.add_argument("--broken", type=int, default=200, help="so many broken copies for each schema")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--examples", type=int, default=8)
    options = parser.parse_args()
    volumes = sorted(options.gold.glob("*.xml")) if options.gold else []
    agreed = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for schema in options.schema:
            if whole := volumes[: options.volumes]:
                agreed &= agreement(whole, schema, "volumes as they are", options.examples, {})
        sources = [file for volume in volumes for file in documents_of(volume, folder, 12)]
        editions = sorted(options.documents.glob("*.xml")) if options.documents else []
        for title, files in (("documents of volumes, broken", sources), ("editions, broken", editions)):
            if not files:
                continue
            notes = {}
            broken = folder / title.replace(" ", "-")
            broken.mkdir()
            for file, data, made in broken_copies(files, options.broken, options.seed):
                (broken / file).write_bytes(data)
                notes[file] = f" ({'; '.join(made)})"
            for schema in options.schema:
                agreed &= agreement([broken / file for file in notes], schema, title, options.examples, notes)
    sys.exit(not agreed)


if __name__ == "__main__":
    main()
