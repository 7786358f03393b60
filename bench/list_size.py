#!/usr/bin/env python3
"""What a long list costs: time for each character of a text by the number of persons listed, side by side.

python bench/list_size.py [--characters 200000]

The names are made of syllables, so that no list of a volume is needed; every hundredth word of the text is one of the
first two hundred names, which all lists hold. The lists are tried in turn, five times; the best time of each counts.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time

from tei_edition.model import Entry, PersonName
from tei_edition.reading import decode, read_document
from tei_edition.tagging import Known, tag_document

SIZES = (200, 2_000, 20_000)
SYLLABLES = ("bar", "ced", "dol", "fen", "gal", "hov", "jur", "kem", "lin", "mos", "nar", "pel", "quin", "ros", "sal")


def entries(number: int) -> dict[str, Entry]:
    """Return persons whose surnames are made of four syllables, in a fixed order."""
    found = {}
    for i, syllables in enumerate(itertools.islice(itertools.product(SYLLABLES, repeat=4), number)):
        surname = "".join(syllables).capitalize()
        name = PersonName(surname, ("John", "A."))
        found[f"p{i}"] = Entry(f"p{i}", "person", f"{surname}, John A.", (), surname, name.forenames, names=(name,))
    return found


def text(characters: int) -> str:
    """Return a memorandum of so many characters."""
    chance = random.Random(1)
    names = [entry.surname for entry in entries(SIZES[0]).values()]
    words = ["the", "plan", "was", "discussed", "and", "will", "be", "sent", "to", "both", "offices", "again"]
    pieces: list[str] = []
    length = 0
    while length < characters:
        piece = f"Mr. {chance.choice(names)} said" if chance.random() < 0.01 else chance.choice(words)
        pieces.append(piece)
        length += len(piece) + 1
    return f"1. Memorandum\n\n{' '.join(pieces)}.\n"


def main() -> None:
    """Print the time for each list, and the ratio of the longest to the shortest."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--characters", type=int, default=200_000)
    given = options.parse_args()
    document = read_document(decode(text(given.characters).encode(), "text.txt"))
    known = {size: Known(entries(size)) for size in SIZES}
    best = dict.fromkeys(SIZES, float("inf"))
    for _ in range(5):
        for size in SIZES:
            begin = time.perf_counter()
            tag_document(document, known[size])
            best[size] = min(best[size], time.perf_counter() - begin)
    for size in SIZES:
        print(f"{size:>7,} persons: {best[size] / given.characters * 1e6:.2f} µs a character")
    print(f"20,000 to 200: {best[SIZES[-1]] / best[SIZES[0]]:.2f}")


if __name__ == "__main__":
    main()
