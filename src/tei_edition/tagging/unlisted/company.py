"""Names in the company of names: "Rusk, McNamara, Gilpatric, and Bundy" are persons all, if one of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tei_edition.tagging.unlisted.names import Name, Page

_AND = re.compile(r"(?: \([\w/ .-]{1,12}\))?(?:, (?:and |or )?| and | & |; (?:and )?)")
_BEHIND = re.compile(
    r"[,.;:)\]]|(?: \([\w/ .-]{1,12}\))?[,.;]"
    r"| (?:and|or|to|of|for|in|at|on|with|were|are|had|have|as|who|met|agreed|said) |$"
)


def in_company(page: Page, persons: Iterable[tuple[Name, str]]) -> Iterator[tuple[Name, str]]:
    """Yield the names that a comma or "and" joins to persons; `persons` are the names known so far in the passage."""
    known = {name.first: name for name, _ in persons}
    ends = {name.last: name for name in known.values()}
    waiting = sorted(known.values())
    while waiting:
        name = waiting.pop()
        words = page.text.text[name.start : name.end]
        between = _AND.match(page.text.text, name.end)
        following = page.word_at(between.end()) if between else None
        found = [page.name_from(following)] if following is not None and following not in known else []
        if name.first and _AND.fullmatch(page.joined(name.first - 1)) and name.first - 1 not in ends:
            found.append(_ending_at(page, name.first - 1))
        for other in found:
            if other is not None and _stands_alone(page, other) and other.first not in known:
                known[other.first] = ends[other.last] = other
                waiting.append(other)
                yield other, f"in company with “{' '.join(words.split())}”"


def _ending_at(page: Page, last: int) -> Name | None:
    first = last
    while first > 0 and last - first < 3 and page.holds(first - 1) and page.joined(first - 1) == " ":
        if not page.name_word(first - 1):
            break
        first -= 1
    name = page.name_from(first) if page.name_word(first) and not page.opens_sentence(first) else None
    return name if name is not None and name.last == last else None


def _stands_alone(page: Page, name: Name) -> bool:
    """Whether nothing with a capital is glued to a name, and it is no word of the document."""
    if page.headline or page.capitals or (name.first == name.last and page.words[name.last].folded in page.ordinary):
        return False
    before = page.joined(name.first - 1) if name.first else ""
    if before == " " and (page.capital(name.first - 1) or page.words[name.first - 1].folded == "the"):
        return False
    return bool(_BEHIND.match(page.text.text, name.end))
