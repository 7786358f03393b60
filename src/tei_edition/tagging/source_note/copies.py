"""Who got a paper besides its addressee: "Repeated to Brussels, The Hague for the Ambassador, and USUN", "Copies were
sent to Rusk and the Director of Central Intelligence".

The source note says it, or the last words of a telegram ("Sent Department, repeated Saigon 9").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.tagging.context import Reading, Text
from tei_edition.tagging.correspondence.parties import BODY, OFFICE, kind_of
from tei_edition.tagging.source_note.circumstances import MONTH
from tei_edition.tagging.source_note.sentences import Sentence

REPEATED, SENT, FORWARDED, COPY = "repeated", "sent", "forwarded", "copy"
WAYS = {"also": "also-sent", "sent": SENT, "repeated": REPEATED, "forwarded": FORWARDED, "copy": COPY}
_MOST = 120
_SHORT = 400  # characters; a longer last paragraph is running text
_HASTE = (
    r"(?:(?i:niact|priority|immediate|routine|flash|operational immediate|deferred|for information|for info|info"
    r"|for action|by pouch|by airgram|eyes only|exclusively|exdis|nodis|limdis)|as \S+|in telegram \d+"
    r"|on [A-Z][a-z]+ \d{1,2},?) "
)
_HASTES = f"(?:{_HASTE}){{0,4}}"
_OPENS = r"(?:(?:^|(?<=[.;:] )|(?<=\()|(?<=, )|(?<= and )|(?<= was )|(?<= were )))"
_WAY = re.compile(
    rf"{_OPENS}(?:(?P<also>(?:[Aa]lso sent|[Ss]ent also) {_HASTES}to)|(?P<sent>[Ss]ent {_HASTES}(?:also )?to)"
    rf"|(?P<repeated>(?:[Aa]lso )?[Rr]epeated (?:also )?{_HASTES}(?:to(?= ))?)"
    r"|(?P<forwarded>(?:[Pp]assed|[Pp]ouched|[Rr]elayed|[Rr]etransmitted|[Tt]ransmitted also|[Aa]lso transmitted)"
    rf" {_HASTES}to)"
    r"|(?P<copy>(?:An? )?(?:(?:[Ii]nformation|[Aa]dditional) )?[Cc]op(?:y|ies) (?:(?:was|were) )?(?:also )?(?:sent"
    rf"|forwarded|furnished|given|distributed|provided|delivered|transmitted|directed|addressed) {_HASTES}to))"
    rf" ?(?=the |all |other |certain |{_HASTE}|[A-Z])"
)
_OF_THIS = re.compile(
    r"(?:Received|Transmitted|Sent|Also sent|Sent also|Repeated|Drafted|Approved|Cleared|Initialed|Passed|Pouched|Cop"
    r"|This|The (?:source text|telegram|airgram|despatch)|A copy|Information copies|(?:Top )?Secret|Confidential"
    r"|Unclassified|Limited Official|Official Use)"
)
_BETWEEN = re.compile(
    rf"(?:,? and |, |;(?: and)? |,? as well as )(?:also )?{_HASTES}(?:to (?={_HASTE}|[A-Z]|the ))?{_HASTES}"
)
_NAME = (
    r"(?:[Tt]he Hague|(?:U\.[NSK]\.|[A-Z0-9][\w’'/-]*[\w’'])"
    r"(?: (?:d[ue]|of|es|al|la|of the)(?= [A-Z])| [A-Z]\.(?= [A-Z])| [A-Z][\w’'/-]*"
    r"|(?<=Intelligence) and Research|(?<=Management) and Budget){0,8})"
)
_CHIEF = (
    r"(?:Missions?|Embass(?:y|ies)|Consulates?(?: General)?|Representatives?|Delegations?|Departments?"
    r"|Secretar(?:y|ies)|Directors?|Commanders?|Offices?|Chairm[ae]n|Administrators?|Chiefs?)"
)
_ONE = re.compile(
    rf"(?:(?:the (?!Hague)|other |certain |his |both )+)?(?P<name>(?:{_CHIEF} (?:in|to|at|of|on|for)(?: the)? {_NAME}"
    rf"(?: (?:in|at|on) (?!{MONTH}){_NAME})?|{_NAME})"
    r"(?: (?:posts|capitals|missions|commands))?|(?:all |other |diplomatic |consular |and |NATO )*(?:posts|capitals"
    r"|missions))"
)
# "the Departments of the Army, Navy, and Air Force"
_DEPARTMENT = re.compile(
    r"(?:the )?(?:State|Defense|Treasury|Commerce|Justice|Agriculture|Labor|Interior|Energy|Transportation|Army|Navy"
    r"|Air Force|White House|Pentagon)$"
)
_DETAIL = re.compile(
    r"(?: as(?: telegram| despatch)? [\w-]+(?: \d+)?|(?: eyes only)? (?:for|with) [^,.;()]{1,60}?(?= and |[,.;)]|$)"
    r"| in [A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,4}| ?\([^()]{1,60}\)| \d+| on [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?"
    r"| under [^.;]{1,80}| from [A-Z][\w’'-]*)*"
)
_INITIALS = re.compile(r"[A-Z]{3,}\b|[A-Z][a-z]*[A-Z]|[A-Z]+/[A-Z]")  # USUN, SecDef
_ENDS = re.compile(r"[.,;:)”]| \[|\s*$| at \d| by | [a-z]")


class Copies(NamedTuple):
    """Those who got it in one way, each with the kind that its words tell (empty: a city, or a person)."""

    way: str
    start: int
    end: int
    names: tuple[tuple[int, int, str], ...]


def copies(text: str, found: list[Sentence]) -> Iterator[Copies]:
    """Yield to whom else the sentences of a source note say that the paper went."""
    for sentence in found:
        words = text[sentence.start : sentence.end]
        if not any(literal in words for literal in ("epeated", "ent", "opies", "opy", "assed", "ouched", "elayed")):
            continue
        if not _OF_THIS.match(words):
            continue
        reached = -1
        for match in _WAY.finditer(text, *sentence):
            if match.start() < reached or (
                match["sent"] and match["sent"][0] == "s" and reached < 0 and "; sent" not in words
            ):
                continue
            one = _copies(text, match, sentence.end)
            if one:
                reached = one.end
                yield one


def closing_words(reading: Reading) -> Iterator[tuple[Text, Copies]]:
    """Yield what the last short paragraph of a telegram says: "Sent Department 1862; repeated Saigon 73"."""
    for text in reading.of_kind("p")[-1:]:
        if len(text.text) < _SHORT and text.text.lstrip("( ").startswith(
            ("Repeated", "Sent ", "Also sent", "Department pass")
        ):
            for match in _WAY.finditer(text.text):
                one = _copies(text.text, match, len(text.text))
                if one:
                    yield text, one


def _copies(text: str, match: re.Match[str], limit: int) -> Copies | None:
    names: list[tuple[int, int, str]] = []
    at = end = match.end()
    for _ in range(_MOST):
        one = _ONE.match(text, at, limit)
        if one is None:
            break
        detail = _DETAIL.match(text, one.end(), limit)
        at = detail.end() if detail else one.end()
        joint = _BETWEEN.match(text, at, limit)
        if joint is None and not _ENDS.match(text, at):
            break
        start, stop = one.span("name")
        names.append((start, stop, _kind(text[start:stop])))
        end = at
        if joint is None or _WAY.match(text, joint.end()):
            break
        at = joint.end()
    return Copies(WAYS[match.lastgroup or ""], match.start(), end, tuple(names)) if names else None


def _kind(words: str) -> str:
    if words.endswith(("posts", "capitals", "missions", "commands")):
        return OFFICE
    return kind_of(words) or (BODY if _DEPARTMENT.match(words) else "") or (BODY if _INITIALS.match(words) else "")
