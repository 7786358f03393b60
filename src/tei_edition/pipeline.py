"""The only module that knows the order of the stages: source → document → claims → TEI, checked before it is
handed on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from tei_edition.authority import load_located
from tei_edition.authority.checking import Unlisted, check_entries, check_occurrences
from tei_edition.citation import read_citations
from tei_edition.corpus.cited_files import EDITIONS
from tei_edition.diagnostics import Diagnostic, Location, Severity, UnusableInput, finding
from tei_edition.encoding import Encoded, Ledger, encode_document
from tei_edition.encoding.names import document_id
from tei_edition.exporting.citation_table import Found
from tei_edition.exporting.cited_archives import read_cited
from tei_edition.model import Edition, Entry, Source
from tei_edition.reading import decode, part_documents, read_document
from tei_edition.settings import Settings
from tei_edition.tagging import Known, tag_document, take_census
from tei_edition.tagging.dating.neighbours import Survey
from tei_edition.tagging.ibid import tag_citations
from tei_edition.tei import TEI, parse
from tei_edition.validation import validate_tree


@dataclass(frozen=True, slots=True)
class Conversion:
    """The edition of one source with the account of its characters."""

    edition: Edition
    ledger: Ledger


class Converter:
    """Converts documents with the same settings and authority files; these are prepared once."""

    def __init__(
        self, settings: Settings | None = None, entries: Mapping[str, Entry] | None = None, *, style: str | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.entries = dict(entries or {})
        self._known = Known(self.entries, bundled=self.settings.gazetteer)
        self._style = style

    def survey(self, documents: Iterable[Source]) -> None:
        """Look at all documents of a run before they are converted: who is named how often is evidence for the linking,
        and the dates of its neighbours are evidence for that of a document without a dateline.
        """
        survey = Survey()
        texts = survey.reading((document.name, document.text) for document in documents)
        if self._known.persons.surnames:
            take_census(self._known, texts)
        for _ in texts:
            pass  # what no census has read
        self._known.folders = survey.folders()

    def convert(self, source: Source, path: str = "") -> Conversion:
        """Return the edition of a source. It is valid only where no finding is an error: ask `edition.valid`.

        `path` names the edition in findings about it; without one it is called after the source.
        """
        document = read_document(source, style=self._style)
        tagged = tag_document(document, self._known, profile=self.settings.profile)
        encoded = encode_document(tagged, self.settings, self.entries)
        findings = (
            *document.findings,
            *tagged.findings,
            *encoded.findings,
            *self._checked(encoded, path or f"{source.name}.xml"),
        )
        return Conversion(Edition(encoded.tei, tagged, findings), encoded.ledger)

    def _checked(self, encoded: Encoded, path: str) -> list[Diagnostic]:
        found = validate_tree(
            parse(encoded.tei, path), path, schema="frus" if self.settings.profile == "frus" else "edition"
        )
        return [f for f in found if f.severity is not Severity.NOTE]


class Checked(NamedTuple):
    """Authority files that were checked: their entries by id, how often texts link to each, and what was found."""

    entries: dict[str, Entry]
    occurrences: Mapping[str, int]
    findings: list[Diagnostic]


def check_authority(
    paths: Sequence[str | Path], *, kind: str = "", texts: Iterable[Source] | None = None
) -> Checked:
    """Return what is wrong with authority files: with the files, among their entries, and beside `texts`, if given.

    Entries that no text names are told, and persons whom the texts name and who have no entry.
    """
    loaded = load_located(paths, kind=kind)
    findings = [*loaded.findings, *check_entries(loaded.entries, loaded.places)]
    occurrences: Counter[str] = Counter()
    if texts is not None:
        unlisted = _read_beside(texts, Known(loaded.entries), occurrences)
        findings += check_occurrences(loaded.entries, loaded.places, occurrences, unlisted)
    return Checked(loaded.entries, occurrences, findings)


def _read_beside(texts: Iterable[Source], known: Known, occurrences: Counter[str]) -> list[Unlisted]:
    """Count the links of texts, and return those whom they name and no entry has, the most frequent first."""
    unlisted: dict[str, Unlisted] = {}
    for source in texts:
        lines = source.lines()
        for span in tag_document(read_document(source), known).spans:
            if span.ref:
                occurrences[span.ref] += 1
            elif span.kind == "person" and not span.candidates:
                words = " ".join(source.text[span.start : span.end].split())
                first = unlisted.get(words) or Unlisted(words, 0, lines.location(span.start, span.end))
                unlisted[words] = first._replace(times=first.times + 1)
    return sorted(unlisted.values(), key=lambda one: (-one.times, one.wording))


class Cited(NamedTuple):
    """The citations of archives in a file, and what was found on the way: each "ibid." that repeats nothing (notes)."""

    found: list[Found]
    findings: list[Diagnostic]


def find_citations(data: Source | bytes, path: str, name: str = "document") -> Cited:
    """Return the citations of a plain text, which may hold several documents, or of an edition, in their order.

    `path` is what rows call the file. Raises UnusableInput for what is neither: no UTF-8, no well-formed XML, no TEI.
    """
    if isinstance(data, bytes) and (path.endswith(EDITIONS) or _begins_as_xml(data, text=path.endswith(".txt"))):
        root = parse(data, path)
        if not str(root.tag).startswith(TEI):
            raise UnusableInput(finding("CO021", "this is XML, but neither TEI nor a plain text", Location(path)))
        found = [Found(path, *cited) for cited in read_cited(root, name)]
        none = finding("CO022", "no citation of an archive is encoded in this edition", Location(path))
        return Cited(found, [] if found else [none])
    cited = Cited([], [])
    parts = part_documents(data if isinstance(data, Source) else decode(data, path))
    cited.findings.extend(parts.findings)
    for source in parts.sources:
        document = read_document(source)
        tagged = tag_citations(document)
        cited.findings.extend(f for f in document.findings if f.severity is not Severity.NOTE)
        cited.findings.extend(tagged.findings)
        place = source.lines().location
        for citation in read_citations(tagged):
            where = place(citation.start).line or 0
            in_file = replace(citation, start=source.offset + citation.start, end=source.offset + citation.end)
            cited.found.append(Found(path, document_id(document), document.number, where, in_file))
    return cited


def _begins_as_xml(data: bytes, *, text: bool) -> bool:
    """Whether bytes begin as XML does; a plain text (`text`) may begin with some mark-up: "<b>Hello"."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<TEI", b"<teiCorpus") if text else b"<")
