"""Who wrote to whom is said twice: in the head of a document, and in the header's description of the correspondence."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.tei import TEI
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.running_text import plain_words
from tei_edition.validation.fault import Fault

# How the head calls the sides of a letter, and the header's correspAction.
_SIDES = (("from", "sent", "sender"), ("to", "received", "addressee"))
_AGENTS = (f"{TEI}persName", f"{TEI}orgName")


def parties(inventory: Inventory) -> Iterator[Fault]:
    """VA356: the header names the sender and the addressee of the head: `<persName type="from">`, `type="to"`.

    Persons are compared by their entries, bodies by their words; the header may name more. Copies that went to others
    (`subtype`) are no addressees, and the header of a volume speaks of no single document.
    """
    actions = inventory.named("correspAction")
    if not actions or len(inventory.documents) != 1:
        return
    heads = [name for head in inventory.documents[0].iterchildren(f"{TEI}head") for name in head.iter(*_AGENTS)]
    for kind, action_type, side in _SIDES:
        told = [name for action in actions if action.get("type") == action_type and not action.get("subtype")
                for name in action.iterchildren(*_AGENTS)]
        for tag in _AGENTS:
            named = [name for name in heads if name.tag == tag and name.get("type") == kind]
            known = {_who(name): name for name in told if name.tag == tag}
            if named and known and known.keys().isdisjoint(map(_who, named)) and "" not in known:
                others = ", ".join(f"“{plain_words(name)}”" for name in known.values())
                said = f"the head names “{plain_words(named[0])}” as {side}, the header {others}"
                yield Fault("VA356", said, named[0], related=tuple(known.values())[:1])


def _who(name: etree._Element) -> str:
    """Return what tells whom a name means: its entry, else its words."""
    if name.tag == _AGENTS[1]:
        return plain_words(name).casefold()
    return name.get("ref") or name.get("corresp") or plain_words(name).casefold()
