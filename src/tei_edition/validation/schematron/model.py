"""A Schematron schema as data: what `reading` makes of an .sch, `embedded` of an .rng, and what `running` runs.

What abbreviates is gone here: abstract patterns have their parameters, rules what they extend, includes stand in place.
Expressions are text in the language of `Schema.binding`; what a name in them means is in `Schema.namespaces`.
ISO/IEC 19757-3 says what each part is; the words are its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from lxml import etree

# What queryBinding may say, and the XPath that it means (ISO/IEC 19757-3, annexes C, F, H, J and K).
BINDINGS = {"xslt": "1", "xslt1": "1", "xpath": "1", "xpath1": "1", "exslt": "1",
            "xslt2": "2", "xpath2": "2",
            "xslt3": "3", "xpath3": "3", "xpath31": "3"}


class Let(NamedTuple):
    """A variable: `value` is an expression; or `content`, elements that stand in the schema, is what it holds.

    `<let name="year" value="substring(@when, 1, 4)"/>`. `xsl:variable` at the top of the schema is one as well.
    """

    name: str
    value: str = ""
    content: etree._Element | None = None


class ValueOf(NamedTuple):
    """`<value-of select="@n"/>` in a message: the value of an expression where the rule looks."""

    select: str


class Name(NamedTuple):
    """`<name path=".."/>` in a message: the name of a node; without a path of the node that the rule looks at."""

    path: str = "."


# What a message is made of; `emph`, `dir` and `span` are words like others here.
Message = tuple["str | ValueOf | Name", ...]


class Assertion(NamedTuple):
    """An assert (which must be true) or, with `report`, a report (which speaks where it is true).

    `diagnostics` and `properties` are the ids of texts of the schema; `subject` is a path to the node that is meant.
    """

    test: str
    message: Message = ()
    report: bool = False
    id: str = ""
    role: str = ""
    flag: str = ""
    see: str = ""
    subject: str = ""
    diagnostics: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()


class Rule(NamedTuple):
    """What holds of the nodes that `context`, a match pattern (`tei:p | tei:ab`), matches.

    `lets` are evaluated at the node, each seeing those before it.
    """

    context: str
    assertions: tuple[Assertion, ...] = ()
    lets: tuple[Let, ...] = ()
    id: str = ""
    role: str = ""
    flag: str = ""
    see: str = ""
    subject: str = ""


class Pattern(NamedTuple):
    """Rules of which each node obeys the first that matches it. `documents` names other documents to look at."""

    rules: tuple[Rule, ...] = ()
    lets: tuple[Let, ...] = ()
    id: str = ""
    title: str = ""
    documents: str = ""


class Phase(NamedTuple):
    """A choice of patterns by their ids, with variables of its own."""

    id: str
    active: tuple[str, ...] = ()
    lets: tuple[Let, ...] = ()


class Key(NamedTuple):
    """`<xsl:key name="by-id" match="*[@xml:id]" use="@xml:id"/>`: what `key('by-id', 'd1')` finds."""

    name: str
    match: str
    use: str


class Procedure(NamedTuple):
    """An `xsl:function` (its name in the form `{namespace}local`) or a named `xsl:template`, as it stands."""

    name: str
    element: etree._Element


@dataclass(frozen=True)
class Schema:
    """A Schematron schema. `source` is the tree that it was read from, which `document('')` means.

    `namespaces` are those of `ns`, prefix and URI. `foreign` names what stands at the top that is no Schematron and
    that nothing here runs (`xsl:import`); a schema with it says so when it is run. `instructions` is all of XSLT that
    stands at the top, as Saxon takes it.
    """

    patterns: tuple[Pattern, ...] = ()
    namespaces: tuple[tuple[str, str], ...] = ()
    lets: tuple[Let, ...] = ()
    phases: tuple[Phase, ...] = ()
    default_phase: str = ""
    diagnostics: tuple[tuple[str, Message], ...] = ()
    properties: tuple[tuple[str, Message], ...] = ()
    keys: tuple[Key, ...] = ()
    functions: tuple[Procedure, ...] = ()
    templates: tuple[Procedure, ...] = ()
    foreign: tuple[str, ...] = ()
    binding: str = "xslt"
    title: str = ""
    path: str = ""
    source: etree._Element | None = field(default=None, compare=False)
    instructions: tuple[etree._Element, ...] = field(default=(), compare=False)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The namespaces as lxml and elementpath take them."""
        return dict(self.namespaces)

    @property
    def xpath(self) -> str:
        """The version of XPath that the binding means: 1, 2 or 3."""
        return BINDINGS[self.binding.lower()]
