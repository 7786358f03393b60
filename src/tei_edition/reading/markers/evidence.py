"""What speaks for and against taking digits for the marker of a note: named pieces of evidence.

Some lie in the words around the digits (`place_evidence`: what would remain of "33644" is the number of a telegram,
"May 2" is a day), others in the document (`context.Context`: the note names what would remain, the head's last
word, the ways of the page). What each weighs stands in `data/marker-weights.tsv`, fitted to published documents by
`bench/fit_markers.py`: sums of weights are log-odds.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from tei_edition.reading.markers.places import MONTHS, Digits, name_before, name_behind

MONTH = re.compile(rf"\b(?:{MONTHS})\.?$", re.IGNORECASE)
# A part of a text, or a member of a series, that a number counts: "paragraph 3", "Tab 2".
_DIVISION = re.compile(
    r"pages?|pp?\.|nos?\.|numbers?|chapter|parts?|articles?|sections?|vols?\.|volume|documents?|(?:foot)?notes?|tabs?"
    r"|annex(?:es)?|option|recommendations?|steps?|proposals?|enclosures?|maps?|questions?|alternatives?|schedule"
    r"|arts?\.?|figure|(?:sub-?)?para(?:graph)?s?\.?|phase|stage|group|title|items?|points?|lines?|class|book|war|sess\."
    r"|cong\.|res\.|par\.|committee|attachments?|appendix|appendices|subsection|corps|divs?|zone|district|tier"
    r"|category|track|plan|type|level|grade|round|session|meeting|exhibit|table|chart|draft|version|model|mark|lot|box"
    r"|folder|reel",
    re.IGNORECASE,
)
# A word that an amount follows: "about 3", "the 2".
_FUNCTION_WORDS = """
    a about after against all almost also an and another approximately are around as at be before between but by could
    during each every first for from had has have he his i if in include included includes including into is it its last
    least minus most my nearly next no not of on only or other our over per plus she should since some than that the
    their these they this those through till times to total totaling totalling totals toward towards under until up upon
    was we were when which who whom will with within would x you your additional
"""
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
# What the number of a message follows: "Deptel 3364", "Saigon’s 412 and 413", "NSC 5412", "rptd Paris 18".
_MESSAGE = re.compile(
    r"(?i:tele?grams?|cables?|airgrams?|despatch(?:es)?|messages?|circular|instruction|letters?|memorandum|memo"
    r"|[a-z]{0,20}(?:tels?|cirtels?|gams?|desps?)|re|ref:?|reur|your|my|our|ur|res(?:olution)?s?|msgs?|nsc|actions?"
    r"|nos?\.?|rptd|repeated|sent|info|pouched|cx|serial|series)"
    r"|[A-Z][a-z]{1,20}(?:des|airs?)|[A-Z][a-z]{1,5}to|To[a-z]{2,4}|SECTO|TOSEC|POLTO|TOPOL|DULTE|TEDUL|CA"
    r"|(?i:gocus|usgoc|unmis|toica|icato|toeca|usfoto|dulte|tedul|topol|tosec)|[A-Z][A-Za-z]{1,20}[’']s"
)
_NUMBERED = re.compile(r"[#A-Z]{0,2}[–-]?\d[\d,–-]*,?|and|&|,|[–-]")
_TOWN = re.compile(r"(?:^|[\s(“])(?:[A-Z][a-z]{0,20} )?[A-Z][a-z]{1,20} $")  # "Bangkok 2242"
DATED = re.compile(rf"(?:(?:{MONTHS})\.? \d{{1,2}},?|\b\d{{1,2}} (?:{MONTHS})\.?,?) ?$")
_DATE_TIME_GROUP = re.compile(r"\d{4,6}Z? ?[A-Za-z]{3,9} ?$")
_MONEY = re.compile(r"[$£]\d{0,3}(?:,\d{3}){0,5}[,.]?$")
_SENTENCE = re.compile(r"[\s\u00a0](?:[“\"(\[]{0,2}[A-Z]|\d{1,2}\. |\[Page)")
_PLURAL = re.compile(r"[ \u00a0](?:[A-Za-z-]{1,20} )?[a-z-]{3,20}s\b")
_ABBREVIATION = re.compile(r"(?:[Nn]os?|[Pp]ara?s?|pp?|[Vv]ols?|[Aa]rts?|[Ss]ecs?|[Cc]h|[Rr]es|[Ff]ig|cf|ca|approx)\.$")
_YEAR = re.compile(r"1[789]\d\d|20[0-4]\d")


@functools.lru_cache(maxsize=4096)
def _is_message(word: str) -> bool:
    return bool(_MESSAGE.fullmatch(word))


@functools.lru_cache(maxsize=4096)
def _is_division(word: str) -> bool:
    return bool(_DIVISION.fullmatch(word))


def _last_word(words: str) -> str:
    """The last word without the signs before it: "(see para." ends in "para."."""
    return words[-24:].rsplit(None, 1)[-1].lstrip("([“\"‘’'—–-") if words.strip() else ""


def follows_message(head: str) -> bool:
    """Whether the number of a message may stand behind these words: "(Embtels 412, 413 and ", "Saigon’s "."""
    words = head.split()
    numbered = head[-1:].isspace()
    while words and _NUMBERED.fullmatch(words[-1]):
        words.pop()
        numbered = True
    return numbered and bool(words) and _is_message(words[-1].lstrip('([“"‘'))


def place_evidence(digits: Digits) -> list[str]:
    """Return what the words around the digits say, the names of the place first: `before:word`, `behind:end` …"""
    before, behind = name_before(digits), name_behind(digits)
    found = [f"before:{before}", f"behind:{behind}", f"before:{before} behind:{behind}"]
    if before == "digits":
        found.extend(_of_number(digits, behind))
    elif before.startswith("gap") or before == "tab":
        found.extend(_of_gap(digits, before, behind))
    elif before in ("letter", "CAPS", "code", "short", "mixed"):
        found.extend(_of_code(digits, before))
    elif before.endswith(("-digit", "-digit3")):
        found.extend(_of_pointed(digits, before))
    elif before in ("stop", "comma", "colon"):
        found.extend(_of_stop(digits, before))
    found.extend(_of_row(digits, before, behind))
    return found


def _of_number(digits: Digits, behind: str) -> Iterator[str]:
    """Digits glued to digits: is what remains (3364 of 33644) a number of its kind, or the whole?"""
    whole, rest = digits.text[digits.run : digits.end], digits.text[digits.run : digits.start]
    head = digits.before_run(40)
    sign = _name_sign(head[-1:])
    yield f"number:{sign}"
    yield f"number:{min(len(whole), 6)} digits, marker of {digits.end - digits.start}"
    yield f"number:{sign}, {min(len(whole), 5)} digits"
    yield f"number:{sign} behind:{behind}"
    if _YEAR.fullmatch(whole):
        yield "number:whole is a year"
    if re.fullmatch(r"1[789]\d\d", rest):
        yield "number:rest is a year"
    if sign == "blank":
        yield from _of_counted(head, whole, rest)
    else:
        yield from _of_joined(sign, head, whole, rest)
    if _DATE_TIME_GROUP.search(head):
        yield "number:date-time group"
    if _MONEY.search(head):
        yield "number:money"


def _name_sign(previous: str) -> str:
    if previous in ("", "\n"):
        return "start"
    if previous == "\t" or previous.isspace():
        return "tab" if previous == "\t" else "blank"
    if previous.isalpha():
        return "letter"
    return {"–": "-", "£": "$"}.get(previous, previous if previous in "-/.,:$#([" else "other")


def _of_counted(head: str, whole: str, rest: str) -> Iterator[str]:
    """A number behind a blank: whose number is it?"""
    words = head.rstrip()
    if MONTH.search(words):
        if re.search(r"\b\d{1,2} [A-Za-z]{3,9}\.?$", words):
            yield f"number:year of {min(len(whole), 4)} digits"
        else:
            yield f"number:whole {_name_day(whole)}, rest {_name_day(rest) if rest[0] != '0' else 'no day'}"
    elif follows_message(head):
        yield "number:message"
        yield f"number:message, rest of {min(len(rest), 5)}"
    elif _is_division(_last_word(words)):
        yield "number:division"
        yield f"number:division, rest of {min(len(rest), 3)}"
    elif _last_word(words).lower() in _FUNCTION:
        yield "number:amount"
    elif re.search(r"\d[,;]?(?: and)?$", words):
        yield "number:behind a number"
    elif _TOWN.search(head):
        yield "number:town"
        yield f"number:town, rest of {min(len(rest), 5)}"
    else:
        yield "number:plain"


def _name_day(number: str) -> str:
    return "a day" if len(number) <= 2 and int(number) <= 31 else "no day"


def _of_joined(sign: str, head: str, whole: str, rest: str) -> Iterator[str]:
    """A number behind a sign: the item of a decimal file, a code, a decimal, an hour."""
    if sign == "-":
        if re.search(r"/\d{1,2}[–-]$", head):
            # `770G.00/8–1862` is whole, `770G.00/8–18624` has a digit too many.
            dated = re.fullmatch(r"\d{1,2}[4-6]\d", rest) and len(whole) >= 4
            yield f"number:item of a file, rest {'dated' if dated else 'undated'}"
        else:
            yield "number:code" if re.search(r"[A-Za-z][–-]$", head) else "number:range"
    elif sign == "/":
        yield "number:slash behind a letter" if head[-2:-1].isalpha() else "number:slash behind a digit"
        if re.search(r"(?<!\d)\d{1,2}/$", head):
            yield f"number:date with slashes, rest of {min(len(rest), 3)}"
    elif sign == ".":
        kind = "digit" if head[-2:-1].isdigit() else "letter" if head[-2:-1].isalpha() else "sign"
        yield f"number:point behind a {kind}"
        yield f"number:point, rest of {min(3, len(rest))}"
    elif sign == ":":
        yield "number:hour" if len(whole) <= 2 else "number:colon"
    elif sign == ",":
        yield {3: "number:thousands", 4: "number:thousands and one"}.get(len(whole), "number:comma")


def _of_gap(digits: Digits, before: str, behind: str) -> Iterator[str]:
    """A number between blanks: "466. 2 It appears", "State 1" at a line's end; not "May 2" or "2 weeks"."""
    words = digits.before(30).rstrip(" \t\u00a0")
    for name in _names_of_words(words):
        yield f"gap:{name}"
        yield f"gap:{name} behind:{behind}"
    if follows_message(digits.before(40)):
        yield "gap:message"
        yield f"gap:message before:{before}"
    if _PLURAL.match(digits.behind(44)):
        yield "gap:plural behind"
        yield f"gap:plural behind before:{before}"
    if DATED.search(digits.before(24)):
        yield "gap:date before"
    if re.search(r"\d,? ?(?:and|or|to|through)$|\b\d{1,2},$", words):
        yield "gap:enumeration"
    if re.match(r"[ ,]*(?:and|or|to|through|,) ?\d", digits.behind(12)):
        yield "gap:enumeration behind"


def _names_of_words(words: str) -> Iterator[str]:
    if MONTH.search(words):
        yield "month"
    elif _is_division(_last_word(words)):
        yield "division"
    elif _last_word(words).lower() in _FUNCTION:
        yield "amount"


def _of_code(digits: Digits, before: str) -> Iterator[str]:
    """Glued to letters that are no plain word: "Tab C4", "CEUAGE2", "S–4s2"."""
    token = re.split(r"\s", digits.before(40))[-1]
    yield f"code:{before}, {min(len(token), 4)} characters"
    if re.search(r"\d", token):
        yield f"code:{before} with digits"
    if "-" in token or "–" in token:
        yield f"code:{before} with a hyphen"
    words = digits.before(len(token) + 20)[: -len(token) or None].rstrip()
    for name in _names_of_words(words):
        yield f"code:{before} behind {name}"


def _of_pointed(digits: Digits, before: str) -> Iterator[str]:
    """Behind a number and a sign: "413.2 After" is a marker, "in 46.9 cases" a decimal."""
    found = re.search(r"(\d{1,12})[.,:;)”\]’\"'!?…]$", digits.before(14))
    number = found.group(1) if found else ""
    yield f"sign:{before}, {min(len(number), 5)} digits"
    if _SENTENCE.match(digits.behind(6)):
        yield f"sign:{before}, a sentence behind"
    head = digits.before(len(number) + 25)[: -len(number) - 1]
    if _MONEY.search(head + number):
        yield "sign:money"
    if before != "stop-digit":
        return
    if _YEAR.fullmatch(number):
        yield "sign:year"
    if head[-1:] in ("", "\n"):
        yield "sign:number of a line"
    elif head[-1:] == ".":
        yield "sign:many points"
    elif follows_message(head):
        yield "sign:message"
    elif head[-1:] == "\t":
        yield "sign:cell"
    else:
        yield from (f"sign:{name}" for name in _names_of_words(head.rstrip()))


def _of_stop(digits: Digits, before: str) -> Iterator[str]:
    """Behind a word and a sign: "reported.2" is a marker, "No.2" a number."""
    if _SENTENCE.match(digits.behind(6)):
        yield f"sign:{before}, a sentence behind"
    token = re.split(r"[\s\d]", digits.before(13))[-1]
    if _ABBREVIATION.match(token):
        yield "sign:abbreviation"
    elif re.fullmatch(r"(?:\w\.)+", token):
        yield "sign:initials"


def _of_row(digits: Digits, before: str, behind: str) -> Iterator[str]:
    """In a row of a table: figures have as many decimals as their neighbours, but for a marker's digit."""
    text = digits.text
    first = max(digits.low, digits.start - 400)  # no search back over a paragraph of megabytes
    first = max(text.rfind("\n", first, digits.start) + 1, first)
    limit = min(digits.high, digits.end + 400)
    last = text.find("\n", digits.end, limit)
    last = limit if last < 0 else last
    if text.find("\t", first, last) < 0:
        return
    yield "row"
    yield f"row before:{before} behind:{behind}"
    cell_start = max(text.rfind("\t", first, digits.start) + 1, first)
    cell_end = text.find("\t", digits.end, last)
    cell_end = last if cell_end < 0 else cell_end
    cell, rest = text[cell_start:cell_end].strip(), text[cell_start : digits.start].strip()
    others = [re.fullmatch(r"\$?[\d,]*\.(\d+)", other.strip()) for other in text[first:last].split("\t")]
    decimals = [len(found.group(1)) for found in others if found and found.group() != cell]
    if decimals and re.fullmatch(r"[^a-z]*\.\d+", cell) and cell_end == digits.end:
        usual = max(sorted(set(decimals)), key=decimals.count)
        here = len(cell.rpartition(".")[2])
        more = usual + digits.end - digits.start
        yield f"row:{'usual' if here == usual else 'too many' if here == more else 'other'} decimals"
    if not rest:
        yield "row:alone in its cell"
    elif not re.search(r"\d", rest):
        yield "row:behind words"
