"""Persons of the authority files: surnames, with the given names and initials that stand before them.

Who of several is meant is decided by the given name beside the surname, else by a full name elsewhere in the document;
if neither decides, the mention is tagged and not linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tei_edition.model import Entry, Span
from tei_edition.tagging.context import Known, Reading, Text
from tei_edition.tagging.titles import NOT_A_NAME, is_title
from tei_edition.tagging.words import Word, fold

RECOGNISER = "persons"
INSTITUTION = re.compile(
    r" (?:Library|Files?|Plan|Doctrine|Administration|(?:Sub)?[Cc]ommittee|Commission|Islands?|County|Papers"
    r"|Amendment|Act"
    r"|Institute|Foundation|Center|University|House|Building|Square|Street|Avenue|Field|Lines?|Treaty|Bill|Round"
    r"|Airport|Memorial)\b"
)
_BEFORE = re.compile(r"(?:Camp|Fort|Mount|Lake|Cape|University of|USS|U\.S\.S\.|the (?:Hotel|Treaty of)) $")
_SUFFIX = re.compile(r",? (?:Jr|Sr)\.(?!\w)|,? (?:III|II)\b")
_GAP = re.compile(r"\.? ?| [“\"(]\w+[”\")] ")


def recognise_persons(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each mention of somebody who stands in the authority files."""
    if not reading.known.surnames:
        return
    mentions = [(text, *found) for text in reading.texts for found in _mentions(reading.known, text, reading)]
    named = {ids[0] for _, _, _, ids, given in mentions if given and len(ids) == 1}
    for text, start, end, ids, given in mentions:
        yield _claim(reading.known, text, start, end, ids, given=given, named=named)


def _claim(known: Known, text: Text, start: int, end: int, ids: list[str], *, given: bool, named: set[str]) -> Span:
    words = text.text[start:end]
    if len(ids) == 1:
        evidence = f"“{words}” is {known.entries[ids[0]].name}" if given else f"the only {words} of the authority files"
        return text.span(start, end, "person", RECOGNISER, ref=ids[0], evidence=evidence)
    elsewhere = [identifier for identifier in ids if identifier in named]
    if len(elsewhere) == 1:
        return text.span(
            start,
            end,
            "person",
            RECOGNISER,
            ref=elsewhere[0],
            cert="medium",
            candidates=ids,
            evidence=f"{known.entries[elsewhere[0]].name} is named in full in this document",
        )
    reason = f"{len(ids)} entries share this name" if ids else "the given name is none of the authority files'"
    return text.span(start, end, "person", RECOGNISER, cert="medium", candidates=ids, evidence=reason)


def _mentions(known: Known, text: Text, reading: Reading) -> Iterator[tuple[int, int, list[str], bool]]:
    """Yield start, end, the entries that may be meant, and whether a given name stands with the surname."""
    starts = {word.start: i for i, word in enumerate(text.words)}
    for start, end, ids in known.surnames.find(text.folded, text.words):
        if not any(c.isupper() for c in text.text[start:end]) or _is_no_person(text, start, end, reading):
            continue
        if INSTITUTION.match(text.text, end) or _BEFORE.search(text.text, max(0, start - 14), start):
            continue
        entries = [known.entries[identifier] for identifier in ids]
        begin, matching, foreign = _given_names(known, text, starts[start], entries)
        suffix = _SUFFIX.match(text.text, end)
        stop = suffix.end() if suffix else end
        yield begin, stop, [] if foreign else sorted(entry.id for entry in matching), begin < start


def _given_names(known: Known, text: Text, at: int, entries: list[Entry]) -> tuple[int, list[Entry], bool]:
    """Walk left from the surname over given names and initials; return where the name begins and whom it can mean.

    The third value tells of a given name that is none of theirs: another person with the same surname.
    """
    begin, matching = text.words[at].start, entries
    for i in range(at - 1, max(-1, at - 5), -1):
        word = text.words[i]
        if not _GAP.fullmatch(text.text, word.end, begin) or not text.text[word.start].isupper():
            break
        fitting = [entry for entry in matching if _fits(word, entry.forenames)]
        if not fitting:
            if _is_given_name(known, text, i, begin):
                return _begin_of_foreign(known, text, i), [], True
            break
        begin, matching = word.start, fitting
    return begin, matching, False


def _is_given_name(known: Known, text: Text, i: int, begin: int) -> bool:
    """Whether a capitalised word directly before a name is a given name: an initial, or no title, office or opener."""
    word = text.words[i]
    written = text.text[word.start : word.end]
    if len(written) == 1:
        return text.text[word.end : word.end + 1] == "." and text.text[word.start - 1 : word.start] != "."
    if word.folded in known.forenames:
        return True
    if (
        not written[1:].islower()
        or text.text[word.end : begin] != " "
        or is_title(written)
        or NOT_A_NAME.match(written)
    ):
        return False
    before = text.text[max(0, word.start - 40) : word.start].rstrip()
    return bool(before) and before[-1] not in ".!?:;“(—–-" and text.block.kind not in ("head", "item", "cell")


def _begin_of_foreign(known: Known, text: Text, i: int) -> int:
    """The beginning of a name that is none of the entries': further initials and given names belong to it."""
    begin = text.words[i].start
    for k in range(i - 1, max(-1, i - 3), -1):
        word = text.words[k]
        if not _GAP.fullmatch(text.text, word.end, begin) or not text.text[word.start].isupper():
            break
        if not _is_given_name(known, text, k, begin):
            break
        begin = word.start
    return begin


def _fits(word: Word, forenames: Iterable[str]) -> bool:
    for name in forenames:
        folded = fold(name.rstrip("."))
        if word.folded == folded or (len(word.folded) == 1 and folded.startswith(word.folded)):
            return True
        if len(folded) == 1 and word.folded.startswith(folded) and len(word.folded) > 1:
            return True
    return False


def _is_no_person(text: Text, start: int, end: int, reading: Reading) -> bool:
    """A surname that is an ordinary word, too ("Long", "May"), at the beginning of a sentence."""
    if is_title(text.text[start:end]) and (
        re.match(r" [A-Z]", text.text[end : end + 2])
        or text.folded[max(0, start - 4) : start].endswith(("the ", "a ", "of "))
    ):
        return True  # "King Hussein", "the King"
    before = text.text[max(0, start - 40) : start].rstrip()
    opens = not before or before[-1] in ".!?:“"
    word = text.folded[start:end]
    if not opens or text.block.kind in ("signature", "item", "head") or text.text[start:end].isupper():
        return False
    return word in reading.ordinary_words
