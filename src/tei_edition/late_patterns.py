"""Regular expressions that are compiled when they are first used.

Python compiles a long expression in milliseconds, and the grammar of dates has fifty of them. To check one document, or
to print a help text, few are needed: `late("…")` stands for `re.compile("…")` and costs nothing until then.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Late:
    """What looks like a compiled pattern, and becomes one when anything but its words is asked for."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._given = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self.__dict__.get("_compiled")
        if compiled is None:
            compiled = self.__dict__["_compiled"] = re.compile(self.pattern, self._given)
        # Kept beside it: the next time `match` is found at once, as a pattern's own.
        found = self.__dict__[name] = getattr(compiled, name)
        return found


def late(pattern: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` would, compiled on first use; a mistake in it is raised then (`re.error`).

    The functions of `re` itself (`re.sub(pattern, …)`) do not take it: call its methods. And the `re` of a match is the
    compiled pattern behind it: compare their words (`match.re.pattern == X.pattern`).
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, int(flags)))
