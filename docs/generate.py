#!/usr/bin/env python3
"""Make the pages that say what the code says: docs/findings.md and docs/rules.md from the catalogue, docs/commands.md
from the help texts.

python docs/generate.py            write them
python docs/generate.py --check    exit 1 where a page is not current
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from tei_edition.cli import COMMANDS, group
from tei_edition.diagnostics import LAYERS, Rule, catalogue, layer_of

HERE = Path(__file__).resolve().parent
STAGES = {
    "ST": "Settings",
    "CO": "Files and runs",
    "RD": "Reading the text",
    "AU": "Authority files",
    "TG": "Tagging",
    "EN": "Encoding",
    "VA": "Validation",
}
MADE = "<!-- Made by docs/generate.py: change the code, not this page. -->"


def findings() -> str:
    """The catalogue of codes as a page."""
    lines = [
        MADE,
        "# Findings",
        "",
        "What `tei-edition` reports, by code. `tei-edition explain CODE` prints an entry with its examples; those of",
        "validation stand in [the rules of validation](rules.md), too.",
        "",
    ]
    for prefix, title in STAGES.items():
        rules = [rule for code, rule in catalogue().items() if code.startswith(prefix)]
        if rules:
            lines += [
                f"## {title}",
                "",
                "| code | severity | what | why it matters | what to do |",
                "|---|---|---|---|---|",
            ]
            lines += [
                f"| {r.code} | {r.severity} | {_cell(r.title)} | {_cell(r.why)} | {_cell(r.fix)} |" for r in rules
            ]
            lines.append("")
    return "\n".join(lines)


# What each layer of validation asks of a file.
QUESTIONS = {
    "well-formed": "Can the file be read as XML, and is it TEI? Neither the network nor entities are touched.",
    "grammar": "Does each element, attribute and value stand where the schema allows it?",
    "schematron": "What a grammar cannot say: values that depend on each other, numbers in their order.",
    "editorial": "What makes an edition: notes and pages, ids and pointers, dates, names, what conversion has left.",
    "fidelity": "With `--source`: are the words of the edition those of its source?",
}
_FENCES = {"text": "text", "volume": "text", "fidelity": "text", "files": "text", "run": "text"}


def rules() -> str:
    """The rules of validation by layer, each with the examples that run as tests."""
    lines = [MADE, "# The rules of validation", ""]
    lines += [
        "The layers run in this order, each only where those before found no error (`--layers` leaves some out). Each",
        "rule has a code that stays, for `--select`, `--ignore` and the `[[ignore]]` tables of `tei-edition.toml`. Its",
        "examples run as tests: a fragment stands for the document that it is put into. All other codes are in",
        "[the findings](findings.md).",
        "",
    ]
    of_layer = {layer: [rule for code, rule in catalogue().items() if layer_of(code) == layer] for layer in LAYERS}
    for layer, found in of_layer.items():
        lines += [f"- [{layer}](#{layer}): {len(found)} rules"]
    for layer, found in of_layer.items():
        lines += ["", f"## {layer}", "", QUESTIONS[layer]]
        for rule in found:
            lines += _rule(rule)
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> list[str]:
    lines = ["", f"### {rule.code}", "", f"**{_cell(rule.title)}** ({rule.severity}, since {rule.since})", ""]
    lines += [_cell(rule.why), "", f"What to do: {_cell(rule.fix)}.", ""]
    for heading, example in (("Fires on:", rule.bad), ("Does not fire on:", rule.good)):
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", example)), default=0))
        lines += [heading, "", f"{fence}{_FENCES.get(rule.input, 'xml')}", example.strip("\n"), fence, ""]
    return lines[:-1]


def commands() -> str:
    """The help of each command as a page."""
    lines = [MADE, "# Commands", "", "`tei-edition COMMAND --help` prints the same.", ""]
    context = click.Context(group, info_name="tei-edition", max_content_width=100)
    lines += ["```text", group.get_help(context).strip(), "```", ""]
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is None:
            raise RuntimeError(f"the command {name} is missing")
        inner = click.Context(command, info_name=f"tei-edition {name}", max_content_width=100)
        lines += [f"## {name}", "", "```text", command.get_help(inner).strip(), "```", ""]
        for part, inside in command.commands.items() if isinstance(command, click.Group) else ():
            deeper = click.Context(inside, info_name=f"tei-edition {name} {part}", max_content_width=100)
            lines += [f"### {name} {part}", "", "```text", inside.get_help(deeper).strip(), "```", ""]
    return "\n".join(lines)


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")


PAGES = {"findings.md": findings, "rules.md": rules, "commands.md": commands}


def main() -> int:
    """Write the pages, or compare them with what would be written."""
    stale = []
    for name, make in PAGES.items():
        path, text = HERE / name, make()
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    for name in stale:
        print(f"docs/{name} is not current: run `make docs`", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
