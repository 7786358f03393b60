"""Years and spans of years: "in 1961", "1960–61", "the 1930s", "fiscal year 1962", "summer of 1962".

A number of four digits is a year only where the words around it say so: numbers of telegrams, votes, tons and dollars
look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.dates.days import CalendarDay, DateExpression
from tei_edition.late_patterns import late

_YEAR = late(
    r"1[6789]\d\d(?![\w]|[–—-]?\d)|1[6789]\d\d(?=[–—-](?:1[6789]|20)?\d\d(?![\w/:–-]|\.\d))|1[89]\d0(?=[’']?s\b)"
)
_LEAD = late(
    r"(?:\b(?:in|of|since|during|until|till|by|from|to|end|early|late|mid|years?|between|before|after|for|on|around|about"
    r"|through|throughout|period|spring|summer|fall|autumn|winter|the|its|their|our|his|this) "
    r"|[a-z][’']s |[a-z] \()$",
    re.IGNORECASE,
)
# Behind these a number of four digits counts something; behind other words of `_LEAD` it is a year.
_DETERMINER = late(r"(?:\b(?:the|its|their|our|his|this) |[a-z][’']s )$", re.IGNORECASE)
_COUNTED = late(
    r"\s(?:men|troops|tons?|dollars|miles|persons|people|aircraft|planes|soldiers|votes|members|million|billion|hours|hrs"
    r"|feet|kilometers|barrels|refugees|students|per ?cent|families|workers|officers|vehicles|tanks|pounds|words"
    r"|prisoners|casualties|series)\b|,\d{3}(?!\d)|\s?\([A-Z]\)|\s?Z\b|%"
)
_NOT_OF_TIME = late(
    r"(?:\b(?:pp?\.|pages?|[Nn]os?\.|[Nn]umbers?|Documents?|telegrams?|Files|Relations,|[Rr]es\.|[Rr]esolution|Law"
    r"|[Rr]oom|[Bb]ox(?:es)?|Lot)[ ]?|[$£#€])$"
)
_CITED = late(r",? (?:pp?\.|pages?|vols?\.|volumes?|[Bb]ook|[Pp]art|[Dd]ocuments?|[Nn]os?\.)\s?[\dIVXLA-Zivxl]")
_RANGE = late(
    r"(?P<a>1[6789]\d\d)(?:[–—-]|(?P<slash>/)|\s(?:to|through|until)\s)(?P<b>(?:1[6789]|20)\d\d|\d\d)(?![\w/:–-]|\.\d)"
)
_LINK = late(r"(?:,|,? and|,? or|/)\s?$")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
_BEFORE = late(
    r"(?:\b(?P<season>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)(?: of|,)? "
    r"|\b(?P<part>[Ee]arly|[Ll]ate|[Mm]id)(?:-| in | )"
    r"|\b(?P<which>first|second|third|fourth|last) (?P<what>quarter|half) of (?:calendar (?:year )?)?)$"
)
_DECADE = late(r"[’']?s\b")
_FISCAL = late(
    r"(?<!\w)(?:(?P<cy>CY|[Cc]alendar(?: [Yy]ears?)?)|F\.?Y\.?|[Ff]iscal(?: [Yy]ears?)?|FISCAL YEARS?)[ –’'-]{0,2}"
    r"(?P<a>(?:1[89])?\d\d)(?:[–/-](?P<b>(?:1[89])?\d\d)|(?=(?P<more>\s(?:and|or|to|through)\s(?P<c>1[89]\d\d))))?(?![\w%/–-]|[.,]\d)"
)
_WIDEST = 30  # characters before a year that can belong to it: "first quarter of calendar year "


def find_periods(text: str) -> Iterator[DateExpression]:
    """Yield the years, decades, seasons and fiscal years of a text."""
    end = 0
    for found in sorted([*_fiscal_years(text), *_years(text)], key=lambda found: (found.start, -found.end)):
        if found.start >= end:
            end = found.end
            yield found


def _years(text: str) -> Iterator[DateExpression]:
    end = -9
    for match in _YEAR.finditer(text):
        at = match.start()
        if at < end or text[at - 1 : at].isalnum() or text[at - 1 : at] in tuple("_/.:"):
            continue
        found = _decade(text, at) or _span_of_years(text, at) or _year(text, at, end)
        if found:
            end = found.end
            yield found


def _decade(text: str, at: int) -> DateExpression | None:
    suffix = _DECADE.match(text, at + 4)
    if not suffix or text[at + 3] != "0":
        return None
    year = int(text[at : at + 4])
    part = _BEFORE.search(text, max(0, at - 8), at)
    if part and part["part"]:
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}[part["part"].lower()]
        return DateExpression(part.start(), suffix.end(), CalendarDay(year + low), CalendarDay(year + high), vague=True)
    return DateExpression(at, suffix.end(), CalendarDay(year), CalendarDay(year + 9))


def _span_of_years(text: str, at: int) -> DateExpression | None:
    match = _RANGE.match(text, at)
    if match is None or _NOT_OF_TIME.search(text, max(0, at - 14), at) or _CITED.match(text, match.end()):
        return None
    if text[at - 1 : at] in ("-", "–") or (not match["slash"] and _COUNTED.match(text, match.end())):
        return None
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    if not first < last < first + 100 or (match["slash"] and last != first + 1):
        return None
    season = _BEFORE.search(text, max(0, at - 12), at)
    if season and (season["season"] or "").lower() == "winter" and last == first + 1:
        return DateExpression(season.start(), match.end(), CalendarDay(first, 12), CalendarDay(last, 2))
    return DateExpression(at, match.end(), CalendarDay(first), CalendarDay(last))


def _year(text: str, at: int, end: int) -> DateExpression | None:
    """A year alone, if the words before it or the year that it is listed with make it one."""
    stop = at + 4
    year = int(text[at:stop])
    if year < 1750 or text[stop : stop + 1] == "/" or _COUNTED.match(text, stop):
        return None
    before = text[max(0, at - 14) : at].replace("\n", " ")
    listed = 0 < at - end <= 6 and _LINK.fullmatch(text, end, at)
    determined = _DETERMINER.search(before)
    if not listed and not _LEAD.search(before) and text[at - 4 : at].lower() != "mid-":
        return None
    if determined and not re.match(r"[ \n][A-Za-z]", text[stop : stop + 2]):
        return None  # "the 1962." is a number
    if before.endswith("(") and text[stop : stop + 1] not in (")", ",", ";"):
        return None
    wide = _BEFORE.search(text, max(0, at - _WIDEST), at)
    if wide:
        widened = _part_of_year(wide, year, stop)
        if widened:
            return widened
    return DateExpression(at, stop, CalendarDay(year))


def _part_of_year(before: re.Match[str], year: int, stop: int) -> DateExpression | None:
    season = (before["season"] or "").lower()
    if season in _SEASONS:
        months = _SEASONS[season]
    elif before["part"]:
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[before["part"].lower()]
    elif before["which"]:
        months = _fraction(before["which"], before["what"])
    else:
        return None  # "the winter of 1962" began or ended in it
    first, last = (CalendarDay(year, month) for month in months)
    return DateExpression(before.start(), stop, first, last, vague=bool(before["part"]))


def _fraction(which: str, what: str) -> tuple[int, int]:
    length = 3 if what == "quarter" else 6
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 12 // length}[which]
    return min(12 - length, (number - 1) * length) + 1, min(12, number * length)


def _fiscal_years(text: str) -> Iterator[DateExpression]:
    if not any(word in text for word in ("iscal", "FY", "F.Y.", "CY", "alendar", "FISCAL")):
        return
    for match in _FISCAL.finditer(text):
        first = _full(match["a"])
        last = _full(match["b"]) if match["b"] else first
        if not (1861 <= first <= last <= 2000) or (len(match["a"]) == 2 and first < 1940):
            continue
        if match["cy"]:
            span = CalendarDay(first), CalendarDay(last) if last != first else None
        else:
            span = fiscal_year(first)[0], fiscal_year(last)[1]
        yield DateExpression(match.start(), match.end(), *span)
        if match["c"] and not match["cy"]:
            yield DateExpression(match.start("c"), match.end("c"), *fiscal_year(int(match["c"])))


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 1900 + int(year)


def fiscal_year(year: int) -> tuple[CalendarDay, CalendarDay]:
    """Return the first and the last day of a fiscal year of the United States.

    It ran from July 1 of the year before to June 30; since fiscal year 1977 it begins on October 1 (Congressional
    Budget Act of 1974).
    """
    if year <= 1976:
        return CalendarDay(year - 1, 7, 1), CalendarDay(year, 6, 30)
    return CalendarDay(year - 1, 10, 1), CalendarDay(year, 9, 30)
