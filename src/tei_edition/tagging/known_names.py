"""Places and organisations of the authority files: the longest wording that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tei_edition.model import Span
from tei_edition.tagging.context import Reading, Text

RECOGNISER = "known-names"
_INSTITUTION_BEHIND = re.compile(r" (?:Post|Times|Herald|Tribune|University|Star)\b")


def recognise_known_names(reading: Reading) -> Iterator[Span]:
    """Yield a claim for each place and organisation of the lists. Letter case must agree: "US" is no "us"."""
    known = reading.known
    for text in reading.texts:
        for kind, dictionary in (("place", known.places), ("organisation", known.organisations)):
            for start, end, ids in dictionary.find(text.folded, text.words):
                written = text.text[start:end]
                ids = [identifier for identifier in sorted(ids) if _same_case(written, known.entries[identifier].forms)]
                if not ids or (kind == "place" and _INSTITUTION_BEHIND.match(text.text, end)):
                    continue
                yield _claim(text, start, end, kind, ids, known.entries[ids[0]].name)


def _claim(text: Text, start: int, end: int, kind: str, ids: list[str], name: str) -> Span:
    if len(ids) > 1:
        return text.span(
            start, end, kind, RECOGNISER, cert="medium", candidates=ids, evidence=f"{len(ids)} entries share this name"
        )
    return text.span(start, end, kind, RECOGNISER, ref=ids[0], evidence=f"“{name}” of the authority files")


def _same_case(written: str, forms: tuple[str, ...]) -> bool:
    """Whether the words are written as the list has them; words in capitals may be a heading's."""
    flat = re.sub(r"\s", " ", written).replace("’", "'")
    return any(flat == form.replace("’", "'") or (len(form) > 3 and flat == form.upper()) for form in forms) or (
        any(c.isupper() for c in written[:1])
        and any(len(form) > 4 and form[:1].isupper() and not form.isupper() and written[1:].islower() for form in forms)
    )
