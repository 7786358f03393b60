"""Editorial rules: what neither a grammar nor our Schematron says. Visible tables, one a kind of edition.

Each rule takes the inventory of a file and yields faults. A new rule is a function in the file of its subject, a line
in a table, and an entry with examples in the catalogue. Rules run in any order and do not see each other's findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from tei_edition.validation.editorial.blanks import blanks_behind_pages
from tei_edition.validation.editorial.citations import (
    numbers_in_words,
    parts_of_entries,
    units_in_words,
    witnesses,
    years_of_files,
)
from tei_edition.validation.editorial.correspondence import parties
from tei_edition.validation.editorial.datelines import dates_of_documents
from tei_edition.validation.editorial.dates import dates_in_words, dates_ordered, dates_possible, weekdays
from tei_edition.validation.editorial.documents import (
    document_numbers,
    head_numbers,
    no_instructions,
    source_note_first,
    source_notes,
)
from tei_edition.validation.editorial.entries import entries_unused
from tei_edition.validation.editorial.ids import document_ids, duplicate_ids, generated_ids, note_id_numbers
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.language import language_declared, languages_listed
from tei_edition.validation.editorial.leftovers import leftovers
from tei_edition.validation.editorial.markers import note_markers
from tei_edition.validation.editorial.notes import blanks_before_notes, note_ids, note_numbers
from tei_edition.validation.editorial.pages import page_ids, page_numbers, page_numbers_beside_schematron
from tei_edition.validation.editorial.persons import (
    names_left_out,
    names_of_two,
    names_without_entry,
    signatures,
)
from tei_edition.validation.editorial.pointed import bare_pointers, empty_pointers, wrong_kinds
from tei_edition.validation.editorial.references import reference_words
from tei_edition.validation.fault import Fault

Rule = Callable[[Inventory], Iterator[Fault]]

# What holds of a play, a letter and a treaty alike.
_EVERYWHERE: tuple[Rule, ...] = (
    duplicate_ids, generated_ids,
    empty_pointers, bare_pointers, wrong_kinds, reference_words,
    note_markers, entries_unused, languages_listed,
    leftovers,
    dates_possible, dates_in_words, weekdays, dates_of_documents,
    names_of_two, signatures, parties,
    numbers_in_words, parts_of_entries, units_in_words, witnesses, years_of_files,
)  # fmt: skip
# For anyone's TEI.
GENERAL_RULES: tuple[Rule, ...] = (*_EVERYWHERE, page_numbers, language_declared, dates_ordered, names_left_out)
# For the profile `edition`, what its Schematron does not say.
EDITION_RULES: tuple[Rule, ...] = (
    *_EVERYWHERE, page_numbers_beside_schematron, language_declared, document_numbers, names_without_entry,
)  # fmt: skip
# For the Office of the Historian's profile, which has no Schematron that runs offline. Its header has no place for the
# language.
FRUS_RULES: tuple[Rule, ...] = (
    *_EVERYWHERE, page_numbers, page_ids, dates_ordered,
    no_instructions, document_ids, document_numbers, head_numbers,
    source_notes, source_note_first,
    note_numbers, note_ids, note_id_numbers, blanks_before_notes, blanks_behind_pages,
)  # fmt: skip


def rules_of(schema: object) -> tuple[Rule, ...]:
    """Return the rules for a schema by its name: `edition` or `frus`; those for anyone's TEI for any other."""
    return {"edition": EDITION_RULES, "frus": FRUS_RULES}.get(str(schema), GENERAL_RULES)


def editorial_faults(tree: etree._Element | Inventory, rules: tuple[Rule, ...]) -> Iterator[Fault]:
    """Yield the faults that the rules find, rule by rule. The tree is walked once for all of them."""
    inventory = tree if isinstance(tree, Inventory) else Inventory(tree)
    for rule in rules:
        yield from rule(inventory)
