"""The command `tei-edition`: each command is a file that parses options, calls one function and maps the outcome
to an exit code.

0 clean, 1 findings (or: the editions differ), 2 wrong usage or settings, 3 input unreadable, 4 a bug, 130 interrupted.
Data goes to stdout, everything else to stderr.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

import tei_edition
from tei_edition.diagnostics import Location, UnusableInput, WrongUsage, finding

# Each command in the order of the work; its module is imported only when it is called, so that --help starts fast.
COMMANDS = {
    "convert": "plain text → validated TEI",
    "validate": "check TEI files: well-formed, grammar, rules, fidelity to the source",
    "transform": "TEI → a page to read, the plain text again",
    "diff": "what differs between two editions: words, or only markup",
    "citations": "the archives that texts and editions cite, as a table",
    "authority": "lists of persons, places and terms: import, list, check",
    "explain": "what a code of a finding means and what to do",
    "schema": "the schemas, for oXygen and other editors",
}

EXIT_BUG, EXIT_INTERRUPTED = 4, 130


class _Commands(click.Group):
    """Commands from the table above, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tei_edition.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(tei_edition.__version__, "--version", prog_name="tei-edition")
def group() -> None:
    """Plain text of diplomatic documents to validated TEI P5; checks, exports and comparisons of editions.

    \b
    tei-edition convert sources/frus1961-63v20_d280.txt -o d280.xml --authority sources/authority/congo-1962.xml
    tei-edition validate d280.xml
    """


def main() -> None:
    """Run the command line and leave with one of the closed set of exit codes."""
    try:
        code = group.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()  # a full disk is told here, not when Python has left
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except UnusableInput as error:
        click.echo(str(error.diagnostic), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has left (`| head`): nothing is wrong, and there is nobody to tell.
        _drop_output()
        sys.exit(0)
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:  # no file of ours: the stream that we write to
            _drop_output()
            reason = (error.strerror or type(error).__name__).lower()
            click.echo(str(finding("CO003", f"cannot be written: {reason}", Location("standard output"))), err=True)
            sys.exit(WrongUsage.exit_code)
        if os.environ.get("TEI_EDITION_TRACEBACK"):
            raise
        click.echo(
            f"tei-edition: a bug, please report it: {type(error).__name__}: {error} "
            "(set TEI_EDITION_TRACEBACK=1 to see where)",
            err=True,
        )
        sys.exit(EXIT_BUG)


def _drop_output() -> None:
    """Let what is still to be written go nowhere, or Python complains of it again when it leaves."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
