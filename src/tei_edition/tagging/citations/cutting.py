"""Where a citation may end, and the pieces that it is cut into.

It is cut at commas and colons outside quotation marks and brackets, and ends with its sentence: with a full stop that
is no abbreviation's ("Omega. Mr. Rountree" is the name of a folder), a semicolon, a bracket that it has not opened, or
the next "ibid.".
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DEEPEST = 2  # brackets inside each other; what opens a third was not closed before
_IBID = ("ibid", "Ibid")
LONGEST = 600  # characters; a sentence that goes on longer cites no single place
_QUOTED = 160  # characters; what is opened by a quotation mark and not closed within is no title of a folder
_MARKS = re.compile(
    r"(?P<part>,\s|:\s|:(?=[A-Z“])|(?<!\d),(?=[\w“])|;\s(?=[Ll]ot\s\d))|(?P<stop>\.(?=[\s”\"’)\]]|$)|;|$)|(?P<open>[(\[])|(?P<close>[)\]])"
    r"|(?P<quote>[“\"])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Nos?|Acc|[Vv]ols?|[Pp]ts?|[Pp]p?|Mr|Mrs|Dr|St|Gen|Col|Maj|Lt|Capt|Adm|Amb|Sen|Rep|Gov|Prof"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Jr|Sr|Cong|Sess|Rpts?|Docs?|[Mm]emos?|[Cc]onvs?|Mtgs?|[Mm]isc|Sp|Asst|Natl?|Sec|Affs|Sci|Tech"
    r"|Depts?|Corr|Chron|Rev|Ser|Admin|Org|Govt|Gen’l|Intl?|Eur|Def|Pol|Econ|Mil|fr|etc|incl|vs|Ltr"
    r"|Telcons?|Tels?|Files?(?=\. \d)|[A-Z])"
    r"|\bU\.S|[A-Z]\.[A-Z])$"
)
CLASSIFIED = re.compile(
    r"(?:Top Secret|Secret|Confidential|Restricted|Limited Official|Limited [Dd]istribution|Official[- –—;,.]"
    r"|Official Use|Unclassified|No classification|No marking|No drafting|Eyes Only|Sensitive|Personal[;,.]"
    r"|Personal and|Priority|Immediate|Niact|NIACT|Flash|Routine|Nodis|Exdis|Noforn|Cosmic|Operational Immediate"
    r"|Strictly Confidential;|\[?[Cc]lassification)"
    r"(?![\w/-]|\s(?:[A-Z][\w.-]*\s){0,3}(?:[Ff]iles?|Series|Papers|Records)\b)"
)
# Words that begin the next sentence of a note, so that the full stop before them is one.
_SENTENCE = re.compile(
    r"(?:An?|The|This|These|Those|That|It|It’s|In|On|At|By|For|From|To|With|According|After|Before|As|Also|Although|Another"
    r"|Attached|Both|Brackets|Cleared|Copies|Copy|Concurred|Drafted|During|Dulles|Filed|He|His|Handwritten|Initialed"
    r"|No|None|Not|Only|Other|Participants|Portions|Prepared|President|Presumably|Printed|Received|Regarding|Repeated"
    r"|Reproduced|See|Sent|She|Signed|Text|There|They|Transmitted|Typed|Typewritten|Undated|Under|Unsigned|When|While"
    r"|Written|Also|All|Approved|Classified|Telegram|Memorandum|Ibid|For|If|Source|Published|Telegraphic|Secretary)\b"
)

_DECIMAL = re.compile(r"\d{1,6}[\w.–-]*\s?/\s?\d")  # "684A. 85322/3–1056", "Central Files. 110.11–HE/5–2259"
_SHORT = re.compile(r"\b(?!Files?$|Papers$)\w{1,6}$")  # any short word before one in small letters
_CODE = re.compile(r"[,:] \d{1,3}$")  # "100. VN 1960", the code of a folder


class Segment(NamedTuple):
    """A piece of a citation between two separators, in offsets of the view, and the separator before it."""

    start: int
    end: int
    mark: str


def cut(text: str, at: int) -> list[Segment]:
    """Return the pieces of a citation from `at` on, as far as its sentence goes."""
    limit = min(len(text), at + LONGEST)
    segments: list[Segment] = []
    opened: list[str] = []
    begun, mark, position = at, "", at
    while match := _MARKS.search(text, position, limit):
        position = match.end()
        kind = match.lastgroup
        if kind in ("open", "part") and (text.startswith(_IBID, position) or len(opened) >= _DEEPEST):
            break  # another citation begins: "(Ibid., (Ibid., Box 3)"
        if kind == "quote":
            position = _closed(text, position, limit, "”" if match.group() == "“" else match.group())
        elif kind == "open":
            opened.append(match.group())
        elif kind == "close":
            if not opened:
                break
            opened.pop()
        elif opened and match.start() < limit:
            continue
        elif kind == "part":
            segments.append(Segment(begun, match.start(), mark))
            begun, mark = match.end(), match.group()
        elif not (match.group() == "." and _goes_on(text, match.start())):
            break
    end = match.start() if match else limit
    return [*segments, Segment(begun, end, mark)]


def _closed(text: str, at: int, limit: int, mark: str) -> int:
    """Where a quotation that opens before `at` has closed; `at` itself where it does not close near."""
    end = text.find(mark, at, min(limit, at + _QUOTED))
    return end + 1 if end >= 0 else at


def _goes_on(text: str, stop: int) -> bool:
    """Whether the full stop is an abbreviation's, or a printer's for a comma, so that the citation goes on."""
    behind = stop + 1
    while text[behind : behind + 1].isspace():
        behind += 1
    if text[behind : behind + 1].islower():
        return bool(_SHORT.search(text, max(0, stop - 8), stop))
    if CLASSIFIED.match(text, behind) or _SENTENCE.match(text, behind) or behind >= len(text):
        return False
    if _DECIMAL.match(text, behind):
        return True
    return bool(_ABBREVIATION.search(text, max(0, stop - 8), stop) or _CODE.search(text, max(0, stop - 8), stop))
