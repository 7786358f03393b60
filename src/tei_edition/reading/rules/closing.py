"""How letters end above and below the name: "Sincerely yours,", "For the Ambassador:", and what is added as `P.S.`"""

from __future__ import annotations

import re

from tei_edition.model import Block
from tei_edition.reading.page import Made, Page
from tei_edition.reading.rules.signature import ends_signed, is_postscript
from tei_edition.reading.rules.signed_name import LONGEST_LINE, looks_signed

_CLOSE = re.compile(
    r"(?:I (?:am|remain|have the honor)\b[^.:;]{0,40}[, ])?(?:(?:(?:[Vv]ery|[Mm]ost|[Yy]ours?|[Ee]ver) )?"
    r"(?:[Ss]incerely|[Ff]aithfully|[Rr]espectfully|[Cc]ordially|[Tt]ruly|[Aa]ffectionately|[Yy]ours)"
    r"(?: (?:yours|submitted|sincerely|truly|ever))?|(?:With )?(?:[Bb]est|[Ww]arm(?:est)?|[Kk]ind(?:est)?)"
    r"(?: and [a-z]+)?(?: personal)? (?:regards|wishes)|Regards|As ever)[,.]?$"
)
_ON_BEHALF = re.compile(r"(?:For|By direction of|By order of) (?:the |Mr\. |President |[A-Z])[^:;]{2,60}:$")


def closing(page: Page, i: int) -> Made | None:
    """`Sincerely yours,` or `For the Joint Chiefs of Staff:` above a name that signs."""
    if not page.kinds & {"p", "item", "cell"}:
        return None
    chunk = page.chunks[i]
    lines = [page.line_words(line) for line in chunk.lines[:3]]
    kinds: list[str] = []
    for words in lines:
        kind = _kind(words)
        if not kind:
            break
        kinds.append(kind)
    if not kinds:
        return None
    made = [Block(kind, line.start, line.end, kind) for kind, line in zip(kinds, chunk.lines, strict=False)]
    if len(kinds) == len(chunk.lines):
        return Made(tuple(made)) if _is_signed(page, page.next_worded(i + 1)) else None
    rest = chunk.lines[len(kinds) :]
    name = "\n".join(page.line_words(line) for line in rest)
    if len(rest) > 5 or not looks_signed(name) or not ends_signed(page, i):
        return None
    return Made((*made, Block("signature", rest[0].start, rest[-1].end, "signature")))


def _kind(words: str) -> str:
    if len(words) > LONGEST_LINE:
        return ""
    return "complimentary-close" if _CLOSE.match(words) else "on-behalf" if _ON_BEHALF.match(words) else ""


def _is_signed(page: Page, i: int) -> bool:
    """Whether chunk `i` signs, perhaps behind another line of this kind."""
    if i < len(page.chunks) and _kind(page.words(i)):
        i = page.next_worded(i + 1)
    return i < len(page.chunks) and looks_signed(page.words(i)) and ends_signed(page, i)


def postscript(page: Page, i: int) -> Made | None:
    """`P.S.` behind a signature."""
    if not page.blocks or page.blocks[-1].kind not in ("signature", "signer-office", "enclosure-line", "postscript"):
        return None
    return page.block(i, "postscript", "postscript") if is_postscript(page.words(i)) else None
