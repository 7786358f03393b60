"""The numbers of paragraphs ("1. …", "(a) …", "A. …") where they run in order; the words stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tei_edition.model import Block

_LABEL = re.compile(r"[“\"]?(?P<open>\(?)(?P<label>\d{1,3}|[A-Za-z]|[ivxl]{2,6}|[IVXL]{2,6})(?P<close>[.)]\)?)(?=\s)")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def number_paragraphs(words: Callable[[int, int], str], blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, each paragraph with its number where it is one of a plain sequence: 1, 2, 3 or a, b, c.

    A sequence begins with its first number and goes on by one, whatever stands between; letters begin again under
    each number. Two at least, or it is no sequence.
    """
    numbered = list(blocks)
    runs: dict[tuple[str, str, str], list[tuple[int, int, str]]] = {}  # of each form: index, value, label
    finished: list[list[tuple[int, int, str]]] = []
    for index, block in enumerate(blocks):
        if block.kind == "attachment":
            finished += runs.values()
            runs = {}
        label = _LABEL.match(words(block.start, min(block.end, block.start + 60))) if block.kind == "p" else None
        if not label:
            continue
        readings = [((label["open"], kind, label["close"]), value) for kind, value in _readings(label["label"])]
        goes_on = next(
            ((form, value) for form, value in readings if form in runs and runs[form][-1][1] == value - 1), None
        )
        begins = next(((form, value) for form, value in readings if value == 1), None)
        if goes_on:
            runs[goes_on[0]].append((index, goes_on[1], label["label"]))
        elif begins:
            finished.append(runs.get(begins[0], []))
            runs[begins[0]] = [(index, 1, label["label"])]
    for run in [*finished, *runs.values()]:
        for index, _, label_text in run if len(run) > 1 else ():
            numbered[index] = numbered[index]._replace(n=label_text)
    return numbered


def _readings(label: str) -> list[tuple[str, int]]:
    """What a label may be: `i` is the ninth letter or the first Roman number."""
    if label.isdecimal():
        return [("arabic", int(label))]
    small, found = label.lower(), []
    case = "small" if label.islower() else "large"
    if len(label) == 1:
        found.append((f"{case} letter", ord(small) - ord("a") + 1))
    if set(small) <= set(_ROMAN):
        values = [_ROMAN[c] for c in small]
        found.append((f"{case} roman", sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))))
    return found
