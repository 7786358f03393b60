"""`correspDesc`: who wrote to whom, where and when, who else got it, when it came, and what it answers.

Guidelines, 2.4.6. What the source note says has the note as its `source`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.encoding.elements import add, dated
from tei_edition.model import Circumstance, Party

if TYPE_CHECKING:
    from tei_edition.encoding.header import Header

RESPONSIBLE = "#tei-edition"
_DATING = ("when", "from", "to", "notBefore", "notAfter")


def add_correspondence(profile: etree._Element, header: Header) -> None:
    """Append `correspDesc` with an action for each party, and the context."""
    description = add(profile, "correspDesc")
    facts = header.facts
    came = [fact for fact in facts.circumstances if fact.kind == "received"]
    for party in facts.parties:
        source = header.note(party.note)
        action = add(description, "correspAction", type=party.action, subtype=party.way, source=source)
        _party(action, party, header)
        if party.action == "sent" and facts.dating:
            certainty = {"cert": facts.dating.cert} if facts.dating.guessed else {}
            add(action, "date", **dated(facts.dating.attributes), **certainty)
        if party.action == "received" and not party.way:
            for fact in came:
                _received(action, fact, header)
            came = []
    if came:
        action = add(description, "correspAction", type="received", source=header.note(came[0].note))
        for fact in came:
            _received(action, fact, header)
    if facts.answers:
        context = add(description, "correspContext")
        for start, end, _ in facts.answers:
            message = header.span_at(start, end, "telegram")
            pointer = header.target(message) if message else ""
            words = header.words(start, end)
            add(context, "ref", words, type="replyTo", target=pointer, cert="medium", resp=RESPONSIBLE)


def _received(action: etree._Element, fact: Circumstance, header: Header) -> None:
    """When it came: the day as `date`, the time of day as `time`; a note where the words tell neither."""
    source = header.note(fact.note)
    told = [span for span in header.spans_in(fact.start, fact.end) if span.kind in ("date", "time")]
    for span in told:
        values = {name: value for name, value in span.attributes if name in _DATING}
        certainty = {"cert": span.cert, "resp": RESPONSIBLE} if span.cert != "high" else {}
        words = header.words(span.start, span.end)
        add(action, span.kind, words, type="received", source=source, **dated(values), **certainty)
    if not told:
        add(action, "note", header.words(fact.start, fact.end), source=source)


def _party(action: etree._Element, party: Party, header: Header) -> None:
    for organisation in party.organisations:
        span = header.span_at(*organisation, "organisation")
        add(action, "orgName", header.words(*organisation), ref=f"#{span.ref}" if span and span.ref else "")
    for person in party.persons:
        header.name(action, person)
    for office in party.offices:
        add(action, "rs", header.words(*office), type="person" if party.way in ("", "copy") else "org")
    for start, end in [*party.posts, party.place] if party.place else party.posts:
        place = header.span_at(start, end, "place")
        add(action, "placeName", header.words(start, end), ref=f"#{place.ref}" if place and place.ref else "")
