"""tei-edition: plain text of diplomatic documents to validated, scholarly TEI P5."""

__version__ = "0.1.0"
