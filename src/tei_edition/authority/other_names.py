"""What stands in brackets and quotes beside a name, or behind "formerly": other names of the same person.

"Haldeman, H.R. “Bob”", "Fahmy (Fahmi), Ismail", "Mobutu, Sésé Seko (born Joseph-Désiré Mobutu)".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tei_edition.authority.name_words import is_title

_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?")
_QUOTED = re.compile(r",?\s*(?:[“‘\"]|(?<![\w])'{1,2})([^“”\"‘]{2,40}?),?(?:[”\"]|''|(?<=\w)[’'](?!\w))")
_LEAD = re.compile(
    r"^(?P<word>also known as|also|aka|a\.k\.a\.|alias|or|called|known as|code[- ]named?|pseudonym|nom de guerre|born"
    r"|formerly|former name|later|now|né|née|nee|Nee)(?: as)?[ ,:]+",
)
_BEHIND = re.compile(
    r",? (?:also known as|also|aka|a\.k\.a\.|alias|or|known as|born|formerly|later|née|nee) (?=[A-Z“\"‘])"
)
_SURNAMES = frozenset({"née", "nee", "Nee", "né", "formerly", "former name", "later", "now"})


class Other(NamedTuple):
    """Another name: its words, its kind (`bracket`, `nickname`, `surname`), and whether it stands at the surname."""

    words: str
    kind: str
    behind_surname: bool


def take_out(printed: str) -> tuple[str, tuple[Other, ...]]:
    """Return the name without its brackets and quotes, and what they hold."""
    others: list[Other] = []
    comma = _BRACKET.sub(lambda found: "_" * len(found[0]), printed).find(",")

    def bracket(found: re.Match[str]) -> str:
        words = found[1].strip(" ,")
        if not words or all(is_title(word) for word in words.split()):
            return f", {words}" if words else ""  # "(ret.)", "(Lord)"
        if re.match(r"[DR][-–—]|[DR]\.?$", words):
            return ""  # the party and state of a member of Congress: "(D-Oregon)"
        others.extend(other_names(words, behind_surname=found.start() < comma))
        return ""

    def quoted(found: re.Match[str]) -> str:
        others.append(Other(found[1].strip(" ,"), "nickname", False))
        return ", " if found[0].startswith(",") else " "

    plain = _QUOTED.sub(quoted, _BRACKET.sub(bracket, printed))
    plain, *behind = _BEHIND.split(plain, maxsplit=1)
    if behind:
        lead = printed[printed.find(plain) + len(plain) :].strip(" ,") if plain in printed else behind[0]
        others.extend(other_names(lead, behind_surname="," not in plain))
    return re.sub(r" (?:and|or)$", "", re.sub(r"\s+", " ", plain).strip(" ,;")), tuple(others)


def hide_others(printed: str) -> str:
    """Return the name with what stands in brackets and quotes blotted out, so that offsets stay what they are."""

    def blot(found: re.Match[str]) -> str:
        words = found[1].strip(" ,")
        return found[0] if all(is_title(word) for word in words.split()) else " " * len(found[0])

    return _QUOTED.sub(lambda found: " " * len(found[0]), _BRACKET.sub(blot, printed))


def other_names(words: str, *, behind_surname: bool) -> tuple[Other, ...]:
    """Return the names that a bracket holds: "Nasr, Nassir" behind a surname is two spellings of it."""
    lead = _LEAD.match(words)
    kind = "bracket"
    while lead:
        kind = "surname" if lead["word"] in _SURNAMES else kind
        words = words[lead.end() :]
        lead = _LEAD.match(words)
    quoted = _QUOTED.findall(words)
    if quoted:
        return tuple(Other(name.strip(" ,"), "nickname", False) for name in quoted)
    words = words.strip(' ,;“”"')
    parts = re.split(r", | or |; ", words) if behind_surname or " or " in words else [words]
    whole = words.split(", ")
    if len(whole) > 1 and all(" " in name and "." not in name for name in whole):
        parts = whole  # "Pak Chung-hui (Park Chung Hee, Pak Jung-Hui)"
    return tuple(Other(part, kind, behind_surname) for part in parts if part and part[0].isalpha())
