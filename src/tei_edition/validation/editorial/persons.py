"""Persons: each name has an entry or says that it has none; a name means one person in a document; who signs, sends.

A name is linked by @ref in our editions and by @corresp in the Office of the Historian's. A name that no entry is known
for says so: with @cert, as `convert` writes it. In the Office's volumes a name without a pointer is one that several
entries of the list share, so there only what contradicts the list is reported.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from tei_edition.late_patterns import late
from tei_edition.tei import TEI, XML_ID
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.running_text import plain_words
from tei_edition.validation.fault import Fault

_POINTERS = ("ref", "corresp", "sameAs")
_POINTING = frozenset((*_POINTERS, "key"))
# What says who is meant, or that nobody knows, or that it is one side of a letter that another mark names.
_STATED = frozenset((*_POINTERS, "key", "cert", "resp", "nymRef", "copyOf"))
_LISTS = frozenset(f"{TEI}{name}" for name in ("person", "personGrp", "listPerson", "teiHeader", "standOff"))
_TITLE = late(r"((?:[A-Z][\w.’'-]*\s+){1,2})$")
_POLITE = late(r"\b(?:Mr|Mrs|Ms|Miss|Messrs|MR|MRS)\b\.?\s*$")
_NAMED_AFTER = late(
    r"\s*(?:Library|Papers|Files?|Collection|Doctrine|Plan|Memorial|Report|Room|Administration)\b"
)
_BEFORE = 40  # characters before a name in which its title stands
_FAMILY = late(r"[^\W\d_][^\W\d_’'-]+(?:[’'-][^\W\d_]+)*")


class _Mention(NamedTuple):
    """A name in the text: the words before it that are its title, its words, and the entry that it points to."""

    title: str
    words: str
    ref: str
    element: etree._Element


def names_without_entry(inventory: Inventory) -> Iterator[Fault]:
    """VA358: every name in the text has an entry, or says that it has none."""
    for name in inventory.named("persName"):
        if _STATED.isdisjoint(name.keys()) and _in_text(name):
            yield Fault("VA358", f"“{plain_words(name)}” has no entry, and does not say that it has none", name)


def names_left_out(inventory: Inventory) -> Iterator[Fault]:
    """VA358 for anyone's TEI: where names are linked at all, each is, or says that it is not."""
    if any(not _POINTING.isdisjoint(name.keys()) for name in inventory.named("persName")):
        yield from names_without_entry(inventory)


def _in_text(name: etree._Element) -> bool:
    """Whether a name stands in the text, and is no entry of a list itself or a part of another name."""
    for ancestor in name.iterancestors():
        if ancestor.tag in _LISTS or ancestor.tag == name.tag:
            return False
        if ancestor.tag == f"{TEI}text":
            return True
    return False


def names_of_two(inventory: Inventory) -> Iterator[Fault]:
    """VA359: in one document a name with its title means one person; VA361: a name that is linked is linked each time.

    "President Johnson" and "General Johnson" are two; "President Johnson" twice, with two entries, is a slip. What
    carries @cert is a guess and says so.
    """
    listed: Counter[str] | None = None
    for document in inventory.documents or inventory.texts:
        linked: dict[tuple[str, str], dict[str, etree._Element]] = defaultdict(dict)
        loose: list[_Mention] = []
        for mention in _mentions(document):
            if mention.ref:
                linked[mention.title, mention.words.casefold()].setdefault(mention.ref, mention.element)
            else:
                loose.append(mention)
        for entries in linked.values():
            (first, at), *others = entries.items()
            for ref, element in others:
                said = f"“{plain_words(element)}” is linked to {ref} here and to {first} elsewhere in the document"
                yield Fault("VA359", said, element, related=(at,))
        if loose and linked:
            listed = Counter(map(_family, _entries(inventory).values())) if listed is None else listed
            yield from _left_out(loose, linked, listed)


def _left_out(loose: list[_Mention], linked: dict[tuple[str, str], dict[str, etree._Element]],
              listed: Counter[str]) -> Iterator[Fault]:
    by_words: dict[str, dict[str, tuple[str, etree._Element]]] = defaultdict(dict)
    for (title, words), entries in linked.items():
        for ref, element in entries.items():
            by_words[words].setdefault(ref, (title, element))
    for mention in loose:
        entries_of = by_words.get(mention.words.casefold(), {})
        if len(entries_of) != 1 or listed[mention.words.casefold()] != 1:
            continue
        ((ref, (title, element)),) = entries_of.items()
        if mention.title in ("", title):
            yield Fault("VA361", f"“{mention.words}” has no entry here, and {ref} elsewhere in the document",
                        mention.element, related=(element,))


def _mentions(document: etree._Element) -> Iterator[_Mention]:
    """The names of a document that are no guesses; those of institutions ("Kennedy Library") are left out."""
    for name in document.iter(f"{TEI}persName"):
        if name.get("cert") or _NAMED_AFTER.match(name.tail or ""):
            continue
        pointers = _pointer(name).split()
        words = plain_words(name)
        if len(pointers) > 1 or not words:
            continue
        title = _title_before(name)
        if title is not None:
            yield _Mention(title, words, "".join(pointers), name)


def _pointer(name: etree._Element) -> str:
    return next((value for attribute in _POINTERS if (value := name.get(attribute))), "")


def _title_before(name: etree._Element) -> str | None:
    """The title before a name, "President"; empty where none stands there, None in a bracket behind an office."""
    before, parent = name.getprevious(), name.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    near = (text or "")[-_BEFORE:]
    if near.rstrip().endswith("("):
        return None
    if _POLITE.search(near):
        return None  # "Mr. Dulles" is either of two brothers
    match = _TITLE.search(near)
    return " ".join(match[1].split()) if match else ""


def _entries(inventory: Inventory) -> dict[str, str]:
    """The words of each entry of a person by its id: in a list of names as printed, or in <person>."""
    found: dict[str, str] = {}
    for element in inventory.named("person"):
        name, entry = element.find(f"{TEI}persName"), element.get(XML_ID)
        if name is not None and entry:
            found[entry] = plain_words(name)
    for name in inventory.named("persName"):
        entry = name.get(XML_ID)
        if entry:
            found.setdefault(entry, plain_words(name))
    return found


def _family(words: str) -> str:
    return words.partition(",")[0].casefold()


def signatures(inventory: Inventory) -> Iterator[Fault]:
    """VA360: who signs with a first name or initials is the sender.

    One signs for another with his own whole name, so only a signature that must be the sender's is compared: "Dean"
    under a letter from Dean Rusk is not Gordon Dean.
    """
    entries: dict[str, str] | None = None
    sent = [name for action in inventory.named("correspAction") if action.get("type") == "sent"
            for name in action.iter(f"{TEI}persName")]
    single = len(inventory.documents) <= 1
    for document in inventory.documents:
        signed = [name for name in _signed(document) if _pointer(name) and not name.get("cert")]
        if not signed:
            continue
        senders = [name for head in document.iterchildren(f"{TEI}head") for name in head.iter(f"{TEI}persName")
                   if name.get("type") == "from"] + (sent if single else [])
        pointers = {_pointer(name) for name in senders}
        if not senders or "" in pointers or any(_pointer(name) in pointers for name in signed):
            continue
        entries = _entries(inventory) if entries is None else entries
        for name in signed:
            if _is_senders(name, senders, entries):
                who = ", ".join(f"{plain_words(sender)} ({_pointer(sender)})" for sender in senders)
                yield Fault("VA360", f"“{plain_words(name)}” is linked to {_pointer(name)}, the sender is {who}", name,
                            related=tuple(senders[:1]))


def _signed(document: etree._Element) -> Iterator[etree._Element]:
    """The names that sign the document itself, not what is enclosed in it."""
    for child in document.iterchildren(f"{TEI}closer", f"{TEI}signed"):
        for signed in child.iter(f"{TEI}signed"):
            yield from signed.iter(f"{TEI}persName")


def _is_senders(name: etree._Element, senders: list[etree._Element], entries: dict[str, str]) -> bool:
    """Whether the words of a signature can be nobody's but the sender's: a first name, initials, or his family name."""
    words = [word.casefold() for word in _FAMILY.findall(plain_words(name))]
    for sender in senders:
        sender_words = {word.casefold() for word in _FAMILY.findall(plain_words(sender))}
        known = entries.get(_pointer(sender).lstrip("#"), "")
        first_names = {word.casefold() for word in _FAMILY.findall(known.partition(",")[2])}
        if sender_words.intersection(words) or (len(words) == 1 and words[0] in first_names):
            return True
    linked = entries.get(_pointer(name).lstrip("#"), "")
    family = {word.casefold() for word in _FAMILY.findall(linked.partition(",")[0])}
    return bool(linked) and len(words) <= 1 and not family.intersection(words)
