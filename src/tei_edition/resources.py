"""Where the files that travel with the program lie: schemas and data.

In a wheel the schemas are inside the package; in a checkout (editable install) they stand in `schemas/` at the top,
where people of the TEI look for them. Nothing here depends on the working folder.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def schema_path(name: str) -> Path:
    """Return the path of one of our schemas, e.g. `schema_path("tei-edition.rng")`.

    Raises FileNotFoundError where the installation lacks it, which is a fault of the packaging.
    """
    for folder in (_PACKAGE / "schemas", _PACKAGE.parents[1] / "schemas"):
        path = folder / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"the schema {name} is missing from this installation of tei-edition")


def data_path(name: str) -> Path:
    """Return the path of a data file of the package, e.g. `data_path("repositories.tsv")`."""
    return _PACKAGE / "data" / name
