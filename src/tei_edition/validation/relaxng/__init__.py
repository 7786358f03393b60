"""RELAX NG, our own engine: what a schema allows at each place of a document, and what is wrong with what stands there.

`reading` makes patterns of a schema, `automaton` asks them what may follow, `stream` runs a document through it and
goes on behind a mistake, `explain` says it in words.
"""
