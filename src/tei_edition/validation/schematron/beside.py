"""The files that a rule asks for by `document()` or `unparsed-text()`: those beside the schema or the document.

A list of persons, an ODD, the other documents of an edition. Nothing is fetched from the network, and nothing is read
outside of the folders of the schema and of the document, also not by a link that leads out of them: a schema may come
from anywhere, and so may the document that names it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition import tei
from tei_edition.diagnostics import UnusableInput
from tei_edition.files import read_bytes
from tei_edition.validation.schematron.native import CannotRun

STANDARD_INPUT = "-"


class Missing(Exception):
    """A file that might be read is not there, or is not what it should be; the text says so."""


def address_of(path: str) -> str:
    """Return the address (file:///…) of a file; empty for what lies nowhere."""
    return "" if path in ("", STANDARD_INPUT) else Path(path).absolute().as_uri()


def folders_of(*paths: str) -> tuple[Path, ...]:
    """Return the folders of files, without links."""
    return tuple(dict.fromkeys(Path(path).parent.resolve() for path in paths if path not in ("", STANDARD_INPUT)))


def allowed_file(address: str, folders: tuple[Path, ...]) -> Path:
    """Return the file that an absolute address means. Raises CannotRun where it may not be read."""
    link = urlsplit(address)
    if link.scheme != "file" or link.netloc not in ("", "localhost"):
        raise CannotRun(f"it asks for {address}, and nothing is fetched from the network")
    try:
        file = Path(unquote(link.path)).resolve()
    except (OSError, RuntimeError, ValueError):  # a NUL in it, a link to itself
        raise CannotRun(f"it asks for {address}, which is no file") from None
    if not any(file.is_relative_to(folder) for folder in folders):
        raise CannotRun(f"it asks for {file}, which lies neither beside the schema nor beside the document")
    return file


def tree_of_file(file: Path) -> etree._Element:
    """Return the root of an XML file, read as documents are: no entities, within bounds. Raises Missing."""
    try:
        return tei.parse(_bytes_of(file), str(file))
    except UnusableInput as error:
        raise Missing(f"“{file.name}”: {error.diagnostic.message}") from None


def text_of_file(file: Path) -> str:
    """Return the text of a file in UTF-8, without a byte order mark. Raises Missing."""
    try:
        return _bytes_of(file).decode("utf-8-sig")
    except UnusableInput as error:
        raise Missing(f"“{file.name}”: {error.diagnostic.message}") from None
    except UnicodeDecodeError:
        raise Missing(f"“{file.name}” is not in UTF-8") from None


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():  # also a pipe, which would keep us waiting
        raise Missing(f"there is no file “{file.name}”")
    return read_bytes(file, most=tei.BOUNDS.size)
