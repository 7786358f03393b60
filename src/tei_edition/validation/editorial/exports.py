"""What an export needs of the header: asked only for the exports that an edition is made for (`--for cmif,dts`).

Each target takes from the header what its own schema or program asks for: a list of letters (CMIF) is made of sender,
addressee and date; a server of texts (DTS) answers with title and licence. What is missing is said before the export,
and at the place where it belongs.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from tei_edition.tei import TEI, TEI_NS, local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault


class Need(NamedTuple):
    """Something that an export takes from the header: what it is, where it stands (an XPath from the outermost element
    to what must be there), how to write it.
    """

    what: str
    path: str
    hint: str


_TITLE = Need("a title", "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title[normalize-space()]",
              "write it in fileDesc/titleStmt/title")
_LANGUAGE = Need("the language", "@xml:lang | tei:teiHeader/tei:profileDesc/tei:langUsage/tei:language/@ident",
                 'write <TEI xml:lang="en">')
_LICENCE = Need("a licence with its address",
                "tei:teiHeader/tei:fileDesc/tei:publicationStmt/tei:availability/tei:licence/@target",
                'write publicationStmt/availability/licence with target="https://…"')
_ADDRESS = Need("the address of the document", "tei:teiHeader/tei:fileDesc/tei:publicationStmt/tei:idno"
                "[translate(@type, 'url', 'URL') = 'URL'] | //tei:correspDesc/@ref",
                'write publicationStmt/idno type="URL", or set base_url in tei-edition.toml')
_PUBLISHER = Need("a publisher", "tei:teiHeader/tei:fileDesc/tei:publicationStmt/*"
                  "[self::tei:publisher or self::tei:authority or self::tei:distributor]",
                  "write publicationStmt/publisher, or authority")
_IDS = Need("an xml:id for each document", "self::*[not(//tei:div[@type = 'document'][not(@xml:id)])]",
            'write xml:id="d280" on the div of document 280')
_CORRESP = "tei:teiHeader/tei:profileDesc/tei:correspDesc/tei:correspAction"
_NAMED = "[tei:persName or tei:orgName or tei:name or tei:rs]"
_DATED = "[@when or @from or @to or @notBefore or @notAfter]"
_PUBLICATION = "tei:teiHeader/tei:fileDesc/tei:publicationStmt"
_TITLES = "tei:teiHeader/tei:fileDesc/tei:titleStmt/tei:title"

# Each export with what it needs. CMIF: schema and documentation 1.1 of the TEI's special interest group on
# correspondence; DTS: version 1.0, collection and document; frus: the header of the Office of the Historian's volumes;
# tei-publisher: version 10, navigation by title, language and licence; epub: EPUB 3.3, 5.3 (metadata); jats: 1.3.
EXPORTS: dict[str, tuple[Need, ...]] = {
    "cmif": (
        _ADDRESS,
        Need("the sender", f"{_CORRESP}[@type = 'sent']{_NAMED}", "write correspDesc/correspAction type=\"sent\""),
        Need("the addressee", f"{_CORRESP}[@type = 'received']{_NAMED}",
             "write correspDesc/correspAction type=\"received\""),
        Need("the date of sending", f"{_CORRESP}[@type = 'sent']/tei:date{_DATED}",
             "write a date with @when, or with @notBefore and @notAfter, in correspAction"),
    ),
    "dts": (_TITLE, _LANGUAGE, _LICENCE, _IDS),
    "epub": (_TITLE, _LANGUAGE, _PUBLISHER),
    "frus": (
        Need("the volume’s id", f"{_PUBLICATION}/tei:idno[@type = 'frus'] | {_PUBLICATION}/tei:idno"
             "[@type = 'document'][contains(., '/')]", 'set volume in tei-edition.toml (frus1961-63v20)'),
        Need("the volume’s title", f"{_TITLES}[@type = 'complete'] | //tei:sourceDesc/tei:bibl/tei:title[@level = 'm']",
             'write title type="complete"'),
        Need("a publisher", f"{_PUBLICATION}/tei:publisher", "write publicationStmt/publisher"),
        _IDS,
    ),
    "html": (_TITLE, _LANGUAGE),
    "jats": (_TITLE, _LANGUAGE, _LICENCE),
    "tei-publisher": (_TITLE, _LANGUAGE, _LICENCE, _IDS),
}


@functools.cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces={"tei": TEI_NS})


def header_for(inventory: Inventory, exports: Iterable[str]) -> Iterator[Fault]:
    """VA345: what the exports named would miss in the header, each thing once, with the exports that need it.

    `exports` are names of `EXPORTS`; a name that is none is passed over (the command refuses it). A document that is no
    letter needs nothing for CMIF: it does not come into the list.
    """
    root = inventory.root
    header = root.find(f"{TEI}teiHeader")
    if local_name(root) != "TEI" or header is None:
        return
    missing: dict[Need, list[str]] = {}
    for name in sorted(set(exports)):
        if name == "cmif" and not inventory.named("correspDesc"):
            continue
        for need in EXPORTS.get(name, ()):
            if not _compiled(need.path)(root):
                missing.setdefault(need, []).append(name)
    for need, names in missing.items():
        yield Fault("VA345", f"the header lacks {need.what}, which {_listed(names)} needs", header, need.hint)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"each of {', '.join(names[:-1])} and {names[-1]}"
