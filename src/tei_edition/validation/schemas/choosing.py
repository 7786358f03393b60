"""Which schema a document is checked with: the one that is asked for, by name or path, or the one that it names."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from lxml import etree

from tei_edition.diagnostics import Diagnostic, Location, UnusableInput, WrongUsage, finding
from tei_edition.resources import schema_path
from tei_edition.validation.schemas.cache import cached
from tei_edition.validation.schemas.named import Named, named_schemas
from tei_edition.validation.schemas.profile import OURS, Profile, guess_schema

if TYPE_CHECKING:
    from tei_edition.validation.schemas.catalogue import Known

_ENDINGS = (".rng", ".rnc", ".xsd")
_EMBEDDED = b"http://purl.oclc.org/dsdl/schematron"


class Choice(NamedTuple):
    """The schema that a document is checked with.

    `name` is what people call it: a name of the catalogue, or the name of a file. Of `rng` and `xsd` one is set. The
    rules of `schematron` stand in an .sch, or embedded in the .rng named there. `profile` says whose editorial rules
    go with it; None where that depends on the document. `notes` tell which schemas of the document were not used.
    """

    name: str
    rng: Path | None = None
    xsd: Path | None = None
    schematron: tuple[Path, ...] = ()
    profile: Profile | None = None
    notes: tuple[Diagnostic, ...] = ()

    @property
    def grammar(self) -> Path:
        """The file of the grammar, of whichever kind."""
        found = self.rng or self.xsd
        if found is None:
            raise ValueError(f"the choice of {self.name} has no grammar")
        return found


def choose(wanted: str | Path = "auto", root: etree._Element | None = None, path: Path | None = None) -> Choice:
    """Return the schema for a document.

    `wanted` is `auto`, a name of the catalogue (`edition`, `frus`, `tei-all`, `tei-lite`, `tei-simpleprint`, `cmif`),
    the path of an .rng, .rnc or .xsd, or an address that the catalogue knows. With `auto` the document (`root`) says
    it: by the schemas that it names, relative to `path`, else by its profile. Raises WrongUsage: `CO040` not fetched
    yet, `CO041` no such schema, `CO042` an .rnc that trang cannot read here; UnusableInput (`CO044`) where somebody
    has changed the cache.
    """
    if str(wanted) != "auto":
        return _by_name(str(wanted))
    if root is None:
        raise ValueError("to choose a schema automatically the document is needed")
    return _by_document(root, path)


def _by_name(wanted: str) -> Choice:
    if wanted == "edition" or wanted == "frus":
        return _of_ours(wanted)
    from tei_edition.validation.schemas.catalogue import known_schemas, named_by  # where used: ours need no catalogue

    known = known_schemas().get(wanted)
    if known is not None:
        return _of_known(known)
    if "://" in wanted:
        found = named_by(wanted)
        if found is None:
            names = ", ".join(known_schemas())
            raise WrongUsage(finding("CO041", "no known schema has this address; schemas are fetched by name only",
                                     Location(wanted), hint=f"download it and give its path, or give one of: {names}"))
        return _of_known(found[0])
    path = Path(wanted)
    if path.suffix.lower() not in _ENDINGS:
        raise WrongUsage(finding("CO041", f"{wanted}: no schema has this name", hint="give auto, "
                                          f"{', '.join(known_schemas())}, or the path of an .rng, .rnc or .xsd"))
    if not path.is_file():
        raise WrongUsage(finding("CO041", f"{wanted}: there is no such file", hint="check the path given to --schema"))
    return _of_file(path)


@functools.cache
def _of_ours(profile: Profile) -> Choice:
    rng, *schematron = map(schema_path, OURS[profile])
    return Choice(profile, rng, schematron=tuple(schematron), profile=profile)


def _of_known(known: Known) -> Choice:
    if known.name == "edition" or known.name == "frus":
        return _of_ours(known.name)
    paths = cached(known)
    if not paths:
        raise WrongUsage(finding("CO040", f"the schema {known.name} ({known.version}) has not been fetched yet",
                                 hint=f"run once: tei-edition schema fetch {known.name}"))
    return Choice(known.name, paths[0], schematron=paths[1:] or _embedded(paths[0]))


def _of_file(path: Path) -> Choice:
    ours = _one_of_ours(path)
    if ours is not None:
        return _of_ours(ours)
    if path.suffix.lower() == ".xsd":
        return Choice(path.name, xsd=path)
    rng = path
    if path.suffix.lower() == ".rnc":
        from tei_edition.validation.schemas.compact import as_xml  # imported where used: hardly any file needs it

        rng = as_xml(path)
    return Choice(path.name, rng, schematron=_embedded(rng))


def _embedded(path: Path) -> tuple[Path, ...]:
    """Return the schema itself where Schematron rules stand in it, as the ODDs of the TEI make them."""
    state = path.stat()
    return (path,) if _EMBEDDED in _bytes(path, state.st_mtime_ns, state.st_size) else ()


def _one_of_ours(path: Path) -> Profile | None:
    """Return our own schema where a file is a copy of it, as `tei-edition schema` puts it beside an edition."""
    for profile in ("edition", "frus"):
        ours = _of_ours(profile).rng
        if ours is not None and path.name == ours.name and (path == ours or _same(path, ours)):
            return profile
    return None


def _same(path: Path, other: Path) -> bool:
    one, two = path.stat(), other.stat()
    return one.st_size == two.st_size and (_bytes(path, one.st_mtime_ns, one.st_size)
                                           == _bytes(other, two.st_mtime_ns, two.st_size))


@functools.lru_cache(maxsize=32)
def _bytes(path: Path, _changed: int, _size: int) -> bytes:
    return path.read_bytes()


# -- what the document says ---------------------------------------------------


def _by_document(root: etree._Element, path: Path | None) -> Choice:
    named = list(named_schemas(root))
    if not named:
        return _of_ours(guess_schema(root))
    found: Choice | None = None
    schematron: list[Path] = []
    unused: list[tuple[Named, str]] = []
    for one in named:
        if one.kind == "schematron":
            place = _place(one, path)
            schematron += [place] if isinstance(place, Path) else []
            unused += [] if isinstance(place, Path) else [(one, place)]
        elif found is not None:
            unused += [] if _leads_to(one, path, found) else [(one, "only the first grammar is used")]
        else:
            grammar = _grammar(one, path)
            found = grammar if isinstance(grammar, Choice) else None
            unused += [] if isinstance(grammar, Choice) else [(one, grammar)]
    instead: Profile | Literal[""] = "" if found else guess_schema(root)
    choice = found or _of_ours(instead or "edition")
    ours = choice.schematron if choice.profile else ()
    files = tuple(dict.fromkeys((*ours, *schematron)))
    return choice._replace(schematron=files, notes=tuple(_note(one, why, instead, path) for one, why in unused))


def _note(one: Named, why: str, instead: str, path: Path | None) -> Diagnostic:
    other = f"; checked as “{instead}” instead" if instead and one.kind != "schematron" else ""
    return finding("CO047", f"the schema {one.href} that this document names was not used: {why}{other}",
                   Location(str(path or ""), one.line))


def _leads_to(one: Named, path: Path | None, found: Choice) -> bool:
    """Tell whether a second grammar is the first once more, as .rnc or .xsd: nothing is lost then."""
    other = _grammar(one, path) if one.kind != "xsd" or "://" in one.href else ""
    return isinstance(other, Choice) and other.name == found.name


def _grammar(one: Named, path: Path | None) -> Choice | str:
    """Return the grammar that a document names, or why it cannot be used."""
    if not one.kind:
        return "it is neither RELAX NG, XML Schema nor Schematron"
    place = _place(one, path)
    if isinstance(place, str):
        return place
    from tei_edition.validation.schemas.catalogue import named_by

    found = named_by(one.href) if "://" in one.href else None
    try:
        return _of_known(found[0])._replace(schematron=()) if found else _of_named_file(place)
    except UnusableInput as error:
        return error.diagnostic.message


def _of_named_file(path: Path) -> Choice:
    choice = _of_file(path)
    return choice if choice.profile else choice._replace(schematron=())  # its embedded rules go if they are named, too


def _place(one: Named, path: Path | None) -> Path | str:
    """Return the file of a schema that a document names, or why there is none: only what lies beside it is read."""
    if "://" in one.href:
        return _of_address(one.href)
    name = one.href.partition("#")[0]
    if "%" in name:
        from urllib.parse import unquote

        name = unquote(name)
    if not name or name.startswith(("/", "\\", "file:")) or "\0" in name or name[1:2] == ":":
        return "only files relative to the document are read"
    if path is not None and (file := path.parent / name).is_file():
        return file if file.suffix.lower() in (*_ENDINGS, ".sch") else "it is no .rng, .rnc, .xsd or .sch"
    base = name.replace("\\", "/").rpartition("/")[2]
    return schema_path(base) if any(base in files for files in OURS.values()) else "there is no such file"


def _of_address(address: str) -> Path | str:
    from tei_edition.validation.schemas.catalogue import named_by

    found = named_by(address)
    if address.lower().startswith("file:"):
        return "only files relative to the document are read"
    if found is None:
        return "addresses are not followed"
    known, number = found
    try:
        paths = cached(known)
    except UnusableInput as error:
        return error.diagnostic.message
    return paths[number] if paths else f"run once: tei-edition schema fetch {known.name}"
