"""An element in its start tag: which part of its pattern each attribute belongs to, and what is left behind them."""

from __future__ import annotations

from tei_edition.validation.relaxng.derivatives import Derivatives
from tei_edition.validation.relaxng.patterns import EMPTY, NEVER, TEXT


class StartTag:
    """One part of an element in its start tag: its factors, those that an attribute belongs to being worked on."""

    def __init__(self, derivatives: Derivatives, pattern: int) -> None:
        self._derivatives = derivatives
        self.left = derivatives.factors(pattern)

    def _holder(self, attribute: str) -> int | None:
        return next((at for at, factor in enumerate(self.left)
                     if self._derivatives.values_of(factor, attribute)), None)

    def knows(self, attribute: str) -> bool:
        """Tell whether the attribute is allowed (still)."""
        return self._holder(attribute) is not None

    def take(self, attribute: str, good: set[int] | None) -> bool:
        """Take the attribute; False where none of its values is good (None: all count as good)."""
        at = self._holder(attribute)
        if at is None:
            return False
        values = self._derivatives.values_of(self.left[at], attribute)
        verdicts = tuple(value == TEXT or good is None or value in good for value in values)
        left = self._derivatives.after_attribute(self.left[at], attribute, verdicts)
        if left == NEVER:
            return False
        self.left[at:at + 1] = self._derivatives.factors(left)
        return True

    def ended(self, *, forgive: bool = False) -> int:
        """Return the content when no more attributes come: NEVER where one is missing."""
        content = EMPTY
        for factor in reversed(self.left):
            content = self._derivatives.patterns.group(
                self._derivatives.without_attributes(factor, forgive=forgive), content)
        return content
