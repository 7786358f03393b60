"""Names that a document's own lines give: participants, those to whom it goes, signatures, speakers, salutations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tei_edition.tagging.unlisted.names import Name, Page, name_at
from tei_edition.tagging.unlisted.sightings import SIGNATURE

_SPEAKS = re.compile(r"(?P<title>(?:Mr|Mrs|Dr|MR|DR|Gen|GEN|Adm|Amb)\.? )?(?P<name>[A-Z][\w’'. -]{1,30}?):(?=\s|$)")
_LED = re.compile(r"(?:FROM|From|TO|To|CC|cc|Cc|THROUGH|Through|VIA|THRU|MEMORANDUM FOR):?[ \t]+")
_ROOM_BEFORE = re.compile(r"[A-Z][A-Za-z]{0,8}(?:[/ ][A-Z][A-Za-z]{0,8}){0,3}(?: ?[—–-]+ ?|: ?)(?=[A-Z])")
_CLOSES = re.compile(
    r"\s*(?:$|[,;:(—–\n]|-{1,2} |\.{2,}| [—–-]|,? (?:of|from|for|and|Department|State|Defense|[A-Z]{2,})\b|\*)"
)
_DEAR = re.compile(r"(?:My )?[Dd]ear(?:est)? ")


def of_lines(pages: Iterable[Page]) -> Iterator[tuple[Page, Name, str]]:
    """Yield names that stand in lists of participants, in from and to, below a document, and before a speech."""
    pages = list(pages)
    for page in pages:
        block = page.text.block
        if page.text.note:
            continue
        if block.kind == "signature":
            yield from ((page, name, SIGNATURE) for name in _signature(page))
        elif block.kind == "salute":
            yield from _after(page, _DEAR, "in the salutation")
        elif (block.kind == "item" and block.group in ("participants", "to")) or block.kind == "cell":
            yield from ((page, name, "in a list of names") for name in _listed(page, block.group))
        elif block.kind in ("p", "item", "handling"):
            yield from _after(page, _LED, "who wrote or gets it")
    yield from _speakers(pages)


def _signature(page: Page) -> Iterator[Name]:
    for i in range(min(len(page.words), 6)):
        name = name_at(page, i, capitals=True, any_word=True)
        if name is not None and name.end - name.start > 2:
            line = page.text.text.find("\n", page.words[i].start)
            if line < 0 or name.end <= line:
                yield name
            return


def _after(page: Page, lead: re.Pattern[str], evidence: str) -> Iterator[tuple[Page, Name, str]]:
    found = lead.match(page.text.text)
    at = found and next((i for i, word in enumerate(page.words[:8]) if word.start == found.end()), None)
    if isinstance(at, int):
        name = name_at(page, at)
        if name is not None and _CLOSES.match(page.text.text, name.end):
            yield page, name, evidence


def _listed(page: Page, group: str) -> Iterator[Name]:
    room = _ROOM_BEFORE.match(page.text.text)
    begin = room.end() if room else 0
    i = next((k for k, word in enumerate(page.words[:12]) if word.start >= begin), None)
    if i is None or page.words[i].start - begin > 2:
        return
    name = name_at(page, i)
    if name is None or not _CLOSES.match(page.text.text, name.end):
        return
    words = name.last - name.first + 1
    in_cell = words > 1 and (page.given(i) or page.initial(i + 1))
    participant = group == "participants" and (words > 1 or page.words[i].folded not in page.ordinary)
    if participant or group == "to" or in_cell:
        yield name


def _speakers(pages: list[Page]) -> Iterator[tuple[Page, Name, str]]:
    """Yield those whose names open what they say: "RUSK: I think so." One word does so in several paragraphs."""
    found = [
        (page, name)
        for page in pages
        if page.text.block.kind in ("p", "item") and not page.text.note and (name := _speaker(page))
    ]
    times = Counter(page.text.folded[name.start : name.end] for page, name in found)
    for page, name in found:
        known = page.family(name.last) or page.given(name.first)
        if times[page.text.folded[name.start : name.end]] > 1 or known:
            yield page, name, "speaks"


def _speaker(page: Page) -> Name | None:
    match = _SPEAKS.match(page.text.text)
    if match is None:
        return None
    i = next((k for k, word in enumerate(page.words[:4]) if word.start == match.start("name")), None)
    name = name_at(page, i, capitals=True) if i is not None else None
    if name is None or name.end != match.end("name") or not re.search(r"[AEIOUYaeiouy]", match["name"]):
        return None
    if name.first == name.last and page.words[name.last].folded in page.ordinary and not page.family(name.last):
        return None
    return name
