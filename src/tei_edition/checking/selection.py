"""Which codes are wanted: `--select VA3 --ignore VA305`. The longer of two prefixes that fit a code decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tei_edition.diagnostics import Diagnostic, Location, Severity, WrongUsage, catalogue, finding, layer_of

_FIRST = ("well-formed", "grammar")
_ALWAYS = ("CO001", "CO006", "CO034")  # the file could not be checked at all


def stops(diagnostic: Diagnostic) -> bool:
    """Whether a finding keeps the later layers from being run: of what is not well-formed, or not of the grammar."""
    return diagnostic.severity is Severity.ERROR and layer_of(diagnostic.code) in _FIRST


class Selection(NamedTuple):
    """Prefixes of the codes that are wanted (none: all), and of those that are not."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Selection:
        """Make a selection of what is written on a command line: codes and prefixes, several with commas.

        Raises WrongUsage (`CO035`) for what no code begins with.
        """
        return cls(*(tuple(dict.fromkeys(_prefixes(words))) for words in (select, ignore)))

    def takes(self, code: str) -> bool:
        """Whether a code is wanted. What says that a file could not be checked at all always is."""
        if code in _ALWAYS:
            return True
        wanted = max((len(prefix) for prefix in self.select if code.startswith(prefix)), default=-1)
        if not self.select or not code.startswith("VA"):
            wanted = max(wanted, 0)
        return wanted > max((len(prefix) for prefix in self.ignore if code.startswith(prefix)), default=-1)

    def of_file(self, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Return the findings of a file that are wanted.

        Where rules are selected that did not run, since the grammar or the mark-up is wrong and that was not asked for,
        one finding says so (`CO032`): silence would be taken for an answer.
        """
        kept = [diagnostic for diagnostic in found if self.takes(diagnostic.code)]
        if len(kept) < len(found):
            stopping = [diagnostic for diagnostic in found if stops(diagnostic)]
            later = any(layer_of(code) not in ("", *_FIRST) and self.takes(code) for code in catalogue())
            if stopping and later and self.leaves_out(stopping):
                kept.append(did_not_run(stopping))
        return [diagnostic for diagnostic in kept if self.takes(diagnostic.code)]

    def leaves_out(self, stopping: Sequence[Diagnostic]) -> bool:
        """Whether what stopped the check of a file was not asked for, since other rules are selected."""
        return bool(self.select) and not any(self.takes(diagnostic.code) for diagnostic in stopping)


def did_not_run(stopping: Sequence[Diagnostic], severity: Severity | None = None) -> Diagnostic:
    """Return the finding (`CO032`) that says of a file which findings kept the later layers from being run."""
    first = stopping[0]
    number = first.code + (f" and {len(stopping) - 1:,} more" if len(stopping) > 1 else "")
    place = Location(first.location.path, first.location.line, first.location.column)
    what = "other" if severity is Severity.NOTE else "selected"
    return finding("CO032", f"the {what} rules did not run: {number} came before them", place, severity=severity)


def _prefixes(words: Iterable[str]) -> Iterable[str]:
    for prefix in (part.strip().upper() for word in words for part in word.split(",")):
        if prefix and not any(code.startswith(prefix) for code in catalogue()):
            import difflib  # imported where used: with a mistake only

            near = difflib.get_close_matches(prefix, catalogue(), 1, 0.5)
            advice = f"did you mean {near[0]}?" if near else "tei-edition explain lists all codes"
            raise WrongUsage(finding("CO035", f"no code begins with “{prefix}”", Location(""), hint=advice))
        if prefix:
            yield prefix
