"""Whether a surname in a text names a person: Ball or the ball, Brown or brown, Kennedy or the Kennedy Library.

Each reason has a name; what each weighs was fitted to published editions (`bench/fit_persons.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from tei_edition.resources import data_path
from tei_edition.tagging.context import Reading
from tei_edition.tagging.persons.mentions import Mention
from tei_edition.tagging.persons.offices import Beside

_BEFORE = re.compile(
    r"(?:Camp|Fort|Ft\.|Mount|Lake|Cape|Port|Point|St\.|University of|USS|U\.S\.S\.|Treaty of"
    r"|(?:Hotel|House|Place)(?: of)?) $"
)
_OPENS = re.compile(r"[.!?:;“\"(—–\n•][’”)\]]*\s*$|^\s*$|\d\.?\s+$|\s[a-z]\)\s$")
NEVER = frozenset({"word:nation", "word:small"})  # with these no sum of other evidence makes a person
_ADDRESS = {"mr", "messrs", "dr"}


@functools.cache
def institutions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What stands behind a name that is part of an institution, a paper, a place; each kind weighs differently."""
    found = []
    for line in data_path("name-institutions.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, words = line.split("\t")
            between = r"(?:[’']s?)? (?:\w+ )?" if kind.endswith("*") else " "
            found.append((kind.rstrip("*"), re.compile(rf"{between}(?:{words})\b")))
    return tuple(found)


@functools.cache
def word_classes() -> dict[str, str]:
    """Words that are surnames, too: nationalities, months, titles, and the small words of the language, by class."""
    table = {}
    for line in data_path("words-like-names.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, words = line.partition("\t")
            table.update(dict.fromkeys(words.split(), kind))
    return table


def surroundings(reading: Reading, mention: Mention, near: Beside) -> Iterator[str]:
    """Yield the names of what speaks for or against a person here."""
    text, words = mention.text, mention.text.text
    start, end = mention.key
    surname = text.folded[start:end]
    opens = bool(_OPENS.search(words[max(0, mention.start - 8) : mention.start])) or mention.start == 0
    named = mention.given or bool(near.title) or near.form in _ADDRESS
    if mention.given:
        yield "given:" + max((fit.given for fit in mention.fits.values()), key=len, default="none")
    if near.form in _ADDRESS:
        yield "title:mr"
    elif near.title:
        yield "title:office"
    kind = word_classes().get(surname, "")
    if kind == "nation":
        # "Ambassador French" may be short for a French ambassador; "Mr. French" is somebody
        address = near.form in _ADDRESS or any(fit.given in ("name", "short") for fit in mention.fits.values())
        yield "word:nation" + ("+named" if address else "")
    elif kind:
        yield f"word:{kind}" + ("+named" if named else "")
    if surname in reading.ordinary_words:
        yield "word:small-letters" + ("+named" if named else "+opens" if opens else "")
    for name, pattern in institutions():
        if pattern.match(words, end):
            yield f"behind:{name}" + ("+named" if named else "")
    if _BEFORE.search(words, max(0, mention.start - 16), mention.start):
        yield "before:place"
    yield from _beside(mention, words, named=named)
    yield from _written(mention, words)
    block = text.block.kind
    yield f"in:{'note' if text.note else block}"
    parts = {fit.part for fit in mention.fits.values()}
    for part in sorted(parts):
        yield f"part:{part}"
    if mention.foreign:
        yield "foreign"


def _beside(mention: Mention, words: str, *, named: bool) -> Iterator[str]:
    tag = "+named" if named else ""
    before = words[max(0, mention.start - 24) : mention.start]
    if re.search(r"\b(?:[Tt]he|THE|a|an) $", before):
        yield "before:article" + tag
    elif re.search(r"[A-Z][a-z]+ $", before):
        yield "before:capital" + tag
    elif re.search(r"[^\W\d_][-–/]$", before):
        yield "before:hyphen"
    elif re.search(r"[(\[]$", before):
        yield "before:bracket"
    behind = words[mention.end : mention.end + 24]
    if re.match(r"[’']s?\b", behind):
        yield "behind:genitive"
    elif re.match(r" [A-Z][a-z]+", behind):
        yield "behind:capital" + tag
    elif re.match(r"[-–/][^\W\d_]", behind):
        yield "behind:hyphen"
    elif re.match(r"[)\]]", behind):
        yield "behind:bracket"
    elif re.match(r":|\.\s*—", behind):
        yield "behind:colon"


def _written(mention: Mention, words: str) -> Iterator[str]:
    start, end = mention.key
    if words[start:end].isupper() and end - start > 1:
        near = words[max(0, start - 60) : end + 60]
        yield "capitals:all" if near.isupper() else "capitals:alone"
    if end - start <= 3:
        yield f"length:{end - start}"
