"""Persons of the authority files: recognised by their names, and linked by evidence."""

from tei_edition.tagging.persons.old import INSTITUTION, recognise_persons

__all__ = ["INSTITUTION", "recognise_persons"]
