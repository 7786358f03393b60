"""Names of persons as TEI: `surname`, `forename`, `roleName`, `genName`, `nameLink`, and back again.

`<surname>Byrd</surname>, <forename>Harry</forename> <forename>F.</forename>, <genName>Jr.</genName>`; a name in one
piece is a `name` ("Souvanna Phouma"), that of a ruler `forename` and `genName` ("Hassan II") (Guidelines, 14.2.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from tei_edition.authority.name_words import is_particle
from tei_edition.authority.names import parse_name
from tei_edition.authority.other_names import hide_others
from tei_edition.model import PersonName
from tei_edition.tei import TEI, TEI_NS

_NUMERAL = re.compile(r"(?P<name>.+) (?P<numeral>[IVX]+)")
_PARTS = tuple(f"{TEI}{name}" for name in ("surname", "forename", "name", "genName", "roleName", "nameLink", "addName"))

Part = tuple[str, str]  # the element, and its words


def mark_up(printed: str, names: Sequence[PersonName]) -> etree._Element:
    """Return `persName` with the words as printed, the parts of the first name marked where they stand in them."""
    hidden = hide_others(printed) if names[0].surname != printed else printed
    placed: list[tuple[int, int, str]] = []
    for tag, words in _parts(names[0], printed):
        at = _find(hidden, words, placed)
        if at < 0:
            break
        placed.append((at, at + len(words), tag))
    else:
        made = _write(printed, sorted(placed))
        if read_name(made)[:1] == (names[0],):
            return made
    plain = _pers_name()
    plain.text = printed
    return plain if parse_name(printed)[:1] == (names[0],) else spell_out(names[0], main=True)


def spell_out(name: PersonName, *, main: bool = False, nickname: bool = False) -> etree._Element:
    """Return `persName` with a name as it is said: "George W. Ball", "Mao Zedong"; a nickname: "Bob McNamara"."""
    made = _pers_name()
    if not main:
        made.set("type", "variant")
    parts = [*(("roleName", title) for title in name.titles), *_spoken(name)]
    for number, (tag, words) in enumerate(parts):
        part = etree.SubElement(made, f"{TEI}{'addName' if nickname and tag == 'forename' else tag}")
        part.text = words
        if number < len(parts) - 1 and not (tag == "nameLink" and words.endswith(("-", "’", "'"))):
            part.tail = ", " if parts[number + 1] == ("genName", name.suffix) else " "
    return made


def _spoken(name: PersonName) -> list[Part]:
    suffix = [("genName", name.suffix)] if name.suffix else []
    forenames = [("forename", forename) for forename in name.forenames]
    if name.order == "single":
        return [*_single(name.surname), *suffix]
    surname = [*_surname(name.surname, "")]
    return [*surname, *forenames, *suffix] if name.order == "family-first" else [*forenames, *surname, *suffix]


def _parts(name: PersonName, printed: str) -> list[Part]:
    surname = _single(name.surname) if name.order == "single" else _surname(name.surname, printed)
    suffix = [("genName", name.suffix)] if name.suffix else []
    return [
        *surname,
        *(("roleName", title) for title in name.titles),
        *(("forename", forename) for forename in name.forenames),
        *suffix,
    ]


def _single(words: str) -> list[Part]:
    ruler = _NUMERAL.fullmatch(words)
    return [("forename", ruler["name"]), ("genName", ruler["numeral"])] if ruler else [("name", words)]


def _surname(surname: str, printed: str) -> list[Part]:
    """The family name; a particle that is printed elsewhere ("Gaulle, Charles de") or stands in front is a link."""
    words = surname.split()
    links: list[Part] = []
    while len(words) > 1 and is_particle(words[0]):
        links.append(("nameLink", words.pop(0)))
    hyphen = re.match(r"(?:al|el)-(?=\w)", " ".join(words))
    if printed and hyphen and surname not in printed:
        return [*links, ("nameLink", hyphen[0]), ("surname", " ".join(words)[hyphen.end() :])]
    return [*links, ("surname", " ".join(words))]


def _find(hidden: str, words: str, placed: Sequence[tuple[int, int, str]]) -> int:
    """Where words stand as whole words, first behind what is placed last, else anywhere free; -1: nowhere."""
    for begin in (placed[-1][1] if placed else 0, 0):
        at = hidden.find(words, begin)
        while at >= 0:
            end = at + len(words)
            alone = not (hidden[at - 1 : at].isalnum() or hidden[end : end + 1].isalnum())
            if alone and all(end <= start or stop <= at for start, stop, _ in placed):
                return at
            at = hidden.find(words, at + 1)
    return -1


def _write(printed: str, placed: Sequence[tuple[int, int, str]]) -> etree._Element:
    made = _pers_name()
    made.text = printed[: placed[0][0]] or None
    for number, (start, end, tag) in enumerate(placed):
        part = etree.SubElement(made, f"{TEI}{tag}")
        part.text = printed[start:end]
        following = placed[number + 1][0] if number + 1 < len(placed) else len(printed)
        part.tail = printed[end:following] or None
    return made


def _pers_name() -> etree._Element:
    return etree.Element(f"{TEI}persName", nsmap={None: TEI_NS})


def read_name(name: etree._Element) -> tuple[PersonName, ...]:
    """Return the names that a `persName` holds: in its marked parts; without any it is read as printed."""
    parts = [(str(part.tag).removeprefix(TEI), _words(part)) for part in name.iterchildren(*_PARTS) if _words(part)]
    held = {tag: [words for kind, words in parts if kind == tag] for tag, _ in parts}
    surname = " ".join([*held.get("nameLink", []), *held.get("surname", [])]).replace("- ", "-").replace("’ ", "’")
    forenames = tuple(" ".join(held.get("forename", [])).split())
    suffix, titles = " ".join(held.get("genName", [])), tuple(held.get("roleName", []))
    nicknames = held.get("addName", [])
    if not surname:
        whole = " ".join([*held.get("name", []), *held.get("forename", [])])
        if not whole:
            return parse_name(_words(name))
        single = PersonName(whole, (), suffix, titles, "single")
        return (single._replace(surname=f"{whole} {suffix}", suffix="") if forenames and suffix else single,)
    if not forenames and nicknames:
        forenames, nicknames = (nicknames[0],), nicknames[1:]
    order = "family-first" if _family_first(name, parts) else "given-first"
    main = PersonName(surname, forenames, suffix, titles, order)
    return main, *(PersonName(surname, (nickname,), suffix) for nickname in nicknames)


def _family_first(name: etree._Element, parts: Sequence[Part]) -> bool:
    """Whether the family name is said first: it is written first, and no comma turns the name around.

    A file made from a database often has surname and forename in this order, and no comma; so the words decide, too.
    """
    tags = [tag for tag, _ in parts if tag in ("surname", "forename")]
    if tags[:2] != ["surname", "forename"]:
        return False
    said = " ".join(words for tag, words in parts if tag in ("surname", "forename", "nameLink"))
    whole = _words(name) if re.search(r"[\s,]", _words(name)) else said  # a database leaves no blank between the parts
    listed = parse_name(whole)
    said_so = bool(listed) and listed[0].order == "family-first"
    return said_so or (name.get("type") == "variant" and "," not in _words(name))


def _words(element: etree._Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext(etree.Element))).strip()
