"""Names with an office beside them: "Foy Kohler, Ambassador to …", "the Ambassador (Bohlen)", "Davies (NEA)", and
those who wrote or got a paper: "a memorandum from Brubeck to Bundy", "signed by Minnich".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.tagging.name_vocabulary import family_names, grammar, no_persons, offices
from tei_edition.tagging.unlisted.names import Name, Page
from tei_edition.tagging.words import Word, fold

_OFFICE_BEHIND = re.compile(
    r",? (?:(?:the|then|former|formerly|now|a|an|at that time|newly appointed|who was|U\.S\.|US"
    r"|[A-Z][a-z]+(?:ian|ish|ese|an|ch|i)|personal|acting|his|their)[ ]){0,3}(?P<office>[A-Za-z][a-zé]+)"
)
_WORD = re.compile(r"[^\W\d_]+")
_ROOM = re.compile(r"(?:[A-Z][A-Za-z]{0,7}(?:[/–-][A-Za-z]{1,8})+|[A-Z]{2,6})$")
_PAPERS = grammar("paper")
_DONE = grammar("done-to-papers")  # may open a line, with a capital: "Drafted by"
_OF_PAPERS = _PAPERS | _DONE
_PAPER = re.compile(
    r"[A-Za-z]+(?: [a-z]+| (?:[A-Z][a-z]+ )?\d{1,2},?| \d{4},?){0,4}? (?:from|by|to|between|with) (?=[A-Z])",
)
_BEHIND_NAMES = (", ", "—", " (", ")", "]")
_NEXT = re.compile(r",? (?:to|and|or|through|via|and (?:to|by)) (?=[A-Z])|, (?=[A-Z])")


def with_offices(page: Page) -> Iterator[tuple[Name, str]]:
    """Yield names that an office follows, or that stand in parentheses behind one."""
    begun = -1
    for i in page.beginnings:
        within = begun == i - 1 and i and page.holds(begun)
        begun = i
        if within:
            continue
        name = page.name_from(i)
        if name is None or not page.text.text.startswith(_BEHIND_NAMES, name.end):
            continue  # as behind most: nothing that an office could begin with
        if _is_opener(page, name) and page.opens_sentence(i):
            continue
        evidence = _in_parentheses(page, name) or _office_behind(page, name) or _room_behind(page, name)
        if evidence:
            yield name, evidence


def _is_opener(page: Page, name: Name) -> bool:
    """A sentence's first word that is a word of the document: "Assured Ambassador" names nobody Assured."""
    return name.first == name.last and page.words[name.first].folded in page.ordinary


def _office_behind(page: Page, name: Name) -> str:
    behind = page.text.text[name.end : name.end + 2]
    if behind not in (", ", "—"):
        return ""
    match = _OFFICE_BEHIND.match(page.text.text, name.end)
    office = next((word for word in _WORD.findall(match.group()) if fold(word) in offices()), "") if match else ""
    if not office or (not office[0].isupper() and name.first == name.last):
        return ""
    if name.first == name.last and name.first and page.capital(name.first - 1) and page.joined(name.first - 1) == " ":
        return ""
    return f"in front of the office {office} …"


def _in_parentheses(page: Page, name: Name) -> str:
    text = page.text.text
    if text[name.start - 1 : name.start] not in ("(", "[") or text[name.end : name.end + 1] not in (")", "]"):
        return ""
    k = name.first - 1
    if k < 0 or page.text.text[page.words[k].end : name.start - 1].strip(" ,"):
        return ""
    nearest = ""
    for i in range(k, max(-1, k - 16), -1):
        if "." in page.joined(i) and i < k and not page.initial(i):
            break
        if page.words[i].folded in _HOLDERS and page.capital(i):
            nearest = page.written(i)
            break
    place = page.words[k].folded in no_persons() and page.capital(k) and name.first == name.last
    if nearest or (place and (page.family(name.last) or page.given(name.first))):
        return f"in parentheses behind the office {nearest}".rstrip()
    return ""


_HOLDERS = grammar("holder")


def _room_behind(page: Page, name: Name) -> str:
    """An office's symbol in parentheses behind a name: "Davies (NEA)", "Sisco (IO)", "Kissinger (S/S)"."""
    text = page.text.text
    if text[name.end : name.end + 2] != " (":
        return ""
    close = text.find(")", name.end, name.end + 16)
    room = text[name.end + 2 : close] if close > 0 else ""
    if not _ROOM.match(room):
        return ""
    if page.written(name.last)[0] == room[-1] and "/" not in room:
        return ""  # "Organization of American States (OAS)"
    before = page.words[name.first - 1].folded if name.first else ""
    glued = bool(before) and page.joined(name.first - 1) in (" ", "-")
    if glued and before in no_persons() and (page.capital(name.first - 1) or before == "the"):
        return ""
    return f"in front of the office ({room})"


def of_papers(page: Page) -> Iterator[tuple[Name, str]]:
    """Yield those who wrote, sent, cleared or got a paper: "a memorandum from Brubeck to Bundy"."""
    for match in _papers(page):
        i = page.word_at(match.end())
        for _ in range(8):
            name = page.name_from(i) if i is not None else None
            if name is None:
                break
            yield name, f"behind “{' '.join(match.group().split())}”"
            between = _NEXT.match(page.text.text, _behind_room(page.text.text, name.end))
            i = page.word_at(between.end()) if between else None


def _papers(page: Page) -> Iterator[re.Match[str]]:
    """Each word for a paper with what stands between it and whoever wrote or got it, in order."""
    if _OF_PAPERS.isdisjoint(page.text.vocabulary):
        return
    reached = 0
    for word in [word for word in page.words if word[0] in _OF_PAPERS]:
        if word.start < reached or not _is_small(page.text.text, word):
            continue
        match = _PAPER.match(page.text.text, word.start)
        if match:
            reached = match.end()
            yield match


def _is_small(text: str, word: Word) -> bool:
    """Whether a word for a paper is written small; what is done with one may open a line: "Drafted by"."""
    first = word.start + (word.folded in _DONE)
    return text[first : word.end] == word.folded[first - word.start :]


def _behind_room(text: str, end: int) -> int:
    if text[end : end + 2] == " (":
        close = text.find(")", end, end + 40)
        return close + 1 if close > 0 else end
    office = re.compile(r" of (?:the )?[A-Z][\w/]*(?= and |,)").match(text, end)
    return office.end() if office else end


def named_in_full(page: Page) -> Iterator[tuple[Name, str]]:
    """Yield names that tell themselves: a usual given name or initials with a surname, a well-known family name."""
    behind = 0
    for i in page.beginnings:
        name = _run(page, i) if i >= behind else None
        if name is None:
            continue
        behind = max(name.last, i) + 1
        evidence = _told_by_itself(page, name)
        if evidence:
            yield name, evidence


def _run(page: Page, i: int) -> Name | None:
    """The name that a word begins; a word that opens a sentence must tell that it is one."""
    if not page.initial(i) and not page.given(i) and not page.family(i) and page.opens_sentence(i):
        following = i + 1 < len(page.words) and page.holds(i) and (page.initial(i + 1) or page.name_word(i + 1))
        if page.words[i].folded in page.ordinary or not following or page.headline:
            return None
    return page.name_from(i)


def _told_by_itself(page: Page, name: Name) -> str:
    first = name.first
    if page.initial(first):
        return _with_initials(page, name, glued=_is_glued(page, first))
    if first == name.last and not page.given(first) and not page.family(first):
        return ""  # as of most
    before = page.words[first - 1].folded if first else ""
    several = any(page.name_word(k) for k in range(first + 1, name.last + 1))
    if name.last > first and page.text.folded[page.words[first].start : page.words[name.last].end] in family_names():
        return "a well-known family name"  # "Mendès-France"
    if page.given(first) and several and not page.capitals:
        return f"with the given name {page.written(first)}"
    if page.given(first) and several and page.family(name.last):
        return f"with the given name {page.written(first)}"
    if any(page.initial(k) for k in range(first + 1, name.last)) and not page.capitals:
        return "with an initial before the surname"
    word = page.words[name.last].folded in page.ordinary and page.opens_sentence(first)
    word = word or (first == name.last and before in ("the", "a", "an"))  # "The Lodge was full"
    if page.family(name.last) and not word and not (several and page.headline):
        return f"{page.written(name.last)} is a well-known family name"
    inner = [k for k in range(first, name.last + 1) if page.given(k)]
    if inner and several and not page.headline and not page.capitals:
        return f"with the given name {page.written(inner[0])}"
    alone = page.given(first) and not (page.opens_sentence(first) or page.headline or page.capitals)
    if alone and _is_glued(page, first) and before in no_persons() and len(before) > 1:
        alone = page.opens_sentence(first - 1)
    if alone and before not in ("the", "a", "an", "this") and page.words[first].folded not in page.ordinary:
        return f"{page.written(first)} is a usual given name"
    return ""


def _is_glued(page: Page, first: int) -> bool:
    """Whether a name stands directly behind another word with a capital."""
    return first > 0 and page.joined(first - 1) == " " and page.capital(first - 1) and not page.opens_sentence(first)


def _with_initials(page: Page, name: Name, *, glued: bool) -> str:
    from_government = any(
        _letters(page, name.first, k) in _GOVERNMENTS for k in range(name.first, name.last) if page.initial(k)
    )
    count = sum(page.initial(k) for k in range(name.first, name.last))
    if from_government or glued or (page.capitals and not page.family(name.last)):
        return ""
    if count > 1 or page.family(name.last):
        return "with initials before the surname"
    at_begin = page.words[name.first].start < 3
    if at_begin and not page.text.note and page.text.block.kind not in ("item", "signature", "cell"):
        return ""  # "A. Background"
    if page.opens_sentence(name.first) and not at_begin:
        return ""  # "; C. Provision of a power station"
    return "with initials before the surname"


def _letters(page: Page, first: int, last: int) -> str:
    return "".join(page.words[k].folded for k in range(first, last + 1))


_GOVERNMENTS = grammar("government")
