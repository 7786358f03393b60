"""Fetching a schema by its name: the one thing in the program that uses the network, and only when it is asked to.

HTTPS only (plain HTTP to this very machine apart, for tests and mirrors), few redirects and none away from HTTPS, a
bound on size and time, and a checksum: what is not the pinned file is refused and nothing is kept of it.
"""

from __future__ import annotations

import http.client
import re
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from tei_edition import __version__, tei
from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, finding
from tei_edition.files import read_bytes
from tei_edition.validation.schemas.cache import checksum, recorded, store
from tei_edition.validation.schemas.catalogue import Known, Remote

MOST_BYTES = 16 * 2**20  # TEI All is 1.1 MB
_REDIRECTS = 5
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_NAMESPACES = {".rng": "{http://relaxng.org/ns/structure/1.0}", ".xsd": "{http://www.w3.org/2001/XMLSchema}",
               ".sch": "{http://purl.oclc.org/dsdl/schematron}"}


def fetch(known: Known, origin: Path | None = None, *, force: bool = False, most: int = MOST_BYTES,
          seconds: float = 60) -> tuple[Path, ...]:
    """Bring a schema into the cache, from its addresses or from `origin` (a file, or a folder with all its files).

    Returns the files in the cache. `force` takes what has another checksum than the first fetch, never what has another
    than the catalogue's. `most` bounds each file (bytes), `seconds` each address. Raises UnusableInput: `CO043` not to
    be had, `CO044` wrong checksum, `CO045` too large, `CO046` an address that is not HTTPS, `CO048` no schema.
    """
    first = {} if force else recorded(known)
    files = {}
    for number, file in enumerate(known.files):
        if origin is not None:
            data, where = _from_disk(known, number, origin, most)
        else:
            data, where = _from_web(file, most, seconds)
        _check(known, file, data, where, first.get(file.name, ""))
        files[file.name] = data
    return store(known, files)


def _check(known: Known, file: Remote, data: bytes, where: str, first: str) -> None:
    wanted, got = file.sha256 or first, checksum(data)
    if wanted and got != wanted:
        than = "that of the release" if file.sha256 else "when it was first fetched"
        hint = "" if file.sha256 else f"if the change is meant: tei-edition schema fetch {known.name} --force"
        raise _unusable("CO044", f"{file.name} is not the file of {known.name} {known.version}: its SHA-256 is {got}, "
                                 f"{than} was {wanted}", where, hint)
    try:
        root = tei.parse(data, where)
    except UnusableInput as error:
        raise _unusable("CO048", f"what came is no schema: {error.diagnostic.message}", where) from None
    ending = Path(file.name).suffix
    if not str(root.tag).startswith(_NAMESPACES[ending]):
        what = f"what came is no {ending} schema: its outermost element is <{tei.local_name(root)}>"
        raise _unusable("CO048", what, where)


def _unusable(code: str, message: str, where: str, hint: str = "") -> UnusableInput:
    return UnusableInput(finding(code, message, Location(where), hint=hint))


def _from_disk(known: Known, number: int, origin: Path, most: int) -> tuple[bytes, str]:
    """Read a file that was brought by other means: the one that is named, or one of its name, or with the version in it
    (`tei_all_4.12.0.rng`), in the folder that is named or beside the first.
    """
    name = Path(known.files[number].name)
    path = origin
    if origin.is_dir() or number:
        folder = origin if origin.is_dir() else origin.parent
        path, versioned = folder / name, folder / f"{name.stem}_{known.version}{name.suffix}"
        path = versioned if versioned.is_file() and not path.is_file() else path
    if path.is_file() and path.stat().st_size > most:
        raise _too_large(str(path), most)
    return read_bytes(path), str(path)


def _from_web(file: Remote, most: int, seconds: float) -> tuple[bytes, str]:
    """Return the first answer that is one; where none is, what was wrong with the first address."""
    refused: list[Diagnostic] = []
    for url in file.urls:
        try:
            return _in_time(url, most, seconds), url
        except UnusableInput as error:
            refused.append(error.diagnostic)
    raise UnusableInput(refused[0])


def _in_time(url: str, most: int, seconds: float) -> bytes:
    """Download in a thread that is left alone when it takes too long: a server may send a byte a minute for ever."""
    outcome: list[bytes | UnusableInput] = []

    def work() -> None:
        try:
            outcome.append(_download(url, most, seconds))
        except UnusableInput as error:
            outcome.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise _late(url, seconds)
    if isinstance(outcome[0], UnusableInput):
        raise outcome[0]
    return outcome[0]


def _download(url: str, most: int, seconds: float) -> bytes:
    _refuse_unsafe(url, url)
    opener = urllib.request.build_opener(_Redirects)
    request = urllib.request.Request(url, headers={"User-Agent": f"tei-edition/{__version__}",  # noqa: S310 (checked above)
                                                   "Accept-Encoding": "identity"})
    try:
        with opener.open(request, timeout=seconds) as answer:
            length = answer.headers.get("Content-Length", "")
            if length.isdigit() and int(length) > most:
                raise _too_large(url, most)
            data: bytes = answer.read(most + 1)
            if length.isdigit() and len(data) < min(int(length), most + 1):
                raise _unusable("CO043", f"the answer is cut off after {len(data)} of {length} bytes", url)
    except urllib.error.HTTPError as error:
        refused = _in_a_line(error.reason) if error.code // 100 != 3 or "allowed" in str(error.reason) else "too often"
        raise _unusable("CO043", f"the server answers {error.code}: {refused}", url) from None
    except http.client.IncompleteRead as error:
        raise _unusable("CO043", f"the answer is cut off after {len(error.partial)} bytes", url) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            raise _late(url, seconds) from None
        words = getattr(reason, "strerror", None) or _in_a_line(reason) or type(error).__name__
        raise _unusable("CO043", f"cannot be fetched: {words}", url) from None
    if len(data) > most:
        raise _too_large(url, most)
    return data


def _in_a_line(reason: object) -> str:
    return re.sub(r"\s+", " ", str(reason)).strip()


def _late(url: str, seconds: float) -> UnusableInput:
    return _unusable("CO043", f"no whole answer within {seconds:g} seconds", url)


def _too_large(where: str, most: int) -> UnusableInput:
    return _unusable("CO045", f"larger than {most / 2**20:.3g} MB, which no schema is", where)


def _refuse_unsafe(url: str, first: str) -> None:
    """HTTPS it must be; HTTP only where this machine itself was asked and answers."""
    parts, origin = urlsplit(url), urlsplit(first)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in _THIS_MACHINE and origin.hostname in _THIS_MACHINE:
        return
    what = "the address" if url == first else f"the redirect to {url}"
    raise _unusable("CO046", f"{what} is not https, so nobody can vouch for what comes", first)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows few redirects, and none that leaves HTTPS."""

    max_redirections = _REDIRECTS

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
                         headers: http.client.HTTPMessage, newurl: str) -> urllib.request.Request | None:
        _refuse_unsafe(newurl, req.full_url)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
