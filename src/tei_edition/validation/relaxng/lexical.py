"""How the values of each datatype are written, and what they stand for (XML Schema part 2, sections 3.2 and 3.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from tei_edition.late_patterns import late
from tei_edition.validation.relaxng.syntax import BLANKS, NAME, NMTOKEN, is_ncname

if TYPE_CHECKING:
    from decimal import Decimal

    from tei_edition.validation.relaxng import values

_RUN = late("[ \t\r\n]+")
_NOT_SPACE = str.maketrans("\t\r\n", "   ")


def collapsed(text: str) -> str:
    """Return a text with its white space collapsed: none at its ends, one space between words."""
    text = text.strip(BLANKS)
    return _RUN.sub(" ", text) if "  " in text or "\n" in text or "\t" in text or "\r" in text else text


def _replaced(text: str) -> str:
    return text.translate(_NOT_SPACE)


def _kept(text: str) -> str:
    return text


def _any(_text: str) -> bool:
    return True


def _same(text: str, _scope: Mapping[str, str]) -> Any:
    return text


class Lexical(NamedTuple):
    """How a datatype is written: what becomes of white space, the form that a text must have, the value that it is.

    `value(text, scope)` takes a text of the right form; `textual`: it is the text itself. `size` counts what the facets
    of length count (None: the type has none); `ordered` and `decimal` tell of the facets of bounds and of digits;
    `scoped`: prefixes in it must be declared where it stands.
    """

    is_form: Callable[[str], bool] = _any
    normal: Callable[[str], str] = collapsed
    value: Callable[[str, Mapping[str, str]], Any] = _same
    size: Callable[[str], int] | None = None
    ordered: bool = False
    decimal: bool = False
    scoped: bool = False

    @property
    def textual(self) -> bool:
        """Whether a value is its own text."""
        return self.value is _same


def _form(pattern: str) -> Callable[[str], bool]:
    fits = late(pattern)
    return lambda text: fits.fullmatch(text) is not None


def _listed(is_form: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: bool(text) and all(is_form(word) for word in text.split(" "))


def _words(text: str) -> int:
    return len(text.split(" "))


def _text(pattern: str) -> Lexical:
    return Lexical(_form(pattern), size=len)


def _name(text: str) -> bool:
    return NAME.fullmatch(text) is not None and (text[0] == ":" or is_ncname(text.partition(":")[0]))


def _nmtoken(text: str) -> bool:
    return NMTOKEN.fullmatch(text) is not None


def _qname(text: str) -> bool:
    prefix, colon, local = text.partition(":")
    return is_ncname(local) and is_ncname(prefix) if colon else is_ncname(text)


def _expanded(text: str, scope: Mapping[str, str]) -> tuple[str, str] | None:
    prefix, colon, local = text.rpartition(":")
    if not colon:
        return scope.get("", ""), local
    space = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else scope.get(prefix)
    return None if space is None else (space, local)


_PERCENT = late("%(?![0-9A-Fa-f]{2})")
_SCHEME = late("[A-Za-z][A-Za-z0-9+.-]*")


# An address of a machine in brackets, with two colons at least (RFC 2732), and its port.
_MACHINE = late(r"//\[(?=[^\]]*:[^\]]*:)[0-9A-Fa-f:.]+\](?::[0-9]*)?")


def _address(text: str) -> bool:
    """Tell whether a text can be an address: RFC 2396, of which white space and letters of any script are escaped.

    As in jing, no more is looked at than `%`, `#`, the scheme and brackets: `[1]` is none, `mailto:a[b]` is one.
    """
    if _PERCENT.search(text) or text.count("#") > 1:
        return False
    rest = text.partition("#")[0]
    scheme, colon, behind = rest.partition(":")
    if colon and "/" not in scheme and "?" not in scheme:
        if not behind or not _SCHEME.fullmatch(scheme):
            return False
        if behind[0] != "/":
            return True
        rest = behind
    if rest == "//" and text.endswith("//"):
        return False
    path = rest.partition("?")[0]
    if "[" in path and (machine := _MACHINE.match(path)):
        path = path[machine.end():]
    return "[" not in path and "]" not in path


_BASE64 = late("[A-Za-z0-9+/]*(?:[A-Za-z0-9+/][AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?")


def _bytes_in_base64(text: str) -> bool:
    plain = text.replace(" ", "")
    return len(plain) % 4 == 0 and _BASE64.fullmatch(plain) is not None


def _size_in_base64(text: str) -> int:
    plain = text.replace(" ", "")
    return len(plain) * 3 // 4 - plain.count("=")


_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_WHOLE = _form("[+-]?[0-9]+")
_LONG = 30  # digits of a number


def _decimal(text: str, _scope: Mapping[str, str]) -> Decimal:
    from decimal import Decimal  # imported where used: to check most values takes no arithmetic

    return Decimal(text)


def _integer(least: int | None = None, most: int | None = None) -> Lexical:
    def is_form(text: str) -> bool:
        if not _WHOLE(text):
            return False
        if least is None and most is None:
            return True
        # Of very many digits `int` takes long, and Decimal does not.
        number = int(text) if len(text) < _LONG else _decimal(text, {})
        return (least is None or number >= least) and (most is None or number <= most)

    return Lexical(is_form, value=_decimal, ordered=True, decimal=True)


_ZONE = r"(?P<zone>Z|[+-][0-9]{2}:[0-5][0-9])?"
_YEAR, _MONTH, _DAY = r"(?P<year>-?[0-9]{4,})", "(?P<month>[0-9]{2})", "(?P<day>[0-9]{2})"
_CLOCK = r"(?P<hour>[0-9]{2}):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
_PARTS = ("year", "month", "day", "hour", "minute", "second", "zone")
_LONGEST_YEAR = 300  # digits: a year that is longer is none, and to count its days would take long


def _moment(pattern: str) -> Lexical:
    form = late(pattern + _ZONE)

    def parts(text: str) -> list[str | None] | None:
        found = form.fullmatch(text)
        if found is None or len(found.groupdict().get("year") or "") > _LONGEST_YEAR:
            return None
        named = found.groupdict()
        return [named.get(part) for part in _PARTS]

    def is_form(text: str) -> bool:
        from tei_edition.validation.relaxng import values

        found = parts(text)
        return found is not None and values.is_moment(*found)

    def value(text: str, _scope: Mapping[str, str]) -> values.Moment | None:
        from tei_edition.validation.relaxng import values

        found = parts(text)
        return None if found is None else values.moment(*found)

    return Lexical(is_form, value=value, ordered=True)


_LENGTH_OF_TIME = late(
    r"(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?")
_LONGEST_DURATION = 400


def _duration(text: str, _scope: Mapping[str, str]) -> values.Duration | None:
    from tei_edition.validation.relaxng import values

    found = _LENGTH_OF_TIME.fullmatch(text) if len(text) <= _LONGEST_DURATION else None
    return values.duration(*found.groups("")) if found else None


def _binary32(text: str, _scope: Mapping[str, str]) -> float | str:
    from tei_edition.validation.relaxng import values

    return values.binary32(text)


def _binary64(text: str, _scope: Mapping[str, str]) -> float | str:
    from tei_edition.validation.relaxng import values

    return values.binary64(text)


def _boolean(text: str, _scope: Mapping[str, str]) -> bool:
    return text in ("true", "1")


_FLOATING = _form(rf"{_NUMBER}(?:[eE][+-]?[0-9]+)?|-?INF|NaN")
_NCNAME = Lexical(is_ncname, size=len)
_NMTOKENS = Lexical(_listed(_nmtoken), size=_words)
_NCNAMES = Lexical(_listed(is_ncname), size=_words)
_NAMED = Lexical(_qname, value=_expanded, size=len, scoped=True)

BUILT_IN = {"string": Lexical(normal=_kept), "token": Lexical()}

TYPES = {
    "string": Lexical(normal=_kept, size=len),
    "normalizedString": Lexical(normal=_replaced, size=len),
    "token": Lexical(size=len),
    "language": _text("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "Name": Lexical(_name, size=len),
    "NCName": _NCNAME, "ID": _NCNAME, "IDREF": _NCNAME, "ENTITY": _NCNAME,
    "NMTOKEN": Lexical(_nmtoken, size=len), "NMTOKENS": _NMTOKENS, "IDREFS": _NCNAMES, "ENTITIES": _NCNAMES,
    "QName": _NAMED, "NOTATION": _NAMED,
    "anyURI": Lexical(_address, size=len),
    "boolean": Lexical(lambda text: text in ("true", "false", "1", "0"), value=_boolean),
    "base64Binary": Lexical(_bytes_in_base64, value=lambda text, _scope: text.replace(" ", ""), size=_size_in_base64),
    "hexBinary": Lexical(_form("(?:[0-9A-Fa-f]{2})*"), value=lambda text, _scope: text.upper(),
                         size=lambda text: len(text) // 2),
    "float": Lexical(_FLOATING, value=_binary32, ordered=True),
    "double": Lexical(_FLOATING, value=_binary64, ordered=True),
    "decimal": Lexical(_form(_NUMBER), value=_decimal, ordered=True, decimal=True),
    "integer": _integer(),
    "nonNegativeInteger": _integer(0), "positiveInteger": _integer(1),
    "nonPositiveInteger": _integer(None, 0), "negativeInteger": _integer(None, -1),
    "long": _integer(-2**63, 2**63 - 1), "int": _integer(-2**31, 2**31 - 1),
    "short": _integer(-2**15, 2**15 - 1), "byte": _integer(-128, 127),
    "unsignedLong": _integer(0, 2**64 - 1), "unsignedInt": _integer(0, 2**32 - 1),
    "unsignedShort": _integer(0, 2**16 - 1), "unsignedByte": _integer(0, 255),
    "duration": Lexical(lambda text: _duration(text, {}) is not None, value=_duration, ordered=True),
    "dateTime": _moment(f"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}"),
    "time": _moment(_CLOCK),
    "date": _moment(f"{_YEAR}-{_MONTH}-{_DAY}"),
    "gYearMonth": _moment(f"{_YEAR}-{_MONTH}"),
    "gYear": _moment(_YEAR),
    "gMonthDay": _moment(f"--{_MONTH}-{_DAY}"),
    "gDay": _moment(f"---{_DAY}"),
    "gMonth": _moment(f"--{_MONTH}"),
}
