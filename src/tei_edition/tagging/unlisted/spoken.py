"""Capitalised words that do as persons do: they speak, agree, are told and are met.

"Riad said he had told Jarring so." One such sign may deceive ("Moscow said"), so that places, peoples and
institutions are known beforehand, and what speaks against a person is weighed: "in Kontum", "the Ranger", a word that
the document writes with a small letter, too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tei_edition.tagging.name_vocabulary import (
    between,
    deeds,
    grammar,
    meetings,
    no_persons,
    saying_verbs,
    telling_words,
)
from tei_edition.tagging.unlisted.names import Name, Page

_ENOUGH = 1.0
_WHERE = grammar("where")
_PARTNER = grammar("partner")
_RULING = grammar("ruling")
_FAMILY_ENDING = re.compile(
    r".{2,}(?:ov|ev|enko|sky|skii|skiy|vich|vic|wicz|czyk|escu|opoulos|poulos|akis|idis|oglu|shvili|adze|sson|sen|stein"
    r"|berg|mann|man|baum|feld|ez|eau|ault|elli|etti|ini|son|ton|worth|well|field|hiem)$"
)


def of_speakers(pages: Iterable[Page]) -> Iterator[tuple[Page, Name, str]]:
    """Yield names of whom verbs and prepositions tell that they are persons."""
    weights: dict[str, float] = defaultdict(float)
    signs: dict[str, str] = {}
    found: dict[str, list[tuple[Page, Name]]] = defaultdict(list)
    for page in pages:
        if page.headline or page.capitals:
            continue
        for name in _unknown(page):
            key = page.text.folded[page.words[name.last].start : name.end]
            weight, sign = _weigh(page, name)
            weights[key] += weight
            if weight >= _ENOUGH:
                signs.setdefault(key, sign)
            found[key].append((page, name))
    for key, places in found.items():
        if weights[key] >= _ENOUGH and key in signs and key not in places[0][0].ordinary:
            yield from ((page, name, signs[key]) for page, name in places)


def _unknown(page: Page) -> Iterator[Name]:
    behind = 0
    for i in page.beginnings:
        name = page.name_from(i) if i >= behind and i in page.name_words else None
        if name is None:
            continue
        behind = name.last + 1
        if name.last - name.first < 3:
            yield name


def _weigh(page: Page, name: Name) -> tuple[float, str]:
    """What speaks at one place for a person, or against one."""
    before = page.words[name.first - 1].folded if name.first else ""
    joined = page.joined(name.first - 1) if name.first else ""
    if joined == " " and before == "the":
        return -0.7, ""
    if joined == " " and before in _WHERE:
        return -1.5, ""
    glued = joined in (" ", "-") and before in no_persons() and page.capital(name.first - 1)
    if glued and not page.opens_sentence(name.first):
        return -0.5, ""
    following = page.words[name.last + 1].folded if name.last + 1 < len(page.words) else ""
    if page.joined(name.last) in (" ", "-") and page.capital(min(name.last + 1, len(page.words) - 1)):
        return (-0.7, "") if following in no_persons() else (0.0, "")
    boost = 0.5 if _FAMILY_ENDING.match(page.words[name.last].folded) else 0.0
    ruled = joined == " " and before in _RULING
    verb = "" if ruled else _verb(page, name.last)
    if verb:
        return 1.0 + boost, f"in front of “{verb}”"
    two = f"{page.words[name.first - 2].folded} {before}" if name.first > 1 else ""
    if joined == " " and (before in telling_words() or two in telling_words()):
        return 1.0 + boost, f"behind “{two if two in telling_words() else before}”"
    if joined == "-" and following in meetings() and page.joined(name.last) == " ":
        return 1.0 + boost, f"in front of “{following}”"
    if page.text.folded.startswith(("'s ", "' "), name.end):
        deed = page.text.folded[name.end : name.end + 24].partition(" ")[2].partition(" ")[0].strip(".,;)")
        return (1.0 + boost, f"in front of “{deed}”") if deed in deeds() else (0.4 + boost, "")
    return (0.3 + boost if joined == " " and before in _PARTNER else 0.0), ""


def _verb(page: Page, last: int) -> str:
    """The verb of saying whose subject a name is, passing "had", "also", "then"; empty where there is none."""
    for i in range(last + 1, min(last + 4, len(page.words))):
        if page.joined(i - 1) != " ":
            return ""
        word = page.words[i].folded
        if word in saying_verbs() and not page.capital(i):
            return word
        if word not in between() and not word.endswith("ly"):
            return ""
    return ""
