"""Which schema a document is checked with: by name, by path, or by what the document itself names.

`choose` decides; `fetch` brings a schema that does not travel with the program into the cache. Nothing else here uses
the network, and a document cannot make it do so.
"""

from __future__ import annotations

from tei_edition.validation.schemas.choosing import Choice, choose
from tei_edition.validation.schemas.profile import Profile, guess_schema

__all__ = ["Choice", "Profile", "choose", "guess_schema"]
