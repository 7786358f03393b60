"""Editorial rules: what neither a grammar nor our Schematron says. Visible tables, one a kind of edition.

Each rule takes the inventory of a file and yields faults. A new rule is a function in the file of its subject, a line
in a table, and an entry with examples in the catalogue. Rules run in any order and do not see each other's findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from tei_edition.validation.editorial.documents import head_numbers, no_instructions, source_notes
from tei_edition.validation.editorial.ids import duplicate_ids
from tei_edition.validation.editorial.inventory import Inventory
from tei_edition.validation.editorial.leftovers import leftovers
from tei_edition.validation.editorial.notes import blanks_before_notes, note_ids, note_numbers
from tei_edition.validation.fault import Fault

Rule = Callable[[Inventory], Iterator[Fault]]

# For anyone's TEI: what holds of a play, a letter and a treaty alike.
GENERAL_RULES: tuple[Rule, ...] = (duplicate_ids, leftovers)
# For the profile `edition`, what its Schematron does not say.
EDITION_RULES: tuple[Rule, ...] = GENERAL_RULES
# For the Office of the Historian's profile, which has no Schematron that runs offline.
FRUS_RULES: tuple[Rule, ...] = (*GENERAL_RULES, no_instructions, source_notes, note_numbers, head_numbers,
                                blanks_before_notes, note_ids)


def rules_of(schema: object) -> tuple[Rule, ...]:
    """Return the rules for a schema by its name: `edition` or `frus`; those for anyone's TEI for any other."""
    return {"edition": EDITION_RULES, "frus": FRUS_RULES}.get(str(schema), GENERAL_RULES)


def editorial_faults(tree: etree._Element | Inventory, rules: tuple[Rule, ...]) -> Iterator[Fault]:
    """Yield the faults that the rules find, rule by rule. The tree is walked once for all of them."""
    inventory = tree if isinstance(tree, Inventory) else Inventory(tree)
    for rule in rules:
        yield from rule(inventory)
