"""`tei-edition explain`: what a code means, why it matters, what to do, with an example of each kind."""

from __future__ import annotations

import difflib
import textwrap

import click

from tei_edition.diagnostics import Rule, catalogue

_WIDTH = 96


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Say what a code of a finding means and what to do; without CODE list all codes.

    \b
    tei-edition explain VA103
    tei-edition explain
    """
    rules = catalogue()
    if code is None:
        for rule in rules.values():
            click.echo(f"{rule.code}  {rule.severity:<7}  {rule.title}")
        return 0
    wanted = rules.get(code.upper())
    if wanted is None:
        near = difflib.get_close_matches(code.upper(), rules, n=3, cutoff=0.5)
        advice = f"near to it: {', '.join(near)}" if near else "tei-edition explain lists all"
        click.echo(f"there is no code {code}; {advice}", err=True)
        return 2
    click.echo(_entry(wanted))
    return 0


def _entry(rule: Rule) -> str:
    """Return the entry of the catalogue as it is printed."""
    return "\n".join([
        f"{rule.code} ({rule.severity}): {rule.title}", "",
        textwrap.fill(rule.why, _WIDTH), "",
        textwrap.fill(f"What to do: {rule.fix}", _WIDTH), "",
        "Fires on:", "", textwrap.indent(rule.bad.strip("\n"), "    "), "",
        "Does not fire on:", "", textwrap.indent(rule.good.strip("\n"), "    ")])
