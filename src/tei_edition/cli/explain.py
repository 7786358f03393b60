"""`tei-edition explain`: what a code means, why it matters, what to do, with an example of each kind."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

import click

from tei_edition.diagnostics import Rule, catalogue, layer_of

_WIDTH = 96


@click.command("explain")
@click.argument("codes", metavar="[CODE…]", nargs=-1)
def command(codes: tuple[str, ...]) -> int:
    """Say what a code of a finding means and what to do; without CODE list all codes.

    The beginning of codes (VA3) lists those that begin so. Exit code: 0, or 2 where there is no such code.

    \b
    tei-edition explain VA103
    tei-edition explain VA3
    tei-edition explain
    """
    rules = catalogue()
    wanted = [code.strip().upper() for code in codes]
    for code in wanted:
        if not any(known.startswith(code) for known in rules):
            near = ", ".join(_near(code, rules))
            advice = f"near to it: {near}" if near else "tei-edition explain lists all"
            click.echo(f"there is no code {code}; {advice}", err=True)
            return 2
    if not wanted:
        click.echo(_listed(rules.values()))
    for number, code in enumerate(wanted):
        some = [rule for rule in rules.values() if rule.code.startswith(code)]
        click.echo("\n" * bool(number) + (_entry(some[0]) if code in rules else _listed(some)))
    return 0


def _near(code: str, known: Iterable[str]) -> list[str]:
    """The codes that most signs of a misspelt one stand in the same place of: VA1O3 → VA103."""
    alike = {one: sum(map(str.__eq__, one, code)) for one in known}
    return [one for one in sorted(alike, key=lambda one: (-alike[one], one)) if alike[one] >= 3][:3]


def _listed(rules: Iterable[Rule]) -> str:
    return "\n".join(f"{rule.code}  {rule.severity:<7}  {rule.title}" for rule in rules)


def _entry(rule: Rule) -> str:
    """Return the entry of the catalogue as it is printed."""
    layer = layer_of(rule.code)
    return "\n".join([
        f"{rule.code} ({rule.severity}): {rule.title}",
        f"{f'Layer of validation: {layer}. ' if layer else ''}Since version {rule.since}.", "",
        textwrap.fill(rule.why, _WIDTH), "",
        textwrap.fill(f"What to do: {rule.fix}", _WIDTH), "",
        "Fires on:", "", textwrap.indent(rule.bad.strip("\n"), "    "), "",
        "Does not fire on:", "", textwrap.indent(rule.good.strip("\n"), "    ")])
