"""The language of an edition: said once for the whole, by a tag that programs know, and listed in the header."""

from __future__ import annotations

from collections.abc import Iterator

from tei_edition.late_patterns import late
from tei_edition.tei import XML_LANG, local_name
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.fault import Fault

# BCP 47: a language of two or three letters and what narrows it (fr-CA, zh-Hant); what is private; old registrations.
_TAG = late(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,8}|[xXiI](?:-[A-Za-z0-9]{1,8}){1,8}")


def language_declared(inventory: Inventory) -> Iterator[Fault]:
    """VA337: the edition says in which language it is, by `xml:lang` or a `<language>` in the header."""
    root = inventory.root
    if local_name(root) not in ("TEI", "teiCorpus") or root.get(XML_LANG) or inventory.named("language"):
        return
    if not inventory.texts or any(text.get(XML_LANG) for text in inventory.texts):
        return
    yield Fault("VA337", "nothing says in which language this edition is", root,
                'write <TEI xml:lang="en">, or whichever it is')


def languages_listed(inventory: Inventory) -> Iterator[Fault]:
    """VA338, VA339: each language of the text stands in the header's list, where it has one; each has a proper tag."""
    listed = {(language.get("ident") or "").casefold() for language in inventory.named("language")
              if (parent := language.getparent()) is not None and local_name(parent) == "langUsage"}
    seen: set[str] = set()
    for tag, element in inventory.languages:
        if tag in seen:
            continue
        seen.add(tag)
        if tag and not _TAG.fullmatch(tag):
            yield Fault("VA339", f"xml:lang=“{tag}” is no tag of a language", element, attribute=XML_LANG)
        elif listed and tag and not _is_listed(tag.casefold(), listed):
            yield Fault("VA338", f"the language “{tag}” is used and not listed in the header", element,
                        f'add <language ident="{tag}"> to langUsage', attribute=XML_LANG)
    for language in inventory.named("language"):
        tag = language.get("ident") or ""
        if tag and tag not in seen and not _TAG.fullmatch(tag):
            yield Fault("VA339", f"ident=“{tag}” is no tag of a language", language, attribute="ident")


def _is_listed(tag: str, listed: set[str]) -> bool:
    """Tell whether a tag is listed, or the language that it narrows (`fr-ca` by `fr`), or one that narrows it."""
    return tag in listed or tag.split("-")[0] in {one.split("-")[0] for one in listed}
