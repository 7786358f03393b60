"""Each kind of span: which element it becomes in each profile, what it may hold, and which claim wins.

Tagging and encoding share this table, so that what is settled can always be written as valid TEI.
"""

from __future__ import annotations

from dataclasses import dataclass

PROFILES = ("edition", "frus")
FRUS_NS = "http://history.state.gov/frus/ns/1.0"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of span. `priority`: the smaller wins a conflict; `holds`: the kinds that may stand inside it.

    `element` and `frus` name the TEI element in the profiles; an empty name: the profile does not tag it. `pointer` is
    the attribute that links to an entry; `fixed` are attributes that it always has. `plain`: its element holds words
    and nothing else, so that one which a page break or an omission parts is not tagged.
    """

    priority: int
    element: str
    frus: str = ""
    holds: frozenset[str] = frozenset()
    pointer: str = "ref"
    frus_pointer: str = ""
    fixed: tuple[tuple[str, str], ...] = ()
    plain: bool = False


_PARTS = frozenset({"repository", "collection", "file-number", "scope"})
_MENTIONS = frozenset(
    {
        "person",
        "place",
        "organisation",
        "date",
        "time",
        "term",
        "telegraphic-word",
        "telegram",
        "telegram-named",
        "document-reference",
        "note-reference",
        "neighbour-reference",
        "page-reference",
        "volume-reference",
    }
)


def _reference(to: str, *, published: bool = True, holds: frozenset[str] = frozenset()) -> Kind:
    """A reference to a document, a note, a page or a volume; `published`: the profile frus has it, too."""
    frus, pointer = ("ref", "target") if published else ("", "")
    return Kind(22, "ref", frus, holds=holds, pointer="target", frus_pointer=pointer, fixed=(("type", to),))


def _tail(said: str) -> Kind:
    """A part of the tail of a source note: "Secret", "Drafted by Ball", "Repeated to Brussels"."""
    return Kind(95, "seg", holds=_MENTIONS | {"citation", "quotation"}, fixed=(("type", said),))


KINDS: dict[str, Kind] = {
    "citation": Kind(10, "bibl", holds=_PARTS, pointer="corresp", fixed=(("type", "archival"),)),
    "repository": Kind(11, "orgName", fixed=(("type", "repository"),)),
    "collection": Kind(11, "title", fixed=(("type", "collection"),)),
    "file-number": Kind(11, "idno", plain=True),
    "scope": Kind(11, "biblScope"),
    "telegram-number": Kind(20, "num", fixed=(("type", "telegram"),)),
    "telegram-named": Kind(20, "seg", holds=frozenset({"term"}), fixed=(("type", "telegram"),)),
    "telegram": Kind(21, "ref", holds=frozenset({"term"}), pointer="target", fixed=(("type", "telegram"),)),
    "document-reference": _reference("document"),
    "note-reference": _reference("note"),
    "neighbour-reference": _reference("document", published=False),
    "page-reference": _reference("page"),
    "volume-reference": _reference("volume", holds=frozenset({"date", "term"})),
    "date": Kind(30, "date", "date", holds=frozenset({"term"})),  # "FY 1958"
    "time": Kind(31, "time"),
    "organisation": Kind(40, "orgName", "gloss", holds=frozenset({"place", "person", "term"})),
    # Somebody called by the office alone: the published series has it where such a one writes or receives.
    "office": Kind(40, "", "gloss", holds=frozenset({"place", "person", "term"})),
    "person": Kind(50, "persName", "persName", frus_pointer="corresp"),
    "place": Kind(60, "placeName", "placeName"),
    "term": Kind(70, "term", "gloss", frus_pointer="target"),
    "telegraphic-word": Kind(71, "term"),
    # What the tail of a source note says; each loses against whatever it would cross.
    "classification": _tail("classification"),
    "handling": _tail("handling"),
    "precedence": _tail("precedence"),
    "drafting": _tail("drafting"),
    "notation": _tail("marking"),
    "distribution": _tail("distribution"),
    "received": _tail("received"),
    "held": _tail("place"),
    "witness": _tail("source"),
    "quotation": Kind(90, "quote", holds=_MENTIONS | {"citation", "quotation"}),
}


# References that the published series links; each leads somewhere.
REFERENCES = frozenset({"document-reference", "note-reference", "page-reference", "volume-reference"})
DATELINE_PLACE = "dateline"  # the recogniser of the place that a dateline names


def may_hold(outer: str, inner: str) -> bool:
    """Whether a span of the kind `outer` may have one of the kind `inner` inside it."""
    return inner in KINDS[outer].holds
