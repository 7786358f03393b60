"""Who saw, initialed or signed a paper, where the note says it in a sentence of another form: "A stamped notation
indicates that the President saw it." "The source text bears Eisenhower's initials." "Haig initialed the memorandum."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.tagging.correspondence.parties import OFFICE, PERSON
from tei_edition.tagging.source_note.acts import Clause, Deed, name_within
from tei_edition.tagging.source_note.sentences import Sentence
from tei_edition.tagging.unlisted.names import Page

_WHO = r"(?P<who>(?:[Tt]he )?[A-Z][\w.’'-]*(?: (?:(?:of|for|the|of the|to the) )?[A-Z][\w.’'-]*){0,6}?)"
_SAW = re.compile(
    r"\b(?:indicat\w+|notation|notes?|stamp\w*|marginalia|states?|reads?)\b[^.;]{0,40}?(?:\bthat |[:,] ?)?[“\"]?"
    rf"\b{_WHO}"
    r" (?P<verb>saw|(?:had|has) (?:seen|read)|read) ?(?:it\b|them\b|this\b|the\b|[.”\"]|$)"
)
_BEARS = re.compile(rf"\bbears? (?:the handwritten )?{_WHO}[’'] ?s? (?P<verb>initials?|signature)\b")
_DID = re.compile(rf"{_WHO} (?P<verb>initialed|initialled|signed) (?:for\b|his\b|her\b|the\b|this\b|it\b)")
_NEAR = 40  # characters: "A handwritten notation on the source text …"
_NEGATED = re.compile(r"\b(?:no indication|not|never|neither|nor|[Nn]either)\b")
_OFFICES = re.compile(
    r"(?:[Tt]he )?(?:President|Vice President|Secretary|Acting Secretary|Under Secretary|Sec(?:retary)? ?Def|SecDef)"
    r"(?: of (?:State|Defense|the Treasury))?$"
)
_LITERALS = ("saw", "seen", "read", "initial", "signed", "signature")


def notations(page: Page, found: list[Sentence]) -> Iterator[Clause]:
    """Yield a clause for each notation of this kind that names somebody or an office."""
    text = page.text.text
    for sentence in found:
        words = text[sentence.start : sentence.end]
        if not any(literal in words for literal in _LITERALS) or _NEGATED.search(words):
            continue
        did = _DID.match(text, *sentence)
        for match, act in (
            (_SAW.search(text, sentence.start, min(len(text), sentence.end + 1)), "seen by"),
            (_BEARS.search(text, *sentence), ""),
            (did, ""),
        ):
            if match is None:
                continue
            verb = match["verb"]
            act = (
                "read by"
                if act and verb.endswith("read")
                else act or ("signed by" if verb.startswith("sign") else "initialed by")
            )
            who = _who(page, *match.span("who"))
            if who is not None:
                start = sentence.start if match.start() - sentence.start < _NEAR else match.start()
                end = match.end() if act in ("seen by", "read by") else match.end("verb")
                while end <= sentence.end + 1 and "”" in text[end : end + 2] and text[end] in ".”":
                    end += 1  # a notation that is quoted closes with its mark: “Mr. Bundy has seen.”
                yield Clause(start, end, (Deed(act, *who, (match.end(), sentence.end)),))


def _who(page: Page, start: int, end: int) -> tuple[str, int, int] | None:
    if _OFFICES.match(page.text.text[start:end]):
        return OFFICE, start, end
    name = name_within(page, start, end)
    return (PERSON, name.start, name.end) if name else None
