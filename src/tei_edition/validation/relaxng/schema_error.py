"""What is said of a schema that is no correct RELAX NG schema."""

from __future__ import annotations


class SchemaError(Exception):
    """A schema cannot be used: what is wrong with it, in one line, and where.

    `line` is a line of the schema file (0: of the whole file); `path` is that file, which may be one that the schema
    includes. `str()` is the whole: `list.rng, line 12: <ref name="item"> has no <define>`.
    """

    def __init__(self, message: str, line: int = 0, path: str = "") -> None:
        super().__init__(message, line, path)
        self.message, self.line, self.path = message, line, path

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.path, f"line {self.line}" if self.line else "") if part)
        return f"{where}: {self.message}" if where else self.message
