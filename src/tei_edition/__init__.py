"""tei-edition: plain text of diplomatic documents to validated, scholarly TEI P5.

The public verbs, in the order of the work:

    from pathlib import Path
    import tei_edition

    edition = tei_edition.convert(Path("sources/frus1961-63v20_d280.txt"))
    edition.valid, edition.tei                      # the TEI as bytes, checked
    page = tei_edition.export(edition.tei, "html")

Offsets are code points in the source's text, zero-based and half-open. What cannot be read raises
`diagnostics.UnusableInput`; what is merely wrong comes back as findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tei_edition.comparing import Change
    from tei_edition.diagnostics import Diagnostic
    from tei_edition.model import Document, Edition, Entry, Source, Tagged
    from tei_edition.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "check_authority",
    "citations",
    "compare",
    "convert",
    "convert_documents",
    "encode",
    "export",
    "import_authority",
    "load_authorities",
    "read",
    "split_documents",
    "tag",
    "validate",
]


def _source(text: str | bytes | Path | Source, name: str) -> Source:
    from tei_edition.files import read_bytes
    from tei_edition.model import Source
    from tei_edition.reading import decode

    if isinstance(text, Source):
        return text
    if isinstance(text, Path):
        return decode(read_bytes(text), str(text))
    return decode(text if isinstance(text, bytes) else text.encode("utf-8"), name)


def load_authorities(*paths: str | Path) -> dict[str, Entry]:
    """Return the entries of authority files by id: TEI, tables (CSV, TSV), or the plain text of printed lists.

    Raises UnusableInput where a file cannot be read.
    """
    from tei_edition.authority import load_authorities as load

    return load(paths)[0]


def import_authority(*paths: str | Path, kind: str = "", title: str = "") -> bytes:
    """Return authority files of any form as one in TEI: names in their parts, offices with dates, the wording kept.

    `kind` settles what the entries of a plain text or a table are: `person`, `place`, `organisation` or `term`.
    Raises UnusableInput where a file cannot be read.
    """
    from tei_edition.authority.importing import import_authority as make

    return make(paths, kind=kind, title=title).tei


def check_authority(*paths: str | Path, texts: Iterable[str | bytes | Path | Source] | None = None) -> list[Diagnostic]:
    """Return what is wrong with authority files, and among their entries: one name twice, names that fit each other.

    With `texts` also the entries that none of them names, and the persons whom they name and who have no entry.
    Raises UnusableInput where a file cannot be read.
    """
    from tei_edition.pipeline import check_authority as check

    sources = None if texts is None else (part for text in texts for part in split_documents(text))
    return check(paths, texts=sources).findings


def split_documents(text: str | bytes | Path | Source, *, name: str = "document") -> list[Source]:
    """Return the documents that a text holds, a whole volume even: split at their heads, whose numbers increase.

    A text of one document comes back as it is. The parts tile the text; each knows its place in the file, and is named
    after the file and its number: `frus1961-63v20_d280`. `read` and `convert` take them as they take a text.
    """
    from tei_edition.reading import split_documents as split

    return split(_source(text, name))


def read(text: str | bytes | Path | Source, *, name: str = "document") -> Document:
    """Return the structure of a plain text: blocks, notes at their markers, page breaks, findings.

    `text` is the text itself, its bytes, the path of a file, or one of the documents of a text; `name` names the
    document where there is no path.
    Raises UnusableInput for what is no plain text in UTF-8.
    """
    from tei_edition.reading import read_document

    return read_document(_source(text, name))


def tag(document: Document, entries: Mapping[str, Entry] | None = None, *, profile: str = "edition") -> Tagged:
    """Return the document with the claims that stand: persons, places, dates, citations, references."""
    from tei_edition.tagging import Known, tag_document

    return tag_document(document, Known(entries or {}), profile=profile)


def encode(tagged: Tagged, settings: Settings | None = None, entries: Mapping[str, Entry] | None = None) -> bytes:
    """Return the TEI of a tagged document, unchecked; `convert` checks it, too."""
    from tei_edition.encoding import encode_document
    from tei_edition.settings import Settings

    return encode_document(tagged, settings or Settings(), entries or {}).tei


def convert(
    source: str | bytes | Path | Source,
    *,
    settings: Settings | None = None,
    entries: Mapping[str, Entry] | None = None,
    name: str = "document",
) -> Edition:
    """Return the edition of a plain text, validated: `edition.tei`, `edition.valid`, `edition.findings`.

    Raises UnusableInput for what is no plain text in UTF-8.
    """
    from tei_edition.pipeline import Converter

    return Converter(settings, entries).convert(_source(source, name)).edition


def convert_documents(
    source: str | bytes | Path | Source,
    *,
    settings: Settings | None = None,
    entries: Mapping[str, Entry] | None = None,
    name: str = "document",
) -> Iterator[Edition]:
    """Yield the edition of each document that a text holds, as `convert` makes it, in the order of the text.

    Who is named how often in the whole text is evidence for names that several persons share, and the dates of its
    neighbours for that of a document without a dateline.

    Raises UnusableInput for what is no plain text in UTF-8, when the first edition is asked for.
    """
    from tei_edition.pipeline import Converter

    converter = Converter(settings, entries)
    documents = split_documents(source, name=name)
    converter.survey(documents)
    for document in documents:
        yield converter.convert(document).edition


def validate(
    tei: bytes | Path,
    *,
    schema: str | Path = "auto",
    layers: Iterable[str] | None = None,
    source: str | bytes | Path | Source | None = None,
    authorities: Iterable[Path] = (),
    schematron: Iterable[Path] = (),
    phase: str = "",
    exports: Iterable[str] = (),
) -> list[Diagnostic]:
    """Return what is wrong with a TEI file, or with TEI in memory, by layers; an empty list: nothing was found.

    `schema` is `auto` (what the document says), a name that `tei-edition schema list` has, or the path of an .rng, .rnc
    or .xsd. `layers` are some of well-formed, grammar, schematron, editorial and fidelity, without it all. With
    `source`, the text that the edition was made from, its words are compared. Pointers may lead to `authorities`, of
    any form. `schematron` are rules in addition, of which those of `phase` count; `exports` (cmif, dts …) are what the
    header has to serve. Rules across the files of an edition need the command, or `tei_edition.checking.run`.

    Raises UnusableInput where a file cannot be read, and WrongUsage for a schema that cannot be had. What is not
    well-formed is a finding.
    """
    from tei_edition.checking import Check
    from tei_edition.checking.check import check_document
    from tei_edition.diagnostics import LAYERS

    check = Check(schema=schema, layers=LAYERS if layers is None else tuple(layers), schematron=tuple(schematron),
                  phase=phase, exports=tuple(exports))
    text = None if source is None else _source(source, "source")
    return check_document(tei, check.with_authorities(list(authorities)), text)


def export(tei: bytes | Path, target: str) -> bytes:
    """Return TEI in another format: `html` (a page to read) or `text` (the plain text again)."""
    from tei_edition.exporting import export as export_tree
    from tei_edition.files import read_bytes
    from tei_edition.tei import parse

    return export_tree(parse(read_bytes(tei) if isinstance(tei, Path) else tei), target)


def citations(*texts: str | bytes | Path | Source) -> list[dict[str, str | int | list[str] | None]]:
    """Return the citations of archives in plain texts and editions, one row each, in their order.

    A row has the repository, the collection, the file number and all other parts, those too that "ibid." repeats; the
    keys are the columns of `tei-edition citations --columns`. A Path may be a folder. Offsets count from the beginning
    of the file, of several documents too. Raises UnusableInput where something cannot be read.
    """
    from tei_edition.corpus.cited_files import cited_files
    from tei_edition.exporting.citation_table import row_of
    from tei_edition.files import read_bytes
    from tei_edition.model import Source
    from tei_edition.pipeline import find_citations

    rows = []
    for text in texts:
        for given in cited_files([text]) if isinstance(text, Path) else [text]:
            data = read_bytes(given) if isinstance(given, Path) else given.encode() if isinstance(given, str) else given
            path = str(given) if isinstance(given, Path) else given.path if isinstance(given, Source) else ""
            name = given.stem if isinstance(given, Path) else "document"
            rows += [row_of(found) for found in find_citations(data, path, name).found]
    return rows


def compare(a: bytes | Path, b: bytes | Path) -> list[Change]:
    """Return what changed between two editions, words first; an empty list: nothing did."""
    from tei_edition.comparing import compare as compare_trees
    from tei_edition.files import read_bytes
    from tei_edition.tei import parse

    first, second = (parse(read_bytes(tei) if isinstance(tei, Path) else tei) for tei in (a, b))
    return compare_trees(first, second)
