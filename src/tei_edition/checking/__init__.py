"""Checking many files: which, by how many processes, and which of the findings count.

Beside `pipeline`, which converts, this is the only package that knows several stages: it reads sources and authority
files, validates, and makes the Report that `reporting` renders. `run` does all of that; `check_file` checks one file.
"""

from __future__ import annotations

from tei_edition.checking.check import Check, File, Outcome, check_file
from tei_edition.checking.named_files import named_files
from tei_edition.checking.run import Counting, Result, run
from tei_edition.checking.selection import Selection

__all__ = ["Check", "Counting", "File", "Outcome", "Result", "Selection", "check_file", "named_files", "run"]
