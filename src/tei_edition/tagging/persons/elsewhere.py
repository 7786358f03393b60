"""What the other mentions of a document say of one: who is named in full, whose title stands beside a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tei_edition.tagging.persons.mentions import Mention
from tei_edition.tagging.persons.offices import Beside, Terms, run, title_fits

MANY = 24  # bearers of a name; among more no evidence is weighed: the mention is tagged, and left to the editor


class Elsewhere:
    """What the other mentions of a document say: who is named in full, and where; whose title stands beside a name."""

    def __init__(
        self, mentions: Sequence[Mention], near: Sequence[Beside], terms: Mapping[str, Terms], sender: frozenset[str]
    ) -> None:
        self.sender = sender
        self.full: dict[str, list[int]] = defaultdict(list)
        self.titled: dict[str, list[int]] = defaultdict(list)
        self.foreign: dict[str, list[int]] = defaultdict(list)
        for i, (mention, side) in enumerate(zip(mentions, near, strict=True)):
            wording = mention.text.folded[slice(*mention.key)]
            if mention.foreign:
                self.foreign[wording].append(i)
            if mention.given and len(mention.fits) == 1:
                self.full[next(iter(mention.fits))].append(i)
            elif 1 < len(mention.fits) <= MANY:
                best = _by_office(mention, side, terms)
                if best:
                    self.titled[best].append(i)


def _by_office(mention: Mention, side: Beside, terms: Mapping[str, Terms]) -> str:
    """The one person whose office stands beside the name; empty where it is nobody's or that of several."""
    whole = {entry: terms[entry].whole for entry in mention.fits}
    reached = {entry: max(run(side.before, words), run(side.behind, words)) for entry, words in whole.items()}
    most = max(reached.values())
    best = [entry for entry, count in reached.items() if count == most]
    if most > 1 and len(best) == 1:
        return best[0]
    now = [entry for entry in mention.fits if side.title and title_fits(side.title, terms[entry]) == "now"]
    return now[0] if len(now) == 1 else ""
