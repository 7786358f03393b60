"""Fidelity: are the words of the edition the words of the source?

The edition is rendered as plain text again (by `exporting`, which the command line calls) and compared with the source,
blanks aside. Notes are compared with notes, wherever the page has them (`note_pairs`). Signs of layout that an edition
may leave out (`layout`: bullets, `↩`, the label of a note, the heading above the notes, a web site's navigation) do not
count; a marker may stand as `1`, `[1]`, `^1` or `¹`. What else differs is shown at its place in the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, Lines, finding
from tei_edition.layout import PLAIN_FIGURES
from tei_edition.validation.note_pairs import MARKER, Stretch, pair_notes
from tei_edition.validation.page_words import PageWords, Word
from tei_edition.validation.word_changes import Change, word_changes

_MOST = 200  # findings of one document; what follows is counted
_OTHER = 0.3  # the share of common words under which the source is taken for another document's


class _Difference(NamedTuple):
    """A change, and the stretch that it is in."""

    change: Change
    stretch: Stretch

    @property
    def place(self) -> int:
        """The offset in the source of the first word that it touches."""
        words = self.stretch.theirs
        return words[min(self.change.a, len(words) - 1)].start if words else 0


def check_fidelity(
    rendered: str, source: str, path: str = "", *, part: tuple[int, int] | None = None
) -> list[Diagnostic]:
    """Return where the words of an edition, rendered as plain text, are not the words of its source.

    `path` is the source's: findings point into it. With `part`, the edition is that of the characters from the one up
    to the other. An empty list says that every character that is not blank or layout stands in both, in the same order.
    """
    start, end = part or (0, len(source))
    lines = Lines(source[start:end], path, offset=start, first=Lines(source).location(start).line or 1)
    source = source[start:end]
    if _bare(rendered) == _bare(source):
        return []
    theirs, ours = PageWords(source, rendered=False), PageWords(rendered, rendered=True)
    labels = frozenset(note.label for note in ours.notes if note.label.isdecimal())
    differences = _differences(pair_notes(theirs, ours), labels)
    if differences and ours.notes:  # a text that looks like a note may have been taken for one
        differences = min(differences, _differences([Stretch(theirs.words, ours.words)], labels), key=_touched)
    if _touched(differences) > (1 - _OTHER) * max(len(theirs.words), 1):
        what = f"{_touched(differences):,} of the {len(theirs.words):,} words of the source do not stand in the edition"
        return [finding("VA404", what, lines.location(0))]
    found = [_describe(difference, lines) for difference in differences[:_MOST]]
    if len(differences) > _MOST:
        what = f"{len(differences) - _MOST:,} more differences follow"
        found.append(finding("VA403", what, lines.location(differences[_MOST].place)))
    return found


def _bare(text: str) -> str:
    return "".join(text.split())


def _differences(stretches: list[Stretch], labels: frozenset[str]) -> list[_Difference]:
    """Return what differs in more than blanks and layout, in the order of the source."""
    found = [
        _Difference(_without_layout(change, stretch), stretch)
        for stretch in stretches
        for change in word_changes([w.text for w in stretch.theirs], [w.text for w in stretch.ours])
        if not _same(stretch.theirs[change.a : change.b], stretch.ours[change.c : change.d], labels)
    ]
    return sorted(found, key=lambda difference: difference.place)


def _without_layout(change: Change, stretch: Stretch) -> Change:
    """A change without the layout at its borders, so that a finding names the words that matter."""
    a, b, c, d = change
    while a < b and stretch.theirs[a].optional:
        a += 1
    while a < b and stretch.theirs[b - 1].optional:
        b -= 1
    while c < d and stretch.ours[c].optional:
        c += 1
    while c < d and stretch.ours[d - 1].optional:
        d -= 1
    return change if a == b and c == d else Change(a, b, c, d)


def _touched(differences: list[_Difference]) -> int:
    return sum(difference.change.b - difference.change.a for difference in differences)


def _same(theirs: list[Word], ours: list[Word], labels: frozenset[str]) -> bool:
    """Tell whether two stretches differ in blanks, layout and the form of markers only.

    Layout may stand on both sides or on one; a marker of the source ("[1]") is the plain figure in the edition, where
    the edition has a note of that label.
    """
    text = "".join(word.text for word in ours)
    skips: dict[int, int] = {}
    at = 0
    for word in ours:
        if word.optional:
            skips[at] = at + len(word.text)
        at += len(word.text)
    at = 0
    for words, instead in _pieces(theirs, labels):
        behind = _behind(words, text, at, skips)
        if behind < 0 and instead is not None:
            behind = _behind(instead, text, at, skips)
        if behind < 0:
            return False
        at = behind
    while at in skips:
        at = skips[at]
    return at == len(text)


def _pieces(words: list[Word], labels: frozenset[str]) -> Iterator[tuple[str, str | None]]:
    """Yield the words of the source in pieces, each with what may stand in its place."""
    for word in words:
        if word.optional:
            yield word.text, ""
            continue
        at = 0
        for marker in MARKER.finditer(word.text):
            figures = marker[marker.lastindex or 0].translate(PLAIN_FIGURES)
            if figures in labels:
                yield word.text[at : marker.start()], None
                yield marker.group(), figures
                at = marker.end()
        yield word.text[at:], None


def _behind(words: str, text: str, at: int, skips: dict[int, int]) -> int:
    """Return where the text goes on behind these characters, layout passed over; -1 where it does not have them."""
    for character in words:
        while at in skips and not text.startswith(character, at):
            at = skips[at]
        if not text.startswith(character, at):
            return -1
        at += 1
    return at


def _describe(difference: _Difference, lines: Lines) -> Diagnostic:
    (a, b, c, d), (theirs, ours, note) = difference
    missing, added = _quoted(theirs[a:b]), _quoted(ours[c:d])
    if a < b:
        place = lines.location(theirs[a].start, theirs[b - 1].start + len(theirs[b - 1].text))
    elif a:
        place = lines.location(theirs[a - 1].start + len(theirs[a - 1].text))
    else:
        place = lines.location(difference.place if note else 0)
    if a == b:
        first = f"at the beginning of the note {note}" if note else "at the beginning"
        words = [word for word in theirs[max(a - 9, 0) : a] if not word.optional]
        before = f"behind {_quoted(words[-3:], end=True)}" if words else first
        return finding("VA402", f"the edition adds {added} {before}", place)
    if c == d:
        return finding("VA401", f"the edition lacks {missing}", place)
    return finding("VA403", f"the source has {missing}, the edition {added}", place)


def _quoted(words: list[Word], *, end: bool = False) -> str:
    """Return words in quotation marks, the middle of many left out."""
    texts = [word.text for word in words]
    if len(texts) > 12 and not end:
        return f"“{' '.join(texts[:6])} … {' '.join(texts[-3:])}” ({len(texts):,} words)"
    return f"“{' '.join(texts)}”"
