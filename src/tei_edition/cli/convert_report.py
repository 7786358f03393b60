"""What `convert` tells people on stderr: the summary, the evidence for each tag, and the list for review."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from tei_edition.files import write_bytes
from tei_edition.model import Span, Use

if TYPE_CHECKING:
    from tei_edition.corpus import Job
    from tei_edition.pipeline import Conversion

_HEADINGS = ["document", "line", "column", "kind", "words", "certainty", "linked to", "candidates", "evidence"]
_SETTLES = "settles"  # how many rows one decision settles
_CERTAINTIES = ("low", "medium", "high", "")
_NAMES = {
    "person": ("person", "persons"),
    "place": ("place", "places"),
    "date": ("date", "dates"),
    "citation": ("archival citation", "archival citations"),
    "organisation": ("organisation", "organisations"),
    "term": ("term", "terms"),
    "telegraphic-word": ("word of telegrams", "words of telegrams"),
}


def review_rows(conversion: Conversion) -> Iterator[list[str]]:
    """Yield a row for each guess of a conversion: what, where, how sure, and why."""
    edition = conversion.edition
    tagged = edition.tagged
    source = tagged.document.source
    place = source.lines().location
    dating = tagged.facts.dating
    if dating and dating.guessed:
        value = " ".join(f"{k} {v}" for k, v in dating.attributes.items())
        yield [source.name, "", "", "date of the document", value, dating.cert, "", "", dating.evidence]
    for start, end, target in tagged.facts.answers:
        where = place(start)
        words = " ".join(source.text[start:end].split())
        yield [source.name, str(where.line), str(where.column), "in reply to", words, "medium", target, "",
               "the first words of the message refer to it"]  # fmt: skip
    for found in edition.findings:
        if found.code in ("RD012", "RD014"):
            line, column = str(found.location.line), str(found.location.column)
            yield [source.name, line, column, "marker of a note", found.message, "low", "", "", found.hint]
    for span in tagged.spans:
        attributes = dict(span.attributes)
        cert = attributes.get("cert", span.cert)
        if span.cert == "high" and "cert" not in attributes:
            continue
        where = place(span.start)
        yield [
            source.name,
            str(where.line),
            str(where.column),
            span.kind,
            _words(source.text, span),
            cert,
            span.ref,
            " ".join(span.candidates),
            span.evidence,
        ]


def write_review(path: Path, rows: Sequence[list[str]], *, force: bool) -> None:
    """Write the rows as CSV (RFC 4180), the decisions that settle most mentions first: who "Dulles" is, however often
    he is named, stands before a name that occurs once; within a decision, what is least certain.
    """
    settles = Counter(map(_decision, rows))
    ordered = sorted(
        rows,
        key=lambda row: (
            -settles[_decision(row)],
            *_decision(row),
            _CERTAINTIES.index(row[5]),
            row[0],
            int(row[1] or 0),
            int(row[2] or 0),
        ),
    )
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([*_HEADINGS, _SETTLES])
    writer.writerows([*row, str(settles[_decision(row)])] for row in ordered)
    write_bytes(path, buffer.getvalue().encode("utf-8"), force=force)


def _decision(row: Sequence[str]) -> tuple[str, str]:
    """What an editor decides at once: the entries that mentions can mean, or, where there are none, their words."""
    return row[3], " ".join(sorted({*row[6].split(), *row[7].split()})) or row[4]


def explain_tags(conversion: Conversion, stream: TextIO) -> None:
    """Print each block with its rule, and each tag with its evidence and the claims that lost against it."""
    tagged = conversion.edition.tagged
    document = tagged.document
    place = document.source.lines().location
    for block in document.blocks:
        print(f"{place(block.start)}: {block.kind}, by the rule {block.rule}", file=stream)
    for note in document.notes:
        if note.anchor is None:
            print(f"{place(note.start)}: note {note.label} has no marker", file=stream)
        else:
            reason = note.evidence or "a sign that nothing else can be"
            print(f"{place(note.anchor)}: the marker of note {note.label}: {reason}", file=stream)
    lost: dict[tuple[int, int, str], list[Span]] = {}
    for rejected in tagged.rejected:
        lost.setdefault(rejected.winner[:3], []).append(rejected.span)
    for span in tagged.spans:
        link = f" → {span.ref}" if span.ref else ""
        reason = f": {span.evidence}" if span.evidence else ""
        print(
            f"{place(span.start)}: {span.kind} “{_words(document.source.text, span)}”{link} "
            f"({span.cert}, {span.recogniser}{reason})",
            file=stream,
        )
        for loser in lost.get(span[:3], []):
            print(f"    against {loser.kind} “{_words(document.source.text, loser)}” ({loser.recogniser})", file=stream)


def show_summary(
    jobs: Sequence[Job],
    last: Conversion | None,
    converted: int,
    guesses: int,
    stream: TextIO,
) -> None:
    """Print what was made: for one document what was tagged, for many how many were converted."""
    lines = (
        _one(jobs[0], last, written=converted > 0)
        if len(jobs) == 1 and last
        else [("converted", f"{converted:,} of {len(jobs):,} documents")]
    )
    if guesses:
        lines.append(("guessed", f"{guesses:,} (marked with cert; --review FILE.csv lists them)"))
    if not stream.isatty():
        for label, words in lines:
            print(f"{label}: {words}", file=stream)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for label, words in lines:
        table.add_row(f"[bold]{label}[/bold]", words)
    Console(file=stream, highlight=False).print(table)


def _one(job: Job, conversion: Conversion, *, written: bool) -> list[tuple[str, str]]:
    edition, ledger = conversion.edition, conversion.ledger
    tagged = edition.tagged
    document = tagged.document
    lines = [
        (
            "edition",
            (str(job.output) if job.output else "standard output") if written else "not written",
        )
    ]
    pages = sum(1 for mark in document.marks if mark.kind == "pb")
    lines.append(
        (
            "structure",
            f"{len(document.blocks)} blocks, {_count(len(document.notes), 'note')}, {_count(pages, 'page break')} "
            f"(style: {document.style})",
        )
    )
    for kind, (one, many) in _NAMES.items():
        spans = [span for span in tagged.spans if span.kind == kind]
        if spans:
            lines.append((many if len(spans) > 1 else one, _tagged(document.source.text, kind, spans)))
    counts = ", ".join(f"{ledger.count(use):,} {use}" for use in Use)
    lines.append(
        (
            "fidelity",
            f"{ledger.total:,} characters, all accounted for: {counts}"
            if edition.valid or not _unfaithful(conversion)
            else "NOT every character is accounted for",
        )
    )
    lines.append(("validity", "valid" if edition.valid else "NOT valid"))
    return lines


def _unfaithful(conversion: Conversion) -> bool:
    return any(finding.code == "EN001" for finding in conversion.edition.findings)


def _tagged(text: str, kind: str, spans: Sequence[Span]) -> str:
    linked = sum(1 for span in spans if span.ref) if kind != "citation" else 0
    words = Counter(_words(text, span) for span in spans)
    shown = ", ".join(f"{w} ×{n}" if n > 1 else w for w, n in list(words.items())[:8]) + (
        ", …" if len(words) > 8 else ""
    )
    return f"{len(spans)}{f' ({linked} linked)' if linked else ''}: {shown}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())
