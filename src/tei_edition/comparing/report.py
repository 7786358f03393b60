"""The comparison in an editor's words, and as JSON."""

from __future__ import annotations

import json
from collections import Counter

from tei_edition.comparing.changes import LAYERS, Change, shortened

# What differs, by layer, as it stands in a sentence: "structure differs in 2 places".
_VERBS = {"links": "differ", "notes": "differ"}


def verdict(changes: list[Change]) -> str:
    """Say first whether a word changed: `same text; 3 changes of markup only`."""
    counts = Counter(change.layer for change in changes)
    layers = [layer for layer in LAYERS if counts[layer]]
    if not layers:
        return "no difference"
    if layers[0] == "text":
        places = ((layer, _VERBS.get(layer, "differs"), _count(counts[layer], "place")) for layer in layers)
        return "; ".join(f"{layer} {verb} in {count}" for layer, verb, count in places)
    first, *rest = layers
    listed = ", ".join([f"{_count(counts[first], 'change')} of {first}", *(f"{counts[x]} of {x}" for x in rest)])
    return f"same text; {listed}{'' if rest else ' only'}"


def as_text(changes: list[Change], path_a: str, path_b: str) -> str:
    """Return the report for people: the verdict, then the changes by layer, each with its place in both files."""
    lines = [verdict(changes)]
    for layer in LAYERS:
        found = [change for change in changes if change.layer == layer]
        if found:
            lines += ["", layer]
            for change in found:
                lines.append(f"  {path_a}:{change.line_a}  {path_b}:{change.line_b}")
                lines.append(f"    {_sentence(change)}")
    return "\n".join(lines) + "\n"


def as_json(changes: list[Change], path_a: str, path_b: str) -> str:
    """Return the report for programs."""
    counts = Counter(change.layer for change in changes)
    data = {"a": path_a, "b": path_b, "verdict": verdict(changes),
            "counts": {layer: counts[layer] for layer in LAYERS if counts[layer]},
            "changes": [change.as_dict() for change in changes]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _sentence(change: Change) -> str:
    place = f"{change.note}: " if change.note else ""
    before, after = shortened(change.before) or change.before, shortened(change.after) or change.after
    if change.layer == "text" and not change.what.startswith("note"):
        if change.before.strip() == change.after.strip():  # only the white space differs
            before, after = (words.replace(" ", "␣") for words in (change.before, change.after))
        words = (f"[-{before}-]" if before else "") + (f"{{+{after}+}}" if after else "")
        left, right = change.around
        return f"{place}…{left.replace('  ', ' ')}{words}{right}…"
    if change.layer == "text":
        return f"{change.note} {change.what.removeprefix('note ')}: “{before or after}”"
    if before and after:
        return f"{place}{change.what}: {before} → {after}"
    if change.what.endswith((" added", " removed")):
        values = f": {before or after}" if change.layer == "metadata" else f" ({before or after})"
        return place + change.what + (values if before or after else "")
    return f"{place}{change.what}: {before or '(nothing)'} → {after or '(nothing)'}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
