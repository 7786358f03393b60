"""The offices that a list gives a person, with their dates, out of the description as printed.

"Under Secretary of State for Economic Affairs from February until December 1961; thereafter Under Secretary of State"
is the first from 1961-02 to 1961-12, the second from 1961-12. Dates are as exact as they are printed; what is not said
stays empty, and the wording of the description is kept beside.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.dates import MONTHS
from tei_edition.model import Office

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_YEAR = r"1[789]\d\d|20\d\d"
_LOOSE = r"(?:(?:early|late|mid|the|spring|summer|autumn|fall|winter|end|of|beginning)[ -]){0,4}"
_DATE = rf"(?:{_LOOSE}(?:(?:{_MONTH})(?: \d{{1,2}})?,? (?:of )?)?(?:{_YEAR})|\d{{1,2}} {_MONTH},? (?:{_YEAR}))(?!\d)"
_PART = rf"(?:{_LOOSE}{_MONTH}(?: \d{{1,2}}(?!\d))?|\d{{1,2}} {_MONTH})"  # a date whose year stands in the next one
_DASH = r" ?[-–—] ?"
_EVENT = r"(?:(?:his|her) (?:death|resignation|retirement|assassination|overthrow) (?:on|in) |the coup of )?"
_TO = r"(?:until|till|to|through)"
_PERIOD = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        (
            rf"(?:(?:from|between) )?(?P<a>{_DATE}|{_PART})(?:{_DASH}|,? (?:{_TO}|and) {_EVENT})"
            rf"(?P<b>{_DATE}|\d\d(?!\d))",
            rf"(?:from|since|after|as of|beginning(?: in)?|starting|effective|following) (?:about )?(?P<from>{_DATE})",
            rf"(?:{_TO}|before|prior to|ending) (?:about )?{_EVENT}(?P<to>{_DATE})",
            rf"(?P<open>{_DATE}){_DASH}(?=[;,.)]|$)",
            rf"(?:in|during) (?P<in>{_DATE})",
            rf"(?<=, )(?P<alone>{_DATE})(?=[;,.)]| and |$)",
        )
    )
    + ")"
)
_AFTERWARDS = re.compile(r"(?:, )?\b(?:and )?(?:[Tt]hereafter|[Ss]ubsequently|[Aa]fterwards|[Tt]hen)\b,? ?")
_LEAD = re.compile(r"^(?:(?:and|also|then|later|formerly|previously|successively|concurrently|thereafter)\b,? )+", re.I)
_SEE = re.compile(r"^\.?\s*[Ss]ee\b")
_BETWEEN = re.compile(r"(?:,? and,?|,)? ?")
_AND_UNTIL = re.compile(r",? and, (?=(?:until|from|after|since|before) )")
_BRACKETS = re.compile(r"\([^()]*\)")


class _Piece(NamedTuple):
    """A piece of the description about one office: its words without the dates, and the dates."""

    words: str
    start: str
    end: str
    afterwards: bool


@functools.lru_cache(maxsize=1 << 12)
def parse_offices(description: str) -> tuple[Office, ...]:
    """Return the offices of a description in its order; none where it only sends to another entry ("see Diem")."""
    description = " ".join(description.split()).strip(" ,;.")
    if not description or _SEE.match(description):
        return ()
    offices: list[Office] = []
    for segment in _segments(description):
        for piece in _pieces(segment):
            start = piece.start
            if piece.afterwards and not start and offices:
                start = offices[-1].end
            if piece.words:
                # Lists have misprints: of an office that ends before it begins neither date is taken.
                backwards = bool(start and piece.end) and piece.end < start[: len(piece.end)]
                offices.append(Office(piece.words, *(("", "") if backwards else (start, piece.end))))
    return tuple(offices)


def _segments(description: str) -> Iterator[str]:
    """The parts between semicolons that stand in no bracket; "Chancellor and, until 1955, Foreign Minister" is two."""
    at = 0
    for end in [found.start() for found in re.finditer(";", _hidden(description))] + [len(description)]:
        yield from _AND_UNTIL.split(description[at:end].strip(" ;"))
        at = end + 1


def _hidden(words: str) -> str:
    """The words with what stands in brackets made unreadable: "Bureau (after 1956, Administration), until 1958"."""
    return _BRACKETS.sub(lambda found: "_" * len(found[0]), words)


def _pieces(segment: str) -> Iterator[_Piece]:
    """Cut a segment behind each of its dates: "Director until 1959, Ambassador from 1960" is two."""
    hidden = _hidden(segment)
    found = list(_PERIOD.finditer(hidden))
    at, title = 0, ""
    for number, period in enumerate(found):
        between = _BETWEEN.match(hidden, period.end())
        last = number == len(found) - 1
        later = _AFTERWARDS.search(hidden, period.end()) if last else None
        if later and hidden[later.end() :].strip(" ,."):  # "until 1959, thereafter Ambassador"
            end = later.start()
        else:
            later, end = None, len(segment) if last or between is None else between.end()
        piece = _piece(segment[at:end], period, at)
        title = piece.words or title  # "Ambassador until 1957 and from 1960"
        yield piece._replace(words=title)
        at = end
        if later:
            yield _Piece(_title(segment[later.end() :]), "", "", afterwards=True)
    if not found:
        later = _AFTERWARDS.search(hidden)
        yield _Piece(_title(_AFTERWARDS.sub(" ", segment)), "", "", bool(later))


def _piece(words: str, period: re.Match[str], at: int) -> _Piece:
    without = words[: period.start() - at].rstrip(" ,") + " " + words[period.end() - at :].lstrip()
    if words[period.end() - at :].startswith(", ") and without.strip(" ,."):
        without = words[: period.start() - at].rstrip(" ,") + words[period.end() - at :]
    start, end = _dates(period)
    return _Piece(_title(_AFTERWARDS.sub(" ", without)), start, end, bool(_AFTERWARDS.search(without)))


def _title(words: str) -> str:
    words = " ".join(words.split()).replace(" ,", ",").strip(" ,;.")
    words = re.sub(r"(?:,? and|,)$", "", words)
    return _LEAD.sub("", words).strip(" ,;")


def _dates(period: re.Match[str]) -> tuple[str, str]:
    g = period.groupdict()
    if g["a"]:
        end = _w3c(g["b"]) if len(g["b"]) > 2 else ""
        start = _w3c(g["a"], end[:4])
        if not end:  # "1957–58"
            end = start[:2] + g["b"] if re.fullmatch(r"\d{4}", start) else ""
        if end and start > end and not re.search(_YEAR, g["a"]):
            start = f"{int(end[:4]) - 1}{start[4:]}"  # "from November until March 1962"
        return start, end
    if g["from"] or g["open"]:
        return _w3c(g["from"] or g["open"]), ""
    if g["to"]:
        return "", _w3c(g["to"])
    when = _w3c(g["in"] or g["alone"])
    return when, when


def parse_date(words: str) -> str:
    """Return a date in the W3C form, as exact as it is given: "1961-02", "February 1961"; "" for what is no date."""
    if re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", words):
        return words
    return _w3c(words) if re.fullmatch(_DATE, words) else ""


def _w3c(words: str, year: str = "") -> str:
    """The W3C form of a date as exact as it is printed: "December 4, 1961" → 1961-12-04; "early 1962" → 1962."""
    found = re.search(_YEAR, words)
    year = found[0] if found else year
    month = re.search(_MONTH, words)
    if not month or not year:
        return year
    number = next(n for n, name in enumerate(MONTHS, 1) if name[:3] == month[0][:3])
    rest = words[: month.start()] + words[month.end() :].replace(year, "")
    day = re.search(r"\b(\d{1,2})\b", rest)
    if day and 1 <= int(day[1]) <= 31:
        return f"{year}-{number:02d}-{int(day[1]):02d}"
    return f"{year}-{number:02d}"
