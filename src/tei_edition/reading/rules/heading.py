"""Sub-headings in the running text: `Discussion`, `II. Tactics`, `The Situation in Katanga` on a line of their own.

No sign says that a short line is a heading; the whole document has to. A line is taken for one if it is written as
headings are (each word with a capital, no full stop), if running text follows it, and the more surely the more lines
of the same form the document has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, Location, finding
from tei_edition.layout import BULLET_SIGNS
from tei_edition.model import Document
from tei_edition.reading.page import LONG_LINE, Made, Page
from tei_edition.reading.rules.attachment import is_attachment_heading
from tei_edition.reading.rules.dateline import is_dateline

GUESSED = "heading, guessed"
LONGEST_HEADING = 120
_NUMBERING = re.compile(
    r"[“\"]?(?:(?P<roman>[IVX]{1,5})|(?P<letter>[A-Z])|(?P<arabic>\d{1,2})|(?P<small>[a-z])"
    r"|\((?P<bracketed>[A-Za-z]|\d{1,2}|[ivx]{1,4})\))(?:[.)—–]|(?<=\)))[ \u00a0]+(?=\S)"
)
_PART = re.compile(
    r"(?:(?:(?i:Part|Section|Chapter)|Option|Phase|Article|Appendix) (?:[IVX]{1,5}|[A-Z]|\d{1,2})\b[.:]?"
    r"|[IVX]{1,5}\b[.:]?$)"
)
_WORD = re.compile(r"[^\W\d_][\w’'.]*")
# Prepositions, articles and conjunctions, which a title writes small.
_SMALL = re.compile(
    r"(?:a|about|after|against|al|among|an|and|as|at|before|between|but|by|de|del|des|du|during|el|et|for|from"
    r"|in|into|its|la|le|nor|of|on|onto|or|our|over|per|since|that|the|their|through|to|toward|towards|under"
    r"|upon|versus|via|vis|vs|with|within|without|y)$",
    re.IGNORECASE,
)
# How reports and memoranda call their parts, whatever else stands in them.
_CONVENTIONAL = re.compile(
    r"(?:(?:The |Our )?(?:Summary(?: and Conclusions)?|Conclusions?(?: and Recommendations?)?|Recommendations?"
    r"|Discussion|Background|Introduction|Problem|Estimate|(?:General )?Comments?|Purpose|Scope(?: Note)?|Objectives?"
    r"|Analysis|Assumptions?|Facts Bearing on the Problem|Preface|Foreword|General(?: Considerations)?|Key Judgments"
    r"|Implications|Issues?|Present Position|Outlook|Aide[- ]M[eé]moire|Talking Points)[:.]?|\[Extracts?\])$",
    re.IGNORECASE,
)
# Classification, handling, boxes to tick, the ends of quoted texts: marks on the paper, not names of its parts.
_MARKING = re.compile(
    r"[\[(]?(?:(?:top secret|secret|confidential|restricted|unclassified|priority|immediate|urgent|niact|personal"
    r"|and|security information|eyes only|routine|plain|sensitive|operational|official|informal|copy|draft|limited|use"
    r"|exdis|nodis|limdis|noforn|flash|for the|only|approved?|disapproved?|yes|no|see me|agree|disagree|other|none"
    r"|enclosures?|attachments?|end|begin|text|message|unquote|quote|memorandum|participants|subject|distribution"
    r"|present)\b[\s/;,.:—–_-]{0,9})+[\])]?$",
    re.IGNORECASE,
)
# Persons, fields of a form ("Place: …"), the beginnings and endings of letters.
_NO_HEADING = re.compile(
    r"[“\"]?(?:(?:Mr|Mrs|Miss|Dr|Messrs|Gen|Adm|Col|Amb|Maj|Capt|Lt|Sen)\. |No\. ?\d|Para(?:graph)?\.? \d"
    r"|(?:FM|TO|FROM|INFO|REF|SUBJ(?:ECT)?|TAGS|DATE|TIME|PLACE|DISTRIBUTION|MEMORANDUM FOR)\b"
    r"|[A-Z][A-Za-z]{1,14}: |Sincerely|Respectfully|Very truly|Yours|Faithfully|Cordially|D(?:ear|EAR) "
    r"|(?:The )?(?:Vice |Prime |Foreign |Under )?(?:President|Secretary|Ambassador|Minister|Senator|Chairman|Director"
    r"|General|Admiral|Governor|Chancellor|King|Shah)(?: [^\W\d_a-z][\w’-]+)?:?$"
    r"|Your \w+ ?\w*:|(?:With|Best) .{0,30}(?:regards|wishes)|Regards\b|P\.? ?S\b|[A-Z][a-z]+:$|For the .{0,40}:$)"
)
# `R 072128Z JAN 76`, `JCSM–382–60`, `OCI No. 2557/63`, `William S.B. Lacy`, `Herbert Hoover, Jr., Acting Secretary`
_NUMBER_OR_NAME = re.compile(
    r"^\d+ |^[A-Z]{2,6}[ –-]\d|\b(?!(?:1[5-9]|20)\d\d\b)\d{3,}"
    r"|\d/|/\w{0,9}\d|[A-Z]–\d|\bNo\. ?\d|[A-Z]\. ?[A-Z][a-z]+(?:, [JS]r\.)?(?:,|$)"
    r"|, (?:[JS]r\.|Department|Ambassador|Chairman|Director|Chief|Assistant|Deputy|Secretary|Minister)"
)


class Form(NamedTuple):
    """How a heading is written: what it is numbered with, its letters, what it ends in."""

    numbering: str
    letters: str
    end: str

    @property
    def series(self) -> tuple[str, str]:
        """What headings of one level have in common."""
        return self.numbering, self.letters


def heading_form(words: str) -> Form | None:
    """Return the form of a line that may be a heading, or None: it is a sentence, a marking, a line of a list."""
    if not words or len(words) > LONGEST_HEADING or "\n" in words or "\t" in words or words[0] in BULLET_SIGNS:
        return None
    if _CONVENTIONAL.match(words):
        return Form("", "conventional", "")
    if _PART.fullmatch(words):
        return Form("part", "", "")
    numbered = _NUMBERING.match(words) or _PART.match(words)
    rest = words[numbered.end() :].strip(" \u00a0—–-") if numbered else words
    numbering = (numbered.lastgroup or "part") if numbered else ""
    if not rest or _NO_HEADING.match(words) or _MARKING.match(rest) or _NUMBER_OR_NAME.search(rest):
        return None
    bare = rest.rstrip('”"’)]')
    end = bare[-1:] if not bare[-1:].isalnum() else ""
    # A numbered line that ends in a full stop or a colon is as often the first words of a paragraph.
    if end not in ("", ":", ".") or (end and numbering not in ("roman", "part", "")) or (end == "." and not numbered):
        return None
    letters = _letters(rest)
    sentence = numbering in ("roman", "part") and len(rest) < 80 and rest[:1].isupper()
    return Form(numbering, letters, end) if letters or sentence else None


def _letters(words: str) -> str:
    """`capitals`, `title` (Each Word Begins With a Capital), or the empty string for a sentence."""
    found = _WORD.findall(words)
    if not found or not found[0][0].isupper():
        return ""
    if all(word.isupper() for word in found) and sum(map(len, found)) > 2:
        return "capitals"
    return "title" if all(word[0].isupper() or _SMALL.match(word) for word in found) else ""


def heading(page: Page, i: int) -> Made | None:
    """A short line in capitals or in the manner of a title, with running text below it."""
    if "head" not in page.kinds:
        return None
    if page.headings is None:
        page.headings = find_headings(page)
    return page.block(i, "heading", page.headings[i]) if i in page.headings else None


def find_headings(page: Page) -> dict[int, str]:
    """Return the chunks of a page that read as headings, each with the name of the rule: sure, or guessed.

    Read from the end, since what follows decides: running text, or a heading of another level ("PART I", then
    "Introduction"). A name above another name is a list of names; so is what a colon announces.
    """
    found: dict[int, Form] = {}
    paragraphs: set[str] = set()  # how paragraphs of some length are numbered
    below, below_at = "", len(page.chunks)
    for i in range(len(page.chunks) - 1, -1, -1):
        words = page.words(i)
        if not words:
            continue
        numbered = _NUMBERING.match(words)
        if numbered and numbered.lastgroup and len(words) >= 100:
            paragraphs.add(numbered.lastgroup)
        form = heading_form(words) if below else None
        if form and not is_dateline(words) and not is_attachment_heading(words):
            nested = below_at in found and found[below_at].series != form.series
            if nested or form.letters == "conventional" or _is_text(below):
                found[i] = form
        if words.endswith(":") and form is None and below_at in found and found[below_at].letters != "conventional":
            del found[below_at]  # "These spoke:", and a name
        below, below_at = words, i
    return _settled(found, paragraphs)


def _settled(found: dict[int, Form], paragraphs: set[str]) -> dict[int, str]:
    """What the lines say of each other: a series speaks for itself, a line alone is a guess.

    Titles that are numbered as the paragraphs are ("6. Intelligence" among "5. The United States should …") stay
    paragraphs.
    """
    series = Counter(form.series for form in found.values())
    settled = {}
    for i, form in found.items():
        alone = series[form.series] < 2
        weak = form.numbering in ("arabic", "small", "bracketed")
        if weak and (alone or form.numbering in paragraphs or form.numbering == "bracketed"):
            continue
        sure = form.letters == "conventional" or series[form.series] > (1 if form.numbering else 2)
        settled[i] = "heading" if sure else GUESSED
    return settled


def _is_text(words: str) -> bool:
    """Whether these words are running text: long, or a sentence with its full stop."""
    return len(words) >= LONG_LINE or (
        len(words) >= 25 and words.endswith((".", ":", "?", ".”")) and heading_form(words) is None
    )


def about_headings(document: Document, place: Callable[[int, int], Location]) -> Iterator[Diagnostic]:
    """Yield a finding for each line that was taken for a heading though no other line of its form is there."""
    for block in document.blocks:
        if block.rule == GUESSED:
            words = " ".join(document.source.text[block.start : block.end].split())
            what = (
                f"“{words[:60]}” was taken for a sub-heading: a short line above running text, with few others like it"
            )
            yield finding("RD060", what, place(block.start, block.end))
