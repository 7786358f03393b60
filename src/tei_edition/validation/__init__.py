"""TEI → findings: well-formed, TEI at all, grammar, Schematron, editorial rules, fidelity to the source.

`validate_tree` checks what is in memory (`convert` calls it before it writes), `validate_file` what lies on the disk,
`fidelity.check_fidelity` compares the words with the source's. A finding is a Diagnostic; nothing here prints.
"""

from __future__ import annotations

from tei_edition.diagnostics import LAYERS
from tei_edition.validation.layers import validate_file, validate_tree
from tei_edition.validation.schemas import guess_schema

__all__ = ["LAYERS", "guess_schema", "validate_file", "validate_tree"]
