"""Whether a surname in a text names a person: Ball or the ball, Brown or brown, Kennedy or the Kennedy Library.

Each reason has a name; what each weighs was fitted to published editions (`bench/fit_persons.py`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from tei_edition.resources import data_rows
from tei_edition.tagging import name_vocabulary as vocabulary
from tei_edition.tagging.context import Reading
from tei_edition.tagging.persons.mentions import Mention
from tei_edition.tagging.persons.offices import Beside

_BEFORE = re.compile(
    r"(?:Camp|Fort|Ft\.|Mount|Lake|Cape|Port|Point|St\.|University of|USS|U\.S\.S\.|Treaty of"
    r"|(?:Hotel|House|Place)(?: of)?) $"
)
_OPENS = re.compile(r"[.!?:;“\"(—–\n•][’”)\]]*\s*$|^\s*$|\d\.?\s+$|\s[a-z]\)\s$")
# With these no sum of other evidence makes a person, unless the document names one otherwise.
NEVER = frozenset(
    [
        *("word:nation", "word:small", "word:small+opens", "word:month", "word:month+opens"),
        *("word:thing+article", "word:thing+opens", "behind:library"),
    ]
)
_GO_ON = frozenset(["and", "or", "also", "then", "again", "further", "not", "who", "never", "himself", "to", "that"])
_VERB = re.compile(
    r"\s[a-z]+(?:ed|s (?:to|the|a|an|that|his|her|it|no|not|as|himself))\b"
)  # "Ball begins to take charge"
_PAIR = re.compile(r"[-–/][A-Z]")
_ARTICLE_BEFORE = re.compile(r"\b(?:[Tt]he|THE|a|an) $")
_CAPITAL_BEFORE = re.compile(r"[A-Z][a-z]+ $")
_HYPHEN_BEFORE = re.compile(r"[^\W\d_][-–/]$")
_GENITIVE = re.compile(r"[’']s?\b")
_CAPITAL = re.compile(r" [A-Z][a-z]+")
_HYPHEN = re.compile(r"[-–/][^\W\d_]")
_COLON = re.compile(r":|\.\s*—")
_ADDRESS = {"mr", "messrs", "dr"}


@functools.cache
def institutions(*, capitals: bool = False) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What stands behind a name that is part of an institution, a paper, a place; each kind weighs differently."""
    found = []
    flags = re.IGNORECASE if capitals else 0
    for kind, words in data_rows("name-institutions.tsv"):
        between = r"(?:[’']s?)? (?:\w+ )?" if kind.endswith("*") else " "
        found.append((kind.rstrip("*"), re.compile(rf"{between}(?:{words})\b", flags)))
    return tuple(found)


@functools.cache
def word_classes() -> dict[str, str]:
    """Words that are surnames, too: nationalities, months, titles, and the small words of the language, by class."""
    return {word: kind for kind, words in data_rows("words-like-names.tsv") for word in words.split()}


def surroundings(reading: Reading, mention: Mention, near: Beside) -> Iterator[str]:
    """Yield the names of what speaks for or against a person here."""
    text, words = mention.text, mention.text.text
    start, end = mention.key
    surname = text.folded[start:end]
    opens = bool(_OPENS.search(words[max(0, mention.start - 8) : mention.start])) or mention.start == 0
    given = mention.given
    named = given or bool(near.title) or near.form in _ADDRESS
    if given:
        yield "given:" + max((fit.given for fit in mention.fits.values()), key=len, default="none")
    if near.form in _ADDRESS:
        yield "title:mr"
    elif near.title:
        yield "title:office"
    kind = word_classes().get(surname, "")
    if kind:
        yield f"word:{kind}" + _use(mention, near, words, named=named, opens=opens)
    if surname in reading.ordinary_words:
        yield "word:small-letters" + ("+named" if named else "+opens" if opens else "")
    institution = _institution(words, start, end)
    if institution:
        yield f"behind:{institution}" + ("+named" if named else "")
    if words[mention.start - 1 : mention.start] in (" ", "\n") and _BEFORE.search(
        words, max(0, mention.start - 16), mention.start
    ):
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


def _use(mention: Mention, near: Beside, words: str, *, named: bool, opens: bool) -> str:
    """How a word that is a name, too, is used here: of somebody addressed, behind an article, at the beginning of a
    sentence that does not go on as one on a person does ("White settlers", not "White said").
    """
    if word_classes()[mention.text.folded[slice(*mention.key)]] == "nation":
        # "Ambassador French" may be short for a French ambassador; "Mr. French" is somebody
        address = near.form in _ADDRESS or any(fit.given in ("name", "short") for fit in mention.fits.values())
        return "+named" if address else ""
    if named:
        return "+named"
    start, end = mention.key
    article = words[max(0, start - 4) : start].lower() in ("the ", " a ", " an ")
    if article and not _institution(words, start, end) and not _PAIR.match(words, end):
        return "+article"  # but "the Ball–Isik talks", "the Ford Administration"
    behind = mention.text.words[mention.behind].folded if mention.behind < len(mention.text.words) else ""
    goes_on = (
        not words[end : end + 1].isspace()
        or behind in vocabulary.verbs()
        or behind in _GO_ON
        or behind in vocabulary.grammar("auxiliary")
        or bool(_VERB.match(words, end))
    )
    return "+opens" if opens and not goes_on and mention.text.block.kind not in ("signature", "item", "cell") else ""


def _institution(words: str, start: int, end: int) -> str:
    """The kind of what stands behind a name that is part of an institution's: "library" of "Kennedy Library"."""
    if words[end : end + 1] not in (" ", "’", "'"):
        return ""
    kinds = institutions(capitals=words[start:end].isupper())
    return next((name for name, pattern in kinds if pattern.match(words, end)), "")


def _beside(mention: Mention, words: str, *, named: bool) -> Iterator[str]:
    tag = "+named" if named else ""
    before = words[max(0, mention.start - 24) : mention.start]
    if before.endswith((" ", " \n")):
        if _ARTICLE_BEFORE.search(before):
            yield "before:article" + tag
        elif _CAPITAL_BEFORE.search(before):
            yield "before:capital" + tag
    elif _HYPHEN_BEFORE.search(before):
        yield "before:hyphen"
    elif before.endswith(("(", "[", "(\n", "[\n")):
        yield "before:bracket"
    behind = words[mention.end : mention.end + 24]
    if _GENITIVE.match(behind):
        yield "behind:genitive"
    elif _CAPITAL.match(behind):
        yield "behind:capital" + tag
    elif _HYPHEN.match(behind):
        yield "behind:hyphen"
    elif behind.startswith((")", "]")):
        yield "behind:bracket"
    elif _COLON.match(behind):
        yield "behind:colon"


def _written(mention: Mention, words: str) -> Iterator[str]:
    start, end = mention.key
    if words[start:end].isupper() and end - start > 1:
        near = words[max(0, start - 60) : end + 60]
        yield "capitals:all" if near.isupper() else "capitals:alone"
    if end - start <= 3:
        yield f"length:{end - start}"
