"""What changed between two editions, in layers: words, structure, markup, links, notes, metadata.

Ids are not compared: renumbering them is no change. Neither is the order of attributes, the prefix of a namespace, or
how the XML is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tei_edition.comparing.alignment import Region, common_runs, regions
from tei_edition.comparing.coordinates import Ruler
from tei_edition.comparing.spans import LINKS, Difference, Placed, differences
from tei_edition.comparing.streams import BREAKS, Attributes, Field, Span, Stream, streams_of

LAYERS = ("text", "structure", "markup", "links", "notes", "metadata")

_CONTEXT = 30  # characters of context on either side of changed words
_NEW_BLOCK = " ¶ "
_WORD = re.compile(r"\S")
_LONG = 90  # quoted words longer than this are shortened in the middle


@dataclass(frozen=True, slots=True)
class Change:
    """One change: in which layer, what happened, and where in both files.

    `before` and `after` are the words (or values) of A and B; `around` is the context on either side. `line_a` and
    `line_b` are lines of the two files; of what one of them lacks, the line of its surroundings.
    """

    layer: str
    what: str
    before: str
    after: str
    line_a: int
    line_b: int
    note: str = ""
    around: tuple[str, str] = ("", "")

    def as_dict(self) -> dict[str, object]:
        """The change as JSON-ready data."""
        data: dict[str, object] = {"layer": self.layer, "what": self.what, "before": self.before, "after": self.after,
                                   "line_a": self.line_a, "line_b": self.line_b}
        if self.note:
            data["note"] = self.note
        return data


def compare(a: etree._Element, b: etree._Element) -> list[Change]:
    """Return the changes that make B of A, by layer and in the order of the text; none for two editions alike."""
    one, other = streams_of(a), streams_of(b)
    pairs = _paired_notes(one.streams[1:], other.streams[1:])
    together = [(0, 0), *pairs]
    rulers: dict[int, tuple[int, Ruler, Ruler]] = {}
    found: list[Change] = []
    for i, j in together:
        if i is None or j is None:
            continue
        left, right = one.streams[i], other.streams[j]
        aligned = regions(left.text, right.text)
        rulers[i] = (j, Ruler(left.text, right.text, aligned, of_b=False),
                     Ruler(right.text, left.text, aligned, of_b=True))
        found.extend(_text_changes(left, right, aligned))
        found.extend(_span_changes(left, right, rulers[i][1], rulers[i][2]))
    for i, j in pairs:
        note_a, note_b = one.streams[i] if i is not None else None, other.streams[j] if j is not None else None
        found.extend(_note_changes(note_a, note_b))
        if note_a and note_b and _has_moved(note_a, note_b, rulers):
            found.append(Change("notes", "marker moved", _around(one.streams[note_a.within].text, note_a.anchor),
                                _around(other.streams[note_b.within].text, note_b.anchor), note_a.line, note_b.line,
                                note_a.label))
    found.extend(_field_changes(one.fields, other.fields))
    return sorted(found, key=lambda change: LAYERS.index(change.layer))


# -- text ------------------------------------------------------------------------------------------


def _text_changes(a: Stream, b: Stream, aligned: list[Region]) -> Iterator[Change]:
    a_text, b_text = f"\n{a.text}", f"\n{b.text}"  # as the regions see them
    for region in aligned:
        if region.equal:
            continue
        before = a_text[region.a_start:region.a_end]
        after = b_text[region.b_start:region.b_end]
        space = ""
        if before.strip() != after.strip():  # else it is the white space before the word that differs
            space = {" ": " ", "\n": _NEW_BLOCK}.get((before or after)[:1], "") if region.a_start else ""
            before, after = before.strip(), after.strip()
        what = "replaced" if before and after else "removed" if before else "added"
        around = (a_text[max(1, region.a_start - _CONTEXT):region.a_start].replace("\n", _NEW_BLOCK) + space,
                  _after(a.text, region.a_end))
        line_a, line_b = a.line_at(_first_word(a.text, region.a_start)), b.line_at(_first_word(b.text, region.b_start))
        yield Change("text", what, before, after, line_a, line_b, a.label or b.label, around)


def _after(text: str, end: int) -> str:
    """The context behind a region that ends at `end`; what is put before the first word has that word behind it."""
    return text[end - 1:end - 1 + _CONTEXT].replace("\n", _NEW_BLOCK) if end else f" {text[:_CONTEXT]}"


def _first_word(text: str, offset: int) -> int:
    word = _WORD.search(text, max(offset - 1, 0))
    return word.start() if word else max(len(text) - 1, 0)


# -- spans -----------------------------------------------------------------------------------------


def _span_changes(a: Stream, b: Stream, on_a: Ruler, on_b: Ruler) -> Iterator[Change]:
    for difference in differences(_placed(a, on_a), _placed(b, on_b)):
        x, y = difference.a, difference.b
        if (y is None and x is not None and on_a.is_alone(x.span.start, x.span.end)) or (
                x is None and y is not None and on_b.is_alone(y.span.start, y.span.end)):
            continue  # it came or went with its words, which are reported
        yield from _difference(a, b, difference)


def _placed(stream: Stream, ruler: Ruler) -> list[Placed]:
    placed = []
    for span in stream.spans:
        start = ruler.start(span.start)
        end = start if span.start == span.end else max(start, ruler.end(span.end))
        placed.append(Placed(start, end, span))
    return sorted(placed, key=lambda p: (p.start, -p.end))


def _difference(a: Stream, b: Stream, difference: Difference) -> Iterator[Change]:
    x = difference.a.span if difference.a else None
    y = difference.b.span if difference.b else None
    span = x or y
    if span is None:
        return
    line_a = x.line if x else _line_near(a, b, y)
    line_b = y.line if y else _line_near(b, a, x)
    words = _words(a, x) if x else _words(b, y)
    layer = "structure" if span.block or span.name in BREAKS else "markup"
    note = a.label or b.label
    if difference.kind == "attributes" and x and y:
        for link in (True, False):
            before, after = _unlike(x.attributes, y.attributes, links=link)
            if before != after:
                yield Change("links" if link else layer, f"{_called(x, words)}: attributes changed", before, after,
                             line_a, line_b, note)
    elif difference.kind == "retyped" and x and y:
        yield Change(layer, f"{_called(x, words)} became {y.name}", _shown(x), _shown(y), line_a, line_b, note)
    elif difference.kind in ("split", "merged"):
        what = f"{span.name} split in {difference.parts}" if difference.kind == "split" else (
            f"{difference.parts} {span.name} made one")
        yield Change(layer, what, _words(a, x), _words(b, y), line_a, line_b, note)
    elif difference.kind == "moved" and x and y:
        yield Change(layer, f"{_called(x, '')} {'moved' if x.start == x.end else 'covers other words'}",
                     _words(a, x), _words(b, y), line_a, line_b, note)
    else:
        yield Change(layer, f"{_called(span, words)} {difference.kind}", _attributes(x), _attributes(y),
                     line_a, line_b, note)


def _line_near(stream: Stream, other: Stream, span: Span | None) -> int:
    """Where the span would stand in the file that lacks it: nearly, by the share of the text before it."""
    if span is None:
        return stream.line
    share = span.start / max(len(other.text), 1)
    return stream.line_at(round(share * len(stream.text)))


def _called(span: Span, words: str) -> str:
    number = dict(span.attributes).get("n")
    if span.start == span.end:
        return f"{span.name} {number}" if number else span.name
    return f"{span.name} “{words}”" if words else span.name


def _shown(span: Span) -> str:
    return f"{span.name} {_attributes(span)}".strip()


def _attributes(span: Span | None) -> str:
    return " ".join(f'{name}="{value}"' for name, value in span.attributes) if span else ""


def _words(stream: Stream, span: Span | None) -> str:
    if span is None:
        return ""
    if span.start == span.end:
        return _around(stream.text, span.start)
    return shortened(stream.text[span.start:span.end])


def _around(text: str, offset: int) -> str:
    """A point of the text: the words before and after it."""
    return f"…{text[max(0, offset - 20):offset]}|{text[offset:offset + 20]}…".replace("\n", _NEW_BLOCK)


def shortened(words: str) -> str:
    """The words on one line, the middle left out where there are many."""
    words = " ".join(words.split())
    return words if len(words) <= _LONG else f"{words[:_LONG // 2]} … {words[-_LONG // 2 + 10:]}"


def _unlike(a: Attributes, b: Attributes, *, links: bool) -> tuple[str, str]:
    """The attributes in which the two differ, as text."""
    before, after = ({k: v for k, v in attributes if (k in LINKS) is links} for attributes in (a, b))
    names = sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))
    return tuple(" ".join(f'{k}="{side[k]}"' for k in names if k in side) for side in (before, after))  # type: ignore[return-value]


# -- notes -----------------------------------------------------------------------------------------


def _paired_notes(a: list[Stream], b: list[Stream]) -> list[tuple[int | None, int | None]]:
    """Which note of A is which of B: by their words; between two that are known, in their order."""
    pairs: list[tuple[int | None, int | None]] = []
    i0 = j0 = 0
    for i, j, n in [*common_runs([s.reading for s in a], [s.reading for s in b]), (len(a), len(b), 0)]:
        both = min(i - i0, j - j0)
        pairs.extend((i0 + k + 1, j0 + k + 1) for k in range(both))
        pairs.extend((k + 1, None) for k in range(i0 + both, i))
        pairs.extend((None, k + 1) for k in range(j0 + both, j))
        pairs.extend((i + k + 1, j + k + 1) for k in range(n))
        i0, j0 = i + n, j + n
    return pairs


def _has_moved(a: Stream, b: Stream, rulers: dict[int, tuple[int, Ruler, Ruler]]) -> bool:
    if a.within not in rulers:
        return True
    partner, on_a, on_b = rulers[a.within]
    return partner != b.within or on_a.end(a.anchor) != on_b.end(b.anchor)


def _note_changes(a: Stream | None, b: Stream | None) -> Iterator[Change]:
    if a is None or b is None:
        note = a or b
        if note is not None:
            what = "note removed" if b is None else "note added"
            before, after = (note.reading, "") if b is None else ("", note.reading)
            yield Change("text" if note.reading else "notes", what, before, after, note.line, note.line, note.label)
        return
    if a.n != b.n:
        yield Change("notes", "renumbered", a.n or "", b.n or "", a.line, b.line, a.label)
    for links in (True, False):
        before, after = _unlike(a.attributes, b.attributes, links=links)
        if before != after:
            yield Change("links" if links else "notes", "attributes of the note changed", before, after, a.line, b.line,
                         a.label)


# -- metadata --------------------------------------------------------------------------------------


def _field_changes(a: list[Field], b: list[Field]) -> Iterator[Change]:
    i0 = j0 = 0
    runs = common_runs([(f.path, f.value) for f in a], [(f.path, f.value) for f in b])
    for i, j, n in [*runs, (len(a), len(b), 0)]:
        yield from _fields_unlike(a[i0:i], b[j0:j], _last_line(a, i), _last_line(b, j))
        i0, j0 = i + n, j + n


def _last_line(fields: list[Field], end: int) -> int:
    """Where a statement that is not there would stand: after the last one before it."""
    return fields[max(end - 1, 0)].line if fields else 0


def _fields_unlike(a: list[Field], b: list[Field], line_a: int, line_b: int) -> Iterator[Change]:
    """A statement at the same path was changed; the others were added or removed."""
    runs = common_runs([f.path for f in a], [f.path for f in b])
    known_a = {i + k for i, _, n in runs for k in range(n)}
    known_b = {j + k for _, j, n in runs for k in range(n)}
    for i, j, n in runs:
        for x, y in zip(a[i:i + n], b[j:j + n], strict=True):
            if x.value != y.value:
                yield Change("metadata", x.path, x.value, y.value, x.line, y.line)
    yield from (Change("metadata", f"{x.path} removed", x.value, "", x.line, line_b) for i, x in enumerate(a)
                if i not in known_a)
    yield from (Change("metadata", f"{y.path} added", "", y.value, line_a, y.line) for j, y in enumerate(b)
                if j not in known_b)
