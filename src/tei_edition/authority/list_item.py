"""One item of a printed list, cut behind the name: "Kennedy, Robert F." and "Attorney General"."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from tei_edition.authority.name_words import (
    family_name_first,
    is_given_name,
    is_initial,
    is_particle,
    is_rank,
    is_royal,
    is_suffix,
    is_title,
)

_SEE = re.compile(r"(?P<name>.+?)[,.:;]?\s+(?P<see>see (?:also |under )?[A-Z].*)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\t+| {3,}|:\s+| [–—=] |(?<=[A-Z.)]) - ")
_NAME = 1000  # characters in which the name ends
_LONGEST = 6  # words of a name before its comma
_SHORT = re.compile(r"[A-Z0-9][\w./&’'–-]{0,14}|(?:[A-Z]\.){2,}|[a-z]{1,3}\.?")


def separated(words: str) -> re.Match[str] | None:
    """The tab, colon or dash that parts a name from what is said of it."""
    found = _SEPARATOR.search(words)
    return found if found and 0 < found.start() < 60 else None


def parted(words: str, kind: str) -> tuple[str, str]:
    """The name and what is said of it."""
    see = _SEE.fullmatch(words)
    if see and len(see["name"].split()) < 6 and ";" not in see["name"]:
        return see["name"].strip(" ,.;"), see["see"].strip()
    separator = separated(words)
    if separator:
        return words[: separator.start()].strip(" ,;:"), " ".join(words[separator.end() :].split())
    if kind == "person":
        return person_name(words)
    name, _, description = words.partition(", ")
    return (name.strip(), description.strip(" ,")) if description else (words, "")


def person_name(words: str) -> tuple[str, str]:
    """Cut a person's line behind the name: the family name, given names, suffix, ranks and services.

    "Kennedy, Robert F., Attorney General" ends behind "F."; "Chou En-lai, Premier of …" behind "En-lai".
    """
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", words[:_NAME])]
    parts[-1] += words[_NAME:]
    if len(re.sub(r"\([^)]*\)", "", parts[0]).split()) > _LONGEST:
        return "", ""
    taken = 1
    if len(parts) > 1 and not whole(parts[0]) and _given(parts[1][:_NAME]):
        taken = 2
    while taken < len(parts) and (is_suffix(parts[taken]) or is_rank_phrase(parts[taken].split())):
        taken += 1
    if taken < len(parts) and taken > 1 and all(is_initial(word) for word in parts[taken].split()):
        taken += 1
    return ", ".join(parts[:taken]), ", ".join(parts[taken:])


def whole(head: str) -> bool:
    """Whether the words before the first comma are a name already: "Hassan II", "Ngo Dinh Diem"."""
    words = re.sub(r"\([^)]*\)", "", head).split()
    numeral = len(words) > 1 and re.fullmatch(r"[IVX]+", words[-1])
    return bool(numeral) or family_name_first(words) or (len(words) == 2 and words[0] == "U")


def _given(part: str) -> bool:
    """Whether a part between commas holds given names, alone or with a rank: "General Maxwell D.", "Charles de"."""
    bare = re.sub(r"\s*(?:\([^)]*\)|[“\"‘][^”\"’]*[”\"’])", "", part).split()
    words = [word for word in bare if not is_suffix(word)]
    names = list(words)
    while names and is_title(names[0]) and not (len(names) == 1 and is_given_name(names[0])):
        names.pop(0)
    ranked = len(names) < len(words)
    if not names:
        return is_rank_phrase(words)  # "Lord", "Prince", "Brigadier General"
    if not all(word[0].isupper() or is_particle(word) for word in names):
        return is_rank(words[0]) and not is_royal(" ".join(words)) and names[0] == "of"  # "Third Earl of"
    if len(names) > 5 or any(word in _OF_OFFICES for word in names):
        return False
    if is_initial(names[-1]) or is_given_name(names[0]):
        return True
    return len(names) < (3 if ranked else 4) and not is_title(names[-1])


def is_rank_phrase(words: Sequence[str]) -> bool:
    """Whether words are a rank or service, and no office: "Lieutenant General", "USA (ret.)", "Air Chief Marshal"."""
    if list(words) == ["Commander"]:
        return False  # "Momyer, General William, Commander, 7th Air Force": what he was
    return bool(words) and all(map(is_title, words)) and is_rank(words[0]) and is_rank(words[-1])


# Words that begin what somebody was, and are part of no name.
_OF_OFFICES = frozenset(
    [
        *("Member", "Minister", "Secretary", "Officer", "Office", "Ambassador", "Director", "President", "Premier"),
        *("Counselor", "Counsellor", "Consul", "Attaché", "Chief", "Head", "Assistant", "Deputy", "Special", "Acting"),
        *("Department", "Bureau", "Embassy", "Chairman", "Representative", "Adviser", "Advisor", "Chargé", "Leader"),
        *("Permanent", "Administrator", "Administrative", "Foreign", "Former", "First", "Second", "Third", "U.S."),
        *("Commander", "Staff", "National", "International", "Professor", "Editor", "Correspondent", "Attorney"),
        *("Democratic", "Republican", "Senator", "Congressman", "Governor", "Vice", "Under", "United", "General", "UN"),
    ]
) - {"General"}


@functools.lru_cache(maxsize=1 << 16)
def looks_like(kind: str, words: str) -> str:
    """How an item looks: `sure` to begin with a name, `perhaps`, or not at all (empty).

    "Ball, George W., …" and "NATO, …" are sure; "Souvanna Phouma, Prime Minister" and "Geneva Accords, …" may go on
    from the line before, as "Department of State, until May" does.
    """
    if _SEE.fullmatch(words):
        return "sure"
    found = separated(words)
    head = (words[: found.start()] if found else words.partition(", ")[0]).strip()
    if kind == "term":
        if not found and ", " not in words:
            return ""
        short = _SHORT.fullmatch(head) and (sum(c.isupper() for c in head) > 1 or len(head) < 3)
        if short or (found and not _of_a_person(head)):
            return "sure"
        return "perhaps" if len(head.split()) < (6 if head[0].isupper() else 3) else ""
    name, description = person_name(words)
    if found and _of_a_person(head):
        return "sure"
    if whole(name.partition(",")[0]) and description:
        return "sure"
    if "," not in words and whole(words):
        return "perhaps"  # "Pope John XXIII": nothing is said of him
    if "," in name:
        given = name.split(",")[1].split()
        known = any(is_initial(w) or is_given_name(w) or is_rank(w) or is_suffix(w) for w in given)
        return "sure" if known else "perhaps"
    of_office = any(word in _OF_OFFICES or word in ("of", "and", "for") for word in head.split())
    return "perhaps" if description and not of_office and head[:1].isupper() else ""


def _of_a_person(head: str) -> bool:
    """Whether what stands before a tab or a dash is the name of a person: "Ball, George W.", "Hassan II"."""
    name, description = person_name(head)
    if description or not name:
        return False
    if "," in name:
        given = name.split(",")[1].split()
        return any(is_initial(w) or is_given_name(w) or is_rank(w) for w in given)
    words = head.split()
    return whole(name) or (1 < len(words) < _LONGEST and is_given_name(words[0]) and words[-1].istitle())
