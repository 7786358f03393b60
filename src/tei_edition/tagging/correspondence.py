"""Who wrote to whom: read from the head ("Telegram From the Department of State to the Embassy in the Congo")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tei_edition.dates import find_dates
from tei_edition.model import Party, Span
from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.titles import NAME, NOT_A_NAME, TITLE

RECOGNISER = "correspondence"
LONGEST_OFFICE = 120  # characters; more than that names no single office
_FROM_TO = re.compile(
    r"\b(?:[Ff]rom|FROM) (?P<sender>.+?) (?:[Tt]o|TO) (?P<addressee>(?:the |[A-Z]|all |certain ).+)", re.DOTALL
)
_BY_TO = re.compile(r"\b(?:by|BY|of) (?P<sender>(?:Mr|Mrs|the|The) ?.+?) (?:to|for) (?P<addressee>the .+)", re.DOTALL)
_PLAIN = re.compile(
    r"(?P<sender>(?:The|Mr|President|Ambassador|Prime Minister)\b.+?\)?) to (?P<addressee>(?:the|President|Mr"
    r"|certain) .+)",
    re.DOTALL,
)
_BY = re.compile(r"\b(?:by|BY) (?P<sender>(?:Mr\.|the|The|[A-Z]).+)", re.DOTALL)
_ORGANISATION = re.compile(
    r"(?:the )?(?P<name>(?:Department of (?:State|Defense|the (?:Army|Navy|Treasury))|Embass(?:y|ies) (?:in|at) "
    r"|Legations? (?:in|at) |Mission (?:to|at|in) "
    r"|Consulate(?: General)? (?:in|at) |Delegation (?:to|at) |United States Mission|US Mission|Interests Section"
    r"|Joint Chiefs of Staff|White House"
    r"|Central Intelligence Agency|National Security Council|Office of |Bureau of |Liaison Office |Secretariat"
    r"|Commander in Chief).*)",
    re.DOTALL,
)
_PARENTHESIS = re.compile(r"\(\s?(?P<name>[^()]{2,40}?)\s?\)\s*$")
_TITLED = re.compile(rf"(?:^|[ ,(]){TITLE} (?P<name>{NAME}|de Gaulle)\s*$")
_STAFF = re.compile(r"(?P<name>[A-Z][a-z]+ (?:[A-Z]\. ){0,2}[A-Z][\w’'-]+(?:, Jr\.)?)(?=,? (?:of|in) the |$)")
_KINDS = (
    ("editorial-note", r"editorial note"),
    ("telegram", r"telegram|telex|circular"),
    ("memorandum-of-conversation", r"memorandum of (?:a )?(?:telephone )?conversation"),
    ("memorandum", r"memorandum|memo"),
    ("letter", r"letter"),
    ("airgram", r"airgram"),
    ("despatch", r"de?spatch"),
    ("message", r"message"),
    ("minutes", r"minutes|notes of|record of|summary"),
    ("report", r"report|paper|study|estimate|policy|directive|statement"),
    ("note", r"note\b|aide"),
)


class Head(NamedTuple):
    """What a head says: the kind of document, and the parties with their spans."""

    kind: str
    parties: tuple[Party, ...]
    spans: tuple[Span, ...]


def read_head(reading: Reading, persons: Sequence[Span]) -> Head:
    """Return the kind of document and its parties. `persons` are the claims on persons so far."""
    text = next(iter(reading.of_kind("head")), None)
    if text is None:
        return Head("", (), ())
    kind = next((name for name, pattern in _KINDS if re.search(pattern, text.folded)), "")
    if kind == "editorial-note":
        return Head(kind, (), ())
    match = next((m for pattern in (_FROM_TO, _BY_TO, _PLAIN, _BY) if (m := pattern.search(text.text))), None)
    if not match or kind == "memorandum-of-conversation":
        return Head(kind or "historical-document", (), ())
    parties, spans = [], []
    for role, action in (("sender", "sent"), ("addressee", "received")):
        if role not in match.re.groupindex:
            continue
        start, end = match.span(role)
        party, found = _party(text, start, _without_date(text.text, start, end), action, persons)
        spans.extend(found)
        if party.organisation or party.persons or party.office:
            parties.append(party)
    return Head(kind or "historical-document", tuple(parties), tuple(spans))


def _without_date(head: str, start: int, end: int) -> int:
    """A head that closes with its date ("… to the Embassy in Kenya, November 11, 1976") names the party before it."""
    dated = next((found.start for found in find_dates(head[start:end]) if found.complete), None)
    return end if dated is None else start + len(head[start : start + dated].rstrip(" ,"))


def _party(text: Text, start: int, end: int, action: str, persons: Iterable[Span]) -> tuple[Party, list[Span]]:
    while end > start and text.text[end - 1].isspace():
        end -= 1
    words, spans = text.text[start:end], []
    role = {"sent": "from", "received": "to"}[action]
    organisation = None
    named = _ORGANISATION.match(words)
    if named and "(" not in words:
        span = text.span(
            start + named.start("name"), end, "organisation", RECOGNISER, evidence="a party named in the head"
        )
        spans.append(span)
        organisation = (span.start, span.end)
    names = list(_names(text, start, end, persons, organisation=bool(named)))
    spans.extend(span._replace(attributes=(*span.attributes, ("type", role)), recogniser=RECOGNISER) for span in names)
    office = None
    if not organisation and not names and end > start and len(words) < LONGEST_OFFICE:
        office = text.passage.view.span(start + (4 if words.startswith(("the ", "The ")) else 0), end)
    return Party(action, organisation, tuple((span.start, span.end) for span in names), office=office), spans


def _names(text: Text, start: int, end: int, persons: Iterable[Span], *, organisation: bool) -> Iterator[Span]:
    """The persons among a party: in parentheses behind the office, behind a title at its end, or known from the
    lists.
    """
    low, high = text.passage.view.span(start, end)
    known = {
        (span.start, span.end): span
        for span in persons
        if low <= span.start and span.end <= high and span.recogniser == "persons"
    }
    yield from sorted(known.values())
    if known:
        return
    words = text.text[start:end]
    match = _PARENTHESIS.search(words) or (None if organisation else _TITLED.search(words) or _STAFF.match(words))
    if (
        match
        and re.search(r"[a-z]", match["name"])
        and not re.search(r"\d", match["name"])
        and match["name"][0].isupper()
        and not NOT_A_NAME.match(match["name"])
    ):
        yield text.span(
            start + match.start("name"),
            start + match.end("name"),
            "person",
            RECOGNISER,
            cert="medium",
            evidence="a party named in the head",
        )
