"""The year of a date that is written without one: what the sentence says, the tense, the document's own date."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from tei_edition.dates import CalendarDay, DateExpression, nearest
from tei_edition.model import Dating

# Between two dates of one sentence, of which the second takes its year from the first.
_PARTED = re.compile(r"[;)]|[.?!][”\"’]?\s+[A-Z(“]|\n\n")
_BESIDE_YEAR = re.compile(r",?\s*(?:on|by|in|from|between)?\s*(?:the\s+)?")
# What is to come: the words behind a date, or those before it.
_WILL_BEHIND = re.compile(
    r"[^.;:()]{0,40}?\b(?:will|shall|is to|are to|is scheduled|are scheduled|is expected|should|can be)\b"
)
_THAT = re.compile(r"\b(?:that|said|stated|telegram|letter|memorandum|note|message)\b")
_WILL_BEFORE = re.compile(
    r"\b(?:will|shall|scheduled (?:for|to)|due|(?:no|not) later than|set for|planned for|to be held|deadline(?: of)?"
    r"|(?:plan|propos|intend|hop|expect|wish|want|prepar)(?:e|es|ed|s|ing)? to|to be [a-z]+)\b[^.;:()]{0,40}$"
)
_PAST = r"told|said|met|sent|wrote|was|were|had|came|left|went|gave|took|began|made|spoke|saw|held"
_PAST_BEFORE = re.compile(
    r"\b(?:letter|memorand(?:um|a)|telegrams?|messages?|notes?|despatch|airgram|cable|conversations?|meeting|statement"
    rf"|speech|resolution|agreement|dated|[a-z]{{2,}}ed|{_PAST})\b[^.;:()]{{0,14}}$"
)
_PAST_BEHIND = re.compile(rf"[^.;:()]{{0,30}}?\b(?:{_PAST}|arrived|stated|visited|asked|replied|agreed)\b")
# A paper or a speech has its day behind it: nobody answers the letter of a day to come.
_PAPER_OF = re.compile(
    r"\b(?:letter|memorand(?:um|a)|telegrams?|messages?|notes?|despatch|airgram|cable|conversations?|statement|speech"
    r"|address)(?: No\.)?(?: \d{1,5})?,?\s(?:of|dated)\s(?:the\s)?$"
)
_FAR = 45  # days: within these a day that is nearest is meant, whatever the tense
_SOON = 7  # days by which a paper may be dated ahead of the one that answers it
_UNTOLD = 120  # days: further away than these the nearest year is a guess, if no tense confirms it


class Reference(NamedTuple):
    """From which day years are supplied, and what is known of it."""

    dating: Dating | None
    day: dt.date | None

    @property
    def exact(self) -> dt.date | None:
        """The document's own day, where its dateline gives it; other evidence tells a year, but no today."""
        when = self.dating.attributes.get("when", "") if self.dating and not self.dating.guessed else ""
        return self.day if len(when) >= 10 else None


def reference(dating: Dating | None) -> Reference:
    """Return the day from which years are supplied: the document's, or the middle of the interval in which it lies."""
    if dating is None:
        return Reference(None, None)
    values = dating.attributes
    first = _day(values.get("when") or values.get("from") or values.get("notBefore") or "", last=False)
    last = _day(values.get("notAfter") or "", last=True)
    if first and last and "notBefore" in values:
        return Reference(dating, first + (last - first) / 2)
    return Reference(dating, first or last)


def _day(value: str, *, last: bool) -> dt.date | None:
    try:
        parts = [int(part) for part in value[:10].split("-")]
        day = CalendarDay(*parts)
        return day.latest() if last else day.earliest()
    except (TypeError, ValueError):
        return None


def with_year(
    text: str, found: DateExpression, known: Reference, before: DateExpression | None, *, editor: bool
) -> tuple[DateExpression, bool]:
    """Return a date with its year, and whether the year stands in the same sentence.

    `before` is the date before it; `editor`: the words are those of a note, whose tense is not the document's.
    """
    if found.first.year is not None:
        return found, True
    near = _of_sentence(text, found, before)
    if isinstance(near, int):
        return _placed(found, found.first._replace(year=near)), True
    if near is not None and (known.day is None or abs((near - known.day).days) > 200):
        return _placed(found, nearest(found.first, near, 0, found.weekday)), True
    if known.day is None:
        return found, False
    turn = found.turn
    first = nearest(found.first, known.day, turn, found.weekday)
    if not turn and not editor:
        first = _by_tense(text, found, first, known.day)
    return _placed(found, first), False


def _of_sentence(text: str, found: DateExpression, before: DateExpression | None) -> dt.date | int | None:
    """The date that the sentence names before; a year alone only where it stands beside: "in 1961, on March 3"."""
    if before is None or before.first.year is None or before.short:
        return None
    between = text[before.end : found.start]
    if before.first.month is None:
        single = before.last is None
        return before.first.year if single and _BESIDE_YEAR.fullmatch(between) else None
    if len(between) > 250 or before.vague or _PARTED.search(between):
        return None
    return (before.last or before.first).earliest()


def sentence_ends(between: str) -> bool:
    """Whether a sentence, or a part of it that stands for itself, ends between two words."""
    return _PARTED.search(between) is not None


def _by_tense(text: str, found: DateExpression, first: CalendarDay, day: dt.date) -> CalendarDay:
    """Look to the other side of the document's day, where the sentence says that the day is to come, or past."""
    if first.year is None:
        return first
    leading = text[max(0, found.start - 60) : found.start]
    past = _PAST_BEFORE.search(leading)
    if found.weekday is not None:  # which decides, unless what is told as past would lie in the year to come
        plain = nearest(found.first, day)
        return plain if past and first.earliest() > day >= plain.earliest() else first
    away = (first.earliest() - day).days
    if away > _SOON and _PAPER_OF.search(leading):
        earlier = first._replace(year=first.year - 1)
        return earlier if earlier.exists() else first
    if abs(away) <= _FAR:
        return first
    if away < 0:
        behind = _WILL_BEHIND.match(text, found.end, found.end + 60)
        will = _WILL_BEFORE.search(leading) or (behind and not past and not _THAT.search(behind.group()))
        other = first._replace(year=first.year + 1) if will else first
    else:
        was = (past or _PAST_BEHIND.match(text, found.end, found.end + 60)) and not _WILL_BEFORE.search(leading)
        other = first._replace(year=first.year - 1) if was else first
    return other if other.exists() else first


def is_untold(text: str, found: DateExpression, known: Reference) -> bool:
    """Whether the year of a day that was written without one is the nearest and no more: months away, and neither the
    tense nor a weekday, "last" or "next" confirms it.
    """
    if known.day is None or found.turn or found.weekday is not None or found.first.year is None:
        return False
    away = (found.first.earliest() - known.day).days
    if abs(away) <= _UNTOLD:
        return False
    leading = text[max(0, found.start - 60) : found.start]
    if away > 0:
        return not (_WILL_BEFORE.search(leading) or _WILL_BEHIND.match(text, found.end, found.end + 60))
    return not (_PAST_BEFORE.search(leading) or _PAST_BEHIND.match(text, found.end, found.end + 60))


def _placed(found: DateExpression, first: CalendarDay) -> DateExpression:
    """Return a date with its year; the end of a range lies behind its beginning: "December 30–January 2"."""
    last = found.last
    if last is not None and last.year is None and first.year is not None:
        last = last._replace(year=first.year)
        if (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0):
            last = last._replace(year=first.year + 1)
    return found._replace(first=first, last=last)
